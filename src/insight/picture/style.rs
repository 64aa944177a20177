//! How pictures look: a party's colour, short name and place, the whole house, a desk or a telephone.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::ink::{Paint, REST};
use crate::outcome::Outcome;

/// Parties with a colour of the palette; the others share a grey.
pub(super) const COLOURED: usize = 8;

/// How pictures look. Without a word, parties get colours that stay apart for colour-blind eyes, and the drawing is as wide
/// as a column on a desk.
///
/// # Examples
/// ```
/// use apportion::insight::picture::{Style, hemicycle};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("Labour", 53), ("Conservatives", 24), ("Greens", 23)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 27).apply(&tally)?;
/// let style = Style::new().colour("Greens", "#0a0").short("Conservatives", "Cons.").order("Conservatives", 9).house(30);
/// let svg = hemicycle(&outcome, &style.narrow());
/// assert!(svg.contains("of 30 seats") && svg.contains("#00aa00"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    looks: BTreeMap<String, Look>,
    house: Option<u64>,
    narrow: bool,
    unlisted: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Look {
    colour: Option<String>,
    short: Option<String>,
    order: Option<i64>,
}

impl Style {
    /// Colours of the palette, parties in their order.
    #[must_use]
    pub const fn new() -> Self {
        Self { looks: BTreeMap::new(), house: None, narrow: false, unlisted: false }
    }

    fn look(mut self, party: impl Into<String>, change: impl FnOnce(&mut Look)) -> Self {
        change(self.looks.entry(party.into()).or_default());
        self
    }

    /// A party's colour, as CSS writes it: `"#c00"`, `"teal"`, `"rgb(0, 128, 128)"`. What is no colour is passed over.
    #[must_use]
    pub fn colour(self, party: impl Into<String>, colour: impl Into<String>) -> Self {
        self.look(party, |look| look.colour = Some(colour.into()))
    }

    /// What a party is called where there is little room.
    #[must_use]
    pub fn short(self, party: impl Into<String>, short: impl Into<String>) -> Self {
        self.look(party, |look| look.short = Some(short.into()))
    }

    /// Where a party sits, from left to right; parties without a place come after those that have one.
    #[must_use]
    pub fn order(self, party: impl Into<String>, order: i64) -> Self {
        self.look(party, |look| look.order = Some(order))
    }

    /// The seats of the whole house, of which an outcome may be a part. Without it, only the outcome of a law of several tiers
    /// is taken for a house that has a majority.
    #[must_use]
    pub const fn house(mut self, seats: u64) -> Self {
        self.house = Some(seats);
        self
    }

    /// Drawings for the column of a telephone, with letters of the same size.
    #[must_use]
    pub const fn narrow(mut self) -> Self {
        self.narrow = true;
        self
    }

    /// Without lists of names that do not fit at the seats, for a page whose table stands beside.
    #[must_use]
    pub const fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }

    pub(super) const fn is_narrow(&self) -> bool {
        self.narrow
    }

    pub(super) const fn is_unlisted(&self) -> bool {
        self.unlisted
    }

    pub(super) fn is_coloured(&self, party: &str) -> bool {
        self.looks.get(party).is_some_and(|look| look.colour.is_some())
    }

    /// The short name, or the name.
    pub(super) fn shown<'s>(&'s self, party: &'s str) -> &'s str {
        self.looks.get(party).and_then(|look| look.short.as_deref()).unwrap_or(party)
    }

    /// What sorts parties from left to right.
    pub(super) fn place(&self, party: &str) -> i64 {
        self.looks.get(party).and_then(|look| look.order).unwrap_or(i64::MAX)
    }

    /// The house that has a majority: what was given, or all seats of a law of several tiers.
    pub(super) fn whole_house(&self, outcome: &Outcome) -> Option<u64> {
        let all = outcome.total_seats();
        let known = self.house.filter(|&house| house >= all);
        known.or_else(|| (outcome.tiers().len() > 1).then_some(all)).filter(|&house| house > 0)
    }

    /// The paint of every party: its own colour, or the palette's in the order of seats and votes.
    pub(super) fn paints(&self, outcome: &Outcome) -> BTreeMap<String, Paint> {
        let mut parties: Vec<&crate::PartyOutcome> = outcome.parties().iter().collect();
        parties.sort_by_key(|party| core::cmp::Reverse((party.certain(), party.votes())));
        let mut paints = BTreeMap::new();
        let mut next = 0;
        for party in parties {
            let own = self.looks.get(party.name()).and_then(|look| look.colour.as_deref());
            let paint = own.map_or_else(|| Paint::of_palette(next), Paint::new);
            next += usize::from(own.is_none());
            paints.insert(String::from(party.name()), paint);
        }
        paints
    }

    /// The paint of those who have no colour of their own.
    pub(super) fn rest() -> Paint {
        Paint::new(REST)
    }
}

#[cfg(feature = "serde")]
impl From<&crate::Election> for Style {
    /// The colours, short names and places that an election's document gives, and its house.
    fn from(election: &crate::Election) -> Self {
        let mut style = Self { house: election.house, ..Self::new() };
        for (party, look) in &election.looks {
            let look = look.clone();
            style.looks.insert(party.clone(), Look { colour: look.colour, short: look.short, order: look.order });
        }
        style
    }
}

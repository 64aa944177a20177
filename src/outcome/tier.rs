//! What each stage and each tier gave, and the winners whom no seat covers.

use alloc::string::String;
use alloc::vec::Vec;

use super::Clause;
use crate::count::Level;

/// The seats after one stage of a method in stages, or after what the law does next.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Quota, Rule, Stage, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let method = AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::largest_remainders()]);
/// let outcome = Rule::new(method, 10).apply(&tally)?;
/// let [whole, remainders] = outcome.stages() else { panic!("two stages") };
/// assert_eq!((whole.name(), whole.seats()), ("whole quotas (Hare quota)", &[5, 2, 2][..]));
/// assert_eq!(remainders.seats(), [5, 3, 2]); // those before included
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StageOutcome {
    pub(super) name: String,
    pub(super) seats: Vec<u64>,
}

impl StageOutcome {
    /// The stage, in words: "whole quotas (Hare quota)".
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The certain seats after it, those of the stages before included, in the order of [`Outcome::parties`](crate::Outcome::parties).
    #[must_use]
    pub fn seats(&self) -> &[u64] {
        &self.seats
    }
}

/// What one tier gave.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// let districts = Tier::new(AllocationMethod::D_HONDT).name("district seats");
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).name("levelling seats");
/// let outcome = Rule::of_tiers([districts, nation]).apply(&count)?;
/// assert_eq!(outcome.tiers()[0].seats(), [5, 1]);
/// let levelling = outcome.by("levelling seats").expect("a tier");
/// assert_eq!((levelling.level(), levelling.seats()), (Level::Nation, &[2, 2][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TierOutcome {
    pub(super) name: String,
    pub(super) article: Option<String>,
    pub(super) level: Level,
    pub(super) seats: Vec<i128>,
    pub(super) places: Vec<(String, Vec<(String, i128)>)>,
    pub(super) idle: Vec<Clause>,
}

impl TierOutcome {
    /// The tier's name, or its number from 1.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the statute has it, if the law says so.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }

    /// What heads a column of its seats: "levelling" for "levelling seats", "tier 2" where it has no name.
    pub(crate) fn heading(&self, index: usize) -> String {
        let name = self.name.strip_suffix(" seats").unwrap_or(&self.name);
        let numbered = name.parse() == Ok(index + 1);
        if numbered {
            alloc::format!("tier {name}")
        } else {
            crate::num::layout::cut(&crate::num::layout::escaped(name), 16)
        }
    }

    /// The level of its places.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Certain seats that it gave in all, in the order of [`Outcome::parties`](crate::Outcome::parties); below zero for what it took back.
    #[must_use]
    pub fn seats(&self) -> &[i128] {
        &self.seats
    }

    /// Its clauses that this election did not need.
    #[must_use]
    pub fn idle(&self) -> &[Clause] {
        &self.idle
    }

    /// Where its seats ended: places with the seats of each party that got some there; the nation has no name.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<(String, i128)>)] {
        &self.places
    }
}

/// Winners of single-member contests whom no seat covers.
///
/// # Examples
/// ```
/// use apportion::rule::{Direct, Placement};
/// use apportion::{AllocationMethod, Count, Level, Party, Place, Rule, Tally, Tier};
///
/// // A won three constituencies in the south, where its votes cover one seat: Germany since 2023.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 30), ("B", 20)])?),
///     Place::district("South", Tally::from_votes([(Party::new("A").with_direct_seats(3), 10), ("B".into(), 20)])?),
/// ])?;
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).whole_target(Direct::Cover);
/// let law = Rule::of_tiers([Tier::top_up(AllocationMethod::SAINTE_LAGUE, 8).at(Level::Nation).placed(step)]);
/// let outcome = law.apply(&count)?;
/// let [unseated] = outcome.unseated() else { panic!("in one place") };
/// assert_eq!((unseated.place.as_str(), unseated.party.as_str(), unseated.winners), ("South", "A", 2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unseated {
    /// The place.
    pub place: String,
    /// The party.
    pub party: String,
    /// How many.
    pub winners: u64,
}

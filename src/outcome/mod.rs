//! Outcomes: a law's result, with named parties and places.

mod build;
mod clause;
mod course;
mod display;
mod headline;
mod party;
mod place;
mod tie;
mod tier;
mod warning;
mod ways;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) use build::Seen;
pub use clause::Clause;
use course::Told;
pub use party::{Admission, PartyOutcome};
pub use place::PlaceOutcome;
pub use tie::{TieOutcome, TiedCells};
pub use tier::{StageOutcome, TierOutcome, Unseated};
pub use warning::Warning;
pub(crate) use ways::WayEnd;
pub use ways::{NamedChoice, Way};

use crate::allocation::Settled;
use crate::count::{Base, Level};
use crate::error::Error;
use crate::rule::{Record, Trace};

/// A law's result: who was admitted and why not, seats in the nation and in every place, ties, and what was decided on the
/// way.
///
/// It prints as a [sentence](Self::headline) and a [table](Self::table).
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 1)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// assert_eq!(outcome.seats("A"), None); // one seat is still tied
/// assert_eq!(outcome.certain("A"), Some(1));
/// assert_eq!(outcome.tie().unwrap().parties(), ["A", "B"]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outcome {
    parties: Vec<PartyOutcome>,
    places: Vec<PlaceOutcome>,
    ties: Vec<TieOutcome>,
    settled: Vec<Settled<String>>,
    vacant: u64,
    seats: u64,
    spared: u128,
    base: Base,
    whole: u128,
    bonus: Option<(String, u64)>,
    unseated: Vec<Unseated>,
    ways: Vec<Way>,
    /// The other ways, where all end as this outcome does.
    alike: Vec<Way>,
    ways_complete: bool,
    /// Whether parties were admitted place by place, so that there is no one reason.
    admitted_apart: bool,
    told: Told,
}

impl Outcome {
    /// The parties, in the order in which they went in.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutcome] {
        &self.parties
    }

    /// What came out for the party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutcome> {
        self.parties.iter().find(|party| party.name() == name)
    }

    /// A party's seats; `None` while its last one is tied, or if no such party stands.
    ///
    /// [`seat_count`](Self::seat_count) tells the two apart.
    #[must_use]
    pub fn seats(&self, name: &str) -> Option<u64> {
        self.certain(name).filter(|_| !self.is_tied(name))
    }

    /// A party's seats, or why there is no such number.
    ///
    /// # Errors
    /// [`Error::UnknownParty`] for a name that is misspelt; [`Error::Tied`] while the party's last seat is tied.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Error, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 31)])?;
    /// let outcome = Rule::new(AllocationMethod::D_HONDT, 4).apply(&tally)?;
    /// assert_eq!(outcome.seat_count("C"), Ok(3));
    /// assert!(matches!(outcome.seat_count("A"), Err(Error::Tied { .. })));
    /// assert!(matches!(outcome.seat_count("a"), Err(Error::UnknownParty { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn seat_count(&self, name: &str) -> Result<u64, Error> {
        let certain =
            self.certain(name).ok_or_else(|| Error::UnknownParty { name: name.into(), place: "the outcome" })?;
        match self.ties.iter().find(|tie| tie.parties().iter().any(|tied| tied == name)) {
            Some(tie) => Err(Error::Tied { names: tie.parties().to_vec(), seats: tie.seats() }),
            None if self.is_tied(name) => Err(Error::Tied { names: Vec::from([String::from(name)]), seats: 1 }),
            None => Ok(certain),
        }
    }

    /// The seats that a party has whatever a tie brings; `None` if no such party stands.
    #[must_use]
    pub fn certain(&self, name: &str) -> Option<u64> {
        self.party(name).map(PartyOutcome::certain)
    }

    /// The most seats that a party can have, over every end of the open ties; `None` if no such party stands.
    #[must_use]
    pub fn possible(&self, name: &str) -> Option<u64> {
        let certain = self.certain(name)?;
        let ways = self.ways.iter().filter_map(|way| way.outcome().ok()).filter_map(|way| way.possible(name)).max();
        let here =
            self.ties.iter().filter(|tie| tie.places.is_empty() && tie.parties().iter().any(|tied| tied == name));
        Some(ways.unwrap_or_else(|| certain.saturating_add(here.count() as u64)))
    }

    /// Whether a party's seats depend on an open tie.
    #[must_use]
    pub fn is_tied(&self, name: &str) -> bool {
        if self.ways.is_empty() {
            return self.ties.iter().any(|tie| tie.places.is_empty() && tie.parties().iter().any(|tied| tied == name));
        }
        self.certain(name) != self.possible(name)
    }

    /// The open tie, if there is one; the first, if there are several.
    #[must_use]
    pub fn tie(&self) -> Option<&TieOutcome> {
        self.ties.first()
    }

    /// All open ties: at most one, unless there are several places, tiers or alliances.
    ///
    /// Where the law had to know how a tie ends, [`ways`](Self::ways) are its ends, and the tie is the one that it asked
    /// about first.
    #[must_use]
    pub fn ties(&self) -> &[TieOutcome] {
        &self.ties
    }

    /// Every course of the law, where it had to know how a tie ends; empty where it did not.
    #[must_use]
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// The other ways of a law that ends alike however the ties go that it asked about.
    #[cfg(feature = "serde")]
    pub(crate) fn alike(&self) -> &[Way] {
        &self.alike
    }

    /// Whether every way was followed: there are at most 256.
    #[must_use]
    pub const fn ways_complete(&self) -> bool {
        self.ways_complete
    }

    /// The seats after each stage, where the method has stages or the law goes on after it; empty for districts together
    /// and for alliances.
    #[must_use]
    pub fn stages(&self) -> &[StageOutcome] {
        &self.told.course().stages
    }

    /// What each tier gave, in their order; seats won before the first tier are not among them.
    #[must_use]
    pub fn tiers(&self) -> &[TierOutcome] {
        &self.told.course().tiers
    }

    /// What the tier of this name gave.
    #[must_use]
    pub fn by(&self, tier: &str) -> Option<&TierOutcome> {
        self.tiers().iter().find(|known| known.name == tier)
    }

    /// The party that has a bonus, and its seats by it, which are among its own.
    #[must_use]
    pub fn bonus(&self) -> Option<(&str, u64)> {
        self.bonus.as_ref().map(|(name, seats)| (name.as_str(), *seats))
    }

    /// Regions and districts, in the order of the count; empty where there was one place.
    #[must_use]
    pub fn places(&self) -> &[PlaceOutcome] {
        &self.places
    }

    /// The districts, in the order of the count; none where there was one place.
    pub fn districts(&self) -> impl ExactSizeIterator<Item = &PlaceOutcome> + Clone {
        let districts: Vec<&PlaceOutcome> = self.places.iter().filter(|place| place.level == Level::District).collect();
        districts.into_iter()
    }

    /// The regions, in the order of the count.
    pub fn regions(&self) -> impl Iterator<Item = &PlaceOutcome> + Clone {
        self.places.iter().filter(|place| place.level == Level::Region)
    }

    /// What came out in the region or district of this name.
    #[must_use]
    pub fn at(&self, place: &str) -> Option<&PlaceOutcome> {
        self.places.iter().find(|known| known.name == place)
    }

    /// The seats that tie-breaks gave.
    #[must_use]
    pub fn settled(&self) -> &[Settled<String>] {
        &self.settled
    }

    /// Seats that the parties' maximums left vacant.
    #[must_use]
    pub const fn vacant(&self) -> u64 {
        self.vacant
    }

    /// The seats that were to be given out; in a law of tiers, all seats of the house.
    #[must_use]
    pub const fn total_seats(&self) -> u64 {
        self.seats
    }

    /// Winners of single-member contests whom no seat covers (Germany since 2023).
    #[must_use]
    pub fn unseated(&self) -> &[Unseated] {
        &self.unseated
    }

    /// What the shares of votes in its table are taken of, in words and as a number.
    #[must_use]
    pub const fn whole(&self) -> (Base, u128) {
        (self.base, self.whole)
    }

    /// Ranked ballots that moved on to an admitted party further down.
    #[must_use]
    pub const fn spared(&self) -> u128 {
        self.spared
    }

    /// Every decision on the way, with the numbers it was made by.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.told.course().trace
    }

    /// Parties by how many seats they gave up to the cap or for want of candidates, from the trace.
    pub(crate) fn given_up(&self, trace: &Trace) -> BTreeMap<(Option<String>, String), bool> {
        let mut all = BTreeMap::new();
        for record in trace.records() {
            let (place, parties, capped) = match record {
                Record::Capped(capped) => (capped.place, &capped.parties, true),
                Record::Exhausted(exhausted) => (exhausted.place, &exhausted.parties, false),
                _ => continue,
            };
            let place = place.index().checked_sub(1).and_then(|at| self.places.get(at)).map(|place| place.name.clone());
            for party in parties {
                if let Some(party) = self.parties.get(party.index()) {
                    all.insert((place.clone(), party.name().into()), capped);
                }
            }
        }
        all
    }
}

//! What an outcome says of one place.

use alloc::string::String;
use alloc::vec::Vec;

use super::{PartyOutcome, TieOutcome};
use crate::allocation::Settled;
use crate::count::{Base, Level};

/// What came out in one region or district.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 25)])?).with_seats(2),
/// ])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 5).apply(&count)?;
/// let north = outcome.at("North").expect("a district");
/// assert_eq!((north.total_seats(), north.seats("A")), (3, Some(2)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlaceOutcome {
    pub(super) name: String,
    pub(super) level: Level,
    pub(super) within: Option<String>,
    pub(super) seats: u64,
    pub(super) filled: u64,
    pub(super) parties: Vec<PartyOutcome>,
    pub(super) ties: Vec<TieOutcome>,
    /// The most seats of each party over all ways of the law; empty where it has none.
    pub(super) most: Vec<u64>,
    pub(super) settled: Vec<Settled<String>>,
    pub(super) vacant: u64,
    pub(super) spared: u128,
    pub(super) base: Base,
    pub(super) whole: u128,
}

impl PlaceOutcome {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a region or a district.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The region that it is in.
    #[must_use]
    pub fn within(&self) -> Option<&str> {
        self.within.as_deref()
    }

    /// The seats that it had to give out by the count or the law.
    #[must_use]
    pub const fn total_seats(&self) -> u64 {
        self.seats
    }

    /// The certain seats held there, all tiers together.
    #[must_use]
    pub const fn filled(&self) -> u64 {
        self.filled
    }

    /// The parties that stand there, in the order of the count, then others with seats.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutcome] {
        &self.parties
    }

    /// What came out for the party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutcome> {
        self.parties.iter().find(|party| party.name() == name)
    }

    /// A party's seats; `None` while they depend on an open tie, or if no such party stands.
    #[must_use]
    pub fn seats(&self, name: &str) -> Option<u64> {
        self.certain(name).filter(|_| !self.is_tied(name))
    }

    /// The seats that a party has whatever a tie brings; `None` if no such party stands.
    #[must_use]
    pub fn certain(&self, name: &str) -> Option<u64> {
        self.party(name).map(PartyOutcome::certain)
    }

    /// The most seats that a party can have there, over every end of the open ties; `None` if no such party stands.
    #[must_use]
    pub fn possible(&self, name: &str) -> Option<u64> {
        let at = self.parties.iter().position(|party| party.name() == name)?;
        let tied = || self.ties.iter().filter(|tie| tie.parties().iter().any(|tied| tied == name)).count() as u64;
        Some(self.most.get(at).copied().unwrap_or_else(|| self.parties[at].certain().saturating_add(tied())))
    }

    /// Whether a party's seats there depend on an open tie, also on one elsewhere.
    #[must_use]
    pub fn is_tied(&self, name: &str) -> bool {
        let here = self.ties.iter().any(|tie| tie.parties().iter().any(|tied| tied == name));
        here || self.certain(name) != self.possible(name)
    }

    /// The open ties.
    #[must_use]
    pub fn ties(&self) -> &[TieOutcome] {
        &self.ties
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
}

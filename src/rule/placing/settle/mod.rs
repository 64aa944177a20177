//! Settling: parties have their seats, places have theirs; local quotas, then swaps until both hold.
//!
//! The laws of Bulgaria (Izboren kodeks, annex 1 to art. 248, since 2014), of Italy (DPR 361/1957, art. 83 (1) h and i and
//! 83-bis, as of laws 165/2017 and 51/2019) and of Greece (p.d. 26/2012, art. 100).

mod ascending;
mod local;
mod one;
mod part;
mod party;
mod smallest;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use part::Part;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Answers, Grid, Pair, Stopped, check_sizes};
use crate::error::Error;

/// How a law settles national totals with the seats of its places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, rename_all = "kebab-case"))]
pub struct Settle {
    /// What is done with a local quota that is not a whole number.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub rounding: LocalQuota,
    /// Whose votes a local quota is taken of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub base: QuotaOf,
    /// What a party may do that has all its seats by whole quotas.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub met: Met,
    /// Which seat is taken from a party with too many.
    pub take: Take,
    /// Who may receive it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub give: Give,
    /// The sizes of small places, in the order in which they give seats back; only with [`Take::Ascending`].
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub small: Vec<u64>,
}

#[cfg(feature = "serde")]
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What is done with a local quota, votes / seats, that is not a whole number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum LocalQuota {
    /// The fraction stays (Bulgaria).
    #[default]
    Exact,
    /// Its whole part counts (Italy).
    Down,
}

/// Whose votes a local quota is taken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum QuotaOf {
    /// Those of parties with seats.
    #[default]
    Placed,
    /// Those of all parties in the grid, without seats too (Italy, art. 83-bis).
    All,
}

/// What a party may do that has all its seats by whole quotas of all places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Met {
    /// It takes seats by fractions like the others (Bulgaria).
    #[default]
    Free,
    /// It takes no seat by a fraction (Italy).
    Barred,
}

/// Which seat is taken from a party with too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Take {
    /// The smallest fraction anywhere; it goes to the largest of the same place (Bulgaria, annex 1, 4.6).
    Smallest,
    /// Party by party, each its smallest fractions (Italy, art. 83 (1) h and i).
    Party,
    /// One by one from the party with most to spare to the one that lacks most (Italy, art. 83-bis).
    One,
    /// No swaps: parties take their seats completely, those with the fewest votes first (Greece, art. 100).
    Ascending,
}

/// Who may receive a seat, with [`Take::Smallest`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Give {
    /// Whoever has the largest fraction without a seat, whether it lacks seats or not (Bulgaria).
    #[default]
    Any,
    /// Only parties that lack seats.
    Short,
}

impl Settle {
    /// What follows the local quotas, in words.
    pub(crate) const fn words(&self) -> &'static str {
        match self.take {
            Take::Smallest => "then the smallest winning fractions move until both totals hold",
            Take::Party => "then party by party the smallest winning fractions move",
            Take::One => "then one by one from who has most to spare to who lacks most",
            Take::Ascending => "then the smallest parties take their seats first",
        }
    }

    /// Refuses keys that mean nothing together: small places without `ascending`, quotas of one's own with it, receivers
    /// without `smallest`.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let refuse = |parameter, value: &str, range| {
            Err(Error::ParameterOutOfRange { parameter, value: String::from(value), range })
        };
        let ascending = self.take == Take::Ascending;
        if !ascending && !self.small.is_empty() {
            return refuse("`small` of `settle`", "given", "left out, except with `take = \"ascending\"`");
        }
        if self.take != Take::Smallest && self.give != Give::Any {
            return refuse("`give` of `settle`", "short", "left out, except with `take = \"smallest\"`");
        }
        let own_quota = (self.rounding, self.base, self.met) != <(LocalQuota, QuotaOf, Met)>::default();
        if ascending && own_quota {
            const RANGE: &str = "left out with `take = \"ascending\"`";
            return refuse("`rounding`, `base` or `met` of `settle`", "given", RANGE);
        }
        Ok(())
    }
}

/// What is to be settled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settling<'a> {
    pub(crate) settle: &'a Settle,
    /// Each party's seats.
    pub(crate) totals: &'a [u64],
    /// Each place's seats, as many in all.
    pub(crate) sizes: &'a [u64],
    pub(crate) votes: &'a Grid<u64>,
    /// Each party's own votes, which need not be the sum of those in the places.
    pub(crate) party_votes: &'a [u128],
    /// All valid votes of each place: the quota's votes with [`Take::Ascending`], otherwise not read.
    pub(crate) valid: &'a [u128],
}

/// Both totals settled, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settlement {
    pub(crate) seats: Grid<u64>,
    /// Each place's seats now: with [`Take::Party`] and [`Take::One`] they can have moved.
    pub(crate) sizes: Vec<u64>,
    /// What the local quotas gave.
    pub(crate) local: Local,
    /// What followed, in order.
    pub(crate) steps: Vec<Step>,
}

/// What the local quotas gave, before any swap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    /// The quota of each place, in votes; none where it has no seats, or one seat with [`Take::Ascending`].
    pub(crate) quotas: Vec<Option<Part>>,
    pub(crate) whole: Grid<u64>,
    /// What is left of each pair's votes: a part of the quota, or votes with [`Take::Ascending`]. None without votes, for
    /// parties without seats, and where there is no quota.
    pub(crate) rests: Grid<Option<Part>>,
    /// Seats by rests.
    pub(crate) marks: Grid<u64>,
}

/// One step after the local quotas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A seat moves, or would but that nobody may receive it: no rest in reach is without a seat.
    Swap { giver: Pair, over: i64, receiver: Option<Pair> },
    /// A seat by a rest is given back.
    GivenBack(Pair),
    /// A seat is taken where the party's rest is largest.
    Taken(Pair),
    /// The party with most votes takes what is left.
    Rest { pair: Pair, seats: u64 },
}

/// Settles both totals.
///
/// # Errors
/// [`Stopped::Tie`] where equal rests decide and nobody says who wins; [`Stopped::Unsettled`] where the law's steps end
/// before both totals hold; [`Stopped::Error`] for lists that do not fit, totals whose sum is not that of the sizes, and
/// whole quotas that give out more seats than a place has.
pub(crate) fn run(settling: &Settling<'_>, answers: &mut Answers<'_>) -> Result<Settlement, Stopped> {
    settling.check()?;
    match settling.settle.take {
        Take::Ascending => ascending::run(settling, answers),
        Take::Smallest => smallest::run(local::run(settling, answers)?, answers),
        Take::Party => party::run(local::run(settling, answers)?, answers),
        Take::One => one::run(local::run(settling, answers)?, answers),
    }
}

impl Settling<'_> {
    fn parties(&self) -> usize {
        self.votes.parties()
    }

    fn places(&self) -> usize {
        self.votes.places()
    }

    fn check(&self) -> Result<(), Error> {
        self.settle.check()?;
        let (parties, places) = (self.parties(), self.places());
        check_sizes(
            parties,
            places,
            &[("totals", self.totals.len(), self.sizes.len()), ("votes of parties", self.party_votes.len(), places)],
        )?;
        if self.settle.take == Take::Ascending {
            check_sizes(parties, places, &[("valid votes", parties, self.valid.len())])?;
        }
        let sum = |seats: &[u64]| seats.iter().map(|&seats| u128::from(seats)).sum::<u128>();
        if sum(self.totals) != sum(self.sizes) {
            let (parameter, range) = ("the sum of the places' seats", "that of the parties' seats");
            return Err(Error::ParameterOutOfRange { parameter, value: sum(self.sizes).to_string(), range });
        }
        Ok(())
    }

    /// Whether the party takes part in the place: it has seats somewhere, and votes here.
    fn takes_part(&self, pair: Pair) -> bool {
        self.totals[pair.0] > 0 && *self.votes.get(pair) > 0
    }

    /// The parties that take part in a place, as pairs.
    fn standing_in(&self, place: usize) -> Vec<Pair> {
        (0..self.parties()).map(|party| (party, place)).filter(|&pair| self.takes_part(pair)).collect()
    }
}

/// The parties whose seats are not their totals.
fn unsettled(over: &[i128]) -> Stopped {
    let clamped = over.iter().map(|&over| i64::try_from(over).unwrap_or(if over < 0 { i64::MIN } else { i64::MAX }));
    Stopped::Unsettled { over: clamped.enumerate().filter(|(_, over)| *over != 0).collect() }
}

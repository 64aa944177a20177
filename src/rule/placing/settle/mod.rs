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
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 58), ("B", 30), ("C", 12)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 35), ("C", 20)])?).with_seats(2),
/// ])?;
/// // Bulgaria: two seats of the nation for A, one each for B and C; and two for each district.
/// let (rounding, base, met) = (LocalQuota::Exact, QuotaOf::Placed, Met::Free);
/// let mut step = Placement::within(Level::District);
/// step.settle = Some(Settle { rounding, base, met, take: Take::Smallest, give: Give::Any, small: vec![] });
/// let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
/// let outcome = Rule::of_tiers([nation]).apply(&count)?;
/// // In the north B has the second largest claim, but its one seat is in the south.
/// assert_eq!(outcome.at("North").map(|north| (north.seats("B"), north.seats("C"))), Some((Some(0), Some(1))));
/// # Ok::<(), apportion::Error>(())
/// ```
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
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Record, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 7), ("B", 8)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 8), ("B", 7)])?).with_seats(2),
/// ])?;
/// let whole_quotas_of_a = |rounding| -> Result<_, apportion::Error> {
///     let (base, met, take, give) = (QuotaOf::Placed, Met::Free, Take::Smallest, Give::Any);
///     let mut step = Placement::within(Level::District);
///     step.settle = Some(Settle { rounding, base, met, take, give, small: vec![] });
///     let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
///     let outcome = Rule::of_tiers([nation]).apply(&count)?;
///     let [.., Record::Settled(settled)] = outcome.trace().records() else { unreachable!() };
///     Ok(settled.whole[0].clone())
/// };
/// // 15 votes over 2 seats are 7.5: more than A's 7 votes in the north, unless the half is dropped.
/// assert_eq!(whole_quotas_of_a(LocalQuota::Exact)?, [0, 1]);
/// assert_eq!(whole_quotas_of_a(LocalQuota::Down)?, [1, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
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
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Record, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// // C's votes bring no seat of the nation.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 43), ("B", 37), ("C", 10)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 37), ("B", 43), ("C", 10)])?).with_seats(2),
/// ])?;
/// let whole_quotas_of_a = |base| -> Result<_, apportion::Error> {
///     let (rounding, met, take, give) = (LocalQuota::Exact, Met::Free, Take::Smallest, Give::Any);
///     let mut step = Placement::within(Level::District);
///     step.settle = Some(Settle { rounding, base, met, take, give, small: vec![] });
///     let nation = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
///     let outcome = Rule::of_tiers([nation]).apply(&count)?;
///     let [.., Record::Settled(settled)] = outcome.trace().records() else { unreachable!() };
///     Ok(settled.whole[0].clone())
/// };
/// assert_eq!(whole_quotas_of_a(QuotaOf::Placed)?, [1, 0]); // 80 votes over 2 seats
/// assert_eq!(whole_quotas_of_a(QuotaOf::All)?, [0, 0]); // 90 votes over 2 seats
/// # Ok::<(), apportion::Error>(())
/// ```
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
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Record, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// // A's only seat of the nation is that of its whole quota in the north; in the centre it has the largest fraction.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 50), ("B", 0), ("C", 50)])?).with_seats(2),
///     Place::district("Centre", Tally::from_votes([("A", 45), ("B", 40), ("C", 15)])?).with_seats(1),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 90), ("C", 0)])?).with_seats(1),
/// ])?;
/// let swaps = |met| -> Result<_, apportion::Error> {
///     let (rounding, base, take, give) = (LocalQuota::Exact, QuotaOf::Placed, Take::Smallest, Give::Any);
///     let mut step = Placement::within(Level::District);
///     step.settle = Some(Settle { rounding, base, met, take, give, small: vec![] });
///     let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
///     let outcome = Rule::of_tiers([nation]).apply(&count)?;
///     let [.., Record::Settled(settled)] = outcome.trace().records() else { unreachable!() };
///     Ok(settled.steps.len())
/// };
/// assert_eq!(swaps(Met::Free)?, 1); // A takes the seat of the centre, and hands it to B
/// assert_eq!(swaps(Met::Barred)?, 0); // B takes it at once
/// # Ok::<(), apportion::Error>(())
/// ```
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
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 35), ("C", 5)])?).with_seats(2),
///     Place::district("Centre", Tally::from_votes([("A", 45), ("B", 24), ("C", 31)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 44), ("C", 46)])?).with_seats(1),
/// ])?;
/// let seats_of_south = |take| -> Result<_, apportion::Error> {
///     let (rounding, base, met, give) = (LocalQuota::Down, QuotaOf::All, Met::Barred, Give::Any);
///     let mut step = Placement::within(Level::District);
///     step.settle = Some(Settle { rounding, base, met, take, give, small: vec![] });
///     let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(5)).placed(step);
///     Ok(Rule::of_tiers([nation]).apply(&count)?.at("South").map(|south| south.filled()))
/// };
/// assert_eq!(seats_of_south(Take::Party)?, Some(1));
/// assert_eq!(seats_of_south(Take::One)?, Some(0)); // C's seat went to B in the centre
/// # Ok::<(), apportion::Error>(())
/// ```
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
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Record, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// // B has a seat too many at first, and C lacks one; A has all of its own.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 62), ("B", 30), ("C", 8)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 35), ("C", 20)])?).with_seats(2),
/// ])?;
/// let swaps = |give| -> Result<_, apportion::Error> {
///     let (rounding, base, met, take) = (LocalQuota::Exact, QuotaOf::Placed, Met::Free, Take::Smallest);
///     let mut step = Placement::within(Level::District);
///     step.settle = Some(Settle { rounding, base, met, take, give, small: vec![] });
///     let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
///     let outcome = Rule::of_tiers([nation]).apply(&count)?;
///     let [.., Record::Settled(settled)] = outcome.trace().records() else { unreachable!() };
///     Ok(settled.steps.len())
/// };
/// assert_eq!(swaps(Give::Any)?, 2); // B's seat goes to A, and on to C
/// assert_eq!(swaps(Give::Short)?, 1); // it goes to C
/// # Ok::<(), apportion::Error>(())
/// ```
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

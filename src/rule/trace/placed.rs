//! Records of seats that were placed in smaller places.

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::count::{PartyId, PlaceId};
use crate::rule::placing::settle::{Settlement as Settled, Step};
use crate::rule::provisions::placement::Placement;

/// Seats placed inside one place.
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Record};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).placed(step);
/// let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count)?;
/// let [.., Record::Placed(record)] = outcome.trace().records() else { panic!("seats are placed last") };
/// assert_eq!(record.seats.iter().map(|&(_, seats)| seats).collect::<Vec<_>>(), [2, 2]);
/// let (party, place, before, seats) = record.placed[0];
/// assert_eq!((party.index(), place.index(), before, seats), (0, 1, 2, 2)); // both of A's go to the north
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PlacedRecord {
    /// The tier.
    pub tier: usize,
    /// The place whose seats were placed.
    pub place: PlaceId,
    /// The step of the law.
    pub step: Placement,
    /// Seats by party.
    pub seats: Vec<(PartyId, u64)>,
    /// Party, place, seats held there before, seats placed.
    pub placed: Vec<(PartyId, PlaceId, u64, u64)>,
    /// Each seat in the order of placing, where seats were placed one by one.
    pub moves: Vec<PlacedSeat>,
}

/// One seat placed.
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Record, Room};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).with_room(Room::Seats(2));
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).placed(step);
/// let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count)?;
/// let [.., Record::Placed(record)] = outcome.trace().records() else { panic!("seats are placed last") };
/// // B has 400 votes and one seat in the north: 400 / 3 = 133 is the largest claim.
/// let first = &record.moves[0];
/// assert_eq!((first.party.index(), first.place.index(), first.before), (1, 1, 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PlacedSeat {
    /// The party.
    pub party: PartyId,
    /// The place.
    pub place: PlaceId,
    /// The seats of the party there before.
    pub before: u64,
    /// What it was placed with, before any divisor, as numerator and denominator.
    pub(crate) claim: (BigUint, BigUint),
}

/// Seats placed by steps of a statute's own.
///
/// # Examples
/// ```
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Record, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 58), ("B", 30), ("C", 12)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 35), ("C", 20)])?).with_seats(2),
/// ])?;
/// let (rounding, base, met) = (LocalQuota::Exact, QuotaOf::Placed, Met::Free);
/// let mut step = Placement::within(Level::District);
/// step.settle = Some(Settle { rounding, base, met, take: Take::Smallest, give: Give::Any, small: vec![] });
/// let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
/// let outcome = Rule::of_tiers([nation]).apply(&count)?;
/// let [.., Record::Settled(record)] = outcome.trace().records() else { panic!("seats are settled last") };
/// assert_eq!(record.whole, [[1, 0], [0, 0], [0, 0]]); // 58 votes are more than 50
/// assert_eq!(record.seats, [[1, 1], [0, 1], [1, 0]]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SettledRecord {
    /// The tier.
    pub tier: usize,
    /// The place whose seats were placed.
    pub place: PlaceId,
    /// The parties; rows of what follows.
    pub parties: Vec<PartyId>,
    /// The places; columns of what follows.
    pub places: Vec<PlaceId>,
    /// The seats of each place by the count, and by the law.
    pub sizes: Vec<(u64, u64)>,
    /// Seats by party and place.
    pub seats: Vec<Vec<u64>>,
    /// Seats by whole quotas of each place.
    pub whole: Vec<Vec<u64>>,
    /// What followed, in order.
    pub steps: Vec<SettleStep>,
}

/// One step after the local quotas.
///
/// # Examples
/// ```
/// use apportion::rule::trace::SettleStep;
/// use apportion::rule::{Give, LocalQuota, Met, Placement, QuotaOf, Record, Seats, Settle, Take};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 58), ("B", 30), ("C", 12)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 35), ("C", 20)])?).with_seats(2),
/// ])?;
/// let (rounding, base, met) = (LocalQuota::Exact, QuotaOf::Placed, Met::Free);
/// let mut step = Placement::within(Level::District);
/// step.settle = Some(Settle { rounding, base, met, take: Take::Smallest, give: Give::Any, small: vec![] });
/// let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(4)).placed(step);
/// let outcome = Rule::of_tiers([nation]).apply(&count)?;
/// let [.., Record::Settled(record)] = outcome.trace().records() else { panic!("seats are settled last") };
/// // In the north B hands a seat to C.
/// let [SettleStep::Swap { giver, over: 1, receiver: Some(receiver) }] = &record.steps[..] else { panic!("a swap") };
/// assert_eq!((giver.0.index(), receiver.0.index(), giver.1.index()), (1, 2, 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SettleStep {
    /// A seat moves from one pair to another; or nobody may receive it, and it stays.
    Swap {
        /// Who gives, where.
        giver: (PartyId, PlaceId),
        /// By how many the giver is over.
        over: i64,
        /// Who receives, where.
        receiver: Option<(PartyId, PlaceId)>,
    },
    /// A seat is given back.
    GivenBack(PartyId, PlaceId),
    /// A seat is taken.
    Taken(PartyId, PlaceId),
    /// The largest party takes what is left of a place.
    Rest(PartyId, PlaceId, u64),
}

impl SettledRecord {
    pub(crate) fn of(
        tier: usize,
        place: PlaceId,
        parties: &[PartyId],
        places: &[PlaceId],
        sizes: &[u64],
        settled: &Settled,
    ) -> Self {
        let pair = |(party, at): (usize, usize)| (parties[party], places[at]);
        let step = |step: &Step| match *step {
            Step::Swap { giver, over, receiver } => {
                SettleStep::Swap { giver: pair(giver), over, receiver: receiver.map(pair) }
            }
            Step::GivenBack(at) => SettleStep::GivenBack(pair(at).0, pair(at).1),
            Step::Taken(at) => SettleStep::Taken(pair(at).0, pair(at).1),
            Step::Rest { pair: at, seats } => SettleStep::Rest(pair(at).0, pair(at).1, seats),
        };
        Self {
            tier,
            place,
            parties: parties.to_vec(),
            places: places.to_vec(),
            sizes: sizes.iter().copied().zip(settled.sizes.iter().copied()).collect(),
            seats: (0..parties.len()).map(|party| settled.seats.row(party).to_vec()).collect(),
            whole: (0..parties.len()).map(|party| settled.local.whole.row(party).to_vec()).collect(),
            steps: settled.steps.iter().map(step).collect(),
        }
    }
}

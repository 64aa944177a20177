//! Records of seats that were placed in smaller places.

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::count::{PartyId, PlaceId};
use crate::rule::placing::settle::{Settlement as Settled, Step};
use crate::rule::provisions::placement::Placement;

/// Seats placed inside one place.
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

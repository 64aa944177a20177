//! Records of tiers that know of each other: what is left, what is lacked, what is levelled.

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::count::{PartyId, PlaceId};
use crate::method::Quota;
use crate::num::Ratio;
use crate::rule::provisions::overhang::Overhang;

/// Whole quotas, and what they leave for later tiers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PartialRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The quota.
    pub quota: Quota,
    /// What a seat costs in votes, as numerator and denominator; none where nobody had votes.
    pub(crate) cost: Option<(BigUint, BigUint)>,
    /// The part of a quota that counts as a whole one.
    pub up_from: Option<Ratio>,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Votes.
    pub votes: Vec<u64>,
    /// Seats.
    pub seats: Vec<u64>,
    /// The seats that there were; none where whole quotas alone decide.
    pub limit: Option<u64>,
    /// The seats left.
    pub left: u64,
}

/// Targets beside what is held.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TopUpRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house.
    pub seats: u64,
    /// The house without seats of those who take no part or have left.
    pub house: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats held.
    pub held: Vec<u64>,
    /// Certain seats of the target.
    pub target: Vec<u64>,
    /// Who held too many and left, or gave seats back.
    pub leaving: Vec<PartyId>,
    /// What the law does with them.
    pub overhang: Overhang,
}

/// A house that grew until shares covered what parties need.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LevelledRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house before.
    pub house: u64,
    /// The house in which shares cover what is needed.
    pub size: u64,
    /// The seats that may stay unlevelled.
    pub unlevelled: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats needed.
    pub needs: Vec<u64>,
    /// Share of that house.
    pub share: Vec<u64>,
}

/// A seat that went back, or was given on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReturnedRecord {
    /// The tier.
    pub tier: usize,
    /// The district.
    pub place: PlaceId,
    /// The party.
    pub party: PartyId,
    /// -1 for a seat given back, otherwise the seats received.
    pub seats: i128,
}

/// Seats by a part of what parties lack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LinkedRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house without seats of parties that take no part.
    pub base: u128,
    /// The seats given out.
    pub seats: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats held.
    pub held: Vec<u64>,
    /// Seats by the part of the gap, before they are brought to the number there is.
    pub linked: Vec<u64>,
}

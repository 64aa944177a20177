//! Records of a place's provisions: who takes part, and what came before and after the method.

use alloc::vec::Vec;

use crate::count::{Base, PartyId, PlaceId};
use crate::method::AllocationMethod;
use crate::outcome::Admission;
use crate::rule::provisions::admission::Comparison;
use crate::rule::provisions::fragments::Fragments;

/// Seats that were won before the first tier, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Direct {
    /// The place.
    pub place: PlaceId,
    /// Seats by party.
    pub seats: Vec<(PartyId, i128)>,
}

/// Seats that places got from one number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SizesRecord {
    /// The tier, counted from 0, as in every record.
    pub tier: usize,
    /// The method.
    pub method: AllocationMethod,
    /// What was counted of each place.
    pub of: Base,
    /// The fewest seats of a place.
    pub minimum: u64,
    /// The seats in all.
    pub seats: u64,
    /// The places; what follows has one entry for each.
    pub places: Vec<PlaceId>,
    /// What was counted.
    pub claims: Vec<u64>,
    /// The seats.
    pub given: Vec<u64>,
}

/// Who takes part at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AdmissionRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The parties; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// First choices.
    pub votes: Vec<u64>,
    /// Whether and why.
    pub admissions: Vec<Admission>,
    /// Every comparison that the threshold made.
    pub comparisons: Vec<Vec<Comparison>>,
}

/// Votes of single-seat districts that count for lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FragmentsRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// Which votes.
    pub fragments: Fragments,
    /// What each party gained.
    pub gained: Vec<(PartyId, u128)>,
}

/// A bonus.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BonusRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The winner.
    pub party: PartyId,
    /// Its votes.
    pub votes: u64,
    /// What its share is of, as a number.
    pub whole: u128,
    /// What its share is of.
    pub of: Base,
    /// The seats.
    pub seats: u64,
}

/// A list that gave seats up to the cap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CapRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// The new seats that it would have had.
    pub would_have: u64,
    /// The new seats that the cap allows.
    pub most: u64,
}

/// A list that got what it has at least.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FloorRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// Its seats.
    pub seats: u64,
}

/// A seat given up to the absolute majority.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MajorityRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// Who has more than half of the votes.
    pub winner: PartyId,
    /// Who gave a seat up.
    pub loser: PartyId,
}

/// A list with more seats than candidates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ExhaustedRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// The new seats that it would have had.
    pub would_have: u64,
    /// The new seats that it can fill.
    pub most: u64,
}

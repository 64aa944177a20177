//! Provisions: what a law may say, one article a file.
//!
//! Each file holds, in this order: what the provision is and the countries that have it; the value with its document form;
//! its check; how it applies, citing the statute's steps; what it records; and an example by hand as a test.
//!
//! This file is their order: [`run`] is the table of contents of a tier.

pub(crate) mod admission;
pub(crate) mod alliances;
pub(crate) mod allocate;
pub(crate) mod bonus;
pub(crate) mod cap;
pub(crate) mod exhaustion;
pub(crate) mod fragments;
pub(crate) mod given;
pub(crate) mod levelling;
pub(crate) mod linked;
pub(crate) mod majority;
pub(crate) mod overhang;
pub(crate) mod partial;
pub(crate) mod place;
pub(crate) mod returned;
pub(crate) mod seats_to_districts;
pub(crate) mod top_up;
pub(crate) mod votes;

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::Rule;
use super::method::Method;
use super::session::{Halt, Session};
use super::tier::{Kind, Seats, Tier};
use crate::allocation::TieBreak;
use crate::count::{Figures, Level, PartyId, PlaceId, no_repeats};
use crate::error::Error;
use crate::outcome::Admission;
use crate::tie::Tie;

/// One place in one tier: who stands there, who takes part, and with which votes.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) place: PlaceId,
    pub(crate) seats: u64,
    /// In the order of the place's tally; what follows has one entry for each.
    pub(crate) parties: Vec<PartyId>,
    /// First choices, which thresholds look at.
    pub(crate) votes: Vec<u64>,
    pub(crate) admissions: Vec<Admission>,
    /// What the method counts.
    pub(crate) counted: votes::Counted,
}

impl Unit {
    /// The positions of those who take part.
    pub(crate) fn admitted(&self) -> Vec<usize> {
        (0..self.parties.len()).filter(|&at| self.admissions[at].is_admitted()).collect()
    }

    /// The parties at these positions.
    pub(crate) fn parties_at(&self, positions: &[usize]) -> Vec<PartyId> {
        positions.iter().map(|&at| self.parties[at]).collect()
    }
}

/// What a tier gives in one place, by position in its [`Unit`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) seats: Vec<u64>,
    /// Open ties; a position stands in one at most.
    pub(crate) ties: Vec<Tie>,
    pub(crate) vacant: u64,
}

impl Given {
    pub(crate) fn none(parties: usize) -> Self {
        Self { seats: vec![0; parties], ..Self::default() }
    }
}

/// Runs the tier whose turn it is: its provisions in their order.
pub(crate) fn run(session: &mut Session<'_>) -> Result<(), Halt> {
    let tier = session.tier();
    seats_to_districts::apply(session)?;
    let places = places(session)?;
    let everywhere = admission::everywhere(session, &places)?;
    let mut results = Vec::with_capacity(places.len());
    for place in places {
        let result = one_place(session, place, everywhere.as_deref());
        results.push(result.map_err(|halt| session.located(place, halt))?);
    }
    if tier.overhang == overhang::Overhang::Return {
        returned::apply(session, &mut results)?;
    }
    if tier.place.is_empty() { book(session, results) } else { place::apply(session, results) }
    place_done(session);
    Ok(())
}

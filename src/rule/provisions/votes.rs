//! Votes: what the method counts for each party that takes part.
//!
//! First choices as a rule; with spare votes, a ballot whose first party is out counts for the first admitted party on
//! it; with `votes = "unused"`, what bought no seat in the last partial tier (Czechia, Cyprus, Romania).

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::fragments;
use crate::count::tally::fits;
use crate::count::{Level, PartyId, PlaceId};
use crate::num::amount::Amount;
use crate::outcome::Admission;
use crate::rule::session::{Halt, Session};
use crate::rule::tier::Votes;

/// What the method counts, by position in a unit; nothing for parties that take no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) votes: Vec<u64>,
    /// Where votes are fractions: numerators, and their denominator.
    pub(crate) exact: Option<(Vec<BigUint>, BigUint)>,
    /// Ranked ballots that moved on to an admitted party.
    pub(crate) spared: u128,
}

impl Counted {
    /// A party's votes as a numerator over [`denominator`](Self::denominator).
    pub(crate) fn numerator(&self, at: usize) -> Amount {
        match &self.exact {
            None => Amount::Small(self.votes[at].into()),
            Some((numerators, _)) => Amount::of(numerators[at].clone()),
        }
    }

    /// The denominator of all votes.
    pub(crate) fn denominator(&self) -> BigUint {
        self.exact.as_ref().map_or_else(|| BigUint::from(1_u8), |(_, denominator)| denominator.clone())
    }
}

/// Counts the votes of the admitted parties of a place.
pub(crate) fn count(session: &mut Session<'_>, place: PlaceId, admissions: &[Admission]) -> Result<Counted, Halt> {
    let tier = session.tier();
    let spot = session.figures.spot(place);
    let mut counted: Vec<u128> = spot
        .votes
        .iter()
        .zip(admissions)
        .map(|(&votes, admission)| if admission.is_admitted() { votes.into() } else { 0 })
        .collect();
    let mut spared = 0;
    if tier.spare_votes {
        for (ranking, &ballots) in spot.tally.rankings_by_index() {
            let first_admitted = ranking.iter().position(|&at| admissions[at].is_admitted());
            if let Some(at) = first_admitted.filter(|&at| at > 0) {
                counted[ranking[at]] += ballots;
                spared += ballots;
            }
        }
    }
    if let Some(fragments) = tier.fragments {
        let more = fragments::apply(session, fragments, place)?;
        for ((counted, more), admission) in counted.iter_mut().zip(more).zip(admissions) {
            // Fragments count for lists that stand and have votes of their own.
            *counted += if admission.is_admitted() && *counted > 0 { more } else { 0 };
        }
    }
    let fitting = session.figures.spot(place).tally.parties().iter().zip(counted);
    let mut votes = Vec::with_capacity(admissions.len());
    for (party, count) in fitting {
        votes.push(fits(party.name(), count)?);
    }
    let exact = match tier.votes {
        Votes::Cast => None,
        Votes::Unused => Some(unused(session, place, admissions)),
    };
    Ok(Counted { votes, exact, spared })
}

/// The unused votes of the admitted parties, summed over the districts inside a place.
fn unused(session: &Session<'_>, place: PlaceId, admissions: &[Admission]) -> (Vec<BigUint>, BigUint) {
    let parties = &session.figures.spot(place).parties;
    let districts = session.figures.inside(place, Level::District);
    let sums = districts.iter().filter_map(|&district| session.ledger.unused(district));
    let sums = sums.filter(|unused| unused.denominator != BigUint::ZERO);
    let mut common = BigUint::from(1_u8);
    let mut numerators = vec![BigUint::ZERO; parties.len()];
    for unused in sums {
        for ((numerator, party), admission) in numerators.iter_mut().zip(parties).zip(admissions) {
            let own = votes_of(&unused.votes, *party).filter(|_| admission.is_admitted());
            *numerator *= &unused.denominator;
            if let Some(own) = own {
                *numerator += own * &common;
            }
        }
        common *= &unused.denominator;
        reduce(&mut numerators, &mut common);
    }
    (numerators, common)
}

fn votes_of(votes: &alloc::collections::BTreeMap<PartyId, BigUint>, party: PartyId) -> Option<&BigUint> {
    votes.get(&party)
}

/// Divides numerators and their denominator by what they have in common, so that they stay small.
fn reduce(numerators: &mut [BigUint], common: &mut BigUint) {
    let shared =
        numerators.iter().fold(common.clone(), |shared, numerator| greatest_common_divisor(shared, numerator.clone()));
    if shared > BigUint::from(1_u8) {
        for numerator in numerators {
            *numerator /= &shared;
        }
        *common /= &shared;
    }
}

fn greatest_common_divisor(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}

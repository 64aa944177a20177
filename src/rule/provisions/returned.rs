//! Returned seats: a party with more district seats than its target gives them back (Sweden, vallagen 2005:837, ch. 14 § 4).

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use super::{Given, Unit};
use crate::allocation::Allocation;
use crate::count::{PartyId, PlaceId};
use crate::error::Error;
use crate::method::{AllocationMethod, Claim, Contest, Divisors};
use crate::rule::choice::{Candidates, Choice};
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{Record, ReturnedRecord};

/// Takes the excess of each party back, from the districts where its seats were won with the smallest comparison numbers;
/// each goes there to the next in turn among parties that never had an excess and took part there.
///
/// All returns of a round happen at once. The comparison numbers are those of the first tier.
pub(crate) fn apply(
    session: &mut Session<'_>,
    unit: &Unit,
    leaving: &[usize],
    held: &[u64],
    target: &Given,
    outside: &[PartyId],
) -> Result<(), Halt> {
    let Some(AllocationMethod::HighestAverages(divisors)) = session.rule.tiers()[0].method.allocation() else {
        return Err(Error::ReturnNeedsDivisors.into());
    };
    let mut vacated: BTreeMap<PlaceId, u64> = BTreeMap::new();
    for &at in leaving {
        let party = unit.parties[at];
        let excess = held[at] - target.seats[at];
        for place in smallest_claims(session, unit, divisors, party, excess)? {
            *vacated.entry(place).or_default() += 1;
            session.book(place, vec![(party, -1)])?;
            session.trace.push(Record::Returned(ReturnedRecord { tier: session.tier, place, party, seats: -1 }));
        }
    }
    for (place, seats) in vacated {
        give_on(session, divisors, place, seats, outside)?;
    }
    Ok(())
}

/// The districts, one for each seat, where a party won `excess` seats with its smallest comparison numbers.
fn smallest_claims(
    session: &mut Session<'_>,
    unit: &Unit,
    divisors: &Divisors,
    party: PartyId,
    excess: u64,
) -> Result<Vec<PlaceId>, Halt> {
    let level = super::level_of_tier(session, 0);
    let districts = session.figures.inside(unit.place, level);
    let mut seats: Vec<u64> = Vec::with_capacity(districts.len());
    for &district in &districts {
        seats.push(session.held(district, party)?);
    }
    let ladder = divisors.ladder();
    let mut places = Vec::new();
    for _ in 0..excess {
        let claim =
            |at: usize| Claim { votes: session.figures.spot(districts[at]).votes_of(party), index: seats[at] - 1 };
        let mut smallest: Vec<usize> = Vec::new();
        for at in (0..districts.len()).filter(|&at| seats[at] > 0) {
            match smallest.first().map(|&first| ladder.compare(claim(at), claim(first))) {
                None | Some(core::cmp::Ordering::Less) => smallest = vec![at],
                Some(core::cmp::Ordering::Equal) => smallest.push(at),
                Some(core::cmp::Ordering::Greater) => {}
            }
        }
        let at = match smallest[..] {
            [] => {
                return Err(
                    Error::OverTarget { party: session.figures.name(party).into(), held: excess, target: 0 }.into()
                );
            }
            [at] => at,
            _ => {
                let pairs = smallest.iter().map(|&at| (party, districts[at])).collect();
                let choice = Choice {
                    tier: session.tier,
                    place: unit.place,
                    about: "the seat that goes back",
                    candidates: Candidates::Pairs(pairs),
                    winners: 1,
                };
                session.ask(choice)?.first().map_or(smallest[0], |&chosen| smallest[chosen])
            }
        };
        seats[at] -= 1;
        places.push(districts[at]);
    }
    Ok(places)
}

/// Gives the vacated seats of a district to the next in turn there; an error that names it where nobody may take one.
fn give_on(
    session: &mut Session<'_>,
    divisors: &Divisors,
    place: PlaceId,
    seats: u64,
    outside: &[PartyId],
) -> Result<(), Halt> {
    let admitted = session.trace.admitted(0, place);
    let parties: Vec<PartyId> = session.figures.spot(place).parties.clone();
    let takes =
        |party: &PartyId| !outside.contains(party) && admitted.as_ref().is_none_or(|admitted| admitted.contains(party));
    let takers: Vec<PartyId> = parties.into_iter().filter(takes).collect();
    let votes: Vec<u64> = takers.iter().map(|&party| session.figures.spot(place).votes_of(party)).collect();
    let mut held = Vec::with_capacity(takers.len());
    for &party in &takers {
        held.push(session.held(place, party)?);
    }
    let contest = Contest::new(&votes, seats).held(held);
    let method = AllocationMethod::HighestAverages(divisors.clone());
    let answer = if takers.is_empty() { Err(Error::NoVotes { seats }) } else { method.allocate_contest(&contest) };
    let mut given: Allocation = answer.map_err(|error| session.located(place, error.into()))?;
    let candidates: Vec<Vec<PartyId>> = takers.iter().map(|&party| vec![party]).collect();
    let (chain, mut spent) = session.chain(place, &candidates);
    given.settle_once(&votes, &chain, &mut spent);
    let mut won: Vec<(PartyId, i128)> =
        takers.iter().zip(given.certain()).map(|(&party, &seats)| (party, i128::from(seats))).collect();
    if let Some(tie) = given.tie() {
        let tied = tie.parties().iter().map(|&at| takers[at]).collect();
        let choice = session.choice(place, "the seat that was given back", tied, tie.seats());
        for winner in session.ask(choice)? {
            won[tie.parties()[winner]].1 += 1;
        }
    }
    for &(party, seats) in won.iter().filter(|&&(_, seats)| seats != 0) {
        session.trace.push(Record::Returned(ReturnedRecord { tier: session.tier, place, party, seats }));
    }
    Ok(session.book(place, won)?)
}

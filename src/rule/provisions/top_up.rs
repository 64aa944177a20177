//! Top-up: the whole house is given out once more, and each party gets what it lacks of that target.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::overhang::{Outsiders, Overhang};
use super::{Given, Unit, allocate, levelling, returned};
use crate::count::PartyId;
use crate::error::Error;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{Record, TopUpRecord};

/// Gives the top-up seats of a place: the target less the seats held.
///
/// With `place.what = "all"`, what comes out is the whole target.
pub(crate) fn apply(session: &mut Session<'_>, unit: &Unit) -> Result<Given, Halt> {
    let tier = session.tier();
    let mut held = held(session, unit)?;
    let mut active = taking_part(unit);
    let mut house = house(session, unit, &held)?;
    if tier.place.is_whole_target() {
        return match &tier.overhang {
            Overhang::Level(level) => levelling::apply(session, unit, level, &active, house, &held),
            _ => target(session, unit, &active, house),
        };
    }
    if let Overhang::Level(level) = &tier.overhang {
        let given = levelling::apply(session, unit, level, &active, house, &held)?;
        return Ok(lacking(session, unit, &active, house, &held, given));
    }
    let mut outside = Vec::new();
    loop {
        if active.is_empty() && house > 0 {
            return Err(Error::NoVotes { seats: house }.into());
        }
        if active.is_empty() {
            return Ok(Given::none(unit.parties.len()));
        }
        let mut target = target(session, unit, &active, house)?;
        let mut leaving = leaving(session, &active, &held, &target);
        let asks = match tier.overhang {
            Overhang::Keep => true,
            // How many seats go back depends on the tie.
            Overhang::Return => leaving.iter().any(|&at| is_tied(&target, at)),
            _ => false,
        };
        if (leaving.is_empty() || asks) && is_open(session, &active, &held, &target) {
            resolve(session, unit, &mut target)?;
            leaving = self::leaving(session, &active, &held, &target);
        }
        match &tier.overhang {
            _ if leaving.is_empty() => return Ok(lacking(session, unit, &active, house, &held, target)),
            Overhang::Error => return Err(beyond(session, unit, &held, &target, leaving[0]).into()),
            Overhang::Keep | Overhang::Level(_) => {
                return Ok(lacking(session, unit, &active, house, &held, target));
            }
            Overhang::Exclude | Overhang::ExcludeMet => {
                record(session, unit, &active, house, &held, &target, &leaving);
                let gone: u128 = leaving.iter().map(|&at| u128::from(held[at])).sum();
                let left = u128::from(house).checked_sub(gone);
                let left = left.ok_or(Error::HouseTooSmall { seats: house, held: gone })?;
                house = u64::try_from(left).unwrap_or(house);
                active.retain(|at| !leaving.contains(at));
            }
            Overhang::Return => {
                record(session, unit, &active, house, &held, &target, &leaving);
                outside.extend(unit.parties_at(&leaving));
                returned::apply(session, unit, &leaving, &held, &target, &outside)?;
                held = self::held(session, unit)?;
                house = self::house(session, unit, &held)?;
            }
        }
    }
}

/// Who takes part: the admitted with votes.
fn taking_part(unit: &Unit) -> Vec<usize> {
    unit.admitted().into_iter().filter(|&at| !unit.counted.numerator(at).is_zero()).collect()
}

/// The seats that each party of the place holds there, all earlier tiers together.
fn held(session: &mut Session<'_>, unit: &Unit) -> Result<Vec<u64>, Halt> {
    unit.parties.iter().map(|&party| session.held(unit.place, party)).collect()
}

/// The house, less the seats of parties that do not take part.
fn house(session: &mut Session<'_>, unit: &Unit, held: &[u64]) -> Result<u64, Halt> {
    if session.tier().outsiders == Outsiders::Keep {
        return Ok(unit.seats);
    }
    let mut outside: u128 = 0;
    for (at, &seats) in held.iter().enumerate() {
        if !unit.admissions[at].is_admitted() || unit.counted.numerator(at).is_zero() {
            outside += u128::from(seats);
        }
    }
    let stands = |party: &PartyId| unit.parties.contains(party);
    let others: Vec<PartyId> =
        session.ledger.all_certain(unit.place).keys().copied().filter(|party| !stands(party)).collect();
    for party in others {
        outside += u128::from(session.held(unit.place, party)?);
    }
    let house = u128::from(unit.seats).checked_sub(outside);
    let house = house.ok_or(Error::HouseTooSmall { seats: unit.seats, held: outside })?;
    Ok(u64::try_from(house).unwrap_or(u64::MAX))
}

/// The target of those who take part in a house of these seats.
pub(crate) fn target(session: &mut Session<'_>, unit: &Unit, active: &[usize], house: u64) -> Result<Given, Halt> {
    let start = vec![0; unit.parties.len()];
    allocate::apply(session, unit, active, house, &start, "the target")
}

/// Who holds more than its target however a tie of it ends; with `exclude-met`, also who holds just that.
fn leaving(session: &Session<'_>, active: &[usize], held: &[u64], target: &Given) -> Vec<usize> {
    let met = session.tier().overhang == Overhang::ExcludeMet;
    let leaves = |at: &usize| {
        let most = target.seats[*at] + u64::from(is_tied(target, *at));
        held[*at] > most || (met && held[*at] == most && most > 0)
    };
    active.iter().copied().filter(leaves).collect()
}

/// Whether the end of a tie decides who holds more than its target, or how many seats are new: whoever holds more than its
/// target anyway gains nothing by a tied seat.
fn is_open(session: &Session<'_>, active: &[usize], held: &[u64], target: &Given) -> bool {
    let met = session.tier().overhang == Overhang::ExcludeMet;
    let depends = |at: &usize| {
        let seats = target.seats[*at];
        is_tied(target, *at) && (held[*at] > seats || (met && held[*at] == seats && seats > 0))
    };
    active.iter().any(depends)
}

/// Asks who wins the ties of the target.
fn resolve(session: &mut Session<'_>, unit: &Unit, target: &mut Given) -> Result<(), Halt> {
    for tie in core::mem::take(&mut target.ties) {
        let choice = session.choice(unit.place, "the target", unit.parties_at(tie.parties()), tie.seats());
        for winner in session.ask(choice)? {
            target.seats[tie.parties()[winner]] += 1;
        }
    }
    Ok(())
}

fn is_tied(target: &Given, at: usize) -> bool {
    target.ties.iter().any(|tie| tie.parties().contains(&at))
}

/// What each party lacks of its target.
fn lacking(session: &mut Session<'_>, unit: &Unit, active: &[usize], house: u64, held: &[u64], target: Given) -> Given {
    record(session, unit, active, house, held, &target, &[]);
    let mut given = Given { ties: target.ties, vacant: target.vacant, ..Given::none(unit.parties.len()) };
    for &at in active {
        given.seats[at] = target.seats[at].saturating_sub(held[at]);
    }
    given
}

/// The error that a party holds more than its target, and the law does not say what then.
fn beyond(session: &Session<'_>, unit: &Unit, held: &[u64], target: &Given, at: usize) -> Error {
    let party = session.figures.name(unit.parties[at]).to_string();
    Error::OverTarget { party, held: held[at], target: target.seats[at] }
}

fn record(
    session: &mut Session<'_>,
    unit: &Unit,
    active: &[usize],
    house: u64,
    held: &[u64],
    target: &Given,
    leaving: &[usize],
) {
    session.trace.push(Record::TopUp(TopUpRecord {
        tier: session.tier,
        place: unit.place,
        seats: unit.seats,
        house,
        parties: unit.parties_at(active),
        held: active.iter().map(|&at| held[at]).collect(),
        target: active.iter().map(|&at| target.seats[at]).collect(),
        leaving: unit.parties_at(leaving),
        overhang: session.tier().overhang.clone(),
    }));
}

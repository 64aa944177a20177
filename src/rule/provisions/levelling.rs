//! Levelling: the house grows until every party's share covers what it needs (Germany, BWahlG 2013 and 2020, § 6).

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use super::overhang::{Levelling, Need};
use super::place::inner_level;
use super::{Given, Unit, top_up};
use crate::count::PlaceId;
use crate::error::Error;
use crate::method::AllocationMethod;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{LevelledRecord, Record};

/// The seats of every party in the smallest house, of `house` seats or more, whose shares cover what parties need but for
/// the seats that may stay unlevelled; at least what each needs.
pub(crate) fn apply(
    session: &mut Session<'_>,
    unit: &Unit,
    level: &Levelling,
    active: &[usize],
    house: u64,
    held: &[u64],
) -> Result<Given, Halt> {
    if !matches!(session.tier().method.allocation(), Some(AllocationMethod::HighestAverages(_))) {
        return Err(Error::LevellingNeedsDivisors.into());
    }
    let mut needs = vec![0; unit.parties.len()];
    for &at in active {
        needs[at] = need(session, unit, level, at, held[at])?;
        if needs[at] > 0 && unit.counted.votes[at] == 0 {
            let party = session.figures.name(unit.parties[at]).into();
            return Err(Error::OverTarget { party, held: needs[at], target: 0 }.into());
        }
    }
    let size = smallest(session, unit, active, house, &needs, level.unlevelled)?;
    let mut target = top_up::target(session, unit, active, size)?;
    // A tie is open unless its end changes what is needed.
    let asked =
        |target: &Given| target.ties.iter().any(|tie| tie.parties().iter().any(|&at| needs[at] > target.seats[at]));
    if asked(&target) {
        for tie in core::mem::take(&mut target.ties) {
            let choice = session.choice(unit.place, "the target", unit.parties_at(tie.parties()), tie.seats());
            for winner in session.ask(choice)? {
                target.seats[tie.parties()[winner]] += 1;
            }
        }
    }
    let share = target.seats.clone();
    for &at in active {
        target.seats[at] = target.seats[at].max(needs[at]);
    }
    session.trace.push(Record::Levelled(LevelledRecord {
        tier: session.tier,
        place: unit.place,
        house,
        size,
        unlevelled: level.unlevelled,
        parties: unit.parties_at(active),
        needs: active.iter().map(|&at| needs[at]).collect(),
        share: active.iter().map(|&at| share[at]).collect(),
    }));
    Ok(target)
}

/// The seats that a party needs: what it holds, or with a provisional tier the sum of what it needs in each place.
fn need(session: &mut Session<'_>, unit: &Unit, level: &Levelling, at: usize, held: u64) -> Result<u64, Halt> {
    let Some(name) = &level.of else { return Ok(held) };
    let unknown = || Error::UnknownTier { name: name.clone() };
    let tiers = session.rule.tiers();
    let first = tiers[..session.tier].iter().position(|tier| tier.name.as_ref() == Some(name)).ok_or_else(unknown)?;
    let party = unit.parties[at];
    let places: Vec<PlaceId> = session.figures.inside(unit.place, inner_level(session));
    let (mut sum, mut first_sum, mut here) = (0_u128, 0_u128, 0_u128);
    for place in places {
        let direct = session.held(place, party)?;
        let provisional = session.ledger.provisional(first, place, party);
        let needed = match level.by {
            Need::Greater => direct.max(provisional),
            Need::Mean => direct.max(mean_rounded_up(direct, provisional)),
        };
        sum += u128::from(needed);
        first_sum += u128::from(provisional);
        here += u128::from(direct);
    }
    // What is held in no smaller place is needed beside.
    let beside = u128::from(held).saturating_sub(here);
    let needed = match level.by {
        Need::Greater => sum,
        Need::Mean => sum.max(first_sum),
    };
    Ok(u64::try_from(needed + beside).unwrap_or(u64::MAX))
}

/// The mean of two numbers, rounded up.
const fn mean_rounded_up(a: u64, b: u64) -> u64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    low + (high - low).div_ceil(2)
}

/// The smallest house of at least `house` seats in which no more than `unlevelled` of the seats needed are missing, however a
/// tie for its last seats ends.
///
/// A statute that lets the house grow until everyone has what it needs draws no lot on the way: a claim that is equal to the last
/// one needed is served as well. Shares only grow with the house, so the size is found by halving.
fn smallest(
    session: &mut Session<'_>,
    unit: &Unit,
    active: &[usize],
    house: u64,
    needs: &[u64],
    unlevelled: u64,
) -> Result<u64, Halt> {
    let mut known: BTreeMap<u64, bool> = BTreeMap::new();
    let mut is_enough = |session: &mut Session<'_>, size: u64| -> Result<bool, Halt> {
        if let Some(&enough) = known.get(&size) {
            return Ok(enough);
        }
        let mark = session.mark();
        let target = top_up::target(session, unit, active, size)?;
        session.return_to(mark);
        let missing = |at: &usize| u128::from(needs[*at].saturating_sub(target.seats[*at]));
        // Seats of an open tie go where they are needed least.
        let missing: u128 = active.iter().map(missing).sum();
        let needed_in_tie = |tie: &crate::Tie| {
            let needing = tie.parties().iter().filter(|&&at| needs[at] > target.seats[at]).count() as u64;
            let others = tie.parties().len() as u64 - needing;
            u128::from(tie.seats().saturating_sub(others))
        };
        let filled: u128 = target.ties.iter().map(needed_in_tie).sum();
        let enough = missing.saturating_sub(filled) <= u128::from(unlevelled);
        known.insert(size, enough);
        Ok(enough)
    };
    let mut low = house;
    if is_enough(session, low)? {
        return Ok(low);
    }
    let mut step = 1_u64;
    let mut high = low;
    loop {
        high = high.checked_add(step).ok_or(Error::LevellingDoesNotEnd { seats: house })?;
        if is_enough(session, high)? {
            break;
        }
        low = high;
        step = step.saturating_mul(2);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_enough(session, middle)? { high = middle } else { low = middle }
    }
    Ok(high)
}

//! Levelling: the house grows until every party's share covers what it needs (Germany, BWahlG 2013 and 2020, § 6).

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
use crate::tie::Tie;

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
    let wanted = Wanted { unit, active, needs: &needs, unlevelled: level.unlevelled };
    let (size, mut target) = wanted.house(session, house)?;
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

/// What a house must cover.
struct Wanted<'w> {
    unit: &'w Unit,
    active: &'w [usize],
    /// The seats that each party of the place needs.
    needs: &'w [u64],
    unlevelled: u64,
}

impl Wanted<'_> {
    /// The smallest house of at least `house` seats in which no more than `unlevelled` of the seats needed are missing, and the
    /// shares in it.
    ///
    /// Shares only grow with the house, so the first size that can be enough is found by halving. Where a tie decides whether it
    /// is, a lot is drawn for that house, and for the next one if the lot leaves too many missing; a tie takes no more sizes
    /// than it has parties.
    fn house(&self, session: &mut Session<'_>, house: u64) -> Result<(u64, Given), Halt> {
        let mut size = self.first_that_can_do(session, house)?;
        loop {
            let mut target = top_up::target(session, self.unit, self.active, size)?;
            // A tie is open unless its end changes what is missing.
            if target.ties.iter().any(|tie| self.needing(&target, tie) > 0) {
                top_up::resolve(session, self.unit, &mut target)?;
            }
            if self.missing(&target) <= u128::from(self.unlevelled) {
                return Ok((size, target));
            }
            size += 1;
        }
    }

    fn first_that_can_do(&self, session: &mut Session<'_>, house: u64) -> Result<u64, Halt> {
        let can_do = |session: &mut Session<'_>, size: u64| -> Result<bool, Halt> {
            let mark = session.mark();
            let target = top_up::target(session, self.unit, self.active, size)?;
            session.return_to(mark);
            let in_ties = target.ties.iter().map(|tie| u128::from(tie.seats().min(self.needing(&target, tie))));
            Ok(self.missing(&target).saturating_sub(in_ties.sum()) <= u128::from(self.unlevelled))
        };
        if can_do(session, house)? {
            return Ok(house);
        }
        let (mut low, mut step) = (house, 1_u64);
        let mut high = loop {
            let high = low.checked_add(step).ok_or(Error::LevellingDoesNotEnd { seats: house })?;
            if can_do(session, high)? {
                break high;
            }
            low = high;
            step = step.saturating_mul(2);
        };
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if can_do(session, middle)? { high = middle } else { low = middle }
        }
        Ok(high)
    }

    /// The seats needed that the shares do not cover.
    fn missing(&self, target: &Given) -> u128 {
        self.active.iter().map(|&at| u128::from(self.needs[at].saturating_sub(target.seats[at]))).sum()
    }

    /// How many parties of a tie need its seat.
    fn needing(&self, target: &Given, tie: &Tie) -> u64 {
        tie.parties().iter().filter(|&&at| self.needs[at] > target.seats[at]).count() as u64
    }
}

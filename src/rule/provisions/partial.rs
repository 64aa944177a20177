//! Partial tiers: whole quotas alone; the seats and votes that are left go on to later tiers (Austria, Czechia, Estonia).

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::{Given, Unit};
use crate::allocation::Allocation;
use crate::count::{Base, PlaceId};
use crate::error::Error;
use crate::method::{AllocationMethod, Excess, Quota, QuotaSize, StageKind};
use crate::num::Ratio;
use crate::rule::ledger::Unused;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{PartialRecord, Record};
use crate::tie::Tie;

/// What one seat costs: `price` / `parts` votes.
#[derive(Clone, Debug)]
struct Cost {
    price: BigUint,
    parts: BigUint,
}

/// How seats held already count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// Not at all.
    None,
    /// They come off the whole quotas (Austria's Länder).
    Deducted,
}

/// Gives whole quotas; what they leave is noted for later tiers.
pub(crate) fn apply(session: &mut Session<'_>, unit: &Unit, held: Held) -> Result<Given, Halt> {
    let (quota, up_from) = whole_quotas(session)?;
    let active = unit.admitted();
    let limit = if session.tier().quota_at.is_some() { None } else { Some(unit.seats) };
    let any = limit != Some(0) && active.iter().any(|&at| unit.counted.votes[at] > 0);
    let cost = if any { Some(cost(session, unit, &active, quota)?) } else { None };
    let mut given = Given::none(unit.parties.len());
    if let Some(cost) = &cost {
        for &at in &active {
            let most = session.figures.spot(unit.place).tally.parties()[at].maximum().unwrap_or(u64::MAX);
            given.seats[at] = bought(unit.counted.votes[at], cost, up_from).min(most);
        }
        if let Some(limit) = limit {
            refuse_excess(session, unit, quota, cost, limit, &mut given)?;
        }
    }
    for tie in core::mem::take(&mut given.ties) {
        // What is left of the votes depends on who wins: known winners win now.
        let parties = unit.parties_at(tie.parties());
        let choice = session.choice(unit.place, crate::rule::session::SEATS, parties, tie.seats());
        match session.winners(&choice) {
            Some(winners) => winners.into_iter().for_each(|at| given.seats[tie.parties()[at]] += 1),
            None => given.ties.push(tie),
        }
    }
    // Without seats there is no quota, and so nothing that it leaves unused.
    let unused = if limit == Some(0) { Unused::default() } else { unused(session, unit, &given, cost.as_ref()) };
    let all: u128 = given.seats.iter().map(|&seats| u128::from(seats)).sum::<u128>()
        + given.ties.iter().map(|tie| u128::from(tie.seats())).sum::<u128>();
    let left = limit.map_or(0, |limit| limit.saturating_sub(u64::try_from(all).unwrap_or(u64::MAX)));
    session.ledger.leave(unit.place, left, unused);
    session.trace.push(Record::Partial(PartialRecord {
        tier: session.tier,
        place: unit.place,
        quota,
        cost: cost.map(|cost| (cost.price, cost.parts)),
        up_from,
        parties: unit.parties_at(&active),
        votes: active.iter().map(|&at| unit.counted.votes[at]).collect(),
        seats: active.iter().map(|&at| given.seats[at]).collect(),
        limit,
        left,
    }));
    if held == Held::Deducted {
        for (seats, &party) in given.seats.iter_mut().zip(&unit.parties) {
            *seats = seats.saturating_sub(session.held(unit.place, party)?);
        }
    }
    Ok(given)
}

/// The quota of a partial tier, and the part of it that counts as a whole one.
fn whole_quotas(session: &Session<'_>) -> Result<(Quota, Option<Ratio>), Error> {
    let method = session.tier().method.allocation();
    match method {
        Some(AllocationMethod::LargestRemainder(quota)) => Ok((*quota, None)),
        Some(AllocationMethod::Stages(stages)) => match &stages[..] {
            [stage] => match stage.kind() {
                StageKind::WholeQuotas(quota) => Ok((*quota, stage.up_from())),
                _ => Err(Error::NotWholeQuotas),
            },
            _ => Err(Error::NotWholeQuotas),
        },
        _ => Err(Error::NotWholeQuotas),
    }
}

/// The quota in votes: of the place, or of the place of a higher level.
fn cost(session: &mut Session<'_>, unit: &Unit, active: &[usize], quota: Quota) -> Result<Cost, Halt> {
    let tier = session.tier();
    let (votes, seats) = match tier.quota_at {
        None => {
            let votes = match tier.quota_base {
                Some(base) => session.base(unit.place, base)?,
                None => active.iter().map(|&at| u128::from(unit.counted.votes[at])).sum(),
            };
            (votes, unit.seats)
        }
        Some(level) => {
            let place: PlaceId = session.place_at(unit.place, level)?;
            (session.base(place, tier.quota_base.unwrap_or(Base::Valid))?, session.seats_of(place)?)
        }
    };
    let QuotaSize { votes: price, parts } = quota.of(votes, seats)?;
    Ok(Cost { price: price.into(), parts: parts.into() })
}

/// The whole quotas in a party's votes; a remainder of `up_from` of a quota counts as a whole one.
fn bought(votes: u64, cost: &Cost, up_from: Option<Ratio>) -> u64 {
    let product = BigUint::from(votes) * &cost.parts;
    let whole = &product / &cost.price;
    let rest = product - &whole * &cost.price;
    let one_more = up_from.is_some_and(|part| rest * part.denominator() >= &cost.price * part.numerator());
    u64::try_from(whole).unwrap_or(u64::MAX).saturating_add(u64::from(one_more))
}

/// Takes a seat each from those with the smallest remainders where whole quotas give out more seats than there are.
fn refuse_excess(
    session: &mut Session<'_>,
    unit: &Unit,
    quota: Quota,
    cost: &Cost,
    limit: u64,
    given: &mut Given,
) -> Result<(), Halt> {
    let sum: u128 = given.seats.iter().map(|&seats| u128::from(seats)).sum();
    let Some(excess) = sum.checked_sub(limit.into()).filter(|&excess| excess > 0) else { return Ok(()) };
    let too_many =
        Error::TooManyWholeQuotas { quota: alloc::string::ToString::to_string(&quota), given: sum, seats: limit };
    if session.tier().excess == Excess::Error {
        return Err(too_many.into());
    }
    let mut losers: Vec<usize> = (0..given.seats.len()).filter(|&at| given.seats[at] > 0).collect();
    let Some(excess) = usize::try_from(excess).ok().filter(|&excess| excess <= losers.len()) else {
        return Err(too_many.into());
    };
    // Votes less what the seats cost, which may be below nothing: compared with the costs on the other side.
    let compare = |a: &usize, b: &usize| {
        let paid = |at: usize| &cost.price * given.seats[at];
        let has = |at: usize| BigUint::from(unit.counted.votes[at]) * &cost.parts;
        (has(*a) + paid(*b)).cmp(&(has(*b) + paid(*a)))
    };
    losers.sort_by(compare);
    let cut = losers[excess - 1];
    let (below, equal): (Vec<usize>, Vec<usize>) = (
        losers.iter().copied().filter(|at| compare(at, &cut).is_lt()).collect(),
        losers.iter().copied().filter(|at| compare(at, &cut).is_eq()).collect(),
    );
    let kept = equal.len() + below.len() - excess;
    for &at in below.iter().chain(&equal) {
        given.seats[at] -= 1;
    }
    // Of equal remainders, all lose their seat and those win it back that the tie-break lets keep it.
    let mut equal = equal;
    equal.sort_unstable();
    let mut keep = Allocation::new(vec![0; given.seats.len()]).with_open(Tie::among(equal.clone(), kept as u64));
    if kept == equal.len() {
        equal.iter().for_each(|&at| given.seats[at] += 1);
    }
    let candidates: Vec<_> = unit.parties.iter().map(|&party| vec![party]).collect();
    let (chain, mut spent) = session.chain(unit.place, &candidates);
    let before = spent.clone();
    keep.settle_once(&unit.counted.votes, &chain, &mut spent);
    session.spend(&before, &spent);
    for (seats, kept) in given.seats.iter_mut().zip(keep.certain()) {
        *seats += kept;
    }
    given.ties.extend(keep.tie().cloned());
    Ok(())
}

/// Every party's votes less what its seats cost; all of them where there was no quota.
fn unused(session: &Session<'_>, unit: &Unit, given: &Given, cost: Option<&Cost>) -> Unused {
    let one = BigUint::from(1_u8);
    let denominator = cost.map_or(one, |cost| cost.parts.clone());
    let mut votes = BTreeMap::new();
    for (at, &party) in unit.parties.iter().enumerate() {
        let has = BigUint::from(session.figures.spot(unit.place).votes[at]) * &denominator;
        let paid = cost.map_or(BigUint::ZERO, |cost| &cost.price * given.seats[at]);
        votes.insert(party, if has > paid { has - paid } else { BigUint::ZERO });
    }
    Unused { votes, denominator }
}

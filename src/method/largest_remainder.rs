//! Largest remainders: whole quotas first, then one seat each in the order of what is left.

use core::cmp::{Ordering, Reverse};

use alloc::string::ToString;
use alloc::vec::Vec;

use super::Quota;
use super::claims::Claims;
use super::contest::{Bounds, Excess};
use crate::allocation::Allocation;
use crate::error::Error;
use crate::tie::Tie;

/// Allocates the contest of `claims` by whole quotas and largest remainders.
pub(crate) fn allocate<C: Claims>(quota: Quota, claims: &C) -> Result<Allocation, Error> {
    let contest = claims.contest();
    let Bounds { lower, upper } = contest.bounds()?;
    // No seats, or minimums that take them all: nothing is left for a quota to decide.
    if super::highest_averages::sum(&lower) == contest.seats.into() {
        return Ok(Allocation::new(lower));
    }
    let size = claims.quota(quota)?;
    let entitlements: Vec<Entitlement<C::Rest>> = (0..lower.len())
        .map(|party| Entitlement::new(claims.whole_and_rest(party, &size), lower[party], upper[party]))
        .collect();
    let mut seats: Vec<u128> = entitlements.iter().map(|party| party.seats).collect();
    let given = seats.iter().fold(0, |sum: u128, &seats| sum.saturating_add(seats));

    if let Some(excess) = given.checked_sub(contest.seats.into()).filter(|&excess| excess > 0) {
        let too_many = || Error::TooManyWholeQuotas { quota: quota.to_string(), given, seats: contest.seats };
        if contest.excess == Excess::Error {
            return Err(too_many());
        }
        let losers: Vec<usize> = (0..seats.len()).filter(|&party| seats[party] > lower[party].into()).collect();
        let excess = usize::try_from(excess).ok().filter(|&excess| excess <= losers.len()).ok_or_else(too_many)?;
        let (removed, tied) = choose(losers, excess, |party| Reverse(&entitlements[party].remainder));
        let kept = tied.parties.len() - tied.places;
        for party in removed.into_iter().chain(tied.parties.iter().copied()) {
            seats[party] -= 1;
        }
        return Ok(allocation(&seats, Tie::among(tied.parties, kept as u64)));
    }

    let left = contest.seats - u64::try_from(given).unwrap_or(contest.seats);
    let takers: Vec<usize> = (0..seats.len()).filter(|&party| seats[party] < upper[party].into()).collect();
    let mut vacant = 0;
    if left > takers.len() as u64 {
        let fillable: u128 = upper.iter().map(|&upper| u128::from(upper)).sum();
        if given + (takers.len() as u128) < fillable.min(contest.seats.into()) {
            return Err(Error::TooManySeatsLeft { left, parties: takers.len() });
        }
        vacant = contest.seats - contest.fill(fillable)?;
    }
    let places = usize::try_from(left - vacant).unwrap_or(takers.len());
    let (winners, tied) = choose(takers, places, |party| &entitlements[party].remainder);
    for party in winners {
        seats[party] += 1;
    }
    Ok(allocation(&seats, Tie::among(tied.parties, tied.places as u64)).with_vacant(vacant))
}

/// The allocation of these seats, none of which are more than there are.
fn allocation(seats: &[u128], tie: Option<Tie>) -> Allocation {
    let seats: Vec<u64> = seats.iter().map(|&seats| u64::try_from(seats).unwrap_or(u64::MAX)).collect();
    Allocation::new(seats).with_open(tie)
}

/// What the whole quotas bring a party, within its bounds, and what they leave.
struct Entitlement<R> {
    seats: u128,
    remainder: Remainder<R>,
}

/// votes - quota x seats, in quotas: whole ones (below zero where a minimum gave more than the votes buy), then the part
/// of one.
pub(super) type Remainder<R> = (i128, R);

impl<R> Entitlement<R> {
    fn new((whole, rest): (u128, R), lower: u64, upper: u64) -> Self {
        let upper = if upper == u64::MAX { u128::MAX } else { upper.into() };
        let seats = whole.clamp(lower.into(), upper);
        // Beyond 2^127 only by a quota so far below the parties' votes that there is no answer.
        let signed = |number: u128| i128::try_from(number).unwrap_or(i128::MAX);
        Self { seats, remainder: (signed(whole) - signed(seats), rest) }
    }
}

/// The parties with the same claim at a cut, and the places left for them.
pub(super) struct Equal {
    pub(super) parties: Vec<usize>,
    pub(super) places: usize,
}

/// The `places` parties with the largest keys: those who are in for certain, and those equal at the cut if they do not
/// all fit.
pub(super) fn choose<K: Ord>(mut parties: Vec<usize>, places: usize, key: impl Fn(usize) -> K) -> (Vec<usize>, Equal) {
    let none = Equal { parties: Vec::new(), places: 0 };
    if places == 0 {
        return (Vec::new(), none);
    }
    if places >= parties.len() {
        return (parties, none);
    }
    parties.select_nth_unstable_by(places - 1, |&a, &b| key(b).cmp(&key(a)));
    let cut = key(parties[places - 1]);
    if parties[places..].iter().all(|&party| key(party) < cut) {
        parties.truncate(places);
        return (parties, none);
    }
    let (mut ahead, mut equal) = (Vec::new(), Vec::new());
    for party in parties {
        match key(party).cmp(&cut) {
            Ordering::Greater => ahead.push(party),
            Ordering::Equal => equal.push(party),
            Ordering::Less => {}
        }
    }
    equal.sort_unstable();
    let places = places - ahead.len();
    (ahead, Equal { parties: equal, places })
}

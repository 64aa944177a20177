//! The slow, obvious implementation that every other path is tested against: big integers, and one seat at a time.
//!
//! It shares nothing with the paths it judges but the description of the sequences and quotas.

use alloc::vec::Vec;

use num_bigint::BigUint;
use num_rational::BigRational;

use super::divisor::Divisor;
use super::{Contest, Divisors, Excess, Quota, Rounding};
use crate::allocation::Allocation;
use crate::error::Error;
use crate::tie::Tie;

/// A claim: a power of votes / d(seats), or without limit where the divisor is zero, by votes then.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    Finite(Quotient),
    Infinite(u64),
}

/// A quotient that compares crosswise.
#[derive(Clone, Debug)]
pub(super) struct Quotient(BigUint, BigUint);

impl Ord for Quotient {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        (&self.0 * &other.1).cmp(&(&other.0 * &self.1))
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quotient {}

/// The claim of a party with these votes and seats to its next seat.
pub(super) fn claim(divisors: &Divisors, votes: u64, seats: u64) -> Claim {
    let Divisor { numerator, denominator, root, doublings } = divisors.divisor(seats);
    if numerator == BigUint::ZERO {
        Claim::Infinite(votes)
    } else {
        Claim::Finite(Quotient(BigUint::from(votes).pow(root) * denominator, numerator << doublings))
    }
}

fn held(contest: &Contest<'_>, party: usize) -> u64 {
    contest.held.get(party).copied().unwrap_or(0)
}

fn minimum(contest: &Contest<'_>, party: usize) -> u64 {
    contest.minimums.get(party).copied().unwrap_or(0).saturating_sub(held(contest, party))
}

/// Whether a party may take one more seat than `seats` new ones.
fn may_take(contest: &Contest<'_>, party: usize, seats: u64) -> bool {
    let maximum = contest.maximums.get(party).copied().flatten().unwrap_or(u64::MAX);
    contest.votes[party] > 0 && held(contest, party) + seats < maximum
}

/// One seat at a time to the best claim.
pub(super) fn highest_averages(divisors: &Divisors, contest: &Contest<'_>) -> Result<Allocation, Error> {
    let parties = contest.votes.len();
    let mut seats: Vec<u64> = (0..parties).map(|party| minimum(contest, party)).collect();
    let by_minimum = seats.clone();
    let given: u64 = seats.iter().sum();
    if given > contest.seats {
        return Err(Error::MinimumsExceedSeats { minimums: given.into(), seats: contest.seats });
    }
    let claim_of = |party: usize, seats: u64| claim(divisors, contest.votes[party], held(contest, party) + seats);
    let mut last = None;
    for round in given..contest.seats {
        let best = (0..parties)
            .filter(|&party| may_take(contest, party, seats[party]))
            .map(|party| (claim_of(party, seats[party]), party))
            .max();
        let Some((claim, party)) = best else {
            let unfilled = contest.seats - round;
            if contest.vacancies {
                return Ok(Allocation::new(seats).with_vacant(unfilled));
            }
            return Err(Error::Unfilled { unfilled, seats: contest.seats });
        };
        seats[party] += 1;
        last = Some(claim);
    }
    // Those equal to the last claim served, with and without a seat for it.
    let served =
        |party: &usize| seats[*party] > by_minimum[*party] && Some(claim_of(*party, seats[*party] - 1)) == last;
    let refused =
        |party: &usize| may_take(contest, *party, seats[*party]) && Some(claim_of(*party, seats[*party])) == last;
    let winners: Vec<usize> = (0..parties).filter(served).collect();
    let losers: Vec<usize> = (0..parties).filter(refused).collect();
    if winners.is_empty() || losers.is_empty() {
        return Ok(Allocation::new(seats));
    }
    for &party in &winners {
        seats[party] -= 1;
    }
    let left = winners.len() as u64;
    let tie = Tie::new([winners, losers].concat(), left).unwrap();
    Allocation::new(seats).with_tie(tie)
}

/// The quota as one big ratio.
pub(super) fn quota_of(quota: Quota, votes: BigRational, seats: u64) -> BigRational {
    let exact = votes / BigRational::from_integer((u128::from(seats) + u128::from(quota.added())).into());
    let half = BigRational::new(1.into(), 2.into());
    match quota.rounding() {
        Rounding::Exact => exact,
        Rounding::Down => exact.floor(),
        Rounding::Up => exact.ceil(),
        Rounding::Nearest => (exact + half).floor(),
        Rounding::HalfDown => (exact - half).ceil(),
        Rounding::Next => exact.floor() + BigRational::from_integer(1.into()),
    }
}

/// Whole quotas, then one seat at a time to the largest remainder, or from the smallest.
pub(super) fn largest_remainders(quota: Quota, contest: &Contest<'_>) -> Result<Allocation, Error> {
    let parties = contest.votes.len();
    let fewest: Vec<u64> = (0..parties).map(|party| minimum(contest, party)).collect();
    let total: u128 = contest.votes.iter().map(|&votes| u128::from(votes)).sum();
    let minimums: u128 = fewest.iter().map(|&seats| u128::from(seats)).sum();
    if minimums > contest.seats.into() {
        return Err(Error::MinimumsExceedSeats { minimums, seats: contest.seats });
    }
    if minimums == contest.seats.into() {
        return Ok(Allocation::new(fewest));
    }
    let base = contest.quota_votes.unwrap_or(total);
    let price = quota_of(quota, BigRational::from_integer(base.into()), contest.seats);
    if price == BigRational::from_integer(0.into()) {
        return Err(Error::ZeroQuota { quota: alloc::format!("{quota}"), votes: base, seats: contest.seats });
    }
    // The whole quotas, within the bounds.
    let votes = |party: usize| BigRational::from_integer(contest.votes[party].into());
    let seats: Vec<u128> = (0..parties)
        .map(|party| {
            let whole = (votes(party) / &price).floor().to_integer();
            let mut seats = u128::try_from(whole).unwrap_or(u128::MAX);
            if contest.votes[party] == 0 {
                seats = 0;
            }
            if let Some(maximum) = contest.maximums.get(party).copied().flatten() {
                seats = seats.min(maximum.saturating_sub(held(contest, party)).into());
            }
            seats.max(fewest[party].into())
        })
        .collect();
    let remainders: Vec<BigRational> =
        (0..parties).map(|party| votes(party) - &price * BigRational::from_integer(seats[party].into())).collect();

    let given = seats.iter().fold(0, |sum: u128, &seats| sum.saturating_add(seats));
    match given.checked_sub(contest.seats.into()) {
        Some(excess) if excess > 0 => {
            let too_many = Error::TooManyWholeQuotas { quota: alloc::format!("{quota}"), given, seats: contest.seats };
            take_back(contest, excess, seats, &fewest, &remainders).ok_or(too_many)?
        }
        _ => add(contest, u128::from(contest.seats) - given, small(seats), &remainders),
    }
}

/// A seat less for each of the smallest remainders, where the law says so and there are enough; none where not.
fn take_back(
    contest: &Contest<'_>,
    excess: u128,
    mut seats: Vec<u128>,
    fewest: &[u64],
    remainders: &[BigRational],
) -> Option<Result<Allocation, Error>> {
    let mut losers: Vec<usize> =
        (0..contest.votes.len()).filter(|&party| seats[party] > fewest[party].into()).collect();
    let excess = usize::try_from(excess).unwrap_or(usize::MAX);
    if contest.excess == Excess::Error || excess > losers.len() {
        return None;
    }
    losers.sort_by(|&a, &b| remainders[a].cmp(&remainders[b]));
    for &party in &losers {
        seats[party] -= 1;
    }
    Some(serve(small(seats), &losers[excess..], &losers[..excess], remainders))
}

/// One of the seats that are left for each of the largest remainders.
fn add(
    contest: &Contest<'_>,
    left: u128,
    mut seats: Vec<u64>,
    remainders: &[BigRational],
) -> Result<Allocation, Error> {
    let parties = contest.votes.len();
    let left = usize::try_from(left).unwrap();
    let mut takers: Vec<usize> = (0..parties).filter(|&party| may_take(contest, party, seats[party])).collect();
    if left > takers.len() {
        for &party in &takers {
            seats[party] += 1;
        }
        let unfilled = (left - takers.len()) as u64;
        if (0..parties).any(|party| may_take(contest, party, seats[party])) {
            return Err(Error::TooManySeatsLeft { left: left as u64, parties: takers.len() });
        }
        // Everybody is at a maximum or has no votes: nobody could take more by any method.
        return match contest.vacancies {
            true => Ok(Allocation::new(seats).with_vacant(unfilled)),
            false => Err(Error::Unfilled { unfilled, seats: contest.seats }),
        };
    }
    takers.sort_by(|&a, &b| remainders[b].cmp(&remainders[a]));
    serve(seats, &takers[..left], &takers[left..], remainders)
}

fn small(seats: Vec<u128>) -> Vec<u64> {
    seats.into_iter().map(|seats| u64::try_from(seats).unwrap()).collect()
}

/// A seat to each of `winners`, except where the last of them has what the first of `losers` has: a tie then.
fn serve(
    mut seats: Vec<u64>,
    winners: &[usize],
    losers: &[usize],
    remainders: &[BigRational],
) -> Result<Allocation, Error> {
    let worst = winners.iter().map(|&party| &remainders[party]).min();
    let best = losers.iter().map(|&party| &remainders[party]).max();
    if worst.is_none() || worst != best {
        for &party in winners {
            seats[party] += 1;
        }
        return Ok(Allocation::new(seats));
    }
    let mut left = 0;
    let mut tied = Vec::new();
    for &party in winners {
        if Some(&remainders[party]) == worst {
            tied.push(party);
            left += 1;
        } else {
            seats[party] += 1;
        }
    }
    tied.extend(losers.iter().copied().filter(|&party| Some(&remainders[party]) == worst));
    let tie = Tie::new(tied, left).unwrap();
    Allocation::new(seats).with_tie(tie)
}

/// Checks a plain or bounded answer by the max-min inequality: every claim served is above every claim refused, and the
/// claims of a tie lie strictly between the two.
///
/// This characterises the answer, for any number of seats (M. L. Balinski and H. P. Young, *Fair Representation*, 1982,
/// appendix A, proposition 3.1).
pub(super) fn assert_max_min(divisors: &Divisors, contest: &Contest<'_>, allocation: &Allocation) {
    let seats = allocation.certain();
    let open = allocation.tie().map_or(0, Tie::seats);
    let given: u128 = seats.iter().map(|&seats| u128::from(seats)).sum();
    assert_eq!(given + u128::from(open) + u128::from(allocation.vacant()), contest.seats.into());
    let of = |party: usize, seats: u64| claim(divisors, contest.votes[party], held(contest, party) + seats);
    let in_tie = |party: usize| allocation.tie().is_some_and(|tie| tie.parties().contains(&party));

    let served = (0..seats.len()).filter(|&i| seats[i] > minimum(contest, i)).map(|i| of(i, seats[i] - 1)).min();
    let next = |tied: bool| {
        let claims = (0..seats.len()).filter(move |&i| in_tie(i) == tied && may_take(contest, i, seats[i]));
        claims.map(|i| of(i, seats[i])).collect::<Vec<_>>()
    };
    let (tied, refused) = (next(true), next(false).into_iter().max());
    assert!(allocation.vacant() == 0 || refused.is_none());
    let strictly_above = |high: Option<&Claim>, low: Option<&Claim>| {
        assert!(high.zip(low).is_none_or(|(high, low)| high > low), "{divisors}: {contest:?} gave {allocation:?}");
    };
    if let Some(claim) = tied.first() {
        assert_eq!(tied.len(), allocation.tie().unwrap().parties().len(), "everyone in a tie may take a seat");
        assert!(tied.iter().all(|other| other == claim), "{divisors}: {contest:?} gave {allocation:?}");
        strictly_above(served.as_ref(), Some(claim));
        strictly_above(Some(claim), refused.as_ref());
    } else {
        assert!(allocation.tie().is_none());
        strictly_above(served.as_ref(), refused.as_ref());
    }
}

//! Largest remainders: whole quotas without a division, and remainders in integers.
//!
//! A party of v votes has v q / p quotas of p / q votes. The float of it is at most one whole number wrong; the
//! remainder v q - p w of the whole number w it rounds down to lies then between -p and 2 p, and integers that wrap at
//! 2^64 hold it exactly, p being below 2^62. So it says itself whether w must be one more or less.

use super::any_number::{Band, Pass};
use super::first_seats::by_number;
use super::float::{float, not_below_zero, number, round, sqrt};
use super::lanes::Lanes;
use super::plain_contest::{PlainContest, Range};
use super::votes_as_floats::{Double, Reading, Rounded, Single};
use crate::method::scratch::{Near, Scratch};
use crate::method::{Quota, QuotaSize, Rounding};

/// From this many parties on, only remainders near the cut are looked at.
const BAND_FROM: usize = 32;

/// From this many parties on, a sample of them tells where the cut is if remainders are not spread evenly.
const SAMPLED_FROM: usize = 2_048;

/// Groups of parties in the sample, about, and parties in each, so that their votes come with one access to memory.
const SAMPLE: usize = 2_048 * TOGETHER;
const TOGETHER: usize = 8;

/// A quota of `votes / parts` votes, `votes` below 2^62 and `parts` below 2^46.
#[derive(Clone, Copy, Debug)]
pub(super) struct WholeQuota {
    pub(super) votes: u64,
    pub(super) parts: u64,
}

impl WholeQuota {
    /// The quota of `total` votes, if it is in range.
    #[inline(always)]
    pub(super) fn of(quota: Quota, total: u64, seats: u64) -> Option<Self> {
        let (votes, parts) = if quota.rounding() == Rounding::Exact {
            (total, seats + u64::from(quota.added()))
        } else {
            let QuotaSize { votes, parts } = quota.of(total.into(), seats).ok()?;
            (u64::try_from(votes).ok()?, u64::try_from(parts).ok()?)
        };
        (votes >> 62 == 0 && votes > 0).then_some(Self { votes, parts })
    }

    /// The whole quotas in `votes` and the remainder, times `parts`; fewer than 2^47 quotas.
    ///
    /// v and p and q round to floats by u = 2^-53 each, q / p and the product by one more each: 5 u of less than 2^47
    /// is below 1/4, so the whole part is wrong by one at most.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 2^47
    fn divide<const SMALL: bool>(self, rate: f64, votes: u64) -> (u64, u64) {
        let whole = (number::<SMALL>(votes) * rate) as i64 as u64;
        let rest = votes.wrapping_mul(self.parts).wrapping_sub(whole.wrapping_mul(self.votes));
        if rest > i64::MAX as u64 {
            (whole.wrapping_sub(1), rest.wrapping_add(self.votes))
        } else if rest >= self.votes {
            (whole + 1, rest - self.votes)
        } else {
            (whole, rest)
        }
    }
}

/// Gives out the seats, and answers with the seats that are tied among the parties in `scratch.tied`, or 0; `None` where
/// only the general path can tell.
pub(super) fn allocate(
    quota: WholeQuota,
    range: Range,
    poll: PlainContest<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    // So that no party has 2^47 quotas.
    let rate = float(quota.parts) / float(quota.votes);
    if poll.total * rate >= float(1 << 46) {
        return None;
    }
    if poll.votes.len() >= BAND_FROM {
        let by_band = |cuts: [f64; 2], scratch: &mut Scratch, out: &mut [u64]| match range {
            Range::Single if fits::<Single>(poll, rate) => by_band::<Single>(quota, rate, poll, cuts, out, scratch),
            Range::Single | Range::Double => by_band::<Double>(quota, rate, poll, cuts, out, scratch),
            Range::Any => by_band::<Rounded>(quota, rate, poll, cuts, out, scratch),
        };
        if let Some(tied) = by_band(cuts_if_even(rate, poll), scratch, out) {
            return Some(tied);
        }
        if poll.votes.len() >= SAMPLED_FROM {
            let cuts = cuts_of_sample(rate, poll, scratch);
            if let Some(tied) = cuts.and_then(|cuts| by_band(cuts, scratch, out)) {
                return Some(tied);
            }
        }
    }
    if range == Range::Any {
        of_all::<false>(quota, rate, poll, out, scratch)
    } else {
        of_all::<true>(quota, rate, poll, out, scratch)
    }
}

/// By the remainders of all parties.
fn of_all<const SMALL: bool>(
    quota: WholeQuota,
    rate: f64,
    PlainContest { votes, seats, .. }: PlainContest<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let mut remainders = core::mem::take(&mut scratch.remainders);
    remainders.resize(votes.len(), 0);
    let (mut given, mut takers) = (0_u64, 0_usize);
    for ((&votes, seats), remainder) in votes.iter().zip(out.iter_mut()).zip(&mut remainders) {
        let (whole, rest) = quota.divide::<SMALL>(rate, votes);
        *seats = whole;
        given += whole;
        takers += usize::from(votes > 0);
        // Without votes nobody takes a seat; with them the number is above 0.
        *remainder = if votes > 0 { rest + 1 } else { 0 };
    }
    let left = seats.checked_sub(given).and_then(|left| usize::try_from(left).ok());
    let answer = match left {
        Some(left) if left <= takers => by_number(&remainders, left, out, scratch),
        _ => None,
    };
    scratch.remainders = remainders;
    answer
}

/// Remainders, in quotas, between which the cut is where they are spread evenly.
fn cuts_if_even(rate: f64, PlainContest { votes, total, seats, .. }: PlainContest<'_>) -> [f64; 2] {
    let parties = float(votes.len() as u64);
    let cut = 0.5 - (float(seats) - total * rate) / parties;
    let half = (sqrt(parties) + 2.0) / parties;
    [cut - half, cut + half]
}

/// Remainders, in quotas, between which the cut is by a sample, however they are spread.
///
/// What whole quotas leave are the remainders' sum and what the quota gives too few: so for each party there is its
/// remainder's part of a seat, on average, and a part that is known. How many reach a remainder is looked up in the same
/// sample, so that the error is that of a difference which is between -1 and 1 for each party.
fn cuts_of_sample(
    rate: f64,
    PlainContest { votes, total, seats, .. }: PlainContest<'_>,
    scratch: &mut Scratch,
) -> Option<[f64; 2]> {
    let sample = &mut scratch.sample;
    sample.clear();
    // An odd step does not fall in step with votes that repeat every few parties.
    let step = (votes.len() / SAMPLE) | 1;
    let mut sum = 0.0;
    for &votes in votes.chunks(TOGETHER).step_by(step).flatten() {
        let quotas = float(votes) * rate;
        let rest = quotas - round(not_below_zero(quotas - 0.5)).0;
        sum += rest;
        sample.push(rest);
    }
    let size = float(sample.len() as u64);
    let reached = sum / size + (float(seats) - total * rate) / float(votes.len() as u64);
    let error = 2.0 * sqrt(reached * (1.0 - reached) / size) + 2.0 / size;
    let mut at = |part: f64| {
        let place = round(not_below_zero(part) * size).1;
        let last = sample.len().checked_sub(1)?;
        let place = usize::try_from(place).ok()?.min(last);
        Some(*sample.select_nth_unstable_by(place, |a, b| b.total_cmp(a)).1)
    };
    // Where remainders gather there is one number for many of them, and the cut is beside it.
    let beside = 1.0 / float(1 << 20);
    Some([at(reached + error)? - beside, at(reached - error)? + beside])
}

/// Whether all whole quotas are in reach of floats of a kind.
fn fits<R: Reading>(poll: PlainContest<'_>, rate: f64) -> bool {
    2.0 * (poll.most_votes * rate + 2.0) < R::Lanes::MOST_SEATS
}

/// Gives out the seats by looking only at remainders between two, in quotas, if the cut is there.
///
/// With c between -1/2 and 1/2, v q / p + c rounds to the whole quotas, or to one more where the remainder is above
/// 1/2 - c. So this is the pass of the divisor methods, with c in the place of the multiplier.
fn by_band<R: Reading>(
    quota: WholeQuota,
    rate: f64,
    poll: PlainContest<'_>,
    [below, above]: [f64; 2],
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let PlainContest { votes, seats, .. } = poll;
    if !fits::<R>(poll, rate) {
        return None;
    }
    // v rounds by u, q / p by 3 u, and their product by u; c and the sum by u each: 8 u of a number of quotas and 4 u are
    // more than that.
    let (part, constant) = (8.0 * R::Lanes::UNIT, 4.0 * R::Lanes::UNIT);
    let (low, high) = (0.5 - above, 0.5 - below);
    if low <= -0.5 || high >= 0.5 {
        return None;
    }
    scratch.claims.clear();
    let pass = Pass { most: votes.len(), enough: seats };
    let splat = R::Lanes::splat;
    let (rates, centers) = ([1.0 - part, 1.0 + part], [low - constant, high + constant]);
    let band = Quotas { rates: rates.map(|part| splat(rate * part)), centers: centers.map(splat) };
    let inside = pass.run::<R>(votes, out, &mut scratch.claims, band)?;
    let left = usize::try_from(seats - inside).ok()?;
    let mut remainders = core::mem::take(&mut scratch.remainders);
    remainders.clear();
    let mut whole_ones = true;
    remainders.extend(scratch.claims.iter().map(|&Near { party, seat, .. }| {
        let (whole, rest) = quota.divide::<false>(rate, votes.get(party).copied().unwrap_or(0));
        whole_ones &= whole == seat;
        rest + 1
    }));
    // Those served without a look have a remainder above `above`, those refused below `below`, in quotas: the cut must lie
    // between, by a margin for what its own float is wrong.
    let wrong = float(1) / float(1 << 50);
    let inner = |cut: u64| (below + wrong..above - wrong).contains(&(float(cut) / float(quota.votes)));
    let answer = if whole_ones && left > 0 && left <= remainders.len() {
        near_ones(&remainders, left, inner, out, scratch)
    } else {
        None
    };
    scratch.remainders = remainders;
    answer
}

/// Whole quotas, with two numbers added to them.
struct Quotas<L> {
    rates: [L; 2],
    centers: [L; 2],
}

impl<L: Lanes> Band<L> for Quotas<L> {
    #[inline(always)]
    fn low(&self, votes: L) -> L {
        (votes * self.rates[0] + self.centers[0]).max(L::splat(0.0))
    }

    #[inline(always)]
    fn high(&self, votes: L) -> L {
        (votes * self.rates[1] + self.centers[1]).max(L::splat(0.0))
    }

    #[inline(always)]
    fn reaches(&self, votes: L, seats: L) -> L {
        (votes * self.rates[1] + (self.centers[1] - L::splat(0.5))).at_least(seats)
    }
}

/// Serves the largest remainders among the claims near the cut.
fn near_ones(
    remainders: &[u64],
    left: usize,
    inner: impl Fn(u64) -> bool,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let Scratch { sorted, tied, claims, .. } = scratch;
    tied.clear();
    sorted.clear();
    sorted.extend_from_slice(remainders);
    let (above, &mut cut, _) = sorted.select_nth_unstable_by(left - 1, |a, b| b.cmp(a));
    if !inner(cut - 1) {
        return None;
    }
    let ahead = above.iter().filter(|&&number| number > cut).count();
    for (claim, &number) in claims.iter().zip(remainders) {
        if number > cut {
            *out.get_mut(claim.party)? += 1;
        } else if number == cut {
            tied.push(claim.party);
        }
    }
    let rest = left - ahead;
    if tied.len() == rest {
        for &party in tied.iter() {
            *out.get_mut(party)? += 1;
        }
        return Some(0);
    }
    u64::try_from(rest).ok()
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // of small numbers
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::super::agreement_tests::Numbers;
    use super::super::plain_contest::Total;
    use super::*;

    /// Votes below a number, or multiples of it, and one seat to five for each party.
    fn contest(numbers: &mut Numbers, parties: usize, below: u64, multiples: bool) -> (Vec<u64>, u64) {
        let one =
            |numbers: &mut Numbers| if multiples { below * (1 + numbers.below(7)) } else { 1 + numbers.below(below) };
        ((0..parties).map(|_| one(numbers)).collect(), parties as u64 + numbers.below(4 * parties as u64))
    }

    /// The seats by all remainders, and the quota and its rate.
    fn by_all(votes: &[u64], seats: u64, scratch: &mut Scratch) -> (WholeQuota, f64, Vec<u64>, Option<u64>) {
        let total = Total::of(votes);
        let quota = WholeQuota::of(Quota::HARE, total.exact().unwrap(), seats).unwrap();
        let rate = float(quota.parts) / float(quota.votes);
        let mut out = vec![0; votes.len()];
        let tied = of_all::<false>(quota, rate, total.poll(votes, seats), &mut out, scratch);
        (quota, rate, out, tied)
    }

    #[test]
    fn where_remainders_spread_they_are_found_between_two_cuts() {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut scratch = Scratch::new();
        for (parties, below) in
            [(40, 1 << 20), (40, 1 << 45), (40, 1 << 55), (2_000, 1 << 20), (2_000, 1 << 45), (2_000, 1 << 50)]
        {
            let (mut found, mut looked_at) = (0, 0);
            for _ in 0..100 {
                let (votes, seats) = contest(&mut numbers, parties, below, false);
                let (quota, rate, all, tied) = by_all(&votes, seats, &mut scratch);
                let poll = Total::of(&votes).poll(&votes, seats);
                let (cuts, mut out) = (cuts_if_even(rate, poll), vec![0; parties]);
                let by_band = match Total::of(&votes).range() {
                    Range::Single => by_band::<Single>(quota, rate, poll, cuts, &mut out, &mut scratch),
                    Range::Double => by_band::<Double>(quota, rate, poll, cuts, &mut out, &mut scratch),
                    Range::Any => by_band::<Rounded>(quota, rate, poll, cuts, &mut out, &mut scratch),
                };
                if by_band.is_some() {
                    assert_eq!((by_band, out), (tied, all));
                    found += 1;
                    looked_at += scratch.claims.len();
                }
            }
            // So many parties are looked at as the cut may be away from where it is on average.
            let part = looked_at as f64 / f64::from(found) / parties as f64;
            let wanted = 2.0 * ((parties as f64).sqrt() + 2.0) / parties as f64;
            assert!(found > 85, "{parties}: {found}");
            assert!((part / wanted - 1.0).abs() < 0.1, "{parties}: {part}, not about {wanted}");
        }
    }

    #[test]
    fn where_remainders_gather_a_sample_says_between_which_cuts_they_are() {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut scratch = Scratch::new();
        for (parties, below, multiples) in
            [(3_000, 1_000, true), (3_000, 3, false), (40_000, 1 << 30, true), (40_000, 1 << 20, false)]
        {
            let (mut found, mut looked_at, mut width) = (0, 0, 0.0);
            for _ in 0..20 {
                let (votes, seats) = contest(&mut numbers, parties, below, multiples);
                let (quota, rate, all, tied) = by_all(&votes, seats, &mut scratch);
                let poll = Total::of(&votes).poll(&votes, seats);
                let cuts = cuts_of_sample(rate, poll, &mut scratch).unwrap();
                let mut out = vec![0; parties];
                let by_band = by_band::<Rounded>(quota, rate, poll, cuts, &mut out, &mut scratch);
                width += cuts[1] - cuts[0];
                if by_band.is_some() {
                    assert_eq!((by_band, out), (tied, all));
                    found += 1;
                    looked_at += scratch.claims.len();
                }
            }
            assert_eq!(found, 20, "{parties}");
            assert!(looked_at as f64 <= 0.4 * f64::from(found) * parties as f64, "{parties}: {looked_at}");
            assert!(width <= 0.025 * f64::from(found), "{parties}: {width}");
        }
    }
}

//! Highest averages for a few parties: round every share, mend the few seats that this is off by, and certify the result.
//!
//! With any multiplier x the rounded positions are the answer for the seats they add up to, provided that no position is
//! nearer to a half than it can be wrong: then every claim served has a quotient of at least 1/x and every other one less.
//! If they add up to a few seats more or fewer, the best claims refused are served, or the worst ones served refused, one
//! at a time; the answer is certain if the last of these is ahead of the next one by more than quotients can be wrong.

use super::Poll;
use super::curve::Curve;
use super::float::{LARGEST_SHARE, float, not_below_zero, number, round};
use super::mend::{self, Mend};
use crate::method::scratch::Scratch;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = mend::MOST_PARTIES;

/// The most seats that are mended.
const MOST_MENDED: u64 = 7;

/// So many are mended rather than all shares rounded again.
const FEW: u64 = 3;

/// Whether `out` now holds the answer, certain and without a tie. `SMALL` says that all votes are below 2^52.
#[inline(never)] // so that its working space is not set up for the contests that need none
pub(super) fn allocate<C: Curve, const SMALL: bool>(
    curve: C,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> bool {
    let Poll { votes, total, seats } = poll;
    if scratch.gaps.len() < MOST_PARTIES {
        scratch.gaps.resize(MOST_PARTIES, 0.0);
    }
    let Some(gaps) = scratch.gaps.get_mut(..votes.len()) else { return false };
    let house = number::<true>(seats);
    let center = curve.center();
    let mut x = (house - float(votes.len() as u64) * center) / total;
    if x <= 0.0 {
        x = house / total;
    }
    // No position that counts is above `given` + 1/2 <= seats + 9, and t is at most |c| more: 4 u (t + |c| + 1), twice to be
    // safe. A half is as far from whole as a position can be.
    let wrong = (house + 2.0 * center.abs() + 20.0) / float(1 << 50);
    let sure = 0.5 - wrong;
    let mut rounded = round_all::<C, SMALL>(curve, x, sure, votes, gaps, out);
    for _ in 0..4 {
        let off = rounded.given.abs_diff(seats);
        if off <= FEW {
            break;
        }
        // Not far away all shares grow as the seats do.
        let step = (house - number::<true>(rounded.given)) / total;
        x = if off <= MOST_MENDED && x + step > 0.0 { x + step } else { nearer(curve, x, votes, house) };
        rounded = round_all::<C, SMALL>(curve, x, sure, votes, gaps, out);
    }
    if rounded.given.abs_diff(seats) > MOST_MENDED {
        return false;
    }
    // Beyond `LARGEST_SHARE` positions are not rounded right.
    if rounded.unsure > 0 || x * total >= LARGEST_SHARE {
        return false;
    }
    if rounded.given == seats {
        return true;
    }
    let upwards = rounded.given < seats;
    Mend::<C, SMALL> { curve, x, wrong, total, votes, upwards }.change(rounded.given.abs_diff(seats), gaps, out)
}

pub(super) struct Rounded {
    pub(super) given: u64,
    /// Positions too near a half to tell.
    pub(super) unsure: u64,
}

/// Rounds every position into `out`, and tells in `gaps` how far above a whole number each is. Gaps are sure below `sure`.
#[inline(always)]
pub(super) fn round_all<C: Curve, const SMALL: bool>(
    curve: C,
    x: f64,
    sure: f64,
    votes: &[u64],
    gaps: &mut [f64],
    out: &mut [u64],
) -> Rounded {
    let (mut given, mut unsure) = (0_u64, 0_u64);
    for ((&votes, gap), seats) in votes.iter().zip(gaps).zip(out) {
        let position = not_below_zero(curve.position(number::<SMALL>(votes) * x));
        let (nearest, count) = round(position);
        *gap = position - nearest;
        *seats = count;
        given = given.wrapping_add(count);
        // A sum of integers, not a maximum of floats: the compiler takes several at a time.
        unsure += u64::from(gap.abs() >= sure);
    }
    Rounded { given, unsure }
}

/// A better multiplier, by a step of Newton's on the positions before rounding.
#[cold]
pub(super) fn nearer<C: Curve>(curve: C, x: f64, votes: &[u64], house: f64) -> f64 {
    let (mut positions, mut slope) = (0.0, 0.0);
    for &votes in votes {
        let position = curve.position(float(votes) * x);
        if position > 0.0 {
            positions += position;
            slope += float(votes);
        }
    }
    let next = if slope > 0.0 { x + (house - positions) / slope } else { x * 2.0 };
    if next > 0.0 { next } else { x / 2.0 }
}

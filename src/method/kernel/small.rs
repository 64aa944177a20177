//! Highest averages for a few parties: round every share, mend the few seats that this is off by, and certify the result.
//!
//! With any multiplier x the rounded positions are the answer for the seats they add up to, provided that no position is
//! nearer to a half than it can be wrong: then every claim served has a quotient of at least 1/x and every other one less.
//! If they add up to a few seats more or fewer, the best claims refused are served, or the worst ones served refused, one
//! at a time; the answer is certain if the last of these is ahead of the next one by more than quotients can be wrong.

use super::curve::Curve;
use super::float::{LARGEST_SHARE, float, not_below_zero, round};
use crate::method::scratch::Scratch;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = 64;

/// The most seats that are mended one at a time.
const MOST_MENDED: u64 = 8;

/// Quotients are wrong by less than 2^-50 of themselves each; two that differ by more than this part are in true order.
const APART: f64 = 1.0 + 1.0 / (1_u64 << 48) as f64;

/// Whether `out` now holds the answer, certain and without a tie; `total` is the sum of all votes, roughly.
#[inline]
pub(super) fn allocate<C: Curve>(
    curve: C,
    votes: &[u64],
    total: f64,
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> bool {
    let parties = votes.len();
    if scratch.floats.len() < MOST_PARTIES {
        scratch.floats.resize(MOST_PARTIES, 0.0);
        scratch.quotients.resize(MOST_PARTIES, 0.0);
    }
    let (Some(floats), Some(marks)) = (scratch.floats.get_mut(..parties), scratch.quotients.get_mut(..parties)) else {
        return false;
    };
    for (number, &votes) in floats.iter_mut().zip(votes) {
        *number = float(votes);
    }
    let house = float(seats);
    let mut x = (house - float(parties as u64) * curve.center()) / total;
    if x <= 0.0 {
        x = house / total;
    }
    let mut rounded = round_all(curve, x, floats, marks, out);
    for _ in 0..4 {
        if rounded.given.abs_diff(seats) <= MOST_MENDED {
            break;
        }
        x = nearer(curve, x, floats, house);
        rounded = round_all(curve, x, floats, marks, out);
    }
    // Beyond 2^51 a position is not rounded right.
    if rounded.given.abs_diff(seats) > MOST_MENDED || x * total > LARGEST_SHARE {
        return false;
    }
    // No position is above `given` + 1/2 <= seats + 9, and t is at most |c| more: 4 u (t + |c| + 1), twice to be safe.
    let wrong = (house + 2.0 * curve.center().abs() + 10.0) / (1_u64 << 50) as f64;
    // A half is a position as far from whole as can be; "not below" also refuses what is not a number.
    let sure = rounded.farthest < 0.5 - wrong;
    if !sure {
        return false;
    }
    if rounded.given < seats {
        serve(curve, floats, marks, seats - rounded.given, out)
    } else {
        rounded.given == seats || refuse(curve, floats, marks, rounded.given - seats, out)
    }
}

struct Rounded {
    given: u64,
    /// The distance of the position that is farthest from a whole number.
    farthest: f64,
}

/// Rounds every position into `out`, and as a float into `whole`.
#[inline(always)]
fn round_all<C: Curve>(curve: C, x: f64, floats: &[f64], whole: &mut [f64], out: &mut [u64]) -> Rounded {
    const LANES: usize = 4;
    let mut given = 0_u64;
    let mut far = [0.0_f64; LANES];
    let mut one = |votes: f64, whole: &mut f64, seats: &mut u64, far: &mut f64| {
        let position = not_below_zero(curve.position(votes * x));
        let (nearest, count) = round(position);
        *whole = nearest;
        *seats = count;
        given = given.wrapping_add(count);
        let distance = (position - nearest).abs();
        *far = if distance > *far { distance } else { *far };
    };
    let mut floats = floats.chunks_exact(LANES);
    let mut whole = whole.chunks_exact_mut(LANES);
    let mut out = out.chunks_exact_mut(LANES);
    for ((votes, whole), seats) in (&mut floats).zip(&mut whole).zip(&mut out) {
        for lane in 0..LANES {
            one(votes[lane], &mut whole[lane], &mut seats[lane], &mut far[lane]);
        }
    }
    for ((&votes, whole), seats) in floats.remainder().iter().zip(whole.into_remainder()).zip(out.into_remainder()) {
        one(votes, whole, seats, &mut far[0]);
    }
    Rounded { given, farthest: far.into_iter().fold(0.0, |a, b| if b > a { b } else { a }) }
}

/// A better multiplier, by a step of Newton's on the positions before rounding.
#[cold]
fn nearer<C: Curve>(curve: C, x: f64, floats: &[f64], house: f64) -> f64 {
    let (mut positions, mut slope) = (0.0, 0.0);
    for &votes in floats {
        let position = curve.position(votes * x);
        if position > 0.0 {
            positions += position;
            slope += votes;
        }
    }
    let next = if slope > 0.0 { x + (house - positions) / slope } else { x * 2.0 };
    if next > 0.0 { next } else { x / 2.0 }
}

/// Serves the best `missing` claims that were refused.
#[inline(always)]
fn serve<C: Curve>(curve: C, floats: &[f64], marks: &mut [f64], missing: u64, out: &mut [u64]) -> bool {
    for (mark, &votes) in marks.iter_mut().zip(floats) {
        *mark = votes / curve.divisor(*mark);
    }
    let mut last = f64::INFINITY;
    for _ in 0..missing {
        let (at, best) = largest(marks);
        last = best;
        let (Some(mark), Some(seats), Some(&votes)) = (marks.get_mut(at), out.get_mut(at), floats.get(at)) else {
            return false;
        };
        *seats += 1;
        *mark = votes / curve.divisor(float(*seats));
    }
    last > largest(marks).1 * APART
}

/// Refuses the worst `spare` claims that were served.
#[inline(always)]
fn refuse<C: Curve>(curve: C, floats: &[f64], marks: &mut [f64], spare: u64, out: &mut [u64]) -> bool {
    // The negative of the last quotient served, so that the worst is the largest; a party without seats has none.
    let negative =
        |votes: f64, seats: f64| if seats > 0.0 { -(votes / curve.divisor(seats - 1.0)) } else { f64::NEG_INFINITY };
    for (mark, &votes) in marks.iter_mut().zip(floats) {
        *mark = negative(votes, *mark);
    }
    let mut last = f64::NEG_INFINITY;
    for _ in 0..spare {
        let (at, worst) = largest(marks);
        last = worst;
        let (Some(mark), Some(seats), Some(&votes)) = (marks.get_mut(at), out.get_mut(at), floats.get(at)) else {
            return false;
        };
        // Whoever has no seats is never the worst: all served seats would be gone.
        let Some(fewer) = seats.checked_sub(1) else { return false };
        *seats = fewer;
        *mark = negative(votes, float(fewer));
    }
    last * APART > largest(marks).1
}

/// The first place of the largest mark, and the mark; what is not a number is smaller than any.
#[inline(always)]
fn largest(marks: &[f64]) -> (usize, f64) {
    let (mut at, mut best) = (0, f64::NEG_INFINITY);
    for (index, &mark) in marks.iter().enumerate() {
        if mark > best {
            (at, best) = (index, mark);
        }
    }
    (at, best)
}

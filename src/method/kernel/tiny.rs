//! Highest averages for up to eight parties: as in [`small`](super::small), unrolled for each number of parties, and for
//! one seat to mend at most.

use super::Poll;
use super::curve::Curve;
use super::float::{float, not_below_zero, number, round};
use super::small::APART;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = 8;

/// Does something with votes and seats as arrays, if they are of a length from 1 to 8.
macro_rules! by_length {
    ($votes:expr, $out:expr, |$array:ident, $seats:ident| $what:expr) => {
        by_length!($votes, $out, |$array, $seats| $what, 1 2 3 4 5 6 7 8)
    };
    ($votes:expr, $out:expr, |$array:ident, $seats:ident| $what:expr, $($length:literal)*) => {
        match $votes.len() {
            $($length => match ($votes.first_chunk::<$length>(), $out.first_chunk_mut::<$length>()) {
                (Some($array), Some($seats)) => Some($what),
                _ => None,
            },)*
            _ => None,
        }
    };
}
pub(super) use by_length;

/// Whether `out` now holds the answer, certain and without a tie; if not, `out` is nothing. All votes are below 2^52.
#[inline(always)]
pub(super) fn allocate<C: Curve>(curve: C, poll: Poll<'_>, out: &mut [u64]) -> bool {
    by_length!(poll.votes, out, |votes, out| fixed(curve, votes, poll.total, poll.seats, out)).unwrap_or(false)
}

#[inline(always)]
fn fixed<C: Curve, const N: usize>(curve: C, votes: &[u64; N], total: f64, seats: u64, out: &mut [u64; N]) -> bool {
    let (house, center) = (float(seats), curve.center());
    let x = (house - float(N as u64) * center) / total;
    // As in `small`: t is at most |c| above a position of seats + 2, and shares stay below 2^47 + 2^33.
    let wrong = (house + 2.0 * center.abs() + 20.0) / float(1 << 50);
    let sure = 0.5 - wrong;
    let mut floats = [0.0; N];
    let mut whole = [0.0; N];
    let (mut given, mut unsure) = (0_u64, x <= 0.0);
    for party in 0..N {
        floats[party] = number::<true>(votes[party]);
        let position = not_below_zero(curve.position(floats[party] * x));
        let (nearest, count) = round(position);
        whole[party] = nearest;
        out[party] = count;
        given = given.wrapping_add(count);
        // Without votes a position is 1/2 at most, and 1/2 is rounded to 0.
        unsure |= ((position - nearest).abs() >= sure) & (floats[party] > 0.0);
    }
    if unsure {
        return false;
    }
    // The best claim refused, or the negative of the worst one served, of those who have one.
    let mut claims = [0.0; N];
    let best;
    let change = seats.wrapping_sub(given);
    if change == 0 {
        return true;
    } else if change == 1 {
        for party in 0..N {
            let claim = floats[party] / curve.divisor(whole[party]);
            claims[party] = if floats[party] > 0.0 { claim } else { f64::NEG_INFINITY };
        }
        let (first, second) = top_two(&claims);
        best = first;
        if first <= second * APART {
            return false;
        }
    } else if change == u64::MAX {
        for party in 0..N {
            let claim = -floats[party] / curve.divisor(whole[party] - 1.0);
            claims[party] = if whole[party] > 0.0 { claim } else { f64::NEG_INFINITY };
        }
        let (first, second) = top_two(&claims);
        best = first;
        if first * APART <= second {
            return false;
        }
    } else {
        return false;
    }
    for party in 0..N {
        out[party] = out[party].wrapping_add(if claims[party] == best { change } else { 0 });
    }
    true
}

/// The largest claim and the next.
#[inline(always)]
fn top_two<const N: usize>(claims: &[f64; N]) -> (f64, f64) {
    let (mut first, mut second) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for &claim in claims {
        let behind = if claim > first { first } else { claim };
        second = if behind > second { behind } else { second };
        first = if claim > first { claim } else { first };
    }
    (first, second)
}

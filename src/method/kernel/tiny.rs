//! Highest averages for up to eight parties: as in [`small`](super::small), unrolled for each number of parties, and for
//! one seat to mend at most.

use super::Poll;
use super::curve::Curve;
use super::float::{float, number};
use super::mend::ahead;

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
    let Poll { votes, total, seats } = poll;
    by_length!(votes, out, |votes, out| {
        let x = (number::<true>(seats) - float(votes.len() as u64) * curve.center()) / total;
        fixed::<_, _, true>(curve, votes, total, x, seats, out)
    })
    .unwrap_or(false)
}

/// Rounds with the multiplier `x`; where two seats or more are off, with a better one, if it may try `AGAIN`.
#[inline(always)]
fn fixed<C: Curve, const N: usize, const AGAIN: bool>(
    curve: C,
    votes: &[u64; N],
    total: f64,
    x: f64,
    seats: u64,
    out: &mut [u64; N],
) -> bool {
    let (house, center) = (number::<true>(seats), curve.center());
    // As in `small`: t is at most |c| above a position of seats + 2, and shares stay below 2^47 + 2^33.
    let wrong = (house + 2.0 * center.abs() + 20.0) / float(1 << 50);
    let mut floats = [0.0; N];
    let mut whole = [0.0; N];
    let (mut given, mut unsure) = (0_u64, x <= 0.0);
    for party in 0..N {
        floats[party] = number::<true>(votes[party]);
        let (nearest, count, near) = curve.settle(floats[party] * x, wrong);
        whole[party] = nearest;
        out[party] = count;
        given = given.wrapping_add(count);
        // Without votes a party is owed nothing, by whatever curve.
        unsure |= near & (floats[party] > 0.0);
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
            let claim = curve.rank(floats[party], whole[party]);
            claims[party] = if floats[party] > 0.0 { claim } else { f64::NEG_INFINITY };
        }
        let (first, second) = top_two(&claims);
        best = first;
        if !ahead(first, second) {
            return false;
        }
    } else if change == u64::MAX {
        for party in 0..N {
            let claim = -curve.rank(floats[party], whole[party] - 1.0);
            claims[party] = if whole[party] > 0.0 { claim } else { f64::NEG_INFINITY };
        }
        let (first, second) = top_two(&claims);
        best = first;
        if !ahead(first, second) {
            return false;
        }
    } else if AGAIN && change.wrapping_add(3) <= 6 {
        // Not far away all shares grow as the seats do.
        let x = x + (house - number::<true>(given)) / total;
        return again(curve, votes, total, x, seats, out);
    } else {
        return false;
    }
    for party in 0..N {
        out[party] = out[party].wrapping_add(if claims[party] == best { change } else { 0 });
    }
    true
}

#[inline(never)] // so that it takes no room where it is not needed
fn again<C: Curve, const N: usize>(
    curve: C,
    votes: &[u64; N],
    total: f64,
    x: f64,
    seats: u64,
    out: &mut [u64; N],
) -> bool {
    fixed::<_, _, false>(curve, votes, total, x, seats, out)
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

//! Divisors in floats, looked up by seats.

use alloc::vec::Vec;

use wide::f64x2;

use super::super::problem::Problem;
use super::TINY;

/// The least second divisor after a first one of 0, for a proof.
const LEAST_SECOND: f64 = 0.01;
/// The greatest divisor, for a proof: votes over it, times a multiplier, must not be too small for a float.
const GREATEST: f64 = 1e160;

/// Added to a number, it leaves its nearest whole number in the lower bits.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// What a cell that can have no seat more, and none less, claims.
pub(super) const NO_CLAIMS: [f64; 2] = [0.0, f64::NEG_INFINITY];

pub(super) struct Signposts {
    /// By seats: one over the divisor of the next seat, and less one over that of the last, infinite before the first seat.
    rooms: Vec<f64x2>,
    /// What rounding takes from a cell on average: a half by D'Hondt's divisors, nothing by Sainte-Laguë's.
    pub(super) rounded_off: f64,
    at_limit: bool,
    proves: bool,
}

impl Signposts {
    /// Those of a problem up to the most seats that a cell can have; none where floats cannot hold them.
    pub(super) fn new(problem: &Problem<'_>) -> Option<Self> {
        let line = |seats: &[u64]| seats.iter().copied().max().unwrap_or(0);
        let most = line(problem.rows).min(line(problem.columns));
        let rounded_off = |s: u64, divisor: f64| divisor - s as f64 - 0.5;
        let early = most.min(8);
        let rounds = rounded_off(early, problem.signposts.float(early)).clamp(0.0, 0.5);
        let mut rooms = Vec::with_capacity(usize::try_from(most).ok()? + 1);
        let mut last = 0.0;
        for s in 0..=most {
            let next = problem.signposts.float(s);
            let next = if next == 0.0 { TINY } else { next };
            rooms.push(f64x2::new([1.0 / next, -1.0 / last]));
            last = next;
        }
        let at_limit = problem.signposts.starts_at_zero();
        let second = most == 0 || problem.signposts.float(1) >= LEAST_SECOND;
        let proves = last <= GREATEST && (second || !at_limit);
        last.is_finite().then_some(Self { rooms, rounded_off: rounds, at_limit, proves })
    }

    /// About the seats to which a cell is rounded, no more than it can have, and its claims then.
    #[inline(always)]
    pub(super) fn about(&self, votes: f64, (row, column): (f64, f64), most: u64) -> (u64, f64x2) {
        let quotient = votes * column * row - self.rounded_off;
        let quotient = if quotient > 0.0 { quotient } else { 0.0 };
        // What is too large for this is nonsense, which claims too much or too little.
        let seats = (quotient + WHOLE).to_bits() & (u64::MAX >> 32);
        if seats < most {
            (seats, self.room(seats) * f64x2::splat(votes))
        } else {
            (most, self.claims(votes, most, (0, most)))
        }
    }

    /// What votes are multiplied by for the claims of a cell with so many seats.
    #[inline]
    pub(super) fn room(&self, seats: u64) -> f64x2 {
        self.rooms[seats as usize]
    }

    /// The claims of a cell with so many seats, which may have no fewer and no more than its bounds.
    #[inline]
    pub(super) fn claims(&self, votes: f64, seats: u64, (least, most): (u64, u64)) -> f64x2 {
        let [more, less] = (self.room(seats) * f64x2::splat(votes)).to_array();
        let [no_more, no_less] = NO_CLAIMS;
        f64x2::new([if seats < most { more } else { no_more }, if seats > least { less } else { no_less }])
    }

    /// The seats within bounds to which a cell is rounded, from some on, and its claims then.
    #[cold]
    pub(super) fn round(&self, votes: f64, multiplier: f64, from: u64, bounds: (u64, u64)) -> (u64, f64x2) {
        let mut seats = from;
        let quotients = |seats| (self.claims(votes, seats, bounds) * f64x2::splat(multiplier)).to_array();
        while quotients(seats)[0] > 1.0 {
            seats += 1;
        }
        while quotients(seats)[1] > -1.0 {
            seats -= 1;
        }
        (seats, self.claims(votes, seats, bounds))
    }

    /// Whether a multiplier is of a size that proves something.
    pub(super) fn can_prove(&self, multiplier: f64) -> bool {
        self.proves && if self.at_limit { holds_at_the_limit(multiplier) } else { is_moderate(multiplier) }
    }
}

fn is_moderate(multiplier: f64) -> bool {
    (1e-140..=1e140).contains(&multiplier)
}

/// Whether a multiplier proves with any smaller first divisor what it proves with a tiny one: whether it is a power of that
/// divisor, times a moderate number.
///
/// Then a cell's quotient is T^k q, T being the tiny divisor, with q from 1e-38 to 2e57 and k a whole number. If it lies
/// between 0 and T, k is at least 1; if between T and the next divisor, 0 or 1; if between later ones, 0: any other k puts it
/// beyond, as T is 1e-60 and the others are from [`LEAST_SECOND`] to 2^64. With a smaller T, and k and q as they are, it
/// lies between the same divisors.
fn holds_at_the_limit(multiplier: f64) -> bool {
    [1.0 / TINY / TINY, 1.0 / TINY, 1.0, TINY, TINY * TINY]
        .into_iter()
        .any(|power| (1e-19..=1e19).contains(&(multiplier * power)))
}

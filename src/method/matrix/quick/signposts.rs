//! Divisors in floats, looked up by seats.

use alloc::vec::Vec;

use wide::f64x2;

use super::super::problem::Problem;
use super::TINY;

/// The least second divisor after a first one of 0, for a proof.
const LEAST_SECOND: f64 = 0.01;
/// The greatest divisor, for a proof: a claim over it, times a multiplier, must not be too small for a float.
const GREATEST: f64 = 1e160;

pub(super) struct Signposts {
    /// By seats: one over the divisor of the next seat, and the divisor of the last one, 0 before the first seat.
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
        let mut rooms = Vec::with_capacity(usize::try_from(most).ok()? + 1);
        let mut last = 0.0;
        for s in 0..=most {
            let next = problem.signposts.float(s);
            let next = if next == 0.0 { TINY } else { next };
            rooms.push(f64x2::new([1.0 / next, last]));
            last = next;
        }
        let early = rooms.len().min(9) - 1;
        let rounded_off = (1.0 / rooms[early].to_array()[0] - early as f64 - 0.5).clamp(0.0, 0.5);
        let at_limit = problem.signposts.starts_at_zero();
        let second = most == 0 || problem.signposts.float(1) >= LEAST_SECOND;
        let proves = last <= GREATEST && (second || !at_limit);
        last.is_finite().then_some(Self { rooms, rounded_off, at_limit, proves })
    }

    /// The most seats that a cell can have.
    pub(super) fn most(&self) -> usize {
        self.rooms.len() - 1
    }

    /// What `votes` and one over them are multiplied by for the claims of a cell with so many seats.
    #[inline]
    pub(super) fn room(&self, seats: u64) -> f64x2 {
        self.rooms[seats as usize]
    }

    /// The claims of a cell with so many seats, which may have no fewer and no more than its bounds.
    #[inline]
    pub(super) fn claims(&self, votes: f64x2, seats: u64, (least, most): (u64, u64)) -> f64x2 {
        let [more, less] = (votes * self.room(seats)).to_array();
        f64x2::new([if seats < most { more } else { 0.0 }, if seats > least { less } else { 0.0 }])
    }

    /// The seats within bounds to which a cell is rounded, from some on, and its claims then.
    #[cold]
    pub(super) fn round(&self, votes: f64x2, multiplier: f64x2, from: u64, bounds: (u64, u64)) -> (u64, f64x2) {
        let mut seats = from;
        let claims = |seats| self.claims(votes, seats, bounds);
        while (claims(seats) * multiplier).to_array()[0] > 1.0 {
            seats += 1;
        }
        while (claims(seats) * multiplier).to_array()[1] > 1.0 {
            seats -= 1;
        }
        (seats, claims(seats))
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

//! Guessing the multiplier at which all seats are owed. No answer rests on a guess; only the time to find it does.
//!
//! For many parties a sample of them is looked at. What is estimated from it is not the seats but their difference to the
//! shares v x, whose sum over all parties is known: it is bounded for each party however large, so heavy tails do no harm.

use alloc::vec::Vec;

use wide::f64x4;

use super::arrays::arrays;
use super::curve::Curve;
use super::float::{float, not_below_zero, sqrt};
use super::lanes::{LANES, Lanes};
use super::plain_contest::PlainContest;

/// A multiplier, and by how many seats the sum of rounded shares may be off there for the sample's sake.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub(super) x: f64,
    pub(super) seats_off: f64,
}

impl Guess {
    /// Where positions, before rounding and if none is below zero, add up to the seats.
    pub(super) fn even<C: Curve>(curve: C, PlainContest { votes, total, seats, .. }: PlainContest<'_>) -> Self {
        let x = (float(seats) - float(votes.len() as u64) * curve.center()) / total;
        Self { x: if x > 0.0 { x } else { float(seats) / total }, seats_off: 0.0 }
    }
}

/// Positions above this one count as they are, without the noise of rounding; below it parties gather at whole numbers.
/// It lies at a half, so that no whole number's surroundings are cut in two.
const ROUNDED_BELOW: f64 = 2.5;

/// Parties that are sampled together, so that their votes come with one access to memory.
const TOGETHER: usize = 8;

/// The votes of some parties, evenly from all over the list.
struct Sample<'a> {
    votes: &'a [f64],
    size: f64,
    /// Parties for each one in the sample.
    weight: f64,
    total: f64,
}

/// What the sample says of one multiplier.
struct Estimate {
    seats: f64,
    slope: f64,
    /// The standard error of `seats`.
    error: f64,
}

impl<'a> Sample<'a> {
    fn new(PlainContest { votes, total, .. }: PlainContest<'_>, size: usize, memory: &'a mut Vec<f64>) -> Self {
        memory.clear();
        if votes.len() <= size {
            memory.extend(votes.iter().map(|&votes| float(votes)));
        } else {
            // An odd step does not fall in step with votes that repeat every few parties.
            let step = (votes.len() / size) | 1;
            for some in votes.chunks(TOGETHER).step_by(step) {
                memory.extend(some.iter().map(|&votes| float(votes)));
            }
        }
        let size = float(memory.len() as u64);
        Self { votes: memory, size, weight: float(votes.len() as u64) / size, total }
    }

    fn estimate<C: Curve>(&self, curve: C, x: f64, rounded_below: f64) -> Estimate {
        let number = f64x4::splat;
        let none = number(0.0);
        let (mut sums, mut squares, mut without) = (none, none, none);
        let mut one = |votes: f64x4| {
            let share = votes * number(x);
            let position = Lanes::max(curve.position(share), none);
            let (nearest, _) = Lanes::round(position);
            let seats = position.at_least(number(rounded_below)).choose(position, nearest);
            let difference = (seats - share) & votes.above(none);
            sums += difference;
            squares += difference * difference;
            without += votes & none.at_least(position);
        };
        let (blocks, rest) = arrays(self.votes);
        blocks.iter().for_each(|&votes| one(f64x4::new(votes)));
        let mut last = [0.0; LANES];
        last.iter_mut().zip(rest).for_each(|(to, &from)| *to = from);
        one(f64x4::new(last));
        let mean = sums.reduce_add() / self.size;
        let variance = not_below_zero(squares.reduce_add() / self.size - mean * mean);
        // A sample of all has no error.
        let left_out = not_below_zero(1.0 - 1.0 / self.weight);
        Estimate {
            seats: self.total * x + self.weight * sums.reduce_add(),
            slope: self.total - self.weight * without.reduce_add(),
            error: self.weight * sqrt(self.size * variance * left_out),
        }
    }
}

/// By steps of Newton's.
///
/// Large positions first count as they are: over smooth votes what rounding adds and takes is even, and a sample would
/// only add noise. Where the same sample, rounded, says otherwise by more than its noise, it is right.
pub(super) fn by_steps<C: Curve>(curve: C, poll: PlainContest<'_>, memory: &mut Vec<f64>) -> Guess {
    let size = (poll.votes.len() / 64).clamp(512, 16_384);
    let sample = Sample::new(poll, size, memory);
    let (house, enough) = (float(poll.seats), 0.1 * sqrt(float(poll.votes.len() as u64)));
    let mut x = Guess::even(curve, poll).x;
    let mut settle = |rounded_below: f64, steps: u32| {
        let mut estimate = sample.estimate(curve, x, rounded_below);
        for _ in 0..steps {
            let off = house - estimate.seats;
            if off.abs() <= enough {
                break;
            }
            let next = x + off / if estimate.slope > 0.0 { estimate.slope } else { poll.total };
            x = if next > 0.0 { next } else { x / 2.0 };
            estimate = sample.estimate(curve, x, rounded_below);
        }
        (x, estimate)
    };
    let (x, even) = settle(ROUNDED_BELOW, 12);
    let rounded = sample.estimate(curve, x, f64::INFINITY);
    if (rounded.seats - even.seats).abs() <= 1.5 * rounded.error {
        return Guess { x, seats_off: 3.0 * even.error };
    }
    let (x, rounded) = settle(f64::INFINITY, 4);
    Guess { x, seats_off: 3.0 * rounded.error }
}

/// By halving, for votes that gather: the seats jump where many parties gain one together.
pub(super) fn by_halving<C: Curve>(curve: C, poll: PlainContest<'_>, memory: &mut Vec<f64>) -> Option<Guess> {
    let sample = Sample::new(poll, 2_048, memory);
    let house = float(poll.seats);
    let reaches = |x: f64| sample.estimate(curve, x, f64::INFINITY).seats >= house;
    let mut high = house / poll.total;
    for _ in 0..200 {
        if reaches(high) {
            break;
        }
        high *= 2.0;
    }
    let mut low = high / 2.0;
    for _ in 0..200 {
        if !reaches(low) {
            break;
        }
        low /= 2.0;
    }
    for _ in 0..44 {
        let middle = 0.5 * (low + high);
        if reaches(middle) { high = middle } else { low = middle }
    }
    // Where the seats jump, one of the ends says nothing of the error: both count.
    let error = |x: f64| sample.estimate(curve, x, f64::INFINITY).error;
    let error = error(low).max(error(high));
    let x = 0.5 * (low + high);
    (x > 0.0 && x < f64::MAX).then_some(Guess { x, seats_off: 4.0 * error })
}

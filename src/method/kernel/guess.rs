//! Guessing the multiplier at which all seats are owed. No answer rests on a guess; only the time to find it does.
//!
//! For many parties a sample of them is looked at. What is estimated from it is not the seats but their difference to the
//! shares v x, whose sum over all parties is known: it is bounded for each party however large, so heavy tails do no harm.

use super::Poll;
use super::curve::Curve;
use super::float::{float, not_below_zero, round, sqrt};

/// A multiplier, and by how many seats the sum of rounded shares may be off there for the sample's sake.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub(super) x: f64,
    pub(super) seats_off: f64,
}

/// Positions above this one count as they are, without the noise of rounding; below it parties gather at whole numbers.
const ROUNDED_BELOW: f64 = 2.0;

/// The votes of every so many parties.
struct Sample<'a> {
    votes: &'a [u64],
    stride: usize,
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
    fn new(votes: &'a [u64], total: f64, size: usize) -> Self {
        // An odd stride does not fall in step with votes that repeat every few parties.
        let stride = (votes.len() / size.max(1)).max(1) | 1;
        let size = float(votes.len().div_ceil(stride) as u64);
        Self { votes, stride, size, weight: float(votes.len() as u64) / size, total }
    }

    fn estimate<C: Curve>(&self, curve: C, x: f64, all_rounded: bool) -> Estimate {
        let (mut sum, mut squares, mut without) = (0.0, 0.0, 0.0);
        for &votes in self.votes.iter().step_by(self.stride) {
            let votes = float(votes);
            let position = not_below_zero(curve.position(votes * x));
            let (nearest, _) = round(position);
            let seats = if all_rounded || position < ROUNDED_BELOW { nearest } else { position };
            let difference = seats - votes * x;
            sum += difference;
            squares += difference * difference;
            without += if position > 0.0 { 0.0 } else { votes };
        }
        let mean = sum / self.size;
        let variance = not_below_zero(squares / self.size - mean * mean);
        // A sample of all has no error.
        let part_left = 1.0 - 1.0 / self.weight;
        Estimate {
            seats: self.total * x + self.weight * sum,
            slope: self.total - self.weight * without,
            error: self.weight * sqrt(self.size * variance * not_below_zero(part_left)),
        }
    }
}

/// By steps of Newton's, for votes that are smooth.
pub(super) fn by_steps<C: Curve>(curve: C, Poll { votes, total, seats }: Poll<'_>) -> Guess {
    let sample = Sample::new(votes, total, (votes.len() / 64).clamp(256, 4_096));
    let house = float(seats);
    let enough = 0.25 * sqrt(float(votes.len() as u64));
    let mut x = (house - float(votes.len() as u64) * curve.center()) / total;
    if x <= 0.0 {
        x = house / total;
    }
    let mut error = 0.0;
    for _ in 0..12 {
        let estimate = sample.estimate(curve, x, false);
        error = estimate.error;
        if (estimate.seats - house).abs() <= enough {
            break;
        }
        let slope = if estimate.slope > 0.0 { estimate.slope } else { total };
        let next = x + (house - estimate.seats) / slope;
        x = if next > 0.0 { next } else { x / 2.0 };
    }
    Guess { x, seats_off: 4.0 * error }
}

/// By halving, for votes that gather: the seats jump where many parties gain one together.
pub(super) fn by_halving<C: Curve>(curve: C, Poll { votes, total, seats }: Poll<'_>) -> Option<Guess> {
    let sample = Sample::new(votes, total, 2_048);
    let house = float(seats);
    let reaches = |x: f64| sample.estimate(curve, x, true).seats >= house;
    let mut high = house / total;
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
    let error = sample.estimate(curve, low, true).error.max(sample.estimate(curve, high, true).error);
    let x = 0.5 * (low + high);
    (x > 0.0 && x < f64::MAX).then_some(Guess { x, seats_off: 4.0 * error })
}

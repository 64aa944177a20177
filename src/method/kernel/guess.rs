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

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // of small numbers
mod tests {
    use alloc::vec;

    use super::super::agreement_tests::Numbers;
    use super::super::curve::{Geometric, Harmonic, Straight};
    use super::super::plain_contest::Total;
    use super::*;

    const SAINTE_LAGUE: Straight<true> = Straight::new(2, 1);

    /// The seats that are owed to everybody at a multiplier, one after the other.
    fn owed<C: Curve>(curve: C, votes: &[u64], x: f64) -> f64 {
        let of_one = |&votes: &u64| {
            let share = votes as f64 * x;
            let few = (share as u64).saturating_sub(2);
            if votes == 0 { 0 } else { (few..).find(|&seat| curve.divisor(seat as f64) > share).unwrap() }
        };
        votes.iter().map(of_one).sum::<u64>() as f64
    }

    /// Votes of many sizes, some without any, and seats for each number of parties.
    fn contests(parties: usize) -> impl Iterator<Item = (Vec<u64>, u64)> {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        (0..40).map(move |number| {
            let spread = [1_000_000, 40, 1_000][number % 3];
            let mut votes: Vec<u64> = (0..parties).map(|_| 1 + numbers.below(spread)).collect();
            votes[3] = 0;
            votes[5] = 9 * spread;
            let seats = parties as u64 * [1, 3, 20][number / 3 % 3] + numbers.below(parties as u64);
            (votes, seats)
        })
    }

    #[test]
    fn an_even_guess_is_where_positions_add_up_to_the_seats() {
        let votes = [400, 300, 250, 50];
        let guess = |curve, seats| Guess::even(curve, Total::of(&votes).poll(&votes, seats)).x;
        // D'Hondt: v x - 1/2 each, together 1000 x - 2; Sainte-Laguë: v x; Adams: v x + 1/2, unless that is below zero.
        assert_eq!(guess(Straight::<true>::new(1, 1), 8), 0.010);
        assert_eq!(guess(SAINTE_LAGUE, 8), 0.008);
        let adams = |seats| Guess::even(Straight::<false>::new(1, 0), Total::of(&votes).poll(&votes, seats)).x;
        assert_eq!(adams(8), 0.006);
        assert_eq!(adams(1), 0.001);
        assert_eq!(adams(2), 0.002);
    }

    #[test]
    fn a_sample_of_all_says_what_is_owed() {
        fn says<C: Curve>(curve: C, (votes, seats): &(Vec<u64>, u64)) {
            let poll = Total::of(votes).poll(votes, *seats);
            let mut memory = vec![7.0];
            let sample = Sample::new(poll, votes.len(), &mut memory);
            assert_eq!((sample.votes.len(), sample.weight), (votes.len(), 1.0));
            let x = Guess::even(curve, poll).x;
            let estimate = sample.estimate(curve, x, f64::INFINITY);
            assert!(
                (estimate.seats - owed(curve, votes, x)).abs() < 1e-3,
                "{} {}",
                estimate.seats,
                owed(curve, votes, x)
            );
            assert_eq!(estimate.error, 0.0);
            // Whoever stands below zero does not move.
            let moving = votes.iter().filter(|&&votes| curve.center() >= 0.0 || votes as f64 * x > -curve.center());
            let slope = moving.map(|&votes| votes as f64).sum::<f64>();
            assert!((estimate.slope - slope).abs() < 1e-6 * slope, "{} {slope}", estimate.slope);
        }
        for contest in contests(301) {
            says(Straight::<true>::new(1, 1), &contest);
            says(SAINTE_LAGUE, &contest);
        }
    }

    #[test]
    fn a_sample_weighs_what_it_leaves_out() {
        for (votes, seats) in contests(10_000) {
            let poll = Total::of(&votes).poll(&votes, seats);
            let mut memory = Vec::new();
            let sample = Sample::new(poll, 1_000, &mut memory);
            // Every eleventh eight of 1,250: 114 of them.
            assert_eq!((sample.votes.len(), sample.weight), (912, 10_000.0 / 912.0));
            assert_eq!(sample.votes[8..16], votes[88..96].iter().map(|&votes| votes as f64).collect::<Vec<_>>());
            let x = Guess::even(SAINTE_LAGUE, poll).x;
            let differences: Vec<f64> = sample
                .votes
                .iter()
                .map(|votes| {
                    let share = votes * x;
                    (share + 0.0).round_ties_even() - share
                })
                .collect();
            let (size, sum) = (912.0, differences.iter().sum::<f64>());
            let variance = differences.iter().map(|difference| (difference - sum / size).powi(2)).sum::<f64>() / size;
            let estimate = sample.estimate(SAINTE_LAGUE, x, f64::INFINITY);
            let near = |one: f64, other: f64| (one - other).abs() <= 1e-6 * (1.0 + other.abs());
            assert!(near(estimate.seats, poll.total * x + sum * sample.weight), "{}", estimate.seats);
            let error = sample.weight * (size * variance * (1.0 - 1.0 / sample.weight)).sqrt();
            assert!(near(estimate.error, error), "{} {error}", estimate.error);
            assert!((estimate.seats - owed(SAINTE_LAGUE, &votes, x)).abs() <= 4.0 * error, "four standard errors");
        }
    }

    #[test]
    fn positions_that_are_large_count_as_they_are_where_that_is_asked_for() {
        // Shares of 3, 2.6, 2.4 and 0.8: two are above 2.5.
        let votes = [30, 26, 24, 8];
        let mut memory = Vec::new();
        let sample = Sample::new(Total::of(&votes).poll(&votes, 9), 10, &mut memory);
        let seats = |below| sample.estimate(SAINTE_LAGUE, 0.1, below).seats;
        assert!((seats(ROUNDED_BELOW) - 8.6).abs() < 1e-9, "{}", seats(ROUNDED_BELOW));
        assert!((seats(f64::INFINITY) - 9.0).abs() < 1e-9);
        assert!((seats(0.0) - 8.8).abs() < 1e-9);
    }

    /// By how many seats a guess is off beyond what it says itself, in standard deviations of rounding so many parties, where
    /// votes spread evenly: the mean and the most.
    fn off<C: Curve>(curve: C, parties: usize) -> [f64; 2] {
        let mut memory = Vec::new();
        let off = |(votes, seats): (Vec<u64>, u64)| {
            let guess = by_steps(curve, Total::of(&votes).poll(&votes, seats), &mut memory);
            // Three standard errors of a sample of so many, of numbers from 0 to 1.
            let weight = parties as f64 / memory.len() as f64;
            assert!(guess.seats_off <= if weight > 1.0 { 3.0 * 0.5 * (parties as f64 * weight).sqrt() } else { 0.0 });
            let off = (owed(curve, &votes, guess.x) - seats as f64).abs();
            (off - guess.seats_off).max(0.0) / (0.289 * (parties as f64).sqrt())
        };
        let offs: Vec<f64> = contests(parties).step_by(3).map(off).collect();
        [offs.iter().sum::<f64>() / offs.len() as f64, offs.iter().copied().fold(0.0, f64::max)]
    }

    #[test]
    fn steps_end_near_the_seats_where_votes_spread() {
        for parties in [400, 4_000, 40_000] {
            let all = [
                off(SAINTE_LAGUE, parties),
                off(Straight::<true>::new(1, 1), parties),
                off(Geometric, parties),
                off(Harmonic, parties),
            ];
            for [mean, most] in all {
                assert!(mean < 0.25 && most < 2.0, "{parties}: {mean}, {most}");
            }
        }
    }

    #[test]
    fn halves_end_where_the_seats_jump() {
        fn ends<C: Curve>(curve: C, parties: usize) {
            for (votes, seats) in contests(parties) {
                let poll = Total::of(&votes).poll(&votes, seats);
                let Guess { x, seats_off } = by_halving(curve, poll, &mut Vec::new()).unwrap();
                let [before, after] = [1.0 - 1e-9, 1.0 + 1e-9].map(|part| owed(curve, &votes, x * part));
                let house = seats as f64;
                assert!(
                    before - seats_off <= house && house <= after + seats_off,
                    "{before} {house} {after} {seats_off}"
                );
                // Of all parties nothing is estimated.
                assert_eq!(seats_off == 0.0, parties <= 2_048, "{seats_off}");
            }
        }
        for parties in [40, 2_048, 20_000] {
            ends(Straight::<true>::new(1, 1), parties);
            ends(SAINTE_LAGUE, parties);
            ends(Geometric, parties);
            ends(Harmonic, parties);
        }
    }
}

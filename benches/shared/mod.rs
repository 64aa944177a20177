//! Inputs that every benchmark here uses, the floor they are measured against, and a clock for ratios.

pub mod tables;

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Elections of one size. They take turns, so that no branch is learnt by heart.
pub struct Case {
    pub name: &'static str,
    pub parties: usize,
    pub seats: u64,
    /// A power of two of them.
    pub inputs: Vec<Vec<u64>>,
}

impl Case {
    pub fn input(&self, turn: usize) -> &[u64] {
        &self.inputs[turn & (self.inputs.len() - 1)]
    }
}

/// Numbers that are the same at every run (G. Marsaglia, "Xorshift RNGs", 2003).
pub struct Numbers(u64);

impl Numbers {
    pub fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((u128::from(self.0) * u128::from(bound)) >> 64) as u64
    }

    /// Above 0 and at most 1.
    fn part(&mut self) -> f64 {
        (self.below(1 << 53) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Votes from a thousand to ten million, evenly.
    pub fn smooth(&mut self, parties: usize) -> Vec<u64> {
        (0..parties).map(|_| 1_000 + self.below(10_000_000)).collect()
    }

    /// Pareto's distribution with exponent 1.5: a few hold much.
    fn pareto(&mut self, parties: usize) -> Vec<u64> {
        (0..parties).map(|_| (1_000.0 / self.part().powf(1.0 / 1.5)) as u64).collect()
    }
}

/// Three parties in a small house to a hundred thousand in a large one.
pub fn cases() -> Vec<Case> {
    let mut numbers = Numbers::new();
    let mut case = |name, parties, seats, inputs| Case {
        name,
        parties,
        seats,
        inputs: (0..inputs).map(|_| numbers.smooth(parties)).collect(),
    };
    vec![
        case("a: 3 parties, 98 seats", 3, 98, 1_024),
        case("b: 8 parties, 630 seats", 8, 630, 1_024),
        case("c: 50 parties, 435 seats", 50, 435, 512),
        case("d: 1,000 parties, 10^5 seats", 1_000, 100_000, 64),
        case("e: 10^5 parties, 10^7 seats", 100_000, 10_000_000, 4),
    ]
}

/// A million parties: smooth votes, skewed ones, and all the same, where every seat of the last round is tied.
pub fn large_cases() -> Vec<Case> {
    const PARTIES: usize = 1_000_000;
    let mut numbers = Numbers::new();
    let case = |name, votes| Case { name, parties: PARTIES, seats: 10_000_007, inputs: vec![votes] };
    vec![
        case("smooth", numbers.smooth(PARTIES)),
        case("Pareto 1.5", numbers.pareto(PARTIES)),
        case("Zipf", (0..PARTIES).map(|rank| (1e12 / (rank + 1) as f64) as u64).collect()),
        case("all equal", vec![12_345; PARTIES]),
    ]
}

/// The floor: the sum of the votes, and one division in floats for each party. It is not an answer.
pub fn floor(votes: &[u64], shares: &mut [f64]) {
    let total = votes.iter().sum::<u64>() as f64;
    for (share, &votes) in shares.iter_mut().zip(votes) {
        *share = votes as f64 / total;
    }
    black_box(shares);
}

/// Some elections of one size, with smooth votes.
pub fn elections(name: &'static str, parties: usize, seats: u64) -> Case {
    let mut numbers = Numbers::new();
    Case { name, parties, seats, inputs: (0..512).map(|_| numbers.smooth(parties)).collect() }
}

/// The sum of the votes and a copy of them: the least that reading votes and writing seats can cost.
pub fn sum_and_copy(votes: &[u64], out: &mut [u64]) {
    black_box(votes.iter().sum::<u64>());
    out.copy_from_slice(votes);
    black_box(out);
}

/// What one thing of several took: the median of its times, and of its ratios to the first one's time in the same round.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    pub nanoseconds: f64,
    pub ratio: f64,
}

/// Times things in turns, so that whatever else the machine does meets them all.
pub fn in_turns(things: &mut [Box<dyn FnMut(usize) + '_>]) -> Vec<Time> {
    // Short turns, and many: most of them are over before a busy machine takes the core away.
    let batch = Duration::from_micros(150);
    let slow = Duration::from_millis(1);
    let mut rounds = 301;
    let repeats: Vec<usize> = things
        .iter_mut()
        .map(|thing| {
            let start = Instant::now();
            let mut repeats = 0;
            while repeats == 0 || start.elapsed() < batch {
                thing(repeats);
                repeats += 1;
            }
            if repeats == 1 && start.elapsed() > slow {
                rounds = 41;
            }
            // The clock was read each time; without that there is time for more.
            if repeats > 100 { 2 * repeats } else { repeats }
        })
        .collect();
    let mut times = vec![Vec::with_capacity(rounds); things.len()];
    for round in 0..rounds {
        for ((thing, &repeats), times) in things.iter_mut().zip(&repeats).zip(&mut times) {
            let start = Instant::now();
            for turn in 0..repeats {
                thing(round + turn);
            }
            times.push(start.elapsed().as_nanos() as f64 / repeats as f64);
        }
    }
    let first = times[0].clone();
    times
        .into_iter()
        .map(|times| Time {
            ratio: median(times.iter().zip(&first).map(|(time, first)| time / first).collect()),
            nanoseconds: median(times),
        })
        .collect()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// A time in a unit that suits it.
pub fn show(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.1} µs", n / 1e3),
        n if n < 1e9 => format!("{:.1} ms", n / 1e6),
        n => format!("{:.1} s", n / 1e9),
    }
}

//! A first guess, which mostly is the answer and can prove it: multipliers by which every quotient lies strictly between
//! its signposts.
//!
//! Multipliers to begin with give about the right sums (`fit`), by which every cell is rounded (`table`); then lines whose
//! seats have the wrong sum get the divisor apportionment of their own, in turn (`settle`; alternating scaling: F. Pukelsheim,
//! *Proportional Representation*, 2017, ch. 15); the sums that are wrong then are mended along chains of cells (`mend`).
//! Where that does not settle it, the network goes on from what was reached.

// Floats guess; what they prove is proven with room for all their roundings.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

#[cfg(test)]
#[allow(clippy::cast_possible_wrap)] // small numbers
mod effort_tests;
mod fit;
mod mend;
mod settle;
mod signposts;
mod table;

use alloc::vec::Vec;

use super::network::zero;
use super::problem::Problem;
use signposts::Signposts;
use table::Table;

/// The most seats of a line for which it is tried.
const MOST: u64 = 4096;
/// Rounds of alternating scaling.
const SCALING: usize = 64;
/// Rounds in which the flaws need not fall.
const PATIENCE: usize = 1;
/// What stands for a first divisor of 0; its square root is below the quotient of any votes.
const TINY: f64 = 1e-60;
/// As few flaws as these are mended at once.
const MENDED: u64 = 2;
/// Far more than a quotient, a divisor and their product can be wrong by, as a part of themselves.
const MARGIN: f64 = 1e-13;

/// What a guess comes to.
pub(super) enum Guess {
    /// Seats that are proven to be the only answer.
    Proven(Vec<u64>),
    /// Seats and logarithms of multipliers to go on from.
    Start { seats: Vec<u64>, rows: Vec<f64>, columns: Vec<f64> },
    /// Nothing: the house is too large, or floats hold neither divisors nor multipliers.
    Nothing,
}

/// A guess, for houses that are not too large and divisors that floats can hold.
pub(super) fn guess(problem: &Problem<'_>) -> Guess {
    if problem.largest_line() > MOST {
        return Guess::Nothing;
    }
    let Some(signposts) = Signposts::new(problem) else { return Guess::Nothing };
    let mut table = Table::new(problem, signposts);
    settle(&mut table);
    if table.mend() {
        return Guess::Proven(table.seats);
    }
    let (zero, scale) = (zero(problem), libm::log(problem.signposts.scale() as f64));
    let mut rows: Vec<f64> = table.multipliers.iter().map(|multiplier| ln(*multiplier, zero)).collect();
    let columns: Vec<f64> = rows.split_off(problem.rows.len()).into_iter().map(|column| column + scale).collect();
    if rows.iter().chain(&columns).all(|log| log.is_finite()) {
        Guess::Start { seats: table.seats, rows, columns }
    } else {
        Guess::Nothing
    }
}

/// The logarithm of a multiplier, with `zero` for that of a first divisor of 0.
fn ln(multiplier: f64, zero: f64) -> f64 {
    let (log, tiny) = (libm::log(multiplier), libm::log(TINY));
    // How often the first divisor went into the multiplier.
    log + libm::round(log / tiny) * (zero - tiny)
}

/// Makes the sums of rows and of columns right in turn, until both are.
fn settle(table: &mut Table<'_>) {
    let (mut best, mut stale) = (u64::MAX, 0);
    for _ in 0..SCALING {
        scale(table);
        let flaws = table.flaws();
        if flaws <= MENDED {
            return;
        }
        stale = if flaws < best { 0 } else { stale + 1 };
        best = best.min(flaws);
        if stale >= PATIENCE {
            return;
        }
    }
}

/// Gives every line whose sum is wrong the divisor apportionment of its own, rows before columns.
fn scale(table: &mut Table<'_>) {
    for line in 0..table.lack.len() {
        if table.lack[line] != 0 {
            table.settle(line);
        }
    }
}

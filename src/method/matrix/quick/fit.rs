//! Multipliers to begin with.

use alloc::vec;
use alloc::vec::Vec;

use super::super::problem::Problem;

/// The sum of a line without seats, or of votes where there are none, so that every multiplier is a number.
const NEXT_TO_NOTHING: f64 = 1e-30;

/// Multipliers of rows, then of columns: columns have the right sums by the votes as they are, then rows by those of columns.
///
/// That is one round of proportional fitting. More rounds cost more time than they save later, even where tables are large.
/// Rounding takes `rounded_off` from each cell on average, which the sums allow for.
pub(super) fn fit(problem: &Problem<'_>, votes: &[f64], rounded_off: f64) -> Vec<f64> {
    let (height, width) = (problem.rows.len(), problem.columns.len());
    let multiplier = |seats: u64, cells: usize, sum: f64| {
        let goal = if seats > 0 { seats as f64 + cells as f64 * rounded_off } else { NEXT_TO_NOTHING };
        goal / if sum > NEXT_TO_NOTHING { sum } else { NEXT_TO_NOTHING }
    };
    let mut multipliers = vec![0.0; height + width];
    let (rows, columns) = multipliers.split_at_mut(height);
    for votes in votes.chunks_exact(width) {
        for (sum, votes) in columns.iter_mut().zip(votes) {
            *sum += votes;
        }
    }
    for (column, &seats) in columns.iter_mut().zip(problem.columns) {
        *column = multiplier(seats, height, *column);
    }
    for ((row, &seats), votes) in rows.iter_mut().zip(problem.rows).zip(votes.chunks_exact(width)) {
        *row = multiplier(seats, width, dot(votes, columns));
    }
    multipliers
}

/// The sum of products, four at a time.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 4;
    let mut sums = [0.0; LANES];
    let (a_chunks, b_chunks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

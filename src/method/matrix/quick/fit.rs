//! Multipliers to begin with: columns have the right sums by the votes as they are, then rows by those of columns.
//!
//! That is one round of proportional fitting. More rounds cost more time than they save later, even where tables are large.
//! Rounding takes `rounded_off` from each cell on average, which the sums allow for.

#![allow(clippy::cast_possible_wrap)]

use super::super::problem::Problem;

/// The sum of a line without seats, or of votes where there are none, so that every multiplier is a number.
const NEXT_TO_NOTHING: f64 = 1e-30;

/// The multipliers of columns.
pub(super) fn columns(problem: &Problem<'_>, votes: &[f64], rounded_off: f64, columns: &mut [f64]) {
    for votes in votes.chunks_exact(columns.len()) {
        for (sum, votes) in columns.iter_mut().zip(votes) {
            *sum += votes;
        }
    }
    let off = problem.rows.len() as f64 * rounded_off;
    for (column, &seats) in columns.iter_mut().zip(problem.columns) {
        *column = multiplier(seats, off, *column);
    }
}

/// The multiplier of a row, by those of columns.
pub(super) fn row(seats: u64, votes: &[f64], rounded_off: f64, columns: &[f64]) -> f64 {
    multiplier(seats, columns.len() as f64 * rounded_off, dot(votes, columns))
}

fn multiplier(seats: u64, off: f64, sum: f64) -> f64 {
    // No line has more than [`MOST`](super::MOST) seats, and a signed number is quicker to convert.
    let goal = if seats > 0 { seats as i64 as f64 + off } else { NEXT_TO_NOTHING };
    goal / if sum > NEXT_TO_NOTHING { sum } else { NEXT_TO_NOTHING }
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

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::super::super::super::kernel::Numbers;
    use super::super::super::cases::Kind;
    use super::*;
    use crate::Divisors;

    fn is_near(sum: f64, goal: f64) -> bool {
        (sum - goal).abs() <= 1e-12 * goal
    }

    #[test]
    fn columns_and_then_rows_have_their_seats_and_what_rounding_takes() {
        let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
        for districts in 1..=13 {
            let case = Kind::Country.case(&mut numbers, 5, districts);
            let matrix = case.matrix(&Divisors::SAINTE_LAGUE);
            let problem = matrix.check_shape().unwrap();
            let votes: Vec<f64> = problem.votes.iter().map(|&votes| votes as f64).collect();
            for off in [0.0, 0.25, 0.5] {
                let mut multipliers = vec![0.0; districts];
                columns(&problem, &votes, off, &mut multipliers);
                for (column, multiplier) in multipliers.iter().enumerate() {
                    let sum: f64 = votes.iter().skip(column).step_by(districts).map(|votes| votes * multiplier).sum();
                    assert!(is_near(sum, problem.columns[column] as f64 + 5.0 * off), "{sum}");
                }
                for (votes, &seats) in votes.chunks_exact(districts).zip(problem.rows) {
                    let row = row(seats, votes, off, &multipliers);
                    let sum: f64 = votes.iter().zip(&multipliers).map(|(votes, column)| votes * column * row).sum();
                    let goal = if seats > 0 { seats as f64 + districts as f64 * off } else { NEXT_TO_NOTHING };
                    assert!(is_near(sum, goal), "{sum}, not {goal}");
                }
            }
        }
    }

    #[test]
    fn without_seats_or_votes_multipliers_are_numbers() {
        assert!(is_near(multiplier(0, 4.0, 20.0), NEXT_TO_NOTHING / 20.0));
        assert!(is_near(multiplier(1, 0.0, 0.0), 1.0 / NEXT_TO_NOTHING));
        assert!(is_near(multiplier(0, 0.0, 0.0), 1.0));
    }
}

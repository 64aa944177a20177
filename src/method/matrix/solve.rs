//! From votes to the answer: guess in floats, decide in integers.

use alloc::vec::Vec;

use super::allocation::MatrixAllocation;
use super::components::Arc;
use super::decide::{Decision, cancel, decide};
use super::network::Network;
use super::problem::{Matrix, Problem};
use super::quick::{Guess, guess};
use super::tie::CellTie;
use crate::error::Error;

impl Matrix<'_> {
    /// Gives out the seats: the biproportional apportionment.
    ///
    /// Every cell has its votes, times a multiplier of its party and one of its district, rounded by the divisors; and all
    /// sums are right. Such a matrix is the only one, but for ties. Equivalently, no other matrix with these sums and bounds
    /// has a smaller product of d(s) / votes over all seats given.
    ///
    /// # Errors
    /// - [`Error::NoParties`], [`Error::NoDistricts`]; [`Error::TableSize`] for five votes of two parties in two districts.
    /// - [`Error::LineSumsDiffer`] where parties and districts have different seats in all: `[2, 1]` and `[2, 2]`.
    /// - [`Error::MinimumAboveMaximum`], and [`Error::LineMinimums`] where a line's minimums take more than its seats.
    /// - [`Error::Infeasible`] where parties must have more seats than the districts have in which they have votes.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Divisors, matrix::Matrix};
    ///
    /// // One seat a district is fair majority voting (M. L. Balinski, 2008), and all divisors give the same winners.
    /// let votes = [60, 55, 48, 40, 45, 52];
    /// let winners = Matrix::new(&votes, &[2, 1], &[1, 1, 1]).divisors(Divisors::D_HONDT).solve()?;
    /// assert_eq!(winners.seats()?, [1, 1, 0, 0, 0, 1]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn solve(&self) -> Result<MatrixAllocation, Error> {
        // A guess needs minimums that lines can have; else lines need no look where it is proven.
        let problem = if self.has_minimums() { self.check()? } else { self.check_shape()? };
        let guess = guess(&problem);
        if let Guess::Proven(seats) = guess {
            return Ok(MatrixAllocation::new(self.districts(), seats, Vec::new()));
        }
        problem.check_lines()?;
        let mut network = match guess {
            Guess::Start { seats, rows, columns } => Network::with(&problem, seats, rows, columns),
            _ => Network::new(&problem),
        };
        network.balance()?;
        let groups = improve(&mut network);
        Ok(answer(&problem, network.seats, &groups))
    }
}

/// Cancels cycles until the matrix is right, and finds its ties.
fn improve(network: &mut Network<'_>) -> Vec<Vec<Arc>> {
    network.centre(3);
    loop {
        let suspects = network.suspects();
        match decide(network.problem, &network.seats, &suspects) {
            Decision::Right(groups) => return groups,
            Decision::Better(cycle) => {
                cancel(network.problem, &mut network.seats, &cycle);
                network.centre(2);
            }
        }
    }
}

/// The certain seats and the ties that these groups of arcs make.
pub(super) fn answer(problem: &Problem<'_>, seats: Vec<u64>, groups: &[Vec<Arc>]) -> MatrixAllocation {
    let width = problem.columns.len();
    let mut certain = seats;
    let mut ties: Vec<CellTie> = Vec::with_capacity(groups.len());
    for group in groups {
        let cells = group.iter().map(|&arc| {
            let cell = problem.cell_of(arc);
            let given = !problem.adds(arc);
            certain[cell] -= u64::from(given);
            ((cell / width, cell % width), given)
        });
        ties.push(CellTie::new(cells.collect()));
    }
    ties.sort_by_key(|tie| tie.cells()[0]);
    MatrixAllocation::new(width, certain, ties)
}

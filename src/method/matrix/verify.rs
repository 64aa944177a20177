//! Whether claimed seats are right: by the cycles of changes alone, without solving.

use alloc::vec::Vec;

use super::components::Arc;
use super::decide::{Decision, decide};
use super::network::Network;
use super::problem::{Matrix, Problem};
use super::solve::answer;
use super::tie::{CellTie, cell_name};
use crate::error::Error;

/// What is to be said of claimed seats.
///
/// # Examples
/// ```
/// use apportion::matrix::{Matrix, Verdict};
///
/// let equal = [10, 10, 10, 10];
/// let matrix = Matrix::new(&equal, &[1, 1], &[1, 1]);
/// assert!(matches!(matrix.verify(&[1, 0, 0, 1])?, Verdict::OneOf(ties) if ties.len() == 1));
/// let first_ahead = [11, 10, 10, 10];
/// let matrix = Matrix::new(&first_ahead, &[1, 1], &[1, 1]);
/// assert_eq!(matrix.verify(&[1, 0, 0, 1])?, Verdict::Only);
/// assert!(matches!(matrix.verify(&[0, 1, 1, 0])?, Verdict::Beaten(_)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// They are the only answer.
    Only,
    /// They are one outcome of these ties.
    OneOf(Vec<CellTie>),
    /// They are wrong: this exchange is better.
    Beaten(Exchange),
}

/// One seat more in each of some cells and one less in each of others, all sums unchanged, with a smaller product of
/// d(s) / votes. Cells are (party, district), in the order in which the seats go round.
///
/// # Examples
/// ```
/// use apportion::matrix::{Matrix, Verdict};
///
/// let matrix = Matrix::new(&[11, 10, 10, 10], &[1, 1], &[1, 1]);
/// let Verdict::Beaten(exchange) = matrix.verify(&[0, 1, 1, 0])? else { panic!("the first cell has most votes") };
/// let (mut more, mut less) = (exchange.more().to_vec(), exchange.less().to_vec());
/// more.sort();
/// less.sort();
/// assert_eq!((more, less), (vec![(0, 0), (1, 1)], vec![(0, 1), (1, 0)]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exchange {
    more: Vec<(usize, usize)>,
    less: Vec<(usize, usize)>,
}

impl Exchange {
    /// The cells that get a seat more.
    #[must_use]
    pub fn more(&self) -> &[(usize, usize)] {
        &self.more
    }

    /// The cells that lose a seat.
    #[must_use]
    pub fn less(&self) -> &[(usize, usize)] {
        &self.less
    }

    fn new(problem: &Problem<'_>, cycle: &[Arc]) -> Self {
        let width = problem.columns.len();
        let cells = |adds: bool| {
            let arcs = cycle.iter().filter(|&&arc| problem.adds(arc) == adds);
            arcs.map(|&arc| (problem.cell_of(arc) / width, problem.cell_of(arc) % width)).collect()
        };
        Self { more: cells(true), less: cells(false) }
    }
}

impl Matrix<'_> {
    /// Whether these seats, party by party, are the apportionment; if not, an exchange of seats that proves it.
    ///
    /// It does not solve: it looks once for a cycle of changes that does not make the matrix worse.
    ///
    /// # Errors
    /// As [`solve`](Self::solve); [`Error::TableSize`] for seats that are not one entry a cell, [`Error::ClaimedLine`] where
    /// a party or district does not have its seats, [`Error::ClaimedCell`] where a cell is outside its bounds, as one without
    /// votes that has a seat.
    ///
    /// # Examples
    /// ```
    /// use apportion::matrix::{Matrix, Verdict};
    ///
    /// let votes = [123, 45, 815, 912, 714, 414, 312, 255, 215];
    /// let matrix = Matrix::new(&votes, &[5, 11, 4], &[7, 5, 8]);
    /// assert_eq!(matrix.verify(&[1, 0, 4, 4, 4, 3, 2, 1, 1])?, Verdict::Only);
    ///
    /// let Verdict::Beaten(exchange) = matrix.verify(&[2, 0, 3, 4, 4, 3, 1, 1, 2])? else { panic!() };
    /// assert_eq!((exchange.more(), exchange.less()), (&[(2, 0), (0, 2)][..], &[(0, 0), (2, 2)][..]));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn verify(&self, seats: &[u64]) -> Result<Verdict, Error> {
        let problem = self.check()?;
        check_claim(&problem, seats)?;
        Ok(match certify(&problem, seats.to_vec()).1 {
            Decision::Better(cycle) => Verdict::Beaten(Exchange::new(&problem, &cycle)),
            Decision::Right(groups) if groups.is_empty() => Verdict::Only,
            Decision::Right(groups) => Verdict::OneOf(answer(&problem, seats.to_vec(), &groups).ties().to_vec()),
        })
    }
}

/// Multipliers for a matrix with the right sums, and the decision about it.
pub(super) fn certify<'p>(problem: &'p Problem<'p>, seats: Vec<u64>) -> (Network<'p>, Decision) {
    const ROUNDS: usize = 20;
    let mut network = Network::new(problem);
    network.seats = seats;
    network.centre(ROUNDS);
    if problem.is_large() {
        network.rebase();
        network.centre(ROUNDS);
    }
    let decision = decide(problem, &network.seats, &network.suspects());
    (network, decision)
}

/// Refuses seats with other sums, or outside the bounds.
fn check_claim(problem: &Problem<'_>, seats: &[u64]) -> Result<(), Error> {
    let (parties, districts) = (problem.rows.len(), problem.columns.len());
    if seats.len() != parties * districts {
        return Err(Error::TableSize { what: "claimed seats", parties, districts, found: seats.len() });
    }
    let line = |kind: &str, index: usize, cells: &mut dyn Iterator<Item = &u64>, seats: u64| {
        let claimed: u128 = cells.map(|&seats| u128::from(seats)).sum();
        if claimed == seats.into() {
            return Ok(());
        }
        Err(Error::ClaimedLine { line: alloc::format!("{kind} {}", index + 1), claimed, seats })
    };
    for (row, &right) in problem.rows.iter().enumerate() {
        line("party", row, &mut seats[row * districts..(row + 1) * districts].iter(), right)?;
    }
    for (column, &right) in problem.columns.iter().enumerate() {
        line("district", column, &mut seats.iter().skip(column).step_by(districts), right)?;
    }
    for (cell, &claimed) in seats.iter().enumerate() {
        let (minimum, maximum) = (problem.least[cell], problem.most[cell]);
        if !(minimum..=maximum).contains(&claimed) {
            let cell = cell_name((cell / districts, cell % districts));
            return Err(Error::ClaimedCell { cell, claimed, minimum, maximum });
        }
    }
    Ok(())
}

//! Why there is no matrix with these sums: parties that must have more seats than they can have.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::problem::Problem;
use crate::error::Error;

/// Parties that must have more seats than the districts in which they have votes, and bounds elsewhere, leave them.
///
/// That is a proof: for parties P and districts Q, the seats of P are at most the seats of Q, less the minimums of other
/// parties there, and the maximums of P outside Q (D. Gale, "A theorem on flows in networks", Pacific Journal of
/// Mathematics 7 (1957)). Parties and districts are counted from 0.
///
/// # Examples
/// ```
/// use apportion::{Error, matrix::Matrix};
///
/// // The first two parties must have three seats, and have votes only in a district of two.
/// let votes = [30, 0, 20, 0, 10, 40];
/// let error = Matrix::new(&votes, &[2, 1, 2], &[2, 3]).solve().unwrap_err();
/// let Error::Infeasible(reason) = error else { panic!("{error}") };
/// assert_eq!((reason.parties(), reason.districts()), (&[0, 1][..], &[0][..]));
/// assert_eq!((reason.must(), reason.can()), (3, 2));
/// assert_eq!(reason.to_string(), "parties 1, 2 must have 3 seats, but have votes only in district 1, with 2 seats");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Infeasible {
    parties: Vec<usize>,
    districts: Vec<usize>,
    must: u128,
    can: u128,
    /// Whether minimums or maximums are part of the proof.
    bounded: bool,
}

impl Infeasible {
    /// The parties that must have too many seats.
    #[must_use]
    pub fn parties(&self) -> &[usize] {
        &self.parties
    }

    /// The districts that their seats can come from; elsewhere they have no votes or are at their maximums.
    #[must_use]
    pub fn districts(&self) -> &[usize] {
        &self.districts
    }

    /// The seats that these parties must have.
    #[must_use]
    pub const fn must(&self) -> u128 {
        self.must
    }

    /// The seats that they can have at most; fewer.
    #[must_use]
    pub const fn can(&self) -> u128 {
        self.can
    }

    /// The proof that these rows and columns make, with no line in it that adds nothing.
    pub(super) fn new(problem: &Problem<'_>, rows: &[usize], columns: &[usize]) -> Self {
        let mut cut = Cut::new(problem);
        for &row in rows {
            cut.in_row[row] = true;
        }
        for &column in columns {
            cut.in_column[column] = true;
        }
        cut.tidy();
        cut.proof()
    }

    /// The proof that nobody can fill this column: all parties must have more than the other districts.
    pub(super) fn too_few_for(problem: &Problem<'_>, column: usize) -> Self {
        let mut cut = Cut::new(problem);
        cut.in_row.fill(true);
        cut.in_column.fill(true);
        cut.in_column[column] = false;
        cut.tidy();
        cut.proof()
    }
}

/// Rows P and columns Q under hand.
struct Cut<'p> {
    problem: &'p Problem<'p>,
    in_row: Vec<bool>,
    in_column: Vec<bool>,
}

impl<'p> Cut<'p> {
    fn new(problem: &'p Problem<'p>) -> Self {
        Self { problem, in_row: vec![false; problem.rows.len()], in_column: vec![false; problem.columns.len()] }
    }

    fn cell(&self, row: usize, column: usize) -> usize {
        row * self.problem.columns.len() + column
    }

    /// What a column in Q leaves to P, and what it gives P at most if it is not in Q.
    fn of_column(&self, column: usize) -> (u128, u128) {
        let (mut inside, mut outside) = (u128::from(self.problem.columns[column]), 0);
        for row in 0..self.in_row.len() {
            let cell = self.cell(row, column);
            if self.in_row[row] {
                outside += u128::from(self.problem.most[cell]);
            } else {
                inside -= u128::from(self.problem.least[cell]);
            }
        }
        (inside, outside)
    }

    /// What a row in P adds to what P can have.
    fn of_row(&self, row: usize) -> u128 {
        let bound = |column: usize| {
            let cell = self.cell(row, column);
            if self.in_column[column] { self.problem.least[cell] } else { self.problem.most[cell] }
        };
        (0..self.in_column.len()).map(|column| u128::from(bound(column))).sum()
    }

    /// Takes columns in and rows out while that does not weaken the proof, so that it names no bound it can do without.
    fn tidy(&mut self) {
        loop {
            let mut changed = false;
            for column in 0..self.in_column.len() {
                let (inside, outside) = self.of_column(column);
                if !self.in_column[column] && outside > 0 && outside >= inside {
                    self.in_column[column] = true;
                    changed = true;
                }
            }
            for row in 0..self.in_row.len() {
                if self.in_row[row] && self.of_row(row) >= self.problem.rows[row].into() {
                    self.in_row[row] = false;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn proof(&self) -> Infeasible {
        let chosen = |flags: &[bool]| (0..flags.len()).filter(|&at| flags[at]).collect::<Vec<_>>();
        let (parties, districts) = (chosen(&self.in_row), chosen(&self.in_column));
        let must = parties.iter().map(|&row| u128::from(self.problem.rows[row])).sum();
        let plain: u128 = districts.iter().map(|&column| u128::from(self.problem.columns[column])).sum();
        let can = (0..self.in_column.len())
            .map(|column| {
                let (inside, outside) = self.of_column(column);
                if self.in_column[column] { inside } else { outside }
            })
            .sum();
        // Votes outside the districts that are of no use, for a maximum.
        let capped = |row: usize, column: usize| {
            let useful = self.problem.votes[self.cell(row, column)] > 0 && self.problem.columns[column] > 0;
            useful && self.in_row[row] && !self.in_column[column]
        };
        let bounded = can != plain
            || (0..self.in_row.len()).any(|row| (0..self.in_column.len()).any(|column| capped(row, column)));
        Infeasible { parties, districts, must, can, bounded }
    }
}

impl Infeasible {
    /// Whether minimums or maximums are part of the proof.
    #[must_use]
    pub const fn is_bounded(&self) -> bool {
        self.bounded
    }

    /// The proof in words, with these names of its [`parties`](Self::parties) and [`districts`](Self::districts).
    pub(crate) fn with_names(&self, parties: &[String], districts: &[String]) -> String {
        self.text(&parties.join(", "), &districts.join(", "))
    }

    fn text(&self, parties: &str, districts: &str) -> String {
        let must = alloc::format!("{parties} must have {}, but ", seats(self.must));
        let have = if self.parties.len() == 1 { "has" } else { "have" };
        match (self.districts.is_empty(), self.bounded) {
            (true, false) => must + have + " no votes in any district with seats",
            (true, true) => alloc::format!("{must}the bounds leave {}", self.can),
            (false, false) => alloc::format!("{must}{have} votes only in {districts}, with {}", seats(self.can)),
            (false, true) => alloc::format!("{must}{districts} and the bounds leave {}", self.can),
        }
    }
}

impl fmt::Display for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parties = counted("party", "parties", &self.parties);
        f.write_str(&self.text(&parties, &counted("district", "districts", &self.districts)))
    }
}

fn seats(count: u128) -> String {
    alloc::format!("{count} {}", if count == 1 { "seat" } else { "seats" })
}

/// `party 1`, `parties 1, 3`.
fn counted(one: &str, many: &str, indices: &[usize]) -> String {
    let numbers: Vec<String> = indices.iter().map(|index| (index + 1).to_string()).collect();
    alloc::format!("{} {}", if numbers.len() == 1 { one } else { many }, numbers.join(", "))
}

impl core::error::Error for Infeasible {}

impl From<Infeasible> for Error {
    fn from(reason: Infeasible) -> Self {
        Self::Infeasible(reason)
    }
}

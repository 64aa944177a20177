//! The table under way: seats, multipliers, and what each cell claims.

// No line has more than [`MOST`](super::MOST) seats, so that no number of seats here wraps.
#![allow(clippy::cast_possible_wrap)]

use alloc::vec;
use alloc::vec::Vec;

use wide::f64x2;

use super::super::problem::Problem;
use super::settle::Top;
use super::signposts::{NO_CLAIMS, Signposts};
use super::{MARGIN, fit};

/// Lines are rows, then columns.
///
/// A cell has two claims: to a seat more, its votes over the divisor of that seat; and to lose its last one, less its votes
/// over the divisor of that. So the greater claim comes first either way: a seat goes where the first is greatest, and leaves
/// where the second is. Times the multipliers of its row and column they are below 1 and below -1 where the seats are right:
/// then the quotient lies between its signposts. Where bounds forbid the step they are 0 and minus infinity.
pub(super) struct Table<'p> {
    pub(super) problem: &'p Problem<'p>,
    pub(super) signposts: Signposts,
    pub(super) seats: Vec<u64>,
    /// Seats that a line lacks.
    pub(super) lack: Vec<i64>,
    pub(super) multipliers: Vec<f64>,
    pub(super) votes: Vec<f64>,
    pub(super) claims: Vec<f64x2>,
    /// The claims of one line, times the multipliers of the others.
    pub(super) taken: Vec<f64x2>,
    /// Where in a line the search for the cell whose seats change begins.
    pub(super) dealt: usize,
}

impl<'p> Table<'p> {
    /// Every cell rounded between its signposts by multipliers that give about the right sums, and rows then given theirs.
    pub(super) fn new(problem: &'p Problem<'p>, signposts: Signposts) -> Self {
        let (height, width) = (problem.rows.len(), problem.columns.len());
        let votes: Vec<f64> = problem.votes.iter().map(|&votes| votes as f64).collect();
        let mut multipliers = vec![0.0; height + width];
        fit::columns(problem, &votes, signposts.rounded_off, &mut multipliers[height..]);
        let mut lack = Vec::with_capacity(height + width);
        lack.extend(problem.rows.iter().map(|&seats| seats as i64));
        lack.extend(problem.columns.iter().map(|&seats| seats as i64));
        let mut table = Self {
            problem,
            signposts,
            seats: vec![0; votes.len()],
            lack,
            multipliers,
            claims: vec![f64x2::ZERO; votes.len()],
            taken: vec![f64x2::ZERO; height.max(width)],
            dealt: 0,
            votes,
        };
        for row in 0..height {
            table.begin(row);
        }
        table
    }

    /// A row's multiplier, its cells rounded by it, and its sum made right.
    fn begin(&mut self, row: usize) {
        let (height, width) = (self.problem.rows.len(), self.problem.columns.len());
        let (rows, columns) = self.multipliers.split_at_mut(height);
        let cells = row * width..(row + 1) * width;
        let (votes, most) = (&self.votes[cells.clone()], &self.problem.most[cells.clone()]);
        let (seats, claims) = (&mut self.seats[cells.clone()], &mut self.claims[cells]);
        let multiplier = fit::row(self.problem.rows[row], votes, self.signposts.rounded_off, columns);
        rows[row] = multiplier;
        let (mut sum, mut top) = (0, Top::new());
        let given = votes.iter().zip(most).zip(&*columns);
        let results = seats.iter_mut().zip(claims).zip(&mut self.taken).zip(&mut self.lack[height..]);
        for (((&votes, &most), &column), (((seats, claims), taken), lack)) in given.zip(results) {
            let (about, claim) = self.signposts.about(votes, (multiplier, column), most);
            (*seats, *claims) = (about, claim);
            *lack -= about as i64;
            sum += about;
            *taken = claim * f64x2::splat(column);
            top.see(claim * f64x2::splat(column));
        }
        self.lack[row] -= sum as i64;
        if self.problem.has_minimums || is_off(top.first * f64x2::splat(multiplier)) {
            self.correct(row);
            self.settle(row);
        } else {
            self.deal(row, top);
        }
    }

    /// Rounds the cells of a row that are not between their signposts, or not within their bounds.
    fn correct(&mut self, row: usize) {
        let (height, width) = (self.problem.rows.len(), self.problem.columns.len());
        let (rows, columns) = self.multipliers.split_at(height);
        for (cell, column) in (row * width..(row + 1) * width).zip(columns) {
            let bounds = (self.problem.least[cell], self.problem.most[cell]);
            let from = self.seats[cell];
            let multiplier = rows[row] * column;
            let (seats, claims) =
                self.signposts.round(self.votes[cell], multiplier, from.clamp(bounds.0, bounds.1), bounds);
            (self.seats[cell], self.claims[cell]) = (seats, claims);
            let change = seats as i64 - from as i64;
            self.lack[row] -= change;
            self.lack[height + cell - row * width] -= change;
        }
    }

    pub(super) fn flaws(&self) -> u64 {
        self.lack.iter().map(|lack| lack.unsigned_abs()).sum()
    }

    /// A seat more or less in one cell.
    pub(super) fn step(&mut self, row: usize, column: usize, more: bool) {
        let cell = row * self.problem.columns.len() + column - self.problem.rows.len();
        let change = if more { 1 } else { -1 };
        let seats = self.seats[cell].wrapping_add_signed(change);
        self.seats[cell] = seats;
        self.lack[row] -= change;
        self.lack[column] -= change;
        self.claims[cell] = self.claims_of(cell, seats);
    }

    /// The claims of a cell with so many seats.
    #[inline]
    pub(super) fn claims_of(&self, cell: usize, seats: u64) -> f64x2 {
        self.signposts.claims(self.votes[cell], seats, (self.problem.least[cell], self.problem.most[cell]))
    }

    /// Whether the multipliers are of a size that proves something.
    pub(super) fn can_prove(&self) -> bool {
        // Lines without seats have cells that cannot move.
        let seats = self.problem.rows.iter().chain(self.problem.columns);
        let mut lines = self.multipliers.iter().zip(seats);
        lines.all(|(&multiplier, &seats)| seats == 0 || self.signposts.can_prove(multiplier))
    }

    /// Whether a cell's quotient may not lie between its signposts with room for all roundings.
    pub(super) fn is_doubtful(&self, row: usize, column: usize) -> bool {
        let cell = row * self.problem.columns.len() + column - self.problem.rows.len();
        !is_clear(self.claims[cell] * f64x2::splat(self.multipliers[column]) * f64x2::splat(self.multipliers[row]))
    }

    /// The first row, from one on, with a doubtful cell.
    pub(super) fn first_doubtful_row(&self, from: usize) -> Option<usize> {
        let (rows, columns) = self.multipliers.split_at(self.problem.rows.len());
        (from..rows.len()).find(|&row| {
            let claims = &self.claims[row * columns.len()..(row + 1) * columns.len()];
            let greatest = claims.iter().zip(columns).fold(f64x2::from(NO_CLAIMS), |greatest, (claims, column)| {
                // What is no number is of a line without seats, whose cells cannot move.
                (*claims * f64x2::splat(*column)).fast_max(greatest)
            });
            !is_clear(greatest * f64x2::splat(rows[row]))
        })
    }
}

/// Whether a quotient does not lie between its signposts.
fn is_off(claims: f64x2) -> bool {
    let [more, less] = claims.to_array();
    more > 1.0 || less > -1.0
}

/// Whether a quotient lies between its signposts, so far from them that no rounding can matter.
fn is_clear(claims: f64x2) -> bool {
    let [more, less] = claims.to_array();
    more < 1.0 - MARGIN && less < -1.0 - MARGIN
}

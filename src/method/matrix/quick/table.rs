//! The table under way: seats, multipliers, and what each cell claims.

// No line has more than [`MOST`](super::MOST) seats, so that no number of seats here wraps.
#![allow(clippy::cast_possible_wrap)]

use alloc::vec;
use alloc::vec::Vec;

use wide::{CmpGt, f64x2};

use super::super::problem::Problem;
use super::fit::fit;
use super::signposts::Signposts;
use super::{FAR, MARGIN, NOT_FAR};

/// Added to a number, it leaves its nearest whole number in the lower bits.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// Lines are rows, then columns.
///
/// Numbers come in pairs, one for a seat more and one for a seat less: a multiplier and one over it; a cell's votes over the
/// divisor of its next seat, and the divisor of its last one over its votes, the cell's claims. A claim times the multipliers
/// of its row and column is below 1 where the seats are right: then the quotient lies between its signposts. It is 0 where
/// bounds forbid the step.
pub(super) struct Table<'p> {
    pub(super) problem: &'p Problem<'p>,
    signposts: Signposts,
    pub(super) seats: Vec<u64>,
    /// Seats that a line lacks.
    pub(super) lack: Vec<i64>,
    pub(super) multipliers: Vec<f64x2>,
    votes: Vec<f64x2>,
    pub(super) claims: Vec<f64x2>,
    /// The claims of one line, times the multipliers of the others.
    line: Vec<f64x2>,
    /// Where in a line the search for the cell whose seats change begins.
    dealt: usize,
}

impl<'p> Table<'p> {
    /// Every cell rounded between its signposts by multipliers that give about the right sums.
    pub(super) fn new(problem: &'p Problem<'p>, signposts: Signposts) -> Self {
        let floats: Vec<f64> = problem.votes.iter().map(|&votes| votes as f64).collect();
        let multipliers = fit(problem, &floats, signposts.rounded_off);
        let mut lack = Vec::with_capacity(multipliers.len());
        lack.extend(problem.rows.iter().map(|&seats| seats as i64));
        lack.extend(problem.columns.iter().map(|&seats| seats as i64));
        let mut table = Self {
            problem,
            seats: about(&floats, &multipliers, &signposts, problem.rows.len()),
            signposts,
            lack,
            line: vec![f64x2::ZERO; problem.rows.len().max(problem.columns.len())],
            dealt: 0,
            multipliers: multipliers.into_iter().map(pair).collect(),
            claims: vec![f64x2::ZERO; floats.len()],
            votes: floats.into_iter().map(pair).collect(),
        };
        table.round();
        table
    }

    /// Every cell between its signposts, within its bounds, from about its seats on.
    fn round(&mut self) {
        let (height, width) = (self.problem.rows.len(), self.problem.columns.len());
        let (rows, columns) = self.multipliers.split_at(height);
        let (row_lack, column_lack) = self.lack.split_at_mut(height);
        for (at, (row, lack)) in rows.iter().zip(row_lack).enumerate() {
            let cells = at * width..(at + 1) * width;
            let (least, most) = (&self.problem.least[cells.clone()], &self.problem.most[cells.clone()]);
            let given = columns.iter().zip(&self.votes[cells.clone()]).zip(least.iter().zip(most));
            let seats = &mut self.seats[cells.clone()];
            for ((seats, claims), ((column, votes), (&least, &most))) in
                seats.iter_mut().zip(&mut self.claims[cells]).zip(given)
            {
                let multiplier = *row * *column;
                *claims = *votes * self.signposts.room(*seats);
                let off = (*claims * multiplier).cmp_gt(f64x2::ONE).move_mask() != 0;
                if off | (*seats >= most) | ((*seats <= least) & (least > 0)) {
                    let from = (*seats).clamp(least, most);
                    (*seats, *claims) = self.signposts.round(*votes, multiplier, from, (least, most));
                }
            }
            for (other_lack, &seats) in column_lack.iter_mut().zip(&*seats) {
                *other_lack -= seats as i64;
            }
            *lack -= seats.iter().sum::<u64>() as i64;
        }
    }

    pub(super) fn flaws(&self) -> u64 {
        self.lack.iter().map(|lack| lack.unsigned_abs()).sum()
    }

    /// The row, the column and the place in the table of a cell of a line.
    fn cell(&self, line: usize, at: usize) -> (usize, usize, usize) {
        let (height, width) = (self.problem.rows.len(), self.problem.columns.len());
        match line.checked_sub(height) {
            None => (line, height + at, line * width + at),
            Some(column) => (at, line, at * width + column),
        }
    }

    /// Gives one line the divisor apportionment of its seats, single seats at a time from what it has.
    pub(super) fn settle(&mut self, line: usize) {
        let (length, mut greatest) = self.take_up(line);
        while self.lack[line] != 0 {
            let more = self.lack[line] > 0;
            let side = usize::from(!more);
            let best = greatest.to_array()[side];
            // Among equal claims as one deals: on from where the last seat was moved, so that they spread over lines.
            let is_best = |claims: &f64x2| claims.to_array()[side] == best;
            let dealt = self.dealt.min(length);
            let (before, after) = self.line[..length].split_at(dealt);
            let ahead = after.iter().position(is_best).map(|place| dealt + place);
            let Some(place) = ahead.or_else(|| before.iter().position(is_best)).filter(|_| best > 0.0) else { break };
            self.dealt = place + 1;
            let (row, column, cell) = self.cell(line, place);
            self.step(row, column, more);
            let other = if line == row { column } else { row };
            self.line[place] = self.claims[cell] * self.multipliers[other];
            greatest = greatest_of(&self.line[..length]);
        }
        self.multipliers[line] = pair(between(greatest.to_array()));
    }

    /// Takes the claims of a line, times the multipliers of the others; gives its length and its greatest claims.
    fn take_up(&mut self, line: usize) -> (usize, f64x2) {
        let (height, width) = (self.problem.rows.len(), self.problem.columns.len());
        let (rows, columns) = self.multipliers.split_at(height);
        let mut greatest = f64x2::ZERO;
        let mut take = |claims: f64x2, place: &mut f64x2| {
            *place = claims;
            greatest = claims.fast_max(greatest);
        };
        match line.checked_sub(height) {
            None => {
                let claims = &self.claims[line * width..(line + 1) * width];
                for ((claims, column), place) in claims.iter().zip(columns).zip(&mut self.line) {
                    take(*claims * *column, place);
                }
                (width, greatest)
            }
            Some(column) => {
                let claims = self.claims[column..].iter().step_by(width);
                for ((claims, row), place) in claims.zip(rows).zip(&mut self.line) {
                    take(*claims * *row, place);
                }
                (height, greatest)
            }
        }
    }

    /// A seat more or less in one cell.
    pub(super) fn step(&mut self, row: usize, column: usize, more: bool) {
        let cell = row * self.problem.columns.len() + column - self.problem.rows.len();
        let change = if more { 1 } else { -1 };
        let seats = self.seats[cell].wrapping_add_signed(change);
        self.seats[cell] = seats;
        self.lack[row] -= change;
        self.lack[column] -= change;
        let bounds = (self.problem.least[cell], self.problem.most[cell]);
        self.claims[cell] = self.signposts.claims(self.votes[cell], seats, bounds);
    }

    /// Whether the multipliers are of a size that proves something.
    pub(super) fn can_prove(&self) -> bool {
        // Lines without seats have cells that cannot move.
        let seats = self.problem.rows.iter().chain(self.problem.columns);
        let mut lines = self.multipliers.iter().zip(seats);
        lines.all(|(multiplier, &seats)| seats == 0 || self.signposts.can_prove(multiplier.to_array()[0]))
    }

    /// Whether a cell's quotient may not lie between its signposts with room for all roundings.
    pub(super) fn is_doubtful(&self, row: usize, column: usize) -> bool {
        let cell = row * self.problem.columns.len() + column - self.problem.rows.len();
        !are_below(self.claims[cell] * self.multipliers[column] * self.multipliers[row])
    }

    /// The first row, from one on, with a doubtful cell.
    pub(super) fn first_doubtful_row(&self, from: usize) -> Option<usize> {
        let (rows, columns) = self.multipliers.split_at(self.problem.rows.len());
        (from..rows.len()).find(|&row| {
            let claims = &self.claims[row * columns.len()..(row + 1) * columns.len()];
            let greatest = claims.iter().zip(columns).fold(f64x2::ZERO, |greatest, (claims, column)| {
                // What is no number is of a line without seats, whose cells cannot move.
                (*claims * *column).fast_max(greatest)
            });
            !are_below(greatest * rows[row])
        })
    }
}

/// A multiplier and one over it.
pub(super) fn pair(multiplier: f64) -> f64x2 {
    f64x2::new([multiplier, 1.0 / multiplier])
}

/// The greatest claims, for more and for less.
#[inline]
fn greatest_of(claims: &[f64x2]) -> f64x2 {
    claims.iter().fold(f64x2::ZERO, |greatest, claims| claims.fast_max(greatest))
}

/// About the seats of every cell.
fn about(votes: &[f64], multipliers: &[f64], signposts: &Signposts, height: usize) -> Vec<u64> {
    let (rows, columns) = multipliers.split_at(height);
    let (most, rounded_off) = (signposts.most() as f64, signposts.rounded_off);
    let mut seats = Vec::with_capacity(votes.len());
    for (votes, row) in votes.chunks_exact(columns.len()).zip(rows) {
        seats.extend(votes.iter().zip(columns).map(|(votes, column)| {
            let quotient = votes * column * row - rounded_off;
            let quotient = if quotient > 0.0 { quotient } else { 0.0 };
            let quotient = if quotient < most { quotient } else { most };
            (quotient + WHOLE).to_bits() & (u64::MAX >> 32)
        }));
    }
    seats
}

/// Whether claims are so far below 1 that no rounding can matter.
fn are_below(claims: f64x2) -> bool {
    let [more, less] = claims.to_array();
    more < 1.0 - MARGIN && less < 1.0 - MARGIN
}

/// A multiplier that makes the greatest claims of a line less than 1, if there is one.
fn between([more, less]: [f64; 2]) -> f64 {
    match (more > 0.0, less > 0.0) {
        // Not half way to a limit: there it would be no power of a tiny first divisor.
        (true, true) if more * less < 1.0 / FAR => NOT_FAR * less,
        (true, true) => 2.0 * less / (1.0 + more * less),
        (true, false) => 1.0 / (1.5 * more),
        (false, true) => 1.5 * less,
        (false, false) => 1.0,
    }
}

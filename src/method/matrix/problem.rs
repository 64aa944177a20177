//! What a matrix is asked, and the checks before it is answered.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::infeasible::Infeasible;
use super::signposts::Signposts;
use crate::Divisors;
use crate::error::Error;

/// Votes by party and district, the seats of every party and of every district, divisors, and bounds by cell.
///
/// All tables are flat, one party after the other: the cell of party `p` in district `d` is entry
/// `p * districts + d`. The divisors are those of Sainte-Laguë unless others are given, and there are no bounds unless given.
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// // The example of the English Wikipedia, "Biproportional apportionment".
/// let votes = [
///     123, 45, 815, // the first party, in three districts
///     912, 714, 414,
///     312, 255, 215,
/// ];
/// let allocation = Matrix::new(&votes, &[5, 11, 4], &[7, 5, 8]).solve()?;
/// assert_eq!(allocation.seats()?, [1, 0, 4, 4, 4, 3, 2, 1, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Matrix<'a> {
    pub(super) votes: &'a [u64],
    pub(super) party_seats: &'a [u64],
    pub(super) district_seats: &'a [u64],
    divisors: Divisors,
    minimums: Cow<'a, [u64]>,
    maximums: Cow<'a, [Option<u64>]>,
}

impl<'a> Matrix<'a> {
    /// Votes, party by party, and the seats that every party and every district must have.
    #[must_use]
    pub const fn new(votes: &'a [u64], party_seats: &'a [u64], district_seats: &'a [u64]) -> Self {
        Self {
            votes,
            party_seats,
            district_seats,
            divisors: Divisors::SAINTE_LAGUE,
            minimums: Cow::Borrowed(&[]),
            maximums: Cow::Borrowed(&[]),
        }
    }

    /// Sets the divisors by which votes become seats.
    ///
    /// A first divisor of 0 (Adams, Dean, Huntington-Hill) is read as the limit of ever smaller first divisors: as many
    /// cells with votes as possible get a seat, then the votes decide. Read strictly it would ask for a seat in *every*
    /// cell with votes, for which there are hardly ever enough seats.
    #[must_use]
    pub fn divisors(mut self, divisors: Divisors) -> Self {
        self.divisors = divisors;
        self
    }

    /// Sets the least seats of every cell, party by party. A cell without votes has exactly its minimum.
    #[must_use]
    pub fn minimums(mut self, minimums: impl Into<Cow<'a, [u64]>>) -> Self {
        self.minimums = minimums.into();
        self
    }

    /// Sets the most seats of every cell, party by party; `None` where there is no such bound.
    #[must_use]
    pub fn maximums(mut self, maximums: impl Into<Cow<'a, [Option<u64>]>>) -> Self {
        self.maximums = maximums.into();
        self
    }

    /// Whether some cell may have a minimum.
    pub(super) fn has_minimums(&self) -> bool {
        !self.minimums.is_empty()
    }

    /// How many parties there are.
    #[must_use]
    pub const fn parties(&self) -> usize {
        self.party_seats.len()
    }

    /// How many districts there are.
    #[must_use]
    pub const fn districts(&self) -> usize {
        self.district_seats.len()
    }

    /// The problem, its shape, bounds and single lines checked.
    pub(super) fn check(&self) -> Result<Problem<'a>, Error> {
        let problem = self.check_shape()?;
        problem.check_lines()?;
        Ok(problem)
    }

    /// The problem, its shape and bounds checked, but not whether its lines can have their seats.
    pub(super) fn check_shape(&self) -> Result<Problem<'a>, Error> {
        let (parties, districts) = (self.parties(), self.districts());
        if parties == 0 {
            return Err(Error::NoParties);
        }
        if districts == 0 {
            return Err(Error::NoDistricts);
        }
        // Slices of so many seats exist, but a table of that size may not.
        let cells = parties.saturating_mul(districts);
        let shape = |what, found: usize, may_miss: bool| {
            let fits = found == cells || (may_miss && found == 0);
            if fits { Ok(()) } else { Err(Error::TableSize { what, parties, districts, found }) }
        };
        shape("votes", self.votes.len(), false)?;
        shape("minimums", self.minimums.len(), true)?;
        shape("maximums", self.maximums.len(), true)?;
        let (party_seats, district_seats) = (sum(self.party_seats), sum(self.district_seats));
        if party_seats != district_seats {
            return Err(Error::LineSumsDiffer { party_seats, district_seats });
        }
        self.bounded(cells)
    }

    /// The problem with no bounds but those given, to be kept by divisors alone: lines with seats do not narrow them.
    pub(super) fn check_unnarrowed(&self) -> Result<Problem<'a>, Error> {
        let mut problem = self.check()?;
        let districts = self.districts();
        for cell in 0..problem.votes.len() {
            let seats = problem.rows[cell / districts].min(problem.columns[cell % districts]);
            if problem.votes[cell] > 0 && seats > 0 {
                problem.most[cell] = self.maximums.get(cell).copied().flatten().unwrap_or(u64::MAX);
            }
        }
        Ok(problem)
    }

    /// The problem with the bounds of every cell, which its line's seats narrow.
    fn bounded(&self, cells: usize) -> Result<Problem<'a>, Error> {
        let districts = self.districts();
        let least = if self.minimums.is_empty() { vec![0; cells] } else { self.minimums.to_vec() };
        let mut most = Vec::with_capacity(cells);
        for (row, &party_seats) in self.votes.chunks_exact(districts).zip(self.party_seats) {
            most.extend(
                row.iter().zip(self.district_seats).map(
                    |(&votes, &district_seats)| {
                        if votes == 0 { 0 } else { party_seats.min(district_seats) }
                    },
                ),
            );
        }
        for (cell, maximum) in self.maximums.iter().enumerate() {
            if let Some(maximum) = *maximum {
                let minimum = least[cell];
                if minimum > maximum {
                    let party = cell_name(cell, districts);
                    return Err(Error::MinimumAboveMaximum { party, minimum, maximum });
                }
                most[cell] = most[cell].min(maximum);
            }
        }
        if !self.minimums.is_empty() {
            for (most, &least) in most.iter_mut().zip(&least) {
                // Without votes exactly the minimum; a minimum above a line's seats is found with the lines.
                *most = (*most).max(least);
            }
        }
        Ok(Problem {
            votes: self.votes,
            rows: self.party_seats,
            columns: self.district_seats,
            has_minimums: self.has_minimums(),
            least,
            most,
            signposts: Signposts::new(&self.divisors),
        })
    }
}

/// A cell in words, counted from 1.
fn cell_name(cell: usize, districts: usize) -> String {
    format!("party {} in district {}", cell / districts + 1, cell % districts + 1)
}

fn sum<'s>(seats: impl IntoIterator<Item = &'s u64>) -> u128 {
    seats.into_iter().map(|&seats| u128::from(seats)).sum()
}

/// A checked problem: rows are parties, columns are districts, and a cell's bounds are within its lines' seats.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    pub(super) votes: &'a [u64],
    pub(super) rows: &'a [u64],
    pub(super) columns: &'a [u64],
    pub(super) least: Vec<u64>,
    /// Whether some may be above 0.
    pub(super) has_minimums: bool,
    /// Equal to `least` where there are no votes.
    pub(super) most: Vec<u64>,
    pub(super) signposts: Signposts,
}

impl Problem<'_> {
    pub(super) fn nodes(&self) -> usize {
        self.rows.len() + self.columns.len()
    }

    /// The cell that an arc between a row and a column, in either direction, stands for.
    pub(super) fn cell_of(&self, (from, to): (usize, usize)) -> usize {
        let (row, column) = if self.adds((from, to)) { (from, to) } else { (to, from) };
        row * self.columns.len() + column - self.rows.len()
    }

    /// Whether an arc stands for a seat more: it leads from a row to a column.
    pub(super) fn adds(&self, (from, _): (usize, usize)) -> bool {
        from < self.rows.len()
    }

    /// The most arcs that a cycle through different nodes can have.
    pub(super) fn longest_cycle(&self) -> usize {
        2 * self.rows.len().min(self.columns.len())
    }

    pub(super) fn largest_line(&self) -> u64 {
        self.rows.iter().chain(self.columns).copied().max().unwrap_or(0)
    }

    /// Whether one seat is not well told from the next by logarithms of votes.
    pub(super) fn is_large(&self) -> bool {
        self.largest_line() >= 1 << 30
    }

    /// Refuses a line whose bounds alone leave it too few seats, or take too many.
    pub(super) fn check_lines(&self) -> Result<(), Error> {
        let width = self.columns.len();
        let of_row = |bounds: &[u64], row: usize| sum(&bounds[row * width..(row + 1) * width]);
        let of_column = |bounds: &[u64], column: usize| sum(bounds.iter().skip(column).step_by(width));
        for (row, &seats) in self.rows.iter().enumerate() {
            check_minimums("party", row, of_row(&self.least, row), seats)?;
        }
        for (column, &seats) in self.columns.iter().enumerate() {
            check_minimums("district", column, of_column(&self.least, column), seats)?;
        }
        for (row, &seats) in self.rows.iter().enumerate() {
            if of_row(&self.most, row) < seats.into() {
                return Err(Infeasible::new(self, &[row], &[]).into());
            }
        }
        for (column, &seats) in self.columns.iter().enumerate() {
            if of_column(&self.most, column) < seats.into() {
                return Err(Infeasible::too_few_for(self, column).into());
            }
        }
        Ok(())
    }
}

fn check_minimums(kind: &'static str, index: usize, minimums: u128, seats: u64) -> Result<(), Error> {
    if minimums > seats.into() {
        return Err(Error::LineMinimums { line: format!("{kind} {}", index + 1), minimums, seats });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_is_large_from_2_to_the_30_seats_of_a_line_on() {
        let is_large = |seats: u64| Matrix::new(&[5, 3], &[seats], &[seats, 0]).check_shape().unwrap().is_large();
        assert_eq!([0, 1 << 29, (1 << 30) - 1, 1 << 30, u64::MAX].map(is_large), [false, false, false, true, true]);
    }

    #[test]
    fn a_cycle_goes_through_no_line_twice() {
        let votes = [1; 12];
        let longest = |parties: &[u64], districts: &[u64]| {
            Matrix::new(&votes, parties, districts).check_shape().unwrap().longest_cycle()
        };
        assert_eq!([longest(&[4; 3], &[3; 4]), longest(&[6; 2], &[2; 6]), longest(&[12], &[1; 12])], [6, 4, 2]);
    }
}

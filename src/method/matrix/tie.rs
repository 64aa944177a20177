//! Ties between cells: seats that may go to one set of cells or to another, with the same product of quotients.

use core::fmt;
use core::hash::{Hash, Hasher};

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::components::{Arc, components};

/// Cells that are tied, each for at most one seat, and the seats left among them for every party and every district.
///
/// Every way to give each of its parties and districts its seats is an outcome. Ties of one allocation have no party and no
/// district in common, so that what is drawn in one changes nothing in another.
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// let allocation = Matrix::new(&[10, 10, 10, 10], &[1, 1], &[1, 1]).solve()?;
/// let tie = &allocation.ties()[0];
/// assert_eq!(tie.cells(), [(0, 0), (0, 1), (1, 0), (1, 1)]); // party, district
/// assert_eq!(tie.parties(), [(0, 1), (1, 1)]); // one seat for each party
/// assert_eq!(tie.outcome_count(1_000), Some(2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CellTie {
    /// By party, then by district.
    cells: Vec<(usize, usize)>,
    /// The parties and the districts, each with its seats.
    parties: Vec<(usize, u64)>,
    districts: Vec<(usize, u64)>,
    /// Whether a cell gets a seat in one of the outcomes.
    one: Vec<bool>,
}

/// Cells and seats say all; which outcome is at hand does not matter.
impl PartialEq for CellTie {
    fn eq(&self, other: &Self) -> bool {
        (&self.cells, &self.parties, &self.districts) == (&other.cells, &other.parties, &other.districts)
    }
}

impl Eq for CellTie {}

impl Hash for CellTie {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.cells, &self.parties, &self.districts).hash(state);
    }
}

impl CellTie {
    /// The tie of these cells, in any order, with one of its outcomes.
    pub(super) fn new(mut cells: Vec<((usize, usize), bool)>) -> Self {
        cells.sort_unstable();
        let (cells, one): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
        let seats = |line: fn(&(usize, usize)) -> usize| {
            let mut lines: Vec<(usize, u64)> = Vec::new();
            for (cell, &given) in cells.iter().zip(&one) {
                let line = line(cell);
                match lines.iter_mut().find(|(known, _)| *known == line) {
                    Some((_, seats)) => *seats += u64::from(given),
                    None => lines.push((line, given.into())),
                }
            }
            lines.sort_unstable();
            lines
        };
        let (parties, districts) = (seats(|cell| cell.0), seats(|cell| cell.1));
        Self { cells, parties, districts, one }
    }

    /// The cells, as (party, district), by party and then by district.
    #[must_use]
    pub fn cells(&self) -> &[(usize, usize)] {
        &self.cells
    }

    /// The parties with the seats left to each of them in these cells.
    #[must_use]
    pub fn parties(&self) -> &[(usize, u64)] {
        &self.parties
    }

    /// The districts with the seats left to each of them in these cells.
    #[must_use]
    pub fn districts(&self) -> &[(usize, u64)] {
        &self.districts
    }

    /// Every outcome, as the cells that get a seat, one after the other as they are asked for.
    ///
    /// # Examples
    /// ```
    /// use apportion::matrix::Matrix;
    ///
    /// let allocation = Matrix::new(&[10, 10, 10, 10], &[1, 1], &[1, 1]).solve()?;
    /// let outcomes: Vec<_> = allocation.ties()[0].outcomes().collect();
    /// assert_eq!(outcomes, [[(0, 0), (1, 1)], [(0, 1), (1, 0)]]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn outcomes(&self) -> CellOutcomes<'_> {
        let board = Board::new(&self.cells);
        let mut first = self.one.clone();
        board.advance(&mut first, 0);
        CellOutcomes { tie: self, board, next: Some(first) }
    }

    /// How many outcomes there are, or `None` if more than `limit`. Counts one by one, so choose the limit accordingly.
    #[must_use]
    pub fn outcome_count(&self, limit: u64) -> Option<u64> {
        let mut count = 0;
        for _ in self.outcomes() {
            if count == limit {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// One of the outcomes, as whether each cell gets a seat.
    pub(super) fn one(&self) -> &[bool] {
        &self.one
    }

    /// What is left of the tie when the cells at `drawn` get their seats: every cell's seat in an outcome that gives them, and
    /// the ties that stay open. `Err` with the first drawn cell that no outcome gives a seat together with those before.
    pub(super) fn narrow(&self, drawn: &[usize]) -> Result<(Vec<bool>, Vec<Self>), usize> {
        let board = Board::new(&self.cells);
        let mut given = self.one.clone();
        let mut free = vec![true; given.len()];
        for &at in drawn {
            if !given[at] && !board.turn(&mut given, at, &free) {
                return Err(at);
            }
            free[at] = false;
        }
        let component = components(board.nodes, &board.arcs(&given, &free));
        let mut groups: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for (at, &(row, column)) in board.cells.iter().enumerate() {
            let number = component[row];
            if !free[at] || number != component[column] {
                continue;
            }
            groups.entry(number).or_default().push((self.cells[at], given[at]));
        }
        Ok((given, groups.into_values().map(Self::new).collect()))
    }
}

impl fmt::Display for CellTie {
    /// Parties and districts are counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seats: u64 = self.parties.iter().map(|&(_, seats)| seats).sum();
        let cells: Vec<String> = self.cells.iter().map(|&cell| cell_name(cell)).collect();
        write!(f, "{seats} seats are tied among {}", cells.join(", "))
    }
}

/// A cell in words, counted from 1.
pub(super) fn cell_name((party, district): (usize, usize)) -> String {
    ["party ", &(party + 1).to_string(), " in district ", &(district + 1).to_string()].concat()
}

/// Every outcome of a [`CellTie`].
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// let allocation = Matrix::new(&[10, 10, 10, 10], &[1, 1], &[1, 1]).solve()?;
/// let mut outcomes = allocation.ties()[0].outcomes();
/// // The cells that get a seat, as party and district.
/// assert_eq!(outcomes.next(), Some(vec![(0, 0), (1, 1)]));
/// assert_eq!(outcomes.next(), Some(vec![(0, 1), (1, 0)]));
/// assert_eq!(outcomes.next(), None);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CellOutcomes<'a> {
    tie: &'a CellTie,
    board: Board,
    next: Option<Vec<bool>>,
}

impl CellOutcomes<'_> {
    /// The next outcome as whether each cell gets a seat.
    pub(super) fn next_given(&mut self) -> Option<Vec<bool>> {
        let given = self.next.take()?;
        let mut following = given.clone();
        if self.board.follow(&mut following) {
            self.next = Some(following);
        }
        Some(given)
    }
}

impl Iterator for CellOutcomes<'_> {
    type Item = Vec<(usize, usize)>;

    fn next(&mut self) -> Option<Self::Item> {
        let given = self.next_given()?;
        Some(self.tie.cells.iter().zip(given).filter(|(_, given)| *given).map(|(&cell, _)| cell).collect())
    }
}

impl core::iter::FusedIterator for CellOutcomes<'_> {}

/// The cells of a tie as arcs between rows and columns that are numbered without gaps, rows before columns.
#[derive(Clone, Debug)]
struct Board {
    nodes: usize,
    cells: Vec<(usize, usize)>,
}

impl Board {
    fn new(cells: &[(usize, usize)]) -> Self {
        let distinct = |line: fn(&(usize, usize)) -> usize| {
            let mut lines: Vec<usize> = cells.iter().map(line).collect();
            lines.sort_unstable();
            lines.dedup();
            lines
        };
        let (rows, columns) = (distinct(|cell| cell.0), distinct(|cell| cell.1));
        let place = |lines: &[usize], line| lines.partition_point(|&known| known < line);
        let numbered = cells.iter().map(|&(row, column)| (place(&rows, row), rows.len() + place(&columns, column)));
        Self { nodes: rows.len() + columns.len(), cells: numbered.collect() }
    }

    /// How seats can move among the free cells: along an empty one from its row, along a full one back.
    fn arcs(&self, given: &[bool], free: &[bool]) -> Vec<Arc> {
        let cells = self.cells.iter().zip(given).zip(free).filter(|(_, free)| **free);
        cells.map(|((&(row, column), &given), _)| if given { (column, row) } else { (row, column) }).collect()
    }

    /// Gives the cell at `at` a seat, or takes it, by moves through free cells; says whether that can be.
    fn turn(&self, given: &mut [bool], at: usize, free: &[bool]) -> bool {
        let (row, column) = self.cells[at];
        // A seat more is a move from row to column: others must lead back.
        let (start, end) = if given[at] { (row, column) } else { (column, row) };
        let mut by = vec![None; self.nodes];
        let mut reached = vec![false; self.nodes];
        reached[start] = true;
        let mut grown = true;
        while grown && !reached[end] {
            grown = false;
            for (cell, &(row, column)) in self.cells.iter().enumerate() {
                let (from, to) = if given[cell] { (column, row) } else { (row, column) };
                if free[cell] && cell != at && reached[from] && !reached[to] {
                    reached[to] = true;
                    by[to] = Some((cell, from));
                    grown = true;
                }
            }
        }
        if !reached[end] {
            return false;
        }
        let mut node = end;
        while let Some((cell, from)) = by[node] {
            given[cell] = !given[cell];
            node = from;
        }
        given[at] = !given[at];
        true
    }

    /// The first outcome, in which early cells have seats rather than late ones, that agrees before cell `from`.
    fn advance(&self, given: &mut [bool], from: usize) {
        let mut free: Vec<bool> = (0..given.len()).map(|cell| cell >= from).collect();
        for at in from..given.len() {
            if !given[at] {
                self.turn(given, at, &free);
            }
            free[at] = false;
        }
    }

    /// The next outcome in that order, if there is one.
    fn follow(&self, given: &mut [bool]) -> bool {
        let mut free = vec![false; given.len()];
        for at in (0..given.len()).rev() {
            if given[at] && self.turn(given, at, &free) {
                self.advance(given, at + 1);
                return true;
            }
            free[at] = true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use core::hash::BuildHasher;

    use super::*;

    #[test]
    fn ties_are_equal_by_their_cells_and_seats_whichever_outcome_is_at_hand() {
        let tie = |given: [bool; 4]| {
            let cells = [(0, 0), (0, 1), (1, 0), (1, 1)];
            CellTie::new(cells.into_iter().zip(given).collect())
        };
        let (one, other) = (tie([true, false, false, true]), tie([false, true, true, false]));
        assert_eq!(one, other);
        let both = tie([true, true, true, true]);
        assert_ne!(one, both);
        let elsewhere = CellTie::new(vec![((0, 0), true), ((0, 2), false), ((1, 0), false), ((1, 2), true)]);
        assert_ne!(one, elsewhere);
        let hasher = std::hash::RandomState::new();
        assert_eq!(hasher.hash_one(&one), hasher.hash_one(&other));
        assert_ne!(hasher.hash_one(&one), hasher.hash_one(&both));
    }
}

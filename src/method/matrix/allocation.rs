//! The answer: the seats of every cell that are certain, and the ties between cells that are open.

use core::fmt;

use alloc::string::ToString;
use alloc::vec::Vec;

use super::tie::{CellOutcomes, CellTie, cell_name};
use crate::error::Error;

/// Seats by party and district: those that are certain, and ties between cells.
///
/// Tables are flat, one party after the other, as they were given.
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// // F. Pukelsheim's example of a tie between eight cells.
/// let votes = [20, 50, 50, 50, 20, 20, 50, 20, 20];
/// let allocation = Matrix::new(&votes, &[1, 1, 1], &[1, 1, 1]).solve()?;
/// assert_eq!(allocation.certain(), [0; 9]);
/// assert_eq!(allocation.ties()[0].cells().len(), 8);
/// assert_eq!(allocation.outcome_count(1_000), Some(4));
/// assert!(allocation.seats().is_err()); // while a tie is open
///
/// // Lots drawn by hand: the first party's seat is in the second district.
/// let allocation = allocation.settle(&[(0, 1)])?;
/// assert_eq!(allocation.outcome_count(1_000), Some(2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MatrixAllocation {
    districts: usize,
    certain: Vec<u64>,
    ties: Vec<CellTie>,
}

impl MatrixAllocation {
    pub(super) const fn new(districts: usize, certain: Vec<u64>, ties: Vec<CellTie>) -> Self {
        Self { districts, certain, ties }
    }

    /// No seats for anyone.
    pub(crate) fn none(districts: usize, cells: usize) -> Self {
        Self { districts, certain: alloc::vec![0; cells], ties: Vec::new() }
    }

    /// The seats of every cell that are certain, whatever becomes of the ties.
    #[must_use]
    pub fn certain(&self) -> &[u64] {
        &self.certain
    }

    /// The certain seats of one party, district by district; empty for a party that is none.
    #[must_use]
    pub fn party(&self, party: usize) -> &[u64] {
        self.certain.chunks_exact(self.districts).nth(party).unwrap_or(&[])
    }

    /// The ties, with no party and no district in common.
    #[must_use]
    pub fn ties(&self) -> &[CellTie] {
        &self.ties
    }

    /// How many districts there are.
    #[must_use]
    pub const fn districts(&self) -> usize {
        self.districts
    }

    /// The seats of every cell, where no tie is open.
    ///
    /// # Errors
    /// [`Error::OpenCellTies`] while a tie is open: four cells of 10 votes, and one seat a line.
    pub fn seats(&self) -> Result<&[u64], Error> {
        if self.ties.is_empty() {
            return Ok(&self.certain);
        }
        Err(Error::OpenCellTies { ties: self.ties.clone() })
    }

    /// Every matrix that may come out, one after the other as they are asked for.
    #[must_use]
    pub fn outcomes(&self) -> MatrixOutcomes<'_> {
        let mut ways: Vec<CellOutcomes<'_>> = self.ties.iter().map(CellTie::outcomes).collect();
        let given = ways.iter_mut().filter_map(CellOutcomes::next_given).collect();
        MatrixOutcomes { allocation: self, ways, given: Some(given) }
    }

    /// How many matrices may come out, or `None` if more than `limit`. Counts the outcomes of each tie one by one.
    #[must_use]
    pub fn outcome_count(&self, limit: u64) -> Option<u64> {
        self.ties.iter().try_fold(1_u64, |count, tie| {
            let left = limit.checked_div(count)?;
            count.checked_mul(tie.outcome_count(left)?)
        })
    }

    /// Gives seats to cells that were drawn by lot, as (party, district), and what follows from that.
    ///
    /// Not every cell of an outcome needs to be drawn: what no outcome can change any more is certain, the rest stays a tie.
    ///
    /// # Errors
    /// [`Error::DrawnCell`] for a cell that is in no tie, that is drawn twice, or that has no seat in any outcome together
    /// with those drawn before it.
    pub fn settle(&self, drawn: &[(usize, usize)]) -> Result<Self, Error> {
        let fail = |cell, reason| Err(Error::DrawnCell { cell: cell_name(cell), reason });
        let mut by_tie: Vec<Vec<usize>> = self.ties.iter().map(|_| Vec::new()).collect();
        for (at, &cell) in drawn.iter().enumerate() {
            if drawn[..at].contains(&cell) {
                return fail(cell, "it is drawn twice");
            }
            let place = self
                .ties
                .iter()
                .zip(&mut by_tie)
                .find_map(|(tie, drawn)| tie.cells().binary_search(&cell).ok().map(|place| (place, drawn)));
            match place {
                Some((place, drawn)) => drawn.push(place),
                None => return fail(cell, "it is in no tie"),
            }
        }
        let (mut certain, mut ties) = (self.certain.clone(), Vec::new());
        for (tie, drawn) in self.ties.iter().zip(by_tie) {
            match tie.narrow(&drawn) {
                Err(place) => {
                    return fail(tie.cells()[place], "no outcome gives it a seat with the cells drawn before it");
                }
                Ok((given, open)) => {
                    for (&cell, given) in tie.cells().iter().zip(given) {
                        let still = open.iter().any(|tie| tie.cells().binary_search(&cell).is_ok());
                        if given && !still {
                            certain[self.cell(cell)] += 1;
                        }
                    }
                    ties.extend(open);
                }
            }
        }
        Ok(Self { districts: self.districts, certain, ties })
    }

    fn cell(&self, (party, district): (usize, usize)) -> usize {
        party * self.districts + district
    }

    /// The matrix with these seats of each tie.
    fn with(&self, given: &[Vec<bool>]) -> Vec<u64> {
        let mut seats = self.certain.clone();
        for (tie, given) in self.ties.iter().zip(given) {
            for (&cell, &given) in tie.cells().iter().zip(given) {
                seats[self.cell(cell)] += u64::from(given);
            }
        }
        seats
    }

    /// One of the matrices that may come out.
    pub(super) fn any(&self) -> Vec<u64> {
        let one: Vec<Vec<bool>> = self.ties.iter().map(|tie| tie.one().to_vec()).collect();
        self.with(&one)
    }
}

impl fmt::Display for MatrixAllocation {
    /// A line of seats for every party, then the ties.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.certain.iter().map(|seats| seats.to_string().len()).max().unwrap_or(1);
        for (index, party) in self.certain.chunks_exact(self.districts).enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            for (district, seats) in party.iter().enumerate() {
                let gap = if district > 0 { " " } else { "" };
                write!(f, "{gap}{seats:>width$}")?;
            }
        }
        self.ties.iter().try_for_each(|tie| write!(f, "\n{tie}"))
    }
}

/// Every matrix that may come out of a [`MatrixAllocation`].
///
/// # Examples
/// ```
/// use apportion::matrix::Matrix;
///
/// let allocation = Matrix::new(&[10, 10, 10, 10], &[1, 1], &[1, 1]).solve()?;
/// let outcomes: Vec<Vec<u64>> = allocation.outcomes().collect();
/// assert_eq!(outcomes, [[1, 0, 0, 1], [0, 1, 1, 0]]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MatrixOutcomes<'a> {
    allocation: &'a MatrixAllocation,
    /// What is left of each tie's outcomes, and the one that is next.
    ways: Vec<CellOutcomes<'a>>,
    given: Option<Vec<Vec<bool>>>,
}

impl Iterator for MatrixOutcomes<'_> {
    type Item = Vec<u64>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut given = self.given.take()?;
        let seats = self.allocation.with(&given);
        // As a counter turns: the last tie first, and those that are through begin again.
        for (place, tie) in self.allocation.ties().iter().enumerate().rev() {
            if let Some(next) = self.ways[place].next_given() {
                given[place] = next;
                self.given = Some(given);
                break;
            }
            self.ways[place] = tie.outcomes();
            given[place] = self.ways[place].next_given().unwrap_or_default();
        }
        Some(seats)
    }
}

impl core::iter::FusedIterator for MatrixOutcomes<'_> {}

//! The record of a matrix: everything that it was solved from, and the answer.

use alloc::vec::Vec;

use super::cells::Cells;
use crate::allocation::TieBreak;
use crate::count::{PartyId, PlaceId};
use crate::error::Error;
use crate::method::Divisors;
use crate::method::matrix::{Matrix, MatrixAllocation, PrintedDivisors, Verdict};

/// A drawing of lots for cells: the tie-break, the cells that it names, and the seats before it.
pub(crate) type Lot = (TieBreak<alloc::string::String>, Vec<(usize, usize)>, MatrixAllocation);

/// Seats by party and district with both sums given. Tables are flat, one party after the other.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::{Biproportional, Record};
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 123), ("B", 912), ("C", 312)])?).with_seats(7),
///     Place::district("Centre", Tally::from_votes([("A", 45), ("B", 714), ("C", 255)])?).with_seats(5),
///     Place::district("South", Tally::from_votes([("A", 815), ("B", 414), ("C", 215)])?).with_seats(8),
/// ])?;
/// let outcome = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 20).apply(&count)?;
/// let [.., Record::Matrix(matrix)] = outcome.trace().records() else { unreachable!() };
/// assert_eq!((&matrix.party_seats[..], &matrix.district_seats[..]), (&[5, 11, 4][..], &[7, 5, 8][..]));
/// assert_eq!(matrix.allocation.party(0), [1, 0, 4]);
/// // Others can solve it again.
/// assert_eq!(matrix.matrix().solve()?, matrix.allocation);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MatrixRecord {
    /// The tier.
    pub tier: usize,
    /// The place whose districts these are.
    pub place: PlaceId,
    /// The parties that took part; rows of what follows.
    pub parties: Vec<PartyId>,
    /// The districts; columns of what follows.
    pub districts: Vec<PlaceId>,
    /// Votes.
    pub votes: Vec<u64>,
    /// The seats of every party.
    pub party_seats: Vec<u64>,
    /// The seats of every district.
    pub district_seats: Vec<u64>,
    /// The divisors.
    pub divisors: Divisors,
    /// The least seats of every cell.
    pub minimums: Vec<u64>,
    /// The most seats of every cell.
    pub maximums: Vec<Option<u64>>,
    /// The seats, and the ties that lots have left open.
    pub allocation: MatrixAllocation,
    pub(crate) lots: Vec<Lot>,
}

impl MatrixRecord {
    /// A record to be solved.
    pub(super) fn new(tier: usize, cells: &Cells, party_seats: Vec<u64>, divisors: Divisors) -> Self {
        Self {
            tier,
            place: cells.place,
            parties: cells.parties.clone(),
            districts: cells.districts.clone(),
            votes: cells.votes.clone(),
            party_seats,
            district_seats: cells.district_seats.clone(),
            divisors,
            minimums: cells.minimums.clone(),
            maximums: cells.maximums.clone(),
            allocation: MatrixAllocation::none(cells.districts.len(), cells.votes.len()),
            lots: Vec::new(),
        }
    }

    pub(super) fn solve(&mut self) -> Result<(), Error> {
        self.allocation = self.matrix().solve()?;
        Ok(())
    }

    /// The matrix that was asked for.
    #[must_use]
    pub fn matrix(&self) -> Matrix<'_> {
        Matrix::new(&self.votes, &self.party_seats, &self.district_seats)
            .divisors(self.divisors.clone())
            .minimums(&self.minimums[..])
            .maximums(&self.maximums[..])
    }

    /// The divisors to print beside and below the seats.
    ///
    /// # Errors
    /// As [`Matrix::divisors_to_print`], for instance [`Error::NoDivisors`] where the first divisor is 0 and a list with
    /// votes has no seat.
    pub fn printed_divisors(&self) -> Result<PrintedDivisors, Error> {
        self.matrix().divisors_to_print(&self.allocation)
    }

    /// Whether a cell has seats by its minimum alone: with a minimum lower by one they would not be right. No quotient is
    /// rounded to such seats.
    #[must_use]
    pub fn is_held_up(&self, party: usize, district: usize) -> bool {
        let cell = party * self.districts.len() + district;
        let Some(seats) = self.allocation.outcomes().next() else { return false };
        let minimum = self.minimums.get(cell).copied().unwrap_or(0);
        if minimum == 0 || seats[cell] != minimum {
            return false;
        }
        let mut lower = self.minimums.clone();
        lower[cell] -= 1;
        !matches!(self.matrix().minimums(lower).verify(&seats), Ok(Verdict::Only | Verdict::OneOf(_)))
    }

    /// Whether these seats are right, by the cycles of changes alone: nothing is solved again.
    ///
    /// # Errors
    /// As [`Matrix::verify`], for instance [`Error::ClaimedLine`] for seats with other sums.
    pub fn verify(&self, seats: &[u64]) -> Result<Verdict, Error> {
        self.matrix().verify(seats)
    }
}

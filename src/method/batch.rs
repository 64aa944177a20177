//! Many elections of the same parties in one call, for simulations and forecasts.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{AllocationMethod, Scratch};
use crate::Error;
use crate::tie::Tie;

/// The tie that one election of many ended in.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
///
/// // Two elections of two parties; in the second the last seat is tied.
/// let mut seats = [0; 4];
/// let ties = AllocationMethod::D_HONDT.allocate_rows(&[30, 9, /**/ 10, 10], 2, 3, &mut seats)?;
/// assert_eq!((ties[0].row, ties[0].tie.parties(), ties[0].tie.seats()), (1, &[0, 1][..], 1));
/// assert_eq!(seats[2..], [1, 1]); // what is certain
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowTie {
    /// The election, counted from 0.
    pub row: usize,
    /// Its open tie.
    pub tie: Tie,
}

impl AllocationMethod {
    /// Gives out `seats` seats in each of many elections of the same `parties` parties.
    ///
    /// `votes` holds the elections one after another, `parties` numbers each, and `out` receives the certain seats in the
    /// same places. What is returned are the open ties, few or none as a rule, in the order of their elections.
    ///
    /// # Errors
    /// - [`Error::NoParties`] if `parties` is 0, [`Error::WrongLength`] if `votes` is not a whole number of elections
    ///   or `out` not as long as `votes`.
    /// - [`Error::InRow`] for the first election that has no answer, such as one without votes. `out` holds nothing of use
    ///   then.
    ///
    /// # Examples
    /// ```
    /// use apportion::AllocationMethod;
    ///
    /// let votes = [60, 30, 10, /**/ 50, 40, 10, /**/ 45, 45, 10];
    /// let mut seats = [0; 9];
    /// let ties = AllocationMethod::SAINTE_LAGUE.allocate_rows(&votes, 3, 9, &mut seats)?;
    /// assert_eq!(seats[..6], [5, 3, 1, /**/ 4, 4, 1]);
    /// assert!(ties.is_empty());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn allocate_rows(
        &self,
        votes: &[u64],
        parties: usize,
        seats: u64,
        out: &mut [u64],
    ) -> Result<Vec<RowTie>, Error> {
        check_shape(votes, parties, out)?;
        self.rows_from(0, votes, parties, seats, out)
    }

    /// [`allocate_rows`](Self::allocate_rows) on all cores, with the same answer.
    ///
    /// # Errors
    /// As [`allocate_rows`](Self::allocate_rows).
    ///
    /// # Examples
    /// ```
    /// use apportion::AllocationMethod;
    ///
    /// let mut seats = [0; 4];
    /// let ties = AllocationMethod::D_HONDT.allocate_rows_in_parallel(&[10, 10, 30, 9], 2, 3, &mut seats)?;
    /// assert_eq!((ties[0].row, ties[0].tie.seats()), (0, 1));
    /// assert_eq!(seats, [1, 1, 3, 0]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[cfg(feature = "rayon")]
    pub fn allocate_rows_in_parallel(
        &self,
        votes: &[u64],
        parties: usize,
        seats: u64,
        out: &mut [u64],
    ) -> Result<Vec<RowTie>, Error> {
        use rayon::prelude::*;

        check_shape(votes, parties, out)?;
        // Some 100 µs of work each, so that sharing it out costs nothing next to it.
        let rows = (16_384 / parties).max(1);
        let results: Vec<Result<Vec<RowTie>, Error>> = votes
            .par_chunks(rows * parties)
            .zip(out.par_chunks_mut(rows * parties))
            .enumerate()
            .map(|(part, (votes, out))| self.rows_from(part * rows, votes, parties, seats, out))
            .collect();
        // The first error by row, whichever core was faster.
        let mut ties = Vec::new();
        for result in results {
            ties.append(&mut result?);
        }
        Ok(ties)
    }

    /// Elections of which the first is number `first`; the shape is checked.
    fn rows_from(
        &self,
        first: usize,
        votes: &[u64],
        parties: usize,
        seats: u64,
        out: &mut [u64],
    ) -> Result<Vec<RowTie>, Error> {
        let (mut scratch, mut ties) = (Scratch::new(), Vec::new());
        let mut row = 0;
        loop {
            // As many as a kernel is certain of, and then one of which it is not.
            let at = row * parties;
            row += self.certain_rows(&votes[at..], parties, seats, &mut out[at..], &mut scratch);
            let one = row * parties..(row + 1) * parties;
            if one.start == votes.len() {
                return Ok(ties);
            }
            match self.allocate_doubtful(&votes[one.clone()], seats, &mut out[one], &mut scratch) {
                Ok(None) => {}
                Ok(Some(tie)) => ties.push(RowTie { row: first + row, tie: tie.into() }),
                Err(error) => return Err(Error::InRow { row: first + row, error: Box::new(error) }),
            }
            row += 1;
        }
    }
}

fn check_shape(votes: &[u64], parties: usize, out: &[u64]) -> Result<(), Error> {
    if parties == 0 {
        return Err(Error::NoParties);
    }
    let over = votes.len() % parties;
    if over > 0 {
        return Err(Error::WrongLength { what: "votes in the last election", parties, found: over });
    }
    if out.len() != votes.len() {
        return Err(Error::WrongLength { what: "seats to write", parties: votes.len(), found: out.len() });
    }
    Ok(())
}

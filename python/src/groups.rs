//! Many elections of different parties, one after another in one column of numpy's.

use apportion::{AllocationMethod, Error, Scratch};
use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::prelude::*;

use crate::error::refused_at;
use crate::method::with_method;
use crate::rows::OpenTie;

/// The certain seats of each row of a column, and the open ties with their parties as rows of it.
///
/// Group `g` has `seats[g]` seats and the rows from `starts[g]` up to `starts[g + 1]`, the last one those up to the end.
#[pyfunction]
pub(crate) fn groups<'py>(
    py: Python<'py>,
    votes: PyReadonlyArray1<'py, u64>,
    starts: PyReadonlyArray1<'py, u64>,
    seats: PyReadonlyArray1<'py, u64>,
    method: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyArray1<u64>>, Vec<OpenTie>)> {
    let (votes, starts, seats) = (votes.as_slice()?, starts.as_slice()?, seats.as_slice()?);
    let out = PyArray1::<u64>::zeros(py, [votes.len()], false);
    let mut writing = out.readwrite();
    let target = writing.as_slice_mut()?;
    let ties = with_method(method, |method| {
        py.detach(|| all(method, votes, starts, seats, target)).map_err(|(group, error)| refused_at(py, group, error))
    })?;
    drop(writing);
    Ok((out, ties))
}

/// The open ties, or the first group without an answer.
fn all(
    method: &AllocationMethod,
    votes: &[u64],
    starts: &[u64],
    seats: &[u64],
    out: &mut [u64],
) -> Result<Vec<OpenTie>, (usize, Error)> {
    let (mut scratch, mut ties) = (Scratch::new(), Vec::new());
    for (group, (&start, &seats)) in starts.iter().zip(seats).enumerate() {
        let end = starts.get(group + 1).map_or(votes.len(), |&end| place(end, votes.len()));
        let rows = place(start, end)..end;
        let tie = method.allocate_into(&votes[rows.clone()], seats, &mut out[rows.clone()], &mut scratch);
        if let Some(tie) = tie.map_err(|error| (group, error))? {
            ties.push((group, tie.parties().iter().map(|party| rows.start + party).collect(), tie.seats()));
        }
    }
    Ok(ties)
}

/// A row's number as an index, at most `end`.
fn place(row: u64, end: usize) -> usize {
    usize::try_from(row).map_or(end, |row| row.min(end))
}

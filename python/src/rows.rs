//! Many elections of the same parties, read where numpy has them.

use apportion::Error;
use numpy::{PyArray2, PyArrayMethods, PyReadonlyArray2, PyUntypedArrayMethods};
use pyo3::prelude::*;

use crate::error::{refused, refused_at, whole};
use crate::method::with_method;

/// An open tie: the row, the numbers of the tied columns, and the seats left among them.
pub(crate) type OpenTie = (usize, Vec<usize>, u64);

/// The certain seats of each row of a C-contiguous array, and the open ties.
#[pyfunction]
pub(crate) fn rows<'py>(
    py: Python<'py>,
    votes: PyReadonlyArray2<'py, u64>,
    seats: &Bound<'py, PyAny>,
    method: &Bound<'py, PyAny>,
    parallel: bool,
) -> PyResult<(Bound<'py, PyArray2<u64>>, Vec<OpenTie>)> {
    let seats = whole("seats", seats)?;
    let parties = votes.shape()[1];
    let out = PyArray2::<u64>::zeros(py, [votes.shape()[0], parties], false);
    let mut writing = out.readwrite();
    let (votes, target) = (votes.as_slice()?, writing.as_slice_mut()?);
    let ties = with_method(method, |method| {
        let ties = py.detach(|| match parallel {
            true => method.allocate_rows_in_parallel(votes, parties, seats, target),
            false => method.allocate_rows(votes, parties, seats, target),
        });
        ties.map_err(|error| match error {
            Error::InRow { row, error } => refused_at(py, row, error),
            error => refused(error),
        })
    })?;
    drop(writing);
    Ok((out, ties.into_iter().map(|open| (open.row, open.tie.parties().to_vec(), open.tie.seats())).collect()))
}

//! Many elections of the same parties, read where numpy has them: by a method, or by a law made ready for them.

use apportion::Error;
use apportion::rule::RowLeft;
use numpy::{PyArray2, PyArrayMethods, PyReadonlyArray2, PyUntypedArrayMethods};
use pyo3::prelude::*;

use crate::election::Document;
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

/// A column of votes or seats: a place, which is "" for the nation, and a party.
type Column = (String, String);

/// The columns of votes and those of seats of a law made ready for an election.
#[pyfunction]
pub(crate) fn prepared_columns(document: &Document) -> PyResult<(Vec<Column>, Vec<Column>)> {
    let prepared = document.election.rule.prepare(&document.election.count).map_err(refused)?;
    let named = |(place, party): (&str, &str)| (place.to_string(), party.to_string());
    Ok((prepared.inputs().map(named).collect(), prepared.outputs().map(named).collect()))
}

/// The certain seats of each row, open ties, other rows that are open, and rows without an answer.
type Drawn<'py> = (Bound<'py, PyArray2<u64>>, Vec<OpenTie>, Vec<usize>, Vec<(usize, String)>);

/// A law applied to each row of a C-contiguous array.
#[pyfunction]
pub(crate) fn prepared_rows<'py>(
    py: Python<'py>,
    document: &Document,
    votes: PyReadonlyArray2<'py, u64>,
    parallel: bool,
) -> PyResult<Drawn<'py>> {
    let mut prepared = document.election.rule.prepare(&document.election.count).map_err(refused)?;
    let out = PyArray2::<u64>::zeros(py, [votes.shape()[0], prepared.seats()], false);
    let mut writing = out.readwrite();
    let (votes, target) = (votes.as_slice()?, writing.as_slice_mut()?);
    let left = py.detach(|| match parallel {
        true => prepared.apply_rows_in_parallel(votes, target),
        false => prepared.apply_rows(votes, target),
    });
    drop(writing);
    let (mut ties, mut open, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for left in left.map_err(refused)? {
        match left {
            RowLeft::Tie { row, tie } => ties.push((row, tie.parties().to_vec(), tie.seats())),
            RowLeft::Error { row, error } => errors.push((row, error.to_string())),
            other => open.push(other.row()),
        }
    }
    Ok((out, ties, open, errors))
}

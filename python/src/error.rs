//! Exceptions, and whole numbers read so that an error names the value and its place.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

pyo3::create_exception!(
    apportion,
    ApportionError,
    PyValueError,
    "An input without an answer; the text names the value and the place."
);
pyo3::create_exception!(
    apportion,
    TieError,
    ApportionError,
    "Seats were asked for while a tie is open. `parties` are tied for `left` seats."
);

/// An error of the library as Python's.
pub(crate) fn refused(error: impl std::fmt::Display) -> PyErr {
    ApportionError::new_err(error.to_string())
}

/// An error in one of many elections, with its number in the attribute `place`.
pub(crate) fn refused_at(py: Python<'_>, place: usize, error: impl std::fmt::Display) -> PyErr {
    let error = refused(error);
    match error.value(py).setattr("place", place) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// An open tie as an exception, with its parties and seats as attributes.
pub(crate) fn tied(py: Python<'_>, tie: &apportion::Tie) -> PyErr {
    let error = TieError::new_err(tie.to_string());
    let value = error.value(py);
    match value.setattr("parties", tie.parties().to_vec()).and_then(|()| value.setattr("left", tie.seats())) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// A whole number from 0 to 2^64 - 1.
pub(crate) fn whole(place: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    value.extract().map_err(|_| unusable(place, value))
}

/// Votes from any sequence of whole numbers.
pub(crate) fn votes(values: &Bound<'_, PyAny>) -> PyResult<Vec<u64>> {
    // The fast way first; where it fails, item by item to find the one to name.
    if let Ok(votes) = values.extract() {
        return Ok(votes);
    }
    let items = values.try_iter().map_err(|_| not_votes(values))?;
    let mut votes = Vec::new();
    for (index, value) in items.enumerate() {
        votes.push(whole(&format!("votes[{index}]"), &value?)?);
    }
    // What can be gone through but is no sequence has no order to rely on: a set, or a dictionary's names.
    Err(not_votes(values))
}

fn not_votes(values: &Bound<'_, PyAny>) -> PyErr {
    let found = values.get_type().name().map_or_else(|_| "something else".into(), |name| name.to_string());
    PyTypeError::new_err(format!("votes must be a sequence of whole numbers, not {found}"))
}

/// Names a value that is no number of votes or seats.
fn unusable(place: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let text = value.repr().map_or_else(|_| "a value".into(), |text| text.to_string());
    let text = format!("{place} is {text}, but must be a whole number from 0 to 2^64 - 1");
    // An integer that does not fit, or something that is no integer.
    match value.call_method0("__index__") {
        Ok(_) => ApportionError::new_err(text),
        Err(_) => PyTypeError::new_err(text),
    }
}

//! Methods, and one allocation.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use apportion::AllocationMethod;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use pythonize::{depythonize, pythonize};

use crate::error::{refused, tied, votes, whole};

/// A method, read once: for loops, and to compare.
#[pyclass(frozen, module = "apportion._apportion")]
pub(crate) struct Method(AllocationMethod);

#[pymethods]
impl Method {
    #[new]
    fn new(method: &Bound<'_, PyAny>) -> PyResult<Self> {
        with_method(method, |method| Ok(Self(method.clone())))
    }

    fn allocate(&self, py: Python<'_>, votes: &Bound<'_, PyAny>, seats: &Bound<'_, PyAny>) -> PyResult<Allocation> {
        one(py, &self.0, votes, seats)
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        pythonize(py, &self.0).map_err(refused)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Method({})", self.to_dict(py)?.repr()?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>,)> {
        Ok((self.to_dict(py)?,))
    }
}

/// Hands over the method that Python names: a `Method`, a name such as `"dhondt"`, or a document's table such as
/// `{"divisor": "power", "p": "9/10"}`.
pub(crate) fn with_method<T>(
    method: &Bound<'_, PyAny>,
    then: impl FnOnce(&AllocationMethod) -> PyResult<T>,
) -> PyResult<T> {
    let method = if let Ok(method) = method.cast::<Method>() {
        Cow::Borrowed(&method.get().0)
    } else if let Ok(name) = method.cast::<PyString>() {
        Cow::Owned(name.to_cow()?.parse().map_err(refused)?)
    } else if method.cast::<PyDict>().is_ok() {
        Cow::Owned(depythonize(method).map_err(|error| refused(format!("method {}: {error}", method)))?)
    } else {
        let found = method.get_type().name()?;
        return Err(PyTypeError::new_err(format!("method must be a name, a dict or a Method, not {found}")));
    };
    then(&method)
}

/// The seats that are certain, and the open tie, if there is one.
#[pyclass(frozen, eq, module = "apportion._apportion")]
#[derive(PartialEq)]
pub(crate) struct Allocation(apportion::Allocation);

#[pymethods]
impl Allocation {
    #[getter]
    fn seats<'a>(&'a self, py: Python<'_>) -> PyResult<&'a [u64]> {
        self.0.seats().map_err(|tie| tied(py, &tie))
    }

    #[getter]
    fn certain(&self) -> &[u64] {
        self.0.certain()
    }

    #[getter]
    fn tied(&self) -> &[usize] {
        self.0.tie().map_or(&[], |tie| tie.parties())
    }

    #[getter]
    fn left(&self) -> u64 {
        self.0.tie().map_or(0, |tie| tie.seats())
    }

    fn __repr__(&self) -> String {
        format!("Allocation(certain={:?}, tied={:?}, left={})", self.certain(), self.tied(), self.left())
    }
}

#[pyfunction]
pub(crate) fn allocate(
    py: Python<'_>,
    votes: &Bound<'_, PyAny>,
    seats: &Bound<'_, PyAny>,
    method: &Bound<'_, PyAny>,
) -> PyResult<Allocation> {
    with_method(method, |method| one(py, method, votes, seats))
}

/// The allocation of few votes keeps the interpreter's lock, which costs more to give back and take than it lasts.
fn one(
    py: Python<'_>,
    method: &AllocationMethod,
    given: &Bound<'_, PyAny>,
    seats: &Bound<'_, PyAny>,
) -> PyResult<Allocation> {
    const MANY: usize = 1_000;
    let (votes, seats) = (votes(given)?, whole("seats", seats)?);
    let allocation = match votes.len() {
        ..MANY => method.allocate(&votes, seats),
        MANY.. => py.detach(|| method.allocate(&votes, seats)),
    };
    allocation.map(Allocation).map_err(refused)
}

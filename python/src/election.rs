//! Documents and their outcomes: every call into the library's elections stands here.

use std::fmt::Display;
use std::sync::OnceLock;

use apportion::{Election, Error, Law, Outcome, Rule};
use pyo3::prelude::*;
use pythonize::{Depythonizer, pythonize};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::refused;

/// An election as it is written, and what comes out of it, found once.
#[pyclass(frozen, module = "apportion._apportion")]
pub(crate) struct Document {
    pub(crate) election: Election,
    outcome: OnceLock<Result<Outcome, Error>>,
}

impl Document {
    fn new(election: Election) -> Self {
        Self { election, outcome: OnceLock::new() }
    }

    /// What comes out, found once, without the interpreter's lock.
    pub(crate) fn outcome(&self, py: Python<'_>) -> PyResult<&Outcome> {
        let outcome = py.detach(|| self.outcome.get_or_init(|| self.election.outcome()));
        outcome.as_ref().map_err(refused)
    }
}

#[pymethods]
impl Document {
    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        read(document).map(Self::new)
    }

    #[staticmethod]
    fn from_toml(text: &str) -> PyResult<Self> {
        let deserializer = toml::Deserializer::parse(text).map_err(|error| refused(error.to_string().trim_end()))?;
        serde_path_to_error::deserialize(deserializer).map(Self::new).map_err(at_field)
    }

    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let election = serde_path_to_error::deserialize(&mut deserializer).map_err(at_field)?;
        deserializer.end().map_err(refused)?;
        Ok(Self::new(election))
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        pythonize(py, &self.election).map_err(refused)
    }

    fn rule<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        pythonize(py, &self.election.rule).map_err(refused)
    }

    fn to_toml(&self) -> PyResult<String> {
        toml::to_string(&self.election).map_err(refused)
    }

    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&self.election).map_err(refused)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json()?,)))
    }

    /// The outcome as other programs read it, or an exception.
    fn answer<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let outcome = self.outcome(py)?;
        pythonize(py, &py.detach(|| self.election.answer_of(outcome))).map_err(refused)
    }

    /// What proves the outcome, or an exception.
    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let outcome = self.outcome(py)?;
        let certificate = py.detach(|| self.election.certificate_of(outcome)).map_err(refused)?;
        pythonize(py, &certificate).map_err(refused)
    }

    /// A table that a person can read.
    fn text(&self, py: Python<'_>) -> PyResult<String> {
        self.outcome(py).map(shown)
    }

    /// The most seats that each party can have, over every end of the open ties.
    fn possible(&self, py: Python<'_>) -> PyResult<Vec<(String, u64)>> {
        let outcome = self.outcome(py)?;
        let most = |name: &str| outcome.possible(name).unwrap_or(0);
        Ok(outcome.parties().iter().map(|party| (party.name().into(), most(party.name()))).collect())
    }
}

/// A text as Python's `print` takes it, which ends lines itself.
pub(crate) fn shown(text: impl Display) -> String {
    text.to_string().trim_end().into()
}

/// Reads what serde reads from Python's dictionaries, lists, strings and numbers.
pub(crate) fn read<T: DeserializeOwned>(document: &Bound<'_, PyAny>) -> PyResult<T> {
    // By way of JSON's values, whose errors name the value that was found.
    let value: serde_json::Value =
        serde_path_to_error::deserialize(&mut Depythonizer::from_object(document)).map_err(at_field)?;
    serde_path_to_error::deserialize(value).map_err(at_field)
}

/// An error with the field where it is, unless that is the whole document.
fn at_field<E: std::error::Error>(error: serde_path_to_error::Error<E>) -> PyErr {
    let path = error.path().to_string();
    let text = error.into_inner().to_string();
    let text = text.trim_end();
    if path == "." || path == "?" { refused(text) } else { refused(format_args!("{path}: {text}")) }
}

/// A rule with its seats, written out in full.
#[pyfunction]
pub(crate) fn check_rule<'py>(py: Python<'py>, rule: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    pythonize(py, &read::<Rule>(rule)?).map_err(refused)
}

/// A rule in the words of a statute.
#[pyfunction]
pub(crate) fn words(rule: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(read::<Rule>(rule)?.to_string())
}

/// The election of the first document with the votes of both, where each is of one place.
#[pyfunction]
pub(crate) fn merge(one: &Document, other: &Document) -> PyResult<Document> {
    let of_places = || refused("votes in places do not add: add the tallies of each place");
    let mut tally = one.election.tally().ok_or_else(of_places)?.clone();
    tally.merge(other.election.tally().ok_or_else(of_places)?).map_err(refused)?;
    Ok(Document::new(Election::new(one.election.rule.clone(), tally)))
}

/// The catalogue of laws, each as a dictionary and in words.
#[pyfunction]
pub(crate) fn laws(py: Python<'_>) -> PyResult<Vec<(Bound<'_, PyAny>, String)>> {
    let law = |(id, text): &(&str, &str)| {
        let deserializer = toml::Deserializer::parse(text).map_err(|error| refused(format_args!("{id}: {error}")))?;
        let law = Law::deserialize(deserializer).map_err(|error| refused(format_args!("{id}: {error}")))?;
        Ok((pythonize(py, &law).map_err(refused)?, law.own_rule().to_string()))
    };
    Law::CATALOGUE.iter().map(law).collect()
}

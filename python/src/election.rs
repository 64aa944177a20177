//! Documents, outcomes and questions about them: every call into the library's elections and insights stands here.

use std::fmt::Display;
use std::sync::OnceLock;

use apportion::insight::picture::{Colours, hemicycle};
use apportion::insight::{Explanation, Margin, Margins, Outlook, Verdict, verify};
use apportion::{Admission, Election, Error, Law, Outcome, Rule};
use pyo3::prelude::*;
use pythonize::{Depythonizer, pythonize};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::refused;

/// An election as it is written, and what comes out of it, found once.
#[pyclass(frozen, module = "apportion._apportion")]
pub(crate) struct Document {
    election: Election,
    outcome: OnceLock<Result<Outcome, Error>>,
}

impl Document {
    fn new(election: Election) -> Self {
        Self { election, outcome: OnceLock::new() }
    }

    fn outcome(&self, py: Python<'_>) -> PyResult<&Outcome> {
        let outcome = py.detach(|| self.outcome.get_or_init(|| self.election.outcome()));
        outcome.as_ref().map_err(refused)
    }

    /// Asks something that is answered for elections in one place, without alliances.
    fn ask<T: Send>(
        &self,
        py: Python<'_>,
        what: &'static str,
        question: impl FnOnce(&Election) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let feature = match (&self.election.districts[..], &self.election.alliances[..]) {
            ([], []) => return py.detach(|| question(&self.election)).map_err(refused),
            ([], _) => "alliances",
            _ => "districts",
        };
        Err(refused(Error::NotCovered { what, feature: feature.into() }))
    }

    fn margin(
        &self,
        py: Python<'_>,
        find: impl FnOnce(&Margins<'_>) -> Result<Option<Margin>, Error> + Send,
    ) -> PyResult<Option<FoundMargin>> {
        let margin = self.ask(py, "margins", |election| find(&Margins::new(&election.rule, &election.tally)?))?;
        Ok(margin.map(|margin| FoundMargin {
            votes: margin.votes(),
            text: margin.to_string(),
            gains: margin.gains().to_vec(),
            losses: margin.losses().to_vec(),
            tied: margin.tied().to_vec(),
            answered: margin.is_answered(),
        }))
    }
}

/// The smallest change of one kind.
#[derive(IntoPyObject)]
pub(crate) struct FoundMargin {
    votes: u64,
    text: String,
    gains: Vec<(String, u64)>,
    losses: Vec<(String, u64)>,
    tied: Vec<String>,
    answered: bool,
}

/// What a party can still end with.
#[derive(IntoPyObject)]
pub(crate) struct FoundOutlook {
    name: String,
    votes: u64,
    fewest: u64,
    most: u64,
    fewest_is_tight: bool,
    most_is_tight: bool,
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
        self.outcome(py)?;
        pythonize(py, &py.detach(|| self.election.answer())).map_err(refused)
    }

    /// For each party the reason why it is out, or in although it did not pass.
    fn reasons(&self, py: Python<'_>) -> PyResult<Vec<Option<String>>> {
        Ok(self.outcome(py)?.parties().iter().map(|party| reason(party.admission())).collect())
    }

    fn warnings(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        Ok(self.outcome(py)?.warnings().iter().map(ToString::to_string).collect())
    }

    /// A table that a person can read.
    fn text(&self, py: Python<'_>) -> PyResult<String> {
        self.outcome(py).map(shown)
    }

    fn explain(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, "explanations", |election| Explanation::new(&election.rule, &election.tally).map(shown))
    }

    /// A picture of the seats, as SVG.
    fn picture(&self, py: Python<'_>) -> PyResult<String> {
        Ok(hemicycle(self.outcome(py)?, &Colours::new()))
    }

    /// Whether these seats are right ("correct", "tied" or "wrong"), and a sentence that says why.
    fn verify(&self, py: Python<'_>, claimed: Vec<u64>) -> PyResult<(&'static str, String)> {
        let verdict = self.ask(py, "verifications", |election| verify(&election.rule, &election.tally, &claimed))?;
        let kind = match verdict {
            Verdict::Correct => "correct",
            Verdict::Tied { .. } => "tied",
            _ => "wrong",
        };
        Ok((kind, verdict.to_string()))
    }

    fn gain(&self, py: Python<'_>, party: &str) -> PyResult<Option<FoundMargin>> {
        self.margin(py, |margins| margins.gain(party))
    }

    fn loss(&self, py: Python<'_>, party: &str) -> PyResult<Option<FoundMargin>> {
        self.margin(py, |margins| margins.loss(party))
    }

    fn switch(&self, py: Python<'_>, giver: &str, taker: &str) -> PyResult<Option<FoundMargin>> {
        self.margin(py, |margins| margins.switch(giver, taker))
    }

    fn closest(&self, py: Python<'_>) -> PyResult<Option<FoundMargin>> {
        self.margin(py, |margins| margins.closest())
    }

    /// A table of the votes to the next seat, for a person to read.
    fn margins_text(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, "margins", |election| Margins::new(&election.rule, &election.tally)?.table().map(shown))
    }

    /// What each party can still end with while so many ballots are out, and a table for a person to read.
    fn outlook(&self, py: Python<'_>, ballots_out: u64) -> PyResult<(Vec<FoundOutlook>, String)> {
        let outlook =
            self.ask(py, "outlooks", |election| Outlook::new(&election.rule, &election.tally, ballots_out))?;
        let parties = outlook.parties().iter().map(|party| FoundOutlook {
            name: party.name().into(),
            votes: party.votes(),
            fewest: party.fewest(),
            most: party.most(),
            fewest_is_tight: party.fewest_is_tight(),
            most_is_tight: party.most_is_tight(),
        });
        Ok((parties.collect(), shown(&outlook)))
    }
}

/// A text as Python's `print` takes it, which ends lines itself.
fn shown(text: impl Display) -> String {
    text.to_string().trim_end().into()
}

/// Why a party is out, or in although it did not pass.
fn reason(admission: &Admission) -> Option<String> {
    match admission {
        Admission::Refused(shortfall) => Some(shortfall.to_string()),
        Admission::Repaired(shortfall) => Some(format!("admitted though {shortfall}, as too few passed")),
        Admission::Weighed(shortfall, weight) => {
            Some(format!("admitted at {weight} of its votes though {shortfall}, as too few passed"))
        }
        _ => None,
    }
}

/// Reads what serde reads from Python's dictionaries, lists, strings and numbers.
fn read<T: DeserializeOwned>(document: &Bound<'_, PyAny>) -> PyResult<T> {
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

/// The election of the first document with the votes of both.
#[pyfunction]
pub(crate) fn merge(one: &Document, other: &Document) -> PyResult<Document> {
    let mut tally = one.election.tally.clone();
    tally.merge(&other.election.tally).map_err(refused)?;
    Ok(Document::new(Election::new(one.election.rule.clone(), tally)))
}

/// The catalogue of laws, each as a dictionary.
#[pyfunction]
pub(crate) fn laws(py: Python<'_>) -> PyResult<Vec<Bound<'_, PyAny>>> {
    let law = |(id, text): &(&str, &str)| {
        let deserializer = toml::Deserializer::parse(text).map_err(|error| refused(format_args!("{id}: {error}")))?;
        pythonize(py, &Law::deserialize(deserializer).map_err(|error| refused(format_args!("{id}: {error}")))?)
            .map_err(refused)
    };
    Law::CATALOGUE.iter().map(law).collect()
}

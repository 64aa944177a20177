//! Questions about a result: why these seats, are they right, how close was it, what is still possible.

use apportion::insight::picture::{Style, hemicycle};
use apportion::insight::{
    ClaimedSeats, Comparison, IndexRange, Margin, Margins, Outlook, PartyOutlook, Question, Verdict,
};
use apportion::{Error, Rule};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::election::{Document, read, shown};
use crate::error::refused;

/// How the law got there, in all or in one place.
#[pyfunction]
#[pyo3(signature = (document, place=None))]
pub(crate) fn explain(py: Python<'_>, document: &Document, place: Option<&str>) -> PyResult<String> {
    let all = document.outcome(py)?.explain().with_law(&document.election.rule);
    let all = all.with_sources(&document.election.sources);
    match place {
        None => Ok(shown(all)),
        Some(place) => all.at(place).map(shown).ok_or_else(|| refused(format_args!("there is no place {place:?}"))),
    }
}

/// A picture of the seats, as SVG.
#[pyfunction]
pub(crate) fn picture(py: Python<'_>, document: &Document) -> PyResult<String> {
    Ok(hemicycle(document.outcome(py)?, &Style::from(&document.election)))
}

/// The indices of an outcome: of each the least and the most over all results that open ties can bring.
#[pyfunction]
pub(crate) fn indices<'py>(py: Python<'py>, document: &Document) -> PyResult<Bound<'py, PyAny>> {
    let indices = IndexRange::of(document.outcome(py)?).map_err(refused)?;
    pythonize(py, &indices).map_err(refused)
}

/// One count under its own law and others: as programs read it, as a table for people, and as Markdown.
#[pyfunction]
pub(crate) fn compare<'py>(
    py: Python<'py>,
    document: &Document,
    laws: Vec<(String, Bound<'py, PyAny>)>,
    margins: bool,
) -> PyResult<(Bound<'py, PyAny>, String, String)> {
    let others = laws.iter().map(|(name, rule)| Ok((name.clone(), read::<Rule>(rule)?)));
    let mut all = vec![("its own law".to_string(), document.election.rule.clone())];
    all.extend(others.collect::<PyResult<Vec<_>>>()?);
    let count = &document.election.count;
    let compare = || if margins { Comparison::with_margins(count, all) } else { Comparison::new(count, all) };
    let comparison = py.detach(compare);
    let found = pythonize(py, &comparison).map_err(refused)?;
    Ok((found, shown(&comparison), comparison.to_markdown()))
}

/// The smallest change of one kind.
#[derive(IntoPyObject)]
pub(crate) struct FoundMargin {
    votes: u64,
    place: Option<String>,
    proven: bool,
    text: String,
    gains: Vec<(String, u64)>,
    losses: Vec<(String, u64)>,
    tied: Vec<String>,
    answered: bool,
}

impl From<Margin> for FoundMargin {
    fn from(margin: Margin) -> Self {
        Self {
            votes: margin.votes(),
            place: margin.place().map(Into::into),
            proven: margin.is_proven(),
            text: margin.to_string(),
            gains: margin.gains().to_vec(),
            losses: margin.losses().to_vec(),
            tied: margin.tied().to_vec(),
            answered: margin.is_answered(),
        }
    }
}

/// Asks the margins of an election, without the interpreter's lock.
fn ask<T: Send>(
    py: Python<'_>,
    document: &Document,
    question: impl FnOnce(&Margins<'_>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let election = &document.election;
    py.detach(|| question(&Margins::new(&election.rule, &election.count)?)).map_err(refused)
}

/// Where ballots change: in a place, from one place to another, or in several with so many in each at each step.
#[derive(FromPyObject)]
pub(crate) enum BallotsIn {
    At(String),
    Between((String, String)),
    Spread(Vec<(String, u32)>),
}

/// The fewest ballots of a question, in the nearest of all places and for seats of the nation unless others are named.
fn fewest(
    question: Question<'_, '_>,
    ballots_in: Option<BallotsIn>,
    seats_in: Option<&str>,
    or_tie: bool,
) -> Result<Option<FoundMargin>, Error> {
    let question = match ballots_in {
        None => question,
        Some(BallotsIn::At(place)) => question.at(place),
        Some(BallotsIn::Between((from, to))) => question.between(from, to),
        Some(BallotsIn::Spread(places)) => question.spread(places),
    };
    let question = match seats_in {
        Some(place) => question.seats_in(place),
        None => question,
    };
    let question = if or_tie { question.or_tie() } else { question };
    Ok(question.fewest()?.map(Into::into))
}

/// The fewest votes more that win a party a seat.
#[pyfunction]
pub(crate) fn gain(
    py: Python<'_>,
    document: &Document,
    party: &str,
    ballots_in: Option<BallotsIn>,
    seats_in: Option<&str>,
    or_tie: bool,
) -> PyResult<Option<FoundMargin>> {
    ask(py, document, |margins| fewest(margins.gain(party), ballots_in, seats_in, or_tie))
}

/// The fewest votes less that cost a party a seat.
#[pyfunction]
pub(crate) fn loss(
    py: Python<'_>,
    document: &Document,
    party: &str,
    ballots_in: Option<BallotsIn>,
    seats_in: Option<&str>,
    or_tie: bool,
) -> PyResult<Option<FoundMargin>> {
    ask(py, document, |margins| fewest(margins.loss(party), ballots_in, seats_in, or_tie))
}

/// The fewest voters who change the result by leaving one party for another.
#[pyfunction]
pub(crate) fn switch(
    py: Python<'_>,
    document: &Document,
    giver: &str,
    taker: &str,
    ballots_in: Option<BallotsIn>,
    seats_in: Option<&str>,
    or_tie: bool,
) -> PyResult<Option<FoundMargin>> {
    ask(py, document, |margins| fewest(margins.switch(giver, taker), ballots_in, seats_in, or_tie))
}

/// The fewest voters who change the result by leaving a list for another of its alliance.
#[pyfunction]
pub(crate) fn allied(
    py: Python<'_>,
    document: &Document,
    ballots_in: Option<BallotsIn>,
    seats_in: Option<&str>,
    or_tie: bool,
) -> PyResult<Option<FoundMargin>> {
    ask(py, document, |margins| fewest(margins.allied(), ballots_in, seats_in, or_tie))
}

/// The smallest change of any kind.
#[pyfunction]
pub(crate) fn closest(
    py: Python<'_>,
    document: &Document,
    ballots_in: Option<BallotsIn>,
    seats_in: Option<&str>,
    or_tie: bool,
) -> PyResult<Option<FoundMargin>> {
    ask(py, document, |margins| fewest(margins.change(), ballots_in, seats_in, or_tie))
}

/// The last seat of every place, the closest first.
#[pyfunction]
pub(crate) fn last_seats(py: Python<'_>, document: &Document) -> PyResult<Vec<FoundMargin>> {
    ask(py, document, |margins| Ok(margins.last_seats()?.into_iter().map(Into::into).collect()))
}

/// A table of the votes to the next seat, for a person to read.
#[pyfunction]
pub(crate) fn margins_text(py: Python<'_>, document: &Document) -> PyResult<String> {
    ask(py, document, |margins| margins.table().map(shown))
}

/// Whether these seats are right ("correct", "tied" or "wrong"), and a sentence that says why.
///
/// A place without a name is the nation. A list of seats is of all parties in the nation, in their order.
#[pyfunction]
pub(crate) fn verify(
    py: Python<'_>,
    document: &Document,
    listed: Option<Vec<u64>>,
    cells: Vec<(Option<String>, String, u64)>,
) -> PyResult<(&'static str, String)> {
    let start: ClaimedSeats = listed.map_or_else(ClaimedSeats::default, Into::into);
    let claim = cells.into_iter().fold(start, |claim, (place, party, seats)| match place {
        Some(place) => claim.at(place, party, seats),
        None => claim.in_all(party, seats),
    });
    let election = &document.election;
    let verdict = py.detach(|| apportion::insight::verify(&election.rule, &election.count, claim)).map_err(refused)?;
    let kind = match verdict {
        Verdict::Correct => "correct",
        Verdict::Tied { .. } => "tied",
        _ => "wrong",
    };
    Ok((kind, shown(verdict)))
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

impl From<&PartyOutlook> for FoundOutlook {
    fn from(party: &PartyOutlook) -> Self {
        Self {
            name: party.name().into(),
            votes: party.votes(),
            fewest: party.fewest(),
            most: party.most(),
            fewest_is_tight: party.fewest_is_tight(),
            most_is_tight: party.most_is_tight(),
        }
    }
}

/// What is still possible: in the nation, in each place, who has the majority for certain, and a table to read.
type Found = (Vec<FoundOutlook>, Vec<(String, Vec<FoundOutlook>)>, Option<String>, String);

/// What each party can still end with while so many ballots are out in each place; the nation has the empty name.
#[pyfunction]
pub(crate) fn outlook(py: Python<'_>, document: &Document, ballots_out: Vec<(String, u64)>) -> PyResult<Found> {
    let election = &document.election;
    let outlook = py.detach(|| {
        let out = ballots_out.iter().map(|(place, ballots)| (place.as_str(), *ballots));
        Outlook::of_places(&election.rule, &election.count, out)
    });
    let outlook = outlook.map_err(refused)?;
    let all = |parties: &[PartyOutlook]| parties.iter().map(Into::into).collect();
    let places = outlook.places().iter().map(|place| (place.name().into(), all(place.parties())));
    let majority = outlook.majority().map(Into::into);
    Ok((all(outlook.parties()), places.collect(), majority, shown(&outlook)))
}

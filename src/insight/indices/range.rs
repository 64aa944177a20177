//! Indices over every result that open ties can bring.

use core::fmt;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::{ExactRatio, Index, Indices};
use crate::error::Error;
use crate::outcome::{Outcome, PartyOutcome, TieOutcome};

/// Results that are tried; where ties can bring more, there is no answer.
const MOST: usize = 10_000;

/// The least and the most of each index over all results that the open ties of an outcome can bring; without a tie they are
/// one number.
///
/// # Examples
/// ```
/// use apportion::insight::{Index, IndexRange};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("Large", 4_200), ("Small", 1_400)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?; // 4,200 / 3 = 1,400: a tie
/// let indices = IndexRange::of(&outcome)?;
/// let wasted = |value: Option<apportion::insight::ExactRatio>| value.map(|value| value.to_string());
/// assert_eq!(indices.results(), 2);
/// assert_eq!(wasted(indices.least(Index::WastedVotes)).as_deref(), Some("0"));
/// assert_eq!(wasted(indices.most(Index::WastedVotes)).as_deref(), Some("1/4"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRange {
    results: Vec<Indices>,
}

impl IndexRange {
    /// The indices of an outcome, of its votes and all seats of each party.
    ///
    /// # Errors
    /// As [`Indices::new`]; [`Error::NotCovered`] where ties can bring more than 10,000 different results, where not every
    /// way of a law was followed, or where none of them has an answer.
    pub fn of(outcome: &Outcome) -> Result<Self, Error> {
        let mut seats = BTreeSet::new();
        results(outcome, &mut seats)?;
        if seats.is_empty() {
            return Err(refused("laws that have no answer whichever way a tie goes"));
        }
        let votes: Vec<u64> = outcome.parties().iter().map(PartyOutcome::votes).collect();
        let results = seats.iter().map(|seats| Indices::new(&votes, seats)).collect::<Result<_, _>>()?;
        Ok(Self { results })
    }

    /// How many different results there are, at least one.
    #[must_use]
    pub fn results(&self) -> usize {
        self.results.len()
    }

    /// The least of an index, exactly, that of [`Index::Gallagher`] squared; `None` where it is without limit in every result.
    #[must_use]
    pub fn least(&self, index: Index) -> Option<ExactRatio> {
        self.results.iter().filter_map(|indices| indices.exact(index)).min()
    }

    /// The most of an index, likewise; `None` where a result is without limit.
    #[must_use]
    pub fn most(&self, index: Index) -> Option<ExactRatio> {
        let all: Option<Vec<ExactRatio>> = self.results.iter().map(|indices| indices.exact(index)).collect();
        all?.into_iter().max()
    }

    /// The least and the most as published, as text: "2.31" or "2.31 to 4.05".
    #[must_use]
    pub fn shown(&self, index: Index) -> String {
        let (least, most) = (index.shown(self.least(index).as_ref()), index.shown(self.most(index).as_ref()));
        if least == most { least } else { alloc::format!("{least} to {most}") }
    }
}

impl fmt::Display for IndexRange {
    /// The indices a line each, as they are published, with what each of them says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Index::ALL
            .iter()
            .try_for_each(|&index| writeln!(f, "{:<26} {:>9}  {}", index.name(), self.shown(index), index.meaning()))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for IndexRange {
    /// By key, the least and the most, each as it is published, as a ratio, and exactly.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        #[derive(serde::Serialize)]
        struct Ends {
            least: Option<super::index::Value>,
            most: Option<super::index::Value>,
        }
        let mut map = serializer.serialize_map(Some(Index::ALL.len()))?;
        for index in Index::ALL {
            let value = |exact: Option<ExactRatio>| index.value(exact.as_ref());
            let ends = Ends { least: value(self.least(index)), most: value(self.most(index)) };
            map.serialize_entry(index.key(), &ends)?;
        }
        map.end()
    }
}

/// Adds the seats of every result of an outcome.
fn results(outcome: &Outcome, seats: &mut BTreeSet<Vec<u64>>) -> Result<(), Error> {
    if !outcome.ways_complete() {
        return Err(refused("laws of which not every way was followed"));
    }
    if !outcome.ways().is_empty() {
        return outcome.ways().iter().filter_map(|way| way.outcome().ok()).try_for_each(|way| results(way, seats));
    }
    let mut ends = BTreeSet::from([outcome.parties().iter().map(PartyOutcome::certain).collect::<Vec<u64>>()]);
    // A tie of placing, or between cells of a matrix, leaves no party's seats open.
    for tie in outcome.ties().iter().filter(|tie| tie.places().is_empty()) {
        let mut next = BTreeSet::new();
        for end in &ends {
            add_winners(outcome, tie, end, &mut next)?;
        }
        ends = next;
    }
    seats.append(&mut ends);
    if seats.len() > MOST { Err(refused("ties with more than 10,000 results")) } else { Ok(()) }
}

/// Adds one end for each way in which a tie can go.
fn add_winners(outcome: &Outcome, tie: &TieOutcome, end: &[u64], ends: &mut BTreeSet<Vec<u64>>) -> Result<(), Error> {
    let at = |name: &String| outcome.parties().iter().position(|party| party.name() == name);
    let tied: Vec<usize> = tie.parties().iter().filter_map(at).collect();
    let seats = usize::try_from(tie.seats()).unwrap_or(usize::MAX).min(tied.len());
    let mut winners: Vec<usize> = (0..seats).collect();
    loop {
        let mut end = end.to_vec();
        winners.iter().for_each(|&at| end[tied[at]] = end[tied[at]].saturating_add(1));
        ends.insert(end);
        if ends.len() > MOST {
            return Err(refused("ties with more than 10,000 results"));
        }
        let Some(at) = (0..seats).rev().find(|&at| winners[at] + seats - at < tied.len()) else { return Ok(()) };
        let start = winners[at] + 1;
        winners[at..].iter_mut().enumerate().for_each(|(offset, winner)| *winner = start + offset);
    }
}

fn refused(feature: &str) -> Error {
    Error::NotCovered { what: "indices", feature: feature.into() }
}

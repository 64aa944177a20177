//! Documents: one election, as TOML, JSON or any other format of serde's.
//!
//! [`Election`] is the type to read and write; [`Answer`] is what other programs read of its outcome. The serde forms of
//! ratios, methods, thresholds and rules stand in the files beside this one.

mod answer;
mod method;
mod ratio;
mod rule;
mod table;
mod tally;
mod threshold;

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::outcome::Outcome;
use crate::rule::Rule;
use crate::tally::Tally;

use table::Table;

pub use answer::{Answer, AnsweredParty, AnsweredTie};

/// One election: what it is, its rule, its tally, and the seats on record, if there are any.
///
/// Reading and writing an election gives the same election again. Unknown keys, duplicate parties and missing fields are
/// errors that name them. Methods and thresholds may be written short (`"dhondt"`, `"7%"`); they are written out in full.
///
/// # Examples
/// ```
/// use apportion::Election;
///
/// let election: Election = toml::from_str(r#"
///     name = "Kazakhstan, Majilis, party lists"
///     date = "2012-01-15"
///     seats = 98
///     rule = { method = "hare", threshold = "7%", admit_at_least = 2 }
///     parties = [
///         { name = "Nur Otan", votes = 5621436, seats = 83 },
///         { name = "Ak Zhol", votes = 518405, seats = 8 },
///         { name = "CPPK", votes = 498788, seats = 7 },
///         { name = "OSDP", votes = 116534, seats = 0 },
///     ]
/// "#)?;
/// let outcome = election.outcome()?;
/// assert_eq!(election.as_recorded(&outcome), Some(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Election {
    /// A short name for programs.
    pub id: Option<String>,
    /// What was elected.
    pub name: Option<String>,
    /// When, as YYYY-MM-DD.
    pub date: Option<String>,
    /// Where the figures are from.
    pub sources: Vec<String>,
    /// Anything else a reader should know.
    pub note: Option<String>,
    /// Whether all parties that stood are listed.
    pub complete: Option<bool>,
    /// The law.
    pub rule: Rule,
    /// The votes.
    pub tally: Tally,
    /// The seats on record, in the order of the tally's parties; empty, or one entry a party.
    pub recorded: Vec<Option<u64>>,
}

impl Election {
    /// An election with nothing but a rule and a tally.
    #[must_use]
    pub const fn new(rule: Rule, tally: Tally) -> Self {
        Self {
            id: None,
            name: None,
            date: None,
            sources: Vec::new(),
            note: None,
            complete: None,
            rule,
            tally,
            recorded: Vec::new(),
        }
    }

    /// Applies the rule to the tally.
    ///
    /// # Errors
    /// As [`Rule::apply`].
    pub fn outcome(&self) -> Result<Outcome, Error> {
        self.rule.apply(&self.tally)
    }

    /// Whether an outcome agrees with every seat on record; `None` if none is.
    ///
    /// While a tie is open, it agrees if one of the ways in which the tie can go does.
    #[must_use]
    pub fn as_recorded(&self, outcome: &Outcome) -> Option<bool> {
        let mut any = false;
        let (mut extra, mut free) = (0, 0);
        for (party, recorded) in outcome.parties().iter().zip(&self.recorded) {
            let tied = outcome.is_tied(party.name());
            let Some(recorded) = *recorded else {
                free += u64::from(tied);
                continue;
            };
            any = true;
            match recorded.checked_sub(party.certain()) {
                Some(0) => {}
                Some(1) if tied => extra += 1,
                _ => return Some(false),
            }
        }
        // The tie's other seats must fit the tied parties without a record.
        let tied_seats = outcome.tie().map_or(0, crate::Tie::seats);
        any.then(|| extra <= tied_seats && tied_seats - extra <= free)
    }

    /// The outcome as other programs read it, or the error.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self.outcome() {
            Ok(outcome) => Answer::of(self, &outcome),
            Err(error) => Answer::error(self.id.clone(), &error),
        }
    }
}

/// The document as it is written; conversions check what its keys alone cannot say.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    seats: u64,
    rule: Table<rule::Written>,
    #[serde(default, skip_serializing_if = "Table::is_default")]
    tally: Table<tally::Others>,
    parties: Vec<Table<tally::Row>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ballots: Vec<Table<tally::Ranked>>,
}

impl Serialize for Election {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (parties, ballots) = tally::write(&self.tally, &self.recorded).map_err(serde::ser::Error::custom)?;
        Written {
            id: self.id.clone(),
            name: self.name.clone(),
            date: self.date.clone(),
            sources: self.sources.clone(),
            note: self.note.clone(),
            complete: self.complete,
            seats: self.rule.seats(),
            rule: Table(rule::Written::from(&self.rule)),
            tally: Table(tally::Others::of(&self.tally).map_err(serde::ser::Error::custom)?),
            parties,
            ballots,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Election {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Table(written) = Table::<Written>::deserialize(deserializer)?;
        let recorded: Vec<Option<u64>> = written.parties.iter().map(|Table(row)| row.seats).collect();
        let tally = tally::read(written.parties, written.ballots, written.tally.0).map_err(serde::de::Error::custom)?;
        Ok(Self {
            id: written.id,
            name: written.name,
            date: written.date,
            sources: written.sources,
            note: written.note,
            complete: written.complete,
            rule: written.rule.0.into_rule(written.seats),
            tally,
            recorded: if recorded.iter().all(Option::is_none) { Vec::new() } else { recorded },
        })
    }
}

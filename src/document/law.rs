//! Laws: rules as documents without votes.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::rule;
use super::table::Table;
use crate::document::Election;
use crate::rule::Rule;
use crate::tally::Tally;

/// A rule with its name, its date and its sources, without votes: what a statute book is made of.
///
/// [`Law::CATALOGUE`] holds laws of many countries as texts to be read with the `toml` crate.
///
/// # Examples
/// ```
/// use apportion::{Law, Tally};
///
/// let (_, text) = Law::CATALOGUE.iter().find(|(id, _)| *id == "ge-2024").ok_or("no such law")?;
/// let georgia: Law = toml::from_str(text)?;
/// assert_eq!(georgia.seats, Some(150));
/// let tally = Tally::from_votes([("A", 60), ("B", 25), ("C", 15), ("D", 4)])?;
/// // Quota 100 / 150: 90, 37.5 and 22.5; the seat that is left goes to the most votes.
/// assert_eq!(georgia.election(150, tally).outcome()?.seats("A"), Some(91));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Law {
    /// A short name for programs, such as `nl-2023`: the country and the year it is dated.
    pub id: String,
    /// Whose seats it gives out, and by what.
    pub name: String,
    /// The day of an election held under it, or of the statute, as YYYY or YYYY-MM-DD.
    pub date: String,
    /// Where it is written down.
    pub sources: Vec<String>,
    /// What a reader should know: where sources differ, and what the rule leaves out.
    pub note: Option<String>,
    /// The seats it gives out in one place; `None` where they differ from district to district.
    pub seats: Option<u64>,
    rule: Rule,
}

impl Law {
    /// The rule, giving out so many seats.
    #[must_use]
    pub fn rule(&self, seats: u64) -> Rule {
        self.rule.clone().with_seats(seats)
    }

    /// An election under it.
    #[must_use]
    pub fn election(&self, seats: u64, tally: Tally) -> Election {
        let mut election = Election::new(self.rule(seats), tally);
        election.id = Some(self.id.clone());
        election.name = Some(self.name.clone());
        election.date = Some(self.date.clone());
        election.sources.clone_from(&self.sources);
        election.note.clone_from(&self.note);
        election
    }
}

/// A law as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    date: String,
    sources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    rule: Table<rule::Written>,
}

impl Serialize for Law {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            id: self.id.clone(),
            name: self.name.clone(),
            date: self.date.clone(),
            sources: self.sources.clone(),
            note: self.note.clone(),
            seats: self.seats,
            rule: Table(rule::Written::from(&self.rule)),
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Law {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Table(Written { id, name, date, sources, note, seats, rule: Table(rule) }) =
            Table::<Written>::deserialize(deserializer)?;
        Ok(Self { id, name, date, sources, note, seats, rule: rule.into_rule(seats.unwrap_or(0)) })
    }
}

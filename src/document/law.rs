//! Laws: rules as documents without votes.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::table::Table;
use super::{Election, date, rule};
use crate::count::Count;
use crate::rule::{Rule, Tier};

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
    /// Whether no text of the statute or official description of it was read.
    pub unverified: bool,
    rule: Rule,
}

impl Law {
    /// The law itself, with its own number of seats.
    #[must_use]
    pub const fn own_rule(&self) -> &Rule {
        &self.rule
    }

    /// The law, giving out `seats` seats.
    #[must_use]
    pub fn rule(&self, seats: u64) -> Rule {
        self.rule.clone().with_seats(seats)
    }

    /// An election under it, of a tally or of a count of several places.
    #[must_use]
    pub fn election(&self, seats: u64, count: impl Into<Count>) -> Election {
        let mut election = Election::of_count(self.rule(seats), count.into());
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
    #[serde(deserialize_with = "date::required")]
    date: String,
    sources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default, skip_serializing_if = "crate::rule::is_default")]
    unverified: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Table<Tier>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<Table<Tier>>>,
}

impl Serialize for Law {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rule, tiers) = rule::write(&self.rule);
        let written = Written {
            id: self.id.clone(),
            name: self.name.clone(),
            date: self.date.clone(),
            sources: self.sources.clone(),
            note: self.note.clone(),
            seats: self.seats,
            unverified: self.unverified,
            rule,
            tiers,
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Law {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Table(written) = Table::<Written>::deserialize(deserializer)?;
        let Written { id, name, date, sources, note, seats, unverified, rule, tiers } = written;
        let rule = rule::read(rule, tiers, None, seats).map_err(serde::de::Error::custom)?;
        Ok(Self { id, name, date, sources, note, seats, unverified, rule })
    }
}

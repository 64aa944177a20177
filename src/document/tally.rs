//! Tallies as documents write them: a row a party, the other kinds of ballot, and ranked ballots.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::table::Table;

use crate::ballot::Ballot;
use crate::error::Error;
use crate::party::Party;
use crate::tally::{Tally, fits};

/// A party with its votes, and its seats on record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    name: String,
    votes: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    members: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    minority: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    direct_seats: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    min: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    #[serde(default, skip_serializing_if = "is_default")]
    held: u64,
}

/// Ballots beside the parties'.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Others {
    #[serde(default, skip_serializing_if = "is_default")]
    blank: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    invalid: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    against_all: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    other: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cast: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registered: Option<u64>,
}

/// Equal ranked ballots.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranked {
    ranking: Vec<String>,
    count: u64,
}

const fn one() -> u64 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes references
const fn is_one(members: &u64) -> bool {
    *members == 1
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Others {
    pub(super) fn of(tally: &Tally) -> Result<Self, Error> {
        let optional = |what, count: Option<u128>| count.map(|count| fits(what, count)).transpose();
        Ok(Self {
            blank: fits("blank", tally.blank())?,
            invalid: fits("invalid", tally.invalid())?,
            against_all: fits("against all", tally.against_all())?,
            other: fits("other", tally.other())?,
            cast: optional("cast", tally.cast())?,
            registered: optional("registered", tally.registered())?,
        })
    }
}

/// The seats on record, one entry a party; none if none are.
pub(super) fn recorded(rows: &[Table<Row>]) -> Vec<Option<u64>> {
    let recorded: Vec<Option<u64>> = rows.iter().map(|Table(row)| row.seats).collect();
    if recorded.iter().all(Option::is_none) { Vec::new() } else { recorded }
}

/// The tally of a document.
pub(super) fn read(rows: Vec<Table<Row>>, ballots: Vec<Table<Ranked>>, others: Others) -> Result<Tally, Error> {
    let mut tally = Tally::from_votes(rows.into_iter().map(|Table(row)| {
        let mut party = Party::new(row.name)
            .with_members(row.members)
            .with_direct_seats(row.direct_seats)
            .with_minimum(row.min)
            .with_held(row.held);
        if let Some(maximum) = row.max {
            party = party.with_maximum(maximum);
        }
        if row.minority {
            party = party.as_minority();
        }
        (party, row.votes)
    }))?
    .with_blank(others.blank)
    .with_invalid(others.invalid)
    .with_against_all(others.against_all)
    .with_other(others.other);
    if let Some(cast) = others.cast {
        tally = tally.with_cast(cast);
    }
    if let Some(registered) = others.registered {
        tally = tally.with_registered(registered);
    }
    for Table(ballot) in ballots {
        if let Some(name) = ballot.ranking.iter().find(|name| tally.votes(name).is_none()) {
            return Err(Error::UnknownParty { name: name.clone(), place: "a ballot" });
        }
        tally.count(&Ballot::ranked(ballot.ranking)?, ballot.count);
    }
    Ok(tally)
}

/// A tally's parties and ranked ballots.
type Rows = (Vec<Table<Row>>, Vec<Table<Ranked>>);

/// The rows and ranked ballots of a tally.
pub(super) fn write(tally: &Tally, recorded: &[Option<u64>]) -> Result<Rows, Error> {
    let mut plain: Vec<u128> = tally.iter().map(|(_, votes)| votes).collect();
    for (ranking, count) in tally.rankings_by_index() {
        // A ranking is never empty, and its ballots are among the first party's votes.
        plain[ranking[0]] -= count;
    }
    let rows = tally.parties().iter().zip(plain).enumerate().map(|(index, (party, votes))| {
        Ok(Table(Row {
            name: party.name().to_string(),
            votes: fits(party.name(), votes)?,
            seats: recorded.get(index).copied().flatten(),
            members: party.members(),
            minority: party.is_minority(),
            direct_seats: party.direct_seats(),
            min: party.minimum(),
            max: party.maximum(),
            held: party.held(),
        }))
    });
    let ballots = tally.rankings().map(|(ranking, count)| {
        let ranking: Vec<String> = ranking.into_iter().map(ToString::to_string).collect();
        let count = fits("a ranking", count)?;
        Ok(Table(Ranked { ranking, count }))
    });
    Ok((rows.collect::<Result<_, Error>>()?, ballots.collect::<Result<_, Error>>()?))
}

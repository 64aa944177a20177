//! Tallies as documents write them: a row a party, the other kinds of ballot, and ranked ballots.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::election::Look;
use super::table::Table;
use crate::count::tally::fits;
use crate::count::{Ballot, Party, Tally};
use crate::error::Error;
use crate::rule::is_default;

/// A party with its votes, and its seats on record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    votes: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    members: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    minority: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    direct_seats: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given: Option<u64>,
    #[serde(default, skip_serializing_if = "is_default")]
    min: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    #[serde(default, skip_serializing_if = "is_default")]
    held: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<i64>,
}

/// Ballots beside the parties'.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Others {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    blank: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    invalid: Option<u64>,
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

impl Others {
    pub(super) fn of(tally: &Tally) -> Result<Self, Error> {
        let optional = |what, count: Option<u128>| count.map(|count| fits(what, count)).transpose();
        Ok(Self {
            blank: optional("blank", tally.blank_counted())?,
            invalid: optional("invalid", tally.invalid_counted())?,
            against_all: fits("against all", tally.against_all())?,
            other: fits("other", tally.other())?,
            cast: optional("cast", tally.cast())?,
            registered: optional("registered", tally.registered())?,
        })
    }
}

/// The seats on record.
pub(super) fn recorded(rows: &[Table<Row>]) -> BTreeMap<String, u64> {
    rows.iter().filter_map(|Table(row)| row.seats.map(|seats| (row.name.clone(), seats))).collect()
}

/// Whether any row has votes.
pub(super) fn have_votes(rows: &[Table<Row>]) -> bool {
    rows.iter().any(|Table(row)| row.votes.is_some())
}

/// The tally of a document.
pub(super) fn read(
    rows: Vec<Table<Row>>,
    ballots: Vec<Table<Ranked>>,
    others: Others,
    needs_votes: bool,
    looks: &mut BTreeMap<String, Look>,
) -> Result<Tally, Error> {
    let mut parties = Vec::with_capacity(rows.len());
    for Table(row) in rows {
        if row.votes.is_none() && needs_votes {
            return Err(Error::NoVotesGiven { party: row.name });
        }
        let look = Look { short: row.short, colour: row.colour, order: row.order };
        if look != Look::default() {
            looks.insert(row.name.clone(), look);
        }
        let mut party = Party::new(row.name)
            .with_members(row.members)
            .with_direct_seats(row.direct_seats)
            .with_minimum(row.min)
            .with_held(row.held);
        if let Some(maximum) = row.max {
            party = party.with_maximum(maximum);
        }
        if let Some(given) = row.given {
            party = party.with_given(given);
        }
        if row.minority {
            party = party.as_minority();
        }
        parties.push((party, row.votes.unwrap_or(0)));
    }
    let mut tally = Tally::from_votes(parties)?.with_against_all(others.against_all).with_other(others.other);
    for Table(ballot) in ballots {
        if let Some(name) = ballot.ranking.iter().find(|name| tally.votes(name).is_none()) {
            return Err(Error::UnknownParty { name: name.clone(), place: "a ballot" });
        }
        tally.count(&Ballot::ranked(ballot.ranking)?, ballot.count);
    }
    if let Some(blank) = others.blank {
        tally = tally.with_blank(blank);
    }
    if let Some(invalid) = others.invalid {
        tally = tally.with_invalid(invalid);
    }
    if let Some(cast) = others.cast {
        tally = tally.with_cast(cast);
    }
    if let Some(registered) = others.registered {
        tally = tally.with_registered(registered);
    }
    Ok(tally)
}

/// A tally's parties and ranked ballots.
type Rows = (Vec<Table<Row>>, Vec<Table<Ranked>>);

/// The rows and ranked ballots of a tally.
pub(super) fn write(
    tally: &Tally,
    recorded: Option<&BTreeMap<String, u64>>,
    has_votes: bool,
    looks: &BTreeMap<String, Look>,
) -> Result<Rows, Error> {
    let mut plain: Vec<u128> = tally.iter().map(|(_, votes)| votes).collect();
    for (ranking, count) in tally.rankings_by_index() {
        // A ranking is never empty, and its ballots are among the first party's votes.
        plain[ranking[0]] -= count;
    }
    let rows = tally.parties().iter().zip(plain).map(|(party, votes)| {
        let look = looks.get(party.name()).cloned().unwrap_or_default();
        Ok(Table(Row {
            name: party.name().to_string(),
            votes: if has_votes { Some(fits(party.name(), votes)?) } else { None },
            seats: recorded.and_then(|recorded| recorded.get(party.name())).copied(),
            members: party.members(),
            minority: party.is_minority(),
            direct_seats: party.direct_seats(),
            given: party.given(),
            min: party.minimum(),
            max: party.maximum(),
            held: party.held(),
            short: look.short,
            colour: look.colour,
            order: look.order,
        }))
    });
    let ballots = tally.rankings().map(|(ranking, count)| {
        let ranking: Vec<String> = ranking.into_iter().map(ToString::to_string).collect();
        let count = fits("a ranking", count)?;
        Ok(Table(Ranked { ranking, count }))
    });
    Ok((rows.collect::<Result<_, Error>>()?, ballots.collect::<Result<_, Error>>()?))
}

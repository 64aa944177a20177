//! Documents: one election, as TOML, JSON or any other format of serde's.
//!
//! [`Election`] is the type to read and write; [`Answer`] is what other programs read of its outcome. The serde forms of
//! ratios, methods, thresholds and rules stand in the files beside this one.

mod after;
mod alliance;
mod answer;
mod catalogue;
mod district;
mod law;
mod method;
mod quota_base;
mod ratio;
mod rule;
mod stage;
mod table;
mod tally;
mod threshold;
mod tie_break;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::alliance::Alliance;
use crate::district::District;
use crate::error::Error;
use crate::outcome::Outcome;
use crate::rule::Rule;
use crate::tally::Tally;

use table::Table;

pub use answer::{Answer, AnsweredDistrict, AnsweredParty, AnsweredTie};
pub use law::Law;

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
    /// Parties that stand together.
    pub alliances: Vec<Alliance>,
    /// The districts, where there are several; the tally is empty then.
    pub districts: Vec<District>,
    /// The seats on record in each district, in the order of its parties; empty, or one entry a district.
    pub recorded_in: Vec<Vec<Option<u64>>>,
    /// The seats on record for parties in all districts together.
    pub national: BTreeMap<String, u64>,
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
            alliances: Vec::new(),
            districts: Vec::new(),
            recorded_in: Vec::new(),
            national: BTreeMap::new(),
        }
    }

    /// An election with nothing but a rule and districts.
    #[must_use]
    pub fn in_districts(rule: Rule, districts: Vec<District>) -> Self {
        Self { districts, ..Self::new(rule, Tally::default()) }
    }

    /// Applies the rule to the tally, or to the districts.
    ///
    /// # Errors
    /// As [`Rule::apply_allied`] and [`Rule::apply_districts`].
    pub fn outcome(&self) -> Result<Outcome, Error> {
        match self.districts[..] {
            [] => self.rule.apply_allied(&self.tally, &self.alliances),
            _ => self.rule.apply_districts(&self.districts, &self.alliances),
        }
    }

    /// Whether an outcome agrees with every seat on record; `None` if none is.
    ///
    /// While a tie is open, it agrees if one of the ways in which the tie can go does.
    #[must_use]
    pub fn as_recorded(&self, outcome: &Outcome) -> Option<bool> {
        let here = agrees(outcome, &self.recorded);
        let places = outcome.districts().iter().zip(&self.recorded_in);
        let in_places = places.map(|(place, recorded)| agrees(place.outcome(), recorded));
        let in_nation = self.national.iter().map(|(name, &recorded)| {
            let certain = outcome.certain(name).unwrap_or(0);
            let tied = outcome.ties().iter().filter(|tie| tie.parties().contains(name)).count() as u64;
            Some(certain <= recorded && recorded - certain <= tied)
        });
        let known: Vec<bool> = core::iter::once(here).chain(in_places).chain(in_nation).flatten().collect();
        (!known.is_empty()).then(|| known.into_iter().all(|agrees| agrees))
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

/// Whether an outcome agrees with every seat on record; `None` if none is.
fn agrees(outcome: &Outcome, recorded: &[Option<u64>]) -> Option<bool> {
    let mut any = false;
    // Per tie, the seats that the record gives to its parties, and its parties without a record.
    let mut ties = alloc::vec![(0_u64, 0_u64); outcome.ties().len()];
    for (party, recorded) in outcome.parties().iter().zip(recorded) {
        let tie = outcome.ties().iter().position(|tie| tie.parties().iter().any(|tied| tied == party.name()));
        let Some(recorded) = *recorded else {
            if let Some(at) = tie {
                ties[at].1 += 1;
            }
            continue;
        };
        any = true;
        match (recorded.checked_sub(party.certain()), tie) {
            (Some(0), _) => {}
            (Some(1), Some(at)) => ties[at].0 += 1,
            _ => return Some(false),
        }
    }
    // A tie's other seats must fit the tied parties without a record.
    let fits = |(tie, (extra, free)): (&crate::Tie<String>, &(u64, u64))| {
        *extra <= tie.seats() && tie.seats() - extra <= *free
    };
    any.then(|| outcome.ties().iter().zip(&ties).all(fits))
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alliances: Vec<Alliance>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    national: BTreeMap<String, u64>,
    rule: Table<rule::Written>,
    /// Read here too, and written in the rule.
    #[serde(default, skip_serializing)]
    seats_by: Option<Table<district::SeatsBy>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tally: Option<Table<tally::Others>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parties: Option<Vec<Table<tally::Row>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ballots: Option<Vec<Table<tally::Ranked>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    districts: Option<Vec<Table<district::District>>>,
}

impl Serialize for Election {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let failed = serde::ser::Error::custom;
        let mut written = Written {
            id: self.id.clone(),
            name: self.name.clone(),
            date: self.date.clone(),
            sources: self.sources.clone(),
            note: self.note.clone(),
            complete: self.complete,
            seats: None,
            alliances: self.alliances.clone(),
            national: self.national.clone(),
            rule: Table(rule::Written::from(&self.rule)),
            seats_by: None,
            tally: None,
            parties: None,
            ballots: None,
            districts: None,
        };
        if self.districts.is_empty() {
            let (parties, ballots) = tally::write(&self.tally, &self.recorded).map_err(failed)?;
            written.seats = Some(self.rule.seats());
            written.tally =
                Some(Table(tally::Others::of(&self.tally).map_err(failed)?)).filter(|tally| !tally.is_default());
            written.parties = Some(parties);
            written.ballots = Some(ballots).filter(|ballots| !ballots.is_empty());
        } else {
            written.seats = self.rule.seats_by.as_ref().map(|_| self.rule.seats());
            let recorded = |at: usize| self.recorded_in.get(at).map(Vec::as_slice).unwrap_or_default();
            let one = |(at, district)| district::District::write(district, recorded(at)).map(Table);
            let districts: Result<Vec<_>, Error> = self.districts.iter().enumerate().map(one).collect();
            written.districts = Some(districts.map_err(failed)?);
        }
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Election {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let Table(written) = Table::<Written>::deserialize(deserializer)?;
        let Written { rule: Table(mut rule), seats_by, seats, tally, parties, ballots, districts, .. } = written;
        if seats_by.is_some() {
            if rule.seats_by.is_some() {
                return Err(D::Error::custom("seats_by stands both in the rule and beside it"));
            }
            rule.seats_by = seats_by;
        }
        let mut election = match districts {
            None => one_place(rule, seats, tally, parties, ballots),
            Some(_) if parties.is_some() || tally.is_some() || ballots.is_some() => {
                Err(D::Error::custom("parties, tally and ballots stand in the districts, not beside them"))
            }
            Some(districts) => several_places(rule, seats, districts),
        }?;
        election.id = written.id;
        election.name = written.name;
        election.date = written.date;
        election.sources = written.sources;
        election.note = written.note;
        election.complete = written.complete;
        election.alliances = written.alliances;
        election.national = written.national;
        Ok(election)
    }
}

/// The election of a document with one tally.
fn one_place<E: serde::de::Error>(
    rule: rule::Written,
    seats: Option<u64>,
    tally: Option<Table<tally::Others>>,
    parties: Option<Vec<Table<tally::Row>>>,
    ballots: Option<Vec<Table<tally::Ranked>>>,
) -> Result<Election, E> {
    let seats = seats.ok_or_else(|| E::missing_field("seats"))?;
    let parties = parties.ok_or_else(|| E::missing_field("parties"))?;
    let recorded = tally::recorded(&parties);
    let others = tally.map(|Table(others)| others).unwrap_or_default();
    let tally = tally::read(parties, ballots.unwrap_or_default(), others).map_err(E::custom)?;
    Ok(Election { recorded, ..Election::new(rule.into_rule(seats), tally) })
}

/// The election of a document with districts, which have the seats unless the rule gives them out.
fn several_places<E: serde::de::Error>(
    rule: rule::Written,
    seats: Option<u64>,
    districts: Vec<Table<district::District>>,
) -> Result<Election, E> {
    if districts.is_empty() {
        return Err(E::custom(Error::NoDistricts));
    }
    let read = districts.into_iter().map(|Table(district)| district.read()).collect::<Result<Vec<_>, _>>();
    let (districts, recorded_in): (Vec<District>, Vec<_>) = read.map_err(E::custom)?.into_iter().unzip();
    let own: u128 = districts.iter().filter_map(|district| district.seats).map(u128::from).sum();
    let seats = match (rule.seats_by.is_some(), seats) {
        (true, None) => return Err(E::missing_field("seats")),
        (true, Some(seats)) => seats,
        (false, Some(seats)) if own != seats.into() => {
            return Err(E::custom(format_args!("the districts have {own} seats, but the document has {seats}")));
        }
        (false, _) => crate::tally::fits("the house", own).map_err(E::custom)?,
    };
    Ok(Election { recorded_in, ..Election::in_districts(rule.into_rule(seats), districts) })
}

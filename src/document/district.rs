//! Districts as documents write them, and how they get their seats.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::table::Table;
use super::tally;
use super::tie_break::one_or_several;
use crate::allocation::TieBreak;
use crate::base::Base;
use crate::district::Measure;
use crate::error::Error;
use crate::method::AllocationMethod;

/// A constituency: like an election, but for the rule.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct District {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    population: Option<u64>,
    #[serde(default, skip_serializing_if = "Table::is_default")]
    tally: Table<tally::Others>,
    parties: Vec<Table<tally::Row>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ballots: Vec<Table<tally::Ranked>>,
}

impl District {
    /// The district, and its seats on record.
    pub(super) fn read(self) -> Result<(crate::District, Vec<Option<u64>>), Error> {
        let Self { name, seats, population, tally, parties, ballots } = self;
        let recorded = tally::recorded(&parties);
        let in_district = |error| Error::InDistrict { name: name.clone(), error: alloc::boxed::Box::new(error) };
        let tally = tally::read(parties, ballots, tally.0).map_err(in_district)?;
        Ok((crate::District { name, seats, tally, population }, recorded))
    }

    pub(super) fn write(district: &crate::District, recorded: &[Option<u64>]) -> Result<Self, Error> {
        let (parties, ballots) = tally::write(&district.tally, recorded)?;
        Ok(Self {
            name: district.name.clone(),
            seats: district.seats,
            population: district.population,
            tally: Table(tally::Others::of(&district.tally)?),
            parties,
            ballots,
        })
    }
}

/// `{ method = "hare", of = "population", min = 2 }`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeatsBy {
    method: AllocationMethod,
    of: Written,
    #[serde(default, skip_serializing_if = "is_zero")]
    min: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    tie_break: Vec<TieBreak<String>>,
}

/// What a district's claim is.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Written {
    PartyVotes,
    Valid,
    ValidAndBlank,
    Cast,
    Registered,
    Population,
}

impl Written {
    const PAIRS: [(Self, Measure); 6] = [
        (Self::PartyVotes, Measure::Ballots(Base::PartyVotes)),
        (Self::Valid, Measure::Ballots(Base::Valid)),
        (Self::ValidAndBlank, Measure::Ballots(Base::ValidAndBlank)),
        (Self::Cast, Measure::Ballots(Base::Cast)),
        (Self::Registered, Measure::Ballots(Base::Registered)),
        (Self::Population, Measure::Population),
    ];
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes references
const fn is_zero(min: &u64) -> bool {
    *min == 0
}

impl SeatsBy {
    pub(super) fn read(self) -> crate::SeatsBy {
        let of = Written::PAIRS.iter().find(|(written, _)| *written == self.of);
        let of = of.map_or(Measure::Population, |&(_, measure)| measure);
        crate::SeatsBy { method: self.method, of, minimum: self.min, tie_break: self.tie_break }
    }

    pub(super) fn of(by: &crate::SeatsBy) -> Self {
        let of = Written::PAIRS.iter().find(|(_, measure)| *measure == by.of);
        let of = of.map_or(Written::Population, |&(written, _)| written);
        Self { method: by.method.clone(), of, min: by.minimum, tie_break: by.tie_break.clone() }
    }
}

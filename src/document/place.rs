//! Places as documents write them: districts, regions, and the rooms that a law names.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::election::Look;
use super::table::Table;
use super::tally;
use crate::count::{Alliance, Level, Place};
use crate::error::Error;

/// A district or region: like an election, but for the law. Keys that are not named here are rooms.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "in")]
    within: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    population: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alliances: Vec<Alliance>,
    #[serde(default, skip_serializing_if = "Table::is_default")]
    tally: Table<tally::Others>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parties: Option<Vec<Table<tally::Row>>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ballots: Vec<Table<tally::Ranked>>,
    #[serde(flatten)]
    rooms: BTreeMap<String, u64>,
}

/// The keys that are no rooms.
const KEYS: &str = "name, in, seats, population, alliances, tally, parties, ballots";

impl Written {
    /// The place, and its seats on record.
    pub(super) fn read(
        self,
        level: Level,
        rooms: &[&str],
        looks: &mut BTreeMap<String, Look>,
    ) -> Result<(Place, BTreeMap<String, u64>), Error> {
        let Self { name, within, seats, population, alliances, tally, parties, ballots, rooms: own } = self;
        let in_place = |error| Error::InDistrict { name: name.clone(), error: Box::new(error) };
        if let Some(unknown) = own.keys().find(|key| !rooms.contains(&key.as_str())) {
            return Err(in_place(Error::UnknownKey { key: unknown.clone(), known: KEYS }));
        }
        let parties = match (parties, level) {
            (Some(parties), _) => parties,
            (None, Level::District) => return Err(in_place(Error::MissingKey { key: "parties", of: "a district" })),
            (None, _) => Vec::new(),
        };
        let recorded = tally::recorded(&parties);
        let counts_itself = level == Level::District || tally::have_votes(&parties);
        let tally = tally::read(parties, ballots, tally.0, level == Level::District, looks).map_err(in_place)?;
        let mut place = Place { name, level, within, seats, population, rooms: own, alliances, ..Place::default() };
        place.tally = tally;
        place.counts_itself = counts_itself;
        Ok((place, recorded))
    }

    pub(super) fn write(
        place: &Place,
        recorded: Option<&BTreeMap<String, u64>>,
        looks: &BTreeMap<String, Look>,
    ) -> Result<Self, Error> {
        let (parties, ballots) = tally::write(&place.tally, recorded, place.counts_itself, looks)?;
        Ok(Self {
            name: place.name.clone(),
            within: place.within.clone(),
            seats: place.seats,
            population: place.population,
            alliances: place.alliances.clone(),
            tally: Table(tally::Others::of(&place.tally)?),
            parties: Some(parties).filter(|parties| !parties.is_empty() || place.level == Level::District),
            ballots,
            rooms: place.rooms.clone(),
        })
    }
}

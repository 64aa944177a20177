//! Seats placed by a statute's own steps until the totals of parties and places both hold.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::names::Names;
use crate::count::{PartyId, PlaceId};
use crate::rule::trace::{SettleStep, SettledRecord};

/// Seats by party and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settled {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// The rows of `seats` and `whole`.
    parties: Vec<String>,
    /// Their columns.
    places: Vec<Place>,
    seats: Vec<Vec<Figure>>,
    /// Seats by whole quotas of each place.
    whole: Vec<Vec<Figure>>,
    steps: Vec<Step>,
}

/// A place with its seats by the count, and by the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    place: String,
    counted: Figure,
    seats: Figure,
}

/// What followed the whole quotas and the seats by fractions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", deny_unknown_fields)]
enum Step {
    Swap {
        giver: (String, String),
        over: Figure,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receiver: Option<(String, String)>,
    },
    GivenBack {
        party: String,
        at: String,
    },
    Taken {
        party: String,
        at: String,
    },
    Rest {
        party: String,
        at: String,
        seats: Figure,
    },
}

impl Settled {
    pub(super) fn of(record: &SettledRecord, names: Names<'_>) -> Self {
        let rows = |rows: &[Vec<u64>]| rows.iter().map(|row| row.iter().map(|&seats| seats.into()).collect()).collect();
        let places = record.places.iter().zip(&record.sizes);
        let place = |(&place, &(counted, seats)): (&PlaceId, &(u64, u64))| Place {
            place: names.title(place),
            counted: counted.into(),
            seats: seats.into(),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            parties: names.parties(&record.parties),
            places: places.map(place).collect(),
            seats: rows(&record.seats),
            whole: rows(&record.whole),
            steps: record.steps.iter().map(|step| Step::of(step, names)).collect(),
        }
    }
}

impl Step {
    fn of(step: &SettleStep, names: Names<'_>) -> Self {
        let pair = |(party, place): (PartyId, PlaceId)| (names.party(party), names.title(place));
        match *step {
            SettleStep::Swap { giver, over, receiver } => {
                Self::Swap { giver: pair(giver), over: over.into(), receiver: receiver.map(pair) }
            }
            SettleStep::GivenBack(party, place) => {
                let (party, at) = pair((party, place));
                Self::GivenBack { party, at }
            }
            SettleStep::Taken(party, place) => {
                let (party, at) = pair((party, place));
                Self::Taken { party, at }
            }
            SettleStep::Rest(party, place, seats) => {
                let (party, at) = pair((party, place));
                Self::Rest { party, at, seats: seats.into() }
            }
        }
    }
}

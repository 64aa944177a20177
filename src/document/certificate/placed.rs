//! Seats placed: in which smaller place each went, one by one where the law goes seat by seat.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::{Figure, ratio_of};
use super::names::Names;
use crate::rule::Placement;
use crate::rule::trace::{PlacedRecord, PlacedSeat};

/// Seats placed inside one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Placed {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    step: Placement,
    /// What was to be placed.
    seats: BTreeMap<String, Figure>,
    placed: Vec<Cell>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    moves: Vec<Move>,
}

/// A party in a place: the seats that it held and got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    party: String,
    at: String,
    held: Figure,
    seats: Figure,
}

/// One seat placed: the seats before it, and what it was placed with before any divisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    party: String,
    at: String,
    before: Figure,
    claim: String,
}

impl Placed {
    pub(super) fn of(record: &PlacedRecord, names: Names<'_>) -> Self {
        let cell = |&(party, place, held, seats): &(_, _, u64, u64)| Cell {
            party: names.party(party),
            at: names.title(place),
            held: held.into(),
            seats: seats.into(),
        };
        let step = |seat: &PlacedSeat| Move {
            party: names.party(seat.party),
            at: names.title(seat.place),
            before: seat.before.into(),
            claim: ratio_of(&seat.claim.0, &seat.claim.1),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            step: record.step.clone(),
            seats: names.by_party(record.seats.iter().copied()),
            placed: record.placed.iter().map(cell).collect(),
            moves: record.moves.iter().map(step).collect(),
        }
    }
}

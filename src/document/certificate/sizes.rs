//! Seats that places got: a contest of places by what was counted of each.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::names::Names;
use crate::count::Base;
use crate::method::AllocationMethod;
use crate::rule::trace::SizesRecord;

/// Seats that places got from one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sizes {
    tier: String,
    method: AllocationMethod,
    of: Base,
    minimum: Figure,
    seats: Figure,
    places: Vec<Size>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    place: String,
    claim: Figure,
    seats: Figure,
}

impl Sizes {
    pub(super) fn of(record: &SizesRecord, names: Names<'_>) -> Self {
        let places = record.places.iter().zip(&record.claims).zip(&record.given);
        let size = |((&place, &claim), &seats): ((&_, &u64), &u64)| Size {
            place: names.title(place),
            claim: claim.into(),
            seats: seats.into(),
        };
        Self {
            tier: names.tier(record.tier),
            method: record.method.clone(),
            of: record.of,
            minimum: record.minimum.into(),
            seats: record.seats.into(),
            places: places.map(size).collect(),
        }
    }
}

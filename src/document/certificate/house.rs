//! What tiers do with seats and votes of earlier ones: whole quotas, targets, houses that grow, seats returned and linked.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::admission::exact;
use super::figure::{Figure, ratio_of};
use super::names::Names;
use crate::method::AllocationMethod;
use crate::rule::Overhang;
use crate::rule::trace::{LevelledRecord, LinkedRecord, PartialRecord, ReturnedRecord, TopUpRecord};

/// Whole quotas, and what they leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Partial {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    method: AllocationMethod,
    /// What a seat costs in votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_from: Option<String>,
    parties: Vec<Bought>,
    /// The seats that there were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<Figure>,
    left: Figure,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bought {
    party: String,
    votes: Figure,
    seats: Figure,
}

/// Targets beside what is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopUp {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    seats: Figure,
    house: Figure,
    overhang: Overhang,
    parties: Vec<Target>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    leaving: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    party: String,
    held: Figure,
    target: Figure,
}

/// A house that grew until shares covered what parties need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Levelled {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    house: Figure,
    size: Figure,
    unlevelled: Figure,
    parties: Vec<Share>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    party: String,
    needs: Figure,
    share: Figure,
}

/// A seat that went back, or was given on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Returned {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    party: String,
    seats: Figure,
}

/// Seats by a part of what parties lack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Linked {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// The house without seats of parties that take no part.
    house: Figure,
    seats: Figure,
    parties: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    party: String,
    held: Figure,
    linked: Figure,
}

impl Partial {
    pub(super) fn of(record: &PartialRecord, names: Names<'_>) -> Self {
        let parties = record.parties.iter().zip(&record.votes).zip(&record.seats);
        let bought = |((&party, &votes), &seats): ((&_, &u64), &u64)| Bought {
            party: names.party(party),
            votes: votes.into(),
            seats: seats.into(),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            method: AllocationMethod::LargestRemainder(record.quota),
            quota: record.cost.as_ref().map(|(price, parts)| ratio_of(price, parts)),
            up_from: record.up_from.map(exact),
            parties: parties.map(bought).collect(),
            seats: record.limit.map(Figure::from),
            left: record.left.into(),
        }
    }
}

impl TopUp {
    pub(super) fn of(record: &TopUpRecord, names: Names<'_>) -> Self {
        let parties = record.parties.iter().zip(&record.held).zip(&record.target);
        let target = |((&party, &held), &target): ((&_, &u64), &u64)| Target {
            party: names.party(party),
            held: held.into(),
            target: target.into(),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            seats: record.seats.into(),
            house: record.house.into(),
            overhang: record.overhang.clone(),
            parties: parties.map(target).collect(),
            leaving: names.parties(&record.leaving),
        }
    }
}

impl Levelled {
    pub(super) fn of(record: &LevelledRecord, names: Names<'_>) -> Self {
        let parties = record.parties.iter().zip(&record.needs).zip(&record.share);
        let share = |((&party, &needs), &share): ((&_, &u64), &u64)| Share {
            party: names.party(party),
            needs: needs.into(),
            share: share.into(),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            house: record.house.into(),
            size: record.size.into(),
            unlevelled: record.unlevelled.into(),
            parties: parties.map(share).collect(),
        }
    }
}

impl Returned {
    pub(super) fn of(record: &ReturnedRecord, names: Names<'_>) -> Self {
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            party: names.party(record.party),
            seats: record.seats.into(),
        }
    }
}

impl Linked {
    pub(super) fn of(record: &LinkedRecord, names: Names<'_>) -> Self {
        let parties = record.parties.iter().zip(&record.held).zip(&record.linked);
        let link = |((&party, &held), &linked): ((&_, &u64), &u64)| Link {
            party: names.party(party),
            held: held.into(),
            linked: linked.into(),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            house: record.base.into(),
            seats: record.seats.into(),
            parties: parties.map(link).collect(),
        }
    }
}

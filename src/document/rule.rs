//! Rules that stand alone: their seats, and one tier or several.

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::Table;
use crate::rule::{Rule, Seats, SeatsBy, Tier};

/// The law's part of a document: `rule` for one tier, or `tiers`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Alone {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Table<Tier>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<Table<Tier>>>,
}

/// The rule of a document that has `rule` or `tiers`, and perhaps `seats_by` beside them.
pub(super) fn read(
    rule: Option<Table<Tier>>,
    tiers: Option<Vec<Table<Tier>>>,
    seats_by: Option<Table<SeatsBy>>,
    seats: Option<u64>,
) -> Result<Rule, String> {
    match (rule, tiers) {
        (Some(Table(mut tier)), None) => {
            if tier.seats != Seats::OfPlace {
                return Err("seats stand beside the rule, not in it".into());
            }
            if let Some(Table(by)) = seats_by {
                if tier.seats_by.is_some() {
                    return Err("seats_by stands both in the rule and beside it".into());
                }
                tier.seats_by = Some(by);
            }
            Ok(Rule::of_one(tier, seats))
        }
        (None, Some(tiers)) => {
            if seats_by.is_some() {
                return Err("seats_by stands in a tier, not beside the tiers".into());
            }
            let rule = Rule::of_tiers(tiers.into_iter().map(|Table(tier)| tier));
            Ok(match seats {
                Some(seats) => rule.with_seats(seats),
                None => rule,
            })
        }
        (Some(_), Some(_)) => Err("a law has rule or tiers, not both".into()),
        (None, None) => Err("missing field `rule`".into()),
    }
}

/// What a document has of a rule: one tier, or several.
pub(super) type Parts = (Option<Table<Tier>>, Option<Vec<Table<Tier>>>);

/// The parts of a document that hold a rule.
pub(super) fn write(rule: &Rule) -> Parts {
    match rule.tiers() {
        [one] if rule.is_flat() => (Some(Table(one.clone())), None),
        tiers => (None, Some(tiers.iter().cloned().map(Table).collect())),
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rule, tiers) = write(self);
        Alone { seats: self.seats(), rule, tiers }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Table(Alone { seats, rule, tiers }) = Table::deserialize(deserializer)?;
        read(rule, tiers, None, seats).map_err(D::Error::custom)
    }
}

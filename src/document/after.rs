//! What a rule does beside its method, as documents write it: bonus, cap, absolute majority, exhausted lists.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::quota_base::QuotaBase;
use super::table::NumberOr;
use crate::base::Base;
use crate::num::Ratio;

/// `50`, or `{ seats = 20, from = "25%", step = "0.5%", most = 50, of = "valid" }`.
pub(super) struct Bonus(crate::Bonus);

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct BonusTable {
    seats: u64,
    #[serde(default = "zero", skip_serializing_if = "is_zero")]
    from: Ratio,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most: Option<u64>,
    #[serde(default)]
    of: Base,
}

const fn zero() -> Ratio {
    Ratio::ZERO
}

fn is_zero(share: &Ratio) -> bool {
    *share == Ratio::ZERO
}

impl Bonus {
    pub(super) fn read(self) -> crate::Bonus {
        self.0
    }

    pub(super) fn of(bonus: &crate::Bonus) -> Self {
        Self(bonus.clone())
    }
}

impl Serialize for Bonus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let crate::Bonus { seats, from, step, most, of } = self.0;
        BonusTable { seats, from, step, most, of }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Bonus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bonus = match NumberOr::<BonusTable>::deserialize(deserializer)? {
            NumberOr::Number(seats) => crate::Bonus::new(seats),
            NumberOr::Table(BonusTable { seats, from, step, most, of }) => crate::Bonus { seats, from, step, most, of },
        };
        Ok(Self(bonus))
    }
}

/// `{ points = "8%", of = "admitted", house = 500, most = 300 }`.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cap {
    points: Ratio,
    #[serde(default)]
    of: QuotaBase,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    house: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most: Option<u64>,
}

impl Cap {
    pub(super) fn read(self) -> crate::Cap {
        crate::Cap { points: self.points, of: self.of.read(), house: self.house, most: self.most }
    }

    pub(super) fn of(cap: &crate::Cap) -> Self {
        Self { points: cap.points, of: QuotaBase::write(cap.of), house: cap.house, most: cap.most }
    }
}

/// `true`, or `{ drawn = ["B"] }` for lots that say who gives up the seat.
#[derive(Default, PartialEq)]
pub(super) struct Majority(Option<Vec<String>>);

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lots {
    drawn: Vec<String>,
}

impl Majority {
    pub(super) fn read(self) -> Option<crate::Majority> {
        self.0.map(|drawn| crate::Majority { drawn })
    }

    pub(super) fn of(majority: Option<&crate::Majority>) -> Self {
        Self(majority.map(|majority| majority.drawn.clone()))
    }
}

impl Serialize for Majority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            None => false.serialize(serializer),
            Some(drawn) if drawn.is_empty() => true.serialize(serializer),
            Some(drawn) => Lots { drawn: drawn.clone() }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Majority {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rule;
        impl<'de> Visitor<'de> for Rule {
            type Value = Majority;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or { drawn = [\"B\"] }")
            }

            fn visit_bool<E: serde::de::Error>(self, holds: bool) -> Result<Majority, E> {
                Ok(Majority(holds.then(Vec::new)))
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Majority, A::Error> {
                let Lots { drawn } = Lots::deserialize(MapAccessDeserializer::new(access))?;
                Ok(Majority(Some(drawn)))
            }
        }
        deserializer.deserialize_any(Rule)
    }
}

/// Whether maximums hold within the method or after it.
#[derive(Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Exhaustion {
    /// No list gets more than its maximum at any step.
    #[default]
    Within,
    /// Seats beyond the maximum return after the method, and its stages go on.
    Reassign,
}

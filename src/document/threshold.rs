//! Thresholds as documents write them: `"7%"`, `{ share = "7%", of = "cast" }`, `{ any = [ … ] }`.

use core::fmt;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::method::{quota_named, write_quota};
use super::ratio::by_number;
use crate::count::{Base, Level};
use crate::method::Rounding;
use crate::num::Ratio;
use crate::rule::{HowMany, Threshold};

/// A threshold, key by key.
#[derive(Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "count")]
    votes: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "by_number")]
    by_members: Option<BTreeMap<u64, Ratio>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Base>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    strict: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direct_seats: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minority: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Threshold>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Threshold>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Where>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    units: Option<Units>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "in")]
    inside: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pass: Option<alloc::boxed::Box<Threshold>>,
    /// Seats of earlier tiers; in a stage's condition, seats that a party has already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
}

/// Where a threshold is judged.
#[derive(Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Where {
    District,
    Region,
    Nation,
    AnyDistrict,
}

impl Where {
    const fn of(level: Level) -> Self {
        match level {
            Level::District => Self::District,
            Level::Region => Self::Region,
            Level::Nation => Self::Nation,
        }
    }
}

/// In how many places it must be passed: a number, or `"all"`.
#[derive(Clone, Copy, PartialEq)]
struct Units(HowMany);

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            HowMany::AtLeast(places) => places.serialize(serializer),
            HowMany::All => "all".serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrAll;
        impl Visitor<'_> for NumberOrAll {
            type Value = Units;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of places, or \"all\"")
            }

            fn visit_u64<E: serde::de::Error>(self, places: u64) -> Result<Units, E> {
                Ok(Units(HowMany::AtLeast(places)))
            }

            fn visit_i64<E: serde::de::Error>(self, places: i64) -> Result<Units, E> {
                u64::try_from(places)
                    .map(|places| Units(HowMany::AtLeast(places)))
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(places), &self))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Units, E> {
                match text {
                    "all" => Ok(Units(HowMany::All)),
                    _ => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(NumberOrAll)
    }
}

impl Written {
    /// The conditions of a stage: a number of seats, a threshold, or both.
    pub(super) fn read_conditions(mut self) -> Result<(Option<u64>, Option<Threshold>), String> {
        let seats = self.seats.take();
        let threshold = if seats.is_none() || self != Self::default() { Some(self.read()?) } else { None };
        Ok((seats, threshold))
    }

    /// So many seats, as the condition of a stage.
    pub(super) fn of_seats(seats: u64) -> Self {
        Self { seats: Some(seats), ..Self::default() }
    }

    fn read(mut self) -> Result<Threshold, String> {
        let at = self.at.take();
        let threshold = self.read_here()?;
        Ok(match at {
            Some(Where::District) => threshold.at(Level::District),
            Some(Where::Region) => threshold.at(Level::Region),
            Some(Where::Nation) => threshold.at(Level::Nation),
            Some(Where::AnyDistrict) => Threshold::in_places(1, Level::District, threshold),
            None => threshold,
        })
    }

    fn read_here(self) -> Result<Threshold, String> {
        const KINDS: &str = "share, votes, quota, by_members, direct_seats, seats, units, minority, any, all";
        let kinds = [
            ("share", self.share.is_some()),
            ("votes", self.votes.is_some()),
            ("quota", self.quota.is_some()),
            ("by_members", self.by_members.is_some()),
            ("direct_seats", self.direct_seats.is_some()),
            ("seats", self.seats.is_some()),
            ("units", self.units.is_some()),
            ("minority", self.minority.is_some()),
            ("any", self.any.is_some()),
            ("all", self.all.is_some()),
        ];
        let mut given = kinds.iter().filter(|(_, given)| *given).map(|(kind, _)| *kind);
        let kind = given.next().ok_or_else(|| format!("a threshold needs one of {KINDS}"))?;
        if let Some(second) = given.next() {
            return Err(format!("a threshold has one of {KINDS}, not both {kind} and {second}"));
        }
        let modifiers = [
            ("rounding", self.rounding.is_some(), &["quota"][..]),
            ("times", self.times.is_some(), &["quota"]),
            ("of", self.of.is_some(), &["share", "quota", "by_members"]),
            ("strict", self.strict.is_some(), &["share", "votes", "quota", "by_members"]),
            ("in", self.inside.is_some(), &["units"]),
            ("pass", self.pass.is_some(), &["units"]),
        ];
        if let Some((key, ..)) = modifiers.iter().find(|(_, given, kinds)| *given && !kinds.contains(&kind)) {
            return Err(format!("{key} says nothing of a threshold by {kind}"));
        }

        let of = self.of.unwrap_or_default();
        let strict = self.strict.unwrap_or(false);
        if let Some(share) = self.share {
            Ok(Threshold::Share { share, of, strict })
        } else if let Some(votes) = self.votes {
            Ok(Threshold::Votes { votes, strict })
        } else if let Some(name) = self.quota {
            let quota = quota_named(&name, self.rounding)?;
            Ok(Threshold::Quota { quota, times: self.times.unwrap_or(Ratio::ONE), of, strict })
        } else if let Some(shares) = self.by_members {
            Ok(Threshold::ByMembers { shares, of, strict })
        } else if let Some(seats) = self.direct_seats {
            Ok(Threshold::DirectSeats(seats))
        } else if let Some(seats) = self.seats {
            Ok(Threshold::Seats(seats))
        } else if let Some(Units(places)) = self.units {
            let level = self.inside.ok_or("units needs in, such as \"region\"")?;
            let pass = self.pass.ok_or("units needs pass, a threshold")?;
            Ok(Threshold::Places { places, level, pass })
        } else if let Some(list) = self.any {
            some(list, "any").map(Threshold::Any)
        } else if let Some(list) = self.all {
            some(list, "all").map(Threshold::All)
        } else if self.minority == Some(true) {
            Ok(Threshold::Minority)
        } else {
            Err("minority is true or not there".into())
        }
    }

    pub(super) fn of(threshold: &Threshold) -> Self {
        let strictly = |strict: bool| strict.then_some(true);
        match threshold {
            Threshold::Share { share, of, strict } => {
                Self { share: Some(*share), of: Some(*of), strict: strictly(*strict), ..Self::default() }
            }
            Threshold::Votes { votes, strict } => {
                Self { votes: Some(*votes), strict: strictly(*strict), ..Self::default() }
            }
            Threshold::Quota { quota, times, of, strict } => {
                let (quota, rounding) = write_quota(*quota);
                Self {
                    quota: Some(quota),
                    rounding,
                    times: Some(*times),
                    of: Some(*of),
                    strict: strictly(*strict),
                    ..Self::default()
                }
            }
            Threshold::ByMembers { shares, of, strict } => {
                Self { by_members: Some(shares.clone()), of: Some(*of), strict: strictly(*strict), ..Self::default() }
            }
            Threshold::Seats(seats) => Self { seats: Some(*seats), ..Self::default() },
            Threshold::Places { places: HowMany::AtLeast(1), level: Level::District, pass }
                if Self::of(pass).at.is_none() =>
            {
                Self { at: Some(Where::AnyDistrict), ..Self::of(pass) }
            }
            Threshold::Places { places, level, pass } => {
                Self { units: Some(Units(*places)), inside: Some(*level), pass: Some(pass.clone()), ..Self::default() }
            }
            Threshold::DirectSeats(seats) => Self { direct_seats: Some(*seats), ..Self::default() },
            Threshold::At { level, threshold } => {
                let inner = Self::of(threshold);
                let at = inner.at.or(Some(Where::of(*level)));
                Self { at, ..inner }
            }
            Threshold::Minority => Self { minority: Some(true), ..Self::default() },
            Threshold::Any(list) => Self { any: Some(list.clone()), ..Self::default() },
            Threshold::All(list) => Self { all: Some(list.clone()), ..Self::default() },
        }
    }
}

fn some(list: Vec<Threshold>, key: &str) -> Result<Vec<Threshold>, String> {
    if list.is_empty() { Err(format!("{key} lists no threshold")) } else { Ok(list) }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::of(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ThresholdVisitor)
    }
}

struct ThresholdVisitor;

impl<'de> Visitor<'de> for ThresholdVisitor {
    type Value = Threshold;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a threshold, such as \"7%\" or { share = \"7%\", of = \"valid\" }")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Threshold, E> {
        text.parse().map(Threshold::share).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Threshold, A::Error> {
        Written::deserialize(MapAccessDeserializer::new(access))?.read().map_err(A::Error::custom)
    }
}

/// A whole number of votes, as a number or as text.
fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    struct Count;
    impl Visitor<'_> for Count {
        type Value = u64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number of votes")
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<u64, E> {
            Ok(number)
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<u64, E> {
            u64::try_from(number).map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(number), &self))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<u64, E> {
            text.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
    }
    deserializer.deserialize_any(Count).map(Some)
}

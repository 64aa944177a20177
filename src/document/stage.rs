//! Stages as documents write them: `{ whole_quotas = { quota = "droop" } }`, `{ largest_remainders = {}, total = 5 }`,
//! `{ highest_averages = { divisor = "adams" }, only = { seats = 1 }, each = 1 }`, `{ most_votes = {} }`.

use core::fmt;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::method::{quota_named, write_quota};
use super::table::Table;
use super::threshold;
use crate::method::{AllocationMethod, Rounding, Stage, StageKind};
use crate::num::Ratio;
use crate::rule::Threshold;

/// A stage, key by key.
#[derive(Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whole_quotas: Option<WholeQuotas>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    largest_remainders: Option<Table<Remainders>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    highest_averages: Option<AllocationMethod>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Averaged>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most_votes: Option<Table<Nothing>>,
    #[serde(default, skip_serializing_if = "Conditions::is_empty")]
    only: Conditions,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    each: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// What highest averages are taken of, where it is not the votes.
#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Averaged {
    Remainders,
}

/// A quota, and the part of it that counts as a whole one.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum WholeQuotas {
    Plain(AllocationMethod),
    UpFrom(UpFrom),
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct UpFrom {
    quota: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_from: Option<Ratio>,
}

impl<'de> Deserialize<'de> for WholeQuotas {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrTable;
        impl<'de> Visitor<'de> for NameOrTable {
            type Value = WholeQuotas;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a quota, such as \"droop\" or { quota = \"hare\", up_from = \"3/4\" }")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<WholeQuotas, E> {
                AllocationMethod::deserialize(StrDeserializer::new(name)).map(WholeQuotas::Plain)
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<WholeQuotas, A::Error> {
                UpFrom::deserialize(MapAccessDeserializer::new(access)).map(WholeQuotas::UpFrom)
            }
        }
        deserializer.deserialize_any(NameOrTable)
    }
}

/// The quota of remainders, where it is not that of the whole quotas before.
#[derive(Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Remainders {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
}

/// A table without keys.
#[derive(Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// One condition, or a list of them; each table may hold a number of seats and a threshold.
#[derive(Default)]
struct Conditions {
    seats: u64,
    thresholds: Vec<Threshold>,
}

impl Conditions {
    fn is_empty(&self) -> bool {
        self.seats == 0 && self.thresholds.is_empty()
    }
}

/// A stage, and what the law asks of those that take part in it.
#[derive(PartialEq)]
pub(super) struct StageOfLaw {
    pub(super) stage: Stage,
    pub(super) threshold: Option<Threshold>,
}

impl Written {
    fn read(self) -> Result<StageOfLaw, String> {
        const KINDS: &str = "whole_quotas, largest_remainders, highest_averages, most_votes";
        let kinds = [
            ("whole_quotas", self.whole_quotas.is_some()),
            ("largest_remainders", self.largest_remainders.is_some()),
            ("highest_averages", self.highest_averages.is_some()),
            ("most_votes", self.most_votes.is_some()),
        ];
        let mut given = kinds.iter().filter(|(_, given)| *given).map(|(kind, _)| *kind);
        let kind = given.next().ok_or_else(|| format!("a stage needs one of {KINDS}"))?;
        if let Some(second) = given.next() {
            return Err(format!("a stage has one of {KINDS}, not both {kind} and {second}"));
        }
        if self.of.is_some() && self.highest_averages.is_none() {
            return Err(format!("of belongs to highest_averages, not to {kind}"));
        }
        let mut part = None;
        let kind = if let Some(method) = self.whole_quotas {
            match method {
                WholeQuotas::Plain(AllocationMethod::LargestRemainder(quota)) => StageKind::WholeQuotas(quota),
                WholeQuotas::Plain(other) => return Err(format!("whole_quotas takes a quota, not {other}")),
                WholeQuotas::UpFrom(UpFrom { quota, rounding, up_from }) => {
                    part = up_from;
                    StageKind::WholeQuotas(quota_named(&quota, rounding)?)
                }
            }
        } else if let Some(method) = self.highest_averages {
            match method {
                AllocationMethod::HighestAverages(divisors) if self.of.is_some() => {
                    StageKind::RemainderAverages(divisors)
                }
                AllocationMethod::HighestAverages(divisors) => StageKind::HighestAverages(divisors),
                other => return Err(format!("highest_averages takes a divisor, not {other}")),
            }
        } else if let Some(Table(remainders)) = self.largest_remainders {
            match (remainders.quota, remainders.rounding) {
                (Some(name), rounding) => StageKind::LargestRemainders(Some(quota_named(&name, rounding)?)),
                (None, None) => StageKind::LargestRemainders(None),
                (None, Some(_)) => return Err("rounding belongs to a quota".into()),
            }
        } else {
            StageKind::MostVotes
        };
        let stage = Stage { kind, fewest: self.only.seats, each: self.each, total: self.total, up_from: part };
        let mut thresholds = self.only.thresholds;
        let threshold = if thresholds.len() > 1 { Some(Threshold::All(thresholds)) } else { thresholds.pop() };
        Ok(StageOfLaw { stage, threshold })
    }

    fn of(stage: &Stage, threshold: Option<&Threshold>) -> Self {
        let only = Conditions { seats: stage.fewest, thresholds: threshold.into_iter().cloned().collect() };
        let written = Self { only, each: stage.each, total: stage.total, ..Self::default() };
        match &stage.kind {
            StageKind::WholeQuotas(quota) => {
                let (name, rounding) = write_quota(*quota);
                let quotas = match stage.up_from {
                    None => WholeQuotas::Plain(AllocationMethod::LargestRemainder(*quota)),
                    up_from => WholeQuotas::UpFrom(UpFrom { quota: name, rounding, up_from }),
                };
                Self { whole_quotas: Some(quotas), ..written }
            }
            StageKind::HighestAverages(divisors) => {
                Self { highest_averages: Some(AllocationMethod::HighestAverages(divisors.clone())), ..written }
            }
            StageKind::RemainderAverages(divisors) => {
                let averages = Some(AllocationMethod::HighestAverages(divisors.clone()));
                Self { highest_averages: averages, of: Some(Averaged::Remainders), ..written }
            }
            StageKind::LargestRemainders(quota) => {
                let remainders = quota.map_or_else(Remainders::default, |quota| {
                    let (quota, rounding) = write_quota(quota);
                    Remainders { quota: Some(quota), rounding }
                });
                Self { largest_remainders: Some(Table(remainders)), ..written }
            }
            StageKind::MostVotes => Self { most_votes: Some(Table(Nothing {})), ..written },
        }
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::of(self, None).serialize(serializer)
    }
}

impl Serialize for StageOfLaw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::of(&self.stage, self.threshold.as_ref()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StageOfLaw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Table::<Written>::deserialize(deserializer)?.0.read().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Stage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let StageOfLaw { stage, threshold } = StageOfLaw::deserialize(deserializer)?;
        match threshold {
            None => Ok(stage),
            Some(threshold) => Err(D::Error::custom(only_a_law(&threshold))),
        }
    }
}

/// Why a method alone cannot have a stage for those that pass a threshold.
pub(super) fn only_a_law(threshold: &Threshold) -> String {
    format!("only the method of a rule or a tier can keep a stage to those with {threshold}")
}

impl Serialize for Conditions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let seats = (self.seats > 0).then(|| threshold::Written::of_seats(self.seats));
        let written: Vec<threshold::Written> =
            seats.into_iter().chain(self.thresholds.iter().map(threshold::Written::of)).collect();
        match &written[..] {
            [one] => one.serialize(serializer),
            several => serializer.collect_seq(several),
        }
    }
}

impl<'de> Deserialize<'de> for Conditions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ConditionsVisitor)
    }
}

struct ConditionsVisitor;

impl<'de> Visitor<'de> for ConditionsVisitor {
    type Value = Conditions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("who may take part, such as { seats = 1 }, \"5%\" or a list of such conditions")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Conditions, E> {
        let threshold = Deserialize::deserialize(StrDeserializer::new(text))?;
        Ok(Conditions { seats: 0, thresholds: Vec::from([threshold]) })
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Conditions, A::Error> {
        let written = threshold::Written::deserialize(MapAccessDeserializer::new(access))?;
        let (seats, threshold) = written.read_conditions().map_err(A::Error::custom)?;
        Ok(Conditions { seats: seats.unwrap_or(0), thresholds: threshold.into_iter().collect() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Conditions, A::Error> {
        let mut all = Conditions::default();
        while let Some(Conditions { seats, thresholds }) = access.next_element()? {
            all.seats = all.seats.max(seats);
            all.thresholds.extend(thresholds);
        }
        Ok(all)
    }
}

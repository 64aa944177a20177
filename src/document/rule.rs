//! Rules as documents write them, without or with their seats.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::after;
use super::quota_base::QuotaBase;
use super::table::{NumberOr, Table};
use super::tie_break::one_or_several;

use crate::allocation::TieBreak;
use crate::base::Base;
use crate::method::{AllocationMethod, Excess};
use crate::num::Ratio;
use crate::rule::Rule;
use crate::threshold::Threshold;

/// A rule, key by key, without its seats.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    method: AllocationMethod,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threshold: Option<Threshold>,
    #[serde(default, skip_serializing_if = "is_default")]
    admit_at_least: AdmitAtLeast,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admitted_share: Option<AdmittedShare>,
    #[serde(default, skip_serializing_if = "is_default")]
    none_passes: NonePasses,
    #[serde(default, skip_serializing_if = "is_default")]
    quota_base: QuotaBase,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    tie_break: Vec<TieBreak<String>>,
    #[serde(default, skip_serializing_if = "is_default")]
    excess: Excess,
    #[serde(default, skip_serializing_if = "is_default")]
    vacancies: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    spare_votes: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alliance_method: Option<AllocationMethod>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bonus: Option<after::Bonus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cap: Option<Table<after::Cap>>,
    #[serde(default, skip_serializing_if = "is_default")]
    absolute_majority: after::Majority,
    #[serde(default, skip_serializing_if = "is_default")]
    exhaustion: after::Exhaustion,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) seats_by: Option<Table<super::district::SeatsBy>>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How many parties are admitted at least: a number, or a table that also says how those beyond the threshold count.
#[derive(PartialEq, serde::Serialize)]
#[serde(untagged)]
enum AdmitAtLeast {
    Parties(usize),
    Weighed(SecondList),
}

#[derive(PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SecondList {
    parties: usize,
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    weight: Ratio,
    #[serde(default, skip_serializing_if = "is_default")]
    min: u64,
}

const fn whole() -> Ratio {
    Ratio::ONE
}

fn is_whole(weight: &Ratio) -> bool {
    *weight == Ratio::ONE
}

impl Default for AdmitAtLeast {
    fn default() -> Self {
        Self::Parties(0)
    }
}

impl AdmitAtLeast {
    const fn parties(&self) -> usize {
        match self {
            Self::Parties(parties) | Self::Weighed(SecondList { parties, .. }) => *parties,
        }
    }

    const fn second_list(&self) -> Option<(Ratio, u64)> {
        match self {
            Self::Parties(_) => None,
            Self::Weighed(list) => Some((list.weight, list.min)),
        }
    }

    fn of(rule: &Rule) -> Self {
        match rule.second_list {
            None => Self::Parties(rule.admit_at_least),
            Some((weight, min)) => Self::Weighed(SecondList { parties: rule.admit_at_least, weight, min }),
        }
    }
}

impl<'de> Deserialize<'de> for AdmitAtLeast {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        NumberOr::<SecondList>::deserialize(deserializer).and_then(|written| match written {
            NumberOr::Number(parties) => usize::try_from(parties)
                .map(Self::Parties)
                .map_err(|_| serde::de::Error::custom(format_args!("{parties} is too many parties"))),
            NumberOr::Table(list) => Ok(Self::Weighed(list)),
        })
    }
}

/// The share of the votes that the admitted hold at least: `"60%"`, or `{ share = "60%", of = "cast" }`.
struct AdmittedShare {
    share: Ratio,
    of: Base,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ShareOf {
    share: Ratio,
    #[serde(default)]
    of: Base,
}

impl AdmittedShare {
    const fn read(self) -> (Ratio, Base) {
        (self.share, self.of)
    }

    const fn of((share, of): (Ratio, Base)) -> Self {
        Self { share, of }
    }
}

impl Serialize for AdmittedShare {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ShareOf { share: self.share, of: self.of }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AdmittedShare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Share;
        impl<'de> Visitor<'de> for Share {
            type Value = AdmittedShare;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share, such as \"60%\" or { share = \"60%\", of = \"cast\" }")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<AdmittedShare, E> {
                text.parse().map(|share| AdmittedShare { share, of: Base::Valid }).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<AdmittedShare, A::Error> {
                let ShareOf { share, of } = ShareOf::deserialize(MapAccessDeserializer::new(access))?;
                Ok(AdmittedShare { share, of })
            }
        }
        deserializer.deserialize_any(Share)
    }
}

/// What happens where no party passes the threshold.
#[derive(Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum NonePasses {
    #[default]
    Error,
    All,
}

impl Written {
    pub(super) fn into_rule(self, seats: u64) -> Rule {
        Rule {
            method: self.method,
            seats,
            threshold: self.threshold,
            admit_at_least: self.admit_at_least.parties(),
            second_list: self.admit_at_least.second_list(),
            admitted_share: self.admitted_share.map(AdmittedShare::read),
            none_passes_all: self.none_passes == NonePasses::All,
            alliance_method: self.alliance_method,
            bonus: self.bonus.map(after::Bonus::read),
            cap: self.cap.map(|Table(cap)| cap.read()),
            majority: self.absolute_majority.read(),
            reassign: self.exhaustion == after::Exhaustion::Reassign,
            seats_by: self.seats_by.map(|Table(by)| by.read()),
            quota_base: self.quota_base.read(),
            tie_break: self.tie_break,
            excess: self.excess,
            vacancies: self.vacancies,
            spare_votes: self.spare_votes,
        }
    }
}

impl From<&Rule> for Written {
    fn from(rule: &Rule) -> Self {
        Self {
            method: rule.method.clone(),
            threshold: rule.threshold.clone(),
            admit_at_least: AdmitAtLeast::of(rule),
            admitted_share: rule.admitted_share.map(AdmittedShare::of),
            none_passes: if rule.none_passes_all { NonePasses::All } else { NonePasses::Error },
            alliance_method: rule.alliance_method.clone(),
            bonus: rule.bonus.as_ref().map(after::Bonus::of),
            cap: rule.cap.as_ref().map(|cap| Table(after::Cap::of(cap))),
            absolute_majority: after::Majority::of(rule.majority.as_ref()),
            exhaustion: if rule.reassign { after::Exhaustion::Reassign } else { after::Exhaustion::Within },
            seats_by: rule.seats_by.as_ref().map(|by| Table(super::district::SeatsBy::of(by))),
            quota_base: QuotaBase::write(rule.quota_base),
            tie_break: rule.tie_break.clone(),
            excess: rule.excess,
            vacancies: rule.vacancies,
            spare_votes: rule.spare_votes,
        }
    }
}

/// A rule that stands alone: its seats, and the rule.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Alone {
    seats: u64,
    rule: Table<Written>,
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Alone { seats: self.seats, rule: Table(self.into()) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Table::<Alone>::deserialize(deserializer).map(|Table(alone)| alone.rule.0.into_rule(alone.seats))
    }
}

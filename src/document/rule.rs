//! Rules as documents write them, without or with their seats.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::table::Table;

use crate::{AllocationMethod, Base, Excess, Rule, Threshold, TieBreak};

/// A rule, key by key, without its seats.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    method: AllocationMethod,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threshold: Option<Threshold>,
    #[serde(default, skip_serializing_if = "is_default")]
    admit_at_least: usize,
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
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The votes that a quota is taken of.
#[derive(Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum QuotaBase {
    #[default]
    Admitted,
    PartyVotes,
    Valid,
    ValidAndBlank,
    Cast,
    Registered,
}

impl QuotaBase {
    const PAIRS: [(Self, Base); 5] = [
        (Self::PartyVotes, Base::PartyVotes),
        (Self::Valid, Base::Valid),
        (Self::ValidAndBlank, Base::ValidAndBlank),
        (Self::Cast, Base::Cast),
        (Self::Registered, Base::Registered),
    ];

    fn read(self) -> Option<Base> {
        Self::PAIRS.iter().find(|(written, _)| *written == self).map(|&(_, base)| base)
    }

    fn write(base: Option<Base>) -> Self {
        Self::PAIRS.iter().find(|(_, known)| Some(*known) == base).map_or(Self::Admitted, |&(written, _)| written)
    }
}

impl Written {
    pub(super) fn into_rule(self, seats: u64) -> Rule {
        Rule {
            method: self.method,
            seats,
            threshold: self.threshold,
            admit_at_least: self.admit_at_least,
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
            admit_at_least: rule.admit_at_least,
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

/// A tie-break alone, or several in a list.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TieBreak<String>>, D::Error> {
    struct Chain;
    impl<'de> Visitor<'de> for Chain {
        type Value = Vec<TieBreak<String>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a tie-break, such as \"most-votes\", \"list-order\" or { drawn = [\"A\"] }, or a list of them")
        }

        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
            TieBreak::deserialize(StrDeserializer::new(name)).map(|one| Vec::from([one]))
        }

        fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
            TieBreak::deserialize(MapAccessDeserializer::new(access)).map(|one| Vec::from([one]))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut chain = Vec::new();
            while let Some(next) = access.next_element()? {
                chain.push(next);
            }
            Ok(chain)
        }
    }
    deserializer.deserialize_any(Chain)
}

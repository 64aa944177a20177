//! Provisions as documents write them, where that is not key by key: numbers or tables, names or tables.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::table::{NumberOr, Table};
use crate::count::Base;
use crate::method::AllocationMethod;
use crate::num::Ratio;
use crate::rule::{
    AdmittedShare, AtLeast, Bonus, Cap, Majority, Method, PlaceSteps, Placement, Room, Seats, is_default,
};

/// `50`, or `{ seats = 20, from = "25%", step = "0.5%", most = 50, of = "valid" }`.
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

impl Serialize for Bonus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { seats, from, step, most, of } = *self;
        BonusTable { seats, from, step, most, of }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Bonus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match NumberOr::<BonusTable>::deserialize(deserializer)? {
            NumberOr::Number(seats) => Self::new(seats),
            NumberOr::Table(BonusTable { seats, from, step, most, of }) => Self { seats, from, step, most, of },
        })
    }
}

/// `{ points = "8%", of = "admitted", house = 500, most = 300 }`.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CapTable {
    points: Ratio,
    #[serde(default, with = "crate::count::base_or_admitted")]
    of: Option<Base>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    house: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most: Option<u64>,
}

impl Serialize for Cap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { points, of, house, most } = *self;
        CapTable { points, of, house, most }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Cap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Table(CapTable { points, of, house, most }) = Table::deserialize(deserializer)?;
        Ok(Self { points, of, house, most })
    }
}

/// `true`, or `{ drawn = ["B"] }` for lots that say who gives up the seat.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lots {
    drawn: Vec<String>,
}

impl Serialize for Majority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.drawn.is_empty() {
            true.serialize(serializer)
        } else {
            Lots { drawn: self.drawn.clone() }.serialize(serializer)
        }
    }
}

/// Reads `absolute_majority`, which may be `false` too.
pub(crate) fn majority<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Majority>, D::Error> {
    struct Rule;
    impl<'de> Visitor<'de> for Rule {
        type Value = Option<Majority>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("true, false or { drawn = [\"B\"] }")
        }

        fn visit_bool<E: serde::de::Error>(self, holds: bool) -> Result<Self::Value, E> {
            Ok(holds.then(Majority::new))
        }

        fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
            let Lots { drawn } = Lots::deserialize(MapAccessDeserializer::new(access))?;
            Ok(Some(Majority { drawn }))
        }
    }
    deserializer.deserialize_any(Rule)
}

/// A number, or `{ parties = 2, weight = "7/10", min = 2 }`.
#[derive(serde::Serialize, serde::Deserialize)]
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

impl Serialize for AtLeast {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.second_list {
            None => self.parties.serialize(serializer),
            Some((weight, min)) => SecondList { parties: self.parties, weight, min }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AtLeast {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match NumberOr::<SecondList>::deserialize(deserializer)? {
            NumberOr::Number(parties) => match usize::try_from(parties) {
                Ok(parties) => Ok(Self { parties, second_list: None }),
                Err(_) => Err(D::Error::custom(format_args!("{parties} is too many parties"))),
            },
            NumberOr::Table(SecondList { parties, weight, min }) => {
                Ok(Self { parties, second_list: Some((weight, min)) })
            }
        }
    }
}

/// `"60%"`, or `{ share = "60%", of = "cast" }`.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ShareOf {
    share: Ratio,
    #[serde(default)]
    of: Base,
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

/// A number of seats, or `"left"`.
impl Serialize for Seats {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(seats) => seats.serialize(serializer),
            Self::Left => "left".serialize(serializer),
            Self::OfPlace => serializer.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for Seats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match NumberOrName::deserialize(deserializer)? {
            NumberOrName::Number(seats) => Ok(Self::Fixed(seats)),
            NumberOrName::Name(name) if name == "left" => Ok(Self::Left),
            NumberOrName::Name(name) => {
                Err(D::Error::custom(format_args!("seats is a number or \"left\", not {name:?}")))
            }
        }
    }
}

/// A number of seats, `"left"`, or the name that the count keeps them under.
impl Serialize for Room {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Seats(seats) => seats.serialize(serializer),
            Self::Left => "left".serialize(serializer),
            Self::Named(name) => name.serialize(serializer),
            Self::Any => serializer.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for Room {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match NumberOrName::deserialize(deserializer)? {
            NumberOrName::Number(seats) => Self::Seats(seats),
            NumberOrName::Name(name) if name == "left" => Self::Left,
            NumberOrName::Name(name) => Self::Named(name),
        })
    }
}

/// A whole number, or a name in its place.
enum NumberOrName {
    Number(u64),
    Name(String),
}

impl<'de> Deserialize<'de> for NumberOrName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = NumberOrName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number or a name")
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(NumberOrName::Number(number))
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
                u64::try_from(number)
                    .map(NumberOrName::Number)
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(number), &self))
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(NumberOrName::Name(name.into()))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A method's name or table, or `"given"`.
impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;

        match self {
            Self::Allocation(method) => method.serialize(serializer),
            Self::Staged(staged) => super::method::write_staged(staged).serialize(serializer),
            Self::Biproportional(law) => super::method::write_biproportional(law).serialize(serializer),
            Self::Given => "given".serialize(serializer),
            Self::Own(own) => Err(S::Error::custom(format_args!("the method {} has no written form", own.name()))),
        }
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrTable;
        impl<'de> Visitor<'de> for NameOrTable {
            type Value = Method;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a method, such as \"dhondt\" or { quota = \"hare\", rounding = \"up\" }")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Method, E> {
                match name {
                    "given" => Ok(Method::Given),
                    _ => AllocationMethod::deserialize(StrDeserializer::new(name)).map(Method::Allocation),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Method, A::Error> {
                super::method::read_any(access)
            }
        }
        deserializer.deserialize_any(NameOrTable)
    }
}

/// One step, or a list of them.
impl Serialize for PlaceSteps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.steps() {
            [one] => one.serialize(serializer),
            several => serializer.collect_seq(several),
        }
    }
}

impl<'de> Deserialize<'de> for PlaceSteps {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Steps;
        impl<'de> Visitor<'de> for Steps {
            type Value = PlaceSteps;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a step of placing, such as { in = \"district\", method = \"sainte-lague\" }, or a list of them",
                )
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<PlaceSteps, A::Error> {
                Placement::deserialize(MapAccessDeserializer::new(access)).map(PlaceSteps::from)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<PlaceSteps, A::Error> {
                let mut steps: Vec<Placement> = Vec::new();
                while let Some(Table(step)) = access.next_element()? {
                    steps.push(step);
                }
                Ok(steps.into())
            }
        }
        deserializer.deserialize_any(Steps)
    }
}

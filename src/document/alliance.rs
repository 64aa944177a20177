//! Alliances as documents write them: lists of names, and of lists; with the fewest seats, `{ members = […], min = 2 }`.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::count::{Alliance, Member};

impl Serialize for Alliance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.minimum() == 0 {
            return serializer.collect_seq(self.members());
        }
        Bounded { members: self.members().to_vec(), min: self.minimum() }.serialize(serializer)
    }
}

/// An alliance with the fewest seats of its members together.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounded {
    members: Vec<Member>,
    min: u64,
}

impl<'de> Deserialize<'de> for Alliance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Member::deserialize(deserializer)? {
            Member::Alliance(alliance) => Ok(alliance),
            Member::Party(name) => Err(D::Error::invalid_type(serde::de::Unexpected::Str(&name), &"a list of members")),
        }
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Party(name) => name.serialize(serializer),
            Self::Alliance(alliance) => alliance.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrList;
        impl<'de> Visitor<'de> for NameOrList {
            type Value = Member;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a party's name, or a list of members, or members with min")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Member, E> {
                Ok(Member::Party(String::from(name)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Member, A::Error> {
                let mut members: Vec<Member> = Vec::new();
                while let Some(member) = access.next_element()? {
                    members.push(member);
                }
                Ok(Member::Alliance(Alliance::new(members)))
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Member, A::Error> {
                let Bounded { members, min } = Bounded::deserialize(MapAccessDeserializer::new(access))?;
                Ok(Member::Alliance(Alliance::new(members).with_minimum(min)))
            }
        }
        deserializer.deserialize_any(NameOrList)
    }
}

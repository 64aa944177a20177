//! Alliances as documents write them: lists of names, and of lists.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::count::{Alliance, Member};

impl Serialize for Alliance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.members())
    }
}

impl<'de> Deserialize<'de> for Alliance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Member>::deserialize(deserializer).map(Self::new)
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
                f.write_str("a party's name, or a list of members")
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
        }
        deserializer.deserialize_any(NameOrList)
    }
}

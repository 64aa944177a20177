//! Tie-breaks as documents write them: `"most-votes"`, `{ drawn = ["A"] }`, or a list of these.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::allocation::TieBreak;

/// A tie-break alone, or several in a list.
pub(super) fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TieBreak<String>>, D::Error> {
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

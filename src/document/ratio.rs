//! Ratios as text: `"7%"`, `"7/5"`, `"0.07"`, or a whole number.

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::num::Ratio;

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RatioVisitor)
    }
}

struct RatioVisitor;

impl Visitor<'_> for RatioVisitor {
    type Value = Ratio;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a ratio as text, such as \"7%\", \"7/5\" or \"0.07\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Ratio, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: serde::de::Error>(self, whole: u64) -> Result<Ratio, E> {
        Ok(Ratio::from(whole))
    }

    fn visit_i64<E: serde::de::Error>(self, whole: i64) -> Result<Ratio, E> {
        u64::try_from(whole).map(Ratio::from).map_err(|_| E::custom(format_args!("the ratio {whole} is negative")))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Ratio, E> {
        Err(E::custom(format_args!("the number {number} is not exact: write it as text, \"{number}\"")))
    }
}

/// A ratio above zero or at most one is for whoever uses it to check; a map of them refuses a number twice.
pub(super) fn by_number<'de, D>(deserializer: D) -> Result<Option<alloc::collections::BTreeMap<u64, Ratio>>, D::Error>
where
    D: Deserializer<'de>,
{
    struct Map;
    impl<'de> Visitor<'de> for Map {
        type Value = alloc::collections::BTreeMap<u64, Ratio>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("shares by number of members, such as { \"1\" = \"5%\", \"2\" = \"8%\" }")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut shares = Self::Value::new();
            while let Some(key) = access.next_key::<alloc::string::String>()? {
                let members = key.parse().map_err(|_| {
                    A::Error::custom(format_args!("by_members has {key:?}, which is no number of members"))
                })?;
                if shares.insert(members, access.next_value()?).is_some() {
                    return Err(A::Error::custom(format_args!("by_members has {members} twice")));
                }
            }
            if shares.is_empty() {
                return Err(A::Error::custom("by_members is empty"));
            }
            Ok(shares)
        }
    }
    deserializer.deserialize_map(Map).map(Some)
}

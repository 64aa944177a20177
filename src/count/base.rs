//! Bases: what a share is taken of.

use core::fmt;

/// What a share is taken of.
///
/// # Examples
/// ```
/// use apportion::{Base, Tally};
///
/// let tally = Tally::from_votes([("A", 90)])?.with_blank(6).with_invalid(4);
/// assert_eq!(tally.base(Base::Valid)?, 90);
/// assert_eq!(tally.base(Base::ValidAndBlank)?, 96);
/// assert_eq!(tally.base(Base::Cast)?, 100);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Base {
    /// Votes for parties, those not listed included.
    PartyVotes,
    /// That and ballots against all.
    #[default]
    Valid,
    /// That and blank ballots.
    ValidAndBlank,
    /// All ballots cast, invalid ones included.
    Cast,
    /// All registered voters.
    Registered,
    /// Inhabitants of a place.
    Population,
    /// Voters, as a biproportional law makes them of votes: in each district its votes over its seats.
    Voters,
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::PartyVotes => "party votes",
            Self::Valid => "valid votes",
            Self::ValidAndBlank => "valid and blank votes",
            Self::Cast => "ballots cast",
            Self::Registered => "registered voters",
            Self::Population => "inhabitants",
            Self::Voters => "voter numbers",
        })
    }
}

/// The votes that a quota is taken of, as documents write them: `"admitted"`, or a base.
#[cfg(feature = "serde")]
pub(crate) mod base_or_admitted {
    use serde::de::value::StrDeserializer;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Base;

    #[allow(clippy::ref_option)] // serde passes references
    pub(crate) fn serialize<S: Serializer>(base: &Option<Base>, serializer: S) -> Result<S::Ok, S::Error> {
        match base {
            Some(base) => base.serialize(serializer),
            None => serializer.serialize_str("admitted"),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Base>, D::Error> {
        let name = alloc::string::String::deserialize(deserializer)?;
        match name.as_str() {
            "admitted" => Ok(None),
            other => Base::deserialize(StrDeserializer::new(other)).map(Some),
        }
    }
}

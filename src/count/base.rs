//! Bases: what a share is taken of.

use core::fmt;

/// What a share is taken of.
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
}

impl Base {
    /// Every base, from the smallest to the largest.
    pub(crate) const ALL: [Self; 5] =
        [Self::PartyVotes, Self::Valid, Self::ValidAndBlank, Self::Cast, Self::Registered];
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::PartyVotes => "party votes",
            Self::Valid => "valid votes",
            Self::ValidAndBlank => "valid and blank votes",
            Self::Cast => "ballots cast",
            Self::Registered => "registered voters",
        })
    }
}

//! Thresholds: what a party must reach to take part.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::base::Base;
use crate::error::Error;
use crate::method::quota::Quota;
use crate::num::Ratio;

/// What a party must reach to take part: a share, a number of votes, a part of a quota, direct seats, or several of these.
///
/// Comparisons are exact, and with >= unless [`strict`](Self::strict): a party at exactly 7% passes 7%.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};
///
/// // Germany: 5% of the valid second votes, or three constituencies.
/// let threshold = Threshold::any([Threshold::share("5%".parse()?).of(Base::Valid), Threshold::direct_seats(3)]);
/// let tally = Tally::from_votes([("A", 93), ("B", 7)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 20).threshold(threshold).apply(&tally)?;
/// assert_eq!(outcome.seats("B"), Some(1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Threshold {
    /// A share of a base.
    Share {
        /// The share, at most 100%.
        share: Ratio,
        /// What it is a share of.
        of: Base,
        /// Whether reaching it exactly is not enough.
        strict: bool,
    },
    /// A number of votes.
    Votes {
        /// The votes.
        votes: u64,
        /// Whether reaching it exactly is not enough.
        strict: bool,
    },
    /// A part or multiple of a quota.
    Quota {
        /// The quota.
        quota: Quota,
        /// How many of it.
        times: Ratio,
        /// The votes that the quota is taken of.
        of: Base,
        /// Whether reaching it exactly is not enough.
        strict: bool,
    },
    /// A share that depends on the number of members of a coalition.
    ByMembers {
        /// Shares by the number of members from which they hold; the largest number not above a party's counts, and a
        /// party below all of them passes.
        shares: BTreeMap<u64, Ratio>,
        /// What they are shares of.
        of: Base,
        /// Whether reaching it exactly is not enough.
        strict: bool,
    },
    /// A number of seats won directly.
    DirectSeats(u64),
    /// The list of a national minority.
    Minority,
    /// At least one of these.
    Any(Vec<Threshold>),
    /// Every one of these.
    All(Vec<Threshold>),
    /// Judged on the votes, seats and tally of this level, unless a part of it names its own.
    At {
        /// The level.
        level: Level,
        /// What is judged there.
        threshold: Box<Threshold>,
    },
}

/// Where a threshold is judged, in an election with several districts; elsewhere both are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Level {
    /// In each district by its own votes.
    #[default]
    District,
    /// By the votes of all districts together.
    Nation,
}

impl Threshold {
    /// A share of the valid votes; [`of`](Self::of) names another base.
    #[must_use]
    pub const fn share(share: Ratio) -> Self {
        Self::Share { share, of: Base::Valid, strict: false }
    }

    /// A number of votes.
    #[must_use]
    pub const fn votes(votes: u64) -> Self {
        Self::Votes { votes, strict: false }
    }

    /// So many times a quota of the valid votes, 3/4 for instance.
    #[must_use]
    pub const fn quota(quota: Quota, times: Ratio) -> Self {
        Self::Quota { quota, times, of: Base::Valid, strict: false }
    }

    /// Shares of the valid votes by number of members: 5% from one, 8% from two, 11% from three (Poland: 5% and 8%).
    #[must_use]
    pub fn by_members(shares: impl IntoIterator<Item = (u64, Ratio)>) -> Self {
        Self::ByMembers { shares: shares.into_iter().collect(), of: Base::Valid, strict: false }
    }

    /// So many seats won directly.
    #[must_use]
    pub const fn direct_seats(seats: u64) -> Self {
        Self::DirectSeats(seats)
    }

    /// The list of a national minority.
    #[must_use]
    pub const fn minority() -> Self {
        Self::Minority
    }

    /// At least one of these.
    #[must_use]
    pub fn any(thresholds: impl Into<Vec<Self>>) -> Self {
        Self::Any(thresholds.into())
    }

    /// Every one of these.
    #[must_use]
    pub fn all(thresholds: impl Into<Vec<Self>>) -> Self {
        Self::All(thresholds.into())
    }

    /// The same of another base, for every share and quota in it.
    #[must_use]
    pub fn of(self, base: Base) -> Self {
        self.map(&|threshold| match threshold {
            Self::Share { share, strict, .. } => Self::Share { share, of: base, strict },
            Self::Quota { quota, times, strict, .. } => Self::Quota { quota, times, of: base, strict },
            Self::ByMembers { shares, strict, .. } => Self::ByMembers { shares, of: base, strict },
            other => other,
        })
    }

    /// The same, where reaching a share, quota or number of votes exactly is not enough.
    #[must_use]
    pub fn strict(self) -> Self {
        self.map(&|threshold| match threshold {
            Self::Share { share, of, .. } => Self::Share { share, of, strict: true },
            Self::Votes { votes, .. } => Self::Votes { votes, strict: true },
            Self::Quota { quota, times, of, .. } => Self::Quota { quota, times, of, strict: true },
            Self::ByMembers { shares, of, .. } => Self::ByMembers { shares, of, strict: true },
            other => other,
        })
    }

    /// The same judged at this level, but for parts that name their own.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Level, Threshold};
    /// // Sweden: 4% of the nation, or 12% of the district.
    /// let sweden = Threshold::any([Threshold::share("4%".parse()?).at(Level::Nation), Threshold::share("12%".parse()?)]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn at(self, level: Level) -> Self {
        match self {
            Self::At { threshold, .. } => Self::At { level, threshold },
            other => Self::At { level, threshold: Box::new(other) },
        }
    }

    /// Whether all of it is judged on the votes of the nation.
    pub(crate) fn is_national(&self) -> bool {
        match self {
            Self::At { level, threshold } => *level == Level::Nation && !threshold.names(Level::District),
            Self::Any(list) | Self::All(list) => !list.is_empty() && list.iter().all(Self::is_national),
            _ => false,
        }
    }

    /// Whether a part of it names this level.
    fn names(&self, wanted: Level) -> bool {
        match self {
            Self::At { level, threshold } => *level == wanted || threshold.names(wanted),
            Self::Any(list) | Self::All(list) => list.iter().any(|part| part.names(wanted)),
            _ => false,
        }
    }

    fn map(self, change: &dyn Fn(Self) -> Self) -> Self {
        let inside = |list: Vec<Self>| list.into_iter().map(|threshold| threshold.map(change)).collect();
        match self {
            Self::Any(list) => Self::Any(inside(list)),
            Self::All(list) => Self::All(inside(list)),
            Self::At { level, threshold } => Self::At { level, threshold: Box::new(threshold.map(change)) },
            simple => change(simple),
        }
    }

    /// The base of the first share in it, if there is any.
    pub(crate) fn first_base(&self) -> Option<Base> {
        match self {
            Self::Share { of, .. } | Self::Quota { of, .. } | Self::ByMembers { of, .. } => Some(*of),
            Self::Any(list) | Self::All(list) => list.iter().find_map(Self::first_base),
            Self::At { threshold, .. } => threshold.first_base(),
            Self::Votes { .. } | Self::DirectSeats(_) | Self::Minority => None,
        }
    }

    /// Refuses a share above 100%, and alternatives or conditions that are none.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let at_most_one = |&share: &Ratio| {
            if share > Ratio::ONE { Err(Error::ShareAboveOne { share: share.to_string() }) } else { Ok(()) }
        };
        match self {
            Self::Share { share, .. } => at_most_one(share),
            Self::ByMembers { shares, .. } => shares.values().try_for_each(at_most_one),
            Self::Any(list) | Self::All(list) if list.is_empty() => Err(Error::ParameterOutOfRange {
                parameter: "the number of parts of a threshold",
                value: "0".into(),
                range: "at least 1",
            }),
            Self::Any(list) | Self::All(list) => list.iter().try_for_each(Self::check),
            Self::At { threshold, .. } => threshold.check(),
            _ => Ok(()),
        }
    }
}

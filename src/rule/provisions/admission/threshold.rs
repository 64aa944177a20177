//! Thresholds: what a party must reach to take part.

use core::fmt;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::count::{Base, Level};
use crate::error::Error;
use crate::method::quota::Quota;
use crate::num::Ratio;
use crate::num::text::grouped;

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
    /// A number of seats won directly, before the first tier.
    DirectSeats(u64),
    /// A number of seats of earlier tiers, direct ones included (Austria: one regional seat).
    Seats(u64),
    /// The list of a national minority.
    Minority,
    /// At least one of these.
    Any(Vec<Threshold>),
    /// Every one of these.
    All(Vec<Threshold>),
    /// Judged on the votes, seats and tally of the place of this level, unless a part of it names its own.
    At {
        /// The level.
        level: Level,
        /// What is judged there.
        threshold: Box<Threshold>,
    },
    /// Passed in some or all places of one level (Denmark: two of three regions; Benin: every district).
    Places {
        /// How many places.
        places: HowMany,
        /// Their level.
        level: Level,
        /// What is judged in each.
        pass: Box<Threshold>,
    },
}

/// How many places of a level.
///
/// # Examples
/// ```
/// use apportion::rule::HowMany;
/// use apportion::{Level, Threshold};
///
/// // Denmark asks for two regions, Benin for every district.
/// let denmark = Threshold::in_places(2, Level::Region, Threshold::votes(10_000));
/// let benin = Threshold::in_every(Level::District, Threshold::share("20%".parse()?));
/// assert!(matches!(denmark, Threshold::Places { places: HowMany::AtLeast(2), .. }));
/// assert!(matches!(benin, Threshold::Places { places: HowMany::All, .. }));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HowMany {
    /// This many or more, at least one.
    AtLeast(u64),
    /// Every one; where there is none, nothing is asked.
    All,
}

/// How deep thresholds may hold thresholds.
const MOST_LEVELS: usize = 64;

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

    /// `seats` seats of earlier tiers, direct ones included.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Level, Threshold};
    /// // Austria: 4% of the nation, or one seat of a regional district.
    /// let austria = Threshold::any([Threshold::share("4%".parse()?), Threshold::seats(1)]).at(Level::Nation);
    /// assert_eq!(austria.to_string(), "4% of valid votes or 1 seat of earlier tiers, in the nation");
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub const fn seats(seats: u64) -> Self {
        Self::Seats(seats)
    }

    /// Passed in at least `places` places of one level.
    #[must_use]
    pub fn in_places(places: u64, level: Level, pass: Self) -> Self {
        Self::Places { places: HowMany::AtLeast(places), level, pass: Box::new(pass) }
    }

    /// Passed in every place of one level.
    #[must_use]
    pub fn in_every(level: Level, pass: Self) -> Self {
        Self::Places { places: HowMany::All, level, pass: Box::new(pass) }
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

    /// The threshold with another base, for every share and quota in it.
    #[must_use]
    pub fn of(self, base: Base) -> Self {
        self.map(&|threshold| match threshold {
            Self::Share { share, strict, .. } => Self::Share { share, of: base, strict },
            Self::Quota { quota, times, strict, .. } => Self::Quota { quota, times, of: base, strict },
            Self::ByMembers { shares, strict, .. } => Self::ByMembers { shares, of: base, strict },
            other => other,
        })
    }

    /// The threshold where reaching a share, quota or number of votes exactly is not enough.
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

    /// The threshold judged at this level, but for parts that name their own.
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
            Self::At { level: Level::Nation, threshold } => !threshold.leaves_the_nation(),
            Self::At { threshold, .. } => threshold.is_national(),
            Self::Any(list) | Self::All(list) => !list.is_empty() && list.iter().all(Self::is_national),
            Self::Minority | Self::Places { .. } => true,
            _ => false,
        }
    }

    /// Whether a part of it names another level than the nation.
    fn leaves_the_nation(&self) -> bool {
        match self {
            Self::At { level, threshold } => *level != Level::Nation || threshold.leaves_the_nation(),
            Self::Any(list) | Self::All(list) => list.iter().any(Self::leaves_the_nation),
            _ => false,
        }
    }

    fn map(self, change: &dyn Fn(Self) -> Self) -> Self {
        let inside = |list: Vec<Self>| list.into_iter().map(|threshold| threshold.map(change)).collect();
        match self {
            Self::Any(list) => Self::Any(inside(list)),
            Self::All(list) => Self::All(inside(list)),
            Self::At { level, threshold } => Self::At { level, threshold: Box::new(threshold.map(change)) },
            Self::Places { places, level, pass } => Self::Places { places, level, pass: Box::new(pass.map(change)) },
            simple => change(simple),
        }
    }

    /// The base of the first share in it, if there is any.
    pub(crate) fn first_base(&self) -> Option<Base> {
        match self {
            Self::Share { of, .. } | Self::Quota { of, .. } | Self::ByMembers { of, .. } => Some(*of),
            Self::Any(list) | Self::All(list) => list.iter().find_map(Self::first_base),
            Self::At { threshold, .. } | Self::Places { pass: threshold, .. } => threshold.first_base(),
            Self::Votes { .. } | Self::DirectSeats(_) | Self::Seats(_) | Self::Minority => None,
        }
    }

    /// Refuses a share above 100%, alternatives or conditions that are none, and thresholds nested too deep.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let at_most_one = |&share: &Ratio| {
            if share > Ratio::ONE { Err(Error::ShareAboveOne { share: share.to_string() }) } else { Ok(()) }
        };
        let none = |parameter| Error::ParameterOutOfRange { parameter, value: "0".into(), range: "at least 1" };
        let mut waiting = Vec::from([(self, 1)]);
        while let Some((threshold, depth)) = waiting.pop() {
            if depth > MOST_LEVELS {
                return Err(Error::TooDeep { what: "thresholds", most: MOST_LEVELS });
            }
            match threshold {
                Self::Share { share, .. } => at_most_one(share)?,
                Self::ByMembers { shares, .. } => shares.values().try_for_each(at_most_one)?,
                Self::Any(list) | Self::All(list) if list.is_empty() => {
                    return Err(none("the number of parts of a threshold"));
                }
                Self::Any(list) | Self::All(list) => waiting.extend(list.iter().map(|part| (part, depth + 1))),
                Self::Places { places: HowMany::AtLeast(0), .. } => {
                    return Err(none("the places in which a threshold is passed"));
                }
                Self::At { threshold: inner, .. } | Self::Places { pass: inner, .. } => {
                    waiting.push((inner, depth + 1))
                }
                Self::Votes { .. } | Self::Quota { .. } | Self::DirectSeats(_) | Self::Seats(_) | Self::Minority => {}
            }
        }
        Ok(())
    }
}

impl fmt::Display for Threshold {
    /// In the words of a statute: "5% of valid votes in the nation, or 3 direct seats".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = |strict: &bool| if *strict { "more than " } else { "" };
        match self {
            Self::Share { share, of, strict } => write!(f, "{}{share} of {of}", more(strict)),
            Self::Votes { votes, strict } => write!(f, "{}{} votes", more(strict), grouped(*votes)),
            Self::Quota { quota, times, of, strict } if *times == Ratio::ONE => {
                write!(f, "{}the {quota} of {of}", more(strict))
            }
            Self::Quota { quota, times, of, strict } => write!(f, "{}{times} of the {quota} of {of}", more(strict)),
            Self::ByMembers { shares, of, strict } => {
                let part = |(members, share): (&u64, &Ratio)| match members {
                    1 => format!("{share}"),
                    _ => format!("{share} from {members} members"),
                };
                let parts: Vec<String> = shares.iter().map(part).collect();
                write!(f, "{}{} of {of}", more(strict), parts.join(", "))
            }
            Self::DirectSeats(1) => f.write_str("1 direct seat"),
            Self::DirectSeats(needed) => write!(f, "{} direct seats", grouped(*needed)),
            Self::Seats(1) => f.write_str("1 seat of earlier tiers"),
            Self::Seats(needed) => write!(f, "{} seats of earlier tiers", grouped(*needed)),
            Self::Minority => f.write_str("the list of a national minority"),
            Self::Any(list) => join(f, list, " or "),
            Self::All(list) => join(f, list, " and "),
            Self::At { level, threshold } => {
                let comma = if matches!(**threshold, Self::Any(_) | Self::All(_)) { "," } else { "" };
                write!(f, "{threshold}{comma} in the {level}")
            }
            Self::Places { places: HowMany::AtLeast(1), level, pass } => write!(f, "{pass} in any {level}"),
            Self::Places { places: HowMany::AtLeast(places), level, pass } => {
                write!(f, "{pass} in {} {level}s", grouped(*places))
            }
            Self::Places { places: HowMany::All, level, pass } => write!(f, "{pass} in every {level}"),
        }
    }
}

/// Writes the parts of a threshold, those that have parts themselves in brackets.
fn join(f: &mut fmt::Formatter<'_>, list: &[Threshold], between: &str) -> fmt::Result {
    for (index, part) in list.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        match part {
            Threshold::Any(_) | Threshold::All(_) => write!(f, "({part})")?,
            _ => write!(f, "{part}")?,
        }
    }
    Ok(())
}

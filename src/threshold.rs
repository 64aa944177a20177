//! Thresholds: what a party must reach to take part.

use core::cmp::Ordering;
use core::fmt;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::method::Quota;
use crate::party::Party;
use crate::tally::{Base, Tally, percent};
use crate::{Error, Ratio};

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

    fn map(self, change: &dyn Fn(Self) -> Self) -> Self {
        let inside = |list: Vec<Self>| list.into_iter().map(|threshold| threshold.map(change)).collect();
        match self {
            Self::Any(list) => Self::Any(inside(list)),
            Self::All(list) => Self::All(inside(list)),
            simple => change(simple),
        }
    }

    /// The base of the first share in it, if there is any.
    pub(crate) fn first_base(&self) -> Option<Base> {
        match self {
            Self::Share { of, .. } | Self::Quota { of, .. } | Self::ByMembers { of, .. } => Some(*of),
            Self::Any(list) | Self::All(list) => list.iter().find_map(Self::first_base),
            Self::Votes { .. } | Self::DirectSeats(_) | Self::Minority => None,
        }
    }

    /// Refuses a share above 100%, and alternatives or conditions that are none.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let at_most_one =
            |&share: &Ratio| if share > Ratio::ONE { Err(Error::ShareAboveOne { share }) } else { Ok(()) };
        match self {
            Self::Share { share, .. } => at_most_one(share),
            Self::ByMembers { shares, .. } => shares.values().try_for_each(at_most_one),
            Self::Any(list) | Self::All(list) if list.is_empty() => Err(Error::ParameterOutOfRange {
                parameter: "the number of parts of a threshold",
                value: "0".into(),
                range: "at least 1",
            }),
            Self::Any(list) | Self::All(list) => list.iter().try_for_each(Self::check),
            _ => Ok(()),
        }
    }

    /// What `party` with `votes` lacks, or nothing if it passes.
    pub(crate) fn shortfall(&self, facts: &Facts<'_>, party: &Party, votes: u64) -> Result<Option<Shortfall>, Error> {
        let fails = |order: Ordering, strict: bool| order == Ordering::Less || (strict && order == Ordering::Equal);
        let of_share = |share: Ratio, base: Base, strict: bool| {
            let whole = facts.tally.base(base)?;
            let failed = fails(share.compare_part(votes.into(), whole), strict);
            Ok(failed.then_some(Shortfall::Share { votes, whole, of: base, share, strict }))
        };
        match self {
            Self::Share { share, of, strict } => of_share(*share, *of, *strict),
            Self::ByMembers { shares, of, strict } => match shares.range(..=party.members()).next_back() {
                Some((_, &share)) => of_share(share, *of, *strict),
                None => Ok(None),
            },
            Self::Votes { votes: needed, strict } => {
                let failed = fails(votes.cmp(needed), *strict);
                Ok(failed.then_some(Shortfall::Votes { votes, needed: *needed, strict: *strict }))
            }
            Self::Quota { quota, times, of, strict } => {
                let (size, divisor) = quota.of(facts.tally.base(*of)?, facts.seats)?;
                // votes against times * size / divisor, crosswise.
                let has = BigUint::from(votes) * divisor * times.denominator();
                let order = has.cmp(&(BigUint::from(size) * times.numerator()));
                let (quota, times, strict) = (*quota, *times, *strict);
                Ok(fails(order, strict).then_some(Shortfall::Quota { votes, quota, times, size, divisor, strict }))
            }
            Self::DirectSeats(needed) => {
                let seats = party.direct_seats();
                Ok((seats < *needed).then_some(Shortfall::DirectSeats { seats, needed: *needed }))
            }
            Self::Minority => Ok((!party.is_minority()).then_some(Shortfall::NotMinority)),
            Self::Any(list) => {
                // Every part is asked, so that a base that was not counted is an error whoever passes without it.
                let all = list.iter().map(|part| part.shortfall(facts, party, votes)).collect::<Result<Vec<_>, _>>()?;
                Ok(all.into_iter().collect::<Option<Vec<_>>>().map(Shortfall::All))
            }
            Self::All(list) => {
                let all = list.iter().map(|part| part.shortfall(facts, party, votes)).collect::<Result<Vec<_>, _>>()?;
                let failed: Vec<Shortfall> = all.into_iter().flatten().collect();
                Ok((!failed.is_empty()).then_some(Shortfall::All(failed)))
            }
        }
    }
}

/// What thresholds are measured against.
pub(crate) struct Facts<'a> {
    pub(crate) tally: &'a Tally,
    pub(crate) seats: u64,
}

/// What a party lacked to take part; prints as "1.68% of valid votes, below 7%".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shortfall {
    /// Its share of a base is too small.
    Share {
        /// Its votes.
        votes: u64,
        /// The base as a number.
        whole: u128,
        /// The base.
        of: Base,
        /// The share needed.
        share: Ratio,
        /// Whether more than that share is needed.
        strict: bool,
    },
    /// Its votes are too few.
    Votes {
        /// Its votes.
        votes: u64,
        /// The votes needed.
        needed: u64,
        /// Whether more than these are needed.
        strict: bool,
    },
    /// Its votes are too small a part of a quota.
    Quota {
        /// Its votes.
        votes: u64,
        /// The quota.
        quota: Quota,
        /// How many of it are needed.
        times: Ratio,
        /// The quota's numerator.
        size: u128,
        /// The quota's denominator.
        divisor: u128,
        /// Whether more than that is needed.
        strict: bool,
    },
    /// It won too few seats directly.
    DirectSeats {
        /// Its direct seats.
        seats: u64,
        /// The direct seats needed.
        needed: u64,
    },
    /// It is not the list of a national minority.
    NotMinority,
    /// It lacks all of these.
    All(Vec<Shortfall>),
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = |strict: bool| if strict { "not above" } else { "below" };
        match self {
            Self::Share { votes, whole, of, share, strict } => {
                let has = percent((*votes).into(), *whole, Some(*share));
                write!(f, "{has} of {of}, {} {share}", below(*strict))
            }
            Self::Votes { votes, needed, strict } => {
                write!(f, "{} votes, {} {}", grouped(*votes), below(*strict), grouped(*needed))
            }
            Self::Quota { votes, quota, times, size, divisor, strict } => {
                let (votes, below) = (grouped(*votes), below(*strict));
                write!(f, "{votes} votes, {below} {times} of the {quota} ({})", two_decimals(*size, *divisor))
            }
            Self::DirectSeats { seats, needed } => {
                write!(f, "{seats} direct seat{}, below {needed}", if *seats == 1 { "" } else { "s" })
            }
            Self::NotMinority => f.write_str("not a minority list"),
            Self::All(list) => {
                let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("; "))
            }
        }
    }
}

/// A whole number with commas between its thousands.
pub(crate) fn grouped(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `numerator / denominator` with two decimals, cut off, or as a whole number.
fn two_decimals(numerator: u128, denominator: u128) -> String {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    match rest.checked_mul(100) {
        Some(hundredths) if rest > 0 => alloc::format!("{}.{:02}", grouped(whole), hundredths / denominator),
        _ => grouped(whole),
    }
}

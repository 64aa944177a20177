//! Shortfalls: what a party lacked to pass a threshold, and the judgement that finds it.

use core::cmp::Ordering;
use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::base::Base;
use crate::error::Error;
use crate::method::{Quota, QuotaSize};
use crate::num::Ratio;
use crate::num::text::{grouped, percent};
use crate::party::Party;
use crate::tally::Tally;
use crate::threshold::{Level, Threshold};

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

impl Threshold {
    /// What a party lacks where it is judged at `level`, or nothing if it passes.
    pub(crate) fn shortfall(&self, standing: &Standing<'_>, level: Level) -> Result<Option<Shortfall>, Error> {
        let Seen { facts, party, votes } = standing.at(level);
        let fails = |order: Ordering, strict: bool| order == Ordering::Less || (strict && order == Ordering::Equal);
        let of_share = |share: Ratio, base: Base, strict: bool| {
            let whole = facts.base(base)?;
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
                let QuotaSize { votes: size, parts: divisor } = quota.of(facts.base(*of)?, facts.seats)?;
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
            Self::At { level, threshold } => threshold.shortfall(standing, *level),
            Self::Any(list) => {
                // Every part is asked, so that a base that was not counted is an error whoever passes without it.
                let all = list.iter().map(|part| part.shortfall(standing, level)).collect::<Result<Vec<_>, _>>()?;
                Ok(all.into_iter().collect::<Option<Vec<_>>>().map(Shortfall::All))
            }
            Self::All(list) => {
                let all = list.iter().map(|part| part.shortfall(standing, level)).collect::<Result<Vec<_>, _>>()?;
                let failed: Vec<Shortfall> = all.into_iter().flatten().collect();
                Ok((!failed.is_empty()).then_some(Shortfall::All(failed)))
            }
        }
    }
}

/// A party as thresholds see it, in its district and in the nation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    pub(crate) district: Seen<'a>,
    pub(crate) nation: Seen<'a>,
}

/// A party at one level, and what it is measured against there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) party: &'a Party,
    pub(crate) votes: u64,
}

impl<'a> Standing<'a> {
    /// A party where there is one district alone.
    pub(crate) const fn alone(seen: Seen<'a>) -> Self {
        Self { district: seen, nation: seen }
    }

    const fn at(&self, level: Level) -> Seen<'a> {
        match level {
            Level::District => self.district,
            Level::Nation => self.nation,
        }
    }
}

/// What thresholds are measured against at one level: the bases, and the seats.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    bases: [Result<u128, Error>; Base::ALL.len()],
    seats: u64,
}

impl Facts {
    pub(crate) fn new(tally: &Tally, seats: u64) -> Self {
        Self { bases: Base::ALL.map(|base| tally.base(base)), seats }
    }

    /// The number that shares of `base` are taken of.
    pub(crate) fn base(&self, base: Base) -> Result<u128, Error> {
        let at = Base::ALL.iter().position(|known| *known == base);
        at.and_then(|at| self.bases.get(at)).cloned().unwrap_or(Err(Error::BaseNotCounted { base }))
    }
}

/// `numerator / denominator` with two decimals, cut off, or as a whole number.
fn two_decimals(numerator: u128, denominator: u128) -> String {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    match rest.checked_mul(100) {
        Some(hundredths) if rest > 0 => alloc::format!("{}.{:02}", grouped(whole), hundredths / denominator),
        _ => grouped(whole),
    }
}

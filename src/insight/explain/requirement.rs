//! What a party needed at the threshold, and by how much it had or lacked it.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::error::Error;
use crate::insight::counts::Counts;
use crate::insight::reading::{Reading, Size, quota_size};
use crate::num::Ratio;
use crate::num::text::decimals;
use crate::num::text::grouped;
use crate::num::text::percent;
use crate::rule::Threshold;

/// One part of a threshold beside what a party has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requirement {
    /// What is asked: "7% of 6,941,220 valid votes".
    pub asked: String,
    /// What the party has: "498,788 votes, 7.19%".
    pub has: String,
    /// Whether that is enough.
    pub met: bool,
    /// The fewest votes that are enough, all else equal; `None` where votes do not count.
    pub fewest_votes: Option<u128>,
    /// The party's votes above the fewest that are enough, or below them if it does not meet the requirement; `None`
    /// where votes do not count.
    pub distance: Option<u128>,
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; asked are {}", self.has, self.asked)?;
        match (self.fewest_votes, self.distance) {
            (Some(fewest), Some(distance)) => {
                let side = if self.met { "above" } else { "short of" };
                write!(f, ", at least {}: {} {side}", grouped(fewest), grouped(distance))
            }
            _ => f.write_str(if self.met { ": met" } else { ": not met" }),
        }
    }
}

/// Every part of a threshold beside what a party has.
pub(super) fn requirements(
    reading: &Reading<'_>,
    counts: &Counts,
    threshold: &Threshold,
    party: usize,
) -> Result<Vec<Requirement>, Error> {
    let votes = counts.votes_of(party);
    let met = reading.passes(threshold, party, counts, Size::Own, &mut Vec::new())?;
    let Some(particulars) = reading.parties().get(party) else { return Ok(Vec::new()) };
    let more_than = |strict: bool| if strict { "more than " } else { "" };
    // The fewest whole votes that reach top / bottom, or pass it.
    let votes_for = |top: BigUint, bottom: BigUint, strict: bool| {
        let below = &top / &bottom;
        let fewest = if strict || &below * &bottom != top { below + 1_u8 } else { below };
        u128::try_from(fewest).unwrap_or(u128::MAX)
    };
    let counted = |asked: String, has: String, fewest: u128| Requirement {
        asked,
        has,
        met,
        fewest_votes: Some(fewest),
        distance: Some(fewest.abs_diff(votes.into())),
    };
    let share = |share: Ratio, of: crate::Base, strict: bool| -> Result<Requirement, Error> {
        let whole = counts.base(of)?;
        let fewest = votes_for(BigUint::from(whole) * share.numerator(), BigUint::from(share.denominator()), strict);
        let asked = format!("{}{share} of {} {of}", more_than(strict), grouped(whole));
        let has = format!("{} votes, {}", grouped(votes), percent(votes.into(), whole, Some(share)));
        Ok(counted(asked, has, fewest))
    };
    let plain = |asked: String, has: String| Requirement { asked, has, met, fewest_votes: None, distance: None };
    let one = match threshold {
        Threshold::Share { share: needed, of, strict } => share(*needed, *of, *strict)?,
        Threshold::ByMembers { shares, of, strict } => {
            match shares.iter().rev().find(|(members, _)| **members <= particulars.members()) {
                Some((_, &needed)) => share(needed, *of, *strict)?,
                None => plain("nothing of so few members".into(), format!("{} members", particulars.members())),
            }
        }
        Threshold::Votes { votes: needed, strict } => counted(
            format!("{}{} votes", more_than(*strict), grouped(*needed)),
            format!("{} votes", grouped(votes)),
            u128::from(*needed) + u128::from(*strict),
        ),
        Threshold::Quota { quota, times, of, strict } => {
            let (top, bottom) = quota_size(*quota, counts.base(*of)?, reading.rule.seats, Size::Own)?;
            let size = decimals(&(BigUint::from(top) * 100_u8 / bottom), 2);
            let asked = format!("{}{times} of the {quota} of {size} votes", more_than(*strict));
            let fewest =
                votes_for(BigUint::from(top) * times.numerator(), BigUint::from(bottom) * times.denominator(), *strict);
            counted(asked, format!("{} votes", grouped(votes)), fewest)
        }
        Threshold::DirectSeats(needed) => {
            plain(format!("{needed} direct seats"), format!("{} direct seats", particulars.direct_seats()))
        }
        Threshold::Minority => {
            let has = if particulars.is_minority() { "a minority list" } else { "no minority list" };
            plain("the list of a national minority".to_string(), has.into())
        }
        Threshold::At { threshold, .. } => return requirements(reading, counts, threshold, party),
        Threshold::Any(parts) | Threshold::All(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(requirements(reading, counts, part, party)?);
            }
            return Ok(all);
        }
    };
    Ok(Vec::from([one]))
}

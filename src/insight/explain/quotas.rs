//! Largest remainders: the quota, whole quotas, and who took the last seats.

use core::cmp::Reverse;
use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};

use super::Explanation;
use crate::error::Error;
use crate::insight::reading::{Size, quota_size};
use crate::method::Quota;
use crate::num::text::decimals;
use crate::num::text::grouped;

/// The quota and what it gave each party.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quotas {
    /// The quota's name: "Hare quota".
    pub name: String,
    /// The votes that it is taken of.
    pub votes: u128,
    /// What these are divided by: the seats and the quota's k.
    pub divisor: u128,
    /// The quota in votes, as numerator and denominator.
    pub size: (u128, u128),
    /// The parties that take part, in their order.
    pub parties: Vec<QuotaShare>,
    /// Seats left after the whole quotas; below zero where these give out too many.
    pub left: i128,
}

/// What a quota gave one party.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaShare {
    /// The party.
    pub party: String,
    /// Its votes.
    pub votes: u64,
    /// Its votes over the quota, with four decimals, cut off.
    pub quotas: String,
    /// Its seats by whole quotas, within its bounds.
    pub whole: u64,
    /// What is left of its votes after them, with two decimals, cut off; below zero where a minimum gave more.
    pub remainder: String,
    /// Its place among the remainders, from 1; equal ones share a place.
    pub place: usize,
    /// Its certain seats in the end.
    pub seats: u64,
}

pub(super) fn quotas(explanation: &Explanation<'_>, quota: Quota) -> Result<Quotas, Error> {
    let Explanation { reading, counts, .. } = explanation;
    let votes = match reading.rule.quota_base {
        Some(base) => counts.base(base)?,
        None => explanation.taking_part().map(|(_, shares)| u128::from(shares.votes)).sum(),
    };
    let (top, bottom) = quota_size(quota, votes, reading.rule.seats, Size::Own)?;
    let mut remainders: Vec<BigInt> = Vec::new();
    let mut parties = Vec::new();
    for (party, shares) in explanation.taking_part() {
        let product = BigUint::from(shares.votes) * bottom;
        let whole = u64::try_from(&product / top).unwrap_or(u64::MAX).clamp(shares.lower, shares.upper);
        let remainder = BigInt::from(product.clone()) - BigInt::from(top) * whole;
        let size = decimals(&(remainder.magnitude() * 100_u8 / bottom), 2);
        parties.push(QuotaShare {
            party: explanation.name(party),
            votes: shares.votes,
            quotas: decimals(&(product * 10_000_u16 / top), 4),
            whole,
            remainder: if remainder < BigInt::ZERO { format!("-{size}") } else { size },
            place: 0,
            seats: shares.certain,
        });
        remainders.push(remainder);
    }
    for (share, remainder) in parties.iter_mut().zip(&remainders) {
        share.place = 1 + remainders.iter().filter(|&other| other > remainder).count();
    }
    let given: i128 = parties.iter().map(|share| i128::from(share.whole)).sum();
    let divisor = u128::from(reading.rule.seats) + u128::from(quota.added());
    let left = i128::from(reading.rule.seats) - given;
    Ok(Quotas { name: quota.to_string(), votes, divisor, size: (top, bottom), parties, left })
}

impl Quotas {
    /// The quota in votes, with two decimals, cut off, or as a whole number.
    #[must_use]
    pub fn size_text(&self) -> String {
        let (top, bottom) = self.size;
        if bottom == 1 { grouped(top) } else { decimals(&(BigUint::from(top) * 100_u8 / bottom), 2) }
    }

    /// The parties in the order of their remainders.
    #[must_use]
    pub fn by_remainder(&self) -> Vec<&QuotaShare> {
        let mut parties: Vec<&QuotaShare> = self.parties.iter().collect();
        parties.sort_by_key(|share| share.place);
        parties
    }

    /// The parties that took a seat beyond their whole quotas, in the order of their remainders.
    #[must_use]
    pub fn last_seats(&self) -> Vec<&QuotaShare> {
        let mut takers = self.by_remainder();
        takers.retain(|share| share.seats > share.whole);
        takers
    }

    /// The parties that lost a seat because the whole quotas gave out too many, the smallest remainder first.
    #[must_use]
    pub fn lost_seats(&self) -> Vec<&QuotaShare> {
        let mut losers = self.by_remainder();
        losers.retain(|share| share.seats < share.whole);
        losers.sort_by_key(|share| Reverse(share.place));
        losers
    }
}

impl fmt::Display for Quotas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (votes, divisor) = (grouped(self.votes), grouped(self.divisor));
        write!(f, "{}: {votes} votes / {divisor} = {} votes a seat", self.name, self.size_text())
    }
}

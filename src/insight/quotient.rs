//! Quotients as exact numbers, worked out from the definition of each divisor sequence.

use core::cmp::Ordering;
use core::fmt;

use alloc::string::String;

use num_bigint::BigUint;

use crate::method::{Divisor, Divisors};
use crate::num::text;

/// A party's claim to a seat by highest averages: its votes over the divisor for that seat, exactly.
///
/// Quotients compare exactly, irrational ones too (Huntington-Hill by squares, powers by integer powers), and print
/// with two decimals, cut off. A divisor of zero makes a quotient infinite; of two infinite ones the one with more votes
/// is the larger.
///
/// # Examples
/// ```
/// use apportion::Divisors;
/// use apportion::insight::Quotient;
///
/// let third_seat = Quotient::new(&Divisors::HUNTINGTON_HILL, 1_000, 2);
/// assert_eq!(third_seat.to_string(), "408.24"); // 1000 / √6
/// assert!(third_seat > Quotient::new(&Divisors::HUNTINGTON_HILL, 1_000, 3));
/// ```
#[derive(Clone, Debug)]
pub struct Quotient {
    /// The votes, where they are whole; otherwise what they are as a numerator over the contest's denominator.
    votes: BigUint,
    /// The quotient to this power is top / (bottom * 2^halvings).
    power: u32,
    top: BigUint,
    bottom: BigUint,
    halvings: u64,
}

impl Quotient {
    /// The claim of a party with `votes` to its next seat when it has `seats`.
    #[must_use]
    pub fn new(divisors: &Divisors, votes: u64, seats: u64) -> Self {
        Self::of(divisors, &BigUint::from(votes), &BigUint::from(1_u8), seats)
    }

    /// The claim of a party with `votes` / `parts` votes; only those of one contest, with the same `parts`, are compared.
    pub(super) fn of(divisors: &Divisors, votes: &BigUint, parts: &BigUint, seats: u64) -> Self {
        let Divisor { numerator, denominator, root, doublings } = divisors.divisor(seats);
        let top = votes.pow(root) * denominator;
        Self { votes: votes.clone(), power: root, top, bottom: numerator * parts.pow(root), halvings: doublings }
    }

    /// Whether its divisor is zero.
    #[must_use]
    pub fn is_infinite(&self) -> bool {
        self.bottom == BigUint::ZERO
    }

    /// The nearest `f64` below or at it, for pictures; infinite for a divisor of zero.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(&self) -> f64 {
        // Nine decimals of a number below 2^64 or so: beyond u128 it is infinite for all that pictures care.
        match self.scaled(9).and_then(|scaled| u128::try_from(scaled).ok()) {
            Some(scaled) => scaled as f64 / 1e9,
            None => f64::INFINITY,
        }
    }

    /// The whole part of the quotient times `factor` times 10^decimals; `None` for a divisor of zero.
    pub(super) fn scaled_by(&self, factor: u32, decimals: u32) -> Option<BigUint> {
        if self.is_infinite() {
            return None;
        }
        let scale = (BigUint::from(10_u8).pow(decimals) * factor).pow(self.power);
        // 2^4096 takes any quotient of 64-bit votes below what decimals show.
        let halvings = self.halvings.min(4096);
        let value = (&self.top * scale / &self.bottom) >> halvings;
        Some(value.nth_root(self.power))
    }

    fn scaled(&self, decimals: u32) -> Option<BigUint> {
        self.scaled_by(1, decimals)
    }

    /// How the quotient times `factor` compares with `number` / 10^decimals.
    pub(super) fn compare_scaled(&self, factor: u32, number: &BigUint, decimals: u32) -> Ordering {
        if self.is_infinite() {
            return Ordering::Greater;
        }
        let left = &self.top * (BigUint::from(10_u8).pow(decimals) * factor).pow(self.power);
        let right = (number.pow(self.power) * &self.bottom) << self.halvings.min(4096);
        left.cmp(&right)
    }

    /// With this many decimals, cut off, of the quotient times `factor`.
    pub(super) fn decimals(&self, factor: u32, decimals: u32) -> String {
        let Some(scaled) = self.scaled_by(factor, decimals) else { return "unlimited".into() };
        text::decimals(&scaled, decimals)
    }
}

impl Ord for Quotient {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.is_infinite() || other.is_infinite() {
            let votes = self.votes.cmp(&other.votes);
            return self.is_infinite().cmp(&other.is_infinite()).then(votes);
        }
        let (mut left, mut right) = (&self.top * &other.bottom, &other.top * &self.bottom);
        // Only the difference of the halvings counts; beyond the bits of the other side it decides alone.
        let bits = left.bits().max(right.bits()) + 1;
        left <<= other.halvings.saturating_sub(self.halvings).min(bits);
        right <<= self.halvings.saturating_sub(other.halvings).min(bits);
        left.cmp(&right)
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Quotient {}

impl fmt::Display for Quotient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.decimals(1, 2))
    }
}

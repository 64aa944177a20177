//! Claims: what a party places a seat in a place with, as an exact ratio.

use core::cmp::Ordering;

use num_bigint::BigUint;

/// An exact ratio, zero or more; zero is no claim at all.
///
/// Claims compare by cross multiplication. The denominator is zero only where there is no claim.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    numerator: BigUint,
    denominator: BigUint,
}

impl Claim {
    /// The ratio, or no claim where the denominator is zero.
    pub(crate) fn new(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>) -> Self {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        if denominator == BigUint::ZERO {
            return Self::NONE;
        }
        Self { numerator, denominator }
    }

    /// No claim: the party cannot be placed there.
    pub(crate) const NONE: Self = Self { numerator: BigUint::ZERO, denominator: BigUint::ZERO };

    /// The votes themselves.
    pub(crate) fn votes(votes: u64) -> Self {
        Self::new(votes, 1_u8)
    }

    /// The share of a place's votes (Iceland).
    pub(crate) fn share(self, valid: u128) -> Self {
        self.times(1, valid)
    }

    /// The votes per vote that a seat of the place costs: claim x seats / valid votes (Norway, Valgloven § 11-6).
    pub(crate) fn per_seat(self, seats: u64, valid: u128) -> Self {
        self.times(seats.into(), valid)
    }

    /// The claim by the quota of one seat more: claim x (seats + 1) / valid votes (Slovenia, ZVDZ art. 93).
    pub(crate) fn per_quota(self, seats: u64, valid: u128) -> Self {
        self.times(u128::from(seats) + 1, valid)
    }

    fn times(self, numerator: u128, denominator: u128) -> Self {
        Self::new(self.numerator * numerator, self.denominator * denominator)
    }

    pub(crate) const fn numerator(&self) -> &BigUint {
        &self.numerator
    }

    pub(crate) const fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// Whether there is no claim.
    pub(crate) fn is_none(&self) -> bool {
        self.numerator == BigUint::ZERO
    }
}

impl Ord for Claim {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_none(), other.is_none()) {
            (false, false) => (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator)),
            (mine, others) => others.cmp(&mine),
        }
    }
}

impl PartialOrd for Claim {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Claim {}

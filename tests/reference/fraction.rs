//! Fractions of small numbers, which compare crosswise.

use std::cmp::Ordering;

/// A number over a positive number; none of the tests' numbers comes near 2^63.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fraction(pub(crate) i128, pub(crate) i128);

impl Fraction {
    pub(crate) const fn whole(number: i128) -> Self {
        Self(number, 1)
    }

    pub(crate) const fn minus(self, other: Self) -> Self {
        Self(self.0 * other.1 - other.0 * self.1, self.1 * other.1)
    }

    pub(crate) const fn times(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1)
    }

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    /// Divided by a positive number.
    pub(crate) const fn over(self, other: Self) -> Self {
        Self(self.0 * other.1, self.1 * other.0)
    }

    /// The whole number at it or below.
    pub(crate) const fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0 * other.1).cmp(&(other.0 * self.1))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

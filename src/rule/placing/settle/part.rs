//! Parts of a quota, as exact ratios.

use core::cmp::Ordering;

use crate::num::product::compare_products;

/// A ratio of two numbers, compared by cross multiplication.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) numerator: u128,
    pub(crate) denominator: u128,
}

impl Part {
    pub(super) const fn whole(number: u128) -> Self {
        Self { numerator: number, denominator: 1 }
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_products(self.numerator, other.denominator, other.numerator, self.denominator)
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Part {}

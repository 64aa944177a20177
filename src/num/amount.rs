//! Amounts: whole numbers of any size that take no memory of their own up to 128 bits.

use num_bigint::BigUint;

/// A whole number: a big integer beyond 128 bits alone, so that equal amounts are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Small(u128),
    Big(BigUint),
}

impl Amount {
    pub(crate) const ZERO: Self = Self::Small(0);

    pub(crate) fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// The sum.
    pub(crate) fn plus(self, other: &Self) -> Self {
        match (&self, other) {
            (Self::Small(a), Self::Small(b)) => match a.checked_add(*b) {
                Some(sum) => Self::Small(sum),
                None => Self::of(BigUint::from(*a) + *b),
            },
            _ => Self::of(self.to_big() + other.to_big()),
        }
    }

    /// So many of it.
    pub(crate) fn times(&self, factor: u64) -> Self {
        match self {
            Self::Small(number) => match number.checked_mul(factor.into()) {
                Some(product) => Self::Small(product),
                None => Self::of(BigUint::from(*number) * factor),
            },
            Self::Big(number) => Self::of(number * factor),
        }
    }

    pub(crate) fn of(number: BigUint) -> Self {
        u128::try_from(&number).map_or(Self::Big(number), Self::Small)
    }

    pub(crate) fn to_big(&self) -> BigUint {
        match self {
            Self::Small(number) => BigUint::from(*number),
            Self::Big(number) => number.clone(),
        }
    }

    /// The number, if 128 bits hold it.
    pub(crate) const fn small(&self) -> Option<u128> {
        match self {
            Self::Small(number) => Some(*number),
            Self::Big(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_products_are_those_of_big_integers(a in any::<u128>(), b in any::<u128>(), factor in any::<u64>()) {
            let (first, second) = (Amount::Small(a), Amount::Small(b));
            prop_assert_eq!(first.clone().plus(&second).to_big(), BigUint::from(a) + b);
            prop_assert_eq!(first.times(factor).to_big(), BigUint::from(a) * factor);
            // Whatever fits is small, however it was made.
            let sum = first.plus(&second);
            prop_assert_eq!(Amount::of(sum.to_big()), sum);
        }
    }
}

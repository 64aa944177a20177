//! Comparing products of large powers: by their leading bits first, in full where those agree.

use core::cmp::Ordering;

use num_bigint::BigUint;

use super::product::product;

/// How `a^p * b^q` compares with `c^p * d^q`, for positive bases and exponents up to 100.
pub(crate) fn compare_powers((a, b): (u64, u128), (c, d): (u64, u128), p: u32, q: u32) -> Ordering {
    let rough = |votes: u64, divisor: u128| Leading::new(votes.into()).pow(p).times(Leading::new(divisor).pow(q));
    rough(a, b).compare(rough(c, d)).unwrap_or_else(|| {
        let exact = |votes: u64, divisor: u128| BigUint::from(votes).pow(p) * BigUint::from(divisor).pow(q);
        exact(a, b).cmp(&exact(c, d))
    })
}

/// A positive number as its 128 leading bits, the first of them set, and the power of two that they are times.
///
/// Each product cuts off less than 2^-127 of itself. A power up to 100 by squaring multiplies such cuts no oftener than
/// it multiplies bases, so a product of two of them is short of the truth by a part below 200 x 2^-127 < 2^-119.
#[derive(Clone, Copy)]
struct Leading {
    bits: u128,
    shift: u32,
}

impl Leading {
    const fn new(number: u128) -> Self {
        // `shift` is kept 128 too large, so that it is not negative.
        Self { bits: number << number.leading_zeros(), shift: 128 - number.leading_zeros() }
    }

    /// The shifts grow to 200 x 129 at most.
    const fn times(self, other: Self) -> Self {
        let (high, low) = product(self.bits, other.bits);
        let short = high.leading_zeros();
        let bits = if short == 0 { high } else { (high << 1) | (low >> 127) };
        Self { bits, shift: self.shift + other.shift - short }
    }

    const fn pow(self, exponent: u32) -> Self {
        let (mut result, mut square, mut left) = (self, self, exponent - 1);
        while left > 0 {
            if left % 2 == 1 {
                result = result.times(square);
            }
            square = square.times(square);
            left /= 2;
        }
        result
    }

    /// The order, unless the numbers are too close for the bits that are left.
    fn compare(self, other: Self) -> Option<Ordering> {
        // Next to a power of two, close numbers have different shifts; those go to the exact comparison too.
        match self.shift.abs_diff(other.shift) {
            0 if self.bits.abs_diff(other.bits) > 1 << 16 => Some(self.bits.cmp(&other.bits)),
            0 | 1 => None,
            _ => Some(self.shift.cmp(&other.shift)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn base() -> impl Strategy<Value = u64> {
        prop_oneof![1_u64..=9, any::<u64>().prop_map(|base| base.max(1)), (0..64_u32).prop_map(|bit| 1 << bit)]
    }

    proptest! {
        #[test]
        fn powers_compare_as_big_integers_do(
            a in base(), b in base(), c in base(), d in base(), near in any::<bool>(), p in 1_u32..=100, q in 1_u32..=100,
        ) {
            let exact = |x: u64, y: u128| BigUint::from(x).pow(p) * BigUint::from(y).pow(q);
            // Near ones differ in the last bit of one base, or not at all.
            let (c, d) = if near { (a ^ (c & 1).min(a - 1), b) } else { (c, d) };
            let (b, d) = (u128::from(b) + 1, u128::from(d) + 1);
            prop_assert_eq!(compare_powers((a, b), (c, d), p, q), exact(a, b).cmp(&exact(c, d)));
        }
    }
}

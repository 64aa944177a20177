//! Products of two `u128` in 256 bits, for comparisons that must not overflow.

use core::cmp::Ordering;

/// `a * b` as its high and low 128 bits.
pub(crate) const fn product(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a0 * b0;
    // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1: no sum below overflows.
    let middle = a1 * b0 + (low >> 64);
    let middle_2 = a0 * b1 + (middle & LOW);
    (a1 * b1 + (middle >> 64) + (middle_2 >> 64), (middle_2 << 64) | (low & LOW))
}

/// How `a * b` compares with `c * d`.
pub(crate) fn compare_products(a: u128, b: u128, c: u128, d: u128) -> Ordering {
    if (a | b | c | d) >> 64 == 0 {
        // Mostly: products of 64 bits fit 128.
        return (a * b).cmp(&(c * d));
    }
    match (a.checked_mul(b), c.checked_mul(d)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => product(a, b).cmp(&product(c, d)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = u128> {
        prop_oneof![any::<u128>(), any::<u64>().prop_map(u128::from), (0..4_u128).prop_map(|less| u128::MAX - less)]
    }

    proptest! {
        #[test]
        fn a_product_equals_that_of_big_integers(a in number(), b in number()) {
            let (high, low) = product(a, b);
            prop_assert_eq!((BigUint::from(high) << 128) + low, BigUint::from(a) * b);
        }
    }
}

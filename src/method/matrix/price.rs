//! Exact prices: what a seat more or less costs, and what a chain of such changes costs, as products of ratios.

// Floats decide only where they are far enough apart.
#![allow(clippy::cast_precision_loss)]

use core::cmp::Ordering;

use num_bigint::BigUint;

use super::problem::Problem;

/// A product of d(s) / votes and their inverses, to the power that makes it a ratio:
/// `up` / `down` x 2^`twos` x ε^`zeros`, where ε stands for a first divisor of 0 and is below every ratio.
#[derive(Clone, Debug)]
pub(super) struct Price {
    zeros: i64,
    twos: i128,
    up: BigUint,
    down: BigUint,
    /// About the logarithm of all but the ε, and the sum of the absolute values that went into it.
    near: f64,
    span: f64,
}

impl Price {
    pub(super) fn one() -> Self {
        let one = || BigUint::from(1_u32);
        Self { zeros: 0, twos: 0, up: one(), down: one(), near: 0.0, span: 0.0 }
    }

    /// The price of one seat more in a cell that has `seats`: d(seats) / votes.
    pub(super) fn of_adding(problem: &Problem<'_>, cell: usize, seats: u64) -> Self {
        let signposts = &problem.signposts;
        let exponent = signposts.exponent();
        let votes = problem.votes[cell];
        let power = signposts.power(seats);
        let zero = power.up == BigUint::ZERO;
        let divisor = if zero { 0.0 } else { signposts.ln(seats) };
        let votes_near = libm::log(votes as f64);
        Self {
            zeros: i64::from(zero),
            twos: power.twos.into(),
            up: if zero { 1_u32.into() } else { power.up },
            down: power.down * BigUint::from(votes).pow(exponent),
            near: (divisor - votes_near) * f64::from(exponent),
            span: (1.0 + divisor.abs() + votes_near) * f64::from(exponent),
        }
    }

    /// The price of one seat less in a cell that has `seats`, at least one: votes / d(seats - 1).
    pub(super) fn of_taking(problem: &Problem<'_>, cell: usize, seats: u64) -> Self {
        let Self { zeros, twos, up, down, near, span } = Self::of_adding(problem, cell, seats - 1);
        Self { zeros: -zeros, twos: -twos, up: down, down: up, near: -near, span }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        Self {
            zeros: self.zeros + other.zeros,
            twos: self.twos + other.twos,
            up: &self.up * &other.up,
            down: &self.down * &other.down,
            near: self.near + other.near,
            span: self.span + other.span,
        }
    }

    /// How `self` x `other` compares with `bound`.
    pub(super) fn compare_product(&self, other: &Self, bound: &Self) -> Ordering {
        let zeros = self.zeros + other.zeros;
        if zeros != bound.zeros {
            return bound.zeros.cmp(&zeros); // more ε is less
        }
        // Each logarithm is right within 2^-50 of itself, and so are their sums within that of the span, and some.
        let gap = self.near + other.near - bound.near;
        let doubt = (self.span + other.span + bound.span) * 1e-13;
        if gap.abs() > doubt {
            return if gap > 0.0 { Ordering::Greater } else { Ordering::Less };
        }
        let left = &self.up * &other.up * &bound.down;
        let right = &bound.up * &self.down * &other.down;
        compare_shifted(&left, self.twos + other.twos - bound.twos, &right)
    }

    pub(super) fn compare(&self, bound: &Self) -> Ordering {
        self.compare_product(&Self::one(), bound)
    }
}

/// How `left` x 2^`twos` compares with `right`, both positive.
pub(super) fn compare_shifted(left: &BigUint, twos: i128, right: &BigUint) -> Ordering {
    // Numbers of different lengths need no shift, which might be as long as memory.
    let lengths = (i128::from(left.bits()) + twos).cmp(&i128::from(right.bits()));
    lengths.then_with(|| match usize::try_from(twos.unsigned_abs()) {
        Ok(shift) if twos >= 0 => (left << shift).cmp(right),
        Ok(shift) => left.cmp(&(right << shift)),
        Err(_) => lengths,
    })
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use num_rational::BigRational;

    use super::super::super::kernel::Numbers;
    use super::super::Matrix;
    use super::super::cases::all_divisors;
    use super::*;

    /// The power of ε, and the rest exactly.
    fn exact(price: &Price) -> (i64, BigRational) {
        let whole = |number: &BigUint| BigInt::from(number.clone());
        let shift = u64::try_from(price.twos.unsigned_abs()).unwrap();
        let (up, down) = if price.twos >= 0 {
            (whole(&price.up) << shift, whole(&price.down))
        } else {
            (whole(&price.up), whole(&price.down) << shift)
        };
        (price.zeros, BigRational::new(up, down))
    }

    #[test]
    fn prices_and_their_products_compare_as_the_ratios_that_they_are() {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut equal = 0;
        for divisors in all_divisors() {
            // Some votes are those of others by whole factors, or by one vote more: equal prices, and close ones.
            let votes: [u64; 12] = [1, 2, 3, 6, 12, 7, 1_000_000, 999_999, u64::MAX, u64::MAX - 1, 1 << 40, 3 << 40];
            let matrix = Matrix::new(&votes, &[12], &[1; 12]).divisors(divisors.clone());
            let problem = matrix.check().unwrap();
            let mut any = || {
                let (cell, seats) = (numbers.below(12) as usize, numbers.below(6));
                if numbers.below(2) == 0 {
                    Price::of_adding(&problem, cell, seats)
                } else {
                    Price::of_taking(&problem, cell, seats + 1)
                }
            };
            for _ in 0..400 {
                let (a, b, c) = (any(), any(), any());
                let ((a_zeros, a_ratio), (b_zeros, b_ratio), (c_zeros, c_ratio)) = (exact(&a), exact(&b), exact(&c));
                let product = (a_zeros + b_zeros, &a_ratio * &b_ratio);
                assert_eq!(exact(&a.times(&b)), product);
                // More ε is less.
                let order = |one: &(i64, BigRational), other: &(i64, BigRational)| {
                    other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1))
                };
                let known = order(&product, &(c_zeros, c_ratio.clone()));
                assert_eq!(a.compare_product(&b, &c), known, "{divisors}");
                assert_eq!(a.compare(&c), order(&(a_zeros, a_ratio.clone()), &(c_zeros, c_ratio)), "{divisors}");
                assert_eq!(a.compare(&a), Ordering::Equal);
                equal += u32::from(known == Ordering::Equal);
            }
        }
        assert!(equal > 20, "{equal}");
    }

    #[test]
    fn a_seat_more_costs_its_divisor_over_votes_and_a_seat_less_its_inverse() {
        for divisors in all_divisors() {
            let matrix = Matrix::new(&[5, 7], &[2], &[1, 1]).divisors(divisors.clone());
            let problem = matrix.check().unwrap();
            let exponent = f64::from(problem.signposts.exponent());
            for (cell, votes) in [(0, 5.0), (1, 7.0)] {
                for seats in 0..4 {
                    let adding = Price::of_adding(&problem, cell, seats);
                    let taking = Price::of_taking(&problem, cell, seats + 1);
                    assert_eq!(exact(&adding.times(&taking)), (0, BigRational::from(BigInt::from(1))));
                    let is_zero = seats == 0 && problem.signposts.starts_at_zero();
                    assert_eq!((adding.zeros, taking.zeros), (i64::from(is_zero), -i64::from(is_zero)));
                    // What floats say of it, and of its inverse; of a first divisor of 0 what is left without it.
                    let divisor = if is_zero { 0.0 } else { problem.signposts.ln(seats) };
                    let near = (divisor - libm::log(votes)) * exponent;
                    assert!((adding.near - near).abs() < 1e-9 && (taking.near + near).abs() < 1e-9, "{divisors}");
                    // All the logarithms that went into it, taken by themselves, and some.
                    let span = (1.0 + divisor.abs() + libm::log(votes)) * exponent;
                    assert!((adding.span - span).abs() < 1e-9 && (taking.span - span).abs() < 1e-9, "{divisors}");
                    let both = adding.times(&adding);
                    assert!((both.near - 2.0 * near).abs() < 1e-9 && (both.span - 2.0 * span).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn numbers_times_powers_of_two_compare_whatever_the_powers() {
        let compare = |left: u64, twos: i128, right: u64| compare_shifted(&left.into(), twos, &right.into());
        assert_eq!(
            [compare(3, 2, 12), compare(3, 2, 13), compare(3, 2, 11)],
            [0, -1, 1].map(|order: i32| order.cmp(&0))
        );
        assert_eq!(
            [compare(12, -2, 3), compare(13, -2, 3), compare(11, -2, 3)],
            [0, 1, -1].map(|order: i32| order.cmp(&0))
        );
        assert_eq!([compare(8, 0, 9), compare(9, 0, 9), compare(10, 0, 9)], [-1, 0, 1].map(|order: i32| order.cmp(&0)));
        // Too long for any memory.
        assert_eq!(
            [compare(1, 1 << 70, u64::MAX), compare(u64::MAX, -(1 << 70), 1)],
            [Ordering::Greater, Ordering::Less]
        );
    }
}

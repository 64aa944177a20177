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
        let (divisor, votes_near) = if zero { (0.0, 0.0) } else { (signposts.ln(seats), 0.0) };
        let votes_near: f64 = votes_near + libm::log(votes as f64);
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

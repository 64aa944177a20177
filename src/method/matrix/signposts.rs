//! Divisor sequences as a matrix needs them: exactly, as ratios to be multiplied, and as logarithms to guess by.

// Logarithms only guess; what they are worth is bounded where they are used.
#![allow(clippy::cast_precision_loss)]

use num_bigint::BigUint;

use super::super::divisor::{Divisors, Ladder};

/// A divisor sequence d(0), d(1), …, up to a common factor.
#[derive(Clone, Debug)]
pub(super) struct Signposts {
    ladder: Ladder,
}

/// d(s) to the power [`exponent`](Signposts::exponent): `up` / `down` x 2^`twos`.
pub(super) struct Power {
    pub(super) up: BigUint,
    pub(super) down: BigUint,
    pub(super) twos: u64,
}

impl Signposts {
    pub(super) fn new(divisors: &Divisors) -> Self {
        Self { ladder: divisors.ladder() }
    }

    /// The power of d(s) that is a ratio for every s.
    pub(super) const fn exponent(&self) -> u32 {
        match self.ladder {
            Ladder::HuntingtonHill => 2,
            Ladder::Power { denominator, .. } => denominator,
            Ladder::Linear(_) | Ladder::Dean | Ladder::Macau => 1,
        }
    }

    /// What d is divided by, so that it grows by 1 a seat where it grows in equal steps.
    pub(super) const fn scale(&self) -> u64 {
        match &self.ladder {
            Ladder::Linear(linear) => linear.step,
            _ => 1,
        }
    }

    /// Whether d(0) = 0.
    pub(super) fn starts_at_zero(&self) -> bool {
        match &self.ladder {
            Ladder::Linear(linear) => linear.at(0) == 0,
            Ladder::HuntingtonHill | Ladder::Dean => true,
            Ladder::Power { .. } | Ladder::Macau => false,
        }
    }

    /// d(s)^exponent, exactly.
    pub(super) fn power(&self, s: u64) -> Power {
        let wide = u128::from(s);
        let whole = |up: BigUint| Power { up, down: BigUint::from(1_u32), twos: 0 };
        match &self.ladder {
            Ladder::Linear(linear) => whole(linear.at(s).into()),
            Ladder::HuntingtonHill => whole((wide * (wide + 1)).into()),
            // 2s(s + 1) / (2s + 1)
            Ladder::Dean => Power { up: (wide * (wide + 1)).into(), down: (2 * wide + 1).into(), twos: 1 },
            Ladder::Power { numerator, .. } => whole(BigUint::from(wide + 1).pow(*numerator)),
            Ladder::Macau => Power { twos: s, ..whole(1_u32.into()) },
        }
    }

    /// ln d(s); minus infinity for 0.
    pub(super) fn ln(&self, s: u64) -> f64 {
        let float = s as f64;
        match &self.ladder {
            Ladder::Linear(linear) => libm::log(linear.at(s) as f64),
            Ladder::HuntingtonHill => (libm::log(float) + libm::log(float + 1.0)) / 2.0,
            Ladder::Dean => libm::log(2.0 * float) + libm::log((float + 1.0) / (2.0 * float + 1.0)),
            Ladder::Power { numerator, denominator } => {
                libm::log(float + 1.0) * f64::from(*numerator) / f64::from(*denominator)
            }
            Ladder::Macau => float * core::f64::consts::LN_2,
        }
    }

    /// ln (d(s) / d(t)), right in nearly all its digits also where d(s) is close to d(t); d(t) is not 0.
    pub(super) fn ln_ratio(&self, s: u64, t: u64) -> f64 {
        // The difference of two seats is exact; that of two floats would not be.
        let more = if s >= t { (s - t) as f64 } else { -((t - s) as f64) };
        let (float, base) = (s as f64, t as f64);
        let ratio = |difference: f64, of: f64| libm::log1p(difference / of);
        match &self.ladder {
            Ladder::Linear(linear) => {
                let (top, bottom) = (linear.at(s), linear.at(t));
                let gap = top.abs_diff(bottom) as f64;
                ratio(if top >= bottom { gap } else { -gap }, bottom as f64)
            }
            Ladder::HuntingtonHill => (ratio(more, base) + ratio(more, base + 1.0)) / 2.0,
            // s(s + 1)(2t + 1) - t(t + 1)(2s + 1) = (s - t)(2st + s + t + 1)
            Ladder::Dean => {
                ratio(more * (2.0 * float * base + float + base + 1.0), base * (base + 1.0) * (2.0 * float + 1.0))
            }
            Ladder::Power { numerator, denominator } => {
                ratio(more, base + 1.0) * f64::from(*numerator) / f64::from(*denominator)
            }
            Ladder::Macau => more * core::f64::consts::LN_2,
        }
    }

    /// d(s) / scale as a float, right within three roundings.
    pub(super) fn float(&self, s: u64) -> f64 {
        let float = s as f64;
        match &self.ladder {
            Ladder::Linear(linear) => {
                let divisor = linear.at(s);
                // From 64 bits, where they hold it, is far quicker.
                u64::try_from(divisor).map_or_else(|_| divisor as f64, |divisor| divisor as f64) / linear.step as f64
            }
            Ladder::HuntingtonHill => libm::sqrt(float * (float + 1.0)),
            Ladder::Dean => 2.0 * float * (float + 1.0) / (2.0 * float + 1.0),
            // Not a rounding or three: `libm::pow` is right within one unit in its last place.
            Ladder::Power { numerator, denominator } => {
                libm::pow(float + 1.0, f64::from(*numerator) / f64::from(*denominator))
            }
            Ladder::Macau => libm::exp2(float),
        }
    }
}

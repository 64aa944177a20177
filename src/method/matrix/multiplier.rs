//! Multipliers as exact numbers: whole numbers times powers of two.

// Floats are taken apart into exact numbers, or are logarithms that only guess.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use core::cmp::Ordering;

use num_bigint::BigUint;
use num_rational::Ratio;

use super::problem::Problem;

/// The bits of an `f64` that count.
const DIGITS: i64 = 53;

/// `mantissa` x 2^`twos`, positive.
#[derive(Clone, Debug)]
pub(super) struct Multiplier {
    pub(super) mantissa: BigUint,
    pub(super) twos: i64,
}

impl Multiplier {
    /// About e^`log`.
    pub(super) fn exp(log: f64) -> Self {
        let twos = libm::floor(log / core::f64::consts::LN_2);
        // Between 1/2 and 4, whatever rounding did.
        let rest = libm::exp(log - twos * core::f64::consts::LN_2).clamp(0.5, 4.0);
        let mantissa = (rest * (1_u64 << DIGITS) as f64) as u64;
        Self { mantissa: mantissa.into(), twos: twos as i64 - DIGITS }
    }

    /// About this times e^`log`, to more digits the smaller `log` is.
    pub(super) fn times_exp(&self, log: f64) -> Self {
        let more = libm::expm1(log);
        if more == 0.0 {
            return self.clone();
        }
        if more.abs() > 0.25 {
            let factor = Self::exp(log);
            return Self { mantissa: &self.mantissa * &factor.mantissa, twos: self.twos + factor.twos }.cut(DIGITS + 8);
        }
        // more = part x 2^-places, exactly
        let (fraction, exponent) = libm::frexp(more.abs());
        let part = (fraction * (1_u64 << DIGITS) as f64) as u64;
        let places = DIGITS - i64::from(exponent);
        let whole = &self.mantissa << places;
        let change = &self.mantissa * part;
        let mantissa = if more > 0.0 { whole + change } else { whole - change };
        Self { mantissa, twos: self.twos - places }.cut(places + 16)
    }

    /// Its inverse to this power.
    pub(super) fn inverse_power(&self, exponent: u32) -> Ratio<BigUint> {
        let one = BigUint::from(1_u32);
        let (top, bottom) = if self.twos >= 0 {
            (one, &self.mantissa << self.twos)
        } else {
            (one << -self.twos, self.mantissa.clone())
        };
        Ratio::new(top.pow(exponent), bottom.pow(exponent))
    }

    /// At most `digits` binary digits of it.
    fn cut(self, digits: i64) -> Self {
        let surplus = i64::try_from(self.mantissa.bits()).unwrap_or(i64::MAX) - digits;
        if surplus <= 0 {
            return self;
        }
        Self { mantissa: self.mantissa >> surplus, twos: self.twos + surplus }
    }

    /// The logarithm of votes x `row` x `column` / d(`seats`) of a cell, right in nearly all its digits.
    pub(super) fn ln_quotient(problem: &Problem<'_>, cell: usize, row: &Self, column: &Self, seats: u64) -> f64 {
        let exponent = problem.signposts.exponent();
        let power = problem.signposts.power(seats);
        let top = (BigUint::from(problem.votes[cell]) * &row.mantissa * &column.mantissa).pow(exponent) * power.down;
        let twos = i128::from(row.twos + column.twos) * i128::from(exponent) - i128::from(power.twos);
        ln_ratio(&top, twos, &power.up) / f64::from(exponent)
    }
}

/// The logarithm of `top` x 2^`twos` / `bottom`, right in nearly all its digits also near 0.
fn ln_ratio(top: &BigUint, twos: i128, bottom: &BigUint) -> f64 {
    let apart = i128::from(top.bits()) + twos - i128::from(bottom.bits());
    if apart.abs() <= 1 {
        if let Ok(shift) = usize::try_from(twos.unsigned_abs()) {
            let (top, bottom) = if twos >= 0 { (top << shift, bottom.clone()) } else { (top.clone(), bottom << shift) };
            let part = |difference: BigUint| quotient(&difference, &bottom);
            return match top.cmp(&bottom) {
                Ordering::Less => libm::log1p(-part(&bottom - &top)),
                Ordering::Equal => 0.0,
                Ordering::Greater => libm::log1p(part(&top - &bottom)),
            };
        }
    }
    let ((top, top_twos), (bottom, bottom_twos)) = (leading(top), leading(bottom));
    libm::log(top / bottom) + (i128::from(top_twos) + twos - i128::from(bottom_twos)) as f64 * core::f64::consts::LN_2
}

/// a / b as a float.
fn quotient(a: &BigUint, b: &BigUint) -> f64 {
    let ((a, a_twos), (b, b_twos)) = (leading(a), leading(b));
    libm::scalbn(a / b, i32::try_from(a_twos - b_twos).unwrap_or(i32::MIN))
}

/// The 64 leading bits of a number, and the power of two that they are times.
fn leading(number: &BigUint) -> (f64, i64) {
    let surplus = number.bits().saturating_sub(64);
    let bits = (number >> surplus).iter_u64_digits().next().unwrap_or(0);
    (bits as f64, i64::try_from(surplus).unwrap_or(i64::MAX))
}

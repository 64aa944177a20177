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

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use num_rational::BigRational;

    use super::super::Matrix;
    use super::super::cases::all_divisors;
    use super::*;

    fn exact(multiplier: &Multiplier) -> BigRational {
        let mantissa = BigInt::from(multiplier.mantissa.clone());
        let one = BigInt::from(1);
        match u64::try_from(multiplier.twos) {
            Ok(twos) => BigRational::from(mantissa << twos),
            Err(_) => BigRational::new(mantissa, one << multiplier.twos.unsigned_abs()),
        }
    }

    /// The logarithm of a ratio near 1, from what it is apart.
    fn ln_near_1(ratio: &BigRational) -> f64 {
        let apart = ratio - BigRational::from(BigInt::from(1));
        let scaled: BigInt = (apart * BigRational::from(BigInt::from(1) << 200_u32)).to_integer();
        let (is_less, size) = (scaled < BigInt::from(0), scaled.magnitude().clone());
        let (bits, twos) = leading(&size);
        let apart = libm::scalbn(bits, i32::try_from(twos).unwrap() - 200);
        libm::log1p(if is_less { -apart } else { apart })
    }

    #[test]
    fn a_multiplier_of_a_logarithm_is_right_in_nearly_all_digits() {
        for log in [0.0, 1.0, -1.0, 0.3, 20.0, -20.0, 0.69, 699.0, -699.0] {
            let multiplier = Multiplier::exp(log);
            assert!(multiplier.mantissa.bits() >= 53 && multiplier.mantissa.bits() <= 55);
            let whole = libm::scalbn(leading(&multiplier.mantissa).0, i32::try_from(multiplier.twos).unwrap());
            let known = libm::exp(log);
            assert!((whole / known - 1.0).abs() < 1e-12, "{log}: {whole}, not {known}");
        }
        // Beyond what floats hold: 2 to the power 10^6.
        let far = Multiplier::exp(1e6 * core::f64::consts::LN_2);
        assert!((far.twos + 53 - 1_000_000).abs() <= 1, "{}", far.twos);
    }

    #[test]
    fn a_small_change_is_kept_to_its_own_digits() {
        let start = Multiplier::exp(0.7);
        for log in [1e-3, -1e-3, 1e-12, -1e-12, 1e-30, -1e-30, 0.2, -0.2, 0.5, -0.5, 30.0, -30.0] {
            let changed = start.times_exp(log);
            let ratio = exact(&changed) / exact(&start);
            if log.abs() > 0.3 {
                let log_of = |multiplier: &Multiplier| {
                    libm::log(leading(&multiplier.mantissa).0)
                        + (leading(&multiplier.mantissa).1 + multiplier.twos) as f64 * core::f64::consts::LN_2
                };
                assert!((log_of(&changed) - log_of(&start) - log).abs() < 1e-12, "{log}");
            } else {
                assert!((ln_near_1(&ratio) - log).abs() < 1e-12 * log.abs(), "{log}: {}", ln_near_1(&ratio));
            }
            // No more digits than that takes: those of a float, and the places that it stands behind.
            let bits = changed.mantissa.bits() as f64;
            assert!((bits - 53.0 - (-log.abs().log2()).max(0.0) - 8.0).abs() < 18.0, "{log}: {bits}");
        }
        let same = start.times_exp(0.0);
        assert_eq!((same.mantissa, same.twos), (start.mantissa, start.twos));
    }

    #[test]
    fn logarithms_of_quotients_are_right_in_nearly_all_digits_near_1_too() {
        let votes = [3, 1_000_003, u64::MAX];
        for divisors in all_divisors() {
            let matrix = Matrix::new(&votes, &[3], &[1, 1, 1]).divisors(divisors.clone());
            let problem = matrix.check().unwrap();
            let exponent = problem.signposts.exponent();
            for (cell, &votes) in votes.iter().enumerate() {
                for seats in [1, 2, 9] {
                    // A row that makes the quotient 1, but for what a float loses; and then a small part more or less.
                    let row = Multiplier::exp(problem.signposts.ln(seats) - libm::log(votes as f64));
                    for change in [0.0, 1e-20, -1e-20, 1e-3, -0.4, 5.0, -5.0] {
                        let column = Multiplier::exp(0.0).times_exp(change);
                        let log = Multiplier::ln_quotient(&problem, cell, &row, &column, seats);
                        let power = problem.signposts.power(seats);
                        let divisor = BigRational::new(BigInt::from(power.up) << power.twos, power.down.into());
                        let quotient = exact(&row) * exact(&column) * BigRational::from(BigInt::from(votes));
                        let ratio = quotient.pow(i32::try_from(exponent).unwrap()) / divisor;
                        let known = ln_near_1(&ratio) / f64::from(exponent);
                        // Far from 1 the test's own has few digits.
                        let (known, off) =
                            if change.abs() > 1.0 { (change, 1e-12) } else { (known, 1e-13 * known.abs()) };
                        assert!((log - known).abs() <= off, "{divisors}: {log}, not {known}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_inverse_is_one_over_the_number() {
        for multiplier in [Multiplier::exp(3.0), Multiplier::exp(-3.0), Multiplier { mantissa: 3_u32.into(), twos: 4 }]
        {
            for exponent in [1, 2, 5] {
                let (top, bottom) = multiplier.inverse_power(exponent).into();
                let inverse = BigRational::new(top.into(), bottom.into());
                let power = exact(&multiplier).pow(i32::try_from(exponent).unwrap());
                assert_eq!(inverse * power, BigRational::from(BigInt::from(1)));
            }
        }
    }

    #[test]
    fn ratios_of_any_size_have_their_logarithms() {
        let number = |bits: u32| BigUint::from(3_u32) << bits;
        // Powers of two on either side, and in between.
        for (top, twos, bottom, log) in [
            (0, 0, 200, -200),
            (200, 0, 0, 200),
            (150, 70, 200, 20),
            (0, -90, 300, -390),
            (90, -90, 0, 0),
            (0, 90, 90, 0),
        ] {
            let known = f64::from(log) * core::f64::consts::LN_2;
            assert!(
                (ln_ratio(&number(top), twos, &number(bottom)) - known).abs() <= 1e-14 * known.abs(),
                "{top}, {twos}, {bottom}"
            );
        }
        // 1 and a little more, which stands below what is shifted away.
        let little = libm::scalbn(1.0, -120) / 3.0;
        for twos in [-90_i32, 90] {
            let (up, down) = if twos < 0 { (90, 0) } else { (0, 90) };
            let log = ln_ratio(&((number(120) + 1_u32) << up), twos.into(), &(number(120) << down));
            assert!((log / little - 1.0).abs() < 1e-14, "{twos}: {log}");
        }
    }
}

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
        match &self.ladder {
            Ladder::Linear(linear) => {
                let (top, bottom) = (linear.at(s), linear.at(t));
                let gap = top.abs_diff(bottom) as f64;
                ln_of_parts(top as f64, bottom as f64, if top >= bottom { gap } else { -gap })
            }
            Ladder::HuntingtonHill => {
                (ln_of_parts(float, base, more) + ln_of_parts(float + 1.0, base + 1.0, more)) / 2.0
            }
            // s(s + 1)(2t + 1) - t(t + 1)(2s + 1) = (s - t)(2st + s + t + 1)
            Ladder::Dean => ln_of_parts(
                float * (float + 1.0) * (2.0 * base + 1.0),
                base * (base + 1.0) * (2.0 * float + 1.0),
                more * (2.0 * float * base + float + base + 1.0),
            ),
            Ladder::Power { numerator, denominator } => {
                ln_of_parts(float + 1.0, base + 1.0, more) * f64::from(*numerator) / f64::from(*denominator)
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

/// ln (top / bottom), by the difference of the two where they are close, and by themselves where little of one is left.
fn ln_of_parts(top: f64, bottom: f64, difference: f64) -> f64 {
    if 2.0 * top < bottom { libm::log(top / bottom) } else { libm::log1p(difference / bottom) }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use num_bigint::BigInt;
    use num_rational::BigRational;

    use super::super::cases::all_divisors;
    use super::*;

    /// Seats that are few, many, and next to each other.
    const SEATS: [u64; 11] = [0, 1, 2, 3, 7, 8, 100, 101, 4_095, 1_000_000, (1 << 40) + 3];

    /// d(s)^exponent, exactly; of seats that make no number too long.
    fn exact(signposts: &Signposts, s: u64) -> BigRational {
        let Power { up, down, twos } = signposts.power(s);
        BigRational::new(BigInt::from(up) << twos, down.into())
    }

    /// A positive ratio as a float, right in nearly all digits: to 80 of them, and the rest by a power of two.
    fn float(ratio: &BigRational) -> (f64, i64) {
        let bits = |number: &BigInt| i64::try_from(number.bits()).unwrap();
        let shift = 80 - bits(ratio.numer()) + bits(ratio.denom());
        let whole = if shift >= 0 {
            (ratio.numer() << shift) / ratio.denom()
        } else {
            ratio.numer() / (ratio.denom() << -shift)
        };
        let digits: Vec<u64> = whole.iter_u64_digits().collect();
        ((digits[1] as f64) * 2_f64.powi(64) + digits[0] as f64, -shift)
    }

    fn ln(ratio: &BigRational) -> f64 {
        let (part, twos) = float(ratio);
        libm::log(part) + twos as f64 * core::f64::consts::LN_2
    }

    /// The seats of which this test can take exact powers.
    fn seats(signposts: &Signposts) -> Vec<u64> {
        let most = if matches!(signposts.ladder, Ladder::Macau) { 4_095 } else { u64::MAX };
        SEATS.into_iter().filter(|&s| s <= most).collect()
    }

    #[test]
    fn logarithms_and_floats_are_those_of_the_exact_powers() {
        for divisors in all_divisors() {
            let signposts = Signposts::new(&divisors);
            let exponent = f64::from(signposts.exponent());
            for s in seats(&signposts) {
                let power = exact(&signposts, s);
                if power == BigRational::from(BigInt::from(0)) {
                    assert!(s == 0 && signposts.starts_at_zero());
                    assert_eq!((signposts.float(s), signposts.ln(s)), (0.0, f64::NEG_INFINITY), "{divisors}");
                    continue;
                }
                assert!(s > 0 || !signposts.starts_at_zero(), "{divisors}");
                let known = ln(&power) / exponent;
                assert!((signposts.ln(s) - known).abs() < 1e-12 * (1.0 + known.abs()), "{divisors}: {s}, {known}");
                let step = libm::log(signposts.scale() as f64);
                // Macau's divisors beyond 2^1023 are no floats.
                let log = libm::log(signposts.float(s));
                assert!(
                    (log - (known - step)).abs() < 1e-12 * (1.0 + known.abs()) || log == f64::INFINITY,
                    "{divisors}: {s}"
                );
            }
        }
    }

    #[test]
    fn logarithms_of_ratios_are_right_in_all_digits_also_between_neighbours() {
        for divisors in all_divisors() {
            let signposts = Signposts::new(&divisors);
            let exponent = f64::from(signposts.exponent());
            for s in seats(&signposts) {
                for t in [s, s + 1, s.saturating_sub(1), s + 50, s.saturating_sub(50)] {
                    let (one, other) = (exact(&signposts, s), exact(&signposts, t));
                    let zero = BigRational::from(BigInt::from(0));
                    if one == zero || other == zero {
                        continue;
                    }
                    // ln (1 + x) of what they are apart.
                    let apart = &one / &other - BigRational::from(BigInt::from(1));
                    let known = if apart == zero {
                        0.0
                    } else {
                        let is_less = apart < zero;
                        let (part, twos) = float(&if is_less { -apart } else { apart });
                        let apart = libm::scalbn(part, i32::try_from(twos).unwrap());
                        libm::log1p(if is_less { -apart } else { apart }) / exponent
                    };
                    let found = signposts.ln_ratio(s, t);
                    // Where the ratio is next to nothing, ln (1 + x) of the test itself has few digits.
                    let known = if known < -0.5 { ln(&(one / other)) / exponent } else { known };
                    assert!((found - known).abs() <= 1e-13 * known.abs(), "{divisors}: {s}, {t}: {found}, not {known}");
                }
            }
        }
    }

    #[test]
    fn powers_are_of_the_divisors_up_to_a_common_factor() {
        let power = |divisors: &Divisors, s: u64| exact(&Signposts::new(divisors), s);
        let ratio = |a: u64, b: u64| BigRational::new(a.into(), b.into());
        let of = |divisors: &Divisors| [1, 2, 5].map(|s| power(divisors, s) / power(divisors, 3));
        assert_eq!(of(&Divisors::SAINTE_LAGUE), [ratio(3, 7), ratio(5, 7), ratio(11, 7)]);
        assert_eq!(of(&Divisors::HUNTINGTON_HILL), [ratio(2, 12), ratio(6, 12), ratio(30, 12)]); // squares
        assert_eq!(of(&Divisors::DEAN), [ratio(4, 3), ratio(12, 5), ratio(60, 11)].map(|d| d / ratio(24, 7)));
        assert_eq!(of(&Divisors::MACAU), [ratio(1, 4), ratio(1, 2), ratio(4, 1)]);
        let half = Divisors::power("1/2".parse().unwrap()).unwrap();
        assert_eq!(of(&half), [ratio(2, 4), ratio(3, 4), ratio(6, 4)]); // squares
    }
}

//! Powers of a seat's number as divisors: a root of the votes, divided by 1, 2, 3, ….
//!
//! v / (j + 1)^p stands among such quotients as its root v^(1/p) / (j + 1) does. So the roots are taken once, and are votes of
//! D'Hondt then. A root is wrong by less than [`Curve::COARSER`] roundings of it:
//!
//! - With v = 2^k m, m from √½ to √2, log₂ m = 2/ln 2 artanh((m - 1) / (m + 1)), a series of which the terms left out are below
//!   2^-53; its parts round by less than 2^-50. The sum with k, below 2^6, rounds by 2^-47, and v by 2^-52: 2^-46 in all.
//! - The product with 1/p <= 4 is wrong by 2^-44 of that, and by its own two roundings of a number below 2^8, 2^-44: 2^-43.
//! - 2 to that power is wrong by ln 2 times as much, and by its own series and roundings, 2^-49: below 2^-43, 1,024 roundings.

use wide::{f64x4, u64x4};

use super::curve::Curve;
use super::float::{WHOLE, float};
use super::frame::Frame;
use super::lanes::Lanes;
use super::up_to_64;
use super::votes_as_floats::Rounded;
use crate::method::blocks::Blocks;
use crate::num::Ratio;

/// Whether `out` now holds the answer for at most 64 parties, certain and without a tie.
pub(super) fn allocate(
    exponent: Ratio,
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    field: &mut Blocks<f64x4>,
    frame: impl Frame<f64x4>,
) -> bool {
    // Both are at most 100.
    let (numerator, denominator) = (exponent.numerator(), exponent.denominator());
    if denominator > 4 * numerator || field.read::<Rounded>(votes).is_none() {
        return false;
    }
    let root = float(denominator) / float(numerator);
    let total = field.change_votes(|votes| power(votes, root));
    up_to_64::of_shares(Roots, total, seats, out, field, frame)
}

/// d(j) = j + 1, for roots of votes.
#[derive(Clone, Copy, Debug)]
struct Roots;

impl Curve for Roots {
    const COARSER: f64 = 1_024.0;
    const REGULAR: bool = true;

    #[inline(always)]
    fn is_endless(self) -> bool {
        false
    }

    #[inline(always)]
    fn position<L: Lanes>(self, t: L) -> L {
        t - L::splat(0.5)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        seat + 1.0
    }

    #[inline(always)]
    fn divisors<L: Lanes>(self, seat: L) -> L {
        seat + L::splat(1.0)
    }

    #[inline(always)]
    fn center(self) -> f64 {
        -0.5
    }
}

/// 2 / (n ln 2) for n = 19, 17, …, 1: the series of log₂ in (m - 1) / (m + 1), which is below 0.172.
const LOGARITHM: [f64; 10] = {
    let mut series = [0.0; 10];
    let mut term = 0;
    while term < 10 {
        series[term] = 2.0 * core::f64::consts::LOG2_E / float(19 - 2 * term as u64);
        term += 1;
    }
    series
};

/// 1 / n! for n = 13, 12, …, 0: the series of the exponential, for numbers below 0.347.
const EXPONENTIAL: [f64; 14] = {
    let mut series = [1.0; 14];
    let mut n = 1;
    while n < 14 {
        series[13 - n] = series[14 - n] / float(n as u64);
        n += 1;
    }
    series
};

#[inline(always)]
fn horner<const N: usize>(series: [f64; N], at: f64x4) -> f64x4 {
    let mut sum = f64x4::splat(series[0]);
    for &next in &series[1..] {
        sum = sum * at + f64x4::splat(next);
    }
    sum
}

/// votes^root, for whole numbers of votes; 0 for none.
#[inline(always)]
fn power(votes: f64x4, root: f64) -> f64x4 {
    let number = f64x4::splat;
    let (one, some) = (number(1.0), votes.above(number(0.0)));
    // m from √½ to √2: the bits of 1 - √½ more carry into the exponent just there.
    let least = u64x4::splat(core::f64::consts::FRAC_1_SQRT_2.to_bits());
    let shifted = bytemuck::cast::<f64x4, u64x4>(Lanes::max(votes, one)) + (u64x4::splat(1.0_f64.to_bits()) - least);
    let exponent = shifted >> 52_u32;
    let part = (shifted & u64x4::splat((1 << 52) - 1)) + least;
    let (m, k) = (bytemuck::cast::<u64x4, f64x4>(part), whole(exponent) - number(1_023.0));
    let z = (m - one) / (m + one);
    let logarithm = (k + z * horner(LOGARITHM, z * z)) * number(root);

    let (nearest, whole) = Lanes::round(logarithm);
    let rest = (logarithm - nearest) * number(core::f64::consts::LN_2);
    let doublings = bytemuck::cast::<u64x4, f64x4>((whole + u64x4::splat(1_023)) << 52_u32);
    (horner(EXPONENTIAL, rest) * doublings) & some
}

/// Whole numbers below 2^52 as floats.
#[inline(always)]
fn whole(numbers: u64x4) -> f64x4 {
    bytemuck::cast::<u64x4, f64x4>(numbers | u64x4::splat(WHOLE.to_bits())) - f64x4::splat(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the root is a whole number it is known exactly: those of squares, cubes and fourth powers, up to 2^64.
    #[test]
    fn roots_are_wrong_by_less_than_they_may_be() {
        for degree in [1_u32, 2, 3, 4] {
            for number in (1..200_u64).chain((0..64).map(|bits| 1_u64 << bits)).chain([7_131, 65_535, 2_642_245]) {
                let Some(votes) = number.checked_pow(degree) else { continue };
                let root = power(f64x4::splat(votes as f64), 1.0 / f64::from(degree)).to_array()[0];
                let wrong = (root / number as f64 - 1.0).abs();
                assert!(wrong < Roots::COARSER * f64x4::UNIT, "{number}^{degree}: {wrong:e}");
                let back = power(f64x4::splat(number as f64), f64::from(degree)).to_array()[0];
                let wrong = (back / votes as f64 - 1.0).abs();
                assert!(wrong < Roots::COARSER * f64x4::UNIT, "{number}^{degree}: {wrong:e}");
            }
        }
        assert_eq!(power(f64x4::splat(0.0), 1.5).to_array(), [0.0; 4]);
    }
}

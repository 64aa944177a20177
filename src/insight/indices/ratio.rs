//! Exact ratios of numbers of any size.

use core::fmt;

use alloc::string::String;

use num_bigint::BigUint;
use num_rational::Ratio as Fraction;

/// An exact, non-negative ratio of whole numbers of any size, in lowest terms.
///
/// It prints as a fraction; [`to_f64`](Self::to_f64) is the nearest float below or at it.
///
/// # Examples
/// ```
/// use apportion::insight::Indices;
///
/// let index = Indices::new(&[60, 30, 10], &[4, 1, 0])?.loosemore_hanby();
/// assert_eq!(index.to_string(), "1/5"); // exactly
/// assert_eq!(index.parts(), ("1".to_string(), "5".to_string()));
/// assert!((index.to_f64() - 0.2).abs() < 1e-15); // to plot or to round
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExactRatio(pub(super) Fraction<BigUint>);

impl ExactRatio {
    /// The ratio as a float, cut off after 63 binary digits and rounded to the nearest `f64`.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        binary(self.0.numer(), self.0.denom(), false)
    }

    /// The square root as a float, likewise.
    #[must_use]
    pub(super) fn sqrt(&self) -> f64 {
        binary(self.0.numer(), self.0.denom(), true)
    }

    /// Numerator and denominator in lowest terms, as decimal digits.
    #[must_use]
    pub fn parts(&self) -> (String, String) {
        (alloc::format!("{}", self.0.numer()), alloc::format!("{}", self.0.denom()))
    }
}

impl fmt::Display for ExactRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self.0.denom() == BigUint::from(1_u8) {
            return write!(f, "{}", self.0.numer());
        }
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}

/// `top` / `bottom`, or its square root, as a float: an integer of 63 to 65 binary digits times a power of two.
#[allow(clippy::cast_precision_loss)]
fn binary(top: &BigUint, bottom: &BigUint, root: bool) -> f64 {
    if *top == BigUint::ZERO {
        return 0.0;
    }
    let digits = |number: &BigUint| i64::try_from(number.bits()).unwrap_or(i64::MAX);
    let wanted = if root { 128 } else { 64 };
    // An even shift, so that the root of it is a power of two as well.
    let shift = (wanted + digits(bottom) - digits(top)).max(0) / 2 * 2;
    let scaled = (top << shift) / bottom;
    let (number, shift) = if root { (scaled.sqrt(), shift / 2) } else { (scaled, shift) };
    let mut value = u128::try_from(number).map_or(f64::INFINITY, |number| number as f64);
    for _ in 0..shift {
        value /= 2.0; // exact, as ratios of 64-bit counts stay far above the smallest f64
    }
    value
}

//! What the kernels need of floating-point numbers, in the same speed with and without the standard library.

/// 2^52: added to a number from 0 to 2^51 it leaves no bits for a fraction, so the sum is rounded to a whole number,
/// and its lowest bits are that number.
pub(super) const WHOLE: f64 = 4_503_599_627_370_496.0;

/// Rounds a number from 0 to 2^51 to the nearest whole one (halves to even): as a float and as an integer.
#[inline(always)]
pub(super) fn round(number: f64) -> (f64, u64) {
    let shifted = number + WHOLE;
    (shifted - WHOLE, shifted.to_bits().wrapping_sub(WHOLE.to_bits()))
}

/// The larger of a number and 0.
#[inline(always)]
pub(super) fn not_below_zero(number: f64) -> f64 {
    if number > 0.0 { number } else { 0.0 }
}

#[cfg(feature = "std")]
#[inline(always)]
pub(super) fn sqrt(number: f64) -> f64 {
    number.sqrt()
}

#[cfg(not(feature = "std"))]
#[inline(always)]
pub(super) fn sqrt(number: f64) -> f64 {
    libm::sqrt(number)
}

/// A whole number as the nearest float.
#[inline(always)]
#[allow(clippy::cast_precision_loss)] // who calls it counts the rounding
pub(super) const fn float(number: u64) -> f64 {
    number as f64
}

/// The float nearest to a number below 2^63, in one instruction.
#[inline(always)]
#[allow(clippy::cast_precision_loss, clippy::cast_possible_wrap)] // it does not wrap, and who calls it counts the rounding
pub(super) const fn float_of_signed(number: u64) -> f64 {
    number as i64 as f64
}

/// A number of votes as the nearest float; `SMALL` says that it is below 2^52.
#[inline(always)]
pub(super) fn number<const SMALL: bool>(votes: u64) -> f64 {
    // The bits of 2^52 + votes: one operation where the general conversion takes five.
    if SMALL { f64::from_bits(votes | WHOLE.to_bits()) - WHOLE } else { float(votes) }
}

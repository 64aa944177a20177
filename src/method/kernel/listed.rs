//! Custom divisors: as listed, and on in steps as the last one.

use super::curve::Curve;
use super::float::float;
use super::lanes::Lanes;
use crate::num::Ratio;

/// The most divisors before the last step.
const MOST: usize = 12;

/// d(j) as listed up to `last`, the start of the last step, in the unit of that step.
///
/// position(t) = 1/2 at t = d(0), one more at each divisor listed, straight between them and after them. Divisors listed are
/// wrong by 2 u of themselves, the last step, a difference of two below [`LARGEST`] of it, by 1,024 u of itself, and all in its
/// unit by little more than that; t - d(j) by as much of t, its product with a slope by [`Curve::STEEPEST`] times that. So
/// positions are wrong by less than 4 x 4,096 u (t + 1), and divisors by less than 3 x 4,096 u of themselves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    first: f64,
    /// From each divisor to the next one; endless for none, with no slope.
    widths: [f64; MOST],
    slopes: [f64; MOST],
    /// How many there are, and the divisor after them.
    steps: usize,
    last: f64,
}

/// The largest divisor before the last step, in such steps.
const LARGEST: f64 = 256.0;

impl Listed {
    /// The curve of a list that a few parties can use.
    pub(super) fn new(divisors: &[Ratio]) -> Option<Self> {
        let number = |ratio: &Ratio| float(ratio.numerator()) / float(ratio.denominator());
        let [.., before, last] = divisors else { return None };
        let (unit, steps) = (number(last) - number(before), divisors.len() - 2);
        if steps > MOST || unit <= 0.0 || number(last) > LARGEST * unit {
            return None;
        }
        let mut curve =
            Self { first: 0.0, widths: [0.0; MOST], slopes: [0.0; MOST], steps, last: number(before) / unit };
        curve.first = divisors.first().map(number)? / unit;
        for (pair, (width, slope)) in
            divisors.windows(2).zip(curve.widths.iter_mut().zip(&mut curve.slopes)).take(steps)
        {
            let [low, high] = pair else { return None };
            *width = (number(high) - number(low)) / unit;
            *slope = 1.0 / *width;
        }
        curve.slopes.iter().all(|&slope| slope <= Self::STEEPEST).then_some(curve)
    }
}

impl Curve for Listed {
    const COARSER: f64 = 4_096.0;
    const STEEPEST: f64 = 4.0;
    const REGULAR: bool = false;

    #[inline(always)]
    fn is_endless(self) -> bool {
        self.first == 0.0
    }

    #[inline(always)]
    fn position<L: Lanes>(self, t: L) -> L {
        let (none, one) = (L::splat(0.0), L::splat(1.0));
        // Before the first divisor as steep as after it, so that it is less than a half.
        let slope = if self.steps > 0 { self.slopes[0] } else { 1.0 };
        let mut at = self.first;
        let mut position = L::splat(0.5) + ((t - L::splat(at)) * L::splat(slope)).min(none);
        for (&width, &slope) in self.widths.iter().zip(&self.slopes).take(self.steps) {
            position = position + ((t - L::splat(at)) * L::splat(slope)).max(none).min(one);
            at += width;
        }
        position + (t - L::splat(self.last)).max(none)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        self.divisors(wide::f64x4::splat(seat)).get(0)
    }

    #[inline(always)]
    fn divisors<L: Lanes>(self, seat: L) -> L {
        let (none, one) = (L::splat(0.0), L::splat(1.0));
        let (mut divisor, mut at) = (L::splat(self.first), 0.0);
        for &width in self.widths.iter().take(self.steps) {
            divisor = divisor + (seat - L::splat(at)).max(none).min(one) * L::splat(width);
            at += 1.0;
        }
        divisor + (seat - L::splat(at)).max(none)
    }

    #[inline(always)]
    fn center(self) -> f64 {
        float(self.steps as u64) + 0.5 - self.last
    }
}

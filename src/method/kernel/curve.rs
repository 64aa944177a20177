//! Divisor sequences as curves: from a party's share of seats, a real number, to the seats it rounds to.
//!
//! With a multiplier x a party of v votes has the share t = v x, and it is owed every seat j with d(j) <= t. Each
//! sequence here has a function `position` with: seat j is owed if and only if position(t) >= j + 1/2. So the seats owed
//! are `position(t)` rounded to the nearest whole number, and a float tells them whenever it is farther from a half than
//! it can be wrong.

use super::float::{float, sqrt};
use super::lanes::Lanes;

/// The most that the center of a curve may be away from 0 for a few parties.
pub(super) const FARTHEST_CENTER: f64 = 8.0;

/// A first divisor is not much smaller than a step if it is more than the step shifted right by this number of bits.
pub(super) const SMALLEST_OFFSET: u32 = 16;

/// A divisor sequence whose claims need no search.
///
/// Floats here are wrong by these parts at most, u being what one rounding is wrong by, as a part of its result:
/// - `position`: 4 u (t + |c| + 1), c being `center`, where votes were rounded to floats (see each curve);
/// - `divisor`: 3 u of itself, so that a quotient v / d(j) with v rounded to a float is wrong by 5 u of itself.
pub(super) trait Curve: Copy {
    /// Where the share `t` stands among the seats, before it is rounded.
    fn position<L: Lanes>(self, t: L) -> L;

    /// d(seat), in the unit of shares.
    fn divisor(self, seat: f64) -> f64;

    /// What `threshold` needs of votes: 1 / v, or a power of it; a large number for none.
    #[inline(always)]
    fn inverse<L: Lanes>(self, votes: L) -> L {
        L::splat(1.0) / votes.max(L::splat(L::NO_VOTES))
    }

    /// The multiplier from which on a claim is owed, d(seat) / v, or a power of it; wrong by less than 8 u of itself.
    ///
    /// A product, so that one division serves several claims of a party, and is done before it is known which. `inverse` is
    /// wrong by 2 u where votes were rounded, `divisors` by 3 u and the product by u: 6 u.
    #[inline(always)]
    fn threshold<L: Lanes>(self, inverse: L, seat: L) -> L {
        self.divisors(seat) * inverse
    }

    /// A multiplier as such a threshold.
    #[inline(always)]
    fn threshold_at<L: Lanes>(self, x: L) -> L {
        x
    }

    /// d(seat) of four claims, or the same power of it.
    fn divisors<L: Lanes>(self, seat: L) -> L;

    /// What `position(t) - t` comes to for large t.
    fn center(self) -> f64;

    /// By what factor votes that were made into other numbers are more wrong than rounded ones: `position` and `divisor` are
    /// wrong by so many times the parts above.
    const COARSER: f64 = 1.0;

    /// No slope of `position` is above this.
    const STEEPEST: f64 = 1.0;

    /// Whether d(0) is not much smaller than d(1) - d(0), nor larger.
    ///
    /// Then `threshold` needs no special cases: a party without votes has a larger one than any other party, and the seat -1
    /// has one that is not above 0, so that neither is ever taken for a claim.
    const REGULAR: bool;

    /// Whether d(0) is 0.
    fn is_endless(self) -> bool;

    /// Positions moved by a constant, wrong by no more than one rounding of them in addition.
    #[inline(always)]
    fn moved<L: Lanes>(self, t: L, by: f64) -> L {
        self.position(t) + L::splat(by)
    }

    /// As a mask: whether positions moved by a constant are half a seat or more above `seats`; as sure as positions are.
    #[inline(always)]
    fn reaches<L: Lanes>(self, t: L, by: f64, seats: L) -> L {
        self.moved(t, by - 0.5).at_least(seats)
    }
}

/// d(j) = j + r, in the unit of the step.
///
/// position(t) = t + (1/2 - r): t >= j + r as soon as this is >= j + 1/2. The product t = v x, v being rounded to a
/// float, is wrong by 2 u t; r, a quotient of two floats of which the step is exact, by 2 u r; c = 1/2 - r by
/// 2 u r + u |c| <= u (3 |c| + 1); the sum adds u (t + |c|): below 4 u (t + |c| + 1) in all. d(j): r and the sum, 3 u.
#[derive(Clone, Copy, Debug)]
pub(super) struct Straight<const REGULAR: bool> {
    offset: f64,
    center: f64,
}

impl<const REGULAR: bool> Straight<REGULAR> {
    /// step x j + offset.
    pub(super) const fn new(step: u64, offset: u64) -> Self {
        let offset = float(offset) / float(step);
        Self { offset, center: 0.5 - offset }
    }
}

impl<const REGULAR: bool> Curve for Straight<REGULAR> {
    const REGULAR: bool = REGULAR;

    #[inline(always)]
    fn is_endless(self) -> bool {
        !REGULAR && self.offset == 0.0
    }

    #[inline(always)]
    fn position<L: Lanes>(self, t: L) -> L {
        t + L::splat(self.center)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        seat + self.offset
    }

    #[inline(always)]
    fn divisors<L: Lanes>(self, seat: L) -> L {
        seat + L::splat(self.offset)
    }

    #[inline(always)]
    fn moved<L: Lanes>(self, t: L, by: f64) -> L {
        t + L::splat(self.center + by)
    }

    #[inline(always)]
    fn center(self) -> f64 {
        self.center
    }
}

/// d(j) = √(j (j + 1)).
///
/// t >= √(j (j + 1)) says t² + 1/4 >= (j + 1/2)²: position(t) = √(t² + 1/4). t is wrong by 2 u of itself, t² by 5 u and
/// with 1/4 by 6 u of the sum, whose root by 3 u, and rounding adds one: 4 u of a value <= t + 1/2. d(j): a sum and a
/// product halved by the root, and its rounding, 2 u.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometric;

impl Curve for Geometric {
    const REGULAR: bool = false;

    #[inline(always)]
    fn is_endless(self) -> bool {
        true
    }

    #[inline(always)]
    fn position<L: Lanes>(self, t: L) -> L {
        (t * t + L::splat(0.25)).sqrt()
    }

    /// Without a root: both sides squared, each wrong by 6 u of itself at most, and their roots by 3 u.
    #[inline(always)]
    fn reaches<L: Lanes>(self, t: L, by: f64, seats: L) -> L {
        let end = seats + L::splat(0.5 - by);
        (t * t + L::splat(0.25)).at_least(end * end)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        sqrt(seat * (seat + 1.0))
    }

    #[inline(always)]
    fn inverse<L: Lanes>(self, votes: L) -> L {
        let inverse = L::splat(1.0) / votes.max(L::splat(L::NO_VOTES));
        inverse * inverse
    }

    #[inline(always)]
    fn threshold_at<L: Lanes>(self, x: L) -> L {
        let x = x.max(L::splat(0.0));
        x * x
    }

    /// d(seat)², without a root; so a threshold's square is wrong by 5 u of `inverse` and one by each product, 7 u.
    #[inline(always)]
    fn divisors<L: Lanes>(self, seat: L) -> L {
        seat * (seat + L::splat(1.0))
    }

    #[inline(always)]
    fn center(self) -> f64 {
        0.0
    }
}

/// d(j) = 2 j (j + 1) / (2 j + 1).
///
/// position(t) = (t + √(t² + 1)) / 2 grows, and at t = d(j) it is j + 1/2: there t² + 1 = ((2 j² + 2 j + 1) / (2 j + 1))².
/// √(t² + 1) is wrong by 4 u (t + 1) as for `Geometric`, t by 2 u t, the sum adds u (2 t + 1); half of it is below
/// 4 u (t + 1). d(j): the product and the quotient round once each, 2 u, j + 1 and 2 j + 1 being exact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Harmonic;

impl Curve for Harmonic {
    const REGULAR: bool = false;

    #[inline(always)]
    fn is_endless(self) -> bool {
        true
    }

    #[inline(always)]
    fn position<L: Lanes>(self, t: L) -> L {
        (t + (t * t + L::splat(1.0)).sqrt()) * L::splat(0.5)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        2.0 * (seat * (seat + 1.0)) / (2.0 * seat + 1.0)
    }

    #[inline(always)]
    fn divisors<L: Lanes>(self, seat: L) -> L {
        let one = L::splat(1.0);
        (seat + seat) * (seat + one) / (seat + seat + one)
    }

    #[inline(always)]
    fn center(self) -> f64 {
        0.0
    }
}

/// d(0) = first, and d(j) = j + 1/2 after it: modified Sainte-Laguë in the unit of its step.
///
/// Below t = 3/2, where the second seat is owed, position(t) = 1/2 + (t - first) / (3/2 - first), which is 1/2 at
/// t = first and meets t at 3/2. For first <= 1 the slope is at most 2 and t at most 3/2, so that t is wrong by 3 u,
/// t - first by 6 u with `first` itself, the product with the slope by 20 u: more than 4 u (t + 1), but below the 80 u
/// that whoever uses a position grants at least. d(j): as for `Straight`.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstChanged {
    first: f64,
    slope: f64,
}

impl FirstChanged {
    /// For a first divisor of `numerator / denominator` where the second is 3, if its slope is small enough.
    pub(super) fn new(numerator: u64, denominator: u64) -> Option<Self> {
        // Both are below 2^34: the products are exact.
        let first = float(numerator) / (2.0 * float(denominator));
        (first <= 1.0).then(|| Self { first, slope: 1.0 / (1.5 - first) })
    }
}

impl Curve for FirstChanged {
    const REGULAR: bool = false;
    const STEEPEST: f64 = 2.0;

    #[inline(always)]
    fn is_endless(self) -> bool {
        self.first == 0.0
    }

    #[inline(always)]
    fn position<L: Lanes>(self, t: L) -> L {
        let changed = L::splat(0.5) + (t - L::splat(self.first)) * L::splat(self.slope);
        t.at_least(L::splat(1.5)).choose(t, changed)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        if seat < 1.0 { self.first } else { seat + 0.5 }
    }

    #[inline(always)]
    fn divisors<L: Lanes>(self, seat: L) -> L {
        seat.at_least(L::splat(1.0)).choose(seat + L::splat(0.5), L::splat(self.first))
    }

    #[inline(always)]
    fn center(self) -> f64 {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use wide::{f32x4, f64x4};

    use super::super::listed::Listed;
    use super::*;
    use crate::Ratio;

    /// What a curve says of one number.
    fn at(x: f64, of: impl Fn(f64x4) -> f64x4) -> f64 {
        of(f64x4::splat(x)).get(0)
    }

    fn near(one: f64, other: f64, parts: f64) -> bool {
        (one - other).abs() <= parts * f64::EPSILON * (1.0 + other.abs())
    }

    /// Whether a curve is what [`Curve`] says it is, for a sequence in the unit of its step.
    fn is_curve_of<C: Curve>(curve: C, divisor: impl Fn(f64) -> f64) {
        let parts = 16.0 * C::COARSER;
        for seat in (0..40).map(f64::from) {
            let (own, next) = (divisor(seat), divisor(seat + 1.0));
            assert!(near(curve.divisor(seat), own, parts), "d({seat}) = {own}, not {}", curve.divisor(seat));
            assert!(near(at(own, |t| curve.position(t)), seat + 0.5, parts), "seat {seat} is owed from {own} on");
            // Between two divisors a share rounds to the seats of the lower one, and positions grow, by no more than is said.
            let shares: Vec<f64> = (1..8).map(|eighths| own + (next - own) * f64::from(eighths) / 8.0).collect();
            let positions: Vec<f64> = shares.iter().map(|&share| at(share, |t| curve.position(t))).collect();
            assert!(positions.iter().all(|&position| position > seat + 0.5 && position < seat + 1.5), "{positions:?}");
            for (share, position) in shares.windows(2).zip(positions.windows(2)) {
                let slope = (position[1] - position[0]) / (share[1] - share[0]);
                assert!(slope > 0.0 && slope <= C::STEEPEST + 1e-9, "{slope}");
            }
            for votes in [3.0, 1_000.0, 1e9] {
                let squared = at(2.0, |x| curve.threshold_at(x)) == 4.0;
                let power = |x: f64| if squared { x * x } else { x };
                let inverse = at(votes, |votes| curve.inverse(votes));
                let divisors = at(seat, |seat| curve.divisors(seat));
                let threshold = at(seat, |seat| curve.threshold(f64x4::splat(inverse), seat));
                assert!(near(inverse * power(votes), 1.0, parts), "1 / {votes} = {inverse}");
                assert!(near(divisors, power(own), parts), "{divisors}");
                assert!(near(threshold * power(votes), power(own), parts), "{threshold}");
                assert_eq!(at(own, |x| curve.threshold_at(x)), power(own));
            }
            for by in [-0.25, 0.0, 0.125] {
                let moved = at(next, |t| curve.moved(t, by));
                assert!(near(moved, seat + 1.5 + by, parts), "{moved}");
                let reaches = |seats: f64| curve.reaches(f64x4::splat(next), by, f64x4::splat(seats)).bits();
                assert_eq!((reaches(moved - 0.5 - 1e-6), reaches(moved - 0.5 + 1e-6)), (0b1111, 0));
            }
        }
        assert_eq!(curve.is_endless(), divisor(0.0) == 0.0);
        if divisor(0.0) > 0.0 {
            assert!(at(divisor(0.0) * 0.999, |t| curve.position(t)) < 0.5);
        }
        let far = at(1e6, |t| curve.position(t)) - 1e6;
        assert!((far - curve.center()).abs() < 1e-6, "{far}, not {}", curve.center());
        // Nobody's threshold is below one without votes.
        let none = curve.threshold(curve.inverse(f32x4::splat(0.0)), f32x4::splat(1.0)).get(0);
        assert!(none > 1e9, "{none}");
    }

    #[test]
    fn every_curve_meets_a_half_at_each_divisor_of_its_sequence() {
        is_curve_of(Straight::<true>::new(1, 1), |seat| seat + 1.0);
        is_curve_of(Straight::<true>::new(2, 1), |seat| seat + 0.5);
        is_curve_of(Straight::<true>::new(3, 1), |seat| seat + 1.0 / 3.0);
        is_curve_of(Straight::<false>::new(1, 0), |seat| seat);
        is_curve_of(Straight::<false>::new(1, 2), |seat| seat + 2.0);
        is_curve_of(Geometric, |seat| (seat * (seat + 1.0)).sqrt());
        is_curve_of(Harmonic, |seat| seat * (seat + 1.0) / (seat + 0.5));
        for (numerator, denominator) in [(7, 5), (6, 5), (0, 1), (2, 1)] {
            let first = float(numerator) / float(2 * denominator);
            let curve = FirstChanged::new(numerator, denominator).unwrap();
            is_curve_of(curve, |seat| if seat == 0.0 { first } else { seat + 0.5 });
        }
        assert!(FirstChanged::new(21, 10).is_none(), "above 2 the slope is too large");
    }

    #[test]
    fn every_list_meets_a_half_at_each_of_its_divisors() {
        for list in [
            ["1", "2", "3"].as_slice(),
            &["1/2", "5/3", "17/6"],
            &["1", "2", "4", "5"],
            &["0", "1/2", "3/4", "5/3", "8/3"],
            &["7/5", "3", "5", "7"],
            &["3", "4"],
        ] {
            let ratios: Vec<Ratio> = list.iter().map(|text| text.parse().unwrap()).collect();
            let numbers: Vec<f64> =
                ratios.iter().map(|ratio| float(ratio.numerator()) / float(ratio.denominator())).collect();
            let (last, step) = (numbers[list.len() - 1], numbers[list.len() - 1] - numbers[list.len() - 2]);
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
            // few seats
            is_curve_of(Listed::new(&ratios).unwrap(), |seat| {
                let beyond = seat - (list.len() - 1) as f64;
                (if beyond > 0.0 { last + beyond * step } else { numbers[seat as usize] }) / step
            });
        }
    }

    #[test]
    fn lists_that_grow_too_unevenly_are_no_curves() {
        let new = |list: &[&str]| {
            let ratios: Vec<Ratio> = list.iter().map(|text| text.parse().unwrap()).collect();
            Listed::new(&ratios).is_some()
        };
        assert!(!new(&["1"]), "one divisor has no step");
        // The largest divisor is 256 steps at most, and no step is less than a quarter of the last one.
        assert!(new(&["255", "256"]) && !new(&["256", "257"]));
        assert!(new(&["1", "2", "6"]) && !new(&["1", "2", "7"]));
        // The last of fourteen divisors ends the thirteenth step.
        let list: Vec<alloc::string::String> = (1..=15).map(|divisor| alloc::format!("{divisor}")).collect();
        let list: Vec<&str> = list.iter().map(|text| text.as_str()).collect();
        assert!(new(&list[..14]) && !new(&list));
    }
}

//! Divisor sequences as curves: from a party's share of seats, a real number, to the seats it rounds to.
//!
//! With a multiplier x a party of v votes has the share t = v x, and it is owed every seat j with d(j) <= t. Each
//! sequence here has a function `position` with: seat j is owed if and only if position(t) >= j + 1/2. So the seats owed
//! are `position(t)` rounded to the nearest whole number, and a float tells them whenever it is farther from a half than
//! it can be wrong.

use super::float::{float, not_below_zero, round, sqrt};

/// A divisor sequence whose claims need no search.
///
/// Floats here are wrong by these parts at most, for shares and seats below 2^50 (u = 2^-53, one rounding):
/// - `position`: 4 u (t + |c| + 1), c being `center` (see each curve);
/// - `divisor`: 3 u of itself, so that a quotient v / d(j) with v rounded to a float is wrong by 5 u < 2^-50 of itself.
pub(super) trait Curve: Copy {
    /// Where the share `t` stands among the seats, before it is rounded.
    fn position(self, t: f64) -> f64;

    /// d(seat), in the unit of shares.
    fn divisor(self, seat: f64) -> f64;

    /// The seats owed at the share `t`, as a float and as an integer, and whether that is unsure; positions are wrong by half of
    /// `wrong` at most, and t by 2 u of itself.
    #[inline(always)]
    fn settle(self, t: f64, wrong: f64) -> (f64, u64, bool) {
        let position = not_below_zero(self.position(t));
        let (nearest, count) = round(position);
        (nearest, count, (position - nearest).abs() >= 0.5 - wrong)
    }

    /// A number that orders claims as their quotients do, and is wrong by less than 2^-50 of itself.
    #[inline(always)]
    fn rank(self, votes: f64, seat: f64) -> f64 {
        votes / self.divisor(seat)
    }

    /// What `position(t) - t` comes to for large t.
    fn center(self) -> f64;

    /// Positions moved by a constant, wrong by no more than one rounding of them in addition.
    #[inline(always)]
    fn moved(self, by: f64) -> impl Fn(f64) -> f64 {
        move |t| self.position(t) + by
    }

    /// No slope of `position` is above this.
    #[inline(always)]
    fn steepest(self) -> f64 {
        1.0
    }
}

/// d(j) = j + r, in the unit of the step.
///
/// position(t) = t + (1/2 - r): t >= j + r as soon as this is >= j + 1/2. The product t = v x, v being rounded to a
/// float, is wrong by 2 u t; r, a quotient of two floats of which the step is exact, by 2 u r; c = 1/2 - r by
/// 2 u r + u |c| <= u (3 |c| + 1); the sum adds u (t + |c|): below 4 u (t + |c| + 1) in all. d(j): r and the sum, 3 u.
#[derive(Clone, Copy, Debug)]
pub(super) struct Straight {
    offset: f64,
    center: f64,
}

impl Straight {
    /// step x j + offset.
    pub(super) const fn new(step: u64, offset: u64) -> Self {
        let offset = float(offset) / float(step);
        Self { offset, center: 0.5 - offset }
    }
}

impl Curve for Straight {
    #[inline(always)]
    fn position(self, t: f64) -> f64 {
        t + self.center
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        seat + self.offset
    }

    #[inline(always)]
    fn moved(self, by: f64) -> impl Fn(f64) -> f64 {
        let center = self.center + by;
        move |t| t + center
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
    #[inline(always)]
    fn position(self, t: f64) -> f64 {
        sqrt(t * t + 0.25)
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        sqrt(seat * (seat + 1.0))
    }

    /// Without a root: the whole number s nearest to t, or one more if t² > s (s + 1).
    ///
    /// With t at least s - 1/2, but for 2 u t, the s seats up to here are owed, as (s - 1/2)² is by 1/4 more than s (s - 1),
    /// and 4 u t² less than that below t = 2^24; the seat after the next is not. `wrong` being 8 u or more of each seat and of
    /// 20 more, t is that small where it is below 2^-26. t² is wrong by 5 u of itself, the product by u, the difference by
    /// u: in all by less than 8 u (s + 1)², half of what is granted.
    #[inline(always)]
    fn settle(self, t: f64, wrong: f64) -> (f64, u64, bool) {
        const SMALL: f64 = 1.0 / float(1 << 26);
        let (nearest, count) = round(t);
        let excess = t * t - nearest * (nearest + 1.0);
        let more = excess > 0.0;
        let unsure = (excess.abs() <= wrong * (2.0 * nearest + 2.0)) | (wrong >= SMALL);
        (nearest + if more { 1.0 } else { 0.0 }, count + u64::from(more), unsure)
    }

    /// The square of the quotient, without a root: 2 u by the votes' rounding, and one each by two products and the quotient.
    #[inline(always)]
    fn rank(self, votes: f64, seat: f64) -> f64 {
        votes * votes / (seat * (seat + 1.0))
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
    #[inline(always)]
    fn position(self, t: f64) -> f64 {
        (t + sqrt(t * t + 1.0)) * 0.5
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        2.0 * (seat * (seat + 1.0)) / (2.0 * seat + 1.0)
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
    #[inline(always)]
    fn position(self, t: f64) -> f64 {
        if t < 1.5 { 0.5 + (t - self.first) * self.slope } else { t }
    }

    #[inline(always)]
    fn divisor(self, seat: f64) -> f64 {
        if seat < 1.0 { self.first } else { seat + 0.5 }
    }

    #[inline(always)]
    fn steepest(self) -> f64 {
        2.0
    }

    #[inline(always)]
    fn center(self) -> f64 {
        0.0
    }
}

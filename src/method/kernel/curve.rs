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

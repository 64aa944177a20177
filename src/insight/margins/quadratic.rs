//! Quadratics: for how many steps two products of numbers that move with the ballots stay in their order.
//!
//! A claim by a share of its place is votes / valid votes. Where the ballots of two places change, two such claims compare
//! crosswise as v(x) W(x) and w(x) V(x), each factor linear in the steps x. Their difference is a quadratic, which may turn and
//! turn back, so that equal decisions at both ends of an interval say nothing of its middle. What happens between is found here,
//! in whole numbers alone: where the difference has its lowest point, halving finds, as the growth from one step to the next
//! is linear; and up to there it only falls, so that halving finds its first step at zero or below too.

use core::cmp::Ordering;

use super::board::{Arithmetic, Board, Standing};
use crate::num::product::compare_products;

/// Whole numbers, whose boards say for certain how long nothing turns.
pub(super) enum Exact {}

impl Arithmetic for Exact {
    type Fixed = u128;
    type Moving = Whole;

    fn fixed(number: u128) -> u128 {
        number
    }

    fn moving(now: u128, slope: i128) -> Whole {
        Whole { now, slope }
    }
}

impl Board<'_, Exact> {
    /// The steps, up to so many, for which no comparison that is quadratic turns; none where numbers outgrow 128 bits.
    ///
    /// `compare` shows the comparisons.
    pub(super) fn steady(&self, most: u64, compare: impl FnOnce(&Self, &mut Meet<'_>)) -> Option<u64> {
        let mut steady = Some(most);
        compare(self, &mut |won, refused| {
            steady = steady.and_then(|steps| self.pair_is_steady(won, refused, steps));
        });
        steady
    }

    /// The steps, up to so many, for which two claims stay in their order, if that is a quadratic.
    fn pair_is_steady(&self, won: &Standing<Exact>, refused: &Standing<Exact>, most: u64) -> Option<u64> {
        let (a, b) = (&self.places[won.at], &self.places[refused.at]);
        if won.at == refused.at || !a.moves || !b.moves {
            // What is common to both sides does not decide, and what does not move leaves the other side linear.
            return Some(most);
        }
        let (own, other) = match (won.divisor, refused.divisor) {
            // Over zero any claim is larger than all quotients; of two such claims, the larger goes first.
            (0, 0) => (1, 1),
            (0, _) | (_, 0) => return Some(most),
            divisors => divisors,
        };
        let left = Product { times: a.times.checked_mul(other)?, one: won.pair.votes, other: b.per };
        let right = Product { times: b.times.checked_mul(own)?, one: refused.pair.votes, other: a.per };
        Difference { left, right }.steady(most)
    }
}

/// To whom comparisons of a board are shown.
pub(super) type Meet<'m> = dyn FnMut(&Standing<Exact>, &Standing<Exact>) + 'm;

/// A whole number that changes by so much at each step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    now: u128,
    slope: i128,
}

impl Whole {
    /// The number after so many steps; none where it is below zero or outgrows 128 bits.
    fn after(self, steps: u64) -> Option<u128> {
        self.now.checked_add_signed(self.slope.checked_mul(steps.into())?)
    }
}

/// So many times one number that moves times another.
#[derive(Clone, Copy, Debug)]
struct Product {
    times: u128,
    one: Whole,
    other: Whole,
}

impl Product {
    /// The product after so many steps, as two factors.
    fn after(&self, steps: u64) -> Option<(u128, u128)> {
        Some((self.times.checked_mul(self.one.after(steps)?)?, self.other.after(steps)?))
    }

    /// By how much the step after so many changes it, before it is taken so many times.
    fn growth(&self, steps: u64) -> Option<i128> {
        let now = i128::try_from(self.other.after(steps)?).ok()?;
        let then = i128::try_from(self.one.after(steps.checked_add(1)?)?).ok()?;
        self.one.slope.checked_mul(now)?.checked_add(self.other.slope.checked_mul(then)?)
    }

    /// Half of what its growth grows by at each step, before it is taken so many times.
    fn bend(&self) -> Option<i128> {
        self.one.slope.checked_mul(self.other.slope)
    }
}

/// One product less another: a quadratic.
#[derive(Clone, Copy, Debug)]
struct Difference {
    left: Product,
    right: Product,
}

impl Difference {
    /// The steps, up to so many, for which its sign is what it is now; none where numbers outgrow 128 bits.
    ///
    /// So many themselves where it is no quadratic but linear, or nothing at all: equal decisions at both ends of an interval
    /// are then those of its middle too.
    fn steady(&self, most: u64) -> Option<u64> {
        let bend = self.compare(self.left.bend()?, self.right.bend()?);
        if bend.is_eq() || most == 0 {
            return Some(most);
        }
        let now = self.sign(0)?;
        if now.is_eq() {
            return Some(0);
        }
        // As seen from its sign now, it is above zero, and turns where it is not.
        let falls = |steps: u64| Some(self.growth(steps)? == now.reverse());
        let holds = |steps: u64| Some(self.sign(steps)? == now);
        // Bent upwards, it is lowest where it no longer falls; bent downwards, it is above zero on one interval, so that
        // nothing is lost if the last step is taken for the lowest.
        let lowest = if bend == now { first_not(falls, most)? } else { most };
        if holds(lowest)? {
            return Some(most);
        }
        Some(first_not(holds, lowest)?.saturating_sub(1))
    }

    /// Its sign after so many steps.
    fn sign(&self, steps: u64) -> Option<Ordering> {
        let ((a, b), (c, d)) = (self.left.after(steps)?, self.right.after(steps)?);
        Some(compare_products(a, b, c, d))
    }

    /// Whether the step after so many makes it larger or smaller.
    fn growth(&self, steps: u64) -> Option<Ordering> {
        Some(self.compare(self.left.growth(steps)?, self.right.growth(steps)?))
    }

    /// How something of the left product compares with the same of the right one, each taken so many times.
    fn compare(&self, left: i128, right: i128) -> Ordering {
        let order =
            |a: i128, b: i128| compare_products(self.left.times, a.unsigned_abs(), self.right.times, b.unsigned_abs());
        match (left < 0, right < 0) {
            (false, false) => order(left, right),
            (true, true) => order(left, right).reverse(),
            // A side that is taken zero times is no smaller than another.
            (true, false) if self.left.times == 0 => order(0, right),
            (false, true) if self.right.times == 0 => order(left, 0),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// The first of `0..=most` for which something does not hold, given that it does not hold again before `most`; `most` if it
/// holds for all before.
fn first_not(holds: impl Fn(u64) -> Option<bool>, most: u64) -> Option<u64> {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle)? { low = middle + 1 } else { high = middle }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use proptest::prelude::*;

    /// The sign of a difference after so many steps, in integers of any size.
    fn sign(difference: &Difference, steps: u64) -> Ordering {
        let number = |whole: Whole| BigInt::from(whole.now) + BigInt::from(whole.slope) * steps;
        let product = |product: &Product| number(product.one) * number(product.other) * product.times;
        product(&difference.left).cmp(&product(&difference.right))
    }

    /// Whether it is a quadratic, after the second difference of its first three values.
    fn is_quadratic(difference: &Difference) -> bool {
        let bend = |product: &Product| BigInt::from(product.one.slope) * product.other.slope * product.times;
        bend(&difference.left) != bend(&difference.right)
    }

    /// What trying every step finds.
    fn tried(difference: &Difference, most: u64) -> u64 {
        let now = sign(difference, 0);
        match is_quadratic(difference) {
            true if now.is_eq() => 0,
            true => (1..=most).find(|&steps| sign(difference, steps) != now).map_or(most, |turn| turn - 1),
            false => most,
        }
    }

    /// A number that is above zero up to so many steps, growing or falling.
    fn whole(most: u64, largest: u128) -> impl Strategy<Value = Whole> {
        (0..largest, -4..5_i128).prop_map(move |(now, slope)| Whole {
            now: now + if slope < 0 { slope.unsigned_abs() * u128::from(most) } else { 0 },
            slope,
        })
    }

    fn difference(most: u64, largest: u128) -> impl Strategy<Value = Difference> {
        let product = move || {
            (0..9_u128, whole(most, largest), whole(most, largest)).prop_map(|(times, one, other)| Product {
                times,
                one,
                other,
            })
        };
        (product(), product()).prop_map(|(left, right)| Difference { left, right })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        #[test]
        fn steady_stretches_equal_those_found_by_trying_every_step(difference in difference(60, 90)) {
            prop_assert_eq!(difference.steady(60), Some(tried(&difference, 60)));
        }

        /// a (W + x) against (w + x) (V - x), lowest at x = (V - a - w) / 2, where it is about zero.
        #[test]
        fn a_quadratic_that_only_just_turns_is_found(
            (a, w, half) in (1..90_u128, 0..90_u128, 1..90_u128),
            more in 0..7_u128,
            times in 1..4_u128,
        ) {
            let v = a + w + 2 * half;
            let all = (w * v + half * half) / a;
            let moving = |now, slope| Whole { now, slope };
            let left = Product { times, one: moving(a, 0), other: moving(all.saturating_sub(3) + more, 1) };
            let right = Product { times, one: moving(w, 1), other: moving(v, -1) };
            let most = u64::try_from(v).unwrap();
            for difference in [Difference { left, right }, Difference { left: right, right: left }] {
                prop_assert_eq!(difference.steady(most), Some(tried(&difference, most)));
            }
        }

        #[test]
        fn numbers_of_any_size_end_in_no_answer_or_the_right_one(
            difference in difference(60, u128::MAX >> 1),
            shift in 0..120_u32,
        ) {
            let small = |product: Product| {
                let small = |whole: Whole| Whole { now: (whole.now >> shift) + 240, ..whole };
                Product { one: small(product.one), other: small(product.other), ..product }
            };
            let difference = Difference { left: small(difference.left), right: small(difference.right) };
            if let Some(steady) = difference.steady(60) {
                prop_assert_eq!(steady, tried(&difference, 60));
            }
        }
    }
}

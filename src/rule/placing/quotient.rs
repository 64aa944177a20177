//! Quotients: a pair's claim over the divisor for the seats it has.

use core::cmp::Ordering;

use num_bigint::BigUint;

use super::Claim;
use crate::method::Divisors;

/// How a pair's claim falls with each seat it gets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Falling<'a> {
    /// To claim / d(seats held and placed).
    Divisors(&'a Divisors),
    /// In rounds: a pair's second seat comes after all first ones, and the claim itself stays.
    Rounds,
}

impl<'a> Falling<'a> {
    /// What the pair bids for its next seat.
    pub(super) fn quotient(self, claim: &'a Claim, before: u64) -> Quotient<'a> {
        match self {
            Self::Rounds => Quotient::Round { round: before, claim },
            Self::Divisors(divisors) => {
                let divisor = divisors.divisor(before);
                if divisor.is_zero() {
                    return Quotient::Infinite(claim);
                }
                // Powers keep the order, and the root is that of the sequence, the same for all.
                let numerator = claim.numerator().pow(divisor.root) * &divisor.denominator;
                let denominator = claim.denominator().pow(divisor.root) * &divisor.numerator;
                Quotient::Finite(Fraction::new(numerator, denominator, divisor.doublings))
            }
        }
    }
}

/// A pair's bid for one seat; the larger goes first.
#[derive(Clone, Debug)]
pub(super) enum Quotient<'a> {
    /// The largest claim among those of the earliest round.
    Round { round: u64, claim: &'a Claim },
    /// numerator / denominator / 2^doublings.
    Finite(Fraction),
    /// A claim over a divisor of zero: before every other, the larger the earlier.
    Infinite(&'a Claim),
}

impl Quotient<'_> {
    /// Which of two is larger.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Round { round: a, claim: first }, Self::Round { round: b, claim: second }) => {
                b.cmp(a).then_with(|| first.cmp(second))
            }
            (Self::Finite(a), Self::Finite(b)) => a.compare(b),
            (Self::Infinite(a), Self::Infinite(b)) => a.cmp(b),
            // Rounds never meet quotients.
            _ => matches!(self, Self::Infinite(_)).cmp(&matches!(other, Self::Infinite(_))),
        }
    }
}

/// numerator / denominator / 2^doublings, with a float that tells most of them apart.
#[derive(Clone, Debug)]
pub(super) struct Fraction {
    numerator: BigUint,
    denominator: BigUint,
    doublings: u64,
    /// The value is about mantissa x 2^exponent; the mantissa lies from 1/2 to 2.
    mantissa: f64,
    exponent: i128,
}

impl Fraction {
    fn new(numerator: BigUint, denominator: BigUint, doublings: u64) -> Self {
        let ((above, up), (below, down)) = (leading(&numerator), leading(&denominator));
        let exponent = i128::from(up) - i128::from(down) - i128::from(doublings);
        Self { numerator, denominator, doublings, mantissa: above / below, exponent }
    }

    fn compare(&self, other: &Self) -> Ordering {
        // Leading bits are cut after 64 of them, rounded to 53, and divided: each mantissa is off by a part of less than
        // 2^-50. Beyond that the floats are proof.
        const MARGIN: f64 = 16.0 * f64::EPSILON; // 2^-48
        let steps = self.exponent - other.exponent;
        let (a, b) = match steps {
            0 => (self.mantissa, other.mantissa),
            1 => (self.mantissa * 2.0, other.mantissa),
            -1 => (self.mantissa, other.mantissa * 2.0),
            2 => (self.mantissa * 4.0, other.mantissa),
            -2 => (self.mantissa, other.mantissa * 4.0),
            // The mantissas differ by less than a factor of 4.
            _ => return steps.cmp(&0),
        };
        let (gap, most) = (a - b, if a > b { a } else { b });
        if gap > most * MARGIN {
            Ordering::Greater
        } else if -gap > most * MARGIN {
            Ordering::Less
        } else {
            self.compare_exactly(other)
        }
    }

    fn compare_exactly(&self, other: &Self) -> Ordering {
        let (left, right) = (&self.numerator * &other.denominator, &other.numerator * &self.denominator);
        if other.doublings >= self.doublings {
            compare_shifted(left, other.doublings - self.doublings, &right)
        } else {
            compare_shifted(right, self.doublings - other.doublings, &left).reverse()
        }
    }
}

/// How `a` times 2^`doublings` compares with `b`, without writing out more bits than `b` has.
fn compare_shifted(a: BigUint, doublings: u64, b: &BigUint) -> Ordering {
    match doublings {
        _ if a == BigUint::ZERO => a.cmp(b),
        0 => a.cmp(b),
        _ if doublings > b.bits() => Ordering::Greater,
        _ => (a << doublings).cmp(b),
    }
}

/// A positive number as about m x 2^e, 1 <= m <= 2.
fn leading(number: &BigUint) -> (f64, u64) {
    let bits = number.bits();
    let (top, places) = match u64::try_from(number) {
        Ok(small) => (small, 0),
        Err(_) => (u64::try_from(number >> (bits - 64)).unwrap_or(u64::MAX), bits - 64),
    };
    let length = u64::from(top.max(1).ilog2());
    // A power of two: the product is exact.
    #[allow(clippy::cast_precision_loss)]
    let mantissa = top as f64 / (1_u64 << length) as f64;
    (mantissa, places + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = BigUint> {
        let small = prop_oneof![1..5_u128, (0..3_u128).prop_map(|less| u128::MAX - less), 1..u128::MAX];
        (small, 0..200_u32, 0..3_u8).prop_map(|(number, places, more)| (BigUint::from(number) << places) + more)
    }

    proptest! {
        #[test]
        fn the_float_never_contradicts_the_exact_comparison(
            (a, b) in (number(), number()),
            (c, d) in (number(), number()),
            near in 0..3_u8,
            doublings in (0..70_u64, 0..70_u64),
        ) {
            // Often nearly or wholly the same ratio.
            let (c, d) = if near > 0 { (&a * 3_u8 + (near - 1), &b * 3_u8) } else { (c, d) };
            let (first, second) = (Fraction::new(a, b, doublings.0), Fraction::new(c, d, doublings.1));
            prop_assert_eq!(first.compare(&second), first.compare_exactly(&second));
            prop_assert_eq!(first.compare_exactly(&second), second.compare_exactly(&first).reverse());
        }
    }

    #[test]
    fn doublings_without_end_need_no_memory() {
        let one = || BigUint::from(1_u8);
        let (most, fewer) = (Fraction::new(one(), one(), u64::MAX), Fraction::new(one(), one() + 1_u8, u64::MAX - 1));
        assert_eq!(most.compare(&fewer), Ordering::Equal);
        assert_eq!(most.compare(&Fraction::new(one(), one(), 0)), Ordering::Less);
    }

    #[test]
    fn quotients_compare_as_their_products_do() {
        let of = |numerator: u64, denominator: u64, doublings| {
            Fraction::new(numerator.into(), denominator.into(), doublings)
        };
        for number in 0..6_u64.pow(6) {
            let [a, b, c, d, first, second] = [0, 1, 2, 3, 4, 5].map(|place| number / 6_u64.pow(place) % 6 + 1);
            let (left, right) = (of(a, b, first), of(c, d, second));
            let wanted = ((a * d) << second).cmp(&((c * b) << first));
            assert_eq!(left.compare(&right), wanted, "{left:?}, {right:?}");
            assert_eq!(left.compare_exactly(&right), wanted, "{left:?}, {right:?}");
        }
    }

    #[test]
    fn what_is_doubled_compares_as_if_it_were_written_out() {
        for a in 0..40_u32 {
            for b in 0..40_u32 {
                for doublings in 0..10 {
                    let wanted = (a << doublings).cmp(&b);
                    assert_eq!(compare_shifted(a.into(), doublings, &b.into()), wanted, "{a}, {doublings}, {b}");
                }
            }
        }
    }

    #[test]
    fn a_number_is_its_leading_bits_times_a_power_of_two() {
        for number in [1_u128, 2, 3, 1 << 52, (1 << 53) + 1, u64::MAX.into(), 1 << 64, 5 << 90, u128::MAX] {
            let (mantissa, power) = leading(&number.into());
            assert!((1.0..=2.0).contains(&mantissa), "{number}: {mantissa}");
            #[allow(clippy::cast_precision_loss)] // nearly
            let ratio = mantissa * 2.0_f64.powi(i32::try_from(power).unwrap()) / number as f64;
            assert!((ratio - 1.0).abs() < 4.0 * f64::EPSILON, "{number}: {mantissa} x 2^{power}");
        }
    }
}

//! Quotients as exact numbers, worked out from the definition of each divisor sequence.

use core::cmp::Ordering;
use core::fmt;

use alloc::string::String;

use num_bigint::BigUint;

use crate::method::Divisors;
use crate::method::Sequence;
use crate::num::text::grouped;

/// A party's claim to a seat by highest averages: its votes over the divisor for that seat, exactly.
///
/// Quotients compare exactly, irrational ones too (Huntington-Hill by squares, powers by integer powers), and print
/// with two decimals, cut off. A divisor of zero makes a quotient infinite; of two infinite ones the one with more votes
/// is the larger.
///
/// # Examples
/// ```
/// use apportion::Divisors;
/// use apportion::insight::Quotient;
///
/// let third_seat = Quotient::new(&Divisors::HUNTINGTON_HILL, 1_000, 2);
/// assert_eq!(third_seat.to_string(), "408.24"); // 1000 / √6
/// assert!(third_seat > Quotient::new(&Divisors::HUNTINGTON_HILL, 1_000, 3));
/// ```
#[derive(Clone, Debug)]
pub struct Quotient {
    votes: u64,
    /// The quotient to this power is top / (bottom * 2^halvings).
    power: u32,
    top: BigUint,
    bottom: BigUint,
    halvings: u64,
}

impl Quotient {
    /// The claim of a party with `votes` to its next seat when it has `seats`.
    #[must_use]
    pub fn new(divisors: &Divisors, votes: u64, seats: u64) -> Self {
        let s = BigUint::from(seats);
        let one = || BigUint::from(1_u8);
        let ratio = |ratio: &crate::Ratio| (BigUint::from(ratio.numerator()), BigUint::from(ratio.denominator()));
        // d(s) to the power, as a numerator and a denominator.
        let (power, (divisor, over)) = match divisors.sequence() {
            Sequence::DHondt => (1, (s + 1_u8, one())),
            Sequence::SainteLague => (1, (s * 2_u8 + 1_u8, one())),
            Sequence::ModifiedSainteLague(first) if seats == 0 => (1, ratio(first)),
            Sequence::ModifiedSainteLague(_) => (1, (s * 2_u8 + 1_u8, one())),
            Sequence::Danish => (1, (s * 3_u8 + 1_u8, one())),
            Sequence::Imperiali => (1, (s + 2_u8, one())),
            Sequence::Adams => (1, (s, one())),
            Sequence::Dean => (1, (2_u8 * &s * (&s + 1_u8), 2_u8 * &s + 1_u8)),
            Sequence::HuntingtonHill => (2, (&s * (&s + 1_u8), one())),
            Sequence::Stationary(r) => {
                let (top, bottom) = ratio(r);
                (1, (s * &bottom + top, bottom))
            }
            Sequence::Power(p) => {
                let small = |part: u64| u32::try_from(part).unwrap_or(u32::MAX); // at most 100
                (small(p.denominator()), ((s + 1_u8).pow(small(p.numerator())), one()))
            }
            Sequence::Macau => {
                return Self { votes, power: 1, top: votes.into(), bottom: one(), halvings: seats };
            }
            Sequence::Custom(listed) => (1, custom(listed, seats)),
        };
        Self { votes, power, top: BigUint::from(votes).pow(power) * over, bottom: divisor, halvings: 0 }
    }

    /// Whether its divisor is zero.
    #[must_use]
    pub fn is_infinite(&self) -> bool {
        self.bottom == BigUint::ZERO
    }

    /// The nearest `f64` below or at it, for pictures; infinite for a divisor of zero.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(&self) -> f64 {
        // Nine decimals of a number below 2^64 or so: beyond u128 it is infinite for all that pictures care.
        match self.scaled(9).and_then(|scaled| u128::try_from(scaled).ok()) {
            Some(scaled) => scaled as f64 / 1e9,
            None => f64::INFINITY,
        }
    }

    /// The whole part of the quotient times `factor` times 10^decimals; `None` for a divisor of zero.
    pub(super) fn scaled_by(&self, factor: u32, decimals: u32) -> Option<BigUint> {
        if self.is_infinite() {
            return None;
        }
        let scale = (BigUint::from(10_u8).pow(decimals) * factor).pow(self.power);
        // 2^4096 takes any quotient of 64-bit votes below what decimals show.
        let halvings = self.halvings.min(4096);
        let value = (&self.top * scale / &self.bottom) >> halvings;
        Some(value.nth_root(self.power))
    }

    fn scaled(&self, decimals: u32) -> Option<BigUint> {
        self.scaled_by(1, decimals)
    }

    /// How the quotient times `factor` compares with `number` / 10^decimals.
    pub(super) fn compare_scaled(&self, factor: u32, number: &BigUint, decimals: u32) -> Ordering {
        if self.is_infinite() {
            return Ordering::Greater;
        }
        let left = &self.top * (BigUint::from(10_u8).pow(decimals) * factor).pow(self.power);
        let right = (number.pow(self.power) * &self.bottom) << self.halvings.min(4096);
        left.cmp(&right)
    }

    /// With this many decimals, cut off, of the quotient times `factor`.
    pub(super) fn decimals(&self, factor: u32, decimals: u32) -> String {
        let Some(scaled) = self.scaled_by(factor, decimals) else { return "unlimited".into() };
        decimal_text(&scaled, decimals)
    }
}

/// `scaled` / 10^decimals, with commas between thousands where it fits.
pub(super) fn decimal_text(scaled: &BigUint, decimals: u32) -> String {
    let power = BigUint::from(10_u8).pow(decimals);
    let (whole, rest) = (scaled / &power, scaled % &power);
    let whole = u128::try_from(&whole).map_or_else(|_| alloc::format!("{whole}"), grouped);
    if decimals == 0 {
        return whole;
    }
    alloc::format!("{whole}.{:0>width$}", alloc::format!("{rest}"), width = decimals as usize)
}

/// The divisor listed for `seats`; beyond the list its last step repeats.
fn custom(listed: &[crate::Ratio], seats: u64) -> (BigUint, BigUint) {
    let parts = |ratio: &crate::Ratio| (BigUint::from(ratio.numerator()), BigUint::from(ratio.denominator()));
    if let Some(ratio) = usize::try_from(seats).ok().and_then(|at| listed.get(at)) {
        return parts(ratio);
    }
    // Constructors take no list shorter than two.
    let (Some(last), Some(before)) = (listed.last(), listed.iter().rev().nth(1)) else {
        return (BigUint::from(seats) + 1_u8, BigUint::from(1_u8));
    };
    let ((a, b), (c, d)) = (parts(last), parts(before));
    let steps = BigUint::from(seats - (listed.len() as u64 - 1));
    // a/b + steps (a/b - c/d)
    let step = &a * &d - &c * &b;
    (a * &d + steps * step, b * d)
}

impl Ord for Quotient {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.is_infinite() || other.is_infinite() {
            let votes = self.votes.cmp(&other.votes);
            return self.is_infinite().cmp(&other.is_infinite()).then(votes);
        }
        let (mut left, mut right) = (&self.top * &other.bottom, &other.top * &self.bottom);
        // Only the difference of the halvings counts; beyond the bits of the other side it decides alone.
        let bits = left.bits().max(right.bits()) + 1;
        left <<= other.halvings.saturating_sub(self.halvings).min(bits);
        right <<= self.halvings.saturating_sub(other.halvings).min(bits);
        left.cmp(&right)
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Quotient {}

impl fmt::Display for Quotient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.decimals(1, 2))
    }
}

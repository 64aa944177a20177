//! Open intervals of positive numbers, and the shortest decimal in one.

use core::fmt;

use alloc::format;
use alloc::string::ToString;

use num_bigint::BigUint;
use num_rational::Ratio;

use super::print::Exact;

/// The numbers strictly between two ends, the second of which may be missing.
pub(super) struct Interval {
    pub(super) low: Exact,
    pub(super) high: Option<Exact>,
}

impl Interval {
    pub(super) fn everything() -> Self {
        Self { low: BigUint::ZERO.into(), high: None }
    }

    pub(super) fn narrow(&mut self, low: &Exact, high: Option<Exact>) {
        if *low > self.low {
            self.low = low.clone();
        }
        if let Some(high) = high {
            if self.high.as_ref().is_none_or(|known| high < *known) {
                self.high = Some(high);
            }
        }
    }

    /// The number with the fewest digits whose power lies inside; of several the nearest to the middle of the roots of the
    /// ends. Without a second end, ten times the first stands for it (without a first, a tenth of the second).
    pub(super) fn shortest(&self, exponent: u32) -> Decimal {
        let ten = BigUint::from(10_u32).pow(exponent);
        let none = *self.low.numer() == BigUint::ZERO;
        let one = || Exact::from(BigUint::from(1_u32));
        let high = match &self.high {
            Some(high) => high.clone(),
            None if none => one() * &ten,
            None => &self.low * &ten,
        };
        let low = if none { &high / &ten } else { self.low.clone() };
        // The roots of the ends in units of 10^-places, so fine that a thousand of them lie between.
        let mut places = 0;
        let (low_root, high_root) = loop {
            let scale = BigUint::from(10_u32).pow(places * exponent);
            let root = |end: &Exact| (end.numer() * &scale / end.denom()).nth_root(exponent);
            let (low_root, high_root) = (root(&low), root(&high));
            if &low_root + 1_000_u32 < high_root {
                break (low_root, high_root);
            }
            places += 8;
        };
        let middle = (low_root + high_root) / 2_u32;
        let digits = middle.to_string().len();
        let inside = |decimal: &Decimal| {
            let value = decimal.value();
            let power = Ratio::new(value.numer().pow(exponent), value.denom().pow(exponent));
            low < power && power < high
        };
        (1..digits)
            .map(|kept| {
                let dropped = u32::try_from(digits - kept).unwrap_or(u32::MAX);
                let unit = BigUint::from(10_u32).pow(dropped);
                Decimal { digits: (&middle + &unit / 2_u32) / unit, shift: i64::from(dropped) - i64::from(places) }
            })
            .find(inside)
            .unwrap_or(Decimal { digits: middle, shift: -i64::from(places) })
    }
}

/// `digits` x 10^`shift`.
pub(super) struct Decimal {
    digits: BigUint,
    shift: i64,
}

impl Decimal {
    pub(super) fn value(&self) -> Exact {
        let ten = BigUint::from(10_u32).pow(u32::try_from(self.shift.unsigned_abs()).unwrap_or(u32::MAX));
        if self.shift >= 0 { (&self.digits * ten).into() } else { Ratio::new(self.digits.clone(), ten) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value();
        let places = usize::try_from(-self.shift).unwrap_or(0);
        if places == 0 {
            return write!(f, "{value}");
        }
        let digits = format!("{:0>width$}", self.digits.to_string(), width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        match part.trim_end_matches('0') {
            "" => f.write_str(whole),
            part => write!(f, "{whole}.{part}"),
        }
    }
}

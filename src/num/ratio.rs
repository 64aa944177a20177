//! Exact ratios: shares such as 7%, divisors such as 7/5, parts of a quota such as 3/4.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use alloc::string::{String, ToString};

use num_rational::Ratio as Fraction;

use super::text::digits;
use crate::error::Error;

/// An exact, non-negative ratio of two `u64`, read from text as statutes write it: `7%`, `7.5%`, `0.07`, `7/5`, `20`.
///
/// A ratio compares by value and prints in the notation it was read in, in lowest terms: `0.070` prints as `0.07`,
/// `2/4` as `1/2`, and both `7%` and `7/100` are the same number.
///
/// # Examples
/// ```
/// use apportion::Ratio;
///
/// let threshold: Ratio = "7%".parse()?;
/// assert_eq!(threshold, Ratio::new(7, 100)?);
/// assert_eq!(threshold.to_string(), "7%");
/// assert!("7,5%".parse::<Ratio>().is_err());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Ratio {
    value: Fraction<u64>,
    notation: Notation,
}

/// How a ratio was written, and so how it prints.
#[derive(Clone, Copy)]
enum Notation {
    Fraction,
    Decimal,
    Percent,
}

impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self::raw(0, 1);
    /// One, or 100%.
    pub const ONE: Self = Self::raw(1, 1);

    /// The ratio of two whole numbers.
    ///
    /// # Errors
    /// [`Error::InvalidRatio`] if `denominator` is zero: `Ratio::new(7, 0)`.
    pub fn new(numerator: u64, denominator: u64) -> Result<Self, Error> {
        if denominator == 0 {
            return Err(invalid(&alloc::format!("{numerator}/0"), "it divides by zero"));
        }
        Ok(Self { value: Fraction::new(numerator, denominator), notation: Notation::Fraction })
    }

    /// `numerator / denominator` as it stands, which must be in lowest terms.
    pub(crate) const fn raw(numerator: u64, denominator: u64) -> Self {
        Self { value: Fraction::new_raw(numerator, denominator), notation: Notation::Fraction }
    }

    /// The numerator in lowest terms.
    #[must_use]
    pub const fn numerator(&self) -> u64 {
        *self.value.numer()
    }

    /// The denominator in lowest terms; never zero.
    #[must_use]
    pub const fn denominator(&self) -> u64 {
        *self.value.denom()
    }

    /// The nearest `f64`, for display; nothing in this crate decides by it.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(&self) -> f64 {
        self.numerator() as f64 / self.denominator() as f64
    }

    /// Whether `part` is this ratio of `whole`, more, or less, exactly.
    ///
    /// # Examples
    /// ```
    /// use core::cmp::Ordering;
    /// let seven: apportion::Ratio = "7%".parse()?;
    /// assert_eq!(seven.compare_part(7, 100), Ordering::Equal); // floats say less
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn compare_part(&self, part: u128, whole: u128) -> Ordering {
        crate::num::product::compare_products(part, self.denominator().into(), whole, self.numerator().into())
    }

    /// The fewest that are this share of `whole`, or more than it if `strict`; none beyond 64 bits.
    #[inline]
    pub(crate) fn fewest_of(self, whole: u64, strict: bool) -> Option<u64> {
        let above = u128::from(whole) * u128::from(self.numerator());
        let below = self.denominator();
        let (fewest, rest) = match u64::try_from(above) {
            // A division of 64 bits takes a tenth of the time.
            Ok(above) => (above / below, above % below > 0),
            Err(_) => (u64::try_from(above / u128::from(below)).ok()?, above % u128::from(below) > 0),
        };
        if strict || rest { fewest.checked_add(1) } else { Some(fewest) }
    }
}

fn invalid(text: &str, reason: &'static str) -> Error {
    Error::InvalidRatio { text: text.to_string(), reason }
}

impl FromStr for Ratio {
    type Err = Error;

    /// Reads `7%`, `7.5%`, `0.07`, `7/5` or `20`; nothing but digits, one point, one slash or one percent sign.
    fn from_str(text: &str) -> Result<Self, Error> {
        const TOO_LONG: &str = "it has more digits than fit 64 bits";
        let fail = |reason| Err(invalid(text, reason));
        let trimmed = text.trim();
        if trimmed.starts_with('-') {
            return fail("it is negative");
        }
        let (body, percent) = match trimmed.strip_suffix('%') {
            Some(body) => (body.trim_end(), true),
            None => (trimmed, false),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());

        if let Some((numerator, denominator)) = body.split_once('/') {
            let (numerator, denominator) = (numerator.trim(), denominator.trim());
            if percent || !digits(numerator) || !digits(denominator) {
                return fail("a ratio is written like 7%, 7.5%, 0.07, 7/5 or 20");
            }
            let (Ok(numerator), Ok(denominator)) = (numerator.parse(), denominator.parse()) else {
                return fail(TOO_LONG);
            };
            return match denominator {
                0 => fail("it divides by zero"),
                _ => Self::new(numerator, denominator),
            };
        }

        let (whole, decimals) = body.split_once('.').unwrap_or((body, ""));
        if !digits(whole) || (body.contains('.') && !digits(decimals)) {
            return fail("a ratio is written like 7%, 7.5%, 0.07, 7/5 or 20");
        }
        let decimals = decimals.trim_end_matches('0');
        let numerator: Option<u128> = alloc::format!("{whole}{decimals}").parse().ok();
        let power = u32::try_from(decimals.len() + if percent { 2 } else { 0 }).ok();
        let denominator = power.and_then(|power| 10_u128.checked_pow(power));
        let (Some(numerator), Some(denominator)) = (numerator, denominator) else {
            return fail(TOO_LONG);
        };
        let value = Fraction::new(numerator, denominator);
        let (Ok(numerator), Ok(denominator)) = (u64::try_from(*value.numer()), u64::try_from(*value.denom())) else {
            return fail(TOO_LONG);
        };
        let notation = match (percent, body.contains('.')) {
            (true, _) => Notation::Percent,
            (false, true) => Notation::Decimal,
            (false, false) => Notation::Fraction,
        };
        Ok(Self { value: Fraction::new_raw(numerator, denominator), notation })
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = (u128::from(self.numerator()), u128::from(self.denominator()));
        match self.notation {
            Notation::Fraction if denominator == 1 => f.pad(&digits(numerator)),
            Notation::Fraction => f.pad(&alloc::format!("{numerator}/{denominator}")),
            Notation::Decimal => f.pad(&decimal(numerator, denominator)),
            Notation::Percent => f.pad(&(decimal(numerator * 100, denominator) + "%")),
        }
    }
}

/// The finite decimal of `numerator / denominator`, whose denominator divides a power of ten.
fn decimal(numerator: u128, denominator: u128) -> String {
    // Divisions of 128 bits are slow, and mostly these are shorter.
    let whole = match (u64::try_from(numerator), u64::try_from(denominator)) {
        (Ok(numerator), Ok(denominator)) => u128::from(numerator / denominator),
        _ => numerator / denominator,
    };
    let mut text = digits(whole);
    let mut rest = numerator - whole * denominator;
    if rest > 0 {
        text.push('.');
    }
    while rest > 0 {
        rest *= 10;
        let digit = rest / denominator;
        text.extend(u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10)));
        rest -= digit * denominator;
    }
    text
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ratio({self})")
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Self, b: &Self| u128::from(a.numerator()) * u128::from(b.denominator());
        cross(self, other).cmp(&cross(other, self))
    }
}

impl Hash for Ratio {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.numerator(), self.denominator()).hash(state);
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<u64> for Ratio {
    fn from(whole: u64) -> Self {
        Self::raw(whole, 1)
    }
}

//! Figures: whole numbers of any size and ratios, written so that no reader of JSON rounds them.

use core::fmt;

use alloc::string::{String, ToString};

use num_bigint::{BigInt, BigUint};
use num_rational::Ratio;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// The largest whole number that every reader of JSON takes exactly: 2^53.
const EXACT: i64 = 1 << 53;

/// A whole number: written as a number up to 2^53 on either side of zero, as a text of digits beyond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure(BigInt);

impl<T: Into<BigInt>> From<T> for Figure {
    fn from(number: T) -> Self {
        Self(number.into())
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(&self.0) {
            Ok(number) if (-EXACT..=EXACT).contains(&number) => serializer.serialize_i64(number),
            _ => serializer.collect_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Figure;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or its digits as text")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Figure, E> {
                Ok(number.into())
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Figure, E> {
                Ok(number.into())
            }

            fn visit_str<E: Error>(self, digits: &str) -> Result<Figure, E> {
                digits.parse().map(Figure).map_err(|_| E::invalid_value(serde::de::Unexpected::Str(digits), &self))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// A ratio in lowest terms as text: "5621436/83", or "12" where it is whole; "0" over nothing.
pub(super) fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> String {
    let denominator = denominator.into();
    if denominator == BigInt::ZERO {
        return "0".to_string();
    }
    Ratio::new(numerator.into(), denominator).to_string()
}

/// As [`ratio`], of numbers that are borrowed.
pub(super) fn ratio_of(numerator: &BigUint, denominator: &BigUint) -> String {
    ratio(BigInt::from(numerator.clone()), BigInt::from(denominator.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_2_to_the_53_numbers_are_texts_and_both_are_read_back() {
        for (number, written) in [
            (0, "0"),
            (-7, "-7"),
            (9_007_199_254_740_992, "9007199254740992"),
            (9_007_199_254_740_993, "\"9007199254740993\""),
            (i128::from(u64::MAX), "\"18446744073709551615\""),
            (-9_007_199_254_740_993, "\"-9007199254740993\""),
        ] {
            let figure = Figure::from(number);
            assert_eq!(serde_json::to_string(&figure).unwrap(), written);
            assert_eq!(serde_json::from_str::<Figure>(written).unwrap(), figure);
        }
        assert!(serde_json::from_str::<Figure>("\"7 votes\"").is_err());
        assert!(serde_json::from_str::<Figure>("7.5").is_err());
    }

    #[test]
    fn ratios_are_in_lowest_terms() {
        assert_eq!(ratio(10, 4), "5/2");
        assert_eq!(ratio(-10, 5), "-2");
        assert_eq!(ratio(1, 0), "0");
    }
}

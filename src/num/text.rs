//! Numbers as people read them.

use alloc::string::{String, ToString};

use num_bigint::BigUint;

use super::Ratio;

/// A whole number with commas between its thousands.
pub(crate) fn grouped(number: impl Into<u128>) -> String {
    let number = number.into();
    let digits = digits(number);
    if digits.len() <= 3 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A whole number; those of 128 bits are slow to write, and mostly they are shorter.
pub(super) fn digits(number: u128) -> String {
    u64::try_from(number).map_or_else(|_| number.to_string(), |short| short.to_string())
}

/// `part` of `whole` in percent, to two decimals, and to more where fewer would not show on which side of `limit` it is.
pub(crate) fn percent(part: u128, whole: u128, limit: Option<Ratio>) -> String {
    if whole == 0 {
        return "0.00%".into();
    }
    let exact = limit.map(|limit| limit.compare_part(part, whole));
    let mut text = String::new();
    for decimals in 2..=18_u32 {
        // Shares of counts below 2^96 leave room for 10^20 in a wide product; larger ones stay at the decimals that fit.
        let Some(scaled) = 10_u128.checked_pow(decimals + 2).and_then(|scale| part.checked_mul(scale)) else { break };
        let below = match (u64::try_from(scaled), u64::try_from(whole)) {
            (Ok(scaled), Ok(whole)) => u128::from(scaled / whole),
            _ => scaled / whole,
        };
        let rest = scaled - below * whole;
        let rounded = below + u128::from(rest >= whole - rest);
        let power = 10_u128.pow(decimals);
        let width = decimals as usize;
        // As in `digits`.
        text = match (u64::try_from(rounded), u64::try_from(power)) {
            (Ok(rounded), Ok(power)) => alloc::format!("{}.{:0width$}%", rounded / power, rounded % power),
            _ => alloc::format!("{}.{:0width$}%", rounded / power, rounded % power),
        };
        match limit {
            Some(limit) if Some(limit.compare_part(rounded, power * 100)) != exact => {}
            _ => break,
        }
    }
    text
}

/// `scaled` / 10^decimals, with commas between thousands where it fits.
pub(crate) fn decimals(scaled: &BigUint, decimals: u32) -> String {
    let power = BigUint::from(10_u8).pow(decimals);
    let (whole, rest) = (scaled / &power, scaled % &power);
    let whole = u128::try_from(&whole).map_or_else(|_| alloc::format!("{whole}"), grouped);
    if decimals == 0 {
        return whole;
    }
    alloc::format!("{whole}.{:0>width$}", alloc::format!("{rest}"), width = decimals as usize)
}

/// `numerator / denominator` with two decimals, cut off, or as a whole number.
pub(crate) fn two_decimals(numerator: u128, denominator: u128) -> String {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    match rest.checked_mul(100) {
        Some(hundredths) if rest > 0 => alloc::format!("{}.{:02}", grouped(whole), hundredths / denominator),
        _ => grouped(whole),
    }
}

/// "A", "A and B", "A, B and C".
pub(crate) fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().into(),
        [all @ .., last] => {
            let all: alloc::vec::Vec<&str> = all.iter().map(AsRef::as_ref).collect();
            alloc::format!("{} and {}", all.join(", "), last.as_ref())
        }
    }
}

/// A number with its noun: "1 seat", "2,000 seats".
pub(crate) fn counted(number: impl Into<u128>, noun: &str) -> String {
    let number = number.into();
    alloc::format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A small number as a word that begins a sentence, a larger one in digits.
pub(crate) fn first_word(number: impl Into<u128>) -> String {
    const WORDS: [&str; 11] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
    let number = number.into();
    let word = usize::try_from(number).ok().and_then(|at| WORDS.get(at));
    word.map_or_else(|| grouped(number), |word| String::from(*word))
}

/// "1st", "2nd", "3rd", "4th", "11th".
pub(crate) fn ordinal(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    alloc::format!("{}{ending}", grouped(number))
}

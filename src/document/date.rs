//! Dates as documents write them: `"2012-01-15"`, `"2012"`, or TOML's own `2012-01-15`.

use core::fmt;

use alloc::format;
use alloc::string::String;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

/// Reads a date, and refuses one that does not exist.
pub(super) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    required(deserializer).map(Some)
}

/// Reads a date, and refuses one that does not exist.
pub(super) fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let date = deserializer.deserialize_any(TextOrDate)?;
    check(&date).map_err(D::Error::custom)?;
    Ok(date)
}

struct TextOrDate;

impl<'de> Visitor<'de> for TextOrDate {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as \"2012-01-15\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.into())
    }

    /// TOML hands its own dates over as a table of one key.
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<String, A::Error> {
        match access.next_entry::<String, String>()? {
            Some((key, date)) if key.contains("datetime") => Ok(date),
            _ => Err(A::Error::custom("a date is text, such as \"2012-01-15\"")),
        }
    }
}

/// Refuses what is no date: YYYY, YYYY-MM or YYYY-MM-DD.
fn check(date: &str) -> Result<(), String> {
    let wrong = || format!("{date:?} is no date: write it as 2012-01-15");
    let mut parts = date.split('-');
    let mut number = |digits: usize| -> Result<Option<u32>, String> {
        match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse().map(Some).map_err(|_| wrong())
            }
            Some(_) => Err(wrong()),
        }
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if number(1)?.is_some() {
        return Err(wrong());
    }
    let Some(year) = year else { return Err(wrong()) };
    let days = match month {
        None => return Ok(()),
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        Some(2) => 28,
        Some(1..=12) => 31,
        Some(_) => return Err(format!("{date:?} is no date: there is no such month")),
    };
    match day {
        None => Ok(()),
        Some(day) if (1..=days).contains(&day) => Ok(()),
        Some(_) => Err(format!("{date:?} is no date: there is no such day")),
    }
}

//! Numbers that JavaScript cannot hold are strings there, both ways.

use serde_json::{Number, Value};

/// The largest whole number up to which JavaScript's are exact.
const EXACT: u64 = (1 << 53) - 1;

/// Keys whose values are counts, which may be written as strings of digits.
const COUNTS: [&str; 18] = [
    "votes",
    "seats",
    "house",
    "cast",
    "registered",
    "blank",
    "invalid",
    "against_all",
    "other",
    "count",
    "population",
    "members",
    "held",
    "given",
    "direct_seats",
    "min",
    "max",
    "needed",
];

/// A count as JSON holds it: a number, or beyond 2^53 its digits.
pub(crate) fn count(number: u128) -> Value {
    match u64::try_from(number) {
        Ok(number) if number <= EXACT => number.into(),
        _ => number.to_string().into(),
    }
}

/// Writes whole numbers beyond 2^53 as strings.
pub(crate) fn quote_large(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let magnitude = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            if magnitude.is_some_and(|magnitude| magnitude > EXACT) {
                *value = number.to_string().into();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(quote_large),
        Value::Object(table) => table.values_mut().for_each(quote_large),
        _ => {}
    }
}

/// Reads strings of digits as numbers where a count stands.
pub(crate) fn unquote(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(unquote),
        Value::Object(table) => {
            for (key, value) in table.iter_mut() {
                match value {
                    Value::String(digits) if COUNTS.contains(&key.as_str()) => {
                        if let Some(number) = whole(digits) {
                            *value = Value::Number(number);
                        }
                    }
                    _ => unquote(value),
                }
            }
        }
        _ => {}
    }
}

fn whole(digits: &str) -> Option<Number> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| digits.parse::<u64>().ok()).flatten().map(Number::from)
}

/// `part` of `whole` in percent with so many decimals, rounded to the nearest; none where the numbers are too large.
pub(crate) fn percent(part: u128, whole: u128, decimals: u32) -> Option<String> {
    let scale = 10_u128.checked_pow(decimals)?;
    let scaled = part.checked_mul(100)?.checked_mul(scale)?.checked_mul(2)?.checked_add(whole)?;
    let tenths = scaled.checked_div(whole.checked_mul(2)?)?;
    Some(point(tenths, decimals))
}

/// The difference of two shares in points with one decimal, rounded to the nearest: "+3.7", "-0.1", "0.0".
pub(crate) fn points(part: u128, whole: u128, other: u128, other_whole: u128) -> Option<String> {
    let (left, right) = (part.checked_mul(other_whole)?, other.checked_mul(whole)?);
    let all = whole.checked_mul(other_whole)?;
    let twice = left.abs_diff(right).checked_mul(2000)?.checked_add(all)?;
    let tenths = twice.checked_div(all.checked_mul(2)?)?;
    let sign = match left.cmp(&right) {
        _ if tenths == 0 => "",
        std::cmp::Ordering::Less => "-",
        _ => "+",
    };
    Some(format!("{sign}{}", point(tenths, 1)))
}

/// A whole number with a point before its last digits.
fn point(number: u128, decimals: u32) -> String {
    let width = decimals as usize + 1;
    let digits = format!("{number:0>width$}");
    let (whole, rest) = digits.split_at(digits.len() - decimals as usize);
    if rest.is_empty() { whole.into() } else { format!("{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counts_beyond_what_javascript_holds_are_strings_both_ways() {
        let mut answer =
            json!({ "votes": (1_u64 << 53) - 1, "parties": [{ "votes": 1_u64 << 53 }, { "votes": u64::MAX }] });
        quote_large(&mut answer);
        let written = json!({ "votes": 9_007_199_254_740_991_u64, "parties": [{ "votes": "9007199254740992" }, { "votes": "18446744073709551615" }] });
        assert_eq!(answer, written);
        unquote(&mut answer);
        assert_eq!(answer["parties"][1]["votes"], json!(u64::MAX));
    }

    #[test]
    fn names_of_digits_stay_names() {
        let mut document = json!({ "name": "2012", "seats": "left", "parties": [{ "name": "99", "votes": "7" }] });
        unquote(&mut document);
        assert_eq!(document, json!({ "name": "2012", "seats": "left", "parties": [{ "name": "99", "votes": 7 }] }));
    }

    #[test]
    fn shares_are_rounded_to_the_nearest_and_differences_have_a_sign() {
        assert_eq!(percent(5_621_436, 6_941_220, 1).as_deref(), Some("81.0"));
        assert_eq!(percent(1, 2000, 1).as_deref(), Some("0.1"));
        assert_eq!(percent(0, 0, 1), None);
        assert_eq!(points(83, 98, 5_621_436, 6_941_220).as_deref(), Some("+3.7"));
        assert_eq!(points(7, 98, 498_788, 6_941_220).as_deref(), Some("0.0"));
        assert_eq!(points(0, 98, 116_534, 6_941_220).as_deref(), Some("-1.7"));
        assert_eq!(percent(u128::MAX, u128::MAX, 1), None);
    }
}

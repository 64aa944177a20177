//! The nearest known name where none fits.

use strsim::damerau_levenshtein;

/// The known name that `text` was most likely meant to be; `None` if none is near.
pub(crate) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.to_lowercase();
    let most = (text.chars().count() / 3).max(1);
    let distance = |name: &str| damerau_levenshtein(&text, &name.to_lowercase());
    let near = known.into_iter().map(|name| (distance(name), name)).filter(|(distance, _)| *distance <= most);
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// `; did you mean NAME?`, or nothing.
pub(crate) fn hint<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(text, known).map_or_else(String::new, |name| format!("; did you mean {name:?}?"))
}

/// A message of serde's or of the library's that lists what is known, with the nearest of it named.
///
/// serde says ``unknown field `x`, expected one of `a`, `b` ``, the library `"x" is none of a, b`.
pub(crate) fn with_hint(message: &str) -> String {
    let (given, known): (&str, Vec<&str>) = if let Some((before, list)) = message.split_once("`, expected ") {
        let given = before.rsplit('`').next().unwrap_or_default();
        (given, list.split('`').skip(1).step_by(2).collect())
    } else if let Some((before, list)) = message.split_once(" is none of ") {
        let given = before.trim_end_matches('"').rsplit('"').next().unwrap_or_default();
        (given, list.split(", ").filter_map(|name| name.split(' ').next()).collect())
    } else {
        return message.to_string();
    };
    // `invalid type: …, expected …` names no choices.
    if known.is_empty() { message.to_string() } else { format!("{message}{}", hint(given, known)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_name_and_nonsense_finds_none() {
        assert_eq!(nearest("seets", ["votes", "seats", "party"]), Some("seats"));
        assert_eq!(nearest("Hair", ["hare", "droop"]), None);
        assert_eq!(nearest("haer", ["hare", "droop"]), Some("hare"));
        assert_eq!(nearest("xyzzy", ["votes", "seats"]), None);
    }

    #[test]
    fn messages_that_list_what_is_known_get_a_hint() {
        let serde = "unknown field `seets`, expected one of `seats`, `rule`";
        assert_eq!(with_hint(serde), format!("{serde}; did you mean \"seats\"?"));
        let library = r#"the method "dhont" is none of hare, dhondt"#;
        assert_eq!(with_hint(library), format!("{library}; did you mean \"dhondt\"?"));
        assert_eq!(with_hint("invalid type: string, expected u64"), "invalid type: string, expected u64");
    }
}

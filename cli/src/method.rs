//! Methods by the names that people write: `D'Hondt`, `Webster`, `hare`, or as documents write them in braces.

use anyhow::{Result, anyhow, bail};
use apportion::AllocationMethod;
use serde::Deserialize;

use crate::nearest;

/// Names as they are read, without case, accents, spaces and signs, and the method as a document writes it.
const NAMES: &[(&str, &str)] = &[
    ("dhondt", "{ divisor = 'dhondt' }"),
    ("jefferson", "{ divisor = 'dhondt' }"),
    ("greatestdivisors", "{ divisor = 'dhondt' }"),
    ("saintelague", "{ divisor = 'sainte-lague' }"),
    ("stlague", "{ divisor = 'sainte-lague' }"),
    ("schepers", "{ divisor = 'sainte-lague' }"),
    ("webster", "{ divisor = 'sainte-lague' }"),
    ("majorfractions", "{ divisor = 'sainte-lague' }"),
    ("danish", "{ divisor = 'danish' }"),
    ("imperialidivisors", "{ divisor = 'imperiali' }"),
    ("imperialidivisor", "{ divisor = 'imperiali' }"),
    ("imperialiquota", "{ quota = 'imperiali' }"),
    ("adams", "{ divisor = 'adams' }"),
    ("smallestdivisors", "{ divisor = 'adams' }"),
    ("dean", "{ divisor = 'dean' }"),
    ("harmonicmean", "{ divisor = 'dean' }"),
    ("huntingtonhill", "{ divisor = 'huntington-hill' }"),
    ("hill", "{ divisor = 'huntington-hill' }"),
    ("equalproportions", "{ divisor = 'huntington-hill' }"),
    ("macau", "{ divisor = 'macau' }"),
    ("hare", "{ quota = 'hare' }"),
    ("hareniemeyer", "{ quota = 'hare' }"),
    ("hamilton", "{ quota = 'hare' }"),
    ("vinton", "{ quota = 'hare' }"),
    ("largestremainders", "{ quota = 'hare' }"),
    ("largestremainder", "{ quota = 'hare' }"),
    ("droop", "{ quota = 'droop' }"),
    ("hagenbachbischoff", "{ quota = 'hagenbach-bischoff' }"),
    ("reinforcedimperiali", "{ quota = 'reinforced-imperiali' }"),
    ("balinskiyoung", "{ quota_method = 'balinski-young' }"),
    ("quotamethod", "{ quota_method = 'balinski-young' }"),
];

/// Divisors with a parameter: the name as it is read, the document's name and key, and an example.
const WITH_PARAMETER: &[(&str, &str, &str, &str)] = &[
    ("modifiedsaintelague", "modified-sainte-lague", "first", "7/5"),
    ("stationary", "stationary", "r", "1/3"),
    ("power", "power", "p", "9/10"),
];

/// The names to show in messages and help.
pub(crate) const KNOWN: &[&str] = &[
    "hare",
    "droop",
    "hagenbach-bischoff",
    "imperiali-quota",
    "reinforced-imperiali",
    "dhondt",
    "sainte-lague",
    "modified-sainte-lague",
    "danish",
    "imperiali-divisors",
    "adams",
    "dean",
    "huntington-hill",
    "stationary",
    "power",
    "macau",
    "balinski-young",
    "jefferson",
    "webster",
    "hamilton",
    "vinton",
    "hare-niemeyer",
    "hill",
];

/// A method by its name, or as a document writes it in braces.
pub(crate) fn named(text: &str) -> Result<AllocationMethod> {
    if text.trim_start().starts_with('{') {
        return written(text);
    }
    // A parameter stands after the last space: "modified Sainte-Laguë 7/5".
    if let Some((name, parameter)) =
        text.trim().rsplit_once(' ').filter(|(_, last)| last.starts_with(|c: char| c.is_ascii_digit()))
    {
        let known = WITH_PARAMETER.iter().find(|(known, ..)| *known == plain(name));
        let Some((_, divisor, key, _)) = known else {
            bail!("the method {name:?} takes no number such as {parameter:?}")
        };
        return written(&format!("{{ divisor = '{divisor}', {key} = '{}' }}", parameter.replace('\'', " ")));
    }
    let plain = plain(text);
    if let Some((_, document)) = NAMES.iter().find(|(known, _)| *known == plain) {
        return written(document);
    }
    if let Some((_, divisor, key, example)) = WITH_PARAMETER.iter().find(|(known, ..)| *known == plain) {
        bail!("{divisor} needs its parameter {key}, such as '{divisor} {example}'");
    }
    if plain == "imperiali" {
        bail!("imperiali is a quota and a divisor sequence: write imperiali-quota or imperiali-divisors");
    }
    bail!("there is no method {text:?}{}", nearest::hint(text, KNOWN.iter().copied()))
}

fn written(text: &str) -> Result<AllocationMethod> {
    #[derive(Deserialize)]
    struct Line {
        method: AllocationMethod,
    }
    let line: Line = toml::from_str(&format!("method = {text}"))
        .map_err(|error| anyhow!("{}", nearest::with_hint(error.message())))?;
    Ok(line.method)
}

/// A name without case, accents and all that is no letter.
fn plain(name: &str) -> String {
    let letters = name.to_lowercase();
    let without_accent = |c| match c {
        'ë' | 'é' | 'è' | 'ê' => 'e',
        'ü' | 'ú' => 'u',
        other => other,
    };
    letters.chars().map(without_accent).filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_write_them() {
        for (text, method) in [
            ("D'Hondt", AllocationMethod::D_HONDT),
            ("d’hondt", AllocationMethod::D_HONDT),
            ("Jefferson", AllocationMethod::D_HONDT),
            ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
            ("webster", AllocationMethod::SAINTE_LAGUE),
            ("Hare", AllocationMethod::HARE),
            ("Hare-Niemeyer", AllocationMethod::HARE),
            ("HUNTINGTON HILL", AllocationMethod::HUNTINGTON_HILL),
            ("{ divisor = \"dhondt\" }", AllocationMethod::D_HONDT),
        ] {
            assert_eq!(named(text).unwrap(), method, "{text}");
        }
        assert_eq!(
            named("modified Sainte-Laguë 7/5").unwrap().to_string(),
            "modified Sainte-Laguë (first divisor 7/5)"
        );
    }

    #[test]
    fn every_name_shown_is_read_or_says_what_it_needs() {
        for name in KNOWN {
            let needs_more = WITH_PARAMETER.iter().any(|(_, known, ..)| known == name);
            assert_eq!(named(name).is_err(), needs_more, "{name}");
        }
        for (name, _) in NAMES {
            named(name).unwrap();
        }
    }

    #[test]
    fn what_is_no_method_names_the_nearest() {
        for (text, message) in [
            ("dhont", "there is no method \"dhont\"; did you mean \"dhondt\"?"),
            ("xyzzy", "there is no method \"xyzzy\""),
            ("imperiali", "imperiali is a quota and a divisor sequence: write imperiali-quota or imperiali-divisors"),
            ("power", "power needs its parameter p, such as 'power 9/10'"),
            ("hare 7/5", "the method \"hare\" takes no number such as \"7/5\""),
        ] {
            assert_eq!(named(text).unwrap_err().to_string(), message);
        }
        assert!(named("{ quota = 'haer' }").unwrap_err().to_string().ends_with("; did you mean \"hare\"?"));
    }
}

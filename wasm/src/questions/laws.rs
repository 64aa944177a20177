//! The catalogue of laws.

use apportion::Law;
use serde_json::{Value, json};

use super::{Answer, Refusal};

/// Every law: its id, its name, its date and its seats.
pub(super) fn all() -> Value {
    let laws = Law::CATALOGUE.iter().filter_map(|(id, text)| {
        let law: Law = toml::from_str(text).ok()?;
        let several = law.seats.is_none() || law.own_rule().tiers().len() > 1;
        Some(json!({ "id": id, "name": law.name, "date": law.date, "seats": law.seats, "districts": several }))
    });
    json!({ "laws": laws.collect::<Vec<_>>() })
}

/// A law: what a document takes of it, its note, and itself in words.
pub(super) fn one(id: &str) -> Answer {
    let found = Law::CATALOGUE.iter().find(|(known, _)| *known == id);
    let Some((_, text)) = found else { return Err(Refusal::new("law", format!("there is no law {id:?}"))) };
    let law: Law = toml::from_str(text).map_err(|error| Refusal::new("law", error.to_string()))?;
    let Ok(Value::Object(mut keys)) = serde_json::to_value(&law) else {
        return Err(Refusal::new("law", "a law has keys"));
    };
    for key in ["id", "name", "date", "sources", "note", "unverified"] {
        keys.remove(key);
    }
    let words: Vec<String> = law.own_rule().to_string().lines().map(String::from).collect();
    Ok(json!({
        "id": id,
        "name": law.name,
        "date": law.date,
        "sources": law.sources,
        "note": law.note,
        "unverified": law.unverified,
        "law": words,
        "keys": keys,
        "text": text,
    }))
}

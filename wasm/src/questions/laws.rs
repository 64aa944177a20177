//! The catalogue of laws.

use apportion::Law;
use serde_json::{Value, json};

use super::{Answer, Refusal};
use crate::reading::{self, Text};

/// Every law: its id, its name, its date and its seats.
pub(super) fn all() -> Value {
    let laws = Law::CATALOGUE.iter().filter_map(|(id, text)| {
        let law = read(text).ok()?;
        let several = law.seats.is_none() || law.own_rule().tiers().len() > 1;
        Some(json!({ "id": id, "name": law.name, "date": law.date, "seats": law.seats, "districts": several }))
    });
    json!({ "laws": laws.collect::<Vec<_>>() })
}

/// A law: what a document takes of it, its note, and itself in words.
pub(super) fn one(id: &str) -> Answer {
    let found = Law::CATALOGUE.iter().find(|(known, _)| *known == id);
    let Some((_, text)) = found else { return Err(Refusal::new("law", format!("there is no law {id:?}"))) };
    let law = read(text).map_err(|message| Refusal::new("law", message))?;
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

/// A law of the catalogue from its text.
fn read(text: &str) -> Result<Law, String> {
    let text = Text::read(text).map_err(|wrong| wrong.message)?;
    reading::read(text.value()).map_err(|fault| fault.message)
}

//! Documents, read from TOML, JSON or values, with the place of what is wrong.

use apportion::Election;
use serde_json::Value;

use super::Refusal;
use crate::numbers;

#[path = "../../../cli/src/nearest.rs"]
mod nearest;

/// The election of a document, which may be a text.
pub(super) fn read(document: Value) -> Result<Election, Refusal> {
    match document {
        Value::String(text) => election(&text),
        document => of_value(document),
    }
}

/// The document of a text, as the library would write it.
pub(super) fn of_text(text: &str) -> Result<Value, Refusal> {
    written(&election(text)?)
}

/// An election as a document.
pub(super) fn written(election: &Election) -> Result<Value, Refusal> {
    serde_json::to_value(election).map_err(|error| Refusal::new("document", error.to_string()))
}

fn election(text: &str) -> Result<Election, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') { of_json(text) } else { of_toml(text) }
}

fn of_value(mut value: Value) -> Result<Election, Refusal> {
    numbers::unquote(&mut value);
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        refusal(&path, &error.into_inner().to_string())
    })
}

fn of_json(text: &str) -> Result<Election, Refusal> {
    let value: Value = serde_json::from_str(text).map_err(|error| Refusal {
        line: Some(error.line()),
        column: Some(error.column()),
        ..Refusal::new("syntax", plain(&error.to_string()))
    })?;
    of_value(value).map_err(|refusal| match serde_json::from_str::<Election>(text) {
        Err(error) if error.line() > 0 => Refusal { line: Some(error.line()), column: Some(error.column()), ..refusal },
        _ => refusal,
    })
}

fn of_toml(text: &str) -> Result<Election, Refusal> {
    let located = |refusal: Refusal, error: &toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let place = before.map(|before| {
            let line = before.rsplit('\n').next().unwrap_or_default();
            (before.split('\n').count(), line.chars().count() + 1)
        });
        Refusal { line: place.map(|place| place.0), column: place.map(|place| place.1), ..refusal }
    };
    let deserializer = toml::Deserializer::parse(text)
        .map_err(|error| located(Refusal::new("syntax", plain(error.message())), &error))?;
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        located(refusal(&path, error.message()), &error)
    })
}

/// A message without the place that stands apart.
fn plain(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message).trim_end()
}

fn refusal(path: &str, message: &str) -> Refusal {
    let message = plain(message);
    let hinted = nearest::with_hint(message);
    let meant = hinted.strip_prefix(message).and_then(|hint| hint.split('"').nth(1)).map(String::from);
    let path = Some(path).filter(|path| !matches!(*path, "." | "?")).map(String::from);
    Refusal { path, meant, ..Refusal::new("document", hinted) }
}

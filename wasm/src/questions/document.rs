//! Documents, read from TOML, JSON or values, with the place of what is wrong.

use apportion::Election;
use serde_json::Value;

use super::Refusal;
use crate::numbers;
use crate::reading::{Fault, Text, read as read_value};

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

fn of_value(mut value: Value) -> Result<Election, Refusal> {
    numbers::unquote(&mut value);
    read_value(&value).map_err(|fault| refusal(&fault))
}

fn election(text: &str) -> Result<Election, Refusal> {
    let located = |refusal: Refusal, place: Option<(usize, usize)>| {
        let (line, column) = place.unzip();
        Refusal { line, column, ..refusal }
    };
    let mut text = Text::read(text).map_err(|wrong| located(Refusal::new("syntax", wrong.message), wrong.place))?;
    numbers::unquote(text.value_mut());
    read_value(text.value()).map_err(|fault| located(refusal(&fault), text.place(&fault.path)))
}

fn refusal(fault: &Fault) -> Refusal {
    let hinted = nearest::with_hint(&fault.message);
    let meant = hinted.strip_prefix(&fault.message).and_then(|hint| hint.split('"').nth(1)).map(String::from);
    let path = Some(fault.path()).filter(|path| !path.is_empty());
    Refusal { path, meant, ..Refusal::new("document", hinted) }
}

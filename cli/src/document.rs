//! Reads election documents, and says line, key and the nearest known key where one cannot be read.

use anyhow::{Result, anyhow};
use apportion::Election;

use crate::nearest;

/// Bytes as text, without the mark that some programs put before it.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
        anyhow!("line {line}: the text is not UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The election of a JSON document.
pub(crate) fn json(text: &str) -> Result<Election> {
    // Keeping the path of every key takes time: it is looked for where something is wrong.
    if let Ok(election) = serde_json::from_str(text) {
        return Ok(election);
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let election = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        at_key(&path, &error.into_inner().to_string())
    })?;
    deserializer.end()?;
    Ok(election)
}

/// The election of a TOML document.
pub(crate) fn toml(text: &str) -> Result<Election> {
    let deserializer =
        ::toml::Deserializer::parse(text).map_err(|error| anyhow!("{}{}", line_of(text, &error), error.message()))?;
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        anyhow!("{}{}", line_of(text, &error), at_key(&path, error.message()))
    })
}

/// `line 3: `, as far as it is known.
fn line_of(text: &str, error: &::toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    before.map_or_else(String::new, |before| format!("line {}: ", before.split('\n').count()))
}

/// An error with the key where it is, unless it is the whole document.
fn at_key(path: &str, message: &str) -> anyhow::Error {
    let message = nearest::with_hint(message.trim_end());
    if path == "." || path == "?" { anyhow!("{message}") } else { anyhow!("{path}: {message}") }
}

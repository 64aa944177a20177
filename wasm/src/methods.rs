//! Methods by their written form: `"dhondt"`, `{ "quota": "hare" }`.

use apportion::{AllocationMethod, Error};

use crate::questions::Refusal;
use crate::reading;

/// The method of a JSON text; an error is the JSON of a refusal.
pub(crate) fn read(text: &[u8]) -> Result<AllocationMethod, String> {
    let refused = |message: String| Refusal::new("method", message).to_json();
    let value = serde_json::from_slice(text).map_err(|error| refused(error.to_string()))?;
    reading::read(&value).map_err(|fault| refused(fault.message))
}

/// Why the library has no answer, as JSON.
pub(crate) fn refusal(error: &Error) -> String {
    Refusal::of(error).to_json()
}

//! Methods by their written form: `"dhondt"`, `{ "quota": "hare" }`.

use apportion::{AllocationMethod, Error};

use crate::questions::Refusal;

/// The method of a JSON text; an error is the JSON of a refusal.
pub(crate) fn read(text: &[u8]) -> Result<AllocationMethod, String> {
    serde_json::from_slice(text).map_err(|error| Refusal::new("method", error.to_string()).to_json())
}

/// Why the library has no answer, as JSON.
pub(crate) fn refusal(error: &Error) -> String {
    Refusal::of(error).to_json()
}

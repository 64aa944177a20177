//! Tables of votes as the command reads them: any bytes are votes or an error with a line.
#![no_main]
#![allow(dead_code)] // of the command's files only the readers are called

#[path = "../../cli/src/nearest.rs"]
mod nearest;
#[path = "../../cli/src/reader.rs"]
mod reader;
#[path = "../../cli/src/votes.rs"]
mod votes;

use apportion::Election;
use serde_json::{Value, json};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(votes) = votes::Votes::read(data, None) else { return };
    let mut document = votes.into_document();
    document.insert("seats".into(), 7.into());
    document.insert("rule".into(), json!({ "method": "dhondt" }));
    if let Ok(election) = serde_json::from_value::<Election>(Value::Object(document)) {
        apportion_fuzz::use_up(&election);
    }
});

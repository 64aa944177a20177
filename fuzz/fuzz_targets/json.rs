//! Documents in JSON: any bytes are an election or an error, and what is read is written and read again as the same.
#![no_main]

use apportion::Election;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(election) = serde_json::from_slice::<Election>(data) {
        apportion_fuzz::use_up(&election);
    }
});

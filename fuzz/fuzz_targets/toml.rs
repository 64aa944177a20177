//! Documents in TOML, as those in JSON.
#![no_main]

use apportion::Election;

libfuzzer_sys::fuzz_target!(|data: &str| {
    if let Ok(election) = toml::from_str::<Election>(data) {
        apportion_fuzz::use_up(&election);
    }
});

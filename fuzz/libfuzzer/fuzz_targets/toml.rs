//! Documents in TOML: `apportion_fuzz::targets::documents_in_toml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| {
    apportion_fuzz::targets::documents_in_toml(data);
});

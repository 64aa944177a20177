//! Documents in JSON: `apportion_fuzz::targets::documents_in_json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    apportion_fuzz::targets::documents_in_json(data);
});

//! Tables of votes: `apportion_fuzz::targets::tables`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    apportion_fuzz::targets::tables(data);
});

//! Prepared laws against named ones: `apportion_fuzz::targets::prepared`.
#![no_main]

use apportion_fuzz::Case;

libfuzzer_sys::fuzz_target!(|case: Case| {
    apportion_fuzz::targets::prepared(&case);
});

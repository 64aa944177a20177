//! Outcomes against the check that does not trust the method: `apportion_fuzz::targets::verified`.
#![no_main]

use apportion_fuzz::Case;

libfuzzer_sys::fuzz_target!(|case: Case| {
    apportion_fuzz::targets::verified(&case);
});

//! Laws of arbitrary provisions: `apportion_fuzz::targets::laws`.
#![no_main]

use apportion_fuzz::Case;

libfuzzer_sys::fuzz_target!(|case: Case| {
    apportion_fuzz::targets::laws(&case);
});

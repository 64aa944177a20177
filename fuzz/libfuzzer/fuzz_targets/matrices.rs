//! Matrices: `apportion_fuzz::targets::matrices`.
#![no_main]

use apportion_fuzz::Cells;

libfuzzer_sys::fuzz_target!(|cells: Cells| {
    apportion_fuzz::targets::matrices(&cells);
});

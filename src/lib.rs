//! Votes into seats, exactly.

#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod allocation;
mod error;
mod method;
mod ratio;
mod wide;

pub use allocation::{Allocation, Outcomes, Settled, Tie, TieBreak};
pub use error::Error;
pub use method::{AllocationMethod, Apportion, Contest, Divisors, Excess, OpenTie, Quota, Rounding, RowTie, Scratch};
pub use ratio::Ratio;

/// placeholder
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Base {
    Valid,
}
impl core::fmt::Display for Base {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad("valid votes")
    }
}

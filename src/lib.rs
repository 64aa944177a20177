//! Votes into seats, exactly.

#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod allocation;
mod ballot;
#[cfg(feature = "serde")]
mod document;
mod error;
mod method;
mod outcome;
mod party;
mod ratio;
mod rule;
mod tally;
mod threshold;
mod wide;

pub use allocation::{Allocation, Outcomes, Settled, Tie, TieBreak};
pub use ballot::{Ballot, Ranking};
#[cfg(feature = "serde")]
pub use document::{Answer, AnsweredParty, AnsweredTie, Election};
pub use error::Error;
pub use method::{AllocationMethod, Apportion, Contest, Divisors, Excess, Quota, Rounding};
pub use outcome::{Admission, Outcome, PartyOutcome};
pub use party::Party;
pub use ratio::Ratio;
pub use rule::Rule;
pub use tally::{Base, Tally};
pub use threshold::{Shortfall, Threshold};

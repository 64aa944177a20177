//! Why these seats: steps, checks, margins, what is still open, indices and pictures.
//!
//! These read a rule, a tally and seats; they never give out a seat of their own.
//!
//! | question | answer |
//! | --- | --- |
//! | How did the law get there? | [`Explanation`] |
//! | Are these the right seats, by somebody who does not trust the method? | [`verify`] |
//! | How few votes would have changed it? | [`Margins`] |
//! | What is still possible while the count goes on? | [`Outlook`] |
//! | How proportional is it? | [`Indices`], [`IndexRange`] |
//! | What would other laws have given? | [`Comparison`], [`Survey`] |
//! | What does a biproportional election print? | [`Protocol`] |
//! | What does it look like? | [`picture`] |
//! | How do names of others go into a page of mine? | [`safe`] |

#[cfg(test)]
mod agreement_tests;
mod comparison;
mod explain;
mod indices;
mod margins;
mod outlook;
pub mod picture;
mod protocol;
mod quotient;
pub mod safe;
mod state;
mod table;
mod verify;

pub use comparison::{ComparedLaw, Comparison, Survey};
pub use explain::{AverageShare, Averages, Claim, Cut, Explanation, QuotaShare, Quotas, Step};
pub use indices::{ExactRatio, Index, IndexRange, Indices};
pub use margins::{Ballots, Change, Margin, MarginTable, Margins, Question};
pub use outlook::{Outlook, PartyOutlook, PlaceOutlook};
pub use protocol::Protocol;
pub use quotient::Quotient;
pub use table::Table;
pub use verify::{Claimant, ClaimedSeats, Fault, Objection, Verdict, verify};

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
//! | How proportional is it? | [`Indices`] |
//! | What does it look like? | [`picture`] |

// mod counts;
// mod explain;
mod indices;
// mod margins;
// mod outlook;
// pub mod picture;
mod quotient;
// mod reading;
// mod state;
mod table;
mod verify;

// pub use explain::{Award, Awards, Claim, Cut, Explanation, QuotaShare, Quotas, Requirement, Step, Steps};
pub use indices::{ExactRatio, Indices};
// pub use margins::{Change, Margin, Margins};
// pub use outlook::{Outlook, PartyOutlook};
pub use quotient::Quotient;
pub use table::Table;
pub use verify::{ClaimedSeats, Claimant, Fault, Objection, Verdict, verify};

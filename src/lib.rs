//! Votes into seats, exactly: for any input either the exact answer, with every tie in the open, or an error that names
//! the place.
//!
//! ```
//! use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};
//!
//! // A method alone: votes and seats, no names.
//! let allocation = AllocationMethod::HARE.allocate(&[5_621_436, 518_405, 498_788], 98)?;
//! assert_eq!(allocation.seats()?, [83, 8, 7]); // Err(tie) while a tie is open
//!
//! // A law: Kazakhstan, Majilis, 15 January 2012.
//! let tally = Tally::from_votes([
//!     ("Nur Otan", 5_621_436),
//!     ("Ak Zhol", 518_405),
//!     ("CPPK", 498_788),
//!     ("OSDP", 116_534),
//! ])?;
//! let majilis = Rule::new(AllocationMethod::HARE, 98)
//!     .threshold(Threshold::share("7%".parse()?).of(Base::Valid))
//!     .admit_at_least(2);
//! let outcome = majilis.apply(&tally)?;
//! assert_eq!(outcome.seats("Ak Zhol"), Some(8));
//! println!("{outcome}"); // a table a person can read
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What there is
//!
//! **Methods**: votes and a number of seats to seats; they know no names.
//! - [`AllocationMethod`]: largest remainders by a [`Quota`] with any [`Rounding`] (its [`QuotaSize`] in votes), highest
//!   averages by [`Divisors`], the quota method, or a list of [`Stage`]s, each of a [`StageKind`], over the seats already
//!   given.
//! - [`Apportion`]: the trait of methods, for users' own.
//! - [`Contest`]: votes and seats with held seats, minimums and maximums; [`Excess`] of whole quotas.
//! - [`Allocation`]: the seats that are certain and at most one open [`Tie`]; [`Outcomes`] lists every way it can go,
//!   [`TieBreak`] settles it and [`Settled`] says so.
//! - [`AllocationMethod::allocate_into`] and [`allocate_rows`](AllocationMethod::allocate_rows), for millions of
//!   allocations: with a [`Scratch`], and ties ([`OpenTie`], [`RowTie`]) that need no memory of their own.
//!
//! **Counts**: what was counted, wherever.
//! - [`Party`], [`Ballot`] and [`Ranking`], [`Tally`]: one place, from ballots or from counts.
//! - [`Count`]: many [`Place`]s, districts in regions in the nation ([`Level`]), with [`Alliance`]s of [`Member`]s;
//!   [`CountRef`] lets a law take either.
//!
//! **Laws**
//! - [`Rule`]: a law as a value, a list of [`Tier`]s; [`Threshold`] of a [`Base`], [`SeatsBy`], [`Bonus`], [`Cap`], [`Majority`]
//!   and the other provisions in [`rule`].
//! - [`Outcome`]: what it makes of a count, by [`PartyOutcome`] (with [`Admission`] and [`Shortfall`]), [`PlaceOutcome`],
//!   [`TierOutcome`] and [`StageOutcome`]; [`TieOutcome`]s are open ties, [`Way`]s the ends of those that the law had to know
//!   ([`NamedChoice`]), [`Unseated`] winners whom no seat covers, and a [`Warning`] says what the law left open. Its
//!   [`Trace`](rule::Trace) holds every decision with its numbers.
//!
//! **Matrices**: [`matrix`], seats to parties in districts with the sums of both given.
//!
//! **Documents** (feature `serde`): `Election`, read and written in any of serde's formats, and its `Answer`; `Law`, a
//! law without votes, and a catalogue of them.
//!
//! **Questions about methods and results**
//! - [`axioms`]: what a method guarantees; examines any [`Apportion`], also yours.
//! - [`insight`]: why these seats, are they right, how close was it, what is still possible; indices and pictures.
//!
//! **How to**: [`docs::guide`], page by page, with a glossary; [`docs::security`], what is promised about bad input.
//!
//! **How it is made**: [`docs`], for those who carry it on.
//!
//! [`Ratio`] is an exact share such as 7%, and [`Error`] says what is wrong with an input and where.
//!
//! # What it promises
//!
//! - **Exact.** Integers and ratios decide every seat, threshold and tie. A float may guess; it never decides.
//! - **Nothing silent.** A tie, a vacancy, a vote left out: the result says so. No tie is settled unless asked for.
//! - **No panic.** Votes and seats are any `u64`; sums are taken in `u128`. Time does not grow with the number of seats, except
//!   for [`AllocationMethod::BalinskiYoung`], which takes ten million at most.
//!
//! # What it is not
//!
//! Which candidates of a list are elected, transferable votes and the filling of vacancies are out of scope.
//!
//! # Features
//!
//! | feature | default | what |
//! | --- | --- | --- |
//! | `std` | yes | links the standard library, and makes the records of a plain law when they are asked for; without it `alloc` suffices, and answers are the same |
//! | `serde` | no | documents, and `Serialize` and `Deserialize` for rules, methods, thresholds and ratios |
//! | `rayon` | no | many elections on all cores; answers are the same |
//! | `proptest` | no | strategies for property tests |

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
// No input may panic, and a wrapped count is a wrong seat: each exception says why it is none. Tests may fail loudly.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable))]
#![cfg_attr(
    not(test),
    warn(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        clippy::cast_lossless
    )
)]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod allocation;
pub mod axioms;
mod count;
#[cfg(feature = "serde")]
pub mod document;
mod error;
pub mod insight;
mod method;
mod num;
mod outcome;
pub mod rule;
mod tie;

pub use allocation::{Allocation, Outcomes, Settled, TieBreak};
pub use count::{
    Alliance, Ballot, Base, Count, CountRef, Level, Member, Party, PartyId, Place, PlaceId, Ranking, Tally,
};
#[cfg(feature = "serde")]
pub use document::{Answer, Election, Law};
pub use error::Error;
pub use method::matrix;
pub use method::{
    AllocationMethod, Apportion, Contest, Divisors, Excess, OpenTie, Quota, QuotaSize, Rounding, RowTie, Scratch,
    Stage, StageKind,
};
pub use num::Ratio;
pub use outcome::{
    Admission, Clause, NamedChoice, Outcome, PartyOutcome, PlaceOutcome, StageOutcome, TieOutcome, TiedCells,
    TierOutcome, Unseated, Warning, Way,
};
pub use rule::{Bonus, Cap, Majority, Rule, SeatsBy, Shortfall, Threshold, Tier};
pub use tie::Tie;

/// A guide to this crate, and how it is made, for those who carry it on.
pub mod docs {
    #[doc = include_str!("../docs/guide/README.md")]
    pub mod guide {
        #[doc = include_str!("../docs/guide/table_to_seats.md")]
        pub mod table_to_seats {}
        #[doc = include_str!("../docs/guide/ties.md")]
        pub mod ties {}
        #[doc = include_str!("../docs/guide/thresholds.md")]
        pub mod thresholds {}
        #[doc = include_str!("../docs/guide/tiers.md")]
        pub mod tiers {}
        #[doc = include_str!("../docs/guide/court.md")]
        pub mod court {}
        #[doc = include_str!("../docs/guide/forecasting.md")]
        pub mod forecasting {}
        #[doc = include_str!("../docs/guide/own_rule.md")]
        pub mod own_rule {}
        #[doc = include_str!("../docs/guide/limits.md")]
        pub mod limits {}
        #[doc = include_str!("../docs/guide/glossary.md")]
        pub mod glossary {}
        #[doc = include_str!("../docs/guide/tested.md")]
        pub mod tested {}
    }
    #[doc = include_str!("../docs/laws.md")]
    pub mod laws {}
    #[doc = include_str!("../docs/documents.md")]
    pub mod documents {}
    #[doc = include_str!("../docs/certificate.md")]
    pub mod certificate {}
    #[doc = include_str!("../docs/insight.md")]
    pub mod insight {}
    #[doc = include_str!("../docs/speed.md")]
    pub mod speed {}
    #[doc = include_str!("../docs/mutants.md")]
    pub mod mutants {}
    #[doc = include_str!("../SECURITY.md")]
    pub mod security {}
    #[doc = include_str!("../DESIGN.md")]
    pub mod design {}
    #[doc = include_str!("../CONTRIBUTING.md")]
    pub mod contributing {}
    #[doc = include_str!("../CHANGELOG.md")]
    pub mod changelog {}
}

// The code of the README compiles and runs.
#[cfg(all(doctest, feature = "serde"))]
#[doc = include_str!("../README.md")]
mod readme {}

//! Documents: one election, as TOML, JSON or any other format of serde's.
//!
//! [`Election`] is the type to read and write; [`Answer`] is what other programs read of its outcome. The serde forms of
//! ratios, methods, thresholds and provisions stand in the files beside this one.

mod alliance;
mod answer;
mod biproportional;
mod catalogue;
mod certificate;
mod date;
mod election;
mod law;
mod matrix;
mod method;
mod place;
mod provisions;
mod ratio;
mod recorded;
mod rule;
mod stage;
mod table;
mod tally;
mod threshold;
mod tie_break;

pub use answer::{
    Answer, Answered, AnsweredChoice, AnsweredDivisors, AnsweredGift, AnsweredGiftPlace, AnsweredParty, AnsweredPlace,
    AnsweredTie, AnsweredTier, AnsweredUnseated, AnsweredUpper, AnsweredVoters, AnsweredWay,
};
pub use certificate::Certificate;
pub use election::{Election, Look};
pub use law::Law;
pub(crate) use provisions::majority;
pub use recorded::Recorded;
pub(crate) use tie_break::one_or_several;

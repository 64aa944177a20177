//! Seats by party and district at once: biproportional apportionment.
//!
//! [`Matrix`] is what is asked: votes by party and district, the seats of every party and of every district.
//! [`MatrixAllocation`] is the answer: the seats that are certain, and the [`CellTie`]s that are open; or an error with the
//! proof that there is none ([`Infeasible`]).

mod allocation;
mod components;
mod decide;
mod infeasible;
mod interval;
mod multiplier;
mod network;
mod price;
mod print;
mod problem;
mod quick;
mod signposts;
mod solve;
mod tie;
mod verify;
mod voters;

pub use allocation::{MatrixAllocation, MatrixOutcomes};
pub use infeasible::Infeasible;
pub use print::{PrintedDivisor, PrintedDivisors};
pub use problem::Matrix;
pub use tie::{CellOutcomes, CellTie};
pub use verify::{Exchange, Verdict};
pub use voters::{VoterNumbers, Voters};

//! Seats by party and district at once: biproportional apportionment, in Switzerland the *Doppelproporz*.
//!
//! Every party and every district has its seats; the matrix between them is such that each cell's votes, divided by a
//! divisor of its party and one of its district, are rounded to its seats. M. L. Balinski and G. Demange, "An axiomatic
//! approach to proportionality between matrices", Mathematics of Operations Research 14 (1989), show that there is one such
//! matrix, but for ties, wherever any matrix has these sums.
//!
//! - [`Matrix`] is what is asked: votes, the seats of parties and of districts, divisors, bounds by cell.
//!   [`Matrix::solve`] gives a [`MatrixAllocation`]: the seats that are certain and the ties that are open ([`CellTie`]); or
//!   the proof that there is no such matrix ([`Infeasible`]).
//! - [`Matrix::verify`] tells whether given seats are right; if not, it shows an [`Exchange`] that is better.
//! - [`Matrix::divisors_to_print`] gives the divisors of [`PrintedDivisors`] that a reader can follow every cell by.
//! - [`Voters`] weigh the votes of districts for the apportionment of the house to parties, before the matrix.
//!
//! # Example: rounding a table
//!
//! Not only votes: any table of whole numbers is rounded so that its margins stay right (L. H. Cox and L. R. Ernst,
//! "Controlled rounding", INFOR 20 (1982)). Here counts of people become percentages of all, with sums that are rounded, too.
//! ```
//! use apportion::{AllocationMethod, matrix::Matrix};
//!
//! let people = [
//!     17, 23, 5, // employed, by age
//!     4, 31, 12, // not employed
//! ];
//! let rows = AllocationMethod::HARE.allocate(&[45, 47], 100)?;
//! let columns = AllocationMethod::HARE.allocate(&[21, 54, 17], 100)?;
//! let percent = Matrix::new(&people, rows.seats()?, columns.seats()?).solve()?;
//! assert_eq!(percent.to_string(), "19 25  5\n 4 34 13");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Tables of more than two dimensions need not have such a rounding, and are out of scope.

mod allocation;
#[cfg(test)]
mod cases;
mod components;
mod decide;
mod infeasible;
mod interval;
mod key;
mod multiplier;
mod network;
#[cfg(test)]
mod network_tests;
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
pub(crate) use key::{KeyLine, key};
pub use print::{PrintedDivisor, PrintedDivisors};
pub use problem::Matrix;
pub use tie::{CellOutcomes, CellTie};
pub use verify::{Exchange, Verdict};
pub use voters::{VoterNumbers, Voters};

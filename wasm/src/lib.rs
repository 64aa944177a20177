//! The library as a WebAssembly module: questions and answers as JSON, votes and seats as numbers in memory.
//!
//! A host writes a question into the room that [`exports::input`] makes, and calls [`exports::ask`]; what it finds at
//! [`exports::output`] is the answer. `npm/index.js` does so. The questions are those of [`questions::Question`].
//!
//! No number is lost on the way to JavaScript: whole numbers beyond 2^53 are written as strings, and read as such.

pub mod exports;
mod methods;
mod numbers;
pub mod questions;
mod reading;

//! What is tried with arbitrary input: one function a target, and laws and counts that are made of bytes.
//!
//! `tests/same_inputs.rs` calls each with some thousands of inputs, the same ones every time; `libfuzzer/` lets libFuzzer look for
//! inputs that reach what was not reached before, which needs the nightly compiler (`.ci/fuzz`).

mod case;
pub mod targets;

// Of the command's files only the readers are called.
#[allow(dead_code)]
#[path = "../../cli/src/nearest.rs"]
mod nearest;
#[allow(dead_code)]
#[path = "../../cli/src/reader.rs"]
mod reader;
#[allow(dead_code)]
#[path = "../../cli/src/votes.rs"]
mod votes;

pub use case::{Case, Cells};

//! Questions about results: are they right, why, how close, what is still open, how proportional, and in pictures.

mod comparison;
mod data;
mod explain;
mod indices;
mod margins;
mod norway;
#[path = "../numbers/mod.rs"]
mod numbers;
mod outlook;
mod pictures;
mod quadratic;
mod small;
mod verify;
mod words;

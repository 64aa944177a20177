//! Pictures as SVG, drawn with nothing but text.
//!
//! Each has a title that says what it shows, a description with all its numbers, a ground of its own, and colours for the
//! light and for the dark. Nothing is told by colour alone: names and figures stand at the marks. What is filled is won; a
//! dashed outline is not won, or not yet. A telephone gets a drawing of its own ([`Style::narrow`]), not a smaller one, as no
//! letter is below 12 units.
//!
//! # Examples
//! ```
//! use apportion::insight::picture::{Style, hemicycle};
//! use apportion::{AllocationMethod, Rule, Tally};
//!
//! let tally = Tally::from_votes([("A & B", 53), ("C", 24), ("D", 23)])?;
//! let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
//! let svg = hemicycle(&outcome, &Style::new().colour("C", "#c00"));
//! assert!(svg.starts_with("<svg ") && svg.contains("A &amp; B"));
//! # Ok::<(), apportion::Error>(())
//! ```

// Pictures are drawn in floats; nothing is decided by them.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod bars;
mod blocks;
mod canvas;
mod cut;
mod districts;
mod hemicycle;
mod ink;
mod labels;
mod last;
mod matrix;
mod style;

pub use bars::bars;
pub use cut::{quotients, remainders};
pub use districts::districts;
pub use hemicycle::hemicycle;
pub use last::last_seats;
pub use matrix::matrix;
pub use style::Style;

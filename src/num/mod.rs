//! Numbers: exact ratios, products and powers that outgrow 128 bits, and how they are written.

pub(crate) mod amount;
pub(crate) mod layout;
pub(crate) mod letters;
pub(crate) mod markup;
pub(crate) mod power;
pub(crate) mod product;
mod ratio;
pub(crate) mod text;

pub use ratio::Ratio;

//! Numbers beyond the machine's, and numbers as text.

pub(crate) mod text;

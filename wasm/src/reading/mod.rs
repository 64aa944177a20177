//! Values read as what they stand for, with the key of what is wrong.
//!
//! Whatever comes in (JSON, TOML, a part of a question) is a [`Value`] first, and read by the one deserializer of this
//! module. So the compiler makes each type of a document once; with a deserializer a format the module is half as large again.

mod text;
mod value;

use core::fmt;

use serde::Deserialize;
use serde_json::Value;

pub(crate) use text::Text;

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// Why a value is not what it should be, and which part of it.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) path: Vec<Step>,
}

impl Fault {
    /// The path as people write it: `parties[2].votes`; empty where it is all of the value.
    pub(crate) fn path(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) if text.is_empty() => text.push_str(key),
                Step::Key(key) => text.extend([".", key]),
                Step::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads a value as what it stands for.
pub(crate) fn read<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, Fault> {
    T::deserialize(value::At::new(value)).map_err(value::Wrong::into_fault)
}

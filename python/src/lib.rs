//! The extension module of the Python package `apportion`: what must be fast or exact. The classes that people use are
//! written in Python, on top of this.
//!
//! - `error`: the exceptions, and numbers and votes read so that an error names the value and the place.
//! - `method`: [`Method`](method::Method) and a single allocation.
//! - `rows`, `groups`: many allocations, and a law applied to many draws, over numpy's memory and without the
//!   interpreter's lock.
//! - `election`, `insight`: documents and their outcomes, and questions about them; the only files that call these parts
//!   of the library.

// The library's errors say value and place, and are as large as that takes; none is on a path that must be fast.
#![allow(clippy::result_large_err)]

mod election;
mod error;
mod groups;
mod insight;
mod method;
mod rows;

#[pyo3::pymodule]
mod _apportion {
    #[pymodule_export]
    use crate::election::{Document, check_rule, laws, merge, words};
    #[pymodule_export]
    use crate::error::{ApportionError, TieError};
    #[pymodule_export]
    use crate::groups::groups;
    #[pymodule_export]
    use crate::insight::{
        allied, closest, compare, explain, gain, indices, last_seats, loss, margins_text, outlook, picture, switch,
        verify,
    };
    #[pymodule_export]
    use crate::method::{Allocation, Method, allocate};
    #[pymodule_export]
    use crate::rows::{prepared_columns, prepared_rows, rows};
}

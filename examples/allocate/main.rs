//! Answers an election written as a document: `apportion allocate`, which stands in `cli/`, with the same arguments.
//!
//! ```sh
//! cargo run --example allocate -- examples/elections/kz-2012.toml
//! cargo run --example allocate -- votes.csv --method sainte-lague --seats 98 --threshold 5%
//! ```
//!
//! It builds that program where it is not built yet, so that the library's examples need none of its dependencies.

use std::env;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/cli/Cargo.toml")]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    match command.args(["--", "allocate"]).args(env::args_os().skip(1)).status() {
        // No status: a signal ended it, and has said so.
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2)),
        Err(error) => {
            eprintln!("error: cargo cannot be run: {error}");
            ExitCode::from(2)
        }
    }
}

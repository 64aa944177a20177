//! The switch of the copy: which of its mutants is on. Written by the tool; the library has no such module.

extern crate std;

use std::env;
use std::fs;
use std::io::Write;
use std::string::{String, ToString};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::vec::Vec;

/// The variable was not read yet.
const UNREAD: u32 = u32::MAX;
/// None is on; each that is reached is remembered.
pub const SURVEY: u32 = u32::MAX - 1;

static STATE: AtomicU32 = AtomicU32::new(UNREAD);
static SEEN: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

/// Whether this mutant is the one that `MUTANT` names.
#[inline(always)]
pub(crate) fn on(id: u32) -> bool {
    let state = STATE.load(Relaxed);
    state == id || (state >= SURVEY && reached(state, id))
}

/// Turns a mutant on, and the one before it off.
pub fn set(id: u32) {
    STATE.store(id, Relaxed);
}

/// The mutants that were reached since this was asked last.
pub fn seen() -> Vec<u32> {
    let ids = (0..).zip(&SEEN);
    ids.filter(|(_, seen)| seen.swap(false, Relaxed)).map(|(id, _)| id).collect()
}

#[cold]
fn reached(state: u32, id: u32) -> bool {
    if state == UNREAD {
        let state = env::var("MUTANT").ok().and_then(|id| id.parse().ok());
        STATE.store(state.unwrap_or(if env::var("MUTANTS_SEEN").is_ok() { SURVEY } else { 0 }), Relaxed);
        return on(id);
    }
    if !SEEN[id as usize].swap(true, Relaxed) {
        if let Ok(path) = env::var("MUTANTS_SEEN") {
            let line: String = id.to_string() + "\n";
            let book = fs::OpenOptions::new().create(true).append(true).open(path);
            book.and_then(|mut book| book.write_all(line.as_bytes())).expect("the book takes lines");
        }
    }
    false
}

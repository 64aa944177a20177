//! The switch of the copy: which of its mutants is on. Written by the tool; the library has no such module.

extern crate std;

use std::env;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::string::ToString;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

/// The variable was not read yet.
const UNREAD: u32 = u32::MAX;
/// None is on; each that is reached is written down.
const SURVEY: u32 = u32::MAX - 1;

static STATE: AtomicU32 = AtomicU32::new(UNREAD);
static SEEN: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];
static BOOK: OnceLock<Mutex<File>> = OnceLock::new();

/// Whether this mutant is the one that `MUTANT` names.
#[inline(always)]
pub(crate) fn on(id: u32) -> bool {
    let state = STATE.load(Relaxed);
    state == id || (state >= SURVEY && reached(state, id))
}

#[cold]
fn reached(state: u32, id: u32) -> bool {
    if state == UNREAD {
        let state = if let Ok(path) = env::var("MUTANTS_SEEN") {
            let file = OpenOptions::new().create(true).append(true).open(path).expect("the book of mutants seen");
            BOOK.get_or_init(|| Mutex::new(file));
            SURVEY
        } else {
            env::var("MUTANT").ok().and_then(|id| id.parse().ok()).unwrap_or(0)
        };
        STATE.store(state, Relaxed);
        return on(id);
    }
    if !SEEN[id as usize].swap(true, Relaxed) {
        if let Some(book) = BOOK.get() {
            let line = id.to_string() + "\n";
            book.lock().expect("no thread panics here").write_all(line.as_bytes()).expect("the book takes lines");
        }
    }
    false
}

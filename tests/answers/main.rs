//! Everything that the library says of some four thousand documents, held to the letter: answers with what proves them, tables,
//! figures asked one by one, verdicts on right and wrong claims, rows of prepared laws, margins.
//!
//! Whether an answer is right, other tests say; this one says that nothing about any answer changed unnoticed. `answers.txt`
//! has a line a document, with a number a text. Where a change is meant, `cargo test --test answers write -- --ignored` writes
//! it anew; with `ANSWERS=folder` it writes the texts there, too, so that those of two commits can be compared.

mod documents;
#[path = "../reference/fraction.rs"]
#[allow(dead_code)]
mod fraction;
#[path = "../reference/law.rs"]
#[allow(dead_code)]
mod law;
#[path = "../numbers/mod.rs"]
mod numbers;
mod places;
#[path = "../reference/random.rs"]
#[allow(dead_code)]
mod random;
mod texts;
#[path = "../numbers/tiers.rs"]
mod tiers;

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{env, fs};

use texts::TEXTS;

const KNOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/answers.txt");

/// A number for a text (FNV-1a: <https://www.rfc-editor.org/rfc/rfc9923>, folded to 32 bits).
fn number_of(text: &str) -> u32 {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, add);
    (hash >> 32) as u32 ^ hash as u32
}

/// The text of this number about a document; a panic is one that no document has.
fn text(document: &str, at: usize) -> String {
    catch_unwind(AssertUnwindSafe(|| texts::text(document, at))).unwrap_or_else(|_| "it panicked".into())
}

#[test]
fn everything_said_of_every_document_is_as_it_was() {
    let known = fs::read_to_string(KNOWN).unwrap();
    let mut known = known.lines();
    let mut differ = Vec::new();
    for document in documents::all() {
        let line = known.next().unwrap_or_default();
        let mut numbers = line.strip_prefix(&*document.name).unwrap_or_default().split_whitespace();
        for (at, (what, _)) in TEXTS.iter().enumerate() {
            let text = text(&document.text, at);
            assert_ne!(text, "it panicked", "{what} of {}", document.text);
            if numbers.next() != Some(&format!("{:08x}", number_of(&text))) {
                differ.push((what, document.name.clone(), text));
            }
        }
    }
    let list: Vec<String> = differ.iter().map(|(what, name, _)| format!("{what} of {name}")).collect();
    assert!(differ.is_empty(), "{} differ: {}\nThe first is now:\n{}", list.len(), list.join(", "), differ[0].2);
    assert_eq!(known.next(), None);
}

#[test]
#[ignore = "writes tests/data/answers.txt"]
fn write_the_answers() {
    let folder = env::var("ANSWERS").ok();
    let mut lines = String::new();
    for document in documents::all() {
        lines += &document.name;
        for (at, (what, _)) in TEXTS.iter().enumerate() {
            let text = text(&document.text, at);
            write!(lines, " {:08x}", number_of(&text)).unwrap();
            if let Some(folder) = &folder {
                fs::write(format!("{folder}/{}.{what}", document.name.replace('/', "-")), text).unwrap();
            }
        }
        lines += "\n";
    }
    fs::write(KNOWN, lines).unwrap();
}

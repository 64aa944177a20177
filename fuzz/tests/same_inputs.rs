//! Every target with some thousands of inputs, the same ones every time, so that whether a change lands does not hang on
//! chance: documents of the test data as they are and with pieces changed, and arbitrary laws, counts and matrices.
//! `FUZZ_INPUTS=100000 cargo test -p apportion-fuzz` tries so many of each.

use std::ops::Range;
use std::path::Path;
use std::{env, fs};

use apportion_fuzz::targets;
use arbitrary::{Arbitrary, Unstructured};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use serde_json::Value;

/// The files of `tests/data` whose documents are read, and changed.
const FILES: [&str; 7] = ["elections", "districts", "cases", "tiers", "biproportional", "placing", "tiers-random"];

/// Longer documents take more time than they find.
const LONGEST: usize = 6_000;

/// What is put in somewhere: ends of numbers, pieces of documents, letters that mislead.
const PIECES: [&str; 24] = [
    "0",
    "-1",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    "0.07",
    "1/0",
    "7/5",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\"A\"",
    ",",
    ":",
    "\n",
    "=",
    "\"votes\"",
    "\"seats\"",
    "\u{0}",
    "\u{202e}",
    "e\u{301}",
    "\u{feff}",
];

#[test]
fn json_is_an_election_or_an_error() {
    let documents = documents().map(|document| document.to_string()).collect();
    try_changed(documents, targets::documents_in_json);
}

#[test]
fn toml_is_an_election_or_an_error() {
    let texts =
        documents().filter_map(|document| toml::to_string(&toml::Value::try_from(document).ok()?).ok()).collect();
    try_changed(texts, |bytes| targets::documents_in_toml(&String::from_utf8_lossy(bytes)));
}

#[test]
fn tables_are_votes_or_an_error() {
    let table = |document: Value| {
        let rows = document["parties"]
            .as_array()?
            .iter()
            .map(|party| Some(format!("{},{}\n", party["name"].as_str()?, party.get("votes")?)));
        Some(format!("party,votes\n{}", rows.collect::<Option<String>>()?))
    };
    try_changed(documents().filter_map(table).collect(), targets::tables);
}

#[test]
fn laws_give_outcomes_or_errors() {
    try_arbitrary(|case| targets::laws(&case));
}

#[test]
fn prepared_laws_answer_as_named_ones() {
    try_arbitrary(|case| targets::prepared(&case));
}

#[test]
fn outcomes_are_verified() {
    try_arbitrary(|case| targets::verified(&case));
}

#[test]
fn matrices_are_proven_or_refused() {
    try_arbitrary(|cells| targets::matrices(&cells));
}

/// Each text as it is, and then texts with pieces changed.
fn try_changed(texts: Vec<String>, target: impl Fn(&[u8]) -> bool) {
    let answered = texts.iter().filter(|text| target(text.as_bytes())).count();
    assert!(texts.len() > 20 && 2 * answered > texts.len(), "{answered} of {} texts are answered", texts.len());
    try_all(|random| {
        let mut bytes = texts.choose(random).expect("a text").clone().into_bytes();
        for _ in 0..random.random_range(1..=3) {
            change(&mut bytes, &texts, random);
        }
        target(&bytes)
    });
}

/// Inputs made of random bytes.
fn try_arbitrary<T: for<'a> Arbitrary<'a>>(target: impl Fn(T) -> bool) {
    try_all(|random| {
        let mut bytes = [0; 600];
        random.fill_bytes(&mut bytes);
        target(T::arbitrary_take_rest(Unstructured::new(&bytes)).expect("enough bytes"))
    });
}

/// All inputs, each of which says whether it was answered: where nearly all are refused, little is tried.
fn try_all(mut one: impl FnMut(&mut StdRng) -> bool) {
    let mut random = StdRng::seed_from_u64(1);
    let inputs = env::var("FUZZ_INPUTS").map_or(20_000, |number| number.parse().expect("FUZZ_INPUTS is a number"));
    let answered = (0..inputs).filter(|_| one(&mut random)).count();
    println!("{answered} of {inputs} inputs were answered, the others refused");
    assert!(10 * answered > inputs, "{answered} of {inputs} inputs are answered");
}

/// Changes one place of a text: a word for a word of another text or a piece, mostly, so that it can still be read; else some bytes.
fn change(bytes: &mut Vec<u8>, others: &[String], random: &mut StdRng) {
    let other = others.choose(random).expect("a text").as_bytes();
    match random.random_range(0..8) {
        0 => {
            let (here, there) = (some_bytes(bytes, random), some_bytes(other, random));
            bytes.splice(here, other[there].iter().copied());
        }
        1 => drop(bytes.drain(some_bytes(bytes, random))),
        2 => drop(bytes.splice(word(bytes, random), PIECES.choose(random).expect("a piece").bytes())),
        _ => {
            let here = word(bytes, random);
            let is_number = |text: &[u8], word: &Range<usize>| text.get(word.start).is_some_and(u8::is_ascii_digit);
            // A number for a number, a word for a word, if one is found soon.
            let mut theirs = (0..9).map(|_| word(other, random));
            let there = theirs.find(|there| is_number(other, there) == is_number(bytes, &here));
            bytes.splice(here, other[there.unwrap_or_default()].iter().copied());
        }
    }
}

/// Where up to twelve bytes are.
fn some_bytes(text: &[u8], random: &mut StdRng) -> Range<usize> {
    let from = random.random_range(0..=text.len());
    from..(from + random.random_range(0..=12)).min(text.len())
}

/// Where a word or a number is.
fn word(text: &[u8], random: &mut StdRng) -> Range<usize> {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-/%".contains(byte);
    let from = random.random_range(0..=text.len());
    let Some(begin) = text[from..].iter().position(is_inside) else { return from..from };
    // Back to where the word begins that `from` is in.
    let before = text[..from + begin].iter().rev().take_while(|byte| is_inside(byte)).count();
    let after = text[from + begin..].iter().take_while(|byte| is_inside(byte)).count();
    from + begin - before..from + begin + after
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the library's folder")
}

fn documents() -> impl Iterator<Item = Value> {
    let lines = FILES.into_iter().flat_map(|file| {
        let path = folder().join(format!("tests/data/{file}.jsonl"));
        let text = fs::read_to_string(path).expect("test data");
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    lines.filter(|line| line.len() <= LONGEST).map(|line| {
        let mut value: Value = serde_json::from_str(&line).expect("a line of test data");
        match value.get_mut("document") {
            Some(document) => document.take(),
            None => value,
        }
    })
}

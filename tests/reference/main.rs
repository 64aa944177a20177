//! A second reading of one-tier laws, slow and obvious, and the library held against it on random laws with ties; and the
//! same laws prepared, held against the library's whole runs.
//!
//! Each of twelve tests tries 9,000 laws, or as many as `REFERENCE_LAWS` says.

mod admission;
mod chooser;
mod ends;
mod fraction;
mod law;
#[path = "../numbers/mod.rs"]
mod numbers;
mod random;
mod sharing;
mod stages;

use apportion::rule::RowLeft;
use apportion::{Error, Outcome, Tie};
use ends::{End, Ends, ends_of};

/// Holds the prepared law against the whole run.
fn hold_prepared(law: &law::Law, result: &Result<Outcome, Error>) {
    let (rule, count) = (law.rule(), law.count());
    let mut prepared = match rule.prepare(&count) {
        Ok(prepared) => prepared,
        Err(error) => return assert_eq!(result.as_ref().err(), Some(&error), "{law:?}"),
    };
    let row: Vec<u64> = law.lists.iter().map(|list| list.votes).collect();
    let mut seats = vec![99; row.len()];
    match (result, prepared.apply(&row, &mut seats)) {
        (Err(known), found) => assert_eq!(found.as_ref().err(), Some(known), "{law:?}"),
        (Ok(outcome), found) => {
            let left = found.unwrap_or_else(|error| panic!("{error}: {law:?}"));
            let certain: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
            assert_eq!(seats, certain, "{law:?}");
            let at = |name: &String| outcome.parties().iter().position(|party| party.name() == name).unwrap();
            if outcome.ways().is_empty() && outcome.ways_complete() {
                let ties = outcome.ties().iter().map(|tie| {
                    let parties: Vec<usize> = tie.parties().iter().map(at).collect();
                    RowLeft::Tie { row: 0, tie: Tie::new(parties, tie.seats()).unwrap() }
                });
                assert_eq!(left, ties.collect::<Vec<_>>(), "{law:?}");
            } else {
                assert_eq!(left, [RowLeft::Open { row: 0 }], "{law:?}");
            }
        }
    }
}

/// How many laws to try.
fn laws(usual: u64) -> u64 {
    std::env::var("REFERENCE_LAWS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Tries random laws that may use these words, and says which disagree.
fn hold(words: random::Words, usual: u64) {
    let (mut answered, mut tied, mut forked) = (0, 0, 0);
    let mut disagree = Vec::new();
    for seed in 0..laws(usual) {
        let law = random::law(seed, words);
        let result = law.rule().apply(&law.count());
        if law.ranked.is_empty() {
            hold_prepared(&law, &result);
        }
        let Some(own) = ends_of(&result) else { continue };
        let expected = chooser::every_end(|chooser| law.run(chooser));
        answered += u64::from(!expected.answers.is_empty());
        tied += u64::from(expected.answers.len() > 1);
        forked += u64::from(result.as_ref().is_ok_and(|outcome| !outcome.ways().is_empty()));
        if own != expected {
            disagree.push(format!(
                "{seed}: {law:?}\n  expected {expected:?}\n  found {own:?}\n  {result:?}",
                result = result.as_ref().err()
            ));
        }
    }
    let some: Vec<&String> = disagree.iter().take(6).collect();
    assert!(
        disagree.is_empty(),
        "{} disagree:\n{}",
        disagree.len(),
        some.iter().map(|s| s.as_str()).collect::<Vec<_>>().join("\n")
    );
    // A test of laws that all fail, or never tie, would say nothing.
    let laws = laws(usual);
    assert!(answered > laws / 4 && tied > laws / 100, "{answered} answered, {tied} tied, {forked} forked of {laws}");
}

macro_rules! held {
    ($($name:ident: $words:expr;)*) => {
        $(#[test] fn $name() { hold($words, 9_000); })*
    };
}

held! {
    methods_and_bounds_agree: random::Words { bounds: true, ..random::Words::NONE };
    stages_agree: random::Words { stages: true, bounds: true, ..random::Words::NONE };
    alliances_agree: random::Words { alliances: true, ..random::Words::NONE };
    alliances_with_bounds_agree: random::Words { alliances: true, bounds: true, ..random::Words::NONE };
    repairs_agree: random::Words { repairs: true, ..random::Words::NONE };
    second_lists_agree: random::Words { repairs: true, second_list: true, ..random::Words::NONE };
    bonuses_agree: random::Words { bonus: true, bounds: true, ..random::Words::NONE };
    caps_agree: random::Words { cap: true, ..random::Words::NONE };
    majorities_agree: random::Words { majority: true, ..random::Words::NONE };
    exhaustion_agrees: random::Words { exhaustion: true, bounds: true, ..random::Words::NONE };
    spare_votes_agree: random::Words { spare: true, repairs: true, ..random::Words::NONE };
    all_together_agree: random::Words::ALL;
}

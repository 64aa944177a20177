//! Real elections with their official seats, and the cases of the literature and of other programs' tests.

use std::fs;

use apportion::{Election, Error, Outcome};

/// The lines of a file of `tests/data`, as JSON.
fn lines(file: &str) -> Vec<serde_json::Value> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The seats and ties of an outcome, as `cases.jsonl` writes them.
fn as_expected(election: &Election, outcome: &Result<Outcome, Error>) -> serde_json::Value {
    let Ok(outcome) = outcome else { return serde_json::json!({ "error": true }) };
    let place = |name: &String| election.tally().unwrap().parties().iter().position(|party| party.name() == name);
    let ties: Vec<_> = outcome
        .tie()
        .iter()
        .map(|tie| {
            let parties: Vec<_> = tie.parties().iter().map(place).collect();
            serde_json::json!({ "parties": parties, "seats": tie.seats() })
        })
        .collect();
    let seats: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
    serde_json::json!({ "seats": seats, "ties": ties })
}

#[test]
fn every_case_comes_out_as_expected() {
    let cases = lines("cases.jsonl");
    assert_eq!(cases.len(), 277);
    for case in cases {
        let election: Election = serde_json::from_value(case["document"].clone()).unwrap();
        let outcome = election.outcome();
        assert_eq!(as_expected(&election, &outcome), case["expect"], "{:?}", election.id);
    }
}

#[test]
fn every_real_election_comes_out_with_its_official_seats() {
    let elections = lines("elections.jsonl");
    assert_eq!(elections.len(), 64);
    for document in elections {
        let election: Election = serde_json::from_value(document).unwrap();
        assert!(!election.sources.is_empty() && election.date.is_some(), "{:?}", election.id);
        let outcome = election.outcome().unwrap();
        assert_eq!(election.as_recorded(&outcome), Some(true), "{:?}\n{outcome}", election.id);
        assert_eq!(outcome.tie(), None, "{:?}", election.id);
    }
}

#[test]
fn every_document_reads_back_as_it_was_written() {
    let documents =
        lines("cases.jsonl").into_iter().map(|case| case["document"].clone()).chain(lines("elections.jsonl"));
    for document in documents {
        let election: Election = serde_json::from_value(document).unwrap();
        let json = serde_json::to_string(&election).unwrap();
        assert_eq!(serde_json::from_str::<Election>(&json).unwrap(), election);
        let toml = toml::to_string(&election).unwrap();
        assert_eq!(toml::from_str::<Election>(&toml).unwrap(), election, "{toml}");
    }
}

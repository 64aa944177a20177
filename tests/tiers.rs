//! Laws of several tiers: every official figure of real elections, and answers of an independent program.

use std::collections::BTreeMap;
use std::fs;

use apportion::{Answer, Election, Outcome};
use serde_json::Value;

/// The lines of a file of `tests/data`, as JSON.
fn lines(file: &str) -> Vec<Value> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn elections(file: &str) -> Vec<Election> {
    let read = |document: Value| {
        let id = document["id"].clone();
        serde_json::from_value(document).unwrap_or_else(|error| panic!("{id}: {error}"))
    };
    lines(file).into_iter().map(read).collect()
}

/// The seats on record, by place and party; the nation has no name.
fn figures(election: &Election) -> Vec<(Option<String>, String, u64)> {
    let of = |place: Option<&String>, seats: &BTreeMap<String, u64>| {
        seats.iter().map(|(party, &seats)| (place.cloned(), party.clone(), seats)).collect::<Vec<_>>()
    };
    let places = election.recorded.places.iter().flat_map(|(place, seats)| of(Some(place), seats));
    of(None, &election.recorded.nation).into_iter().chain(places).collect()
}

/// A party's certain seats in a place, or in the nation; none where it does not stand.
fn seats(outcome: &Outcome, place: Option<&str>, party: &str) -> u64 {
    let certain = match place {
        None => outcome.certain(party),
        Some(place) => outcome.at(place).and_then(|place| place.certain(party)),
    };
    certain.unwrap_or(0)
}

/// Compares every figure on record, and returns how many there are.
fn compare(file: &str) -> usize {
    let mut compared = 0;
    for election in elections(file) {
        let id = election.id.clone().unwrap();
        assert!(!election.sources.is_empty(), "{id} has no source");
        let outcome = election.outcome().unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(outcome.ties().is_empty() && outcome.ways().is_empty(), "{id}: {:?}", outcome.ties());
        for (place, party, official) in figures(&election) {
            let have = seats(&outcome, place.as_deref(), &party);
            assert_eq!(have, official, "{id}, {party} in {}", place.as_deref().unwrap_or("the nation"));
            compared += 1;
        }
        assert_eq!(election.as_recorded(&outcome), Some(true), "{id}");
    }
    compared
}

#[test]
fn every_official_figure_of_elections_in_several_tiers_comes_out() {
    assert_eq!(compare("tiers.jsonl"), 4_502);
}

#[test]
fn every_official_figure_of_placed_seats_comes_out() {
    assert_eq!(compare("placing.jsonl"), 1_740);
}

#[test]
fn a_figure_on_record_that_differs_by_one_seat_is_noticed_whichever_it_is() {
    let mut changed = 0;
    for mut election in elections("tiers.jsonl").into_iter().chain(elections("placing.jsonl")) {
        let outcome = election.outcome().unwrap();
        for (place, party, official) in figures(&election) {
            let of_place = |election: &mut Election, seats: u64| {
                let recorded = match &place {
                    None => &mut election.recorded.nation,
                    Some(place) => election.recorded.places.get_mut(place).unwrap(),
                };
                recorded.insert(party.clone(), seats);
            };
            for wrong in [Some(official + 1), official.checked_sub(1)].into_iter().flatten() {
                of_place(&mut election, wrong);
                assert_eq!(election.as_recorded(&outcome), Some(false), "{:?}: {party} in {place:?}", election.id);
            }
            of_place(&mut election, official);
            changed += 1;
        }
    }
    assert_eq!(changed, 6_242);
}

#[test]
fn random_laws_of_several_tiers_come_out_as_another_program_has_them() {
    let rows = lines("tiers-random.jsonl");
    assert_eq!(rows.len(), 300);
    let (mut errors, mut ties, mut figures) = (0, 0, 0);
    for row in rows {
        let (document, expected) = (&row["document"], &row["answer"]);
        let id = document["id"].as_str().unwrap();
        let outcome = serde_json::from_value::<Election>(document.clone()).map(|election| election.outcome());
        let Ok(Ok(outcome)) = outcome else {
            assert_eq!(expected["error"], true, "{id}: {outcome:?}");
            errors += 1;
            continue;
        };
        assert!(expected.get("error").is_none(), "{id} has no answer, but came out as\n{outcome}");
        if !expected["ties"].as_array().unwrap().is_empty() {
            // The other program stops at its first tie.
            assert!(!outcome.ties().is_empty(), "{id} is tied, but came out as\n{outcome}");
            ties += 1;
            continue;
        }
        assert!(outcome.ties().is_empty(), "{id}: {:?}", outcome.ties());
        let by_place =
            |kind: &str| expected[kind].as_object().unwrap().iter().map(|(place, seats)| (Some(place), seats));
        let nation = std::iter::once((None, &expected["parties"]));
        for (place, parties) in nation.chain(by_place("regions")).chain(by_place("districts")) {
            for (party, official) in parties.as_object().unwrap() {
                let have = seats(&outcome, place.map(String::as_str), party);
                assert_eq!(Some(have), official.as_u64(), "{id}, {party} in {place:?}\n{outcome}");
                figures += 1;
            }
        }
    }
    assert_eq!((errors, ties), (31, 26));
    assert!(figures > 2_000, "{figures}");
}

#[test]
fn every_document_of_several_tiers_is_the_same_after_writing_and_reading() {
    let random = lines("tiers-random.jsonl").into_iter().map(|row| row["document"].clone());
    let mut read = 0;
    for document in lines("tiers.jsonl").into_iter().chain(lines("placing.jsonl")).chain(random) {
        // Some of the random ones are refused when they are read; the test above says so.
        let Ok(election) = serde_json::from_value::<Election>(document) else { continue };
        let json = serde_json::to_string(&election).unwrap();
        assert_eq!(serde_json::from_str::<Election>(&json).unwrap(), election, "{:?}", election.id);
        let toml = toml::to_string(&election).unwrap();
        assert_eq!(toml::from_str::<Election>(&toml).unwrap(), election, "{toml}");
        read += 1;
    }
    assert!(read > 320, "{read}");
}

#[test]
fn every_answer_is_the_same_after_writing_and_reading() {
    let random = lines("tiers-random.jsonl").into_iter().map(|row| row["document"].clone());
    let cases = lines("cases.jsonl").into_iter().map(|row| row["document"].clone());
    let real = ["elections.jsonl", "districts.jsonl", "tiers.jsonl", "placing.jsonl"].into_iter().flat_map(lines);
    let (mut answered, mut failed) = (0, 0);
    for document in real.chain(cases).chain(random) {
        let Ok(election) = serde_json::from_value::<Election>(document) else { continue };
        let answer = election.answer();
        let json = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), answer, "{json}");
        if matches!(answer, Answer::Failed { .. }) { failed += 1 } else { answered += 1 }
    }
    assert!(answered > 600 && failed > 20, "{answered}, {failed}");
}

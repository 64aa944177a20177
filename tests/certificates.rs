//! Certificates: what proves an answer, written for other programs and read back.

use apportion::document::Certificate;
use apportion::{Answer, Election};
use serde_json::{Value, json};

fn election(text: &str) -> Election {
    serde_json::from_str(text).unwrap()
}

/// The certificate of a document's outcome, as JSON.
fn certificate(document: &Value) -> Value {
    let election = election(&document.to_string());
    serde_json::to_value(election.certificate_of(&election.outcome().unwrap()).unwrap()).unwrap()
}

/// The records of one kind.
fn records(certificate: &Value, kind: &str) -> Vec<Value> {
    let all = certificate["course"]["records"].as_array().unwrap();
    all.iter().filter(|record| record["kind"] == kind).cloned().collect()
}

#[test]
fn every_election_in_the_data_has_a_certificate_that_is_read_back() {
    for file in ["elections", "districts", "tiers", "placing"] {
        let text = std::fs::read_to_string(format!("tests/data/{file}.jsonl")).unwrap();
        for line in text.lines() {
            let election = election(line);
            let outcome = election.outcome().unwrap();
            let certificate = election.certificate_of(&outcome).unwrap();
            let json = serde_json::to_string(&certificate).unwrap();
            assert_eq!(serde_json::from_str::<Certificate>(&json).unwrap(), certificate, "{:?}", election.id);
        }
    }
}

#[test]
fn an_answer_carries_its_certificate_and_is_read_back_with_it() {
    let document = json!({ "seats": 3, "rule": { "method": "dhondt" },
        "parties": [{ "name": "A", "votes": 10 }, { "name": "B", "votes": 10 }] });
    let election = election(&document.to_string());
    let outcome = election.outcome().unwrap();
    let certified = election.answer_of(&outcome).with_certificate(election.certificate_of(&outcome).unwrap());
    let json = serde_json::to_string(&certified).unwrap();
    assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), certified);
    assert!(!serde_json::to_string(&election.answer()).unwrap().contains("certificate"));
}

#[test]
fn a_contest_by_divisors_names_the_last_claim_served_and_the_first_refused() {
    let certificate = certificate(&json!({ "seats": 5, "rule": { "method": "sainte-lague" },
        "parties": [{ "name": "A", "votes": 53 }, { "name": "B", "votes": 30 }, { "name": "C", "votes": 17 }] }));
    let contest = &records(&certificate, "contest")[0];
    // 53, 30, 17.67, 17 and 10.6 are served; 10 is refused.
    assert_eq!(contest["last_served"], json!({ "parties": ["A"], "seat": 3, "divisor": "5" }));
    assert_eq!(contest["first_refused"], json!({ "parties": ["B"], "seat": 2, "divisor": "3" }));
}

#[test]
fn irrational_divisors_are_written_as_roots_of_ratios() {
    let parties = json!([{ "name": "A", "votes": 53 }, { "name": "B", "votes": 30 }]);
    let certificate = certificate(&json!({ "seats": 5, "rule": { "method": "huntington-hill" }, "parties": parties }));
    assert_eq!(records(&certificate, "contest")[0]["last_served"]["divisor"], "root 2 of 2");
}

#[test]
fn a_contest_by_largest_remainders_names_quota_and_remainders() {
    let certificate = certificate(&json!({ "seats": 7, "rule": { "method": "hare" },
        "parties": [{ "name": "A", "votes": 53 }, { "name": "B", "votes": 30 }, { "name": "C", "votes": 17 }] }));
    let contest = &records(&certificate, "contest")[0];
    // Of a quota of 100/7 votes, A has 3 and 71/7 votes more, B 2 and 10/7, C 1 and 19/7.
    assert_eq!(contest["quota"], "100/7");
    assert_eq!(contest["last_served"], json!({ "parties": ["A"], "seat": 4, "remainder": "71/7" }));
    assert_eq!(contest["first_refused"], json!({ "parties": ["C"], "seat": 2, "remainder": "19/7" }));
}

#[test]
fn an_open_tie_is_named_with_its_seats() {
    let certificate = certificate(&json!({ "seats": 3, "rule": { "method": "dhondt" },
        "parties": [{ "name": "A", "votes": 10 }, { "name": "B", "votes": 10 }] }));
    assert_eq!(records(&certificate, "contest")[0]["tie"], json!({ "entries": [["A"], ["B"]], "seats": 1 }));
}

#[test]
fn a_threshold_is_written_with_both_sides() {
    let certificate = certificate(&json!({ "seats": 3, "rule": { "method": "dhondt", "threshold": "20%" },
        "parties": [{ "name": "A", "votes": 80 }, { "name": "B", "votes": 19 }], "tally": { "other": 1 } }));
    let judged = &records(&certificate, "admission")[0]["parties"][1];
    assert_eq!(judged["admitted"], "refused");
    let comparison =
        json!({ "what": "share", "has": "19", "of": "100", "base": "valid", "needs": "1/5", "met": false });
    assert_eq!(judged["comparisons"], json!([comparison]));
}

#[test]
fn the_courses_of_a_law_that_forks_are_all_there() {
    let tie = json!([{ "name": "A", "votes": 10 }, { "name": "B", "votes": 10 }]);
    let document = json!({
        "tiers": [{ "method": "dhondt", "at": "district" }, { "method": "dhondt", "kind": "top-up", "seats": 4 }],
        "parties": [{ "name": "A" }, { "name": "B" }],
        "districts": [{ "name": "N", "seats": 1, "parties": tie }],
    });
    let certificate = certificate(&document);
    let ways = certificate["ways"].as_array().unwrap();
    assert_eq!(ways.len(), 2);
    for (way, winner) in ways.iter().zip(["A", "B"]) {
        let chosen = way["records"].as_array().unwrap().iter().find(|record| record["kind"] == "chosen").unwrap();
        assert_eq!(chosen["winners"], json!([{ "party": winner }]));
    }
}

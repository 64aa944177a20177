//! The documents of `tests/data`: cases of the literature, and real elections with their seats on record.

use apportion::Election;

/// Every document that a rule answers, with its id.
pub(crate) fn answered() -> Vec<(String, Election)> {
    let all = cases().into_iter().chain(elections());
    all.filter(|election| election.outcome().is_ok()).map(|e| (e.id.clone().unwrap_or_default(), e)).collect()
}

pub(crate) fn cases() -> Vec<Election> {
    #[derive(serde::Deserialize)]
    struct Case {
        document: serde_json::Value,
    }
    let rows = include_str!("../data/cases.jsonl").lines().map(|line| serde_json::from_str::<Case>(line).unwrap());
    rows.filter_map(|case| serde_json::from_value(case.document).ok()).collect()
}

pub(crate) fn elections() -> Vec<Election> {
    include_str!("../data/elections.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn election(id: &str) -> Election {
    elections().into_iter().find(|election| election.id.as_deref() == Some(id)).unwrap()
}

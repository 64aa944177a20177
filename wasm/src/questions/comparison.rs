//! The same votes by other methods.

use apportion::{Election, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Refusal, document};

/// One column of a comparison.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What it is called.
    name: String,
    /// The method in every tier; the law's own otherwise.
    #[serde(default)]
    method: Option<Value>,
    /// Whether thresholds fall away.
    #[serde(default)]
    without_threshold: bool,
}

/// The methods that parliaments use, and the law without its threshold.
fn usual() -> Vec<Column> {
    let by = |name: &str, method: Value| Column { name: name.into(), method: Some(method), without_threshold: false };
    vec![
        by("Largest remainders", json!("hare")),
        by("Sainte-Laguë", json!("sainte-lague")),
        by("D'Hondt", json!("dhondt")),
        by("Droop", json!("droop")),
        by("Huntington-Hill", json!("huntington-hill")),
        Column { name: "This law without a threshold".into(), method: None, without_threshold: true },
    ]
}

/// Seats by party for each column, and why a column has none.
pub(super) fn compare(election: &Election, columns: Option<Vec<Column>>) -> Answer {
    let written = document::written(election)?;
    let own = election.outcome()?;
    let has_threshold = election.rule.tiers().iter().any(|tier| tier.threshold.is_some());
    let chosen = columns.is_some();
    let all = columns.unwrap_or_else(usual).into_iter().filter(|column| has_threshold || !column.without_threshold);
    let answered = all.filter_map(|column| {
        let mut other = written.clone();
        in_every_tier(&mut other, |tier| {
            if let Some(method) = &column.method {
                tier["method"] = method.clone();
            }
            if let (true, Some(keys)) = (column.without_threshold, tier.as_object_mut()) {
                keys.shift_remove("threshold");
            }
        });
        let other = document::read(other);
        // The law's own method is a column only for who asks for it.
        if !chosen && other.as_ref().is_ok_and(|other| other.rule == election.rule) {
            return None;
        }
        let outcome = other.and_then(|election| election.outcome().map_err(Refusal::from));
        Some(match outcome {
            Ok(outcome) => json!({ "name": column.name, "same": same(&own, &outcome), "parties": seats(&outcome) }),
            Err(refusal) => json!({ "name": column.name, "error": refusal }),
        })
    });
    Ok(json!({ "own": seats(&own), "columns": answered.collect::<Vec<_>>() }))
}

/// Changes the one tier of a written election, or each of several.
pub(super) fn in_every_tier(written: &mut Value, mut change: impl FnMut(&mut Value)) {
    if let Some(rule) = written.get_mut("rule") {
        change(rule);
    }
    written.get_mut("tiers").and_then(Value::as_array_mut).into_iter().flatten().for_each(change);
}

/// The fewest and the most seats of each party.
fn seats(outcome: &Outcome) -> Vec<Value> {
    let of = |party: &apportion::PartyOutcome| {
        let name = party.name();
        json!({ "name": name, "seats": party.certain(), "most": outcome.possible(name) })
    };
    outcome.parties().iter().map(of).collect()
}

fn same(own: &Outcome, other: &Outcome) -> bool {
    seats(own) == seats(other)
}

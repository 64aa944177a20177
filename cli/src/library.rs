//! What is asked of the library about one election: its law, its outcome, the record.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use apportion::{AllocationMethod, Answer, Election, Law, Outcome, PartyOutcome, Rule};
use serde_json::{Map, Value};

use crate::nearest;
use crate::output::counted;

/// The laws of the catalogue: id and text.
pub(crate) fn laws() -> &'static [(&'static str, &'static str)] {
    Law::CATALOGUE
}

/// The id of a law that the catalogue has.
pub(crate) fn known_law(id: &str) -> Result<String> {
    law_text(id).map(|_| id.to_string())
}

/// The text of a law; an error names those of the same country, or the nearest.
pub(crate) fn law_text(id: &str) -> Result<&'static str> {
    let found = laws().iter().find(|(known, _)| *known == id);
    found.map(|(_, text)| *text).with_context(|| {
        let country = id.split('-').next().unwrap_or_default();
        let ids = laws().iter().map(|(known, _)| *known);
        let near: Vec<&str> = ids.clone().filter(|known| known.split('-').next() == Some(country)).collect();
        match near[..] {
            [] => format!("there is no law {id:?}{}", nearest::hint(id, ids)),
            _ => format!("there is no law {id:?}, but {}", near.join(", ")),
        }
    })
}

/// A law of the catalogue.
pub(crate) fn law_of(id: &str) -> Result<Law> {
    toml::from_str(law_text(id)?).map_err(|error| anyhow!("{id}: {error}"))
}

/// The keys of a law that a document may hold: all but its name and sources.
pub(crate) fn law(id: &str) -> Result<Map<String, Value>> {
    let mut law: Map<String, Value> = toml::from_str(law_text(id)?).map_err(|error| anyhow!("{id}: {error}"))?;
    for key in ["id", "name", "date", "sources", "note", "unverified"] {
        law.remove(key);
    }
    Ok(law)
}

/// The answer that other programs read, with what proves it where that is asked for.
pub(crate) fn answer(election: &Election, certificate: bool) -> Answer {
    let answered = election.outcome().and_then(|outcome| answer_of(election, &outcome, certificate));
    answered.unwrap_or_else(|error| no_answer(election.id.clone(), &error))
}

/// The answer to an outcome.
pub(crate) fn answer_of(election: &Election, outcome: &Outcome, certificate: bool) -> Result<Answer, apportion::Error> {
    let answer = election.answer_of(outcome);
    Ok(if certificate { answer.with_certificate(election.certificate_of(outcome)?) } else { answer })
}

/// The answer that there is none.
pub(crate) fn no_answer(id: Option<String>, error: &impl ToString) -> Answer {
    Answer::error(id, error)
}

/// What an answer to one line comes to: its error, or whether it is as recorded.
pub(crate) fn verdict_on(answer: &Answer) -> Result<Option<bool>, &str> {
    match answer {
        Answer::Failed { error, .. } => Err(error),
        answer => Ok(answer.answered().and_then(|answered| answered.as_recorded)),
    }
}

/// Whether an answer leaves a tie open, or ends in several ways.
pub(crate) fn has_ties(answer: &Answer) -> bool {
    answer.answered().is_some_and(|answered| !answered.ties.is_empty() || !answered.ways.is_empty())
}

/// The election's name and date; empty where it has none.
pub(crate) fn title(election: &Election) -> String {
    let title = [election.name.as_deref(), election.date.as_deref()];
    title.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The law in words, a paragraph a tier, with the number of places before it.
pub(crate) fn law_in_words(election: &Election, outcome: &Outcome) -> Vec<String> {
    let (regions, districts) = (outcome.regions().count() as u64, outcome.districts().count() as u64);
    let places: Vec<String> = [(districts, "district", "districts"), (regions, "region", "regions")]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    let mut lines: Vec<String> = election.rule.to_string().lines().map(String::from).collect();
    if !places.is_empty() {
        let seats = counted(outcome.total_seats(), "seat", "seats");
        lines.insert(0, format!("{seats} in {}", places.join(" and ")));
    }
    lines
}

/// The methods of the election's law, in words.
pub(crate) fn method_in_words(election: &Election) -> String {
    let mut methods: Vec<String> = election.rule.tiers().iter().map(|tier| tier.method.to_string()).collect();
    methods.dedup();
    methods.join(", then ")
}

/// Whether a tie is open, or the law ends in several ways.
pub(crate) fn is_tied(outcome: &Outcome) -> bool {
    !outcome.ties().is_empty() || !outcome.ways().is_empty()
}

/// The race for the last seat, and the closest district, as sentences.
pub(crate) fn races(outcome: &Outcome) -> Vec<String> {
    let explanation = outcome.explain();
    [explanation.last_seat(), explanation.closest_district()].into_iter().flatten().collect()
}

/// Where an outcome and the record differ, as a sentence.
pub(crate) fn difference(election: &Election, outcome: &Outcome) -> String {
    let recorded = &election.recorded;
    let mut differing = Vec::new();
    for (name, &seats) in in_order(outcome.parties(), &recorded.nation) {
        let certain = outcome.certain(name).unwrap_or(0);
        if certain != seats {
            differing.push(format!("{name} {certain}, officially {seats}"));
        }
    }
    for place in outcome.places() {
        let Some(recorded) = recorded.places.get(place.name()) else { continue };
        for (name, &seats) in in_order(place.parties(), recorded) {
            let certain = place.certain(name).unwrap_or(0);
            if certain != seats {
                differing.push(format!("{name} in {} {certain}, officially {seats}", place.name()));
            }
        }
    }
    format!("Differs from the official result: {}.", differing.join("; "))
}

/// Seats on record in the order of the parties, then those of names that are no party.
fn in_order<'a>(
    parties: &'a [PartyOutcome],
    recorded: &'a BTreeMap<String, u64>,
) -> impl Iterator<Item = (&'a str, &'a u64)> {
    let known = parties.iter().filter_map(|party| Some((party.name(), recorded.get(party.name())?)));
    let others = recorded.iter().filter(|(name, _)| !parties.iter().any(|party| party.name() == name.as_str()));
    known.chain(others.map(|(name, seats)| (name.as_str(), seats)))
}

/// The law by another method in every tier, or in the one of this name, all else as it is.
pub(crate) fn by_another(election: &Election, method: &AllocationMethod, tier: Option<&str>) -> Result<Rule> {
    let Value::Object(mut document) = serde_json::to_value(&election.rule)? else { bail!("a law has keys") };
    let method = serde_json::to_value(method)?;
    if let Some(rule) = document.get_mut("rule") {
        rule["method"] = method.clone();
    }
    let tables = document.get_mut("tiers").and_then(Value::as_array_mut);
    for (title, table) in tiers(election).iter().zip(tables.into_iter().flatten()) {
        if tier.is_none_or(|wanted| wanted == title) {
            table["method"] = method.clone();
        }
    }
    Ok(serde_json::from_value(Value::Object(document))?)
}

/// The titles of the law's tiers: their names, or their numbers from 1.
pub(crate) fn tiers(election: &Election) -> Vec<String> {
    election.rule.tiers().iter().enumerate().map(|(index, tier)| tier.title(index)).collect()
}

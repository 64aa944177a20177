//! Who gets how many seats, with everything that a page says first.

use std::collections::BTreeMap;

use apportion::insight::{ClaimedSeats, Indices, Verdict};
use apportion::rule::Record;
use apportion::{Election, Outcome, PartyOutcome};
use serde_json::{Value, json};

use super::line::Line;
use super::{Answer, document, places, steps, ties};
use crate::numbers::{count, percent, points};

/// The whole result.
pub(super) fn result(election: &Election) -> Answer {
    let outcome = election.outcome()?;
    let (base, whole) = outcome.whole();
    let explained = outcome.explain();
    let national = explained.steps().filter(|step| step.place().is_none()).map(|step| steps::of(&step));
    Ok(json!({
        "document": document::written(election)?,
        "headline": outcome.headline(),
        "seats": outcome.total_seats(),
        "majority": majority(election, &outcome),
        "whole": { "votes": count(whole), "of": base.to_string() },
        "law": law_in_words(election),
        "method": methods(election),
        "parties": parties(election, &outcome),
        "tiers": tiers(&outcome),
        "steps": national.collect::<Vec<_>>(),
        "ties": ties::open(election, &outcome)?,
        "results": ties::results(&outcome),
        "settled": outcome.settled().iter().map(|settled| json!({
            "by": settled.by.to_string(), "parties": settled.parties, "among": settled.among,
        })).collect::<Vec<_>>(),
        "vacant": outcome.vacant(),
        "verified": verdict(outcome.verify(&election.rule, &election.count).ok().as_ref()),
        "recorded": election.as_recorded(&outcome),
        "differences": differences(election, &outcome),
        "indices": indices(&outcome),
        "places": places::all(election, &outcome),
        "warnings": outcome.warnings().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "text": outcome.to_string(),
    }))
}

/// The law in words, a line a tier.
pub(super) fn law_in_words(election: &Election) -> Vec<String> {
    election.rule.to_string().lines().map(String::from).collect()
}

fn methods(election: &Election) -> Vec<String> {
    let mut methods: Vec<String> = election.rule.tiers().iter().map(|tier| tier.method.to_string()).collect();
    methods.dedup();
    methods
}

/// The majority of the house: of the one that the document names, or of the whole that a law of tiers or districts gives out.
fn majority(election: &Election, outcome: &Outcome) -> Option<Value> {
    let whole = outcome.tiers().len() > 1 || !outcome.places().is_empty();
    let house = election.house.or_else(|| whole.then(|| outcome.total_seats()))?;
    Some(json!({ "house": house, "needed": house / 2 + 1 }))
}

fn parties(election: &Election, outcome: &Outcome) -> Vec<Value> {
    let (_, whole) = outcome.whole();
    let house = outcome.total_seats();
    let lines = lines(outcome);
    let party = |(at, party): (usize, &PartyOutcome)| {
        let (name, votes, seats) = (party.name(), u128::from(party.votes()), party.certain());
        let look = election.looks.get(name);
        let by_tier = outcome.tiers().iter().map(|tier| tier.seats().get(at).copied().unwrap_or(0));
        let by_tier: Vec<i64> = by_tier.map(|seats| i64::try_from(seats).unwrap_or(i64::MAX)).collect();
        let line = lines.get(&at);
        json!({
            "name": name,
            "short": look.and_then(|look| look.short.as_deref()),
            "colour": look.and_then(|look| look.colour.as_deref()),
            "order": look.and_then(|look| look.order),
            "votes": party.votes(),
            "share": line.and_then(|line| line["share"].as_str().map(String::from)).or_else(|| percent(votes, whole, 1)),
            "seats": seats,
            "most": outcome.possible(name),
            "share_of_seats": percent(seats.into(), house.into(), 1),
            "difference": points(seats.into(), house.into(), votes, whole),
            "admitted": party.is_admitted(),
            "reason": party.admission().shortfall().map(ToString::to_string),
            "line": line,
            "tiers": by_tier,
        })
    };
    outcome.parties().iter().enumerate().map(party).collect()
}

/// Where each party stood beside the threshold of the nation.
fn lines(outcome: &Outcome) -> BTreeMap<usize, Value> {
    let mut lines = BTreeMap::new();
    for record in outcome.trace().records() {
        let Record::Admission(record) = record else { continue };
        if record.place.index() > 0 {
            continue;
        }
        for (party, comparisons) in record.parties.iter().zip(&record.comparisons) {
            if let [comparison] = &comparisons[..] {
                if let Some(line) = Line::of(&comparison.sides, comparison.met) {
                    lines.insert(party.index(), line.to_json());
                }
            }
        }
    }
    lines
}

fn tiers(outcome: &Outcome) -> Vec<Value> {
    let tier = |tier: &apportion::TierOutcome| {
        let seats: i128 = tier.seats().iter().sum();
        let idle: Vec<String> = tier.idle().iter().map(ToString::to_string).collect();
        let seats = i64::try_from(seats).unwrap_or(i64::MAX);
        json!({ "name": tier.name(), "level": tier.level().to_string(), "seats": seats, "idle": idle })
    };
    outcome.tiers().iter().map(tier).collect()
}

fn verdict(verdict: Option<&Verdict>) -> Option<&'static str> {
    Some(match verdict? {
        Verdict::Correct => "correct",
        Verdict::Tied { .. } => "tied",
        _ => "wrong",
    })
}

/// Where seats on record are others: in the nation, and in places.
fn differences(election: &Election, outcome: &Outcome) -> Vec<Value> {
    let national = election.recorded.nation.iter().map(|(name, &seats)| (None, name, seats, outcome.certain(name)));
    let in_places = election.recorded.places.iter().flat_map(|(place, recorded)| {
        let held = move |name: &str| outcome.at(place).and_then(|place| place.certain(name));
        recorded.iter().map(move |(name, &seats)| (Some(place.as_str()), name, seats, held(name)))
    });
    let differs = national.chain(in_places).filter(|(.., seats, held)| held.unwrap_or(0) != *seats);
    differs
        .map(|(place, name, recorded, held)| json!({ "place": place, "name": name, "recorded": recorded, "seats": held }))
        .collect()
}

fn indices(outcome: &Outcome) -> Option<Value> {
    let indices = Indices::of(outcome).ok()?;
    Some(json!({
        "gallagher": indices.gallagher(),
        "loosemore_hanby": indices.loosemore_hanby().to_f64(),
        "effective_parties_by_votes": indices.effective_parties_by_votes().to_f64(),
        "effective_parties_by_seats": indices.effective_parties_by_seats().to_f64(),
        "without_seats": indices.wasted_votes().to_f64(),
    }))
}

/// Whether these are the right seats, who is not named having none.
pub(super) fn verify(election: &Election, seats: &BTreeMap<String, u64>) -> Answer {
    let outcome = election.outcome()?;
    let of = |party: &PartyOutcome| seats.get(party.name()).copied().unwrap_or(0);
    let claim: ClaimedSeats = outcome.parties().iter().map(of).collect::<Vec<_>>().into();
    let found = apportion::insight::verify(&election.rule, &election.count, claim)?;
    let objections: Vec<String> = match &found {
        Verdict::Wrong(objections) => objections.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    Ok(json!({ "verdict": verdict(Some(&found)), "objections": objections }))
}

//! What the law decided, step by step, with its numbers.

use apportion::Election;
use apportion::insight::{Averages, Claim, Quotas, Step, Table};
use serde_json::{Value, json};

use super::{Answer, Refusal};
use crate::numbers::count;

/// The steps of the nation, or of one place.
pub(super) fn told(election: &Election, place: Option<&str>) -> Answer {
    let outcome = election.outcome()?;
    let all = outcome.explain();
    let explained = match place {
        None => Some(all),
        Some(place) => all.at(place),
    };
    let Some(explained) = explained else {
        return Err(Refusal::new("place", format!("there is no place {:?}", place.unwrap_or_default())));
    };
    let steps: Vec<Value> = explained.steps().map(|step| of(&step)).collect();
    Ok(json!({ "place": place, "steps": steps, "text": explained.with_law(&election.rule).to_string() }))
}

/// One step: in sentences, in tables, and as numbers where a quota or divisors decided.
pub(super) fn of(step: &Step<'_>) -> Value {
    json!({
        "tier": step.tier(),
        "place": step.place(),
        "sentences": step.sentences(),
        "tables": step.tables().iter().map(table).collect::<Vec<_>>(),
        "quotas": step.quotas().as_ref().map(quotas),
        "averages": step.averages().as_ref().map(averages),
    })
}

fn table(table: &Table) -> Value {
    json!({ "title": table.title(), "headings": table.headings(), "rows": table.rows() })
}

fn quotas(quotas: &Quotas) -> Value {
    let shares = quotas.by_left_over().into_iter().map(|share| {
        json!({
            "party": share.party,
            "votes": share.votes,
            "quotas": share.quotas,
            "full": share.full,
            "left_over": share.left_over,
            "rank": share.rank,
            "seats": share.seats,
            "tied": share.is_tied,
        })
    });
    json!({
        "name": quotas.name,
        "votes": quotas.votes,
        "divisor": count(quotas.divisor),
        "cost": quotas.cost,
        "rounded": quotas.rounded,
        "left": i64::try_from(quotas.left).unwrap_or(i64::MAX),
        "shares": shares.collect::<Vec<_>>(),
    })
}

fn averages(averages: &Averages) -> Value {
    let cut = &averages.cut;
    json!({
        "divisors": averages.divisors.to_string(),
        "seats": averages.seats,
        "claims": averages.claims().into_iter().map(claim).collect::<Vec<_>>(),
        "last": cut.last.as_ref().map(claim),
        "next": cut.next.as_ref().map(claim),
        "nearest": averages.nearest().map(claim),
        "above": cut.above,
        "up_to": cut.up_to,
        "round": cut.round,
    })
}

pub(super) fn claim(claim: &Claim) -> Value {
    json!({
        "party": claim.party,
        "seat": claim.seat,
        "claim": claim.quotient.to_string(),
        "sum": claim.sum,
        "won": claim.won,
        "votes_short": claim.votes_short.map(count),
    })
}

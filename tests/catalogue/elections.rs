//! The elections on record, and documents that put a law of the catalogue in the place of an election's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use apportion::Law;
use serde::Deserialize;
use serde_json::Value;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");

const FILES: [&str; 7] =
    ["elections", "districts", "tiers", "placing", "laws/one-place", "laws/several-places", "laws/biproportional"];

/// Which elections come out by which law, as `reproduced.toml` says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reproduced {
    pub(crate) elections: BTreeMap<String, Vec<String>>,
    pub(crate) seats: Vec<TierSeats>,
    pub(crate) without: Vec<Reason>,
}

/// Seats of a tier that are the election's, not the law's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TierSeats {
    election: String,
    tier: String,
    seats: u64,
    why: String,
}

/// Why laws have no election.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    pub(crate) why: String,
    pub(crate) laws: Vec<String>,
}

impl Reproduced {
    pub(crate) fn read() -> Self {
        toml::from_str(&fs::read_to_string(format!("{DATA}/laws/reproduced.toml")).unwrap()).unwrap()
    }
}

/// Every law by id, as its document.
pub(crate) fn laws() -> BTreeMap<String, Value> {
    let read = |(id, text): &(&str, &str)| {
        let law: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{id}: {error}"));
        ((*id).to_owned(), serde_json::to_value(law).unwrap())
    };
    Law::CATALOGUE.iter().map(read).collect()
}

fn elections() -> Vec<Value> {
    let lines = |file: &str| fs::read_to_string(format!("{DATA}/{file}.jsonl")).unwrap();
    let read =
        |file: &str| -> Vec<Value> { lines(file).lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
    FILES.into_iter().flat_map(read).collect()
}

/// The ids of all elections.
pub(crate) fn ids() -> BTreeSet<String> {
    elections().iter().map(|election| election["id"].as_str().unwrap().to_owned()).collect()
}

/// Every law with each of its elections, whose own rule or tiers give way to those of the law.
pub(crate) fn by_law() -> Vec<(String, Value)> {
    let (reproduced, laws, elections) = (Reproduced::read(), laws(), elections());
    let mut pairs = Vec::new();
    for (id, held) in &reproduced.elections {
        let law = &laws[id];
        for name in held {
            // Totals of an election and its districts may share an id: the law's form says which are meant.
            let fits = |one: &&Value| one["id"] == *name && one.get("tiers").is_some() == law.get("tiers").is_some();
            let election = elections.iter().find(fits).unwrap_or_else(|| panic!("{id}: no {name} of its form"));
            pairs.push((id.clone(), under(law, election, &reproduced.seats)));
        }
    }
    pairs
}

/// The election under the law.
fn under(law: &Value, election: &Value, seats: &[TierSeats]) -> Value {
    let mut document = election.clone();
    let fields = document.as_object_mut().unwrap();
    let own = fields.remove("tiers");
    fields.remove("rule");
    if let Some(rule) = law.get("rule") {
        fields.insert("rule".into(), rule.clone());
        return document;
    }
    let mut tiers = law["tiers"].clone();
    for (at, tier) in tiers.as_array_mut().unwrap().iter_mut().enumerate() {
        // A law leaves open what differs from election to election.
        let open = own.as_ref().and_then(|own| own[at].get("seats"));
        if let (None, Some(open)) = (tier.get("seats"), open) {
            tier["seats"] = open.clone();
        }
        let special = seats.iter().find(|seats| election["id"] == seats.election && tier["name"] == seats.tier);
        if let Some(TierSeats { seats, why, .. }) = special {
            assert!(why.ends_with('.') && tier["seats"] != *seats);
            tier["seats"] = (*seats).into();
        }
    }
    fields.insert("tiers".into(), tiers);
    document
}

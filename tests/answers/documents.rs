//! The documents that are answered: those of `tests/data`, and such with words of other laws put into theirs.

use std::collections::BTreeMap;
use std::fs;

use apportion::{Count, Election, Rule};
use serde_json::{Map, Value, json};

use super::numbers::Numbers;
use super::{random, tiers};

const FILES: [&str; 10] = [
    "cases",
    "elections",
    "districts",
    "tiers",
    "tiers-random",
    "placing",
    "biproportional",
    "laws/one-place",
    "laws/several-places",
    "laws/biproportional",
];

/// How many documents are changed.
const CHANGED: u64 = 1_500;

/// How many random laws there are of one tier, and of several.
const RANDOM: u64 = 700;

/// A document as text, by the name of its line in `answers.txt`.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// All of them.
pub(crate) fn all() -> Vec<Document> {
    let data: Vec<(String, Value)> = FILES.into_iter().flat_map(of_file).collect();
    let words = Words::of(data.iter().map(|(_, document)| document));
    let of = |fits: fn(&str, usize) -> bool| -> Vec<&Value> {
        data.iter().filter(|(name, one)| fits(name, one.to_string().len())).map(|(_, one)| one).collect()
    };
    let small = of(|_, length| length < 2_500);
    let placing = of(|name, length| name.starts_with("placing") && length < 15_000);
    let changed = (0..CHANGED).map(|seed| {
        let mut n = Numbers(seed);
        let list = if n.one_in(8) { &placing } else { &small };
        let mut document = n.pick(list).clone();
        words.put_into(&mut document, &mut n);
        (format!("changed-{seed}"), document)
    });
    let changed: Vec<(String, Value)> = changed.collect();
    let all = data.into_iter().chain(changed).chain((0..RANDOM).flat_map(random));
    all.map(|(name, document)| Document { name, text: in_order(document).to_string() }).collect()
}

/// A document with its keys in the order of the alphabet: whether they keep that of their file is for another package of the
/// same build to say, by a feature of serde_json.
fn in_order(document: Value) -> Value {
    match document {
        Value::Object(map) => {
            let sorted: BTreeMap<String, Value> = map.into_iter().map(|(key, value)| (key, in_order(value))).collect();
            sorted.into_iter().collect()
        }
        Value::Array(list) => list.into_iter().map(in_order).collect(),
        plain => plain,
    }
}

/// The laws of a seed, of one tier and of several.
fn random(seed: u64) -> [(String, Value); 2] {
    let law = random::law(seed, random::Words::ALL);
    let mut n = Numbers(seed);
    let count = tiers::count(&mut n);
    let of_tiers = tiers::law(&mut n, count.regions().count() > 0);
    let written = |rule: Rule, count: Count| serde_json::to_value(Election::of_count(rule, count)).unwrap();
    [
        (format!("one-tier-{seed}"), written(law.rule(), law.count())),
        (format!("tiers-{seed}"), written(of_tiers, count)),
    ]
}

/// The documents of a file; some stand beside what is expected of them.
fn of_file(file: &str) -> Vec<(String, Value)> {
    let text = fs::read_to_string(format!("{}/tests/data/{file}.jsonl", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let read = |(at, line): (usize, &str)| {
        let line: Value = serde_json::from_str(line).unwrap();
        (format!("{file}-{}", at + 1), in_order(line.get("document").unwrap_or(&line).clone()))
    };
    text.lines().enumerate().map(read).collect()
}

/// What laws say, by key: `threshold`, `place`, …; and what hardly any does.
struct Words {
    usual: BTreeMap<String, Vec<Value>>,
    rare: BTreeMap<String, Vec<Value>>,
}

impl Words {
    /// Those of these documents.
    fn of<'d>(documents: impl Iterator<Item = &'d Value>) -> Self {
        let mut usual: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (key, value) in documents.flat_map(laws).flatten() {
            let known = usual.entry(key.clone()).or_default();
            if !["name", "seats"].contains(&key.as_str()) && !known.contains(value) {
                known.push(value.clone());
            }
        }
        usual.retain(|_, values| !values.is_empty());
        Self { usual, rare: serde_json::from_value(rare()).unwrap() }
    }

    /// Puts some words into the document's law, and other figures into its count.
    fn put_into(&self, document: &mut Value, n: &mut Numbers) {
        let tiers = match document.get_mut("tiers") {
            Some(tiers) => tiers.as_array_mut().unwrap().iter_mut().collect(),
            None => vec![&mut document["rule"]],
        };
        for tier in tiers {
            for _ in 0..n.below(4) {
                let words = if n.one_in(2) { &self.rare } else { &self.usual };
                let (key, values) = n.pick(&words.iter().collect::<Vec<_>>());
                tier[key.as_str()] = n.pick(values);
            }
        }
        if n.one_in(2) {
            let most = n.pick(&[4, 12, 12, 100, 1_000, 1 << 60]);
            votes_below(document, most, n);
        }
        if n.one_in(3) {
            some_of_each(document, n);
        }
        if n.one_in(4) {
            document["tally"] = n.pick(&[
                json!({ "other": 2, "blank": 3 }),
                json!({ "invalid": 1, "registered": 100_000 }),
                json!({ "cast": 1_000, "against_all": 1 }),
            ]);
        }
        if n.one_in(6) {
            let names: Vec<Value> = parties(document).iter().take(3).map(|party| party["name"].clone()).collect();
            document["alliances"] = if n.one_in(2) { json!([names]) } else { json!([{ "members": names, "min": 2 }]) };
        }
    }
}

/// The rule of a document, or its tiers.
fn laws(document: &Value) -> Vec<&Map<String, Value>> {
    match document.get("tiers").and_then(Value::as_array) {
        Some(tiers) => tiers.iter().filter_map(Value::as_object).collect(),
        None => document["rule"].as_object().into_iter().collect(),
    }
}

/// Every party of the nation and of each district.
fn parties(document: &mut Value) -> Vec<&mut Value> {
    let mut all = Vec::new();
    for (key, value) in document.as_object_mut().unwrap() {
        match (key.as_str(), value) {
            ("parties", Value::Array(parties)) => all.extend(parties),
            ("districts", Value::Array(districts)) => {
                let inner = districts.iter_mut().filter_map(|district| district.get_mut("parties")?.as_array_mut());
                all.extend(inner.flatten());
            }
            _ => {}
        }
    }
    all
}

/// Few votes tie, and floats cannot tell many apart.
fn votes_below(document: &mut Value, most: u64, n: &mut Numbers) {
    for party in parties(document).into_iter().filter(|party| party.get("votes").is_some()) {
        party["votes"] = n.below(most).into();
    }
}

/// Some parties get a word beside their votes.
fn some_of_each(document: &mut Value, n: &mut Numbers) {
    let key = n.pick(&["min", "max", "held", "direct_seats", "members", "minority"]);
    for party in parties(document) {
        if n.one_in(3) {
            party[key] = if key == "minority" { true.into() } else { (1 + n.below(3)).into() };
        }
    }
}

/// Words that the laws of the data do not say, or hardly.
fn rare() -> Value {
    json!({
        "article": ["article 7"],
        "threshold": [
            { "units": 1, "in": "district", "pass": "20%" },
            { "units": "all", "in": "district", "pass": { "votes": 2 } },
            { "any": ["60%", { "units": 2, "in": "district", "pass": { "quota": "hare", "times": "1/2" } }] },
            { "by_members": { "1": "10%", "2": "30%" } },
            { "all": [{ "votes": 3 }, { "votes": 4, "strict": true, "at": "nation" }] },
            { "any": ["30%", { "direct_seats": 1 }, { "seats": 1 }] },
            { "minority": true },
            { "share": "30%", "at": "any-district" },
            { "share": "5%", "of": "registered" },
            { "share": "5%", "of": "cast" },
        ],
        "admit_at_least": [1, 3, { "parties": 2, "weight": "7/10", "min": 2 }],
        "admitted_share": [{ "share": "60%", "of": "cast" }, { "share": "80%", "of": "valid" }],
        "none_passes": ["all"],
        "quota_base": ["valid-and-blank", "party-votes", "cast"],
        "tie_break": [{ "drawn": ["B", "A"] }, ["fewest-votes", "list-order"]],
        "spare_votes": [true],
        "bonus": [3, { "seats": 2, "from": "25%", "step": "0.5%", "most": 5 }, { "seats": 2, "from": "90%" }],
        "cap": [{ "points": "8%" }, { "points": "2%", "house": 9 }, { "points": "0%", "most": 2 }],
        "absolute_majority": [{ "drawn": ["A", "B"] }],
        "alliance_method": ["sainte-lague", "hare"],
        "seats_by": [{ "method": "hare", "of": "population", "min": 2 }, { "method": "dhondt", "of": "cast" }],
        "link": [{ "house": 12, "share": "1/2", "of": "valid" }],
        "overhang": [{ "level": { "of": "first", "by": "target" } }],
        "at": ["region"],
        "method": [
            { "stages": [{ "whole_quotas": { "quota": "hare" } }, { "largest_remainders": {}, "total": 1 }, { "highest_averages": "dhondt" }] },
            { "stages": [{ "whole_quotas": { "quota": "droop" } }, { "largest_remainders": {}, "only": { "share": "10%" } }, { "most_votes": {} }] },
            { "quota_method": "balinski-young" },
            { "biproportional": { "divisor": "sainte-lague", "voters": "rounded" } },
        ],
    })
}

//! `docs/laws.md`: the catalogue as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::elections::{Reproduced, laws};
use crate::words::{method, threshold};

pub(crate) const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/laws.md");

const HEAD: &str = "\
# The catalogue of laws

Every row is a file of `laws/`, named by its id: its rule, its date, its sources, and a note on what it leaves out. Laws move:
the date is that of the statute or of an election held under it, not of today.

- **Method**: how votes become seats; laws of several tiers say each in turn.
- **Threshold**: who takes part.
- **Read**: whether a source that states the rule was read: the statute, or an account of it. Where none was
  (`unverified = true` in the file) the rule is as it is generally described, or what the official results show.
- **Comes out**: elections whose official seats the tests obtain by this law, by the ids in `tests/data`.
  Why the others have none is said in `tests/data/laws/reproduced.toml`.

Sources at `te.gob.mx/vota_elections` are VOTA, the Venice Commission's database of electoral laws and opinions.

";

/// Whose seats a law gives out: the country, or the body where it is of none.
pub(crate) fn body(law: &Value) -> String {
    law["name"].as_str().unwrap().split(',').next().unwrap().to_owned()
}

/// The whole page.
pub(crate) fn table() -> String {
    let (laws, reproduced) = (laws(), Reproduced::read());
    let countries: std::collections::BTreeSet<String> = laws.values().map(body).collect();
    let mut page = HEAD.to_owned();
    let read = laws.values().filter(|law| law.get("unverified").is_none()).count();
    let held: usize = reproduced.elections.values().map(Vec::len).sum();
    writeln!(
        page,
        "{} laws of {} countries and bodies; of {read} a source was read; {} of them give the official seats of {held} \
         elections.\n",
        laws.len(),
        countries.len(),
        reproduced.elections.len()
    )
    .unwrap();
    page += "| id | whose seats | date | seats | method | threshold | read | comes out |\n";
    page += "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (id, law) in &laws {
        page += &row(id, law, &reproduced.elections);
    }
    page
}

fn row(id: &str, law: &Value, elections: &BTreeMap<String, Vec<String>>) -> String {
    let cells = [
        format!("`{id}`"),
        law["name"].as_str().unwrap().to_owned(),
        law["date"].as_str().unwrap().to_owned(),
        law.get("seats").map(Value::to_string).unwrap_or_default(),
        how(law),
        who(law),
        if law.get("unverified").is_some() { "no".into() } else { "yes".into() },
        elections.get(id).map(|held| listed(held)).unwrap_or_default(),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// The elections, of many only the first and how many more.
fn listed(held: &[String]) -> String {
    match held {
        [first, _, _, rest @ ..] if !rest.is_empty() => format!("{first} and {} more", held.len() - 1),
        few => few.join(", "),
    }
}

fn how(law: &Value) -> String {
    let Some(tiers) = law.get("tiers").and_then(Value::as_array) else {
        return method(&law["rule"]["method"]) + &besides(&law["rule"]);
    };
    let tier = |(at, tier): (usize, &Value)| {
        let name = tier.get("name").and_then(Value::as_str).map(|name| format!("{name}: ")).unwrap_or_default();
        let kind = match tier.get("kind").and_then(Value::as_str) {
            None => "",
            Some("top-up") => ", topped up to the share of the whole",
            Some("continue") => ", going on from the seats held",
            Some("linked") => ", half of the gap to the share of the whole",
            Some(other) => panic!("{other} has no words yet"),
        };
        let provisional = if tier.get("provisional").is_some() { ", to compare with" } else { "" };
        let place = if tier.get("place").is_some() { ", placed in smaller units" } else { "" };
        let number = if tiers.len() > 1 { format!("{}. ", at + 1) } else { String::new() };
        format!("{number}{name}{}{kind}{provisional}{place}", method(&tier["method"]))
    };
    tiers.iter().enumerate().map(tier).collect::<Vec<_>>().join("; ")
}

/// What a rule does beside its method.
fn besides(rule: &Value) -> String {
    let words = [
        ("bonus", "a bonus"),
        ("cap", "a cap"),
        ("admit_at_least", "a second list at least"),
        ("admitted_share", "more lists until enough votes are represented"),
        ("absolute_majority", "a majority of seats for a majority of votes"),
    ];
    words.iter().filter(|(key, _)| rule.get(*key).is_some()).map(|(_, words)| format!("; {words}")).collect()
}

/// The thresholds of the rule or of the tiers, each once.
fn who(law: &Value) -> String {
    let rules: Vec<&Value> = match law.get("tiers").and_then(Value::as_array) {
        Some(tiers) => tiers.iter().collect(),
        None => vec![&law["rule"]],
    };
    let mut all: Vec<String> = Vec::new();
    for words in rules.iter().filter_map(|rule| rule.get("threshold")).map(threshold) {
        if !all.contains(&words) {
            all.push(words);
        }
    }
    all.join("; ")
}

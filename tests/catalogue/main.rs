//! The catalogue of laws, tried on the elections held under them.

mod elections;
mod mutations;
mod table;
mod words;

use std::collections::BTreeSet;

use apportion::{Election, Law, Outcome};
use serde_json::Value;

use elections::{Reproduced, by_law, ids, laws};

#[test]
fn every_law_can_be_read_and_has_a_date_and_a_source() {
    assert!(Law::CATALOGUE.len() >= 140);
    let mut failed = Vec::new();
    for (id, text) in Law::CATALOGUE {
        match toml::from_str::<Law>(text) {
            Err(error) => failed.push(format!("{id}: {error}")),
            Ok(law) if law.date.is_empty() || law.sources.is_empty() => failed.push(format!("{id}: no date or source")),
            Ok(_) => {}
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_law_bears_its_files_name_and_says_whose_seats_it_gives_out() {
    for (id, law) in laws() {
        assert_eq!(law["id"].as_str(), Some(id.as_str()));
        assert!(law["name"].as_str().unwrap().contains(' '), "{id}");
        let unverified = law.get("unverified");
        assert!(unverified.is_none_or(|unverified| unverified.as_bool() == Some(true)), "{id}: write only true");
    }
}

#[test]
fn a_law_whose_rule_nobody_read_says_so() {
    let unread = ["not consulted", "not found", "no source was read", "come out by it", "comes out by it"];
    for (id, law) in laws() {
        let sources: Vec<&str> = law["sources"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        if sources.iter().all(|source| unread.iter().any(|words| source.contains(words))) {
            assert!(law.get("unverified").is_some(), "{id} has no source that was read: {sources:?}");
        }
    }
}

#[test]
fn the_laws_are_those_of_a_hundred_countries_and_bodies() {
    let bodies: BTreeSet<String> = laws().values().map(table::body).collect();
    assert!(bodies.len() >= 100, "{}: {bodies:?}", bodies.len());
}

#[test]
fn every_law_has_its_elections_or_a_reason_why_not() {
    let Reproduced { elections, without, .. } = Reproduced::read();
    let (known, laws) = (ids(), laws());
    for (law, held) in &elections {
        assert!(laws.contains_key(law), "{law} is no law of the catalogue");
        assert!(!held.is_empty(), "{law} has an empty list");
        for election in held {
            assert!(known.contains(election), "{law}: there is no election {election}");
        }
    }
    let mut excused = BTreeSet::new();
    for reason in &without {
        assert!(reason.why.ends_with('.'), "{:?}", reason.why);
        for law in &reason.laws {
            assert!(laws.contains_key(law), "{law} is no law of the catalogue");
            assert!(!elections.contains_key(law), "{law} has elections");
            assert!(excused.insert(law), "{law} is excused twice");
        }
    }
    let silent: Vec<&String> =
        laws.keys().filter(|law| !elections.contains_key(*law) && !excused.contains(law)).collect();
    assert!(silent.is_empty(), "neither an election nor a reason: {silent:?}");
}

/// The election of a document, and its outcome.
fn held(document: &Value) -> Result<(Election, Outcome), String> {
    let election: Election = serde_json::from_value(document.clone()).map_err(|error| error.to_string())?;
    let outcome = election.outcome().map_err(|error| error.to_string())?;
    Ok((election, outcome))
}

#[test]
fn every_election_of_a_law_names_its_day_and_its_sources() {
    for (law, election) in by_law() {
        let known = election["sources"].as_array().is_some_and(|sources| !sources.is_empty());
        assert!(known && election["date"].is_string(), "{} by {law}", election["id"]);
    }
}

#[test]
fn the_official_seats_come_out_by_the_law_of_the_catalogue() {
    let mut failed = Vec::new();
    for (law, document) in by_law() {
        let differs = match held(&document) {
            Err(error) => error,
            Ok((election, outcome)) => match election.as_recorded(&outcome) {
                Some(true) => continue,
                recorded => format!("as recorded: {recorded:?}\n{outcome}"),
            },
        };
        failed.push(format!("{} by {law}: {differs}", document["id"]));
    }
    assert!(failed.is_empty(), "{} elections:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn a_seat_more_or_less_on_record_is_noticed() {
    let (mut changed, mut failed) = (0, Vec::new());
    for (law, document) in by_law() {
        let outcome = match held(&document) {
            Ok((_, outcome)) => outcome,
            Err(error) => {
                failed.push(format!("{} by {law}: {error}", document["id"]));
                continue;
            }
        };
        for (place, document) in mutations::of(&document) {
            let election: Election = serde_json::from_value(document).unwrap();
            changed += 1;
            if election.as_recorded(&outcome) != Some(false) {
                failed.push(format!("{:?} by {law}: {place} goes unnoticed", election.id));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {changed} changes:\n{}", failed.len(), failed.join("\n"));
    assert!(changed > 12_000, "only {changed} figures were changed");
}

#[test]
fn the_table_of_laws_is_up_to_date() {
    let written = std::fs::read_to_string(table::PATH).unwrap_or_default();
    assert!(
        written == table::table(),
        "docs/laws.md is not the table of laws: `cargo test --test catalogue write_the_table -- --ignored` writes it"
    );
}

#[test]
#[ignore = "writes docs/laws.md"]
fn write_the_table_of_laws() {
    std::fs::write(table::PATH, table::table()).unwrap();
}

//! Laws of several tiers, from a document to rows and status.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const LEVELLING: &str = include_str!("../examples/levelling.toml");

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_apportion"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(arguments: &[&str], input: &str) -> String {
    let ran = run(arguments, input);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

fn refused(arguments: &[&str], input: &str) -> String {
    let ran = run(arguments, input);
    assert_eq!((ran.status.code(), ran.stdout.len()), (Some(2), 0));
    String::from_utf8(ran.stderr).unwrap()
}

/// The rows of a CSV with a header, each as its cells.
fn rows(csv: &str) -> Vec<Vec<&str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

#[test]
fn rows_have_the_nation_then_every_place_with_the_seats_of_each_tier() {
    let csv = text(&["allocate", "-", "--format", "csv"], LEVELLING);
    assert!(csv.starts_with("level,place,party,votes,seats,admitted,tied,district seats,levelling seats\n"), "{csv}");
    let number = |cell: &str| cell.parse::<i64>().unwrap();
    let all = rows(&csv);
    for row in &all {
        assert_eq!(number(row[4]), number(row[7]) + number(row[8]), "{row:?}");
    }
    let sum = |level: &str, column: usize| -> i64 {
        all.iter().filter(|row| row[0] == level).map(|row| number(row[column])).sum()
    };
    for column in [4, 7, 8] {
        assert_eq!(sum("nation", column), sum("district", column));
    }
    assert_eq!((sum("nation", 4), sum("nation", 7), sum("nation", 8)), (15, 12, 3));
}

#[test]
fn every_place_has_a_table_where_they_are_asked_for() {
    let district =
        |number: u64| json!({"name": format!("D{number}"), "seats": 1, "parties": [{"name": "A", "votes": 1}]});
    let many =
        json!({"rule": {"method": "dhondt"}, "districts": (0..30).map(district).collect::<Vec<_>>()}).to_string();
    assert!(!text(&["allocate", "-"], &many).contains("D29"));
    assert!(text(&["allocate", "-", "--places"], &many).contains("\nD29: 1 seat\n"));
}

#[test]
fn a_place_is_explained_and_measured_by_its_name() {
    let coast = text(&["explain", "-", "--at", "Coast"], LEVELLING);
    assert!(coast.contains("Coast") && !coast.contains("Mountains"), "{coast}");
    let margins: Value =
        serde_json::from_str(&text(&["margins", "-", "--at", "Coast", "--format", "json"], LEVELLING)).unwrap();
    let more = margins["parties"][3]["one_more_by"].as_u64().unwrap();
    // So many votes more for the fourth party there do it, and one vote less does not.
    let seats = |more: u64| {
        let changed = LEVELLING.replacen("votes = 300", &format!("votes = {}", 300 + more), 1);
        let answer: Value = serde_json::from_str(&text(&["allocate", "-", "--json"], &changed)).unwrap();
        answer["districts"][0]["parties"][3]["seats"].as_u64().unwrap()
    };
    assert_eq!((seats(more), seats(more - 1)), (seats(0) + 1, seats(0)));
    for command in ["explain", "margins"] {
        let errors = refused(&[command, "-", "--at", "Cost"], LEVELLING);
        assert!(errors.contains(r#"did you mean "Coast"?"#), "{errors}");
    }
    let last = text(&["margins", "-", "--last-seats", "--format", "csv"], LEVELLING);
    let votes: Vec<u64> = rows(&last).iter().map(|row| row[1].parse().unwrap()).collect();
    assert!(votes.len() == 3 && votes.is_sorted(), "{last}");
}

/// The answer of `apportion margins`, as JSON.
fn margins(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&[&["margins", "-", "--format", "json"], arguments].concat(), LEVELLING)).unwrap()
}

#[test]
fn margins_say_where_votes_change_and_whose_seats_they_move() {
    let switch = &margins(&["--switch", "Meadow", "Forest", "--between", "Coast", "Mountains"])[0];
    let voters = switch["votes"].as_u64().unwrap();
    // So many voters who leave Meadow on the coast for Forest in the mountains do it, and one fewer does not.
    let seats = |voters: u64| {
        let coast = LEVELLING.replacen("votes = 2100", &format!("votes = {}", 2_100 - voters), 1);
        let both = coast.replacen("votes = 1100", &format!("votes = {}", 1_100 + voters), 1);
        let answer: Value = serde_json::from_str(&text(&["allocate", "-", "--json"], &both)).unwrap();
        answer["parties"][2]["seats"].as_u64().unwrap()
    };
    assert_eq!((seats(voters), seats(voters - 1)), (seats(0) + 1, seats(0)), "{switch}");

    let spread = margins(&["--spread", "Coast=2", "--spread", "Plain=1"]);
    assert_eq!(spread["parties"][0]["one_more_by"].as_u64().unwrap() % 3, 0);
    let evenly = margins(&["--spread", "evenly", "--or-tie"]);
    for party in evenly["parties"].as_array().unwrap() {
        let number = |key: &str| party[key].as_u64().unwrap_or(u64::MAX);
        assert!(number("tie_for_it_by") <= number("one_more_by"), "{party}");
        assert!(number("tie_over_it_by") <= number("one_fewer_by"), "{party}");
    }
    // Votes on the coast decide no district seat of the plain, but the house and where levelling seats go.
    let there = margins(&["--ballots-in", "Coast", "--seats-in", "Coast"]);
    assert_eq!(there, margins(&["--at", "Coast"]));
    assert_ne!(there, margins(&["--ballots-in", "Coast"]));
}

#[test]
fn voters_move_inside_an_alliance_where_there_is_one() {
    let document = r#"{"rule": {"method": "dhondt"}, "seats": 5, "alliances": [["B", "C"]], "parties":
        [{"name": "A", "votes": 420}, {"name": "B", "votes": 310}, {"name": "C", "votes": 270}]}"#;
    assert_eq!(
        text(&["margins", "-", "--allied"], document),
        "The closest change: 21 votes from B to C: C +1, B -1.\n"
    );
    let none = text(&["margins", "-", "--allied", "--or-tie"], LEVELLING);
    assert!(none.starts_with("No number of voters who move inside an alliance changes the result."), "{none}");
}

#[test]
fn margins_of_a_tie_name_everyone_whose_one_vote_settles_it() {
    let document = r#"{"rule": {"method": "dhondt"}, "seats": 7, "parties": [{"name": "Harbour", "votes": 4200},
        {"name": "Meadow", "votes": 3150}, {"name": "Forest", "votes": 1400}, {"name": "Hill", "votes": 700}]}"#;
    let tied = text(&["margins", "-"], document);
    assert_eq!(tied.lines().nth(1), Some("One vote more for Harbour or for Meadow settles the tie."), "{tied}");
    assert!(tied.contains("Meadow   3,150  2 or 3           +1       -1,471"), "{tied}");
    let decided = text(&["margins", "-"], &document.replace("4200", "4201"));
    assert_eq!(decided.lines().nth(1), Some(""), "{decided}");
}

#[test]
fn margins_refuse_places_and_numbers_that_are_not_there() {
    for (arguments, says) in [
        (&["--spread", "Cost=1"][..], r#"--spread names "Cost""#),
        (&["--spread", "Coast=0"], "with a number of ballots above zero"),
        (&["--spread", "Coast"], "PLACE=NUMBER"),
        (&["--seats-in", "Cost"], r#"did you mean "Coast"?"#),
        (&["--switch", "Meadow", "Forest", "--between", "Coast", "Pain"], r#"--between names "Pain""#),
        (&["--switch", "Meadow", "Meadow"], "Meadow"),
        (&["--between", "Coast", "Plain"], "--switch"),
    ] {
        let errors = refused(&[&["margins", "-"], arguments].concat(), LEVELLING);
        assert!(errors.contains(says), "{arguments:?}: {errors}");
    }
    let flat = r#"{"rule": {"method": "dhondt"}, "seats": 1, "parties": [{"name": "A", "votes": 1}]}"#;
    assert!(refused(&["margins", "-", "--spread", "evenly"], flat).contains("no districts"));
}

#[test]
fn a_law_that_asks_how_a_tie_ends_has_status_1_with_strict() {
    // A district of one seat, tied; the levelling seats depend on who has it.
    let tied = LEVELLING.replace("4200", "2100").replace("seats = 15", "seats = 10").replace("seats = 5", "seats = 1");
    let ran = run(&["allocate", "-", "--strict", "--json"], &tied);
    let answer: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(answer["ways"].as_array().map(Vec::len), Some(2), "{answer}");
    assert_eq!(ran.status.code(), Some(1));
    let line = serde_json::from_str::<Value>(&answer.to_string()).unwrap();
    assert_eq!(line["ties"][0]["place"], "Coast");
    assert_eq!(run(&["allocate", "-", "--json"], &tied).status.code(), Some(0));
}

#[test]
fn a_method_is_compared_in_every_tier_or_in_one() {
    let seats = |arguments: &[&str]| text(&[&["compare", "-", "--format", "csv"], arguments].concat(), LEVELLING);
    let every = seats(&["--by", "dhondt"]);
    let one = seats(&["--by", "dhondt", "--tier", "2"]);
    assert_eq!(one, seats(&["--by", "dhondt", "--tier", "levelling seats"]));
    let by_hand =
        LEVELLING.replace(r#"method = { divisor = "modified-sainte-lague", first = "7/5" }"#, r#"method = "dhondt""#);
    let expected = text(&["allocate", "-", "--format", "csv"], &by_hand);
    let nation: Vec<&str> = rows(&expected).iter().filter(|row| row[0] == "nation").map(|row| row[4]).collect();
    assert_eq!(rows(&every).iter().map(|row| row[3]).collect::<Vec<_>>(), nation);
    let errors = refused(&["compare", "-", "--tier", "leveling seats"], LEVELLING);
    assert!(errors.contains(r#"did you mean "levelling seats"?"#), "{errors}");
}

#[test]
fn what_would_replace_one_rule_is_refused_for_several_tiers() {
    for option in [["--method", "dhondt"], ["--threshold", "5%"]] {
        let errors = refused(&[&["allocate", "-"][..], &option].concat(), LEVELLING);
        assert!(errors.contains("say nothing of a law in several tiers"), "{errors}");
    }
}

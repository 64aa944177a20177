//! `apportion allocate` as a person or a program uses it.

use std::io::Write;
use std::process::{Command, Stdio};

struct Run {
    status: i32,
    out: String,
    errors: String,
}

fn run(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_apportion"))
        .arg("allocate")
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs it on a file of this name and content.
fn on_file(name: &str, content: &[u8], more: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, content).unwrap();
    let arguments = [&[file.to_str().unwrap()], more].concat();
    let mut ran = run(&arguments, b"");
    ran.errors = ran.errors.replace(file.to_str().unwrap(), name);
    ran
}

/// The error of unusable input: status 2, nothing printed as if it were a result.
fn refused(name: &str, content: &[u8], more: &[&str]) -> String {
    let ran = on_file(name, content, more);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.errors);
    assert!(ran.errors.starts_with(&format!("error: {name}: ")), "{}", ran.errors);
    ran.errors
}

const CSV: &[&str] = &["--method", "hare", "--seats", "10"];

#[test]
fn a_document_prints_as_a_table_with_its_record() {
    let ran = run(&["examples/elections/kz-2012.toml", "--check"], b"");
    assert_eq!(ran.status, 0, "{}", ran.errors);
    assert!(ran.out.contains("Nur Otan"), "{}", ran.out);
    assert!(ran.out.contains("Same as the official result."), "{}", ran.out);
    assert!(ran.out.lines().filter(|line| !line.starts_with("source: ")).all(|line| line.chars().count() <= 80));
}

#[test]
fn a_table_of_votes_needs_no_document() {
    let ten = "party,votes\nA,500\nB,300\nC,160\nD,40\nE,33\nF,20\nG,12\nH,9\nI,5\nJ,1\n";
    let ran =
        on_file("votes.csv", ten.as_bytes(), &["--method", "dhondt", "--seats", "10", "--threshold", "3%", "--json"]);
    assert_eq!(ran.status, 0, "{}", ran.errors);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let seats: Vec<u64> = answer["parties"].as_array().unwrap().iter().map(|p| p["seats"].as_u64().unwrap()).collect();
    assert_eq!(seats, [6, 3, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(answer["parties"][5]["admitted"], false);
}

#[test]
fn a_csv_as_spreadsheets_save_it_is_read() {
    let ran = on_file("votes.csv", "\u{feff}party,votes\r\n\"Smith, Jones\",60\r\nB,40\r\n".as_bytes(), CSV);
    assert_eq!(ran.status, 0, "{}", ran.errors);
    assert!(ran.out.contains("Smith, Jones"), "{}", ran.out);
}

#[test]
fn standard_input_and_overrides_work() {
    let document = r#"{"seats": 1, "rule": {"method": "hare"}, "parties": [{"name": "A", "votes": 2}, {"name": "B", "votes": 1}]}"#;
    let ran = run(
        &["-", "--seats", "3", "--method", "{ divisor = \"modified-sainte-lague\", first = \"7/5\" }"],
        document.as_bytes(),
    );
    assert_eq!(ran.status, 0, "{}", ran.errors);
    assert!(ran.out.contains("3 seats by modified Sainte-Laguë (first divisor 7/5)"), "{}", ran.out);
}

#[test]
fn check_ends_with_status_1_if_a_seat_differs() {
    let document = r#"{"seats": 3, "rule": {"method": "hare"}, "parties": [{"name": "A", "votes": 2, "seats": 1}, {"name": "B", "votes": 1, "seats": 2}]}"#;
    let ran = on_file("e.json", document.as_bytes(), &["--check"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("Differs from the official result: A 2, officially 1; B 1, officially 2."), "{}", ran.out);
    assert_eq!(on_file("e.json", document.as_bytes(), &[]).status, 0);
    let unrecorded = document.replace(", \"seats\": 2}", "}").replace(", \"seats\": 1}", "}");
    assert!(on_file("e.json", unrecorded.as_bytes(), &["--check"]).errors.contains("--check needs seats on record"));
}

#[test]
fn lines_are_answered_in_order_whatever_they_hold() {
    let good = r#"{"id":"a","seats":1,"rule":{"method":"hare"},"parties":[{"name":"A","votes":2}]}"#;
    let bad_rule = r#"{"id":"b","seats":1,"rule":{"method":"hair"},"parties":[{"name":"A","votes":2}]}"#;
    let lines = [good.as_bytes(), b"", b"nonsense", b"\xff\xfe", bad_rule.as_bytes(), good.as_bytes()].join(&b'\n');
    let ran = on_file("e.jsonl", &lines, &["--jsonl"]);
    assert_eq!(ran.status, 2);
    let answers: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 6);
    assert_eq!(answers[0]["parties"][0]["seats"], 1);
    assert_eq!(answers[1]["error"], "the line is empty");
    assert!(answers[2]["error"].as_str().unwrap().starts_with("expected"), "{}", answers[2]);
    assert_eq!(answers[3]["error"], "the line is not UTF-8");
    assert_eq!(answers[4]["id"], "b");
    assert!(answers[4]["error"].as_str().unwrap().contains("rule.method: the method \"hair\" is none of"));
    assert_eq!(answers[5], answers[0]);
    assert!(ran.errors.contains("4 of 6 lines could not be answered, the first is line 2"), "{}", ran.errors);
    assert_eq!(on_file("e.jsonl", good.as_bytes(), &["--jsonl"]).status, 0);
}

#[test]
fn the_real_elections_check_line_by_line() {
    let ran = run(&["tests/data/elections.jsonl", "--jsonl", "--check"], b"");
    assert_eq!(ran.status, 0, "{}", ran.errors);
    assert_eq!(ran.out.lines().count(), 64);
    assert!(ran.out.lines().all(|line| line.ends_with(r#""as_recorded":true}"#)));
}

#[test]
fn bad_tables_are_refused_with_line_and_column() {
    for (csv, message) in [
        ("party,votes\nA,60\nB,\"1,000\"\n", r#"line 3: "1,000" in the column "votes" is not a whole number"#),
        ("party,votes\nA,-5\n", r#"line 2: "-5" in the column "votes""#),
        ("party,votes\nA,1.5\n", r#"line 2: "1.5" in the column "votes""#),
        ("party,votes\nA,\n", r#"line 2: "" in the column "votes""#),
        ("party,seats\nA,1\n", r#"line 1: the column "votes" is missing"#),
        ("name,votes\nA,1\n", r#"line 1: the column "name" is none of party, votes, seats"#),
        ("party,votes\nA,1,2\n", "line 2: there are 3 columns, but 2 in the header"),
        ("party,votes\nA,1\nA,2\n", r#"the party "A" is there twice"#),
        ("party,votes\nA,0\nB,0\n", "no admitted party has votes, but there are 10 seats"),
        ("party,votes\n", "there are no parties"),
        ("", "line 1: the column \"party\" is missing"),
    ] {
        let errors = refused("votes.csv", csv.as_bytes(), CSV);
        assert!(errors.contains(message), "{csv:?}: {errors}");
    }
    assert!(refused("votes.csv", b"party,votes\nA,1\n", &["--seats", "3"]).contains("needs --method"));
    assert!(refused("votes.csv", b"party,votes\nA,1\n", &["--method", "hare"]).contains("needs --seats"));
    assert!(refused("votes.csv", b"party,votes\nA,1\nB\xff,2\n", CSV).contains("line 3: the text is not UTF-8"));
}

#[test]
fn bad_documents_are_refused_with_the_field() {
    let document = |rule: &str, parties: &str| format!(r#"{{"seats": 5, "rule": {rule}, "parties": {parties}}}"#);
    let three = r#"[{"name": "A", "votes": 600}, {"name": "B", "votes": 300}, {"name": "C", "votes": 100}]"#;
    let with_threshold = |text: &str| document(&format!(r#"{{"method": "hare", "threshold": {text}}}"#), three);
    for (json, message) in [
        (with_threshold("\"7%%\""), "rule.threshold: \"7%%\" is not a ratio"),
        (with_threshold("\"7,5%\""), "rule.threshold: \"7,5%\" is not a ratio"),
        (with_threshold("\"-1%\""), "rule.threshold: \"-1%\" is not a ratio: it is negative"),
        (with_threshold("\"700%\""), "the share 700% is above 100%"),
        (with_threshold("{\"share\": \"5%\", \"of\": \"registered\"}"), "the rule asks for registered voters"),
        (document(r#"{"method": {"quota": "imperiali"}}"#, three), "gives out 6 seats, but there are 5"),
        (
            document(r#"{"method": {"quota": "hare", "rounding": "down"}}"#, r#"[{"name": "A", "votes": 1}]"#),
            "the Hare quota, rounded down is zero: 1 votes for 5 seats",
        ),
        (
            document(r#"{"method": {"divisor": "custom", "divisors": [3, 2]}}"#, three),
            "rule.method: divisors must increase",
        ),
        (document(r#"{"method": "hare"}"#, "[]"), "there are no parties"),
        (document(r#"{"method": "hare"}"#, r#"[{"name": "A", "votes": 0}]"#), "no admitted party has votes"),
        (
            document(r#"{"method": "hare"}"#, r#"[{"name": "A", "votes": 1}, {"name": "A", "votes": 2}]"#),
            "\"A\" is there twice",
        ),
        (document(r#"{"method": "hare"}"#, r#"[{"name": "A", "votes": NaN}]"#), "expected value at line 1"),
        (
            document(r#"{"method": "hare"}"#, r#"[{"name": "A", "votes": -3}]"#),
            "parties[0].votes: invalid value: integer `-3`",
        ),
        (
            document(r#"{"method": "hare"}"#, r#"[{"name": "A", "votes": 1.5}]"#),
            "parties[0].votes: invalid type: floating point `1.5`",
        ),
        (
            document(r#"{"method": "dhondt"}"#, r#"[{"name": "A", "votes": 9, "min": 6}]"#),
            "the minimums take 6 seats, but there are 5",
        ),
        (
            document(r#"{"method": "dhondt"}"#, r#"[{"name": "A", "votes": 9, "min": 3, "max": 2}]"#),
            "A has a minimum of 3 seats above its maximum of 2",
        ),
        (r#"{"seats": 5, "parties": []}"#.into(), "missing field `rule`"),
        ("{".into(), "EOF while parsing"),
        (String::new(), "EOF while parsing"),
    ] {
        let errors = refused("e.json", json.as_bytes(), &[]);
        assert!(errors.contains(message), "{json}: {errors}");
    }
    let below =
        r#"{"seats": 5, "rule": {"method": "hare"}, "tally": {"cast": 10}, "parties": [{"name": "A", "votes": 11}]}"#;
    assert!(refused("e.json", below.as_bytes(), &[]).contains("10 ballots were cast, but 11 were counted"));
    assert!(refused("e.toml", b"seats = 5\nseats = 6\n", &[]).contains("duplicate key"));
    assert!(refused("e.txt", b"seats = 5\n", &[]).contains("should end with .toml, .json or .csv"));
    assert!(refused("e.json", b"{\"seats\": \xff}", &[]).contains("line 1: the text is not UTF-8"));
}

#[test]
fn a_missing_file_is_named() {
    let ran = run(&["nowhere.toml"], b"");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.errors.starts_with("error: nowhere.toml: it cannot be read"), "{}", ran.errors);
}

#[test]
fn the_help_teaches() {
    let ran = run(&["--help"], b"");
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("Examples:") && ran.out.contains("Status: 0 when all was answered"), "{}", ran.out);
}

#[test]
fn a_certificate_stands_in_the_json_where_it_is_asked_for() {
    let plain = run(&["examples/elections/kz-2012.toml", "--json"], b"");
    assert!(!plain.out.contains("certificate"), "{}", plain.out);
    let ran = run(&["examples/elections/kz-2012.toml", "--json", "--certificate"], b"");
    assert_eq!(ran.status, 0, "{}", ran.errors);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let records = answer["certificate"]["course"]["records"].as_array().unwrap();
    let contest = records.iter().find(|record| record["kind"] == "contest").unwrap();
    assert_eq!(contest["last_served"]["parties"], serde_json::json!(["Ak Zhol"]));
    let line = br#"{"seats": 3, "rule": {"method": "dhondt"}, "parties": [{"name": "A", "votes": 1}]}"#;
    let lines = run(&["--jsonl", "-", "--certificate"], line);
    assert!(lines.out.contains(r#""certificate":{"form":1,"#), "{} {}", lines.out, lines.errors);
}

#[test]
fn a_certificate_of_a_table_is_refused() {
    let ran = run(&["examples/elections/kz-2012.toml", "--certificate"], b"");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.errors);
    assert!(ran.errors.contains("it needs --json or --jsonl"), "{}", ran.errors);
}

//! `apportion table`: long tables of many districts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_apportion"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may not wait for its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn json_of(arguments: &[&str], input: &str) -> Value {
    let ran = run(&[&["table", "-", "--format", "json"], arguments].concat(), input.as_bytes());
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn refused(arguments: &[&str], input: &[u8]) -> String {
    let ran = run(&[&["table", "-"], arguments].concat(), input);
    assert_eq!((ran.status.code(), ran.stdout.len()), (Some(2), 0));
    String::from_utf8(ran.stderr).unwrap()
}

/// Numbers without a pattern, the same in every run (Knuth's multiplier for 64 bits).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn the_columns_of_a_result_are_answered_in_any_order_and_dress() {
    let expected = json_of(&["--method", "dhondt"], "district,seats,party,votes\nN,3,A,60\nN,3,B,30\nS,1,A,5\n");
    assert_eq!(expected["seats"], 4);
    assert_eq!(expected["parties"][0], json!({"name": "A", "votes": 65, "seats": 3, "tied": 0}));
    assert_eq!(expected["districts"][0]["parties"][1], json!({"name": "B", "votes": 30, "seats": 1, "admitted": true}));
    for text in [
        "votes,party,seats,district\n60,A,3,N\n30,B,3,N\n5,A,1,S\n",
        "\u{feff}district;seats;party;votes\r\nN;3;A;60\r\nN;3;B;30\r\nS;1;A;5\r\n",
        "District\tSeats\tParty\tVotes\n\"N\"\t3\t\"A\"\t60\n\nN\t\t B \t30\nS\t1\tA\t5",
    ] {
        assert_eq!(json_of(&["--method", "D'Hondt"], text), expected, "{text}");
    }
    let renamed = "Wahlkreis,Sitze,Partei,Stimmen\nN,3,A,60\nN,3,B,30\nS,1,A,5\n";
    let columns = ["district=Wahlkreis", "seats=Sitze", "party=Partei", "votes=Stimmen"];
    let columns = columns.iter().flat_map(|column| ["--column", column]);
    assert_eq!(json_of(&["--method", "jefferson"].into_iter().chain(columns).collect::<Vec<_>>(), renamed), expected);
}

#[test]
fn many_random_districts_get_the_seats_of_their_own_documents() {
    let mut numbers = Numbers(7);
    let (mut table, mut documents) = ("district,station,party,votes,seats\n".to_string(), String::new());
    for district in 0..300 {
        let parties = 1 + numbers.below(6);
        let seats = numbers.below(12);
        let mut sums = BTreeMap::new();
        for station in 0..1 + numbers.below(3) {
            for party in 0..parties {
                // Small numbers tie often; the first party always has a vote.
                let votes = numbers.below(5) + u64::from(party == 0);
                *sums.entry(party).or_insert(0) += votes;
                writeln!(table, "D{district},{station},P{party},{votes},{seats}").unwrap();
            }
        }
        let parties: Vec<Value> =
            sums.iter().map(|(party, votes)| json!({"name": format!("P{party}"), "votes": votes})).collect();
        writeln!(documents, "{}", json!({"seats": seats, "rule": {"method": "sainte-lague"}, "parties": parties}))
            .unwrap();
    }
    let ran = run(&["allocate", "-", "--jsonl"], documents.as_bytes());
    let expected: Vec<Value> =
        String::from_utf8(ran.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answer = json_of(&["--method", "sainte-lague"], &table);
    let mut ties = 0;
    for (district, expected) in answer["districts"].as_array().unwrap().iter().zip(&expected) {
        assert_eq!(district["parties"], expected["parties"], "{}", district["name"]);
        let tied = |answer: &Value| -> Vec<(Value, Value)> {
            let ties = answer["ties"].as_array().unwrap();
            ties.iter().map(|tie| (tie["parties"].clone(), tie["seats"].clone())).collect()
        };
        assert_eq!(tied(district), tied(expected), "{}", district["name"]);
        ties += tied(district).len();
    }
    assert!(ties > 20, "{ties} ties are too few to test them");
    assert_eq!(answer["ties"].as_array().unwrap().len(), ties);
    // The path through a law, which holds all districts at once, gives the same.
    assert_eq!(json_of(&["--method", "sainte-lague", "--threshold", "0%"], &table), answer);
}

#[test]
fn rows_of_a_district_need_not_stand_together() {
    let mut rows = vec!["N,A,1,3", "S,A,10,2", "N,A,100,3", "N,A,1000,3", "S,B,7,2", "N,B,5,3", "S,B,70,2", "S,A,20,2"];
    let votes = |rows: &[&str]| -> BTreeMap<(String, String), u64> {
        let answer = json_of(&["--method", "dhondt"], &format!("district,party,votes,seats\n{}\n", rows.join("\n")));
        let mut votes = BTreeMap::new();
        for district in answer["districts"].as_array().unwrap() {
            for party in district["parties"].as_array().unwrap() {
                let place = (district["name"].to_string(), party["name"].to_string());
                votes.insert(place, party["votes"].as_u64().unwrap());
            }
        }
        votes
    };
    let expected = votes(&rows);
    assert_eq!(expected.values().copied().collect::<Vec<_>>(), [1101, 5, 30, 77]);
    for _ in 0..rows.len() {
        rows.rotate_left(3);
        rows.swap(0, 5);
        assert_eq!(votes(&rows), expected, "{rows:?}");
    }
}

#[test]
fn a_threshold_bars_parties_in_the_district_or_in_the_nation() {
    let table = "district,party,votes,seats\nN,A,60,10\nN,B,40,10\nS,A,990,10\nS,C,10,10\n";
    let seats = |arguments: &[&str]| -> Vec<u64> {
        let answer = json_of(arguments, table);
        let parties = answer["parties"].as_array().unwrap();
        parties.iter().map(|party| party["seats"].as_u64().unwrap()).collect()
    };
    assert_eq!(seats(&["--method", "hare", "--threshold", "5%"]), [16, 4, 0]);
    // B has 40 of 1,100 votes.
    assert_eq!(seats(&["--method", "hare", "--threshold", "5%", "--at", "nation"]), [20, 0, 0]);
}

#[test]
fn ballots_that_are_for_no_party_count_for_thresholds_and_get_no_seats() {
    let table = "district,party,votes,seats\nN,A,95,5\nN,B,5,5\nN,(blank),1,5\nN,(other),10,5\n";
    let answer = json_of(&["--method", "hare", "--threshold", "5%"], table);
    assert_eq!(answer["districts"][0]["parties"].as_array().unwrap().len(), 2);
    // 5 of 110 valid votes are below 5%.
    assert_eq!(answer["districts"][0]["parties"][1]["admitted"], false);
}

#[test]
fn a_law_of_the_catalogue_answers_districts() {
    let table = "district,party,votes,seats\nMadrid,A,600,4\nMadrid,B,390,4\nMadrid,C,10,4\n";
    let answer = json_of(&["--law", "es-2023"], table);
    let seats: Vec<_> = (0..3).map(|party| answer["parties"][party]["seats"].as_u64().unwrap()).collect();
    assert_eq!(seats, [3, 1, 0]);
}

#[test]
fn seats_stand_in_another_table_or_are_the_same_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let houses = folder.path().join("houses.csv");
    std::fs::write(&houses, "seats;district\n1;S\n3;N\n").unwrap();
    let table = "district,party,votes\nN,A,60\nN,B,30\nS,A,5\n";
    let answer = json_of(&["--method", "dhondt", "--houses", houses.to_str().unwrap()], table);
    assert_eq!((&answer["districts"][0]["seats"], &answer["districts"][1]["seats"]), (&json!(3), &json!(1)));
    assert_eq!(json_of(&["--method", "dhondt", "--seats", "2"], table)["seats"], 4);
    std::fs::write(&houses, "seats,district\n1,W\n").unwrap();
    let error = refused(&["--method", "dhondt", "--houses", houses.to_str().unwrap()], table.as_bytes());
    assert!(error.contains("line 2: no votes are of the district \"W\""), "{error}");
}

#[test]
fn bad_tables_are_refused_by_line_and_column() {
    for (table, message) in [
        ("district,party,votes,votes\n", "line 1: the column \"votes\" is there twice"),
        (
            "district,party,vots,seats\nN,A,1,1\n",
            "the column \"vots\" is none of district, party, votes, seats; did you mean \"votes\"?",
        ),
        ("district,party,seats\nN,A,1\n", "line 1: the column \"votes\" is missing"),
        ("", "line 1: the column \"district\" is missing"),
        ("district,party,votes,seats\n", "the table has no rows"),
        (
            "district,party,votes,seats\nN,A,1.5,1\n",
            "line 2: \"1.5\" in the column \"votes\" is not a whole number: the point",
        ),
        (
            "district,party,votes,seats\nN,A,\"1,500\",1\n",
            "line 2: \"1,500\" in the column \"votes\" is not a whole number: the comma",
        ),
        (
            "district,party,votes,seats\nN,A,1 500,1\n",
            "line 2: \"1 500\" in the column \"votes\" is not a whole number: the space",
        ),
        ("district,party,votes,seats\nN,A,-1,1\n", "it is negative"),
        ("district,party,votes,seats\nN,A,99999999999999999999,1\n", "it is above 2^64 - 1"),
        (
            "district,party,votes,seats\nN,A,18446744073709551615,1\nN,A,1,1\n",
            "line 3: with these votes the party has more than 2^64 - 1",
        ),
        ("district,party,votes,seats\nN,A,1\n", "line 2: there are 3 columns, but 4 in the header"),
        ("district,party,votes,seats\nN,A,1,2\nN,B,1,3\n", "line 3: the district \"N\" has 3 seats, but 2 before"),
        ("district,party,votes,seats\nN,,1,2\n", "line 2: a district or a party has no name"),
        ("district,party,votes,seats\nN,\"A,1,2\n", "line 2: a quote is not closed"),
        ("district,party,votes,seats\nN,(blnk),1,2\n", "line 2: \"(blnk)\" is none of"),
        ("district,party,votes,seats\nN,blank,1,2\n", "Write (blank) for blank ballots"),
        ("district,party,votes\nN,A,1\n", "the district \"N\" has no seats"),
        (
            "district,party,votes,seats\nN,A,0,2\n",
            "the district \"N\": no admitted party has votes, but there are 2 seats",
        ),
    ] {
        let error = refused(&["--method", "dhondt"], table.as_bytes());
        assert!(error.contains(message), "{table:?}: {error}");
        assert!(error.starts_with("error: -: "), "{error}");
    }
    assert!(refused(&["--method", "dhondt"], b"\xff\xfed\0").contains("the text is UTF-16"));
    assert!(
        refused(&["--method", "dhondt"], b"district,party,votes\nN\xff,A,1\n")
            .contains("line 2: the text is not UTF-8")
    );
}

#[test]
fn columns_that_are_not_used_are_named() {
    let ran = run(&["table", "-", "--method", "hare"], b"district,turnout,party,votes,seats\nN,9%,A,1,1\n");
    assert!(ran.status.success());
    assert_eq!(String::from_utf8(ran.stderr).unwrap(), "note: -: columns not used: turnout\n");
}

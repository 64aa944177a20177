//! Colours, closed pipes, completions, manual and page: what surrounds the answers.

use std::io::Read;
use std::process::{Command, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_apportion"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn text(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const ELECTION: [&str; 2] = ["allocate", "examples/election.toml"];

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    assert!(!text(&mut program(&ELECTION)).contains('\u{1b}'));
    assert!(text(&mut program(&[&ELECTION[..], &["--color", "always"]].concat())).contains('\u{1b}'));
    assert!(text(program(&ELECTION).env("CLICOLOR_FORCE", "1")).contains('\u{1b}'));
    let never = [&ELECTION[..], &["--color", "never"]].concat();
    assert!(!text(program(&never).env("CLICOLOR_FORCE", "1")).contains('\u{1b}'));
    assert!(text(&mut program(&["--color", "always", "--help"])).contains('\u{1b}'));
    assert!(!text(&mut program(&["--help"])).contains('\u{1b}'));
}

#[test]
fn colours_change_nothing_else_and_programs_get_none() {
    let coloured = text(&mut program(&[&ELECTION[..], &["--color", "always"]].concat()));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), text(&mut program(&ELECTION)));
    for format in ["json", "jsonl", "csv", "markdown"] {
        let arguments = [&ELECTION[..], &["--color", "always", "--format", format]].concat();
        assert!(!text(&mut program(&arguments)).contains('\u{1b}'), "{format}");
    }
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    for arguments in [&["laws"][..], &["table", "examples/stations.csv", "--method", "dhondt", "--format", "csv"]] {
        let mut child = program(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(child.wait().unwrap().success(), "{errors}");
        assert!(!errors.contains("error"), "{errors}");
    }
}

#[test]
fn every_help_text_fits_80_columns() {
    let commands = text(&mut program(&["--help"]));
    let names: Vec<&str> = commands
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(names.len(), 14, "{names:?}");
    for name in names.iter().filter(|name| **name != "help") {
        let help = text(&mut program(&[name, "--help"]));
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
        assert!(help.contains("Examples:"), "{name}");
        assert!(text(&mut program(&["man", name])).contains(&format!(".TH apportion-{name} 1")), "{name}");
    }
}

#[test]
fn shells_get_completions_that_know_the_subcommands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = text(&mut program(&["completions", shell]));
        assert!(completions.contains("margins") && completions.contains("threshold"), "{shell}");
    }
    assert!(text(&mut program(&["man"])).contains(".TH apportion 1"));
}

#[test]
fn a_page_is_one_file_that_needs_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let arguments = ["report", "examples/election.toml", "--colour", "CPPK=#c00", "-o", file.to_str().unwrap()];
    assert_eq!(text(&mut program(&arguments)), "");
    let page = std::fs::read_to_string(file).unwrap();
    for needed in ["<!DOCTYPE html>", "Nur Otan", "<svg", "#cc0000", "</html>"] {
        assert!(page.contains(needed), "{needed}");
    }
    for foreign in ["<script", "src=", "<link", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn names_cannot_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (table, document) = (folder.path().join("votes.csv"), folder.path().join("election.json"));
    std::fs::write(&table, "party,votes\n\u{1b}[2JA,5\nB,3\n").unwrap();
    let refused = program(&["compare", table.to_str().unwrap(), "--method", "hare", "--seats", "3"]).output().unwrap();
    let errors = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(!errors.contains('\u{1b}') && errors.contains("\\u{1b}[2JA"), "{errors}");
    let named =
        r#"{"name": "\u001b[2J", "seats": 1, "rule": {"method": "hare"}, "parties": [{"name": "A", "votes": 1}]}"#;
    std::fs::write(&document, named).unwrap();
    let shown = text(&mut program(&["allocate", document.to_str().unwrap()]));
    assert!(!shown.contains('\u{1b}') && shown.contains("\\u{1b}[2J"), "{shown}");
}

#[test]
fn names_that_look_alike_are_noted_beside_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("stations.csv");
    std::fs::write(&table, "district,party,votes\nN,Nur Otan,5\nN,NurOtan,4\nN,A\u{202e},1\n").unwrap();
    let seats = ["seats", "dhondt", "3", "Nur Otan=5", "NurOtan=4", "A\u{202e}=1"];
    let in_table = ["table", table.to_str().unwrap(), "--method", "dhondt", "--seats", "3"];
    for arguments in [&seats[..], &in_table[..]] {
        let ran = program(arguments).output().unwrap();
        let notes = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.success() && notes.contains("\"Nur Otan\" and \"NurOtan\" look alike"), "{notes}");
        assert!(notes.contains("\"A\\u{202e}\" has letters that nobody sees"), "{notes}");
        assert!(!String::from_utf8(ran.stdout).unwrap().contains('\u{202e}'));
    }
}

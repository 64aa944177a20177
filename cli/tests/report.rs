//! The page about an election: for every kind of law, to be read by eyes, by ears and on paper.

use std::io::Write;
use std::process::{Command, Stdio};

fn page(arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_apportion"));
    command.arg("report").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const VOTES: &str = "party,votes\nA,401323\nB,250007\nC,180211\nD,120119\nE,48340\n";

/// Refuses a page whose tags do not match, or whose tables cannot be read aloud.
fn sound(name: &str, page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = page.split("</style>\n</head>").nth(1).unwrap();
    for tag in body.split('<').skip(1).filter(|tag| !tag.starts_with('!')) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: an open end: {tag}"));
        if let Some(closing) = tag.strip_prefix('/') {
            if closing != "html" {
                assert_eq!(open.pop(), Some(closing), "{name}");
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap());
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} stay open");
    assert_eq!(page.matches("<h1").count(), 1, "{name}");
    assert_eq!(page.matches("<main>").count(), 1, "{name}");
    assert_eq!(page.matches("<figure>").count(), page.matches("<figcaption>").count(), "{name}");
    for table in page.split("<table").skip(1) {
        assert!(table.contains("<caption>") || page.contains("protocol"), "{name}: a table without a caption");
    }
}

#[test]
fn every_kind_of_law_has_a_page() {
    // Stages, quotas that are rounded, second lists, bonuses, caps, lists that run out, alliances.
    let laws = ["bj-2026", "cr-2022", "ge-2024", "gr-2023", "kz-2012", "lt-2020", "mx-2021", "nl-2023", "rs-2022"];
    for law in laws {
        let page = page(&["-", "--law", law, "--seats", "60"], VOTES);
        sound(law, &page);
        assert!(
            page.contains("<svg ") && page.contains("How close it was") && page.contains("Why these seats?"),
            "{law}"
        );
    }
}

#[test]
fn tiers_and_districts_have_a_section_of_their_own_and_others_do_not() {
    let page_of = page(&["examples/levelling.toml"], "");
    sound("levelling", &page_of);
    assert!(page_of.contains("<h2>Where</h2>") && page_of.contains("All places as a table"), "{page_of}");
    assert!(page_of.contains("href=\"#where\""));
    let page_of = page(&["examples/election.toml"], "");
    sound("election", &page_of);
    assert!(!page_of.contains("<h2>Where</h2>"));
    assert!(page_of.contains("<h1 id=\"result\">Nur Otan takes 83 of the 98 seats</h1>"), "{page_of}");
    assert!(page_of.contains("15 January 2012") && page_of.contains("✓ Same as the official result"));
}

#[test]
fn a_tie_has_the_headline_and_every_result() {
    let votes = "party,votes\nHarbour,4200\nMeadow,3150\nForest,1400\nHill,700\n";
    let page = page(&["-", "--method", "dhondt", "--seats", "7"], votes);
    sound("tie", &page);
    assert!(page.contains(">One of 7 seats is tied between Harbour and Meadow</h1>"), "{page}");
    assert!(page.contains(">3 or 4</td>") && page.contains("<li>Harbour 3, Meadow 3, Forest 1</li>"), "{page}");
    assert!(!page.contains("takes part, without"), "{page}");
}

#[test]
fn a_page_is_light_or_dark_and_can_be_printed_and_read_on_a_telephone() {
    let page = page(&["examples/election.toml"], "");
    for needed in ["prefers-color-scheme: dark", "@media print", "max-width: 36rem", "tabindex=\"0\"", "class=\"skip\""]
    {
        assert!(page.contains(needed), "{needed}");
    }
    // A drawing of its own for either.
    assert_eq!(page.matches("viewBox=\"0 0 328 ").count(), page.matches("<div class=\"phone\">").count());
}

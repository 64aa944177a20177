//! Texts of others: a name, a note or a source may hold anything, and whoever reads an answer must not be misled by it.

use apportion::insight::picture::{Style, bars, hemicycle};
use apportion::insight::{Margins, safe};
use apportion::{AllocationMethod, Count, Election, Error, Outcome, Place, Rule, Tally, Threshold, Warning};

/// What no output may hold as it is: an end of line, a turn of the direction of writing, HTML, Markdown, a space without
/// width. A control character is refused in the name of a party; in other texts it must be shown.
const HOSTILE: &str = "<script>x</script>\u{202e}&\"'|[a](b)`*_\u{2028}\u{200b}";

fn outcome(names: [&str; 3]) -> Outcome {
    let tally = Tally::from_votes(names.into_iter().zip([60, 30, 30])).unwrap();
    let place = |name: &str| Place::district(name, tally.clone()).with_seats(4);
    let count = Count::of_places([place(HOSTILE), place("South")]).unwrap();
    Rule::new(AllocationMethod::D_HONDT, 8).threshold(Threshold::votes(1)).apply(&count).unwrap()
}

fn assert_plain(text: &str) {
    let hidden = text.chars().find(|&letter| letter != '\n' && safe::hides(&letter.to_string()));
    assert_eq!(hidden, None, "{text}");
    assert!(text.contains("\\u{202e}"), "{text}");
}

#[test]
fn a_terminal_shows_names_and_acts_on_none() {
    let outcome = outcome([HOSTILE, "B", "C"]);
    assert_plain(&outcome.to_string());
    assert_plain(&outcome.explain().to_string());
    assert_plain(&format!("{}", outcome.explain().tables()[0]));
    outcome.warnings().iter().filter(|warning| warning.to_string().contains("script")).for_each(|warning| {
        assert_plain(&safe::plain(&warning.to_string()));
    });
    let place = outcome.at(HOSTILE).unwrap();
    assert_plain(&place.to_string());
}

#[test]
fn a_page_shows_names_and_reads_none_as_markup() {
    let outcome = outcome([HOSTILE, "B", "C"]);
    let style = Style::new().colour(HOSTILE, "\"/><script>").colour("B", "url(http://example.org/x)");
    let pictures = [hemicycle(&outcome, &style), bars(&outcome, &style)];
    for picture in pictures {
        assert!(
            !picture.contains("<script") && !picture.contains("url(") && picture.contains("&lt;script"),
            "{picture}"
        );
        assert_plain(&picture);
    }
    let markdown = outcome.explain().to_markdown();
    assert!(
        !markdown.contains("<script") && !markdown.contains("[a](b)") && markdown.contains("\\[a\\](b)"),
        "{markdown}"
    );
    assert_plain(&markdown);
    let tally = Tally::from_votes([(HOSTILE, 60), ("B", 40)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 3);
    let table = Margins::new(&rule, &tally).unwrap().table().unwrap().table().to_markdown();
    assert!(
        !table.contains("<script") && table.lines().all(|line| line.starts_with("| ") && line.ends_with(" |")),
        "{table}"
    );
}

#[test]
fn errors_show_names_and_act_on_none() {
    let votes = [(HOSTILE, 10), ("B", 10)];
    let tally = Tally::from_votes(votes).unwrap();
    let errors = [
        Tally::from_votes([(HOSTILE, 1), (HOSTILE, 2)]).unwrap_err(),
        Rule::new(AllocationMethod::HARE, 3).apply(&tally).unwrap().seat_count(HOSTILE).unwrap_err(),
        Rule::new(AllocationMethod::HARE, 3)
            .admit_at_least(1)
            .threshold(Threshold::votes(99))
            .apply(&tally)
            .unwrap_err(),
    ];
    for error in errors {
        let text = error.to_string();
        assert!(!safe::hides(&text), "{text:?}");
    }
}

#[test]
fn names_that_look_the_same_are_warned_of_wherever_they_stand() {
    for (first, second) in
        [("Nur Otan", "NurOtan"), ("Nur Otan", "Nur\u{a0}Otan"), ("Café", "Cafe\u{301}"), ("A", "A\u{200d}")]
    {
        let outcome = outcome([first, second, "C"]);
        let alike = Warning::AlikeNames { first: first.into(), second: second.into() };
        assert!(outcome.warnings().contains(&alike), "{first:?} {second:?} {:?}", outcome.warnings());
        assert!(outcome.to_string().contains("names alike"), "{outcome}");
    }
    let plain = outcome(["A", "B", "C"]);
    assert!(!plain.warnings().iter().any(|warning| matches!(warning, Warning::AlikeNames { .. })));
    // Parties that stand in two districts, and the districts themselves.
    let place = |name: &str, party: &str| {
        Place::district(name, Tally::from_votes([(party, 5), ("B", 4)]).unwrap()).with_seats(2)
    };
    let count = Count::of_places([place("North West", "Nur Otan"), place("NorthWest", "NurOtan")]).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 4).apply(&count).unwrap();
    let alike = outcome.warnings().iter().filter(|warning| matches!(warning, Warning::AlikeNames { .. }));
    assert_eq!(alike.count(), 2, "{:?}", outcome.warnings());
}

#[test]
fn names_with_control_characters_or_with_spaces_at_their_ends_are_refused() {
    for name in ["A\u{1b}[31m", "A\nB", "A\u{7f}", " A", "A\u{a0}", "A\u{9b}31m"] {
        let tally = Tally::from_votes([(name, 5), ("B", 4)]).unwrap();
        let error = Rule::new(AllocationMethod::HARE, 3).apply(&tally).unwrap_err();
        assert!(matches!(&error, Error::BadName { name: bad, .. } if bad == name), "{error}");
    }
}

#[test]
fn names_with_letters_that_nobody_sees_are_warned_of_once_each() {
    let outcome = outcome([HOSTILE, "B\u{202d}", "C"]);
    let hidden = |name: &str| Warning::HiddenLetters { name: name.into() };
    let count = |warning: &Warning| outcome.warnings().iter().filter(|other| *other == warning).count();
    // The first is the name of a party and that of a place.
    assert_eq!((count(&hidden(HOSTILE)), count(&hidden("B\u{202d}")), count(&hidden("C"))), (2, 1, 0));
}

#[test]
fn names_of_a_law_of_one_place_and_one_method_are_warned_of_as_well() {
    let tally = Tally::from_votes([("A", 5), ("B\u{202d}", 2)]).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally).unwrap();
    assert_eq!(outcome.warnings(), [Warning::HiddenLetters { name: "B\u{202d}".into() }]);
}

#[test]
fn names_of_many_scripts_are_not_warned_of() {
    let names = [
        "Ақ жол",
        "حركة مجتمع السلم",
        "הליכוד",
        "भारतीय जनता पार्टी",
        "自由民主党",
        "พรรคเพื่อไทย",
        "Zo\u{200d}",
        "می\u{200c}خواهم",
        "Ταξίδι",
    ];
    let tally = Tally::from_votes(names.into_iter().zip(1..)).unwrap();
    let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 45).apply(&tally).unwrap();
    assert_eq!(outcome.warnings(), []);
}

#[test]
fn other_texts_of_a_document_are_shown_safely_too() {
    let text = format!("{HOSTILE}\u{1b}[2J");
    let document = serde_json::json!({
        "name": text, "note": text, "sources": [text], "seats": 3, "rule": { "method": "hare" },
        "parties": [{ "name": "A\u{202e}", "votes": 5 }, { "name": "B", "votes": 4 }],
    });
    let election: Election = serde_json::from_value(document).unwrap();
    let outcome = election.outcome().unwrap();
    let explained = outcome.explain().with_law(&election.rule).with_sources(election.sources.clone());
    assert_plain(&explained.to_string());
    assert_plain(&explained.to_markdown());
    assert!(!explained.to_markdown().contains("<script"));
}

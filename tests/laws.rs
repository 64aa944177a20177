//! The catalogue of laws: every one is a document, and gives out its seats.

use apportion::{Count, Law, Outcome, Place, Tally};

fn laws() -> Vec<Law> {
    let read = |(id, text): &(&str, &str)| toml::from_str(text).unwrap_or_else(|error| panic!("{id}: {error}"));
    Law::CATALOGUE.iter().map(read).collect()
}

/// Laws of one tier whose method gives out seats in one place or in each of several.
fn of_one_tier() -> Vec<Law> {
    let texts = Law::CATALOGUE.iter().map(|(_, text)| text);
    let one_tier =
        |(law, text): (Law, &&str)| (text.contains("\n[rule]\n") && !text.contains("biproportional")).then_some(law);
    laws().into_iter().zip(texts).filter_map(one_tier).collect()
}

fn named(id: &str) -> Law {
    laws().into_iter().find(|law| law.id == id).unwrap()
}

fn tally() -> Tally {
    // Every list passes every threshold; no votes are equal, and no quotients of few seats are.
    let votes = [("A", 401_323), ("B", 250_007), ("C", 180_211), ("D", 120_119)];
    Tally::from_votes(votes).unwrap().with_blank(0).with_invalid(0).with_registered(2_000_000)
}

fn all_seats(outcome: &Outcome) -> u64 {
    outcome.parties().iter().map(|party| party.certain()).sum()
}

#[test]
fn every_law_is_dated_has_its_source_and_bears_its_files_name() {
    let laws = laws();
    let mut before = "";
    for (law, (id, _)) in laws.iter().zip(Law::CATALOGUE) {
        assert_eq!(&law.id, id);
        assert!(before < *id, "{id} is out of order");
        before = id;
        let date: Vec<&str> = law.date.split('-').collect();
        assert!(date.len() == 3 && date[0].len() == 4, "{id}: {}", law.date);
        assert!(!law.sources.is_empty(), "{id} has no source");
        assert!(law.sources.iter().all(|source| !source.trim().is_empty()), "{id}");
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/laws")).unwrap().count();
    assert_eq!(files, laws.len(), "a file of laws/ is not in the catalogue");
}

#[test]
fn every_law_gives_out_all_its_seats() {
    for law in of_one_tier() {
        // Morocco's quota of registered voters leaves more remainders than lists, unless seats are few.
        let seats = law.seats.unwrap_or(4);
        let outcome = law.election(seats, tally()).outcome().unwrap_or_else(|error| panic!("{}: {error}", law.id));
        assert_eq!(all_seats(&outcome), seats, "{}: {outcome}", law.id);
        // Kyrgyzstan asks for a share in every region, and there are none here.
        assert!(outcome.warnings().is_empty() || law.id == "kg-2015", "{}: {outcome}", law.id);
    }
}

#[test]
fn every_law_is_the_same_after_writing_and_reading() {
    for law in laws() {
        let written = toml::to_string(&law).unwrap();
        assert_eq!(toml::from_str::<Law>(&written).unwrap(), law, "{written}");
        let json = serde_json::to_string(&law).unwrap();
        assert_eq!(serde_json::from_str::<Law>(&json).unwrap(), law, "{json}");
    }
}

#[test]
fn a_law_for_one_district_works_in_several() {
    let place = |(name, seats)| Place::district(name, tally()).with_seats(seats);
    let count = Count::of_places([("North", 5), ("South", 3)].map(place)).unwrap();
    for law in of_one_tier().iter().filter(|law| law.seats.is_none() && law.id != "ma-2021") {
        let outcome = law.rule(8).apply(&count);
        let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", law.id));
        assert_eq!(all_seats(&outcome), 8, "{}", law.id);
    }
}

#[test]
fn greece_gives_the_winner_a_bonus_that_slides_with_its_share() {
    let bonus_at = |votes: u64| {
        let tally = Tally::from_votes([("A", votes), ("B", 1_000 - votes)]).unwrap();
        let outcome = named("gr-2023").election(300, tally).outcome().unwrap();
        outcome.bonus().map(|(_, seats)| seats)
    };
    assert_eq!([510, 1_000].map(bonus_at), [Some(50), Some(50)]);
    let three_way = |votes: u64| {
        let rest = (1_000 - votes) / 4;
        let tally = Tally::from_votes([("A", votes), ("B", rest), ("C", rest), ("D", rest), ("E", rest)]).unwrap();
        named("gr-2023").rule(300).tie_break([apportion::TieBreak::ListOrder]).apply(&tally).unwrap()
    };
    for (votes, bonus) in [(252, 20), (256, 21), (296, 29), (300, 30), (396, 49), (400, 50), (440, 50)] {
        assert_eq!(three_way(votes).bonus(), Some(("A", bonus)), "{votes}");
    }
    let low = Tally::from_votes(["A", "B", "C", "D", "E"].into_iter().zip([204, 200, 199, 199, 198])).unwrap();
    assert_eq!(named("gr-2023").election(300, low).outcome().unwrap().bonus(), None);
    assert_eq!(three_way(400).seats("A"), Some(150));
}

#[test]
fn an_unknown_key_of_a_law_is_named() {
    let text = Law::CATALOGUE[0].1.replace("date =", "dated =");
    assert!(toml::from_str::<Law>(&text).unwrap_err().to_string().contains("dated"));
}

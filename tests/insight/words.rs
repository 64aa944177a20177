//! What a reader meets, point by point: a result in a sentence, no riddle, nothing hidden, nothing that contradicts itself.

use apportion::insight::Margins;
use apportion::insight::picture::{Style, hemicycle};
use apportion::{AllocationMethod, Base, Count, Election, Law, Outcome, Place, Rule, Tally, Threshold};
use unicode_width::UnicodeWidthStr;

use super::data;

fn kazakhstan() -> Election {
    toml::from_str(include_str!("../../examples/elections/kz-2012.toml")).unwrap()
}

fn norway() -> Election {
    serde_json::from_str(include_str!("../data/norway-2021.json")).unwrap()
}

fn applied(rule: &Rule, votes: &[(&'static str, u64)]) -> Outcome {
    rule.apply(&Tally::from_votes(votes.iter().copied()).unwrap()).unwrap()
}

fn harbour() -> Outcome {
    let votes = [("Harbour", 4_200), ("Meadow", 3_150), ("Forest", 1_400), ("Hill", 700)];
    applied(&Rule::new(AllocationMethod::D_HONDT, 7), &votes)
}

#[test]
fn no_claim_of_a_tie_is_called_refused_or_next_in_line() {
    let text = format!("{:200}", harbour().explain());
    assert!(text.contains("Seat 7 of 7 is tied: Harbour's 4th seat"), "{text}");
    assert!(
        ["refused", "without", "Next in line", "gives these seats"].iter().all(|word| !text.contains(word)),
        "{text}"
    );
    assert_eq!(harbour().explain().last_seat(), None);
}

#[test]
fn margins_say_what_else_happens() {
    let election = kazakhstan();
    let margins = Margins::new(&election.rule, &election.count).unwrap();
    let [more, fewer] = [margins.gain("Nur Otan"), margins.loss("CPPK (Communist People's Party)")];
    for margin in [more, fewer].map(|question| question.fewest().unwrap().unwrap()) {
        // 83 and 7 more, as CPPK falls below the line.
        assert_eq!(margin.gains(), [("Nur Otan".to_string(), 7)], "{margin}");
        assert_eq!(margin.losses(), [("CPPK (Communist People's Party)".to_string(), 7)], "{margin}");
    }
    let table = margins.table().unwrap().to_string();
    assert!(table.contains("(1)") && table.matches("CPPK").count() > 1, "{table}");
}

#[test]
fn one_question_has_one_number() {
    // What a party lacks of the threshold stands in the table, in the steps and in the margins, totals moving with it.
    let election = kazakhstan();
    let outcome = election.outcome().unwrap();
    let margins = Margins::new(&election.rule, &election.count).unwrap();
    assert_eq!(margins.gain("OSDP").fewest().unwrap().unwrap().votes(), 397_153);
    assert!(outcome.to_string().contains("397,153 votes short"), "{outcome}");
    assert!(outcome.explain().to_string().contains("OSDP (397,153 short)"));
    assert_eq!(margins.loss("CPPK (Communist People's Party)").fewest().unwrap().unwrap().votes(), 13_874);
    assert!(format!("{:200}", outcome.explain()).contains("(13,873 to spare)"));
}

#[test]
fn a_share_below_the_line_never_reads_like_the_line() {
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse().unwrap()).of(Base::Valid));
    let table = applied(&rule, &[("A", 92_999_999), ("B", 6_999_999), ("C", 2)]).to_string();
    assert!(table.contains("6.999999%") && !table.contains("7.00%"), "{table}");
}

#[test]
fn a_majority_is_one_of_the_house_and_not_of_a_part_of_it() {
    let election = kazakhstan();
    let outcome = election.outcome().unwrap();
    assert!(
        !outcome.to_string().contains("majority") && !hemicycle(&outcome, &Style::from(&election)).contains("majority")
    );
    let mut election = election;
    election.house = Some(107);
    let svg = hemicycle(&outcome, &Style::from(&election));
    assert!(svg.contains("of 107 seats") && !svg.contains("majority"), "{svg}");
    assert!(norway().outcome().unwrap().to_string().contains("Nobody has the 85 of a majority."));
}

#[test]
fn every_result_begins_with_a_sentence_that_names_who_won_or_what_is_tied() {
    for (id, election) in data::answered().into_iter().chain([("norway".into(), norway())]) {
        let outcome = election.outcome().unwrap();
        let text = outcome.to_string();
        let (headline, _) = text.split_once("\n\n").unwrap();
        let headline = headline.replace('\n', " ");
        let most = outcome.parties().iter().max_by_key(|party| (party.certain(), party.votes())).unwrap();
        let tied = outcome.ties().first().map_or("", |tie| tie.parties()[0].as_str());
        let names = |name: &str| headline.contains(name.split(' ').next().unwrap_or(name));
        assert!(
            names(most.name()) || (!tied.is_empty() && names(tied)) || headline.starts_with("Nobody"),
            "{id}: {headline}"
        );
        assert!(headline.ends_with('.'), "{id}: {headline}");
    }
}

#[test]
fn districts_are_shown_and_so_is_who_won_one_from_below_the_line() {
    let place = |name: &str, votes: [(&'static str, u64); 3]| {
        Place::district(name, Tally::from_votes(votes).unwrap()).with_seats(4)
    };
    let count = Count::of_places([
        place("North", [("A", 60), ("B", 39), ("C", 1)]),
        place("South", [("A", 30), ("B", 30), ("C", 40)]),
        place("East", [("A", 45), ("B", 50), ("C", 5)]),
    ]);
    let outcome = Rule::new(AllocationMethod::D_HONDT, 12).apply(&count.unwrap()).unwrap();
    let table = outcome.to_string();
    assert!(table.contains("\nNorth: A 3, B 1\n") && table.contains("\nSouth: C 2, "), "{table}");
    assert!(outcome.explain().closest_district().is_some());
}

#[test]
fn the_race_for_the_last_seat_is_one_sentence() {
    let outcome = norway().outcome().unwrap();
    let race = outcome.explain().last_seat().unwrap();
    assert_eq!(race, "Last seat: FRP's 21st. Next in line: SV's 14th, 103 votes short.");
    let closest = outcome.explain().closest_district().unwrap();
    assert_eq!(closest, "The closest district is Nordland: H is 83 votes short of the last seat, which SV has.");
    let race = kazakhstan().outcome().unwrap().explain().last_seat().unwrap();
    assert!(race.starts_with("Last seat: Ak Zhol's 8th.") && race.ends_with("19,617.00 votes behind."), "{race}");
}

#[test]
fn open_seats_are_neither_a_result_nor_a_riddle() {
    let table = harbour().to_string();
    assert!(table.contains("Harbour  3 or 4") && table.contains("all       6 + 1"), "{table}");
    assert!(!table.contains('?') && !table.contains("85.71%"), "{table}");
}

#[test]
fn the_law_of_the_main_example_is_explained_with_the_clause_that_did_not_act() {
    let law: Law = toml::from_str(Law::CATALOGUE.iter().find(|(id, _)| *id == "kz-2012").unwrap().1).unwrap();
    let election = law.election(98, kazakhstan().count);
    let outcome = election.outcome().unwrap();
    assert_eq!(outcome.seats("Nur Otan"), Some(83));
    let text = format!("{:300}", outcome.explain());
    assert!(text.contains("Not needed here: "), "{text}");
    assert!(Margins::new(&election.rule, &election.count).unwrap().closest().unwrap().is_some());
}

#[test]
fn parties_without_a_seat_have_a_line_each_and_not_two() {
    let table = kazakhstan().outcome().unwrap().to_string();
    assert_eq!(table.matches("OSDP").count(), 1, "{table}");
    assert!(table.contains("below 7%, no seat:"), "{table}");
    // Of many, four are named.
    let names: Vec<String> = (0..30).map(|number| format!("List {number}")).collect();
    let tally = Tally::from_votes(names.iter().zip(1_u64..).map(|(name, at)| (name.clone(), at * at * at))).unwrap();
    let rule =
        Rule::new(AllocationMethod::D_HONDT, 21).threshold(Threshold::share("5%".parse().unwrap()).of(Base::Valid));
    let table = rule.apply(&tally).unwrap().to_string();
    assert!(table.lines().count() < 24 && table.contains(" others"), "{table}");
}

#[test]
fn names_get_the_room_that_there_is() {
    let outcome = kazakhstan().outcome().unwrap();
    let name = "CPPK (Communist People's Party)";
    let row = |width: usize| {
        format!("{:width$}", outcome.explain()).lines().any(|line| line.contains(name) && line.contains("498,788"))
    };
    assert!(row(120) && !row(60));
    for width in [76, 80, 120] {
        let texts = [format!("{outcome:width$}"), format!("{:width$}", outcome.explain())];
        for line in texts.iter().flat_map(|text| text.lines()) {
            assert!(line.width() <= width, "{line} is wider than {width}");
        }
    }
}

#[test]
fn no_output_has_a_colour_and_control_characters_are_escaped() {
    let outcome = kazakhstan().outcome().unwrap();
    assert!(!format!("{outcome}{}", outcome.explain()).contains('\u{1b}'));
    let tally = Tally::from_votes([("A\u{202e}B", 60), ("C", 40)]).unwrap();
    let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally).unwrap();
    for text in [outcome.to_string(), outcome.headline(), outcome.explain().to_string()] {
        assert!(!text.contains('\u{202e}') && text.contains("\\u{202e}"), "{text}");
    }
}

//! Biproportional laws: the elections and cases of `data/biproportional.jsonl`, ties of parties and of cells, lots, quorums,
//! printed divisors, and what is refused.

use apportion::insight::Protocol;
use apportion::matrix::Voters;
use apportion::rule::{Biproportional, Record};
use apportion::{
    AllocationMethod, Base, Count, Divisors, Election, Error, Level, Outcome, Place, Rule, Tally, Threshold, TieBreak,
    Tier,
};
use serde_json::{Value, json};

fn cases() -> Vec<Value> {
    let lines = include_str!("data/biproportional.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("a case")).collect()
}

fn election(document: &Value) -> Result<Election, String> {
    serde_json::from_value(document.clone()).map_err(|error| error.to_string())
}

fn case(id: &str) -> Election {
    let case = cases().into_iter().find(|case| case["document"]["id"] == id).expect(id);
    election(&case["document"]).expect(id)
}

/// The cells of ties, each tie sorted.
fn cells(ties: &[Value]) -> Vec<Vec<String>> {
    let sorted = |tie: &Value| {
        let mut cells: Vec<String> = tie["cells"].as_array().expect("cells").iter().map(Value::to_string).collect();
        cells.sort();
        cells
    };
    let mut all: Vec<_> = ties.iter().map(sorted).collect();
    all.sort();
    all
}

#[test]
fn every_case_on_record_has_its_seats_its_ties_or_its_error() {
    let all = cases();
    assert_eq!(all.len(), 105);
    for case in all {
        let (id, expect) = (&case["document"]["id"], &case["expect"]);
        let answer = election(&case["document"]).map(|election| serde_json::to_value(election.answer()).unwrap());
        let answer = answer.unwrap_or_else(|error| json!({ "error": error }));
        assert_eq!(expect["error"] == true, answer["error"].is_string(), "{id}: {answer}");
        if expect["error"] == true {
            continue;
        }
        if let Some(upper) = expect.get("upper") {
            assert_eq!(answer["upper"]["ties"], upper["ties"], "{id}");
            for party in answer["upper"]["parties"].as_array().expect("parties") {
                assert_eq!(party["seats"], upper["seats"][party["name"].as_str().unwrap()], "{id}");
            }
            assert!(answer.get("divisors").is_none(), "{id} has a matrix behind a tie");
            continue;
        }
        for district in expect["districts"].as_array().expect("districts") {
            let here = answer["districts"].as_array().unwrap().iter().find(|place| place["name"] == district["name"]);
            for (party, seats) in district["seats"].as_object().unwrap() {
                let parties = here.expect("the district")["parties"].as_array().unwrap();
                let found = parties
                    .iter()
                    .find(|known| known["name"] == *party)
                    .map_or(json!(0), |known| known["seats"].clone());
                assert_eq!(found, *seats, "{id}: {party} in {}", district["name"]);
            }
        }
        let ties: Vec<Value> = expect["ties"].as_array().unwrap().clone();
        let found = answer["ties"].as_array().unwrap();
        assert_eq!(cells(found), cells(&ties), "{id}");
        for tie in &ties {
            let same =
                found.iter().find(|other| cells(&[(*other).clone()]) == cells(std::slice::from_ref(tie))).unwrap();
            assert_eq!((&same["party_seats"], &same["district_seats"]), (&tie["parties"], &tie["districts"]), "{id}");
            assert_eq!(same.get("outcomes").cloned().unwrap_or(Value::Null), tie["outcomes"], "{id}");
        }
        // Whatever the ties of cells, the parties have their seats in all.
        for (party, seats) in expect["party_seats"].as_object().unwrap() {
            let found = answer["parties"].as_array().unwrap().iter().find(|known| known["name"] == *party).unwrap();
            assert_eq!(found["seats"], *seats, "{id}: {party}");
        }
        if ties.is_empty() {
            assert_ne!(answer["as_recorded"], false, "{id}");
        }
    }
}

#[test]
fn every_document_is_the_same_after_writing_and_reading_and_so_is_its_answer() {
    for case in cases() {
        let election = election(&case["document"]).unwrap();
        let written = serde_json::to_string(&election).unwrap();
        assert_eq!(serde_json::from_str::<Election>(&written).unwrap(), election, "{written}");
        let answer = election.answer();
        let json = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<apportion::Answer>(&json).unwrap(), answer, "{json}");
    }
}

#[test]
fn every_matrix_is_verified_by_its_cycles_and_no_moved_seat_is() {
    for case in cases() {
        let Ok(outcome) = election(&case["document"]).unwrap().outcome() else { continue };
        for record in outcome.trace().records() {
            let Record::Matrix(matrix) = record else { continue };
            if !matrix.allocation.ties().is_empty() {
                continue;
            }
            let seats = matrix.allocation.certain().to_vec();
            assert!(
                matches!(matrix.verify(&seats), Ok(apportion::matrix::Verdict::Only)),
                "{}",
                case["document"]["id"]
            );
            let mut moved = seats;
            if let Some(at) = moved.iter().position(|&seats| seats > 0) {
                moved[at] -= 1;
                assert!(matches!(matrix.verify(&moved), Err(Error::ClaimedLine { .. })));
            }
        }
    }
}

#[test]
fn zurich_2006_is_printed_with_a_key_and_divisors_that_round_every_cell() {
    let election = case("ch-zh-stadt-2006");
    let outcome = election.outcome().unwrap();
    assert_eq!(election.as_recorded(&outcome), Some(true));
    let answer = serde_json::to_value(election.answer()).unwrap();
    // The official key was 530, which lies in the interval; ours is as short as any in it.
    let upper = outcome.trace().records().iter().find_map(Record::as_upper).unwrap();
    let key: f64 = upper.key().unwrap().to_string().parse().unwrap();
    for (entry, seats) in upper.contest().certain.iter().enumerate() {
        let voters: f64 = upper.voters(entry).parse().unwrap();
        assert_eq!((voters / key + 0.5).floor() as u64, *seats);
        assert_eq!((voters / 530.0 + 0.5).floor() as u64, *seats);
    }
    assert_eq!(answer["upper"]["key"].as_str().unwrap().len(), 3);
    let number = |text: &Value| text.as_str().unwrap().parse::<f64>().unwrap();
    let divisors = &answer["divisors"];
    assert_eq!(divisors["parties"]["SP"], "1");
    for place in outcome.districts() {
        for party in place.parties().iter().filter(|party| party.is_admitted() && party.votes() > 0) {
            let product = number(&divisors["districts"][place.name()]) * number(&divisors["parties"][party.name()]);
            let quotient = party.votes() as f64 / product;
            assert_eq!((quotient + 0.5).floor() as u64, party.certain(), "{} in {}", party.name(), place.name());
        }
    }
}

#[test]
fn the_protocol_has_three_tables_as_zurich_prints_them() {
    let election = case("ch-zh-stadt-2018");
    let protocol = Protocol::new(&election.rule, &election.outcome().unwrap()).unwrap();
    let [claims, upper, lower] = protocol.tables() else { panic!("{protocol}") };
    // stadt-zuerich.ch: SP has 32,892 voters, 42.71 by the key 770, and 43 seats.
    assert!(claims.rows().iter().any(|row| row[0] == "SP" && row[1] == "32,892" && row[5] == "43"), "{claims}");
    assert!(claims.rows().iter().any(|row| row[0] == "CVP" && row[3] == "***"), "{claims}");
    assert_eq!(upper.rows()[1][0], "  voters");
    assert_eq!(lower.rows().last().unwrap()[0], "divisor");
    assert!(protocol.sentences()[0].starts_with("Without quorum (***): CVP"), "{protocol}");
    assert!(protocol.to_markdown().contains("| list | voters |"));
    assert!(protocol.to_html().contains("<td>32,892</td>"));
    let plain = Rule::new(AllocationMethod::D_HONDT, 3);
    let outcome = plain.apply(&Tally::from_votes([("A", 1)]).unwrap()).unwrap();
    assert!(matches!(Protocol::new(&plain, &outcome), Err(Error::NotCovered { .. })));
}

#[test]
fn how_voters_are_rounded_decides_a_seat_in_uster_2006() {
    let mut election = case("ch-uster-2006");
    let outcome = election.outcome().unwrap();
    assert_eq!(election.as_recorded(&outcome), Some(true));
    election.rule = election.rule.with_method(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Rounded));
    let outcome = election.outcome().unwrap();
    let mut tied = outcome.ties()[0].parties().to_vec();
    tied.sort();
    assert_eq!(tied, ["EDU", "JEDU"]);
}

/// Two parties and two districts of one seat each, all cells equal.
fn four_equal_cells() -> Count {
    let tally = || Tally::from_votes([("A", 10), ("B", 10)]).unwrap();
    Count::of_places([Place::district("North", tally()).with_seats(1), Place::district("South", tally()).with_seats(1)])
        .unwrap()
}

fn by_votes() -> Rule {
    Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 2)
}

fn drawn(cells: &[(&str, &str)]) -> TieBreak<String> {
    TieBreak::DrawnCells(cells.iter().map(|(party, place)| ((*party).into(), (*place).into())).collect())
}

#[test]
fn tied_cells_leave_the_parties_their_seats_and_the_districts_open() {
    let outcome = by_votes().apply(&four_equal_cells()).unwrap();
    assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(1), Some(1)));
    assert_eq!(outcome.at("North").unwrap().seats("A"), None);
    let tie = &outcome.ties()[0];
    assert_eq!(tie.cells().unwrap().outcomes, Some(2));
    assert_eq!(tie.to_string(), "2 seats are tied among A in North, A in South, B in North, B in South");
    assert!(outcome.warnings()[0].to_string().starts_with("open tie: 2 seats"));
    assert_eq!(outcome.at("South").unwrap().ties()[0].seats(), 1);
}

#[test]
fn a_lot_for_one_cell_settles_what_follows_from_it() {
    let rule = by_votes().tie_break([drawn(&[("A", "South")])]);
    let outcome = rule.apply(&four_equal_cells()).unwrap();
    assert_eq!(outcome.at("South").unwrap().seats("A"), Some(1));
    assert_eq!(outcome.at("North").unwrap().seats("B"), Some(1));
    assert!(outcome.ties().is_empty());
    assert_eq!(outcome.settled()[0].parties, ["A"]);
    let written = serde_json::to_value(&rule).unwrap();
    assert_eq!(written["rule"]["tie_break"], json!([{ "drawn": [["A", "South"]] }]));
    assert_eq!(serde_json::from_value::<Rule>(written).unwrap(), rule);
}

#[test]
fn a_lot_for_a_cell_that_is_not_tied_is_not_used() {
    let place = |name: &str, votes: [u64; 2]| {
        Place::district(name, Tally::from_votes(["A", "B"].into_iter().zip(votes)).unwrap()).with_seats(1)
    };
    let count = Count::of_places([place("North", [11, 10]), place("South", [10, 11])]).unwrap();
    let outcome = by_votes().tie_break([drawn(&[("A", "South")])]).apply(&count).unwrap();
    assert_eq!(outcome.at("North").unwrap().seats("A"), Some(1));
    assert_eq!(outcome.at("South").unwrap().seats("B"), Some(1));
    assert!(outcome.settled().is_empty());
}

#[test]
fn a_lot_that_completes_to_no_outcome_is_refused_by_name() {
    let refused = |cells: &[(&str, &str)]| by_votes().tie_break([drawn(cells)]).apply(&four_equal_cells()).unwrap_err();
    let both = refused(&[("A", "South"), ("B", "South")]);
    assert!(matches!(&both, Error::DrawnCell { cell, .. } if cell == "B in South"), "{both}");
    assert!(matches!(refused(&[("A", "South"), ("A", "South")]), Error::DrawnCell { .. }));
    assert!(matches!(refused(&[("C", "South")]), Error::UnknownParty { .. }));
    assert!(matches!(refused(&[("A", "East")]), Error::UnknownPlace { .. }));
    let plain = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([drawn(&[("A", "South")])]);
    assert!(matches!(plain.apply(&four_equal_cells()), Err(Error::KeyWithoutKind { kind: "biproportional", .. })));
}

#[test]
fn a_tie_of_the_parties_stops_before_the_matrix_until_lots_are_drawn() {
    let north = Tally::from_votes([("A", 30), ("B", 10)]).unwrap();
    let south = Tally::from_votes([("A", 10), ("B", 30)]).unwrap();
    let count = Count::of_places([
        Place::district("North", north).with_seats(2),
        Place::district("South", south).with_seats(1),
    ]);
    let rule = by_votes().with_seats(3);
    let open = rule.apply(&count.clone().unwrap()).unwrap();
    assert_eq!((open.certain("A"), open.certain("B"), open.seats("A")), (Some(1), Some(1), None));
    assert_eq!((open.ties()[0].parties(), open.ways().len()), (&["A".to_string(), "B".to_string()][..], 0));
    assert!(open.districts().all(|district| district.filled() == 0));
    let drawn = rule.tie_break([TieBreak::Drawn(vec!["B".into()])]).apply(&count.unwrap()).unwrap();
    assert_eq!((drawn.seats("B"), drawn.at("South").unwrap().seats("B")), (Some(2), Some(1)));
}

#[test]
fn a_tie_after_which_there_is_no_matrix_however_it_ends_is_an_error() {
    // One seat of three is tied between A and C, which both stand only in the district of one seat.
    let north = Tally::from_votes([("A", 15), ("C", 15)]).unwrap();
    let south = Tally::from_votes([("B", 4)]).unwrap();
    let count = Count::of_places([
        Place::district("North", north).with_seats(1),
        Place::district("South", south).with_seats(2),
    ]);
    let error = by_votes().with_seats(3).apply(&count.unwrap()).unwrap_err();
    assert!(matches!(&error, Error::NoMatrix { districts, .. } if districts == &["North"]), "{error}");
}

/// Two districts, of 100 and of 1,000 votes.
fn quorum_count(seats: [u64; 2]) -> Count {
    let small = Tally::from_votes([("A", 80), ("B", 15), ("C", 5)]).unwrap();
    let large = Tally::from_votes([("A", 900), ("B", 99), ("C", 1)]).unwrap();
    Count::of_places([
        Place::district("Small", small).with_seats(seats[0]),
        Place::district("Large", large).with_seats(seats[1]),
    ])
    .unwrap()
}

fn admitted(rule: &Rule, count: &Count) -> Vec<String> {
    let outcome: Outcome = rule.apply(count).unwrap();
    outcome.parties().iter().filter(|party| party.is_admitted()).map(|party| party.name().to_string()).collect()
}

#[test]
fn a_quorum_is_reached_in_one_district_or_by_voters_in_all() {
    let law = || Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Exact), 20);
    let share = |text: &str| Threshold::share(text.parse().unwrap());
    let in_one = law().threshold(Threshold::in_places(1, Level::District, share("5%")));
    assert_eq!(admitted(&in_one, &quorum_count([10, 10])), ["A", "B", "C"]); // exactly 5 of 100
    assert_eq!(admitted(&law().threshold(share("1%")), &quorum_count([10, 10])), ["A", "B"]); // 6 of 1,100
    // By voters: 5/2 + 1/18 of 100/2 + 1000/18 are 2.42%.
    let voters = |text: &str| law().threshold(share(text).of(Base::Voters));
    assert_eq!(admitted(&voters("2.4%"), &quorum_count([2, 18])), ["A", "B", "C"]);
    let outcome = voters("2.5%").apply(&quorum_count([2, 18])).unwrap();
    assert_eq!(
        outcome.party("C").unwrap().admission().shortfall().unwrap().to_string(),
        "2.42% of voter numbers, below 2.5%"
    );
    let flat = Rule::new(AllocationMethod::D_HONDT, 20).threshold(share("3%").of(Base::Voters));
    assert!(flat.apply(&quorum_count([10, 10])).is_err());
}

#[test]
fn a_district_without_seats_counts_for_nothing() {
    let law = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Rounded), 20);
    let quorum = law.threshold(Threshold::in_places(1, Level::District, Threshold::share("5%".parse().unwrap())));
    assert_eq!(admitted(&quorum, &quorum_count([0, 20])), ["A", "B"]);
}

#[test]
fn all_divisors_with_a_first_above_zero_agree_where_districts_have_one_seat() {
    let count = |votes: &[[u64; 3]]| {
        let places = votes.iter().enumerate().map(|(at, row)| {
            let tally = Tally::from_votes(["A", "B", "C"].into_iter().zip(*row)).unwrap();
            Place::district(format!("D{at}"), tally).with_seats(1)
        });
        Count::of_places(places).unwrap()
    };
    let count = count(&[[50, 30, 20], [41, 40, 19], [60, 31, 9], [33, 34, 32], [45, 25, 30]]);
    let seats = |divisors: Divisors| {
        let law = Biproportional::new(divisors, Voters::Votes).party_seats([("A", 2), ("B", 2), ("C", 1)]);
        let outcome = Rule::new(law, 5).apply(&count).unwrap();
        outcome.districts().map(|place| ["A", "B", "C"].map(|party| place.seats(party))).collect::<Vec<_>>()
    };
    let sainte_lague = seats(Divisors::SAINTE_LAGUE);
    assert_eq!(seats(Divisors::D_HONDT), sainte_lague);
    assert_eq!(seats(Divisors::DANISH), sainte_lague);
    assert_eq!(seats(Divisors::MACAU), sainte_lague);
}

#[test]
fn bounds_hold_for_cells_and_for_parties_in_all() {
    // Without the minimum of two in all, C has no seat; without the maximum, both of its seats are where its votes are.
    let document = json!({
        "rule": { "method": { "biproportional": { "divisor": "sainte-lague", "voters": "votes" } } },
        "parties": [{ "name": "C", "min": 2 }],
        "districts": [
            { "name": "Small", "seats": 10, "parties": [{ "name": "A", "votes": 80 }, { "name": "C", "votes": 5, "max": 1 }] },
            { "name": "Large", "seats": 10, "parties": [{ "name": "A", "votes": 900 }, { "name": "C", "votes": 1 }] },
        ],
    });
    let outcome = election(&document).unwrap().outcome().unwrap();
    assert_eq!(by_votes().with_seats(20).apply(&quorum_count([10, 10])).unwrap().seats("C"), Some(0));
    let of_c = |place: &str| outcome.at(place).unwrap().seats("C");
    assert_eq!((outcome.seats("C"), of_c("Small"), of_c("Large")), (Some(2), Some(1), Some(1)));
}

/// A document of two districts with these changes to its method.
fn document(method: Value) -> Value {
    json!({
        "rule": { "method": { "biproportional": method } },
        "districts": [
            { "name": "North", "seats": 2, "parties": [{ "name": "A", "votes": 60 }, { "name": "B", "votes": 0 }] },
            { "name": "South", "seats": 1, "parties": [{ "name": "A", "votes": 60 }, { "name": "B", "votes": 40 }] },
        ],
    })
}

#[test]
fn bad_input_is_refused_with_value_and_place() {
    let error = |document: &Value| match election(document) {
        Ok(election) => election.outcome().map(|outcome| outcome.to_string()).unwrap_err().to_string(),
        Err(error) => error,
    };
    let method = |more: Value| {
        let mut all = json!({ "divisor": "sainte-lague", "voters": "votes" });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        document(all)
    };
    assert!(error(&document(json!({ "divisor": "sainte-lague" }))).contains("missing field `voters`"));
    assert!(error(&document(json!({ "divisor": "hare", "voters": "votes" }))).contains("\"hare\""));
    assert!(error(&method(json!({ "upper": "hare" }))).contains("upper needs divisors"));
    assert!(error(&method(json!({ "winner": true }))).contains("winner"));
    let sums = error(&method(json!({ "party_seats": { "A": 2, "B": 2 } })));
    assert_eq!(sums, "the parties have 4 seats in all, but the districts 3");
    let misspelt = error(&method(json!({ "party_seats": { "A": 2, "b": 1 } })));
    assert_eq!(misspelt, "party_seats names \"b\", but no such party stands");
    let no_votes = error(&method(json!({ "party_seats": { "A": 1, "B": 2 } })));
    assert_eq!(no_votes, "B must have 2 seats, but has votes only in South, with 1 seat");
    let mut both = method(json!({ "party_seats": { "A": 2, "B": 1 } }));
    both["rule"]["threshold"] = json!("5%");
    assert!(error(&both).contains("threshold belongs to a tier that is biproportional without party_seats"));
    let mut minimums = method(json!({}));
    minimums["districts"][1]["parties"][0]["min"] = json!(2);
    assert!(error(&minimums).contains("the minimums of South take 2 seats, but it has 1"));
    let mut bonus = method(json!({}));
    bonus["rule"]["bonus"] = json!(1);
    assert_eq!(error(&bonus), "bonus belongs to a tier that is not biproportional");
    let mut mixed = method(json!({}));
    mixed["rule"]["tie_break"] = json!({ "drawn": ["A", ["A", "North"]] });
    assert!(error(&mixed).contains("for parties or for cells, not both"));
    let one_place = Tally::from_votes([("A", 1)]).unwrap();
    assert_eq!(by_votes().apply(&one_place).unwrap_err(), Error::NoDistricts);
}

#[test]
fn winners_of_more_districts_than_seats_are_an_error_that_names_the_clause() {
    let error = case("winner-takes-one-impossible").outcome().unwrap_err();
    assert_eq!(error.to_string(), "the minimums of A (with winner_takes_one) take 4 seats, but it has 3");
}

#[test]
fn votes_beyond_any_sum_are_an_error_or_are_not_summed() {
    let outcome = case("u64-tie").outcome().unwrap();
    assert!(outcome.warnings().iter().any(|warning| warning.to_string().starts_with("not shown in full: A has 276")));
    let mut election = case("u64-tie");
    election.rule = by_votes();
    assert!(matches!(election.outcome(), Err(Error::TooManyVotes { .. })));
}

#[test]
fn a_matrix_of_each_region_gives_each_its_own_seats() {
    let place = |name: &str, region: &str, a: u64, b: u64| json!({ "name": name, "in": region, "seats": 2, "parties": [{ "name": "A", "votes": a }, { "name": "B", "votes": b }] });
    let document = json!({
        "rule": { "at": "region", "method": { "biproportional": { "divisor": "sainte-lague", "voters": "exact" } } },
        "regions": [{ "name": "East" }, { "name": "West" }],
        "districts": [place("E1", "East", 70, 30), place("E2", "East", 60, 41), place("W1", "West", 20, 83), place("W2", "West", 11, 90)],
    });
    let outcome = election(&document).unwrap().outcome().unwrap();
    assert_eq!(outcome.at("East").unwrap().seats("A"), Some(3));
    assert_eq!(outcome.at("West").unwrap().seats("A"), Some(1));
    assert_eq!(outcome.seats("A"), Some(4));
}

#[test]
fn laws_of_the_catalogue_give_the_seats_of_their_elections() {
    let laws: Vec<apportion::Law> = apportion::Law::CATALOGUE
        .iter()
        .filter(|(_, text)| text.contains("biproportional"))
        .map(|(id, text)| toml::from_str(text).unwrap_or_else(|error| panic!("{id}: {error}")))
        .collect();
    assert!(laws.len() >= 8);
    for law in &laws {
        let again: apportion::Law = toml::from_str(&toml::to_string(law).unwrap()).unwrap();
        assert_eq!(&again, law);
    }
    let pairs = [
        ("ch-zh-stadt-2006", "ch-zh-stadt-2006"),
        ("ch-zh-stadt-2018", "ch-zh-stadt-2006"),
        ("ch-zh-kanton-2015", "ch-zh-kanton-2007"),
        ("ch-zh-kanton-2019", "ch-zh-kanton-2019"),
        ("ch-zg-2018", "ch-zg-2014"),
        ("ch-ag-2020", "ch-ag-2012"),
        ("ch-ur-2020", "ch-ur-2020"),
    ];
    for (id, law) in pairs {
        let mut election = case(id);
        let law = laws.iter().find(|known| known.id == law).expect(law);
        election.rule = law.rule(election.rule.seats().unwrap());
        let outcome = election.outcome().unwrap();
        assert_eq!(election.as_recorded(&outcome), Some(true), "{id}");
    }
}

#[test]
fn later_tiers_wait_for_the_lots_of_a_matrix() {
    use apportion::rule::Seats;
    let law = |lots: Vec<TieBreak<String>>| {
        let matrix =
            Tier::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes)).name("lists").tie_break(lots);
        let more = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(2)).name("more");
        Rule::of_tiers([matrix, more])
    };
    let open = law(Vec::new()).apply(&four_equal_cells()).unwrap();
    assert!(!open.ways_complete());
    assert_eq!((open.certain("A"), open.ties()[0].tier()), (Some(1), Some("lists")));
    let drawn = law(vec![drawn(&[("A", "North")])]).apply(&four_equal_cells()).unwrap();
    assert!(drawn.ways_complete() && drawn.ties().is_empty());
    assert_eq!(drawn.certain("A"), Some(2));
}

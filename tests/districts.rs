//! Several districts: the elections of `tests/data/districts.jsonl`, thresholds at two levels, and what is refused.

use apportion::{
    AllocationMethod, Base, District, Election, Error, Level, Measure, Party, Rule, SeatsBy, Tally, Threshold, TieBreak,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn elections() -> Vec<Election> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/districts.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn tally(votes: &[(&str, u64)]) -> Tally {
    Tally::from_votes(votes.iter().copied()).unwrap()
}

fn d_hondt() -> Rule {
    Rule::new(AllocationMethod::D_HONDT, 0)
}

fn share(text: &str) -> Threshold {
    Threshold::share(text.parse().unwrap())
}

#[test]
fn every_real_election_has_its_official_seats() {
    let elections = elections();
    assert_eq!(elections.len(), 19);
    let mut districts = 0;
    for election in &elections {
        let outcome = election.outcome().unwrap_or_else(|error| panic!("{:?}: {error}", election.id));
        assert_eq!(election.as_recorded(&outcome), Some(true), "{:?}", election.id);
        districts += outcome.districts().len();
    }
    assert!(districts > 400, "{districts}");
}

#[test]
fn every_real_election_is_the_same_after_writing_and_reading() {
    for election in elections() {
        let json = serde_json::to_string(&election).unwrap();
        assert_eq!(serde_json::from_str::<Election>(&json).unwrap(), election);
        let toml = toml::to_string(&election).unwrap();
        assert_eq!(toml::from_str::<Election>(&toml).unwrap(), election);
    }
}

#[test]
fn a_record_that_differs_in_one_district_or_in_the_nation_is_seen() {
    let mut election = elections().remove(0);
    let outcome = election.outcome().unwrap();
    election.recorded_in[3][0] = election.recorded_in[3][0].map(|seats| seats + 1);
    assert_eq!(election.as_recorded(&outcome), Some(false));
    let mut poland = elections().into_iter().find(|election| !election.national.is_empty()).unwrap();
    let outcome = poland.outcome().unwrap();
    *poland.national.values_mut().next().unwrap() += 1;
    assert_eq!(poland.as_recorded(&outcome), Some(false));
}

#[test]
fn national_totals_are_the_sums_of_the_districts() {
    let districts = [
        District::new("North", 3, tally(&[("A", 600), ("B", 400)])),
        District::new("South", 2, tally(&[("C", 100), ("B", 250)])),
    ];
    let outcome = d_hondt().apply_districts(&districts, &[]).unwrap();
    let parties: Vec<_> =
        outcome.parties().iter().map(|party| (party.name(), party.votes(), party.certain())).collect();
    assert_eq!(parties, [("A", 600, 2), ("B", 650, 3), ("C", 100, 0)]);
    assert_eq!(outcome.total_seats(), 5);
}

#[test]
fn thresholds_of_nation_and_district_mix_inside_any_and_all() {
    // B has 3% of the nation but 30% of the small district; C 6% of the nation, and 6.06% of the large one alone.
    let districts = [
        District::new("Large", 10, tally(&[("A", 9_300), ("C", 600)])),
        District::new("Small", 10, tally(&[("A", 70), ("B", 30)])),
    ];
    let admitted = |threshold: Threshold| {
        let outcome = d_hondt().threshold(threshold).apply_districts(&districts, &[]).unwrap();
        ["A", "B", "C"].map(|name| outcome.party(name).unwrap().is_admitted())
    };
    let (nation, district) = (share("5%").at(Level::Nation), share("20%"));
    assert_eq!(admitted(nation.clone()), [true, false, true]);
    assert_eq!(admitted(district.clone()), [true, true, false]);
    assert_eq!(admitted(Threshold::any([nation.clone(), district.clone()])), [true, true, true]);
    assert_eq!(admitted(Threshold::all([nation, district.clone()])), [true, false, false]);
    // A part that names its own level keeps it.
    let inside = Threshold::any([share("5%"), district.at(Level::District)]).at(Level::Nation);
    assert_eq!(admitted(inside), [true, true, true]);
}

#[test]
fn a_party_just_below_the_national_threshold_is_out_even_where_it_leads() {
    let districts = [
        District::new("Home", 2, tally(&[("Local", 499), ("A", 1)])),
        District::new("Rest", 8, tally(&[("A", 9_500)])),
    ];
    let rule = d_hondt().threshold(share("5%").at(Level::Nation));
    assert_eq!(rule.apply_districts(&districts, &[]).unwrap().seats("Local"), Some(0));
    let exact = [
        District::new("Home", 2, tally(&[("Local", 500), ("A", 1)])),
        District::new("Rest", 8, tally(&[("A", 9_499)])),
    ];
    assert_eq!(rule.apply_districts(&exact, &[]).unwrap().seats("Local"), Some(2));
}

#[test]
fn a_national_threshold_is_repaired_in_the_nation_and_a_local_one_in_each_district() {
    let districts = [
        District::new("East", 5, tally(&[("A", 900), ("B", 50), ("C", 20)])),
        District::new("West", 5, tally(&[("A", 900), ("B", 20), ("C", 49)])),
    ];
    let admitted = |rule: Rule| {
        let outcome = rule.admit_at_least(2).apply_districts(&districts, &[]).unwrap();
        let of = |place: usize| {
            let parties = outcome.districts()[place].outcome().parties().to_vec();
            parties.into_iter().filter(|party| party.is_admitted()).map(|party| party.name().to_string()).collect()
        };
        [of(0), of(1)]
    };
    let everywhere: [Vec<String>; 2] = admitted(d_hondt().threshold(share("50%").at(Level::Nation)));
    assert_eq!(everywhere, [["A", "B"], ["A", "B"]]);
    assert_eq!(admitted(d_hondt().threshold(share("50%"))), [["A", "B"], ["A", "C"]]);
}

#[test]
fn seats_go_to_districts_by_a_method_first() {
    let of = |name: &str, registered: u64, population: u64| {
        let tally = tally(&[("A", registered / 2), ("B", registered / 3)]).with_registered(registered);
        District::without_seats(name, tally).with_population(population)
    };
    let districts = [of("City", 700, 500), of("Land", 200, 460), of("Isle", 60, 40)];
    let seats = |by: SeatsBy| -> Vec<u64> {
        let rule = Rule::new(AllocationMethod::D_HONDT, 10).seats_by(by);
        let outcome = rule.apply_districts(&districts, &[]).unwrap();
        assert_eq!(outcome.parties().iter().map(|party| party.certain()).sum::<u64>(), 10);
        outcome.districts().iter().map(|district| district.outcome().total_seats()).collect()
    };
    let registered = Measure::Ballots(Base::Registered);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::HARE, registered)), [7, 2, 1]);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::HARE, Measure::Population)), [5, 5, 0]);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::HARE, Measure::Population).with_minimum(2)), [4, 4, 2]);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::D_HONDT, Measure::Ballots(Base::Valid))), [8, 2, 0]);
}

#[test]
fn what_is_wrong_with_districts_is_refused_by_name() {
    let refused = |rule: Rule, districts: &[District]| rule.apply_districts(districts, &[]).unwrap_err().to_string();
    let north = || District::new("North", 3, tally(&[("A", 6), ("B", 4)]));
    assert_eq!(refused(d_hondt(), &[]), "there are no districts");
    assert_eq!(refused(d_hondt(), &[north(), north()]), "the district \"North\" is there twice");
    let empty = District::new("Empty", 3, Tally::default());
    assert_eq!(refused(d_hondt(), &[north(), empty]), "district \"Empty\": there are no parties");
    let bare = District::without_seats("Bare", tally(&[("A", 1)]));
    assert!(refused(d_hondt(), &[north(), bare.clone()]).starts_with("the district \"Bare\" has no seats"));
    let by = |measure| Rule::new(AllocationMethod::HARE, 3).seats_by(SeatsBy::new(AllocationMethod::HARE, measure));
    assert!(refused(by(Measure::Population), &[north()]).starts_with("the district \"North\" has seats of its own"));
    assert!(refused(by(Measure::Population), &[bare.clone()]).starts_with("the district \"Bare\" has no population"));
    let equal = ["Left", "Right"].map(|name| District::without_seats(name, tally(&[("A", 1)])));
    assert_eq!(
        refused(by(Measure::Ballots(Base::Valid)), &equal),
        "1 of the seats are tied among the districts Left, Right"
    );
    let tie_break = SeatsBy::new(AllocationMethod::HARE, Measure::Ballots(Base::Valid));
    let settled = Rule::new(AllocationMethod::HARE, 3).seats_by(tie_break.with_tie_break([TieBreak::ListOrder]));
    assert!(settled.apply_districts(&equal, &[]).is_ok());
    assert_eq!(settled.apply(&tally(&[("A", 1)])), Err(Error::NeedsDistricts));
    let two = |members| Tally::from_votes([(Party::new("A").with_members(members), 5)]).unwrap();
    let districts = [District::new("North", 1, two(2)), District::new("South", 1, two(3))];
    assert_eq!(refused(d_hondt(), &districts), "the party \"A\" differs between the tallies: members");
    let nobody = District::new("Nobody", 2, tally(&[("A", 0)]));
    assert_eq!(
        refused(d_hondt(), &[north(), nobody]),
        "district \"Nobody\": no admitted party has votes, but there are 2 seats"
    );
}

fn answer(document: Value) -> Value {
    let election: Result<Election, _> = serde_json::from_value(document);
    match election {
        Ok(election) => serde_json::to_value(election.answer()).unwrap(),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

#[test]
fn an_answer_carries_each_district_and_the_totals() {
    let answer = answer(json!({
        "id": "x", "rule": { "method": "dhondt" },
        "districts": [
            { "name": "North", "seats": 2, "parties": [{ "name": "A", "votes": 6 }, { "name": "B", "votes": 4 }] },
            { "name": "South", "seats": 1, "parties": [{ "name": "B", "votes": 4 }, { "name": "C", "votes": 4 }] },
        ],
    }));
    assert_eq!(
        answer,
        json!({
            "id": "x", "name": null, "seats": 3, "as_recorded": null,
            "parties": [
                { "name": "A", "votes": 6, "seats": 1, "admitted": true },
                { "name": "B", "votes": 8, "seats": 1, "admitted": true },
                { "name": "C", "votes": 4, "seats": 0, "admitted": true },
            ],
            "ties": [{ "parties": ["B", "C"], "seats": 1 }],
            "districts": [
                { "name": "North", "seats": 2, "ties": [], "parties": [
                    { "name": "A", "votes": 6, "seats": 1, "admitted": true },
                    { "name": "B", "votes": 4, "seats": 1, "admitted": true },
                ] },
                { "name": "South", "seats": 1, "ties": [{ "parties": ["B", "C"], "seats": 1 }], "parties": [
                    { "name": "B", "votes": 4, "seats": 0, "admitted": true },
                    { "name": "C", "votes": 4, "seats": 0, "admitted": true },
                ] },
            ],
        })
    );
}

#[test]
fn a_document_gives_seats_to_districts_in_the_rule_or_beside_it() {
    let districts = json!([
        { "name": "North", "population": 70, "parties": [{ "name": "A", "votes": 6 }] },
        { "name": "South", "population": 30, "parties": [{ "name": "A", "votes": 4 }] },
    ]);
    let by = json!({ "method": "hare", "of": "population", "min": 1 });
    let inside = json!({ "seats": 10, "rule": { "method": "dhondt", "seats_by": by }, "districts": districts });
    let beside = json!({ "seats": 10, "rule": { "method": "dhondt" }, "seats_by": by, "districts": districts });
    assert_eq!(answer(inside.clone())["districts"][0]["seats"], 7);
    assert_eq!(answer(inside.clone()), answer(beside.clone()));
    let mut both = inside;
    both["seats_by"] = by.clone();
    assert_eq!(answer(both)["error"], "seats_by stands both in the rule and beside it");
    let mut none = beside;
    none.as_object_mut().unwrap().remove("seats");
    assert_eq!(answer(none)["error"], "missing field `seats`");
}

#[test]
fn a_document_with_districts_and_parties_or_with_other_sums_is_refused() {
    let district = json!({ "name": "North", "seats": 2, "parties": [{ "name": "A", "votes": 6 }] });
    let document = |key: &str, value: Value| {
        let mut document = json!({ "rule": { "method": "dhondt" }, "districts": [district] });
        document[key] = value;
        answer(document)["error"].as_str().unwrap_or_default().to_string()
    };
    assert_eq!(document("parties", json!([])), "parties, tally and ballots stand in the districts, not beside them");
    assert_eq!(document("seats", json!(3)), "the districts have 2 seats, but the document has 3");
    assert_eq!(document("seats", json!(2)), "");
    assert_eq!(document("districts", json!([])), "there are no districts");
    let twice = json!([{ "name": "North", "seats": 1,
        "parties": [{ "name": "A", "votes": 6 }, { "name": "A", "votes": 6 }] }]);
    assert_eq!(document("districts", twice), "district \"North\": the party \"A\" is there twice");
}

proptest! {
    #[test]
    fn districts_come_out_as_each_of_them_alone(
        votes in prop::collection::vec(prop::collection::vec(0..50_u64, 3), 1..6), seats in 0..9_u64,
    ) {
        let places: Vec<District> = votes
            .iter()
            .enumerate()
            .map(|(at, votes)| {
                let named = ["A", "B", "C"].into_iter().zip(votes.iter().copied());
                District::new(format!("d{at}"), seats, Tally::from_votes(named).unwrap())
            })
            .collect();
        let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, seats).threshold(share("10%"));
        let together = rule.apply_districts(&places, &[]);
        for (at, place) in places.iter().enumerate() {
            match (rule.apply(&place.tally), &together) {
                (Ok(alone), Ok(together)) => prop_assert_eq!(&alone, together.districts()[at].outcome()),
                (Err(_), together) => prop_assert!(together.is_err()),
                (Ok(_), Err(_)) => {}
            }
        }
    }
}

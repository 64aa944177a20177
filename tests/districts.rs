//! Several districts: the elections of `tests/data/districts.jsonl`, thresholds at two levels, and what is refused.

use apportion::{
    AllocationMethod, Base, Count, Election, Error, Level, Party, Place, PlaceOutcome, Rule, SeatsBy, Tally, Threshold,
    TieBreak, TieOutcome,
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

/// D'Hondt in every district, over its own seats.
fn d_hondt() -> Rule {
    Rule::new(AllocationMethod::D_HONDT, 0).without_seats()
}

fn count<const N: usize>(districts: [Place; N]) -> Count {
    Count::of_places(districts).unwrap()
}

/// A district by name, seats and votes.
fn district(name: &str, seats: u64, votes: &[(&str, u64)]) -> Place {
    Place::district(name, tally(votes)).with_seats(seats)
}

fn share(text: &str) -> Threshold {
    Threshold::share(text.parse().unwrap())
}

#[test]
fn every_real_election_has_its_official_seats() {
    let elections = elections();
    assert_eq!(elections.len(), 34);
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
    let place = election.recorded.places.values_mut().nth(3).unwrap();
    *place.values_mut().next().unwrap() += 1;
    assert_eq!(election.as_recorded(&outcome), Some(false));
    let mut poland = elections().into_iter().find(|election| !election.recorded.nation.is_empty()).unwrap();
    let outcome = poland.outcome().unwrap();
    *poland.recorded.nation.values_mut().next().unwrap() += 1;
    assert_eq!(poland.as_recorded(&outcome), Some(false));
}

#[test]
fn national_totals_are_the_sums_of_the_districts() {
    let districts = count([
        district("North", 3, &[("A", 600), ("B", 400)]),
        district("South", 2, &[("C", 100), ("B", 250)]),
    ]);
    let outcome = d_hondt().apply(&districts).unwrap();
    let parties: Vec<_> =
        outcome.parties().iter().map(|party| (party.name(), party.votes(), party.certain())).collect();
    assert_eq!(parties, [("A", 600, 2), ("B", 650, 3), ("C", 100, 0)]);
    assert_eq!(outcome.total_seats(), 5);
}

#[test]
fn thresholds_of_nation_and_district_mix_inside_any_and_all() {
    // B has 3% of the nation but 30% of the small district; C 6% of the nation, and 6.06% of the large one alone.
    let districts = count([
        district("Large", 10, &[("A", 9_300), ("C", 600)]),
        district("Small", 10, &[("A", 70), ("B", 30)]),
    ]);
    let admitted = |threshold: Threshold| {
        let outcome = d_hondt().threshold(threshold).apply(&districts).unwrap();
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
    let districts = count([
        district("Home", 2, &[("Local", 499), ("A", 1)]),
        district("Rest", 8, &[("A", 9_500)]),
    ]);
    let rule = d_hondt().threshold(share("5%").at(Level::Nation));
    assert_eq!(rule.apply(&districts).unwrap().seats("Local"), Some(0));
    let exact = count([
        district("Home", 2, &[("Local", 500), ("A", 1)]),
        district("Rest", 8, &[("A", 9_499)]),
    ]);
    assert_eq!(rule.apply(&exact).unwrap().seats("Local"), Some(2));
}

#[test]
fn a_national_threshold_is_repaired_in_the_nation_and_a_local_one_in_each_district() {
    let districts = count([
        district("East", 5, &[("A", 900), ("B", 50), ("C", 20)]),
        district("West", 5, &[("A", 900), ("B", 20), ("C", 49)]),
    ]);
    let admitted = |rule: Rule| {
        let outcome = rule.admit_at_least(2).apply(&districts).unwrap();
        let of = |place: usize| {
            let parties = outcome.places()[place].parties().iter();
            parties.filter(|party| party.is_admitted()).map(|party| party.name().to_string()).collect()
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
        Place::district(name, tally).with_population(population)
    };
    let districts = count([of("City", 700, 500), of("Land", 200, 460), of("Isle", 60, 40)]);
    let seats = |by: SeatsBy| -> Vec<u64> {
        let rule = Rule::new(AllocationMethod::D_HONDT, 10).seats_by(by);
        let outcome = rule.apply(&districts).unwrap();
        assert_eq!(outcome.parties().iter().map(|party| party.certain()).sum::<u64>(), 10);
        outcome.districts().map(PlaceOutcome::total_seats).collect()
    };
    let registered = Base::Registered;
    assert_eq!(seats(SeatsBy::new(AllocationMethod::HARE, registered)), [7, 2, 1]);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::HARE, Base::Population)), [5, 5, 0]);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::HARE, Base::Population).minimum(2)), [4, 4, 2]);
    assert_eq!(seats(SeatsBy::new(AllocationMethod::D_HONDT, Base::Valid)), [8, 2, 0]);
}

#[test]
fn what_is_wrong_with_districts_is_refused_by_name() {
    let refused = |rule: Rule, districts: &[Place]| {
        let outcome = Count::of_places(districts.iter().cloned()).and_then(|count| rule.apply(&count));
        outcome.unwrap_err().to_string()
    };
    let north = || district("North", 3, &[("A", 6), ("B", 4)]);
    assert_eq!(refused(d_hondt(), &[]), "there are no districts");
    assert_eq!(refused(d_hondt(), &[north(), north()]), "the district \"North\" is there twice");
    let empty = Place::district("Empty", Tally::default()).with_seats(3);
    assert_eq!(refused(d_hondt(), &[north(), empty]), "district \"Empty\": there are no parties");
    let bare = Place::district("Bare", tally(&[("A", 1)]));
    assert!(refused(d_hondt(), &[north(), bare.clone()]).starts_with("the district \"Bare\" has no seats"));
    let by = |of| Rule::new(AllocationMethod::HARE, 3).seats_by(SeatsBy::new(AllocationMethod::HARE, of));
    assert!(refused(by(Base::Population), &[north()]).starts_with("the district \"North\" has seats of its own"));
    assert!(refused(by(Base::Population), &[bare]).starts_with("the district \"Bare\" has no population"));
    let two = |members| Tally::from_votes([(Party::new("A").with_members(members), 5)]).unwrap();
    let differing = [("North", 2), ("South", 3)].map(|(name, members)| Place::district(name, two(members)).with_seats(1));
    assert_eq!(refused(d_hondt(), &differing), "the party \"A\" differs between the tallies: members");
    let nobody = district("Nobody", 2, &[("A", 0)]);
    assert_eq!(
        refused(d_hondt(), &[north(), nobody]),
        "district \"Nobody\": no admitted party has votes, but there are 2 seats"
    );
    assert_eq!(
        refused(Rule::new(AllocationMethod::D_HONDT, 999), &[north()]),
        "the rule has 999 seats, but the districts have 3"
    );
}

#[test]
fn a_tie_between_districts_for_a_seat_has_a_way_for_each_of_them() {
    let equal = count(["Left", "Right"].map(|name| Place::district(name, tally(&[("A", 1)]))));
    let rule = |by: SeatsBy| Rule::new(AllocationMethod::HARE, 3).seats_by(by);
    let by = SeatsBy::new(AllocationMethod::HARE, Base::Valid);
    let outcome = rule(by.clone()).apply(&equal).unwrap();
    assert_eq!(outcome.tie().unwrap().parties(), ["Left", "Right"]);
    assert_eq!((outcome.ways().len(), outcome.ways_complete()), (2, true));
    // Wherever the third seat goes, A takes it.
    assert_eq!(outcome.seats("A"), Some(3));
    assert_eq!(["Left", "Right"].map(|name| outcome.at(name).unwrap().certain("A")), [Some(1), Some(1)]);
    let settled = rule(by.tie_break([TieBreak::ListOrder])).apply(&equal).unwrap();
    assert_eq!(["Left", "Right"].map(|name| settled.at(name).unwrap().seats("A")), [Some(2), Some(1)]);
    assert_eq!(rule(SeatsBy::new(AllocationMethod::HARE, Base::Valid)).apply(&tally(&[("A", 1)])), Err(Error::NeedsDistricts));
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
    let mut answer = answer(json!({
        "id": "x", "rule": { "method": "dhondt" },
        "districts": [
            { "name": "North", "seats": 2, "parties": [{ "name": "A", "votes": 6 }, { "name": "B", "votes": 4 }] },
            { "name": "South", "seats": 1, "parties": [{ "name": "B", "votes": 4 }, { "name": "C", "votes": 4 }] },
        ],
    }));
    let words = ["method", "law"].map(|key| answer.as_object_mut().unwrap().remove(key));
    assert_eq!(words, [Some(json!("D'Hondt")), Some(json!("3 seats by D'Hondt"))]);
    assert_eq!(
        answer,
        json!({
            "id": "x", "name": null, "seats": 3, "as_recorded": null,
            "parties": [
                { "name": "A", "votes": 6, "seats": 1, "admitted": true },
                { "name": "B", "votes": 8, "seats": 1, "admitted": true },
                { "name": "C", "votes": 4, "seats": 0, "admitted": true },
            ],
            "ties": [{ "place": "South", "parties": ["B", "C"], "seats": 1 }],
            "warnings": ["South: open tie: 1 seat is tied among B, C"],
            "districts": [
                { "name": "North", "seats": 2, "ties": [], "parties": [
                    { "name": "A", "votes": 6, "seats": 1, "admitted": true },
                    { "name": "B", "votes": 4, "seats": 1, "admitted": true },
                ] },
                { "name": "South", "seats": 1, "ties": [{ "place": "South", "parties": ["B", "C"], "seats": 1 }], "parties": [
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
    assert_eq!(answer(none)["error"], "a document whose law gives them to districts lacks seats");
}

#[test]
fn a_document_with_districts_and_ballots_or_with_other_sums_is_refused() {
    let district = json!({ "name": "North", "seats": 2, "parties": [{ "name": "A", "votes": 6 }] });
    let document = |key: &str, value: Value| {
        let mut document = json!({ "rule": { "method": "dhondt" }, "districts": [district] });
        document[key] = value;
        answer(document)["error"].as_str().unwrap_or_default().to_string()
    };
    let ballots = json!([{ "ranking": ["A"], "count": 1 }]);
    assert_eq!(document("ballots", ballots), "ballots stand in the districts, not beside them");
    assert_eq!(document("seats", json!(3)), "the rule has 3 seats, but the districts have 2");
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
        let places: Vec<Place> = votes
            .iter()
            .enumerate()
            .map(|(at, votes)| {
                let named = ["A", "B", "C"].into_iter().zip(votes.iter().copied());
                Place::district(format!("d{at}"), Tally::from_votes(named).unwrap()).with_seats(seats)
            })
            .collect();
        let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, seats).threshold(share("10%"));
        let together = rule.clone().without_seats().apply(&Count::of_places(places.clone()).unwrap());
        for place in &places {
            match (rule.apply(&place.tally), &together) {
                (Ok(alone), Ok(together)) => {
                    let there = together.at(&place.name).unwrap();
                    prop_assert_eq!(alone.parties(), there.parties());
                    let tied = |ties: &[TieOutcome]| ties.iter().map(|tie| tie.tie().clone()).collect::<Vec<_>>();
                    prop_assert_eq!(tied(alone.ties()), tied(there.ties()));
                }
                (Err(_), together) => prop_assert!(together.is_err()),
                (Ok(_), Err(_)) => {}
            }
        }
    }
}

//! Ways: what a law does where it has to know how a tie ends.

use apportion::rule::Overhang;
use apportion::{
    AllocationMethod, Cap, Count, Divisors, Election, Error, Level, Majority, Outcome, Party, Place, Quota, Rule,
    Stage, Tally, Threshold, TieBreak, Tier,
};

fn tally<P: Into<Party>>(parties: impl IntoIterator<Item = (P, u64)>) -> Tally {
    Tally::from_votes(parties).unwrap()
}

fn certain(outcome: &Outcome) -> Vec<u64> {
    outcome.parties().iter().map(|party| party.certain()).collect()
}

/// District seats by D'Hondt, and a national top-up to `house` seats.
fn topped_up(house: u64, overhang: Overhang) -> Rule {
    Rule::of_tiers([
        Tier::new(AllocationMethod::D_HONDT).name("districts"),
        Tier::top_up(AllocationMethod::D_HONDT, house).name("nation").overhang(overhang),
    ])
}

/// Districts of one seat in which A and B are equal, and C has a vote.
fn tied_districts(districts: usize) -> Count {
    let district = |at: usize| Place::district(format!("D{at}"), tally([("A", 10), ("B", 10), ("C", 5)])).with_seats(1);
    Count::of_places((0..districts).map(district)).unwrap()
}

#[test]
fn ten_tied_districts_under_a_national_question_are_eleven_ways() {
    // Only how many of the ten A wins is asked: A keeps what is beyond its target of 8 of 20.
    let outcome = topped_up(20, Overhang::Keep).apply(&tied_districts(10)).unwrap();
    assert_eq!((outcome.ways().len(), outcome.ways_complete()), (11, true));
    let ends: u128 = outcome.ways().iter().map(apportion::Way::ends).sum();
    assert_eq!(ends, 1 << 10);
    assert!(outcome.ways().iter().any(|way| way.ends() == 252)); // five of ten
    // All are known to be at the districts' ties still.
    assert_eq!(outcome.ties().len(), 10);
    for (way, wins) in outcome.ways().iter().zip(way_wins(&outcome, "A")) {
        let seats = way.outcome().unwrap();
        assert_eq!(seats.certain("A").unwrap() + open_wins(seats, "A", wins), wins.max(8), "{wins}");
    }
}

/// How often a party wins in each way.
fn way_wins(outcome: &Outcome, party: &str) -> Vec<u64> {
    let wins = |way: &apportion::Way| {
        way.choices().iter().flat_map(|choice| &choice.parties).filter(|winner| *winner == party).count() as u64
    };
    outcome.ways().iter().map(wins).collect()
}

/// What a party wins of ties that a way leaves to each district, of which only the sum is known.
fn open_wins(way: &Outcome, party: &str, wins: u64) -> u64 {
    if way.ties().iter().any(|tie| tie.parties().iter().any(|tied| tied == party)) { wins } else { 0 }
}

#[test]
fn certain_seats_are_the_least_and_possible_ones_the_most_over_the_ways() {
    let outcome = topped_up(20, Overhang::Keep).apply(&tied_districts(10)).unwrap();
    let (a, c) = (outcome.party("A").unwrap().certain(), outcome.party("C").unwrap().certain());
    assert!(a < outcome.possible("A").unwrap() && outcome.is_tied("A"), "{a}");
    assert!(c <= outcome.possible("C").unwrap());
    for way in outcome.ways().iter().filter_map(|way| way.outcome().ok()) {
        assert!(way.certain("C").unwrap() >= c);
        assert!(way.possible("C").unwrap() <= outcome.possible("C").unwrap());
    }
}

#[test]
fn a_tie_that_nobody_asks_about_stays_one_tie() {
    let count = tied_districts(10);
    let outcome = Rule::new(AllocationMethod::D_HONDT, 10).apply(&count).unwrap();
    assert_eq!((outcome.ways().len(), outcome.ties().len()), (0, 10));
    assert_eq!((outcome.certain("A"), outcome.possible("A")), (Some(0), Some(10)));
}

#[test]
fn beyond_256_ways_the_answer_stops_with_what_was_certain() {
    // One district, 5 of 12 equal parties: 792 ends of the tie.
    let parties = (0..12).map(|at| (format!("P{at}"), 10));
    let count = Count::of_places([Place::district("D", tally(parties)).with_seats(5)]).unwrap();
    let outcome = topped_up(6, Overhang::Keep).apply(&count).unwrap();
    assert!(!outcome.ways_complete());
    assert_eq!((outcome.ways().len(), outcome.ties().len()), (0, 1));
    assert_eq!(certain(&outcome), [0; 12]);
    // Two of twelve are 66 ways.
    let parties = (0..12).map(|at| (format!("P{at}"), 10));
    let count = Count::of_places([Place::district("D", tally(parties)).with_seats(2)]).unwrap();
    let outcome = topped_up(13, Overhang::Keep).apply(&count).unwrap();
    assert!(outcome.ways_complete());
}

#[test]
fn an_error_belongs_to_the_way_in_which_it_stands() {
    // A and B are tied for the district's seat; A has a target of none in a house of 2 (of 25, C has 15), B too: whoever
    // wins is over its target where its votes in the nation are fewer.
    let north = Place::district("north", tally([("A", 10), ("B", 10), ("C", 1)])).with_seats(1);
    let south = Place::district("south", tally([("A", 0), ("B", 50), ("C", 40)])).with_seats(1);
    let count = Count::of_places([north, south]).unwrap();
    let outcome = topped_up(3, Overhang::Error).apply(&count).unwrap();
    let errors: Vec<&Error> = outcome.ways().iter().filter_map(|way| way.outcome().err()).collect();
    assert_eq!((outcome.ways().len(), errors.len()), (2, 1), "{outcome}");
    assert!(errors[0].to_string().contains("A holds 1"), "{}", errors[0]);
    assert_eq!(certain(&outcome), [0, 2, 1]);
}

#[test]
fn where_no_way_has_an_answer_what_was_certain_before_stays() {
    let north = Place::district("north", tally([("A", 10), ("B", 10), ("C", 1)])).with_seats(1);
    let south = Place::district("south", tally([("A", 1), ("B", 1), ("C", 400)])).with_seats(1);
    let count = Count::of_places([north, south]).unwrap();
    let outcome = topped_up(2, Overhang::Error).apply(&count).unwrap();
    assert!(outcome.ways().len() == 2 && outcome.ways().iter().all(|way| way.outcome().is_err()));
    assert_eq!(certain(&outcome), [0, 0, 1]);
}

#[test]
fn ways_that_all_end_alike_are_one_answer_without_a_tie() {
    let stages = AllocationMethod::Stages(vec![
        Stage::whole_quotas(Quota::HARE).total(0),
        Stage::most_votes().total(1),
        Stage::highest_averages(Divisors::SAINTE_LAGUE),
    ]);
    let outcome = Rule::new(stages.clone(), 2).apply(&tally([("A", 10), ("B", 10)])).unwrap();
    assert_eq!((certain(&outcome), outcome.ways().len(), outcome.ties().len()), (vec![1, 1], 0, 0));
    // With three seats they do not: one of the two has a second seat.
    let outcome = Rule::new(stages, 3).apply(&tally([("A", 10), ("B", 10)])).unwrap();
    assert_eq!((certain(&outcome), outcome.possible("A")), (vec![1, 1], Some(2)));
}

#[test]
fn who_gives_a_seat_up_to_the_majority_is_asked_where_two_are_equal() {
    let votes = tally([("A", 61), ("B", 15), ("C", 15), ("D", 15), ("E", 14)]);
    let outcome = Rule::new(AllocationMethod::HARE, 6).majority(Majority::new()).apply(&votes).unwrap();
    assert_eq!((certain(&outcome), outcome.ways().len()), (vec![4, 0, 0, 0, 0], 3));
    let losers: Vec<&str> = outcome.ways().iter().map(|way| way.choices()[0].parties[0].as_str()).collect();
    assert_eq!(losers, ["B", "C", "D"]);
}

#[test]
fn lots_that_name_their_tier_and_place_settle_that_tie_alone() {
    let lots = |winner: &str, place: &str| TieBreak::DrawnFor {
        drawn: vec![winner.into()],
        tier: Some("districts".into()),
        place: Some(place.into()),
    };
    let rule = |chain: Vec<TieBreak<String>>| {
        Rule::of_tiers([
            Tier::new(AllocationMethod::D_HONDT).name("districts").tie_break(chain),
            Tier::top_up(AllocationMethod::D_HONDT, 6).name("nation").overhang(Overhang::Keep),
        ])
    };
    let outcome = rule(vec![lots("A", "D1"), lots("B", "D0")]).apply(&tied_districts(2)).unwrap();
    assert_eq!(outcome.ways().len(), 0, "{outcome}");
    assert_eq!(outcome.at("D0").unwrap().seats("B"), Some(1));
    assert_eq!(outcome.at("D1").unwrap().seats("A"), Some(1));
    let one = rule(vec![lots("A", "D1")]).apply(&tied_districts(2)).unwrap();
    assert_eq!(one.at("D1").unwrap().seats("A"), Some(1));
    assert_eq!(one.at("D1").unwrap().ties().len(), 0);
    // Nothing was drawn for the other, which the law asks about: its seat is open, and has an end in each way.
    assert_eq!((one.at("D0").unwrap().is_tied("A"), one.at("D0").unwrap().seats("A")), (true, None), "{one}");
    let ends = one.ways().iter().map(|way| way.outcome().unwrap().at("D0").unwrap().seats("A"));
    assert_eq!(ends.collect::<Vec<_>>(), [Some(1), Some(0)]);
    let unknown = TieBreak::DrawnFor { drawn: vec!["A".into()], tier: Some("county".into()), place: None };
    assert!(rule(vec![unknown]).apply(&tied_districts(2)).is_err());
    let nowhere = TieBreak::DrawnFor { drawn: vec!["A".into()], tier: None, place: Some("Oslo".into()) };
    assert!(rule(vec![nowhere]).apply(&tied_districts(2)).is_err());
}

#[test]
fn a_question_by_place_splits_further_than_one_about_the_nation() {
    // A threshold of one district seat is asked of each party in the nation; seats per district are not.
    let second = Tier::top_up(AllocationMethod::D_HONDT, 12);
    let second = second.threshold(Threshold::seats(1).at(Level::Nation)).name("nation").overhang(Overhang::Keep);
    let rule = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT).name("districts"), second]);
    let outcome = rule.apply(&tied_districts(4)).unwrap();
    assert!(outcome.ways_complete());
    let ends: u128 = outcome.ways().iter().map(apportion::Way::ends).sum();
    assert!(ends == 16 || outcome.ways().is_empty(), "{ends}");
}

#[test]
fn a_tie_that_decides_whether_a_list_has_its_minimum_is_asked_about_once() {
    // A's second and B's first seat have the same claim; B has one seat at least, so that both ends are alike.
    let tally = Tally::from_votes([("A", 40), ("B", 20)]).unwrap();
    let half = || Threshold::share("50%".parse().unwrap());
    let rule = Rule::new(AllocationMethod::D_HONDT, 2).threshold(half()).second_list(2, "1".parse().unwrap(), 1);
    let outcome = rule.apply(&tally).unwrap();
    assert!(outcome.ways_complete() && outcome.ways().is_empty() && outcome.ties().is_empty(), "{outcome}");
    assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(1), Some(1)));
    // Where B has two at least, A has none however the tie ends.
    let two = Rule::new(AllocationMethod::D_HONDT, 2).threshold(half()).second_list(2, "1".parse().unwrap(), 2);
    let outcome = two.apply(&tally).unwrap();
    assert!(outcome.ways_complete() && outcome.ties().is_empty(), "{outcome}");
    assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(0), Some(2)));
}

#[test]
fn where_all_ways_end_in_the_same_error_the_law_has_no_answer() {
    // A and B are equal in the districts; however those go, nobody reaches the 60% that the nation asks for.
    let second = |share: &str| {
        let nation = Tier::top_up(AllocationMethod::D_HONDT, 12).name("nation").overhang(Overhang::Exclude);
        nation.threshold(Threshold::any([Threshold::share(share.parse().unwrap()), Threshold::seats(3)]))
    };
    let rule = |share: &str| Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT).name("districts"), second(share)]);
    let error = rule("60%").apply(&tied_districts(2)).unwrap_err();
    assert_eq!(error.to_string(), "tier \"nation\": no admitted party has votes, but there are 10 seats");
    assert!(rule("30%").apply(&tied_districts(2)).is_ok());
}

#[test]
fn a_law_of_one_tier_that_stops_says_how_many_seats_there_were() {
    // A has six of fourteen and may have three; eight seats are tied among twelve lists, which are 495 ways.
    let others = (0..12).map(|at| (format!("P{at}"), 10));
    let votes = tally(std::iter::once(("A".to_string(), 100)).chain(others));
    let rule = Rule::new(AllocationMethod::HARE, 14).cap(Cap::new("0%".parse().unwrap()).house(14).most(3));
    let outcome = rule.apply(&votes).unwrap();
    assert!(!outcome.ways_complete());
    assert!(outcome.headline().starts_with("Eight of 14 seats are tied among P0, P1, "), "{}", outcome.headline());
}

#[test]
fn a_tied_seat_is_not_new_to_a_party_that_holds_more_than_its_target() {
    // D'Hondt, 30 seats: the quotient 14 is A's 16th, B's 2nd and D's 2nd for the last two. A holds 18 in any case.
    let direct = Party::new("A").with_direct_seats(18);
    let others = [("B", 28), ("C", 116), ("D", 28), ("E", 44)].map(|(name, votes)| (Party::new(name), votes));
    let votes = tally(std::iter::once((direct, 224)).chain(others));
    let rule = Rule::of_tiers([Tier::top_up(AllocationMethod::D_HONDT, 30).overhang(Overhang::Keep)]);
    let outcome = rule.apply(&votes).unwrap();
    assert_eq!((certain(&outcome), outcome.ways().len()), (vec![18, 1, 8, 1, 3], 3));
    let most = ["A", "B", "C", "D", "E"].map(|name| outcome.possible(name).unwrap());
    assert_eq!(most, [18, 2, 8, 2, 3]);
}

#[test]
fn a_tie_for_a_target_brings_nothing_to_whoever_holds_more() {
    // B holds three of three seats, and its part is one and a half: the seat that is tied is A's, or nobody's.
    let tally = |a, b| Tally::from_votes([("A", a), ("B", b)]).unwrap();
    let count = Count::of_places([
        Place::district("North", tally(1, 0)).with_seats(0),
        Place::district("South", tally(0, 1)).with_seats(3),
    ])
    .unwrap();
    let house = Tier::top_up(AllocationMethod::HARE, 3).overhang(Overhang::Keep);
    let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), house]).apply(&count).unwrap();
    assert_eq!((outcome.certain("B"), outcome.possible("B")), (Some(3), Some(3)));
    assert_eq!((outcome.certain("A"), outcome.possible("A")), (Some(1), Some(2)));
}

/// The election of a document in JSON.
fn outcome_of(document: &str) -> Outcome {
    serde_json::from_str::<Election>(document).unwrap().outcome().unwrap()
}

#[test]
fn a_headline_says_where_the_nations_seats_are_the_same_however_ties_end() {
    // A holds four seats of which two may stay unlevelled, and B has 17 of a house of 19; which of two equal districts the last of them
    // is placed in is asked, as direct seats are minimums there.
    let outcome = outcome_of(
        r#"{ "seats": 1, "tiers": [
            { "name": "first", "provisional": true, "at": "district", "seats": 1, "method": "sainte-lague",
              "seats_by": { "method": "sainte-lague", "of": "population" } },
            { "name": "house", "at": "nation", "kind": "top-up", "seats": 1, "method": "sainte-lague",
              "place": { "in": "district", "what": "all", "method": "sainte-lague", "direct": "minimum" },
              "overhang": { "level": { "of": "first", "by": "mean", "unlevelled": 2 } } } ],
          "districts": [
            { "name": "D1", "population": 9, "parties": [
              { "name": "A", "votes": 2, "direct_seats": 2 }, { "name": "B", "votes": 22, "direct_seats": 1 } ] },
            { "name": "D2", "population": 2, "parties": [
              { "name": "A", "votes": 2, "direct_seats": 2 }, { "name": "B", "votes": 22, "direct_seats": 1 } ] } ] }"#,
    );
    assert_eq!(outcome.ways().len(), 2);
    assert_eq!(outcome.headline(), "B has 17 of 21 seats, A 4. These are the seats however the ties end.");
}

#[test]
fn how_many_seats_go_back_depends_on_a_tie_of_the_target() {
    // B and C tie for the last of 20 seats. If B wins, it has the 8 that it holds and only D gives two back; by most votes one of
    // them is B's, which gives it on to C: A, B, C and D have 2, 5, 1 and 1 seats in the second district.
    let outcome = outcome_of(
        r#"{ "tiers": [
            { "method": "dhondt" },
            { "kind": "top-up", "seats": 20, "method": "dhondt", "overhang": "return", "tie_break": "most-votes",
              "place": { "in": "district", "method": "danish" } } ],
          "districts": [
            { "name": "D1", "seats": 8, "parties": [ { "name": "A", "votes": 17 }, { "name": "B", "votes": 31 },
              { "name": "C", "votes": 36 }, { "name": "D", "votes": 3 } ] },
            { "name": "D2", "seats": 9, "parties": [ { "name": "A", "votes": 2 }, { "name": "B", "votes": 6 },
              { "name": "C", "votes": 1 }, { "name": "D", "votes": 4 } ] } ] }"#,
    );
    let in_second = |way: &Outcome| -> Vec<u64> {
        let district = way.places().iter().find(|place| place.name() == "D2").unwrap();
        ["A", "B", "C", "D"].map(|party| district.seats(party).unwrap()).to_vec()
    };
    let ends: Vec<_> = outcome.ways().iter().map(|way| in_second(way.outcome().unwrap())).collect();
    assert!(ends.contains(&vec![2, 5, 1, 1]), "{ends:?}");
    assert!(ends.contains(&vec![3, 4, 1, 1]), "{ends:?}");
}

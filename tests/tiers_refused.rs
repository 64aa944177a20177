//! Laws of several tiers that cannot be read, that do not fit what was counted, or that have no answer: each says what is
//! wrong, and where.

use apportion::rule::{Overhang, Placement};
use apportion::{
    Alliance, AllocationMethod, Count, Election, Error, Level, Member, Party, Place, Rule, Tally, Threshold, Tier,
};
use serde_json::{Value, json};

/// Two districts of three seats, and these tiers.
fn with_tiers(tiers: Value) -> Value {
    json!({
        "tiers": tiers,
        "districts": [
            { "name": "North", "seats": 3, "parties": [{ "name": "A", "votes": 70 }, { "name": "B", "votes": 30 }] },
            { "name": "South", "seats": 3, "parties": [{ "name": "A", "votes": 60 }, { "name": "B", "votes": 40 }] },
        ],
    })
}

/// Why a document is refused when it is read, or has no answer.
fn refused(document: Value) -> String {
    match serde_json::from_value::<Election>(document) {
        Ok(election) => match election.outcome() {
            Ok(outcome) => panic!("it came out as\n{outcome}"),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    }
}

/// Why these tiers are refused.
fn tiers_refused(tiers: Value) -> String {
    refused(with_tiers(tiers))
}

#[test]
fn a_tier_that_refers_to_an_earlier_one_needs_it_to_be_there() {
    let level = json!({ "level": { "of": "first", "by": "greater" } });
    let house = |overhang: &Value| json!({ "kind": "top-up", "seats": 10, "method": "dhondt", "overhang": overhang });
    let missing = tiers_refused(json!([{ "method": "dhondt" }, house(&level)]));
    assert_eq!(missing, "tier \"2\": there is no earlier tier of the name \"first\" that this could mean");
    // It is there, but is not provisional.
    let held = tiers_refused(json!([{ "name": "first", "method": "dhondt" }, house(&level)]));
    assert_eq!(held, missing);
    let twice =
        tiers_refused(json!([{ "name": "x", "method": "dhondt" }, { "name": "x", "seats": 1, "method": "dhondt" }]));
    assert_eq!(twice, "the tier \"x\" is there twice");
}

#[test]
fn what_earlier_tiers_leave_needs_a_partial_one() {
    let nothing_left = "the tier takes seats or votes that earlier tiers left, but none of them is partial";
    let left = json!([{ "method": "dhondt" }, { "seats": "left", "method": "dhondt" }]);
    assert_eq!(tiers_refused(left), format!("tier \"2\": {nothing_left}"));
    let unused = json!([{ "method": "dhondt" }, { "seats": 2, "votes": "unused", "method": "dhondt" }]);
    assert_eq!(tiers_refused(unused), format!("tier \"2\": {nothing_left}"));
    assert_eq!(tiers_refused(json!([{ "seats": "left", "method": "dhondt" }])), nothing_left);
    let partial = json!([{ "method": "dhondt", "partial": true }, { "seats": "left", "method": "dhondt" }]);
    assert!(tiers_refused(partial).contains("a partial tier gives out whole quotas alone"));
}

#[test]
fn keys_that_say_nothing_in_a_tier_of_its_kind_are_named() {
    for (tier, message) in [
        (json!({ "kind": "continue", "seats": 2, "method": "hare" }), "a tier that continues needs divisors"),
        (json!({ "overhang": "exclude", "seats": 2, "method": "hare" }), "overhang belongs to a tier that is top-up"),
        (json!({ "kind": "linked", "seats": 2, "method": "hare" }), "a tier of linked seats lacks link"),
        (json!({ "quota_at": "nation", "seats": 2, "method": "hare" }), "quota_at belongs to a tier that is partial"),
        (json!({ "kind": "sideways", "seats": 2, "method": "hare" }), "unknown variant `sideways`"),
        (json!({ "seats": "many", "method": "hare" }), "seats is a number or \"left\", not \"many\""),
        (json!({ "seats": 2, "metod": "hare" }), "unknown field `metod`"),
        (json!({ "seats": 2 }), "missing field `method`"),
    ] {
        let have = tiers_refused(json!([{ "method": "dhondt" }, tier]));
        assert!(have.contains(message), "{tier}: {have}");
    }
    assert_eq!(tiers_refused(json!([])), "the law has no tiers");
}

#[test]
fn a_party_over_its_share_is_named_where_the_law_does_not_say_what_happens() {
    let mut document =
        with_tiers(json!([{ "method": "dhondt" }, { "kind": "top-up", "seats": 7, "method": "dhondt" }]));
    // A holds six of seven seats, and 51% of the votes.
    document["districts"][0]["parties"] = json!([{ "name": "A", "votes": 10 }]);
    document["districts"][1]["parties"] = json!([{ "name": "A", "votes": 41 }, { "name": "B", "votes": 5 }]);
    document["parties"] = json!([{ "name": "A", "votes": 51 }, { "name": "B", "votes": 49 }]);
    assert_eq!(
        refused(document),
        "tier \"2\": A holds 6 seats, but its share of the house is 4: overhang says what happens then"
    );
}

#[test]
fn direct_seats_beyond_the_house_are_an_error_that_counts_them() {
    let rule = Rule::of_tiers([Tier::top_up(AllocationMethod::D_HONDT, 5)
        .threshold(Threshold::share("5%".parse().unwrap()))
        .overhang(Overhang::Exclude)]);
    let parties = [(Party::new("A").with_direct_seats(1), 97), (Party::new("B").with_direct_seats(9), 3)];
    // B takes no part, and what it holds leaves the house.
    let error = rule.apply(&Tally::from_votes(parties).unwrap()).unwrap_err();
    assert_eq!(error, Error::HouseTooSmall { seats: 5, held: 9 });
}

#[test]
fn a_seat_that_finds_no_place_with_room_is_an_error_that_names_its_party() {
    let room = |north: u64, south: u64| {
        let levelling = json!({ "in": "district", "method": "sainte-lague", "room": "levelling" });
        let mut document = with_tiers(json!([
            { "method": "dhondt" },
            { "kind": "top-up", "seats": 8, "method": "dhondt", "overhang": "exclude", "place": levelling },
        ]));
        document["districts"][0]["levelling"] = json!(north);
        document["districts"][1]["levelling"] = json!(south);
        document
    };
    // A has five of eight and B three: each lacks one of what it holds.
    let election: Election = serde_json::from_value(room(1, 1)).unwrap();
    assert_eq!(election.outcome().unwrap().certain("B"), Some(3));
    let error = refused(room(1, 0));
    assert!(error.contains("no place with room and votes is left for 1 seat of"), "{error}");
    let mut without = room(1, 1);
    without["districts"][1].as_object_mut().unwrap().remove("levelling");
    assert_eq!(refused(without), "tier \"2\": South has no room \"levelling\"");
    let mut misspelt = room(1, 1);
    misspelt["districts"][0]["leveling"] = json!(1);
    assert!(refused(misspelt).starts_with("district \"North\": unknown field `leveling`"));
}

#[test]
fn fragments_are_those_of_districts_with_one_seat() {
    let tiers = json!([{ "method": "dhondt" }, { "seats": 2, "method": "dhondt", "fragments": "losers" }]);
    let error = tiers_refused(tiers);
    assert!(error.contains("fragments of votes are those of districts with one seat, but North has 3"), "{error}");
}

#[test]
fn regions_hold_districts_and_stand_in_the_nation() {
    let regions = |regions: Value, of_north: &str| {
        let mut document = with_tiers(json!([{ "method": "dhondt" }]));
        document["regions"] = regions;
        document["districts"][0]["in"] = json!(of_north);
        refused(document)
    };
    let two = json!([{ "name": "East" }, { "name": "West" }]);
    assert_eq!(regions(two.clone(), "East"), "no district is in the region \"West\"");
    assert_eq!(regions(two, "Eats"), "North names \"Eats\", but there is no such place");
    let circle = json!([{ "name": "East", "in": "West" }, { "name": "West", "in": "East" }]);
    assert_eq!(regions(circle, "East"), "the region \"East\" is in a region");
    let at_region = tiers_refused(json!([{ "method": "dhondt" }, { "at": "region", "seats": 1, "method": "dhondt" }]));
    assert_eq!(at_region, "tier \"2\": the nation has no region inside");
}

#[test]
fn lots_name_tiers_places_and_parties_that_are_there() {
    let drawn = |lots: Value| {
        let mut document = with_tiers(json!([
            { "name": "first", "method": "dhondt", "tie_break": [lots] },
            { "name": "second", "seats": 2, "method": "dhondt" },
        ]));
        // A tie in each district, so that the lots are needed.
        for district in 0..2 {
            document["districts"][district]["parties"] =
                json!([{ "name": "A", "votes": 10 }, { "name": "B", "votes": 10 }]);
        }
        document
    };
    let good = drawn(json!({ "drawn": ["B"], "tier": "first", "place": "South" }));
    let outcome = serde_json::from_value::<Election>(good).unwrap().outcome().unwrap();
    assert_eq!(outcome.at("South").unwrap().seats("B"), Some(2));
    assert_eq!(outcome.at("North").unwrap().seats("B"), None);
    for (lots, message) in [
        (json!({ "drawn": ["X"] }), "the drawing of lots names \"X\", but no such party stands"),
        (json!({ "drawn": ["A", "A"] }), "the drawing of lots names \"A\" twice"),
        (json!({ "drawn": ["A"], "tier": "third" }), "there is no earlier tier of the name \"third\""),
        (json!({ "drawn": ["A"], "place": "East" }), "the drawing of lots names \"East\", but there is no such place"),
    ] {
        let error = refused(drawn(lots.clone()));
        assert!(error.starts_with("tier \"first\": ") && error.contains(message), "{lots}: {error}");
    }
}

#[test]
fn what_is_nested_too_deep_is_an_error_and_no_overflow_of_the_stack() {
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap();
    let mut threshold = Threshold::votes(1);
    for _ in 0..60 {
        threshold = Threshold::any([threshold]);
    }
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    assert!(rule.clone().threshold(threshold.clone()).apply(&tally).is_ok());
    for _ in 0..1_000 {
        threshold = Threshold::any([threshold]);
    }
    let error = rule.clone().threshold(threshold).apply(&tally).unwrap_err();
    assert!(matches!(error, Error::TooDeep { what: "thresholds", .. }), "{error}");
    let mut alliance = Alliance::new(["A"]);
    for _ in 0..1_000 {
        alliance = Alliance::new([Member::from(alliance)]);
    }
    let error = rule.apply(&Count::from(tally).with_alliances([alliance])).unwrap_err();
    assert!(matches!(error, Error::TooDeep { what: "alliances", .. }), "{error}");
}

#[test]
fn placing_by_a_quota_takes_no_room() {
    let place = |name: &str| Place::district(name, Tally::from_votes([("A", 60), ("B", 40)]).unwrap()).with_seats(2);
    let count = Count::of_places(["North", "South"].map(place)).unwrap();
    let step = || Placement::within(Level::District).method(AllocationMethod::HARE);
    let rule = |step: Placement| {
        Rule::of_tiers([
            Tier::new(AllocationMethod::D_HONDT),
            Tier::new(AllocationMethod::D_HONDT).seats(apportion::rule::Seats::Fixed(4)).at(Level::Nation).placed(step),
        ])
    };
    assert!(rule(step()).apply(&count).is_ok());
    let error = rule(step().room("levelling")).apply(&count).unwrap_err();
    assert_eq!(
        error.to_string(),
        "tier \"2\": placing with room, or in the order in which seats were won, needs divisors"
    );
}

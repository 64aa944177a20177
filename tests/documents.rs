//! The election document: what it reads, what it refuses, and that nothing is lost on the way.

use apportion::rule::{Fragments, Levelling, Link, Need, Overhang, Placement, Seats, Votes};
use apportion::{AllocationMethod, Divisors, Election, Level, Rule, Threshold, TieBreak, Tier};
use serde_json::json;

/// A document with this rule, two parties and 10 seats.
fn with_rule(rule: serde_json::Value) -> serde_json::Value {
    json!({
        "seats": 10,
        "rule": rule,
        "parties": [{ "name": "A", "votes": 60 }, { "name": "B", "votes": 40 }],
    })
}

fn read(document: &serde_json::Value) -> Result<Election, String> {
    serde_json::from_str(&document.to_string()).map_err(|error| error.to_string())
}

#[test]
fn a_tier_written_in_code_is_that_of_a_document() {
    let dhondt = || Tier::new(AllocationMethod::D_HONDT);
    let tiers = [
        (dhondt().name("first").at(Level::Region), json!({ "name": "first", "at": "region", "method": "dhondt" })),
        (Tier::continued(AllocationMethod::D_HONDT, 5), json!({ "kind": "continue", "seats": 5, "method": "dhondt" })),
        (
            dhondt().seats(Seats::Left).votes(Votes::Unused),
            json!({ "seats": "left", "votes": "unused", "method": "dhondt" }),
        ),
        (dhondt().fragments(Fragments::Losers), json!({ "fragments": "losers", "method": "dhondt" })),
        (
            dhondt().partial().quota_at(Level::Nation),
            json!({ "partial": true, "quota_at": "nation", "method": "dhondt" }),
        ),
        (
            dhondt().keep_outsiders().provisional(),
            json!({ "outsiders": "keep", "provisional": true, "method": "dhondt" }),
        ),
        (
            dhondt().link(Link::new(300, "1/2".parse().unwrap())),
            json!({ "kind": "linked", "link": { "house": 300, "share": "1/2" }, "method": "dhondt" }),
        ),
        (
            Tier::top_up(AllocationMethod::D_HONDT, 9)
                .overhang(Overhang::Level(Levelling::new().of("first", Need::Mean))),
            json!({
                "kind": "top-up", "seats": 9, "method": "dhondt",
                "overhang": { "level": { "of": "first", "by": "mean" } },
            }),
        ),
        (
            dhondt().placed([Placement::within(Level::District), Placement::within(Level::Region)]),
            json!({ "method": "dhondt", "place": [{ "in": "district" }, { "in": "region" }] }),
        ),
    ];
    for (tier, document) in tiers {
        assert_eq!(
            serde_json::from_value::<Tier>(document.clone()).map_err(|error| error.to_string()),
            Ok(tier),
            "{document}"
        );
    }
}

/// The message with which a document is refused.
fn refused(document: &serde_json::Value) -> String {
    read(document).unwrap_err()
}

/// The message with which a method is refused.
fn method_refused(method: serde_json::Value) -> String {
    refused(&with_rule(json!({ "method": method })))
}

/// The message with which a threshold is refused.
fn threshold_refused(threshold: serde_json::Value) -> String {
    refused(&with_rule(json!({ "method": "hare", "threshold": threshold })))
}

const FULL: &str = r#"
id = "example"
name = "Example"
date = "2026-01-15"
sources = ["a book", "a page"]
note = "invented"
complete = true
seats = 98

[rule]
quota_base = "valid"
admit_at_least = 2
tie_break = ["fewest-votes", "list-order", { drawn = ["C", "A"] }]
excess = "smallest-remainders"
vacancies = true
spare_votes = true

[rule.method]
quota = "hare"
rounding = "up"

[rule.threshold]
any = [
    { share = "7%", of = "cast", strict = true },
    { votes = 1000 },
    { quota = "hare", times = "3/4", of = "valid" },
    { all = [{ direct_seats = 3 }, { minority = true }] },
    { by_members = { "1" = "5%", "2" = "8%", "3" = "11%" }, of = "valid-and-blank" },
]

[tally]
blank = 1
invalid = 2
against_all = 3
other = 4
cast = 1000
registered = 2000

[[parties]]
name = "A"
votes = 600
seats = 60
members = 2
minority = true
direct_seats = 3
min = 1
max = 70
held = 5

[[parties]]
name = "B"
votes = 200

[[parties]]
name = "C"
votes = 100

[[ballots]]
ranking = ["A", "B"]
count = 12

[[ballots]]
ranking = ["C"]
count = 3
"#;

#[test]
fn every_key_survives_reading_and_writing() {
    let election: Election = toml::from_str(FULL).unwrap();
    assert_eq!(election.tally().unwrap().votes("A"), Some(612));
    assert_eq!(election.tally().unwrap().votes("C"), Some(103));
    let written = toml::to_string(&election).unwrap();
    assert_eq!(toml::from_str::<Election>(&written).unwrap(), election);
    // Key for key: the same document.
    let before: toml::Value = toml::from_str(FULL).unwrap();
    assert_eq!(toml::from_str::<toml::Value>(&written).unwrap(), before);
    let json = serde_json::to_string(&election).unwrap();
    assert_eq!(serde_json::from_str::<Election>(&json).unwrap(), election);
}

#[test]
fn short_forms_mean_the_long_ones() {
    let short = read(&with_rule(json!({ "method": "dhondt", "threshold": "7%", "tie_break": "most-votes" }))).unwrap();
    let long = json!({
        "method": { "divisor": "dhondt" },
        "threshold": { "share": "7/100", "of": "valid" },
        "tie_break": ["most-votes"],
    });
    assert_eq!(read(&with_rule(long)).unwrap(), short);
    let drawn = read(&with_rule(json!({ "method": "dhondt", "tie_break": { "drawn": ["B"] } }))).unwrap();
    let lots = TieBreak::Drawn(vec!["B".to_string()]);
    assert_eq!(drawn.rule, Rule::new(AllocationMethod::D_HONDT, 10).tie_break([lots]));
}

#[test]
fn every_method_has_a_written_form() {
    for method in [
        json!({ "divisor": "modified-sainte-lague", "first": "7/5" }),
        json!({ "divisor": "stationary", "r": "1/3" }),
        json!({ "divisor": "power", "p": "9/10" }),
        json!({ "divisor": "custom", "divisors": ["1", "3/2", "2"] }),
        json!({ "divisor": "dhondt" }),
        json!({ "divisor": "sainte-lague" }),
        json!({ "divisor": "danish" }),
        json!({ "divisor": "imperiali" }),
        json!({ "divisor": "adams" }),
        json!({ "divisor": "dean" }),
        json!({ "divisor": "huntington-hill" }),
        json!({ "divisor": "macau" }),
        json!({ "quota": "hare" }),
        json!({ "quota": "hare", "rounding": "down" }),
        json!({ "quota": "droop" }),
        json!({ "quota": "hagenbach-bischoff" }),
        json!({ "quota": "hagenbach-bischoff", "rounding": "nearest" }),
        json!({ "quota": "imperiali" }),
        json!({ "quota": "reinforced-imperiali", "rounding": "up" }),
    ] {
        let read: AllocationMethod = serde_json::from_value(method.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), method);
    }
    // One method under two names.
    let exact: AllocationMethod = serde_json::from_value(json!({ "quota": "droop", "rounding": "exact" })).unwrap();
    assert_eq!(exact, AllocationMethod::HAGENBACH_BISCHOFF);
    let integers: AllocationMethod =
        serde_json::from_value(json!({ "divisor": "custom", "divisors": [1, 3, 5] })).unwrap();
    let odd = Divisors::custom([1.into(), 3.into(), 5.into()]).unwrap();
    assert_eq!(integers, AllocationMethod::HighestAverages(odd));
}

#[test]
fn a_rule_is_data_of_its_own() {
    let rule =
        Rule::new(AllocationMethod::HARE, 98).threshold(Threshold::share("7%".parse().unwrap())).admit_at_least(2);
    let toml = toml::to_string(&rule).unwrap();
    assert_eq!(toml::from_str::<Rule>(&toml).unwrap(), rule, "{toml}");
}

#[test]
fn unknown_missing_and_repeated_keys_are_named() {
    let mut document = with_rule(json!({ "method": "hare" }));
    document["seat"] = json!(3);
    assert!(refused(&document).contains("unknown field `seat`"));
    assert!(refused(&with_rule(json!({ "method": "hare", "treshold": "7%" }))).contains("unknown field `treshold`"));
    assert!(method_refused(json!({ "quota": "hare", "round": "up" })).contains("unknown field `round`"));
    assert!(threshold_refused(json!({ "shares": "7%" })).contains("unknown field `shares`"));
    let mut document = with_rule(json!({ "method": "hare" }));
    document.as_object_mut().unwrap().remove("seats");
    assert!(refused(&document).contains("missing field `seats`"));
    assert!(refused(&with_rule(json!({}))).contains("missing field `method`"));
    let repeated = r#"{"seats": 3, "seats": 4, "rule": {"method": "hare"}, "parties": [{"name": "A", "votes": 1}]}"#;
    assert!(serde_json::from_str::<Election>(repeated).unwrap_err().to_string().contains("duplicate field `seats`"));
    let repeated = r#"{"by_members": {"1": "5%", "1": "8%"}}"#;
    assert!(serde_json::from_str::<Threshold>(repeated).unwrap_err().to_string().contains("by_members has 1 twice"));
}

#[test]
fn parties_need_names_of_their_own() {
    let mut document = with_rule(json!({ "method": "hare" }));
    document["parties"][1]["name"] = json!("A");
    assert!(refused(&document).contains("the party \"A\" is there twice"));
    document["parties"][1]["name"] = json!("");
    assert!(refused(&document).contains("party 2 has no name"));
    document["parties"] = json!([]);
    assert_eq!(read(&document).unwrap().outcome().unwrap_err().to_string(), "there are no parties");
}

#[test]
fn votes_are_whole_numbers_from_0_to_2_to_the_64_less_1() {
    let mut document = with_rule(json!({ "method": "hare" }));
    document["parties"][1]["votes"] = json!(u64::MAX);
    assert!(read(&document).is_ok());
    let text = document.to_string();
    for (votes, message) in [
        ("-5", "invalid value: integer `-5`"),
        ("1.5", "invalid type: floating point `1.5`"),
        ("18446744073709551616", "invalid type: floating point"),
        ("NaN", "expected value"),
        ("\"1,000\"", "invalid type: string \"1,000\""),
        ("null", "\"B\" has no votes"),
    ] {
        let error = serde_json::from_str::<Election>(&text.replace("18446744073709551615", votes)).unwrap_err();
        assert!(error.to_string().contains(message), "{votes}: {error}");
    }
}

#[test]
fn tables_are_not_lists() {
    let mut document = with_rule(json!({ "method": "hare" }));
    document["tally"] = json!([]);
    assert!(refused(&document).contains("expected a table of keys and values"));
    document["tally"] = json!({});
    document["parties"][0] = json!(["A", 60]);
    assert!(refused(&document).contains("expected a table of keys and values"));
    assert!(serde_json::from_str::<Election>("[10]").is_err());
}

#[test]
fn methods_that_say_too_little_or_too_much_are_refused() {
    for (method, message) in [
        (json!("imperiali"), "may be a quota or a divisor"),
        (json!("hamilton"), "\"hamilton\" is none of hare"),
        (json!({ "quota": "d'hondt" }), "the quota \"d'hondt\" is none of hare"),
        (json!({ "divisor": "hare" }), "the divisor \"hare\" is none of dhondt"),
        (json!({}), "needs a quota or a divisor"),
        (json!({ "quota": "hare", "divisor": "dhondt" }), "not both"),
        (json!({ "divisor": "dhondt", "rounding": "up" }), "rounding belongs to a quota"),
        (json!({ "divisor": "dhondt", "first": "7/5" }), "first belongs to the divisor \"modified-sainte-lague\""),
        (json!({ "quota": "hare", "p": "1" }), "p belongs to the divisor \"power\""),
        (json!({ "divisor": "modified-sainte-lague" }), "needs first"),
        (json!({ "divisor": "modified-sainte-lague", "first": "3" }), "is 3, but must be at least 0 and below 3"),
        (json!({ "divisor": "stationary", "r": "3/2" }), "is 3/2, but must be from 0 to 1"),
        (json!({ "divisor": "power", "p": "0" }), "is 0, but must be above 0"),
        (json!({ "divisor": "custom", "divisors": ["1", "3", "3"] }), "number 3 is 3 after 3"),
        (json!({ "divisor": "custom", "divisors": ["2", "1"] }), "number 2 is 1 after 2"),
        (json!({ "divisor": "custom", "divisors": ["-1", "1"] }), "\"-1\" is not a ratio: it is negative"),
        (json!({ "divisor": "custom", "divisors": [-1, 1] }), "the ratio -1 is negative"),
        (json!({ "divisor": "custom", "divisors": ["1"] }), "is 1, but must be at least 2"),
        (json!({ "quota": "hare", "rounding": "sideways" }), "unknown variant `sideways`"),
        (json!(7), "invalid type: integer `7`, expected a method"),
    ] {
        let error = method_refused(method.clone());
        assert!(error.contains(message), "{method}: {error}");
    }
}

#[test]
fn thresholds_that_say_too_little_or_too_much_are_refused() {
    for (threshold, message) in [
        (json!("7%%"), "\"7%%\" is not a ratio"),
        (json!("7,5%"), "\"7,5%\" is not a ratio"),
        (json!("-7%"), "it is negative"),
        (json!({ "share": 0.07 }), "the number 0.07 is not exact: write it as text"),
        (json!({}), "needs one of share, votes"),
        (json!({ "share": "7%", "votes": 3 }), "not both share and votes"),
        (json!({ "votes": 3, "of": "cast" }), "of says nothing of a threshold by votes"),
        (json!({ "direct_seats": 3, "strict": true }), "strict says nothing of a threshold by direct_seats"),
        (json!({ "share": "7%", "times": "2" }), "times says nothing of a threshold by share"),
        (json!({ "share": "7%", "of": "everyone" }), "unknown variant `everyone`"),
        (json!({ "any": [] }), "any lists no threshold"),
        (json!({ "minority": false }), "minority is true or not there"),
        (json!({ "by_members": {} }), "by_members is empty"),
        (json!({ "by_members": { "two": "5%" } }), "\"two\", which is no number of members"),
        (json!({ "votes": -3 }), "integer `-3`"),
        (json!({ "quota": "hair" }), "the quota \"hair\" is none of hare"),
    ] {
        let error = threshold_refused(threshold.clone());
        assert!(error.contains(message), "{threshold}: {error}");
    }
}

#[test]
fn ballots_rank_parties_that_stand_and_each_once() {
    let mut document = with_rule(json!({ "method": "hare" }));
    for (ranking, message) in [
        (json!(["A", "X"]), "a ballot names \"X\", but no such party stands"),
        (json!(["A", "A"]), "a ballot names \"A\" twice"),
        (json!([]), "a ranked ballot ranks nobody"),
    ] {
        document["ballots"] = json!([{ "ranking": ranking, "count": 1 }]);
        assert!(refused(&document).contains(message), "{ranking}");
    }
}

#[test]
fn a_record_agrees_with_an_open_tie_if_one_of_its_outcomes_does() {
    let mut document = with_rule(json!({ "method": "dhondt" }));
    document["parties"] = json!([{ "name": "A", "votes": 10, "seats": 2 }, { "name": "B", "votes": 10, "seats": 1 }]);
    document["seats"] = json!(3);
    let agrees = |document: &serde_json::Value| {
        let election = read(document).unwrap();
        election.as_recorded(&election.outcome().unwrap())
    };
    assert_eq!(agrees(&document), Some(true));
    document["parties"][0]["seats"] = json!(3);
    assert_eq!(agrees(&document), Some(false));
    document["parties"][0]["seats"] = json!(2);
    document["parties"][1]["seats"] = json!(2);
    assert_eq!(agrees(&document), Some(false));
    document["parties"][1].as_object_mut().unwrap().remove("seats");
    assert_eq!(agrees(&document), Some(true));
    document["parties"][0].as_object_mut().unwrap().remove("seats");
    assert_eq!(agrees(&document), None);
}

#[test]
fn an_answer_has_the_form_that_programs_read() {
    let mut document = with_rule(json!({ "method": "dhondt" }));
    document["id"] = json!("x");
    document["seats"] = json!(1);
    document["parties"][1]["votes"] = json!(60);
    let answer = serde_json::to_string(&read(&document).unwrap().answer()).unwrap();
    assert_eq!(
        answer,
        concat!(
            r#"{"id":"x","name":null,"method":"D'Hondt","law":"1 seat by D'Hondt","seats":1,"#,
            r#""parties":[{"name":"A","votes":60,"seats":0,"admitted":true},"#,
            r#"{"name":"B","votes":60,"seats":0,"admitted":true}],"ties":[{"parties":["A","B"],"seats":1}],"#,
            r#""warnings":["open tie: 1 seat is tied among A, B"],"as_recorded":null}"#
        )
    );
    document["parties"] = json!([]);
    let answer = serde_json::to_string(&read(&document).unwrap().answer()).unwrap();
    assert_eq!(answer, r#"{"id":"x","error":"there are no parties"}"#);
}

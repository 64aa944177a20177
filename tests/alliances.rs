//! Alliances: seats to those who stand together, then inside.

use apportion::{
    Alliance, AllocationMethod, Count, Election, Error, Member, Outcome, Party, Rule, Tally, Threshold, TieBreak,
};
use proptest::prelude::*;
use serde_json::json;

fn tally(votes: &[(&str, u64)]) -> Tally {
    Tally::from_votes(votes.iter().copied()).unwrap()
}

fn allied(tally: &Tally, alliances: &[Alliance]) -> Count {
    Count::from(tally.clone()).with_alliances(alliances)
}

fn certain(outcome: &Outcome) -> Vec<u64> {
    outcome.parties().iter().map(|party| party.certain()).collect()
}

#[test]
fn an_alliance_pools_the_votes_of_its_admitted_members_alone() {
    let votes = tally(&[("A", 600), ("B", 250), ("C", 110), ("D", 40)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5).threshold(Threshold::share("5%".parse().unwrap()));
    let alliances = [Alliance::new(["B", "C", "D"])];
    // D is out, so that B and C compete with 360 votes: 600, 360, 300, 200, 180.
    let outcome = rule.apply(&allied(&votes, &alliances)).unwrap();
    assert_eq!(certain(&outcome), [3, 2, 0, 0]);
}

#[test]
fn alliances_may_hold_alliances() {
    let votes = tally(&[("A", 500), ("B", 160), ("C", 150), ("D", 140)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 9);
    let inner = Alliance::new(["C", "D"]);
    let nested = Alliance::new([Member::from("B"), Member::from(inner)]);
    // 450 of 950 votes: 4 seats. B with 160 against C and D with 290: one and three, of which C has two.
    assert_eq!(certain(&rule.apply(&allied(&votes, &[nested])).unwrap()), [5, 1, 2, 1]);
    assert_eq!(certain(&rule.apply(&allied(&votes, &[Alliance::new(["B", "C", "D"])])).unwrap()), [5, 2, 1, 1]);
}

#[test]
fn an_alliance_may_share_by_another_method() {
    // Albania until 2017: D'Hondt to coalitions, Sainte-Laguë inside.
    let votes = tally(&[("A", 500), ("B", 420), ("C", 80)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 8);
    let alliances = [Alliance::new(["B", "C"])];
    let tied = rule.apply(&allied(&votes, &alliances)).unwrap();
    assert_eq!(certain(&tied), [4, 4, 0]);
    let inside = rule.alliance_method("adams".parse().unwrap()).apply(&allied(&votes, &alliances)).unwrap();
    assert_eq!(certain(&inside), [4, 3, 1]);
}

#[test]
fn a_tie_of_alliances_is_a_tie_of_the_lists_that_would_win() {
    let votes = tally(&[("A", 60), ("B", 40), ("C", 20)]);
    // 60 and 60: one each, and one tied; the second seat inside would be B's or C's, by 40 / 2 to 20.
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let outcome = rule.apply(&allied(&votes, &[Alliance::new(["B", "C"])])).unwrap();
    assert_eq!(outcome.ties().len(), 1);
    assert_eq!(outcome.tie().unwrap().parties(), ["A", "B", "C"]);
    assert_eq!(certain(&outcome), [1, 1, 0]);
    let votes = tally(&[("A", 60), ("B", 45), ("C", 15)]);
    let outcome = rule.apply(&allied(&votes, &[Alliance::new(["B", "C"])])).unwrap();
    assert_eq!(outcome.tie().unwrap().parties(), ["A", "B"]);
    assert_eq!(certain(&outcome), [1, 1, 0]);
}

#[test]
fn each_alliance_may_have_a_tie_of_its_own() {
    let votes = tally(&[("A", 10), ("B", 10), ("C", 12), ("D", 12)]);
    let alliances = [Alliance::new(["A", "B"]), Alliance::new(["C", "D"])];
    let outcome = Rule::new(AllocationMethod::D_HONDT, 2).apply(&allied(&votes, &alliances)).unwrap();
    let ties: Vec<_> = outcome.ties().iter().map(|tie| (tie.parties().join(" "), tie.seats())).collect();
    assert_eq!(ties, [("A B".into(), 1), ("C D".into(), 1)]);
    assert_eq!(outcome.warnings().len(), 2);
    let settled = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([TieBreak::ListOrder]);
    assert_eq!(certain(&settled.apply(&allied(&votes, &alliances)).unwrap()), [1, 0, 1, 0]);
}

#[test]
fn what_is_wrong_with_an_alliance_is_refused_by_name() {
    let votes = tally(&[("A", 6), ("B", 4)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let refused = |alliances: &[Alliance]| rule.apply(&allied(&votes, alliances)).unwrap_err().to_string();
    assert_eq!(refused(&[Alliance::new(["A", "X"])]), "an alliance names \"X\", but no such party stands");
    let twice = [Alliance::new(["A", "B"]), Alliance::new(["B"])];
    assert_eq!(refused(&twice), "the party \"B\" is in an alliance twice");
    let within = Alliance::new([Member::from("A"), Member::from(Alliance::new(["A"]))]);
    assert_eq!(refused(&[within]), "the party \"A\" is in an alliance twice");
    assert_eq!(rule.apply(&allied(&votes, &[Alliance::new::<&str>([])])), Err(Error::EmptyAlliance));
}

#[test]
fn seats_of_an_exhausted_list_go_to_its_partners_first() {
    let parties = [(Party::new("A"), 500), (Party::new("B").with_maximum(1), 400), ("C".into(), 100)];
    let votes = Tally::from_votes(parties).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 7);
    let outcome = rule.apply(&allied(&votes, &[Alliance::new(["B", "C"])]));
    assert_eq!(certain(&outcome.unwrap()), [3, 1, 2]);
}

#[test]
fn documents_write_alliances_as_lists_of_names_and_lists() {
    let document = json!({
        "seats": 9, "rule": { "method": "dhondt", "alliance_method": "sainte-lague" },
        "alliances": [["B", ["C", "D"]]],
        "parties": [{ "name": "A", "votes": 500 }, { "name": "B", "votes": 160 }, { "name": "C", "votes": 150 },
            { "name": "D", "votes": 140 }],
    });
    let election: Election = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(certain(&election.outcome().unwrap()), [5, 1, 2, 1]);
    let written = serde_json::to_value(&election).unwrap();
    assert_eq!(written["alliances"], document["alliances"]);
    assert_eq!(serde_json::from_value::<Election>(written).unwrap(), election);
    let toml = toml::to_string(&election).unwrap();
    assert_eq!(toml::from_str::<Election>(&toml).unwrap(), election);
}

proptest! {
    #[test]
    fn alliances_of_one_change_nothing(votes in prop::collection::vec(0..60_u64, 4), seats in 0..12_u64) {
        let named: Vec<(String, u64)> = ["A", "B", "C", "D"].map(String::from).into_iter().zip(votes).collect();
        let tally = Tally::from_votes(named).unwrap();
        for method in [AllocationMethod::D_HONDT, AllocationMethod::HARE] {
            let rule = Rule::new(method, seats);
            let alone = [Alliance::new(["C"]), Alliance::new(["A"])];
            prop_assert_eq!(rule.apply(&allied(&tally, &alone)), rule.apply(&tally));
        }
    }

    #[test]
    fn an_alliance_by_d_hondt_never_has_fewer_seats_than_its_members_alone(
        votes in prop::collection::vec(1..500_u64, 5), seats in 1..30_u64,
    ) {
        let named: Vec<(String, u64)> = ["A", "B", "C", "D", "E"].map(String::from).into_iter().zip(votes).collect();
        let tally = Tally::from_votes(named).unwrap();
        let rule = Rule::new(AllocationMethod::D_HONDT, seats).tie_break([TieBreak::ListOrder]);
        let seats_of = |outcome: &Outcome| outcome.certain("A").unwrap() + outcome.certain("B").unwrap();
        let alone = rule.apply(&tally).unwrap();
        let together = rule.apply(&allied(&tally, &[Alliance::new(["A", "B"])])).unwrap();
        prop_assert!(seats_of(&together) >= seats_of(&alone));
    }
}

#[test]
fn a_tie_of_alliances_that_is_no_tie_of_lists_has_a_way_for_each_end() {
    // Two seats among three that are equal; inside B and C the second seat would be tied too, so that B and C together win
    // nothing, but A and D, or B or C with either of them, may.
    let votes = tally(&[("A", 60), ("B", 40), ("C", 20), ("D", 60)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    let outcome = rule.apply(&allied(&votes, &[Alliance::new(["B", "C"])])).unwrap();
    let ways: Vec<_> = outcome.ways().iter().map(|way| certain(way.outcome().unwrap())).collect();
    assert_eq!(ways, [[2, 1, 0, 1], [2, 1, 0, 2], [1, 1, 0, 2]], "{outcome}");
}

#[test]
fn lists_of_a_group_have_its_minimum_together_as_long_as_one_takes_part() {
    let votes = tally(&[("A", 700), ("B", 260), ("M", 26), ("N", 14)]);
    let group = |seats| [Alliance::new(["M", "N"]).with_minimum(seats)];
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 10);
    let seats = |rule: &Rule, least| certain(&rule.apply(&allied(&votes, &group(least))).unwrap());
    // 700, 260 and 40 are 7, 2.6 and 0.4 of 10; with two kept, A and B share eight as 5.8 and 2.2.
    assert_eq!(seats(&rule, 0), [7, 3, 0, 0]);
    assert_eq!(seats(&rule, 2), [6, 2, 1, 1]);
    // One of the two alone takes both, and nobody any where neither takes part.
    let above = |share: &str| rule.clone().threshold(Threshold::share(share.parse().unwrap()));
    assert_eq!(seats(&above("2%"), 2), [6, 2, 2, 0]);
    assert_eq!(seats(&above("3%"), 2), [7, 3, 0, 0]);
    // It is no more than a minimum.
    assert_eq!(seats(&Rule::new(AllocationMethod::SAINTE_LAGUE, 100), 2), [70, 26, 3, 1]);
    let error = rule.apply(&allied(&votes, &group(11))).unwrap_err();
    assert!(matches!(error, Error::MinimumsExceedSeats { minimums: 11, seats: 10 }), "{error}");
}

#[test]
fn seats_held_count_for_the_minimum_of_a_group() {
    let party = |(name, held, votes)| (Party::new(name).with_held(held), votes);
    let votes = [("A", 0, 700), ("B", 0, 260), ("M", 1, 25), ("N", 0, 15)].map(party);
    let count = Count::from(Tally::from_votes(votes).unwrap());
    let count = count.with_alliances([Alliance::new(["M", "N"]).with_minimum(2)]);
    let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 10).apply(&count).unwrap();
    assert_eq!(certain(&outcome)[2..].iter().sum::<u64>(), 1);
}

#[test]
fn a_group_with_a_minimum_is_written_with_its_members() {
    let document = |alliances| {
        json!({ "seats": 10, "rule": { "method": "sainte-lague" }, "alliances": alliances, "parties": [
            { "name": "A", "votes": 700 }, { "name": "B", "votes": 260 }, { "name": "M", "votes": 25 }, { "name": "N", "votes": 15 },
        ] })
    };
    let groups = json!([{ "members": ["M", "N"], "min": 2 }, ["A", "B"]]);
    let election: Election = serde_json::from_value(document(groups.clone())).unwrap();
    assert_eq!(election.count.alliances()[0].minimum(), 2);
    assert_eq!(serde_json::to_value(&election).unwrap()["alliances"], groups);
    for (groups, named) in [
        (json!([{ "members": ["M", "N"], "most": 2 }]), "unknown field `most`"),
        (json!([{ "members": ["M", "N"] }]), "missing field `min`"),
        (json!(["M"]), "a list of members"),
    ] {
        let error = serde_json::from_value::<Election>(document(groups)).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}

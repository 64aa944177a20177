//! Repairs of admission, and what follows the method: second lists, shares of the admitted, bonus, cap, majority.

use apportion::{
    AllocationMethod, Base, Bonus, Cap, Election, Error, Excess, Majority, Outcome, Party, Rule, Tally, Threshold,
    TieBreak, Warning,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn tally(votes: &[(&str, u64)]) -> Tally {
    Tally::from_votes(votes.iter().copied()).unwrap()
}

fn certain(outcome: &Outcome) -> Vec<u64> {
    outcome.parties().iter().map(|party| party.certain()).collect()
}

fn share(text: &str) -> Threshold {
    Threshold::share(text.parse().unwrap())
}

fn majilis() -> Rule {
    let rule = Rule::new(AllocationMethod::HARE, 98).threshold(share("7%"));
    rule.second_list(2, "7/10".parse().unwrap(), 2)
}

#[test]
fn the_second_list_in_the_majilis_counts_at_seven_tenths_of_its_quotas() {
    // Kazakhstan 2007 under the rule of 2009: quota (5,247,720 + 269,310) / 98; OSDP has 4.78 quotas, 3.35 of them count.
    let votes = tally(&[("Nur Otan", 5_247_720), ("OSDP", 269_310), ("Ak Zhol", 183_346), ("Auyl", 89_855)]);
    let outcome = majilis().apply(&votes).unwrap();
    assert_eq!(certain(&outcome), [94, 4, 0, 0]); // 93 and 3 by quotas, and two are left
    assert_eq!(outcome.party("OSDP").unwrap().counted(), 188_517);
    assert!(matches!(outcome.party("OSDP").unwrap().admission(), apportion::Admission::Weighed(..)));
}

#[test]
fn a_tie_that_decides_a_second_lists_minimum_is_asked_about_once() {
    // Eight tenths of one vote, and four votes over five: equal claims to the fifth seat. Whoever wins, A has one and B four.
    let rule = Rule::new(AllocationMethod::D_HONDT, 5).threshold(Threshold::share("34%".parse().unwrap())).second_list(
        2,
        "8/10".parse().unwrap(),
        1,
    );
    let outcome = rule.apply(&Tally::from_votes([("A", 1), ("B", 4)]).unwrap()).unwrap();
    assert!(outcome.ways_complete());
    assert_eq!((outcome.certain("A"), outcome.certain("B")), (Some(1), Some(4)));
}

#[test]
fn the_second_list_in_the_majilis_has_two_seats_at_least() {
    let votes = tally(&[("Nur Otan", 9_900), ("OSDP", 60), ("Ak Zhol", 40)]);
    assert_eq!(certain(&majilis().apply(&votes).unwrap()), [96, 2, 0]);
    let five = majilis().second_list(2, "7/10".parse().unwrap(), 5);
    assert_eq!(certain(&five.apply(&votes).unwrap()), [93, 5, 0]);
    let short = [(Party::new("A"), 90), (Party::new("B").with_maximum(1), 5)];
    let error = majilis().apply(&Tally::from_votes(short).unwrap()).unwrap_err();
    assert_eq!(error, Error::MinimumAboveMaximum { party: "B".into(), minimum: 2, maximum: 1 });
    let all = majilis().second_list(2, "7/10".parse().unwrap(), 99);
    assert_eq!(all.apply(&votes), Err(Error::MinimumsExceedSeats { minimums: 99, seats: 98 }));
}

#[test]
fn seats_that_weighing_leaves_go_on_in_the_order_of_remainders() {
    // Quota 960 / 98: 91.875 and 6.125, of which 4.2875 count. Three seats are left for two lists.
    let votes = tally(&[("A", 900), ("B", 60), ("C", 40)]);
    assert_eq!(certain(&majilis().apply(&votes).unwrap()), [93, 5, 0]);
}

#[test]
fn a_list_that_passes_is_neither_weighed_nor_given_a_minimum() {
    let votes = tally(&[("A", 90), ("B", 10), ("C", 5)]);
    let plain = Rule::new(AllocationMethod::HARE, 98).threshold(share("7%"));
    assert_eq!(certain(&majilis().apply(&votes).unwrap()), certain(&plain.apply(&votes).unwrap()));
}

#[test]
fn weighed_votes_stay_exact_whatever_their_size() {
    // 98 quotas for A but for one vote, of 1.9 x 10^17; B has the seats of its minimum alone.
    let giants = tally(&[("A", u64::MAX), ("B", 1)]);
    assert_eq!(certain(&majilis().apply(&giants).unwrap()), [96, 2]);
    let third = Rule::new(AllocationMethod::D_HONDT, 4).threshold(share("50%"));
    // B counts 100, and A 300: 3 seats and 1, by a tie-free 100 against 300 / 4.
    let votes = tally(&[("A", 300), ("B", 299)]);
    let third = third.second_list(2, "100/299".parse().unwrap(), 0);
    assert_eq!(third.apply(&votes).unwrap().tie().map(|tie| tie.seats()), None);
    assert_eq!(certain(&third.apply(&votes).unwrap()), [3, 1]);
}

#[test]
fn lithuania_admits_the_next_lists_until_the_admitted_hold_60_percent() {
    let votes = tally(&[("A", 300), ("B", 240), ("C", 45), ("D", 44), ("E", 371)]).with_invalid(0);
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("30%"));
    let admitted = |rule: &Rule| -> Vec<bool> {
        rule.apply(&votes).unwrap().parties().iter().map(|party| party.is_admitted()).collect()
    };
    assert_eq!(admitted(&rule), [true, false, false, false, true]);
    let repaired = rule.clone().admitted_share("60%".parse().unwrap(), Base::Cast);
    assert_eq!(admitted(&repaired), [true, false, false, false, true]); // 67.1%
    let more = rule.admitted_share("92%".parse().unwrap(), Base::Cast);
    assert_eq!(admitted(&more), [true, true, true, false, true]); // 91.1% with B, 95.6% with C
}

#[test]
fn the_admitted_that_hold_exactly_the_share_are_enough() {
    let votes = tally(&[("A", 60), ("B", 21), ("C", 19)]);
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("50%"));
    let outcome = rule.admitted_share("60%".parse().unwrap(), Base::Valid).apply(&votes).unwrap();
    assert_eq!(certain(&outcome), [10, 0, 0]);
}

#[test]
fn equal_votes_where_the_next_list_comes_in_are_an_error_that_names_them() {
    let votes = tally(&[("A", 50), ("B", 25), ("C", 25)]);
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("50%"));
    let error = rule.admitted_share("60%".parse().unwrap(), Base::Valid).apply(&votes).unwrap_err();
    assert_eq!(error, Error::AdmissionTie { names: vec!["B".into(), "C".into()], votes: 25, places: 1 });
}

#[test]
fn where_none_passes_all_do_if_the_law_says_so() {
    let votes = tally(&[("A", 40), ("B", 35), ("C", 25)]);
    let rule = Rule::new(AllocationMethod::HARE, 4).threshold(share("50%"));
    assert_eq!(rule.apply(&votes), Err(Error::NoVotes { seats: 4 }));
    assert_eq!(certain(&rule.clone().all_if_none_passes().apply(&votes).unwrap()), [2, 1, 1]);
    let one = tally(&[("A", 60), ("B", 35), ("C", 25)]);
    assert_eq!(certain(&rule.all_if_none_passes().apply(&one).unwrap()), [4, 0, 0]);
}

#[test]
fn a_fixed_bonus_comes_before_the_rest() {
    let rule = Rule::new(AllocationMethod::HARE, 14).bonus(Bonus::new(4));
    let outcome = rule.apply(&tally(&[("A", 50), ("B", 30), ("C", 20)])).unwrap();
    assert_eq!(certain(&outcome), [9, 3, 2]);
    assert_eq!(outcome.bonus(), Some(("A", 4)));
}

#[test]
fn two_winners_of_one_bonus_are_two_ways_unless_the_tie_break_chooses() {
    let votes = tally(&[("A", 50), ("B", 50)]);
    let rule = Rule::new(AllocationMethod::HARE, 14).bonus(Bonus::new(4));
    let open = rule.apply(&votes).unwrap();
    assert_eq!(
        (open.tie().unwrap().parties(), open.tie().unwrap().about()),
        (&["A".into(), "B".into()][..], "the bonus")
    );
    let ways: Vec<_> = open.ways().iter().map(|way| certain(way.outcome().unwrap())).collect();
    assert_eq!(ways, [[9, 5], [5, 9]]);
    assert_eq!((certain(&open), open.possible("A"), open.bonus()), (vec![5, 5], Some(9), None));
    let drawn = rule.clone().tie_break([TieBreak::Drawn(vec!["B".into()])]);
    assert_eq!(certain(&drawn.apply(&votes).unwrap()), [5, 9]);
    let larger = rule.bonus(Bonus::new(15));
    assert_eq!(larger.apply(&tally(&[("A", 5), ("B", 4)])), Err(Error::BonusExceedsSeats { bonus: 15, seats: 14 }));
}

#[test]
fn a_bonus_begins_at_exactly_its_share() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 100).bonus(Bonus::new(20).from("25%".parse().unwrap()));
    let bonus = |first: u64, rest: u64| {
        let votes = tally(&[("A", first), ("B", rest), ("C", rest), ("D", rest), ("E", rest)]);
        rule.clone().tie_break([TieBreak::ListOrder]).apply(&votes).unwrap().bonus().map(|(_, seats)| seats)
    };
    assert_eq!(bonus(100, 75), Some(20));
    assert_eq!(bonus(999_999, 750_001), None);
}

#[test]
fn a_bonus_grows_by_a_seat_with_each_whole_step_above_its_share() {
    let bonus = Bonus::new(2).from("40%".parse().unwrap()).step("5%".parse().unwrap(), 5);
    let rule = Rule::new(AllocationMethod::D_HONDT, 20).bonus(bonus);
    let seats = |first: u64| {
        let half = (100 - first) / 2;
        let votes = tally(&[("A", first), ("B", half), ("C", 100 - first - half)]);
        rule.apply(&votes).unwrap().bonus().map(|(_, seats)| seats)
    };
    assert_eq!([39, 40, 44, 45, 54, 55, 60].map(seats), [None, Some(2), Some(2), Some(3), Some(4), Some(5), Some(5)]);
    let none = Rule::new(AllocationMethod::D_HONDT, 20).bonus(Bonus::new(2).step("0%".parse().unwrap(), 5));
    let refused = none.apply(&tally(&[("A", 1)])).unwrap_err();
    assert_eq!(refused.to_string(), "the step of the bonus is 0, but must be above 0");
}

#[test]
fn a_second_list_may_count_with_all_its_votes_and_with_no_more() {
    let votes = tally(&[("A", 60), ("B", 40)]);
    let rule = |weight: &str| {
        Rule::new(AllocationMethod::HARE, 10).threshold(share("50%")).second_list(2, weight.parse().unwrap(), 1)
    };
    assert_eq!(certain(&rule("100%").apply(&votes).unwrap()), [6, 4]);
    assert_eq!(rule("101%").apply(&votes).unwrap_err(), Error::ShareAboveOne { share: "101%".into() });
}

#[test]
fn mexicos_cap_gives_what_is_beyond_it_to_the_others_by_a_new_quotient() {
    let cap = Cap::new("8%".parse().unwrap()).house(500).most(300);
    let parties = [
        (Party::new("A").with_held(240), 500),
        (Party::new("B").with_held(40), 300),
        (Party::new("C").with_held(20), 200),
    ];
    let rule = Rule::new(AllocationMethod::HARE, 200).cap(cap);
    let outcome = rule.apply(&Tally::from_votes(parties).unwrap()).unwrap();
    // 58% of 500 are 290: 50 new seats instead of 100. The other 150 go 3 to 2.
    assert_eq!(certain(&outcome), [50, 90, 60]);
    assert!(matches!(outcome.warnings(), [Warning::Capped { party, .. }] if party == "A"));
    // A party that holds more than its cap keeps what it holds and gets nothing.
    let parties = [(Party::new("A").with_held(299), 500), (Party::new("B").with_held(1), 500)];
    let outcome = rule.apply(&Tally::from_votes(parties).unwrap()).unwrap();
    assert_eq!(certain(&outcome), [0, 200]);
}

#[test]
fn caps_that_leave_seats_unfilled_are_an_error_or_a_vacancy() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 10).cap(Cap::new("0%".parse().unwrap()).most(3));
    let votes = tally(&[("A", 50), ("B", 30), ("C", 20)]);
    assert_eq!(rule.apply(&votes), Err(Error::Unfilled { unfilled: 2, seats: 10 }));
    let outcome = rule.vacancies().apply(&votes).unwrap();
    assert_eq!((certain(&outcome), outcome.vacant()), (vec![3, 3, 2], 2));
}

#[test]
fn more_than_half_of_the_votes_bring_more_than_half_of_the_seats() {
    let votes = tally(&[("A", 5_010), ("B", 1_700), ("C", 1_650), ("D", 1_640)]);
    let rule = Rule::new(AllocationMethod::HARE, 6);
    assert_eq!(certain(&rule.apply(&votes).unwrap()), [3, 1, 1, 1]);
    // Quotas 3.006, 1.02, 0.99, 0.984: D won its seat by the smallest remainder.
    assert_eq!(certain(&rule.majority(Majority::new()).apply(&votes).unwrap()), [4, 1, 1, 0]);
}

#[test]
fn a_majority_of_votes_brings_no_seat_beyond_the_maximum() {
    let parties = [(Party::new("A").with_maximum(2), 80), (Party::new("B"), 20)];
    let rule = Rule::new(AllocationMethod::D_HONDT, 5).majority(Majority::new());
    assert_eq!(certain(&rule.apply(&Tally::from_votes(parties).unwrap()).unwrap()), [2, 3]);
}

#[test]
fn exactly_half_of_the_votes_is_no_majority() {
    let votes = tally(&[("A", 50), ("B", 30), ("C", 20)]);
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 10).majority(Majority::new());
    assert_eq!(certain(&rule.apply(&votes).unwrap()), [5, 3, 2]);
}

#[test]
fn documents_write_all_of_this_and_read_it_back() {
    let rules = [
        json!({ "method": { "quota": "hare" }, "threshold": "7%",
            "admit_at_least": { "parties": 2, "weight": "7/10", "min": 2 } }),
        json!({ "method": "dhondt", "admitted_share": "60%", "none_passes": "all" }),
        json!({ "method": "dhondt", "admitted_share": { "share": "60%", "of": "cast" } }),
        json!({ "method": "hare", "bonus": 50 }),
        json!({ "method": "hare", "bonus": { "seats": 20, "from": "25%", "step": "0.5%", "most": 50, "of": "valid" } }),
        json!({ "method": "hare", "cap": { "points": "8%", "of": "admitted", "house": 500, "most": 300 } }),
        json!({ "method": "dhondt", "absolute_majority": true, "exhaustion": "reassign" }),
        json!({ "method": "dhondt", "absolute_majority": { "drawn": ["B"] } }),
        json!({ "method": { "quota_method": "balinski-young" } }),
        json!({ "method": { "stages": [
            { "whole_quotas": { "quota": "droop" } },
            { "largest_remainders": {}, "total": 5 },
            { "highest_averages": { "divisor": "adams" }, "only": { "seats": 1 }, "each": 1 },
            { "most_votes": {}, "only": [{ "seats": 2 }, "5%", { "quota": "hare", "times": "3/4" }] },
            { "largest_remainders": { "quota": "hare", "rounding": "up" }, "only": { "minority": true } },
            { "highest_averages": { "divisor": "dhondt" }, "of": "remainders" },
        ] } }),
        json!({ "method": "hare", "threshold": { "any": [
            { "share": "4%", "at": "nation" }, { "all": [{ "share": "12%" }, { "minority": true }], "at": "district" },
        ], "at": "nation" } }),
    ];
    for rule in rules {
        let read: Rule = serde_json::from_value(json!({ "seats": 10, "rule": rule })).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(serde_json::from_value::<Rule>(written.clone()).unwrap(), read, "{written}");
        let toml = toml::to_string(&read).unwrap();
        assert_eq!(toml::from_str::<Rule>(&toml).unwrap(), read, "{toml}");
    }
}

#[test]
fn a_stage_that_is_none_is_refused_with_what_is_wrong() {
    let refused = |stage: Value| {
        let document = json!({ "seats": 3, "parties": [{ "name": "A", "votes": 1 }],
            "rule": { "method": { "stages": [stage] } } });
        serde_json::from_value::<Election>(document).unwrap_err().to_string()
    };
    for (stage, message) in [
        (json!({}), "a stage needs one of whole_quotas"),
        (json!({ "whole_quotas": "hare", "most_votes": {} }), "not both whole_quotas and most_votes"),
        (json!({ "whole_quotas": "dhondt" }), "whole_quotas takes a quota, not D'Hondt"),
        (json!({ "highest_averages": "hare" }), "highest_averages takes a divisor"),
        (json!({ "largest_remainders": {} }), "stage 1 takes remainders"),
        (json!({ "largest_remainders": { "rounding": "up" } }), "rounding belongs to a quota"),
        (json!({ "whole_quotas": "hare", "every": 1 }), "unknown field `every`"),
        (json!({ "whole_quotas": "hare", "only": { "seats": 1, "votes": 2, "minority": true } }), "not both"),
        (json!({ "whole_quotas": "hare", "each": -1 }), "invalid value"),
        (json!({ "highest_averages": "dhondt", "of": "remainders" }), "stage 1 takes remainders"),
        (json!({ "highest_averages": "dhondt", "of": "votes" }), "unknown variant `votes`"),
        (json!({ "most_votes": {}, "of": "remainders" }), "of belongs to highest_averages, not to most_votes"),
    ] {
        let have = refused(stage.clone());
        assert!(have.contains(message), "{stage}: {have}");
    }
    let both = json!({ "seats": 3, "parties": [], "rule": { "method": { "quota": "hare", "stages": [] } } });
    assert!(serde_json::from_value::<Election>(both).unwrap_err().to_string().contains("not several of them"));
}

#[test]
fn the_quota_method_grows_with_the_house_and_keeps_quota() {
    // M. L. Balinski and H. P. Young: votes 9061, 7179, 5259, 3319, 1182 for 26 seats give 10, 7, 5, 3, 1.
    let votes = [9_061, 7_179, 5_259, 3_319, 1_182];
    assert_eq!(AllocationMethod::BalinskiYoung.allocate(&votes, 26).unwrap().seats().unwrap(), [10, 7, 5, 3, 1]);
    // D'Hondt breaks the upper quota here: 6.06 and eleven.
    let dominant = [70, 5, 5, 5, 5, 5, 5];
    assert_eq!(AllocationMethod::BalinskiYoung.allocate(&dominant, 10).unwrap().certain()[0], 7);
    let contest = apportion::Contest::new(&votes, 26).minimums(&[1, 1, 1, 1, 2]);
    assert_eq!(
        AllocationMethod::BalinskiYoung.allocate_contest(&contest),
        Err(Error::NoBounds { method: "the quota method" })
    );
}

#[test]
fn the_quota_method_answers_houses_of_any_size_whose_shares_repeat() {
    let votes = [60, 30, 10];
    let seats = 1_000_000_000_000_000_000;
    let allocation = AllocationMethod::BalinskiYoung.allocate(&votes, seats).unwrap();
    assert_eq!(allocation.seats().unwrap(), [seats / 10 * 6, seats / 10 * 3, seats / 10]);
    let prime = [u64::MAX, u64::MAX - 1];
    assert!(matches!(
        AllocationMethod::BalinskiYoung.allocate(&prime, u64::MAX),
        Err(Error::ParameterOutOfRange { .. })
    ));
}

/// The quota method as Balinski and Young state it, seat by seat; `None` where a seat is tied.
fn by_hand(votes: &[u64], house: u64) -> Option<Vec<u64>> {
    let all: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
    let mut seats = vec![0_u64; votes.len()];
    for size in 1..=house {
        let open = (0..votes.len())
            .filter(|&party| u128::from(seats[party]) * all < u128::from(votes[party]) * u128::from(size));
        let claim = |party: usize| (u128::from(votes[party]), u128::from(seats[party]) + 1);
        let best = open.clone().max_by(|&a, &b| (claim(a).0 * claim(b).1).cmp(&(claim(b).0 * claim(a).1)))?;
        let equal = open.filter(|&party| claim(party).0 * claim(best).1 == claim(best).0 * claim(party).1);
        if equal.count() > 1 {
            return None;
        }
        seats[best] += 1;
    }
    Some(seats)
}

proptest! {
    #[test]
    fn the_quota_method_is_what_its_statement_says(
        votes in prop::collection::vec(1..400_u64, 1..7), house in 0..80_u64,
    ) {
        if let Some(expected) = by_hand(&votes, house) {
            let allocation = AllocationMethod::BalinskiYoung.allocate(&votes, house).unwrap();
            prop_assert_eq!(allocation.seats().unwrap(), &expected[..]);
        }
    }

    #[test]
    fn every_outcome_of_the_quota_method_keeps_quota_and_fills_the_house(
        votes in prop::collection::vec(0..12_u64, 1..6), house in 0..30_u64,
    ) {
        prop_assume!(votes.iter().any(|&votes| votes > 0));
        let all: u64 = votes.iter().sum();
        let Ok(allocation) = AllocationMethod::BalinskiYoung.allocate(&votes, house) else { return Ok(()) };
        for seats in allocation.outcomes() {
            prop_assert_eq!(seats.iter().sum::<u64>(), house);
            for (&seats, &votes) in seats.iter().zip(&votes) {
                prop_assert!(seats >= votes * house / all && seats <= (votes * house).div_ceil(all));
            }
        }
    }

    #[test]
    fn minimums_maximums_and_held_seats_keep_the_order_of_highest_averages(
        votes in prop::collection::vec(1..60_u64, 2..6),
        seats in 0..30_u64,
        bounds in prop::collection::vec((0..3_u64, 0..6_u64, 0..3_u64), 6),
    ) {
        // Axiom by axiom on contests with bounds: house monotonicity, and that a seat never goes past a larger claim.
        let of = |index: usize| bounds[index];
        let contest = |seats: u64| {
            apportion::Contest::new(&votes, seats)
                .held((0..votes.len()).map(|at| of(at).2).collect::<Vec<_>>())
                .minimums((0..votes.len()).map(|at| of(at).0).collect::<Vec<_>>())
                .maximums((0..votes.len()).map(|at| Some(of(at).0 + of(at).1)).collect::<Vec<_>>())
                .vacancies(true)
        };
        for method in [AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE, AllocationMethod::ADAMS] {
            let (Ok(less), Ok(more)) =
                (method.allocate_contest(&contest(seats)), method.allocate_contest(&contest(seats + 1)))
            else {
                continue;
            };
            for (party, (&less, &more)) in less.certain().iter().zip(more.certain()).enumerate() {
                prop_assert!(less <= more || more + 1 == less, "party {party} shrinks from {less} to {more}");
                let (minimum, room, held) = of(party);
                prop_assert!(less + held >= minimum && (less == 0 || less + held <= (minimum + room).max(minimum)));
            }
            if let (Ok(less), Ok(more)) = (less.seats(), more.seats()) {
                prop_assert!(less.iter().zip(more).all(|(less, more)| less <= more));
            }
        }
    }
}

#[test]
fn excess_and_second_lists_do_not_disturb_each_other() {
    let rule = majilis().excess(Excess::SmallestRemainders);
    let votes = tally(&[("A", 95), ("B", 5)]);
    assert_eq!(certain(&rule.apply(&votes).unwrap()).iter().sum::<u64>(), 98);
}

#[test]
fn minimums_that_take_every_seat_leave_nothing_for_a_quota_to_decide() {
    let contest = apportion::Contest::new(&[10, 1], 5).minimums(&[0, 5]);
    let allocation = AllocationMethod::HAGENBACH_BISCHOFF.allocate_contest(&contest).unwrap();
    assert_eq!(allocation.seats().unwrap(), [0, 5]);
}

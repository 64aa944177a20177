//! Rules: admission repairs, bounds, quota bases, spare votes, and what an outcome says.

use apportion::rule::{OwnMethod, Seats};
use apportion::{
    Admission, Allocation, AllocationMethod, Apportion, Ballot, Base, Bonus, Cap, Clause, Error, Excess, Majority,
    Party, Ratio, Rule, Tally, Threshold, TieBreak, Tier,
};

fn share(text: &str) -> Threshold {
    Threshold::share(text.parse::<Ratio>().unwrap())
}

fn seats(rule: &Rule, tally: &Tally) -> Vec<u64> {
    let outcome = rule.apply(tally).unwrap();
    outcome.parties().iter().map(|party| outcome.seats(party.name()).unwrap()).collect()
}

#[test]
fn the_next_parties_by_votes_are_admitted_while_too_few_pass() {
    let tally = Tally::from_votes([("A", 96), ("B", 1), ("C", 3)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("7%"));
    assert_eq!(seats(&rule, &tally), [10, 0, 0]);
    let outcome = rule.admit_at_least(2).apply(&tally).unwrap();
    assert!(matches!(outcome.party("C").unwrap().admission(), Admission::Repaired(_)));
    assert!(matches!(outcome.party("B").unwrap().admission(), Admission::Refused(_)));
    let shortfall = outcome.party("C").unwrap().admission().shortfall().unwrap();
    assert_eq!(shortfall.to_string(), "3.00% of valid votes, below 7%");
}

#[test]
fn equal_votes_where_the_repair_ends_are_an_error_that_names_them() {
    let tally = Tally::from_votes([("A", 90), ("B", 3), ("C", 3), ("D", 4)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("7%"));
    let error = rule.clone().admit_at_least(3).apply(&tally).unwrap_err();
    assert_eq!(error, Error::AdmissionTie { names: vec!["B".into(), "C".into()], votes: 3, places: 1 });
    assert!(rule.admit_at_least(4).apply(&tally).is_ok());
}

#[test]
fn parties_without_votes_are_not_admitted_to_make_up_the_number() {
    let tally = Tally::from_votes([("A", 90), ("B", 0), ("C", 0)]).unwrap();
    let outcome = Rule::new(AllocationMethod::HARE, 3).threshold(share("7%")).admit_at_least(2).apply(&tally).unwrap();
    assert_eq!(outcome.seats("A"), Some(3));
    assert!(!outcome.party("B").unwrap().is_admitted());
}

#[test]
fn barred_parties_get_no_seat_even_by_adams() {
    let tally = Tally::from_votes([("A", 50), ("B", 30), ("C", 10), ("D", 5), ("E", 5)]).unwrap();
    let rule = Rule::new(AllocationMethod::ADAMS, 4).threshold(share("8%"));
    assert_eq!(seats(&rule, &tally), [2, 1, 1, 0, 0]);
}

#[test]
fn bounds_bind_admitted_parties_only() {
    let tally = Tally::from_votes([(Party::new("A"), 96), (Party::new("B").with_minimum(2), 4)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 10);
    assert_eq!(seats(&rule, &tally), [8, 2]);
    assert_eq!(seats(&rule.threshold(share("5%")), &tally), [10, 0]);
}

#[test]
fn a_method_equals_the_one_that_it_was_made_of_and_an_own_one_itself_alone() {
    struct Nobody;
    impl Apportion for Nobody {
        fn allocate(&self, votes: &[u64], _: u64) -> Result<Allocation, Error> {
            Ok(Allocation::new(vec![0; votes.len()]))
        }
    }
    let rule = Rule::new(AllocationMethod::HARE, 10);
    assert_eq!(rule.method(), &AllocationMethod::HARE);
    assert_ne!(rule.method(), &AllocationMethod::D_HONDT);
    let own = OwnMethod::new("nobody", Nobody);
    assert_eq!(own, own.clone());
    assert_ne!(own, OwnMethod::new("nobody", Nobody));
    assert_ne!(Rule::new(own, 10).method(), &AllocationMethod::HARE);
}

#[test]
fn bonuses_and_admitted_shares_may_be_of_all_votes_and_of_no_more() {
    let tally = Tally::from_votes([("A", 100)]).unwrap();
    let whole: Ratio = "100%".parse().unwrap();
    let more: Ratio = "101%".parse().unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 10);
    assert_eq!(seats(&rule.clone().bonus(Bonus::new(2).from(whole)).admitted_share(whole, Base::Valid), &tally), [10]);
    let refused = Error::ShareAboveOne { share: "101%".into() };
    assert_eq!(rule.clone().bonus(Bonus::new(2).from(more)).apply(&tally).unwrap_err(), refused);
    assert_eq!(rule.admitted_share(more, Base::Valid).apply(&tally).unwrap_err(), refused);
}

#[test]
fn a_clause_that_worked_in_one_tier_may_have_been_idle_in_another() {
    let half: Ratio = "50%".parse().unwrap();
    let tier = |seats: u64| Tier::new(AllocationMethod::HARE).seats(Seats::Fixed(seats));
    // Of 5 seats A's 51 votes bring 3 of themselves, of 4 they bring 2; an even vote ties for the last of 5.
    for (idle, at_work, votes, clause) in [
        (tier(5).majority(Majority::new()), tier(4).majority(Majority::new()), [51, 49], Clause::Majority),
        (
            tier(4).bonus(Bonus::new(1).from("90%".parse().unwrap())),
            tier(4).bonus(Bonus::new(1)),
            [51, 49],
            Clause::Bonus,
        ),
        (tier(4).cap(Cap::new(half)), tier(4).cap(Cap::new(half).most(1)).vacancies(), [51, 49], Clause::Cap),
        (
            tier(4).threshold(share("5%")).admit_at_least(2),
            tier(4).threshold(share("50%")).admit_at_least(2),
            [51, 49],
            Clause::AtLeast(2),
        ),
        (
            tier(4).tie_break([TieBreak::ListOrder]),
            tier(5).tie_break([TieBreak::ListOrder]),
            [50, 50],
            Clause::TieBreak,
        ),
    ] {
        let tally = Tally::from_votes(["A", "B"].into_iter().zip(votes)).unwrap();
        let idle_in = |tiers: [&Tier; 2]| {
            let outcome = Rule::of_tiers(tiers.map(Tier::clone)).apply(&tally).unwrap();
            outcome.tiers().iter().map(|tier| tier.idle().to_vec()).collect::<Vec<_>>()
        };
        assert_eq!(idle_in([&idle, &at_work]), [vec![clause], vec![]]);
        assert_eq!(idle_in([&at_work, &idle]), [vec![], vec![clause]]);
    }
}

#[test]
fn who_is_tied_is_said_of_those_in_the_tie_alone() {
    let tally = Tally::from_votes([("A", 30), ("B", 30), ("C", 40)]).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 2).apply(&tally).unwrap();
    assert_eq!(["A", "B", "C"].map(|name| outcome.is_tied(name)), [true, true, false]);
}

#[test]
fn the_words_of_a_list_of_thresholds_stand_between_them() {
    let list = [share("5%"), Threshold::minority(), share("1%")];
    let [first, second, third] = list.clone().map(|threshold| threshold.to_string());
    assert_eq!(Threshold::any(list).to_string(), format!("{first} or {second} or {third}"));
}

#[test]
fn maximums_that_leave_seats_unfilled_are_an_error_or_vacancies() {
    let capped = |votes| (Party::new(format!("P{votes}")).with_maximum(3), votes);
    let tally = Tally::from_votes([capped(60), capped(40)]).unwrap();
    for method in [AllocationMethod::D_HONDT, AllocationMethod::HARE] {
        let rule = Rule::new(method, 10);
        let error = rule.apply(&tally).unwrap_err();
        if rule.method() == &AllocationMethod::D_HONDT {
            assert_eq!(error, Error::Unfilled { unfilled: 4, seats: 10 });
        }
        let outcome = Rule::new(AllocationMethod::D_HONDT, 10).vacancies().apply(&tally).unwrap();
        assert_eq!((outcome.vacant(), outcome.seats("P60")), (4, Some(3)));
    }
}

#[test]
fn held_seats_count_for_bounds_and_divisors_but_not_for_the_answer() {
    let tally = Tally::from_votes([(Party::new("A").with_held(4), 60), (Party::new("B"), 40)]).unwrap();
    // The next quotients: 60 / 5 = 12; 40, 20, 13.3, 10.
    assert_eq!(seats(&Rule::new(AllocationMethod::D_HONDT, 4), &tally), [1, 3]);
    let tally = Tally::from_votes([(Party::new("A").with_held(4).with_maximum(7), 96), (Party::new("B"), 4)]).unwrap();
    assert_eq!(seats(&Rule::new(AllocationMethod::HARE, 4), &tally), [3, 1]);
}

#[test]
fn a_quota_may_be_taken_of_another_base() {
    let tally = Tally::from_votes([("A", 60), ("B", 30), ("C", 10)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("20%"));
    assert_eq!(seats(&rule, &tally), [7, 3, 0]); // quota 9
    assert_eq!(seats(&rule.quota_base(Base::Valid).with_seats(9), &tally), [6, 3, 0]); // quota 100 / 9
}

#[test]
fn whole_quotas_beyond_the_seats_are_an_error_unless_the_rule_takes_them_back() {
    let tally = Tally::from_votes([("A", 600), ("B", 300), ("C", 100)]).unwrap();
    let rule = Rule::new(AllocationMethod::IMPERIALI_QUOTA, 5);
    assert_eq!(rule.apply(&tally).unwrap_err().to_string(), "the Imperiali quota gives out 6 seats, but there are 5");
    // Quota 1000 / 7: whole 4, 2, 0; remainders 28.6, 14.3, 100.
    assert_eq!(seats(&rule.excess(Excess::SmallestRemainders), &tally), [4, 1, 0]);
}

#[test]
fn spare_votes_go_to_the_first_admitted_party_or_to_none() {
    let mut tally = Tally::from_votes([("A", 50), ("B", 40), ("C", 0), ("D", 0)]).unwrap();
    tally.count(&Ballot::ranked(["C", "D", "B", "A"]).unwrap(), 3);
    tally.count(&Ballot::ranked(["C", "D"]).unwrap(), 2);
    tally.count(&Ballot::ranked(["C", "B"]).unwrap(), 4);
    tally.count(&Ballot::ranked(["A", "B"]).unwrap(), 1);
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("10%"));

    let plain = rule.apply(&tally).unwrap();
    assert_eq!((plain.party("B").unwrap().counted(), plain.spared()), (40, 0));
    let spared = rule.spare_votes().apply(&tally).unwrap();
    assert_eq!((spared.party("B").unwrap().counted(), spared.spared()), (47, 7));
    assert_eq!(spared.party("B").unwrap().votes(), 40);
    assert_eq!(spared.party("C").unwrap().votes(), 9);
    assert_eq!(spared.party("C").unwrap().counted(), 0);
    assert_eq!(spared.party("A").unwrap().counted(), 51);
}

#[test]
fn lots_must_name_parties_that_stand_and_each_once() {
    let tally = Tally::from_votes([("A", 10), ("B", 10)]).unwrap();
    let drawn = |names: &[&str]| {
        let lots = TieBreak::Drawn(names.iter().map(ToString::to_string).collect());
        Rule::new(AllocationMethod::D_HONDT, 1).tie_break([lots]).apply(&tally)
    };
    assert_eq!(drawn(&["B", "A"]).unwrap().seats("B"), Some(1));
    assert_eq!(drawn(&["X"]), Err(Error::UnknownParty { name: "X".into(), place: "the drawing of lots" }));
    assert_eq!(drawn(&["A", "A"]), Err(Error::RepeatedParty { name: "A".into(), place: "the drawing of lots" }));
}

#[test]
fn no_seats_are_no_question_of_votes() {
    let tally = Tally::from_votes([("A", 0), ("B", 0)]).unwrap();
    assert_eq!(seats(&Rule::new(AllocationMethod::HARE, 0), &tally), [0, 0]);
    assert_eq!(Rule::new(AllocationMethod::HARE, 1).apply(&tally), Err(Error::NoVotes { seats: 1 }));
    assert_eq!(Rule::new(AllocationMethod::HARE, 1).apply(&Tally::default()), Err(Error::NoParties));
}

#[test]
fn the_table_keeps_to_80_columns_and_lines_up() {
    let tally = Tally::from_votes([
        ("A party with a name that is far too long for any table".to_string(), 1_234_567_890),
        ("自由民主党".to_string(), 1_000_000),
        ("Ak Zhol".to_string(), 12),
    ])
    .unwrap();
    let outcome = Rule::new(AllocationMethod::HARE, 98).threshold(share("0.05%")).apply(&tally).unwrap();
    let table = "\
A party with a name that is far too long for any table has all 98 seats. No tie.

party                                    seats          votes    share  of seats
A party with a name that is far too lo…     98  1,234,567,890   99.92%   100.00%
自由民主党                                   -      1,000,000    0.08%
below 0.05%, no seat:
Ak Zhol                                      -             12    0.00%
all                                         98  1,235,567,902  100.00%   100.00%

Shares of votes: of the 1,235,567,902 valid votes. 0.05% is 617,784 votes.
";
    assert_eq!(outcome.to_string(), table);
}

#[test]
fn a_tie_of_a_method_of_ones_own_counts_for_its_seats() {
    /// D'Hondt's.
    struct Own;
    impl Apportion for Own {
        fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
            AllocationMethod::D_HONDT.allocate(votes, seats)
        }
    }
    let rule = Rule::new(OwnMethod::new("own", Own), 3);
    let outcome = rule.apply(&Tally::from_votes([("A", 10), ("B", 10)]).unwrap()).unwrap();
    assert_eq!((outcome.certain("A"), outcome.possible("A")), (Some(1), Some(2)));
}

#[test]
fn a_method_of_ones_own_must_give_all_seats_to_all_parties_and_knows_no_bounds() {
    /// Gives these seats whatever is asked.
    struct Always(Vec<u64>);
    impl Apportion for Always {
        fn allocate(&self, _: &[u64], _: u64) -> Result<Allocation, Error> {
            Ok(Allocation::new(self.0.clone()))
        }
    }
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap();
    let rule = |seats: &[u64]| Rule::new(OwnMethod::new("always", Always(seats.to_vec())), 5);
    assert_eq!(seats(&rule(&[2, 3]), &tally), [2, 3]);
    let refused = |seats: &[u64]| rule(seats).apply(&tally).unwrap_err().to_string();
    assert!(refused(&[2, 2]).contains("always gave 4 of 5 seats to 2 parties"), "{}", refused(&[2, 2]));
    assert!(refused(&[3, 3]).contains("always gave 6 of 5 seats to 2 parties"), "{}", refused(&[3, 3]));
    assert!(refused(&[5]).contains("always gave 5 of 5 seats to 2 parties"), "{}", refused(&[5]));
    for bounded in [Party::new("A").with_maximum(4), Party::new("A").with_minimum(1), Party::new("A").with_held(1)] {
        let bounded = Tally::from_votes([(bounded, 60), (Party::new("B"), 40)]).unwrap();
        assert_eq!(rule(&[2, 3]).apply(&bounded).unwrap_err(), Error::NoBounds { method: "a method of one's own" });
    }
}

//! Who takes part: thresholds against every base, exactly, and the reason why a party is out.

use apportion::rule::Record;
use apportion::{
    AllocationMethod, Base, Count, Error, Level, Outcome, Party, Place, Quota, Ratio, Rounding, Rule, Shortfall, Tally,
    Threshold,
};

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

fn outcome(tally: &Tally, threshold: Threshold) -> Outcome {
    Rule::new(AllocationMethod::SAINTE_LAGUE, 20).threshold(threshold).apply(tally).unwrap()
}

/// The names of those who take part.
fn admitted(tally: &Tally, threshold: Threshold) -> Vec<String> {
    let outcome = outcome(tally, threshold);
    outcome.parties().iter().filter(|party| party.is_admitted()).map(|party| party.name().to_string()).collect()
}

/// Why the party of this name is out.
fn reason(tally: &Tally, threshold: Threshold, name: &str) -> String {
    let outcome = outcome(tally, threshold);
    outcome.party(name).unwrap().admission().shortfall().unwrap().to_string()
}

#[test]
fn a_party_at_exactly_seven_percent_passes() {
    let tally = Tally::from_votes([("A", 93), ("B", 7)]).unwrap();
    let seven = Threshold::share(ratio("7%"));
    assert_eq!(admitted(&tally, seven.clone()), ["A", "B"]);
    assert_eq!(outcome(&tally, seven.clone()).seats("B"), Some(1));
    assert_eq!(admitted(&tally, seven.clone().strict()), ["A"]);
    assert_eq!(reason(&tally, seven.strict(), "B"), "7.00% of valid votes, not above 7%");
}

#[test]
fn one_vote_of_2_to_the_64_decides() {
    let half = u64::MAX / 2;
    let tally = Tally::from_votes([("A", half + 1), ("B", half)]).unwrap();
    assert_eq!(admitted(&tally, Threshold::share(ratio("50%"))), ["A"]);
}

#[test]
fn each_base_counts_what_it_says() {
    let tally = Tally::from_votes([("A", 89), ("B", 10)])
        .unwrap()
        .with_other(1)
        .with_against_all(10)
        .with_blank(20)
        .with_invalid(30)
        .with_registered(200);
    let bases = [
        (Base::PartyVotes, 100),
        (Base::Valid, 110),
        (Base::ValidAndBlank, 130),
        (Base::Cast, 160),
        (Base::Registered, 200),
    ];
    for (base, whole) in bases {
        assert_eq!(tally.base(base), Ok(whole));
        let exact = Ratio::new(10, u64::try_from(whole).unwrap()).unwrap();
        assert_eq!(admitted(&tally, Threshold::share(exact).of(base)), ["A", "B"], "{base}");
        assert_eq!(admitted(&tally, Threshold::share(exact).of(base).strict()), ["A"], "{base}");
    }
    assert_eq!(tally.with_cast(500).base(Base::Cast), Ok(500));
}

#[test]
fn a_base_that_was_not_counted_is_an_error_that_names_it() {
    let tally = Tally::from_votes([("A", 89)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 3).threshold(Threshold::share(ratio("5%")).of(Base::Registered));
    let error = rule.apply(&tally).unwrap_err();
    assert_eq!(error, Error::BaseNotCounted { base: Base::Registered });
    assert_eq!(error.to_string(), "the rule asks for registered voters, which the tally does not give");
    // Also where another part of the threshold would let everyone pass.
    let either = Threshold::any([Threshold::votes(1), Threshold::share(ratio("5%")).of(Base::Registered)]);
    assert!(Rule::new(AllocationMethod::HARE, 3).threshold(either).apply(&tally).is_err());
}

#[test]
fn votes_and_quotas_are_thresholds_too() {
    let tally = Tally::from_votes([("A", 60), ("B", 35), ("C", 5)]).unwrap();
    assert_eq!(admitted(&tally, Threshold::votes(5)), ["A", "B", "C"]);
    assert_eq!(admitted(&tally, Threshold::votes(5).strict()), ["A", "B"]);
    assert_eq!(reason(&tally, Threshold::votes(36), "B"), "35 votes, below 36");
    // The Hare quota of 100 votes and 20 seats is 5.
    assert_eq!(admitted(&tally, Threshold::quota(Quota::HARE, Ratio::ONE)), ["A", "B", "C"]);
    let more = Threshold::quota(Quota::HARE, ratio("3/2"));
    assert_eq!(admitted(&tally, more.clone()), ["A", "B"]);
    assert_eq!(reason(&tally, more, "C"), "5 votes, below 3/2 of the Hare quota (5)");
    // 100 / 21 = 4.76…, rounded up 5, and 5 again as the next whole number.
    let rounded = Quota::HAGENBACH_BISCHOFF.rounded(Rounding::Up);
    assert_eq!(admitted(&tally, Threshold::quota(rounded, Ratio::ONE).strict()), ["A", "B"]);
}

#[test]
fn direct_seats_and_minorities_are_alternatives() {
    let tally = Tally::from_votes([
        (Party::new("A"), 90),
        (Party::new("B").with_direct_seats(3), 4),
        (Party::new("C").with_direct_seats(2), 4),
        (Party::new("D").as_minority(), 2),
    ])
    .unwrap();
    let german = Threshold::any([Threshold::share(ratio("5%")), Threshold::direct_seats(3), Threshold::minority()]);
    assert_eq!(admitted(&tally, german.clone()), ["A", "B", "D"]);
    assert_eq!(
        reason(&tally, german, "C"),
        "4.00% of valid votes, below 5%; 2 direct seats, below 3; not a minority list"
    );
    let both = Threshold::all([Threshold::share(ratio("3%")), Threshold::direct_seats(1)]);
    assert_eq!(admitted(&tally, both.clone()), ["B", "C"]);
    assert_eq!(reason(&tally, both, "A"), "0 direct seats, below 1");
}

#[test]
fn shares_by_members_take_the_largest_step_that_is_not_above_them() {
    let party = |name: &str, members| Party::new(name).with_members(members);
    let tally =
        Tally::from_votes([(party("A", 1), 83), (party("B", 1), 5), (party("C", 2), 5), (party("D", 4), 7)]).unwrap();
    let polish = Threshold::by_members([(1, ratio("5%")), (2, ratio("8%"))]);
    assert_eq!(admitted(&tally, polish.clone()), ["A", "B"]);
    assert_eq!(reason(&tally, polish, "D"), "7.00% of valid votes, below 8%");
    let only_coalitions = Threshold::by_members([(2, ratio("6%"))]);
    assert_eq!(admitted(&tally, only_coalitions), ["A", "B", "D"]);
}

#[test]
fn a_reason_shows_enough_decimals_to_be_one() {
    let tally = Tally::from_votes([("A", 9_300_001), ("B", 699_999)]).unwrap();
    assert_eq!(reason(&tally, Threshold::share(ratio("7%")), "B"), "6.99999% of valid votes, below 7%");
    let tally = Tally::from_votes([("A", 6_824_686), ("B", 116_534)]).unwrap();
    assert_eq!(reason(&tally, Threshold::share(ratio("7%")), "B"), "1.68% of valid votes, below 7%");
}

#[test]
fn shares_above_all_votes_and_empty_thresholds_are_refused() {
    let tally = Tally::from_votes([("A", 89)]).unwrap();
    let apply = |threshold| Rule::new(AllocationMethod::HARE, 3).threshold(threshold).apply(&tally);
    assert_eq!(apply(Threshold::share(ratio("700%"))), Err(Error::ShareAboveOne { share: "700%".into() }));
    assert!(apply(Threshold::by_members([(1, ratio("101%"))])).is_err());
    assert!(apply(Threshold::any([])).is_err());
    assert!(apply(Threshold::all([Threshold::all([])])).is_err());
}

/// The shortfall of B under a threshold.
fn lacks(threshold: Threshold, votes: [u64; 2]) -> Shortfall {
    let tally = Tally::from_votes(["A", "B"].into_iter().zip(votes)).unwrap().with_registered(1_000);
    outcome(&tally, threshold).party("B").unwrap().admission().shortfall().unwrap().clone()
}

#[test]
fn the_ballots_short_are_the_fewest_with_which_the_party_passes() {
    // Ballots of its own are in the whole too: 7 of 101 are 6.93%, and 6 of 100 are below 6.9%.
    let share = Threshold::share(ratio("6.9%"));
    assert_eq!(lacks(share.clone(), [94, 6]).votes_short(), Some(1));
    // Those registered stay as they are: 69 of 1,000.
    assert_eq!(lacks(share.clone().of(Base::Registered), [94, 6]).votes_short(), Some(63));
    // Just ten of a hundred is not more than a tenth; 11 of 101 are.
    assert_eq!(lacks(Threshold::share(ratio("10%")).strict(), [90, 10]).votes_short(), Some(1));
    assert_eq!(lacks(Threshold::votes(20), [94, 6]).votes_short(), Some(14));
    assert_eq!(lacks(Threshold::votes(20).strict(), [94, 6]).votes_short(), Some(15));
}

#[test]
fn of_several_conditions_one_alone_says_how_many_ballots_are_short() {
    let both = Threshold::all([Threshold::share(ratio("5%")), Threshold::votes(20)]);
    // 6% is enough, and 14 votes are lacking.
    assert_eq!(lacks(both.clone(), [94, 6]).votes_short(), Some(14));
    assert_eq!(lacks(both, [96, 4]).votes_short(), None);
}

#[test]
fn ballots_short_of_a_share_of_the_nation_are_those_of_the_nation() {
    let place = |name: &str, votes: [u64; 2]| {
        Place::district(name, Tally::from_votes(["A", "B"].into_iter().zip(votes)).unwrap()).with_seats(5)
    };
    let count = Count::of_places([place("North", [90, 10]), place("South", [97, 3])]).unwrap();
    let law = Rule::new(AllocationMethod::D_HONDT, 10).threshold(Threshold::share(ratio("7%")).at(Level::Nation));
    let outcome = law.apply(&count).unwrap();
    let short = |place: &str| {
        let party = outcome.at(place).unwrap().party("B").unwrap().admission().clone();
        party.shortfall().unwrap().votes_short()
    };
    // 13 of 200 are 6.5%, 15 of 202 are 7.4%, and 14 of 201 are 6.97%.
    assert_eq!((short("North"), short("South")), (Some(2), Some(2)));
}

#[test]
fn a_share_may_be_all_votes_and_no_more() {
    let tally = Tally::from_votes([("A", 100)]).unwrap();
    assert_eq!(admitted(&tally, Threshold::share(ratio("100%"))), ["A"]);
    let more = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share(ratio("101%")));
    assert_eq!(more.apply(&tally).unwrap_err(), Error::ShareAboveOne { share: "101%".into() });
}

#[test]
fn ballots_to_spare_are_those_without_which_a_comparison_is_still_met() {
    let spare = |threshold: Threshold, votes: [u64; 2]| {
        let tally = Tally::from_votes(["A", "B"].into_iter().zip(votes)).unwrap();
        let outcome = outcome(&tally, threshold);
        let [Record::Admission(admission), ..] = outcome.trace().records() else {
            panic!("parties are admitted first")
        };
        let comparison = &admission.comparisons[1][0];
        (comparison.sides.votes_to_spare(), comparison.fewest_votes())
    };
    // 10 of 100: with 5 fewer 5 of 95 are left, 5.26%, with 6 fewer 4 of 94, 4.26%.
    assert_eq!(spare(Threshold::share(ratio("5%")), [90, 10]), (Some(5), Some(5)));
    assert_eq!(spare(Threshold::share(ratio("10%")), [90, 10]), (Some(0), Some(10)));
    // 19 of 100: with 10 fewer 9 of 90 are just a tenth.
    assert_eq!(spare(Threshold::share(ratio("10%")), [81, 19]), (Some(10), Some(10)));
    assert_eq!(spare(Threshold::share(ratio("10%")).strict(), [81, 19]), (Some(9), Some(11)));
    assert_eq!(spare(Threshold::share(ratio("7%")), [90, 10]), (Some(3), Some(7)));
    // Four thirds of a Hare quota, 100 / 20, are 6.67 votes; the quota moves with the votes.
    assert_eq!(spare(Threshold::quota(Quota::HARE, ratio("4/3")), [90, 10]), (None, Some(7)));
    assert_eq!(spare(Threshold::votes(4), [90, 10]), (Some(6), Some(4)));
    assert_eq!(spare(Threshold::votes(4).strict(), [90, 10]), (Some(5), Some(5)));
}

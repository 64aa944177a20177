//! Corners of laws that were wrong once: what is counted, what a repair does to quotas, bounds of allies, lots, depth.

use apportion::rule::{Exhaustion, Seats, Threshold as T};
use apportion::{
    Alliance, AllocationMethod, Base, Bonus, Cap, Count, Divisors, Election, Error, Excess, Level, Majority, Member,
    Outcome, Party, Place, Quota, Rule, Shortfall, Stage, Tally, Threshold, TieBreak, Tier, Warning,
};

fn tally<P: Into<Party>>(parties: impl IntoIterator<Item = (P, u64)>) -> Tally {
    Tally::from_votes(parties).unwrap()
}

fn count(tally: Tally, alliances: impl Into<Vec<Alliance>>) -> Count {
    Count::from(tally).with_alliances(alliances)
}

fn certain(outcome: &Outcome) -> Vec<u64> {
    outcome.parties().iter().map(|party| party.certain()).collect()
}

fn share(text: &str) -> Threshold {
    Threshold::share(text.parse().unwrap())
}

/// Runs something in a thread with the stack of a small machine.
fn in_two_mebibytes(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn a_base_whose_ballots_were_not_counted_is_taken_with_a_warning() {
    let votes = tally([("A", 95), ("B", 5)]);
    for base in [Base::Cast, Base::ValidAndBlank] {
        let rule = Rule::new(AllocationMethod::HARE, 50).threshold(share("5%").of(base));
        let outcome = rule.apply(&votes).unwrap();
        let warned = outcome.warnings().iter().any(|warning| {
            matches!(warning, Warning::BaseNotCounted { base: asked, taken: Base::Valid, .. } if *asked == base)
        });
        assert!(warned, "{base}: {:?}", outcome.warnings());
    }
    // With the ballots there is nothing to warn of, and B's 5 of 105 are not 5%.
    let counted = votes.clone().with_blank(5).with_invalid(0);
    let rule = Rule::new(AllocationMethod::HARE, 50).threshold(share("5%").of(Base::Cast));
    let outcome = rule.apply(&counted).unwrap();
    assert_eq!((certain(&outcome), outcome.warnings().len()), (vec![50, 0], 0));
    let registered = Rule::new(AllocationMethod::HARE, 50).threshold(share("5%").of(Base::Registered));
    assert_eq!(registered.apply(&votes), Err(Error::BaseNotCounted { base: Base::Registered }));
}

#[test]
fn a_house_beyond_sixty_four_bits_has_too_many_seats_and_not_votes() {
    let district = |name: &str| Place::district(name, tally([("A", 1)])).with_seats(u64::MAX);
    let count = Count::of_places([district("north"), district("south")]).unwrap();
    let error = Rule::new(AllocationMethod::HARE, 1).without_seats().apply(&count).unwrap_err();
    assert_eq!(error, Error::TooManySeatsInAll { what: "the house".into(), seats: 2 * u128::from(u64::MAX) });
    assert_eq!(error.to_string(), "the house has 36893488147419103230 seats, more than 2^64 - 1");
}

/// Two districts of these seats, each with a list of at most `most` candidates, and a tier of one seat in the nation.
fn two_districts_and_a_nation(seats: u64, most: Option<u64>) -> Result<Outcome, Error> {
    let party = || most.map_or(Party::new("A"), |most| Party::new("A").with_maximum(most));
    let district = |name: &str| Place::district(name, tally([(party(), 1)])).with_seats(seats);
    let count = Count::of_places([district("north"), district("south")]).unwrap();
    let nation = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(1)).vacancies();
    Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT).vacancies(), nation]).apply(&count)
}

#[test]
fn seats_of_a_party_that_outgrow_sixty_four_bits_in_laws_of_tiers_are_an_error() {
    let error = two_districts_and_a_nation(u64::MAX, None).unwrap_err();
    assert_eq!(error.to_string(), "tier \"1\": the house has 36893488147419103230 seats, more than 2^64 - 1");
    // As many as fit are given out, and one district seat more is one too many.
    assert_eq!(two_districts_and_a_nation(u64::MAX / 2, None).unwrap().seats("A"), Some(u64::MAX));
    let error = two_districts_and_a_nation(u64::MAX / 2 + 1, None).unwrap_err();
    assert_eq!(error.to_string(), "tier \"1\": the house has 18446744073709551616 seats, more than 2^64 - 1");
}

#[test]
fn vacant_seats_that_outgrow_sixty_four_bits_are_an_error() {
    let error = two_districts_and_a_nation(u64::MAX, Some(0)).unwrap_err();
    assert_eq!(error.to_string(), "the house has 36893488147419103231 seats, more than 2^64 - 1");
    assert_eq!(two_districts_and_a_nation(u64::MAX / 2, Some(0)).unwrap().vacant(), u64::MAX - 1);
}

#[test]
fn seats_that_stay_vacant_in_districts_are_said_of_each_of_them_and_not_once_more_of_all() {
    let outcome = two_districts_and_a_nation(5, Some(2)).unwrap();
    assert_eq!(outcome.vacant(), 6);
    let vacant: Vec<(u64, Option<&str>)> = (outcome.warnings().iter())
        .filter_map(|warning| match warning {
            Warning::Vacant { seats, district } => Some((*seats, district.as_deref())),
            _ => None,
        })
        .collect();
    assert_eq!(vacant, [(3, Some("north")), (3, Some("south"))]);
}

#[test]
fn a_party_that_lacks_votes_in_its_region_is_as_short_in_its_districts() {
    let district = |name: &str, region: &str, b: u64| {
        Place::district(name, tally([("A", 50 - b), ("B", b)])).with_seats(4).within(region)
    };
    let places = [
        Place::region("land"),
        Place::region("sea"),
        district("north", "land", 5),
        district("south", "land", 4),
        district("isle", "sea", 20),
    ];
    let count = Count::of_places(places).unwrap();
    let law = Rule::new(AllocationMethod::D_HONDT, 12).threshold(share("10%").at(Level::Region));
    let outcome = law.apply(&count).unwrap();
    let lacks = outcome.at("north").unwrap().party("B").unwrap().admission().shortfall().unwrap();
    // 9 of 100 ballots; 10 of 101 are less than a tenth, and 11 of 102 are more.
    assert!(matches!(lacks, Shortfall::In { .. }), "{lacks:?}");
    assert_eq!(lacks.votes_short(), Some(2));
    assert!(outcome.at("isle").unwrap().party("B").unwrap().admission().is_admitted());
}

#[test]
fn thresholds_nested_thousands_deep_are_refused_on_a_small_stack() {
    in_two_mebibytes(|| {
        let mut nested = share("5%");
        for _ in 0..2_000 {
            nested = Threshold::any([nested]);
        }
        let error = Rule::new(AllocationMethod::HARE, 5).threshold(nested).apply(&tally([("A", 1)])).unwrap_err();
        assert!(matches!(error, Error::TooDeep { what: "thresholds", .. }), "{error}");
    });
}

#[test]
fn thresholds_may_be_nested_sixty_four_deep() {
    let law = |wrap: fn(Threshold) -> Threshold, times: usize| {
        let nested = (0..times).fold(share("5%"), |inner, _| wrap(inner));
        Rule::new(AllocationMethod::HARE, 5)
            .threshold(nested)
            .apply(&tally([("A", 1)]))
            .map(|outcome| certain(&outcome))
    };
    let too_deep = Err(Error::TooDeep { what: "thresholds", most: 64 });
    let wraps: [fn(Threshold) -> Threshold; 2] =
        [|inner| Threshold::any([inner]), |inner| Threshold::in_places(1, Level::Nation, inner)];
    for wrap in wraps {
        assert_eq!(law(wrap, 63), Ok(vec![5]));
        assert_eq!(law(wrap, 64), too_deep);
    }
}

#[test]
fn alliances_nested_thousands_deep_are_refused_on_a_small_stack() {
    in_two_mebibytes(|| {
        let mut nested = Alliance::new(["A"]);
        for _ in 0..50_000 {
            nested = Alliance::new([Member::from(nested)]);
        }
        let count = count(tally([("A", 1), ("B", 1)]), [nested]);
        let error = Rule::new(AllocationMethod::HARE, 5).apply(&count).unwrap_err();
        assert!(matches!(error, Error::TooDeep { what: "alliances", .. }), "{error}");
    });
}

#[test]
fn thousands_of_alliances_share_their_seats() {
    let votes = tally((0..6_000_u64).map(|at| (format!("P{at}"), 1_000 + at)));
    let allied: Vec<Alliance> =
        (0..3_000).map(|at| Alliance::new([format!("P{}", 2 * at), format!("P{}", 2 * at + 1)])).collect();
    let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 12_000).apply(&count(votes, allied)).unwrap();
    // An average of 1,999.75 votes a seat: the first two have 1 of 2,001 votes, the last two 7 of 13,997.
    let seats: Vec<u64> = outcome.parties().iter().map(apportion::PartyOutcome::certain).collect();
    assert_eq!(seats.iter().sum::<u64>(), 12_000);
    assert_eq!([seats[0] + seats[1], seats[5_998] + seats[5_999]], [1, 7]);
    assert!(seats.windows(2).step_by(2).all(|pair| pair[0] <= pair[1]));
}

#[test]
fn names_that_only_look_apart_or_do_not_print_are_refused() {
    for names in [["A", "A "], ["A", "B\u{7}"]] {
        let document = serde_json::json!({
            "name": "names", "seats": 3, "rule": { "method": "dhondt" },
            "parties": [{ "name": names[0], "votes": 2 }, { "name": names[1], "votes": 1 }],
        });
        let read = serde_json::from_value::<Election>(document);
        assert!(read.and_then(|election| election.outcome().map_err(serde::de::Error::custom)).is_err(), "{names:?}");
    }
}

#[test]
fn a_key_that_stands_twice_in_what_the_nation_counted_is_refused() {
    let twice = r#"{ "name": "twice", "rule": { "method": "dhondt" },
        "national": { "blank": 1, "blank": 2 },
        "districts": [{ "name": "north", "seats": 1, "parties": [{ "name": "A", "votes": 2 }] }] }"#;
    let error = serde_json::from_str::<Election>(twice).unwrap_err().to_string();
    assert!(error.contains("blank"), "{error}");
    let once = twice.replace(r#", "blank": 2"#, "");
    serde_json::from_str::<Election>(&once).unwrap();
}

#[test]
fn a_date_must_exist_and_may_be_one_of_toml() {
    let document = |date: &str| {
        toml::from_str::<Election>(&format!(
            "name = \"dates\"\ndate = {date}\nseats = 1\n[rule]\nmethod = \"dhondt\"\n[[parties]]\nname = \"A\"\nvotes = 1\n"
        ))
    };
    assert_eq!(document("2012-01-15").unwrap().date.as_deref(), Some("2012-01-15"));
    assert_eq!(document("\"2012-02-29\"").unwrap().date.as_deref(), Some("2012-02-29"));
    assert!(document("\"2012-02-31\"").is_err() && document("\"2011-02-29\"").is_err());
}

#[test]
fn zero_seats_give_everyone_none_whatever_the_threshold_or_the_repair() {
    let votes = tally([("A", 5), ("B", 5), ("C", 5)]);
    let by_quota =
        Rule::new(AllocationMethod::HARE, 0).threshold(Threshold::quota(Quota::HARE, "3/4".parse().unwrap()));
    assert_eq!(certain(&by_quota.apply(&votes).unwrap()), [0, 0, 0]);
    let repaired = Rule::new(AllocationMethod::HARE, 0).threshold(share("50%")).admit_at_least(2);
    assert_eq!(certain(&repaired.apply(&votes).unwrap()), [0, 0, 0]);
    // One seat more, and the equal votes are an error again.
    assert!(matches!(repaired.with_seats(1).apply(&votes), Err(Error::AdmissionTie { .. })));
}

#[test]
fn a_number_of_seats_that_is_not_that_of_the_districts_is_an_error() {
    let count = Count::of_places([Place::district("north", tally([("A", 2), ("B", 1)])).with_seats(3)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 999);
    assert_eq!(rule.apply(&count), Err(Error::SeatsDiffer { rule: 999, districts: 3 }));
    assert_eq!(certain(&rule.with_seats(3).apply(&count).unwrap()), [2, 1]);
}

#[test]
fn a_quota_is_that_of_whole_votes_where_the_second_list_is_weighed() {
    // Droop of 60 votes and 7 seats is 8: A has 6 of it, and B's 6.3 make none; the seat left is B's by 6.3 to 5.
    let rule = Rule::new(AllocationMethod::DROOP, 7).threshold(share("50%")).second_list(2, "9/10".parse().unwrap(), 0);
    assert_eq!(certain(&rule.apply(&tally([("A", 53), ("B", 7)])).unwrap()), [6, 1]);
}

#[test]
fn the_others_share_by_themselves_what_a_second_list_leaves() {
    let rule = Rule::new(AllocationMethod::HARE, 5).threshold(share("25%")).second_list(3, "1/3".parse().unwrap(), 1);
    let votes = tally([("A", 34), ("B", 5), ("C", 3), ("D", 20)]);
    assert_eq!(certain(&rule.apply(&votes).unwrap()), [3, 1, 0, 1]);
}

#[test]
fn what_the_cap_leaves_stays_vacant_where_the_others_have_no_votes() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 8).cap(Cap::new("10%".parse().unwrap()).most(3));
    let votes = tally([("A", 10), ("Z", 0)]);
    let outcome = rule.clone().vacancies().apply(&votes).unwrap();
    assert_eq!((certain(&outcome), outcome.vacant()), (vec![3, 0], 5));
    assert!(matches!(rule.apply(&votes), Err(Error::Unfilled { unfilled: 5, .. })));
}

#[test]
fn a_cap_holds_for_each_member_of_an_alliance() {
    let rule = Rule::new(AllocationMethod::HARE, 10).cap(Cap::new("0%".parse().unwrap()).most(3));
    let votes = tally([("A", 70), ("B", 20), ("C", 10)]);
    let allied = rule.clone().vacancies().apply(&count(votes.clone(), [Alliance::new(["A", "B"])])).unwrap();
    // (70% + 0) of 10 are 7, of which 3 at most: A has 3, B its 2 of the 20%, and C 1.
    assert_eq!((certain(&allied), allied.vacant()), (vec![3, 2, 1], 4));
    assert!(rule.apply(&count(votes, [Alliance::new(["A", "B"])])).is_err());
}

#[test]
fn the_bounds_of_an_alliance_are_its_members_one_by_one() {
    let votes = tally([(Party::new("A"), 40), (Party::new("B").with_minimum(1), 1), (Party::new("D").with_held(4), 1)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    // D's four held seats do not count towards B's minimum.
    assert_eq!(certain(&rule.apply(&count(votes, [Alliance::new(["B", "D"])])).unwrap()), [4, 1, 0]);
}

#[test]
fn the_minimum_of_a_second_list_is_one_of_its_alliance_too() {
    let votes = tally([("A", 900), ("B", 20), ("C", 10)]);
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("50%")).second_list(2, "1/2".parse().unwrap(), 2);
    let outcome = rule.apply(&count(votes, [Alliance::new(["B", "C"])])).unwrap();
    assert_eq!(certain(&outcome), [8, 2, 0]);
}

#[test]
fn a_wrapper_that_does_nothing_does_not_make_a_repair_local() {
    let district = |name: &str, votes: [u64; 3]| {
        Place::district(name, tally([("A", votes[0]), ("B", votes[1]), ("C", votes[2])])).with_seats(4)
    };
    let count = Count::of_places([district("north", [50, 40, 10]), district("south", [50, 10, 40])]).unwrap();
    let national = T::all([share("90%").at(Level::Nation)]);
    let rule = |threshold: T| Rule::new(AllocationMethod::HARE, 8).threshold(threshold).admit_at_least(1);
    let plain = rule(national.clone()).apply(&count).unwrap();
    let wrapped = rule(national.at(Level::District)).apply(&count).unwrap();
    assert_eq!(certain(&plain), [8, 0, 0]);
    assert_eq!(certain(&wrapped), certain(&plain));
}

#[test]
fn a_cap_counts_votes_that_were_spared_in_share_and_whole() {
    use apportion::{Ballot, Ranking};
    let mut votes = tally([("A", 40), ("B", 30), ("C", 0)]);
    let ranked = Ballot::Ranked(Ranking::new(["C", "B"]).unwrap());
    votes.count(&ranked, 30);
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(share("35%")).admit_at_least(2).spare_votes();
    let rule = rule.cap(Cap::new("0%".parse().unwrap()));
    let outcome = rule.apply(&votes);
    // B or C is next by equal votes: an error names them; with one more for B it is in, and C's ballots count for it.
    assert!(matches!(outcome, Err(Error::AdmissionTie { .. })), "{outcome:?}");
    let mut votes = tally([("A", 40), ("B", 31), ("C", 0)]);
    votes.count(&ranked, 29);
    assert_eq!(certain(&rule.apply(&votes).unwrap()), [4, 6, 0]);
}

#[test]
fn lots_name_an_ally_for_its_alliance_in_majorities_and_in_tie_breaks() {
    // D'Hondt, 5 seats of 101 votes: A 51 and the alliances {B, C} and {D, E} with 25 each.
    let votes = || tally([("A", 51), ("B", 13), ("C", 12), ("D", 13), ("E", 12)]);
    let allied = || count(votes(), [Alliance::new(["B", "C"]), Alliance::new(["D", "E"])]);
    let rule = Rule::new(AllocationMethod::HARE, 4);
    // 2, 1, 1 by remainders: A has more than half of the votes and not of the seats, and {B, C} and {D, E} are equal.
    let drawn = |name: &str| rule.clone().majority(Majority::new().drawn([name])).apply(&allied()).unwrap();
    assert_eq!(certain(&drawn("B")), [3, 0, 0, 1, 0]);
    assert_eq!(certain(&drawn("C")), [3, 0, 0, 1, 0]);
    assert_eq!(certain(&drawn("E")), [3, 1, 0, 0, 0]);
    let two = Rule::new(AllocationMethod::HARE, 2).tie_break([TieBreak::Drawn(vec!["E".to_string()])]);
    assert_eq!(certain(&two.apply(&allied()).unwrap()), [1, 0, 0, 1, 0]);
}

#[test]
fn one_drawing_settles_one_tie() {
    // Remainders: B and C are equal for the last seat, and again for which of them gives one up to A's majority.
    let votes = tally([("A", 60), ("B", 20), ("C", 20), ("D", 10)]);
    let lots = TieBreak::Drawn(vec!["B".to_string(), "C".to_string()]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([lots.clone()]);
    assert!(rule.apply(&votes).unwrap().tie().is_none());
    // Two districts have the same tie: the one drawing is used up in the first.
    let district = |name: &str| Place::district(name, tally([("B", 5), ("C", 5)])).with_seats(1);
    let both = Count::of_places([district("north"), district("south")]).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([lots.clone()]).apply(&both).unwrap();
    assert_eq!(outcome.at("north").unwrap().seats("B"), Some(1));
    assert_eq!(outcome.at("south").unwrap().ties().len(), 1);
    // Nor does what was drawn for the first alone settle the other once it is used.
    let north = TieBreak::DrawnFor { drawn: vec!["B".into(), "C".into()], tier: None, place: Some("north".into()) };
    let outcome = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([north]).apply(&both).unwrap();
    assert_eq!(outcome.at("north").unwrap().seats("B"), Some(1));
    assert_eq!(outcome.at("south").unwrap().ties().len(), 1);
    // A drawing of its own for the other settles that too, the other way round.
    let south = TieBreak::DrawnFor { drawn: vec!["C".into(), "B".into()], tier: None, place: Some("south".into()) };
    let outcome = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([south, lots]).apply(&both).unwrap();
    assert_eq!((outcome.at("north").unwrap().seats("B"), outcome.at("south").unwrap().seats("C")), (Some(1), Some(1)));
}

#[test]
fn a_drawing_for_a_seat_does_not_say_who_gives_one_up() {
    // Hare, 6 seats of 120 votes, quota 20: A 61 has 3; B, C, D and E 15, 15, 15 and 14 for the 3 left. A, with more than
    // half, has half of the seats: one of B, C and D gives its seat up.
    let votes = tally([("A", 61), ("B", 15), ("C", 15), ("D", 15), ("E", 14)]);
    let lots = TieBreak::Drawn(vec!["C".to_string(), "D".to_string(), "B".to_string()]);
    let rule = Rule::new(AllocationMethod::HARE, 6).majority(Majority::new()).tie_break([lots]);
    // Nothing was drawn for before, so that this is the drawing's tie: C and D keep their seats.
    let outcome = rule.apply(&votes).unwrap();
    assert_eq!((certain(&outcome), outcome.ways().len()), (vec![4, 0, 1, 1, 0], 0));
    // With one seat fewer it decides that C and D win the seats left; who of them gives one up is another question.
    let outcome = rule.with_seats(5).apply(&votes).unwrap();
    assert!(outcome.settled().len() <= 1, "{:?}", outcome.settled());
}

#[test]
fn a_tie_of_a_stage_that_ends_alike_however_it_goes_is_no_tie() {
    // A and B are tied for the one seat of the first stage; the second brings both to two.
    let stages =
        AllocationMethod::Stages(vec![Stage::most_votes().total(1), Stage::highest_averages(Divisors::D_HONDT)]);
    let outcome = Rule::new(stages, 4).apply(&tally([("A", 10), ("B", 10)])).unwrap();
    assert_eq!((certain(&outcome), outcome.ways().len(), outcome.ties().len()), (vec![2, 2], 0, 0));
}

#[test]
fn whole_quotas_beyond_the_total_of_their_stage_name_that_total() {
    let stages = |total: u64| {
        AllocationMethod::Stages(vec![
            Stage::whole_quotas(Quota::HARE).total(total),
            Stage::highest_averages(Divisors::D_HONDT),
        ])
    };
    let votes = tally([("A", 60), ("B", 40)]);
    let error = Rule::new(stages(3), 10).apply(&votes).unwrap_err();
    assert!(matches!(error, Error::WholeQuotasAboveTotal { given: 10, total: 3, .. }), "{error}");
    // A total of 0 skips the stage.
    assert_eq!(certain(&Rule::new(stages(0), 10).apply(&votes).unwrap()), [6, 4]);
}

#[test]
fn a_minimum_that_fills_the_house_is_answered() {
    let votes = || tally([(Party::new("A").with_minimum(3), 10), (Party::new("B"), 90)]);
    let method = AllocationMethod::LargestRemainder(Quota::HAGENBACH_BISCHOFF);
    let within = Rule::new(method.clone(), 3);
    let after = within.clone().exhaustion(Exhaustion::Reassign);
    assert_eq!(certain(&within.apply(&votes()).unwrap()), [3, 0]);
    assert_eq!(certain(&after.apply(&votes()).unwrap()), [3, 0]);
}

#[test]
fn a_bonus_cut_to_the_winners_maximum_is_a_warning() {
    let votes = tally([(Party::new("A").with_maximum(3), 60), (Party::new("B"), 40)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 10).bonus(Bonus::new(5));
    let outcome = rule.apply(&votes).unwrap();
    assert_eq!(certain(&outcome), [3, 7]);
    let cut = |warning: &Warning| matches!(warning, Warning::BonusCut { bonus: 5, given: 3, .. });
    assert!(outcome.warnings().iter().any(cut), "{:?}", outcome.warnings());
    assert!(!rule.apply(&tally([("A", 60), ("B", 40)])).unwrap().warnings().iter().any(cut));
}

#[test]
fn a_quota_that_gives_too_many_seats_says_so_unless_the_law_has_an_answer() {
    let rule = Rule::new(AllocationMethod::IMPERIALI_QUOTA, 5);
    let votes = tally([("A", 600), ("B", 300), ("C", 100)]);
    assert!(matches!(rule.apply(&votes), Err(Error::TooManyWholeQuotas { given: 6, seats: 5, .. })));
    assert_eq!(certain(&rule.excess(Excess::SmallestRemainders).apply(&votes).unwrap()), [4, 1, 0]);
}

#[test]
fn seats_given_back_where_nobody_may_take_them_are_an_error_that_names_the_district() {
    // B has nearly all votes of the nation and a target of every seat. Everyone else who was admitted gives seats back, and
    // however the tie goes over where D gives back its own, there is a district in which nobody may take one.
    let election: Election = serde_json::from_str(include_str!("data/returned.json")).unwrap();
    let error = election.outcome().unwrap_err().to_string();
    assert!(error.contains("district \"D1\": no admitted party has votes"), "{error}");
}

#[test]
fn alliances_of_the_nation_are_seen_wherever_they_are_written() {
    let votes = || tally([("A", 450), ("B", 280), ("C", 270)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    let allied = [Alliance::new(["B", "C"])];
    let place = Count::default().with_nation(Place::nation(votes()).with_alliances(allied.clone()));
    let count = Count::default().with_nation(Place::nation(votes())).with_alliances(allied);
    assert_eq!(certain(&rule.apply(&votes()).unwrap()), [3, 1, 1]);
    assert_eq!(certain(&rule.apply(&place).unwrap()), [2, 2, 1]);
    assert_eq!(certain(&rule.apply(&count).unwrap()), [2, 2, 1]);
}

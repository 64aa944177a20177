//! Laws in stages, on the elections of `tests/data/staged.json` and on small cases worked by hand.

use apportion::rule::{Exhaustion, Method, Staged};
use apportion::{
    AllocationMethod, Divisors, Error, Majority, Outcome, Party, Quota, Rounding, Rule, Stage, Tally, Threshold,
    TieBreak, Warning,
};
use proptest::prelude::*;
use serde_json::Value;

fn staged(law: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/staged.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()[law].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

fn certain(outcome: &Outcome) -> Vec<u64> {
    outcome.parties().iter().map(|party| party.certain()).collect()
}

fn south_africa() -> AllocationMethod {
    AllocationMethod::Stages(vec![
        Stage::whole_quotas(Quota::DROOP),
        Stage::largest_remainders().total(5),
        Stage::highest_averages(Divisors::ADAMS).only_with_seats(1).each(1),
    ])
}

/// Kieswet, art. P 5 to P 10, for councils of so many seats.
fn dutch_council(seats: u64) -> Rule {
    let three_quarters = Threshold::quota(Quota::HARE, "3/4".parse().unwrap());
    let quotas = Staged::new().stage(Stage::whole_quotas(Quota::HARE));
    let averages = Stage::highest_averages(Divisors::D_HONDT);
    let method = match seats {
        19.. => quotas.stage(averages),
        _ => quotas
            .stage_for(three_quarters, Stage::largest_remainders())
            .stage(averages.clone().each(1))
            .stage(averages),
    };
    Rule::new(method, seats).majority(Majority::new()).exhaustion(Exhaustion::Reassign).vacancies()
}

fn rule_of(stages: Vec<Stage>, seats: u64) -> Rule {
    Rule::new(AllocationMethod::Stages(stages), seats)
}

#[test]
fn south_africa_has_its_official_seats_of_2009_2014_and_2019() {
    for election in staged("south_africa") {
        let votes = election["parties"].as_array().unwrap().iter();
        let votes: Vec<(String, u64)> =
            votes.map(|party| (party["name"].as_str().unwrap().into(), party["votes"].as_u64().unwrap())).collect();
        let listed: u64 = votes.iter().map(|(_, votes)| votes).sum();
        let other = election["valid_votes"].as_u64().unwrap() - listed;
        let tally = Tally::from_votes(votes).unwrap().with_other(other);
        let rule = Rule::new(south_africa(), election["seats"].as_u64().unwrap()).quota_base(apportion::Base::Valid);
        let outcome = rule.apply(&tally).unwrap();
        let recorded: Vec<u64> =
            election["parties"].as_array().unwrap().iter().map(|party| party["seats"].as_u64().unwrap()).collect();
        assert_eq!(certain(&outcome), recorded, "{}", election["id"]);
    }
}

#[test]
fn dutch_councils_come_out_stage_for_stage() {
    let (mut compared, mut alike) = (0, Vec::new());
    for case in staged("dutch_councils") {
        let id = case["id"].as_str().unwrap();
        let seats = case["seats"].as_u64().unwrap();
        let candidates = case["candidates"].as_array();
        let votes = numbers(&case["votes"]);
        let name = |index: u64| format!("{}", index + 1);
        let parties = votes.iter().zip(0..).map(|(&votes, index)| {
            let party = Party::new(name(index));
            let most = candidates.map(|all| all[usize::try_from(index).unwrap()].as_u64().unwrap());
            (most.map_or(party.clone(), |most| party.with_maximum(most)), votes)
        });
        let tally = Tally::from_votes(parties).unwrap();
        let mut rule = dutch_council(seats);
        if let Some(lots) = case.get("lots_drawn").filter(|lots| lots.is_array()) {
            // The last lot may be the one that says who gives a seat up to the absolute majority.
            let lots: Vec<String> = numbers(lots).iter().map(u64::to_string).collect();
            let mut drawn = lots.clone();
            drawn.dedup();
            drawn =
                (0..drawn.len()).filter(|&at| !drawn[..at].contains(&drawn[at])).map(|at| drawn[at].clone()).collect();
            rule = rule.tie_break([TieBreak::Drawn(drawn)]).majority(Majority::new().drawn(lots.last()));
        }
        let expected = &case["expect"];
        let tie = expected["tie"].as_object().map(|tie| {
            let names: Vec<String> = numbers(&tie["options"]).iter().map(u64::to_string).collect();
            (names, tie["seats_left"].as_u64().unwrap())
        });
        let outcome = match rule.apply(&tally) {
            Ok(outcome) => outcome,
            Err(Error::NoVotes { .. }) if expected["status"] == "zero_votes" => continue,
            Err(error) => panic!("{id}: {error}"),
        };
        if tie.is_some() && outcome.ties().is_empty() {
            // The record stops at a tie, but however it goes, lists without more candidates give the seat back.
            let exhausted = |warning: &Warning| matches!(warning, Warning::Exhausted { .. });
            assert!(outcome.ways().is_empty() && outcome.warnings().iter().any(exhausted), "{id}\n{outcome}");
            alike.push(id.to_string());
            continue;
        }
        if !outcome.ways().is_empty() {
            // The lists that may lose a seat to the absolute majority: the record stops before that.
            assert_eq!(outcome.tie().map(|tie| (tie.parties().to_vec(), tie.seats())), tie, "{id}");
            continue;
        }
        assert_eq!(certain(&outcome), numbers(&expected["seats"]), "{id}\n{outcome}");
        assert_eq!(outcome.tie().map(|tie| (tie.parties().to_vec(), tie.seats())), tie, "{id}");
        assert_eq!(outcome.vacant() > 0, expected["status"] == "all_exhausted", "{id}");

        let Some(stages) = expected["stages"].as_object() else { continue };
        let of_method = if seats < 19 { 4 } else { 2 };
        let named = |name: &str| outcome.stages().iter().find(|stage| stage.name() == name).map(|stage| stage.seats());
        for (stage, seats) in stages {
            let have = match stage.as_str() {
                "full_seats" => Some(outcome.stages()[0].seats()),
                "after_residual" => Some(outcome.stages()[of_method - 1].seats()),
                "after_absolute_majority" => named("absolute majority"),
                "after_exhaustion_removal" => named("seats beyond the candidates returned"),
                _ => outcome.stages().last().map(|stage| stage.seats()),
            };
            assert_eq!(have, Some(&numbers(seats)[..]), "{id} {stage}");
            compared += 1;
        }
    }
    assert!(compared > 80, "{compared} stages were compared");
    assert!(alike.contains(&"nl-int-04".to_string()), "{alike:?}");
}

#[test]
fn a_tie_that_a_later_stage_depends_on_has_a_way_for_each_end() {
    let tally = Tally::from_votes([("A", 25), ("B", 25), ("C", 50)]).unwrap();
    // Quota 100 / 5 = 20: 1, 1, 2 seats; one remainder seat is tied, and A or B would go on to the next stage with it.
    let method = Staged::new()
        .stage(Stage::whole_quotas(Quota::HARE))
        .stage_for(Threshold::votes(26).strict(), Stage::largest_remainders().total(1))
        .stage(Stage::most_votes());
    let rule = Rule::new(method, 5);
    assert_eq!(certain(&rule.apply(&tally).unwrap()), [1, 1, 3]);
    let stages = || vec![Stage::most_votes().total(2), Stage::highest_averages(Divisors::D_HONDT)];
    // C and A or B have a seat; the third is tied between C, by 50 / 2, and whoever lost, by 25.
    let outcome = rule_of(stages(), 3).apply(&tally).unwrap();
    assert_eq!((outcome.tie().unwrap().parties(), outcome.tie().unwrap().seats()), (&["A".into(), "B".into()][..], 1));
    let ways: Vec<_> = outcome.ways().iter().map(|way| certain(way.outcome().unwrap())).collect();
    assert_eq!(ways, [[1, 0, 1], [0, 1, 1]]);
    assert_eq!((certain(&outcome), outcome.possible("C")), (vec![0, 0, 1], Some(2)));
    // A fourth seat lets both ways end alike: there is no tie.
    let rule = rule_of(stages(), 4);
    let alike = rule.apply(&tally).unwrap();
    assert_eq!((certain(&alike), alike.ties().len(), alike.ways().len()), (vec![1, 1, 2], 0, 0));
    let settled = rule.tie_break([TieBreak::ListOrder]).apply(&tally).unwrap();
    assert_eq!(certain(&settled), [1, 1, 2]);
    assert_eq!(settled.settled()[0].parties, ["A"]);
}

#[test]
fn a_tie_in_the_last_stage_stays_open() {
    let tally = Tally::from_votes([("A", 25), ("B", 25), ("C", 50)]).unwrap();
    let outcome =
        rule_of(vec![Stage::whole_quotas(Quota::HARE), Stage::largest_remainders()], 6).apply(&tally).unwrap();
    // Quota 100 / 6: 1.5, 1.5 and 3.
    assert_eq!(outcome.tie().map(|tie| tie.seats()), Some(1));
}

#[test]
fn stages_that_leave_seats_over_are_an_error_that_says_how_many() {
    let tally = Tally::from_votes([("A", 65), ("B", 35)]).unwrap();
    let error = rule_of(vec![Stage::whole_quotas(Quota::HARE)], 10).apply(&tally).unwrap_err();
    assert_eq!(error, Error::StagesLeaveSeats { left: 1, seats: 10 });
    let limited = vec![Stage::highest_averages(Divisors::D_HONDT).total(3)];
    assert_eq!(rule_of(limited, 5).apply(&tally).unwrap_err(), Error::StagesLeaveSeats { left: 2, seats: 5 });
}

#[test]
fn stages_without_a_quota_are_refused_by_number() {
    let votes = [60, 40];
    let remainders = AllocationMethod::Stages(vec![Stage::most_votes(), Stage::largest_remainders()]);
    assert_eq!(remainders.allocate(&votes, 3), Err(Error::StageWithoutQuota { stage: 2 }));
    assert!(AllocationMethod::Stages(vec![]).allocate(&votes, 2).is_err());
}

#[test]
fn hagenbach_bischoff_gives_the_rest_by_highest_averages_as_d_hondt_would() {
    // Luxembourg and Switzerland: the whole number above votes / (seats + 1), then highest averages.
    let stages = vec![Stage::whole_quotas(Quota::DROOP), Stage::highest_averages(Divisors::D_HONDT)];
    let outcome =
        rule_of(stages, 8).apply(&Tally::from_votes([("A", 340), ("B", 280), ("C", 160), ("D", 60)]).unwrap()).unwrap();
    // Quota 94: 3, 2, 1, 0; averages 85, 93.3, 80, 60, then 85.
    assert_eq!(outcome.stages()[0].seats(), [3, 2, 1, 0]);
    assert_eq!(certain(&outcome), [4, 3, 1, 0]);
}

#[test]
fn brazil_keeps_its_second_stage_to_lists_with_four_fifths_of_the_quotient() {
    let quotient = Quota::HARE.rounded(Rounding::HalfDown);
    let averages = Stage::highest_averages(Divisors::D_HONDT);
    let method = |third: bool| {
        let two = Staged::new()
            .stage(Stage::whole_quotas(quotient))
            .stage_for(Threshold::quota(quotient, "4/5".parse().unwrap()), averages.clone());
        if third { two.stage(averages.clone()) } else { two }
    };
    let tally = Tally::from_votes([("A", 450), ("B", 250), ("C", 170), ("D", 130)]).unwrap();
    // Quotient 1000 / 6 = 166.67, so 167: 2, 1, 1, 0. Averages 150, 125, 85, and 130 for D with 77.8% of the quotient.
    let outcome = Rule::new(method(true), 6).apply(&tally).unwrap();
    assert_eq!(outcome.stages()[0].seats(), [2, 1, 1, 0]);
    assert_eq!(certain(&outcome), [3, 2, 1, 0]);
    // Where nobody has four fifths, the third stage takes all.
    let small = Tally::from_votes([("A", 10), ("B", 9), ("C", 8)]).unwrap();
    let small = small.with_other(400);
    let rule = |third| Rule::new(method(third), 2).quota_base(apportion::Base::Valid);
    assert_eq!(certain(&rule(true).apply(&small).unwrap()), [1, 1, 0]);
    assert!(rule(false).apply(&small).is_err());
}

#[test]
fn costa_rica_counts_a_subquotient_as_a_remainder() {
    let half = Threshold::quota(Quota::HARE, "1/2".parse().unwrap());
    let method =
        Staged::new().stage(Stage::whole_quotas(Quota::HARE)).stage_for(half, Stage::largest_remainders().each(3));
    let tally = Tally::from_votes([("A", 520), ("B", 260), ("C", 130), ("D", 90)]).unwrap();
    // Quotient 200, half of it 100: 2, 1, 0, 0 seats; remainders 120, 60, 130 and D out.
    assert_eq!(certain(&Rule::new(method.clone(), 5).apply(&tally).unwrap()), [3, 1, 1, 0]);
    // More seats than lists: the order repeats. Quotient 1000 / 12; half of it 41.7.
    let many = Tally::from_votes([("A", 90), ("B", 80)]).unwrap().with_other(830);
    let rule = Rule::new(method, 12).quota_base(apportion::Base::Valid);
    assert_eq!(rule.apply(&many).unwrap_err(), Error::StagesLeaveSeats { left: 5, seats: 12 });
}

#[test]
fn only_the_method_of_a_law_keeps_a_stage_to_those_that_pass_a_threshold() {
    let stages = serde_json::json!({ "stages": [
        { "whole_quotas": "hare" },
        { "largest_remainders": {}, "only": [{ "seats": 1 }, "5%", { "votes": 20 }] } ] });
    let Method::Staged(staged) = serde_json::from_value::<Method>(stages.clone()).unwrap() else { panic!("{stages}") };
    let (stage, threshold) = staged.stages().nth(1).unwrap();
    assert_eq!(stage.fewest_seats(), 1);
    let both = Threshold::all([Threshold::share("5%".parse().unwrap()), Threshold::votes(20)]);
    assert_eq!(threshold, Some(&both));
    let written = serde_json::to_value(Method::from(staged.clone())).unwrap();
    assert_eq!(serde_json::from_value::<Method>(written).unwrap(), Method::Staged(staged));
    // A method alone has nobody to judge.
    let refused = serde_json::from_value::<AllocationMethod>(stages).unwrap_err().to_string();
    assert!(refused.contains("only the method of a rule or a tier can keep a stage to those with"), "{refused}");
    let seats = serde_json::json!({ "stages": [{ "most_votes": {}, "only": { "seats": 1 } }] });
    assert!(matches!(serde_json::from_value::<Method>(seats).unwrap(), Method::Allocation(_)));
}

#[test]
fn georgia_gives_the_rest_one_each_in_order_of_votes() {
    // Parliament of Georgia, 26 October 2024, official result as printed at https://ispd.org.cy/georgia.
    let tally = Tally::from_votes([
        ("Georgian Dream", 1_120_140),
        ("Coalition for Change", 229_161),
        ("Unity", 211_120),
        ("Strong Georgia", 182_949),
        ("For Georgia", 161_336),
    ]);
    let stages = vec![Stage::whole_quotas(Quota::HARE), Stage::most_votes()];
    let outcome = rule_of(stages, 150).apply(&tally.unwrap()).unwrap();
    assert_eq!(certain(&outcome), [89, 19, 16, 14, 12]);
}

#[test]
fn liechtenstein_divides_what_is_left_of_the_votes_from_the_first_seat_on() {
    let stages = || vec![Stage::whole_quotas(Quota::DROOP), Stage::highest_averages_of_remainders(Divisors::D_HONDT)];
    let tally = Tally::from_votes([("A", 580), ("B", 210), ("C", 60), ("D", 50), ("E", 40), ("F", 60)]).unwrap();
    // Quota 1000 / 6, so 167: 3 and 1 seats; remainders 79, 43, 60, 50, 40, 60 for the fifth.
    assert_eq!(certain(&rule_of(stages(), 5).apply(&tally).unwrap()), [4, 1, 0, 0, 0, 0]);
    // Quota 1000 / 12, so 84: 6 and 2; remainders 76, 42, 60, 50, 40, 60, and 76 / 2 for A's second.
    assert_eq!(certain(&rule_of(stages(), 11).apply(&tally).unwrap()), [7, 2, 1, 0, 0, 1]);
    let outcome = rule_of(stages(), 11).apply(&tally).unwrap();
    assert_eq!(outcome.stages()[1].name(), "highest averages of remainders (D'Hondt)");
    // One large remainder may take several seats: of 100 quotas of 2, nobody has a whole one but A.
    let method = AllocationMethod::Stages(vec![
        Stage::whole_quotas(Quota::HARE).total(1),
        Stage::highest_averages_of_remainders(Divisors::D_HONDT),
    ]);
    assert!(matches!(method.allocate(&[60, 40], 4), Err(Error::WholeQuotasAboveTotal { .. })));
    let alone = AllocationMethod::Stages(vec![Stage::highest_averages_of_remainders(Divisors::D_HONDT)]);
    assert_eq!(alone.allocate(&[60, 40], 4), Err(Error::StageWithoutQuota { stage: 1 }));
    // Whole quotas that leave nothing leave no seat either; a list without a remainder takes none.
    let exact = AllocationMethod::Stages(stages()).allocate(&[u64::MAX, u64::MAX], 2).unwrap();
    assert_eq!(exact.seats().unwrap(), [1, 1]);
}

#[test]
fn an_exhausted_list_and_a_vacancy_are_warnings() {
    let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 80), (Party::new("B").with_maximum(1), 20)]);
    let outcome = dutch_council(5).apply(&tally.unwrap()).unwrap();
    let warnings: Vec<String> = outcome.warnings().iter().map(Warning::to_string).collect();
    assert_eq!(warnings, ["vacant: 2 seats that no maximum lets anyone take", "exhausted: A has no more candidates"]);
}

proptest! {
    #[test]
    fn whole_quotas_and_unrestricted_highest_averages_are_d_hondt(
        votes in prop::collection::vec(prop_oneof![0..=30_u64, 0..=100_000_u64, any::<u64>()], 1..8),
        seats in 0..60_u64,
        quota in prop::sample::select(vec![Quota::HARE, Quota::HAGENBACH_BISCHOFF, Quota::DROOP]),
    ) {
        // A whole Hare or Droop quota is never more than D'Hondt gives; Hagenbach-Bischoff's, unrounded, may be.
        let stages = vec![Stage::whole_quotas(quota), Stage::highest_averages(Divisors::D_HONDT)];
        let staged = AllocationMethod::Stages(stages).allocate(&votes, seats);
        let plain = AllocationMethod::D_HONDT.allocate(&votes, seats);
        match (staged, plain) {
            (Ok(staged), Ok(plain)) if staged != plain => {
                // Only where all votes are whole quotas of votes / (seats + 1) do its quotas end D'Hondt's tie early.
                prop_assert_eq!(quota, Quota::HAGENBACH_BISCHOFF);
            }
            (Err(Error::TooManyWholeQuotas { .. }), Ok(_)) => prop_assert_eq!(quota, Quota::HAGENBACH_BISCHOFF),
            (staged, plain) => prop_assert_eq!(staged, plain),
        }
    }

    #[test]
    fn whole_quotas_and_largest_remainders_as_stages_are_the_single_method(
        votes in prop::collection::vec(prop_oneof![0..=30_u64, 0..=100_000_u64, any::<u64>()], 1..8),
        seats in 0..60_u64,
        quota in prop::sample::select(Quota::ALL.to_vec()),
        excess in prop::bool::ANY,
    ) {
        let stages = AllocationMethod::Stages(vec![Stage::whole_quotas(quota), Stage::largest_remainders()]);
        let excess = if excess { apportion::Excess::SmallestRemainders } else { apportion::Excess::Error };
        let contest = apportion::Contest::new(&votes, seats).excess(excess);
        let staged = stages.allocate_contest(&contest);
        let single = AllocationMethod::LargestRemainder(quota).allocate_contest(&contest);
        match (staged, single) {
            (Err(_), Err(_)) => {}
            (staged, single) => prop_assert_eq!(staged, single),
        }
    }
}

#[test]
fn whole_quotas_above_the_total_of_their_stage_are_an_error_that_names_the_total() {
    let method = AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE).total(5), Stage::most_votes()]);
    let error = method.allocate(&[60, 40], 10).unwrap_err();
    assert!(matches!(error, Error::WholeQuotasAboveTotal { stage: 1, given: 10, total: 5, .. }));
    assert_eq!(error.to_string(), "stage 1: the Hare quota gives out 10 seats, but the stage at most 5");
}

#[test]
fn a_stage_with_a_total_of_zero_is_skipped() {
    let skipped = Stage::whole_quotas(Quota::HARE).total(0);
    let method = AllocationMethod::Stages(vec![skipped, Stage::highest_averages(Divisors::ADAMS)]);
    assert_eq!(method.allocate(&[60, 40], 2).unwrap().seats().unwrap(), [1, 1]);
}

#[test]
fn remainders_are_of_the_quota_that_their_stage_names() {
    // Whole quotas of 25 votes: A 1. What is left of those are A 24, B 20, C 6, D 24; by quotas of 33, A 16, B 20, C 6, D 24.
    let (votes, whole) = ([49, 20, 6, 24], Stage::whole_quotas(Quota::DROOP));
    let seats = |remainders: Stage| {
        let method = AllocationMethod::Stages(vec![whole.clone(), remainders]);
        method.allocate(&votes, 3).unwrap().seats().unwrap().to_vec()
    };
    assert_eq!(seats(Stage::largest_remainders()), [2, 0, 0, 1]);
    assert_eq!(seats(Stage::largest_remainders_of(Quota::HARE)), [1, 1, 0, 1]);
}

#[test]
fn what_is_left_of_the_votes_is_divided_from_the_first_seat_on_whatever_stages_came_before() {
    let votes = [490, 205, 61, 244];
    let (whole, rest) =
        (Stage::whole_quotas(Quota::DROOP), Stage::highest_averages_of_remainders(Divisors::D_HONDT).total(2));
    let seats =
        |stages: Vec<Stage>| AllocationMethod::Stages(stages).allocate(&votes, 8).unwrap().seats().unwrap().to_vec();
    let last = Stage::highest_averages(Divisors::D_HONDT);
    let two = seats(vec![whole.clone(), rest.clone(), last.clone()]);
    assert_eq!(two, seats(vec![whole, Stage::most_votes().total(0), rest, last]));
    assert_eq!(two, [4, 2, 0, 2]);
}

#[test]
fn whole_quotas_above_the_seats_of_the_house_are_not_blamed_on_a_total_that_is_not_reached() {
    let method = AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::REINFORCED_IMPERIALI).total(100)]);
    // 90 votes / (3 + 3) = 15 make a seat: 4 and 2.
    let error = method.allocate(&[60, 30], 3).unwrap_err();
    assert!(matches!(error, Error::TooManyWholeQuotas { given: 6, seats: 3, .. }), "{error}");
}

#[test]
fn whole_quotas_may_come_twice() {
    let stages = vec![
        Stage::whole_quotas(Quota::HAGENBACH_BISCHOFF).only_with_seats(1),
        Stage::whole_quotas(Quota::HARE),
        Stage::largest_remainders(),
    ];
    assert_eq!(AllocationMethod::Stages(stages).allocate(&[64, 36], 10).unwrap().seats().unwrap(), [6, 4]);
}

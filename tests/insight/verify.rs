use apportion::insight::{ClaimedSeats, Fault, Verdict, verify};
use apportion::{
    Alliance, AllocationMethod, Base, Count, Election, Error, Law, Level, Outcome, Place, Quota, Rounding, Rule, Tally,
    Threshold, TieBreak,
};

use super::{data, small};

/// Every way in which the ties of an outcome can go, up to a hundred, as seats per party.
fn ends(outcome: &Outcome) -> Vec<Vec<u64>> {
    let certain: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
    let mut all = vec![certain];
    for tie in outcome.ties() {
        let place = |name: &String| outcome.parties().iter().position(|party| party.name() == name).unwrap();
        let parties: Vec<usize> = tie.parties().iter().map(place).collect();
        let mut next = Vec::new();
        for seats in &all {
            let allocation = apportion::Allocation::new(seats.clone());
            let tied = allocation.with_tie(apportion::Tie::new(parties.clone(), tie.seats()).unwrap()).unwrap();
            next.extend(tied.outcomes().take(100));
        }
        next.truncate(100);
        all = next;
    }
    all
}

/// Every seat of `seats` moved to every other party.
fn moved(seats: &[u64]) -> impl Iterator<Item = Vec<u64>> {
    let pairs = (0..seats.len()).flat_map(move |from| (0..seats.len()).map(move |to| (from, to)));
    pairs.filter(|&(from, to)| from != to && seats[from] > 0).map(|(from, to)| {
        let mut moved = seats.to_vec();
        moved[from] -= 1;
        moved[to] += 1;
        moved
    })
}

fn agrees(id: &str, rule: &Rule, count: &Count, outcome: &Outcome) {
    if !outcome.ways().is_empty() || !count.places().is_empty() {
        assert!(outcome.verify(rule, count).unwrap().is_possible(), "{id}");
        return;
    }
    let all = ends(outcome);
    for seats in &all {
        let verdict = verify(rule, count, seats).unwrap();
        let expected = match outcome.tie() {
            None => Verdict::Correct,
            Some(tie) => Verdict::Tied { parties: tie.parties().to_vec(), seats: tie.seats() },
        };
        assert_eq!(verdict, expected, "{id}: {seats:?}");
    }
    for other in moved(&all[0]).take(40) {
        let verdict = verify(rule, count, &other).unwrap();
        assert_eq!(verdict.is_possible(), all.len() == 100 || all.contains(&other), "{id}: {other:?}: {verdict}");
    }
}

#[test]
fn quotas_of_every_rounding_are_those_of_the_law() {
    let roundings =
        [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::HalfDown, Rounding::Next];
    let mut verified = [0; 6];
    for (at, rounding) in roundings.into_iter().enumerate() {
        for quota in [Quota::HARE, Quota::HAGENBACH_BISCHOFF] {
            // Few votes, so that a whole number or a half is often what votes over seats come to.
            for (votes, seats) in
                (0..300).map(|number| ([1 + number % 7, 3 + number % 5, 2 + number % 11], 1 + number % 6))
            {
                let rule = Rule::new(AllocationMethod::LargestRemainder(quota.rounded(rounding)), seats);
                let count = Count::from(Tally::from_votes(["A", "B", "C"].into_iter().zip(votes)).unwrap());
                // Small quotas buy more seats than there are, and large ones leave more than one each.
                let Ok(outcome) = rule.apply(&count) else { continue };
                agrees(&format!("{quota}, {votes:?}, {seats}"), &rule, &count, &outcome);
                verified[at] += 1;
            }
        }
    }
    assert!(verified.iter().all(|&verified| verified > 200), "{verified:?}");
}

#[test]
fn seats_may_be_claimed_as_an_array_a_slice_or_a_vector() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let count = Count::from(Tally::from_votes([("A", 20), ("B", 10)]).unwrap());
    for (seats, is_right) in [([2, 1], true), ([1, 2], false)] {
        let forms: [ClaimedSeats; 5] =
            [seats.into(), (&seats).into(), seats[..].into(), seats.to_vec().into(), (&seats.to_vec()).into()];
        for claim in forms {
            assert_eq!(verify(&rule, &count, claim).unwrap().is_possible(), is_right);
        }
    }
}

#[test]
fn every_answer_is_confirmed_and_refused_after_one_seat_is_moved() {
    let answered = data::answered();
    assert!(answered.len() > 290, "{}", answered.len());
    for (id, election) in answered {
        agrees(&id, &election.rule, &election.count, &election.outcome().unwrap());
    }
}

#[test]
fn small_elections_of_every_kind_are_judged_as_the_rule_does() {
    for seed in 0..20_000 {
        let (rule, tally) = small::election(seed);
        match rule.apply(&tally) {
            Ok(outcome) => agrees(&seed.to_string(), &rule, &Count::from(tally), &outcome),
            Err(error) => {
                let parties = tally.parties().len();
                let claimed: Vec<u64> =
                    (0..parties).map(|at| if at == 0 { rule.seats().unwrap() } else { 0 }).collect();
                // Where the law has no answer, there is nothing that a claim could be right or wrong about.
                assert_eq!(verify(&rule, &tally, &claimed), Err(error), "{seed}");
            }
        }
    }
}

/// Seats by place and party as an outcome has them; the nation has no name.
fn cells(outcome: &Outcome) -> Vec<(Option<&str>, &str, u64)> {
    let nation = outcome.parties().iter().map(|party| (None, party.name(), party.certain()));
    let places = outcome
        .places()
        .iter()
        .flat_map(|place| place.parties().iter().map(|party| (Some(place.name()), party.name(), party.certain())));
    nation.chain(places).collect()
}

fn claimed<'c>(cells: impl Iterator<Item = &'c (Option<&'c str>, &'c str, u64)>, more: u64) -> ClaimedSeats {
    cells.fold(ClaimedSeats::default(), |claim, &(place, party, seats)| match place {
        Some(place) => claim.at(place, party, seats + more),
        None => claim.in_all(party, seats + more),
    })
}

/// Confirms an election's seats, and finds an objection to every one of its figures where each is one more.
fn confirm(id: &str, election: &Election) -> usize {
    let Ok(outcome) = election.outcome() else { return 0 };
    let verdict = outcome.verify(&election.rule, &election.count).unwrap();
    assert!(verdict.is_possible(), "{id}: {verdict}");
    if outcome.tie().is_some() || !outcome.ways().is_empty() {
        return 0;
    }
    let cells = cells(&outcome);
    assert_eq!(verify(&election.rule, &election.count, claimed(cells.iter(), 0)), Ok(Verdict::Correct), "{id}");
    let verdict = verify(&election.rule, &election.count, claimed(cells.iter(), 1)).unwrap();
    let Verdict::Wrong(objections) = verdict else { panic!("{id}: {verdict}") };
    for (place, party, _) in &cells {
        let about = |one: &&apportion::insight::Objection| {
            one.place.as_deref() == *place
                && match &one.fault {
                    Fault::Differs { party: other, .. } | Fault::NotAdmitted { party: other, .. } => other == party,
                    _ => false,
                }
        };
        assert!(objections.iter().find(about).is_some(), "{id}: {place:?}, {party}");
    }
    // One figure alone, too.
    for cell in cells.iter().step_by(1 + cells.len() / 5) {
        assert!(!verify(&election.rule, &election.count, claimed([*cell].iter(), 1)).unwrap().is_possible(), "{id}");
    }
    cells.len()
}

fn confirm_all(lines: &str, at_least: usize) {
    let mut figures = 0;
    for line in lines.lines() {
        let election: Election = serde_json::from_str(line).unwrap();
        figures += confirm(election.id.as_deref().unwrap_or_default(), &election);
    }
    assert!(figures >= at_least, "{figures}");
}

#[test]
fn every_figure_of_districts_and_alliances_is_confirmed_and_refused_when_it_is_one_more() {
    confirm_all(include_str!("../data/districts.jsonl"), 2_000);
}

#[test]
fn every_figure_of_laws_of_several_tiers_is_confirmed_and_refused_when_it_is_one_more() {
    confirm_all(include_str!("../data/tiers.jsonl"), 4_000);
}

#[test]
fn every_figure_of_placed_totals_is_confirmed_and_refused_when_it_is_one_more() {
    confirm_all(include_str!("../data/placing.jsonl"), 1_500);
}

#[test]
fn every_law_of_the_catalogue_verifies_its_own_answer() {
    let mut answered = 0;
    for (id, text) in Law::CATALOGUE {
        let law: Law = toml::from_str(text).unwrap();
        let votes = [400_000, 250_000, 120_000, 80_000, 60_000, 9_000];
        let names = ["A", "B", "C", "D", "E", "F"];
        let district = |name: &str, at: usize| {
            let own = names.iter().enumerate().map(|(party, name)| (*name, votes[(party + at) % 6]));
            let tally = Tally::from_votes(own).unwrap().with_registered(2_000_000).with_blank(0).with_invalid(0);
            Place::district(name, tally).with_population(1_000_000)
        };
        let one = Count::from(district("one", 0).tally);
        let seats = |place: Place| place.with_seats(12);
        let three =
            Count::of_places([district("north", 0), district("mid", 1), district("south", 5)].map(seats)).unwrap();
        let unsized_three = Count::of_places([district("north", 0), district("mid", 1), district("south", 5)]).unwrap();
        for count in [one, three, unsized_three] {
            let rule = law.rule(36);
            let Ok(outcome) = rule.apply(&count) else { continue };
            answered += 1;
            let verdict = outcome.verify(&rule, &count).unwrap();
            assert!(verdict.is_possible(), "{id}: {verdict}");
        }
    }
    assert!(answered >= 50, "{answered}");
}

#[test]
fn national_thresholds_and_alliances_are_seen() {
    // B has 40% of the north and 4% of the nation.
    let north = Place::district("north", Tally::from_votes([("A", 60), ("B", 40)]).unwrap()).with_seats(5);
    let south = Place::district("south", Tally::from_votes([("A", 900), ("B", 0)]).unwrap()).with_seats(5);
    let count = Count::of_places([north, south]).unwrap();
    let rule =
        Rule::new(AllocationMethod::D_HONDT, 10).threshold(Threshold::share("5%".parse().unwrap()).at(Level::Nation));
    let claim = |a: u64, b: u64| ClaimedSeats::default().at("north", "A", a).at("north", "B", b);
    assert_eq!(verify(&rule, &count, claim(5, 0)), Ok(Verdict::Correct));
    let verdict = verify(&rule, &count, claim(3, 2)).unwrap();
    assert!(verdict.to_string().contains("north: B has 2 seats, but is not admitted"), "{verdict}");

    let votes = Tally::from_votes([("A", 450), ("B", 280), ("C", 270)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    let allied = Count::from(votes.clone()).with_alliances([Alliance::new(["B", "C"])]);
    assert_eq!(verify(&rule, &allied, [2, 2, 1]), Ok(Verdict::Correct));
    assert!(!verify(&rule, &allied, [3, 1, 1]).unwrap().is_possible());
    assert_eq!(verify(&rule, &votes, [3, 1, 1]), Ok(Verdict::Correct));
}

#[test]
fn without_an_answer_the_error_is_that_of_the_rule() {
    let votes = Tally::from_votes([("A", 50), ("B", 3), ("C", 3)]).unwrap();
    let rule =
        Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("10%".parse().unwrap())).admit_at_least(2);
    assert!(matches!(verify(&rule, &votes, [5, 0, 0]), Err(Error::AdmissionTie { .. })));
    let too_many = Rule::new(AllocationMethod::IMPERIALI_QUOTA, 5);
    let votes = Tally::from_votes([("A", 600), ("B", 300), ("C", 100)]).unwrap();
    assert!(matches!(verify(&too_many, &votes, [4, 1, 0]), Err(Error::TooManyWholeQuotas { .. })));
}

#[test]
fn the_pair_that_proves_it_is_named() {
    let tally = Tally::from_votes([("A", 5_621_436), ("B", 518_405), ("C", 498_788)]).unwrap();
    let verdict = verify(&Rule::new(AllocationMethod::HARE, 98), &tally, [84, 7, 7]).unwrap();
    assert!(verdict.to_string().starts_with("wrong: A has 84 seats, but its whole quotas allow 82 to 83"), "{verdict}");
    let verdict = verify(&Rule::new(AllocationMethod::HARE, 98), &tally, [82, 8, 8]).unwrap();
    let text = "wrong: C holds seat 8 by 24,600.21 votes, but A's seat 83 comes first by 66,664.79 votes";
    assert!(verdict.to_string().starts_with(text), "{verdict}");
}

#[test]
fn a_party_below_the_threshold_may_not_have_a_seat() {
    let tally = Tally::from_votes([("A", 93), ("B", 7)]).unwrap();
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 20).threshold(Threshold::share("7.1%".parse().unwrap()));
    let Verdict::Wrong(objections) = verify(&rule, &tally, [19, 1]).unwrap() else { panic!() };
    let faults: Vec<&Fault> = objections.iter().map(|objection| &objection.fault).collect();
    assert!(faults.contains(&&Fault::NotAdmitted { party: "B".into(), seats: 1 }), "{faults:?}");
    let at_seven = rule.threshold(Threshold::share("7%".parse().unwrap()));
    assert_eq!(verify(&at_seven, &tally, [19, 1]).unwrap(), Verdict::Correct);
}

#[test]
fn the_wrong_side_of_a_tie_break_is_named() {
    let tally = Tally::from_votes([("A", 10), ("B", 20)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([TieBreak::FewestVotes]);
    let verdict = verify(&rule, &tally, [0, 2]).unwrap();
    assert!(
        verdict.to_string().starts_with("wrong: B and A have the same claim, and fewest votes prefers A"),
        "{verdict}"
    );
    assert_eq!(verify(&rule, &tally, [1, 1]).unwrap(), Verdict::Correct);
}

#[test]
fn ties_of_districts_can_only_go_together_as_they_stand() {
    // One seat each, tied in both: A may have none, one or two in all, but not three.
    let district = |name: &str| Place::district(name, Tally::from_votes([("A", 5), ("B", 5)]).unwrap()).with_seats(1);
    let count = Count::of_places([district("north"), district("south")]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 2);
    for seats in [[2, 0], [1, 1], [0, 2]] {
        assert!(matches!(verify(&rule, &count, seats), Ok(Verdict::Tied { .. })), "{seats:?}");
    }
    assert!(matches!(verify(&rule, &count, [3, 0]), Err(Error::ClaimedSum { claimed: 3, seats: 2 })));
    let both = |north: [u64; 2], in_all: [u64; 2]| {
        let claim = ClaimedSeats::default().at("north", "A", north[0]).at("north", "B", north[1]);
        verify(&rule, &count, claim.in_all("A", in_all[0]).in_all("B", in_all[1])).unwrap()
    };
    assert!(both([1, 0], [1, 1]).is_possible() && both([1, 0], [2, 0]).is_possible());
    assert_eq!(both([1, 0], [0, 2]).to_string(), "wrong: no end of the ties gives all these seats together");
    assert!(!both([1, 1], [1, 1]).is_possible());
}

#[test]
fn claims_of_another_length_sum_or_name_are_refused() {
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 5);
    let error = verify(&rule, &tally, [3, 1, 1]).unwrap_err();
    assert_eq!(error.to_string(), "there are 2 parties, but 3 entries of claimed seats");
    let error = verify(&rule, &tally, [3, 1]).unwrap_err();
    assert_eq!(error.to_string(), "4 seats are claimed, but 5 are to be given out");
    let claim = ClaimedSeats::default().at("Oslo", "A", 1);
    assert!(matches!(verify(&rule, &tally, claim), Err(Error::UnknownPlace { .. })));
    assert!(matches!(verify(&rule, &tally, ClaimedSeats::default().in_all("Z", 1)), Err(Error::UnknownParty { .. })));
}

#[test]
fn a_house_that_grew_is_held_to_its_own_size() {
    // C has 4 direct seats for 4 of 34 votes: a house of 4 grows to 22, of which 3 are C's share; one stays unlevelled.
    let election: Election = serde_json::from_value(serde_json::json!({
        "tiers": [{ "kind": "top-up", "seats": 4, "method": "sainte-lague", "overhang": { "level": { "unlevelled": 1 } } }],
        "parties": [{ "name": "A", "votes": 9 }, { "name": "B", "votes": 21 }, { "name": "C", "votes": 4, "direct_seats": 4 }],
    }))
    .unwrap();
    let outcome = election.outcome().unwrap();
    assert_eq!(outcome.total_seats(), 23);
    assert_eq!(outcome.verify(&election.rule, &election.count), Ok(Verdict::Correct));
}

#[test]
fn giants_are_judged_exactly() {
    let (most, less) = (u64::MAX, u64::MAX - 1);
    let tally = Tally::from_votes([("A", less), ("B", most)]).unwrap();
    for method in [AllocationMethod::D_HONDT, AllocationMethod::HUNTINGTON_HILL, AllocationMethod::HARE] {
        let rule = Rule::new(method, 1_000_000_001);
        assert_eq!(verify(&rule, &tally, [500_000_000, 500_000_001]).unwrap(), Verdict::Correct);
        assert!(!verify(&rule, &tally, [500_000_001, 500_000_000]).unwrap().is_possible());
    }
    let macau = Rule::new(AllocationMethod::MACAU, u64::MAX);
    assert!(verify(&macau, &tally, [u64::MAX / 2, u64::MAX / 2 + 1]).unwrap().is_possible());
    assert!(!verify(&macau, &tally, [u64::MAX / 2 + 1, u64::MAX / 2]).unwrap().is_possible());
}

#[test]
fn more_counted_than_cast_is_refused() {
    let tally = Tally::from_votes([("A", 60)]).unwrap().with_cast(50);
    let rule = Rule::new(AllocationMethod::HARE, 1).threshold(Threshold::share("5%".parse().unwrap()).of(Base::Cast));
    assert_eq!(verify(&rule, &tally, [1]).unwrap_err(), Error::CastBelowParts { cast: 50, parts: 60 });
}

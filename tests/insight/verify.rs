use apportion::insight::{Objection, Verdict, verify};
use apportion::{AllocationMethod, Base, Error, Outcome, Rule, Tally, Threshold, TieBreak};

use super::{data, small};

/// Every way in which an outcome can go, up to a hundred, as seats per party.
fn ways(outcome: &Outcome) -> Vec<Vec<u64>> {
    let certain: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
    let allocation = apportion::Allocation::new(certain);
    let place = |name: &String| outcome.parties().iter().position(|party| party.name() == name).unwrap();
    match outcome.tie() {
        None => vec![allocation.certain().to_vec()],
        Some(tie) => {
            let parties: Vec<usize> = tie.parties().iter().map(place).collect();
            let tied = allocation.with_tie(apportion::Tie::new(parties, tie.seats()).unwrap()).unwrap();
            tied.outcomes().take(100).collect()
        }
    }
}

/// Whether seats are one of the ways in which an outcome can go.
fn allowed(outcome: &Outcome, seats: &[u64]) -> bool {
    let mut extra = 0;
    let each = outcome.parties().iter().zip(seats).all(|(party, &seats)| {
        let over = seats.checked_sub(party.certain());
        extra += over.unwrap_or(0);
        over == Some(0) || (over == Some(1) && outcome.is_tied(party.name()))
    });
    each && extra == outcome.tie().map_or(0, apportion::Tie::seats)
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

fn agrees(id: &str, rule: &Rule, tally: &Tally, outcome: &Outcome) {
    for seats in ways(outcome) {
        let verdict = verify(rule, tally, &seats).unwrap();
        let expected = match outcome.tie() {
            None => Verdict::Correct,
            Some(tie) => Verdict::Tied { parties: tie.parties().to_vec(), seats: tie.seats() },
        };
        assert_eq!(verdict, expected, "{id}: {seats:?}");
        for moved in moved(&seats) {
            let verdict = verify(rule, tally, &moved).unwrap();
            assert_eq!(verdict.is_possible(), allowed(outcome, &moved), "{id}: {moved:?}: {verdict}");
        }
    }
}

#[test]
fn every_answer_is_confirmed_and_refused_after_one_seat_is_moved() {
    let answered = data::answered();
    assert!(answered.len() > 290, "{}", answered.len());
    for (id, election) in answered {
        agrees(&id, &election.rule, &election.tally, &election.outcome().unwrap());
    }
}

#[test]
fn small_elections_of_every_kind_are_judged_as_the_rule_does() {
    for seed in 0..20_000 {
        let (rule, tally) = small::election(seed);
        match rule.apply(&tally) {
            Ok(outcome) => agrees(&seed.to_string(), &rule, &tally, &outcome),
            Err(error) => {
                let claimed: Vec<u64> =
                    tally.parties().iter().enumerate().map(|(at, _)| if at == 0 { rule.seats() } else { 0 }).collect();
                match verify(&rule, &tally, &claimed) {
                    // The claim is looked at before the quota is, and may be wrong on the face of it.
                    Ok(verdict) => assert!(!verdict.is_possible(), "{seed}: {verdict} where {error}"),
                    Err(own) => assert!(
                        own == error || matches!(own, Error::ClaimedSum { .. } | Error::Unfilled { .. }),
                        "{seed}: {own} where the rule says {error}"
                    ),
                }
            }
        }
    }
}

#[test]
fn the_pair_that_proves_it_is_named() {
    let tally = Tally::from_votes([("A", 5_621_436), ("B", 518_405), ("C", 498_788)]).unwrap();
    let verdict = verify(&Rule::new(AllocationMethod::HARE, 98), &tally, &[84, 7, 7]).unwrap();
    assert_eq!(verdict.to_string(), "wrong: A has 84 seats, but its whole quotas allow 82 to 83");
    let verdict = verify(&Rule::new(AllocationMethod::HARE, 98), &tally, &[82, 8, 8]).unwrap();
    let text = "wrong: C holds seat 8 by 24,600.21 votes, but A's seat 83 comes first by 66,664.79 votes";
    assert_eq!(verdict.to_string(), text);
}

#[test]
fn a_party_below_the_threshold_may_not_have_a_seat() {
    let tally = Tally::from_votes([("A", 93), ("B", 7)]).unwrap();
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 20).threshold(Threshold::share("7.1%".parse().unwrap()));
    let verdict = verify(&rule, &tally, &[19, 1]).unwrap();
    assert_eq!(verdict, Verdict::Wrong(Objection::NotAdmitted { party: "B".into(), seats: 1 }));
    let at_seven = rule.threshold(Threshold::share("7%".parse().unwrap()));
    assert_eq!(verify(&at_seven, &tally, &[19, 1]).unwrap(), Verdict::Correct);
}

#[test]
fn the_wrong_side_of_a_tie_break_is_named() {
    let tally = Tally::from_votes([("A", 10), ("B", 20)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 2).tie_break([TieBreak::FewestVotes]);
    let verdict = verify(&rule, &tally, &[0, 2]).unwrap();
    assert_eq!(verdict.to_string(), "wrong: B and A have the same claim, and fewest votes prefers A");
    assert_eq!(verify(&rule, &tally, &[1, 1]).unwrap(), Verdict::Correct);
}

#[test]
fn claims_of_another_length_or_sum_are_refused() {
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 5);
    let error = verify(&rule, &tally, &[3, 1, 1]).unwrap_err();
    assert_eq!(error.to_string(), "there are 2 parties, but 3 entries of claimed seats");
    let error = verify(&rule, &tally, &[3, 1]).unwrap_err();
    assert_eq!(error.to_string(), "4 seats are claimed, but 5 are to be given out");
}

#[test]
fn giants_are_judged_exactly() {
    let (most, less) = (u64::MAX, u64::MAX - 1);
    let tally = Tally::from_votes([("A", less), ("B", most)]).unwrap();
    for method in [AllocationMethod::D_HONDT, AllocationMethod::HUNTINGTON_HILL, AllocationMethod::HARE] {
        let rule = Rule::new(method, 1_000_000_001);
        assert_eq!(verify(&rule, &tally, &[500_000_000, 500_000_001]).unwrap(), Verdict::Correct);
        assert!(!verify(&rule, &tally, &[500_000_001, 500_000_000]).unwrap().is_possible());
    }
    let macau = Rule::new(AllocationMethod::MACAU, u64::MAX);
    assert!(verify(&macau, &tally, &[u64::MAX / 2, u64::MAX / 2 + 1]).unwrap().is_possible());
    assert!(!verify(&macau, &tally, &[u64::MAX / 2 + 1, u64::MAX / 2]).unwrap().is_possible());
}

#[test]
fn more_counted_than_cast_is_refused() {
    let tally = Tally::from_votes([("A", 60)]).unwrap().with_cast(50);
    let rule = Rule::new(AllocationMethod::HARE, 1).threshold(Threshold::share("5%".parse().unwrap()).of(Base::Cast));
    assert_eq!(verify(&rule, &tally, &[1]).unwrap_err(), Error::CastBelowParts { cast: 50, parts: 60 });
}

//! The strategies: that they make what their names say, and shrink to what can be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail loudly too

use std::cell::Cell;
use std::fmt::Debug;

use apportion::axioms::{Axiom, Instance, strategies};
use apportion::{
    AllocationMethod, Ballot, Base, Divisors, Election, Excess, Party, Quota, Ratio, Rounding, Rule, Tally, Threshold,
    Tie, TieBreak,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};

fn runner() -> TestRunner {
    TestRunner::new_with_rng(
        Config { failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
}

/// So many values of a strategy.
fn some<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = runner();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// How many of 400 values have a property.
fn how_many<S: Strategy>(strategy: S, property: impl Fn(&S::Value) -> bool) -> usize {
    some(strategy, 400).iter().filter(|value| property(value)).count()
}

/// The smallest value that has the property, as shrinking finds it.
fn smallest<S: Strategy>(strategy: S, property: impl Fn(&S::Value) -> bool) -> S::Value
where
    S::Value: Clone + Debug,
{
    let found = runner()
        .run(&strategy, |value| if property(&value) { Err(TestCaseError::fail("has the property")) } else { Ok(()) });
    match found {
        Err(TestError::Fail(_, value)) => value,
        other => panic!("no value has the property: {other:?}"),
    }
}

#[test]
fn every_vector_of_votes_has_some() {
    assert_eq!(how_many(strategies::votes(), |votes| votes.iter().any(|&votes| votes > 0)), 400);
}

#[test]
fn votes_of_few_values_tie_by_most_methods() {
    let ties_by = |method: AllocationMethod| {
        how_many(strategies::tied_instances(), |instance| {
            method.allocate(instance.votes(), instance.seats()).is_ok_and(|allocation| allocation.tie().is_some())
        })
    };
    assert!(ties_by(AllocationMethod::D_HONDT) > 100, "{}", ties_by(AllocationMethod::D_HONDT));
    assert!(ties_by(AllocationMethod::HARE) > 100, "{}", ties_by(AllocationMethod::HARE));
    assert!(ties_by(AllocationMethod::HUNTINGTON_HILL) > 60);
}

#[test]
fn zeros_single_parties_giants_and_elections_are_what_they_are_called() {
    assert!(how_many(strategies::votes_with_zeros(), |votes| votes.contains(&0)) > 200);
    assert_eq!(how_many(strategies::one_party(), |votes| votes.len() == 1), 400);
    assert!(how_many(strategies::giants(), |votes| votes.iter().any(|&votes| votes > u64::MAX / 2)) > 100);
    assert!(
        how_many(strategies::giants(), |votes| votes.iter().try_fold(0, |a: u64, &b| a.checked_add(b)).is_none()) > 30
    );
    let few_large = |votes: &Vec<u64>| {
        let total: u64 = votes.iter().sum();
        let mut sorted = votes.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        votes.len() >= 2 && sorted.iter().take(4).sum::<u64>() * 4 > total * 3
    };
    assert!(how_many(strategies::realistic_votes(), few_large) > 300);
}

#[test]
fn exact_multiples_have_whole_ideal_shares_and_more_parties_than_seats_have_too_few() {
    let whole = |instance: &Instance| {
        let total: u64 = instance.votes().iter().sum();
        instance.votes().iter().all(|&votes| (votes * instance.seats()).is_multiple_of(total))
    };
    assert_eq!(how_many(strategies::exact_multiples(), whole), 400);
    let crowded = |instance: &Instance| instance.votes().len() as u64 > instance.seats();
    assert_eq!(how_many(strategies::more_parties_than_seats(), crowded), 400);
}

#[test]
fn tallies_rules_and_documents_vary_in_everything() {
    assert!(how_many(strategies::tallies(), |tally| tally.blank() > 0 && tally.registered().is_some()) > 10);
    assert!(how_many(strategies::tallies(), |tally| tally.rankings().count() > 0) > 100);
    assert!(how_many(strategies::parties(), |party| party.maximum().is_some()) > 20);
    assert!(how_many(strategies::thresholds(), |threshold| matches!(threshold, Threshold::Any(_))) > 5);
    assert!(how_many(strategies::ballots(), |ballot| matches!(ballot, Ballot::Ranked(_))) > 50);
    let answered = how_many(strategies::elections(), |election| election.outcome().is_ok());
    assert!((100..400).contains(&answered), "{answered} of 400 have an outcome, the others an error");
}

#[test]
fn every_strategy_shrinks_to_what_can_be_read() {
    assert_eq!(smallest(strategies::votes(), |_| true), [1]);
    assert_eq!(smallest(strategies::tied_votes(), |votes| votes.len() > 2), [1, 1, 1]);
    assert_eq!(smallest(strategies::one_party(), |_| true), [1]);
    assert_eq!(smallest(strategies::giants(), |_| true), [1]);
    assert_eq!(smallest(strategies::realistic_votes(), |_| true), [8, 1]);
    assert_eq!(smallest(strategies::votes_with_zeros(), |votes| votes.contains(&0)).iter().sum::<u64>(), 1);
    assert_eq!(smallest(strategies::instances(), |_| true), Instance::new([1], 1));
    assert_eq!(smallest(strategies::exact_multiples(), |_| true), Instance::new([1], 1));
    assert_eq!(smallest(strategies::more_parties_than_seats(), |_| true), Instance::new([1, 1], 1));
    assert_eq!(smallest(strategies::pairs_of_elections(), |_| true), Instance::new([1], 1).then([1]));
    assert_eq!(smallest(strategies::ratios(), |_| true), Ratio::ZERO);
    assert_eq!(smallest(strategies::methods(), |_| true), AllocationMethod::D_HONDT);
    assert_eq!(smallest(strategies::thresholds(), |_| true), Threshold::share(Ratio::ZERO));
    assert_eq!(smallest(strategies::ballots(), |_| true), Ballot::party("A"));
    assert_eq!(smallest(strategies::parties(), |_| true), Party::new("A"));
    assert_eq!(smallest(strategies::tallies(), |_| true), Tally::from_votes([("A", 1)]).unwrap());
    assert_eq!(smallest(strategies::rules(), |_| true), Rule::new(AllocationMethod::D_HONDT, 0));
    let smallest_document = smallest(strategies::elections(), |_| true);
    let expected = Rule::new(AllocationMethod::D_HONDT, 0);
    assert_eq!(smallest_document, Election::new(expected, Tally::from_votes([("A", 1)]).unwrap()));
}

#[test]
fn a_break_shrinks_to_one_that_can_be_read() {
    let broken = smallest(strategies::instances(), |instance| {
        Axiom::HouseMonotonicity.check(&AllocationMethod::HARE, instance).is_err()
    });
    assert!(broken.votes().iter().sum::<u64>() <= 200 && broken.seats() <= 30, "{broken}");
}

#[test]
fn every_public_input_type_is_arbitrary() {
    fn is<T: Arbitrary>() {
        let _ = some(any::<T>(), 3);
    }
    is::<Ratio>();
    is::<Quota>();
    is::<Rounding>();
    is::<Divisors>();
    is::<AllocationMethod>();
    is::<Excess>();
    is::<Tie>();
    is::<TieBreak>();
    is::<Axiom>();
    is::<Instance>();
    is::<Party>();
    is::<Ballot>();
    is::<Base>();
    is::<Tally>();
    is::<Threshold>();
    is::<Rule>();
    is::<Election>();
}

#[test]
fn a_document_written_and_read_again_is_the_same() {
    let read = Cell::new(0);
    runner()
        .run(&strategies::elections(), |election| {
            let json = serde_json::to_string(&election).unwrap();
            prop_assert_eq!(
                &serde_json::from_str::<Election>(&json).map_err(|e| TestCaseError::fail(format!("{e}: {json}")))?,
                &election
            );
            let toml = toml::to_string(&election).unwrap();
            prop_assert_eq!(
                &toml::from_str::<Election>(&toml).map_err(|e| TestCaseError::fail(format!("{e}: {toml}")))?,
                &election
            );
            read.set(read.get() + 1);
            Ok(())
        })
        .unwrap();
    assert!(read.get() >= 256);
}

proptest! {
    #[test]
    fn a_rule_gives_out_the_seats_or_says_why_not(rule in strategies::rules(), tally in strategies::tallies()) {
        if let Ok(outcome) = rule.apply(&tally) {
            let certain: u64 = outcome.parties().iter().map(apportion::PartyOutcome::certain).sum();
            let tied = outcome.tie().map_or(0, apportion::TieOutcome::seats);
            prop_assert!(Some(certain + tied) <= rule.seats());
        }
    }

    #[test]
    fn any_ballots_make_a_tally(ballots in proptest::collection::vec(any::<Ballot>(), 0..20)) {
        let tally: Tally = ballots.iter().cloned().collect();
        prop_assert_eq!(tally.base(Base::Cast).unwrap(), ballots.len() as u128);
    }
}

//! What every public type offers to those who build on it.

use std::fmt::Debug;
use std::hash::Hash;

use apportion::{
    Admission, Allocation, AllocationMethod, Apportion, Ballot, Base, Contest, Divisors, Election, Error, Excess,
    Outcome, Party, PartyOutcome, Quota, Ranking, Ratio, Rounding, Rule, Settled, Shortfall, Tally, Threshold, Tie,
    TieBreak,
};

fn is_a_value<T: Send + Sync + Clone + Debug + PartialEq + Eq + Hash + 'static>() {}
fn is_an_error<T: std::error::Error + Send + Sync + Clone + PartialEq + 'static>() {}

#[test]
fn public_types_are_values_that_cross_threads() {
    is_a_value::<Admission>();
    is_a_value::<Allocation>();
    is_a_value::<AllocationMethod>();
    is_a_value::<Ballot>();
    is_a_value::<Base>();
    is_a_value::<Contest<'static>>();
    is_a_value::<Divisors>();
    is_a_value::<Election>();
    is_a_value::<Excess>();
    is_a_value::<Outcome>();
    is_a_value::<Party>();
    is_a_value::<PartyOutcome>();
    is_a_value::<Quota>();
    is_a_value::<Ranking>();
    is_a_value::<Ratio>();
    is_a_value::<Rounding>();
    is_a_value::<Rule>();
    is_a_value::<Settled<String>>();
    is_a_value::<Shortfall>();
    is_a_value::<Tally>();
    is_a_value::<Threshold>();
    is_a_value::<Tie>();
    is_a_value::<TieBreak<String>>();
}

#[test]
fn errors_and_ties_are_errors() {
    is_an_error::<Error>();
    is_an_error::<Tie>();
}

#[test]
fn methods_can_be_chosen_at_run_time() {
    let method: Box<dyn Apportion + Send + Sync> = Box::new("dhondt".parse::<AllocationMethod>().unwrap());
    assert_eq!(method.allocate(&[2, 1], 3).unwrap().certain(), [2, 1]);
    assert!("imperiali".parse::<AllocationMethod>().is_err());
    assert!("condorcet".parse::<AllocationMethod>().is_err());
}

#[test]
fn a_users_own_method_says_in_words_why_it_has_no_answer() {
    let error = Error::Method { what: "the last party would have -1 seats".into() };
    assert_eq!(error.to_string(), "the last party would have -1 seats");
}

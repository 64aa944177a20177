//! Tallies from ballots, from counts, and from many places.

use apportion::{Ballot, Base, Error, Party, Tally};
use proptest::prelude::*;

fn ballot() -> impl Strategy<Value = Ballot> {
    let name = || prop::sample::select(vec!["A", "B", "C", "D"]);
    prop_oneof![
        4 => name().prop_map(Ballot::party),
        2 => Just(vec!["A", "B", "C", "D"]).prop_shuffle().prop_flat_map(|names| {
            (1..=names.len()).prop_map(move |length| Ballot::ranked(names[..length].to_vec()).unwrap())
        }),
        1 => Just(Ballot::Blank),
        1 => Just(Ballot::Invalid),
        1 => Just(Ballot::AgainstAll),
    ]
}

fn counted(ballots: &[Ballot]) -> Tally {
    let mut tally = Tally::new(["A", "B", "C", "D"]).unwrap();
    tally.extend(ballots.iter().cloned());
    tally
}

proptest! {
    #[test]
    fn places_merge_in_any_order_to_the_tally_of_all_ballots(
        ballots in prop::collection::vec(ballot(), 0..60),
        cuts in prop::collection::vec(0_usize..60, 2),
    ) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(ballots.len())).collect();
        cuts.sort_unstable();
        let places = [&ballots[..cuts[0]], &ballots[cuts[0]..cuts[1]], &ballots[cuts[1]..]].map(counted);
        let whole = counted(&ballots);
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            prop_assert_eq!(&Tally::total(order.map(|place| &places[place])).unwrap(), &whole);
        }
    }

    #[test]
    fn every_ballot_cast_is_counted_once(ballots in prop::collection::vec(ballot(), 0..60)) {
        let tally = counted(&ballots);
        prop_assert_eq!(tally.base(Base::Cast), Ok(ballots.len() as u128));
        let valid = ballots.iter().filter(|ballot| !matches!(ballot, Ballot::Blank | Ballot::Invalid)).count();
        prop_assert_eq!(tally.base(Base::Valid), Ok(valid as u128));
        for name in ["A", "B", "C", "D"] {
            let first = ballots.iter().filter(|ballot| ballot.first() == Some(name)).count();
            prop_assert_eq!(tally.votes(name), Some(first as u128));
        }
    }
}

#[test]
fn ballots_collect_into_a_tally_with_parties_as_they_come() {
    let tally: Tally =
        [Ballot::party("B"), Ballot::ranked(["A", "C"]).unwrap(), Ballot::party("B")].into_iter().collect();
    let names: Vec<&str> = tally.parties().iter().map(Party::name).collect();
    assert_eq!(names, ["B", "A", "C"]);
    assert_eq!(tally.votes("B"), Some(2));
    assert_eq!(tally.votes("C"), Some(0));
    assert_eq!(tally.votes("D"), None);
    assert_eq!(tally.rankings().collect::<Vec<_>>(), [(vec!["A", "C"], 1)]);
}

#[test]
fn a_ranking_names_someone_and_nobody_twice() {
    assert_eq!(Ballot::ranked(Vec::<String>::new()), Err(Error::EmptyRanking));
    assert_eq!(Ballot::ranked(["A", "B", "A"]), Err(Error::RepeatedParty { name: "A".into(), place: "a ballot" }));
}

#[test]
fn two_parties_of_one_name_or_one_without_are_refused() {
    assert_eq!(Tally::new(["A", "B", "A"]), Err(Error::DuplicateParty { name: "A".into() }));
    assert_eq!(Tally::new(["A", ""]), Err(Error::EmptyName { index: 1 }));
}

#[test]
fn a_party_that_differs_between_places_is_refused_and_nothing_is_added() {
    let mut here = Tally::from_votes([(Party::new("A").with_members(2), 10)]).unwrap();
    let there = Tally::from_votes([("B", 5), ("A", 7)]).unwrap();
    let before = here.clone();
    assert_eq!(here.merge(&there), Err(Error::PartyDiffers { name: "A".into(), difference: "members" }));
    assert_eq!(here, before);
}

#[test]
fn ballots_cast_and_registered_voters_add_up_or_stay_unknown() {
    let tally = |votes| Tally::from_votes([("A", votes)]).unwrap();
    let mut total = tally(10).with_cast(15).with_registered(20);
    total.merge(&tally(5).with_invalid(1).with_registered(10)).unwrap();
    assert_eq!((total.base(Base::Cast), total.registered()), (Ok(21), Some(30)));
    total.merge(&tally(1)).unwrap();
    assert_eq!((total.base(Base::Cast), total.registered()), (Ok(22), None));
}

#[test]
fn more_counted_than_cast_is_an_error() {
    let tally = Tally::from_votes([("A", 10)]).unwrap().with_invalid(2).with_cast(11);
    assert_eq!(tally.base(Base::Cast), Err(Error::CastBelowParts { cast: 11, parts: 12 }));
}

#[test]
fn sums_beyond_64_bits_are_kept_and_named_when_a_method_would_need_them() {
    let mut tally = Tally::from_votes([("A", u64::MAX)]).unwrap();
    tally.merge(&tally.clone()).unwrap();
    let votes = 2 * u128::from(u64::MAX);
    assert_eq!(tally.votes("A"), Some(votes));
    let rule = apportion::Rule::new(apportion::AllocationMethod::HARE, 3);
    assert_eq!(rule.apply(&tally), Err(Error::TooManyVotes { what: "A".into(), count: votes }));
}

//! Small inputs that other programs answer wrongly: wrapped integers, rounded floats, ties settled in silence.

#![allow(clippy::unwrap_used)] // tests may fail loudly

use apportion::{Allocation, AllocationMethod, Contest, Error, Excess, Rule, Tally, Threshold, Tie};

fn assert_tied(allocation: &Allocation, certain: &[u64], parties: &[usize], seats: u64) {
    assert_eq!(allocation.certain(), certain);
    assert_eq!(allocation.tie(), Some(&Tie::new(parties, seats).unwrap()));
    assert!(allocation.seats().is_err(), "an open tie is not an answer");
}

#[test]
fn seven_of_a_hundred_votes_pass_seven_percent_and_win_one_of_twenty_seats() {
    let tally = Tally::from_votes([("A", 93), ("B", 7)]).unwrap();
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 20).threshold(Threshold::share("7%".parse().unwrap()));
    let outcome = rule.apply(&tally).unwrap();
    assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(19), Some(1)));
}

#[test]
fn three_equal_hare_remainders_stay_a_tie_for_one_seat() {
    // Quota 3: remainders 1, 1, 1.
    assert_tied(&AllocationMethod::HARE.allocate(&[4, 13, 1], 6).unwrap(), &[1, 4, 0], &[0, 1, 2], 1);
}

#[test]
fn two_equal_hare_remainders_stay_a_tie_after_a_larger_one_is_served() {
    assert_tied(&AllocationMethod::HARE.allocate(&[15, 15, 19, 11], 6).unwrap(), &[1, 1, 2, 1], &[0, 1], 1);
}

#[test]
fn huntington_hill_ties_are_found_by_squares() {
    // 1000 / √2 = 6000 / √72.
    assert_tied(&AllocationMethod::HUNTINGTON_HILL.allocate(&[1_000, 6_000], 10).unwrap(), &[1, 8], &[0, 1], 1);
}

#[test]
fn huntington_hill_divisors_of_five_hundred_seats_do_not_wrap() {
    let allocation = AllocationMethod::HUNTINGTON_HILL.allocate(&[600_000, 400_000], 500).unwrap();
    assert_eq!(allocation.seats().unwrap(), [300, 200]);
}

#[test]
fn adams_with_fewer_seats_than_parties_serves_the_largest() {
    assert_eq!(AllocationMethod::ADAMS.allocate(&[10, 5, 3], 2).unwrap().seats().unwrap(), [1, 1, 0]);
}

#[test]
fn an_imperiali_quota_that_gives_out_too_much_is_an_error_or_takes_a_seat_back() {
    let votes = [600, 300, 100];
    assert!(matches!(
        AllocationMethod::IMPERIALI_QUOTA.allocate(&votes, 5),
        Err(Error::TooManyWholeQuotas { given: 6, seats: 5, .. })
    ));
    // Quota 1000/7: 4, 2 and 0 whole ones; remainders 28.6, 14.3.
    let contest = Contest::new(&votes, 5).excess(Excess::SmallestRemainders);
    assert_eq!(AllocationMethod::IMPERIALI_QUOTA.allocate_contest(&contest).unwrap().seats().unwrap(), [4, 1, 0]);
}

#[test]
fn d_hondt_quotients_of_millions_do_not_wrap() {
    assert_eq!(AllocationMethod::D_HONDT.allocate(&[5_000_000, 1_000_000], 3).unwrap().seats().unwrap(), [3, 0]);
}

#[test]
fn equal_votes_stay_a_tie_and_the_same_one_at_every_run() {
    for _ in 0..100 {
        assert_tied(&AllocationMethod::D_HONDT.allocate(&[10, 10], 3).unwrap(), &[1, 1], &[0, 1], 1);
    }
}

#[test]
fn one_vote_more_wins_where_floats_see_none() {
    for method in [AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE, AllocationMethod::HARE] {
        let allocation = method.allocate(&[1 << 53, (1 << 53) + 1], 1).unwrap();
        assert_eq!(allocation.seats().unwrap(), [0, 1], "{method}");
    }
}

#[test]
fn a_house_is_compared_party_by_party() {
    // [3, 0] is not at least [2, 1], though it is the larger word in a dictionary.
    let smaller = AllocationMethod::D_HONDT.allocate(&[2, 1], 3).unwrap();
    let larger = AllocationMethod::D_HONDT.allocate(&[2, 1], 4).unwrap();
    assert!(larger.certain().iter().zip(smaller.certain()).all(|(more, less)| more >= less));
}

//! Contests with bounds and held seats by the kernels against the general path: tight bounds, loose ones, impossible ones.
//!
//! The general path itself is tested against one seat at a time. With `MORE=100` in the environment there are a hundred
//! times as many contests.

use alloc::vec::Vec;

use super::agreement_tests::{Numbers, methods, tries};
use crate::method::{AllocationMethod, Contest, bounded};

/// One number for each party, or none at all.
fn list(numbers: &mut Numbers, parties: usize, mut one: impl FnMut(&mut Numbers) -> u64) -> Vec<u64> {
    if numbers.below(3) == 0 { Vec::new() } else { (0..parties).map(|_| one(numbers)).collect() }
}

/// A contest whose bounds are about what parties get, or far from it.
fn bounded_contest<'v>(numbers: &mut Numbers, votes: &'v [u64], seats: u64) -> Contest<'v> {
    let parties = votes.len();
    let fair = 1 + seats / parties as u64;
    let about = [2, fair, 2 * fair, 1 + seats / 2][numbers.below(4) as usize];
    let some = numbers.below(4);
    let minimums = list(numbers, parties, |numbers| match some {
        0 => 1,
        1 => numbers.below(2),
        _ => numbers.below(1 + fair),
    });
    let maximums: Vec<Option<u64>> = list(numbers, parties, |numbers| numbers.below(3 * about))
        .into_iter()
        .map(|most| (most % 3 > 0).then_some(most))
        .collect();
    let held = list(numbers, parties, |numbers| if some == 3 { numbers.below(2) } else { numbers.below(about) });
    Contest::new(votes, seats).minimums(minimums).maximums(maximums).held(held).vacancies(some == 2)
}

fn assert_agreement(seed: u64, contests: u64, most: u64) {
    let mut numbers = Numbers(seed);
    let (mut glances, methods) = (0, methods());
    for number in 0..contests {
        let parties = 1 + numbers.below(most);
        let votes = numbers.votes(parties as usize);
        let seats = numbers.seats(parties).min(1 << 58);
        let contest = bounded_contest(&mut numbers, &votes, seats);
        let method = &methods[(number % methods.len() as u64) as usize];
        assert_eq!(method.allocate_contest(&contest), method.allocate_generally(&contest), "{method}, {contest:?}");
        if let AllocationMethod::HighestAverages(divisors) = method {
            glances += u64::from(bounded::highest_averages(divisors, &contest).is_some());
        }
    }
    assert!(glances > contests / 20, "{glances}: what is compared is seldom the kernel");
}

#[test]
fn bounded_contests_of_up_to_nine_parties_agree() {
    assert_agreement(0x9E37_79B9_7F4A_7C15, tries(20_000), 9);
}

#[test]
fn bounded_contests_of_up_to_seventy_parties_agree() {
    assert_agreement(0x2545_F491_4F6C_DD1D, tries(4_000), 70);
}

/// Of two parties that hold the same, or must have the same, all bits together must not look as if nobody held anything.
#[test]
fn giant_bounds_that_two_parties_share_are_not_taken_for_small_ones() {
    let mut numbers = Numbers(0x8EBC_6AF0_9C88_C6E3);
    let methods = methods();
    for number in 0..tries(4_000) {
        let giant = 1 << (54 + numbers.below(9));
        let votes: Vec<u64> = (0..6).map(|_| 1 + numbers.below(1_000)).collect();
        let some = |numbers: &mut Numbers| -> Vec<u64> {
            let small = numbers.below(5);
            [giant, giant, small, 0, 1, small].to_vec()
        };
        let seats = [numbers.below(50), 2 * giant + numbers.below(50)][numbers.below(2) as usize];
        let contest = match numbers.below(3) {
            0 => Contest::new(&votes, seats).held(some(&mut numbers)),
            1 => Contest::new(&votes, seats).minimums(some(&mut numbers)),
            _ => {
                let maximums: Vec<Option<u64>> = some(&mut numbers).into_iter().map(Some).collect();
                Contest::new(&votes, seats).held(some(&mut numbers)).maximums(maximums)
            }
        };
        let method = &methods[(number % methods.len() as u64) as usize];
        assert_eq!(method.allocate_contest(&contest), method.allocate_generally(&contest), "{method}, {contest:?}");
    }
}

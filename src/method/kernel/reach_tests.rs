//! How far the fast paths reach: each answers nearly all contests of the kind that it is for, so that none is lost unnoticed.
//! What they answer is held by `agreement_tests`.

use alloc::vec;
use alloc::vec::Vec;

use super::agreement_tests::{Numbers, methods};
use super::*;
use crate::method::Contest;

/// Of a hundred random contests, how many are answered: votes below a number, of parties of very different sizes, and one seat
/// to ten for each party.
fn answered(parties: usize, below: u64, mut answers: impl FnMut(&[u64], u64, &mut [u64]) -> bool) -> usize {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut out = vec![0; parties];
    let tried = (0..100).filter(|_| {
        let votes: Vec<u64> = (0..parties).map(|_| 1 + numbers.below(below) / (1 + numbers.below(9))).collect();
        let seats = parties as u64 + numbers.below(9 * parties as u64);
        answers(&votes, seats, &mut out)
    });
    tried.count()
}

/// Divisors that are a curve of the votes.
fn curves() -> impl Iterator<Item = Divisors> {
    all_divisors().filter(|divisors| !is_irregular(divisors) && *divisors != Divisors::MACAU)
}

fn all_divisors() -> impl Iterator<Item = Divisors> {
    methods().into_iter().filter_map(|method| match method {
        AllocationMethod::HighestAverages(divisors) => Some(divisors),
        _ => None,
    })
}

fn quotas() -> impl Iterator<Item = Quota> {
    methods().into_iter().filter_map(|method| match method {
        AllocationMethod::LargestRemainder(quota) => Some(quota),
        _ => None,
    })
}

/// Divisors that are listed and grow too unevenly to be a curve.
fn is_uneven(divisors: &Divisors) -> bool {
    let text = alloc::string::ToString::to_string(divisors);
    ["divisors 100000, 100001, …", "divisors 1, 100, 101, …"].contains(&text.as_str())
}

#[test]
fn few_parties_are_answered_row_by_row() {
    let regular = curves().map(AllocationMethod::HighestAverages);
    for method in regular.chain(quotas().map(AllocationMethod::LargestRemainder)) {
        for parties in 1..=8 {
            // By some quotas few parties have more whole quotas than there are seats.
            let mut possible = 0;
            let rows = answered(parties, 10_000_000, |votes, seats, out| {
                let whole = method.allocate_generally(&Contest::new(votes, seats));
                possible += usize::from(whole.is_ok_and(|whole| whole.seats().is_ok()));
                rows_up_to_8(&method, votes, parties, seats, out) == 1
            });
            assert!(10 * rows >= 7 * possible, "{method}, {parties} parties: {rows} of {possible}");
        }
    }
}

#[test]
fn up_to_64_parties_are_answered_in_single_precision() {
    let mut scratch = Scratch::new();
    for divisors in curves() {
        let some = answered(30, 10_000_000, |votes, seats, out| {
            highest_averages_up_to_64(&divisors, votes, seats, out, &mut scratch)
        });
        assert!(some > 90, "{divisors}: {some}");
    }
}

#[test]
fn bounds_are_kept_for_every_curve() {
    for divisors in all_divisors().filter(|divisors| *divisors != Divisors::MACAU) {
        let some = answered(30, 1 << 40, |votes, seats, out| {
            let (least, most) = (vec![1; 30], vec![seats / 3; 30]);
            highest_averages_within(&divisors, votes, seats, &least, Some(&most), out)
        });
        assert_eq!(some > 85, !is_uneven(&divisors), "{divisors}: {some}");
    }
}

#[test]
fn any_number_of_parties_is_answered() {
    let mut scratch = Scratch::new();
    for divisors in curves().chain([Divisors::MACAU]) {
        // Also where many have the same votes, so that seats jump.
        for (parties, below) in [(30, 1 << 60), (200, 10_000_000), (200, 1 << 40), (200, 1 << 60), (3_000, 40)] {
            let some = answered(parties, below, |votes, seats, out| {
                highest_averages(&divisors, votes, Total::of(votes), seats, out, &mut scratch).is_some()
            });
            assert_eq!(some, 100, "{divisors}: {parties} parties");
        }
    }
    for divisors in all_divisors().filter(is_irregular) {
        let some = answered(30, 1 << 60, |votes, seats, out| {
            highest_averages(&divisors, votes, Total::of(votes), seats, out, &mut scratch).is_some()
        });
        assert_eq!(some > 95, !is_uneven(&divisors), "{divisors}: {some}");
    }
}

#[test]
fn many_parties_are_answered_in_every_precision() {
    struct InPrecision<'a> {
        votes: &'a [u64],
        seats: u64,
        range: Range,
        ladder: Ladder,
        out: &'a mut [u64],
        scratch: &'a mut Scratch,
    }
    impl ByCurve for InPrecision<'_> {
        type Answer = bool;

        fn answer<C: Curve>(self, curve: C) -> bool {
            let Self { votes, seats, range, ladder, out, scratch } = self;
            let poll = Total::of(votes).poll(votes, seats);
            let tied = match range {
                Range::Single => any_number::allocate::<C, Single>(curve, &ladder, poll, out, scratch),
                Range::Double => any_number::allocate::<C, Double>(curve, &ladder, poll, out, scratch),
                Range::Any => any_number::allocate::<C, Rounded>(curve, &ladder, poll, out, scratch),
            };
            tied.is_some()
        }
    }
    let mut scratch = Scratch::new();
    for divisors in curves() {
        for (parties, below) in [(80, 10_000_000), (3_000, 40)] {
            for range in [Range::Single, Range::Double, Range::Any] {
                let some = answered(parties, below, |votes, seats, out| {
                    let (ladder, scratch) = (divisors.ladder(), &mut scratch);
                    let task = InPrecision { votes, seats, range, ladder, out, scratch };
                    by_curve(&divisors, task).unwrap_or(false)
                });
                assert_eq!(some, 100, "{divisors}, {range:?}: {parties} parties");
            }
        }
    }
}

#[test]
fn remainders_are_answered_for_any_number_of_parties() {
    let mut scratch = Scratch::new();
    for quota in quotas() {
        for (parties, below) in [(30, 10_000_000), (30, 1 << 56), (200, 10_000_000), (200, 1 << 40), (3_000, 1_000_000)]
        {
            let some = answered(parties, below, |votes, seats, out| {
                largest_remainders(quota, votes, Total::of(votes), seats, out, &mut scratch).is_some()
            });
            assert_eq!(some, 100, "{quota:?}: {parties} parties");
        }
        let some = answered(30, 10_000_000, |votes, seats, out| {
            let sum = votes.iter().sum();
            let quota = WholeQuota::of(quota, sum, seats).unwrap();
            remainders_up_to_64::allocate(quota, sum, votes, seats, out)
                && whole_quotas(Quota::HARE, votes, Total::of(votes), seats, out)
        });
        assert_eq!(some, 100, "{quota:?}");
    }
}

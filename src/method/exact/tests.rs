//! Weights against counts: the same contest must have the same answer, whatever the votes are written over.

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;
use num_rational::BigRational;
use proptest::collection::vec as list;
use proptest::prelude::*;

use super::super::properties::{Frame, divisors, frame, framed, quotas, votes};
use super::super::{AllocationMethod, Contest, Divisors, Excess, Quota, Rounding, Stage, reference};
use super::{ExactContest, Weights};
use crate::allocation::TieBreak;
use crate::error::Error;

fn stage() -> impl Strategy<Value = Stage> {
    let kind = prop_oneof![
        quotas().prop_map(Stage::whole_quotas),
        quotas().prop_map(Stage::largest_remainders_of),
        divisors().prop_map(Stage::highest_averages),
        divisors().prop_map(Stage::highest_averages_of_remainders),
        Just(Stage::most_votes()),
    ];
    (kind, prop::option::of(1_u64..=4), prop::option::of(1_u64..=8), prop::option::of(1_u64..=2)).prop_map(
        |(mut stage, each, total, seats)| {
            if let Some(each) = each {
                stage = stage.each(each);
            }
            if let Some(total) = total {
                stage = stage.total(total);
            }
            seats.map_or(stage.clone(), |seats| stage.only_with_seats(seats))
        },
    )
}

fn methods() -> impl Strategy<Value = AllocationMethod> {
    prop_oneof![
        quotas().prop_map(AllocationMethod::LargestRemainder),
        divisors().prop_map(AllocationMethod::HighestAverages),
        list(stage(), 1..=3).prop_map(AllocationMethod::Stages),
        Just(AllocationMethod::BalinskiYoung),
    ]
}

/// Numbers that do and do not fit one, two and three machine words.
fn factors() -> impl Strategy<Value = BigUint> {
    let word = || prop_oneof![Just(1_u64), 1_u64..=12, 1..=u64::MAX];
    (word(), word(), word()).prop_map(|(a, b, c)| BigUint::from(a) * b * c)
}

fn scaled(votes: &[u64], factor: &BigUint) -> Vec<BigUint> {
    votes.iter().map(|&votes| factor * votes).collect()
}

/// The contest over weights that is `contest` with votes and quota base times `factor`, over `denominator`.
fn over<'a>(contest: &Contest<'_>, weights: &'a Weights, factor: &BigUint) -> ExactContest<'a> {
    ExactContest {
        quota_base: contest.quota_votes.map(|base| factor * base),
        held: contest.held.to_vec(),
        minimums: contest.minimums.to_vec(),
        maximums: contest.maximums.to_vec(),
        excess: contest.excess,
        vacancies: contest.vacancies,
        tie_break: contest.tie_break.clone(),
        ..ExactContest::new(weights, contest.seats)
    }
}

fn bounded() -> impl Strategy<Value = (Vec<u64>, Frame)> {
    votes().prop_flat_map(|votes| {
        let frame = frame(votes.len());
        (Just(votes), frame)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn votes_over_a_common_factor_are_the_votes(
        method in methods(),
        (votes, frame) in bounded(),
        seats in 0_u64..=40,
        factor in factors(),
        chain in prop_oneof![Just(vec![]), Just(vec![TieBreak::MostVotes, TieBreak::ListOrder])],
    ) {
        let contest = framed(&votes, seats, &frame).tie_break(chain);
        let weights = Weights::new(scaled(&votes, &factor), factor.clone()).unwrap();
        let found = method.allocate_exact(&over(&contest, &weights, &factor));
        prop_assert_eq!(found, method.allocate_contest(&contest), "{}: {:?}", method, contest);
    }

    #[test]
    fn nothing_but_a_rounded_quota_depends_on_the_unit_of_the_weights(
        divisors in divisors(), votes in votes(), seats in 0_u64..=60, times in factors(), over in factors(),
    ) {
        let weights = Weights::new(scaled(&votes, &times), over).unwrap();
        let exact = |quota: Quota| AllocationMethod::LargestRemainder(quota.rounded(Rounding::Exact));
        for method in [AllocationMethod::HighestAverages(divisors), exact(Quota::HARE), exact(Quota::DROOP)] {
            let found = method.allocate_exact(&ExactContest::new(&weights, seats));
            prop_assert_eq!(found, method.allocate(&votes, seats), "{}", method);
        }
    }

    #[test]
    fn a_quota_is_rounded_in_votes_not_in_parts_of_them(
        quota in quotas(), numerators in votes(), seats in 1_u64..=12,
        denominator in prop_oneof![1_u64..=4, 1_u64..=1_000], lose in any::<bool>(),
    ) {
        let sum: u128 = numerators.iter().map(|&votes| u128::from(votes)).sum();
        let base = BigRational::new(sum.into(), denominator.into());
        let price = reference::quota_of(quota, base, seats);
        let excess = if lose { Excess::SmallestRemainders } else { Excess::Error };
        let weights = Weights::new(scaled(&numerators, &1_u8.into()), denominator.into()).unwrap();
        let contest = ExactContest { excess, ..ExactContest::new(&weights, seats) };
        let found = AllocationMethod::LargestRemainder(quota).allocate_exact(&contest);
        // Of counts that are the numerators, the Hare quota of price x denominator x seats is price x denominator.
        let hare = price.clone() * BigRational::from_integer((u128::from(denominator) * u128::from(seats)).into());
        if let (true, Ok(base)) = (hare.is_integer() && sum > 0, u128::try_from(hare.to_integer())) {
            let counts = Contest::new(&numerators, seats).quota_votes(base).excess(excess);
            match (found, AllocationMethod::HARE.allocate_contest(&counts)) {
                (Err(Error::ZeroQuota { .. }), Err(Error::ZeroQuota { .. })) => {}
                (Err(Error::TooManyWholeQuotas { given, .. }), Err(Error::TooManyWholeQuotas { given: wanted, .. })) => {
                    prop_assert_eq!(given, wanted);
                }
                (found, wanted) => prop_assert_eq!(found, wanted, "{}", quota),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn giant_houses_are_filled_as_those_of_counts(
        divisors in divisors(),
        votes in list(prop_oneof![any::<u64>(), Just(1), Just(u64::MAX), Just(0), 1_u64..=9], 1..=7),
        seats in prop_oneof![Just(1_000_000_000_000_000_000), Just(u64::MAX), any::<u64>(), 1_u64..=100_000],
        factor in factors(),
    ) {
        let weights = Weights::new(scaled(&votes, &factor), 1_u8.into()).unwrap();
        let method = AllocationMethod::HighestAverages(divisors);
        let found = method.allocate_exact(&ExactContest::new(&weights, seats));
        prop_assert_eq!(found, method.allocate(&votes, seats));
    }

    #[test]
    fn weights_that_differ_in_one_part_of_many_are_not_tied(divisors in divisors(), power in 65_u32..=400) {
        let one = BigUint::from(1_u8) << power;
        let weights = Weights::new(vec![one.clone(), one + 1_u8], 3_u8.into()).unwrap();
        let method = AllocationMethod::HighestAverages(divisors);
        let found = method.allocate_exact(&ExactContest::new(&weights, 1)).unwrap();
        prop_assert_eq!(found.seats().unwrap(), [0, 1]);
    }
}

#[test]
fn fractions_of_different_denominators_are_weights_over_one() {
    let fraction = |a: u8, b: u8| (BigUint::from(a), BigUint::from(b));
    let weights = Weights::of_fractions(&[fraction(1, 2), fraction(1, 3), fraction(5, 6)]).unwrap();
    assert_eq!(weights, Weights::new(vec![3_u8.into(), 2_u8.into(), 5_u8.into()], 6_u8.into()).unwrap());
    assert!(matches!(Weights::of_fractions(&[fraction(1, 0)]), Err(Error::ParameterOutOfRange { .. })));
}

#[test]
fn whole_quotas_of_weights_are_those_of_the_real_numbers() {
    // 7/2, 5/2 and 1 votes for 3 seats: the Hare quota is 7/3, and rounded to the nearest whole vote 2.
    let weights = Weights::new(vec![7_u8.into(), 5_u8.into(), 2_u8.into()], 2_u8.into()).unwrap();
    let contest = ExactContest::new(&weights, 3);
    assert_eq!(contest.whole_quotas(Quota::HARE).unwrap(), [1, 1, 0]);
    assert_eq!(contest.whole_quotas(Quota::HARE.rounded(Rounding::Up)).unwrap(), [1, 0, 0]);
    assert_eq!(contest.whole_quotas(Quota::HARE.rounded(Rounding::Nearest)).unwrap(), [1, 1, 0]);
}

#[test]
fn the_quota_method_says_which_weights_are_too_large_for_it() {
    let huge = BigUint::from(1_u8) << 70_u8;
    let weights = Weights::new(vec![huge, 1_u8.into()], 1_u8.into()).unwrap();
    let found = AllocationMethod::BalinskiYoung.allocate_exact(&ExactContest::new(&weights, 2));
    assert!(matches!(found, Err(Error::ParameterOutOfRange { value, .. }) if value == "1180591620717411303424"));
}

#[test]
fn adams_serves_the_largest_weights_first() {
    let unit = BigUint::from(10_u8).pow(40);
    let weights = Weights::new(vec![&unit * 3_u8, &unit * 10_u8, &unit * 5_u8], unit).unwrap();
    let found = AllocationMethod::HighestAverages(Divisors::ADAMS).allocate_exact(&ExactContest::new(&weights, 2));
    assert_eq!(found.unwrap().seats().unwrap(), [0, 1, 1]);
}

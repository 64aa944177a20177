//! Both families against the slow, obvious implementation, with ties, zeros, equal votes and giants made on purpose.

use alloc::vec;
use alloc::vec::Vec;

use proptest::collection::vec as list;
use proptest::prelude::*;

use super::reference;
use super::{AllocationMethod, Contest, Divisors, Excess, Quota, Rounding};
use crate::allocation::Allocation;
use crate::error::Error;
use crate::num::Ratio;

/// Votes of 1 to 9 parties, of one kind, so that ties and near-ties are common.
pub(super) fn votes() -> impl Strategy<Value = Vec<u64>> {
    let one = prop_oneof![
        Just((0_u64..=12).boxed()),
        Just((0_u64..=1_000).boxed()),
        Just(((1_u64 << 53) - 3..=(1 << 53) + 3).boxed()),
        Just((u64::MAX - 4..=u64::MAX).boxed()),
        Just(any::<u64>().boxed()),
        // Multiples and halves of one number meet in every sequence.
        (1_u64..=1 << 50).prop_map(|unit| (0_u64..=12).prop_map(move |times| unit * times).boxed()),
        any::<u64>().prop_map(|same| Just(same).boxed()),
        Just(prop_oneof![Just(1_u64), Just(u64::MAX), Just(0)].boxed()),
    ];
    (one, 1_usize..=9).prop_flat_map(|(one, parties)| list(one, parties))
}

fn ratio(numerator: u64, denominator: u64) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

/// Every sequence, with parameters from their whole ranges.
pub(super) fn divisors() -> impl Strategy<Value = Divisors> {
    let largest = u64::from(u32::MAX);
    let denominator = prop_oneof![1_u64..=10, 1..=largest];
    let part = denominator.prop_flat_map(|d| (0..=d, Just(d)));
    prop_oneof![
        Just(Divisors::D_HONDT),
        Just(Divisors::SAINTE_LAGUE),
        Just(Divisors::DANISH),
        Just(Divisors::IMPERIALI),
        Just(Divisors::ADAMS),
        Just(Divisors::DEAN),
        Just(Divisors::HUNTINGTON_HILL),
        Just(Divisors::MACAU),
        part.clone().prop_map(|(n, d)| Divisors::stationary(ratio(n, d)).unwrap()),
        (0_u64..=2, part).prop_map(|(whole, (n, d))| {
            let first = ratio(whole * d + n.min(d - 1), d);
            Divisors::modified_sainte_lague(first).unwrap()
        }),
        (1_u64..=12, 1_u64..=12).prop_map(|(n, d)| Divisors::power(ratio(n, d)).unwrap()),
        prop_oneof![Just((1, 100)), Just((100, 1)), Just((99, 100)), Just((9, 10))]
            .prop_map(|(n, d)| Divisors::power(ratio(n, d)).unwrap()),
        (list(1_u64..=40, 1..=12), 0_u64..=5, 1_u64..=6).prop_map(|(steps, first, denominator)| {
            let mut listed = vec![ratio(first, denominator)];
            let mut at = first;
            for step in steps {
                at += step;
                listed.push(ratio(at, denominator));
            }
            Divisors::custom(listed).unwrap()
        }),
    ]
}

pub(super) fn quotas() -> impl Strategy<Value = Quota> {
    let roundings =
        [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::HalfDown, Rounding::Next];
    (0..Quota::ALL.len(), prop::option::of(0..roundings.len())).prop_map(move |(quota, rounding)| match rounding {
        Some(rounding) => Quota::ALL[quota].rounded(roundings[rounding]),
        None => Quota::ALL[quota],
    })
}

/// Held seats, minimums and maximums for some number of parties, each there or not.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    held: Vec<u64>,
    minimums: Vec<u64>,
    maximums: Vec<Option<u64>>,
    quota_votes: Option<u128>,
    excess: Excess,
    vacancies: bool,
}

pub(super) fn frame(parties: usize) -> impl Strategy<Value = Frame> {
    let seats_of = move |most: u64| prop_oneof![Just(Vec::new()), list(0..=most, parties)];
    let caps = prop_oneof![Just(Vec::new()), list(prop::option::of(0_u64..=12), parties)];
    let base = prop_oneof![4 => Just(None), 1 => (0_u128..=5_000).prop_map(Some)];
    (seats_of(5), seats_of(3), caps, base, any::<bool>(), any::<bool>()).prop_map(
        |(held, minimums, maximums, quota_votes, lose, vacancies)| Frame {
            held,
            minimums,
            maximums,
            quota_votes,
            excess: if lose { Excess::SmallestRemainders } else { Excess::Error },
            vacancies,
        },
    )
}

pub(super) fn framed<'a>(votes: &'a [u64], seats: u64, frame: &Frame) -> Contest<'a> {
    let contest = Contest::new(votes, seats)
        .held(frame.held.clone())
        .minimums(frame.minimums.clone())
        .maximums(frame.maximums.clone())
        .excess(frame.excess)
        .vacancies(frame.vacancies);
    match frame.quota_votes {
        Some(base) => contest.quota_votes(base),
        None => contest,
    }
}

/// The answers that plain contests get by the kernels and by the general path.
fn both(method: &AllocationMethod, votes: &[u64], seats: u64) -> [Result<Allocation, Error>; 2] {
    [method.allocate(votes, seats), method.allocate_generally(&Contest::new(votes, seats))]
}

/// The answer must be the reference's; errors of the contest itself are not the reference's business.
fn assert_same(
    contest: &Contest<'_>,
    found: &Result<Allocation, Error>,
    wanted: impl Fn() -> Result<Allocation, Error>,
) {
    match found {
        Err(Error::NoVotes { .. }) => {
            assert!(contest.seats > 0 && contest.votes.iter().all(|&votes| votes == 0));
        }
        Err(Error::MinimumAboveMaximum { .. }) => {
            let above = |(&minimum, maximum): (&u64, &Option<u64>)| maximum.is_some_and(|maximum| minimum > maximum);
            assert!(contest.minimums.iter().zip(contest.maximums.iter()).any(above));
        }
        found => assert_eq!(*found, wanted(), "{contest:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn highest_averages_are_those_of_one_seat_at_a_time(divisors in divisors(), votes in votes(), seats in 0_u64..=60) {
        let contest = Contest::new(&votes, seats);
        for found in both(&AllocationMethod::HighestAverages(divisors.clone()), &votes, seats) {
            assert_same(&contest, &found, || reference::highest_averages(&divisors, &contest));
        }
    }

    #[test]
    fn highest_averages_keep_bounds_and_held_seats_as_one_seat_at_a_time_does(
        divisors in divisors(),
        (votes, frame) in votes().prop_flat_map(|votes| { let frame = frame(votes.len()); (Just(votes), frame) }),
        seats in 0_u64..=40,
    ) {
        let contest = framed(&votes, seats, &frame);
        let found = AllocationMethod::HighestAverages(divisors.clone()).allocate_contest(&contest);
        assert_same(&contest, &found, || reference::highest_averages(&divisors, &contest));
    }

    #[test]
    fn largest_remainders_are_those_of_one_seat_at_a_time(quota in quotas(), votes in votes(), seats in 0_u64..=60) {
        let contest = Contest::new(&votes, seats);
        for found in both(&AllocationMethod::LargestRemainder(quota), &votes, seats) {
            assert_same(&contest, &found, || reference::largest_remainders(quota, &contest));
        }
    }

    #[test]
    fn largest_remainders_keep_bounds_and_held_seats_as_one_seat_at_a_time_does(
        quota in quotas(),
        (votes, frame) in votes().prop_flat_map(|votes| { let frame = frame(votes.len()); (Just(votes), frame) }),
        seats in 0_u64..=40,
    ) {
        let contest = framed(&votes, seats, &frame);
        let found = AllocationMethod::LargestRemainder(quota).allocate_contest(&contest);
        assert_same(&contest, &found, || reference::largest_remainders(quota, &contest));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn giant_houses_satisfy_the_max_min_inequality(
        divisors in divisors().prop_filter("2^s is of another size", |d| *d != Divisors::MACAU),
        votes in list(prop_oneof![any::<u64>(), Just(1), Just(u64::MAX), Just(0), 1_u64..=9], 1..=7),
        seats in prop_oneof![Just(1_000_000_000_000_000_000), Just(u64::MAX), any::<u64>(), 1_u64..=100_000],
    ) {
        if votes.iter().any(|&votes| votes > 0) {
            let found = AllocationMethod::HighestAverages(divisors.clone()).allocate(&votes, seats).unwrap();
            reference::assert_max_min(&divisors, &Contest::new(&votes, seats), &found);
        }
    }

    #[test]
    fn giant_held_seats_satisfy_the_max_min_inequality(
        divisors in divisors().prop_filter("2^s is of another size", |d| *d != Divisors::MACAU),
        parties in list((prop_oneof![any::<u64>(), 1_u64..=9], prop_oneof![any::<u64>(), Just(0), Just(u64::MAX)]), 1..=6),
        seats in prop_oneof![Just(1_000_000_000_000_000_000), any::<u64>(), 1_u64..=100_000],
    ) {
        let votes: Vec<u64> = parties.iter().map(|party| party.0).collect();
        let held: Vec<u64> = parties.iter().map(|party| party.1.min(u64::MAX - seats)).collect();
        if votes.iter().any(|&votes| votes > 0) {
            let contest = Contest::new(&votes, seats).held(held);
            let found = AllocationMethod::HighestAverages(divisors.clone()).allocate_contest(&contest).unwrap();
            reference::assert_max_min(&divisors, &contest, &found);
        }
    }

    #[test]
    fn giant_hare_houses_are_those_of_one_seat_at_a_time(
        votes in list(prop_oneof![any::<u64>(), Just(1), Just(u64::MAX), Just(0), 1_u64..=9], 1..=7),
        quota in quotas(),
        seats in prop_oneof![Just(1_000_000_000_000_000_000), Just(u64::MAX), any::<u64>(), 1_u64..=100_000],
    ) {
        let contest = Contest::new(&votes, seats);
        for found in both(&AllocationMethod::LargestRemainder(quota), &votes, seats) {
            assert_same(&contest, &found, || reference::largest_remainders(quota, &contest));
        }
    }
}

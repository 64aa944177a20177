//! Strategies for property tests: votes that tie on purpose, zeros, giants, and what real elections look like.
//!
//! Each is a function that returns a [`Strategy`], and each shrinks to small numbers that can be read. The public input
//! types have [`Arbitrary`] too, so `any::<Tally>()` works.
//!
//! # Examples
//! ```
//! use apportion::AllocationMethod;
//! use apportion::axioms::{Axiom, strategies};
//! use proptest::prelude::*;
//!
//! proptest! {
//!     // #[test] in a test
//!     fn d_hondt_lets_nobody_lose_by_a_larger_house(instance in strategies::instances()) {
//!         prop_assert_eq!(Axiom::HouseMonotonicity.check(&AllocationMethod::D_HONDT, &instance), Ok(()));
//!     }
//! }
//! d_hondt_lets_nobody_lose_by_a_larger_house();
//! ```

mod arbitrary;
#[cfg(feature = "serde")]
mod documents;
mod elections;
mod methods;

use alloc::vec::Vec;

use proptest::collection::vec;
use proptest::prelude::*;

use super::Instance;

#[cfg(feature = "serde")]
pub use documents::elections;
pub use elections::{ballots, parties, rules, tallies, thresholds};
pub use methods::{divisors, methods, quotas, ratios, shares};

/// Votes of any of the kinds below; at least one party has some.
pub fn votes() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![
        3 => tied_votes(),
        2 => votes_with_zeros(),
        1 => one_party(),
        3 => realistic_votes(),
        1 => giants(),
    ]
}

/// Votes of a few values for up to eight parties, so that many are equal or multiples of each other and claims tie.
pub fn tied_votes() -> impl Strategy<Value = Vec<u64>> {
    let scale = prop_oneof![4 => Just(1_u64), 1 => 2..=1_000_u64];
    (vec(1..=6_u64, 1..=8), scale).prop_map(|(votes, scale)| votes.into_iter().map(|votes| votes * scale).collect())
}

/// Votes of up to eight parties of which some have none; at least one has some.
pub fn votes_with_zeros() -> impl Strategy<Value = Vec<u64>> {
    (vec(prop_oneof![Just(0_u64), 0..=60_u64], 1..=8), 1..=60_u64, any::<proptest::sample::Index>()).prop_map(
        |(mut votes, some, at)| {
            let at = at.index(votes.len());
            votes[at] = votes[at].max(some);
            votes
        },
    )
}

/// The votes of one party, alone.
pub fn one_party() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![4 => 1..=1_000_u64, 1 => giant()].prop_map(|votes| [votes].to_vec())
}

/// Votes up to 2^64 - 1 of up to six parties; their sum may be more.
pub fn giants() -> impl Strategy<Value = Vec<u64>> {
    vec(giant(), 1..=6)
}

/// A number of votes that is often near a power of two where arithmetic wraps.
fn giant() -> impl Strategy<Value = u64> {
    let edge = prop_oneof![Just(1_u64 << 32), Just(1 << 53), Just(1 << 63), Just(u64::MAX - 1)];
    prop_oneof![
        1 => 1..=9_u64,
        2 => (edge, 0..=2_u64).prop_map(|(edge, offset)| edge - 1 + offset),
        1 => 1..=u64::MAX,
    ]
}

/// Votes as elections bring them: two to twelve parties, a few of them large and the others small, up to six million
/// votes each. They shrink to whole percentages of a small electorate.
pub fn realistic_votes() -> impl Strategy<Value = Vec<u64>> {
    // A break that depends on the shares alone stays one while the whole electorate shrinks.
    let beyond = || prop_oneof![1 => Just(0_u64), 3 => 0..1_000_u64];
    let large = vec((8..=60_u64, beyond()), 1..=4);
    let small = vec((1..=7_u64, beyond()), 1..=8);
    (large, small, 0..=5_u32).prop_map(|(mut percent, small, magnitude)| {
        percent.extend(small);
        let electorate = 10_u64.pow(magnitude);
        percent.into_iter().map(|(percent, beyond)| percent * electorate + beyond * electorate / 1_000).collect()
    })
}

/// Votes and seats for which every ideal share is a whole number: votes are the same multiple of seats for all.
pub fn exact_multiples() -> impl Strategy<Value = Instance> {
    (votes_with_zeros(), 1..=9_u64).prop_map(|(shares, multiple)| {
        let seats = shares.iter().sum();
        Instance::new(shares.into_iter().map(|share| share * multiple).collect::<Vec<_>>(), seats)
    })
}

/// More parties with votes than seats.
pub fn more_parties_than_seats() -> impl Strategy<Value = Instance> {
    vec(1..=20_u64, 2..=9)
        .prop_flat_map(|votes| (1..votes.len() as u64, Just(votes)))
        .prop_map(|(seats, votes)| Instance::new(votes, seats))
}

/// Votes that tie on purpose and few seats: most methods answer a quarter of them or more with a tie.
pub fn tied_instances() -> impl Strategy<Value = Instance> {
    (tied_votes(), 1..=12_u64).prop_map(|(votes, seats)| Instance::new(votes, seats))
}

/// Votes and seats of any kind: ties, zeros, one party, fewer seats than parties, exact shares, giants, real ones.
pub fn instances() -> impl Strategy<Value = Instance> {
    let seats = prop_oneof![8 => 1..=12_u64, 4 => 0..=300_u64, 1 => giant()];
    prop_oneof![
        6 => (votes(), seats).prop_map(|(votes, seats)| Instance::new(votes, seats)),
        1 => exact_multiples(),
        1 => more_parties_than_seats(),
    ]
}

/// Two elections of the same parties: some keep their votes, some win or lose a few, some double.
pub fn pairs_of_elections() -> impl Strategy<Value = Instance> {
    let change = || prop_oneof![2 => Just((0_i64, 1_u64)), 3 => (-3..=3_i64, Just(1)), 1 => (0..=1_i64, Just(2))];
    (prop_oneof![tied_votes(), votes_with_zeros()], vec(change(), 8), 1..=12_u64).prop_map(|(votes, changes, seats)| {
        let changed = |(&votes, &(more, times)): (&u64, &(i64, u64))| (votes * times).saturating_add_signed(more);
        let after: Vec<u64> = votes.iter().zip(&changes).map(changed).collect();
        Instance::new(votes, seats).then(after)
    })
}

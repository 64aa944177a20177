//! `Arbitrary` for the public input types: `any::<Tally>()`.

use alloc::vec::Vec;

use proptest::arbitrary::Arbitrary;
use proptest::collection::btree_set;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

use crate::allocation::TieBreak;
use crate::axioms::{Axiom, Instance};
use crate::count::Ballot;
use crate::count::Base;
use crate::count::Party;
use crate::count::Tally;
use crate::method::{AllocationMethod, Divisors, Excess, Quota, Rounding};
use crate::num::Ratio;
use crate::rule::Rule;
use crate::rule::Threshold;
use crate::tie::Tie;

/// `Arbitrary` for a type by one of the strategies.
macro_rules! arbitrary {
    ($($type:ty => $strategy:expr;)*) => { $(
        impl Arbitrary for $type {
            type Parameters = ();
            type Strategy = BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                $strategy.boxed()
            }
        }
    )* };
}

arbitrary! {
    Ratio => super::ratios();
    Quota => super::quotas();
    Rounding => select([Self::Exact, Self::Down, Self::Up, Self::Nearest, Self::HalfDown, Self::Next].as_slice());
    Divisors => super::divisors();
    AllocationMethod => super::methods();
    Excess => select([Self::Error, Self::SmallestRemainders].as_slice());
    Tie => ties();
    TieBreak => tie_breaks();
    Axiom => select(Self::ALL.as_slice());
    Instance => super::instances();
    Party => super::parties();
    Ballot => super::ballots();
    Base => select([Self::PartyVotes, Self::Valid, Self::ValidAndBlank, Self::Cast, Self::Registered].as_slice());
    Tally => super::tallies();
    Threshold => super::thresholds();
    Rule => super::rules();
}

#[cfg(feature = "serde")]
arbitrary! {
    crate::Election => super::elections();
}

/// Ties among some of eight parties.
fn ties() -> impl Strategy<Value = Tie> {
    btree_set(0..8_usize, 2..=6)
        .prop_flat_map(|parties| (1..parties.len() as u64, Just(parties)))
        .prop_filter_map("fewer seats than parties", |(seats, parties)| {
            Tie::new(parties.into_iter().collect::<Vec<_>>(), seats)
        })
}

/// Tie-breaks by index, with lots drawn among eight parties.
fn tie_breaks() -> impl Strategy<Value = TieBreak> {
    let drawn = proptest::sample::subsequence((0..8_usize).collect::<Vec<_>>(), 1..=8).prop_shuffle();
    prop_oneof![
        3 => select(Vec::from([TieBreak::MostVotes, TieBreak::FewestVotes, TieBreak::ListOrder])),
        1 => drawn.prop_map(TieBreak::Drawn),
    ]
}

//! Strategies for methods and what they are made of.

use alloc::vec::Vec;

use proptest::collection::btree_set;
use proptest::prelude::*;
use proptest::sample::select;

use crate::method::{AllocationMethod, Divisors, Quota, Rounding};
use crate::num::Ratio;

/// Ratios as statutes write them: fractions, decimals and percentages, zero and above one among them.
pub fn ratios() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        (0..=12_u64, 1..=12_u64).prop_map(|(numerator, denominator)| fraction(numerator, denominator)),
        shares(),
        (0..=40_000_u64).prop_map(|thousandths| read(&alloc::format!(
            "{}.{:03}",
            thousandths / 1_000,
            thousandths % 1_000
        ))),
    ]
}

/// Shares of at most one: percentages and fractions.
pub fn shares() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        (0..=100_u64).prop_map(|percent| read(&alloc::format!("{percent}%"))),
        (0..=999_u64).prop_map(|tenths| read(&alloc::format!("{}.{}%", tenths / 10, tenths % 10))),
        (1..=20_u64)
            .prop_flat_map(|denominator| (0..=denominator, Just(denominator)))
            .prop_map(|(n, d)| fraction(n, d)),
    ]
}

/// Text that is a ratio.
fn read(text: &str) -> Ratio {
    text.parse().unwrap_or(Ratio::ONE)
}

/// A fraction whose denominator is not zero.
fn fraction(numerator: u64, denominator: u64) -> Ratio {
    Ratio::new(numerator, denominator).unwrap_or(Ratio::ONE)
}

/// The quotas of the literature, mostly with their own rounding.
pub fn quotas() -> impl Strategy<Value = Quota> {
    let rounding = select(
        [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::HalfDown, Rounding::Next]
            .as_slice(),
    );
    prop_oneof![
        2 => select(Quota::ALL.as_slice()),
        1 => (select(Quota::ALL.as_slice()), rounding).prop_map(|(quota, rounding)| quota.rounded(rounding)),
    ]
}

/// All divisor sequences, those with parameters and custom ones included.
pub fn divisors() -> impl Strategy<Value = Divisors> {
    let named = select(Vec::from([
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::ADAMS,
        Divisors::HUNTINGTON_HILL,
        Divisors::DEAN,
        Divisors::DANISH,
        Divisors::IMPERIALI,
        Divisors::MACAU,
    ]));
    // Parameters within their ranges, so that no fallback is ever taken.
    let or_d_hondt = |divisors: Result<Divisors, crate::Error>| divisors.unwrap_or(Divisors::D_HONDT);
    prop_oneof![
        4 => named,
        1 => (5..=14_u64).prop_map(move |fifths| or_d_hondt(Divisors::modified_sainte_lague(fraction(fifths, 5)))),
        1 => shares().prop_map(move |r| or_d_hondt(Divisors::stationary(r))),
        1 => (1..=20_u64).prop_map(move |tenths| or_d_hondt(Divisors::power(fraction(tenths, 10)))),
        1 => btree_set(0..=40_u64, 2..=6).prop_map(move |halves| {
            let listed: Vec<Ratio> = halves.into_iter().map(|half| fraction(half, 2)).collect();
            or_d_hondt(Divisors::custom(listed))
        }),
    ]
}

/// Methods of both families.
pub fn methods() -> impl Strategy<Value = AllocationMethod> {
    prop_oneof![
        divisors().prop_map(AllocationMethod::HighestAverages),
        quotas().prop_map(AllocationMethod::LargestRemainder),
    ]
}

//! The smallest known breaks of axioms by this crate's methods; every one is checked by a test.
//!
//! Those of the eleven methods of the table in the example `axioms` were recomputed exactly from random instances of up
//! to 4 parties, 60 votes a party and 8 seats, and have no tie; the others were found by [`search`](super::search).

use super::Axiom;
use crate::method::Quota;
use crate::method::Sequence;
use crate::num::Ratio;

/// An outcome of these votes and seats that breaks the axiom; with the votes of the second election, where it takes two.
pub(super) struct Break {
    pub(super) axiom: Axiom,
    pub(super) votes: &'static [u64],
    pub(super) seats: u64,
    pub(super) outcome: &'static [u64],
    pub(super) after: Option<&'static [u64]>,
}

/// The known breaks of a method with this quota.
pub(super) fn of_quota(quota: Quota) -> &'static [Break] {
    match quota {
        Quota::HARE => &HARE,
        Quota::HAGENBACH_BISCHOFF => &HAGENBACH_BISCHOFF,
        Quota::DROOP => &DROOP,
        Quota::IMPERIALI => &IMPERIALI_QUOTA,
        _ => &[],
    }
}

/// The known breaks of a method with these divisors.
pub(super) fn of_divisors(divisors: &Sequence) -> &'static [Break] {
    match divisors {
        Sequence::Adams => &ADAMS,
        Sequence::Dean => &DEAN,
        Sequence::HuntingtonHill => &HUNTINGTON_HILL,
        Sequence::SainteLague => &SAINTE_LAGUE,
        Sequence::DHondt => &D_HONDT,
        Sequence::ModifiedSainteLague(first) if is(*first, 7, 5) => &SAINTE_LAGUE_7_5,
        Sequence::ModifiedSainteLague(first) if is(*first, 6, 5) => &SAINTE_LAGUE_6_5,
        Sequence::Imperiali => &IMPERIALI_DIVISORS,
        Sequence::Danish => &DANISH,
        Sequence::Macau => &MACAU,
        _ => &[],
    }
}

fn is(ratio: Ratio, numerator: u64, denominator: u64) -> bool {
    (ratio.numerator(), ratio.denominator()) == (numerator, denominator)
}

const fn one(axiom: Axiom, votes: &'static [u64], seats: u64, outcome: &'static [u64]) -> Break {
    Break { axiom, votes, seats, outcome, after: None }
}

const fn two(axiom: Axiom, votes: &'static [u64], after: &'static [u64], seats: u64, outcome: &'static [u64]) -> Break {
    Break { axiom, votes, seats, outcome, after: Some(after) }
}

static ADAMS: [Break; 4] = [
    one(Axiom::LowerQuota, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::Majority, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::MergingNeverLoses, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::Apparentement, &[7, 8, 6], 2, &[1, 1, 0]),
];

static DEAN: [Break; 7] = [
    one(Axiom::LowerQuota, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::UpperQuota, &[5, 1, 1, 1, 1, 1], 12, &[7, 1, 1, 1, 1, 1]),
    one(Axiom::Majority, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::Minority, &[39, 26, 15], 7, &[4, 2, 1]),
    one(Axiom::MergingNeverLoses, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::MergingNeverGains, &[18, 10, 5], 8, &[4, 3, 1]),
    one(Axiom::Apparentement, &[7, 8, 6], 2, &[1, 1, 0]),
];

static HUNTINGTON_HILL: [Break; 7] = [
    one(Axiom::LowerQuota, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::UpperQuota, &[4, 1, 1, 1, 1], 10, &[6, 1, 1, 1, 1]),
    one(Axiom::Majority, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::Minority, &[39, 26, 15], 7, &[4, 2, 1]),
    one(Axiom::MergingNeverLoses, &[8, 3, 1], 3, &[1, 1, 1]),
    one(Axiom::MergingNeverGains, &[8, 6, 3], 7, &[3, 3, 1]),
    one(Axiom::Apparentement, &[7, 8, 6], 2, &[1, 1, 0]),
];

static SAINTE_LAGUE: [Break; 7] = [
    one(Axiom::LowerQuota, &[35, 4, 4, 4], 7, &[4, 1, 1, 1]),
    one(Axiom::UpperQuota, &[46, 12, 4, 4], 7, &[6, 1, 0, 0]),
    one(Axiom::Majority, &[15, 11, 3], 7, &[3, 3, 1]),
    one(Axiom::Minority, &[17, 13, 5], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[16, 5, 2], 8, &[5, 2, 1]),
    one(Axiom::MergingNeverGains, &[8, 6, 3], 7, &[3, 3, 1]),
    one(Axiom::Apparentement, &[7, 8, 6], 2, &[1, 1, 0]),
];

static D_HONDT: [Break; 3] = [
    one(Axiom::UpperQuota, &[15, 4, 1], 8, &[7, 1, 0]),
    one(Axiom::Minority, &[10, 9, 2], 7, &[4, 3, 0]),
    one(Axiom::MergingNeverGains, &[9, 3, 1], 6, &[5, 1, 0]),
];

static SAINTE_LAGUE_7_5: [Break; 7] = [
    one(Axiom::LowerQuota, &[4, 1, 1, 1, 1], 14, &[6, 2, 2, 2, 2]),
    one(Axiom::UpperQuota, &[29, 4, 4], 5, &[5, 0, 0]),
    one(Axiom::Majority, &[24, 15, 8], 5, &[2, 2, 1]),
    one(Axiom::Minority, &[11, 8, 4], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[16, 5, 2], 8, &[6, 2, 0]),
    one(Axiom::MergingNeverGains, &[7, 5, 2], 4, &[2, 2, 0]),
    one(Axiom::Apparentement, &[1, 1, 1], 2, &[1, 1, 0]),
];

static IMPERIALI_DIVISORS: [Break; 6] = [
    one(Axiom::Exactness, &[4, 2, 1], 7, &[5, 2, 0]),
    one(Axiom::LowerQuota, &[4, 2, 1], 7, &[5, 2, 0]),
    one(Axiom::UpperQuota, &[4, 2, 1], 7, &[5, 2, 0]),
    one(Axiom::Minority, &[8, 7, 2], 7, &[4, 3, 0]),
    one(Axiom::MergingNeverGains, &[4, 2, 1], 7, &[5, 2, 0]),
    one(Axiom::Stability, &[29, 8, 7], 6, &[6, 0, 0]),
];

static DANISH: [Break; 7] = [
    one(Axiom::LowerQuota, &[15, 4, 1], 8, &[5, 2, 1]),
    one(Axiom::UpperQuota, &[5, 1, 1, 1, 1, 1], 12, &[7, 1, 1, 1, 1, 1]),
    one(Axiom::Majority, &[15, 9, 4], 3, &[1, 1, 1]),
    one(Axiom::Minority, &[21, 20, 4], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[8, 5, 1], 7, &[4, 2, 1]),
    one(Axiom::MergingNeverGains, &[12, 5, 1], 5, &[3, 2, 0]),
    one(Axiom::Apparentement, &[7, 8, 6], 2, &[1, 1, 0]),
];

static MACAU: [Break; 9] = [
    one(Axiom::Exactness, &[2, 1], 6, &[3, 3]),
    one(Axiom::LowerQuota, &[3, 2, 1], 8, &[3, 3, 2]),
    one(Axiom::UpperQuota, &[15, 4, 1], 8, &[4, 3, 1]),
    one(Axiom::Majority, &[15, 8, 5], 8, &[3, 3, 2]),
    one(Axiom::Minority, &[11, 8, 4], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[3, 2, 1], 8, &[3, 3, 2]),
    one(Axiom::MergingNeverGains, &[9, 4, 1], 4, &[3, 1, 0]),
    one(Axiom::Stability, &[21, 9, 4], 8, &[4, 3, 1]),
    one(Axiom::Apparentement, &[1, 1, 1], 5, &[2, 2, 1]),
];

static HARE: [Break; 9] = [
    one(Axiom::HouseMonotonicity, &[9, 3, 1], 6, &[4, 1, 1]),
    two(Axiom::PopulationMonotonicity, &[29, 13, 5], &[30, 22, 5], 6, &[4, 2, 0]),
    one(Axiom::Uniformity, &[12, 5, 1], 5, &[3, 2, 0]),
    one(Axiom::RemovalMonotonicity, &[13, 8, 3, 3], 5, &[2, 1, 1, 1]),
    one(Axiom::Majority, &[15, 11, 3], 7, &[3, 3, 1]),
    one(Axiom::Minority, &[17, 13, 5], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[16, 5, 2], 8, &[5, 2, 1]),
    one(Axiom::MergingNeverGains, &[9, 3, 1], 6, &[4, 1, 1]),
    one(Axiom::Apparentement, &[7, 8, 6], 2, &[1, 1, 0]),
];

static HAGENBACH_BISCHOFF: [Break; 9] = [
    one(Axiom::HouseMonotonicity, &[18, 10, 3], 7, &[4, 2, 1]),
    two(Axiom::PopulationMonotonicity, &[28, 27, 6], &[36, 29, 6], 8, &[4, 4, 0]),
    one(Axiom::Uniformity, &[15, 4, 1], 8, &[6, 2, 0]),
    one(Axiom::RemovalMonotonicity, &[3, 1, 1, 1], 2, &[1, 0, 1, 0]),
    one(Axiom::UpperQuota, &[29, 4, 4], 5, &[5, 0, 0]),
    one(Axiom::Minority, &[10, 9, 2], 7, &[4, 3, 0]),
    one(Axiom::MergingNeverLoses, &[12, 9, 6, 1], 8, &[3, 3, 2, 0]),
    one(Axiom::MergingNeverGains, &[6, 3, 2], 4, &[2, 1, 1]),
    one(Axiom::Apparentement, &[3, 1, 1, 1], 2, &[1, 1, 0, 0]),
];

static SAINTE_LAGUE_6_5: [Break; 7] = [
    one(Axiom::LowerQuota, &[4, 1, 1, 1, 1], 6, &[2, 1, 1, 1, 1]),
    one(Axiom::UpperQuota, &[3, 1, 1, 1], 2, &[2, 0, 0, 0]),
    one(Axiom::Majority, &[4, 1, 1, 1], 5, &[2, 1, 1, 1]),
    one(Axiom::Minority, &[3, 3, 1], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[1, 1, 1], 2, &[1, 1, 0]),
    one(Axiom::MergingNeverGains, &[1, 1, 1], 4, &[1, 1, 2]),
    one(Axiom::Apparentement, &[1, 1, 1], 2, &[1, 1, 0]),
];

static DROOP: [Break; 13] = [
    one(Axiom::Homogeneity, &[2, 1], 4, &[3, 1]),
    one(Axiom::HouseMonotonicity, &[4, 4, 1], 3, &[1, 1, 1]),
    two(Axiom::OwnVoteMonotonicity, &[3, 1, 1], &[4, 1, 1], 2, &[2, 0, 0]),
    two(Axiom::PopulationMonotonicity, &[3, 1, 0], &[4, 1, 1], 2, &[2, 0, 0]),
    one(Axiom::Uniformity, &[4, 1, 1], 2, &[1, 1, 0]),
    one(Axiom::RemovalMonotonicity, &[4, 1, 1], 2, &[1, 0, 1]),
    one(Axiom::LowerQuota, &[2, 1, 1], 6, &[2, 2, 2]),
    one(Axiom::UpperQuota, &[10, 2, 2, 1], 3, &[3, 0, 0, 0]),
    one(Axiom::Majority, &[3, 1, 1], 3, &[1, 1, 1]),
    one(Axiom::Minority, &[3, 3, 1], 3, &[2, 1, 0]),
    one(Axiom::MergingNeverLoses, &[1, 1, 1], 2, &[1, 1, 0]),
    one(Axiom::MergingNeverGains, &[5, 1, 1], 3, &[2, 0, 1]),
    one(Axiom::Apparentement, &[1, 1, 1], 2, &[1, 1, 0]),
];

static IMPERIALI_QUOTA: [Break; 6] = [
    one(Axiom::HouseMonotonicity, &[5, 5, 1, 1], 7, &[3, 3, 1, 0]),
    one(Axiom::Uniformity, &[5, 1, 1, 1], 4, &[3, 1, 0, 0]),
    one(Axiom::RemovalMonotonicity, &[5, 1, 1, 1], 4, &[3, 0, 1, 0]),
    one(Axiom::UpperQuota, &[3, 1, 1, 1], 2, &[2, 0, 0, 0]),
    one(Axiom::Minority, &[4, 3, 1, 1], 5, &[3, 2, 0, 0]),
    one(Axiom::MergingNeverGains, &[1, 1, 1, 1], 5, &[1, 1, 2, 1]),
];

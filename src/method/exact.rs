//! Exact weights: contests whose votes are whole numbers of any size over one denominator.
//!
//! Unused votes, votes per seat and voter numbers are such weights. This is the slow path: big integers throughout, and
//! time that still does not grow with the number of seats.

use core::cmp::Ordering;

use alloc::string::ToString;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::claims::{Claims, SeatClaim};
use super::contest::{Contest, Excess};
use super::divisor::{Divisor, Divisors};
use super::quota::{Quota, Rounding};
use super::{AllocationMethod, highest_averages, largest_remainder, stages};
use crate::allocation::{Allocation, TieBreak};
use crate::error::Error;

/// Weights of parties: numerators of any size over one denominator.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Weights {
    numerators: Vec<BigUint>,
    denominator: BigUint,
}

impl Weights {
    /// The weights `numerators` / `denominator`.
    ///
    /// # Errors
    /// [`Error::ParameterOutOfRange`] for a denominator of zero.
    pub(crate) fn new(numerators: Vec<BigUint>, denominator: BigUint) -> Result<Self, Error> {
        if denominator == BigUint::ZERO {
            let (parameter, range) = ("the denominator of the weights", "above 0");
            return Err(Error::ParameterOutOfRange { parameter, value: "0".into(), range });
        }
        Ok(Self { numerators, denominator })
    }

    /// The weights that these fractions, numerator and denominator, are.
    ///
    /// # Errors
    /// [`Error::ParameterOutOfRange`] for a denominator of zero.
    pub(crate) fn of_fractions(fractions: &[(BigUint, BigUint)]) -> Result<Self, Error> {
        let mut common = BigUint::from(1_u8);
        for (_, denominator) in fractions {
            if *denominator != BigUint::ZERO {
                common = &common / greatest_common_divisor(&common, denominator) * denominator;
            } else {
                common = BigUint::ZERO;
                break;
            }
        }
        if common == BigUint::ZERO {
            return Self::new(Vec::new(), common);
        }
        let numerators = fractions.iter().map(|(numerator, denominator)| numerator * (&common / denominator)).collect();
        Self::new(numerators, common)
    }

    /// The numerator of each weight.
    pub(crate) fn numerators(&self) -> &[BigUint] {
        &self.numerators
    }

    /// The denominator of all.
    pub(crate) const fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// The sum of the weights, as a numerator over the denominator.
    pub(crate) fn sum(&self) -> BigUint {
        self.numerators.iter().sum()
    }

    /// Small numbers in the order of the weights; zero for zero.
    pub(crate) fn ranks(&self) -> Vec<u64> {
        let mut sorted: Vec<&BigUint> = self.numerators.iter().filter(|&weight| *weight != BigUint::ZERO).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let rank = |weight: &BigUint| match sorted.binary_search(&weight) {
            Ok(position) => position as u64 + 1,
            Err(_) => 0,
        };
        self.numerators.iter().map(rank).collect()
    }

    /// The leading bits of the weights, to one scale, and at least 1 where there is any weight.
    pub(crate) fn leading_bits(&self) -> Vec<u64> {
        let bits = self.numerators.iter().map(BigUint::bits).max().unwrap_or(0);
        let shift = bits.saturating_sub(u64::BITS.into());
        let leading = |weight: &BigUint| {
            let bits = u64::try_from(weight >> shift).unwrap_or(u64::MAX);
            bits.max(u64::from(*weight != BigUint::ZERO))
        };
        self.numerators.iter().map(leading).collect()
    }

    /// The weights in lowest terms, without their denominator, where they fit 64 bits.
    fn in_lowest_terms(&self) -> Option<Vec<u64>> {
        let none = BigUint::ZERO;
        let common = self.numerators.iter().fold(none, |common, weight| greatest_common_divisor(&common, weight));
        if common == BigUint::ZERO {
            return Some(alloc::vec![0; self.numerators.len()]);
        }
        self.numerators.iter().map(|weight| u64::try_from(weight / &common).ok()).collect()
    }
}

/// A [`Contest`] over weights: what it does not set is as there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExactContest<'a> {
    pub(crate) weights: &'a Weights,
    /// What a quota is taken of, as a numerator over the weights' denominator; their sum by default.
    pub(crate) quota_base: Option<BigUint>,
    pub(crate) seats: u64,
    pub(crate) held: Vec<u64>,
    pub(crate) minimums: Vec<u64>,
    pub(crate) maximums: Vec<Option<u64>>,
    pub(crate) excess: Excess,
    pub(crate) vacancies: bool,
    /// Settles ties inside a method in stages.
    pub(crate) tie_break: Vec<TieBreak>,
    /// Per stage of a method in stages, who passes what a law asks of those that take part; empty where it asks nothing.
    pub(crate) passing: Vec<Vec<bool>>,
}

impl<'a> ExactContest<'a> {
    /// A contest without bounds.
    pub(crate) const fn new(weights: &'a Weights, seats: u64) -> Self {
        Self {
            weights,
            quota_base: None,
            seats,
            held: Vec::new(),
            minimums: Vec::new(),
            maximums: Vec::new(),
            excess: Excess::Error,
            vacancies: false,
            tie_break: Vec::new(),
            passing: Vec::new(),
        }
    }

    /// The whole quotas that each party's weight buys, bounds aside, or 2^128 - 1 where there are more.
    ///
    /// # Errors
    /// [`Error::ZeroQuota`] as for [`Quota::of`].
    pub(crate) fn whole_quotas(&self, quota: Quota) -> Result<Vec<u128>, Error> {
        let (ranks, rough) = (self.weights.ranks(), self.weights.leading_bits());
        let weighed = Weighed::new(self, &ranks, &rough);
        let size = weighed.quota(quota)?;
        Ok((0..ranks.len()).map(|party| weighed.whole_and_rest(party, &size).0).collect())
    }

    /// The contest made ready for the methods, with the ranks and leading bits of its weights.
    pub(crate) fn ready<'r>(&'r self, ranks: &'r [u64], rough: &'r [u64]) -> Weighed<'r> {
        Weighed::new(self, ranks, rough)
    }

    /// The contest of counts with these bounds.
    fn with_votes<'v>(&self, votes: &'v [u64]) -> Contest<'v> {
        let mut contest = Contest::new(votes, self.seats)
            .held(self.held.clone())
            .minimums(self.minimums.clone())
            .maximums(self.maximums.clone())
            .excess(self.excess)
            .tie_break(self.tie_break.clone())
            .passing(self.passing.clone());
        contest.vacancies = self.vacancies;
        // Only whether it is given matters: the quota itself is taken of weights.
        contest.quota_votes = self.quota_base.as_ref().map(|_| 0);
        contest
    }
}

impl AllocationMethod {
    /// Gives out the seats of a contest over weights of any size.
    ///
    /// # Errors
    /// As [`allocate_contest`](Self::allocate_contest); and [`Error::ParameterOutOfRange`] for the quota method of
    /// Balinski and Young where the weights in lowest terms do not fit 64 bits.
    pub(crate) fn allocate_exact(&self, contest: &ExactContest<'_>) -> Result<Allocation, Error> {
        let (ranks, rough) = (contest.weights.ranks(), contest.weights.leading_bits());
        let weighed = Weighed::new(contest, &ranks, &rough);
        match self {
            Self::LargestRemainder(quota) => largest_remainder::allocate(*quota, &weighed),
            Self::HighestAverages(divisors) => highest_averages::allocate(divisors, &weighed),
            Self::Stages(stages) => stages::allocate(stages, &weighed),
            Self::BalinskiYoung => match contest.weights.in_lowest_terms() {
                Some(votes) => self.allocate_contest(&contest.with_votes(&votes)),
                None => Err(Error::ParameterOutOfRange {
                    parameter: "the largest weight of the quota method, in lowest terms",
                    value: contest.weights.numerators.iter().max().map(ToString::to_string).unwrap_or_default(),
                    range: "below 2^64",
                }),
            },
        }
    }
}

/// A contest over weights, made ready for the methods.
pub(crate) struct Weighed<'a> {
    asked: &'a ExactContest<'a>,
    /// The seats and bounds, with ranks as votes.
    contest: Contest<'a>,
    rough: &'a [u64],
}

impl<'a> Weighed<'a> {
    fn new(asked: &'a ExactContest<'a>, ranks: &'a [u64], rough: &'a [u64]) -> Self {
        Self { asked, contest: asked.with_votes(ranks), rough }
    }
}

/// A quota of weights: `price` in the weights' numerators buys `parts` seats.
pub(crate) struct WeightQuota {
    pub(crate) price: BigUint,
    pub(crate) parts: BigUint,
}

impl Claims for Weighed<'_> {
    type Size = WeightQuota;
    type Rest = BigUint;

    fn contest(&self) -> &Contest<'_> {
        &self.contest
    }

    fn rough_votes(&self) -> &[u64] {
        self.rough
    }

    fn quota(&self, quota: Quota) -> Result<WeightQuota, Error> {
        let denominator = &self.asked.weights.denominator;
        let base = self.asked.quota_base.clone().unwrap_or_else(|| self.asked.weights.sum());
        let seats = BigUint::from(self.asked.seats) + quota.added();
        let zero = || Error::ZeroQuota {
            quota: quota.to_string(),
            votes: u128::try_from(&base / denominator).unwrap_or(u128::MAX),
            seats: self.asked.seats,
        };
        if seats == BigUint::ZERO {
            return Err(zero());
        }
        // The quota in votes is base / over.
        let over = denominator * &seats;
        let whole = &base / &over;
        let twice_rest = (&base - &whole * &over) * 2_u8;
        let one_more = match quota.rounding() {
            Rounding::Exact | Rounding::Down => false,
            Rounding::Up => twice_rest > BigUint::ZERO,
            Rounding::Nearest => twice_rest >= over,
            Rounding::HalfDown => twice_rest > over,
            Rounding::Next => true,
        };
        let size = match quota.rounding() {
            Rounding::Exact => WeightQuota { price: base.clone(), parts: seats },
            _ => WeightQuota { price: (whole + u8::from(one_more)) * denominator, parts: BigUint::from(1_u8) },
        };
        if size.price == BigUint::ZERO { Err(zero()) } else { Ok(size) }
    }

    fn whole_and_rest(&self, party: usize, size: &WeightQuota) -> (u128, BigUint) {
        let product = &self.asked.weights.numerators[party] * &size.parts;
        let whole = &product / &size.price;
        let rest = product - &whole * &size.price;
        (u128::try_from(whole).unwrap_or(u128::MAX), rest)
    }

    fn left(&self, party: usize, size: &WeightQuota, seats: u64) -> BigUint {
        let (votes, quotas) = (&self.asked.weights.numerators[party] * &size.parts, &size.price * seats);
        if votes > quotas { votes - quotas } else { BigUint::ZERO }
    }

    fn order(&self, divisors: &Divisors) -> impl Fn(SeatClaim, SeatClaim) -> Ordering {
        let weight = |claim: SeatClaim| &self.asked.weights.numerators[claim.party];
        move |a, b| {
            let (first, second) = (divisors.divisor(a.seat), divisors.divisor(b.seat));
            compare_quotients((weight(a), &first), (weight(b), &second))
        }
    }
}

/// How two quotients with positive weights compare; divisors of zero make both infinite, and leave it to the weights.
pub(crate) fn compare_quotients((a, under_a): (&BigUint, &Divisor), (b, under_b): (&BigUint, &Divisor)) -> Ordering {
    if under_a.is_zero() && under_b.is_zero() {
        return a.cmp(b);
    }
    // Crosswise; the root is that of the sequence, the same for both.
    let side =
        |weight: &BigUint, own: &Divisor, other: &Divisor| weight.pow(own.root) * &own.denominator * &other.numerator;
    let (left, right) = (side(a, under_a, under_b), side(b, under_b, under_a));
    if under_b.doublings >= under_a.doublings {
        compare_shifted(&left, under_b.doublings - under_a.doublings, &right)
    } else {
        compare_shifted(&right, under_a.doublings - under_b.doublings, &left).reverse()
    }
}

/// How `a` times 2^`doublings` compares with `b`, without writing out more bits than `b` has.
fn compare_shifted(a: &BigUint, doublings: u64, b: &BigUint) -> Ordering {
    if *a == BigUint::ZERO {
        a.cmp(b)
    } else if doublings > b.bits() {
        Ordering::Greater
    } else {
        (a << doublings).cmp(b)
    }
}

fn greatest_common_divisor(a: &BigUint, b: &BigUint) -> BigUint {
    let (mut a, mut b) = (a.clone(), b.clone());
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}

#[cfg(test)]
mod tests;

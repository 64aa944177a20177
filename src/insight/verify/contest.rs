//! One question to a method: its answer by certificate, without asking the method.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};

use super::balance::{Equal, chain_of};
use super::fault::Fault;
use super::stages;
use crate::allocation::TieBreak;
use crate::insight::Quotient;
use crate::method::{AllocationMethod, Divisors, Quota, Rounding};
use crate::num::text::decimals;
use crate::rule::trace::{ContestRecord, Numbers};
use crate::tie::Tie;

/// Seats that are to be checked: those of a record, or claimed ones.
pub(super) struct Answer<'a> {
    pub(super) certain: &'a [u64],
    pub(super) tie: Option<&'a Tie>,
    pub(super) vacant: u64,
    /// Whether equal claims with and without a seat are one end of a tie.
    pub(super) may_be_tied: bool,
    /// Whether the law asked how a tie between stages ends.
    pub(super) asked: bool,
}

/// What is wrong with an answer to a contest's question.
pub(super) fn fault(
    contest: &ContestRecord,
    answer: &Answer<'_>,
    names: &[String],
    chain: &[TieBreak<String>],
) -> Option<Fault> {
    let question = Question::new(contest);
    if let Some(fault) = question.bounds(contest, answer, names) {
        return Some(fault);
    }
    let entry = |party| contest.entries.iter().position(|entry| entry.parties.first() == Some(&party));
    let chain = chain_of(chain, |name| names.iter().position(|known| known.split(" + ").any(|known| known == name)));
    let settled = Equal::settled(&contest.settled, entry);
    let votes: Vec<u64> = match &contest.numbers {
        Numbers::Votes(votes) => votes.clone(),
        Numbers::Weights(weights) => weights.ranks(),
    };
    let equal = Equal {
        tie: answer.tie,
        chain: &chain,
        settled: &settled,
        may_be_tied: answer.may_be_tied,
        votes: &votes,
        names,
    };
    match contest.method.allocation() {
        _ if answer.asked => None,
        _ if !contest.stages.is_empty() => stages::fault(contest, &question, &equal, names),
        Some(AllocationMethod::HighestAverages(divisors)) => question.highest_averages(divisors, answer, &equal),
        Some(AllocationMethod::LargestRemainder(quota)) => question.largest_remainders(*quota, answer, &equal, names),
        _ => None,
    }
}

/// Votes and bounds of a contest, as large as they are.
pub(super) struct Question {
    pub(super) seats: u64,
    pub(super) votes: Vec<BigUint>,
    pub(super) denominator: BigUint,
    pub(super) base: BigUint,
    pub(super) held: Vec<u64>,
    pub(super) lower: Vec<u64>,
    pub(super) upper: Vec<u64>,
}

/// What a seat costs: votes as a ratio.
pub(super) struct Price {
    pub(super) votes: BigUint,
    pub(super) parts: BigUint,
}

impl Question {
    fn new(contest: &ContestRecord) -> Self {
        let (votes, denominator): (Vec<BigUint>, BigUint) = match &contest.numbers {
            Numbers::Votes(votes) => (votes.iter().map(|&votes| votes.into()).collect(), 1_u8.into()),
            Numbers::Weights(weights) => (weights.numerators().to_vec(), weights.denominator().clone()),
        };
        let base = contest.quota_base.clone().unwrap_or_else(|| votes.iter().sum());
        let lower: Vec<u64> = contest.entries.iter().map(|entry| entry.minimum).collect();
        // Whoever has no votes takes no more than its minimum.
        let most = contest.entries.iter().zip(&votes).map(|(entry, votes)| match entry.maximum {
            _ if *votes == BigUint::ZERO => entry.minimum,
            Some(maximum) => maximum,
            None => u64::MAX,
        });
        Self {
            seats: contest.seats,
            base,
            denominator,
            held: contest.entries.iter().map(|entry| entry.held).collect(),
            upper: most.collect(),
            lower,
            votes,
        }
    }

    /// What is wrong before any claims are compared: sums, minimums and maximums.
    fn bounds(&self, contest: &ContestRecord, answer: &Answer<'_>, names: &[String]) -> Option<Fault> {
        let tied = answer.tie.map_or(0, Tie::seats);
        let sum: u128 = answer.certain.iter().map(|&seats| u128::from(seats)).sum();
        if sum + u128::from(tied) + u128::from(answer.vacant) != u128::from(self.seats) {
            return Some(Fault::Step { what: alloc::format!("the sum of {}", contest.about) });
        }
        for (at, &seats) in answer.certain.iter().enumerate() {
            let most = seats + u64::from(answer.tie.is_some_and(|tie| tie.parties().contains(&at)));
            let (lower, upper) = (self.lower[at], self.upper[at]);
            let party = names[at].clone();
            if seats < lower {
                return Some(Fault::BelowMinimum { party, seats, minimum: lower });
            }
            if most > upper {
                return Some(Fault::AboveMaximum { party, seats: most, maximum: upper });
            }
        }
        let takes = |at: usize| answer.certain[at] < self.upper[at];
        let could = (0..self.votes.len()).find(|&at| answer.vacant > 0 && takes(at))?;
        Some(Fault::Step { what: alloc::format!("a vacancy, where {} could take the seat,", names[could]) })
    }

    fn highest_averages(&self, divisors: &Divisors, answer: &Answer<'_>, equal: &Equal<'_>) -> Option<Fault> {
        let (mut holding, mut waiting, mut tied) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &seats) in answer.certain.iter().enumerate() {
            let claim = |seats: u64| {
                Quotient::of(divisors, &self.votes[at], &BigUint::from(1_u8), self.held[at].saturating_add(seats))
            };
            if seats > self.lower[at] {
                holding.push((claim(seats - 1), at, seats));
            }
            if equal.tie.is_some_and(|tie| tie.parties().contains(&at)) {
                tied.push((claim(seats), at, seats + 1));
            } else if seats < self.upper[at] {
                waiting.push((claim(seats), at, seats + 1));
            }
        }
        // In fractions of a vote, quotients are printed in whole votes.
        equal.fault(&holding, &waiting, &tied, |quotient| quotient.to_string())
    }

    /// The quota in votes.
    pub(super) fn price(&self, quota: Quota) -> Price {
        let parts = &self.denominator * (BigUint::from(self.seats) + quota.added());
        let (whole, rest) = if parts == BigUint::ZERO {
            (BigUint::ZERO, BigUint::ZERO)
        } else {
            (&self.base / &parts, &self.base % &parts)
        };
        let twice = &rest * 2_u8;
        let up = match quota.rounding() {
            Rounding::Exact => return Price { votes: self.base.clone(), parts },
            Rounding::Down => false,
            Rounding::Up => rest > BigUint::ZERO,
            Rounding::Nearest => twice >= parts,
            Rounding::HalfDown => twice > parts,
            Rounding::Next => true,
        };
        Price { votes: whole + u8::from(up), parts: 1_u8.into() }
    }

    /// The whole quotas in a party's votes, whatever its bounds.
    pub(super) fn whole(&self, at: usize, price: &Price) -> u64 {
        let cost = &price.votes * &self.denominator;
        if cost == BigUint::ZERO {
            return 0;
        }
        u64::try_from(&self.votes[at] * &price.parts / cost).unwrap_or(u64::MAX)
    }

    /// votes - quota x seats, times the denominators of both.
    pub(super) fn remainder(&self, at: usize, price: &Price, seats: u64) -> BigInt {
        BigInt::from(&self.votes[at] * &price.parts) - BigInt::from(&price.votes * &self.denominator * seats)
    }

    /// A remainder in votes.
    pub(super) fn remainder_text(&self, remainder: &BigInt, price: &Price) -> String {
        let sign = if *remainder < BigInt::ZERO { "-" } else { "" };
        let unit = &price.parts * &self.denominator;
        alloc::format!("{sign}{} votes", decimals(&(remainder.magnitude() * 100_u8 / unit), 2))
    }

    fn largest_remainders(
        &self,
        quota: Quota,
        answer: &Answer<'_>,
        equal: &Equal<'_>,
        names: &[String],
    ) -> Option<Fault> {
        let minimums: u128 = self.lower.iter().map(|&seats| u128::from(seats)).sum();
        if minimums == u128::from(self.seats) {
            return None;
        }
        let price = self.price(quota);
        let whole: Vec<u64> =
            (0..self.votes.len()).map(|at| self.whole(at, &price).clamp(self.lower[at], self.upper[at])).collect();
        let given: u128 = whole.iter().map(|&seats| u128::from(seats)).sum();
        let too_many = given > u128::from(self.seats);
        // Of every party one seat is at stake: the one beyond its whole quotas, or the last of them.
        let (mut holding, mut waiting, mut tied) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &seats) in answer.certain.iter().enumerate() {
            let base = if too_many { whole[at].saturating_sub(1) } else { whole[at] };
            let fewest = base.max(self.lower[at]);
            let most = if too_many { whole[at] } else { whole[at].saturating_add(1).min(self.upper[at]) };
            if seats < fewest || seats > most {
                return Some(Fault::WholeQuotas { party: names[at].clone(), seats, fewest, most });
            }
            let remainder = self.remainder(at, &price, whole[at]);
            if equal.tie.is_some_and(|tie| tie.parties().contains(&at)) {
                tied.push((remainder, at, seats + 1));
            } else if seats > fewest {
                holding.push((remainder, at, seats));
            } else if seats < most {
                waiting.push((remainder, at, seats + 1));
            }
        }
        equal.fault(&holding, &waiting, &tied, |remainder| self.remainder_text(remainder, &price))
    }
}

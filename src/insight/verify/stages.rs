//! Stages: each over the seats before it, by the inequality of its kind.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::balance::Equal;
use super::contest::{Price, Question};
use super::fault::Fault;
use crate::insight::Quotient;
use crate::method::{AllocationMethod, Quota, Stage, StageKind, stages_of};
use crate::rule::trace::ContestRecord;

/// What is wrong with the seats after some stage of a contest.
///
/// Where a tie between stages was asked about, the seats with which the next stage starts are not on record: sums and bounds
/// alone are checked then. What follows the stages, an absolute majority and lists that ran out, only moves seats between
/// parties, and is checked by its sums and bounds.
pub(super) fn fault(
    contest: &ContestRecord,
    question: &Question,
    equal: &Equal<'_>,
    names: &[String],
) -> Option<Fault> {
    let method: &AllocationMethod = contest.method.allocation()?;
    let stages = stages_of(method)?;
    let mut before = question.lower.clone();
    let mut price: Option<Price> = None;
    for (at, (stage, (name, after))) in stages.iter().zip(&contest.stages).enumerate() {
        let what = |why: &str| Some(Fault::Step { what: alloc::format!("{why} in {name}") });
        if after.iter().zip(&before).any(|(after, before)| after < before) {
            // A tie of the stage before was asked about, whose winners this stage does not show.
            return what("a seat that was lost");
        }
        if let StageKind::WholeQuotas(quota) | StageKind::LargestRemainders(Some(quota)) = stage.kind() {
            price = Some(question.price(*quota));
        }
        let passing = contest.passing.get(at).map(Vec::as_slice);
        let run = Run { stage, passing, question, before: &before, after, price: price.as_ref() };
        if let Some(fault) = run.fault(equal, names) {
            return Some(fault);
        }
        before.clone_from(after);
    }
    None
}

/// One stage: the seats before and after it.
struct Run<'r> {
    stage: &'r Stage,
    /// Who passes what the law asks for the stage; none where it asks nothing.
    passing: Option<&'r [bool]>,
    question: &'r Question,
    before: &'r [u64],
    after: &'r [u64],
    price: Option<&'r Price>,
}

impl Run<'_> {
    fn fault(&self, equal: &Equal<'_>, names: &[String]) -> Option<Fault> {
        let gained: u128 = self.after.iter().zip(self.before).map(|(a, b)| u128::from(a - b)).sum();
        let sum: u128 = self.after.iter().map(|&seats| u128::from(seats)).sum();
        let over = sum > u128::from(self.question.seats) || self.stage.total.is_some_and(|total| gained > total.into());
        if over {
            return Some(Fault::Step { what: alloc::format!("the sum of seats in {}", self.stage) });
        }
        match self.stage.kind() {
            StageKind::WholeQuotas(quota) => self.whole_quotas(*quota, names),
            StageKind::HighestAverages(divisors) => {
                let claim = |at: usize, seats: u64| {
                    let seats = self.question.held[at].saturating_add(seats);
                    Quotient::of(divisors, &self.question.votes[at], &BigUint::from(1_u8), seats)
                };
                self.ordered(equal, claim, Quotient::to_string)
            }
            StageKind::RemainderAverages(divisors) => {
                let price = self.price?;
                let claim = |at: usize, seats: u64| {
                    let rest =
                        self.question.remainder(at, price, self.before[at]).to_biguint().unwrap_or(BigUint::ZERO);
                    Quotient::of(divisors, &rest, &price.parts, seats.saturating_sub(self.before[at]))
                };
                self.ordered(equal, claim, Quotient::to_string)
            }
            StageKind::LargestRemainders(_) => {
                let price = self.price?;
                let claim = |at: usize, _: u64| self.question.remainder(at, price, self.before[at]);
                self.ordered(equal, claim, |remainder| self.question.remainder_text(remainder, price))
            }
            StageKind::MostVotes => {
                let claim = |at: usize, _: u64| self.question.votes[at].clone();
                self.ordered(equal, claim, ToString::to_string)
            }
        }
    }

    /// Nobody has more than its whole quotas; fewer where a stage, a maximum or the seats end.
    fn whole_quotas(&self, quota: Quota, names: &[String]) -> Option<Fault> {
        let price = self.question.price(quota);
        self.after.iter().zip(self.before).zip(names).enumerate().find_map(|(at, ((&seats, &fewest), name))| {
            let most = self.question.whole(at, &price).max(fewest);
            (seats > most).then(|| Fault::WholeQuotas { party: name.clone(), seats, fewest, most })
        })
    }

    /// Of those that the stage gave seats, none has a smaller claim than one that could still take one.
    ///
    /// A tie that is left open or was asked about later leaves seats over, so that only those with a seat are compared.
    fn ordered<C: Ord>(
        &self,
        equal: &Equal<'_>,
        claim: impl Fn(usize, u64) -> C,
        text: impl Fn(&C) -> String,
    ) -> Option<Fault> {
        let each = self.stage.most_each();
        let (mut holding, mut waiting) = (Vec::new(), Vec::new());
        for (at, (&after, &before)) in self.after.iter().zip(self.before).enumerate() {
            if after > before {
                holding.push((claim(at, after - 1), at, after));
            }
            let open = self.stage.fewest_seats() == 0 && self.passing.is_none_or(|passing| passing[at]);
            if open && after < self.question.upper[at] && after - before < each && after < u64::MAX {
                waiting.push((claim(at, after), at, after + 1));
            }
        }
        let remainders = !matches!(self.stage.kind(), StageKind::HighestAverages(_) | StageKind::RemainderAverages(_));
        if remainders && each > 1 {
            return None;
        }
        let lenient = Equal {
            may_be_tied: true,
            tie: None,
            chain: equal.chain,
            settled: equal.settled,
            votes: equal.votes,
            names: equal.names,
        };
        lenient.fault(&holding, &waiting, &[], text)
    }
}

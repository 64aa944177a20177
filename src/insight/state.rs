//! What a rule makes of counts, with every comparison that leads there.
//!
//! A state holds on an interval: where votes change in proportion (some ballots more for one party, fewer for another),
//! the counts at which the state is one and the same lie without a gap between them. For a state is a set of comparisons,
//! and each compares two sides that are linear in the number of ballots k, so it is true on an interval, and so are all
//! of them together:
//!
//! - parts of a threshold: votes against a share or quota of a base, both linear in k;
//! - who is next by votes at `admit_at_least`: votes against votes;
//! - whole quotas: votes against s quotas, where the quota is a multiple of its votes, hence linear;
//! - remainders: votes - s quotas, linear, against one another;
//! - quotients v / d(s) crosswise, d fixed: linear; roots too, as v²a > w²b is v√a > w√b;
//! - tie-breaks: votes against votes.
//!
//! Seats alone would not do: two thresholds of one party can be true in turn, and give the same seats on both sides of a gap.
//! A quota that is rounded is not linear; but comparisons are linear in the quota, so that what holds for a quota below
//! and for one above it holds for the one in between.

use alloc::string::String;
use alloc::vec::Vec;
use core::mem::{Discriminant, discriminant};

use num_bigint::BigUint;

use super::counts::Counts;
use super::reading::{Admissions, Limits, Reading, Size, admitted_parties, quota_size, spread};
use crate::allocation::{Allocation, TieBreak};
use crate::error::Error;
use crate::method::{AllocationMethod, Contest, Excess, Rounding};
use crate::rule::Threshold;

/// The seats that a rule gives and all that it decided on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) admissions: Admissions,
    has_votes: Vec<bool>,
    /// By admitted party, its seats by whole quotas.
    whole: Vec<u64>,
    /// Before tie-breaks.
    unsettled: Option<Seats>,
    /// The seats; `None` where the rule has no answer.
    pub(super) seats: Option<Seats>,
    failure: Option<Discriminant<Error>>,
}

/// Seats of all parties, as far as they are certain, and what is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seats {
    pub(super) certain: Vec<u64>,
    pub(super) tied: Vec<usize>,
    pub(super) tied_seats: u64,
    pub(super) vacant: u64,
}

impl Seats {
    fn of(allocation: &Allocation, parties: usize, admitted: &[usize]) -> Self {
        let tied = allocation.tie().map_or(&[][..], crate::Tie::parties);
        Self {
            certain: spread(parties, admitted, allocation.certain()),
            tied: tied.iter().filter_map(|&at| admitted.get(at).copied()).collect(),
            tied_seats: allocation.tie().map_or(0, crate::Tie::seats),
            vacant: allocation.vacant(),
        }
    }

    /// The seats that are a party's whatever a tie brings.
    pub(super) fn certain_of(&self, party: usize) -> u64 {
        self.certain.get(party).copied().unwrap_or(0)
    }

    /// The most seats that a party may have, whichever way a tie goes.
    pub(super) fn possible_of(&self, party: usize) -> u64 {
        self.certain_of(party) + u64::from(self.tied.contains(&party))
    }
}

impl State {
    /// Whether there is no answer because whole quotas give out more seats than there are.
    fn gives_too_many(&self) -> bool {
        let too_many = Error::TooManyWholeQuotas { quota: String::new(), given: 0, seats: 0 };
        self.failure == Some(discriminant(&too_many))
    }

    /// The seats that are certain for a party; none where the rule has no answer.
    pub(super) fn certain_of(&self, party: usize) -> u64 {
        self.seats.as_ref().map_or(0, |seats| seats.certain_of(party))
    }
}

impl Reading<'_> {
    /// The state of these counts, with rounded quotas at this size.
    pub(super) fn state(&self, counts: &Counts, size: Size) -> State {
        let mut state = State {
            has_votes: counts.votes().iter().map(|&votes| votes > 0).collect(),
            admissions: Admissions::default(),
            whole: Vec::new(),
            unsettled: None,
            seats: None,
            failure: None,
        };
        match self.admissions(counts, size) {
            Ok(admissions) => state.admissions = admissions,
            Err(error) => {
                state.failure = Some(discriminant(&error));
                return state;
            }
        }
        if state.admissions.tied.is_some() {
            return state;
        }
        let admitted = admitted_parties(&state.admissions.standings);
        match self.allocate(counts, &admitted, size, &mut state.whole) {
            Ok((mut allocation, votes)) => {
                let parties = counts.votes().len();
                state.unsettled = Some(Seats::of(&allocation, parties, &admitted));
                allocation.settle(&votes, &self.chain(&admitted));
                state.seats = Some(Seats::of(&allocation, parties, &admitted));
            }
            Err(error) => state.failure = Some(discriminant(&error)),
        }
        state
    }

    /// The seats, tie-breaks applied, when these parties take part; `None` without an answer.
    pub(super) fn seats_among(&self, counts: &Counts, field: &[usize]) -> Option<Seats> {
        let (mut allocation, votes) = self.allocate(counts, field, Size::Own, &mut Vec::new()).ok()?;
        allocation.settle(&votes, &self.chain(field));
        Some(Seats::of(&allocation, counts.votes().len(), field))
    }

    /// Allocates among these parties by the rule's method; with their votes, and their whole quotas noted.
    pub(super) fn allocate(
        &self,
        counts: &Counts,
        admitted: &[usize],
        size: Size,
        whole: &mut Vec<u64>,
    ) -> Result<(Allocation, Vec<u64>), Error> {
        let rule = self.rule;
        let votes: Vec<u64> = admitted.iter().map(|&party| counts.votes_of(party)).collect();
        if rule.seats > 0 && votes.iter().all(|&votes| votes == 0) {
            return Err(Error::NoVotes { seats: rule.seats });
        }
        if admitted.is_empty() {
            return Ok((Allocation::new([]), votes));
        }
        let party = |&party: &usize| self.parties().get(party);
        let held: Vec<u64> = admitted.iter().map(|&party| self.held(party)).collect();
        let minimums: Vec<u64> = admitted.iter().map(|at| party(at).map_or(0, crate::Party::minimum)).collect();
        let maximums: Vec<Option<u64>> = admitted.iter().map(|at| party(at).and_then(crate::Party::maximum)).collect();
        let mut contest = Contest::new(&votes, rule.seats).excess(rule.excess).vacancies(rule.vacancies);
        if held.iter().any(|&held| held > 0) {
            contest = contest.held(held);
        }
        if minimums.iter().any(|&minimum| minimum > 0) {
            contest = contest.minimums(minimums);
        }
        if maximums.iter().any(Option::is_some) {
            contest = contest.maximums(maximums);
        }
        let mut method = rule.method.clone();
        if let AllocationMethod::LargestRemainder(quota) = rule.method {
            if rule.seats > 0 {
                let base = match rule.quota_base {
                    Some(base) => counts.base(base)?,
                    None => votes.iter().map(|&votes| u128::from(votes)).sum(),
                };
                let (top, bottom) = quota_size(quota, base, rule.seats, size)?;
                for (&party, &votes) in admitted.iter().zip(&votes) {
                    let Limits { lower, upper } = self.limits(party, votes);
                    let quotas = match u128::from(votes).checked_mul(bottom) {
                        Some(product) => u64::try_from(product / top).unwrap_or(u64::MAX),
                        None => u64::try_from(BigUint::from(votes) * bottom / top).unwrap_or(u64::MAX),
                    };
                    whole.push(quotas.clamp(lower, upper));
                }
                if size == Size::Own {
                    contest = contest.quota_votes(base);
                } else {
                    // The same quota as an unrounded one of other votes: its denominator is the seats and k already.
                    contest = contest.quota_votes(top);
                    method = AllocationMethod::LargestRemainder(quota.rounded(Rounding::Exact));
                }
            }
        }
        Ok((method.allocate_contest(&contest)?, votes))
    }

    /// The tie-breaks with admitted parties by index.
    fn chain(&self, admitted: &[usize]) -> Vec<TieBreak> {
        let chain = self.rule.tie_break.iter().map(|tie_break| match tie_break {
            TieBreak::MostVotes => TieBreak::MostVotes,
            TieBreak::FewestVotes => TieBreak::FewestVotes,
            TieBreak::ListOrder => TieBreak::ListOrder,
            TieBreak::Drawn(names) => {
                let place = |name| admitted.binary_search(&self.tally.place_of(name)?).ok();
                TieBreak::Drawn(names.iter().filter_map(|name| place(name)).collect())
            }
        });
        chain.collect()
    }

    /// The rounded quotas of these counts, of the method and in thresholds; on a stretch on which none of them changes,
    /// states hold on intervals.
    fn rounded_quotas(&self, counts: &Counts, admitted: &[usize]) -> Result<Vec<u128>, Error> {
        let mut sizes = Vec::new();
        if let AllocationMethod::LargestRemainder(quota) = self.rule.method {
            if quota.rounding() != Rounding::Exact {
                let base = match self.rule.quota_base {
                    Some(base) => counts.base(base)?,
                    None => admitted.iter().map(|&party| u128::from(counts.votes_of(party))).sum(),
                };
                sizes.push(quota_size(quota, base, self.rule.seats, Size::Own).map_or(0, |(top, _)| top));
            }
        }
        if let Some(threshold) = &self.rule.threshold {
            self.rounded_in(threshold, counts, &mut sizes)?;
        }
        Ok(sizes)
    }

    fn rounded_in(&self, threshold: &Threshold, counts: &Counts, sizes: &mut Vec<u128>) -> Result<(), Error> {
        match threshold {
            Threshold::Quota { quota, of, .. } if quota.rounding() != Rounding::Exact => {
                let size = quota_size(*quota, counts.base(*of)?, self.rule.seats, Size::Own);
                sizes.push(size.map_or(0, |(top, _)| top));
                Ok(())
            }
            Threshold::Any(parts) | Threshold::All(parts) => {
                parts.iter().try_for_each(|part| self.rounded_in(part, counts, sizes))
            }
            _ => Ok(()),
        }
    }

    /// Whether any quota of the rule is rounded.
    fn is_rounded(&self) -> bool {
        fn inside(threshold: &Threshold) -> bool {
            match threshold {
                Threshold::Quota { quota, .. } => quota.rounding() != Rounding::Exact,
                Threshold::Any(parts) | Threshold::All(parts) => parts.iter().any(inside),
                _ => false,
            }
        }
        let method = matches!(self.rule.method, AllocationMethod::LargestRemainder(quota) if quota.rounding() != Rounding::Exact);
        method || self.rule.threshold.as_ref().is_some_and(inside)
    }
}

/// Ballots that change: k fewer for one party, k more for another, or one of these.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) counts: &'a Counts,
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
}

/// States after which a search is given up.
const STEPS: u64 = 20_000;

impl Line<'_> {
    fn counts_at(&self, ballots: u64) -> Counts {
        let mut counts = self.counts.clone();
        if let Some(party) = self.from {
            counts.remove(party, ballots);
        }
        if let Some(party) = self.to {
            counts.add(party, ballots);
        }
        counts
    }

    fn state_at(&self, ballots: u64, size: Size) -> State {
        self.reading.state(&self.counts_at(ballots), size)
    }

    /// The fewest ballots, from 1 to `most`, whose state is wanted, and that state.
    ///
    /// Walks from state to state; each ends where a bisection finds that it ends, as it holds on an interval.
    pub(super) fn first(&self, most: u64, wanted: impl Fn(&State) -> bool) -> Result<Option<(u64, State)>, Error> {
        let rounded = self.reading.is_rounded();
        let mut at = 0;
        let mut state = self.state_at(0, Size::Own);
        for _ in 0..STEPS {
            let end = if rounded { self.end_with_rounding(at, most, &state)? } else { self.end(at, most, &state)? };
            if end >= most {
                return Ok(None);
            }
            at = end + 1;
            let next = self.state_at(at, Size::Own);
            if next != state && wanted(&next) {
                return Ok(Some((at, next)));
            }
            state = next;
        }
        Err(Error::SearchTooLong { what: "this margin", steps: STEPS })
    }

    /// The last number of ballots up to `most` at which the state at `at` still holds.
    fn end(&self, at: u64, most: u64, state: &State) -> Result<u64, Error> {
        last(at, most, |ballots| Ok(self.state_at(ballots, Size::Own) == *state))
    }

    /// As [`end`](Self::end), where quotas are rounded; the state may go on beyond what this finds.
    ///
    /// The states with the quotas at their least and at their most both hold on intervals. Where they are one, it is the
    /// state in between, too; where both give out too many whole quotas, so does every quota in between.
    fn end_with_rounding(&self, at: u64, most: u64, state: &State) -> Result<u64, Error> {
        let pair = |ballots: u64| (self.state_at(ballots, Size::Below), self.state_at(ballots, Size::Above));
        let mut at = at;
        if at < most {
            let (below, above) = pair(at + 1);
            let too_many = [state, &below, &above].into_iter().all(State::gives_too_many);
            let settled =
                (below == above && below == *state) || (too_many && self.reading.rule.excess == Excess::Error);
            if settled {
                at = last(at + 1, most, |ballots| Ok(pair(ballots) == (below.clone(), above.clone())))?;
            }
        }
        let here = self.state_at(at, Size::Own);
        let admitted = admitted_parties(&here.admissions.standings);
        let sizes = |ballots: u64| self.reading.rounded_quotas(&self.counts_at(ballots), &admitted);
        let size = sizes(at)?;
        last(at, most, |ballots| Ok(sizes(ballots)? == size && self.state_at(ballots, Size::Own) == here))
    }
}

/// The last of `from..=most` up to which `holds` stays true, given that it is at `from`; it must not become true again.
fn last(from: u64, most: u64, holds: impl Fn(u64) -> Result<bool, Error>) -> Result<u64, Error> {
    if from >= most || holds(most)? {
        return Ok(most.max(from));
    }
    let (mut low, mut high) = (from, most);
    let mut step = 1_u64;
    // Double the step while it holds, then halve what is left.
    while high - low > step {
        if !holds(low + step)? {
            high = low + step;
            break;
        }
        low += step;
        step = step.saturating_mul(2);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle)? { low = middle } else { high = middle }
    }
    Ok(low)
}

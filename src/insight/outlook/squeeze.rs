//! How few votes for its rivals keep a party from its next seat.
//!
//! By highest averages and by largest remainders alike, seats go to the largest claims: v / d(s), or v - quota x s. A party is
//! kept to t seats where its rivals have claims before its claim number t + 1 for all the other seats. What each rival
//! needs for c seats grows with c; the least sum that makes them enough is a knapsack, solved seat by seat.

use core::cmp::Ordering;

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};

use super::open::Open;
use crate::allocation::TieBreak;
use crate::insight::quotient::Quotient;
use crate::insight::reading::{Limits, Size, quota_size};
use crate::method::{AllocationMethod, Divisors, Quota};

/// Entries of the knapsack's table times its options, beyond which it is not tried.
const EFFORT: u64 = 2_000_000;
/// Numbers of votes given out that are tried one by one where a quota grows with them.
const WINDOW: u64 = 16;

/// Whether a party can be kept to so many seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Squeeze {
    /// By proof not.
    Impossible,
    /// With these votes more for each party of the field.
    By(Vec<u64>),
    /// It may be, but no votes that do it were found.
    Unknown,
}

/// What the rivals need, in votes or in parts of a vote.
struct Needs<'a> {
    /// By rival: its limits, and what it needs for c seats; `None` if that is beyond the budget.
    rivals: Vec<(Limits, NeedOf<'a>)>,
    budget: u128,
}

type NeedOf<'a> = alloc::boxed::Box<dyn Fn(u64) -> Option<u128> + 'a>;

impl Open<'_> {
    /// Whether `party` can be kept to `seats` when the parties of `field` take part; `lifts` are votes that each of them needs
    /// in any case, and at most `given` ballots go to them.
    pub(super) fn squeeze(&self, field: &[usize], party: usize, seats: u64, lifts: &[u64], given: u64) -> Squeeze {
        let rivals: Vec<(usize, u64)> =
            field.iter().copied().zip(lifts.iter().copied()).filter(|&(rival, _)| rival != party).collect();
        match &self.reading.rule.method {
            AllocationMethod::HighestAverages(divisors) => {
                self.squeeze_quotients(divisors, field, &rivals, party, seats)
            }
            AllocationMethod::LargestRemainder(quota) => {
                self.squeeze_remainders(*quota, field, &rivals, party, seats, given)
            }
            #[allow(unreachable_patterns)] // `Reading::new` refuses what is to come
            _ => Squeeze::Unknown,
        }
    }

    fn squeeze_quotients(
        &self,
        divisors: &Divisors,
        field: &[usize],
        rivals: &[(usize, u64)],
        party: usize,
        seats: u64,
    ) -> Squeeze {
        let index = self.reading.held(party).saturating_add(seats);
        let claim = Quotient::new(divisors, self.counts.votes_of(party), index);
        let needs = rivals.iter().map(|&(rival, lift)| {
            let claim = &claim;
            let need = move |wanted: u64| -> Option<u128> {
                if wanted == 0 {
                    return Some(lift.into());
                }
                let at = self.reading.held(rival).saturating_add(wanted - 1);
                let equal_does = self.wins_equal(rival, at, party, index);
                let votes = self.counts.votes_of(rival);
                let reaches = |more: u64| {
                    let votes = votes.saturating_add(more);
                    votes > 0
                        && match Quotient::new(divisors, votes, at).cmp(claim) {
                            Ordering::Greater => true,
                            Ordering::Equal => equal_does,
                            Ordering::Less => false,
                        }
                };
                let (mut low, mut high) = (lift, self.out);
                if reaches(low) {
                    return Some(low.into());
                }
                if low >= high || !reaches(high) {
                    return None;
                }
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if reaches(middle) { high = middle } else { low = middle }
                }
                Some(high.into())
            };
            (self.limits_of(rival), alloc::boxed::Box::new(need) as NeedOf<'_>)
        });
        let needs = Needs { rivals: needs.collect(), budget: self.out.into() };
        match self.target(field, seats).map(|target| needs.least(target)) {
            None | Some(Knapsack::Unknown) => Squeeze::Unknown,
            Some(Knapsack::Impossible) => Squeeze::Impossible,
            Some(Knapsack::Least(votes)) => self.by(field, party, &votes),
        }
    }

    /// For largest remainders the quota grows with the votes given out.
    ///
    /// Let U be the votes given out, D the seats and k of the quota, V the quota's votes so far. A rival with v votes needs
    /// w + (V + U)(c - 1 - t) / D - v for seat c, where w are the party's votes: for all rivals together this grows by at
    /// most (h - t) / D <= 1 a vote, as they share h - t seats. So in parts of a vote, more votes given out only help, and what does
    /// not do with all of them does not do with fewer. Whole votes are tried for the largest numbers of votes given out.
    fn squeeze_remainders(
        &self,
        quota: Quota,
        field: &[usize],
        rivals: &[(usize, u64)],
        party: usize,
        seats: u64,
        given: u64,
    ) -> Squeeze {
        let Some(target) = self.target(field, seats) else { return Squeeze::Unknown };
        let own = self.counts.votes_of(party);
        let need = |(top, bottom): (u128, u128), rival: usize, wanted: u64| -> BigInt {
            // (w - v) bottom + top (c - 1 - t), over the bottom
            let difference = BigInt::from(own) - BigInt::from(self.counts.votes_of(rival));
            let steps = BigInt::from(wanted) - 1 - BigInt::from(seats);
            difference * BigInt::from(bottom) + BigInt::from(top) * steps
        };
        let Some(below) = self.quota(quota, field, given, Size::Below) else { return Squeeze::Unknown };
        let Some(above) = self.quota(quota, field, given, Size::Above) else { return Squeeze::Unknown };
        let parts = below.1;
        let relaxed = rivals.iter().map(|&(rival, lift)| {
            let need = move |wanted: u64| -> Option<u128> {
                let lift = u128::from(lift).checked_mul(parts)?;
                if wanted == 0 {
                    return Some(lift);
                }
                let votes_first = u128::from(self.counts.votes_of(rival) == 0).checked_mul(parts)?;
                let size = if wanted > seats { below } else { above };
                let parts_needed = need(size, rival, wanted).max(BigInt::ZERO);
                Some(u128::try_from(parts_needed.magnitude().clone()).ok()?.max(lift).max(votes_first))
            };
            (self.limits_of(rival), alloc::boxed::Box::new(need) as NeedOf<'_>)
        });
        let Some(budget) = u128::from(given).checked_mul(parts) else { return Squeeze::Unknown };
        let relaxed = Needs { rivals: relaxed.collect(), budget };
        match relaxed.least(target) {
            Knapsack::Impossible => return Squeeze::Impossible,
            Knapsack::Unknown => return Squeeze::Unknown,
            Knapsack::Least(_) => {}
        }

        let all = given;
        for given in (0..=all).rev().take(usize::try_from(WINDOW).unwrap_or(usize::MAX)) {
            let Some(size) = self.quota(quota, field, given, Size::Own) else { continue };
            let whole = rivals.iter().map(|&(rival, lift)| {
                let need = move |wanted: u64| -> Option<u128> {
                    if wanted == 0 {
                        return Some(lift.into());
                    }
                    let parts = need(size, rival, wanted);
                    let bottom = BigUint::from(size.1);
                    let votes = if parts < BigInt::ZERO {
                        0
                    } else {
                        let (down, rest) = (parts.magnitude() / &bottom, parts.magnitude() % &bottom);
                        let exact = rest == BigUint::ZERO;
                        let more = !exact || !self.wins_equal(rival, wanted - 1, party, seats);
                        u128::try_from(down).ok()?.checked_add(more.into())?
                    };
                    let first = u128::from(self.counts.votes_of(rival) == 0);
                    Some(votes.max(lift.into()).max(first)).filter(|&votes| votes <= given.into())
                };
                (self.limits_of(rival), alloc::boxed::Box::new(need) as NeedOf<'_>)
            });
            let whole = Needs { rivals: whole.collect(), budget: given.into() };
            if let Knapsack::Least(mut votes) = whole.least(target) {
                // The quota is that of all these votes: what is left of them does no harm with a rival.
                let sum: u128 = votes.iter().sum();
                if let Some(first) = votes.first_mut() {
                    *first += u128::from(given).saturating_sub(sum);
                }
                return self.by(field, party, &votes);
            }
        }
        // Every number of votes given out was tried only where they are few.
        if all < WINDOW && !self.counts_base_apart() { Squeeze::Impossible } else { Squeeze::Unknown }
    }

    /// A bound on the seats of `party` by a rounded quota when the parties of `field` take part.
    ///
    /// It has t seats only where at most h - t claims of its rivals come before its claim number t. All ballots are best for it
    /// at any quota that is linear in its votes, and a claim that comes first at the least and at the most that rounding can
    /// make of the quota comes first at the one in between.
    pub(super) fn most_by_remainders(&self, quota: Quota, field: &[usize], party: usize) -> Option<u64> {
        let sizes = [Size::Below, Size::Above].map(|size| self.quota(quota, field, self.out, size));
        let [Some(below), Some(above)] = sizes else { return None };
        let own = BigInt::from(self.counts.votes_of(party)) + self.out;
        // votes - quota x seats, over the quota's denominator
        let claim =
            |votes: &BigInt, (top, bottom): (u128, u128), seats: u64| votes * bottom - BigInt::from(top) * seats;
        let most = self.limits_of(party).upper.min(self.reading.rule.seats);
        let may_have = |seats: u64| {
            let mut ahead = 0_u128;
            for &rival in field.iter().filter(|&&rival| rival != party) {
                let votes = BigInt::from(self.counts.votes_of(rival));
                let comes_first =
                    |at: u64| [below, above].iter().all(|&size| claim(&votes, size, at) > claim(&own, size, seats - 1));
                let limits = self.reading.limits(rival, self.counts.votes_of(rival));
                let (mut low, mut high) = (0, limits.upper.min(self.reading.rule.seats));
                while low < high {
                    let middle = low + (high - low) / 2;
                    if comes_first(middle) { low = middle + 1 } else { high = middle }
                }
                ahead += u128::from(low);
            }
            ahead + u128::from(seats) <= self.reading.rule.seats.into()
        };
        let (mut low, mut high) = (0, most);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if may_have(middle) { low = middle } else { high = middle - 1 }
        }
        Some(low)
    }

    /// Whether the quota's votes grow with other ballots than those for the field.
    fn counts_base_apart(&self) -> bool {
        self.reading.rule.quota_base.is_some()
    }

    /// The quota when `given` more votes are given to the field.
    fn quota(&self, quota: Quota, field: &[usize], given: u64, size: Size) -> Option<(u128, u128)> {
        let votes = match self.reading.rule.quota_base {
            Some(crate::Base::Registered) => self.counts.base(crate::Base::Registered).ok()?,
            Some(base) => self.counts.base(base).ok()? + u128::from(given),
            None => {
                field.iter().map(|&party| u128::from(self.counts.votes_of(party))).sum::<u128>() + u128::from(given)
            }
        };
        quota_size(quota, votes, self.reading.rule.seats, size).ok()
    }

    /// The seats that the rivals must have where a party has `seats`; `None` where the rule would leave seats vacant or has
    /// no answer.
    fn target(&self, field: &[usize], seats: u64) -> Option<u64> {
        let fillable: u128 = field.iter().map(|&party| u128::from(self.limits_of(party).upper)).sum();
        if fillable < self.reading.rule.seats.into() { None } else { self.reading.rule.seats.checked_sub(seats) }
    }

    /// The limits of a party with votes.
    pub(super) fn limits_of(&self, party: usize) -> Limits {
        self.reading.limits(party, 1)
    }

    /// The votes of rivals, in the order of the field.
    fn by(&self, field: &[usize], party: usize, votes: &[u128]) -> Squeeze {
        let mut votes = votes.iter().map(|&votes| u64::try_from(votes).unwrap_or(u64::MAX));
        let mut of = |&other: &usize| if other == party { 0 } else { votes.next().unwrap_or(0) };
        Squeeze::By(field.iter().map(&mut of).collect())
    }

    /// Whether `rival` keeps `party` from a seat where their claims, at these divisors or whole quotas, are equal.
    ///
    /// Equal claims with a larger divisor, or more quotas, are those of more votes.
    fn wins_equal(&self, rival: usize, rival_at: u64, party: usize, party_at: u64) -> bool {
        for tie_break in &self.reading.rule.tie_break {
            let order = match tie_break {
                TieBreak::MostVotes => party_at.cmp(&rival_at),
                TieBreak::FewestVotes => rival_at.cmp(&party_at),
                TieBreak::ListOrder => rival.cmp(&party),
                TieBreak::Drawn(names) => {
                    let drawn = |party: usize| {
                        let name = self.reading.name(party);
                        names.iter().position(|drawn| *drawn == name).unwrap_or(names.len())
                    };
                    drawn(rival).cmp(&drawn(party))
                }
            };
            match order {
                Ordering::Less => return true,
                Ordering::Greater => return false,
                Ordering::Equal => {}
            }
        }
        true // a tie that stays open takes the seat's certainty
    }
}

enum Knapsack {
    Impossible,
    /// What each rival gets.
    Least(Vec<u128>),
    Unknown,
}

impl Needs<'_> {
    /// The least that brings the rivals `target` seats together, if the budget allows it.
    fn least(&self, target: u64) -> Knapsack {
        // What each rival has without anything but what it gets in any case.
        let mut free = Vec::new();
        let mut paid = 0_u128;
        for (limits, need) in &self.rivals {
            let Some(base) = need(0) else { return Knapsack::Impossible };
            paid = paid.saturating_add(base);
            let most = limits.upper.min(target);
            let costs_nothing = |seats: u64| need(seats).is_some_and(|cost| cost <= base);
            let (mut low, mut high) = (limits.lower.min(most), most);
            while low < high {
                let middle = low + (high - low).div_ceil(2);
                if costs_nothing(middle) { low = middle } else { high = middle - 1 }
            }
            free.push((low, base));
        }
        if paid > self.budget {
            return Knapsack::Impossible;
        }
        let have: u128 = free.iter().map(|&(seats, _)| u128::from(seats)).sum();
        let Some(missing) = u128::from(target).checked_sub(have).filter(|&missing| missing > 0) else {
            return Knapsack::Least(free.iter().map(|&(_, base)| base).collect());
        };
        let Some(missing) = usize::try_from(missing).ok().filter(|&missing| (missing as u64) < EFFORT) else {
            return Knapsack::Unknown;
        };

        // least[e]: the least with which the rivals looked at so far have e seats more than for nothing.
        let mut least: Vec<Option<u128>> = vec![None; missing + 1];
        least[0] = Some(paid);
        let mut choices: Vec<Vec<usize>> = Vec::new();
        let mut effort = 0_u64;
        for ((limits, need), &(seats, base)) in self.rivals.iter().zip(&free) {
            let mut options: Vec<u128> = Vec::new();
            while options.len() < missing && seats + (options.len() as u64) < limits.upper {
                let Some(cost) = need(seats + options.len() as u64 + 1) else { break };
                let extra = cost.saturating_sub(base);
                if paid.saturating_add(extra) > self.budget {
                    break;
                }
                options.push(extra);
                effort += missing as u64;
                if effort > EFFORT {
                    return Knapsack::Unknown;
                }
            }
            let mut next = least.clone();
            let mut choice = vec![0; missing + 1];
            for (have, cost) in least.iter().enumerate() {
                let Some(cost) = cost else { continue };
                for (extra, price) in options.iter().enumerate() {
                    let reached = (have + extra + 1).min(missing);
                    let total = cost.saturating_add(*price);
                    if total <= self.budget && next[reached].is_none_or(|best| total < best) {
                        next[reached] = Some(total);
                        choice[reached] = have + 1 + (extra + 1) * (missing + 1);
                    }
                }
            }
            choices.push(choice);
            least = next;
        }
        if least[missing].is_none() {
            return Knapsack::Impossible;
        }
        let mut votes: Vec<u128> = Vec::new();
        let mut at = missing;
        for (((_, need), &(seats, base)), choice) in self.rivals.iter().zip(&free).zip(&choices).rev() {
            match choice[at] {
                0 => votes.push(base),
                code => {
                    let extra = (code - 1) / (missing + 1);
                    votes.push(need(seats + extra as u64).unwrap_or(base));
                    at = (code - 1) % (missing + 1);
                }
            }
        }
        votes.reverse();
        Knapsack::Least(votes)
    }
}

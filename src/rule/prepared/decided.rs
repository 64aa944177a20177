//! The decisions of a plan as words.

use super::watch::{Bar, Placed, Shared, Watch};
use crate::method::{AllocationMethod, Quota, Rounding};
use crate::rule::decision::Decisions;

impl Watch for Decisions {
    fn bar(&mut self, bar: &Bar<'_>) {
        self.push(u64::from(bar.met));
        if let Some(fewest) = bar.rounded {
            self.push_quota(fewest.into());
        }
    }

    fn fact(&mut self, holds: bool) {
        self.push(u64::from(holds));
    }

    fn shared(&mut self, shared: &Shared<'_>) {
        self.push(shared.parties.len() as u64);
        for ((&party, &votes), &seats) in shared.parties.iter().zip(shared.votes).zip(shared.seats) {
            let who = party as u64 * 2 + u64::from(votes == 0);
            if who < 1 << 31 && seats < 1 << 32 {
                self.push(who << 32 | seats);
            } else {
                // No word above begins so.
                [u64::MAX, who, seats].into_iter().for_each(|word| self.push(word));
            }
        }
        if let AllocationMethod::LargestRemainder(quota) = shared.method {
            whole_quotas(*quota, shared, self);
        }
    }

    fn placed(&mut self, placed: &Placed<'_>) {
        for (row, (party, seats)) in placed.parties().enumerate() {
            self.push(party as u64);
            self.push(seats);
            for at in 0..placed.inside().len() {
                self.push(placed.given(row, at));
            }
        }
        for &(row, at) in placed.moves() {
            self.push((row * placed.inside().len() + at) as u64);
        }
    }
}

/// What a quota of the votes buys each, and its value where it is rounded.
fn whole_quotas(quota: Quota, shared: &Shared<'_>, to: &mut Decisions) {
    let all = shared.votes.iter().map(|&votes| u128::from(votes)).sum();
    let Ok(size) = quota.of(all, shared.house) else { return to.push(0) };
    let is_exact = quota.rounding() == Rounding::Exact;
    if !is_exact {
        to.push_quota(size.votes);
    }
    for &votes in shared.votes {
        let whole = u128::from(votes).checked_mul(size.parts).and_then(|parts| parts.checked_div(size.votes));
        // Beyond 128 bits, votes and seats are both above 2^63: the votes themselves are then what is decided.
        let whole = whole.unwrap_or(votes.into());
        // What a rounded quota buys comes and goes with its value.
        if is_exact { to.push(u64::try_from(whole).unwrap_or(u64::MAX)) } else { to.push_quota(whole) }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn shared(method: &AllocationMethod, parties: [usize; 2], votes: [u64; 2], seats: [u64; 2]) -> Decisions {
        let mut decisions = Decisions::new();
        let (house, parties, votes, seats) = (9, &parties, &votes, &seats);
        decisions.shared(&Shared { place: 0, method, house, parties, votes, held: &[], seats });
        decisions
    }

    #[test]
    fn who_shares_seats_whether_they_have_votes_and_how_many_seats_they_get_are_decisions_each() {
        let sizes = [0, 1, 2, (1 << 32) - 1, 1 << 32, (1 << 32) + 1, 3 << 32, 1 << 33, 1 << 63, u64::MAX];
        let numbers = [0, 1, 2, 3, (1 << 30) - 1, 1 << 30, (1 << 30) + 1];
        let mut seen = Vec::new();
        for party in numbers {
            for votes in [0, 5] {
                for seats in sizes {
                    seen.push(shared(&AllocationMethod::D_HONDT, [party, 7], [votes, 8], [seats, 4]));
                    seen.push(shared(&AllocationMethod::D_HONDT, [7, party], [8, votes], [4, seats]));
                }
            }
        }
        for (at, one) in seen.iter().enumerate() {
            assert!(!seen[..at].contains(one), "{one:?} is written twice");
        }
        // How many votes, as long as there are some, is none.
        let [few, many] = [5, 50].map(|votes| shared(&AllocationMethod::D_HONDT, [0, 1], [votes, 8], [3, 4]));
        assert!(few == many);
    }

    #[test]
    fn whole_quotas_are_decisions_too() {
        // 9 seats of 90 votes: 10 votes a seat.
        let of = |votes| shared(&AllocationMethod::HARE, [0, 1], votes, [4, 5]);
        assert!(of([41, 49]) == of([42, 48]));
        assert!(of([41, 49]) != of([40, 50]));
    }

    #[test]
    fn a_fact_is_a_decision() {
        let of = |facts: &[bool]| {
            let mut decisions = Decisions::new();
            facts.iter().for_each(|&holds| decisions.fact(holds));
            decisions
        };
        assert!(of(&[true]) != of(&[false]) && of(&[true]) != of(&[]) && of(&[true, false]) != of(&[false, true]));
    }
}

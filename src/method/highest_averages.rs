//! Highest averages: each seat goes to the party with the largest quotient votes / d(seats it has).
//!
//! This is the general path: any divisors, with held seats and bounds. Its time does not grow with the number of seats:
//! every party keeps a bracket of seats that are surely its own and of seats it may still win, exact comparisons with
//! pivot claims close the brackets, and the few claims left in them are selected from.
//!
//! D. Eppstein and Z. Cheng, "Linear-time Algorithms for Proportional Apportionment", ISAAC 2014, show that selection
//! suffices; the pivots here are chosen by interpolation first, and by weighted median, which discards a quarter of what
//! is left at each round, where that does not get there.

use core::cmp::Ordering;

use alloc::vec::Vec;

use super::claims::{Claims, SeatClaim};
use super::contest::Bounds;
use super::divisor::Divisors;
use crate::allocation::Allocation;
use crate::error::Error;
use crate::tie::Tie;

/// Rounds of interpolation before the weighted median takes over.
const INTERPOLATIONS: u32 = 8;

/// Allocates the contest of `claims` by highest averages.
pub(crate) fn allocate(divisors: &Divisors, claims: &impl Claims) -> Result<Allocation, Error> {
    let contest = claims.contest();
    let Bounds { lower, mut upper } = contest.bounds()?;
    for most in &mut upper {
        *most = (*most).min(contest.seats);
    }
    let seats = contest.fill(sum(&upper))?;
    let held: Vec<u64> = (0..lower.len()).map(|party| contest.held_by(party)).collect();
    Ok(between(divisors, claims, &held, &lower, &upper, seats).with_vacant(contest.seats - seats))
}

/// Gives out `seats` new seats, at least `lower` and at most `upper` of them to each party, over those it holds.
///
/// `seats` lies between the sums of both, and whoever may take more than `lower` has votes.
pub(super) fn between(
    divisors: &Divisors,
    claims: &impl Claims,
    held: &[u64],
    lower: &[u64],
    upper: &[u64],
    seats: u64,
) -> Allocation {
    let (certain, possible) = (lower.to_vec(), upper.to_vec());
    let mut field = Field { votes: claims.rough_votes(), held, order: claims.order(divisors), certain, possible };
    field.close_in(seats.into());
    field.select(seats.into());
    field.cut(lower, upper)
}

pub(super) fn sum(seats: &[u64]) -> u128 {
    seats.iter().map(|&seats| u128::from(seats)).sum()
}

/// The parties' brackets: seats that are certainly theirs, and seats beyond which they cannot get.
struct Field<'a, O> {
    /// Roughly, for guesses.
    votes: &'a [u64],
    held: &'a [u64],
    order: O,
    certain: Vec<u64>,
    possible: Vec<u64>,
}

impl<O: Fn(SeatClaim, SeatClaim) -> Ordering> Field<'_, O> {
    /// The claim of a party to one more seat when it has `seats` new ones.
    fn claim(&self, party: usize, seats: u64) -> SeatClaim {
        SeatClaim { party, seat: self.held[party] + seats }
    }

    fn parties(&self) -> core::ops::Range<usize> {
        0..self.certain.len()
    }

    fn width(&self, party: usize) -> u64 {
        self.possible[party] - self.certain[party]
    }

    /// Closes the brackets until they hold a few claims per party, keeping the last seat inside them.
    fn close_in(&mut self, seats: u128) {
        let few = 2 * self.certain.len() as u128 + 16;
        let mut last_below = false;
        for round in 0.. {
            let (below, above) = (sum(&self.certain), sum(&self.possible));
            if below == seats || above == seats || above - below <= few {
                break;
            }
            let pivot = if round < INTERPOLATIONS {
                self.interpolate(round, seats, below, above, last_below)
            } else {
                self.weighted_median()
            };
            let reached: Vec<u64> = self.parties().map(|party| self.count_from(party, pivot)).collect();
            last_below = sum(&reached) <= seats;
            if last_below {
                self.certain = reached;
            } else {
                self.possible = reached;
            }
        }
    }

    /// A claim of the party with most votes near where a proportional split would end.
    fn interpolate(&self, round: u32, seats: u128, below: u128, above: u128, last_below: bool) -> SeatClaim {
        let ruler =
            self.parties().filter(|&party| self.width(party) >= 2).max_by_key(|&party| self.votes[party]).unwrap_or(0);
        let (low, high) = (self.certain[ruler], self.possible[ruler]);
        let share = |part: u128, of: u128, whole: u128| -> u64 {
            let exact = num_bigint::BigUint::from(part) * of / whole.max(1);
            u64::try_from(exact).unwrap_or(u64::MAX)
        };
        let open = self.parties().filter(|&party| self.width(party) > 0);
        let all_votes: u128 = open.map(|party| u128::from(self.votes[party])).sum();
        let slack = 1_u64 << (2 * round).min(62);
        let wanted = match round {
            0 => share(seats, self.votes[ruler].into(), all_votes),
            // Past the cut on the other side by a little, so that the brackets close from both sides.
            _ if last_below => low.saturating_add(share(seats - below, low.into(), below)).saturating_add(slack),
            _ => high.saturating_sub(share(above - seats, high.into(), above)).saturating_sub(slack),
        };
        let at = wanted.clamp(low, (high - 2).max(low));
        self.claim(ruler, at)
    }

    /// The middle claim that has at least a quarter of all claims left on either side of it.
    fn weighted_median(&self) -> SeatClaim {
        let mut middles: Vec<(SeatClaim, u64)> = self
            .parties()
            .filter(|&party| self.width(party) > 0)
            .map(|party| {
                let width = self.width(party);
                (self.claim(party, self.certain[party] + (width - 1) / 2), width)
            })
            .collect();
        middles.sort_unstable_by(|a, b| (self.order)(b.0, a.0));
        let half = middles.iter().map(|&(_, width)| u128::from(width)).sum::<u128>() / 2;
        let mut passed = 0;
        let mut median = middles[0].0;
        for (claim, width) in middles {
            median = claim;
            passed += u128::from(width);
            if passed >= half {
                break;
            }
        }
        median
    }

    /// The seats of a party, within its bracket, whose claims are at least `pivot`.
    fn count_from(&self, party: usize, pivot: SeatClaim) -> u64 {
        let (mut low, mut high) = (self.certain[party], self.possible[party]);
        if low == high {
            return low;
        }
        let reaches = |seats: u64| (self.order)(self.claim(party, seats), pivot) != Ordering::Less;
        // Gallop from the proportional guess, then halve.
        let (votes, index) = (u128::from(self.votes[party]), u128::from(pivot.seat));
        let guess = (votes * index / u128::from(self.votes[pivot.party])).saturating_sub(self.held[party].into());
        let mut at = u64::try_from(guess).unwrap_or(u64::MAX).clamp(low, high - 1);
        let upward = reaches(at);
        let mut step = 1_u64;
        loop {
            if upward {
                low = at + 1;
                at = at.saturating_add(step).min(high - 1);
                if low >= high || !reaches(at) {
                    high = high.min(at.max(low));
                    break;
                }
            } else {
                high = at;
                at = at.saturating_sub(step).max(low);
                if high <= low || reaches(at) {
                    low = if high <= low { low } else { at + 1 };
                    break;
                }
            }
            step = step.saturating_mul(2);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if reaches(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Gives the seats left to the best claims in the brackets.
    fn select(&mut self, seats: u128) {
        // The brackets may be wide still if one of their ends is the answer.
        if sum(&self.possible) == seats {
            self.certain.clone_from(&self.possible);
        }
        let left = seats - sum(&self.certain);
        if left == 0 {
            return;
        }
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        let mut claims: Vec<(usize, SeatClaim)> = self
            .parties()
            .flat_map(|party| (self.certain[party]..self.possible[party]).map(move |at| (party, at)))
            .map(|(party, at)| (party, self.claim(party, at)))
            .collect();
        if left < claims.len() {
            claims.select_nth_unstable_by(left - 1, |a, b| {
                // Of equal claims any may stand for the others: `cut` finds the tie.
                (self.order)(b.1, a.1)
            });
        }
        for &(party, _) in claims.iter().take(left) {
            self.certain[party] += 1;
        }
    }

    /// The allocation, with the tie that equal claims on both sides of the cut make.
    fn cut(&self, lower: &[u64], upper: &[u64]) -> Allocation {
        let order = |a: &SeatClaim, b: &SeatClaim| (self.order)(*a, *b);
        let last = |party: usize| {
            let seats = self.certain[party];
            (seats > lower[party]).then(|| self.claim(party, seats - 1))
        };
        let next = |party: usize| {
            let seats = self.certain[party];
            (seats < upper[party]).then(|| self.claim(party, seats))
        };
        let mut seats = self.certain.clone();
        let (Some(awarded), Some(refused)) =
            (self.parties().filter_map(last).min_by(order), self.parties().filter_map(next).max_by(order))
        else {
            return Allocation::new(seats);
        };
        debug_assert!(order(&awarded, &refused) != Ordering::Less, "the max-min inequality holds");
        if order(&awarded, &refused) != Ordering::Equal {
            return Allocation::new(seats);
        }
        let equal = |claim: Option<SeatClaim>| claim.is_some_and(|claim| order(&claim, &awarded) == Ordering::Equal);
        let mut tied = Vec::new();
        let mut left = 0;
        for party in self.parties() {
            if equal(last(party)) {
                seats[party] -= 1;
                left += 1;
                tied.push(party);
            } else if equal(next(party)) {
                tied.push(party);
            }
        }
        Allocation::new(seats).with_open(Tie::among(tied, left))
    }
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use alloc::vec;

    use super::super::contest::Contest;
    use super::super::kernel::Numbers;
    use super::*;

    /// How often claims are compared for each party before a few of them are left, on average over contests of so many seats for
    /// each party, or one more.
    fn comparisons(divisors: &Divisors, parties: usize, per_party: u64) -> f64 {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let compared = Cell::new(0_u32);
        let (contests, mut closing) = (100, 0);
        for _ in 0..contests {
            let votes: Vec<u64> = (0..parties).map(|_| 1 + numbers.below(1_000_000) / (1 + numbers.below(9))).collect();
            let seats = parties as u64 * per_party + numbers.below(parties as u64);
            let contest = Contest::new(&votes, seats);
            let order = contest.order(divisors);
            let order = |one, other| {
                compared.set(compared.get() + 1);
                order(one, other)
            };
            let (certain, possible) = (vec![0; parties], vec![seats; parties]);
            let mut field = Field { votes: &votes, held: &vec![0; parties], order, certain, possible };
            field.close_in(seats.into());
            closing += compared.take();
            field.select(seats.into());
            assert_eq!(sum(&field.certain), u128::from(seats));
        }
        f64::from(closing) / f64::from(contests) / f64::from(u32::try_from(parties).unwrap())
    }

    #[test]
    fn claims_are_compared_a_few_times_for_each_party_however_many_seats_there_are() {
        let contests = [(3, 4), (3, 1_000_000), (20, 4), (20, 1_000), (20, 1 << 40), (300, 5), (300, 100_000)];
        for (divisors, known) in [
            (Divisors::D_HONDT, [5.553, 4.393, 7.462, 7.749, 7.498, 6.311, 6.514]),
            (Divisors::SAINTE_LAGUE, [8.093, 4.543, 5.050, 5.582, 5.254, 4.698, 4.860]),
            (Divisors::HUNTINGTON_HILL, [10.380, 4.543, 5.452, 5.493, 5.254, 4.651, 4.861]),
        ] {
            for ((parties, per_party), known) in contests.into_iter().zip(known) {
                let compared = comparisons(&divisors, parties, per_party);
                // What makes it less should say so here.
                assert!(
                    (compared / known - 1.0).abs() < 0.005,
                    "{divisors}, {parties}, {per_party}: {compared}, not {known}"
                );
            }
        }
        // Divisors that double: guesses fail, and medians, whose sorting is not ours, do the rest.
        for (parties, known) in [(3, 24.1), (20, 57.8), (300, 97.8)] {
            let compared = comparisons(&Divisors::MACAU, parties, 4);
            assert!(compared < 1.3 * known, "{parties}: {compared}, not {known}");
        }
    }
}

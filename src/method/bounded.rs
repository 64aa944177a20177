//! Contests of a few parties with bounds and held seats, as the kernels see them: each party ends with at least so many
//! seats and at most so many, held ones among them, and a divisor sequence starts at the first.

use alloc::vec;
use alloc::vec::Vec;

use super::contest::Contest;
use super::{Divisors, kernel};

/// The most parties that fit.
const MOST_PARTIES: usize = kernel::UP_TO_64;

/// Seats that each party must end with, held ones among them, and those that all end with together.
pub(super) struct Totals {
    least: [u64; MOST_PARTIES],
    /// Where there are maximums.
    most: Option<[u64; MOST_PARTIES]>,
    house: u64,
}

impl Totals {
    /// No seats yet.
    pub(super) const fn new() -> Self {
        Self { least: [0; MOST_PARTIES], most: None, house: 0 }
    }

    /// Sets a house of `seats` more than those held, of which no party has fewer than it holds. `false` where it does not
    /// fit, or `held` is neither empty nor as long as the votes.
    #[inline]
    pub(super) fn begin(&mut self, parties: usize, held: &[u64], seats: u64) -> bool {
        let Some(least) = self.least.get_mut(..held.len()) else { return false };
        least.copy_from_slice(held);
        // 64 numbers below 2^58 do not wrap.
        let (sum, bits) = held.iter().fold((0_u64, seats), |(sum, bits), &held| (sum.wrapping_add(held), bits | held));
        self.house = sum.wrapping_add(seats);
        bits >> 56 == 0 && parties <= MOST_PARTIES && (held.is_empty() || held.len() == parties)
    }

    /// Raises the fewest seats of each party to these.
    #[inline]
    fn raise(&mut self, minimums: &[u64], is_held: bool) {
        let least = self.least.iter_mut().zip(minimums);
        if is_held {
            least.for_each(|(least, &minimum)| *least = (*least).max(minimum));
        } else {
            least.for_each(|(least, &minimum)| *least = minimum);
        }
    }

    /// Sets the most seats of each party; what it must have is no more than those.
    #[inline]
    fn limit(&mut self, maximums: impl Iterator<Item = u64>) {
        let most = self.most.insert([0; MOST_PARTIES]);
        for ((most, maximum), &least) in most.iter_mut().zip(maximums).zip(&self.least) {
            *most = maximum.min(self.house).max(least);
        }
    }

    /// Takes in the bounds of a contest; `false` where it has too many parties, or they are not as many.
    fn read(&mut self, contest: &Contest<'_>) -> bool {
        let Contest { votes, held, minimums, maximums, .. } = contest;
        let fits = |given: usize| given == 0 || given == votes.len();
        if !self.begin(votes.len(), held, contest.seats) || !fits(minimums.len()) || !fits(maximums.len()) {
            return false;
        }
        self.raise(minimums, !held.is_empty());
        if !maximums.is_empty() {
            // That a minimum is above its maximum is for the general path to say.
            let above = |(&minimum, most): (&u64, &Option<u64>)| most.is_some_and(|most| minimum > most);
            if minimums.iter().zip(maximums.iter()).any(above) {
                return false;
            }
            self.limit(maximums.iter().map(|most| most.unwrap_or(u64::MAX)));
        }
        true
    }

    /// Highest averages, into `out` all seats that parties end with, if they are certain and without a tie.
    #[inline]
    pub(super) fn highest_averages(&self, divisors: &Divisors, votes: &[u64], out: &mut [u64]) -> bool {
        let Some(least) = self.least.get(..votes.len()) else { return false };
        let (sum, bits) = least.iter().fold((0_u64, 0), |(sum, bits), &least| (sum.wrapping_add(least), bits | least));
        if bits >> 58 != 0 || sum > self.house {
            return false;
        }
        let most = self.most.as_ref().and_then(|most| most.get(..votes.len()));
        kernel::highest_averages_within(divisors, votes, self.house, least, most, out)
    }
}

/// The new seats of a contest by highest averages, if a kernel is certain of them.
pub(super) fn highest_averages(divisors: &Divisors, contest: &Contest<'_>) -> Option<Vec<u64>> {
    let mut totals = Totals::new();
    if !totals.read(contest) {
        return None;
    }
    new_seats(&totals, divisors, contest.votes, &contest.held)
}

/// `seats` new seats over those that parties hold, at most `upper` of them to each, if a kernel is certain of them.
pub(super) fn beyond(divisors: &Divisors, votes: &[u64], held: &[u64], upper: &[u64], seats: u64) -> Option<Vec<u64>> {
    let mut totals = Totals::new();
    if !totals.begin(votes.len(), held, seats) || upper.len() != votes.len() {
        return None;
    }
    totals.limit(held.iter().zip(upper).map(|(held, &upper)| held.saturating_add(upper)));
    new_seats(&totals, divisors, votes, held)
}

fn new_seats(totals: &Totals, divisors: &Divisors, votes: &[u64], held: &[u64]) -> Option<Vec<u64>> {
    let mut seats = vec![0; votes.len()];
    if !totals.highest_averages(divisors, votes, &mut seats) {
        return None;
    }
    for (seats, held) in seats.iter_mut().zip(held) {
        *seats -= held;
    }
    Some(seats)
}

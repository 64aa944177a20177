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
    most: [u64; MOST_PARTIES],
    house: u64,
}

impl Totals {
    /// The seats that parties hold, and `seats` more; bounds are to be set.
    pub(super) fn of_house(held: &[u64], seats: u64) -> Option<Self> {
        let house = held.iter().try_fold(seats, |sum, &held| sum.checked_add(held))?;
        Some(Self { least: [0; MOST_PARTIES], most: [0; MOST_PARTIES], house })
    }

    /// Bounds one party, if there is room for it.
    #[inline]
    pub(super) fn bound(&mut self, party: usize, least: u64, most: u64) -> Option<()> {
        *self.least.get_mut(party)? = least;
        *self.most.get_mut(party)? = most.min(self.house);
        Some(())
    }

    /// The bounds of a contest; `None` where it has too many parties, or no answer that keeps them.
    fn of(contest: &Contest<'_>) -> Option<Self> {
        let parties = contest.votes.len();
        for given in [contest.held.len(), contest.minimums.len(), contest.maximums.len()] {
            if given != 0 && given != parties {
                return None;
            }
        }
        let mut totals = Self::of_house(&contest.held, contest.seats)?;
        let (mut fewest, mut fillable) = (0_u64, 0_u64);
        for (party, &votes) in contest.votes.iter().enumerate() {
            let minimum = contest.minimums.get(party).copied().unwrap_or(0);
            let maximum = contest.maximums.get(party).copied().flatten().unwrap_or(u64::MAX);
            let least = minimum.max(contest.held_by(party));
            let most = if votes == 0 { least } else { maximum.max(least) };
            if minimum > maximum {
                return None;
            }
            totals.bound(party, least, most)?;
            fewest = fewest.saturating_add(least);
            fillable = fillable.saturating_add(most);
        }
        (fewest <= totals.house && totals.house <= fillable).then_some(totals)
    }

    /// Highest averages, into `out` all seats that parties end with, if they are certain and without a tie.
    pub(super) fn highest_averages(&self, divisors: &Divisors, votes: &[u64], out: &mut [u64]) -> bool {
        let (Some(least), Some(most)) = (self.least.get(..votes.len()), self.most.get(..votes.len())) else {
            return false;
        };
        kernel::highest_averages_within(divisors, votes, self.house, [least, most], out)
    }
}

/// The new seats of a contest by highest averages, if a kernel is certain of them.
pub(super) fn highest_averages(divisors: &Divisors, contest: &Contest<'_>) -> Option<Vec<u64>> {
    let totals = Totals::of(contest)?;
    let mut seats = vec![0; contest.votes.len()];
    if !totals.highest_averages(divisors, contest.votes, &mut seats) {
        return None;
    }
    for (seats, held) in seats.iter_mut().zip(&contest.held) {
        *seats -= held;
    }
    Some(seats)
}

/// `seats` new seats over those that parties hold, at most `upper` of them to each, if a kernel is certain of them.
pub(super) fn beyond(divisors: &Divisors, votes: &[u64], held: &[u64], upper: &[u64], seats: u64) -> Option<Vec<u64>> {
    let mut totals = Totals::of_house(held, seats)?;
    for (party, (&held, &upper)) in held.iter().zip(upper).enumerate() {
        let most = if *votes.get(party)? == 0 { held } else { held.checked_add(upper)? };
        totals.bound(party, held, most)?;
    }
    let mut given = vec![0; votes.len()];
    if !totals.highest_averages(divisors, votes, &mut given) {
        return None;
    }
    for (given, held) in given.iter_mut().zip(held) {
        *given -= held;
    }
    Some(given)
}

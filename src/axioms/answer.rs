//! A method's answer as a set of outcomes, which axioms quantify over without listing it.

use alloc::vec;
use alloc::vec::Vec;

use super::fault::Misbehaviour;
use super::instance::Instance;
use crate::allocation::Allocation;
use crate::method::Apportion;

/// Every outcome of one allocation: what is certain, and k of the parties in the tie get one seat more.
///
/// Each party of a tie wins in some outcome and loses in another (k is at least 1 and below their number), so what a
/// party or a pair of parties can have is read off without listing the outcomes, of which there may be very many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    certain: Vec<u64>,
    tied: Vec<bool>,
    /// How many parties are in the tie.
    tied_count: u64,
    /// How many of them win.
    open: u64,
    vacant: u64,
}

/// A party's loss from one set of outcomes to another.
pub(super) struct Loss {
    pub(super) party: usize,
    /// Its seats in `outcome`, and what is left of them.
    pub(super) has: u64,
    pub(super) there: u64,
    pub(super) outcome: Vec<u64>,
}

/// Asks `method`, and holds its answer against the shape that every allocation has. `None` if the method refuses.
pub(super) fn ask(method: &dyn Apportion, votes: &[u64], seats: u64) -> Result<Option<Answer>, Misbehaviour> {
    let asked = || Instance::new(votes, seats);
    let allocation = match super::unwinding::caught(|| method.allocate(votes, seats)) {
        Ok(Ok(allocation)) => allocation,
        Ok(Err(_)) => return Ok(None),
        Err(message) => return Err(Misbehaviour::Panicked { instance: asked(), message }),
    };
    let entries = allocation.certain().len();
    if entries != votes.len() {
        return Err(Misbehaviour::WrongLength { instance: asked(), entries });
    }
    let certain: u128 = allocation.certain().iter().map(|&seats| u128::from(seats)).sum();
    let open = allocation.tie().map_or(0, crate::Tie::seats);
    let given = certain + u128::from(open) + u128::from(allocation.vacant());
    if given != u128::from(seats) {
        return Err(Misbehaviour::WrongTotal { instance: asked(), given });
    }
    Ok(Some(Answer::new(&allocation)))
}

impl Answer {
    fn new(allocation: &Allocation) -> Self {
        let mut tied = vec![false; allocation.certain().len()];
        let in_tie = allocation.tie().map_or(&[][..], crate::Tie::parties);
        for &party in in_tie {
            if let Some(tied) = tied.get_mut(party) {
                *tied = true;
            }
        }
        Self {
            certain: allocation.certain().to_vec(),
            tied,
            tied_count: in_tie.len() as u64,
            open: allocation.tie().map_or(0, crate::Tie::seats),
            vacant: allocation.vacant(),
        }
    }

    pub(super) fn vacant(&self) -> u64 {
        self.vacant
    }

    /// The fewest seats of a party in any outcome.
    pub(super) fn low(&self, party: usize) -> u64 {
        self.certain[party]
    }

    /// The most seats of a party in any outcome.
    pub(super) fn high(&self, party: usize) -> u64 {
        self.certain[party] + u64::from(self.tied[party])
    }

    /// The seats that two parties can have at the same time.
    pub(super) fn pairs(&self, i: usize, j: usize) -> impl Iterator<Item = (u64, u64)> {
        [(0, 0), (0, 1), (1, 0), (1, 1)]
            .into_iter()
            .filter(move |&(a, b)| self.can_win(&[(i, a), (j, b)]))
            .map(move |(a, b)| (self.certain[i] + a, self.certain[j] + b))
    }

    /// Whether these parties can win so many seats (0 or 1) of the tie at the same time.
    fn can_win(&self, wins: &[(usize, u64)]) -> bool {
        let among = wins.iter().filter(|&&(party, _)| self.tied[party]).count() as u64;
        let won: u64 = wins.iter().map(|&(_, win)| win).sum();
        wins.iter().all(|&(party, win)| win == 0 || self.tied[party])
            && won <= self.open
            && self.open - won <= self.tied_count - among
    }

    /// The fewest and the most seats that some parties have together.
    pub(super) fn sums(&self, parties: &[usize]) -> (u64, u64) {
        let certain: u64 = parties.iter().map(|&party| self.certain[party]).sum();
        let (fewest, most) = self.wins_among(parties);
        (certain + fewest, certain + most)
    }

    /// The fewest and the most seats of the tie that go to some parties.
    fn wins_among(&self, parties: &[usize]) -> (u64, u64) {
        let among = parties.iter().filter(|&&party| self.tied[party]).count() as u64;
        (self.open.saturating_sub(self.tied_count - among), self.open.min(among))
    }

    /// One outcome in which the `first` parties win the seats of the tie before others, as far as they are in it.
    pub(super) fn outcome(&self, first: &[usize]) -> Vec<u64> {
        let mut seats = self.certain.clone();
        let mut left = self.open;
        for &party in first.iter().chain(&self.others(first)) {
            if left > 0 && self.tied[party] {
                seats[party] += 1;
                left -= 1;
            }
        }
        seats
    }

    /// One outcome in which these parties have exactly these seats, which [`pairs`](Self::pairs) said they can.
    pub(super) fn outcome_with(&self, wanted: &[(usize, u64)]) -> Vec<u64> {
        let split = |wins: bool| -> Vec<usize> {
            wanted.iter().filter(|&&(party, seats)| (seats > self.certain[party]) == wins).map(|&(p, _)| p).collect()
        };
        let (mut order, losers) = (split(true), split(false));
        let named: Vec<usize> = wanted.iter().map(|&(party, _)| party).collect();
        order.extend(self.others(&named));
        order.extend(losers);
        self.outcome(&order)
    }

    /// The parties that are not among `named`, in order.
    fn others(&self, named: &[usize]) -> Vec<usize> {
        (0..self.certain.len()).filter(|party| !named.contains(party)).collect()
    }

    /// What some parties can have among themselves: for each number of seats they can have together, outcomes in which
    /// each of them wins and loses as far as it can. A set of outcomes of the same seats that has these has all.
    pub(super) fn restricted(&self, parties: &[usize]) -> impl Iterator<Item = Vec<u64>> {
        let base: Vec<u64> = parties.iter().map(|&party| self.certain[party]).collect();
        let tied: Vec<usize> = (0..parties.len()).filter(|&at| self.tied[parties[at]]).collect();
        let (fewest, most) = self.wins_among(parties);
        (fewest..=most).flat_map(move |wins| {
            let (base, tied) = (base.clone(), tied.clone());
            // Every run of `wins` parties around the circle of tied ones.
            let turns = if wins == 0 || wins == tied.len() as u64 { 1 } else { tied.len() };
            (0..turns).map(move |turn| {
                let mut seats = base.clone();
                for (_, &at) in (0..wins).zip(tied.iter().cycle().skip(turn)) {
                    seats[at] += 1;
                }
                seats
            })
        })
    }

    /// Whether `seats` is one of the outcomes.
    pub(super) fn allows(&self, seats: &[u64]) -> bool {
        let mut won = 0;
        for (party, &seats) in seats.iter().enumerate() {
            match seats.checked_sub(self.certain[party]) {
                Some(0) => {}
                Some(1) if self.tied[party] => won += 1,
                _ => return false,
            }
        }
        won == self.open
    }

    /// An outcome here that no outcome of `other` matches, and who loses by it: `parties` are its parties here, in
    /// `other`'s order. `None` if for every outcome here there is one in `other` with no fewer seats for any of them.
    pub(super) fn loss_against(&self, parties: &[usize], other: &Self) -> Option<Loss> {
        let mut surely = 0; // how many have one seat more here than is certain there,
        let mut winners = Vec::new(); // and who has it, surely or by winning the tie here
        for (at, &party) in parties.iter().enumerate() {
            let (has, there) = (self.high(party), other.high(at));
            if has > there {
                return Some(Loss { party, has, there, outcome: self.outcome(&[party]) });
            }
            if has > other.low(at) {
                surely += u64::from(self.low(party) > other.low(at));
                winners.push(party);
            }
        }
        let swinging = winners.len() as u64 - surely;
        if surely + self.open.min(swinging) <= other.open {
            return None;
        }
        let outcome = self.outcome(&winners);
        // More of them have the seat than can win it there: the last one is left out.
        let (at, &party) = parties.iter().enumerate().rfind(|&(at, &party)| outcome[party] > other.low(at))?;
        Some(Loss { party, has: outcome[party], there: other.low(at), outcome })
    }

    /// The outcome in which the seats of the tie go to the parties that have most already, in descending order of seats.
    pub(super) fn most_unequal(&self) -> Vec<u64> {
        self.sorted_after_giving(|&party| core::cmp::Reverse(self.certain[party]))
    }

    /// The outcome in which the seats of the tie go to the parties that have fewest, in descending order of seats.
    pub(super) fn most_equal(&self) -> Vec<u64> {
        self.sorted_after_giving(|&party| self.certain[party])
    }

    fn sorted_after_giving<K: Ord>(&self, key: impl Fn(&usize) -> K) -> Vec<u64> {
        let mut order: Vec<usize> = (0..self.certain.len()).collect();
        order.sort_by_key(key);
        let mut seats = self.outcome(&order);
        seats.sort_unstable_by(|a, b| b.cmp(a));
        seats
    }

    /// This answer with its parties in another order: party `at` of the result is party `order[at]` here.
    pub(super) fn reordered(&self, order: &[usize]) -> Self {
        Self {
            certain: order.iter().map(|&party| self.certain[party]).collect(),
            tied: order.iter().map(|&party| self.tied[party]).collect(),
            ..*self
        }
    }
}

#[cfg(test)]
mod tests;

//! What ballots out can do in one contest: how few bring rivals ahead of a party's last seat, how many seats it can reach.
//!
//! Seats are claims in one order: votes / d(seats so far) for highest averages, votes - quota x seats so far for largest
//! remainders. A party has s seats for certain where fewer than S - s + 1 claims of rivals can come before its s-th.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::method::{Claim, Ladder, Quota};

/// The order of claims.
pub(super) enum Order {
    Averages(Ladder),
    /// The part k of an exact quota votes / (seats + k).
    Remainders(Quota),
}

impl Order {
    /// Whether more seats in all never cost anybody one: remainders may (the Alabama paradox).
    pub(super) const fn is_monotone_in_seats(&self) -> bool {
        matches!(self, Self::Averages(_))
    }
}

/// One contest while ballots are out.
pub(super) struct Race<'r> {
    pub(super) order: &'r Order,
    pub(super) seats: u64,
    pub(super) votes: &'r [u64],
    /// Seats at which divisors start.
    pub(super) held: &'r [u64],
    pub(super) out: u64,
    /// The fewest and the most votes that a quota can be of. Where it is known who takes part, all ballots out are among them: a
    /// ballot more raises what rivals need for their seats by no more than one in all, so what they cannot reach with all of
    /// the ballots they reach with none fewer; and to the party itself each is of use.
    pub(super) totals: (u128, u128),
}

/// How a party ends worst: with which seats, and the ballots of each rival that bring that about.
pub(super) struct Worst {
    pub(super) seats: u64,
    pub(super) ballots: Vec<u64>,
}

impl Race<'_> {
    /// The fewest certain seats of a party against these rivals, if they are no more than `at_most`.
    pub(super) fn fewest(&self, party: usize, rivals: &[usize], at_most: u64) -> Option<Worst> {
        let (mut safe, mut lost) = (0, self.seats + 1);
        let mut ballots = vec![0; self.votes.len()];
        if at_most < self.seats {
            lost = at_most + 1;
            ballots = self.overtaken(party, lost, rivals)?;
        }
        // A claim further down takes fewer ballots to pass.
        while lost - safe > 1 {
            let middle = safe + (lost - safe) / 2;
            match self.overtaken(party, middle, rivals) {
                Some(how) => (lost, ballots) = (middle, how),
                None => safe = middle,
            }
        }
        Some(Worst { seats: safe, ballots })
    }

    /// The ballots by which rivals come before a party's `seat`-th claim, or draw level, in numbers enough to take that seat.
    ///
    /// The cheapest increments are added up, whichever rival they are of: never more than what it really takes, and just that
    /// where each further claim of a rival costs more than the one before.
    fn overtaken(&self, party: usize, seat: u64, rivals: &[usize]) -> Option<Vec<u64>> {
        let wanted = self.seats - seat + 1;
        let unit = self.unit();
        let mut left = u128::from(self.out).checked_mul(unit)?;
        let free: Vec<u64> = rivals.iter().map(|&rival| self.claims_within(party, seat, rival, 0)).collect();
        let need = wanted.saturating_sub(free.iter().fold(0, |sum: u64, &free| sum.saturating_add(free)));
        let mut steps: Vec<(u128, usize)> = Vec::new();
        for (&rival, free) in rivals.iter().zip(free) {
            let mut before = 0;
            for claim in free + 1..=self.seats.min(free.saturating_add(need)) {
                let Some(cost) = self.cost(party, seat, rival, claim).filter(|&cost| cost <= left) else {
                    break;
                };
                steps.push((cost - before, rival));
                before = cost;
            }
        }
        let need = usize::try_from(need).ok()?;
        if need > steps.len() {
            return None;
        }
        if need > 0 {
            steps.select_nth_unstable(need - 1);
        }
        let mut costs = vec![0_u128; self.votes.len()];
        for &(cost, rival) in &steps[..need] {
            left = left.checked_sub(cost)?;
            costs[rival] += cost;
        }
        costs.iter().map(|cost| u64::try_from(cost.div_ceil(unit)).ok()).collect()
    }

    /// The parts of a ballot that costs are counted in: a quota is a whole number of them.
    fn unit(&self) -> u128 {
        match self.order {
            Order::Averages(_) => 1,
            Order::Remainders(quota) => (u128::from(self.seats) + u128::from(quota.added())).max(1),
        }
    }

    /// How many claims of a rival come before a party's `seat`-th, or draw level, with so many parts of ballots more
    /// for the rival.
    fn claims_within(&self, party: usize, seat: u64, rival: usize, ballots: u128) -> u64 {
        let guess = self.guess((party, 0, seat), rival);
        last(self.seats, guess, |claim| self.is_within((party, seat), (rival, claim), ballots))
    }

    /// Whether a rival's claim comes before a party's, or draws level, with so many parts of ballots more for the rival.
    fn is_within(&self, (party, seat): (usize, u64), (rival, claim): (usize, u64), ballots: u128) -> bool {
        if let (Order::Averages(Ladder::Linear(linear)), 0) = (self.order, ballots) {
            // Crosswise, without a division.
            let (own, votes) = (u128::from(self.votes[party]), u128::from(self.votes[rival]));
            let divisor = linear.at(self.held[party].saturating_add(seat - 1));
            let other = linear.at(self.held[rival].saturating_add(claim - 1));
            if let (Some(own), Some(theirs), true) =
                (own.checked_mul(other), votes.checked_mul(divisor), divisor > 0 && other > 0)
            {
                return votes > 0 && own <= theirs;
            }
        }
        self.cost(party, seat, rival, claim).is_some_and(|cost| cost <= ballots)
    }

    /// About how many claims of a rival come before a party's `seat`-th with ballots more; nothing where that is hard to say.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // cut at 0 and 2^64 - 1
    fn guess(&self, (party, more, seat): (usize, u64, u64), rival: usize) -> u64 {
        let Order::Averages(Ladder::Linear(linear)) = self.order else { return 0 };
        let float = |number: u128| u64::try_from(number).unwrap_or(u64::MAX) as f64;
        let divisor = float(linear.at(self.held[party].saturating_add(seat - 1)));
        let own = self.votes[party] as f64 + more as f64;
        let first = float(linear.at(self.held[rival]));
        // Its divisors grow evenly from about its second claim on.
        let step =
            float(linear.at(self.held[rival].saturating_add(2))) - float(linear.at(self.held[rival].saturating_add(1)));
        let second = float(linear.at(self.held[rival].saturating_add(1)));
        let reached = self.votes[rival] as f64 * divisor / own;
        if reached < second { u64::from(reached >= first) } else { (2.0 + (reached - second) / step) as u64 }
    }

    /// The fewest parts of ballots that bring a rival's `claim`-th claim to a party's `seat`-th; at most that many where roots or
    /// a moving quota make it hard to say. `None` if no number does.
    fn cost(&self, party: usize, seat: u64, rival: usize, claim: u64) -> Option<u128> {
        let (own, votes) = (u128::from(self.votes[party]), u128::from(self.votes[rival]));
        match self.order {
            Order::Averages(ladder) => {
                let own_index = self.held[party].saturating_add(seat - 1);
                let index = self.held[rival].saturating_add(claim - 1);
                let Ladder::Linear(linear) = ladder else {
                    let reached = self.compare(ladder, (rival, self.out, index), (party, 0, own_index)).is_ge();
                    return reached.then(|| {
                        let free = self.compare(ladder, (rival, 0, index), (party, 0, own_index)).is_ge();
                        u128::from(!free && self.votes[rival] < u64::MAX)
                    });
                };
                match (linear.at(own_index), linear.at(index)) {
                    (0, 0) => Some(own.saturating_sub(votes)),
                    (0, _) if own > 0 => None,
                    (0, _) => Some(0),
                    // A claim without votes is none.
                    (divisor, other) => {
                        let needed = own.checked_mul(other).map_or(0, |product| product.div_ceil(divisor));
                        Some(needed.max(1).saturating_sub(votes))
                    }
                }
            }
            Order::Remainders(_) => {
                // own - (seat - 1) q against votes + x - (claim - 1) q, at the quota that is best for the rival, in parts.
                let parts = self.unit();
                let (fewest, most) = self.totals;
                let own = own.checked_mul(parts)?;
                let own = if claim >= seat {
                    own.saturating_add(u128::from(claim - seat).saturating_mul(fewest))
                } else {
                    own.saturating_sub(u128::from(seat - claim).saturating_mul(most))
                };
                Some(own.saturating_sub(votes.saturating_mul(parts)))
            }
        }
    }

    /// How claims by a ladder compare, each a party, ballots more for it and the index of its divisor.
    fn compare(&self, ladder: &Ladder, a: (usize, u64, u64), b: (usize, u64, u64)) -> Ordering {
        let claim =
            |(party, more, index): (usize, u64, u64)| Claim { votes: self.votes[party].saturating_add(more), index };
        let (a, b) = (claim(a), claim(b));
        match (a.votes, b.votes) {
            (0, _) | (_, 0) => a.votes.cmp(&b.votes),
            _ => ladder.compare(a, b),
        }
    }

    /// The most seats of a party with all ballots out, against rivals with the votes that they have, if they are no fewer than
    /// `at_least`.
    pub(super) fn most(&self, party: usize, rivals: &[usize], at_least: u64) -> Option<u64> {
        let reaches = |seats: u64| {
            let ahead = rivals.iter().map(|&rival| self.ahead(party, seats, rival)).fold(0, u64::saturating_add);
            ahead <= self.seats - seats
        };
        let (mut reached, mut beyond) = (0, self.seats + 1);
        if (1..=self.seats).contains(&at_least) {
            if !reaches(at_least) {
                return None;
            }
            reached = at_least;
        }
        while beyond - reached > 1 {
            let middle = reached + (beyond - reached) / 2;
            if reaches(middle) { reached = middle } else { beyond = middle }
        }
        Some(reached)
    }

    /// How many claims of a rival come before a party's `seat`-th whatever happens.
    fn ahead(&self, party: usize, seat: u64, rival: usize) -> u64 {
        let guess = self.guess((party, self.out, seat), rival);
        last(self.seats, guess, |claim| self.stays_ahead(party, seat, rival, claim))
    }

    fn stays_ahead(&self, party: usize, seat: u64, rival: usize, claim: u64) -> bool {
        match self.order {
            Order::Averages(ladder) => {
                let own = (party, self.out, self.held[party].saturating_add(seat - 1));
                self.compare(ladder, (rival, 0, self.held[rival].saturating_add(claim - 1)), own).is_gt()
            }
            Order::Remainders(quota) => {
                // votes - (claim - 1) q > own + out - (seat - 1) q at every quota, so at the one that is worst for the rival.
                let parts = u128::from(self.seats) + u128::from(quota.added());
                let (fewest, most) = self.totals;
                let own = (u128::from(self.votes[party]) + u128::from(self.out)) * parts;
                let votes = u128::from(self.votes[rival]) * parts;
                if claim >= seat {
                    votes > own + u128::from(claim - seat) * most
                } else {
                    votes + u128::from(seat - claim) * fewest > own
                }
            }
        }
    }
}

/// The last number up to `most` that something holds for, which holds up to there and not beyond; a guess saves looks.
fn last(most: u64, guess: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, most + 1);
    let look = |at: u64, low: &mut u64, high: &mut u64| if holds(at) { *low = at } else { *high = at };
    for near in [guess, guess.saturating_add(1)] {
        if low < near && near < high {
            look(near, &mut low, &mut high);
        }
    }
    while high - low > 1 {
        look(low + (high - low) / 2, &mut low, &mut high);
    }
    low
}

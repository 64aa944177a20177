//! A method as an ordered list of stages, each over the seats already given.

use core::cmp::Reverse;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::claims::{Claims, SeatClaim};
use super::contest::{Bounds, Contest, Excess};
use super::exact::{ExactContest, Weights};
use super::largest_remainder::{Remainder, choose};
use super::stage::{Stage, StageKind, check};
use super::{Divisors, Quota, bounded, highest_averages};
use crate::allocation::{Allocation, Used};
use crate::error::Error;
use crate::tie::Tie;

/// Allocates the contest of `claims` stage by stage.
pub(crate) fn allocate(stages: &[Stage], claims: &impl Claims) -> Result<Allocation, Error> {
    let mut progress = Progress::new(stages, claims)?;
    match progress.run(&mut |_, _| None, |_, _| {}) {
        Ok(()) => Ok(progress.allocation()),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Tie { stage, tie }) => {
            let parties = tie.parties().iter().map(|party| format!("party {}", party + 1)).collect();
            Err(Error::StageTie { stage, parties, seats: tie.seats() })
        }
    }
}

/// Why stages cannot go on.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Seats are tied that what follows depends on.
    Tie {
        /// Where, in words.
        stage: String,
        /// Who is tied.
        tie: Tie,
    },
    /// The stages have no answer.
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Seats on their way through the stages.
///
/// Stages can be run again after a party lost seats: each goes on with what it gave before, so that `each` and `total`
/// hold for all runs together.
#[derive(Debug)]
pub(crate) struct Progress<'a, C = Contest<'a>> {
    stages: &'a [Stage],
    claims: &'a C,
    contest: &'a Contest<'a>,
    /// The most new seats of each party.
    upper: Vec<u64>,
    /// New seats of each party, without those in `open`.
    had: Vec<u64>,
    /// Seats by minimums, then those by each stage.
    taken: Vec<Vec<u64>>,
    /// The stage that left a tie, and the tie.
    open: Option<(usize, Tie)>,
    vacant: u64,
    settled: Vec<Used>,
    /// Which tie-breaks are lots that have been used.
    spent: Vec<bool>,
}

/// Who wins a tie that a later stage depends on, as far as that is known: asked with the stage and the tie.
pub(crate) type Ask<'s> = dyn FnMut(&str, &Tie) -> Option<Vec<usize>> + 's;

impl<'a, C: Claims> Progress<'a, C> {
    /// The state before the first stage: minimums are given, nothing else.
    pub(crate) fn new(stages: &'a [Stage], claims: &'a C) -> Result<Self, Error> {
        check(stages)?;
        let contest = claims.contest();
        let Bounds { lower, upper } = contest.bounds()?;
        let mut taken = vec![vec![0; lower.len()]; stages.len() + 1];
        taken[0].clone_from(&lower);
        let spent = vec![false; contest.tie_break.len()];
        Ok(Self {
            stages,
            claims,
            contest,
            upper,
            had: lower,
            taken,
            open: None,
            vacant: 0,
            settled: Vec::new(),
            spent,
        })
    }

    /// Counts these lots as used already.
    pub(crate) fn with_spent(self, spent: Vec<bool>) -> Self {
        Self { spent, ..self }
    }

    /// Which tie-breaks are lots that have been used.
    pub(crate) fn spent(&self) -> &[bool] {
        &self.spent
    }

    /// Counts these lots as used from now on.
    pub(crate) fn spend(&mut self, spent: Vec<bool>) {
        self.spent = spent;
    }

    /// Runs the stages in turn while seats are left, and shows the seats after each that ran.
    pub(crate) fn run(&mut self, ask: &mut Ask<'_>, mut show: impl FnMut(usize, &[u64])) -> Result<(), Stop> {
        self.vacant = 0;
        for (index, stage) in self.stages.iter().enumerate() {
            if self.left() > 0 {
                self.ask_of_open_tie(ask)?;
                self.step(index, stage)?;
            }
            show(index, &self.had);
        }
        let left = self.left();
        if left > 0 {
            self.ask_of_open_tie(ask)?;
            if self.had.iter().zip(&self.upper).any(|(had, upper)| had < upper) {
                return Err(Error::StagesLeaveSeats { left, seats: self.contest.seats }.into());
            }
            let given = u128::from(self.contest.seats - left);
            self.vacant = self.contest.seats - self.contest.fill(given)?;
        }
        Ok(())
    }

    /// Seats that each party has for certain.
    pub(crate) fn seats(&self) -> &[u64] {
        &self.had
    }

    /// The open tie.
    pub(crate) fn tie(&self) -> Option<&Tie> {
        self.open.as_ref().map(|(_, tie)| tie)
    }

    /// The seats that tie-breaks gave, each by its number in the contest's chain.
    pub(crate) fn settled(&self) -> &[Used] {
        &self.settled
    }

    /// The result as it stands.
    pub(crate) fn allocation(&self) -> Allocation {
        Allocation::new(self.had.clone()).with_open(self.tie().cloned()).with_vacant(self.vacant)
    }

    /// Asks who wins an open tie, and stops where nobody knows.
    pub(crate) fn ask_of_open_tie(&mut self, ask: &mut Ask<'_>) -> Result<(), Stop> {
        let Some((index, tie)) = self.open.take() else { return Ok(()) };
        let stage = format!("stage {}, {}", index + 1, self.stages[index]);
        let Some(winners) = ask(&stage, &tie) else { return Err(Stop::Tie { stage, tie }) };
        for winner in winners {
            self.had[winner] += 1;
            self.taken[index + 1][winner] += 1;
        }
        Ok(())
    }

    /// Limits a party to `most` new seats from now on, and takes from it what is beyond.
    pub(crate) fn limit(&mut self, party: usize, most: u64) {
        self.upper[party] = self.upper[party].min(most);
        self.had[party] = self.had[party].min(most);
    }

    /// Whether a party has all the seats that its maximum allows.
    pub(crate) fn is_full(&self, party: usize) -> bool {
        self.had[party] >= self.upper[party]
    }

    /// Gives a party a seat outside the stages.
    pub(crate) fn give(&mut self, party: usize) {
        self.had[party] += 1;
    }

    /// The last stage that gave seats beyond whole quotas, and the parties but `except` that won the smallest claim in it.
    pub(crate) fn last_winners(&self, except: usize) -> Option<(usize, Vec<usize>)> {
        for (index, stage) in self.stages.iter().enumerate().rev() {
            let winners = (0..self.had.len()).filter(|&party| party != except && self.taken[index + 1][party] > 0);
            let smallest = match &stage.kind {
                StageKind::WholeQuotas(_) => continue,
                StageKind::HighestAverages(divisors) => {
                    let order = self.claims.order(divisors);
                    let claim = |party: usize| {
                        let seat = self.contest.held_by(party) + self.before(index + 1, party) - 1;
                        SeatClaim { party, seat }
                    };
                    smallest(winners, |&a, &b| order(claim(a), claim(b)))
                }
                StageKind::RemainderAverages(divisors) => {
                    let Ok(weights) = self.remainders(index) else { continue };
                    let (ranks, rough) = (weights.ranks(), weights.leading_bits());
                    let contest = ExactContest::new(&weights, 0);
                    let ready = contest.ready(&ranks, &rough);
                    let order = ready.order(divisors);
                    let claim = |party: usize| SeatClaim { party, seat: self.taken[index + 1][party] - 1 };
                    smallest(winners, |&a, &b| order(claim(a), claim(b)))
                }
                StageKind::MostVotes => smallest(winners, |&a, &b| self.contest.votes[a].cmp(&self.contest.votes[b])),
                StageKind::LargestRemainders(_) => {
                    let Ok(quota) = self.quota_at(index) else { continue };
                    let claim = |party: usize| self.remainder(&quota, party, self.before(index + 1, party) - 1);
                    smallest(winners, |&a, &b| claim(a).cmp(&claim(b)))
                }
            };
            if !smallest.is_empty() {
                return Some((index, smallest));
            }
        }
        None
    }

    /// Takes from a party one seat that the stage gave it.
    pub(crate) fn withdraw(&mut self, index: usize, party: usize) {
        self.had[party] -= 1;
        self.taken[index + 1][party] -= 1;
    }

    /// Seats neither given nor tied.
    fn left(&self) -> u64 {
        // What is given never exceeds the seats, so neither does the sum.
        self.contest.seats - self.had.iter().sum::<u64>() - self.tie().map_or(0, Tie::seats)
    }

    /// New seats of a party by minimums and the first `stages` stages.
    fn before(&self, stages: usize, party: usize) -> u64 {
        self.taken[..=stages].iter().map(|taken| taken[party]).sum()
    }

    /// The quota of the stage's remainders: its own, or that of the whole quotas before.
    fn quota_at(&self, index: usize) -> Result<C::Size, Error> {
        let before = self.stages[..index].iter().rev().find_map(|stage| match stage.kind {
            StageKind::WholeQuotas(quota) => Some(quota),
            _ => None,
        });
        match self.stages[index].kind {
            StageKind::WholeQuotas(quota) | StageKind::LargestRemainders(Some(quota)) => self.claims.quota(quota),
            _ => self.claims.quota(before.ok_or(Error::StageWithoutQuota { stage: index + 1 })?),
        }
    }

    /// votes - quota x seats.
    fn remainder(&self, quota: &C::Size, party: usize, seats: u64) -> Remainder<C::Rest> {
        let (whole, rest) = self.claims.whole_and_rest(party, quota);
        (i128::try_from(whole).unwrap_or(i128::MAX) - i128::from(seats), rest)
    }

    /// Whether a party may take part in a stage: it has the seats for it, and the law lets it.
    fn is_open_to(&self, index: usize, stage: &Stage, party: usize) -> bool {
        let admitted = self.contest.passing.get(index).is_none_or(|passing| passing.get(party) == Some(&true));
        admitted && self.contest.held_by(party) + self.had[party] >= stage.fewest
    }

    /// Gives the seats of one stage.
    fn step(&mut self, index: usize, stage: &Stage) -> Result<(), Error> {
        if stage.total == Some(0) {
            return Ok(());
        }
        let before: u64 = self.taken[index + 1].iter().sum();
        let supply = self.left().min(stage.total.unwrap_or(u64::MAX).saturating_sub(before));
        let mut allowed = Vec::with_capacity(self.had.len());
        for party in 0..self.had.len() {
            let open = self.is_open_to(index, stage, party);
            let each = match stage.most_each() {
                u64::MAX => u64::MAX,
                most => most.saturating_sub(self.taken[index + 1][party]),
            };
            let room = if self.upper[party] == u64::MAX { u64::MAX } else { self.upper[party] - self.had[party] };
            allowed.push(if open { room.min(each) } else { 0 });
        }
        let given = match &stage.kind {
            StageKind::WholeQuotas(quota) => self.whole_quotas(index, *quota, supply, &allowed)?,
            StageKind::HighestAverages(divisors) => self.highest_averages(divisors, supply, &allowed),
            StageKind::RemainderAverages(divisors) => self.remainder_averages(index, divisors, supply, &allowed)?,
            StageKind::MostVotes => rounds(supply, allowed, |party| self.contest.votes[party]),
            StageKind::LargestRemainders(_) => {
                let quota = self.quota_at(index)?;
                rounds(supply, allowed, |party| self.remainder(&quota, party, self.before(index + 1, party)))
            }
        };
        self.enter(index, given);
        Ok(())
    }

    /// Books what a stage gave, and settles its tie as far as the tie-breaks go.
    fn enter(&mut self, index: usize, mut given: Allocation) {
        let settled = given.settle_once(self.contest.votes, &self.contest.tie_break, &mut self.spent);
        self.settled.extend(settled);
        for (party, &seats) in given.certain().iter().enumerate() {
            self.had[party] += seats;
            self.taken[index + 1][party] += seats;
        }
        self.open = given.tie().cloned().map(|tie| (index, tie));
    }

    /// Brings each party up to its whole quotas.
    fn whole_quotas(&self, index: usize, quota: Quota, supply: u64, allowed: &[u64]) -> Result<Allocation, Error> {
        let size = self.claims.quota(quota)?;
        let bought = |party: usize| {
            let whole = self.claims.whole_and_rest(party, &size).0;
            let more = whole.saturating_sub(self.before(index + 1, party).into());
            // Without a limit, what outgrows 64 bits must show as an excess.
            if allowed[party] == u64::MAX { more } else { more.min(allowed[party].into()) }
        };
        let bought: Vec<u128> =
            (0..allowed.len()).map(|party| if allowed[party] > 0 { bought(party) } else { 0 }).collect();
        let given = bought.iter().fold(0, |given: u128, seats| given.saturating_add(*seats));
        let mut seats: Vec<u64> = bought.iter().map(|&seats| u64::try_from(seats).unwrap_or(u64::MAX)).collect();
        let Some(excess) = given.checked_sub(supply.into()).filter(|&excess| excess > 0) else {
            return Ok(Allocation::new(seats));
        };
        let too_many = || match self.stages[index].total {
            Some(total) if supply < self.left() => {
                Error::WholeQuotasAboveTotal { stage: index + 1, quota: quota.to_string(), given, total }
            }
            _ => Error::TooManyWholeQuotas { quota: quota.to_string(), given, seats: supply },
        };
        if self.contest.excess == Excess::Error {
            return Err(too_many());
        }
        let losers: Vec<usize> = (0..seats.len()).filter(|&party| seats[party] > 0).collect();
        let excess = usize::try_from(excess).ok().filter(|&excess| excess <= losers.len()).ok_or_else(too_many)?;
        let remainder = |party: usize| self.remainder(&size, party, self.before(index + 1, party) + seats[party]);
        let (removed, tied) = choose(losers, excess, |party| Reverse(remainder(party)));
        let kept = tied.parties.len() - tied.places;
        for party in removed.into_iter().chain(tied.parties.iter().copied()) {
            seats[party] -= 1;
        }
        Ok(Allocation::new(seats).with_open(Tie::among(tied.parties, kept as u64)))
    }

    /// Each seat to the largest quotient, among those who may still take one.
    fn highest_averages(&self, divisors: &Divisors, supply: u64, allowed: &[u64]) -> Allocation {
        let (upper, seats) = within(allowed, supply);
        // `bounds` has checked that held and new seats together fit 64 bits.
        let held: Vec<u64> = self.had.iter().enumerate().map(|(at, had)| self.contest.held_by(at) + had).collect();
        if let Some(seats) =
            self.claims.counts().and_then(|votes| bounded::beyond(divisors, votes, &held, &upper, seats))
        {
            return Allocation::new(seats);
        }
        highest_averages::between(divisors, self.claims, &held, &vec![0; held.len()], &upper, seats)
    }

    /// What is left of each party's votes before a stage.
    fn remainders(&self, index: usize) -> Result<Weights, Error> {
        let quota = self.quota_at(index)?;
        let left = |party: usize| self.claims.left(party, &quota, self.before(index, party));
        Weights::new((0..self.had.len()).map(left).collect(), 1_u8.into())
    }

    /// Each seat to the largest quotient of what is left of the votes, among those who may still take one.
    fn remainder_averages(
        &self,
        index: usize,
        divisors: &Divisors,
        supply: u64,
        allowed: &[u64],
    ) -> Result<Allocation, Error> {
        let weights = self.remainders(index)?;
        let (ranks, rough) = (weights.ranks(), weights.leading_bits());
        let with_votes = |(&allowed, &rank): (&u64, &u64)| if rank > 0 { allowed } else { 0 };
        let allowed: Vec<u64> = allowed.iter().zip(&ranks).map(with_votes).collect();
        let (upper, seats) = within(&allowed, supply);
        let contest = ExactContest::new(&weights, seats);
        let ready = contest.ready(&ranks, &rough);
        let won = &self.taken[index + 1];
        Ok(highest_averages::between(divisors, &ready, won, &vec![0; won.len()], &upper, seats))
    }
}

/// The most seats that each party may take of `supply`, and the seats that can be given out so.
fn within(allowed: &[u64], supply: u64) -> (Vec<u64>, u64) {
    let upper: Vec<u64> = allowed.iter().map(|&most| most.min(supply)).collect();
    let seats = u64::try_from(highest_averages::sum(&upper)).unwrap_or(u64::MAX).min(supply);
    (upper, seats)
}

/// One seat each in order of `key`, again and again in the same order while each party may take more.
fn rounds<K: Ord>(mut supply: u64, mut allowed: Vec<u64>, key: impl Fn(usize) -> K) -> Allocation {
    let mut seats = vec![0; allowed.len()];
    loop {
        let takers: Vec<usize> = (0..allowed.len()).filter(|&party| allowed[party] > 0).collect();
        let count = takers.len() as u64;
        if supply == 0 || count == 0 {
            return Allocation::new(seats);
        }
        if supply < count {
            // Fewer seats than parties, so the number fits.
            let places = usize::try_from(supply).unwrap_or(takers.len());
            let (winners, tied) = choose(takers, places, key);
            for party in winners {
                seats[party] += 1;
            }
            return Allocation::new(seats).with_open(Tie::among(tied.parties, tied.places as u64));
        }
        // As many whole rounds at once as leave every taker with something to take.
        let least = takers.iter().map(|&party| allowed[party]).min().unwrap_or(0);
        let whole = least.min(supply / count);
        for &party in &takers {
            seats[party] += whole;
            allowed[party] -= whole;
        }
        supply -= whole * count;
    }
}

/// Those of the parties that are smallest.
fn smallest(
    parties: impl Iterator<Item = usize>,
    compare: impl Fn(&usize, &usize) -> core::cmp::Ordering,
) -> Vec<usize> {
    let parties: Vec<usize> = parties.collect();
    let Some(&least) = parties.iter().min_by(|a, b| compare(a, b)) else { return parties };
    parties.into_iter().filter(|party| compare(party, &least).is_eq()).collect()
}

#[cfg(test)]
mod tests;

//! One level of giving out seats: to lists and alliances, or inside one alliance.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::allocation::{Allocation, Settled, TieBreak};
use crate::error::Error;
use crate::method::{AllocationMethod, Contest, Eligible, Progress, Stage, Stop, stages_of};
use crate::party::Party;
use crate::rule::Rule;
use crate::shortfall::{Facts, Seen, Standing};
use crate::threshold::Level as At;
use crate::tie::Tie;

/// Whoever competes at a level: a list, or an alliance as one.
pub(super) struct Entrant<'a> {
    /// Name and bounds; those of an alliance are its members' together.
    pub(super) party: Cow<'a, Party>,
    /// The names of the parties in it.
    pub(super) members: Vec<&'a str>,
    /// Votes in the district.
    pub(super) votes: u64,
    /// Votes as the method sees them: spared ones included, others weighed.
    pub(super) claim: u64,
    /// As it stands in the nation, with its votes there.
    pub(super) nation: (Cow<'a, Party>, u64),
    /// New seats that it has at least, taken from the others if need be.
    pub(super) floor: u64,
    /// The most seats by the rule's cap, held ones included.
    pub(super) cap: Option<u64>,
}

/// One level: who competes for how many seats, and how.
pub(super) struct Level<'a> {
    pub(super) rule: &'a Rule,
    pub(super) method: &'a AllocationMethod,
    pub(super) seats: u64,
    pub(super) entrants: Vec<Entrant<'a>>,
    pub(super) facts: &'a Facts,
    pub(super) nation: &'a Facts,
    /// The votes of the quota, where they are not the claims' sum.
    pub(super) quota_votes: Option<u128>,
    /// Whether this is the level of the whole district: bonus, cap and absolute majority are its.
    pub(super) outer: bool,
    /// Whether some claims are weighed, so that whole quotas may leave more than a seat each.
    pub(super) weighed: bool,
}

/// What a level gave: seats per entrant, by index.
#[derive(Default)]
pub(super) struct Given {
    pub(super) seats: Vec<u64>,
    pub(super) tie: Option<Tie>,
    pub(super) settled: Vec<Settled<String>>,
    pub(super) vacant: u64,
    /// Seats after each stage, where there are stages.
    pub(super) stages: Vec<(String, Vec<u64>)>,
    /// Who lost seats for want of candidates.
    pub(super) exhausted: Vec<usize>,
    /// Who lost seats by the cap.
    pub(super) capped: Vec<usize>,
    pub(super) bonus: Option<(usize, u64)>,
}

impl Level<'_> {
    /// Gives out the seats: the bonus first, then the rest, again without those whose cap binds.
    pub(super) fn give(&self) -> Result<Given, Error> {
        let bonus = self.bonus()?;
        let bonus_of = |index: usize| bonus.filter(|(winner, _)| *winner == index).map_or(0, |(_, seats)| seats);
        let mut left = self.seats - bonus.map_or(0, |(_, seats)| seats);
        let mut active: Vec<usize> = (0..self.entrants.len()).collect();
        let mut result = Given { seats: vec![0; self.entrants.len()], bonus, ..Given::default() };
        loop {
            if active.is_empty() && left > 0 {
                if !self.rule.vacancies {
                    return Err(Error::Unfilled { unfilled: left, seats: self.seats });
                }
                result.vacant = left;
                break;
            }
            let given = self.share(&active, left, bonus)?;
            let room = |at: usize| {
                let entrant = &self.entrants[active[at]];
                let held = entrant.party.held().saturating_add(bonus_of(active[at]));
                entrant.cap.map(|cap| cap.saturating_sub(held))
            };
            // A list below what it has at least gets that, and the others share the rest by themselves.
            let below = (0..active.len()).find(|&at| given.seats[at] < self.entrants[active[at]].floor);
            if let Some(at) = below {
                let index = active.remove(at);
                let floor = self.entrants[index].floor;
                left = left.checked_sub(floor).ok_or(Error::MinimumsExceedSeats {
                    minimums: u128::from(self.seats) + u128::from(floor) - u128::from(left),
                    seats: self.seats,
                })?;
                result.seats[index] = floor;
                continue;
            }
            let over: Vec<usize> =
                (0..active.len()).filter(|&at| room(at).is_some_and(|room| given.seats[at] > room)).collect();
            let tie_matters = given.tie.as_ref().is_some_and(|tie| {
                let over_if_won = |&at: &usize| room(at).is_some_and(|room| given.seats[at] >= room);
                !over.is_empty() || tie.parties().iter().any(over_if_won)
            });
            if let (true, Some(tie)) = (tie_matters, &given.tie) {
                return Err(self.tied("the seats before the cap", &active, tie));
            }
            if over.is_empty() {
                for (&index, seats) in active.iter().zip(&given.seats) {
                    result.seats[index] = *seats;
                }
                result.tie = given
                    .tie
                    .and_then(|tie| Tie::among(tie.parties().iter().map(|&at| active[at]).collect(), tie.seats()));
                result.settled.extend(given.settled);
                result.vacant = given.vacant;
                result.exhausted.extend(given.exhausted.iter().map(|&at| active[at]));
                result.stages = given.stages;
                for (_, seats) in &mut result.stages {
                    let mut spread = result.seats.clone();
                    for (&index, seats) in active.iter().zip(seats.iter()) {
                        spread[index] = *seats;
                    }
                    *seats = spread;
                }
                break;
            }
            for &at in &over {
                let most = room(at).unwrap_or(0);
                result.seats[active[at]] = most;
                result.capped.push(active[at]);
                left -= most;
            }
            active = (0..active.len()).filter(|at| !over.contains(at)).map(|at| active[at]).collect();
        }
        if let Some((winner, seats)) = bonus {
            result.seats[winner] += seats;
            for (_, stage) in &mut result.stages {
                stage[winner] += seats;
            }
        }
        Ok(result)
    }

    /// The winner and its bonus, if the rule has one and the winner's share reaches it.
    fn bonus(&self) -> Result<Option<(usize, u64)>, Error> {
        let Some(bonus) = self.rule.bonus.as_ref().filter(|_| self.outer && self.seats > 0) else { return Ok(None) };
        let Some(most) = self.entrants.iter().map(|entrant| entrant.votes).max() else { return Ok(None) };
        let first: Vec<usize> = (0..self.entrants.len()).filter(|&index| self.entrants[index].votes == most).collect();
        let seats = bonus.for_share(most, self.facts.base(bonus.of)?);
        let winner = match first[..] {
            [winner] => winner,
            _ => {
                // Equal votes: the tie-break chooses one of them, as it would for a seat.
                let mut choice = Allocation::new(vec![0; self.entrants.len()]).with_open(Tie::among(first.clone(), 1));
                let votes: Vec<u64> = self.entrants.iter().map(|entrant| entrant.votes).collect();
                choice.settle(&votes, &self.chain(&(0..self.entrants.len()).collect::<Vec<_>>()));
                match choice.certain().iter().position(|&chosen| chosen == 1) {
                    Some(winner) => winner,
                    None if seats == 0 => return Ok(None),
                    None => return Err(Error::BonusTie { names: self.names(&first), votes: most }),
                }
            }
        };
        if seats > self.seats {
            return Err(Error::BonusExceedsSeats { bonus: seats, seats: self.seats });
        }
        let party = &self.entrants[winner].party;
        let room = party.maximum().map_or(u64::MAX, |maximum| maximum.saturating_sub(party.held()));
        Ok(Some((winner, seats.min(room))).filter(|(_, seats)| *seats > 0))
    }

    /// Gives `seats` seats to these entrants; the answer counts positions in `active`.
    fn share(&self, active: &[usize], seats: u64, bonus: Option<(usize, u64)>) -> Result<Given, Error> {
        let entrants: Vec<&Entrant<'_>> = active.iter().map(|&index| &self.entrants[index]).collect();
        let claims: Vec<u64> = entrants.iter().map(|entrant| entrant.claim).collect();
        let held: Vec<u64> = entrants.iter().map(|entrant| entrant.party.held()).collect();
        let bonus_at = |at: usize| bonus.filter(|(winner, _)| *winner == active[at]).map_or(0, |(_, seats)| seats);
        let after_bonus = |(at, bound): (usize, u64)| bound.saturating_sub(bonus_at(at));
        let minimums: Vec<u64> =
            entrants.iter().map(|entrant| entrant.party.minimum()).enumerate().map(after_bonus).collect();
        let maximum = |at: usize| entrants[at].party.maximum().map(|maximum| after_bonus((at, maximum)));
        let maximums: Vec<Option<u64>> = (0..entrants.len()).map(maximum).collect();
        let chain = self.chain(active);

        let mut contest = Contest::new(&claims, seats).excess(self.rule.excess).vacancies(self.rule.vacancies);
        if held.iter().any(|&held| held > 0) {
            contest = contest.held(held.clone());
        }
        if minimums.iter().any(|&minimum| minimum > 0) {
            contest = contest.minimums(minimums);
        }
        if !self.rule.reassign && maximums.iter().any(Option::is_some) {
            contest = contest.maximums(maximums.clone());
        }
        if let Some(votes) = self.quota_votes {
            let gone = (0..self.entrants.len()).filter(|index| active.binary_search(index).is_err());
            let gone: u128 = gone.map(|index| u128::from(self.entrants[index].claim)).sum();
            contest = contest.quota_votes(votes.saturating_sub(gone));
        }

        let majority = self.rule.majority.as_ref().filter(|_| self.outer);
        let remainders = matches!(self.method, AllocationMethod::LargestRemainder(_));
        let staged = matches!(self.method, AllocationMethod::Stages(_))
            || majority.is_some()
            || self.rule.reassign
            || (self.weighed && remainders);
        if !staged {
            let mut allocation = self.method.allocate_contest(&contest)?;
            let settled = allocation.settle(&claims, &chain);
            return Ok(Given {
                seats: allocation.certain().to_vec(),
                tie: allocation.tie().cloned(),
                settled: self.settled(active, &chain, &settled),
                vacant: allocation.vacant(),
                ..Given::default()
            });
        }

        let mut stages = stages_of(self.method).ok_or(Error::NoBounds { method: "the quota method" })?;
        if self.weighed && remainders {
            // Weighing may leave more than one seat each, which go on in the same order.
            stages = stages.into_iter().map(|stage| stage.each(u64::MAX)).collect();
        }
        let contest = contest.tie_break(chain.clone()).passing(self.passing(&stages, active)?);
        let mut steps = Vec::new();
        let mut progress = Progress::new(&stages, &contest)?;
        let named = |stop: Stop| match stop {
            Stop::Error(error) => error,
            Stop::Tie { stage, tie } => self.tied(&stage, active, &tie),
        };
        progress.run(|stage, seats| steps.push((stage.to_string(), seats.to_vec()))).map_err(named)?;
        if let Some(majority) = majority {
            let votes: Vec<u64> = entrants.iter().map(|entrant| entrant.votes).collect();
            if self.majority(&mut progress, majority, &votes, seats, active).map_err(named)? {
                steps.push(("absolute majority".into(), progress.seats().to_vec()));
            }
        }
        let mut exhausted = Vec::new();
        if self.rule.reassign {
            let room: Vec<Option<u64>> =
                maximums.iter().zip(&held).map(|(most, held)| most.map(|most| most.saturating_sub(*held))).collect();
            let beyond = |at: usize, more: u64| room[at].is_some_and(|room| progress.seats()[at] + more > room);
            exhausted = (0..active.len()).filter(|&at| beyond(at, 0)).collect();
            let tied = progress.tie().map(Tie::parties).unwrap_or_default();
            if !exhausted.is_empty() || tied.iter().any(|&at| beyond(at, 1)) {
                progress.refuse_open_tie().map_err(named)?;
                for (at, room) in room.iter().enumerate() {
                    progress.limit(at, room.unwrap_or(u64::MAX));
                }
                steps.push(("seats beyond the candidates returned".into(), progress.seats().to_vec()));
                progress.run(|_, _| {}).map_err(named)?;
                steps.push(("returned seats given to other lists".into(), progress.seats().to_vec()));
            }
        }
        let allocation = progress.allocation();
        Ok(Given {
            seats: allocation.certain().to_vec(),
            tie: allocation.tie().cloned(),
            settled: self.settled(active, &chain, progress.settled()),
            vacant: allocation.vacant(),
            stages: steps,
            exhausted,
            ..Given::default()
        })
    }

    /// Gives a list with more than half of the votes, but not of the seats, one more; whether it did.
    fn majority(
        &self,
        progress: &mut Progress<'_>,
        majority: &super::Majority,
        votes: &[u64],
        seats: u64,
        active: &[usize],
    ) -> Result<bool, Stop> {
        let whole = self.facts.base(crate::Base::Valid)?;
        let Some(first) = votes.iter().position(|&votes| 2 * u128::from(votes) > whole) else { return Ok(false) };
        if 2 * u128::from(progress.seats()[first]) > seats.into() || progress.is_full(first) {
            return Ok(false);
        }
        progress.refuse_open_tie()?;
        let Some((stage, losers)) = progress.last_winners(first) else { return Ok(false) };
        let name = |at: usize| self.entrants[active[at]].party.name();
        let drawn = majority.drawn.iter().find_map(|drawn| losers.iter().copied().find(|&at| name(at) == drawn));
        let loser = match (&losers[..], drawn) {
            (&[loser], _) | (_, Some(loser)) => loser,
            _ => {
                // All but one keep their seat: the tie-break says who.
                let mut keep = Allocation::new(vec![0; votes.len()])
                    .with_open(Tie::among(losers.clone(), losers.len() as u64 - 1));
                keep.settle(votes, &self.chain(active));
                let lost = |&&at: &&usize| keep.certain()[at] == 0;
                match (keep.tie(), losers.iter().find(lost)) {
                    (None, Some(&loser)) => loser,
                    _ => {
                        let stage = "the seat given up to the absolute majority".into();
                        return Err(Stop::Tie { stage, tie: Tie::of(losers, 1) });
                    }
                }
            }
        };
        progress.withdraw(stage, loser);
        progress.give(first);
        Ok(true)
    }

    /// Per stage, who of these passes its thresholds.
    fn passing(&self, stages: &[Stage], active: &[usize]) -> Result<Vec<Vec<bool>>, Error> {
        let passes = |stage: &Stage, index: usize| -> Result<bool, Error> {
            let entrant = &self.entrants[index];
            let district = Seen { facts: self.facts, party: &entrant.party, votes: entrant.votes };
            let nation = Seen { facts: self.nation, party: &entrant.nation.0, votes: entrant.nation.1 };
            for condition in &stage.eligible {
                if let Eligible::Passing(threshold) = condition {
                    if threshold.shortfall(&Standing { district, nation }, At::District)?.is_some() {
                        return Ok(false);
                    }
                }
            }
            Ok(true)
        };
        stages.iter().map(|stage| active.iter().map(|&index| passes(stage, index)).collect()).collect()
    }

    /// The rule's tie-breaks by position in `active`; lots of others drop out. An alliance is drawn when a member is.
    fn chain(&self, active: &[usize]) -> Vec<TieBreak> {
        let position = |drawn: &String| {
            active.iter().position(|&index| self.entrants[index].members.iter().any(|member| member == drawn))
        };
        let by_position = |tie_break: &TieBreak<String>| match tie_break {
            TieBreak::MostVotes => TieBreak::MostVotes,
            TieBreak::FewestVotes => TieBreak::FewestVotes,
            TieBreak::ListOrder => TieBreak::ListOrder,
            TieBreak::Drawn(names) => TieBreak::Drawn(names.iter().filter_map(position).collect()),
        };
        self.rule.tie_break.iter().map(by_position).collect()
    }

    /// What tie-breaks settled, by name.
    fn settled(&self, active: &[usize], chain: &[TieBreak], settled: &[Settled]) -> Vec<Settled<String>> {
        let named = |settled: &Settled| {
            let at = chain.iter().position(|by_position| *by_position == settled.by)?;
            let parties = settled.parties.iter().map(|&at| active[at]).collect::<Vec<_>>();
            Some(Settled { by: self.rule.tie_break.get(at)?.clone(), parties: self.names(&parties) })
        };
        settled.iter().filter_map(named).collect()
    }

    /// The error that a tie stands where what follows depends on it.
    fn tied(&self, stage: &str, active: &[usize], tie: &Tie) -> Error {
        let parties: Vec<usize> = tie.parties().iter().map(|&at| active[at]).collect();
        Error::StageTie { stage: stage.into(), parties: self.names(&parties), seats: tie.seats() }
    }

    fn names(&self, entrants: &[usize]) -> Vec<String> {
        entrants.iter().map(|&index| self.entrants[index].party.name().into()).collect()
    }
}

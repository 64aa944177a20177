//! A method, step after step and seat by seat.

use super::chooser::Chooser;
use super::fraction::Fraction;
use super::law::{Kind, Prefer, Price, Step};

/// Whoever competes: a list, or an alliance as one.
#[derive(Clone, Debug)]
pub(crate) struct Entrant {
    pub(crate) lists: Vec<usize>,
    /// First choices.
    pub(crate) votes: u64,
    /// What the method counts.
    pub(crate) claim: Fraction,
    /// What a quota counts.
    pub(crate) whole: u64,
    pub(crate) held: u64,
    pub(crate) lower: u64,
    pub(crate) upper: Option<u64>,
    pub(crate) floor: u64,
    pub(crate) cap: Option<u64>,
}

/// Seats on their way through the steps.
pub(crate) struct Course<'c> {
    pub(crate) steps: &'c [Step],
    pub(crate) entrants: &'c [&'c Entrant],
    pub(crate) seats: u64,
    pub(crate) base: u64,
    pub(crate) prefer: &'c [Prefer],
    pub(crate) smallest_remainders: bool,
    pub(crate) vacancies: bool,
    /// The most new seats of each.
    pub(crate) upper: Vec<u64>,
    pub(crate) had: Vec<u64>,
    /// Seats of each by each step.
    pub(crate) taken: Vec<Vec<u64>>,
    pub(crate) vacant: u64,
}

impl Course<'_> {
    pub(crate) fn left(&self) -> u64 {
        self.seats - self.had.iter().sum::<u64>()
    }

    pub(crate) fn run(&mut self, chooser: &mut Chooser) -> Result<(), String> {
        self.vacant = 0;
        for at in 0..self.steps.len() {
            if self.left() > 0 && self.steps[at].total > 0 {
                self.step(at, chooser)?;
            }
        }
        if self.left() > 0 {
            if (0..self.had.len()).any(|at| self.had[at] < self.upper[at]) || !self.vacancies {
                return Err("seats are left".into());
            }
            self.vacant = self.left();
        }
        Ok(())
    }

    /// Those who may take a seat of this step now.
    fn takers(&self, step: usize, open: &[bool]) -> Vec<usize> {
        let takes =
            |&at: &usize| open[at] && self.had[at] < self.upper[at] && self.taken[step][at] < self.steps[step].each;
        (0..self.had.len()).filter(takes).collect()
    }

    fn give(&mut self, step: usize, at: usize) {
        self.had[at] += 1;
        self.taken[step][at] += 1;
    }

    fn step(&mut self, step: usize, chooser: &mut Chooser) -> Result<(), String> {
        let rule = self.steps[step];
        let given: u64 = self.taken[step].iter().sum();
        let mut supply = self.left().min(rule.total.saturating_sub(given));
        let open: Vec<bool> =
            (0..self.had.len()).map(|at| self.entrants[at].held + self.had[at] >= rule.with_seats).collect();
        match rule.kind {
            Kind::WholeQuotas(price) => self.whole_quotas(step, price, supply, &open, chooser),
            Kind::Averages(divisor) => {
                while supply > 0 {
                    let quotient = |at: usize| {
                        let divisor = divisor.after(self.entrants[at].held + self.had[at]);
                        // Divisor 0 comes before every other, the more votes the earlier.
                        let claim = self.entrants[at].claim;
                        if divisor.0 == 0 { (1, claim) } else { (0, claim.over(divisor)) }
                    };
                    let takers = self.takers(step, &open);
                    let Some(best) = takers.iter().map(|&at| quotient(at)).max() else { break };
                    let equal: Vec<usize> = takers.into_iter().filter(|&at| quotient(at) == best).collect();
                    let winner = if equal.len() as u64 <= supply { equal[0] } else { self.prefer(&equal, chooser) };
                    self.give(step, winner);
                    supply -= 1;
                }
                Ok(())
            }
            Kind::MostVotes => self.rounds(step, supply, &open, chooser, |course, at| course.entrants[at].claim),
            Kind::Remainders => {
                let size = self.price_before(step)?;
                let before: Vec<u64> = self.had_by(step);
                self.rounds(step, supply, &open, chooser, |course, at| {
                    course.entrants[at].claim.minus(size.times(Fraction::whole(before[at].into())))
                })
            }
        }
    }

    /// Seats by minimums and the steps up to this one.
    fn had_by(&self, step: usize) -> Vec<u64> {
        let by_steps = |at: usize| self.taken[..=step].iter().map(|taken| taken[at]).sum::<u64>();
        (0..self.had.len()).map(|at| self.entrants[at].lower + by_steps(at)).collect()
    }

    /// One each in order, again and again in the same order.
    fn rounds(
        &mut self,
        step: usize,
        mut supply: u64,
        open: &[bool],
        chooser: &mut Chooser,
        key: impl Fn(&Self, usize) -> Fraction,
    ) -> Result<(), String> {
        loop {
            let mut round = self.takers(step, open);
            if supply == 0 || round.is_empty() {
                return Ok(());
            }
            while supply > 0 && !round.is_empty() {
                let best = round.iter().map(|&at| key(self, at)).max().unwrap();
                let equal: Vec<usize> = round.iter().copied().filter(|&at| key(self, at) == best).collect();
                let winner = if equal.len() as u64 <= supply { equal[0] } else { self.prefer(&equal, chooser) };
                self.give(step, winner);
                round.retain(|&at| at != winner);
                supply -= 1;
            }
        }
    }

    fn whole_quotas(
        &mut self,
        step: usize,
        price: Price,
        supply: u64,
        open: &[bool],
        chooser: &mut Chooser,
    ) -> Result<(), String> {
        let size = self.size(price)?;
        let before = self.had_by(step);
        let mut bought: Vec<u64> = vec![0; self.had.len()];
        for at in self.takers(step, open) {
            let whole = u64::try_from(self.entrants[at].claim.over(size).floor()).unwrap();
            let room = (self.upper[at] - self.had[at]).min(self.steps[step].each.saturating_sub(self.taken[step][at]));
            bought[at] = whole.saturating_sub(before[at]).min(room);
        }
        let mut excess = bought.iter().sum::<u64>().saturating_sub(supply);
        let mut losers: Vec<usize> = (0..bought.len()).filter(|&at| bought[at] > 0).collect();
        if excess > 0 && (!self.smallest_remainders || excess > losers.len() as u64) {
            return Err("too many whole quotas".into());
        }
        let all = bought.clone();
        while excess > 0 {
            let remainder =
                |at: usize| self.entrants[at].claim.minus(size.times(Fraction::whole((before[at] + all[at]).into())));
            let least = losers.iter().map(|&at| remainder(at)).min().unwrap();
            let mut equal: Vec<usize> = losers.iter().copied().filter(|&at| remainder(at) == least).collect();
            // A tie-break says who keeps its seat.
            while equal.len() as u64 > excess {
                let kept = self.prefer(&equal, chooser);
                equal.retain(|&at| at != kept);
                losers.retain(|&at| at != kept);
            }
            for loser in equal {
                bought[loser] -= 1;
                losers.retain(|&at| at != loser);
                excess -= 1;
            }
        }
        for (at, seats) in bought.into_iter().enumerate() {
            self.had[at] += seats;
            self.taken[step][at] += seats;
        }
        Ok(())
    }

    fn size(&self, price: Price) -> Result<Fraction, String> {
        let size = Fraction(self.base.into(), i128::from(self.seats + price.added));
        let size = if price.next { Fraction::whole(size.floor() + 1) } else { size };
        if size.0 == 0 { Err("the quota is zero".into()) } else { Ok(size) }
    }

    /// The quota of the whole quotas before.
    fn price_before(&self, step: usize) -> Result<Fraction, String> {
        let price = self.steps[..step].iter().rev().find_map(|step| match step.kind {
            Kind::WholeQuotas(price) => Some(price),
            _ => None,
        });
        self.size(price.ok_or("no quota")?)
    }

    /// Whoever the tie-breaks prefer; one of those that are still equal.
    pub(crate) fn prefer(&self, equal: &[usize], chooser: &mut Chooser) -> usize {
        let key = |at: usize| self.entrants[at].claim;
        chooser.one_of(&preferred(self.prefer, equal, key))
    }

    /// The last step beyond whole quotas that gave others seats, and those of them with the smallest claim to their last.
    pub(crate) fn smallest_claims(&self, except: usize) -> Option<(usize, Vec<usize>)> {
        for step in (0..self.steps.len()).rev() {
            let with: Vec<usize> = (0..self.had.len()).filter(|&at| at != except && self.taken[step][at] > 0).collect();
            if with.is_empty() || matches!(self.steps[step].kind, Kind::WholeQuotas(_)) {
                continue;
            }
            let had = self.had_by(step);
            let claim = |at: usize| {
                let entrant = self.entrants[at];
                match self.steps[step].kind {
                    Kind::Averages(divisor) => {
                        let divisor = divisor.after(entrant.held + had[at] - 1);
                        if divisor.0 == 0 { (1, entrant.claim) } else { (0, entrant.claim.over(divisor)) }
                    }
                    Kind::Remainders => {
                        let size = self.price_before(step).unwrap();
                        (0, entrant.claim.minus(size.times(Fraction::whole((had[at] - 1).into()))))
                    }
                    _ => (0, entrant.claim),
                }
            };
            let least = with.iter().map(|&at| claim(at)).min().unwrap();
            return Some((step, with.into_iter().filter(|&at| claim(at) == least).collect()));
        }
        None
    }
}

/// Those that the tie-breaks, tried in turn, put first.
pub(crate) fn preferred(prefer: &[Prefer], equal: &[usize], key: impl Fn(usize) -> Fraction) -> Vec<usize> {
    let mut first = equal.to_vec();
    for prefer in prefer {
        let best = match prefer {
            Prefer::Most => first.iter().map(|&at| key(at)).max().unwrap(),
            Prefer::Fewest => first.iter().map(|&at| key(at)).min().unwrap(),
            Prefer::ListOrder => {
                first.truncate(1);
                continue;
            }
        };
        first.retain(|&at| key(at) == best);
    }
    first
}

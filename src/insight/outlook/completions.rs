//! Completions: the ballots out, turned out so or so, and what the law makes of them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::count::tally::Beside;
use crate::count::{Figures, PartyId, PlaceId};
use crate::insight::state::Seats;
use crate::outcome::Admission;
use crate::rule::prepared::Probe;
use crate::rule::{Record, Rule, run};

/// Completions that are all tried, at most.
const TRIED: u128 = 1_500;

/// Figures with ballots out, and the seats that completions so far brought.
pub(super) struct Completions<'c, 'a> {
    rule: &'c Rule,
    figures: Figures<'a>,
    /// The law over numbers, which says the seats of most completions in a fraction of the time.
    probe: Option<Probe>,
    /// Places with ballots out, and how many.
    out: &'c [(PlaceId, u64)],
    /// By place that is asked about and party, the fewest certain and the most possible seats; nothing before the first answer.
    reached: Vec<Option<Vec<(u64, u64)>>>,
    /// Who passes with all ballots out for one party, or for others.
    judged: BTreeMap<Option<PartyId>, Judged>,
}

/// Who passes at which place, in one completion.
pub(super) type Judged = Vec<(PlaceId, Vec<(PartyId, bool)>)>;

/// Ballots of one place that turn out so.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    Party(PartyId),
    Beside(Beside),
}

impl<'c, 'a> Completions<'c, 'a> {
    pub(super) fn new(rule: &'c Rule, figures: Figures<'a>, out: &'c [(PlaceId, u64)], asked: usize) -> Self {
        let probe = Probe::new(rule, &figures);
        Self { rule, figures, probe, out, reached: alloc::vec![None; asked], judged: BTreeMap::new() }
    }

    /// The seats that completions brought so far at a place.
    pub(super) fn reached(&self, place: PlaceId) -> Option<&[(u64, u64)]> {
        self.reached.get(place.index())?.as_deref()
    }

    fn turn(&mut self, place: PlaceId, turn: Turn, ballots: i128) {
        match turn {
            Turn::Party(party) if self.figures.spot(place).position(party).is_some() => {
                self.figures.alter(place, party, ballots);
            }
            Turn::Party(_) => self.figures.alter_beside(place, Beside::Other, ballots),
            Turn::Beside(kind) => self.figures.alter_beside(place, kind, ballots),
        }
    }

    /// Runs the law with ballots that turned out so; those that stay out count for nobody.
    pub(super) fn run(&mut self, turns: &[(PlaceId, Turn, u64)]) {
        for &(place, turn, ballots) in turns {
            self.turn(place, turn, i128::from(ballots));
        }
        self.note();
        for &(place, turn, ballots) in turns {
            self.turn(place, turn, -i128::from(ballots));
        }
    }

    /// Runs the law with all ballots out turned out alike.
    pub(super) fn run_all(&mut self, turn: Turn) {
        let turns: Vec<(PlaceId, Turn, u64)> =
            self.out.iter().map(|&(place, ballots)| (place, turn, ballots)).collect();
        self.run(&turns);
    }

    /// Who passes the first tier's threshold, by place that it judges, with all ballots out for one party, or for others.
    pub(super) fn judge_all(&mut self, party: Option<PartyId>) -> &Judged {
        if !self.judged.contains_key(&party) {
            let turn = party.map_or(Turn::Beside(Beside::Other), Turn::Party);
            for &(place, ballots) in self.out {
                self.turn(place, turn, i128::from(ballots));
            }
            let judged = self.judged();
            for &(place, ballots) in self.out {
                self.turn(place, turn, -i128::from(ballots));
            }
            self.judged.insert(party, judged);
        }
        &self.judged[&party]
    }

    /// Notes the seats of the figures as they stand.
    fn note(&mut self) {
        if self.note_probed().is_some() {
            return;
        }
        let Some(all) = Seats::everywhere(self.rule, &self.figures) else { return };
        for (reached, seats) in self.reached.iter_mut().zip(all) {
            widen(reached, seats.certain.iter().copied().zip(seats.possible.iter().copied()));
        }
    }

    /// Notes the seats of the figures as they stand by the law over numbers, if it can say them.
    fn note_probed(&mut self) -> Option<()> {
        let probe = self.probe.as_mut()?;
        probe.seats(&self.figures)?;
        for (at, reached) in self.reached.iter_mut().enumerate() {
            let place = PlaceId::at(at);
            let now = probe.certain(place).iter().enumerate();
            let now = now.map(|(party, &seats)| (seats, seats.saturating_add(probe.open(place, PartyId::at(party)))));
            widen(reached, now);
        }
        Some(())
    }

    /// Who passes the first tier's threshold without repairs.
    fn judged(&self) -> Judged {
        let mut judged = Vec::new();
        if self.rule.tiers().iter().all(|tier| tier.threshold.is_none()) {
            return judged;
        }
        let all = run::each_way(self.rule, &self.figures, false, &mut |session, _| {
            for record in session.trace.records() {
                if let Record::Admission(admission) = record {
                    if admission.tier == 0 && judged.iter().all(|(place, _)| *place != admission.place) {
                        let passed = admission.admissions.iter().map(|own| *own == Admission::Passed);
                        judged.push((admission.place, admission.parties.iter().copied().zip(passed).collect()));
                    }
                }
            }
        });
        if all { judged } else { Vec::new() }
    }

    /// Tries every completion where they are few; whether it did.
    pub(super) fn try_all(&mut self) -> bool {
        let mut number: u128 = 1;
        for &(place, ballots) in self.out {
            let kinds = self.figures.spot(place).parties.len() as u64 + 4;
            // Ballots over kinds: C(ballots + kinds - 1, kinds - 1).
            for at in 1..kinds {
                number = number.saturating_mul(u128::from(ballots) + u128::from(at)) / u128::from(at);
                if number > TRIED * 1_000 {
                    return false;
                }
            }
        }
        if number > TRIED {
            return false;
        }
        self.try_from(0, 0, self.out.first().map_or(0, |&(_, ballots)| ballots));
        true
    }

    /// Tries every way in which `left` ballots of the `at`-th place turn out among the kinds from `kind` on, and all that follow.
    fn try_from(&mut self, at: usize, kind: usize, left: u64) {
        let Some(&(place, _)) = self.out.get(at) else { return self.note() };
        let parties = self.figures.spot(place).parties.clone();
        let turn = match parties.get(kind) {
            Some(&party) => Turn::Party(party),
            None => Turn::Beside(Beside::ALL[kind - parties.len()]),
        };
        let is_last = kind + 1 == parties.len() + Beside::ALL.len();
        for ballots in if is_last { left..=left } else { 0..=left } {
            self.turn(place, turn, i128::from(ballots));
            if is_last {
                self.try_from(at + 1, 0, self.out.get(at + 1).map_or(0, |&(_, ballots)| ballots));
            } else {
                self.try_from(at, kind + 1, left - ballots);
            }
            self.turn(place, turn, -i128::from(ballots));
        }
    }
}

/// Takes certain and possible seats by party into what was reached before.
fn widen(reached: &mut Option<Vec<(u64, u64)>>, now: impl Iterator<Item = (u64, u64)>) {
    match reached {
        Some(known) => known.iter_mut().zip(now).for_each(|(known, now)| {
            *known = (known.0.min(now.0), known.1.max(now.1));
        }),
        none => *none = Some(now.collect()),
    }
}

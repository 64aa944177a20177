//! Contests of the run before: where ballots change in one place, the others have the same votes and so the same seats.

use alloc::vec::Vec;

use super::{Going, TierPlan, Unit, Work};
use crate::rule::prepared::numbers::Numbers;
use crate::rule::prepared::watch::Watch;

/// The last contest of one place that left no seat tied, with its answer.
///
/// A method asks for nothing but votes and seats, so that equal ones have equal answers, whatever else has changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// The state of the place's votes then; 0 before the first contest.
    stamp: u64,
    /// Who took part, with votes and seats.
    active: Vec<usize>,
    votes: Vec<u64>,
    seats: Vec<u64>,
    house: u64,
}

impl Kept {
    /// The seats that these votes share, if they did so in the last contest.
    fn answer(&self, votes: &[u64], house: u64) -> Option<&[u64]> {
        (self.house == house && self.votes == votes).then_some(&self.seats)
    }

    /// Keeps a contest in place of the last one.
    fn keep(&mut self, stamp: u64, active: &[usize], votes: &[u64], house: u64, seats: &[u64]) {
        (self.stamp, self.house) = (stamp, house);
        self.active.clear();
        self.active.extend_from_slice(active);
        self.votes.clear();
        self.votes.extend_from_slice(votes);
        self.seats.clear();
        self.seats.extend_from_slice(seats);
    }
}

impl TierPlan {
    /// Gives out the seats of the run before where the votes of a place are all that they hang on, and are those of that run.
    pub(super) fn again(&self, unit: &Unit, numbers: &Numbers, work: &mut Work, watch: &mut dyn Watch) -> bool {
        let is_same = |kept: &&Kept| kept.stamp == numbers.stamp(unit.place);
        let Some(kept) = work.kept.get(unit.contest).filter(|_| self.is_by_itself(unit)).filter(is_same) else {
            return false;
        };
        work.active.clone_from(&kept.active);
        work.votes.clone_from(&kept.votes);
        work.seats.clone_from(&kept.seats);
        self.show(unit, (unit.seats, &[]), work, watch);
        true
    }

    /// Whether seats of a place hang on the votes there alone.
    fn is_by_itself(&self, unit: &Unit) -> bool {
        matches!(self.kind, Going::Parallel) && self.everywhere.is_none() && unit.judge.is_idle() && self.is_bare(unit)
    }

    /// Seats by votes alone, and the parties of a tie with its seats: those of the contest before where it is the same one.
    pub(super) fn share(
        &self,
        unit: &Unit,
        house: u64,
        numbers: &Numbers,
        work: &mut Work,
    ) -> Option<Option<(Vec<usize>, u64)>> {
        let Work { active, votes, seats, scratch, kept, .. } = work;
        let kept = kept.get_mut(unit.contest);
        if let Some(known) = kept.as_ref().and_then(|kept| kept.answer(votes, house)) {
            seats.copy_from_slice(known);
            return Some(None);
        }
        if let Some(tie) = self.method.allocate_into(votes, house, seats, scratch).ok()? {
            return Some(Some((tie.parties().iter().map(|&at| active[at]).collect(), tie.seats())));
        }
        if let Some(kept) = kept {
            kept.keep(numbers.stamp(unit.place), active, votes, house, seats);
        }
        Some(None)
    }
}

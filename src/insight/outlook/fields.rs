//! Who may end up taking part: the sets of parties that a completion can admit.

use alloc::vec::Vec;

use super::open::Open;
use crate::insight::counts::Kind;
use crate::insight::reading::Size;
use crate::rule::Threshold;

/// Parties whose admission may go either way, beyond which sets are not enumerated.
const OPEN: usize = 10;

/// A set of parties that may be admitted.
pub(super) struct Field {
    /// The parties, ascending.
    pub(super) parties: Vec<usize>,
    /// By party of it, the fewest more votes without which it is not admitted along with the others.
    pub(super) lifts: Vec<u64>,
    /// Whether all of them have to pass the threshold, as nobody is admitted otherwise.
    pub(super) all_pass: bool,
}

/// The sets of parties that some completion may admit; more than can be reached perhaps, never fewer. `None` where they are too
/// many.
pub(super) fn fields(election: &Open<'_>) -> Option<Vec<Field>> {
    let parties = election.parties();
    let always: Vec<bool> = (0..parties).map(|party| election.passes_always(party)).collect();
    let ever: Vec<bool> = (0..parties).map(|party| always[party] || election.passes_ever(party)).collect();
    let at_least = election.reading.rule.admit_at_least;
    let repairs = always.iter().filter(|&&always| always).count() < at_least;
    let votes = |party: usize| election.counts.votes_of(party);
    // A repair takes parties with votes only.
    let may_join = |party: usize| ever[party] || (repairs && (votes(party) > 0 || election.out > 0));
    let open: Vec<usize> = (0..parties).filter(|&party| !always[party] && may_join(party)).collect();
    if open.len() > OPEN {
        return None;
    }

    let uniform = election.reading.rule.threshold.as_ref().is_none_or(is_uniform);
    let with_votes = (0..parties).filter(|&party| votes(party) > 0).count();
    let mut fields = Vec::new();
    for choice in 0..1_u32 << open.len() {
        let joins = |party: usize| {
            always[party] || open.iter().position(|&open| open == party).is_some_and(|at| choice >> at & 1 == 1)
        };
        let field: Vec<usize> = (0..parties).filter(|&party| joins(party)).collect();
        // Repairs fill up to the number that the rule asks for, and not beyond it.
        let all_pass = !repairs || field.len() > at_least;
        if repairs && field.len() < at_least.min(with_votes) {
            continue;
        }
        let lifts = match all_pass {
            true => election.least_lifts(&field, Size::Below),
            false => Some(field.iter().map(|_| 0).collect()),
        };
        let Some(mut lifts) = lifts else { continue };
        // Under one threshold for all, nobody with more votes stays out, and equal votes leave it open who joins.
        if uniform {
            if let Some(best_out) = (0..parties).filter(|&out| !joins(out)).map(votes).max().filter(|&best| best > 0) {
                for (&inside, lift) in field.iter().zip(&mut lifts) {
                    *lift = (*lift).max(best_out.saturating_add(1).saturating_sub(votes(inside)));
                }
            }
        }
        if lifts.iter().map(|&lift| u128::from(lift)).sum::<u128>() > election.out.into() {
            continue;
        }
        fields.push(Field { parties: field, lifts, all_pass });
    }
    Some(fields)
}

/// Whether a threshold asks the same votes of everyone.
fn is_uniform(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Share { .. } | Threshold::Votes { .. } | Threshold::Quota { .. } => true,
        Threshold::Any(parts) | Threshold::All(parts) => parts.iter().all(is_uniform),
        _ => false,
    }
}

impl Open<'_> {
    /// Whether a party passes the threshold with no more votes in the largest bases.
    fn passes_always(&self, party: usize) -> bool {
        self.passes_with(party, 0, self.out, Size::Above)
    }

    /// Whether a party can pass the threshold; the best for it is all ballots out, or none where the threshold grows faster.
    fn passes_ever(&self, party: usize) -> bool {
        self.passes_with(party, self.out, self.out, Size::Below) || self.passes_with(party, 0, 0, Size::Below)
    }

    /// Whether a party passes with `more` votes, `raised` more ballots in every base, its own among them.
    pub(super) fn passes_with(&self, party: usize, more: u64, raised: u64, size: Size) -> bool {
        let Some(threshold) = &self.reading.rule.threshold else { return true };
        let mut counts = self.counts.clone();
        counts.add(party, more);
        counts.add_other(Kind::Other, raised.saturating_sub(more));
        // What fails here fails for want of a quota.
        self.reading.passes(threshold, party, &counts, size, &mut Vec::new()).unwrap_or(false)
    }

    /// The fewest more votes with which the parties of a field pass together, all other ballots out being in no base; `None` if
    /// the ballots out do not do.
    ///
    /// Votes that lift one party are in the base of the others, whose thresholds rise with it, until all of them are met.
    fn least_lifts(&self, field: &[usize], size: Size) -> Option<Vec<u64>> {
        let mut raised = 0;
        // What rises for so long is not met with few ballots; the lifts so far are still needed.
        for _ in 0..64 {
            let lifts = field.iter().map(|&party| self.lift(party, raised, size)).collect::<Option<Vec<u64>>>()?;
            let sum =
                lifts.iter().try_fold(0_u64, |sum, &lift| sum.checked_add(lift)).filter(|&sum| sum <= self.out)?;
            if sum <= raised {
                return Some(lifts);
            }
            raised = sum;
        }
        field.iter().map(|&party| self.lift(party, raised, size)).collect()
    }

    /// The fewest more votes with which a party passes while at least `raised` ballots more are in every base; `None` if
    /// all ballots out do not do.
    pub(super) fn lift(&self, party: usize, raised: u64, size: Size) -> Option<u64> {
        let passes = |more: u64| self.passes_with(party, more, raised.max(more), size);
        if passes(0) {
            return Some(0);
        }
        if !passes(self.out) {
            return None;
        }
        let (mut low, mut high) = (0, self.out);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if passes(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }
}

//! Population monotonicity: no seat passes from a party that grows faster to one that grows slower.

use alloc::format;
use alloc::vec::Vec;

use super::answer::{Answer, ask};
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "population monotonicity",
    statement: "If party i grows by a larger factor than party j, then i does not lose seats while j gains some.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, ch. 8 and App. A (vote-ratio monotonicity)",
    check: population_monotonicity,
};

/// If party i grows by a larger factor than party j, then i does not lose seats while j gains some, in any outcomes.
///
/// The second election of the instance is compared; where it has none, one vote more for each party in turn while
/// another has twice its votes or none.
///
/// # Errors
/// A [`Fault`] if a party loses seats and one that grows less gains some: the population paradox.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, population_monotonicity};
/// let instance = Instance::new([29, 13, 5], 6).then([30, 22, 5]);
/// assert!(population_monotonicity(&AllocationMethod::D_HONDT, &instance).is_ok());
/// assert!(population_monotonicity(&AllocationMethod::HARE, &instance).is_err());
/// ```
pub fn population_monotonicity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    let compare_with = |after: &[u64]| -> Result<(), Fault> {
        match ask(method, after, seats)? {
            Some(other) if after.len() == votes.len() => {
                compare(seats, (votes, &answer), (after, &other)).map_or(Ok(()), Err)
            }
            _ => Ok(()),
        }
    };
    if let Some(after) = instance.after() {
        return compare_with(after);
    }
    for i in 0..votes.len() {
        for k in (0..votes.len()).filter(|&k| k != i) {
            let grown = votes[i].checked_add(1);
            for (grown, other) in [(grown, votes[k].checked_mul(2)), (grown, Some(0))] {
                let (Some(grown), Some(other)) = (grown, other) else { continue };
                let mut after: Vec<u64> = votes.to_vec();
                after[i] = grown;
                after[k] = other;
                compare_with(&after)?;
            }
        }
    }
    Ok(())
}

/// What breaks the axiom between two elections of the same parties, both for `seats` seats.
pub(super) fn compare(seats: u64, before: (&[u64], &Answer), after: (&[u64], &Answer)) -> Option<Fault> {
    let ((votes, answer), (votes_after, other)) = (before, after);
    for i in 0..votes.len() {
        if answer.high(i) <= other.low(i) {
            continue; // i cannot lose
        }
        for j in 0..votes.len() {
            let growth_of_i = u128::from(votes_after[i]) * u128::from(votes[j]);
            let growth_of_j = u128::from(votes_after[j]) * u128::from(votes[i]);
            if growth_of_i <= growth_of_j || other.high(j) <= answer.low(j) {
                continue;
            }
            for (has, other_has) in answer.pairs(i, j) {
                let Some((left, grown)) = other.pairs(i, j).find(|&(i, j)| i < has && j > other_has) else { continue };
                let detail = format!(
                    "then {} votes: party {} grows more than party {}, but goes from {has} to {left} of {}, and party {} \
                     from {other_has} to {grown}",
                    super::List(votes_after),
                    i + 1,
                    j + 1,
                    super::Seats(seats),
                    j + 1,
                );
                let outcome = answer.outcome_with(&[(i, has), (j, other_has)]);
                let instance = Instance::new(votes, seats).then(votes_after);
                return Some(Violation::of(Axiom::PopulationMonotonicity, &instance, outcome, detail));
            }
        }
    }
    None
}

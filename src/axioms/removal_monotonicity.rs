//! Removal monotonicity: a party that is excluded leaves its seats to the others.

use alloc::format;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "removal monotonicity",
    statement: "If a party is excluded, for every outcome there is one without it in which no other has fewer seats.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, ch. 5 and App. A (the new states paradox)",
    check: removal_monotonicity,
};

/// If a party is excluded, by a threshold or because it leaves, then for every outcome there is one without it in which
/// no other party has fewer seats.
///
/// # Errors
/// A [`Fault`] if a party loses a seat because another one goes.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, removal_monotonicity};
/// let instance = Instance::new([13, 8, 3, 3], 5);
/// assert!(removal_monotonicity(&AllocationMethod::D_HONDT, &instance).is_ok());
/// assert!(removal_monotonicity(&AllocationMethod::HARE, &instance).is_err());
/// ```
pub fn removal_monotonicity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    for out in 0..votes.len() {
        let stay: Vec<usize> = (0..votes.len()).filter(|&party| party != out).collect();
        let without: Vec<u64> = stay.iter().map(|&party| votes[party]).collect();
        if without.iter().all(|&votes| votes == 0) {
            continue; // nobody is left to take the seats
        }
        let Some(other) = ask(method, &without, seats)? else { continue };
        if let Some(loss) = answer.loss_against(&stay, &other) {
            let detail = format!(
                "party {} has {} of {seats}, but {} when party {} is excluded",
                loss.party + 1,
                super::Seats(loss.has),
                loss.there,
                out + 1
            );
            return Err(Violation::of(Axiom::RemovalMonotonicity, instance, loss.outcome, detail));
        }
    }
    Ok(())
}

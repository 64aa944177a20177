//! Homogeneity: only the proportions of the votes count.

use alloc::format;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "homogeneity",
    statement: "All votes multiplied by the same whole number give the same outcomes.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A; \
             F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 4 (decency)",
    check: homogeneity,
};

/// All votes multiplied by the same whole number give the same outcomes; 2, 3, 7 and 10 are tried.
///
/// # Errors
/// A [`Fault`] if the outcomes change.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, homogeneity};
/// assert!(homogeneity(&AllocationMethod::HARE, &Instance::new([4, 13, 1], 6)).is_ok());
/// // The Droop quota is rounded: 2 of 4 votes for a seat, but 3 of 8.
/// assert!(homogeneity(&AllocationMethod::DROOP, &Instance::new([3, 1], 2)).is_err());
/// ```
pub fn homogeneity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    for factor in [2, 3, 7, 10] {
        let Some(multiplied) = votes.iter().map(|votes| votes.checked_mul(factor)).collect::<Option<Vec<u64>>>() else {
            break; // beyond what votes can be
        };
        let Some(other) = ask(method, &multiplied, seats)? else { continue };
        if other == answer {
            continue;
        }
        let differs = |at: &usize| (other.low(*at), other.high(*at)) != (answer.low(*at), answer.high(*at));
        let at = (0..votes.len()).find(differs).unwrap_or(0);
        let detail = format!(
            "party {} has {}, but {} with {factor} times the votes",
            at + 1,
            super::range(answer.low(at), answer.high(at), seats),
            super::range(other.low(at), other.high(at), seats),
        );
        return Err(Violation::of(Axiom::Homogeneity, instance, answer.outcome(&[]), detail));
    }
    Ok(())
}

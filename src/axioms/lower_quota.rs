//! Lower quota: no party has fewer seats than its ideal share rounded down.

use alloc::format;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "lower quota",
    statement: "No party has fewer seats than its ideal share votes x seats / all votes, rounded down.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, ch. 10 and App. A",
    check: lower_quota,
};

/// No party has fewer seats than its ideal share, rounded down, in any outcome.
///
/// # Errors
/// A [`Fault`] if one has.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, lower_quota};
/// let fault = lower_quota(&AllocationMethod::SAINTE_LAGUE, &Instance::new([35, 4, 4, 4], 7)).unwrap_err();
/// assert_eq!(fault.to_string(), "lower quota: 35, 4, 4, 4 votes: party 1 has 4 seats of 7, but is due at least 5");
/// ```
pub fn lower_quota(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (seats, total) = (instance.seats(), instance.total());
    let Some(answer) = ask(method, instance.votes(), seats)? else { return Ok(()) };
    if total == 0 {
        return Ok(());
    }
    for (party, &votes) in instance.votes().iter().enumerate() {
        let (has, due) = (answer.low(party), u128::from(votes) * u128::from(seats) / total);
        if u128::from(has) < due {
            let detail = format!("party {} has {} of {seats}, but is due at least {due}", party + 1, super::Seats(has));
            let outcome = answer.outcome_with(&[(party, has)]);
            return Err(Violation::of(Axiom::LowerQuota, instance, outcome, detail));
        }
    }
    Ok(())
}

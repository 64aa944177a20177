//! Upper quota: no party has more seats than its ideal share rounded up.

use alloc::format;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "upper quota",
    statement: "No party has more seats than its ideal share votes x seats / all votes, rounded up.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, ch. 10 and App. A",
    check: upper_quota,
};

/// No party has more seats than its ideal share, rounded up, in any outcome.
///
/// # Errors
/// A [`Fault`] if one has.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, upper_quota};
/// let fault = upper_quota(&AllocationMethod::D_HONDT, &Instance::new([15, 4, 1], 8)).unwrap_err();
/// assert_eq!(fault.to_string(), "upper quota: 15, 4, 1 votes: party 1 has 7 seats of 8, but is due at most 6");
/// ```
pub fn upper_quota(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (seats, total) = (instance.seats(), instance.total());
    let Some(answer) = ask(method, instance.votes(), seats)? else { return Ok(()) };
    if total == 0 {
        return Ok(());
    }
    for (party, &votes) in instance.votes().iter().enumerate() {
        let (has, due) = (answer.high(party), (u128::from(votes) * u128::from(seats)).div_ceil(total));
        if u128::from(has) > due {
            let detail = format!("party {} has {} of {seats}, but is due at most {due}", party + 1, super::Seats(has));
            let outcome = answer.outcome_with(&[(party, has)]);
            return Err(Violation::of(Axiom::UpperQuota, instance, outcome, detail));
        }
    }
    Ok(())
}

//! Majority: more than half of the votes bring at least half of the seats.

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "majority",
    statement: "A party with more than half of the votes has at least half of the seats.",
    source: "F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 11; M. Gallagher, British Journal of \
             Political Science 22 (1992), 469-496",
    check: majority,
};

/// A party with more than half of the votes has at least half of the seats, in any outcome.
///
/// # Errors
/// A [`Fault`] if it has fewer.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, majority};
/// let fault = majority(&AllocationMethod::HARE, &Instance::new([15, 11, 3], 7)).unwrap_err();
/// assert_eq!(fault.to_string(), "majority: 15, 11, 3 votes: party 1 has 15 of 29 votes, but 3 of 7 seats");
/// ```
pub fn majority(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (seats, total) = (instance.seats(), instance.total());
    let Some(answer) = ask(method, instance.votes(), seats)? else { return Ok(()) };
    for (party, &votes) in instance.votes().iter().enumerate() {
        let has = answer.low(party);
        if 2 * u128::from(votes) > total && 2 * u128::from(has) < u128::from(seats) {
            let detail = super::halves(party, votes, total, has, seats);
            let outcome = answer.outcome_with(&[(party, has)]);
            return Err(Violation::of(Axiom::Majority, instance, outcome, detail));
        }
    }
    Ok(())
}

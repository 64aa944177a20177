//! Minority: less than half of the votes bring no more than half of the seats.

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "minority",
    statement: "With a seat for each party, one with less than half of the votes has no more than half of the seats.",
    source: "F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 11; M. Gallagher, British Journal of \
             Political Science 22 (1992), 469-496",
    check: minority,
};

/// A party with less than half of the votes has no more than half of the seats, in any outcome, where there are at least
/// as many seats as parties with votes.
///
/// With fewer seats there may be just one, which someone must have.
///
/// # Errors
/// A [`Fault`] if it has more.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, minority};
/// let fault = minority(&AllocationMethod::SAINTE_LAGUE, &Instance::new([17, 13, 5], 3)).unwrap_err();
/// assert_eq!(fault.to_string(), "minority: 17, 13, 5 votes: party 1 has 17 of 35 votes, but 2 of 3 seats");
/// ```
pub fn minority(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (seats, total) = (instance.seats(), instance.total());
    let Some(answer) = ask(method, instance.votes(), seats)? else { return Ok(()) };
    if !instance.has_a_seat_for_each() {
        return Ok(());
    }
    for (party, &votes) in instance.votes().iter().enumerate() {
        let has = answer.high(party);
        if 2 * u128::from(votes) < total && 2 * u128::from(has) > u128::from(seats) {
            let detail = super::halves(party, votes, total, has, seats);
            let outcome = answer.outcome_with(&[(party, has)]);
            return Err(Violation::of(Axiom::Minority, instance, outcome, detail));
        }
    }
    Ok(())
}

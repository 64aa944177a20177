//! House monotonicity: a larger house takes no seat from anyone.

use alloc::format;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "house monotonicity",
    statement: "For every outcome there is one with one more seat to give out in which no party has fewer.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, ch. 5 and App. A (the Alabama paradox)",
    check: house_monotonicity,
};

/// For every outcome there is one with one more seat to give out in which no party has fewer.
///
/// Parties are compared one by one.
///
/// # Errors
/// A [`Fault`] if a party loses a seat: the Alabama paradox.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, house_monotonicity};
/// let instance = Instance::new([9, 3, 1], 6);
/// assert!(house_monotonicity(&AllocationMethod::SAINTE_LAGUE, &instance).is_ok());
/// assert!(house_monotonicity(&AllocationMethod::HARE, &instance).is_err());
/// ```
pub fn house_monotonicity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(more) = seats.checked_add(1) else { return Ok(()) };
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    let Some(larger) = ask(method, votes, more)? else { return Ok(()) };
    let all: Vec<usize> = (0..votes.len()).collect();
    let Some(loss) = answer.loss_against(&all, &larger) else { return Ok(()) };
    let has = super::Seats(loss.has);
    let detail = format!("party {} has {has} of {seats}, but {} of {more}", loss.party + 1, loss.there);
    Err(Violation::of(Axiom::HouseMonotonicity, instance, loss.outcome, detail))
}

//! Anonymity: only a party's votes count, not its place.

use alloc::format;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "anonymity",
    statement: "Parties in another order get the same outcomes in that order.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A (symmetry); \
             F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 4",
    check: anonymity,
};

/// Parties in another order get the same outcomes in that order.
///
/// Every swap of neighbours is tried, the reverse order, and the parties moved up by one place.
///
/// # Errors
/// A [`Fault`] if the outcomes do not follow their parties.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, anonymity};
/// assert!(anonymity(&AllocationMethod::D_HONDT, &Instance::new([5, 3, 3], 2)).is_ok());
/// ```
pub fn anonymity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let parties = instance.votes().len();
    let swaps = (1..parties).map(|at| {
        let mut order: Vec<usize> = (0..parties).collect();
        order.swap(at - 1, at);
        order
    });
    let turned = (0..parties).map(|at| (at + 1) % parties).collect();
    in_orders(method, instance, swaps.chain([(0..parties).rev().collect(), turned]))
}

/// Anonymity in these orders: party `at` of the new order is party `order[at]` of the instance.
pub(super) fn in_orders(
    method: &dyn Apportion,
    instance: &Instance,
    orders: impl Iterator<Item = Vec<usize>>,
) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    for order in orders {
        let moved: Vec<u64> = order.iter().map(|&party| votes[party]).collect();
        let Some(other) = ask(method, &moved, seats)? else { continue };
        let expected = answer.reordered(&order);
        if other == expected {
            continue;
        }
        let differs = |at: &usize| (other.low(*at), other.high(*at)) != (expected.low(*at), expected.high(*at));
        let at = (0..order.len()).find(differs).unwrap_or(0);
        let detail = format!(
            "party {} has {} as number {} in the order given, but {} as number {} in the order {}",
            order[at] + 1,
            super::range(expected.low(at), expected.high(at), seats),
            order[at] + 1,
            super::range(other.low(at), other.high(at), seats),
            at + 1,
            super::List(&moved)
        );
        return Err(Violation::of(Axiom::Anonymity, instance, answer.outcome(&[]), detail));
    }
    Ok(())
}

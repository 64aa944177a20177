//! Completeness: every seat is given out.

use alloc::format;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "completeness",
    statement: "All seats are given out while a party with votes stands; none stays vacant.",
    source: "F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 4 (the seats sum to the house size)",
    check: completeness,
};

/// All seats are given out while a party with votes stands; none stays vacant.
///
/// An instance has no maximums, so nothing can keep a seat from being given out. Seats that an answer neither gives nor
/// reports vacant make it no allocation: that is a [`Misbehaviour`](super::Misbehaviour). A refusal is an error that
/// says why, and breaks nothing.
///
/// # Errors
/// A [`Fault`] if seats stay vacant.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, completeness};
/// assert!(completeness(&AllocationMethod::ADAMS, &Instance::new([5, 0], 9)).is_ok());
/// ```
pub fn completeness(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let Some(answer) = ask(method, instance.votes(), instance.seats())? else { return Ok(()) };
    if answer.vacant() == 0 || instance.total() == 0 {
        return Ok(());
    }
    let detail = format!("{} of {} stay vacant", answer.vacant(), super::Seats(instance.seats()));
    Err(Violation::of(Axiom::Completeness, instance, answer.outcome(&[]), detail))
}

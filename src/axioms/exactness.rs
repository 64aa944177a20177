//! Exactness: whole ideal shares are given as they are.

use alloc::format;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "exactness",
    statement: "If every ideal share votes x seats / all votes is a whole number, the only outcome is the ideal shares.",
    source: "F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 4; \
             M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A (weak proportionality)",
    check: exactness,
};

/// If every ideal share is a whole number, the only outcome is the ideal shares.
///
/// # Errors
/// A [`Fault`] if there is another outcome.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, exactness};
/// let fault = exactness(&AllocationMethod::IMPERIALI_DIVISORS, &Instance::new([4, 2, 1], 7)).unwrap_err();
/// assert_eq!(fault.to_string(), "exactness: 4, 2, 1 votes: the ideal share of party 1 is 4 of 7 seats, but it has 5");
/// ```
pub fn exactness(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats, total) = (instance.votes(), instance.seats(), instance.total());
    let products = || votes.iter().map(|&votes| u128::from(votes) * u128::from(seats));
    if total == 0 || products().any(|product| product % total != 0) {
        return Ok(());
    }
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    for (party, product) in products().enumerate() {
        let ideal = product / total;
        for has in [answer.low(party), answer.high(party)] {
            if u128::from(has) != ideal {
                let detail = format!(
                    "the ideal share of party {} is {ideal} of {}, but it has {has}",
                    party + 1,
                    super::Seats(seats)
                );
                let outcome = answer.outcome_with(&[(party, has)]);
                return Err(Violation::of(Axiom::Exactness, instance, outcome, detail));
            }
        }
    }
    Ok(())
}

//! Concordance: more votes, no fewer seats.

use alloc::format;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "concordance",
    statement: "A party with more votes than another has no fewer seats.",
    source: "F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 4; \
             M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A (order preservation)",
    check: concordance,
};

/// A party with more votes than another has no fewer seats, in any outcome.
///
/// # Errors
/// A [`Fault`] if a party with more votes has fewer seats.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, concordance};
/// assert!(concordance(&AllocationMethod::HARE, &Instance::new([60, 30, 10], 4)).is_ok());
/// ```
pub fn concordance(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let votes = instance.votes();
    let Some(answer) = ask(method, votes, instance.seats())? else { return Ok(()) };
    for (i, more) in votes.iter().enumerate() {
        for (j, _) in votes.iter().enumerate().filter(|&(_, fewer)| fewer < more) {
            if answer.low(i) >= answer.high(j) {
                continue;
            }
            if let Some((has, other)) = answer.pairs(i, j).find(|(has, other)| has < other) {
                let detail = format!(
                    "party {} has {}, but party {}, with fewer votes, has {other}",
                    i + 1,
                    super::Seats(has),
                    j + 1
                );
                let outcome = answer.outcome_with(&[(i, has), (j, other)]);
                return Err(Violation::of(Axiom::Concordance, instance, outcome, detail));
            }
        }
    }
    Ok(())
}

//! The max-min inequality: what makes an allocation one of highest averages.

use core::cmp::Ordering;

use alloc::format;

use super::answer::{Answer, ask};
use super::{Fault, Instance, Violation};
use crate::method::Claim;
use crate::method::{Apportion, Divisors};

/// No party has a better claim to a seat it has not than another to its last one, by these divisors; and parties with
/// equal claims are tied.
///
/// This characterises the outcomes of highest averages, however they are computed: `max v_i / d(s_i) <= min v_j / d(s_j -
/// 1)`, the minimum over the parties that have seats. It is an exact check of every allocation, in time that grows with
/// the square of the parties.
///
/// Source: M. L. Balinski and H. P. Young, *Fair Representation*, 1982, App. A (min-max inequality).
///
/// # Errors
/// A [`Fault`] if another party has a better claim, or a tie is settled in silence.
///
/// # Examples
/// ```
/// use apportion::axioms::{Instance, max_min};
/// use apportion::{AllocationMethod, Divisors};
/// let instance = Instance::new([60, 30, 10], 7);
/// assert!(max_min(&AllocationMethod::D_HONDT, &Divisors::D_HONDT, &instance).is_ok());
/// let fault = max_min(&AllocationMethod::HARE, &Divisors::D_HONDT, &instance).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "max-min inequality: 60, 30, 10 votes: party 1, with 4 seats of 7, has a better claim to one more than party 3 to \
///      its number 1"
/// );
/// ```
pub fn max_min(method: &dyn Apportion, divisors: &Divisors, instance: &Instance) -> Result<(), Fault> {
    let votes = instance.votes();
    let Some(answer) = ask(method, votes, instance.seats())? else { return Ok(()) };
    let ladder = divisors.ladder();
    // How i's claim to a seat more compares with j's to its last one; a party without votes has none.
    let order = |(i, has): (usize, u64), (j, last): (usize, u64)| match (votes[i], votes[j]) {
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        (mine, theirs) => ladder.compare(Claim { votes: mine, index: has }, Claim { votes: theirs, index: last - 1 }),
    };
    for i in 0..votes.len() {
        for j in (0..votes.len()).filter(|&j| j != i) {
            for (has, other) in answer.pairs(i, j).filter(|&(_, other)| other > 0) {
                let claim = match order((i, has), (j, other)) {
                    Ordering::Less => continue,
                    Ordering::Equal if could_swap(&answer, (i, has), (j, other)) => continue,
                    Ordering::Equal => "an equal",
                    Ordering::Greater => "a better",
                };
                let detail = format!(
                    "party {}, with {} of {}, has {claim} claim to one more than party {} to its number {other}",
                    i + 1,
                    super::Seats(has),
                    instance.seats(),
                    j + 1
                );
                let outcome = answer.outcome_with(&[(i, has), (j, other)]);
                return Err(Violation::of_relation("max-min inequality", instance, outcome, detail));
            }
        }
    }
    Ok(())
}

/// Whether the seat that two parties have an equal claim to can be with either.
fn could_swap(answer: &Answer, (i, has): (usize, u64), (j, other): (usize, u64)) -> bool {
    answer.pairs(i, j).any(|pair| pair == (has + 1, other - 1))
}

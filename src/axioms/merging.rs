//! Merging: what two parties win or lose by standing as one.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

const SOURCE: &str =
    "M. L. Balinski and H. P. Young, Fair Representation, 1982, ch. 9 and App. A (schisms and coalitions)";

pub(super) const SUPERADDITIVITY: Law = Law {
    name: "merging never loses",
    statement: "Two parties that merge have no fewer seats than they had together.",
    source: SOURCE,
    check: merging_never_loses,
};

pub(super) const SUBADDITIVITY: Law = Law {
    name: "merging never gains",
    statement: "With a seat for each party, two parties that merge have no more seats than they had together.",
    source: SOURCE,
    check: merging_never_gains,
};

pub(super) const STABILITY: Law = Law {
    name: "stability",
    statement: "Two parties that merge have at most one seat more or less than they had together.",
    source: SOURCE,
    check: stability,
};

/// Two parties that merge have no fewer seats than they had together (superadditivity): the method encourages coalitions.
///
/// The most and the fewest seats that ties can bring are compared with each other.
///
/// # Errors
/// A [`Fault`] if they have fewer.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, merging_never_loses};
/// let fault = merging_never_loses(&AllocationMethod::ADAMS, &Instance::new([8, 3, 1], 3)).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "merging never loses: 8, 3, 1 votes: parties 2 and 3 have 2 seats of 3 together, but 1 as one party"
/// );
/// ```
pub fn merging_never_loses(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    check(Axiom::MergingNeverLoses, method, instance, |apart, merged| merged < apart)
}

/// Two parties that merge have no more seats than they had together (subadditivity), where there are at least as many
/// seats as parties with votes: the method encourages schisms.
///
/// With fewer seats, methods with a first divisor of 0 rank the parties, and only a merged one may rank high enough. The
/// most and the fewest seats that ties can bring are compared with each other.
///
/// # Errors
/// A [`Fault`] if they have more.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, merging_never_gains};
/// let instance = Instance::new([9, 3, 1], 6);
/// assert!(merging_never_gains(&AllocationMethod::ADAMS, &instance).is_ok());
/// assert!(merging_never_gains(&AllocationMethod::D_HONDT, &instance).is_err());
/// ```
pub fn merging_never_gains(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    if !instance.has_a_seat_for_each() {
        return ask(method, instance.votes(), instance.seats()).map(|_| ()).map_err(Fault::from);
    }
    check(Axiom::MergingNeverGains, method, instance, |apart, merged| merged > apart)
}

/// Two parties that merge have at most one seat more or less than they had together.
///
/// The most and the fewest seats that ties can bring are compared with each other.
///
/// # Errors
/// A [`Fault`] if they differ by more.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, stability};
/// assert!(stability(&AllocationMethod::HARE, &Instance::new([9, 3, 1], 6)).is_ok());
/// assert!(stability(&AllocationMethod::MACAU, &Instance::new([21, 9, 4], 8)).is_err());
/// ```
pub fn stability(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    check(Axiom::Stability, method, instance, |apart, merged| apart.abs_diff(merged) > 1)
}

/// Merges each pair of parties in turn, and reports the first whose seats apart and merged are `bad`.
fn check(
    axiom: Axiom,
    method: &dyn Apportion,
    instance: &Instance,
    bad: impl Fn(u64, u64) -> bool,
) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    for j in 1..votes.len() {
        for i in 0..j {
            let Some(merged) = merge(votes, i, j) else { continue };
            let Some(other) = ask(method, &merged, seats)? else { continue };
            let (fewest, most) = answer.sums(&[i, j]);
            for (apart, together, first) in [(most, other.high(i), true), (fewest, other.low(i), false)] {
                if bad(apart, together) {
                    let outcome =
                        if first { answer.outcome(&[i, j]) } else { answer.outcome(&others(votes.len(), i, j)) };
                    return Err(Violation::of(axiom, instance, outcome, detail((i, j), apart, together, seats)));
                }
            }
        }
    }
    Ok(())
}

/// The votes with those of party `j` given to party `i`, which stands before it, and `j` gone; `None` beyond 2^64 - 1.
pub(super) fn merge(votes: &[u64], i: usize, j: usize) -> Option<Vec<u64>> {
    let mut merged = votes.to_vec();
    merged[i] = votes[i].checked_add(votes[j])?;
    merged.remove(j);
    Some(merged)
}

fn others(parties: usize, i: usize, j: usize) -> Vec<usize> {
    (0..parties).filter(|&party| party != i && party != j).collect()
}

fn detail((i, j): (usize, usize), apart: u64, together: u64, seats: u64) -> String {
    let apart = super::Seats(apart);
    format!("parties {} and {} have {apart} of {seats} together, but {together} as one party", i + 1, j + 1)
}

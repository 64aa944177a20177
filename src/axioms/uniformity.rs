//! Uniformity: a part of a fair division is fair.

use alloc::format;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "uniformity",
    statement: "What some of the parties have in an outcome is an outcome for them alone and the seats they have.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A (uniformity); \
             F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 9 (coherence)",
    check: uniformity,
};

/// Up to so many parties, all parts are tried.
const ALL_PARTS: usize = 6;

/// What some of the parties have in an outcome is an outcome for them alone and the seats they have together.
///
/// All parts are tried with up to six parties; with more, every pair and all but one.
///
/// # Errors
/// A [`Fault`] if some parties would divide their seats in another way alone.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, uniformity};
/// let fault = uniformity(&AllocationMethod::HARE, &Instance::new([12, 5, 1], 5)).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "uniformity: 12, 5, 1 votes: parties 1, 2 have 3, 2 of 5 seats, but with 5 for them alone 4, 1"
/// );
/// ```
pub fn uniformity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let votes = instance.votes();
    let Some(answer) = ask(method, votes, instance.seats())? else { return Ok(()) };
    for part in parts(votes.len()) {
        let alone: Vec<u64> = part.iter().map(|&party| votes[party]).collect();
        let mut asked = None;
        for seats in answer.restricted(&part) {
            let together: u64 = seats.iter().sum();
            if together == 0 {
                continue; // nothing to divide
            }
            let known = matches!(&asked, Some((for_seats, _)) if *for_seats == together);
            if !known {
                asked = Some((together, ask(method, &alone, together)?));
            }
            let Some((_, Some(other))) = &asked else { continue };
            if other.allows(&seats) {
                continue;
            }
            let numbers: Vec<u64> = part.iter().map(|&party| party as u64 + 1).collect();
            let detail = format!(
                "parties {} have {} of {}, but with {together} for them alone {}",
                super::List(&numbers),
                super::List(&seats),
                super::Seats(instance.seats()),
                super::List(&other.outcome(&[])),
            );
            let wanted: Vec<(usize, u64)> = part.iter().copied().zip(seats).collect();
            return Err(Violation::of(Axiom::Uniformity, instance, answer.outcome_with(&wanted), detail));
        }
    }
    Ok(())
}

/// The parts of so many parties that are tried: at least two, and not all.
fn parts(parties: usize) -> Vec<Vec<usize>> {
    if parties <= ALL_PARTS {
        return (1_u32..1 << parties)
            .map(|mask| (0..parties).filter(|party| mask >> party & 1 == 1).collect::<Vec<usize>>())
            .filter(|part| part.len() > 1 && part.len() < parties)
            .collect();
    }
    let pairs = (1..parties).flat_map(|j| (0..j).map(move |i| [i, j].to_vec()));
    let all_but_one = (0..parties).map(|out| (0..parties).filter(|&party| party != out).collect());
    pairs.chain(all_but_one).collect()
}

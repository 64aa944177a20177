//! Own-vote monotonicity: more votes for a party alone take no seat from it.

use alloc::format;
use alloc::vec::Vec;

use super::answer::ask;
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "own-vote monotonicity",
    statement: "More votes for one party, and the same for all others, never leave it with fewer seats.",
    source: "M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A (weak population monotonicity); \
             the \"negative vote weight\" of BVerfGE 121, 266 (2008)",
    check: own_vote_monotonicity,
};

/// More votes for one party, and the same for all others, never leave it with fewer seats, in any outcomes.
///
/// The second election of the instance is compared if it differs by more votes for one party; where the instance has
/// none, one vote more for each party in turn, and twice its votes. (If one vote more never costs a seat, no number
/// does.)
///
/// # Errors
/// A [`Fault`] if a party loses a seat by its own votes.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, own_vote_monotonicity};
/// let instance = Instance::new([29, 13, 5], 6).then([30, 13, 5]);
/// assert!(own_vote_monotonicity(&AllocationMethod::HARE, &instance).is_ok());
/// ```
pub fn own_vote_monotonicity(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let votes = instance.votes();
    let elections: Vec<(usize, u64)> = match instance.after() {
        Some(after) => only_gain(votes, after).into_iter().collect(),
        None => votes
            .iter()
            .enumerate()
            .flat_map(|(party, &votes)| {
                let doubled = votes.checked_mul(2).filter(|&doubled| doubled > votes + 1);
                [votes.checked_add(1), doubled].into_iter().flatten().map(move |votes| (party, votes))
            })
            .collect(),
    };
    let Some(answer) = ask(method, votes, instance.seats())? else { return Ok(()) };
    for (party, more) in elections {
        let mut after = votes.to_vec();
        after[party] = more;
        let Some(other) = ask(method, &after, instance.seats())? else { continue };
        let (has, left) = (answer.high(party), other.low(party));
        if has > left {
            let detail = format!("party {} has {}, but {left} with {more} votes", party + 1, super::Seats(has));
            let outcome = answer.outcome(&[party]);
            let instance = Instance::new(votes, instance.seats()).then(after);
            return Err(Violation::of(Axiom::OwnVoteMonotonicity, &instance, outcome, detail));
        }
    }
    Ok(())
}

/// The party that alone gains votes, and its votes after.
fn only_gain(votes: &[u64], after: &[u64]) -> Option<(usize, u64)> {
    if votes.len() != after.len() {
        return None;
    }
    let mut changed = votes.iter().zip(after).enumerate().filter(|(_, (before, after))| before != after);
    let (party, (&before, &after)) = changed.next()?;
    (changed.next().is_none() && after > before).then_some((party, after))
}

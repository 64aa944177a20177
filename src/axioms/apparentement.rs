//! Apparentement: an alliance of lists, which divides its seats by the same method, hurts none of its members.

use alloc::format;

use super::answer::{Answer, ask};
use super::{Axiom, Fault, Instance, Law, Violation};
use crate::method::Apportion;

pub(super) const LAW: Law = Law {
    name: "apparentement",
    statement: "Two parties that count as one and divide its seats by the method again have no fewer than without.",
    source: "D. Bochsler, \"Who gains from apparentments under D'Hondt?\", Electoral Studies 29 (2010), 617-627",
    check: apparentement,
};

/// Two parties that count as one and divide its seats between them by the method again have, each, no fewer seats than
/// without: for every outcome without an alliance there is one with it.
///
/// # Errors
/// A [`Fault`] if a member of an alliance loses a seat by it.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, apparentement};
/// let instance = Instance::new([7, 8, 6], 2);
/// assert!(apparentement(&AllocationMethod::D_HONDT, &instance).is_ok());
/// let fault = apparentement(&AllocationMethod::SAINTE_LAGUE, &instance).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "apparentement: 7, 8, 6 votes: party 1 has 1 seat of 2, but 0 in an alliance with party 2"
/// );
/// ```
pub fn apparentement(method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(answer) = ask(method, votes, seats)? else { return Ok(()) };
    for j in 1..votes.len() {
        for i in 0..j {
            let Some(allied) = super::merging::merge(votes, i, j) else { continue };
            let Some(other) = ask(method, &allied, seats)? else { continue };
            let Some(within) = divided(method, (votes[i], votes[j]), other.low(i), other.high(i))? else { continue };
            let kept = |pair: (u64, u64)| within.iter().flatten().any(|division| division.can_give(pair));
            let Some(pair) = answer.pairs(i, j).find(|&pair| !kept(pair)) else { continue };
            return Err(loss(instance, (i, j), &answer, pair, &within));
        }
    }
    Ok(())
}

/// How an alliance divides its fewest seats, and its most; `None` if the method refuses either.
fn divided(
    method: &dyn Apportion,
    (first, second): (u64, u64),
    fewest: u64,
    most: u64,
) -> Result<Option<[Option<Answer>; 2]>, Fault> {
    let divide = |seats| -> Result<Option<Answer>, Fault> { Ok(ask(method, &[first, second], seats)?) };
    let Some(least) = divide(fewest)? else { return Ok(None) };
    if most == fewest {
        return Ok(Some([Some(least), None]));
    }
    Ok(divide(most)?.map(|most| [Some(least), Some(most)]))
}

impl Answer {
    /// Whether the two parties of a division can have at least these seats at the same time.
    fn can_give(&self, (first, second): (u64, u64)) -> bool {
        self.pairs(0, 1).any(|(i, j)| i >= first && j >= second)
    }
}

fn loss(
    instance: &Instance,
    (i, j): (usize, usize),
    answer: &Answer,
    pair: (u64, u64),
    within: &[Option<Answer>; 2],
) -> Fault {
    // The division that is best for the alliance; one of the two members has fewer seats in it.
    let best = within.iter().flatten().next_back();
    let (first, second) = best.and_then(|division| division.pairs(0, 1).next()).unwrap_or_default();
    let (party, ally, has, left) = if first < pair.0 { (i, j, pair.0, first) } else { (j, i, pair.1, second) };
    let detail = format!(
        "party {} has {} of {}, but {left} in an alliance with party {}",
        party + 1,
        super::Seats(has),
        instance.seats(),
        ally + 1
    );
    Violation::of(Axiom::Apparentement, instance, answer.outcome_with(&[(i, pair.0), (j, pair.1)]), detail)
}

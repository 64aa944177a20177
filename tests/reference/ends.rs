//! Every end of a law, as the library has them.

use std::collections::BTreeSet;

use apportion::{Allocation, Error, Outcome, Tie};

/// Seats by party, and seats that stay vacant.
pub(crate) type End = (Vec<u64>, u64);

/// Every end of a law, and whether some course of it has no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) answers: BTreeSet<End>,
    pub(crate) errors: bool,
}

/// Every end by the library; none where it did not follow every way.
pub(crate) fn ends_of(result: &Result<Outcome, Error>) -> Option<Ends> {
    let Ok(outcome) = result else { return Some(Ends { answers: BTreeSet::new(), errors: true }) };
    if !outcome.ways_complete() {
        return None;
    }
    if outcome.ways().is_empty() {
        return Some(Ends { answers: ends_of_ties(outcome), errors: false });
    }
    let mut ends = Ends { answers: BTreeSet::new(), errors: false };
    for way in outcome.ways() {
        match way.outcome() {
            Ok(way) => ends.answers.append(&mut ends_of_ties(way)),
            Err(_) => ends.errors = true,
        }
    }
    Some(ends)
}

fn ends_of_ties(outcome: &Outcome) -> BTreeSet<End> {
    let mut all: BTreeSet<Vec<u64>> = BTreeSet::from([outcome.parties().iter().map(|party| party.certain()).collect()]);
    for tie in outcome.ties() {
        let at = |name: &String| outcome.parties().iter().position(|party| party.name() == name).unwrap();
        let tie = Tie::new(tie.parties().iter().map(at).collect::<Vec<_>>(), tie.seats()).unwrap();
        let open = |seats: &Vec<u64>| Allocation::new(seats.clone()).with_tie(tie.clone()).unwrap();
        all = all.iter().flat_map(|seats| open(seats).outcomes().collect::<Vec<_>>()).collect();
    }
    all.into_iter().map(|seats| (seats, outcome.vacant())).collect()
}

//! Vote vectors in order of size, each once.

use alloc::vec;
use alloc::vec::Vec;

/// Every way to give `total` votes to `parties` parties, larger parties first: 3, 0 and 2, 1 for 3 votes and 2 parties.
pub(super) fn descending(total: u64, parties: usize) -> Vec<Vec<u64>> {
    let mut found = Vec::new();
    let mut votes = vec![0; parties];
    descend(total, total, 0, &mut votes, &mut found);
    found
}

/// Fills the places from `at` on with `left` votes, none above `most`; deep as there are parties.
fn descend(left: u64, most: u64, at: usize, votes: &mut Vec<u64>, found: &mut Vec<Vec<u64>>) {
    let places = (votes.len() - at) as u64;
    if places == 0 {
        if left == 0 {
            found.push(votes.clone());
        }
        return;
    }
    // The first place takes at least its even share, or the rest would not fit behind it.
    for first in (left.div_ceil(places)..=left.min(most)).rev() {
        votes[at] = first;
        descend(left - first, first, at + 1, votes, found);
    }
}

/// Every different order of `votes`, which stand in descending order, beginning with that one.
pub(super) fn orders(votes: &[u64]) -> impl Iterator<Item = Vec<u64>> + use<> {
    let mut next = Some(votes.to_vec());
    core::iter::from_fn(move || {
        let current = next.take()?;
        next = previous_permutation(&current);
        Some(current)
    })
}

/// The permutation just before in lexicographic order.
fn previous_permutation(votes: &[u64]) -> Option<Vec<u64>> {
    let pivot = (1..votes.len()).rev().find(|&at| votes[at - 1] > votes[at])? - 1;
    let smaller = (pivot + 1..votes.len()).rev().find(|&at| votes[at] < votes[pivot])?;
    let mut previous = votes.to_vec();
    previous.swap(pivot, smaller);
    previous[pivot + 1..].reverse();
    Some(previous)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn the_orders_of_all_descending_vectors_are_all_vectors_once() {
        for (total, parties) in [(0_u64, 3_usize), (1, 1), (4, 2), (6, 3), (5, 4)] {
            let listed: Vec<Vec<u64>> = descending(total, parties).iter().flat_map(|votes| orders(votes)).collect();
            let set: BTreeSet<Vec<u64>> = listed.iter().cloned().collect();
            assert_eq!(set.len(), listed.len(), "none twice");
            assert!(set.iter().all(|votes| votes.len() == parties && votes.iter().sum::<u64>() == total));
            // Stars and bars.
            let expected = (0..parties as u64 - 1).fold(1, |n, k| n * (total + k + 1) / (k + 1));
            assert_eq!(listed.len() as u64, expected);
        }
    }
}

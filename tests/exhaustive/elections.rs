//! All small elections.

/// The most votes in all, and the most seats.
pub(crate) const MOST: u64 = 6;
/// The most parties.
pub(crate) const PARTIES: usize = 4;

/// Every list of `length` numbers that are together `most` at most.
pub(crate) fn lists(length: usize, most: u64) -> Vec<Vec<u64>> {
    if length == 0 {
        return vec![Vec::new()];
    }
    let with = |first: u64| lists(length - 1, most - first).into_iter().map(move |rest| [vec![first], rest].concat());
    (0..=most).flat_map(with).collect()
}

/// Every list of `length` numbers of which none is above `most`.
pub(crate) fn tables(length: usize, most: u64) -> Vec<Vec<u64>> {
    if length == 0 {
        return vec![Vec::new()];
    }
    let rest = tables(length - 1, most);
    (0..=most).flat_map(|first| rest.iter().map(move |rest| [vec![first], rest.clone()].concat())).collect()
}

/// The votes of every election in one place: one party to four, six votes in all at most.
pub(crate) fn votes() -> Vec<Vec<u64>> {
    (1..=PARTIES).flat_map(|parties| lists(parties, MOST)).collect()
}

/// The votes of every election in two districts: one party to four, six votes in all at most. Of elections that differ by
/// the order of their parties alone there is one.
pub(crate) fn votes_in_two() -> Vec<[Vec<u64>; 2]> {
    let of = |parties: usize| {
        lists(2 * parties, MOST).into_iter().filter_map(move |cells| {
            let (north, south) = cells.split_at(parties);
            let is_ordered = (1..parties).all(|at| (north[at - 1], south[at - 1]) >= (north[at], south[at]));
            is_ordered.then(|| [north.to_vec(), south.to_vec()])
        })
    };
    (1..=PARTIES).flat_map(of).collect()
}

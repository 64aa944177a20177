//! Precedence: the order in which a chain of tie-breaks takes pairs.

use core::cmp::Ordering;

use alloc::vec::Vec;

use super::{Grid, Pair, Placing};
use crate::allocation::TieBreak;

/// The rank of each pair among all by the chain of tie-breaks: 0 first, and the same for pairs it leaves equal.
pub(super) fn precedence(placing: &Placing<'_>) -> Grid<usize> {
    let mut ranks = placing.claims.map(|_| 0);
    if placing.tie_break.is_empty() {
        return ranks;
    }
    let order = |a: &Pair, b: &Pair| {
        let orders = placing.tie_break.iter().map(|tie_break| compare(tie_break, placing.votes, *a, *b));
        orders.fold(Ordering::Equal, Ordering::then)
    };
    let mut pairs: Vec<Pair> = ranks.pairs().collect();
    pairs.sort_by(order);
    let mut rank = 0;
    for (position, &pair) in pairs.iter().enumerate() {
        if position > 0 && order(&pairs[position - 1], &pair).is_lt() {
            rank = position;
        }
        *ranks.get_mut(pair) = rank;
    }
    ranks
}

/// Which of two pairs a tie-break takes first.
fn compare(tie_break: &TieBreak<Pair>, votes: &Grid<u64>, a: Pair, b: Pair) -> Ordering {
    match tie_break {
        TieBreak::MostVotes => votes.get(b).cmp(votes.get(a)),
        TieBreak::FewestVotes => votes.get(a).cmp(votes.get(b)),
        TieBreak::ListOrder => a.cmp(&b),
        // Drawings for cells have become drawings of pairs.
        TieBreak::DrawnCells(_) => Ordering::Equal,
        TieBreak::Drawn(drawn) | TieBreak::DrawnFor { drawn, .. } => {
            let position = |pair| drawn.iter().position(|&other| other == pair).unwrap_or(drawn.len());
            position(a).cmp(&position(b))
        }
    }
}

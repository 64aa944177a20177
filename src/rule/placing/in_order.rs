//! In order: seats are placed in the order they were won, each where its party's claim is largest.
//!
//! Iceland (Law 24/2000, art. 108) and Slovenia (ZVDZ, art. 92 and 93).

use alloc::collections::{BTreeMap, BinaryHeap};
use alloc::vec::Vec;

use super::board::{Bid, Board};
use super::{Answers, Falling, Pair, Placed, Placing, Stopped, ask_one, select};

/// Places the seats of `order`, groups of parties whose seats were won with equal claims.
///
/// All of a group choose, then all are placed; where more choose a place than it has room for, tie-breaks or answers say
/// who stays, and the others choose again. A party that stands in a group several times chooses as often, in turn.
/// Without `room`, every place may take any number. Seats of `placing` that `order` does not have find no place.
///
/// # Errors
/// [`Stopped::Tie`] where nobody says which of a party's equal claims is served, or who stays;
/// [`Stopped::NoPlace`] for a seat that finds no place with room and votes; [`Stopped::Error`] for lists that do not fit
/// and for more than 10,000,000 seats.
pub(crate) fn run<'a>(
    placing: &Placing<'a>,
    falling: Falling<'a>,
    room: Option<&[u64]>,
    order: &[Vec<usize>],
    answers: &mut Answers<'_>,
) -> Result<Placed, Stopped> {
    let mut board = Board::new(placing, falling, room)?;
    let bids_of = |party| {
        let pairs = (0..placing.places()).map(move |place| (party, place));
        pairs.filter_map(|pair| board.bid(pair)).collect()
    };
    let mut bids: Vec<BinaryHeap<Bid<'_>>> = (0..placing.parties()).map(bids_of).collect();
    for group in order {
        let mut waiting = group.clone();
        while !waiting.is_empty() {
            let (choosing, later) = once_each(&waiting);
            let mut chosen: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
            for party in choosing {
                let pair = choose(party, &mut bids, &board, answers)?;
                chosen.entry(pair.1).or_default().push(pair);
            }
            waiting = later;
            for (place, pairs) in chosen {
                let by_rank = |a, b| board.ranks.get(a).cmp(board.ranks.get(b));
                let served = select(pairs.clone(), board.room[place], by_rank, answers)?;
                waiting.extend(pairs.iter().filter(|pair| !served.contains(pair)).map(|pair| pair.0));
                for pair in pairs {
                    if served.contains(&pair) {
                        board.serve(pair);
                    }
                    bids[pair.0].extend(board.bid(pair));
                }
            }
        }
    }
    board.finish()
}

/// The parties of a group, once each, and what is left of it.
fn once_each(group: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let (mut once, mut again) = (Vec::new(), Vec::new());
    for &party in group {
        if once.contains(&party) { again.push(party) } else { once.push(party) }
    }
    (once, again)
}

/// Takes the party's largest bid for a place with room off its heap.
fn choose(
    party: usize,
    bids: &mut [BinaryHeap<Bid<'_>>],
    board: &Board<'_>,
    answers: &mut Answers<'_>,
) -> Result<Pair, Stopped> {
    let left = board.left.get(party).copied().unwrap_or(0);
    let none = Stopped::NoPlace { party, seats: left.max(1) };
    let Some(bids) = bids.get_mut(party).filter(|_| left > 0) else { return Err(none) };
    let mut equal: Vec<Bid<'_>> = Vec::new();
    while let Some(bid) = bids.pop() {
        if !board.is_open(bid.pair) {
            // Room never comes back: the bid is gone for good.
            continue;
        }
        if equal.first().is_some_and(|first| *first != bid) {
            bids.push(bid);
            break;
        }
        equal.push(bid);
    }
    let Some(chosen) = ask_one(equal.iter().map(|bid| bid.pair).collect(), answers)? else { return Err(none) };
    bids.extend(equal.into_iter().filter(|bid| bid.pair != chosen));
    Ok(chosen)
}

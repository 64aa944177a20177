//! With room: the largest claim among pairs whose party has seats to place and whose place has room gets the next seat.
//!
//! Norway's levelling seats (Valgloven 2002 § 11-6): 19 counties with one each, and each party its number.

use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap};
use alloc::vec::Vec;

use super::board::{Bid, Board};
use super::{Answers, Falling, Pair, Placed, Placing, Stopped, ask};

/// Places the seats, the largest claim first, until parties and places are full.
///
/// Equal claims are served together where all of them fit. Where not, the tie-breaks say who is first, one seat at a time;
/// what they leave equal is an open tie. Its seats are how many of its pairs are served at once: any so many may be.
///
/// # Errors
/// [`Stopped::Tie`] where nobody says who wins; [`Stopped::NoPlace`] for a party whose seats find no place with room and
/// votes; [`Stopped::Error`] for lists that do not fit and for more than 10,000,000 seats.
pub(crate) fn run<'a>(
    placing: &Placing<'a>,
    falling: Falling<'a>,
    room: &[u64],
    answers: &mut Answers<'_>,
) -> Result<Placed, Stopped> {
    let mut board = Board::new(placing, falling, Some(room))?;
    let open = placing.claims.pairs().filter(|&pair| board.is_open(pair));
    let mut bids: BinaryHeap<Bid<'_>> = open.filter_map(|pair| board.bid(pair)).collect();
    while let Some(first) = bids.pop() {
        let mut equal = Vec::from([first.pair]);
        while bids.peek().is_some_and(|bid| *bid == first) {
            equal.extend(bids.pop().map(|bid| bid.pair));
        }
        for pair in serve(equal, &mut board, answers)? {
            if board.is_open(pair) {
                // Divisors grow: this bid is below all that were equal.
                bids.extend(board.bid(pair));
            }
        }
    }
    board.finish()
}

/// Serves the pairs with equal claims that are open, and says which.
fn serve(mut equal: Vec<Pair>, board: &mut Board<'_>, answers: &mut Answers<'_>) -> Result<Vec<Pair>, Stopped> {
    let mut served = Vec::new();
    loop {
        equal.retain(|&pair| board.is_open(pair));
        let (fitting, contested) = split(&equal, board);
        fitting.iter().for_each(|&pair| board.serve(pair));
        served.extend(fitting);
        if contested.is_empty() {
            return Ok(served);
        }
        let tied = linked(&contested);
        let winners = ask(tied.clone(), seats_among(&tied, board), answers)?;
        winners.iter().for_each(|&pair| board.serve(pair));
        equal = contested.into_iter().filter(|pair| !winners.contains(pair)).collect();
        served.extend(winners);
    }
}

/// Splits pairs into those whose party and place can serve all its own among them, and the others.
fn split(pairs: &[Pair], board: &Board<'_>) -> (Vec<Pair>, Vec<Pair>) {
    if let [only] = pairs {
        return (Vec::from([*only]), Vec::new());
    }
    let (mut of_party, mut of_place) = (BTreeMap::new(), BTreeMap::new());
    for (party, place) in pairs {
        *of_party.entry(party).or_insert(0_u64) += 1;
        *of_place.entry(place).or_insert(0_u64) += 1;
    }
    let fits = |(party, place): &Pair| of_party[party] <= board.left[*party] && of_place[place] <= board.room[*place];
    pairs.iter().copied().partition(fits)
}

/// The first of the pairs with all that it is linked to by a common party or place, step by step.
fn linked(pairs: &[Pair]) -> Vec<Pair> {
    let (mut parties, mut places) = (BTreeSet::new(), BTreeSet::new());
    parties.extend(pairs.first().map(|pair| pair.0));
    loop {
        let known = parties.len() + places.len();
        for &(party, place) in pairs {
            if parties.contains(&party) || places.contains(&place) {
                parties.insert(party);
                places.insert(place);
            }
        }
        if parties.len() + places.len() == known {
            return pairs.iter().copied().filter(|(party, _)| parties.contains(party)).collect();
        }
    }
}

/// How many of linked pairs, not all of which fit, are served at once: what their one party or place can serve;
/// one where several of both compete.
fn seats_among(tied: &[Pair], board: &Board<'_>) -> u64 {
    let Some(&(party, place)) = tied.first() else { return 0 };
    if tied.iter().all(|other| other.0 == party) {
        board.left[party]
    } else if tied.iter().all(|other| other.1 == place) {
        board.room[place]
    } else {
        1
    }
}

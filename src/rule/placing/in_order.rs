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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::TieBreak;
    use crate::method::Divisors;
    use crate::rule::placing::Grid;
    use crate::rule::placing::examples::{Example, first, silent, some_example};
    use proptest::prelude::*;

    const D_HONDT: Falling<'_> = Falling::Divisors(&Divisors::D_HONDT);

    fn order(parties: &[usize]) -> Vec<Vec<usize>> {
        parties.iter().map(|&party| Vec::from([party])).collect()
    }

    #[test]
    fn the_first_seat_won_chooses_first() {
        // B's claim in place 1 is the larger one, but A won its seat before.
        let example = Example::new(&[[30, 10], [50, 20]], &[1, 1]);
        let room = Some(&[1, 1][..]);
        let placed = run(&example.placing(), D_HONDT, room, &order(&[0, 1]), &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([1, 0, 0, 1])));
        let placed = run(&example.placing(), D_HONDT, room, &order(&[1, 0]), &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([0, 1, 1, 0])));
    }

    #[test]
    fn seats_placed_count_for_the_next_divisor() {
        // 50, 30, 25, 16.7, 15: places 1, 2, 1, 1, 2.
        let example = Example::new(&[[50, 30]], &[5]);
        let placed = run(&example.placing(), D_HONDT, None, &order(&[0; 5]), &mut silent).unwrap();
        let places: Vec<usize> = placed.moves.iter().map(|step| step.place).collect();
        assert_eq!(places, [0, 1, 0, 0, 1]);
    }

    #[test]
    fn a_partys_equal_claims_are_a_tie_until_somebody_says_who_wins() {
        let example = Example::new(&[[10, 10, 9]], &[1]);
        let tie = Stopped::Tie { pairs: Vec::from([(0, 0), (0, 1)]), seats: 1 };
        assert_eq!(run(&example.placing(), D_HONDT, None, &order(&[0]), &mut silent), Err(tie));
        let second = |_: &[Pair], _| Some(Vec::from([(0, 1)]));
        let placed = run(&example.placing(), D_HONDT, None, &order(&[0]), &mut { second }).unwrap();
        assert_eq!(placed.seats.row(0), [0, 1, 0]);
        let by_list = example.tie_break(&[TieBreak::ListOrder]);
        let placed = run(&by_list.placing(), D_HONDT, None, &order(&[0]), &mut silent).unwrap();
        assert_eq!(placed.seats.row(0), [1, 0, 0]);
    }

    #[test]
    fn a_group_that_chooses_one_place_is_a_tie_and_the_loser_chooses_again() {
        let example = Example::new(&[[30, 10], [50, 20]], &[1, 1]);
        let (room, group) = (Some(&[1, 1][..]), [Vec::from([0, 1])]);
        let tie = Stopped::Tie { pairs: Vec::from([(0, 0), (1, 0)]), seats: 1 };
        assert_eq!(run(&example.placing(), D_HONDT, room, &group, &mut silent), Err(tie));
        let by_votes = example.tie_break(&[TieBreak::MostVotes]);
        let placed = run(&by_votes.placing(), D_HONDT, room, &group, &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([0, 1, 1, 0])));
    }

    #[test]
    fn a_party_twice_in_a_group_chooses_twice() {
        let example = Example::new(&[[30, 20], [9, 50]], &[2, 1]);
        let placed = run(&example.placing(), D_HONDT, None, &[Vec::from([0, 1, 0])], &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([1, 1, 0, 1])));
    }

    #[test]
    fn seats_without_room_or_beyond_the_order_find_no_place() {
        let example = Example::new(&[[10, 0]], &[2]);
        let stuck = Err(Stopped::NoPlace { party: 0, seats: 1 });
        assert_eq!(run(&example.placing(), D_HONDT, Some(&[1, 5]), &order(&[0, 0]), &mut silent), stuck);
        assert_eq!(run(&example.placing(), D_HONDT, None, &order(&[0]), &mut silent), stuck);
        assert_eq!(run(&example.placing(), D_HONDT, None, &order(&[0, 0, 0]), &mut silent), stuck);
        let stuck = Err(Stopped::NoPlace { party: 7, seats: 1 });
        assert_eq!(run(&example.placing(), D_HONDT, None, &order(&[7]), &mut silent), stuck);
    }

    proptest! {
        #[test]
        fn whoever_wins_ties_parties_have_their_seats_and_no_place_too_many(example in some_example(), room in 0..5_u64) {
            let room = alloc::vec![room; example.votes.places()];
            let seats = example.seats.iter().enumerate();
            let won: Vec<usize> = seats.flat_map(|(party, &seats)| (0..seats).map(move |_| party)).collect();
            match run(&example.placing(), D_HONDT, Some(&room), &[won], &mut first) {
                Ok(placed) => {
                    for (party, &seats) in example.seats.iter().enumerate() {
                        prop_assert_eq!(placed.seats.row(party).iter().sum::<u64>(), seats);
                    }
                    for (place, &room) in room.iter().enumerate() {
                        let of_place = placed.seats.pairs().filter(|pair| pair.1 == place);
                        prop_assert!(of_place.map(|pair| placed.seats.get(pair)).sum::<u64>() <= room);
                    }
                }
                Err(stopped) => prop_assert!(matches!(stopped, Stopped::NoPlace { .. }), "{:?}", stopped),
            }
        }
    }
}

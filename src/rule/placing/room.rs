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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::TieBreak;
    use crate::method::Divisors;
    use crate::rule::placing::examples::{Example, first, silent, some_example};
    use crate::rule::placing::{Claim, Grid, Move};
    use proptest::prelude::*;

    const D_HONDT: Falling<'_> = Falling::Divisors(&Divisors::D_HONDT);

    #[test]
    fn norways_seat_goes_where_votes_per_divisor_and_seat_are_largest() {
        // Places of 4 and 2 district seats with 1,000 and 390 votes; one levelling seat each.
        let mut example =
            Example::new(&[[600, 100], [300, 200], [100, 90]], &[0, 1, 1]).held(&[[3, 1], [1, 1], [0, 0]]);
        let valid = [(4, 1_000), (2, 390)];
        let claim = |pair: Pair| Claim::votes(*example.votes.get(pair)).per_seat(valid[pair.1].0, valid[pair.1].1);
        example.claims = Grid::from_fn(3, 2, claim);
        let falling = Falling::Divisors(&Divisors::SAINTE_LAGUE);
        let placed = run(&example.placing(), falling, &[1, 1], &mut silent).unwrap();
        // C: 100 / 250 = 0.4 and 90 / 195 = 0.46; B: 300 / 3 / 250 = 0.4 and 200 / 3 / 195 = 0.34.
        let moves = [Move { party: 2, place: 1, before: 0 }, Move { party: 1, place: 0, before: 1 }];
        assert_eq!(placed.moves, moves);
    }

    #[test]
    fn equal_claims_are_served_together_where_all_fit() {
        let example = Example::new(&[[10, 10], [10, 0]], &[2, 1]);
        let placed = run(&example.placing(), D_HONDT, &[2, 1], &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([1, 1, 1, 0])));
    }

    #[test]
    fn equal_claims_that_do_not_fit_are_a_tie_of_those_that_compete() {
        let example = Example::new(&[[10, 10, 0], [0, 0, 10]], &[1, 1]);
        let tie = Stopped::Tie { pairs: Vec::from([(0, 0), (0, 1)]), seats: 1 };
        assert_eq!(run(&example.placing(), D_HONDT, &[1, 1, 1], &mut silent), Err(tie));
        let example = Example::new(&[[10], [10], [10]], &[1, 1, 1]);
        let tie = Stopped::Tie { pairs: Vec::from([(0, 0), (1, 0), (2, 0)]), seats: 2 };
        assert_eq!(run(&example.placing(), D_HONDT, &[2], &mut silent), Err(tie));
    }

    #[test]
    fn tie_breaks_serve_one_pair_and_read_the_claims_anew() {
        // A in places 1 and 2, B in place 1: one seat each, and one a place.
        let example = Example::new(&[[10, 10], [10, 0]], &[1, 1]);
        let tie = Stopped::Tie { pairs: Vec::from([(0, 0), (0, 1), (1, 0)]), seats: 1 };
        assert_eq!(run(&example.placing(), D_HONDT, &[1, 1], &mut silent), Err(tie));
        let by_list = example.clone().tie_break(&[TieBreak::ListOrder]);
        let stuck = Stopped::NoPlace { party: 1, seats: 1 };
        assert_eq!(run(&by_list.placing(), D_HONDT, &[1, 1], &mut silent), Err(stuck));
        let last = |pairs: &[Pair], _| Some(Vec::from([pairs[pairs.len() - 1]]));
        let placed = run(&example.placing(), D_HONDT, &[1, 1], &mut { last }).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([0, 1, 1, 0])));
    }

    #[test]
    fn an_answer_that_is_none_of_the_tie_leaves_it_open() {
        let example = Example::new(&[[10, 10]], &[1]);
        for answer in [Vec::new(), Vec::from([(5, 5)]), Vec::from([(0, 0), (0, 1)])] {
            let stopped = run(&example.placing(), D_HONDT, &[1, 1], &mut |_, _| Some(answer.clone()));
            assert!(matches!(stopped, Err(Stopped::Tie { .. })), "{answer:?}");
        }
    }

    #[test]
    fn seats_without_room_or_votes_find_no_place() {
        let full = Example::new(&[[10]], &[3]);
        let stuck = Err(Stopped::NoPlace { party: 0, seats: 1 });
        assert_eq!(run(&full.placing(), D_HONDT, &[2], &mut silent), stuck);
        let voteless = Example::new(&[[10], [0]], &[1, 1]);
        let stuck = Err(Stopped::NoPlace { party: 1, seats: 1 });
        assert_eq!(run(&voteless.placing(), D_HONDT, &[9], &mut silent), stuck);
    }

    #[test]
    fn too_many_seats_and_lists_that_do_not_fit_are_errors() {
        let many = Example::new(&[[10]], &[10_000_001]);
        assert!(matches!(run(&many.placing(), D_HONDT, &[u64::MAX], &mut silent), Err(Stopped::Error(_))));
        let held = Example::new(&[[10]], &[1]).held(&[[u64::MAX]]);
        assert!(matches!(run(&held.placing(), D_HONDT, &[1], &mut silent), Err(Stopped::Error(_))));
        let short = Example::new(&[[10]], &[1]);
        assert!(matches!(run(&short.placing(), D_HONDT, &[], &mut silent), Err(Stopped::Error(_))));
    }

    /// Seat by seat over all pairs: the largest claims; all of them where they fit, else those first by the tie-breaks.
    fn slowly(example: &Example, divisor: fn(u64) -> u64, room: &[u64]) -> Result<Grid<u64>, Stopped> {
        let (mut left, mut room) = (example.seats.clone(), room.to_vec());
        let mut seats = example.votes.map(|_| 0);
        loop {
            let open: Vec<Pair> = example.votes.pairs().filter(|pair| left[pair.0] > 0 && room[pair.1] > 0).collect();
            let claim = |pair: &Pair| {
                let claim = example.claims.get(*pair);
                let divisor = divisor(example.held.get(*pair) + seats.get(*pair));
                let infinite = if divisor == 0 { claim.clone() } else { Claim::NONE };
                (infinite, Claim::new(claim.numerator().clone(), claim.denominator() * divisor))
            };
            let claiming = open.iter().filter(|pair| !example.claims.get(**pair).is_none());
            let Some(most) = claiming.clone().map(claim).max() else { break };
            let mut equal: Vec<Pair> = claiming.copied().filter(|pair| claim(pair) == most).collect();
            let fit = |equal: &[Pair], left: &[u64], room: &[u64]| {
                equal.iter().all(|(party, place)| {
                    let (of_party, of_place) =
                        (equal.iter().filter(|pair| pair.0 == *party), equal.iter().filter(|pair| pair.1 == *place));
                    of_party.count() as u64 <= left[*party] && of_place.count() as u64 <= room[*place]
                })
            };
            for tie_break in &example.tie_break {
                if !fit(&equal, &left, &room) {
                    match tie_break {
                        TieBreak::MostVotes => {
                            let most = equal.iter().map(|pair| example.votes.get(*pair)).max();
                            equal.retain(|pair| Some(example.votes.get(*pair)) == most);
                        }
                        _ => equal.truncate(1),
                    }
                }
            }
            if !fit(&equal, &left, &room) {
                return Err(Stopped::Tie { pairs: equal, seats: 1 });
            }
            for pair in equal {
                *seats.get_mut(pair) += 1;
                left[pair.0] -= 1;
                room[pair.1] -= 1;
            }
        }
        match left.iter().position(|&left| left > 0) {
            Some(party) => Err(Stopped::NoPlace { party, seats: left[party] }),
            None => Ok(seats),
        }
    }

    proptest! {
        #[test]
        fn the_heap_places_as_the_slow_reference_does(
            example in some_example(),
            room in prop::collection::vec(prop_oneof![0..4_u64, Just(u64::MAX)], 4),
            which in 0..3_usize,
        ) {
            let room = &room[..example.votes.places()];
            type Sequence = (Divisors, fn(u64) -> u64);
            let sequences: [Sequence; 3] = [
                (Divisors::D_HONDT, |seats| seats + 1),
                (Divisors::SAINTE_LAGUE, |seats| 2 * seats + 1),
                (Divisors::ADAMS, |seats| seats),
            ];
            let (divisors, divisor) = &sequences[which];
            let fast = run(&example.placing(), Falling::Divisors(divisors), room, &mut silent);
            match (fast.map(|placed| placed.seats), slowly(&example, *divisor, room)) {
                (Err(Stopped::Tie { .. }), Err(Stopped::Tie { .. })) => {}
                (fast, slow) => prop_assert_eq!(fast, slow),
            }
        }

        #[test]
        fn whoever_wins_ties_parties_have_their_seats_and_no_place_too_many(example in some_example(), room in 0..5_u64) {
            let room = alloc::vec![room; example.votes.places()];
            match run(&example.placing(), D_HONDT, &room, &mut first) {
                Ok(placed) => {
                    for (party, &seats) in example.seats.iter().enumerate() {
                        prop_assert_eq!(placed.seats.row(party).iter().sum::<u64>(), seats);
                    }
                    for (place, &room) in room.iter().enumerate() {
                        let of_place = placed.seats.pairs().filter(|pair| pair.1 == place);
                        prop_assert!(of_place.map(|pair| placed.seats.get(pair)).sum::<u64>() <= room);
                    }
                    let zero = |pair: &Pair| example.votes.get(*pair) == &0;
                    prop_assert!(placed.seats.pairs().filter(zero).all(|pair| placed.seats.get(pair) == &0));
                }
                Err(stopped) => prop_assert!(matches!(stopped, Stopped::NoPlace { .. }), "{:?}", stopped),
            }
        }
    }
}

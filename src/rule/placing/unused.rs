//! Unused votes place: in rounds, one seat a pair and round.
//!
//! Czechia (law 247/1995, § 50 and 51), Cyprus, Romania and Slovenia. A pair gets its second seat only when no pair that can
//! be served has none yet.

use alloc::vec::Vec;

use super::precedence::precedence;
use super::{Answers, Falling, Pair, Placed, Placing, Stopped, in_order, room, select};

/// What bounds the placing, or orders it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Course<'a> {
    /// Each party by itself.
    EachParty,
    /// The largest claims of all first, and so many seats a place.
    Room(&'a [u64]),
    /// Seats in the order won, as [`in_order::run`] has it, with or without room.
    Order { order: &'a [Vec<usize>], room: Option<&'a [u64]> },
}

/// Places seats by claims that do not fall, in rounds.
///
/// # Errors
/// As [`room::run`], [`in_order::run`] and [`each_party::run`](super::each_party::run).
pub(crate) fn run(placing: &Placing<'_>, course: Course<'_>, answers: &mut Answers<'_>) -> Result<Placed, Stopped> {
    match course {
        Course::EachParty => each_party(placing, answers),
        Course::Room(room) => room::run(placing, Falling::Rounds, room, answers),
        Course::Order { order, room } => in_order::run(placing, Falling::Rounds, room, order, answers),
    }
}

/// Without room, rounds are whole ones and a last one to the largest claims.
fn each_party(placing: &Placing<'_>, answers: &mut Answers<'_>) -> Result<Placed, Stopped> {
    placing.check()?;
    let ranks = precedence(placing);
    let mut seats = placing.no_seats();
    for (party, &due) in placing.seats.iter().enumerate() {
        let mut pairs: Vec<Pair> = (0..placing.places()).map(|place| (party, place)).collect();
        pairs.retain(|&pair| !placing.claims.get(pair).is_none());
        let Some(rounds) = due.checked_div(pairs.len() as u64) else {
            if due > 0 {
                return Err(Stopped::NoPlace { party, seats: due });
            }
            continue;
        };
        pairs.iter().for_each(|&pair| *seats.get_mut(pair) += rounds);
        let last = due - rounds * pairs.len() as u64;
        let order = |a, b| placing.claims.get(b).cmp(placing.claims.get(a)).then(ranks.get(a).cmp(ranks.get(b)));
        select(pairs, last, order, answers)?.into_iter().for_each(|pair| *seats.get_mut(pair) += 1);
    }
    Ok(Placed::of(seats))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::TieBreak;
    use crate::rule::placing::Grid;
    use crate::rule::placing::examples::{Example, silent, some_example};
    use proptest::prelude::*;

    #[test]
    fn a_pair_gets_its_second_seat_only_after_all_first_ones() {
        let example = Example::new(&[[90, 20, 10]], &[4]);
        let placed = run(&example.placing(), Course::EachParty, &mut silent).unwrap();
        assert_eq!(placed.seats.row(0), [2, 1, 1]);
    }

    #[test]
    fn with_room_the_next_round_comes_when_no_first_seat_can_be_served() {
        // A: 90, 20 and B: 80 in place 1; place 2 is full after one seat.
        let example = Example::new(&[[90, 20], [80, 0]], &[3, 1]);
        let placed = run(&example.placing(), Course::Room(&[3, 1]), &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([2, 1, 1, 0])));
        assert_eq!(placed.moves.last().map(|step| (step.party, step.place, step.before)), Some((0, 0, 1)));
    }

    #[test]
    fn in_order_each_seat_goes_to_its_partys_largest_claim_of_the_round() {
        let example = Example::new(&[[90, 20], [80, 30]], &[2, 1]);
        let order = [Vec::from([0]), Vec::from([0]), Vec::from([1])];
        let course = Course::Order { order: &order, room: Some(&[2, 1]) };
        let placed = run(&example.placing(), course, &mut silent).unwrap();
        assert_eq!(placed.seats, Grid::new(2, Vec::from([1, 1, 1, 0])));
    }

    #[test]
    fn equal_claims_at_the_end_of_a_round_are_a_tie() {
        let example = Example::new(&[[90, 20, 20, 20]], &[7]);
        let tie = Stopped::Tie { pairs: Vec::from([(0, 1), (0, 2), (0, 3)]), seats: 2 };
        assert_eq!(run(&example.placing(), Course::EachParty, &mut silent), Err(tie));
    }

    #[test]
    fn seats_do_not_cost_time_where_every_party_is_by_itself() {
        let example = Example::new(&[[3, 2, 0]], &[u64::MAX]);
        let placed = run(&example.placing(), Course::EachParty, &mut silent).unwrap();
        assert_eq!(placed.seats.row(0), [u64::MAX / 2 + 1, u64::MAX / 2, 0]);
    }

    proptest! {
        #[test]
        fn each_party_by_itself_is_room_without_end(example in some_example()) {
            let example = example.tie_break(&[TieBreak::ListOrder]);
            let room = alloc::vec![u64::MAX; example.votes.places()];
            let alone = run(&example.placing(), Course::EachParty, &mut silent).map(|placed| placed.seats);
            let among = run(&example.placing(), Course::Room(&room), &mut silent).map(|placed| placed.seats);
            prop_assert_eq!(alone, among);
        }
    }
}

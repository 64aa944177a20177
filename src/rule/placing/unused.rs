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

//! Boards: the state of placing seat by seat.

use core::cmp::Ordering;

use alloc::string::ToString;
use alloc::vec::Vec;

use super::precedence::precedence;
use super::quotient::Quotient;
use super::{Claim, Falling, Grid, Move, Pair, Placed, Placing, Stopped};
use crate::error::Error;

/// The most seats that are placed one by one.
const MOST_SEATS: u128 = 10_000_000;

/// What is still to be placed, what room is left, and where the seats are so far.
#[derive(Debug)]
pub(super) struct Board<'a> {
    claims: &'a Grid<Claim>,
    falling: Falling<'a>,
    pub(super) ranks: Grid<usize>,
    /// Seats still to be placed, by party.
    pub(super) left: Vec<u64>,
    /// Seats that may still be placed, by place.
    pub(super) room: Vec<u64>,
    /// What each pair's next divisor is taken for.
    before: Grid<u64>,
    placed: Placed,
}

impl<'a> Board<'a> {
    /// The board before the first seat; without `room`, every place may take any number.
    pub(super) fn new(placing: &Placing<'a>, falling: Falling<'a>, room: Option<&[u64]>) -> Result<Self, Error> {
        placing.check()?;
        let room = match room {
            None => alloc::vec![u64::MAX; placing.places()],
            Some(room) if room.len() == placing.places() => room.to_vec(),
            Some(room) => {
                return Err(Error::WrongLength { what: "room", parties: placing.places(), found: room.len() });
            }
        };
        let seats: u128 = placing.seats.iter().map(|&seats| u128::from(seats)).sum();
        if seats > MOST_SEATS {
            let (parameter, range) = ("the number of seats to be placed one by one", "at most 10,000,000");
            return Err(Error::ParameterOutOfRange { parameter, value: seats.to_string(), range });
        }
        let before = match falling {
            Falling::Divisors(_) => placing.held.clone(),
            Falling::Rounds => placing.no_seats(),
        };
        Ok(Self {
            claims: placing.claims,
            falling,
            ranks: precedence(placing),
            left: placing.seats.to_vec(),
            room,
            before,
            placed: Placed::of(placing.no_seats()),
        })
    }

    /// Whether the pair's party has seats to place and its place has room.
    pub(super) fn is_open(&self, (party, place): Pair) -> bool {
        self.left[party] > 0 && self.room[place] > 0
    }

    /// What the pair bids for its next seat, if it has a claim.
    pub(super) fn bid(&self, pair: Pair) -> Option<Bid<'a>> {
        let claim = self.claims.get(pair);
        if claim.is_none() {
            return None;
        }
        let quotient = self.falling.quotient(claim, *self.before.get(pair));
        Some(Bid { quotient, rank: *self.ranks.get(pair), pair })
    }

    /// Places one seat of an open pair.
    pub(super) fn serve(&mut self, pair: Pair) {
        let before = self.before.get_mut(pair);
        self.placed.moves.push(Move { party: pair.0, place: pair.1, before: *before });
        // Held seats and those to be placed fit 64 bits together.
        *before += 1;
        *self.placed.seats.get_mut(pair) += 1;
        self.left[pair.0] -= 1;
        self.room[pair.1] -= 1;
    }

    /// Where the seats went, or the first party with seats that find no place.
    pub(super) fn finish(self) -> Result<Placed, Stopped> {
        match self.left.iter().position(|&left| left > 0) {
            Some(party) => Err(Stopped::NoPlace { party, seats: self.left[party] }),
            None => Ok(self.placed),
        }
    }
}

/// A pair's bid for one seat. The larger quotient goes first; of equal ones, the one that tie-breaks take first.
#[derive(Clone, Debug)]
pub(super) struct Bid<'a> {
    quotient: Quotient<'a>,
    rank: usize,
    pub(super) pair: Pair,
}

impl Ord for Bid<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.quotient.compare(&other.quotient).then_with(|| other.rank.cmp(&self.rank))
    }
}

impl PartialOrd for Bid<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Bid<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Bid<'_> {}

//! What tests of this folder share: grids by hand and at random, with ties, zeros and giants on purpose.

use alloc::vec::Vec;

use proptest::prelude::*;

use super::{Claim, Grid, Pair, Placing};
use crate::allocation::TieBreak;

/// Votes, seats held, and seats to place, with the votes as claims.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) claims: Grid<Claim>,
    pub(super) held: Grid<u64>,
    pub(super) votes: Grid<u64>,
    pub(super) seats: Vec<u64>,
    pub(super) tie_break: Vec<TieBreak<Pair>>,
}

impl Example {
    /// Votes by party, one row each, and the seats each party has to place.
    pub(super) fn new<const PLACES: usize>(votes: &[[u64; PLACES]], seats: &[u64]) -> Self {
        let votes = Grid::new(PLACES, votes.concat());
        let (claims, held) = (votes.map(|&votes| Claim::votes(votes)), votes.map(|_| 0));
        Self { claims, held, votes, seats: seats.to_vec(), tie_break: Vec::new() }
    }

    pub(super) fn held<const PLACES: usize>(mut self, held: &[[u64; PLACES]]) -> Self {
        self.held = Grid::new(PLACES, held.concat());
        self
    }

    pub(super) fn tie_break(mut self, chain: &[TieBreak<Pair>]) -> Self {
        self.tie_break = chain.to_vec();
        self
    }

    pub(super) fn placing(&self) -> Placing<'_> {
        Placing {
            claims: &self.claims,
            held: &self.held,
            seats: &self.seats,
            votes: &self.votes,
            tie_break: &self.tie_break,
        }
    }
}

/// Nobody says who wins a tie.
pub(super) fn silent(_: &[Pair], _: u64) -> Option<Vec<Pair>> {
    None
}

/// The first of every tie win.
pub(super) fn first(pairs: &[Pair], seats: u64) -> Option<Vec<Pair>> {
    Some(pairs[..usize::try_from(seats).unwrap()].to_vec())
}

/// Votes that are often zero or equal, and sometimes giant.
pub(super) fn some_votes() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0), 6 => 1..12_u64, 2 => Just(60), 1 => (0..3_u64).prop_map(|less| u64::MAX - less)]
}

/// Grids of 1 to 3 parties and 1 to 4 places, with claims that are votes over 1, 2 or 3.
pub(super) fn some_example() -> impl Strategy<Value = Example> {
    (1..4_usize, 1..5_usize).prop_flat_map(|(parties, places)| {
        let pairs = parties * places;
        (
            prop::collection::vec((some_votes(), 1..4_u8, 0..3_u64), pairs),
            prop::collection::vec(0..6_u64, parties),
            prop::sample::select(alloc::vec![
                Vec::new(),
                Vec::from([TieBreak::MostVotes]),
                Vec::from([TieBreak::ListOrder]),
                Vec::from([TieBreak::MostVotes, TieBreak::ListOrder]),
            ]),
        )
            .prop_map(move |(cells, seats, tie_break)| Example {
                claims: Grid::new(places, cells.iter().map(|cell| Claim::new(cell.0, cell.1)).collect()),
                held: Grid::new(places, cells.iter().map(|cell| cell.2).collect()),
                votes: Grid::new(places, cells.iter().map(|cell| cell.0).collect()),
                seats,
                tie_break,
            })
    })
}

//! Boards: claims of parties to places, and which of them a law compared when it placed seats.
//!
//! Its numbers are floats where somebody guesses ([`meeting`](super::meeting)), and whole where somebody proves
//! ([`quadratic`](super::quadratic)).

use alloc::vec;
use alloc::vec::Vec;

/// What the numbers of a board are.
pub(super) trait Arithmetic {
    /// A number that stays as it is.
    type Fixed: Copy;
    /// A number that changes with the steps along a line of ballots.
    type Moving: Copy;

    fn fixed(number: u128) -> Self::Fixed;

    /// So much now, and so much more at each step.
    fn moving(now: u128, slope: i128) -> Self::Moving;
}

/// A place that seats are placed in: claims there are votes x times / per.
pub(super) struct Claimed<A: Arithmetic> {
    pub(super) times: A::Fixed,
    pub(super) per: A::Moving,
    pub(super) room: u64,
    /// Whether ballots change there.
    pub(super) moves: bool,
}

/// A party with seats to place, in one of the places.
pub(super) struct Pair<A: Arithmetic> {
    pub(super) votes: A::Moving,
    /// Whether it has votes there, or may have some.
    pub(super) stands: bool,
    /// Seats held there before.
    pub(super) held: u64,
    /// Seats placed there in all.
    pub(super) placed: u64,
}

impl<A: Arithmetic> Clone for Pair<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Arithmetic> Copy for Pair<A> {}

/// A pair's claim at some moment.
pub(super) struct Standing<A: Arithmetic> {
    pub(super) pair: Pair<A>,
    /// The position of its place.
    pub(super) at: usize,
    pub(super) divisor: A::Fixed,
}

/// Claims of parties to places: pairs party by party, each with all places.
pub(super) struct Board<'b, A: Arithmetic> {
    pub(super) places: Vec<Claimed<A>>,
    pub(super) parties: usize,
    /// The pair at a position, made when it is asked for: most never meet another.
    pub(super) pair: &'b dyn Fn(usize) -> Pair<A>,
    /// The divisor for the next seat after so many.
    pub(super) divisor: &'b dyn Fn(u64) -> A::Fixed,
}

impl<A: Arithmetic> Board<'_, A> {
    /// The claim of a pair that got so many seats.
    fn standing(&self, position: usize, given: u64) -> Standing<A> {
        let pair = (self.pair)(position);
        Standing { at: position % self.places.len(), divisor: (self.divisor)(pair.held.saturating_add(given)), pair }
    }

    /// Seat after seat, each party with so many left: each was placed by the largest claim of those that were open.
    ///
    /// Shows who won with whom it was compared, where one of them moves.
    pub(super) fn in_turn(
        &self,
        mut left: Vec<u64>,
        moves: impl Iterator<Item = (usize, usize)>,
        mut meet: impl FnMut(&Standing<A>, &Standing<A>),
    ) {
        let (width, parties) = (self.places.len(), left.len());
        let mut room: Vec<u64> = self.places.iter().map(|claimed| claimed.room).collect();
        let mut given = vec![0_u64; parties * width];
        // Where ballots change, every party's claim as it stands: each seat that goes elsewhere is compared with these alone.
        let moving = (0..width).filter(|&at| self.places[at].moves);
        let column = |at: usize| (at, (0..parties).map(|row| self.standing(row * width + at, 0)).collect::<Vec<_>>());
        let mut columns: Vec<(usize, Vec<Standing<A>>)> = moving.map(column).collect();
        for (row, at) in moves {
            let won = row * width + at;
            let winner = self.standing(won, given[won]);
            let mut meet = |refused: &Standing<A>| {
                if refused.pair.stands {
                    meet(&winner, refused);
                }
            };
            if self.places[at].moves {
                let open = (0..parties * width).filter(|pair| left[pair / width] > 0 && room[pair % width] > 0);
                open.filter(|&pair| pair != won).for_each(|pair| meet(&self.standing(pair, given[pair])));
            } else {
                for (_, standings) in columns.iter().filter(|&&(at, _)| room[at] > 0) {
                    standings.iter().zip(&left).filter(|(_, left)| **left > 0).for_each(|(refused, _)| meet(refused));
                }
            }
            given[won] = given[won].saturating_add(1);
            room[at] = room[at].saturating_sub(1);
            left[row] = left[row].saturating_sub(1);
            if let Some((_, standings)) = columns.iter_mut().find(|(moving, _)| *moving == at) {
                standings[row] = self.standing(won, given[won]);
            }
        }
    }

    /// Seats in the order in which they were won, each placed by the largest claim of its own party.
    ///
    /// Shows each with the party's claims to all places that had room at first: where several seats were won by equal claims,
    /// their parties choose before any of them is placed.
    pub(super) fn in_order(
        &self,
        moves: impl Iterator<Item = (usize, usize)>,
        mut meet: impl FnMut(&Standing<A>, &Standing<A>),
    ) {
        let width = self.places.len();
        let mut given = vec![0_u64; self.parties * width];
        for (row, at) in moves {
            let won = row * width + at;
            let winner = self.standing(won, given[won]);
            for other in (0..width).filter(|&other| other != at && self.places[other].room > 0) {
                let refused = row * width + other;
                let refused = self.standing(refused, given[refused]);
                if refused.pair.stands {
                    meet(&winner, &refused);
                }
            }
            given[won] = given[won].saturating_add(1);
        }
    }

    /// Each party by itself: the last seat of each of its places against the next of the others.
    pub(super) fn by_party(&self, mut meet: impl FnMut(&Standing<A>, &Standing<A>)) {
        let width = self.places.len();
        for first in (0..self.parties).map(|row| row * width) {
            let next: Vec<Standing<A>> =
                (first..first + width).map(|at| self.standing(at, (self.pair)(at).placed)).collect();
            for won in (first..first + width).filter(|&at| next[at - first].pair.placed > 0) {
                let last = self.standing(won, next[won - first].pair.placed - 1);
                for refused in next.iter().filter(|other| other.at != last.at && other.pair.stands) {
                    meet(&last, refused);
                }
            }
        }
    }
}

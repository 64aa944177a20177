//! Placing: which inner place gets each of a party's new seats.
//!
//! Pure arithmetic: parties and places are numbers, counted from 0, and know no names. A law says which of these ways it
//! takes:
//!
//! | module | the law says | whose seats |
//! | --- | --- | --- |
//! | [`each_party`] | nothing of room | each party by itself, by a method |
//! | [`room`] | how many seats a place may take | largest claim first, until parties and places are full |
//! | [`in_order`] | seats go down in the order they were won | each to its party's largest claim |
//! | [`unused`] | unused votes place, in rounds | one of the three, one seat a pair and round |
//! | [`whole_target`] | the whole target, direct seats included | each party by itself, by a method |
//! | [`settle`] | places have their seats, parties theirs: swap until both hold | local quotas, then swaps |

pub(crate) mod each_party;
pub(crate) mod in_order;
pub(crate) mod room;
pub(crate) mod settle;
pub(crate) mod unused;
pub(crate) mod whole_target;

mod board;
mod claim;
#[cfg(test)]
mod examples;
mod grid;
mod precedence;
mod quotient;

pub(crate) use claim::Claim;
pub(crate) use grid::Grid;
pub(crate) use quotient::Falling;

use core::cmp::Ordering;

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::allocation::TieBreak;
use crate::error::Error;

/// A party in a place: their numbers, in this order.
pub(crate) type Pair = (usize, usize);

/// Asked at each open tie which pairs win: the tied pairs, and how many of them are served.
///
/// `None` leaves the tie open. So does an answer that is not so many different pairs of the tie.
pub(crate) type Answers<'a> = dyn FnMut(&[Pair], u64) -> Option<Vec<Pair>> + 'a;

/// What is to be placed, and by what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placing<'a> {
    /// What each pair places a seat with, before any divisor; zero where the party cannot be placed there.
    pub(crate) claims: &'a Grid<Claim>,
    /// The seats that each pair holds already.
    pub(crate) held: &'a Grid<u64>,
    /// The seats to be placed, by party.
    pub(crate) seats: &'a [u64],
    /// The votes of each pair, for tie-breaks.
    pub(crate) votes: &'a Grid<u64>,
    /// Settles equal claims, in turn; what is still equal is an open tie. List order is by party, then place.
    pub(crate) tie_break: &'a [TieBreak<Pair>],
}

/// Where the seats went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The seats placed, without those held before.
    pub(crate) seats: Grid<u64>,
    /// Each seat in the order of placing, where seats were placed one by one.
    pub(crate) moves: Vec<Move>,
    /// Direct seats whose winners stay without one.
    pub(crate) unseated: Grid<u64>,
}

impl Placed {
    fn of(seats: Grid<u64>) -> Self {
        let unseated = seats.map(|_| 0);
        Self { seats, moves: Vec::new(), unseated }
    }
}

/// One seat placed: the pair's claim over the divisor for `before` seats was the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) party: usize,
    pub(crate) place: usize,
    /// The seats of the pair before this one: held and placed; in rounds, placed only.
    pub(crate) before: u64,
}

/// Why nothing is placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// Equal claims, of which only so many are served.
    Tie { pairs: Vec<Pair>, seats: u64 },
    /// The seats of a party that find no place with room and votes.
    NoPlace { party: usize, seats: u64 },
    /// No swaps lead to both totals: the parties with too many or too few seats, and by how much.
    Unsettled { over: Vec<(usize, i64)> },
    /// An input that cannot be placed.
    Error(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Asks who wins the tie of `pairs` for `seats`.
fn ask(mut pairs: Vec<Pair>, seats: u64, answers: &mut Answers<'_>) -> Result<Vec<Pair>, Stopped> {
    pairs.sort_unstable();
    if let Some(mut winners) = answers(&pairs, seats) {
        winners.sort_unstable();
        winners.dedup();
        if winners.len() as u64 == seats && winners.iter().all(|winner| pairs.binary_search(winner).is_ok()) {
            return Ok(winners);
        }
    }
    Err(Stopped::Tie { pairs, seats })
}

/// The only pair, or the one of several that is said to win; none of none.
fn ask_one(pairs: Vec<Pair>, answers: &mut Answers<'_>) -> Result<Option<Pair>, Stopped> {
    match pairs.len() {
        0 | 1 => Ok(pairs.first().copied()),
        _ => Ok(ask(pairs, 1, answers)?.first().copied()),
    }
}

/// The first `seats` of the pairs by `order`; where it leaves them equal at the cut, those who are said to win.
fn select(
    mut pairs: Vec<Pair>,
    seats: u64,
    order: impl Fn(Pair, Pair) -> Ordering,
    answers: &mut Answers<'_>,
) -> Result<Vec<Pair>, Stopped> {
    pairs.sort_by(|&a, &b| order(a, b));
    let cut = usize::try_from(seats).unwrap_or(usize::MAX);
    if cut == 0 || cut >= pairs.len() {
        pairs.truncate(cut);
        return Ok(pairs);
    }
    let last = pairs[cut - 1];
    let from = pairs.partition_point(|&pair| order(pair, last).is_lt());
    let to = pairs.partition_point(|&pair| order(pair, last).is_le());
    if to > cut {
        let chosen = ask(pairs[from..to].to_vec(), (cut - from) as u64, answers)?;
        pairs.truncate(from);
        pairs.extend(chosen);
    } else {
        pairs.truncate(cut);
    }
    Ok(pairs)
}

/// Refuses grids and lists that do not fit one another.
fn check_sizes(parties: usize, places: usize, sizes: &[(&'static str, usize, usize)]) -> Result<(), Error> {
    for &(what, found_parties, found_places) in sizes {
        if found_parties != parties {
            return Err(Error::WrongLength { what, parties, found: found_parties });
        }
        if found_places != places {
            return Err(Error::WrongLength { what, parties: places, found: found_places });
        }
    }
    Ok(())
}

impl Placing<'_> {
    fn parties(&self) -> usize {
        self.claims.parties()
    }

    fn places(&self) -> usize {
        self.claims.places()
    }

    /// Refuses grids of different sizes, and seats that could outgrow 2^64 - 1 with those held.
    fn check(&self) -> Result<(), Error> {
        let (parties, places) = (self.parties(), self.places());
        check_sizes(
            parties,
            places,
            &[
                ("held seats", self.held.parties(), self.held.places()),
                ("votes", self.votes.parties(), self.votes.places()),
                ("seats to place", self.seats.len(), places),
            ],
        )?;
        for (party, &seats) in self.seats.iter().enumerate() {
            if let Some(&held) = self.held.row(party).iter().find(|held| held.checked_add(seats).is_none()) {
                return Err(Error::TooManySeats { party: ordinal(party), held, seats });
            }
        }
        Ok(())
    }

    fn no_seats(&self) -> Grid<u64> {
        Grid::new(self.places(), vec![0; self.parties() * self.places()])
    }
}

/// A name for a party that has none here.
fn ordinal(party: usize) -> String {
    format!("party {}", party + 1)
}

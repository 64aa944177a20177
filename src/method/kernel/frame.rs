//! Between which numbers of seats each party must end, if it must: minimums, maximums, and seats that it holds already.
//!
//! A party with bounds stands at the nearer one where its position is beyond it. That moves no position farther from where
//! it truly is, so what is known of a position's error holds for it within bounds, too; and a claim beyond a bound is none.

use super::arrays::arrays;
use super::curve::Curve;
use super::lanes::{LANES, Lanes, padded};
use super::votes_as_floats::Reading;
use crate::method::blocks::BLOCKS;

/// The bounds of all parties of a contest.
pub(super) trait Frame<L: Lanes>: Copy {
    type Limit: Limit<L>;

    /// Whether nothing bounds any party.
    const IS_FREE: bool;

    /// Those of a block of four.
    fn block(self, block: usize) -> Self::Limit;

    /// Those of the parties at four places.
    fn gather(self, places: &[usize; LANES]) -> Self::Limit;
}

/// The bounds of four parties.
pub(super) trait Limit<L: Lanes>: Copy {
    /// The nearest positions within bounds.
    fn keep(self, position: L) -> L;

    /// As a mask: whether a position is within bounds, and not at one of them.
    fn is_inside(self, position: L) -> L;

    /// What claims to the seats `seat` are worth where there is such a claim; less than any where there is none.
    fn if_a_claim<C: Curve>(self, seat: L, inverses: L, worth: L) -> L;
}

/// No bounds but that nobody has fewer than no seats, and nobody without votes any.
#[derive(Clone, Copy, Debug)]
pub(super) struct Free;

impl<L: Lanes> Frame<L> for Free {
    type Limit = Self;

    const IS_FREE: bool = true;

    #[inline(always)]
    fn block(self, _block: usize) -> Self {
        self
    }

    #[inline(always)]
    fn gather(self, _places: &[usize; LANES]) -> Self {
        self
    }
}

impl<L: Lanes> Limit<L> for Free {
    #[inline(always)]
    fn keep(self, position: L) -> L {
        position.max(L::splat(0.0))
    }

    #[inline(always)]
    fn is_inside(self, position: L) -> L {
        position.above(L::splat(0.0))
    }

    #[inline(always)]
    fn if_a_claim<C: Curve>(self, seat: L, inverses: L, worth: L) -> L {
        if C::REGULAR {
            return worth;
        }
        let exists = seat.at_least(L::splat(0.0)) & L::splat(1.5).above(inverses);
        exists.choose(worth, L::splat(f64::NEG_INFINITY))
    }
}

/// Numbers of at most 64 parties as floats.
#[inline(always)]
fn read_all<R: Reading>(numbers: &[u64], to: &mut [R::Lanes; BLOCKS + 1]) {
    let (blocks, last) = arrays(numbers);
    for (lanes, block) in to.iter_mut().zip(blocks) {
        *lanes = R::read(block);
    }
    to[blocks.len().min(BLOCKS)] = R::read(&padded(last));
}

/// The fewest and the most seats of each party: equal where it has no votes.
#[derive(Clone, Debug)]
pub(super) struct Bounds<L> {
    least: [L; BLOCKS + 1],
    most: [L; BLOCKS + 1],
}

impl<L: Lanes> Bounds<L> {
    /// Takes the bounds of at most 64 parties in, all of them below `MOST_SEATS`; where there are no maximums, that is the
    /// house.
    #[inline(always)]
    pub(super) fn read<R: Reading<Lanes = L>>(votes: &[u64], house: u64, least: &[u64], most: Option<&[u64]>) -> Self {
        let none = L::splat(0.0);
        let mut bounds = Self { least: [none; BLOCKS + 1], most: [none; BLOCKS + 1] };
        read_all::<R>(least, &mut bounds.least);
        let all = [L::count(house); BLOCKS + 1];
        let mut given = [none; BLOCKS + 1];
        let most = match most {
            Some(most) => {
                read_all::<R>(most, &mut given);
                &given
            }
            None => &all,
        };
        let (blocks, last) = arrays(votes);
        let last = padded(last);
        let votes = blocks.iter().chain(core::iter::once(&last));
        for (((bound, &most), &least), votes) in bounds.most.iter_mut().zip(most).zip(&bounds.least).zip(votes) {
            *bound = R::read(votes).above(none).choose(most, least);
        }
        bounds
    }
}

impl<L: Lanes> Frame<L> for &Bounds<L> {
    type Limit = [L; 2];

    const IS_FREE: bool = false;

    #[inline(always)]
    fn block(self, block: usize) -> [L; 2] {
        [self.least[block % (BLOCKS + 1)], self.most[block % (BLOCKS + 1)]]
    }

    #[inline(always)]
    fn gather(self, places: &[usize; LANES]) -> [L; 2] {
        [L::gather(&self.least, places), L::gather(&self.most, places)]
    }
}

impl<L: Lanes> Limit<L> for [L; 2] {
    #[inline(always)]
    fn keep(self, position: L) -> L {
        position.max(self[0]).min(self[1])
    }

    #[inline(always)]
    fn is_inside(self, position: L) -> L {
        position.above(self[0]) & self[1].above(position)
    }

    #[inline(always)]
    fn if_a_claim<C: Curve>(self, seat: L, _inverses: L, worth: L) -> L {
        let exists = seat.at_least(self[0]) & self[1].above(seat);
        exists.choose(worth, L::splat(f64::NEG_INFINITY))
    }
}

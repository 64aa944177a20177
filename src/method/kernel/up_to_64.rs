//! Highest averages for a few parties: round every share, mend the few seats that this is off by, and certify the result.
//!
//! With any multiplier x the rounded positions are the answer for the seats they add up to, provided that no position is
//! nearer to a half than it can be wrong: then every claim served has a quotient of at least 1/x and every other one less.
//! If they add up to a few seats more or fewer, the best claims refused are served, or the worst ones served refused
//! ([`nearest_claims`]); the answer is certain if these are ahead of all others by more than can be told wrong.

use wide::u64x4;

use super::arrays::{arrays, arrays_mut};
use super::curve::{Curve, FARTHEST_CENTER};
use super::float::float_of_signed;
use super::frame::{Frame, Limit};
use super::lanes::{LANES, Lanes, padded, write_last};
use super::nearest_claims;
use super::votes_as_floats::Reading;
use crate::method::blocks::{BLOCKS, Blocks};

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = BLOCKS * LANES;

/// How often all shares are rounded at most.
const ROUNDS: usize = 5;

/// So many seats are mended; if it is more, all shares are rounded again.
const MOST_MENDED: f64 = 7.0;

/// Within bounds only so many are mended in the first rounds: the multiplier that they begin with knew of no bounds, and a step
/// to a better one costs less than many seats mended in turn.
const MENDED_WITHIN_BOUNDS: f64 = 4.0;
/// For how many rounds that is so.
const ROUNDS_WITHIN_BOUNDS: usize = 3;

/// How near to a half a position may be.
///
/// Positions are wrong by 4 u (t + |c| + 1), t being at most |c| + 1/2 more than the position p: with as much again to be
/// safe, and what a changed first divisor needs, by less than 8 u p + 8 u (2 |c| + 20).
#[derive(Clone, Copy)]
pub(super) struct Certainty<L> {
    per_seat: L,
    below: L,
}

impl<L: Lanes> Certainty<L> {
    #[inline(always)]
    pub(super) fn new<C: Curve>() -> Self {
        let unit = 8.0 * C::COARSER * L::UNIT;
        Self { per_seat: L::splat(unit), below: L::splat(0.5 - unit * (2.0 * FARTHEST_CENTER + 20.0)) }
    }

    /// How far positions are from the nearest whole numbers, being so much above them, and what they may be wrong by.
    #[inline(always)]
    pub(super) fn distance(self, position: L, above: L) -> L {
        above.abs() + position * self.per_seat
    }

    /// Whether positions so far from whole numbers, at most, are rounded right.
    #[inline(always)]
    pub(super) fn is_given(self, distances: L) -> bool {
        distances.at_least(self.below).bits() == 0
    }
}

/// Whether `out` now holds the answer, certain and without a tie.
#[inline(never)] // so that its working space is not set up for the contests that need none
pub(super) fn allocate<C: Curve, R: Reading>(
    curve: C,
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    field: &mut Blocks<R::Lanes>,
    frame: impl Frame<R::Lanes>,
) -> bool {
    let Some(total) = field.read::<R>(votes) else { return false };
    of_shares(curve, total, seats, out, field, frame)
}

/// Whether `out` now holds the answer for the votes in `field`, whose sum is `total`.
#[inline(always)]
pub(super) fn of_shares<C: Curve, L: Lanes, F: Frame<L>>(
    curve: C,
    total: L,
    seats: u64,
    out: &mut [u64],
    field: &mut Blocks<L>,
    frame: F,
) -> bool {
    let splat = L::splat;
    if curve.center().abs() > FARTHEST_CENTER {
        return false;
    }
    let house = L::count(seats);
    // What all shares add up to where no position is below zero.
    let sum = float_of_signed(seats) - float_of_signed(out.len() as u64) * curve.center();
    let part = splat(1.0) / total;
    let mut x = if sum > 0.0 { splat(sum) * part } else { house * part };
    for round in 0..ROUNDS {
        if (x * total).above(splat(0.25 * L::MOST_SEATS)).bits() != 0 {
            return false;
        }
        let Some(given) = field.round(curve, x, out, frame) else { return false };
        let missing = house - given;
        let off = missing.abs();
        if splat(0.0).at_least(off).bits() != 0 {
            return true;
        }
        let mended = if F::IS_FREE || round >= ROUNDS_WITHIN_BOUNDS { MOST_MENDED } else { MENDED_WITHIN_BOUNDS };
        if splat(mended).at_least(off).bits() != 0 {
            return nearest_claims::change(field, curve, house, missing, [x, part], out, frame);
        }
        x = field.nearer(curve, x, missing, frame);
    }
    false
}

impl<L: Lanes> Blocks<L> {
    /// Takes the votes in and answers with their sum, roughly, if there are some and they can be read so.
    #[inline(always)]
    pub(super) fn read<R: Reading<Lanes = L>>(&mut self, votes: &[u64]) -> Option<L> {
        let (blocks, last) = arrays(votes);
        let (mut total, mut bits) = (L::splat(0.0), u64x4::ZERO);
        for (block, lanes) in blocks.iter().zip(&mut self.votes) {
            bits |= u64x4::new(*block);
            *lanes = R::read(block);
            total = total + *lanes;
        }
        let mut blocks = blocks.len();
        if !last.is_empty() {
            let last = padded(last);
            bits |= u64x4::new(last);
            let lanes = R::read(&last);
            *self.votes.get_mut(blocks)? = lanes;
            total = total + lanes;
            blocks += 1;
        }
        // The rest of the last group: as if of parties without votes.
        self.used = blocks.div_ceil(LANES);
        for block in blocks..(LANES * self.used).min(BLOCKS) {
            (self.votes[block], self.seats[block], self.gaps[block]) = (L::splat(0.0), L::splat(0.0), L::splat(0.0));
        }
        let bits = bits.to_array().into_iter().fold(0, |all, bits| all | bits);
        (bits != 0 && R::fits(bits)).then(|| total.total())
    }

    /// Makes other numbers of the votes that were read, and answers with their sum, roughly.
    #[inline(always)]
    pub(super) fn change_votes(&mut self, change: impl Fn(L) -> L) -> L {
        let mut total = L::splat(0.0);
        for votes in self.votes.iter_mut().take(LANES * self.used) {
            *votes = change(*votes);
            total = total + *votes;
        }
        total.total()
    }

    /// Rounds every position into `out`, and answers with the sum, exactly, if all are certain.
    #[inline(always)]
    fn round<C: Curve>(&mut self, curve: C, x: L, out: &mut [u64], frame: impl Frame<L>) -> Option<L> {
        let (certainty, none) = (Certainty::new::<C>(), L::splat(0.0));
        let (mut given, mut farthest) = (none, none);
        let mut one = |block: usize, votes: L, seats: &mut L, gap: &mut L| {
            let position = frame.block(block).keep(curve.position(votes * x));
            let (nearest, whole) = position.round();
            // Without votes a party is owed nothing, by whatever curve.
            let above = if C::REGULAR { position - nearest } else { (position - nearest) & votes.above(none) };
            (*seats, *gap) = (nearest, above);
            given = given + nearest;
            farthest = farthest.max(certainty.distance(position, above));
            L::seats(whole)
        };
        let (blocks, last) = arrays_mut(out);
        let fields = self.votes.iter().zip(&mut self.seats).zip(&mut self.gaps);
        for (block, (((&votes, seats), gap), out)) in fields.zip(&mut *blocks).enumerate() {
            *out = one(block, votes, seats, gap);
        }
        if !last.is_empty() {
            let block = blocks.len() % BLOCKS;
            write_last(one(block, self.votes[block], &mut self.seats[block], &mut self.gaps[block]), last);
        }
        certainty.is_given(farthest).then(|| given.total())
    }

    /// A better multiplier where `missing` seats are missing, by a step of Newton's.
    #[cold]
    fn nearer<C: Curve>(&self, curve: C, x: L, missing: L, frame: impl Frame<L>) -> L {
        let none = L::splat(0.0);
        let mut growing = none;
        for (block, &votes) in self.votes.iter().enumerate().take(LANES * self.used) {
            growing = growing + (frame.block(block).is_inside(curve.position(votes * x)) & votes);
        }
        let slope = growing.total();
        let next = slope.above(none).choose(x + missing / slope, x + x);
        next.above(none).choose(next, x * L::splat(0.5))
    }
}

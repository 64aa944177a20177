//! Highest averages for a few parties: round every share, mend the few seats that this is off by, and certify the result.
//!
//! With any multiplier x the rounded positions are the answer for the seats they add up to, provided that no position is
//! nearer to a half than it can be wrong: then every claim served has a quotient of at least 1/x and every other one less.
//! If they add up to a few seats more or fewer, the best claims refused are served, or the worst ones served refused, one
//! at a time; the answer is certain if each of these is ahead of all others by more than quotients can be wrong.

use ::wide::u64x4;

use super::curve::Curve;
use super::float::{float, float_of_signed};
use super::lanes::{LANES, Lanes, padded, write_last};
use super::mend;
use super::reading::Reading;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = BLOCKS * LANES;

/// Four parties each.
pub(super) const BLOCKS: usize = 16;

/// So many seats are mended; if it is more, all shares are rounded again.
const MOST_MENDED: u64 = 7;

/// The most that the center of a curve may be away from 0.
pub(super) const FARTHEST_CENTER: f64 = 8.0;

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
    pub(super) fn new() -> Self {
        let unit = 8.0 * L::UNIT;
        Self { per_seat: L::splat(unit), below: L::splat(0.5 - unit * (2.0 * FARTHEST_CENTER + 20.0)) }
    }

    /// How far positions are from whole numbers, and what they may be wrong by.
    #[inline(always)]
    pub(super) fn distance(self, position: L, nearest: L) -> L {
        (position - nearest).abs() + position * self.per_seat
    }

    /// Whether positions so far from whole numbers, at most, are rounded right.
    #[inline(always)]
    pub(super) fn is_given(self, distances: L) -> bool {
        distances.at_least(self.below).bits() == 0
    }
}

/// The parties of a contest in blocks, and one block more, of none.
#[derive(Clone, Debug)]
pub(in crate::method) struct Field<L> {
    /// Groups with parties in them.
    pub(super) used: usize,
    pub(super) votes: [L; BLOCKS],
    pub(super) inverses: [L; BLOCKS + 1],
    pub(super) seats: [L; BLOCKS + 1],
}

impl<L: Copy> Field<L> {
    /// With 0, and a number much larger than 1 of whose like there are no votes.
    pub(in crate::method) const fn new(none: L, large: L) -> Self {
        Self { used: 0, votes: [none; BLOCKS], inverses: [large; BLOCKS + 1], seats: [none; BLOCKS + 1] }
    }
}

/// Whether `out` now holds the answer, certain and without a tie.
#[inline(never)] // so that its working space is not set up for the contests that need none
pub(super) fn allocate<C: Curve, R: Reading>(
    curve: C,
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    field: &mut Field<R::Lanes>,
) -> bool {
    let Some(total) = field.read::<C, R>(curve, votes) else { return false };
    let (house, center) = (float_of_signed(seats), curve.center());
    let part = 1.0 / total;
    let mut x = (house - float_of_signed(votes.len() as u64) * center) * part;
    if x <= 0.0 {
        x = house * part;
    }
    for _ in 0..5 {
        if center.abs() > FARTHEST_CENTER || 4.0 * x * total >= R::Lanes::MOST_SEATS {
            return false;
        }
        let Some(given) = field.round(curve, x, out) else { return false };
        if given == seats {
            return true;
        }
        if given.abs_diff(seats) <= MOST_MENDED {
            return mend::change(field, curve, seats.wrapping_sub(given), [x, part], out);
        }
        x = field.nearer(curve, x, house - float(given));
    }
    false
}

impl<L: Lanes> Field<L> {
    /// Takes the votes in and answers with their sum, roughly, if there are some and they can be read so.
    #[inline(always)]
    fn read<C: Curve, R: Reading<Lanes = L>>(&mut self, curve: C, votes: &[u64]) -> Option<f64> {
        let (blocks, last) = votes.as_chunks();
        let (mut total, mut bits) = (L::splat(0.0), u64x4::ZERO);
        for ((block, lanes), inverses) in blocks.iter().zip(&mut self.votes).zip(&mut self.inverses) {
            bits |= u64x4::new(*block);
            *lanes = R::read(block);
            *inverses = curve.inverse(*lanes);
            total = total + *lanes;
        }
        let mut blocks = blocks.len();
        if !last.is_empty() {
            let (lanes, inverses) = (self.votes.get_mut(blocks)?, self.inverses.get_mut(blocks)?);
            let last = padded(last);
            bits |= u64x4::new(last);
            *lanes = R::read(&last);
            *inverses = curve.inverse(*lanes);
            total = total + *lanes;
            blocks += 1;
        }
        // The rest of the last group: as if of parties without votes.
        self.used = blocks.div_ceil(LANES);
        for block in blocks..(LANES * self.used).min(BLOCKS) {
            self.inverses[block] = curve.inverse(L::splat(0.0));
            self.seats[block] = L::splat(0.0);
        }
        let bits = bits.to_array().into_iter().fold(0, |all, bits| all | bits);
        (bits != 0 && R::fits(bits)).then(|| total.total().get(0))
    }

    /// Rounds every position into `out`, and answers with the sum, if all are certain.
    #[inline(always)]
    fn round<C: Curve>(&mut self, curve: C, x: f64, out: &mut [u64]) -> Option<u64> {
        let (certainty, x, none) = (Certainty::new(), L::splat(x), L::splat(0.0));
        let (mut given, mut farthest) = (L::Whole::default(), none);
        let mut one = |votes: L, seats: &mut L| {
            let position = curve.position(votes * x).max(none);
            let (nearest, whole) = position.round();
            *seats = nearest;
            given = given + whole;
            let distance = certainty.distance(position, nearest);
            // Without votes a party is owed nothing, by whatever curve.
            farthest = farthest.max(if C::REGULAR { distance } else { distance & votes.above(none) });
            L::seats(whole)
        };
        let (blocks, last) = out.as_chunks_mut();
        for ((&votes, seats), out) in self.votes.iter().zip(&mut self.seats).zip(&mut *blocks) {
            *out = one(votes, seats);
        }
        if !last.is_empty() {
            let (votes, seats) = (self.votes.get(blocks.len())?, self.seats.get_mut(blocks.len())?);
            write_last(one(*votes, seats), last);
        }
        certainty.is_given(farthest).then(|| L::sum(given))
    }

    /// A better multiplier where so many seats are missing, by a step of Newton's.
    #[cold]
    fn nearer<C: Curve>(&self, curve: C, x: f64, missing: f64) -> f64 {
        let mut growing = L::splat(0.0);
        for &votes in self.votes.iter().take(LANES * self.used) {
            growing = growing + (curve.position(votes * L::splat(x)).above(L::splat(0.0)) & votes);
        }
        let slope = growing.total().get(0);
        let next = if slope > 0.0 { x + missing / slope } else { x * 2.0 };
        if next > 0.0 { next } else { x / 2.0 }
    }
}

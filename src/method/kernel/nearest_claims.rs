//! Serving the few best claims that rounding refused, or refusing the few worst ones that it served.
//!
//! Claims are compared by their thresholds, d(seat) / v: the multipliers from which on they are owed.

use super::curve::{Curve, FARTHEST_CENTER};
use super::float::float;
use super::frame::{Frame, Limit};
use super::lanes::{LANES, Lanes};
use crate::method::blocks::{BLOCKS, Blocks};

/// Blocks that are looked at together.
const GROUPS: usize = BLOCKS / LANES;

/// Claims that may be served, or those that may be refused.
///
/// Both ways are one: a claim is *worth* the negative of its threshold if it may be served, and its threshold if it may be
/// refused; those worth most change hands.
#[derive(Clone, Copy)]
pub(super) struct Change<L> {
    sign: L,
    /// From the seats of a party to the claim that it has next, or last.
    before: L,
    /// From that claim to the one after it, or before it.
    step: L,
    /// What is worth this part of another one or more is not surely behind it: thresholds are wrong by less than 8 u of
    /// themselves, so that two of the same sign that differ by more than 32 u of one of them are in true order.
    close: L,
}

impl<L: Lanes> Change<L> {
    /// To serve as many claims as seats are `missing`, or to refuse as many as it is below zero.
    ///
    /// All is computed from its sign: a branch would be mispredicted.
    #[inline(always)]
    pub(super) fn of<C: Curve>(missing: L) -> Self {
        let none = L::splat(0.0);
        // Of -missing: serving turns the sign of a threshold.
        let sign = (none - missing) & L::splat(-0.0);
        Self {
            sign,
            before: missing.max(L::splat(-1.0)).min(none),
            step: L::splat(-1.0) ^ sign,
            close: L::splat(1.0) + (L::splat(32.0 * C::COARSER * L::UNIT) ^ sign ^ L::splat(-0.0)),
        }
    }

    /// What the claims are worth that parties have; less than any claim if they have none.
    #[inline(always)]
    pub(super) fn worth<C: Curve>(self, curve: C, inverses: L, seats: L, limit: impl Limit<L>) -> L {
        let seat = seats + self.before;
        let worth = curve.threshold(inverses, seat) ^ self.sign;
        limit.if_a_claim::<C>(seat, inverses, worth)
    }

    /// As a mask: what is not surely behind the best.
    #[inline(always)]
    pub(super) fn is_close(self, worths: L, best: L) -> L {
        worths.at_least(best * self.close)
    }
}

/// Serves as many claims more as seats of the house are missing with the multiplier `x`, or refuses as many as it is below
/// zero, and answers whether that is certain; `out` is nothing if it is not. `part` is 1 by the sum of all votes.
#[inline(always)]
pub(super) fn change<C: Curve, L: Lanes>(
    field: &mut Blocks<L>,
    curve: C,
    house: L,
    missing: L,
    [x, part]: [L; 2],
    out: &mut [u64],
    frame: impl Frame<L>,
) -> bool {
    let change = Change::of::<C>(missing);
    let (splat, times) = (L::splat, missing.abs());
    // Positions are wrong by less than 8 u of themselves and 8 u (2 |c| + 20), and no more than seven above the seats.
    let edge = splat(0.5) - (house + splat(2.0 * FARTHEST_CENTER + 30.0)) * splat(8.0 * C::COARSER * L::UNIT);
    // Within reach are `seats_near` claims on average: more than change hands, as a rule, and not too many.
    let mut seats_near = times * splat(0.7) + splat(2.2);
    for _ in 0..3 {
        let reach = seats_near * part;
        let near = near(field, change, reach * splat(C::STEEPEST), edge);
        let end = curve.threshold_at(x + (reach | missing & splat(-0.0))) ^ change.sign;
        match at_once(field, curve, change, near, [end, missing], out, frame) {
            Found::Certain => return true,
            Found::Few => seats_near = seats_near + seats_near,
            Found::Many => seats_near = seats_near * (times * splat(0.1) + splat(0.3)),
        }
    }
    in_turn(field, curve, change, missing, out, frame)
}

/// How many claims change hands, and what that adds to the seats of a party, below zero as a number that wraps.
#[inline(always)]
fn claims<L: Lanes>(missing: L) -> (u64, u64) {
    let [times, ..] = L::seats(missing.abs().round().1);
    (times, if missing.get(0) > 0.0 { 1 } else { u64::MAX })
}

enum Found {
    /// The claims that change hands.
    Certain,
    /// Fewer claims than those, or some that are too close.
    Few,
    /// More claims than can be looked at.
    Many,
}

/// The parties, a bit each, whose next claim may be owed at a multiplier within `reach`, or whose last one may not be: all
/// others would have to gain or lose more to pass a half.
#[inline(always)]
fn near<L: Lanes>(field: &Blocks<L>, change: Change<L>, reach: L, edge: L) -> u64 {
    let mut near = 0;
    let way = change.sign ^ L::splat(-0.0);
    for (group, gaps) in field.gaps.chunks_exact(LANES).enumerate().take(field.used) {
        let mut bits = 0;
        for (block, &gap) in gaps.iter().enumerate() {
            let end = (gap ^ way) + field.votes[LANES * group + block] * reach;
            bits |= end.at_least(edge).bits() << (LANES * block);
        }
        near |= u64::from(bits) << (LANES * LANES * group);
    }
    near
}

/// One or no claim of each of the parties near, if those are no more than eight; `out` is as it was if that is not certain.
///
/// Without branches, which would be mispredicted. A claim surely changes hands if no more than `times` of them are not surely
/// behind it, itself among them, and neither are those beyond `end`, or the ones that the same parties have next.
#[inline(always)]
fn at_once<C: Curve, L: Lanes>(
    field: &Blocks<L>,
    curve: C,
    change: Change<L>,
    near: u64,
    [end, missing]: [L; 2],
    out: &mut [u64],
    frame: impl Frame<L>,
) -> Found {
    let (times, one) = claims(missing);
    let (mut parties, mut left) = ([[0; LANES]; 2], near);
    for party in parties.as_flattened_mut() {
        // Where none is left, the first place after all of them, where nobody is.
        *party = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
    }
    let gather = |rows: &[L]| parties.map(|places| L::gather(rows, &places));
    let inverses = gather(&field.votes).map(|votes| curve.inverse(votes));
    let seats = gather(&field.seats);
    let limits = parties.map(|places| frame.gather(&places));
    let worths = [0, 1].map(|half: usize| change.worth(curve, inverses[half], seats[half], limits[half]));
    let second = |half: usize| change.worth(curve, inverses[half], seats[half] + change.step, limits[half]);
    let next = end.max(second(0).max(second(1)).largest());
    let (mut changing, mut number) = ([L::splat(0.0); 2], 0);
    for half in 0..2 {
        let close = worths[half] * change.close;
        let mut ahead = [L::splat(0.0); 2];
        for other in worths {
            for lane in 0..LANES {
                ahead[lane % 2] = ahead[lane % 2] + (L::splat(1.0) & other.same(lane).at_least(close));
            }
        }
        changing[half] = missing.abs().at_least(ahead[0] + ahead[1]) & close.above(next);
        number |= changing[half].bits() << (LANES * half);
    }
    if left != 0 {
        return Found::Many;
    }
    if u64::from(number.count_ones()) != times {
        return Found::Few;
    }
    for (place, &party) in parties.as_flattened().iter().enumerate() {
        let changes = u64::from(number >> place & 1);
        if let Some(out) = out.get_mut(party % (LANES * BLOCKS)) {
            *out = out.wrapping_add(one & 0_u64.wrapping_sub(changes));
        }
    }
    Found::Certain
}

/// One claim after another.
#[inline(never)]
fn in_turn<C: Curve, L: Lanes>(
    field: &mut Blocks<L>,
    curve: C,
    change: Change<L>,
    missing: L,
    out: &mut [u64],
    frame: impl Frame<L>,
) -> bool {
    let (times, one) = claims(missing);
    let least = L::splat(f64::NEG_INFINITY);
    let best_of = |group: &[L]| group.iter().fold(least, |best, &worths| best.max(worths));
    let (mut all, mut tops) = ([least; BLOCKS], [least; GROUPS]);
    for (block, worths) in all.iter_mut().enumerate().take(LANES * field.used) {
        *worths = change.worth(curve, curve.inverse(field.votes[block]), field.seats[block], frame.block(block));
    }
    for (top, group) in tops.iter_mut().zip(all.chunks_exact(LANES)) {
        *top = best_of(group);
    }
    for left in (0..times).rev() {
        let best = best_of(&tops).largest();
        // Only one may be close to it, in one lane of one group.
        let mut lanes = 0;
        for (group, &top) in tops.iter().enumerate() {
            lanes |= change.is_close(top, best).bits() << (LANES * group);
        }
        let place = lanes.trailing_zeros() as usize;
        let (group, lane) = (place / LANES % GROUPS, place % LANES);
        let worths = &all[LANES * group..LANES * group + LANES];
        let blocks = change.is_close(L::column(worths, lane), best).bits();
        let block = (LANES * group + blocks.trailing_zeros() as usize) % BLOCKS;
        let Some(out) = out.get_mut(LANES * block + lane) else { return false };
        if !lanes.is_power_of_two() || !blocks.is_power_of_two() {
            return false;
        }
        *out = out.wrapping_add(one);
        if left > 0 {
            field.seats[block] = field.seats[block].with(lane, float(*out));
            all[block] = change.worth(curve, curve.inverse(field.votes[block]), field.seats[block], frame.block(block));
            tops[group] = best_of(&all[LANES * group..LANES * group + LANES]);
        }
    }
    true
}

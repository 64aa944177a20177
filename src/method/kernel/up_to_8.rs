//! Highest averages for up to eight parties: as in [`up_to_64`](super::up_to_64), in registers alone, unrolled for each number of
//! parties, and for one seat to mend at most.

use super::curve::{Curve, FARTHEST_CENTER};
use super::float::float_of_signed;
use super::frame::Free;
use super::lanes::{LANES, Lanes};
use super::nearest_claims::Change;
use super::up_to_64::Certainty;
use super::votes_as_floats::{Reading, Single};

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = 2 * LANES;

/// Gives out `seats` in one election after another of the same few parties, until an answer is not certain or has a tie:
/// the number of elections before it. `out` is unspecified from there on.
#[inline(always)]
pub(super) fn allocate<C: Curve>(curve: C, votes: &[u64], parties: usize, seats: u64, out: &mut [u64]) -> usize {
    match parties {
        _ if curve.center().abs() > FARTHEST_CENTER => 0,
        1 => each::<C, 1, 1>(curve, votes, seats, out),
        2 => each::<C, 2, 1>(curve, votes, seats, out),
        3 => each::<C, 3, 1>(curve, votes, seats, out),
        4 => each::<C, 4, 1>(curve, votes, seats, out),
        5 => each::<C, 5, 2>(curve, votes, seats, out),
        6 => each::<C, 6, 2>(curve, votes, seats, out),
        7 => each::<C, 7, 2>(curve, votes, seats, out),
        8 => each::<C, 8, 2>(curve, votes, seats, out),
        _ => 0,
    }
}

#[inline(always)]
fn each<C: Curve, const N: usize, const B: usize>(curve: C, votes: &[u64], seats: u64, out: &mut [u64]) -> usize {
    let mut done = 0;
    // Not by zipped chunks, whose iterator takes longer to make than the smallest elections take.
    let (mut all_votes, mut all_out) = (votes, out);
    while let (Some((votes, votes_left)), Some((out, out_left))) =
        (all_votes.split_first_chunk::<N>(), core::mem::take(&mut all_out).split_first_chunk_mut::<N>())
    {
        (all_votes, all_out) = (votes_left, out_left);
        if !fixed::<C, N, B>(curve, votes, seats, out) {
            break;
        }
        done += 1;
    }
    done
}

/// N parties in B times four lanes.
#[inline(always)]
fn fixed<C: Curve, const N: usize, const B: usize>(curve: C, votes: &[u64; N], seats: u64, out: &mut [u64; N]) -> bool {
    type L = <Single as Reading>::Lanes;
    let (mut bits, mut padded) = (0, [[0; LANES]; B]);
    for (party, &votes) in votes.iter().enumerate() {
        bits |= votes;
        padded[party / LANES][party % LANES] = votes;
    }
    let none = L::ZERO;
    let (mut votes, mut inverses, mut total) = ([none; B], [none; B], none);
    for ((votes, inverses), padded) in votes.iter_mut().zip(&mut inverses).zip(&padded) {
        *votes = Single::read(padded);
        *inverses = curve.inverse(*votes);
        total += *votes;
    }
    let (house, total) = (<L as Lanes>::count(seats), total.total());
    // What all shares add up to.
    let sum = house - <L as Lanes>::splat(float_of_signed(N as u64) * curve.center());
    if !Single::fits(bits) || bits == 0 || sum.above(none).bits() == 0 {
        return false;
    }
    let mut x = sum / total;
    // Once more with a better multiplier, where two seats or more are off.
    for _ in 0..2 {
        let missing = match with_multiplier(curve, (&votes, &inverses), x, house, out) {
            Ok(certain) => return certain,
            Err(missing) => missing,
        };
        // A seat is missing for many that are near a half: less than a third of the way brings two or three of them over it.
        // The part is found by trial; it only decides how often the second round succeeds.
        x += missing * <L as Lanes>::splat(0.3) / total;
        if x.above(none).bits() == 0 {
            return false;
        }
    }
    false
}

/// Whether `out` now holds the answer for certain, with one seat mended at most; as an error, the number of seats missing
/// where that is more.
#[inline(always)]
fn with_multiplier<C: Curve, L: Lanes, const N: usize, const B: usize>(
    curve: C,
    (votes, inverses): (&[L; B], &[L; B]),
    x: L,
    house: L,
    out: &mut [u64; N],
) -> Result<bool, L> {
    let (certainty, none) = (Certainty::new::<C>(), L::splat(0.0));
    let (mut farthest, mut given, mut nearest) = (none, none, [none; B]);
    for block in 0..B {
        let position = curve.position(votes[block] * x).max(none);
        (nearest[block], _) = position.round();
        given = given + nearest[block];
        // Without votes a party is owed nothing, by whatever curve.
        let above = position - nearest[block];
        let above = if C::REGULAR { above } else { above & votes[block].above(none) };
        farthest = farthest.max(certainty.distance(position, above));
    }
    // A seat is missing, none, or one too many: all without a branch, which would be mispredicted.
    let missing = house - given.total();
    if missing.abs().above(L::splat(1.0)).bits() != 0 {
        return Err(missing);
    }
    let change = Change::of::<C>(missing);
    let mut worths = [none; B];
    let mut best = L::splat(f64::NEG_INFINITY);
    for block in 0..B {
        worths[block] = change.worth(curve, inverses[block], nearest[block], Free);
        best = best.max(worths[block]);
    }
    let best = best.largest();
    let mut changed = 0;
    for block in 0..B {
        let close = change.is_close(worths[block], best);
        changed |= close.bits() << (LANES * block);
        let (_, whole) = (nearest[block] + (close & missing)).round();
        for (lane, seats) in L::seats(whole).into_iter().enumerate() {
            if let Some(out) = out.get_mut(LANES * block + lane) {
                *out = seats;
            }
        }
    }
    // Only one may be close to the best, if there is anything to change.
    let any = missing.abs().above(none).bits() * 0b1_0001;
    Ok(certainty.is_given(farthest) & (changed & changed.wrapping_sub(1) & any == 0))
}

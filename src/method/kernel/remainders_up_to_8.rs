//! Largest remainders for up to eight parties: in floats alone, which hold numbers so small exactly.

use super::float::{float, float_of_signed, number, round};
use super::network::{LENGTH, sort_eight, sort_four};
use super::remainders::WholeQuota;
use crate::method::Quota;

/// Gives out `seats` in one election after another of the same few parties, until one is out of range or has a tie: the
/// number of elections before it. `out` is unspecified from there on.
#[inline(always)]
pub(super) fn allocate(quota: Quota, votes: &[u64], parties: usize, seats: u64, out: &mut [u64]) -> usize {
    match parties {
        1 => each::<1>(quota, votes, seats, out),
        2 => each::<2>(quota, votes, seats, out),
        3 => each::<3>(quota, votes, seats, out),
        4 => each::<4>(quota, votes, seats, out),
        5 => each::<5>(quota, votes, seats, out),
        6 => each::<6>(quota, votes, seats, out),
        7 => each::<7>(quota, votes, seats, out),
        8 => each::<8>(quota, votes, seats, out),
        _ => 0,
    }
}

#[inline(always)]
fn each<const N: usize>(quota: Quota, votes: &[u64], seats: u64, out: &mut [u64]) -> usize {
    let mut done = 0;
    // Not by zipped chunks, whose iterator takes longer to make than the smallest elections take.
    let (mut all_votes, mut all_out) = (votes, out);
    while let (Some((votes, votes_left)), Some((out, out_left))) =
        (all_votes.split_first_chunk::<N>(), core::mem::take(&mut all_out).split_first_chunk_mut::<N>())
    {
        (all_votes, all_out) = (votes_left, out_left);
        let (mut total, mut bits) = (0_u64, 0);
        for &votes in votes {
            total = total.wrapping_add(votes);
            bits |= votes;
        }
        if bits >> 40 != 0 {
            break;
        }
        match WholeQuota::of(quota, total, seats) {
            Some(quota)
                if float_of_signed(total) * float(quota.parts) < float(1 << 51) && few(quota, votes, seats, out) => {}
            _ => break,
        }
        done += 1;
    }
    done
}

/// Whether `out` now holds the answer, without a tie; for at most eight parties, whose votes times `parts` are below 2^52.
///
/// All numbers here are whole and below 2^53, so floats hold them exactly: v q, and w p, which is at most p above v q.
#[inline(always)]
fn few<const N: usize>(quota: WholeQuota, votes: &[u64; N], seats: u64, out: &mut [u64; N]) -> bool {
    let (price, parts) = (float(quota.votes), float(quota.parts));
    let part = 1.0 / price;
    let mut remainders = [0.0; N];
    let mut given = 0_u64;
    for party in 0..N {
        let number = number::<true>(votes[party]);
        let product = number * parts;
        // Rounded to the nearest, and by its two roundings one wrong at most beyond that.
        let (nearest, count) = round(product * part);
        let rest = product - nearest * price;
        let below = rest < 0.0;
        let rest = if below { rest + price } else { rest };
        let above = rest >= price;
        let rest = if above { rest - price } else { rest };
        let whole = count.wrapping_sub(u64::from(below)).wrapping_add(u64::from(above));
        out[party] = whole;
        given = given.wrapping_add(whole);
        // Without votes nobody takes a seat.
        remainders[party] = if number > 0.0 { rest } else { -1.0 };
    }
    let left = seats.wrapping_sub(given);
    if left == 0 {
        return true;
    }
    let mut sorted = [-1.0; LENGTH];
    sorted[..N].copy_from_slice(&remainders);
    if N <= 4 {
        sort_four(&mut sorted)
    } else {
        sort_eight(&mut sorted)
    }
    let Some(place) = usize::try_from(left).ok().filter(|&left| left <= N) else { return false };
    let (Some(&cut), next) = (sorted.get(place - 1), sorted.get(place).copied().unwrap_or(-1.0)) else { return false };
    for party in 0..N {
        out[party] += u64::from(remainders[party] >= cut);
    }
    cut > next
}

//! Macau's divisors, 1, 2, 4, …, in integers: octave by octave.
//!
//! Every party whose votes reach 2^k has one claim with a quotient from 2^k to below 2^(k + 1), and in each of these octaves
//! claims stand in the order of the votes' leading bits. So whole octaves are given out, and the seats left go to the parties
//! with the largest leading bits among those with a claim in the next one.

use super::first_seats::by_number;
use crate::method::scratch::Scratch;

/// Gives out the seats, and answers with the seats that are tied among the parties in `scratch.tied`, or 0. Requires that
/// somebody has votes.
pub(super) fn allocate(votes: &[u64], seats: u64, out: &mut [u64], scratch: &mut Scratch) -> Option<u64> {
    // How many parties have their first claim in each octave.
    let mut first = [0_u64; u64::BITS as usize];
    for octave in votes.iter().filter_map(|votes| votes.checked_ilog2()) {
        first[octave as usize] += 1;
    }
    let (mut octave, mut parties, mut left) = (u64::BITS, 0, seats);
    while octave > 0 {
        let with_next = parties + first[octave as usize - 1];
        if with_next > left {
            break;
        }
        (octave, parties, left) = (octave - 1, with_next, left - with_next);
    }
    // Below one vote a quotient, everyone has a claim in every octave.
    let beyond = if octave == 0 { left.checked_div(parties)? } else { 0 };
    left -= beyond * parties;
    let mut leading = core::mem::take(&mut scratch.remainders);
    leading.clear();
    for (&votes, seats) in votes.iter().zip(out.iter_mut()) {
        let own = votes.checked_ilog2().map_or(0, |own| own + 1);
        *seats = if votes > 0 { u64::from(own.saturating_sub(octave)) + beyond } else { 0 };
        leading.push(if own >= octave { votes.checked_shl(u64::BITS - own).unwrap_or(0) } else { 0 });
    }
    let tied = by_number(&leading, usize::try_from(left).ok()?, out, scratch);
    scratch.remainders = leading;
    tied
}

//! Highest averages for many parties: round every share twice, a little below and a little above the multiplier sought,
//! and select among the few claims between.
//!
//! For multipliers low < high, let a claim be *inside* if it is owed at low, *outside* if it is not owed at high, and
//! *near* otherwise. Claims inside have quotients above 1/low, claims outside below 1/high. If the claims inside are no
//! more than the seats, and those inside and near no fewer, and if the quotient at which the near ones are cut lies
//! between 1/high and 1/low, then serving the best of the near ones gives the answer: what is served is ahead of what is
//! refused. So the answer never depends on how `low` and `high` were found; a bad guess costs another pass.

use alloc::vec::Vec;

use super::Poll;
use super::curve::Curve;
use super::float::{LARGEST_SHARE, float, not_below_zero, number, round, sqrt};
use super::guess::{self, Guess};
use super::select::{self, Cut};
use crate::method::divisor::Ladder;
use crate::method::scratch::{Near, Scratch};

/// Parties that are rounded together before the near ones among them are looked for.
const BLOCK: usize = 32;

/// From this many parties on the multiplier comes from a sample of them.
const SAMPLED_FROM: usize = 2_048;

/// Gives out the seats, and answers with the seats that are tied among the parties in `scratch.tied`, or 0; `None` where
/// only the general path can tell.
pub(super) fn allocate<C: Curve, const SMALL: bool>(
    curve: C,
    ladder: &Ladder,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let parties = float(poll.votes.len() as u64);
    let spread = 1.5 * sqrt(parties) + 4.0;
    let first = if poll.votes.len() < SAMPLED_FROM {
        let x = (float(poll.seats) - parties * curve.center()) / poll.total;
        Guess { x: if x > 0.0 { x } else { float(poll.seats) / poll.total }, seats_off: 0.0 }
    } else {
        guess::by_steps(curve, poll)
    };
    let mut band = |Guess { x, seats_off }, spread: f64| {
        let half = (spread + seats_off) / (poll.total * x);
        let ends = [x * not_below_zero(1.0 - half), x * (1.0 + half)];
        within::<C, SMALL>(curve, ladder, poll, ends, out, scratch)
    };
    band(first, spread).or_else(|| band(guess::by_halving(curve, poll)?, 2.0 * spread))
}

/// The answer, if its cut lies between the multipliers.
#[inline(always)]
fn within<C: Curve, const SMALL: bool>(
    curve: C,
    ladder: &Ladder,
    Poll { votes, total, seats }: Poll<'_>,
    [low, high]: [f64; 2],
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    if high * total >= LARGEST_SHARE {
        return None;
    }
    // A position that matters is at most seats + 1 and its t at most |c| more: 4 u (t + |c| + 1), twice to be safe. A
    // larger one is wrong by more, but then more seats than there are would be inside, and there is no answer.
    let wrong = (float(seats) + 2.0 * curve.center().abs() + 10.0) / float(1 << 50);
    scratch.claims.clear();
    let most = 2 * votes.len() + 1_024;
    let pass = Pass { most, seats };
    let inside = pass.run::<SMALL>(
        votes,
        out,
        &mut scratch.claims,
        |votes| not_below_zero(curve.position(votes * low) - wrong),
        |votes| not_below_zero(curve.position(votes * high) + wrong),
    )?;
    for claim in &mut scratch.claims {
        let votes = votes.get(claim.party).copied().unwrap_or(0);
        claim.quotient = float(votes) / curve.divisor(float(claim.seat));
    }
    let cut = Cut { above: 1.0 / high, below: 1.0 / low };
    select::serve(seats - inside, cut, ladder, votes, out, scratch)
}

/// One pass over all votes.
pub(super) struct Pass {
    /// The most near claims that are worth selecting from.
    pub(super) most: usize,
    pub(super) seats: u64,
}

impl Pass {
    /// Rounds what `least` and `most` make of each party's votes: the one into `out`, what is between to `near`, and
    /// answers with the sum of the former. `None` if the seats are not between the two sums.
    #[inline(always)]
    pub(super) fn run<const SMALL: bool>(
        &self,
        votes: &[u64],
        out: &mut [u64],
        near: &mut Vec<Near>,
        least: impl Fn(f64) -> f64,
        most: impl Fn(f64) -> f64,
    ) -> Option<u64> {
        let mut inside = 0_u64;
        let ((blocks, votes_left), (outs, out_left)) = (votes.as_chunks::<BLOCK>(), out.as_chunks_mut::<BLOCK>());
        let mut one = |start: usize, votes: &[u64; BLOCK], out: &mut [u64; BLOCK]| {
            let mut widths = [0_u64; BLOCK];
            // Each is below 2^52, so that the sums do not wrap.
            let (mut served, mut width) = (0_u64, 0_u64);
            for place in 0..BLOCK {
                let votes = number::<SMALL>(votes[place]);
                let (_, low) = round(least(votes));
                let (_, high) = round(most(votes));
                out[place] = low;
                widths[place] = high.wrapping_sub(low);
                served = served.wrapping_add(low);
                width = width.wrapping_add(widths[place]);
            }
            inside = inside.checked_add(served)?;
            if inside > self.seats {
                return None;
            }
            if width > 0 { self.keep(start, votes, out, &widths, near) } else { Some(()) }
        };
        let mut start = 0;
        for (votes, out) in blocks.iter().zip(outs) {
            one(start, votes, out)?;
            start += BLOCK;
        }
        if !votes_left.is_empty() {
            // Parties without votes fill the last block up.
            let (mut last_votes, mut last_out) = ([0; BLOCK], [0; BLOCK]);
            last_votes.iter_mut().zip(votes_left).for_each(|(to, &from)| *to = from);
            one(start, &last_votes, &mut last_out)?;
            out_left.iter_mut().zip(&last_out).for_each(|(to, &from)| *to = from);
        }
        (self.seats - inside <= near.len() as u64).then_some(inside)
    }

    /// Keeps the claims that are near, `widths` of each party, those without votes left out.
    #[inline(always)]
    fn keep(
        &self,
        start: usize,
        votes: &[u64; BLOCK],
        out: &[u64; BLOCK],
        widths: &[u64; BLOCK],
        near: &mut Vec<Near>,
    ) -> Option<()> {
        // A branch on each width would be mispredicted; first the places of those that are not 0.
        let mut places = [0_u8; BLOCK];
        let mut count = 0;
        for (place, &width) in (0_u8..).zip(widths) {
            places[count % BLOCK] = place;
            count += usize::from(width != 0);
        }
        for &place in places.iter().take(count) {
            let place = usize::from(place) % BLOCK;
            let (low, width) = (out[place], widths[place]);
            if votes[place] == 0 {
                continue;
            }
            if width > self.most as u64 || near.len() > self.most {
                return None;
            }
            near.extend((low..low + width).map(|seat| Near { party: start + place, seat, quotient: 0.0 }));
        }
        Some(())
    }
}

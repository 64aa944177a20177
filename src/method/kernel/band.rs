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
const BLOCK: usize = 16;

/// From this many parties on the multiplier comes from a sample of them.
const SAMPLED_FROM: usize = 2_048;

/// Gives out the seats, and answers with the seats that are tied among the parties in `scratch.tied`, or 0; `None` where
/// only the general path can tell.
#[inline(never)]
pub(super) fn allocate<C: Curve, const SMALL: bool>(
    curve: C,
    ladder: &Ladder,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let parties = float(poll.votes.len() as u64);
    // Rounding n positions is off by √(n/12) seats, by its standard error; here three and a half of it and more.
    let spread = sqrt(parties) + 2.0;
    let mut guess = if poll.votes.len() < SAMPLED_FROM {
        Guess::even(curve, poll)
    } else {
        guess::by_steps(curve, poll, &mut scratch.sample)
    };
    let mut band = |Guess { x, seats_off }: Guess, spread: f64, scratch: &mut Scratch| {
        let half = (spread + seats_off) / (poll.total * x);
        let ends = [x * not_below_zero(1.0 - half), x * (1.0 + half)];
        within::<C, SMALL>(curve, ladder, poll, ends, out, scratch)
    };
    for last in [false, true] {
        match band(guess, spread, scratch) {
            Outcome::Tied(seats) => return Some(seats),
            // Near an end of the band, perhaps.
            Outcome::Unsure => guess.seats_off += 3.0 * spread,
            // How far off the guess was is known now.
            Outcome::Missed(seats_more) => {
                let x = guess.x + seats_more / poll.total;
                if x <= 0.0 || last {
                    break;
                }
                guess = Guess { x, seats_off: 0.0 };
            }
        }
    }
    let guess = guess::by_halving(curve, poll, &mut scratch.sample)?;
    match band(guess, 2.0 * spread, scratch) {
        Outcome::Tied(seats) => Some(seats),
        _ => None,
    }
}

enum Outcome {
    /// The answer, with the seats that are tied in it, or 0.
    Tied(u64),
    /// The cut is not in the band, but about so many seats away.
    Missed(f64),
    Unsure,
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
) -> Outcome {
    if high * total >= LARGEST_SHARE {
        return Outcome::Unsure;
    }
    // A position that matters is at most seats + 1 and its t at most |c| more: 4 u (t + |c| + 1), twice to be safe. A
    // larger one is wrong by more, but then more seats than there are would be inside, and there is no answer.
    let wrong = (float(seats) + 2.0 * curve.center().abs() + 10.0) / float(1 << 50);
    scratch.claims.clear();
    let pass = Pass { most: 2 * votes.len() + 1_024, enough: seats.saturating_mul(2) };
    let (least, most) = (curve.moved(-wrong), curve.moved(wrong));
    let Some(inside) = pass.run::<SMALL>(
        votes,
        out,
        &mut scratch.claims,
        |votes| not_below_zero(least(votes * low)),
        |votes| not_below_zero(most(votes * high)),
    ) else {
        return Outcome::Unsure;
    };
    let near = scratch.claims.len() as u64;
    let Some(left) = seats.checked_sub(inside).filter(|&left| left <= near) else {
        return Outcome::Missed(float(seats) - float(inside) - 0.5 * float(near));
    };
    for claim in &mut scratch.claims {
        let votes = votes.get(claim.party).copied().unwrap_or(0);
        claim.quotient = float(votes) / curve.divisor(float(claim.seat));
    }
    let cut = Cut { above: 1.0 / high, below: 1.0 / low };
    select::serve(left, cut, ladder, votes, out, scratch).map_or(Outcome::Unsure, Outcome::Tied)
}

/// One pass over all votes.
pub(super) struct Pass {
    /// The most near claims that are worth selecting from.
    pub(super) most: usize,
    /// A number of seats with which a pass is given up.
    pub(super) enough: u64,
}

impl Pass {
    /// Rounds what `least` and `most` make of each party's votes: the one into `out`, what is between to `near`, and
    /// answers with the sum of the former; `None` if it is given up.
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
        // Parties without votes fill a last block up.
        let (mut last_votes, mut last_out) = ([0; BLOCK], [0; BLOCK]);
        last_votes.iter_mut().zip(votes_left).for_each(|(to, &from)| *to = from);
        let mut widths = [0_u64; BLOCK];
        let last = (!votes_left.is_empty()).then_some((&last_votes, &mut last_out));
        for (block, (votes, out)) in blocks.iter().zip(outs).chain(last).enumerate() {
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
            if inside > self.enough {
                return None;
            }
            if width > 0 {
                self.keep(block * BLOCK, votes, out, &widths, near)?;
            }
        }
        out_left.iter_mut().zip(&last_out).for_each(|(to, &from)| *to = from);
        Some(inside)
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

//! Highest averages for many parties: round every share twice, a little below and a little above the multiplier sought,
//! and select among the few claims between.
//!
//! For multipliers low < high, let a claim be *inside* if it is owed at low, *outside* if it is not owed at high, and
//! *near* otherwise. Claims inside have quotients above 1/low, claims outside below 1/high. If the claims inside are no
//! more than the seats, and those inside and near no fewer, and if the quotient at which the near ones are cut lies
//! between 1/high and 1/low, then serving the best of the near ones gives the answer: what is served is ahead of what is
//! refused. So the answer never depends on how `low` and `high` were found; a bad guess costs another pass.

use alloc::vec::Vec;

use super::arrays::{arrays, arrays_mut};
use super::curve::Curve;
use super::float::{float, float_of_signed, not_below_zero, sqrt};
use super::guess::{self, Guess};
use super::lanes::{LANES, Lanes};
use super::plain_contest::PlainContest;
use super::select::{self, Cut};
use super::votes_as_floats::Reading;
use crate::method::divisor::Ladder;
use crate::method::scratch::{Near, Scratch};

/// Parties that are rounded before the near ones among them are looked for: a bit each.
const BLOCK: usize = 64;

/// From this many parties on the multiplier comes from a sample of them.
const SAMPLED_FROM: usize = 2_048;

/// Gives out the seats, and answers with the seats that are tied among the parties in `scratch.tied`, or 0; `None` where
/// only the general path can tell.
#[inline(never)]
pub(super) fn allocate<C: Curve, R: Reading>(
    curve: C,
    ladder: &Ladder,
    poll: PlainContest<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    // Rounding n positions is off by √(n/12) seats, by its standard error.
    let error = 0.289 * sqrt(float(poll.votes.len() as u64));
    let (mut guess, spread) = if poll.votes.len() < SAMPLED_FROM {
        // Another pass in one of fifty costs less than more claims in each.
        (Guess::even(curve, poll), 2.3 * error + 2.0)
    } else {
        (guess::by_steps(curve, poll, &mut scratch.sample), 3.5 * error + 2.0)
    };
    let mut band = |Guess { x, seats_off }: Guess, spread: f64, scratch: &mut Scratch| {
        let half = (spread + seats_off) / (poll.total * x);
        let ends = [x * not_below_zero(1.0 - half), x * (1.0 + half)];
        within::<C, R>(curve, ladder, poll, ends, out, scratch)
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
    /// The cut is not in the band, but about this number of seats away.
    Missed(f64),
    Unsure,
}

/// The answer, if its cut lies between the multipliers.
#[inline(always)]
fn within<C: Curve, R: Reading>(
    curve: C,
    ladder: &Ladder,
    PlainContest { votes, most_votes, seats, .. }: PlainContest<'_>,
    [low, high]: [f64; 2],
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Outcome {
    // Room is for twice what a constant of the curve and rounding may add.
    if 2.0 * (high * most_votes + curve.center().abs() + 2.0) >= R::Lanes::MOST_SEATS {
        return Outcome::Unsure;
    }
    scratch.claims.clear();
    let pass = Pass { most: 2 * votes.len() + 1_024, enough: seats.saturating_mul(2) };
    let Some(inside) = pass.run::<R>(votes, out, &mut scratch.claims, Ends::new(curve, low, high)) else {
        return Outcome::Unsure;
    };
    let near = scratch.claims.len() as u64;
    let Some(left) = seats.checked_sub(inside).filter(|&left| left <= near) else {
        return Outcome::Missed(float(seats) - float(inside) - 0.5 * float(near));
    };
    for claim in &mut scratch.claims {
        claim.quotient /= curve.divisor(float_of_signed(claim.seat));
    }
    let cut = Cut { above: 1.0 / high, below: 1.0 / low };
    select::serve(left, cut, ladder, votes, out, scratch).map_or(Outcome::Unsure, Outcome::Tied)
}

/// The ends of a band for each party: positions that are surely not above those at the lower one, and surely not below
/// those at the higher one.
pub(super) trait Band<L> {
    fn low(&self, votes: L) -> L;

    fn high(&self, votes: L) -> L;

    /// As a mask: whether more than `seats` may be owed at the higher one.
    fn reaches(&self, votes: L, seats: L) -> L;
}

/// Positions at two multipliers.
///
/// A position is wrong by 4 u (t + |c| + 1). The slope of every curve is above 2/3 from t = 1/2 on, and below it t is no
/// more than a half: so 16 u of t and 32 u (|c| + 1) are more than that, than two more roundings of t and one of the sum,
/// and than the 30 u of a first divisor that is changed.
struct Ends<C, L> {
    curve: C,
    low: L,
    high: L,
    margin: f64,
}

impl<C: Curve, L: Lanes> Ends<C, L> {
    #[inline(always)]
    fn new(curve: C, low: f64, high: f64) -> Self {
        let part = 16.0 * L::UNIT;
        let margin = 32.0 * L::UNIT * (curve.center().abs() + 1.0);
        Self { curve, low: L::splat(low * (1.0 - part)), high: L::splat(high * (1.0 + part)), margin }
    }
}

impl<C: Curve, L: Lanes> Band<L> for Ends<C, L> {
    #[inline(always)]
    fn low(&self, votes: L) -> L {
        self.curve.moved(votes * self.low, -self.margin).max(L::splat(0.0))
    }

    #[inline(always)]
    fn high(&self, votes: L) -> L {
        self.curve.moved(votes * self.high, self.margin).max(L::splat(0.0))
    }

    #[inline(always)]
    fn reaches(&self, votes: L, seats: L) -> L {
        self.curve.reaches(votes * self.high, self.margin, seats)
    }
}

/// One pass over all votes.
pub(super) struct Pass {
    /// The most near claims that are worth selecting from.
    pub(super) most: usize,
    /// A number of seats with which a pass is given up.
    pub(super) enough: u64,
}

impl Pass {
    /// Rounds both ends of the band for each party: the lower one into `out`, what is between to `near`, and answers with the
    /// sum of the former; `None` if it is given up. All of them are below `MOST_SEATS`.
    #[inline(always)]
    pub(super) fn run<R: Reading>(
        &self,
        votes: &[u64],
        out: &mut [u64],
        near: &mut Vec<Near>,
        band: impl Band<R::Lanes>,
    ) -> Option<u64> {
        let mut inside = 0_u64;
        let mut one = |first: usize, votes: &[u64; BLOCK], out: &mut [u64; BLOCK]| {
            let (mut sum, mut bits) = (<R::Lanes as Lanes>::Whole::default(), 0_u64);
            let ((groups, _), (outs, _)) = (arrays::<_, LANES>(votes), arrays_mut(out));
            for (group, (votes, out)) in groups.iter().zip(outs).enumerate() {
                let votes = R::read(votes);
                let (low, served) = band.low(votes).round();
                *out = R::Lanes::seats(served);
                sum = sum + served;
                bits |= u64::from(band.reaches(votes, low).bits()) << (LANES * group);
            }
            inside = inside.checked_add(R::Lanes::sum(sum))?;
            if inside > self.enough {
                return None;
            }
            while bits != 0 {
                let place = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let (votes, low) = (votes[place], out[place]);
                let (_, high) = band.high(R::read(&[votes; LANES])).round();
                let [high, ..] = R::Lanes::seats(high);
                if votes == 0 {
                    continue;
                }
                // Before they are kept: memory for more is never asked for.
                if high.saturating_sub(low) > self.most.saturating_sub(near.len()) as u64 {
                    return None;
                }
                let mut seat = low;
                while seat < high {
                    // Who called may divide it by the divisor.
                    near.push(Near { party: first + place, seat, quotient: R::number(votes) });
                    seat += 1;
                }
            }
            Some(())
        };
        let ((blocks, votes_left), (outs, out_left)) = (arrays::<_, BLOCK>(votes), arrays_mut::<_, BLOCK>(out));
        for (block, (votes, out)) in blocks.iter().zip(outs).enumerate() {
            one(block * BLOCK, votes, out)?;
        }
        if !votes_left.is_empty() {
            // Parties without votes fill a last block up.
            let (mut last_votes, mut last_out) = ([0; BLOCK], [0; BLOCK]);
            last_votes.iter_mut().zip(votes_left).for_each(|(to, &from)| *to = from);
            one(blocks.len() * BLOCK, &last_votes, &mut last_out)?;
            out_left.iter_mut().zip(&last_out).for_each(|(to, from)| *to = *from);
        }
        Some(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::super::curve::Straight;
    use super::super::votes_as_floats::Single;
    use super::*;

    #[test]
    fn no_more_claims_are_kept_than_asked_for() {
        let (votes, mut out) = ([1_000; 64], [0; 64]);
        let run = |most: usize, out: &mut [u64]| {
            let mut near = Vec::new();
            let band = Ends::new(Straight::<true>::new(1, 1), 0.001_5, 0.010_5);
            let inside = Pass { most, enough: u64::MAX }.run::<Single>(&votes, out, &mut near, band);
            (inside, near.len())
        };
        // Nine claims each.
        assert_eq!(run(64 * 9, &mut out), (Some(64), 64 * 9));
        assert_eq!(run(100, &mut out), (None, 99));
    }
}

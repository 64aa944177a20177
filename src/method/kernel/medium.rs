//! Highest averages for some hundred parties: round every share, then select among the claims within reach of the
//! multiplier.
//!
//! As in [`small`](super::small) the rounded positions are the answer for the seats they add up to. Where these are too
//! few, the claims refused that are owed at a somewhat larger multiplier are looked at; where they are too many, those
//! served that are not owed at a somewhat smaller one. From there it is as in [`band`](super::band), the first multiplier
//! being one end of the band: half as wide and more, since it is known which half.

use alloc::vec::Vec;

use super::Poll;
use super::curve::Curve;
use super::float::{LARGEST_SHARE, float, not_below_zero, number, round, sqrt};
use super::select::{self, Cut};
use super::small::{nearer, round_all};
use crate::method::divisor::Ladder;
use crate::method::scratch::{Near, Scratch};

/// The most parties that this serves: memory for the gaps of more is slower than a wider band.
pub(super) const MOST_PARTIES: usize = 2_047;

/// Parties that are looked at together, since most have no claim within reach.
const BLOCK: usize = 8;

/// Gives out the seats, and answers with the seats that are tied among the parties in `scratch.tied`, or 0; `None` where
/// another way must be taken.
#[inline(never)]
pub(super) fn allocate<C: Curve, const SMALL: bool>(
    curve: C,
    ladder: &Ladder,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let Scratch { gaps, claims, .. } = scratch;
    if gaps.len() < poll.votes.len() {
        gaps.resize(poll.votes.len(), 0.0);
    }
    claims.clear();
    let (inside, cut) = look::<C, SMALL>(curve, poll, gaps.get_mut(..poll.votes.len())?, out, claims)?;
    select::serve(poll.seats.checked_sub(inside)?, cut, ladder, poll.votes, out, scratch)
}

/// Leaves the claims within reach in `claims`, those that come before them in `out`, and answers with the number of the
/// latter and where the cut must lie.
#[inline(always)]
fn look<C: Curve, const SMALL: bool>(
    curve: C,
    Poll { votes, total, seats }: Poll<'_>,
    gaps: &mut [f64],
    out: &mut [u64],
    claims: &mut Vec<Near>,
) -> Option<(u64, Cut)> {
    let (house, parties) = (float(seats), float(votes.len() as u64));
    let mut x = (house - parties * curve.center()) / total;
    if x <= 0.0 {
        x = house / total;
    }
    // Rounding n positions is off by √(n/12) seats, by its standard error.
    let most_off = 2.0 * sqrt(parties);
    // As in `small`, no position that counts is above seats + most_off + 1/2, and t is at most |c| more. What is within
    // reach of it is at most 2 (3 most_off + 4) seats, of which a float is wrong by 8 u.
    let wrong = (house + 2.0 * curve.center().abs() + 10.0 * most_off + 30.0) / float(1 << 50);
    let mut rounded = round_all::<C, SMALL>(curve, x, 0.5 - wrong, votes, gaps, out);
    let off = |given: u64| float(given.abs_diff(seats));
    let mut rounds = 0;
    while off(rounded.given) > most_off {
        if rounds == 4 {
            return None;
        }
        rounds += 1;
        x = nearer(curve, x, votes, house);
        rounded = round_all::<C, SMALL>(curve, x, 0.5 - wrong, votes, gaps, out);
    }
    let (given, off) = (rounded.given, off(rounded.given));
    // So many claims are within reach on average, by a standard error of at most their root.
    let reach = (off + 2.0 * sqrt(off) + 2.0) / total;
    let upwards = given < seats;
    let [low, high] = if upwards { [x, x + reach] } else { [x - reach, x] };
    if rounded.unsure > 0 || low <= 0.0 || high * total >= LARGEST_SHARE {
        return None;
    }
    if given != seats {
        Band { curve, low, high, wrong, upwards }.collect::<SMALL>(gaps, votes, out, claims);
    }
    let inside = if upwards { given } else { given - claims.len() as u64 };
    Some((inside, Cut { above: 1.0 / high, below: 1.0 / low }))
}

/// Two multipliers, of which one is that of the gaps: the lower one if the band goes upwards.
struct Band<C> {
    curve: C,
    low: f64,
    high: f64,
    wrong: f64,
    upwards: bool,
}

impl<C: Curve> Band<C> {
    /// Collects the claims that may be owed at `high` but not at `low`, and takes from `out` what was given of them.
    #[inline(always)]
    fn collect<const SMALL: bool>(&self, gaps: &[f64], votes: &[u64], out: &mut [u64], claims: &mut Vec<Near>) {
        // What turns the sign of a float.
        let turned = if self.upwards { 0 } else { 1 << 63 };
        let (slope, near) = ((self.high - self.low) * self.curve.steepest(), 0.5 - self.wrong);
        let ((gap_blocks, _), (blocks, last)) = (gaps.as_chunks::<BLOCK>(), votes.as_chunks::<BLOCK>());
        let (outs, last_out) = out.as_chunks_mut::<BLOCK>();
        for (block, ((gaps, votes), out)) in gap_blocks.iter().zip(blocks).zip(outs).enumerate() {
            // Below zero for who has a claim within reach; then the highest bit is 1.
            let mut beyond = [0_u64; BLOCK];
            let mut any = 0;
            for place in 0..BLOCK {
                let gap = f64::from_bits(gaps[place].to_bits() ^ turned);
                beyond[place] = (near - (gap + slope * number::<SMALL>(votes[place]))).to_bits();
                any |= beyond[place];
            }
            if any >> 63 == 0 {
                continue;
            }
            // A branch on each bit would be mispredicted.
            let (mut places, mut count) = ([0; BLOCK], 0);
            for (place, bits) in beyond.iter().enumerate() {
                places[count % BLOCK] = place;
                count += usize::from(bits >> 63 == 1);
            }
            for &place in places.iter().take(count) {
                let place = place % BLOCK;
                self.keep::<SMALL>(block * BLOCK + place, votes[place], &mut out[place], claims);
            }
        }
        for (party, (&votes, seats)) in (blocks.len() * BLOCK..).zip(last.iter().zip(last_out)) {
            self.keep::<SMALL>(party, votes, seats, claims);
        }
    }

    /// The same for one party.
    #[inline(always)]
    fn keep<const SMALL: bool>(&self, party: usize, votes: u64, seats: &mut u64, claims: &mut Vec<Near>) {
        let votes = number::<SMALL>(votes);
        let end = if self.upwards {
            self.curve.position(votes * self.high) + self.wrong
        } else {
            self.curve.position(votes * self.low) - self.wrong
        };
        let (_, end) = round(not_below_zero(end));
        if votes == 0.0 {
            return;
        }
        let between = if self.upwards { *seats..end } else { end..*seats };
        *seats = between.start;
        for seat in between {
            claims.push(Near { party, seat, quotient: votes / self.curve.divisor(number::<true>(seat)) });
        }
    }
}

//! Serving the few best claims that rounding refused, or refusing the few worst ones that it served.
//!
//! Both ways are one: a claim is *worth* its quotient if it may be served, and its quotient's negative if it may be refused;
//! those worth most change hands.

use super::curve::Curve;
use super::float::{float, number};
use super::network::{LENGTH, sort_eight};

/// The most parties among whom seats are mended: their bits and those of four more fit in 64.
pub(super) const MOST_PARTIES: usize = 63;

/// Parties that are looked at together; each has a part of the bits in [`Near`] for its own.
const LANES: usize = 4;
const BITS: usize = 16;

/// Quotients are wrong by less than 2^-50 of themselves each. Two of the same sign that differ by more than this part of one
/// of them are in true order: if the other one is at most twice as large, both are wrong by less than 3 x 2^-50 of the one,
/// and if it is larger they are far apart.
const APART: f64 = 1.0 / float(1 << 48);

/// Whether what is worth `a` surely comes before what is worth `b`.
#[inline(always)]
pub(super) fn ahead(a: f64, b: f64) -> bool {
    a - b > a.abs() * APART
}

/// Positions rounded with the multiplier `x`, and what a position is wrong by at most.
#[derive(Clone, Copy)]
pub(super) struct Mend<'a, C, const SMALL: bool> {
    pub(super) curve: C,
    pub(super) x: f64,
    pub(super) wrong: f64,
    pub(super) total: f64,
    pub(super) votes: &'a [u64],
    /// Whether seats are missing; if not, there are too many.
    pub(super) upwards: bool,
}

impl<C: Curve, const SMALL: bool> Mend<'_, C, SMALL> {
    /// Changes `times` seats, and answers whether that is certain; `out` is nothing if it is not.
    #[inline(always)]
    pub(super) fn change(self, times: u64, gaps: &[f64], out: &mut [u64]) -> bool {
        // Within reach are so many claims on average: enough, as a rule, and not too many for `at_once`.
        let seats = float(times);
        match self.within(1.3 * seats + 2.0, gaps) {
            Some((near, beyond)) if self.at_once(times, near, beyond, out) => true,
            _ => self
                .within(2.0 * seats + 6.0, gaps)
                .is_some_and(|(near, beyond)| self.in_turn(times, near, beyond, out)),
        }
    }

    /// The parties with claims within reach of `seats` seats, and what those beyond it are worth at most.
    #[inline(always)]
    fn within(self, seats: f64, gaps: &[f64]) -> Option<(Near, f64)> {
        let reach = seats / self.total;
        let end = if self.upwards { self.x + reach } else { self.x - reach };
        (end > 0.0).then(|| (self.near(reach, gaps), self.signed(1.0 / end)))
    }

    /// What turns a number around if seats are refused.
    #[inline(always)]
    fn signed(self, number: f64) -> f64 {
        f64::from_bits(number.to_bits() ^ (u64::from(!self.upwards) << 63))
    }

    /// The parties whose next claim is owed at a multiplier within reach, or whose last one is not.
    #[inline(always)]
    fn near(self, reach: f64, gaps: &[f64]) -> Near {
        let (slope, edge) = (reach * self.curve.steepest(), 0.5 - self.wrong);
        let mut signs = [0_u64; LANES];
        let mut see = |gaps: &[f64; LANES], votes: &[u64; LANES]| {
            for lane in 0..LANES {
                let below = edge - (self.signed(gaps[lane]) + slope * number::<SMALL>(votes[lane]));
                signs[lane] = signs[lane] << 1 | below.to_bits() >> 63;
            }
        };
        let ((gap_blocks, gaps_left), (blocks, votes_left)) = (gaps.as_chunks(), self.votes.as_chunks());
        for (gaps, votes) in gap_blocks.iter().zip(blocks) {
            see(gaps, votes);
        }
        // Parties without votes fill a last block up.
        let (mut last_gaps, mut last_votes) = ([0.0; LANES], [0; LANES]);
        last_gaps.iter_mut().zip(gaps_left).for_each(|(to, &from)| *to = from);
        last_votes.iter_mut().zip(votes_left).for_each(|(to, &from)| *to = from);
        see(&last_gaps, &last_votes);
        let bits = (0..LANES).fold(0, |bits, lane| bits | signs[lane] << (lane * BITS));
        Near { bits, last_block: blocks.len() }
    }

    /// A party's votes, and the seat of the claim that it has next or last, -1 if none.
    #[inline(always)]
    fn claim(self, party: usize, out: &[u64]) -> (f64, f64) {
        let (votes, seats) = (self.votes.get(party).copied().unwrap_or(0), out.get(party).copied().unwrap_or(0));
        (number::<SMALL>(votes), number::<true>(seats) - if self.upwards { 0.0 } else { 1.0 })
    }

    /// What a claim is worth. Without votes, or seats to refuse, nothing changes hands.
    #[inline(always)]
    fn worth(self, votes: f64, seat: f64) -> f64 {
        let worth = self.signed(votes / self.curve.divisor(seat));
        if (votes > 0.0) & (seat >= 0.0) { worth } else { f64::NEG_INFINITY }
    }

    /// One or no claim of each party, if no more than eight are near; `out` is as it was if that is not certain.
    ///
    /// Without branches, which would be mispredicted: places for which there is no party hold the first one, with no votes.
    #[inline(always)]
    fn at_once(self, times: u64, mut near: Near, beyond: f64, out: &mut [u64]) -> bool {
        let mut parties = [0; LENGTH];
        let (mut votes, mut seats, mut worths) = ([0.0; LENGTH], [0.0; LENGTH], [0.0; LENGTH]);
        for place in 0..LENGTH {
            let exists = 0_usize.wrapping_sub(usize::from(near.bits != 0));
            parties[place] = near.next() & exists;
            let (of_party, seat) = self.claim(parties[place], out);
            votes[place] = f64::from_bits(of_party.to_bits() & exists as u64);
            seats[place] = seat;
        }
        for place in 0..LENGTH {
            worths[place] = self.worth(votes[place], seats[place]);
        }
        let mut sorted = worths;
        sort_eight(&mut sorted);
        // The one past the last is as good as beyond reach.
        let place = usize::try_from(times).unwrap_or(LENGTH) % LENGTH;
        let (last, next) = (sorted[place.wrapping_sub(1) % LENGTH], sorted[place]);
        let next = if next > beyond { next } else { beyond };
        // Whether a party of which one claim changes hands has a second one that may be as good: v / d against `last`.
        let mut second = 0;
        for place in 0..LENGTH {
            let product = last.abs() * self.curve.divisor(seats[place] + self.signed(1.0));
            let behind = self.signed(product - votes[place]) > votes[place] * APART;
            second += u64::from(worths[place] >= last) & u64::from(!behind);
        }
        if near.bits != 0 || place == 0 || second > 0 || !ahead(last, next) {
            return false;
        }
        let change = if self.upwards { 1 } else { u64::MAX };
        for (&party, &worth) in parties.iter().zip(&worths) {
            if let Some(seats) = out.get_mut(party) {
                *seats = seats.wrapping_add(change & 0_u64.wrapping_sub(u64::from(worth >= last)));
            }
        }
        true
    }

    /// One claim after another.
    #[cold]
    #[inline(never)]
    fn in_turn(self, times: u64, mut near: Near, beyond: f64, out: &mut [u64]) -> bool {
        let mut all = [(usize::MAX, f64::NEG_INFINITY); MOST_PARTIES];
        let mut count = 0;
        for slot in &mut all {
            if near.bits == 0 {
                break;
            }
            let party = near.next();
            let (votes, seat) = self.claim(party, out);
            *slot = (party, self.worth(votes, seat));
            count += 1;
        }
        let mut last = f64::INFINITY;
        for _ in 0..times {
            let Some(best) = all.iter_mut().take(count).max_by(|a, b| a.1.total_cmp(&b.1)) else { return false };
            last = best.1;
            let Some(seats) = out.get_mut(best.0).filter(|_| last > f64::NEG_INFINITY) else { return false };
            *seats = if self.upwards { *seats + 1 } else { *seats - 1 };
            let (votes, seat) = self.claim(best.0, out);
            best.1 = self.worth(votes, seat);
        }
        let next = all.iter().map(|&(_, worth)| worth).fold(beyond, f64::max);
        ahead(last, next)
    }
}

/// Some parties as bits: in lane l those with the indices 4 b + l, the first one highest.
#[derive(Clone, Copy)]
struct Near {
    bits: u64,
    last_block: usize,
}

impl Near {
    /// Takes a party out; there is one.
    #[inline(always)]
    fn next(&mut self) -> usize {
        let bit = self.bits.trailing_zeros() as usize;
        self.bits &= self.bits.wrapping_sub(1);
        LANES * self.last_block.wrapping_sub(bit % BITS) + bit / BITS
    }
}

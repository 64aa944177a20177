//! Highest averages for a few parties: round every share, mend the few seats that this is off by, and certify the result.
//!
//! With any multiplier x the rounded positions are the answer for the seats they add up to, provided that no position is
//! nearer to a half than it can be wrong: then every claim served has a quotient of at least 1/x and every other one less.
//! If they add up to a few seats more or fewer, the best claims refused are served, or the worst ones served refused, one
//! at a time; the answer is certain if the last of these is ahead of the next one by more than quotients can be wrong.

use super::Poll;
use super::curve::Curve;
use super::float::{LARGEST_SHARE, float, not_below_zero, number, round};
use super::network::{LENGTH, sort_eight};
use crate::method::scratch::Scratch;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = 64;

/// The most seats that are mended one at a time.
const MOST_MENDED: u64 = 8;

/// The most claims that they are looked for among.
const MOST_NEAR: usize = 24;

/// Quotients are wrong by less than 2^-50 of themselves each; two that differ by more than this part are in true order.
pub(super) const APART: f64 = 1.0 + 1.0 / float(1 << 48);

/// Whether `out` now holds the answer, certain and without a tie. `SMALL` says that all votes are below 2^52.
#[inline(never)] // so that its working space is not set up for the contests that need none
pub(super) fn allocate<C: Curve, const SMALL: bool>(
    curve: C,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> bool {
    let Poll { votes, total, seats } = poll;
    if scratch.gaps.len() < MOST_PARTIES {
        scratch.gaps.resize(MOST_PARTIES, 0.0);
    }
    let Some(gaps) = scratch.gaps.get_mut(..votes.len()) else { return false };
    let house = float(seats);
    let center = curve.center();
    let mut x = (house - float(votes.len() as u64) * center) / total;
    if x <= 0.0 {
        x = house / total;
    }
    // No position that counts is above `given` + 1/2 <= seats + 9, and t is at most |c| more: 4 u (t + |c| + 1), twice to be
    // safe. A half is as far from whole as a position can be.
    let wrong = (house + 2.0 * center.abs() + 20.0) / float(1 << 50);
    let sure = 0.5 - wrong;
    let mut rounded = round_all::<C, SMALL>(curve, x, sure, votes, gaps, out);
    let mut rounds = 0;
    while rounded.given.abs_diff(seats) > MOST_MENDED {
        if rounds == 4 {
            return false;
        }
        rounds += 1;
        x = nearer(curve, x, votes, house);
        rounded = round_all::<C, SMALL>(curve, x, sure, votes, gaps, out);
    }
    // Beyond `LARGEST_SHARE` positions are not rounded right.
    if rounded.unsure > 0 || x * total >= LARGEST_SHARE {
        return false;
    }
    if rounded.given == seats {
        return true;
    }
    let mend = Mend::<C, SMALL> { curve, x, wrong, total, votes };
    if rounded.given < seats {
        mend.serve(gaps, seats - rounded.given, out)
    } else {
        mend.refuse(gaps, rounded.given - seats, out)
    }
}

struct Rounded {
    given: u64,
    /// Positions too near a half to tell.
    unsure: u64,
}

/// Rounds every position into `out`, and tells in `gaps` how far above a whole number each is. Gaps are sure below `sure`.
#[inline(always)]
fn round_all<C: Curve, const SMALL: bool>(
    curve: C,
    x: f64,
    sure: f64,
    votes: &[u64],
    gaps: &mut [f64],
    out: &mut [u64],
) -> Rounded {
    let (mut given, mut unsure) = (0_u64, 0_u64);
    for ((&votes, gap), seats) in votes.iter().zip(gaps).zip(out) {
        let position = not_below_zero(curve.position(number::<SMALL>(votes) * x));
        let (nearest, count) = round(position);
        *gap = position - nearest;
        *seats = count;
        given = given.wrapping_add(count);
        // A sum of integers, not a maximum of floats: the compiler takes several at a time.
        unsure += u64::from(gap.abs() >= sure);
    }
    Rounded { given, unsure }
}

/// A better multiplier, by a step of Newton's on the positions before rounding.
#[cold]
fn nearer<C: Curve>(curve: C, x: f64, votes: &[u64], house: f64) -> f64 {
    let (mut positions, mut slope) = (0.0, 0.0);
    for &votes in votes {
        let position = curve.position(float(votes) * x);
        if position > 0.0 {
            positions += position;
            slope += float(votes);
        }
    }
    let next = if slope > 0.0 { x + (house - positions) / slope } else { x * 2.0 };
    if next > 0.0 { next } else { x / 2.0 }
}

/// Seats that are mended one at a time, after rounding with the multiplier `x`.
#[derive(Clone, Copy)]
struct Mend<'a, C, const SMALL: bool> {
    curve: C,
    x: f64,
    /// What a position is wrong by at most.
    wrong: f64,
    total: f64,
    votes: &'a [u64],
}

impl<C: Curve, const SMALL: bool> Mend<'_, C, SMALL> {
    /// How much to move the multiplier so that `seats` seats and a few more change hands.
    #[inline(always)]
    fn reach(self, seats: u64) -> f64 {
        (1.5 * float(seats) + 2.5) / self.total
    }

    /// Serves the best `missing` claims that were refused.
    #[inline(always)]
    fn serve(self, gaps: &mut [f64], missing: u64, out: &mut [u64]) -> bool {
        let quotient = |votes: u64, seats: u64| number::<SMALL>(votes) / self.curve.divisor(float(seats));
        // Only parties whose next claim may be owed at a multiplier within reach; the others' quotients are smaller than
        // its inverse.
        let reach = self.reach(missing);
        let (slope, near) = (reach * self.curve.steepest(), 0.5 - self.wrong);
        for (gap, &votes) in gaps.iter_mut().zip(self.votes) {
            *gap = near - (*gap + slope * number::<SMALL>(votes));
        }
        let some = Near::of(gaps);
        let beyond = 1.0 / (self.x + reach);
        // At the quotient `last` no party must have a second claim as good.
        let more = |party: usize, last: f64| {
            let (votes, seats) = (self.votes.get(party).copied().unwrap_or(0), out.get(party).copied().unwrap_or(0));
            number::<SMALL>(votes) * APART >= last * self.curve.divisor(float(seats + 1))
        };
        let first = |party: usize| {
            let (votes, seats) = (self.votes.get(party).copied().unwrap_or(0), out.get(party).copied().unwrap_or(0));
            quotient(votes, seats)
        };
        if let Some((quotients, last)) = some.best(missing, first, |last, next| last > next.max(beyond) * APART, more) {
            for (&party, quotient) in some.parties.iter().zip(quotients) {
                if let Some(seats) = out.get_mut(usize::from(party)) {
                    *seats += u64::from(quotient >= last);
                }
            }
            return true;
        }
        match some.take(missing, |party, taken| {
            let (&votes, seats) = (self.votes.get(party)?, out.get_mut(party)?);
            *seats += u64::from(taken);
            Some(quotient(votes, *seats))
        }) {
            Some((last, next)) => last > next.max(beyond) * APART,
            None => false,
        }
    }

    /// Refuses the worst `spare` claims that were served. What is compared are negative quotients.
    #[inline(always)]
    fn refuse(self, gaps: &mut [f64], spare: u64, out: &mut [u64]) -> bool {
        // A party without seats has nothing to refuse.
        let negative = |votes: u64, seats: u64| match seats.checked_sub(1) {
            Some(last) => -(number::<SMALL>(votes) / self.curve.divisor(float(last))),
            None => f64::NEG_INFINITY,
        };
        let reach = self.reach(spare);
        let smaller = self.x - reach;
        if smaller <= 0.0 {
            return false;
        }
        let (slope, near) = (reach * self.curve.steepest(), self.wrong - 0.5);
        for (gap, &votes) in gaps.iter_mut().zip(self.votes) {
            *gap = (*gap - slope * number::<SMALL>(votes)) - near;
        }
        let some = Near::of(gaps);
        let beyond = -1.0 / smaller;
        let more = |party: usize, last: f64| {
            let (votes, seats) = (self.votes.get(party).copied().unwrap_or(0), out.get(party).copied().unwrap_or(0));
            seats >= 2 && number::<SMALL>(votes) <= -last * self.curve.divisor(float(seats.wrapping_sub(2))) * APART
        };
        let first = |party: usize| {
            let (votes, seats) = (self.votes.get(party).copied().unwrap_or(0), out.get(party).copied().unwrap_or(0));
            negative(votes, seats)
        };
        if let Some((quotients, last)) = some.best(spare, first, |last, next| last * APART > next.max(beyond), more) {
            for (&party, quotient) in some.parties.iter().zip(quotients) {
                if let Some(seats) = out.get_mut(usize::from(party)) {
                    *seats = seats.wrapping_sub(u64::from(quotient >= last));
                }
            }
            return true;
        }
        match some.take(spare, |party, taken| {
            let (&votes, seats) = (self.votes.get(party)?, out.get_mut(party)?);
            *seats = seats.checked_sub(u64::from(taken))?;
            Some(negative(votes, *seats))
        }) {
            Some((last, next)) => last * APART > next.max(beyond),
            None => false,
        }
    }
}

/// The largest of some quotients, whose it is, and the next.
struct TopTwo {
    party: usize,
    first: f64,
    second: f64,
}

impl Default for TopTwo {
    fn default() -> Self {
        Self { party: 0, first: f64::NEG_INFINITY, second: f64::NEG_INFINITY }
    }
}

impl TopTwo {
    /// What is not a number (0 / 0, of a party without votes) is passed over.
    #[inline(always)]
    fn see(&mut self, party: usize, quotient: f64) {
        let ahead = quotient > self.first;
        let behind = if ahead { self.first } else { quotient };
        self.second = if behind > self.second { behind } else { self.second };
        self.first = if ahead { quotient } else { self.first };
        self.party = if ahead { party } else { self.party };
    }
}

/// The parties with a claim within reach.
#[derive(Default)]
struct Near {
    parties: [u8; MOST_NEAR],
    count: usize,
}

impl Near {
    /// The parties whose number is below zero.
    #[inline(always)]
    fn of(numbers: &[f64]) -> Self {
        let mut near = Self::default();
        for (party, number) in (0_u8..).zip(numbers) {
            // Written always, counted if near: a branch here would be mispredicted.
            if let Some(slot) = near.parties.get_mut(near.count) {
                *slot = party;
            }
            near.count += usize::from(number.to_bits() >> 63 == 1);
        }
        near
    }

    /// The quotients of up to eight parties, and the one that is at place `times`, if it is `apart` from the next and no
    /// party has a second claim, by `more`, that is as good.
    #[inline(always)]
    fn best(
        &self,
        times: u64,
        first: impl Fn(usize) -> f64,
        apart: impl Fn(f64, f64) -> bool,
        more: impl Fn(usize, f64) -> bool,
    ) -> Option<([f64; LENGTH], f64)> {
        if self.count > LENGTH {
            return None;
        }
        let mut quotients = [f64::NEG_INFINITY; LENGTH];
        for (place, (slot, &party)) in quotients.iter_mut().zip(&self.parties).enumerate() {
            // Places beyond the count hold some party too; what it is worth does not count.
            let quotient = first(party.into());
            *slot = if place < self.count { quotient } else { f64::NEG_INFINITY };
        }
        let mut sorted = quotients;
        sort_eight(&mut sorted);
        let place = usize::try_from(times).ok()?.checked_sub(1)?;
        let last = *sorted.get(place)?;
        let next = sorted.get(place + 1).copied().unwrap_or(f64::NEG_INFINITY);
        let mut second = false;
        for (&quotient, &party) in quotients.iter().zip(&self.parties) {
            second |= (quotient >= last) & more(party.into(), last);
        }
        (!second & apart(last, next)).then_some((quotients, last))
    }

    /// Takes the largest quotient `times` times, and answers with the last one taken and the largest one left.
    ///
    /// `quotient` answers for a party, after its claim was taken or before.
    #[inline(always)]
    fn take(&self, times: u64, mut quotient: impl FnMut(usize, bool) -> Option<f64>) -> Option<(f64, f64)> {
        let parties = self.parties.get(..self.count)?;
        let mut quotients = [f64::NEG_INFINITY; MOST_NEAR];
        for (slot, &party) in quotients.iter_mut().zip(parties) {
            *slot = quotient(party.into(), false)?;
        }
        let quotients = quotients.get_mut(..self.count)?;
        let mut last = f64::INFINITY;
        for _ in 0..times {
            let mut top = TopTwo::default();
            for (place, &quotient) in quotients.iter().enumerate() {
                top.see(place, quotient);
            }
            last = top.first;
            *quotients.get_mut(top.party)? = quotient((*parties.get(top.party)?).into(), true)?;
        }
        Some((last, quotients.iter().fold(f64::NEG_INFINITY, |a, &b| if b > a { b } else { a })))
    }
}

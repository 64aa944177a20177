//! The fast paths: contests without bounds, of sequences whose claims need no search.
//!
//! Each answer is certain, by a bound on what floats can be wrong or by integers. What a kernel cannot tell, it leaves to
//! the general path; so a kernel can be slow, but not wrong.

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random numbers
mod agreement;
mod band;
mod curve;
mod first_seats;
mod float;
mod guess;
mod remainders;
mod select;
mod small;

use curve::{Curve, FirstChanged, Geometric, Harmonic, Straight};
use remainders::WholeQuota;

use super::divisor::{Ladder, Linear, Prefix, Sequence};
use super::scratch::Scratch;
use super::{Divisors, Quota};

/// Houses of this size and larger go to the general path: floats have no bits left for a part of a seat.
const LARGEST_HOUSE: u64 = 1 << 46;

/// The sum of all votes, exactly where it fits 64 bits, and roughly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    pub(super) exact: Option<u64>,
    pub(super) rough: f64,
}

impl Total {
    #[inline]
    pub(super) fn of(votes: &[u64]) -> Self {
        // Without a carry if the bits of the largest and of the number of parties fit together.
        let (mut sum, mut any) = (0_u64, 0_u64);
        for &votes in votes {
            sum = sum.wrapping_add(votes);
            any |= votes;
        }
        let parties = votes.len() as u64;
        if any.leading_zeros() + parties.leading_zeros() >= 64 {
            return Self { exact: Some(sum), rough: float::float(sum) };
        }
        let sum: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
        #[allow(clippy::cast_precision_loss)] // roughly
        Self { exact: u64::try_from(sum).ok(), rough: sum as f64 }
    }
}

/// Highest averages into `out`: the seats that are tied among the parties in `scratch.tied`, or 0; `None` for the general
/// path, and `out` is nothing then. There are votes, and seats.
#[inline]
pub(super) fn highest_averages(
    divisors: &Divisors,
    votes: &[u64],
    total: Total,
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let contest = Contest { votes, total: total.rough, seats };
    if seats >= LARGEST_HOUSE {
        return None;
    }
    match divisors.sequence() {
        Sequence::DHondt => contest.straight(1, 1, out, scratch),
        Sequence::SainteLague => contest.straight(2, 1, out, scratch),
        Sequence::Danish => contest.straight(3, 1, out, scratch),
        Sequence::Imperiali => contest.straight(1, 2, out, scratch),
        Sequence::Adams => contest.straight(1, 0, out, scratch),
        Sequence::Stationary(r) => contest.straight(r.denominator(), r.numerator(), out, scratch),
        Sequence::Dean => contest.with_a_first_seat_each(Harmonic, &Ladder::Dean, out, scratch),
        Sequence::HuntingtonHill => contest.with_a_first_seat_each(Geometric, &Ladder::HuntingtonHill, out, scratch),
        Sequence::ModifiedSainteLague(first) => {
            let curve = FirstChanged::new(first.numerator(), first.denominator())?;
            let ladder = divisors.ladder();
            if first.numerator() == 0 {
                contest.with_a_first_seat_each(curve, &ladder, out, scratch)
            } else {
                contest.run(curve, &ladder, out, scratch)
            }
        }
        Sequence::Custom(_) => match divisors.ladder() {
            Ladder::Linear(Linear { prefix: Prefix::None, step, offset }) => {
                contest.straight(step, offset, out, scratch)
            }
            _ => None,
        },
        Sequence::Power(_) | Sequence::Macau => None,
    }
}

/// Largest remainders, with the same answers as [`highest_averages`].
#[inline]
pub(super) fn largest_remainders(
    quota: Quota,
    votes: &[u64],
    total: Total,
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let total = total.exact?;
    if seats >= LARGEST_HOUSE {
        return None;
    }
    let (price, parts) = quota.of(total.into(), seats).ok()?;
    let quota = WholeQuota { votes: u64::try_from(price).ok()?, parts: u64::try_from(parts).ok()? };
    if quota.votes >> 62 > 0 {
        return None;
    }
    remainders::allocate(quota, votes, total, seats, out, scratch)
}

#[derive(Clone, Copy)]
struct Contest<'a> {
    votes: &'a [u64],
    total: f64,
    seats: u64,
}

impl Contest<'_> {
    /// d(j) = step x j + offset.
    #[inline]
    fn straight(self, step: u64, offset: u64, out: &mut [u64], scratch: &mut Scratch) -> Option<u64> {
        // The kernels' bounds on errors grow with the offset in steps.
        if offset / step >= 1 << 30 {
            return None;
        }
        let ladder = Ladder::Linear(Linear { prefix: Prefix::None, step, offset });
        let curve = Straight::new(step, offset);
        if offset == 0 {
            self.with_a_first_seat_each(curve, &ladder, out, scratch)
        } else {
            self.run(curve, &ladder, out, scratch)
        }
    }

    /// With d(0) = 0: while there are no more seats than parties with votes, those with the most get one each.
    fn with_a_first_seat_each<C: Curve>(
        self,
        curve: C,
        ladder: &Ladder,
        out: &mut [u64],
        scratch: &mut Scratch,
    ) -> Option<u64> {
        if self.seats <= self.votes.len() as u64 {
            let voted = self.votes.iter().filter(|&&votes| votes > 0).count() as u64;
            if self.seats <= voted {
                out.fill(0);
                return first_seats::allocate(self.votes, self.seats, out, scratch);
            }
        }
        self.run(curve, ladder, out, scratch)
    }

    #[inline]
    fn run<C: Curve>(self, curve: C, ladder: &Ladder, out: &mut [u64], scratch: &mut Scratch) -> Option<u64> {
        let Self { votes, total, seats } = self;
        if votes.len() <= small::MOST_PARTIES && small::allocate(curve, votes, total, seats, out, scratch) {
            return Some(0);
        }
        band::allocate(curve, ladder, votes, total, seats, out, scratch)
    }
}

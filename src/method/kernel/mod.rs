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
mod leaders;
mod medium;
mod mend;
mod network;
mod remainders;
mod select;
mod small;
mod tiny;

use curve::{Curve, FirstChanged, Geometric, Harmonic, Straight};
use remainders::WholeQuota;

use super::divisor::{Ladder, Linear, Prefix, Sequence};
use super::scratch::Scratch;
use super::{Divisors, Quota};

/// Houses of this size and larger go to the general path: floats have no bits left for a part of a seat.
const LARGEST_HOUSE: u64 = 1 << 46;

/// The votes, the sum of them, roughly, and the seats.
#[derive(Clone, Copy)]
struct Poll<'a> {
    votes: &'a [u64],
    total: f64,
    seats: u64,
}

/// The sum of all votes, exactly where it fits 64 bits, and roughly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    exact: Option<u64>,
    rough: f64,
    /// Whether all votes are below 2^52.
    small: bool,
}

impl Total {
    #[inline(always)]
    pub(super) fn of(votes: &[u64]) -> Self {
        let (mut sum, mut any) = (0_u64, 0_u64);
        for &votes in votes {
            sum = sum.wrapping_add(votes);
            any |= votes;
        }
        let parties = votes.len() as u64;
        if any >> 52 == 0 && parties >> 11 == 0 {
            // A sum below 2^63, which is faster to convert than one that may be larger.
            Self { exact: Some(sum), rough: float::float_of_signed(sum), small: true }
        } else if any.leading_zeros() + parties.leading_zeros() >= 64 {
            // Without a carry, since the bits of the largest and of the number of parties fit together.
            Self { exact: Some(sum), rough: float::float(sum), small: any >> 52 == 0 }
        } else {
            Self::of_large(votes)
        }
    }

    #[cold]
    fn of_large(votes: &[u64]) -> Self {
        let sum: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
        #[allow(clippy::cast_precision_loss)] // roughly
        Self { exact: u64::try_from(sum).ok(), rough: sum as f64, small: false }
    }

    /// Whether nobody has votes.
    #[inline(always)]
    pub(super) fn is_none(self) -> bool {
        self.exact == Some(0)
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
    if seats >= LARGEST_HOUSE {
        return None;
    }
    let poll = Poll { votes, total: total.rough, seats };
    if total.small {
        by_sequence::<true>(divisors, poll, out, scratch)
    } else {
        by_sequence::<false>(divisors, poll, out, scratch)
    }
}

#[inline(always)]
fn by_sequence<const SMALL: bool>(
    divisors: &Divisors,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    match divisors.sequence() {
        // Constants, so that no call divides for them.
        Sequence::DHondt => straight::<SMALL>(1, 1, const { Straight::new(1, 1) }, poll, out, scratch),
        Sequence::SainteLague => straight::<SMALL>(2, 1, const { Straight::new(2, 1) }, poll, out, scratch),
        Sequence::Danish => straight::<SMALL>(3, 1, const { Straight::new(3, 1) }, poll, out, scratch),
        Sequence::Imperiali => straight::<SMALL>(1, 2, const { Straight::new(1, 2) }, poll, out, scratch),
        Sequence::Adams => straight::<SMALL>(1, 0, const { Straight::new(1, 0) }, poll, out, scratch),
        Sequence::Stationary(r) => {
            let (step, offset) = (r.denominator(), r.numerator());
            straight::<SMALL>(step, offset, Straight::new(step, offset), poll, out, scratch)
        }
        Sequence::Dean => run::<_, SMALL>(Harmonic, true, || Ladder::Dean, poll, out, scratch),
        Sequence::HuntingtonHill => run::<_, SMALL>(Geometric, true, || Ladder::HuntingtonHill, poll, out, scratch),
        Sequence::ModifiedSainteLague(first) => {
            let curve = FirstChanged::new(first.numerator(), first.denominator())?;
            run::<_, SMALL>(curve, first.numerator() == 0, || divisors.ladder(), poll, out, scratch)
        }
        Sequence::Custom(_) => match divisors.ladder() {
            Ladder::Linear(Linear { prefix: Prefix::None, step, offset }) => {
                straight::<SMALL>(step, offset, Straight::new(step, offset), poll, out, scratch)
            }
            _ => None,
        },
        Sequence::Power(_) | Sequence::Macau => None,
    }
}

/// d(j) = step x j + offset.
#[inline]
fn straight<const SMALL: bool>(
    step: u64,
    offset: u64,
    curve: Straight,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    // The kernels' bounds on errors grow with the offset in steps.
    if offset >> 30 >= step {
        return None;
    }
    let ladder = || Ladder::Linear(Linear { prefix: Prefix::None, step, offset });
    run::<_, SMALL>(curve, offset == 0, ladder, poll, out, scratch)
}

/// `endless` says that d(0) = 0: while there are no more seats than parties with votes, those with the most get one each.
#[inline]
fn run<C: Curve, const SMALL: bool>(
    curve: C,
    endless: bool,
    ladder: impl Fn() -> Ladder,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    if endless
        && poll.seats <= poll.votes.len() as u64
        && let Some(tied) = first_seats::allocate(poll.votes, poll.seats, out, scratch)
    {
        return Some(tied);
    }
    if SMALL && poll.votes.len() <= tiny::MOST_PARTIES && tiny::allocate(curve, poll, out) {
        return Some(0);
    }
    many::<C, SMALL>(curve, ladder, poll, out, scratch)
}

#[inline(never)] // so that `run` is short where it has only a few parties to look at
fn many<C: Curve, const SMALL: bool>(
    curve: C,
    ladder: impl Fn() -> Ladder,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    if poll.votes.len() <= small::MOST_PARTIES && small::allocate::<C, SMALL>(curve, poll, out, scratch) {
        return Some(0);
    }
    let Poll { votes, seats, .. } = poll;
    if votes.len() > small::MOST_PARTIES && seats < votes.len() as u64 / 2 {
        return leaders::allocate(votes, seats, out, scratch, |votes, out, scratch| {
            let poll = Poll { votes, total: Total::of(votes).rough, seats };
            by_selection::<C, SMALL>(curve, &ladder(), poll, out, scratch)
        });
    }
    by_selection::<C, SMALL>(curve, &ladder(), poll, out, scratch)
}

fn by_selection<C: Curve, const SMALL: bool>(
    curve: C,
    ladder: &Ladder,
    poll: Poll<'_>,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    if poll.votes.len() <= medium::MOST_PARTIES
        && let Some(tied) = medium::allocate::<C, SMALL>(curve, ladder, poll, out, scratch)
    {
        return Some(tied);
    }
    band::allocate::<C, SMALL>(curve, ladder, poll, out, scratch)
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
    if seats >= LARGEST_HOUSE {
        return None;
    }
    let quota = WholeQuota::of(quota, total.exact?, seats)?;
    if total.small {
        remainders::allocate::<true>(quota, votes, total.rough, seats, out, scratch)
    } else {
        remainders::allocate::<false>(quota, votes, total.rough, seats, out, scratch)
    }
}

//! The fast paths: contests of sequences whose claims need no search.
//!
//! Each answer is certain, by a bound on what floats can be wrong or by integers. What a kernel cannot tell, it leaves to
//! the general path; so a kernel can be slow, but not wrong.
//!
//! Highest averages are given out by `up_to_8` to at most 8 parties, by `up_to_64` to at most 64, also within bounds (`frame`),
//! and by `any_number` to more. Each asks a `curve` at which seats a share stands, for four parties at a time (`lanes`), first
//! in single precision, and in double where that cannot tell (`votes_as_floats`); what rounding leaves over goes to the
//! `nearest_claims`. For up to 64 parties there are `powers`, whose roots of votes stand on a straight line, and `listed`
//! divisors; for any number `macau`'s doublings. Largest remainders are found by `remainders_up_to_8`, `remainders_up_to_64`
//! and `remainders`.

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random numbers
mod agreement_tests;
mod any_number;
mod arrays;
#[cfg(test)]
#[allow(clippy::cast_possible_truncation)] // random numbers
mod bounds_tests;
mod curve;
#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // of small numbers
mod effort_tests;
mod first_seats;
mod float;
mod frame;
mod guess;
mod lanes;
mod leaders;
mod listed;
mod macau;
mod nearest_claims;
mod network;
mod plain_contest;
mod powers;
#[cfg(test)]
mod reach_tests;
mod remainders;
mod remainders_up_to_64;
mod remainders_up_to_8;
mod select;
mod up_to_64;
mod up_to_8;
mod votes_as_floats;

use wide::{f32x4, f64x4};

#[cfg(test)]
pub(super) use agreement_tests::{Numbers, methods, tries};
use curve::{Curve, FirstChanged, Geometric, Harmonic, Straight};
use frame::{Bounds, Frame, Free};
use listed::Listed;
pub(super) use plain_contest::Total;
use plain_contest::{PlainContest, Range};
use remainders::WholeQuota;
use votes_as_floats::{Double, Reading, Rounded, Single};

use super::blocks::Blocks;
use super::divisor::{Ladder, Linear, Prefix, Sequence};
use super::scratch::Scratch;
use super::{AllocationMethod, Divisors, Quota};

/// Houses of this size and larger go to the general path: floats have no bits left for a part of a seat.
const LARGEST_HOUSE: u64 = 1 << 46;

/// In houses larger than this it happens too often that single precision cannot tell to which number a position rounds.
const LARGEST_SINGLE_HOUSE: u64 = 1 << 14;

/// What is done with a divisor sequence as a curve, whichever it is.
trait ByCurve {
    type Answer;

    fn answer<C: Curve>(self, curve: C) -> Self::Answer;
}

/// The answer for the curve of a sequence; `None` if it has none.
#[inline(always)]
fn by_curve<T: ByCurve>(divisors: &Divisors, task: T) -> Option<T::Answer> {
    // d(j) = step x j + offset; constants, so that no call divides for them.
    let regular = match divisors.sequence() {
        Sequence::DHondt => const { Straight::new(1, 1) },
        Sequence::SainteLague => const { Straight::new(2, 1) },
        Sequence::Danish => const { Straight::new(3, 1) },
        Sequence::Imperiali | Sequence::Adams | Sequence::Stationary(_) => {
            match divisors.ladder() {
                Ladder::Linear(Linear { prefix: Prefix::None, step, offset })
                    if step >> curve::SMALLEST_OFFSET < offset && offset <= step =>
                {
                    Straight::new(step, offset)
                }
                // The bounds on errors grow with the offset in steps.
                Ladder::Linear(Linear { prefix: Prefix::None, step, offset }) if offset >> 30 < step => {
                    return Some(task.answer(Straight::<false>::new(step, offset)));
                }
                _ => return None,
            }
        }
        Sequence::HuntingtonHill => return Some(task.answer(Geometric)),
        Sequence::Dean => return Some(task.answer(Harmonic)),
        Sequence::ModifiedSainteLague(first) => {
            return FirstChanged::new(first.numerator(), first.denominator()).map(|curve| task.answer(curve));
        }
        Sequence::Power(_) | Sequence::Macau | Sequence::Custom(_) => return None,
    };
    Some(task.answer::<Straight<true>>(regular))
}

/// The most parties that [`rows_up_to_8`] serves.
pub(super) const UP_TO_8: usize = up_to_8::MOST_PARTIES;

/// The most parties that [`highest_averages_up_to_64`] serves.
pub(super) const UP_TO_64: usize = up_to_64::MOST_PARTIES;

/// Allocations in one election after another of the same few parties, until an answer is not certain or has a tie: the
/// number of elections before it. `out` is unspecified from there on.
#[inline]
pub(super) fn rows_up_to_8(
    method: &AllocationMethod,
    votes: &[u64],
    parties: usize,
    seats: u64,
    out: &mut [u64],
) -> usize {
    match method {
        AllocationMethod::HighestAverages(divisors) => averages_up_to_8(divisors, votes, parties, seats, out),
        AllocationMethod::LargestRemainder(quota) => remainders_up_to_8(*quota, votes, parties, seats, out),
        AllocationMethod::Stages(_) | AllocationMethod::BalinskiYoung => 0,
    }
}

#[inline(never)]
fn averages_up_to_8(divisors: &Divisors, votes: &[u64], parties: usize, seats: u64, out: &mut [u64]) -> usize {
    struct Rows<'a> {
        votes: &'a [u64],
        parties: usize,
        seats: u64,
        out: &'a mut [u64],
    }
    impl ByCurve for Rows<'_> {
        type Answer = usize;

        #[inline(always)]
        fn answer<C: Curve>(self, curve: C) -> usize {
            up_to_8::allocate(curve, self.votes, self.parties, self.seats, self.out)
        }
    }
    if seats == 0 || seats > LARGEST_SINGLE_HOUSE {
        return 0;
    }
    by_curve(divisors, Rows { votes, parties, seats, out }).unwrap_or(0)
}

#[inline(never)]
fn remainders_up_to_8(quota: Quota, votes: &[u64], parties: usize, seats: u64, out: &mut [u64]) -> usize {
    if seats == 0 || seats >= LARGEST_HOUSE {
        return 0;
    }
    remainders_up_to_8::allocate(quota, votes, parties, seats, out)
}

/// Highest averages for some parties into `out`, if that is certain and without a tie; if not, `out` is nothing.
#[inline(never)]
pub(super) fn highest_averages_up_to_64(
    divisors: &Divisors,
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> bool {
    struct Election<'a> {
        votes: &'a [u64],
        seats: u64,
        out: &'a mut [u64],
        field: &'a mut Blocks<f32x4>,
    }
    impl ByCurve for Election<'_> {
        type Answer = bool;

        #[inline(always)]
        fn answer<C: Curve>(self, curve: C) -> bool {
            up_to_64::allocate::<C, Single>(curve, self.votes, self.seats, self.out, self.field, Free)
        }
    }
    let election = Election { votes, seats, out, field: &mut scratch.single };
    seats > 0 && seats <= LARGEST_SINGLE_HOUSE && by_curve(divisors, election).unwrap_or(false)
}

/// Highest averages of a house of `seats` for some parties that end with at least `least` and at most `most` seats each, all
/// of them into `out`, if that is certain and without a tie; if not, `out` is nothing.
///
/// No bound is above `seats`; who has no votes has no more than the least.
#[inline(never)]
pub(super) fn highest_averages_within(
    divisors: &Divisors,
    votes: &[u64],
    seats: u64,
    least: &[u64],
    most: Option<&[u64]>,
    out: &mut [u64],
) -> bool {
    struct Bounded<'a> {
        votes: &'a [u64],
        seats: u64,
        least: &'a [u64],
        most: Option<&'a [u64]>,
        out: &'a mut [u64],
    }
    impl Bounded<'_> {
        #[inline(always)]
        fn by<C: Curve, R: Reading>(&mut self, curve: C, mut field: Blocks<R::Lanes>) -> bool {
            let bounds = Bounds::read::<R>(self.votes, self.seats, self.least, self.most);
            up_to_64::allocate::<C, R>(curve, self.votes, self.seats, self.out, &mut field, &bounds)
        }
    }
    impl ByCurve for Bounded<'_> {
        type Answer = bool;

        #[inline(always)]
        fn answer<C: Curve>(mut self, curve: C) -> bool {
            (self.seats <= LARGEST_SINGLE_HOUSE && self.by::<C, Single>(curve, Blocks::new(f32x4::ZERO)))
                || self.by::<C, Rounded>(curve, Blocks::new(f64x4::ZERO))
        }
    }
    if seats == 0 || seats >= LARGEST_HOUSE || votes.len() > UP_TO_64 {
        return false;
    }
    if is_irregular(divisors) {
        let bounds = Bounds::read::<Rounded>(votes, seats, least, most);
        return irregular(divisors, votes, seats, out, &mut Blocks::new(f64x4::ZERO), &bounds);
    }
    by_curve(divisors, Bounded { votes, seats, least, most, out }).unwrap_or(false)
}

/// Highest averages into `out`: the seats that are tied among the parties in `scratch.tied`, or 0; `None` for the general
/// path, and `out` is unspecified then. Requires that somebody has votes and that `seats > 0`.
#[inline(never)]
pub(super) fn highest_averages(
    divisors: &Divisors,
    votes: &[u64],
    total: Total,
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    struct Any<'a> {
        divisors: &'a Divisors,
        poll: PlainContest<'a>,
        range: Range,
        out: &'a mut [u64],
        scratch: &'a mut Scratch,
    }
    impl ByCurve for Any<'_> {
        type Answer = Option<u64>;

        #[inline(always)]
        fn answer<C: Curve>(self, curve: C) -> Option<u64> {
            run(curve, self.divisors, self.poll, self.range, self.out, self.scratch)
        }
    }
    if *divisors == Divisors::MACAU {
        return macau::allocate(votes, seats, out, scratch);
    }
    if seats >= LARGEST_HOUSE {
        return None;
    }
    if is_irregular(divisors) {
        let few = votes.len() <= UP_TO_64;
        return (few && irregular(divisors, votes, seats, out, &mut scratch.double, Free)).then_some(0);
    }
    let poll = total.poll(votes, seats);
    by_curve(divisors, Any { divisors, poll, range: total.range(), out, scratch }).flatten()
}

/// Whether the divisors grow as no curve of the votes themselves does, or as one that is tied to its list.
fn is_irregular(divisors: &Divisors) -> bool {
    matches!(divisors.sequence(), Sequence::Power(_) | Sequence::Custom(_))
}

/// Highest averages of such divisors for at most 64 parties, if that is certain and without a tie.
#[inline(never)]
fn irregular(
    divisors: &Divisors,
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    field: &mut Blocks<f64x4>,
    frame: impl Frame<f64x4>,
) -> bool {
    match divisors.sequence() {
        Sequence::Power(exponent) => powers::allocate(*exponent, votes, seats, out, field, frame),
        Sequence::Custom(listed) => Listed::new(listed)
            .is_some_and(|curve| up_to_64::allocate::<_, Rounded>(curve, votes, seats, out, field, frame)),
        _ => false,
    }
}

fn run<C: Curve>(
    curve: C,
    divisors: &Divisors,
    poll: PlainContest<'_>,
    range: Range,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let PlainContest { votes, seats, .. } = poll;
    // While there are no more seats than parties with votes, those with the most get one each.
    if curve.is_endless() && seats <= votes.len() as u64 {
        if let Some(tied) = first_seats::allocate(votes, seats, out, scratch) {
            return Some(tied);
        }
    }
    if votes.len() <= up_to_64::MOST_PARTIES {
        let allocate =
            if range == Range::Any { up_to_64::allocate::<C, Rounded> } else { up_to_64::allocate::<C, Double> };
        if allocate(curve, votes, seats, out, &mut scratch.double, Free) {
            return Some(0);
        }
    } else if seats < votes.len() as u64 / 2 {
        return leaders::allocate(votes, seats, out, scratch, |votes, out, scratch| {
            let total = Total::of(votes);
            by_selection(curve, &divisors.ladder(), total.poll(votes, seats), range, out, scratch)
        });
    }
    by_selection(curve, &divisors.ladder(), poll, range, out, scratch)
}

fn by_selection<C: Curve>(
    curve: C,
    ladder: &Ladder,
    poll: PlainContest<'_>,
    range: Range,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    if range == Range::Single {
        if let Some(tied) = any_number::allocate::<C, Single>(curve, ladder, poll, out, scratch) {
            return Some(tied);
        }
    }
    match range {
        Range::Single | Range::Double => any_number::allocate::<C, Double>(curve, ladder, poll, out, scratch),
        Range::Any => any_number::allocate::<C, Rounded>(curve, ladder, poll, out, scratch),
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
    if seats >= LARGEST_HOUSE {
        return None;
    }
    let sum = total.exact()?;
    let quota = WholeQuota::of(quota, sum, seats)?;
    if votes.len() > UP_TO_8
        && votes.len() <= remainders_up_to_64::MOST_PARTIES
        && remainders_up_to_64::allocate(quota, sum, votes, seats, out)
    {
        return Some(0);
    }
    remainders::allocate(quota, total.range(), total.poll(votes, seats), out, scratch)
}

/// The whole quotas in each party's votes, into `out`, if they are in range, which those of any house of reasonable size are.
pub(super) fn whole_quotas(quota: Quota, votes: &[u64], total: Total, seats: u64, out: &mut [u64]) -> bool {
    let Some(sum) = total.exact().filter(|_| seats < LARGEST_HOUSE) else { return false };
    WholeQuota::of(quota, sum, seats).is_some_and(|quota| remainders_up_to_64::whole(quota, sum, votes, out))
}

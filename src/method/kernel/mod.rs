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
mod lanes;
mod leaders;
mod network;
mod remainders;
mod select;
mod small;
mod tiny;

use curve::{Curve, FirstChanged, Geometric, Harmonic, Straight};
use lanes::{Double, Rounded, Single};
use remainders::WholeQuota;
pub(super) use small::Field;

use super::divisor::{Ladder, Linear, Prefix, Sequence};
use super::scratch::Scratch;
use super::{Divisors, Quota};

/// Houses of this size and larger go to the general path: floats have no bits left for a part of a seat.
const LARGEST_HOUSE: u64 = 1 << 46;

/// In houses larger than this it happens too often that single precision cannot tell to which number a position rounds.
const LARGEST_SINGLE_HOUSE: u64 = 1 << 14;

/// The votes, the sum of them, roughly, a number that nobody has more votes than, and the seats.
#[derive(Clone, Copy)]
struct Poll<'a> {
    votes: &'a [u64],
    total: f64,
    most_votes: f64,
    seats: u64,
}

/// How votes can be read into floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
    /// All below 2^31.
    Single,
    /// All below 2^52.
    Double,
    Any,
}

/// The sum of all votes, exactly where it fits 64 bits, and roughly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    /// Modulo 2^64.
    sum: u64,
    /// Whether that is the sum.
    exact: bool,
    rough: f64,
    /// The bits of the largest number of votes are among these.
    bits: u64,
}

impl Total {
    #[inline(always)]
    pub(super) fn of(votes: &[u64]) -> Self {
        let (mut sum, mut bits) = (0_u64, 0_u64);
        for &votes in votes {
            sum = sum.wrapping_add(votes);
            bits |= votes;
        }
        let parties = votes.len() as u64;
        if bits >> 52 == 0 && parties >> 11 == 0 {
            // A sum below 2^63, which is faster to convert than one that may be larger.
            Self { sum, exact: true, rough: float::float_of_signed(sum), bits }
        } else if bits.leading_zeros() + parties.leading_zeros() >= 64 {
            // Without a carry, since the bits of the largest and of the number of parties fit together.
            Self { sum, exact: true, rough: float::float(sum), bits }
        } else {
            Self::of_large(votes, sum, bits)
        }
    }

    #[cold]
    fn of_large(votes: &[u64], sum: u64, bits: u64) -> Self {
        let all: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
        #[allow(clippy::cast_precision_loss)] // roughly
        Self { sum, exact: all >> 64 == 0, rough: all as f64, bits }
    }

    /// Whether nobody has votes.
    #[inline(always)]
    pub(super) fn is_none(self) -> bool {
        self.bits == 0
    }

    #[inline(always)]
    fn range(self) -> Range {
        if self.bits >> 31 == 0 {
            Range::Single
        } else if self.bits >> 52 == 0 {
            Range::Double
        } else {
            Range::Any
        }
    }

    #[inline(always)]
    fn poll(self, votes: &[u64], seats: u64) -> Poll<'_> {
        Poll { votes, total: self.rough, most_votes: float::float(self.bits), seats }
    }
}

/// A divisor sequence as the kernels see it.
enum Kind {
    /// d(j) = step x j + offset.
    Straight(u64, u64, Straight<false>),
    /// The same, with an offset of many steps.
    Remote(u64, u64, Straight<false>),
    Adams,
    Geometric,
    Harmonic,
    FirstChanged(FirstChanged),
}

impl Kind {
    #[inline(always)]
    fn of(divisors: &Divisors) -> Option<Self> {
        // Constants, so that no call divides for them.
        Some(match divisors.sequence() {
            Sequence::DHondt => Self::Straight(1, 1, const { Straight::new(1, 1) }),
            Sequence::SainteLague => Self::Straight(2, 1, const { Straight::new(2, 1) }),
            Sequence::Danish => Self::Straight(3, 1, const { Straight::new(3, 1) }),
            Sequence::Imperiali => Self::Straight(1, 2, const { Straight::new(1, 2) }),
            Sequence::Adams => Self::Adams,
            Sequence::Stationary(_) | Sequence::Custom(_) => match divisors.ladder() {
                Ladder::Linear(Linear { prefix: Prefix::None, offset: 0, .. }) => Self::Adams,
                Ladder::Linear(Linear { prefix: Prefix::None, step, offset }) if offset >> 3 < step => {
                    Self::Straight(step, offset, Straight::new(step, offset))
                }
                // The bounds on errors grow with the offset in steps.
                Ladder::Linear(Linear { prefix: Prefix::None, step, offset }) if offset >> 30 < step => {
                    Self::Remote(step, offset, Straight::new(step, offset))
                }
                _ => return None,
            },
            Sequence::HuntingtonHill => Self::Geometric,
            Sequence::Dean => Self::Harmonic,
            Sequence::ModifiedSainteLague(first) => {
                Self::FirstChanged(FirstChanged::new(first.numerator(), first.denominator())?)
            }
            Sequence::Power(_) | Sequence::Macau => return None,
        })
    }
}

/// The most parties that [`highest_averages_of_few`] serves.
pub(super) const FEW: usize = small::MOST_PARTIES;

/// Highest averages for a few parties into `out`, if that is certain and without a tie; if not, `out` is nothing.
#[inline(never)]
pub(super) fn highest_averages_of_few(
    divisors: &Divisors,
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> bool {
    if seats == 0 || seats > LARGEST_SINGLE_HOUSE {
        return false;
    }
    match Kind::of(divisors) {
        Some(Kind::Straight(_, _, curve)) => few(curve, votes, seats, out, scratch),
        Some(Kind::Adams) => few(Straight::ADAMS, votes, seats, out, scratch),
        Some(Kind::Geometric) => few(Geometric, votes, seats, out, scratch),
        Some(Kind::Harmonic) => few(Harmonic, votes, seats, out, scratch),
        Some(Kind::FirstChanged(curve)) => few(curve, votes, seats, out, scratch),
        Some(Kind::Remote(..)) | None => false,
    }
}

#[inline(always)]
fn few<C: Curve>(curve: C, votes: &[u64], seats: u64, out: &mut [u64], scratch: &mut Scratch) -> bool {
    if curve.is_endless() && seats <= votes.len() as u64 {
        false
    } else if votes.len() <= tiny::MOST_PARTIES {
        tiny::allocate(curve, votes, seats, out)
    } else {
        small::allocate::<C, Single>(curve, votes, seats, out, &mut scratch.single)
    }
}

/// Highest averages into `out`: the seats that are tied among the parties in `scratch.tied`, or 0; `None` for the general
/// path, and `out` is nothing then. There are votes, and seats.
#[inline(never)]
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
    let (poll, range) = (total.poll(votes, seats), total.range());
    match Kind::of(divisors)? {
        Kind::Straight(step, offset, curve) | Kind::Remote(step, offset, curve) => {
            let ladder = || Ladder::Linear(Linear { prefix: Prefix::None, step, offset });
            run(curve, ladder, poll, range, out, scratch)
        }
        Kind::Adams => {
            let ladder = || Ladder::Linear(Linear { prefix: Prefix::None, step: 1, offset: 0 });
            run(Straight::ADAMS, ladder, poll, range, out, scratch)
        }
        Kind::Geometric => run(Geometric, || Ladder::HuntingtonHill, poll, range, out, scratch),
        Kind::Harmonic => run(Harmonic, || Ladder::Dean, poll, range, out, scratch),
        Kind::FirstChanged(curve) => run(curve, || divisors.ladder(), poll, range, out, scratch),
    }
}

#[inline(always)]
fn run<C: Curve>(
    curve: C,
    ladder: impl Fn() -> Ladder,
    poll: Poll<'_>,
    range: Range,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let Poll { votes, seats, .. } = poll;
    // While there are no more seats than parties with votes, those with the most get one each.
    if curve.is_endless()
        && seats <= votes.len() as u64
        && let Some(tied) = first_seats::allocate(votes, seats, out, scratch)
    {
        return Some(tied);
    }
    if votes.len() <= small::MOST_PARTIES {
        let allocate = if range == Range::Any { small::allocate::<C, Rounded> } else { small::allocate::<C, Double> };
        if allocate(curve, votes, seats, out, &mut scratch.double) {
            return Some(0);
        }
    } else if seats < votes.len() as u64 / 2 {
        return leaders::allocate(votes, seats, out, scratch, |votes, out, scratch| {
            let total = Total::of(votes);
            by_selection(curve, &ladder(), total.poll(votes, seats), range, out, scratch)
        });
    }
    by_selection(curve, &ladder(), poll, range, out, scratch)
}

fn by_selection<C: Curve>(
    curve: C,
    ladder: &Ladder,
    poll: Poll<'_>,
    range: Range,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    if range == Range::Single
        && let Some(tied) = band::allocate::<C, Single>(curve, ladder, poll, out, scratch)
    {
        return Some(tied);
    }
    match range {
        Range::Single | Range::Double => band::allocate::<C, Double>(curve, ladder, poll, out, scratch),
        Range::Any => band::allocate::<C, Rounded>(curve, ladder, poll, out, scratch),
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
    let quota = WholeQuota::of(quota, total.exact.then_some(total.sum)?, seats)?;
    remainders::allocate(quota, total.range(), total.poll(votes, seats), out, scratch)
}

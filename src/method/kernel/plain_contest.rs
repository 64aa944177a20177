//! What a kernel is asked: votes and seats, and what their sum and size are.

use super::float::{float, float_of_signed};
use super::votes_as_floats::{Double, Reading, Single};

/// The votes, the sum of them, roughly, a number that nobody has more votes than, and the seats.
#[derive(Clone, Copy)]
pub(super) struct PlainContest<'a> {
    pub(super) votes: &'a [u64],
    pub(super) total: f64,
    pub(super) most_votes: f64,
    pub(super) seats: u64,
}

/// How votes can be read into floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// All below 2^31.
    Single,
    /// All below 2^52.
    Double,
    Any,
}

/// The sum of all votes, exactly where it fits 64 bits, and roughly.
#[derive(Clone, Copy, Debug)]
pub(in crate::method) struct Total {
    /// Modulo 2^64.
    sum: u64,
    /// Whether that is the sum.
    is_exact: bool,
    rough: f64,
    /// The bits of the largest number of votes are among these.
    bits: u64,
}

impl Total {
    #[inline(always)]
    pub(in crate::method) fn of(votes: &[u64]) -> Self {
        let (mut sum, mut bits) = (0_u64, 0_u64);
        for &votes in votes {
            sum = sum.wrapping_add(votes);
            bits |= votes;
        }
        let parties = votes.len() as u64;
        if bits >> 52 == 0 && parties >> 11 == 0 {
            // A sum below 2^63, which is faster to convert than one that may be larger.
            Self { sum, is_exact: true, rough: float_of_signed(sum), bits }
        } else if bits.leading_zeros() + parties.leading_zeros() >= 64 {
            // Without a carry, since the bits of the largest and of the number of parties fit together.
            Self { sum, is_exact: true, rough: float(sum), bits }
        } else {
            Self::of_large(votes, sum, bits)
        }
    }

    #[cold]
    fn of_large(votes: &[u64], sum: u64, bits: u64) -> Self {
        let all: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
        #[allow(clippy::cast_precision_loss)] // roughly
        Self { sum, is_exact: all >> 64 == 0, rough: all as f64, bits }
    }

    /// Whether nobody has votes.
    #[inline(always)]
    pub(in crate::method) fn is_none(self) -> bool {
        self.bits == 0
    }

    #[inline(always)]
    pub(super) fn range(self) -> Range {
        if Single::fits(self.bits) {
            Range::Single
        } else if Double::fits(self.bits) {
            Range::Double
        } else {
            Range::Any
        }
    }

    #[inline(always)]
    pub(super) fn poll(self, votes: &[u64], seats: u64) -> PlainContest<'_> {
        PlainContest { votes, total: self.rough, most_votes: float(self.bits), seats }
    }

    /// The sum where it fits 64 bits.
    #[inline(always)]
    pub(super) fn exact(self) -> Option<u64> {
        self.is_exact.then_some(self.sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_exact_as_long_as_it_fits_64_bits() {
        for (votes, sum) in [
            (&[5, 7][..], Some(12)),
            (&[1 << 63, 7], Some((1 << 63) + 7)),
            (&[u64::MAX, 0], Some(u64::MAX)),
            (&[u64::MAX, 1], None),
            (&[1 << 63, 1 << 63], None),
        ] {
            let total = Total::of(votes);
            assert_eq!((total.exact(), total.is_none()), (sum, false), "{votes:?}");
            let whole: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
            #[allow(clippy::cast_precision_loss)] // as near as a float comes
            let nearest = whole as f64;
            assert!((total.poll(votes, 1).total / nearest - 1.0).abs() < 1e-15, "{votes:?}");
        }
        assert!(Total::of(&[0, 0]).is_none());
    }
}

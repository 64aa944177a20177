//! How votes become floats, in the precision that suits their size.

use wide::{f32x4, f64x4, i32x4, u64x4};

use super::float::{WHOLE, float, float_of_signed};
use super::lanes::{LANES, Lanes};

/// A way to read votes: each as the nearest float.
pub(super) trait Reading: Copy {
    type Lanes: Lanes;

    fn read(votes: &[u64; LANES]) -> Self::Lanes;

    /// Votes above this cannot be read so: all bits up to some place.
    const MOST_VOTES: u64;

    /// Whether votes can be read so, among whose bits are those of the largest.
    #[inline(always)]
    fn fits(bits: u64) -> bool {
        bits <= Self::MOST_VOTES
    }

    /// The votes of one party.
    #[inline(always)]
    fn number(votes: u64) -> f64 {
        float_of_signed(votes)
    }
}

/// Votes below 2^31, in single precision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Single;

/// Votes below 2^52, in double precision: exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Double;

/// Any votes, in double precision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rounded;

impl Reading for Single {
    type Lanes = f32x4;
    const MOST_VOTES: u64 = (1 << 31) - 1;

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)] // it does not
    fn read(votes: &[u64; LANES]) -> f32x4 {
        f32x4::from_i32x4(i32x4::new(votes.map(|votes| votes as i32)))
    }
}

impl Reading for Double {
    type Lanes = f64x4;
    const MOST_VOTES: u64 = (1 << 52) - 1;

    /// The bits of 2^52 + votes: one operation where the general conversion takes five.
    #[inline(always)]
    fn read(votes: &[u64; LANES]) -> f64x4 {
        let shifted = u64x4::new(*votes) | u64x4::splat(WHOLE.to_bits());
        bytemuck::cast::<u64x4, f64x4>(shifted) - f64x4::splat(WHOLE)
    }
}

impl Reading for Rounded {
    type Lanes = f64x4;
    const MOST_VOTES: u64 = u64::MAX;

    #[inline(always)]
    fn read(votes: &[u64; LANES]) -> f64x4 {
        f64x4::new(votes.map(float))
    }

    #[inline(always)]
    fn number(votes: u64) -> f64 {
        float(votes)
    }
}

//! Four parties at a time, in single or in double precision: the same instructions on every processor of a kind, whatever
//! it has beyond them.

use core::fmt::Debug;
use core::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Sub};

use wide::{CmpGe, CmpGt, f32x4, f64x4, i32x4, u64x4};

use super::float::{WHOLE, float, float_of_signed};

/// How many there are.
pub(super) const LANES: usize = 4;

/// Four floats. Comparisons answer with masks, all bits set where they hold.
pub(in crate::method) trait Lanes:
    Copy
    + Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
{
    /// u: what one rounding is wrong by at most, as a part of the result.
    const UNIT: f64;

    /// Positions are below this: whole numbers up to it are rounded right and fit `Whole`, with room for a sum of 64.
    const MOST_SEATS: f64;

    /// Stands for no votes: thresholds with so few are far beyond all others, and their squares are finite.
    const NO_VOTES: f64;

    /// Four whole numbers.
    type Whole: Copy + Default + Add<Output = Self::Whole>;

    /// Four times the float nearest to a number.
    fn splat(number: f64) -> Self;

    /// Four times a number below 2^63, rounded to the nearest.
    fn count(number: u64) -> Self;

    /// Four numbers.
    fn of(numbers: [f64; LANES]) -> Self;

    /// One of them, exactly.
    fn get(&self, lane: usize) -> f64;

    /// The larger ones; none is NaN.
    fn max(self, other: Self) -> Self;

    /// The smaller ones; none is NaN.
    fn min(self, other: Self) -> Self;

    fn sqrt(self) -> Self;

    fn abs(self) -> Self;

    /// Rounds numbers from 0 to `MOST_SEATS` to the nearest whole ones (halves to even).
    fn round(self) -> (Self, Self::Whole);

    fn at_least(self, other: Self) -> Self;

    fn above(self, other: Self) -> Self;

    /// As a mask: `yes` where it is set, `no` elsewhere.
    fn choose(self, yes: Self, no: Self) -> Self;

    /// As a mask: a bit each, the first lane's lowest.
    fn bits(self) -> u32;

    /// Whole numbers as seats.
    fn seats(whole: Self::Whole) -> [u64; LANES];

    /// Their sum.
    fn sum(whole: Self::Whole) -> u64;

    /// Four times the largest of the four.
    fn largest(self) -> Self;

    /// Four times the sum of the four.
    fn total(self) -> Self;

    /// The numbers at four places in rows, counted lane by lane; there are some.
    fn gather(rows: &[Self], places: &[usize; LANES]) -> Self;

    /// Four times the number in one lane.
    fn same(self, lane: usize) -> Self;

    /// One lane of four rows, side by side.
    fn column(rows: &[Self], lane: usize) -> Self;

    /// With another number in one lane.
    #[inline(always)]
    fn with(self, lane: usize, number: f64) -> Self {
        let lanes = Self::of([0.0, 1.0, 2.0, 3.0]);
        let lane = Self::splat(float(lane as u64));
        (lanes.at_least(lane) & lane.at_least(lanes)).choose(Self::splat(number), self)
    }
}

/// What reads the same in single and in double precision.
macro_rules! same_for_both {
    ($float:ty) => {
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            self.fast_max(other)
        }

        #[inline(always)]
        fn min(self, other: Self) -> Self {
            self.fast_min(other)
        }

        #[inline(always)]
        fn sqrt(self) -> Self {
            self.sqrt()
        }

        #[inline(always)]
        fn abs(self) -> Self {
            self.abs()
        }

        #[inline(always)]
        fn at_least(self, other: Self) -> Self {
            self.cmp_ge(other)
        }

        #[inline(always)]
        fn above(self, other: Self) -> Self {
            self.cmp_gt(other)
        }

        #[inline(always)]
        fn choose(self, yes: Self, no: Self) -> Self {
            self.blend(yes, no)
        }

        #[inline(always)]
        fn bits(self) -> u32 {
            bytemuck::cast::<i32, u32>(self.move_mask())
        }

        #[inline(always)]
        fn largest(self) -> Self {
            let [a, b, c, d] = self.to_array();
            let larger = |a: $float, b: $float| if a > b { a } else { b };
            Self::splat(larger(larger(a, b), larger(c, d)))
        }

        #[inline(always)]
        fn total(self) -> Self {
            let [a, b, c, d] = self.to_array();
            Self::splat((a + c) + (b + d))
        }

        #[inline(always)]
        fn gather(rows: &[Self], places: &[usize; LANES]) -> Self {
            let numbers: &[_] = bytemuck::cast_slice(rows);
            let at = |place: usize| numbers.get(place).copied().unwrap_or(0.0);
            // Not by `map`, which is not always inlined.
            Self::new([at(places[0]), at(places[1]), at(places[2]), at(places[3])])
        }

        #[inline(always)]
        fn same(self, lane: usize) -> Self {
            Self::splat(self.as_array_ref()[lane % LANES])
        }

        #[inline(always)]
        fn column(rows: &[Self], lane: usize) -> Self {
            Self::new(core::array::from_fn(|row| rows.get(row).map_or(0.0, |row| row.as_array_ref()[lane % LANES])))
        }
    };
}

impl Lanes for f32x4 {
    const UNIT: f64 = 1.0 / float(1 << 24);
    const MOST_SEATS: f64 = float(1 << 23);
    const NO_VOTES: f64 = 1e-15;

    type Whole = i32x4;

    same_for_both!(f32);

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)] // to the nearest, which who calls it counts
    fn splat(number: f64) -> Self {
        Self::splat(number as f32)
    }

    #[inline(always)]
    #[allow(clippy::cast_precision_loss)] // to the nearest
    fn count(number: u64) -> Self {
        Self::splat(bytemuck::cast::<u64, i64>(number) as f32)
    }

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)] // as above
    fn of(numbers: [f64; LANES]) -> Self {
        Self::new(numbers.map(|number| number as f32))
    }

    #[inline(always)]
    fn get(&self, lane: usize) -> f64 {
        f64::from(self.as_array_ref()[lane % LANES])
    }

    #[inline(always)]
    fn round(self) -> (Self, i32x4) {
        let whole = self.fast_round_int();
        (Self::from_i32x4(whole), whole)
    }

    #[inline(always)]
    fn seats(whole: i32x4) -> [u64; LANES] {
        whole.to_array().map(|seats| u64::from(bytemuck::cast::<i32, u32>(seats)))
    }

    #[inline(always)]
    fn sum(whole: i32x4) -> u64 {
        u64::from(bytemuck::cast::<i32, u32>(whole.reduce_add()))
    }
}

impl Lanes for f64x4 {
    const UNIT: f64 = 1.0 / float(1 << 53);
    const MOST_SEATS: f64 = float(1 << 50);
    const NO_VOTES: f64 = 1e-100;

    type Whole = u64x4;

    same_for_both!(f64);

    #[inline(always)]
    fn splat(number: f64) -> Self {
        Self::splat(number)
    }

    #[inline(always)]
    fn count(number: u64) -> Self {
        Self::splat(float_of_signed(number))
    }

    #[inline(always)]
    fn of(numbers: [f64; LANES]) -> Self {
        Self::new(numbers)
    }

    #[inline(always)]
    fn get(&self, lane: usize) -> f64 {
        self.as_array_ref()[lane % LANES]
    }

    /// 2^52 more leaves no bits for a fraction, and the lowest bits are the number.
    #[inline(always)]
    fn round(self) -> (Self, u64x4) {
        let shifted = self + Self::splat(WHOLE);
        let whole = bytemuck::cast::<Self, u64x4>(shifted) - u64x4::splat(WHOLE.to_bits());
        (shifted - Self::splat(WHOLE), whole)
    }

    #[inline(always)]
    fn seats(whole: u64x4) -> [u64; LANES] {
        whole.to_array()
    }

    #[inline(always)]
    fn sum(whole: u64x4) -> u64 {
        whole.to_array().into_iter().fold(0, u64::wrapping_add)
    }
}

/// The votes of fewer than four parties, and of others that have none.
#[inline(always)]
pub(super) fn padded(votes: &[u64]) -> [u64; LANES] {
    core::array::from_fn(|party| votes.get(party).copied().unwrap_or(0))
}

/// Writes the seats of fewer than four parties: without a call to copy memory, which costs more than they do.
#[inline(always)]
pub(super) fn write_last(seats: [u64; LANES], out: &mut [u64]) {
    for (lane, seats) in seats.into_iter().enumerate() {
        if let Some(out) = out.get_mut(lane) {
            *out = seats;
        }
    }
}

//! Largest remainders for some parties: in floats, which hold numbers so small exactly, four at a time; the cut among the
//! remainders is found by counting.

use wide::{f64x4, u64x4};

use super::arrays::{arrays, arrays_mut};
use super::float::{float, float_of_signed};
use super::lanes::{LANES, Lanes, padded, write_last};
use super::remainders::WholeQuota;
use super::votes_as_floats::{Double, Reading};
use crate::method::blocks::BLOCKS;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = BLOCKS * LANES;

/// How often remainders are counted before they are left to a selection: near-ties take most.
const COUNTS: usize = 16;

/// Whole quotas and remainders of some parties.
struct Shares {
    blocks: usize,
    whole: [u64x4; BLOCKS],
    /// Below zero for parties without votes, which take no seat.
    remainders: [f64x4; BLOCKS],
}

/// Whether `out` now holds the answer, without a tie.
#[inline(never)] // so that its working space is not set up for the contests that need none
pub(super) fn allocate(quota: WholeQuota, total: u64, votes: &[u64], seats: u64, out: &mut [u64]) -> bool {
    if !are_small(quota, total) {
        return false;
    }
    let mut shares = Shares::new();
    let given = shares.read(quota, votes);
    let Some(left) = seats.checked_sub(given) else { return false };
    let Some(cut) = shares.cut(float_of_signed(left), float_of_signed(votes.len() as u64), float(quota.votes)) else {
        return false;
    };
    shares.write(cut, out);
    true
}

/// Whole quotas alone, into `out`, if they are small enough.
#[inline(never)]
pub(super) fn whole(quota: WholeQuota, total: u64, votes: &[u64], out: &mut [u64]) -> bool {
    if !are_small(quota, total) || votes.len() > MOST_PARTIES {
        return false;
    }
    let mut shares = Shares::new();
    shares.read(quota, votes);
    shares.write(f64::INFINITY, out);
    true
}

/// Whether votes times `parts` are below 2^51 together, so that floats hold them exactly, and quotas fewer than 2^46.
fn are_small(quota: WholeQuota, total: u64) -> bool {
    let products = float_of_signed(total) * float(quota.parts);
    total >> 52 == 0 && products < float(1 << 51) && products < float(1 << 46) * float(quota.votes)
}

impl Shares {
    const fn new() -> Self {
        Self { blocks: 0, whole: [u64x4::ZERO; BLOCKS], remainders: [f64x4::ZERO; BLOCKS] }
    }

    /// Divides, and answers with the sum of the whole quotas.
    ///
    /// All numbers here are whole and below 2^53, so floats hold them exactly: v q, and w p, which is at most p above v q.
    #[inline(always)]
    fn read(&mut self, quota: WholeQuota, votes: &[u64]) -> u64 {
        let number = f64x4::splat;
        let (price, parts, none) = (number(float(quota.votes)), number(float(quota.parts)), number(0.0));
        let part = number(1.0) / price;
        let mut given = u64x4::ZERO;
        let (blocks, last) = arrays(votes);
        let mut one = |votes: &[u64; LANES], whole: &mut u64x4, remainder: &mut f64x4| {
            let votes = Double::read(votes);
            let product = votes * parts;
            // To the nearest whole number, with fewer than 2^46 of them by less than 0.6: one too many, or right.
            let (nearest, count) = Lanes::round(product * part);
            let rest = product - nearest * price;
            let below = none.above(rest);
            // A mask is -1 as a number.
            *whole = count + bytemuck::cast::<f64x4, u64x4>(below);
            *remainder = votes.above(none).choose(rest + (price & below), number(-1.0));
            given += *whole;
        };
        for ((votes, whole), remainder) in blocks.iter().zip(&mut self.whole).zip(&mut self.remainders) {
            one(votes, whole, remainder);
        }
        self.blocks = blocks.len();
        if !last.is_empty() {
            let block = self.blocks % BLOCKS;
            one(&padded(last), &mut self.whole[block], &mut self.remainders[block]);
            self.blocks += 1;
        }
        <f64x4 as Lanes>::sum(given)
    }

    /// A number that as many remainders reach as seats are left, if there is one.
    #[inline(always)]
    fn cut(&self, left: f64, parties: f64, price: f64) -> Option<f64> {
        // So many reach `low`, at most, and so many `high`.
        let ((mut low, mut many), (mut high, mut few)) = ((0.0, parties), (price, 0.0));
        if left == few {
            return Some(high);
        }
        if left > many {
            return None;
        }
        for _ in 0..COUNTS {
            // As if they were spread evenly.
            let cut = high - (high - low) * (left - few + 0.5) / (many - few + 1.0);
            let mut reached = u64x4::ZERO;
            for remainders in self.remainders.iter().take(self.blocks) {
                reached -= bytemuck::cast::<f64x4, u64x4>(remainders.at_least(f64x4::splat(cut)));
            }
            let reached = float_of_signed(<f64x4 as Lanes>::sum(reached));
            if reached == left {
                return Some(cut);
            }
            if reached > left {
                (low, many) = (cut, reached);
            } else {
                (high, few) = (cut, reached);
            }
        }
        None
    }

    /// The seats: one more than whole quotas for those whose remainders reach the cut.
    #[inline(always)]
    fn write(&self, cut: f64, out: &mut [u64]) {
        let cut = f64x4::splat(cut);
        let seats = |block: usize| {
            let one_more = bytemuck::cast::<f64x4, u64x4>(self.remainders[block].at_least(cut));
            (self.whole[block] - one_more).to_array()
        };
        let (blocks, last) = arrays_mut(out);
        for (block, out) in blocks.iter_mut().enumerate().take(BLOCKS) {
            *out = seats(block);
        }
        if !last.is_empty() {
            write_last(seats(blocks.len() % BLOCKS), last);
        }
    }
}

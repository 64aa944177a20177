//! Largest remainders for some parties: in floats, which hold numbers so small exactly, four at a time; the cut among the
//! remainders is found by counting.

use wide::f64x4;

use super::arrays::arrays;
use super::float::{float, float_of_signed};
use super::lanes::{LANES, Lanes, padded};
use super::remainders::WholeQuota;
use super::votes_as_floats::{Double, Reading};
use crate::method::blocks::BLOCKS;

/// The most parties that this serves.
pub(super) const MOST_PARTIES: usize = BLOCKS * LANES;

/// How often remainders are counted before they are left to a selection: near-ties take most.
const COUNTS: usize = 16;

/// Whole quotas and remainders of the parties, and how many may take a seat more.
struct Shares {
    blocks: usize,
    whole: [f64x4; BLOCKS],
    /// Below zero for parties without votes, which take no seat.
    remainders: [f64x4; BLOCKS],
    given: f64,
    takers: f64,
}

/// Whether `out` now holds the answer, without a tie; for votes that times `parts` are below 2^51 together.
#[inline(never)] // so that its working space is not set up for the contests that need none
pub(super) fn allocate(quota: WholeQuota, total: u64, votes: &[u64], seats: u64, out: &mut [u64]) -> bool {
    if total >> 52 != 0 || float_of_signed(total) * float(quota.parts) >= float(1 << 51) {
        return false;
    }
    let shares = Shares::of(quota, votes);
    let left = float_of_signed(seats) - shares.given;
    let Some(cut) = shares.cut(left, float(quota.votes)) else { return false };
    let cut = f64x4::splat(cut);
    for (block, out) in out.chunks_mut(LANES).enumerate().take(BLOCKS) {
        let one_more = f64x4::splat(1.0) & shares.remainders[block].at_least(cut);
        let (_, seats) = Lanes::round(shares.whole[block] + one_more);
        for (out, seats) in out.iter_mut().zip(f64x4::seats(seats)) {
            *out = seats;
        }
    }
    true
}

impl Shares {
    /// All numbers here are whole and below 2^53, so floats hold them exactly: v q, and w p, which is at most p above v q.
    #[inline(always)]
    fn of(quota: WholeQuota, votes: &[u64]) -> Self {
        let number = f64x4::splat;
        let (none, one) = (number(0.0), number(1.0));
        let (price, parts) = (number(float(quota.votes)), number(float(quota.parts)));
        let part = one / price;
        let (mut given, mut takers) = (none, none);
        let mut shares =
            Self { blocks: 0, whole: [none; BLOCKS], remainders: [number(-1.0); BLOCKS], given: 0.0, takers: 0.0 };
        let (blocks, last) = arrays(votes);
        let last = padded(last);
        let all = blocks.iter().chain(core::iter::once(&last));
        for ((votes, whole), remainder) in all.zip(&mut shares.whole).zip(&mut shares.remainders) {
            let votes = Double::read(votes);
            let product = votes * parts;
            // Rounded to the nearest, and by its two roundings one wrong at most beyond that.
            let (nearest, _) = Lanes::round(product * part);
            let rest = product - nearest * price;
            let below = none.above(rest);
            let (rest, nearest) = (rest + (price & below), nearest - (one & below));
            let above = rest.at_least(price);
            let (rest, nearest) = (rest - (price & above), nearest + (one & above));
            let takes = votes.above(none);
            (*whole, *remainder) = (nearest, takes.choose(rest, number(-1.0)));
            given += nearest;
            takers += one & takes;
            shares.blocks += 1;
        }
        Self { given: given.total().get(0), takers: takers.total().get(0), ..shares }
    }

    /// A number that as many remainders reach as seats are left, if there is one.
    #[inline(always)]
    fn cut(&self, left: f64, price: f64) -> Option<f64> {
        // So many reach `low`, and so many `high`.
        let ((mut low, mut many), (mut high, mut few)) = ((0.0, self.takers), (price, 0.0));
        if left == few {
            return Some(high);
        }
        if left == many {
            return Some(low);
        }
        if left < few || left > many {
            return None;
        }
        for _ in 0..COUNTS {
            // As if they were spread evenly.
            let cut = high - (high - low) * (left - few + 0.5) / (many - few + 1.0);
            let mut reached = f64x4::splat(0.0);
            for remainders in self.remainders.iter().take(self.blocks) {
                reached += f64x4::splat(1.0) & remainders.at_least(f64x4::splat(cut));
            }
            let reached = reached.total().get(0);
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
}

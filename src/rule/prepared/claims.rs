//! Claims to one seat after another, in integers that take no memory of their own.

use core::cmp::Ordering;

use crate::method::{Divisors, Ladder};
use crate::num::product::compare_products;

/// A divisor sequence that grows in equal steps after its first ones, and starts above zero.
#[derive(Clone, Debug)]
pub(super) struct Steps(Ladder);

impl Steps {
    /// The sequence; none where it is another.
    pub(super) fn new(divisors: &Divisors) -> Option<Self> {
        let ladder = divisors.ladder();
        match &ladder {
            Ladder::Linear(linear) if linear.at(0) > 0 => Some(Self(ladder)),
            _ => None,
        }
    }

    /// The divisor for the next seat after so many.
    pub(super) fn at(&self, seat: u64) -> u128 {
        match &self.0 {
            Ladder::Linear(linear) => linear.at(seat),
            // `new` takes no other.
            _ => 1,
        }
    }
}

/// What somebody bids for a seat: above / below, where below has the divisor in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bid {
    above: u128,
    /// What the votes are per, without the divisor.
    per: u128,
    below: u128,
    about: f64,
}

impl Bid {
    /// above / per over the divisor for this many seats; none where that is no claim, or outgrows 128 bits.
    pub(super) fn new(above: u128, per: u128, seats: u64, steps: &Steps) -> Option<Self> {
        let bid = Self { above, per, ..Self::default() };
        bid.with(seats, steps)
    }

    /// The bid of this party once it has so many seats.
    pub(super) fn with(self, seats: u64, steps: &Steps) -> Option<Self> {
        let below = self.per.checked_mul(steps.at(seats))?;
        Some(Self { below, about: about(self.above) / about(below), ..self })
    }

    /// How two bids compare, exactly.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        // Three roundings on each side: floats further apart than this prove the order.
        const MARGIN: f64 = 16.0 * f64::EPSILON;
        let gap = self.about - other.about;
        if gap > self.about * MARGIN {
            Ordering::Greater
        } else if -gap > other.about * MARGIN {
            Ordering::Less
        } else {
            compare_products(self.above, other.below, other.above, self.below)
        }
    }
}

/// The nearest float, by the processor's own conversion where 64 bits hold the number.
#[allow(clippy::cast_precision_loss)] // a guess, with a margin
pub(super) fn about(number: u128) -> f64 {
    u64::try_from(number).map_or_else(|_| number as f64, |small| small as f64)
}

/// The largest bid, by its position; `Err` where several are, and none of none.
pub(super) fn largest<'b>(bids: impl Iterator<Item = (usize, &'b Bid)>) -> Result<Option<usize>, Equal> {
    let (mut best, mut equal): (Option<(usize, &Bid)>, bool) = (None, false);
    for (at, bid) in bids {
        match best.map(|(_, best)| bid.compare(best)) {
            Some(Ordering::Less) => {}
            Some(Ordering::Equal) => equal = true,
            None | Some(Ordering::Greater) => (best, equal) = (Some((at, bid)), false),
        }
    }
    if equal { Err(Equal) } else { Ok(best.map(|(at, _)| at)) }
}

/// Several bids are the largest.
#[derive(Debug)]
pub(super) struct Equal;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn floats_never_contradict_the_exact_order(
            (above, per) in (1..u128::from(u64::MAX), 1..1_000_000_u128),
            near in -1..=1_i128,
            (times, seats) in (1..1_000_u128, 0..600_u64),
        ) {
            let steps = Steps::new(&Divisors::SAINTE_LAGUE).unwrap();
            // Three times the claim over three times the divisor, but for one vote.
            let first = Bid::new(above * times, per, seats, &steps).unwrap();
            let second = Bid::new(above.wrapping_add_signed(near) * times * 3, per * 3, seats, &steps).unwrap();
            prop_assert_eq!(first.compare(&second), 0.cmp(&near));
        }
    }

    #[test]
    fn several_largest_bids_are_told_from_one() {
        let steps = Steps::new(&Divisors::D_HONDT).unwrap();
        let bid = |votes, seats| Bid::new(votes, 1, seats, &steps).unwrap();
        assert_eq!(largest([bid(10, 0), bid(30, 1), bid(20, 0)].iter().enumerate()).unwrap(), Some(2));
        assert!(largest([bid(10, 0), bid(20, 1)].iter().enumerate()).is_err());
        assert_eq!(largest(core::iter::empty()).unwrap(), None);
        assert!(Steps::new(&Divisors::ADAMS).is_none());
    }
}

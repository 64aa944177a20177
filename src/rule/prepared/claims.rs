//! Claims to one seat after another, in integers that take no memory of their own.

use core::cmp::Ordering;

use alloc::vec::Vec;

use crate::method::{Divisors, Ladder, Linear};
use crate::num::product::compare_products;

/// A divisor sequence that grows in equal steps after its first ones, and starts above zero.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    linear: Linear,
    /// The first divisors as the nearest floats.
    first: [f64; 16],
}

impl Steps {
    /// The sequence; none where it is another.
    pub(super) fn new(divisors: &Divisors) -> Option<Self> {
        let Ladder::Linear(linear) = divisors.ladder() else { return None };
        if linear.at(0) == 0 {
            return None;
        }
        let mut first = [0.0; 16];
        first.iter_mut().zip(0..).for_each(|(first, seat)| *first = about(linear.at(seat)));
        Some(Self { linear, first })
    }

    /// The divisor for the next seat after so many.
    pub(super) fn at(&self, seat: u64) -> u128 {
        self.linear.at(seat)
    }

    /// The float nearest to the divisor for the next seat after so many.
    pub(super) fn about(&self, seat: u64) -> f64 {
        let first = usize::try_from(seat).ok().and_then(|seat| self.first.get(seat));
        first.copied().unwrap_or_else(|| about(self.at(seat)))
    }
}

/// Floats that are further apart than this part of the larger one prove the order of two claims, made by at most seven
/// roundings each: of half an epsilon, and that twice.
const MARGIN: f64 = 16.0 * f64::EPSILON;

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
        // Three roundings on each side.
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
pub(crate) fn about(number: u128) -> f64 {
    u64::try_from(number).map_or_else(|_| number as f64, |small| small as f64)
}

/// Which of some claims is the largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Top {
    /// There is none.
    None,
    /// This one, by its position, and nearly.
    One(usize, f64),
    /// Several are equal.
    Several,
}

impl Top {
    /// The largest of these claims, which are given nearly, by no more than seven roundings, and 0 where there is none. Where
    /// floats do not tell, `exact` ones do; none where these outgrow 128 bits.
    pub(super) fn of(nearly: &[f64], exact: impl Fn(usize) -> Option<Bid>) -> Option<Self> {
        let (mut first, mut second, mut at) = (0.0, 0.0, 0);
        for (position, &claim) in nearly.iter().enumerate() {
            if claim > first {
                (first, second, at) = (claim, first, position);
            } else if claim > second {
                second = claim;
            }
        }
        if first == 0.0 {
            return Some(Self::None);
        }
        if first - second > first * MARGIN {
            return Some(Self::One(at, first));
        }
        let near = nearly.iter().enumerate().filter(|(_, claim)| first - **claim <= first * MARGIN);
        let bids: Vec<(usize, Bid)> = near.map(|(at, _)| Some((at, exact(at)?))).collect::<Option<_>>()?;
        Some(match largest(bids.iter().map(|(at, bid)| (*at, bid))) {
            Ok(at) => at.map_or(Self::None, |at| Self::One(at, nearly[at])),
            Err(Equal) => Self::Several,
        })
    }
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
    use alloc::vec;
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

    proptest! {
        #[test]
        fn the_largest_of_nearly_equal_claims_is_the_exact_one(
            (votes, times, per) in (1..u64::MAX / 1_000, 1..1_000_u64, 1..1_000_000_000_u128),
            others in proptest::collection::vec((-1..=1_i64, 1..1_000_u64, 0..600_u64), 0..6),
        ) {
            let steps = Steps::new(&Divisors::SAINTE_LAGUE).unwrap();
            // The claim of so many votes to a first seat, as others have it with more votes for a later one, but for one vote.
            let mut claims = vec![(votes, times, per, 0)];
            for (near, more, seats) in others {
                let all = u128::from(votes) * steps.at(seats);
                let Ok(all) = u64::try_from(all) else { continue };
                claims.push((all.saturating_add_signed(near), times * more, per * u128::from(more), seats));
            }
            let exact = |at: usize| {
                let (votes, times, per, seats): (u64, u64, u128, u64) = claims[at];
                Bid::new(u128::from(votes) * u128::from(times), per, seats, &steps)
            };
            let nearly = |&(votes, times, per, seats): &(u64, u64, u128, u64)| {
                about(votes.into()) * (about(times.into()) / about(per)) / steps.about(seats)
            };
            let nearly: Vec<f64> = claims.iter().map(nearly).collect();
            let bids: Vec<Bid> = (0..claims.len()).map(|at| exact(at).unwrap()).collect();
            let top = match Top::of(&nearly, exact).unwrap() {
                Top::None => Ok(None),
                Top::One(at, claim) => {
                    prop_assert_eq!(claim, nearly[at]);
                    Ok(Some(at))
                }
                Top::Several => Err(()),
            };
            prop_assert_eq!(top, largest(bids.iter().enumerate()).map_err(|_| ()));
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

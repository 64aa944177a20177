//! Divisors in floats, looked up by seats.

use alloc::vec::Vec;

use wide::f64x2;

use super::super::problem::Problem;
use super::TINY;

/// The least second divisor after a first one of 0, for a proof.
const LEAST_SECOND: f64 = 0.01;
/// The greatest divisor, for a proof: votes over it, times a multiplier, must not be too small for a float.
const GREATEST: f64 = 1e160;

/// Added to a number, it leaves its nearest whole number in the lower bits.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// What a cell that can have no seat more, and none less, claims.
pub(super) const NO_CLAIMS: [f64; 2] = [0.0, f64::NEG_INFINITY];

pub(super) struct Signposts {
    /// By seats: one over the divisor of the next seat, and less one over that of the last, infinite before the first seat.
    rooms: Vec<f64x2>,
    /// What rounding takes from a cell on average: a half by D'Hondt's divisors, nothing by Sainte-Laguë's.
    pub(super) rounded_off: f64,
    at_limit: bool,
    proves: bool,
}

impl Signposts {
    /// Those of a problem up to the most seats that a cell can have; none where floats cannot hold them.
    pub(super) fn new(problem: &Problem<'_>) -> Option<Self> {
        let line = |seats: &[u64]| seats.iter().copied().max().unwrap_or(0);
        let most = line(problem.rows).min(line(problem.columns));
        let rounded_off = |s: u64, divisor: f64| divisor - s as f64 - 0.5;
        let early = most.min(8);
        let rounds = rounded_off(early, problem.signposts.float(early)).clamp(0.0, 0.5);
        let mut rooms = Vec::with_capacity(usize::try_from(most).ok()? + 1);
        let mut last = 0.0;
        for s in 0..=most {
            let next = problem.signposts.float(s);
            let next = if next == 0.0 { TINY } else { next };
            rooms.push(f64x2::new([1.0 / next, -1.0 / last]));
            last = next;
        }
        let at_limit = problem.signposts.starts_at_zero();
        let second = most == 0 || problem.signposts.float(1) >= LEAST_SECOND;
        let proves = last <= GREATEST && (second || !at_limit);
        last.is_finite().then_some(Self { rooms, rounded_off: rounds, at_limit, proves })
    }

    /// About the seats to which a cell is rounded, no more than it can have, and its claims then.
    #[inline(always)]
    pub(super) fn about(&self, votes: f64, (row, column): (f64, f64), most: u64) -> (u64, f64x2) {
        let quotient = votes * column * row - self.rounded_off;
        let quotient = if quotient > 0.0 { quotient } else { 0.0 };
        // What is too large for this is nonsense, which claims too much or too little.
        let seats = (quotient + WHOLE).to_bits() & (u64::MAX >> 32);
        if seats < most {
            (seats, self.room(seats) * f64x2::splat(votes))
        } else {
            (most, self.claims(votes, most, (0, most)))
        }
    }

    /// What votes are multiplied by for the claims of a cell with so many seats.
    #[inline]
    pub(super) fn room(&self, seats: u64) -> f64x2 {
        self.rooms[seats as usize]
    }

    /// The claims of a cell with so many seats, which may have no fewer and no more than its bounds.
    #[inline]
    pub(super) fn claims(&self, votes: f64, seats: u64, (least, most): (u64, u64)) -> f64x2 {
        let [more, less] = (self.room(seats) * f64x2::splat(votes)).to_array();
        let [no_more, no_less] = NO_CLAIMS;
        f64x2::new([if seats < most { more } else { no_more }, if seats > least { less } else { no_less }])
    }

    /// The seats within bounds to which a cell is rounded, from some on, and its claims then.
    #[cold]
    pub(super) fn round(&self, votes: f64, multiplier: f64, from: u64, bounds: (u64, u64)) -> (u64, f64x2) {
        let mut seats = from;
        let quotients = |seats| (self.claims(votes, seats, bounds) * f64x2::splat(multiplier)).to_array();
        while quotients(seats)[0] > 1.0 {
            seats += 1;
        }
        while quotients(seats)[1] > -1.0 {
            seats -= 1;
        }
        (seats, self.claims(votes, seats, bounds))
    }

    /// Whether a multiplier is of a size that proves something.
    pub(super) fn can_prove(&self, multiplier: f64) -> bool {
        self.proves && if self.at_limit { holds_at_the_limit(multiplier) } else { is_moderate(multiplier) }
    }
}

fn is_moderate(multiplier: f64) -> bool {
    (1e-140..=1e140).contains(&multiplier)
}

/// Whether a multiplier proves with any smaller first divisor what it proves with a tiny one: whether it is a power of that
/// divisor, times a moderate number.
///
/// Then a cell's quotient is T^k q, T being the tiny divisor, with q from 1e-38 to 2e57 and k a whole number. If it lies
/// between 0 and T, k is at least 1; if between T and the next divisor, 0 or 1; if between later ones, 0: any other k puts it
/// beyond, as T is 1e-60 and the others are from [`LEAST_SECOND`] to 2^64. With a smaller T, and k and q as they are, it
/// lies between the same divisors.
fn holds_at_the_limit(multiplier: f64) -> bool {
    [1.0 / TINY / TINY, 1.0 / TINY, 1.0, TINY, TINY * TINY]
        .into_iter()
        .any(|power| (1e-19..=1e19).contains(&(multiplier * power)))
}

#[cfg(test)]
mod tests {
    use super::super::super::super::kernel::Numbers;
    use super::super::super::cases::all_divisors;
    use super::super::super::{Matrix, signposts};
    use super::*;
    use crate::{Divisors, Ratio};

    /// The signposts of a matrix with one cell of so many seats.
    fn of(divisors: &Divisors, seats: u64) -> Option<Signposts> {
        let seats = [seats];
        Signposts::new(&Matrix::new(&[1], &seats, &seats).divisors(divisors.clone()).check().unwrap())
    }

    fn custom(divisors: &[&str]) -> Divisors {
        Divisors::custom(divisors.iter().map(|text| text.parse::<Ratio>().unwrap()).collect::<Vec<_>>()).unwrap()
    }

    /// The divisors up to some seats, as floats, by which quotients are rounded here.
    fn divisors_of(divisors: &Divisors, most: u64) -> Vec<f64> {
        let signposts = signposts::Signposts::new(divisors);
        (0..most).map(|s| signposts.float(s)).map(|divisor| if divisor == 0.0 { TINY } else { divisor }).collect()
    }

    #[test]
    fn a_cell_is_rounded_between_its_signposts_and_within_its_bounds() {
        let mut numbers = Numbers(0xD1B5_4A32_D192_ED03);
        for divisors in all_divisors() {
            let (signposts, list) = (of(&divisors, 40).unwrap(), divisors_of(&divisors, 40));
            for _ in 0..300 {
                let votes = (1 + numbers.below(1_000)) as f64;
                let goal = list[numbers.below(40) as usize] * (1 + numbers.below(2_000)) as f64 / 1_000.0;
                let least = numbers.below(3) * numbers.below(10);
                let bounds = (least, least + numbers.below(40 - least));
                let from = bounds.0 + numbers.below(bounds.1 - bounds.0 + 1);
                let (seats, claims) = signposts.round(votes, goal / votes, from, bounds);
                let is_below = |&&divisor: &&f64| divisor < votes * (goal / votes);
                let rounded = (list.iter().take_while(is_below).count() as u64).clamp(bounds.0, bounds.1);
                let quotient = |seat: u64| votes * (goal / votes) / list[seat as usize];
                // At a signpost a rounding decides.
                let is_near = |seat: u64| (quotient(seat) - 1.0).abs() < 1e-12;
                let is_tied = is_near(seats.min(rounded));
                assert!(seats == rounded || is_tied, "{divisors}: {goal} is {rounded}, not {seats}, in {bounds:?}");
                assert_eq!(claims, signposts.claims(votes, seats, bounds));
            }
        }
    }

    #[test]
    fn claims_are_votes_over_the_divisors_of_the_next_seat_and_of_the_last() {
        for divisors in all_divisors() {
            let (signposts, list) = (of(&divisors, 20).unwrap(), divisors_of(&divisors, 21));
            for seats in 0..=20 {
                let [more, less] = signposts.claims(7.0, seats, (2, 18)).to_array();
                let is = |claim: f64, divisor: f64| (claim * divisor - 7.0).abs() < 1e-12;
                let [no_more, no_less] = NO_CLAIMS;
                assert!(if seats < 18 { is(more, list[seats as usize]) } else { more == no_more }, "{divisors}");
                assert!(if seats > 2 { is(-less, list[seats as usize - 1]) } else { less == no_less }, "{divisors}");
            }
        }
    }

    #[test]
    fn about_the_seats_of_a_cell_are_its_quotient_rounded_but_no_more_than_it_can_have() {
        let signposts = of(&Divisors::D_HONDT, 4_096).unwrap();
        assert!((signposts.rounded_off - 0.5).abs() < 1e-12);
        for (quotient, seats) in [(0.01, 0), (0.4, 0), (0.6, 0), (1.4, 1), (7.7, 7), (4_000.2, 4_000), (200.0, 100)] {
            let most = if seats == 100 { 100 } else { 4_096 };
            let (about, claims) = signposts.about(quotient * 3.0, (1.0 / 6.0, 2.0), most);
            assert_eq!(about, seats, "{quotient}");
            assert_eq!(claims, signposts.claims(quotient * 3.0, seats, (0, most)));
        }
        // What a cell cannot have more of, it does not claim.
        assert_eq!(signposts.about(7.0, (1.0, 1.0), 6).1.to_array()[0], 0.0);
        assert_eq!(signposts.about(6.7, (1.0, 1.0), 6).0, 6);
        // By the divisors of Sainte-Laguë a quotient is rounded to the nearest.
        let signposts = of(&Divisors::SAINTE_LAGUE, 10).unwrap();
        assert_eq!([2.4, 2.6].map(|votes| signposts.about(votes, (1.0, 1.0), 10).0), [2, 3]);
    }

    #[test]
    fn what_rounding_takes_is_seen_at_a_few_seats() {
        let takes = |divisors: &Divisors, seats: u64| of(divisors, seats).unwrap().rounded_off;
        let is = |off: f64, known: f64| assert!((off - known).abs() < 1e-9, "{off}, not {known}");
        is(takes(&Divisors::D_HONDT, 40), 0.5);
        is(takes(&Divisors::SAINTE_LAGUE, 40), 0.0);
        is(takes(&Divisors::DANISH, 40), 0.0); // d(s) = s + 1/3
        is(takes(&Divisors::stationary("3/4".parse().unwrap()).unwrap(), 40), 0.25);
        is(takes(&Divisors::IMPERIALI, 40), 0.5); // no more
        is(takes(&Divisors::ADAMS, 40), 0.0); // no less
        // d(8) = 9, d(4) = 4.75
        let list = custom(&["1", "2", "3", "4", "19/4", "5", "6", "7", "35/4", "39/4"]);
        is(takes(&list, 40), 0.25);
        is(takes(&list, 4), 0.25);
        is(takes(&list, 3), 0.5);
        is(takes(&list, 9), 0.25);
    }

    #[test]
    fn divisors_that_floats_hold_badly_prove_nothing() {
        let proves = |divisors: &Divisors, seats: u64| of(divisors, seats).map(|signposts| signposts.can_prove(1.0));
        assert_eq!(proves(&Divisors::MACAU, 530), Some(true)); // 2^530 is below 10^160
        assert_eq!(proves(&Divisors::MACAU, 540), Some(false));
        assert!(proves(&Divisors::MACAU, 1_030).is_none());
        // After a first divisor of 0 a second one that is small is no signpost between; without, it is.
        assert_eq!(proves(&custom(&["0", "1/101", "1"]), 4), Some(true));
        assert_eq!(proves(&custom(&["0", "1/200", "1"]), 4), Some(false));
        assert_eq!(proves(&custom(&["0", "1/200", "1"]), 0), Some(true));
        assert_eq!(proves(&custom(&["1/300", "1/200", "1"]), 4), Some(true));
    }

    #[test]
    fn multipliers_prove_if_they_are_moderate_times_a_power_of_a_first_divisor_of_0() {
        let regular = of(&Divisors::D_HONDT, 4).unwrap();
        for (multiplier, proves) in [
            (1.0, true),
            (1.01e-140, true),
            (0.99e-140, false),
            (0.99e140, true),
            (1.01e140, false),
            (0.0, false),
            (f64::INFINITY, false),
            (f64::NAN, false),
        ] {
            assert_eq!(regular.can_prove(multiplier), proves, "{multiplier:e}");
        }
        let at_limit = of(&Divisors::ADAMS, 4).unwrap();
        for power in [-2, -1, 0, 1, 2] {
            let power = libm::pow(TINY, f64::from(power));
            for (part, proves) in
                [(1.0, true), (0.99e19, true), (1.01e19, false), (1.01e-19, true), (0.99e-19, false), (1e30, false)]
            {
                assert_eq!(at_limit.can_prove(power * part), proves, "{part:e} x {power:e}");
            }
        }
        assert!(!at_limit.can_prove(0.0) && !at_limit.can_prove(f64::NAN) && !at_limit.can_prove(1e181));
    }
}

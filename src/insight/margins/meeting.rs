//! Meetings: after how many steps two claims that move with the ballots are equal.
//!
//! Every comparison has two sides that are linear in the steps, so that the numbers of a law say where they meet. What is
//! found here, in floats, is where a walk looks first and never an answer: runs of the law at both sides of it decide.

#![allow(clippy::cast_precision_loss)] // a guess

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::board::{Arithmetic, Board, Standing};
use crate::method::{Divisors, Quota};
use crate::rule::prepared::about;

/// Pairs of claims beyond which nobody looks.
const MOST_PAIRS: usize = 100_000;

/// A number that changes by so much at each step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    pub(super) now: f64,
    pub(super) slope: f64,
}

impl Side {
    pub(super) const fn of(now: f64) -> Self {
        Self { now, slope: 0.0 }
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self { now: self.now * factor, slope: self.slope * factor }
    }

    pub(super) fn less(self, other: Self) -> Self {
        Self { now: self.now - other.now, slope: self.slope - other.slope }
    }

    /// The product; nearly, where both move.
    fn product(self, other: Self) -> Self {
        Self { now: self.now * other.now, slope: self.slope * other.now + self.now * other.slope }
    }

    pub(super) const fn moves(self) -> bool {
        self.slope != 0.0
    }

    /// The steps until it is zero; infinite if it never is.
    pub(super) fn turn(self) -> f64 {
        let steps = if self.moves() { -self.now / self.slope } else { f64::INFINITY };
        if steps >= 0.0 { steps } else { f64::INFINITY }
    }
}

/// What somebody has in a contest: votes, the seats at which divisors start, and those that the contest gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sharer {
    pub(super) votes: Side,
    pub(super) held: u64,
    pub(super) given: u64,
}

/// When somebody has no votes left.
pub(super) fn none_left(sharers: &[Sharer]) -> f64 {
    sharers.iter().map(|sharer| sharer.votes.turn()).fold(f64::INFINITY, f64::min)
}

/// The last seat of each against the next of the others, where one of them moves.
pub(super) fn averages(divisors: &Divisors, sharers: &[Sharer]) -> f64 {
    let seats = |at: usize| sharers[at].held.saturating_add(sharers[at].given);
    let divisor = Floats::new(divisors);
    let next: Vec<f64> = (0..sharers.len()).map(|at| divisor.at(seats(at))).collect();
    let last: Vec<f64> = (0..sharers.len()).map(|at| divisor.at(seats(at).saturating_sub(1))).collect();
    let mut nearest = f64::INFINITY;
    let mut meet = |won: usize, refused: usize| {
        if won != refused && sharers[won].given > 0 {
            let gap = sharers[won].votes.times(next[refused]).less(sharers[refused].votes.times(last[won]));
            nearest = nearest.min(gap.turn());
        }
    };
    for at in (0..sharers.len()).filter(|&at| sharers[at].votes.moves()) {
        for other in 0..sharers.len() {
            meet(at, other);
            meet(other, at);
        }
    }
    nearest
}

/// Whole quotas of these votes, or of all, and remainders that won a seat against those that did not.
pub(super) fn remainders(quota: Quota, seats: u64, base: Option<Side>, sharers: &[Sharer]) -> Option<f64> {
    let parts = seats as f64 + f64::from(quota.added());
    let sum = |sum: Side, more: &Sharer| Side { now: sum.now + more.votes.now, slope: sum.slope + more.votes.slope };
    let base = base.unwrap_or_else(|| sharers.iter().fold(Side::default(), sum));
    let mut nearest = f64::INFINITY;
    let (mut won, mut refused) = (Vec::new(), Vec::new());
    for sharer in sharers {
        let whole = libm::floor(sharer.votes.now * parts / base.now);
        let remainder = sharer.votes.times(parts).less(base.times(whole));
        nearest = nearest.min(remainder.turn()).min(remainder.less(base).turn());
        if sharer.given as f64 > whole { won.push(remainder) } else { refused.push(remainder) }
    }
    if won.len().saturating_mul(refused.len()) > MOST_PAIRS {
        return None;
    }
    let gaps = won.iter().flat_map(|won| refused.iter().map(|refused| won.less(*refused).turn()));
    Some(gaps.fold(nearest, f64::min))
}

/// Floats, whose boards say about where to look.
pub(super) enum About {}

impl Arithmetic for About {
    type Fixed = f64;
    type Moving = Side;

    fn fixed(number: u128) -> f64 {
        about(number)
    }

    fn moving(now: u128, slope: i128) -> Side {
        // Most numbers stay as they are, and 128 bits are slow to convert.
        Side { now: about(now), slope: if slope == 0 { 0.0 } else { slope as f64 } }
    }
}

impl Board<'_, About> {
    /// The steps until a pair's claim no longer beats another's.
    fn turn(&self, won: &Standing<About>, refused: &Standing<About>) -> f64 {
        let (a, b) = (&self.places[won.at], &self.places[refused.at]);
        if !a.moves && !b.moves {
            return f64::INFINITY;
        }
        let left = won.pair.votes.times(a.times * refused.divisor);
        let right = refused.pair.votes.times(b.times * won.divisor);
        // Both sides times what both claims are per.
        let is_same = won.at == refused.at;
        let gap = if is_same { left.less(right) } else { left.product(b.per).less(right.product(a.per)) };
        gap.turn()
    }

    /// The nearest turn of seats placed one after the other, each party with so many left.
    pub(super) fn turn_in_turn(&self, left: Vec<u64>, moves: impl Iterator<Item = (usize, usize)>) -> f64 {
        let mut nearest = f64::INFINITY;
        self.in_turn(left, moves, |won, refused| nearest = nearest.min(self.turn(won, refused)));
        nearest
    }

    /// The nearest turn of seats of each party placed by itself.
    pub(super) fn turn_by_party(&self) -> f64 {
        let mut nearest = f64::INFINITY;
        self.by_party(|won, refused| nearest = nearest.min(self.turn(won, refused)));
        nearest
    }
}

/// Divisors, nearly.
pub(super) struct Floats<'d> {
    divisors: &'d Divisors,
    ladder: crate::method::Ladder,
}

impl<'d> Floats<'d> {
    pub(super) fn new(divisors: &'d Divisors) -> Self {
        Self { divisors, ladder: divisors.ladder() }
    }

    pub(super) fn at(&self, seats: u64) -> f64 {
        if let crate::method::Ladder::Linear(linear) = &self.ladder {
            let divisor = linear.at(seats);
            // The processor's own conversion where 64 bits hold it.
            return u64::try_from(divisor).map_or_else(|_| divisor as f64, |small| small as f64);
        }
        let divisor = self.divisors.divisor(seats);
        let ratio = float(&divisor.numerator) / float(&divisor.denominator);
        let value = if divisor.root == 1 { ratio } else { libm::pow(ratio, 1.0 / f64::from(divisor.root)) };
        value * libm::exp2(divisor.doublings as f64)
    }
}

pub(super) fn float(number: &BigUint) -> f64 {
    number.iter_u64_digits().rev().fold(0.0, |sum, digit| sum * 18_446_744_073_709_551_616.0 + digit as f64)
}

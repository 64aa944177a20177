//! Turns: after how many steps the first comparison of a trace comes out otherwise.
//!
//! Every comparison has two sides that are linear in the steps, so that the numbers of a trace say where they meet. What is
//! found here, in floats, is where a walk looks first and never an answer: runs of the law at both sides of it decide.

#![allow(clippy::cast_precision_loss)] // a guess

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::line::Shift;
use crate::count::{Base, PartyId, PlaceId};
use crate::method::{AllocationMethod, Divisors, Quota, Rounding};
use crate::rule::provisions::admission::{Comparison, Shortfall};
use crate::rule::session::Session;
use crate::rule::trace::{AdmissionRecord, ContestRecord, Numbers, PlacedRecord, Record};
use crate::rule::{Factor, Order, Placement, Room, What};

/// Pairs of claims beyond which nobody looks.
const MOST_PAIRS: usize = 100_000;

/// A number that changes by so much at each step.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    now: f64,
    slope: f64,
}

impl Side {
    fn of(now: f64) -> Self {
        Self { now, slope: 0.0 }
    }

    fn times(self, factor: f64) -> Self {
        Self { now: self.now * factor, slope: self.slope * factor }
    }

    fn less(self, other: Self) -> Self {
        Self { now: self.now - other.now, slope: self.slope - other.slope }
    }

    /// The product, where one of the two does not move.
    fn product(self, other: Self) -> Self {
        Self { now: self.now * other.now, slope: self.slope * other.now + self.now * other.slope }
    }

    const fn moves(self) -> bool {
        self.slope != 0.0
    }

    /// The steps until it is zero; infinite if it never is.
    fn turn(self) -> f64 {
        let steps = if self.moves() { -self.now / self.slope } else { f64::INFINITY };
        if steps >= 0.0 { steps } else { f64::INFINITY }
    }
}

/// The steps, from where a law stands at the end of a way, until its first comparison turns; `None` where its records do not
/// say, as those of rarer provisions.
pub(super) fn first(session: &Session<'_>, shifts: &[Shift]) -> Option<f64> {
    let course = Course { session, shifts };
    let mut nearest = f64::INFINITY;
    for record in session.trace.records() {
        let turn = match record {
            Record::Admission(admission) => course.admission(admission),
            Record::Contest(contest) => course.contest(contest)?,
            Record::Placed(placed) => course.placed(placed)?,
            Record::Direct(_) | Record::TopUp(_) => f64::INFINITY,
            _ => return None,
        };
        nearest = nearest.min(turn);
    }
    Some(nearest)
}

/// One way of a law, and the ballots that change.
struct Course<'c> {
    session: &'c Session<'c>,
    shifts: &'c [Shift],
}

impl Course<'_> {
    /// The ballots that a step adds inside a place, of those that are counted so.
    fn slope(&self, place: PlaceId, counts: impl Fn(PartyId) -> bool) -> f64 {
        let inside = |mut at: PlaceId| loop {
            if at == place {
                return true;
            }
            match self.session.figures.counted_in(at) {
                Some(outer) => at = outer,
                None => return false,
            }
        };
        let here = self.shifts.iter().filter(|shift| counts(shift.party) && inside(shift.place));
        here.map(|shift| shift.ballots as f64).sum()
    }

    fn votes(&self, place: PlaceId, party: PartyId) -> Side {
        let now = self.session.figures.spot(place).votes_of(party) as f64;
        Side { now, slope: self.slope(place, |other| other == party) }
    }

    fn all(&self, place: PlaceId, now: f64) -> Side {
        Side { now, slope: self.slope(place, |_| true) }
    }

    fn admission(&self, record: &AdmissionRecord) -> f64 {
        let mut nearest = f64::INFINITY;
        for (&party, comparisons) in record.parties.iter().zip(&record.comparisons) {
            for comparison in comparisons {
                nearest = nearest.min(self.comparison(party, comparison));
            }
            nearest = nearest.min(self.votes(record.place, party).turn());
        }
        nearest
    }

    fn comparison(&self, party: PartyId, Comparison { place, sides, .. }: &Comparison) -> f64 {
        let own = |votes: u64| Side { now: votes as f64, slope: self.slope(*place, |other| other == party) };
        let gap = match sides {
            Shortfall::Share { votes, whole, of, share, .. } => {
                let whole = match of {
                    Base::Registered | Base::Population => Side::of(*whole as f64),
                    _ => self.all(*place, *whole as f64),
                };
                own(*votes).times(share.denominator() as f64).less(whole.times(share.numerator() as f64))
            }
            Shortfall::Votes { votes, needed, .. } => own(*votes).less(Side::of(*needed as f64)),
            Shortfall::Quota { votes, quota, times, size, divisor, .. } if quota.rounding() == Rounding::Exact => {
                let price = self.all(*place, *size as f64).times(times.to_f64());
                own(*votes).times(*divisor as f64).less(price)
            }
            _ => return f64::INFINITY,
        };
        gap.turn()
    }

    /// `None` where the method is not one of claims in one order.
    fn contest(&self, record: &ContestRecord) -> Option<f64> {
        let Numbers::Votes(numbers) = &record.numbers else { return None };
        let slope = |parties: &[PartyId]| self.slope(record.place, |party| parties.contains(&party));
        let votes: Vec<Side> = (record.entries.iter().zip(numbers))
            .map(|(entry, &votes)| Side { now: votes as f64, slope: slope(&entry.parties) })
            .collect();
        if !votes.iter().any(|votes| votes.moves()) {
            return Some(f64::INFINITY);
        }
        if record.tie.is_some() || !record.settled.is_empty() {
            // Equal claims part with the next ballot.
            return Some(0.0);
        }
        let none_left = votes.iter().map(|votes| votes.turn()).fold(f64::INFINITY, f64::min);
        let turn = match record.method.allocation()? {
            AllocationMethod::HighestAverages(divisors) => averages(divisors, record, &votes),
            AllocationMethod::LargestRemainder(quota) if quota.rounding() == Rounding::Exact => {
                self.remainders(*quota, record, &votes)?
            }
            _ => return None,
        };
        Some(none_left.min(turn))
    }

    /// Whole quotas, and remainders that won a seat against those that did not.
    fn remainders(&self, quota: Quota, record: &ContestRecord, votes: &[Side]) -> Option<f64> {
        let parts = record.seats as f64 + f64::from(quota.added());
        let base = match &record.quota_base {
            Some(base) => self.all(record.place, float(base)),
            None => votes
                .iter()
                .fold(Side::default(), |sum, votes| Side { now: sum.now + votes.now, slope: sum.slope + votes.slope }),
        };
        let mut nearest = f64::INFINITY;
        let (mut won, mut refused) = (Vec::new(), Vec::new());
        for (votes, &certain) in votes.iter().zip(&record.certain) {
            let whole = libm::floor(votes.now * parts / base.now);
            let remainder = votes.times(parts).less(base.times(whole));
            nearest = nearest.min(remainder.turn()).min(remainder.less(base).turn());
            if certain as f64 > whole { won.push(remainder) } else { refused.push(remainder) }
        }
        if won.len().saturating_mul(refused.len()) > MOST_PAIRS {
            return None;
        }
        let gaps = won.iter().flat_map(|won| refused.iter().map(|refused| won.less(*refused).turn()));
        Some(gaps.fold(nearest, f64::min))
    }

    /// `None` but for seats placed by divisors, the largest claim first.
    fn placed(&self, record: &PlacedRecord) -> Option<f64> {
        let step = &record.step;
        let Some(AllocationMethod::HighestAverages(divisors)) = &step.method else { return None };
        let plain = step.by.is_none() && step.what == What::New && step.settle.is_none() && step.order == Order::Claims;
        if !plain {
            return None;
        }
        let places: Vec<Claimed> = (self.session.figures.inside(record.place, step.level).into_iter())
            .map(|place| self.claimed(place, step))
            .collect::<Option<_>>()?;
        let mut board = Board { course: self, divisors, places: &places, pairs: Vec::new() };
        board.fill(record);
        Some(match step.room {
            Room::Any => board.by_party(record),
            _ => board.in_turn(record),
        })
    }

    fn claimed(&self, place: PlaceId, step: &Placement) -> Option<Claimed> {
        let spot = self.session.figures.spot(place);
        let valid = || Some(self.all(place, spot.base(Base::Valid).ok()? as f64));
        let seats = || Some(self.session.seats_of(place).ok()? as f64);
        let (factor, per) = match step.per {
            Factor::Votes => (1.0, Side::of(1.0)),
            Factor::Share => (1.0, valid()?),
            Factor::Seat => (seats()?, valid()?),
            Factor::Quota => (seats()? + 1.0, valid()?),
        };
        let room = match &step.room {
            Room::Any => u64::MAX,
            Room::Seats(seats) => *seats,
            Room::Left => self.session.ledger.left(place).unwrap_or(0),
            Room::Named(name) => spot.place.and_then(|place| place.room(name))?,
        };
        Some(Claimed { place, factor, per, room, moves: self.slope(place, |_| true) != 0.0 || self.moves_in(place) })
    }

    /// Whether ballots change in a place.
    fn moves_in(&self, place: PlaceId) -> bool {
        self.shifts.iter().any(|shift| shift.place == place)
    }
}

/// A place that seats are placed in: claims there are votes x factor / per.
struct Claimed {
    place: PlaceId,
    factor: f64,
    per: Side,
    room: u64,
    moves: bool,
}

/// A party with seats to place, in one of the places.
#[derive(Clone, Copy)]
struct Pair {
    party: PartyId,
    at: usize,
    votes: Side,
    /// Seats held there before.
    held: u64,
    /// Seats placed there in all.
    placed: u64,
    /// Seats placed there so far.
    so_far: u64,
}

struct Board<'b> {
    course: &'b Course<'b>,
    divisors: &'b Divisors,
    places: &'b [Claimed],
    pairs: Vec<Pair>,
}

impl Board<'_> {
    fn fill(&mut self, record: &PlacedRecord) {
        for &(party, _) in &record.seats {
            for (at, claimed) in self.places.iter().enumerate() {
                let placed = record.placed.iter().find(|placed| placed.0 == party && placed.1 == claimed.place);
                let (held, placed) = placed.map_or((0, 0), |placed| (placed.2, placed.3));
                let votes = self.course.votes(claimed.place, party);
                if votes.now > 0.0 || votes.moves() {
                    self.pairs.push(Pair { party, at, votes, held, placed, so_far: 0 });
                }
            }
        }
    }

    /// The steps until a pair's claim for the seat after `seats` of its own no longer beats another's.
    fn turn(&self, won: (&Pair, u64), refused: (&Pair, u64)) -> f64 {
        let (a, b) = (&self.places[won.0.at], &self.places[refused.0.at]);
        if !a.moves && !b.moves {
            return f64::INFINITY;
        }
        let (own, other) = (float_at(self.divisors, won.1), float_at(self.divisors, refused.1));
        let (left, right) = (won.0.votes.times(a.factor * other), refused.0.votes.times(b.factor * own));
        // Both sides times what both claims are per.
        let gap =
            if won.0.at == refused.0.at { left.less(right) } else { left.product(b.per).less(right.product(a.per)) };
        gap.turn()
    }

    /// Seat after seat: each was placed by the largest claim of those that were open.
    fn in_turn(&mut self, record: &PlacedRecord) -> f64 {
        let mut left: Vec<(PartyId, u64)> = record.seats.clone();
        let mut room: Vec<u64> = self.places.iter().map(|claimed| claimed.room).collect();
        let mut nearest = f64::INFINITY;
        for seat in &record.moves {
            let is_it = |pair: &Pair| pair.party == seat.party && self.places[pair.at].place == seat.place;
            let Some(won) = self.pairs.iter().position(is_it) else { break };
            let winner = self.pairs[won];
            for (at, pair) in self.pairs.iter().enumerate() {
                let open = room[pair.at] > 0 && left.iter().any(|&(party, left)| party == pair.party && left > 0);
                if at != won && open {
                    let turn = self.turn((&winner, winner.held + winner.so_far), (pair, pair.held + pair.so_far));
                    nearest = nearest.min(turn);
                }
            }
            self.pairs[won].so_far += 1;
            room[winner.at] = room[winner.at].saturating_sub(1);
            left.iter_mut().filter(|left| left.0 == seat.party).for_each(|left| left.1 = left.1.saturating_sub(1));
        }
        nearest
    }

    /// Each party by itself: the last seat of each of its places against the next of the others.
    fn by_party(&self, record: &PlacedRecord) -> f64 {
        let mut nearest = f64::INFINITY;
        for &(party, _) in &record.seats {
            let own: Vec<&Pair> = self.pairs.iter().filter(|pair| pair.party == party).collect();
            for won in own.iter().filter(|pair| pair.placed > 0) {
                for refused in own.iter().filter(|pair| pair.at != won.at) {
                    let turn = self.turn((won, won.held + won.placed - 1), (refused, refused.held + refused.placed));
                    nearest = nearest.min(turn);
                }
            }
        }
        nearest
    }
}

/// The last seat of each list against the next of the others, where one of them moves.
fn averages(divisors: &Divisors, record: &ContestRecord, votes: &[Side]) -> f64 {
    let seats = |at: usize| record.entries[at].held.saturating_add(record.certain[at]);
    let next: Vec<f64> = (0..votes.len()).map(|at| float_at(divisors, seats(at))).collect();
    let last: Vec<f64> = (0..votes.len()).map(|at| float_at(divisors, seats(at).saturating_sub(1))).collect();
    let mut nearest = f64::INFINITY;
    let moving: Vec<usize> = (0..votes.len()).filter(|&at| votes[at].moves()).collect();
    let mut meet = |won: usize, refused: usize| {
        if won != refused && record.certain[won] > 0 {
            let gap = votes[won].times(next[refused]).less(votes[refused].times(last[won]));
            nearest = nearest.min(gap.turn());
        }
    };
    for &at in &moving {
        for other in 0..votes.len() {
            meet(at, other);
            meet(other, at);
        }
    }
    nearest
}

/// A divisor, nearly.
fn float_at(divisors: &Divisors, seats: u64) -> f64 {
    let divisor = divisors.divisor(seats);
    let ratio = float(&divisor.numerator) / float(&divisor.denominator);
    let value = if divisor.root == 1 { ratio } else { libm::pow(ratio, 1.0 / f64::from(divisor.root)) };
    value * libm::exp2(divisor.doublings as f64)
}

fn float(number: &BigUint) -> f64 {
    number.iter_u64_digits().rev().fold(0.0, |sum, digit| sum * 18_446_744_073_709_551_616.0 + digit as f64)
}

//! Turns: after how many steps the first comparison of a trace comes out otherwise.
//!
//! Every comparison has two sides that are linear in the steps, so that the numbers of a trace say where they meet. What is
//! found here, in floats, is where a walk looks first and never an answer: runs of the law at both sides of it decide.

#![allow(clippy::cast_precision_loss)] // a guess

use alloc::vec::Vec;

use super::board::{Arithmetic, Board, Claimed, Pair};
use super::line::Shift;
use super::meeting::{About, Floats, Sharer, Side, averages, float, none_left, remainders};
use crate::count::{Base, PartyId, PlaceId};
use crate::method::{AllocationMethod, Rounding};
use crate::rule::provisions::admission::{Comparison, Shortfall};
use crate::rule::session::Session;
use crate::rule::trace::{AdmissionRecord, ContestRecord, Numbers, PlacedRecord, Record};
use crate::rule::{Factor, Order, Placement, Room, What};

/// The steps, from where a law stands at the end of a way, until its first comparison turns; `None` where its records do not
/// say, as those of rarer provisions.
pub(super) fn first(session: &Session<'_>, shifts: &[Shift]) -> Option<f64> {
    let recorded = Recorded { session, shifts };
    let mut nearest = f64::INFINITY;
    for record in session.trace.records() {
        let turn = match record {
            Record::Admission(admission) => recorded.admission(admission),
            Record::Contest(contest) => recorded.contest(contest)?,
            Record::Placed(placed) => recorded.placed(placed)?,
            Record::Direct(_) | Record::TopUp(_) => f64::INFINITY,
            _ => return None,
        };
        nearest = nearest.min(turn);
    }
    Some(nearest)
}

/// One way of a law as its trace has it on record, and the ballots that change.
pub(super) struct Recorded<'c> {
    pub(super) session: &'c Session<'c>,
    pub(super) shifts: &'c [Shift],
}

impl Recorded<'_> {
    /// The ballots that change inside a place, of those that are counted so.
    fn inside<'s>(&'s self, place: PlaceId, counts: impl Fn(PartyId) -> bool + 's) -> impl Iterator<Item = &'s Shift> {
        self.shifts.iter().filter(move |shift| counts(shift.party) && self.session.figures.counts(place, shift.place))
    }

    /// The ballots that a step adds inside a place, of those that are counted so.
    fn slope(&self, place: PlaceId, counts: impl Fn(PartyId) -> bool) -> i128 {
        self.inside(place, counts).map(|shift| i128::from(shift.ballots)).sum()
    }

    fn votes<A: Arithmetic>(&self, place: PlaceId, party: PartyId) -> A::Moving {
        let now = self.session.figures.spot(place).votes_of(party);
        A::moving(now.into(), self.slope(place, |other| other == party))
    }

    fn all(&self, place: PlaceId, now: f64) -> Side {
        Side { now, slope: self.slope(place, |_| true) as f64 }
    }

    fn admission(&self, record: &AdmissionRecord) -> f64 {
        let mut nearest = f64::INFINITY;
        for (&party, comparisons) in record.parties.iter().zip(&record.comparisons) {
            for comparison in comparisons {
                nearest = nearest.min(self.comparison(party, comparison));
            }
            nearest = nearest.min(self.votes::<About>(record.place, party).turn());
        }
        nearest
    }

    fn comparison(&self, party: PartyId, Comparison { place, sides, .. }: &Comparison) -> f64 {
        let own = |votes: u64| Side { now: votes as f64, slope: self.slope(*place, |other| other == party) as f64 };
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
        let slope = |parties: &[PartyId]| self.slope(record.place, |party| parties.contains(&party)) as f64;
        let sharers: Vec<Sharer> = (record.entries.iter().zip(numbers).zip(&record.certain))
            .map(|((entry, &votes), &given)| Sharer {
                votes: Side { now: votes as f64, slope: slope(&entry.parties) },
                held: entry.held,
                given,
            })
            .collect();
        if !sharers.iter().any(|sharer| sharer.votes.moves()) {
            return Some(f64::INFINITY);
        }
        if record.tie.is_some() || !record.settled.is_empty() {
            // Equal claims part with the next ballot.
            return Some(0.0);
        }
        let turn = match record.method.allocation()? {
            AllocationMethod::HighestAverages(divisors) => averages(divisors, &sharers),
            AllocationMethod::LargestRemainder(quota) if quota.rounding() == Rounding::Exact => {
                let base = record.quota_base.as_ref().map(|base| self.all(record.place, float(base)));
                remainders(*quota, record.seats, base, &sharers)?
            }
            _ => return None,
        };
        Some(none_left(&sharers).min(turn))
    }

    /// `None` but for seats placed by divisors, the largest claim first.
    fn placed(&self, record: &PlacedRecord) -> Option<f64> {
        let step = &record.step;
        let Some(AllocationMethod::HighestAverages(divisors)) = &step.method else { return None };
        let plain = step.by.is_none() && step.what == What::New && step.settle.is_none() && step.order == Order::Claims;
        if !plain {
            return None;
        }
        let floats = Floats::new(divisors);
        let (places, pairs, parties) = (self.places(record)?, self.pairs(record), record.seats.len());
        let board: Board<'_, About> =
            Board { places, parties, pair: &|at| pairs[at], divisor: &|seats| floats.at(seats) };
        if step.room == Room::Any {
            return Some(board.turn_by_party());
        }
        let seats = record.seats.iter().map(|&(_, seats)| seats).collect();
        Some(board.turn_in_turn(seats, self.moves(record)?.into_iter()))
    }

    /// The places by whose claims seats were placed.
    pub(super) fn places<A: Arithmetic>(&self, record: &PlacedRecord) -> Option<Vec<Claimed<A>>> {
        let inside = self.session.figures.inside(record.place, record.step.level);
        inside.iter().map(|&place| self.claimed(place, &record.step)).collect()
    }

    /// The parties whose seats were placed, each in every place.
    pub(super) fn pairs<A: Arithmetic>(&self, record: &PlacedRecord) -> Vec<Pair<A>> {
        let inside = self.session.figures.inside(record.place, record.step.level);
        let mut pairs = Vec::with_capacity(record.seats.len() * inside.len());
        for &(party, _) in &record.seats {
            for &place in &inside {
                let placed = record.placed.iter().find(|placed| placed.0 == party && placed.1 == place);
                let (held, placed) = placed.map_or((0, 0), |placed| (placed.2, placed.3));
                let has_votes = self.session.figures.spot(place).votes_of(party) > 0;
                let stands = has_votes || self.inside(place, |other| other == party).next().is_some();
                pairs.push(Pair { votes: self.votes::<A>(place, party), stands, held, placed });
            }
        }
        pairs
    }

    /// Each seat that was placed one by one, as the positions of its party and its place.
    pub(super) fn moves(&self, record: &PlacedRecord) -> Option<Vec<(usize, usize)>> {
        let inside = self.session.figures.inside(record.place, record.step.level);
        let row = |party: PartyId| record.seats.iter().position(|&(own, _)| own == party);
        let at = |place: PlaceId| inside.iter().position(|&own| own == place);
        record.moves.iter().map(|seat| Some((row(seat.party)?, at(seat.place)?))).collect()
    }

    fn claimed<A: Arithmetic>(&self, place: PlaceId, step: &Placement) -> Option<Claimed<A>> {
        let spot = self.session.figures.spot(place);
        let valid = || Some(A::moving(spot.base(Base::Valid).ok()?, self.slope(place, |_| true)));
        let seats = || Some(u128::from(self.session.seats_of(place).ok()?));
        let (times, per) = match step.per {
            Factor::Votes => (1, A::moving(1, 0)),
            Factor::Share => (1, valid()?),
            Factor::Seat => (seats()?, valid()?),
            Factor::Quota => (seats()? + 1, valid()?),
        };
        let room = match &step.room {
            Room::Any => u64::MAX,
            Room::Seats(seats) => *seats,
            Room::Left => self.session.ledger.left(place).unwrap_or(0),
            Room::Named(name) => spot.place.and_then(|place| place.room(name))?,
        };
        Some(Claimed { times: A::fixed(times), per, room, moves: self.inside(place, |_| true).next().is_some() })
    }
}

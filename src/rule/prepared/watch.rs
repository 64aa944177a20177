//! What a plan decides on the way, shown to those who ask how close it was: every comparison, without records.
//!
//! Whoever watches sees the words of [`decision`](crate::rule::decision): where all comparisons are linear in the ballots, runs
//! that show the same decisions have the same seats, and so has every run between them.

use super::claims::Steps;
use super::numbers::Numbers;
use super::placing::{Due, Step};
use super::threshold::Needed;
use crate::method::AllocationMethod;

/// Somebody to whom a run of a plan shows its decisions, in their order.
pub(crate) trait Watch {
    /// Whether anything is to be shown.
    fn looks(&self) -> bool {
        true
    }

    /// A party's votes in a place against what a threshold asks for there.
    fn bar(&mut self, bar: &Bar<'_>);

    /// Whether something is so that no votes move by themselves: seats held, who is admitted after all.
    fn fact(&mut self, holds: bool);

    /// Seats that votes share in a place.
    fn shared(&mut self, shared: &Shared<'_>);

    /// Seats that go to places inside another.
    fn placed(&mut self, placed: &Placed<'_>);
}

/// Two who watch the same run.
pub(crate) struct Both<'w>(pub(crate) &'w mut dyn Watch, pub(crate) &'w mut dyn Watch);

impl Watch for Both<'_> {
    fn bar(&mut self, bar: &Bar<'_>) {
        self.0.bar(bar);
        self.1.bar(bar);
    }

    fn fact(&mut self, holds: bool) {
        self.0.fact(holds);
        self.1.fact(holds);
    }

    fn shared(&mut self, shared: &Shared<'_>) {
        self.0.shared(shared);
        self.1.shared(shared);
    }

    fn placed(&mut self, placed: &Placed<'_>) {
        self.0.placed(placed);
        self.1.placed(placed);
    }
}

/// Nobody, for runs of which the seats alone are asked.
pub(super) struct Nobody;

impl Watch for Nobody {
    fn looks(&self) -> bool {
        false
    }

    fn bar(&mut self, _: &Bar<'_>) {}

    fn fact(&mut self, _: bool) {}

    fn shared(&mut self, _: &Shared<'_>) {}

    fn placed(&mut self, _: &Placed<'_>) {}
}

/// A party's votes in a place, and what a threshold asks for there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bar<'d> {
    pub(super) numbers: &'d Numbers,
    pub(super) needed: Needed,
    pub(crate) place: usize,
    pub(crate) party: usize,
    pub(crate) votes: u64,
    pub(crate) met: bool,
    /// The fewest votes that meet it, where a quota is rounded, so that they move by steps.
    pub(crate) rounded: Option<u64>,
}

impl Bar<'_> {
    /// Both sides of the comparison, in numbers.
    pub(crate) fn sides(&self) -> Sides {
        self.needed.sides(self.place, self.numbers)
    }
}

/// What votes are compared by: votes x `own` against `whole` x `price`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides {
    pub(crate) own: f64,
    pub(crate) whole: u128,
    pub(crate) price: f64,
    /// Whether the whole has all ballots in it that parties have there.
    pub(crate) moves: bool,
}

/// Seats that votes share in a place by one method.
pub(crate) struct Shared<'d> {
    pub(crate) place: usize,
    pub(crate) method: &'d AllocationMethod,
    /// The seats of all.
    pub(crate) house: u64,
    pub(crate) parties: &'d [usize],
    pub(crate) votes: &'d [u64],
    /// Seats at which divisors start; none where nobody has any.
    pub(crate) held: &'d [u64],
    pub(crate) seats: &'d [u64],
}

/// How seats were placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placing {
    /// The largest claim of all first, while there is room.
    InTurn,
    /// Each party by itself.
    ByParty,
    /// Each party by itself, from its first seat on.
    Whole,
}

/// Seats that parties have in a place, put into places inside it.
pub(crate) struct Placed<'d> {
    pub(super) numbers: &'d Numbers,
    pub(super) step: &'d Step,
    pub(super) due: &'d [Due],
    pub(super) inside: &'d [usize],
    /// Seats by party and inner place.
    pub(super) given: &'d [u64],
    pub(super) moves: &'d [(usize, usize)],
    pub(super) room: &'d [u64],
    pub(super) steps: Option<&'d Steps>,
    pub(crate) placing: Placing,
}

impl Placed<'_> {
    /// The parties, with the seats that are to be placed.
    pub(crate) fn parties(&self) -> impl ExactSizeIterator<Item = (usize, u64)> + '_ {
        self.due.iter().map(|due| (due.party, due.seats))
    }

    /// The places inside.
    pub(crate) const fn inside(&self) -> &[usize] {
        self.inside
    }

    /// One seat after the other, by the positions of its party and its place.
    pub(crate) const fn moves(&self) -> &[(usize, usize)] {
        self.moves
    }

    /// The seats that a party gets in a place, both by position.
    pub(crate) fn given(&self, row: usize, at: usize) -> u64 {
        self.given[row * self.inside.len() + at]
    }

    /// The seats that a place can take, by position.
    pub(crate) fn room(&self, at: usize) -> u64 {
        self.room.get(self.inside[at]).copied().unwrap_or(u64::MAX)
    }

    /// The seats that a party held in a place before, and its votes there.
    pub(crate) fn party_in(&self, party: usize, place: usize) -> (u64, u64) {
        (self.numbers.held(place, party), self.numbers.votes(place, party))
    }

    /// What votes in a place are taken times and per; the latter with whether all ballots there are in it.
    pub(crate) fn factor(&self, place: usize) -> (u64, u128, bool) {
        self.step.factor(self.numbers, place).unwrap_or((1, 1, false))
    }

    /// The divisor for the next seat after so many; none where claims are no quotients that these steps divide.
    pub(crate) fn divisor(&self, seats: u64) -> Option<u128> {
        self.steps.map(|steps| steps.at(seats))
    }

    /// The float nearest to that divisor.
    pub(crate) fn about_divisor(&self, seats: u64) -> Option<f64> {
        self.steps.map(|steps| steps.about(seats))
    }
}

//! The nearest turn of a law that runs over numbers: after how many steps the first of its comparisons comes out otherwise.

#![allow(clippy::cast_precision_loss)] // a guess

use alloc::vec::Vec;

use super::board::{Arithmetic, Board, Claimed, Pair};
use super::line::Shift;
use super::meeting::{About, Sharer, Side, averages, none_left, remainders};
use crate::count::{Figures, PlaceId};
use crate::insight::state::State;
use crate::method::{AllocationMethod, Rounding};
use crate::rule::prepared::{Bar, Placed, Placing, Probe, Shared, Watch};

/// The steps, from where the figures stand, until the first comparison turns; `None` where the law over numbers does not say.
pub(super) fn first(probe: &mut Probe, figures: &Figures<'_>, shifts: &[Shift]) -> Option<f64> {
    let mut nearest = Nearest::new(figures, shifts);
    probe.watched(figures, &mut nearest)?;
    nearest.turn
}

/// [`first`] along each of these lines, by one run.
pub(super) fn first_of_each(probe: &mut Probe, figures: &Figures<'_>, lines: &[Vec<Shift>]) -> Vec<Option<f64>> {
    let mut all = Each(lines.iter().map(|shifts| Nearest::new(figures, shifts)).collect());
    match probe.watched(figures, &mut all) {
        Some(()) => all.0.iter().map(|nearest| nearest.turn).collect(),
        None => alloc::vec![None; lines.len()],
    }
}

/// The state where the figures stand, and [`first`], by one run; none where only a whole run can say it.
pub(super) fn state_and_first(
    probe: &mut Probe,
    figures: &Figures<'_>,
    shifts: &[Shift],
    watched: PlaceId,
) -> Option<(State, Option<f64>)> {
    let mut nearest = Nearest::new(figures, shifts);
    let state = State::probed_by(probe, figures, watched, Some(&mut nearest))?;
    Some((state, nearest.turn))
}

/// Who looks for the nearest turn along many lines at once.
struct Each<'n>(Vec<Nearest<'n>>);

impl Watch for Each<'_> {
    fn bar(&mut self, bar: &Bar<'_>) {
        self.0.iter_mut().for_each(|nearest| nearest.bar(bar));
    }

    fn fact(&mut self, _: bool) {}

    fn shared(&mut self, shared: &Shared<'_>) {
        self.0.iter_mut().for_each(|nearest| nearest.shared(shared));
    }

    fn placed(&mut self, placed: &Placed<'_>) {
        self.0.iter_mut().for_each(|nearest| nearest.placed(placed));
    }
}

/// Figures along a line of ballots.
pub(super) struct Along<'c> {
    figures: &'c Figures<'c>,
    shifts: &'c [Shift],
    /// The ballots that a step adds: the place where they count, the party, and how many.
    inside: Vec<(usize, usize, i128)>,
}

impl<'c> Along<'c> {
    pub(super) fn new(figures: &'c Figures<'c>, shifts: &'c [Shift]) -> Self {
        let mut inside = Vec::new();
        for shift in shifts {
            let mut place = Some(shift.place);
            while let Some(at) = place {
                inside.push((at.index(), shift.party.index(), shift.ballots.into()));
                place = figures.counted_in(at);
            }
        }
        Self { figures, shifts, inside }
    }

    fn votes<A: Arithmetic>(&self, place: usize, party: usize, now: u64) -> A::Moving {
        let here = self.inside.iter().filter(|(at, own, _)| (*at, *own) == (place, party));
        A::moving(now.into(), here.map(|(_, _, ballots)| ballots).sum())
    }

    /// A number in which all ballots of a place are, if they are.
    fn all<A: Arithmetic>(&self, place: usize, now: u128, is_moved: bool) -> A::Moving {
        let here = self.inside.iter().filter(|(at, ..)| is_moved && *at == place);
        A::moving(now, here.map(|(_, _, ballots)| ballots).sum())
    }

    /// Whether ballots change in a place.
    fn moves_in(&self, place: usize) -> bool {
        self.inside.iter().any(|(at, ..)| *at == place)
    }

    /// The places by whose claims seats were placed.
    pub(super) fn places<A: Arithmetic>(&self, placed: &Placed<'_>) -> Vec<Claimed<A>> {
        let places = placed.inside().iter().enumerate().map(|(at, &place)| {
            let (times, per, is_moved) = placed.factor(place);
            let moves = self.shifts.iter().any(|shift| self.figures.is_within(shift.place, PlaceId::at(place)));
            let per = self.all::<A>(place, per, is_moved);
            Claimed { times: A::fixed(times.into()), per, room: placed.room(at), moves }
        });
        places.collect()
    }

    /// The pair at a position of a board, of these parties with the seats that they placed.
    pub(super) fn pair<A: Arithmetic>(&self, placed: &Placed<'_>, rows: &[(usize, u64)], position: usize) -> Pair<A> {
        let (row, at) = (position / placed.inside().len(), position % placed.inside().len());
        let (party, place) = (rows[row].0, placed.inside()[at]);
        let (held, votes) = placed.party_in(party, place);
        let stands = votes > 0 || self.inside.iter().any(|(at, own, _)| (*at, *own) == (place, party));
        Pair { votes: self.votes::<A>(place, party, votes), stands, held, placed: placed.given(row, at) }
    }
}

/// Who looks for the nearest turn along a line of ballots.
struct Nearest<'n> {
    along: Along<'n>,
    turn: Option<f64>,
}

impl<'n> Nearest<'n> {
    fn new(figures: &'n Figures<'n>, shifts: &'n [Shift]) -> Self {
        Self { along: Along::new(figures, shifts), turn: Some(f64::INFINITY) }
    }

    fn note(&mut self, turn: f64) {
        self.turn = self.turn.map(|nearest| nearest.min(turn));
    }
}

impl Watch for Nearest<'_> {
    fn bar(&mut self, bar: &Bar<'_>) {
        if bar.rounded.is_none() && self.along.moves_in(bar.place) {
            let own: Side = self.along.votes::<About>(bar.place, bar.party, bar.votes);
            let sides = bar.sides();
            let whole = self.along.all::<About>(bar.place, sides.whole, sides.moves).times(sides.price);
            self.note(own.times(sides.own).less(whole).turn().min(own.turn()));
        }
    }

    fn fact(&mut self, _: bool) {}

    fn shared(&mut self, shared: &Shared<'_>) {
        if !self.along.moves_in(shared.place) {
            return;
        }
        let held = |at: usize| shared.held.get(at).copied().unwrap_or(0);
        let sharer = |(at, &party): (usize, &usize)| Sharer {
            votes: self.along.votes::<About>(shared.place, party, shared.votes[at]),
            held: held(at),
            given: shared.seats[at],
        };
        let sharers: Vec<Sharer> = shared.parties.iter().enumerate().map(sharer).collect();
        if !sharers.iter().any(|sharer| sharer.votes.moves()) {
            return;
        }
        self.note(none_left(&sharers));
        let turn = match shared.method {
            AllocationMethod::HighestAverages(divisors) => Some(averages(divisors, &sharers)),
            AllocationMethod::LargestRemainder(quota) if quota.rounding() == Rounding::Exact => {
                remainders(*quota, shared.house, None, &sharers)
            }
            _ => None,
        };
        match turn {
            Some(turn) => self.note(turn),
            None => self.turn = None,
        }
    }

    fn placed(&mut self, placed: &Placed<'_>) {
        if placed.placing == Placing::Whole {
            self.turn = None;
            return;
        }
        let rows: Vec<(usize, u64)> = placed.parties().collect();
        let pair = |position: usize| self.along.pair::<About>(placed, &rows, position);
        let divisor = |seats: u64| placed.about_divisor(seats).unwrap_or(1.0);
        let places = self.along.places(placed);
        let board: Board<'_, About> = Board { places, parties: rows.len(), pair: &pair, divisor: &divisor };
        let turn = match placed.placing {
            Placing::InTurn => {
                board.turn_in_turn(rows.iter().map(|&(_, seats)| seats).collect(), placed.moves().iter().copied())
            }
            Placing::ByParty | Placing::Whole => board.turn_by_party(),
        };
        self.note(turn);
    }
}

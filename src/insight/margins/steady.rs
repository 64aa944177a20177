//! Steady stretches: for how many steps along a line of ballots no quadratic comparison of a law turns.
//!
//! These are the comparisons of claims by shares of places of which several change. All others are linear: where a law decides
//! alike at two steps of a steady stretch, it decides alike between them.

use alloc::vec::Vec;

use super::board::Board;
use super::line::Shift;
use super::quadratic::Exact;
use super::{nearest, turn};
use crate::count::Figures;
use crate::method::{AllocationMethod, Divisors, Ladder, Linear};
use crate::rule::prepared::{Bar, Placed, Placing, Probe, Shared, Watch};
use crate::rule::session::Session;
use crate::rule::trace::{PlacedRecord, Record};
use crate::rule::{Factor, Order, Room, Rule, What, run};

/// What is known of the steps ahead; `None` where it is not known how the law compares, or where numbers outgrow 128 bits.
pub(super) type Steady = Option<u64>;

/// The steps, up to so many, from where the figures stand; over all ways in which ties go that the law asks about.
pub(super) fn of_law(rule: &Rule, figures: &Figures<'_>, shifts: &[Shift], most: u64) -> Steady {
    let mut steady = Some(most);
    let all = run::each_way(rule, figures, false, &mut |session, _| {
        steady = steady.and_then(|most| of_way(session, shifts, most));
    });
    // Where not every way was followed, nothing is known of the others.
    if all { steady } else { Some(0) }
}

/// The same by a law over numbers; `None` outside where it needs a whole run.
pub(super) fn of_probe(probe: &mut Probe, figures: &Figures<'_>, shifts: &[Shift], most: u64) -> Option<Steady> {
    let mut stretch = Stretch { along: nearest::Along::new(figures, shifts), steady: Some(most) };
    probe.watched(figures, &mut stretch)?;
    Some(stretch.steady)
}

fn of_way(session: &Session<'_>, shifts: &[Shift], most: u64) -> Steady {
    // Of seats that equal claims left without a place there is no record: the next step may decide.
    if !session.ledger.open_placings().is_empty() {
        return Some(0);
    }
    let recorded = turn::Recorded { session, shifts };
    session.trace.records().iter().try_fold(most, |most, record| match record {
        Record::Placed(placed) if placed.step.per != Factor::Votes => of_placed(&recorded, placed, most),
        _ => Some(most),
    })
}

fn of_placed(recorded: &turn::Recorded<'_>, record: &PlacedRecord, most: u64) -> Steady {
    let step = &record.step;
    let Some(AllocationMethod::HighestAverages(divisors)) = &step.method else { return None };
    if step.by.is_some() || step.what != What::New {
        return None;
    }
    let linear = whole(divisors)?;
    let (places, pairs, parties) = (recorded.places(record)?, recorded.pairs(record), record.seats.len());
    let board: Board<'_, Exact> = Board { places, parties, pair: &|at| pairs[at], divisor: &|seats| linear.at(seats) };
    let moves = recorded.moves(record)?.into_iter();
    let seats = record.seats.iter().map(|&(_, seats)| seats).collect();
    match (step.order, &step.room) {
        (Order::Seats, _) => board.steady(most, |board, meet| board.in_order(moves, meet)),
        (Order::Claims, Room::Any) => board.steady(most, |board, meet| board.by_party(meet)),
        (Order::Claims, _) => board.steady(most, |board, meet| board.in_turn(seats, moves, meet)),
    }
}

/// Divisors as whole numbers; none where they are roots, or grow otherwise than by equal steps.
fn whole(divisors: &Divisors) -> Option<Linear> {
    match divisors.ladder() {
        Ladder::Linear(linear) => Some(linear),
        _ => None,
    }
}

/// Who measures a stretch of a law over numbers.
struct Stretch<'s> {
    along: nearest::Along<'s>,
    steady: Steady,
}

impl Watch for Stretch<'_> {
    fn bar(&mut self, _: &Bar<'_>) {}

    fn fact(&mut self, _: bool) {}

    fn shared(&mut self, _: &Shared<'_>) {}

    fn placed(&mut self, placed: &Placed<'_>) {
        let Some(most) = self.steady else { return };
        // Without steps, claims are votes.
        let divisor = |seats: u64| placed.divisor(seats).unwrap_or(1);
        let rows: Vec<(usize, u64)> = placed.parties().collect();
        let pair = |position: usize| self.along.pair::<Exact>(placed, &rows, position);
        let places = self.along.places(placed);
        let board: Board<'_, Exact> = Board { places, parties: rows.len(), pair: &pair, divisor: &divisor };
        let seats = rows.iter().map(|&(_, seats)| seats).collect();
        self.steady = match placed.placing {
            Placing::InTurn => {
                board.steady(most, |board, meet| board.in_turn(seats, placed.moves().iter().copied(), meet))
            }
            Placing::ByParty => board.steady(most, |board, meet| board.by_party(meet)),
            Placing::Whole => Some(most),
        };
    }
}

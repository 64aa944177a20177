//! Calm: how far the ballots of one party can change in a place while a law decides nothing otherwise.
//!
//! Where every comparison is linear in the ballots of a place, the counts there that a law decides alike are a convex set. If h
//! ballots more for one party change nothing, and g fewer for another nothing either, then no k voters who leave the other for
//! the one do while k / h + k / g is at most 1: that count lies between the other two.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::Margins;
use super::line::{Line, Shift};
use crate::count::{PartyId, PlaceId};
use crate::insight::state::State;

/// By place, party and whether ballots are added: how far they can change.
pub(super) struct Calm {
    extents: BTreeMap<(PlaceId, PartyId, bool), Extent>,
}

#[derive(Clone, Copy)]
enum Extent {
    /// As the trace says.
    Guessed(u64),
    /// As a run of the law has shown.
    Known(u64),
}

impl Calm {
    /// What the trace of the count as it is says of these kinds of change, as far as they are of one party's ballots.
    pub(super) fn new(margins: &Margins<'_>, watched: PlaceId, lines: &[Vec<Shift>]) -> Self {
        let alone: Vec<Vec<Shift>> = lines.iter().filter(|shifts| shifts.len() == 1).cloned().collect();
        let (_, turns) = margins.look(&alone, watched);
        let extent = |(shifts, turn): (&Vec<Shift>, Option<u64>)| {
            let Shift { party, place, ballots } = *shifts.first()?;
            Some(((place, party, ballots > 0), Extent::Guessed(turn.unwrap_or(0))))
        };
        Self { extents: alone.iter().zip(turns).filter_map(extent).collect() }
    }

    /// The changes of one party's ballots that may decide something otherwise with the fewest of them.
    pub(super) fn nearest(&self, number: usize) -> Vec<Shift> {
        let guess = |extent: &Extent| match *extent {
            Extent::Guessed(steps) | Extent::Known(steps) => steps,
        };
        let mut all: Vec<_> = self.extents.iter().map(|(key, extent)| (guess(extent), *key)).collect();
        all.sort_unstable();
        let shift = |(_, (place, party, is_more)): (u64, (PlaceId, PartyId, bool))| Shift {
            party,
            place,
            ballots: if is_more { 1 } else { -1 },
        };
        all.into_iter().take(number).map(shift).collect()
    }

    /// Whether up to `most` of these changes are shown to decide nothing otherwise.
    pub(super) fn holds(&mut self, line: &mut Line<'_>, now: &State, shifts: &[Shift], most: u64) -> bool {
        match shifts {
            [one] => self.reach(line, now, *one) >= most,
            [one, other] if one.place == other.place => {
                let first = u128::from(self.reach(line, now, *one));
                let second = if first < most.into() { 0 } else { u128::from(self.reach(line, now, *other)) };
                let whole = first.saturating_mul(second);
                second > 0 && u128::from(most).checked_mul(first + second).is_some_and(|parts| parts <= whole)
            }
            _ => false,
        }
    }

    /// How far the ballots of one party can change, as a run at the end of it shows.
    fn reach(&mut self, line: &mut Line<'_>, now: &State, shift: Shift) -> u64 {
        let Shift { party, place, ballots } = shift;
        let Some(extent) = self.extents.get_mut(&(place, party, ballots > 0)).filter(|_| ballots.unsigned_abs() == 1)
        else {
            return 0;
        };
        if let Extent::Guessed(guess) = *extent {
            let watched = line.watched();
            line.aim(&[shift], watched);
            let steps = guess.min(line.most());
            let alike = steps > 0 && line.state(steps) == *now;
            *extent = Extent::Known(if alike { steps } else { 0 });
        }
        match *extent {
            Extent::Known(steps) | Extent::Guessed(steps) => steps,
        }
    }
}

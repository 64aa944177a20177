//! Lines: ballots that change in proportion, and the walk along them from state to state.

use alloc::vec::Vec;

use super::proof;
use crate::count::{Figures, PartyId, PlaceId};
use crate::error::Error;
use crate::insight::state::State;
use crate::rule::Rule;

/// Ballots that change at each step: so many more for a party in a place, or fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) party: PartyId,
    pub(super) place: PlaceId,
    pub(super) ballots: i64,
}

/// Figures that move along a line of ballots.
pub(super) struct Line<'a> {
    rule: &'a Rule,
    pub(super) figures: Figures<'a>,
    shifts: Vec<Shift>,
    /// The place whose seats are asked about.
    watched: PlaceId,
    /// The steps that the figures stand away from what was counted.
    at: u64,
    runs: u64,
    most_runs: u64,
}

/// Where a walk found what it looked for.
#[derive(Debug)]
pub(super) struct Found {
    /// The steps.
    pub(super) steps: u64,
    /// Why fewer may do it; nothing where that is ruled out.
    pub(super) doubt: Option<&'static str>,
}

/// States after which values of rounded quotas are passed over, and states are taken for intervals.
const QUOTAS: u32 = 1_000;

impl<'a> Line<'a> {
    pub(super) const fn new(rule: &'a Rule, figures: Figures<'a>, most_runs: u64) -> Self {
        Self { rule, figures, shifts: Vec::new(), watched: PlaceId::NATION, at: 0, runs: 0, most_runs }
    }

    /// Turns to other ballots and the seats of another place.
    pub(super) fn turn(&mut self, shifts: &[Shift], watched: PlaceId) {
        self.go_to(0);
        self.runs = 0;
        self.shifts.clear();
        self.shifts.extend_from_slice(shifts);
        self.watched = watched;
    }

    /// Changes the ballots so many times.
    pub(super) fn go_to(&mut self, steps: u64) {
        let times = i128::from(steps) - i128::from(self.at);
        for shift in &self.shifts {
            self.figures.alter(shift.place, shift.party, times * i128::from(shift.ballots));
        }
        self.at = steps;
    }

    /// The state after so many steps.
    pub(super) fn state(&mut self, steps: u64) -> State {
        self.go_to(steps);
        self.runs += 1;
        State::of(self.rule, &self.figures, self.watched)
    }

    /// The most steps that there are ballots for, and that keep every party at or below 2^64 - 1 votes.
    pub(super) fn most(&mut self) -> u64 {
        self.go_to(0);
        let most = self.shifts.iter().map(|shift| {
            let room = if shift.ballots < 0 { self.removable(shift) } else { self.room(shift) };
            room / shift.ballots.unsigned_abs().max(1)
        });
        most.min().unwrap_or(0)
    }

    /// The ballots of a party in a place that can go: where ballots move on, those that rank nobody after it.
    fn removable(&self, shift: &Shift) -> u64 {
        let spot = self.figures.spot(shift.place);
        let votes = spot.votes_of(shift.party);
        if !self.rule.tiers().iter().any(|tier| tier.spare_votes) {
            return votes;
        }
        let ranked = spot.position(shift.party).map_or(0, |at| spot.tally.ranked(at));
        u64::try_from(u128::from(votes).saturating_sub(ranked)).unwrap_or(0)
    }

    /// The ballots that a party can still get in a place and all around it.
    fn room(&self, shift: &Shift) -> u64 {
        let mut place = shift.place;
        let mut room = u64::MAX;
        loop {
            room = room.min(u64::MAX - self.figures.spot(place).votes_of(shift.party));
            match self.figures.counted_in(place) {
                Some(outer) => place = outer,
                None => return room,
            }
        }
    }

    /// The fewest steps, from 1 to `most`, whose state is wanted.
    ///
    /// Walks from state to state; each ends where halving finds that it ends, as it holds on an interval. Where `most` is a bound
    /// that something else has set, one look there usually shows that there is nothing.
    pub(super) fn first(
        &mut self,
        now: &State,
        most: u64,
        is_bound: bool,
        wanted: impl Fn(&State) -> bool,
    ) -> Result<Option<Found>, Error> {
        let mut doubt = proof::doubt(self.rule, &self.figures, &self.shifts);
        let mut at = 0;
        let mut state = now.clone();
        let votes = self.shifts.first().map_or(0, |shift| self.figures.spot(shift.place).votes_of(shift.party));
        let mut hint = if is_bound { most } else { votes / 16 };
        let mut states = 0;
        loop {
            // A state that is not known to hold on an interval is left one step at a time.
            let alike = |other: &State| {
                if states < QUOTAS { state.is_whole && *other == state } else { other.equal_but_for_quotas(&state) }
            };
            let end = self.last(at, most, hint, alike)?;
            if end >= most {
                return Ok(None);
            }
            hint = if state.is_whole { end - at } else { 1 };
            at = end + 1;
            state = self.state(at);
            if !state.is_complete {
                doubt = doubt.or(Some("not every way in which ties end was followed"));
            }
            if wanted(&state) {
                return Ok(Some(Found { steps: at, doubt }));
            }
            states += 1;
            if states == QUOTAS {
                doubt = doubt.or(Some("the law decides too many things on the way there, as rounded quotas do"));
            }
        }
    }

    /// The last of `from..=most` up to which states are alike, given that they are at `from`; they must not be so again.
    fn last(&mut self, from: u64, most: u64, hint: u64, alike: impl Fn(&State) -> bool) -> Result<u64, Error> {
        let (mut low, mut step) = (from, hint.max(1));
        let mut high = None;
        // The step grows while states are alike, then what is left is halved.
        while low < most && high.is_none() {
            let next = low.saturating_add(step).min(most);
            if alike(&self.limited(next, from)?) {
                low = next;
                step = step.saturating_mul(4);
            } else {
                high = Some(next);
            }
        }
        let mut high = high.unwrap_or(low);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if alike(&self.limited(middle, from)?) { low = middle } else { high = middle }
        }
        Ok(low)
    }

    /// The state after so many steps, as long as the search may go on.
    fn limited(&mut self, steps: u64, known: u64) -> Result<State, Error> {
        if self.runs >= self.most_runs {
            return Err(Error::SearchEnded { what: "this margin", runs: self.runs, up_to: known });
        }
        Ok(self.state(steps))
    }
}

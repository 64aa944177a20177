//! Lines: ballots that change in proportion, and the walk along them from state to state.

use alloc::vec::Vec;

use super::{nearest, proof, steady, turn};
use crate::count::{Figures, PartyId, PlaceId};
use crate::error::Error;
use crate::insight::state::State;
use crate::rule::Rule;
use crate::rule::prepared::Probe;

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
    /// The law over numbers, which says the same of most states in a fraction of the time.
    probe: Option<Probe>,
    shifts: Vec<Shift>,
    /// The place whose seats are asked about.
    watched: PlaceId,
    /// The steps that the figures stand away from what was counted.
    at: u64,
    runs: u64,
    most_runs: u64,
}

/// About how many steps along a line are alike, by the trace of the count as it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    /// Nobody has looked.
    Unknown,
    /// So many, where the trace says.
    Known(Option<u64>),
}

/// What a law makes of so many steps.
struct Look {
    steps: u64,
    state: State,
    /// About how many more steps are alike.
    turn: Turn,
}

/// Where a walk found what it looked for.
#[derive(Debug)]
pub(super) struct Found {
    /// The steps.
    pub(super) steps: u64,
    /// What the law makes of them.
    pub(super) state: State,
    /// Why fewer may do it; nothing where that is ruled out.
    pub(super) doubt: Option<&'static str>,
}

/// States after which values of rounded quotas are passed over, and states are taken for intervals.
const QUOTAS: u32 = 1_000;

impl<'a> Line<'a> {
    pub(super) const fn new(rule: &'a Rule, figures: Figures<'a>, probe: Option<Probe>, most_runs: u64) -> Self {
        Self { rule, figures, probe, shifts: Vec::new(), watched: PlaceId::NATION, at: 0, runs: 0, most_runs }
    }

    /// Goes to other ballots and the seats of another place.
    pub(super) fn aim(&mut self, shifts: &[Shift], watched: PlaceId) {
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

    /// The place whose seats are asked about.
    pub(super) const fn watched(&self) -> PlaceId {
        self.watched
    }

    /// The state after so many steps.
    pub(super) fn state(&mut self, steps: u64) -> State {
        self.go_to(steps);
        self.runs += 1;
        let probed = self.probe.as_mut().and_then(|probe| State::probed(probe, &self.figures, self.watched));
        probed.unwrap_or_else(|| State::of(self.rule, &self.figures, self.watched))
    }

    /// What the law over numbers makes of the figures where they stand, and where it turns next if that is asked for; none where
    /// it cannot say it.
    fn probed(&mut self, is_turn_asked: bool) -> Option<(State, Turn)> {
        let probe = self.probe.as_mut()?;
        if !is_turn_asked {
            return Some((State::probed(probe, &self.figures, self.watched)?, Turn::Unknown));
        }
        let (state, turn) = nearest::state_and_first(probe, &self.figures, &self.shifts, self.watched)?;
        Some((state, Turn::Known(turn.map(whole))))
    }

    /// What the law makes of so many steps; where it turns next is found in the same run if that will be asked for.
    fn look(&mut self, steps: u64, is_turn_asked: bool) -> Look {
        self.go_to(steps);
        self.runs += 1;
        if let Some((state, turn)) = self.probed(is_turn_asked) {
            return Look { steps, state, turn };
        }
        let (mut turn, mut ways) = (None, 0);
        let state = State::shown(self.rule, &self.figures, self.watched, &mut |session| {
            ways += 1;
            // Several ways are those of a tie, which the next ballot decides.
            turn = if ways == 1 { turn::first(session, &self.shifts) } else { Some(0.0) };
        });
        Look { steps, state, turn: Turn::Known(turn.map(whole)) }
    }

    /// About how many steps beyond a look are alike, where the law says.
    fn turn(&mut self, look: &Look) -> Option<u64> {
        if let Turn::Known(turn) = look.turn {
            return turn;
        }
        self.go_to(look.steps);
        let probe = self.probe.as_mut()?;
        nearest::first(probe, &self.figures, &self.shifts).map(whole)
    }

    /// The last step, up to `most`, before which equal decisions at both ends are those of the steps between them too; none
    /// where that is not known.
    fn steady(&mut self, from: u64, most: u64) -> Option<u64> {
        self.go_to(from);
        self.runs += 1;
        let (figures, shifts, ahead) = (&self.figures, &self.shifts, most.saturating_sub(from));
        let probed = self.probe.as_mut().and_then(|probe| steady::of_probe(probe, figures, shifts, ahead));
        let steps = probed.unwrap_or_else(|| steady::of_law(self.rule, figures, shifts, ahead))?;
        Some(from.saturating_add(steps))
    }

    /// The most steps that there are ballots for, and that keep every party at or below 2^64 - 1 votes.
    pub(super) fn most(&mut self) -> u64 {
        self.go_to(0);
        let most = self.shifts.iter().map(|shift| match shift.ballots < 0 {
            true => self.removable(shift) / shift.ballots.unsigned_abs(),
            false => self.room(shift),
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

    /// The steps for which a party can get ballots in a place and all around it, those of other places inside among them.
    fn room(&self, shift: &Shift) -> u64 {
        let mut place = shift.place;
        let mut room = u64::MAX;
        loop {
            let here = self
                .shifts
                .iter()
                .filter(|other| other.party == shift.party && self.figures.counts(place, other.place));
            let more: i128 = here.map(|other| i128::from(other.ballots)).sum();
            let left = u64::MAX - self.figures.spot(place).votes_of(shift.party);
            room =
                u64::try_from(more).ok().and_then(|more| left.checked_div(more)).map_or(room, |steps| room.min(steps));
            match self.figures.counted_in(place) {
                Some(outer) => place = outer,
                None => return room,
            }
        }
    }

    /// The fewest steps, from 1 to `most`, whose state is wanted.
    ///
    /// Walks from state to state; each ends where runs at both sides show that it does, as it holds on an interval. Where to
    /// look the trace says. Where `most` is a bound that something else has set, one look there usually shows that there is nothing.
    pub(super) fn first(
        &mut self,
        (now, turn): (&State, Turn),
        most: u64,
        is_bound: bool,
        wanted: impl Fn(&State) -> bool,
    ) -> Result<Option<Found>, Error> {
        let mut doubt = proof::doubt(self.rule);
        let is_quadratic = proof::is_quadratic(self.rule, &self.figures, &self.shifts);
        if is_bound && !is_quadratic && now.is_whole && self.state(most) == *now {
            return Ok(None);
        }
        let votes = self.shifts.first().map_or(0, |shift| self.figures.spot(shift.place).votes_of(shift.party));
        let mut stride = votes / 16;
        let mut here = match turn {
            Turn::Known(turn) => {
                // The look that was made for all lines at once counts for each.
                self.runs += 1;
                Look { steps: 0, state: now.clone(), turn: Turn::Known(turn) }
            }
            // The law over numbers has shown the state, and says where it turns once it is asked.
            Turn::Unknown if now.is_probed && self.probe.is_some() => {
                self.runs += 1;
                Look { steps: 0, state: now.clone(), turn: Turn::Unknown }
            }
            Turn::Unknown => self.look(0, true),
        };
        let mut states = 0;
        loop {
            // A state that is not known to hold on an interval is left one step at a time.
            let known = &here.state;
            let alike = |other: &State| {
                if states < QUOTAS { known.is_whole && other == known } else { other.equal_but_for_quotas(known) }
            };
            let guess = if known.is_whole { self.turn(&here) } else { Some(0) };
            let end = match is_quadratic && known.is_whole && states < QUOTAS {
                true => self.steady(here.steps, most),
                false => Some(most),
            };
            doubt = doubt.or(end.is_none().then_some(proof::SHARES));
            let ends = (end.unwrap_or(most), most);
            let Some(next) = self.leave(here.steps, ends, (guess, stride), alike)? else { return Ok(None) };
            stride = next.steps - here.steps;
            here = next;
            if !here.state.is_complete {
                doubt = doubt.or(Some("not every way in which ties end was followed"));
            }
            if wanted(&here.state) {
                return Ok(Some(Found { steps: here.steps, state: here.state, doubt }));
            }
            states += 1;
            if states == QUOTAS {
                doubt = doubt.or(Some("the law decides too many things on the way there, as rounded quotas do"));
            }
        }
    }

    /// The first of `from + 1..=end` whose state is not alike, given that the state at `from` is, and that states are not so
    /// again up to `end`: first looks a guessed number of steps ahead, or without one so many. Where all are alike, the step
    /// after `end` if there is one up to `most`: what comes there is not known.
    fn leave(
        &mut self,
        from: u64,
        (end, most): (u64, u64),
        (guess, stride): (Option<u64>, u64),
        alike: impl Fn(&State) -> bool,
    ) -> Result<Option<Look>, Error> {
        let beyond = |line: &mut Self| match end < most {
            true => line.limited(end + 1, end, false).map(Some),
            false => Ok(None),
        };
        if from >= end {
            return beyond(self);
        }
        let (mut low, mut high): (u64, Option<Look>) = (from, None);
        let mut next = from.saturating_add(guess.unwrap_or(stride).max(1)).min(end);
        let mut step = if guess.is_some() { 1 } else { next - from };
        loop {
            // What lies beyond the guess is mostly the state that the walk goes on from.
            let is_beyond = guess.is_some_and(|guess| next - from > guess);
            let look = self.limited(next, from, is_beyond)?;
            if alike(&look.state) {
                low = next
            } else {
                high = Some(look)
            }
            next = match &high {
                Some(high) if high.steps - low == 1 => break,
                None if low == end => return beyond(self),
                // The step grows until the end lies between, then what is left is halved.
                None => low.saturating_add(step).min(end),
                Some(high) if low == from && guess.is_some() && step < high.steps - low => high.steps - step,
                Some(high) => low + (high.steps - low) / 2,
            };
            step = step.saturating_mul(4);
        }
        Ok(high)
    }

    /// What the law makes of so many steps, as long as the search may go on.
    fn limited(&mut self, steps: u64, known: u64, is_turn_asked: bool) -> Result<Look, Error> {
        if self.runs >= self.most_runs {
            return Err(Error::SearchEnded { what: "this margin", runs: self.runs, up_to: known });
        }
        Ok(self.look(steps, is_turn_asked))
    }
}

/// The last whole step before a turn.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // no less than zero, and cut at 2^64 - 1
pub(super) fn whole(turn: f64) -> u64 {
    // A turn at a whole step may be off by a rounding: the step before it is where to look.
    (libm::ceil(turn - turn * 1e-9 - 1e-6) as u64).saturating_sub(1)
}

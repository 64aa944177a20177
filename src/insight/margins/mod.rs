//! How close it was: the fewest votes that would have changed the result.

mod allied;
mod board;
mod calm;
mod line;
mod margin;
mod meeting;
mod nearest;
mod proof;
mod quadratic;
mod question;
mod steady;
mod table;
mod turn;

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::count::{CountRef, Figures, PartyId, PlaceId};
use crate::error::Error;
use crate::outcome::Outcome;
use crate::rule::prepared::Probe;
use crate::rule::{Rule, run};

use margin::Moved;
pub use margin::{Ballots, Change, Margin};
pub use question::Question;
pub use table::MarginTable;

use super::state::State;
use line::{Found, Line, Shift, Turn};
use question::{Goal, Reach};

/// Runs of the law after which one search ends.
const MOST_RUNS: u64 = 200_000;

/// The fewest votes that would have changed a result, for every law.
///
/// A vote *more* is one more ballot cast, a vote *fewer* one ballot less cast, and a voter who *switches* leaves one party
/// for another; shares of bases move with them: a bigger total may push another party under the threshold. Registered
/// voters stay as many as they are. In several places, ballots change in one of them, which [`Question::at`] names; without
/// it the answer is the nearest of all places. Where ranked ballots move on, those that change rank one party alone.
///
/// A seat is *won* once it is certain, and *lost* once no tie can bring it back; [`Question::or_tie`] asks for the tie itself.
/// Tie-breaks of the rule apply.
///
/// # What is proven
/// The search walks through the states of the law: all that it decided on the way. Where each decision compares two sides
/// that are linear in the ballots, a state holds on an interval, whose end halving finds, and no smaller number does it:
/// [`Margin::is_proven`]. That is so for thresholds, quotas, remainders, divisors, stages, alliances, bonuses, caps, majorities,
/// top-up seats and placing by divisors. Where seats are placed by shares of places of which several change, comparisons are
/// quadratic: the first step at which one of them turns is found in whole numbers, so that such a margin is proven too.
/// Otherwise the number does it, but a smaller one may, and [`Margin::doubt`] says why: methods of one's own, the quota method,
/// houses that grow to level overhang out, fragments and unused votes, placing by quotas, placing by shares of several places
/// whose divisors are roots or whose numbers outgrow 128 bits, and rounded quotas of more than 1,000 values on the way.
/// [`Margins::doubt`] says it of a law.
///
/// # Examples
/// ```
/// use apportion::insight::Margins;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 530), ("B", 401), ("C", 69)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse()?));
/// let margins = Margins::new(&rule, &tally)?;
/// // 70 of 1,001 votes are below 7%, 71 of 1,002 are not; of 1,000 that stay as many, 70 do.
/// assert_eq!(margins.gain("C").fewest()?.unwrap().votes(), 2);
/// let switch = margins.switch("B", "C").fewest()?.unwrap();
/// assert_eq!(switch.to_string(), "1 vote from B to C: C +1, A -1; C comes in");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Margins<'a> {
    rule: &'a Rule,
    figures: Figures<'a>,
    now: Outcome,
    /// The law over numbers, if it shows all that it decides.
    probe: Option<Probe>,
    most_runs: u64,
}

impl<'a> Margins<'a> {
    /// The margins of what a rule makes of a tally, or of a count of many places.
    ///
    /// # Errors
    /// Those of [`Rule::apply`].
    pub fn new(rule: &'a Rule, count: impl Into<CountRef<'a>>) -> Result<Self, Error> {
        let figures = Figures::new(count.into())?;
        let now = run::apply_to(rule, &figures)?;
        let probe = Probe::new(rule, &figures).filter(Probe::is_shown);
        Ok(Self { rule, figures, now, probe, most_runs: MOST_RUNS })
    }

    /// Ends each search after so many runs of the law, 200,000 if this is not said.
    #[must_use]
    pub fn with_most_runs(self, most_runs: u64) -> Self {
        Self { most_runs, ..self }
    }

    /// Why margins of this law, ballots changing in one place, are not proven to be the fewest; nothing where they are. Where
    /// there is such a doubt, "no number does it" is not proven either.
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::Margins;
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 530), ("B", 401)])?;
    /// assert_eq!(Margins::new(&Rule::new(AllocationMethod::HARE, 10), &tally)?.doubt(), None);
    /// let quota_method = Rule::new(AllocationMethod::BalinskiYoung, 10);
    /// assert!(Margins::new(&quota_method, &tally)?.doubt().is_some());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn doubt(&self) -> Option<&'static str> {
        proof::doubt(self.rule)
    }

    /// What the rule makes of the count as it is.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.now
    }

    /// How many votes more win a party one more seat.
    pub fn gain(&self, party: &str) -> Question<'_, 'a> {
        Question::gain(self, party)
    }

    /// How many votes fewer cost a party one of its certain seats.
    pub fn loss(&self, party: &str) -> Question<'_, 'a> {
        Question::loss(self, party)
    }

    /// How many voters change the result by leaving `from` for `to`.
    pub fn switch(&self, from: &str, to: &str) -> Question<'_, 'a> {
        Question::switch(self, from, to)
    }

    /// How few voters change the result by leaving a list for another of its alliance; no number does it where none stand together.
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::Margins;
    /// use apportion::{Alliance, AllocationMethod, Count, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 420), ("B", 310), ("C", 270)])?;
    /// let count = Count::from(tally).with_alliances([Alliance::new(["B", "C"])]);
    /// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    /// let margin = Margins::new(&rule, &count)?.allied().fewest()?.unwrap();
    /// assert_eq!(margin.to_string(), "21 votes from B to C: C +1, B -1");
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub const fn allied(&self) -> Question<'_, 'a> {
        Question::allied(self)
    }

    /// How few ballots of any kind change the result: votes more for one party, votes fewer of one, or voters who switch.
    pub fn change(&self) -> Question<'_, 'a> {
        Question::change(self)
    }

    /// The smallest change of any kind that makes a seat change hands; `None` if nothing does.
    ///
    /// # Errors
    /// As [`Question::fewest`].
    pub fn closest(&self) -> Result<Option<Margin>, Error> {
        self.change().fewest()
    }

    /// For every place, how few more votes there bring a party a seat of that place: who is the first refused, and who would
    /// lose the last seat; the closest first.
    ///
    /// # Errors
    /// As [`Question::fewest`].
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::Margins;
    /// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
    ///
    /// let count = Count::of_places([
    ///     Place::district("North", Tally::from_votes([("A", 500), ("B", 300)])?).with_seats(3),
    ///     Place::district("South", Tally::from_votes([("A", 200), ("B", 390)])?).with_seats(3),
    /// ])?;
    /// let rule = Rule::new(AllocationMethod::D_HONDT, 6);
    /// let last = Margins::new(&rule, &count)?.last_seats()?;
    /// assert_eq!(last[0].to_string(), "191 votes more for A in South: A +1, B -1");
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn last_seats(&self) -> Result<Vec<Margin>, Error> {
        let mut line = self.line();
        let mut all = Vec::new();
        for place in self.places() {
            let watched = if self.figures.has_districts() { place } else { PlaceId::NATION };
            let parties = &self.figures.spot(place).parties;
            let lines: Vec<Vec<Shift>> =
                parties.iter().map(|&party| alloc::vec![Shift { party, place, ballots: 1 }]).collect();
            let (now, turns) = self.look(&lines, watched);
            let mut nearest: Option<(&[Shift], Found)> = None;
            for ((&party, shifts), turn) in parties.iter().zip(&lines).zip(turns) {
                let goal = Goal { kind: question::Kind::Gain(party), reach: Reach::Seat };
                let below = nearest.as_ref().map(|(_, found)| found.steps);
                let search = Search { shifts, watched, goal, below, turn: Turn::Known(turn) };
                nearest = self.search(&mut line, &now, &search)?.map(|found| (&shifts[..], found)).or(nearest);
            }
            all.extend(nearest.map(|(shifts, found)| self.margin(&mut line, (shifts, watched), &now, &found)));
        }
        all.sort_by_key(Margin::votes);
        Ok(all)
    }

    /// The places in which ballots are counted.
    fn places(&self) -> Vec<PlaceId> {
        let places = (0..self.figures.spots().len()).map(PlaceId::at);
        places.filter(|&place| self.figures.counts_itself(place)).collect()
    }

    fn line(&self) -> Line<'a> {
        Line::new(self.rule, self.figures.clone(), self.probe.clone(), self.most_runs)
    }

    /// The state of the count as it is, with the seats of a place.
    fn state(&self, watched: PlaceId) -> State {
        self.probed(watched).map_or_else(|| State::of(self.rule, &self.figures, watched), |(state, _)| state)
    }

    /// The state of the count as it is by the law over numbers, if it can say it, and that law after the run.
    fn probed(&self, watched: PlaceId) -> Option<(State, Probe)> {
        let mut probe = self.probe.clone()?;
        State::probed(&mut probe, &self.figures, watched).map(|state| (state, probe))
    }

    /// The state of the count as it is, and where its trace says that each of these lines turns first.
    fn look(&self, lines: &[Vec<Shift>], watched: PlaceId) -> (State, Vec<Option<u64>>) {
        if let Some((state, mut probe)) = self.probed(watched) {
            let turns = nearest::first_of_each(&mut probe, &self.figures, lines);
            return (state, turns.into_iter().map(|turn| turn.map(line::whole)).collect());
        }
        let (mut turns, mut ways) = (alloc::vec![Some(0); lines.len()], 0);
        let state = State::shown(self.rule, &self.figures, watched, &mut |session| {
            ways += 1;
            for (turn, shifts) in turns.iter_mut().zip(lines) {
                // Several ways are those of a tie, which the next ballot decides.
                *turn = if ways == 1 { turn::first(session, shifts).map(line::whole) } else { Some(0) };
            }
        });
        (state, turns)
    }

    /// The fewest steps along a line that reach a goal.
    fn search(&self, line: &mut Line<'a>, now: &State, search: &Search<'_>) -> Result<Option<Found>, Error> {
        line.aim(search.shifts, search.watched);
        let most = line.most();
        let most = search.below.map_or(most, |below| most.min(below.saturating_sub(1)));
        let wanted = |then: &State| search.goal.is_reached(now, then);
        line.first((now, search.turn), most, search.below.is_some(), wanted)
    }

    /// All that what was found along a line does.
    fn margin(
        &self,
        line: &mut Line<'a>,
        (shifts, watched): (&[Shift], PlaceId),
        now: &State,
        found: &Found,
    ) -> Margin {
        line.aim(shifts, watched);
        line.go_to(found.steps);
        let then = run::apply_to(self.rule, &line.figures);
        let seats = Moved::between(&self.figures, watched, now, &found.state);
        Margin::new(self.named(shifts), found, seats, (&self.now, then))
    }

    /// Ballots that change, with names.
    fn named(&self, shifts: &[Shift]) -> Change {
        let several = self.figures.has_districts();
        let ballots = |shift: &Shift| Ballots {
            party: self.figures.name(shift.party).to_string(),
            place: several.then(|| self.figures.spot(shift.place).title()),
            number: shift.ballots,
        };
        Change { ballots: shifts.iter().map(ballots).collect() }
    }

    /// The party of this name.
    fn party(&self, name: &str) -> Result<PartyId, Error> {
        let unknown = || Error::UnknownParty { name: name.to_string(), place: "the question" };
        self.figures.party_named(name).ok_or_else(unknown)
    }
}

/// One line of ballots, and what is looked for along it.
struct Search<'s> {
    shifts: &'s [Shift],
    /// The place whose seats are asked about.
    watched: PlaceId,
    goal: Goal,
    /// A number of steps that is known to do it: only fewer are of interest.
    below: Option<u64>,
    turn: Turn,
}

//! Questions: which ballots change, where, and what they are to bring about.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::calm::Calm;
use super::line::{Found, Line, Shift, Turn};
use super::{Margin, Margins, Search, allied};
use crate::count::{PartyId, PlaceId};
use crate::error::Error;
use crate::insight::state::State;

/// Changes of one party's ballots that are looked into first.
const SCOUTS: usize = 8;

/// A question about how few ballots do something; [`fewest`](Self::fewest) answers it.
///
/// # Examples
/// ```
/// use apportion::insight::Margins;
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 500), ("B", 290)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 200), ("B", 390)])?).with_seats(3),
/// ])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 6);
/// let margins = Margins::new(&rule, &count)?;
/// // A has 2 of 3 seats in the north; its third needs more than three times B's 290.
/// assert_eq!(margins.gain("A").at("North").fewest()?.unwrap().votes(), 371);
/// assert_eq!(margins.gain("A").at("North").or_tie().fewest()?.unwrap().votes(), 370);
/// // The nearest of all places.
/// assert_eq!(margins.gain("A").fewest()?.unwrap().place(), Some("South"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`fewest` answers the question"]
pub struct Question<'m, 'a> {
    margins: &'m Margins<'a>,
    ballots: Which,
    places: Where,
    seats_in: Option<String>,
    reach: Reach,
}

/// The ballots that change at one step, by party.
type Step = Vec<(PartyId, i64)>;

/// Which ballots change.
#[derive(Clone, Debug)]
enum Which {
    More(String),
    Fewer(String),
    Switch(String, String),
    /// From a list to another of its alliance.
    Allied,
    Any,
}

impl Which {
    /// Whether it stands for many kinds, of which some do without others: those of parties that do not stand are left out.
    const fn is_of_many(&self) -> bool {
        matches!(self, Self::Allied | Self::Any)
    }
}

/// Where ballots change.
#[derive(Clone, Debug)]
enum Where {
    Nearest,
    At(String),
    Between(String, String),
    Spread(Vec<(String, u32)>),
}

/// How far a seat has to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It is won or lost, whichever way ties go.
    Seat,
    /// A tie for it is enough.
    Tie,
}

/// What is to happen to whose seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gain(PartyId),
    Loss(PartyId),
    Change,
}

/// What ballots are to bring about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Goal {
    pub(super) kind: Kind,
    pub(super) reach: Reach,
}

impl Goal {
    /// Whether it is brought about.
    pub(super) fn is_reached(self, now: &State, then: &State) -> bool {
        match (self.kind, self.reach) {
            (Kind::Gain(party), Reach::Seat) => then.certain(party) > now.certain(party),
            (Kind::Gain(party), Reach::Tie) => {
                then.certain(party) > now.certain(party) || then.possible(party) > now.possible(party)
            }
            (Kind::Loss(party), Reach::Seat) => then.possible(party) < now.certain(party),
            (Kind::Loss(party), Reach::Tie) => then.certain(party) < now.certain(party),
            (Kind::Change, Reach::Seat) => then.moves_a_seat_of(now),
            (Kind::Change, Reach::Tie) => then.seats != now.seats,
        }
    }
}

impl<'m, 'a> Question<'m, 'a> {
    const fn new(margins: &'m Margins<'a>, ballots: Which) -> Self {
        Self { margins, ballots, places: Where::Nearest, seats_in: None, reach: Reach::Seat }
    }

    pub(super) fn gain(margins: &'m Margins<'a>, party: &str) -> Self {
        Self::new(margins, Which::More(party.to_string()))
    }

    pub(super) fn loss(margins: &'m Margins<'a>, party: &str) -> Self {
        Self::new(margins, Which::Fewer(party.to_string()))
    }

    pub(super) fn switch(margins: &'m Margins<'a>, from: &str, to: &str) -> Self {
        Self::new(margins, Which::Switch(from.to_string(), to.to_string()))
    }

    pub(super) const fn allied(margins: &'m Margins<'a>) -> Self {
        Self::new(margins, Which::Allied)
    }

    pub(super) const fn change(margins: &'m Margins<'a>) -> Self {
        Self::new(margins, Which::Any)
    }

    /// Ballots change in this place; the nation, where it counts ballots of its own, has the empty name.
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { places: Where::At(place.into()), ..self }
    }

    /// Voters leave their party in one place and choose the other in another place: those who switch alone, so that no number of
    /// votes more or fewer for one party does anything.
    pub fn between(self, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { places: Where::Between(from.into(), to.into()), ..self }
    }

    /// Ballots change in several places at once: at each step as many in each as it says here.
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::Margins;
    /// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Threshold};
    ///
    /// let count = Count::of_places([
    ///     Place::district("North", Tally::from_votes([("A", 940), ("B", 60)])?).with_seats(10),
    ///     Place::district("South", Tally::from_votes([("A", 962), ("B", 38)])?).with_seats(10),
    /// ])?;
    /// let rule = Rule::new(AllocationMethod::HARE, 20).threshold(Threshold::share("5%".parse()?).at(Level::Nation));
    /// let margins = Margins::new(&rule, &count)?;
    /// let gain = margins.gain("B").spread([("North", 2), ("South", 1)]).fewest()?.unwrap();
    /// assert_eq!(gain.votes(), 3); // 101 of 2,003
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn spread<P: Into<String>>(self, places: impl IntoIterator<Item = (P, u32)>) -> Self {
        let places = places.into_iter().map(|(place, ballots)| (place.into(), ballots)).collect();
        Self { places: Where::Spread(places), ..self }
    }

    /// Asks about the seats that are held in this place, and not in the nation.
    ///
    /// A seat of which a tie leaves open in which place it is may be won, and may be lost, in each of them.
    pub fn seats_in(self, place: impl Into<String>) -> Self {
        Self { seats_in: Some(place.into()), ..self }
    }

    /// Is content with a tie for a seat: one more that may be won, or one that may be lost.
    pub const fn or_tie(mut self) -> Self {
        self.reach = Reach::Tie;
        self
    }

    /// The fewest voters who do it; `None` if no number does. Of equal ones, votes more come before votes fewer, these before
    /// voters who switch, and places in the order of the count.
    ///
    /// # Errors
    /// - [`Error::UnknownParty`] for a party that is not in the count, or does not stand in the place.
    /// - [`Error::UnknownPlace`] for a place that is not in the count, or whose ballots are those of its districts.
    /// - [`Error::RepeatedParty`] for a switch from one party to itself.
    /// - [`Error::SearchEnded`] for a law that takes more runs than there may be.
    pub fn fewest(&self) -> Result<Option<Margin>, Error> {
        let watched = self.seats_in.as_ref().map_or(Ok(PlaceId::NATION), |name| self.place(name))?;
        let goal = self.goal()?;
        let mut line = self.margins.line();
        if let Which::Any = self.ballots {
            return self.fewest_of_any(watched, goal, &self.margins.state(watched), &mut line);
        }
        let lines = self.lines()?;
        let (now, turns) = self.margins.look(&lines, watched);
        // No ballot fewer costs a party a seat that it does not have.
        if matches!(goal.kind, Kind::Loss(party) if now.certain(party) == 0) {
            return Ok(None);
        }
        // Where something turns soon comes first, so that most others are ruled out by one run each.
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|&at| turns[at]);
        let mut nearest: Option<(usize, Found)> = None;
        for at in order {
            // Of equal numbers, the line that comes first is named.
            let below = nearest.as_ref().map(|(known, found)| found.steps.saturating_add(u64::from(at < *known)));
            let search = Search { shifts: &lines[at], watched, goal, below, turn: Turn::Known(turns[at]) };
            nearest = self.margins.search(&mut line, &now, &search)?.map(|found| (at, found)).or(nearest);
        }
        Ok(nearest.map(|(at, found)| self.margins.margin(&mut line, (&lines[at], watched), &now, &found)))
    }

    /// The fewest ballots of any kind: most kinds are ruled out by what ballots of one party alone do not change.
    fn fewest_of_any(
        &self,
        watched: PlaceId,
        goal: Goal,
        now: &State,
        line: &mut Line<'a>,
    ) -> Result<Option<Margin>, Error> {
        let is_proven = self.margins.doubt().is_none() && now.is_whole;
        let lines = self.lines()?;
        let mut calm = is_proven.then(|| Calm::new(self.margins, watched, &lines));
        let mut nearest: Option<(Vec<Shift>, Found)> = None;
        // A number that is known to do it, from where the trace says that something is near.
        let mut known: Option<u64> = None;
        for shift in calm.iter().flat_map(|calm| calm.nearest(SCOUTS)) {
            if lines.iter().any(|line| **line == [shift]) {
                let search = Search { shifts: &[shift], watched, goal, below: known, turn: Turn::Unknown };
                known = self.margins.search(line, now, &search)?.map(|found| found.steps).or(known);
            }
        }
        for shifts in lines {
            let below = nearest.as_ref().map(|(_, found)| found.steps).or(known.map(|known| known.saturating_add(1)));
            if let (Some(calm), Some(below)) = (&mut calm, below) {
                line.aim(&shifts, watched);
                let most = line.most().min(below.saturating_sub(1));
                if calm.holds(line, now, &shifts, most) {
                    continue;
                }
            }
            let search = Search { shifts: &shifts, watched, goal, below, turn: Turn::Unknown };
            nearest = self.margins.search(line, now, &search)?.map(|found| (shifts, found)).or(nearest);
        }
        Ok(nearest.map(|(shifts, found)| self.margins.margin(line, (&shifts, watched), now, &found)))
    }

    fn goal(&self) -> Result<Goal, Error> {
        let kind = match &self.ballots {
            Which::More(party) => Kind::Gain(self.margins.party(party)?),
            Which::Fewer(party) => Kind::Loss(self.margins.party(party)?),
            Which::Switch(..) | Which::Allied | Which::Any => Kind::Change,
        };
        Ok(Goal { kind, reach: self.reach })
    }

    /// The lines of ballots to search along.
    fn lines(&self) -> Result<Vec<Vec<Shift>>, Error> {
        let steps = self.steps()?;
        let mut lines = Vec::new();
        match &self.places {
            Where::Nearest => {
                for place in self.margins.places() {
                    // Where a party does not stand, there is no such line.
                    let all = steps.iter().filter_map(|step| Some((step, self.line(step, |_| vec![(place, 1)]).ok()?)));
                    lines.extend(all.filter(|(step, line)| self.is_asked(step, line)).map(|(_, line)| line));
                }
            }
            Where::At(place) => {
                let place = self.place_of_ballots(place)?;
                self.add_lines(&mut lines, &steps, |_| vec![(place, 1)])?;
            }
            Where::Between(from, to) => {
                let places = [self.place_of_ballots(from)?, self.place_of_ballots(to)?];
                let switches: Vec<Step> = steps.into_iter().filter(|step| step.len() == 2).collect();
                self.add_lines(&mut lines, &switches, |ballots| vec![(places[usize::from(ballots > 0)], 1)])?;
            }
            Where::Spread(places) => {
                let place = |(place, times): &(String, u32)| Ok((self.place_of_ballots(place)?, *times));
                let places = places.iter().map(place).collect::<Result<Vec<_>, Error>>()?;
                self.add_lines(&mut lines, &steps, |_| places.clone())?;
            }
        }
        Ok(lines)
    }

    /// Adds a line for each step; where the question is of many kinds, for those alone that there are in its places.
    fn add_lines(
        &self,
        lines: &mut Vec<Vec<Shift>>,
        steps: &[Step],
        places: impl Fn(i64) -> Vec<(PlaceId, u32)>,
    ) -> Result<(), Error> {
        for step in steps {
            match self.line(step, &places) {
                Err(_) if self.ballots.is_of_many() => {}
                Ok(line) if !self.is_asked(step, &line) => {}
                line => lines.push(line?),
            }
        }
        Ok(())
    }

    /// Whether a line is one that was asked about: of lists that stand together, in places where they do.
    fn is_asked(&self, step: &Step, line: &[Shift]) -> bool {
        match (&self.ballots, &step[..]) {
            (Which::Allied, &[(from, _), (to, _)]) => {
                line.iter().all(|shift| allied::stand_together(&self.margins.figures, from, to, shift.place))
            }
            _ => true,
        }
    }

    /// The ballots of one step in the places that they change in, which may hang on whether they are more or fewer.
    fn line(&self, step: &Step, places: impl Fn(i64) -> Vec<(PlaceId, u32)>) -> Result<Vec<Shift>, Error> {
        let mut line: Vec<Shift> = Vec::new();
        for &(party, ballots) in step {
            for (place, times) in places(ballots) {
                self.stands(party, place)?;
                let ballots = ballots * i64::from(times);
                // A place that is named twice has both numbers.
                match line.iter_mut().find(|shift| (shift.party, shift.place) == (party, place)) {
                    Some(shift) => shift.ballots = shift.ballots.saturating_add(ballots),
                    None => line.push(Shift { party, place, ballots }),
                }
            }
        }
        Ok(line)
    }

    /// The ballots that change at one step, by party: of one kind, or of every kind.
    fn steps(&self) -> Result<Vec<Step>, Error> {
        let party = |name: &String| self.margins.party(name);
        Ok(match &self.ballots {
            Which::More(name) => vec![vec![(party(name)?, 1)]],
            Which::Fewer(name) => vec![vec![(party(name)?, -1)]],
            Which::Switch(from, to) if from == to => {
                return Err(Error::RepeatedParty { name: from.clone(), place: "the question" });
            }
            Which::Switch(from, to) => vec![vec![(party(from)?, -1), (party(to)?, 1)]],
            Which::Allied => {
                allied::pairs(&self.margins.figures).into_iter().map(|(from, to)| vec![(from, -1), (to, 1)]).collect()
            }
            Which::Any => {
                let all: Vec<PartyId> = (0..self.margins.figures.parties().len()).map(PartyId::at).collect();
                let one = |ballots: i64| all.iter().map(move |&party| vec![(party, ballots)]);
                let mut steps: Vec<Step> = one(1).chain(one(-1)).collect();
                for &from in &all {
                    steps.extend(all.iter().filter(|&&to| to != from).map(|&to| vec![(from, -1), (to, 1)]));
                }
                steps
            }
        })
    }

    fn place(&self, name: &str) -> Result<PlaceId, Error> {
        let unknown = || Error::UnknownPlace { name: name.to_string(), place: "the question".to_string() };
        self.margins.figures.place_named(name).ok_or_else(unknown)
    }

    /// A place in which ballots are counted.
    fn place_of_ballots(&self, name: &str) -> Result<PlaceId, Error> {
        let place = self.place(name)?;
        if self.margins.figures.counts_itself(place) {
            return Ok(place);
        }
        Err(Error::UnknownPlace {
            name: name.to_string(),
            place: "the question, where ballots are counted".to_string(),
        })
    }

    /// Refuses a party that does not stand in a place.
    fn stands(&self, party: PartyId, place: PlaceId) -> Result<(), Error> {
        let figures = &self.margins.figures;
        let unknown =
            || Error::UnknownParty { name: figures.name(party).to_string(), place: "the question about one place" };
        figures.spot(place).position(party).map(|_| ()).ok_or_else(unknown)
    }
}

impl State {
    /// Whether a seat is somewhere else than before, whichever way ties go; so it is where the law has no answer any more.
    fn moves_a_seat_of(&self, now: &Self) -> bool {
        let (Some(then), Some(now)) = (&self.seats, &now.seats) else { return self.seats != now.seats };
        let more = then.certain.iter().zip(&now.certain).any(|(then, now)| then > now);
        let less = then.possible.iter().zip(&now.certain).any(|(then, now)| then < now);
        more || less
    }
}

//! Prepared laws: names, thresholds and places resolved once, for a law that is applied to many counts.

mod admission;
mod alliances;
mod bar;
mod claims;
mod decided;
mod districts;
mod lone;
mod numbers;
mod placing;
mod plan;
mod probe;
#[cfg(test)]
mod tests;
mod threshold;
mod tier;
mod watch;

use alloc::string::String;
use alloc::vec::Vec;

pub(crate) use self::claims::about;
use self::plan::Plan;
pub(crate) use self::probe::Probe;
pub(crate) use self::watch::{Bar, Both, Placed, Placing, Shared, Watch};
use super::Rule;
use super::run;
use crate::count::{CountRef, Figures, PlaceId};
use crate::error::Error;
use crate::outcome::{Outcome, TieOutcome};
use crate::tie::Tie;

/// A law made ready for many counts of the same parties in the same places.
///
/// A row is one count: the votes of every place that has votes of its own, in the order of the document, each by its
/// parties in their order. The answer to a row has the seats in the same order, then those of the places that only receive
/// seats, each with every party of the nation.
///
/// Laws of tiers with thresholds, repairs of admission, bounds, alliances, top-ups and placing are run over numbers, by the
/// methods' kernels and without memory of its own for each row. Other laws (bonuses, caps, unused votes, matrices, …) and
/// single rows that need more, as a tie that a later tier asks about, are run as [`Rule::apply`] runs them; the answers are
/// the same.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let majilis = Rule::new(AllocationMethod::HARE, 98).threshold(Threshold::share("7%".parse()?)).admit_at_least(2);
/// let tally = Tally::from_votes([("Nur Otan", 0), ("Ak Zhol", 0), ("CPPK", 0), ("OSDP", 0)])?;
/// let mut prepared = majilis.prepare(&tally)?;
///
/// let rows = [5_621_436, 518_405, 498_788, 116_534, /**/ 6_000_000, 300_000, 250_000, 100_000];
/// let mut seats = [0; 8];
/// let left = prepared.apply_rows(&rows, &mut seats)?;
/// assert_eq!(seats, [83, 8, 7, 0, /**/ 93, 5, 0, 0]);
/// assert!(left.is_empty());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    rule: &'a Rule,
    figures: Figures<'a>,
    /// The places that have votes of their own, in the order of the document, with the parties of each.
    counting: Vec<PlaceId>,
    votes: usize,
    /// The places that only receive seats.
    receiving: Vec<PlaceId>,
    plan: Option<Plan>,
}

/// What a row left open, or why it has no answer.
///
/// # Examples
/// ```
/// use apportion::rule::RowLeft;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let rule = Rule::new(AllocationMethod::D_HONDT, 3);
/// let tally = Tally::from_votes([("A", 0), ("B", 0)])?;
/// let mut seats = [0; 6];
/// let left = rule.prepare(&tally)?.apply_rows(&[30, 9, /**/ 10, 10, /**/ 0, 0], &mut seats)?;
/// let [RowLeft::Tie { row: 1, tie }, RowLeft::Error { row: 2, error }] = &left[..] else { panic!("{left:?}") };
/// assert_eq!((tie.parties(), tie.seats()), (&[0, 1][..], 1));
/// assert_eq!(error, &apportion::Error::NoVotes { seats: 3 });
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowLeft {
    /// Seats that are tied: parties by their position in the row.
    Tie {
        /// The row, counted from 0.
        row: usize,
        /// The tie.
        tie: Tie,
    },
    /// The law had to know how a tie ends, or the place of a seat is tied: [`Rule::apply`] shows every way.
    Open {
        /// The row, counted from 0.
        row: usize,
    },
    /// The law has no answer to the row; its seats are all 0.
    Error {
        /// The row, counted from 0.
        row: usize,
        /// Why not.
        error: Error,
    },
}

impl RowLeft {
    /// The row, counted from 0.
    #[must_use]
    pub const fn row(&self) -> usize {
        match self {
            Self::Tie { row, .. } | Self::Open { row } | Self::Error { row, .. } => *row,
        }
    }
}

impl Rule {
    /// Makes the law ready for many counts like this one: its parties, places and ballots beside the parties' stay, the
    /// parties' votes are those of each row.
    ///
    /// # Errors
    /// What is wrong with law or count whatever the votes are, as [`apply`](Self::apply) has it.
    pub fn prepare<'a>(&'a self, count: impl Into<CountRef<'a>>) -> Result<Prepared<'a>, Error> {
        let figures = Figures::new(count.into())?;
        figures.check(self.is_flat())?;
        super::provisions::check_for(self, &figures)?;
        let all = (0..figures.spots().len()).map(PlaceId::at);
        let (counting, receiving): (Vec<PlaceId>, Vec<PlaceId>) = all.partition(|&place| figures.counts_itself(place));
        // In the order of the document, the nation's own votes last.
        let first = |places: Vec<PlaceId>| {
            let (nation, mut inner): (Vec<PlaceId>, Vec<PlaceId>) =
                places.into_iter().partition(|&place| place == PlaceId::NATION);
            inner.extend(nation);
            inner
        };
        let (counting, receiving) = (first(counting), first(receiving));
        let votes = counting.iter().map(|&place| figures.spot(place).parties.len()).sum();
        let plan = Plan::new(self, &figures, &counting, &receiving);
        Ok(Prepared { rule: self, figures, counting, votes, receiving, plan })
    }
}

impl Prepared<'_> {
    /// How many votes a row has.
    #[must_use]
    pub const fn votes(&self) -> usize {
        self.votes
    }

    /// How many numbers of seats the answer to a row has.
    #[must_use]
    pub fn seats(&self) -> usize {
        let received = |place: &PlaceId| self.figures.spot(*place).parties.len();
        self.votes + self.receiving.iter().map(received).sum::<usize>()
    }

    /// What each vote of a row is of: the place, whose name is empty for the nation, and the party.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
    ///
    /// let place = |name: &str| Ok::<_, apportion::Error>(Place::district(name, Tally::new(["A", "B"])?).with_seats(2));
    /// let rule = Rule::new(AllocationMethod::D_HONDT, 4);
    /// let count = Count::of_places([place("North")?, place("South")?])?;
    /// let prepared = rule.prepare(&count)?;
    /// assert_eq!(prepared.inputs().nth(2), Some(("South", "A")));
    /// // The places of the row, and then the nation.
    /// assert_eq!(prepared.outputs().nth(4), Some(("", "A")));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn inputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.counting.iter().flat_map(|&place| self.columns(place))
    }

    /// What each number of seats of an answer is of, as [`inputs`](Self::inputs).
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.counting.iter().chain(&self.receiving).flat_map(|&place| self.columns(place))
    }

    fn columns(&self, place: PlaceId) -> impl Iterator<Item = (&str, &str)> {
        let spot = self.figures.spot(place);
        spot.parties.iter().map(move |&party| (spot.name, self.figures.name(party)))
    }

    /// Applies the law to one count.
    ///
    /// What is returned is what the row left open; `seats` holds the certain ones.
    ///
    /// # Errors
    /// - [`Error::WrongLength`] for a row or an answer of another length.
    /// - Those of [`Rule::apply`]; `seats` are all 0 then.
    pub fn apply(&mut self, votes: &[u64], seats: &mut [u64]) -> Result<Vec<RowLeft>, Error> {
        let mut left = Vec::new();
        self.check_lengths(votes, seats, 1)?;
        if self.plan.as_mut().is_some_and(|plan| plan.certain_rows(votes, seats) == 1) {
            return Ok(left);
        }
        self.row(0, votes, seats, &mut left);
        match left.pop() {
            Some(RowLeft::Error { error, .. }) => Err(error),
            last => {
                left.extend(last);
                Ok(left)
            }
        }
    }

    /// Applies the law to many counts, one row after the other; a row without an answer spoils no other.
    ///
    /// What is returned is what rows left open and the errors of those that have no answer, in the order of the rows.
    ///
    /// # Errors
    /// [`Error::WrongLength`] if `rows` is not a whole number of rows, or `seats` not as long as their answers.
    pub fn apply_rows(&mut self, rows: &[u64], seats: &mut [u64]) -> Result<Vec<RowLeft>, Error> {
        let votes = self.votes;
        if votes == 0 {
            return Err(Error::NoParties);
        }
        self.check_lengths(rows, seats, rows.len() / votes)?;
        let mut left = Vec::new();
        self.rows(0, rows, seats, &mut left);
        Ok(left)
    }

    /// [`apply_rows`](Self::apply_rows) on all cores, with the same answer.
    ///
    /// # Errors
    /// As [`apply_rows`](Self::apply_rows).
    #[cfg(feature = "rayon")]
    pub fn apply_rows_in_parallel(&self, rows: &[u64], seats: &mut [u64]) -> Result<Vec<RowLeft>, Error> {
        use rayon::prelude::*;

        let (votes, out) = (self.votes, self.seats());
        if votes == 0 {
            return Err(Error::NoParties);
        }
        self.check_lengths(rows, seats, rows.len() / votes)?;
        let part = (16_384 / votes).max(1);
        let results: Vec<Vec<RowLeft>> = rows
            .par_chunks(part * votes)
            .zip(seats.par_chunks_mut(part * out))
            .enumerate()
            .map_init(
                || self.clone(),
                |prepared, (at, (rows, seats))| {
                    let mut left = Vec::new();
                    prepared.rows(at * part, rows, seats, &mut left);
                    left
                },
            )
            .collect();
        Ok(results.into_iter().flatten().collect())
    }

    fn check_lengths(&self, votes: &[u64], seats: &[u64], rows: usize) -> Result<(), Error> {
        if votes.len() != rows * self.votes {
            return Err(Error::WrongLength { what: "votes in the last row", parties: self.votes, found: votes.len() });
        }
        let expected = rows * self.seats();
        if seats.len() != expected {
            return Err(Error::WrongLength { what: "seats to write", parties: expected, found: seats.len() });
        }
        Ok(())
    }

    /// Rows of which the first is number `first`; the lengths are checked.
    fn rows(&mut self, first: usize, rows: &[u64], seats: &mut [u64], left: &mut Vec<RowLeft>) {
        let (width, out) = (self.votes, self.seats());
        let mut row = 0;
        while row * width < rows.len() {
            let (rows, seats) = (&rows[row * width..], &mut seats[row * out..]);
            // As many as are certain at a glance, and then one that is not.
            let certain = self.plan.as_mut().map_or(0, |plan| plan.certain_rows(rows, seats));
            row += certain;
            if certain == 0 {
                self.row(first + row, &rows[..width], &mut seats[..out], left);
                row += 1;
            }
        }
    }

    /// One row.
    fn row(&mut self, row: usize, votes: &[u64], seats: &mut [u64], left: &mut Vec<RowLeft>) {
        if self.plan.as_mut().and_then(|plan| plan.row(row, votes, seats, left)).is_some() {
            return;
        }
        if let Err(error) = self.whole(row, votes, seats, left) {
            seats.fill(0);
            left.push(RowLeft::Error { row, error });
        }
    }

    /// One row by a whole run of the law.
    fn whole(&mut self, row: usize, votes: &[u64], seats: &mut [u64], left: &mut Vec<RowLeft>) -> Result<(), Error> {
        let mut at = 0;
        for &place in &self.counting {
            let parties = self.figures.spot(place).parties.len();
            self.figures.set_votes(place, &votes[at..at + parties])?;
            at += parties;
        }
        self.figures.sum_up()?;
        for spot in self.figures.spots() {
            spot.tally.check_cast().map_err(|error| spot.located(error))?;
        }
        let outcome = run::apply_figures(self.rule, &self.figures)?;
        let mut next = seats.iter_mut();
        for &place in self.counting.iter().chain(&self.receiving) {
            let parties = match place.index().checked_sub(1) {
                None => outcome.parties(),
                Some(at) => outcome.places()[at].parties(),
            };
            let stand = self.figures.spot(place).parties.len();
            for (party, seats) in parties.iter().take(stand).zip(&mut next) {
                *seats = party.certain();
            }
        }
        if outcome.ties().is_empty() && outcome.ways().is_empty() && outcome.ways_complete() {
            return Ok(());
        }
        match self.ties_in_row(&outcome) {
            Some(ties) => left.extend(ties.into_iter().map(|tie| RowLeft::Tie { row, tie })),
            None => left.push(RowLeft::Open { row }),
        }
        Ok(())
    }

    /// The ties of an outcome with parties by their position in the row; none where one is not of that kind, or the law
    /// had to know how one ends.
    fn ties_in_row(&self, outcome: &Outcome) -> Option<Vec<Tie>> {
        if !self.rule.is_flat() || !outcome.ways().is_empty() || !outcome.ways_complete() {
            return None;
        }
        let in_row = |tie: &TieOutcome| {
            if !tie.places().is_empty() {
                return None;
            }
            let place = self.figures.place_named(tie.place().unwrap_or_default())?;
            let mut start = 0;
            for &other in self.counting.iter().take_while(|&&other| other != place) {
                start += self.figures.spot(other).parties.len();
            }
            self.counting.contains(&place).then_some(())?;
            let position = |name: &String| self.figures.spot(place).position(self.figures.party_named(name)?);
            let parties: Option<Vec<usize>> = tie.parties().iter().map(|name| Some(start + position(name)?)).collect();
            Tie::among(parties?, tie.seats())
        };
        outcome.ties().iter().map(in_row).collect()
    }
}

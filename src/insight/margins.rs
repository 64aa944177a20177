//! How close it was: the fewest votes that would have changed the result.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::counts::Counts;
use super::reading::{Reading, Size};
use super::state::{Line, Seats, State};
use super::table::Table;
use crate::error::Error;
use crate::num::text::grouped;
use crate::rule::Rule;
use crate::count::Tally;

/// The fewest votes that would have changed a result, exactly.
///
/// A seat counts for a party once it is *certain*: a seat that a tie may bring is not won yet, and one that a tie may take
/// is lost. The result changes when the certain seats of any party or the open tie do, or when the rule has no answer
/// any more. Tie-breaks of the rule apply.
///
/// A vote *more* is one more ballot cast, a vote *fewer* one ballot less cast, and a voter who *switches* leaves one party
/// for another; shares of bases move with them: a bigger total may push another party under the threshold. Registered
/// voters stay as many as they are.
///
/// Each answer is the fewest: no smaller number of such ballots does it. Seats need not change in one direction
/// as votes grow (admission changes a quota, a quota changes remainders), so nothing is assumed of that. Instead the search
/// walks through the states of the rule one after another; each is a set of linear comparisons and so holds on an
/// interval, whose end bisection finds. Time grows with the parties and with the logarithm of the votes.
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
/// assert_eq!(margins.gain("C")?.unwrap().votes(), 2);
/// assert_eq!(margins.switch("B", "C")?.unwrap().votes(), 1);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Margins<'a> {
    reading: Reading<'a>,
    counts: Counts,
    seats: Seats,
}

/// The smallest change of one kind, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    change: Change,
    votes: u64,
    gains: Vec<(String, u64)>,
    losses: Vec<(String, u64)>,
    tied: Vec<String>,
    answered: bool,
}

/// A kind of change, for one party or between two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change {
    /// More ballots cast, all for this party.
    More(String),
    /// Fewer ballots cast, all of this party.
    Fewer(String),
    /// Voters who leave one party for another.
    Switch {
        /// The party they leave.
        from: String,
        /// The party they go to.
        to: String,
    },
}

impl<'a> Margins<'a> {
    /// The margins of what a rule makes of a tally.
    ///
    /// # Errors
    /// Those of [`Rule::apply`]; [`Error::NotCovered`] for a rule with spare votes, where it would matter whose ballots change.
    pub fn new(rule: &'a Rule, tally: &'a Tally) -> Result<Self, Error> {
        let reading = Reading::new(rule, tally)?;
        if rule.spare_votes {
            return Err(Error::NotCovered { what: "margins", feature: "spare votes".to_string() });
        }
        rule.apply(tally)?;
        let counts = Counts::of(tally)?;
        let seats = reading.state(&counts, Size::Own).seats;
        let seats = seats.ok_or_else(|| Error::NotCovered { what: "margins", feature: rule.method.to_string() })?;
        Ok(Self { reading, counts, seats })
    }

    /// The fewest additional votes that win a party one more certain seat; `None` if no number does.
    ///
    /// # Errors
    /// [`Error::UnknownParty`]; [`Error::SearchTooLong`] beyond 20,000 states of the rule, as for quotas far below a vote.
    pub fn gain(&self, party: &str) -> Result<Option<Margin>, Error> {
        let index = self.reading.place(party)?;
        let now = self.seats.certain_of(index);
        let mut left = self.reading.rule.seats;
        if self.reading.rule.threshold.is_none() {
            // All take part, and the others' minimums come first.
            for other in (0..self.reading.parties().len()).filter(|&other| other != index) {
                left = left.saturating_sub(self.reading.limits(other, 1).lower);
            }
        }
        let most = self.reading.limits(index, 1).upper.min(left);
        if now >= most {
            return Ok(None);
        }
        let room = u64::MAX - self.counts.votes_of(index);
        self.search(None, Some(index), room, |state| state.certain_of(index) > now)
    }

    /// The fewest votes less that cost a party one of its certain seats; `None` if it has none or keeps them without votes.
    ///
    /// # Errors
    /// As [`gain`](Self::gain).
    pub fn loss(&self, party: &str) -> Result<Option<Margin>, Error> {
        let index = self.reading.place(party)?;
        let now = self.seats.certain_of(index);
        if now == 0 {
            return Ok(None);
        }
        self.search(Some(index), None, self.counts.votes_of(index), |state| state.certain_of(index) < now)
    }

    /// The fewest voters who by leaving `from` for `to` change the result; `None` if not even all of them do.
    ///
    /// # Errors
    /// As [`gain`](Self::gain); [`Error::RepeatedParty`] for one party twice.
    pub fn switch(&self, from: &str, to: &str) -> Result<Option<Margin>, Error> {
        let (out, into) = (self.reading.place(from)?, self.reading.place(to)?);
        if out == into {
            return Err(Error::RepeatedParty { name: from.to_string(), place: "the question" });
        }
        let most = self.counts.votes_of(out).min(u64::MAX - self.counts.votes_of(into));
        self.search(Some(out), Some(into), most, |state| self.changes(state))
    }

    /// The smallest change of any kind that changes the result: votes more for one party, votes fewer of one, or voters who
    /// switch from one to another; `None` if nothing does. Of equal ones a switch comes first, then more, then fewer.
    ///
    /// # Errors
    /// As [`gain`](Self::gain).
    pub fn closest(&self) -> Result<Option<Margin>, Error> {
        let parties = 0..self.reading.parties().len();
        let switches = parties.clone().flat_map(|from| parties.clone().map(move |to| (Some(from), Some(to))));
        let switches = switches.filter(|(from, to)| from != to);
        let more = parties.clone().map(|to| (None, Some(to)));
        let fewer = parties.clone().map(|from| (Some(from), None));
        let mut closest: Option<Margin> = None;
        for (from, to) in switches.chain(more).chain(fewer) {
            let room = to.map_or(u64::MAX, |to| u64::MAX - self.counts.votes_of(to));
            let all = from.map_or(u64::MAX, |from| self.counts.votes_of(from));
            // Anything not below the best so far is of no interest, and one look there usually shows that there is nothing.
            let below_best = closest.as_ref().map_or(u64::MAX, |best| best.votes - 1);
            let most = room.min(all).min(below_best);
            if let Some(margin) = self.search(from, to, most, |state| self.changes(state))? {
                closest = Some(margin);
            }
        }
        Ok(closest)
    }

    /// Every party's [`gain`](Self::gain) and [`loss`](Self::loss) as a table.
    ///
    /// # Errors
    /// As [`gain`](Self::gain).
    pub fn table(&self) -> Result<Table, Error> {
        let mut table =
            Table::new("Votes to the next seat", &["party", "votes", "seats", "one more by", "one less by"]);
        for (index, party) in self.reading.parties().iter().enumerate() {
            let text = |sign: char, margin: Option<Margin>| match margin {
                Some(margin) => alloc::format!("{sign}{}", grouped(margin.votes)),
                None => "no number".to_string(),
            };
            let seats = self.seats.certain_of(index);
            table.push([
                party.name().to_string(),
                grouped(self.counts.votes_of(index)),
                grouped(seats) + if self.seats.tied.contains(&index) { "+?" } else { "" },
                text('+', self.gain(party.name())?),
                if seats == 0 { String::new() } else { text('-', self.loss(party.name())?) },
            ]);
        }
        Ok(table)
    }

    fn changes(&self, state: &State) -> bool {
        state.seats.as_ref() != Some(&self.seats)
    }

    fn search(
        &self,
        from: Option<usize>,
        to: Option<usize>,
        most: u64,
        wanted: impl Fn(&State) -> bool,
    ) -> Result<Option<Margin>, Error> {
        let line = Line { reading: self.reading, counts: &self.counts, from, to };
        let found = line.first(most, wanted)?;
        let name = |party: Option<usize>| party.map(|party| self.reading.name(party));
        Ok(found.map(|(votes, state)| {
            let change = match (name(from), name(to)) {
                (Some(from), Some(to)) => Change::Switch { from, to },
                (None, Some(to)) => Change::More(to),
                (from, _) => Change::Fewer(from.unwrap_or_default()),
            };
            let difference = |more: bool| -> Vec<(String, u64)> {
                let each = (0..self.counts.votes().len()).map(|party| {
                    let (now, then) = (self.seats.certain_of(party), state.certain_of(party));
                    (party, if more { then.saturating_sub(now) } else { now.saturating_sub(then) })
                });
                each.filter(|&(_, seats)| seats > 0).map(|(party, seats)| (self.reading.name(party), seats)).collect()
            };
            let tied = state.seats.iter().flat_map(|seats| &seats.tied);
            Margin {
                change,
                votes,
                gains: difference(true),
                losses: difference(false),
                tied: tied.map(|&party| self.reading.name(party)).collect(),
                answered: state.seats.is_some(),
            }
        }))
    }
}

impl Margin {
    /// What changes.
    #[must_use]
    pub const fn change(&self) -> &Change {
        &self.change
    }

    /// How many ballots change: the fewest that do it, at least one.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The parties with more certain seats after it, and how many more.
    #[must_use]
    pub fn gains(&self) -> &[(String, u64)] {
        &self.gains
    }

    /// The parties with fewer certain seats after it, and how many fewer.
    #[must_use]
    pub fn losses(&self) -> &[(String, u64)] {
        &self.losses
    }

    /// The parties in the tie that is open after it.
    #[must_use]
    pub fn tied(&self) -> &[String] {
        &self.tied
    }

    /// Whether the rule still has an answer after it.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.answered
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::More(party) => write!(f, "more for {party}"),
            Self::Fewer(party) => write!(f, "fewer for {party}"),
            Self::Switch { from, to } => write!(f, "from {from} to {to}"),
        }
    }
}

impl fmt::Display for Margin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.votes == 1 { "" } else { "s" };
        write!(f, "{} vote{plural} {}", grouped(self.votes), self.change)?;
        if !self.answered {
            return f.write_str(": the rule has no answer");
        }
        let list = |seats: &[(String, u64)], sign: char| -> Vec<String> {
            seats.iter().map(|(party, seats)| alloc::format!("{party} {sign}{}", grouped(*seats))).collect()
        };
        let mut effects = [list(&self.gains, '+'), list(&self.losses, '-')].concat();
        if !self.tied.is_empty() {
            effects.push(alloc::format!("tied: {}", self.tied.join(", ")));
        }
        if effects.is_empty() {
            effects.push("the open tie is gone".into());
        }
        write!(f, ": {}", effects.join(", "))
    }
}

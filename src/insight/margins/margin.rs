//! What a margin says: which ballots change, how many, and everything that happens then.

use core::fmt;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::line::Found;
use crate::count::{Figures, PartyId, PlaceId};
use crate::error::Error;
use crate::insight::state::State;
use crate::num::text::grouped;
use crate::outcome::Outcome;

/// The smallest change of one kind, and all that it does.
///
/// # Examples
/// ```
/// use apportion::insight::Margins;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 530), ("B", 401), ("C", 69)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse()?));
/// let margins = Margins::new(&rule, &tally)?;
/// let margin = margins.gain("C").fewest()?.expect("C can win a seat");
/// assert_eq!((margin.votes(), margin.entering()), (2, &["C".to_string()][..]));
/// assert_eq!(margin.losses(), [("A".to_string(), 1)]);
/// assert!(margin.is_proven()); // one vote more is not enough
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    change: Change,
    votes: u64,
    doubt: Option<&'static str>,
    gains: Vec<(String, u64)>,
    losses: Vec<(String, u64)>,
    entering: Vec<String>,
    leaving: Vec<String>,
    tied: Vec<String>,
    outcome: Box<Result<Outcome, Error>>,
}

/// Ballots of one party in one place that change at each step of a [`Change`].
///
/// # Examples
/// ```
/// use apportion::insight::Margins;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 47)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// let margins = Margins::new(&rule, &tally)?;
/// let margin = margins.switch("A", "B").fewest()?.expect("enough voters can do it");
/// let [leave, arrive] = margin.change().ballots() else { panic!("two kinds of ballots change") };
/// assert_eq!((leave.party.as_str(), leave.number), ("A", -1));
/// assert_eq!((arrive.party.as_str(), arrive.number), ("B", 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Ballots {
    /// The party.
    pub party: String,
    /// The place, where there are several.
    pub place: Option<String>,
    /// How many: above zero for more ballots, below for fewer.
    pub number: i64,
}

/// A kind of change: ballots that all change together, again and again.
///
/// It prints as "more for A in Oslo", "fewer for A", "from A to B".
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
/// let margins = Margins::new(&rule, &count)?;
/// let margin = margins.gain("A").fewest()?.expect("A can win a seat more");
/// assert_eq!(margin.change().to_string(), "more for A in South");
/// assert_eq!(margin.change().place(), Some("South"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    pub(super) ballots: Vec<Ballots>,
}

impl Change {
    /// The ballots that change at each step: one entry for ballots more or fewer, two for voters who switch.
    #[must_use]
    pub fn ballots(&self) -> &[Ballots] {
        &self.ballots
    }

    /// The place in which the ballots change, if there are several and it is one.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        let first = self.ballots.first()?.place.as_deref();
        first.filter(|place| self.ballots.iter().all(|ballots| ballots.place.as_deref() == Some(place)))
    }

    /// The voters that change at each step.
    fn voters(&self) -> u64 {
        let more =
            self.ballots.iter().filter(|ballots| ballots.number > 0).map(|ballots| ballots.number.unsigned_abs());
        let fewer =
            self.ballots.iter().filter(|ballots| ballots.number < 0).map(|ballots| ballots.number.unsigned_abs());
        more.fold(0, u64::saturating_add).max(fewer.fold(0, u64::saturating_add))
    }
}

impl Margin {
    /// What a change that was found does: to the seats between two states, and to all else between two outcomes.
    pub(super) fn new(
        change: Change,
        found: &Found,
        seats: Moved,
        (now, then): (&Outcome, Result<Outcome, Error>),
    ) -> Self {
        let Moved { gains, losses, tied } = seats;
        // In the nation, and where not every way was followed, all open ties: also those that leave open in which place a seat is.
        let tied = tied.unwrap_or_else(|| {
            let ties = then.as_ref().map_or(&[][..], Outcome::ties);
            let mut tied: Vec<String> = ties.iter().flat_map(|tie| tie.parties().iter().cloned()).collect();
            tied.dedup();
            tied
        });
        let mut entering = Vec::new();
        let mut leaving = Vec::new();
        for (was, is) in now.parties().iter().zip(then.as_ref().map_or(&[][..], Outcome::parties)) {
            match (was.is_admitted(), is.is_admitted()) {
                (false, true) => entering.push(is.name().to_string()),
                (true, false) => leaving.push(is.name().to_string()),
                _ => {}
            }
        }
        Self {
            votes: found.steps.saturating_mul(change.voters()),
            change,
            doubt: found.doubt,
            gains,
            losses,
            entering,
            leaving,
            tied,
            outcome: Box::new(then),
        }
    }

    /// What changes.
    #[must_use]
    pub const fn change(&self) -> &Change {
        &self.change
    }

    /// How many voters it takes, at least one.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The place in which the ballots change, if there are several and it is one.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.change.place()
    }

    /// Whether it is proven that no smaller number does it.
    #[must_use]
    pub const fn is_proven(&self) -> bool {
        self.doubt.is_none()
    }

    /// Why a smaller number may do it; nothing where that is ruled out.
    #[must_use]
    pub const fn doubt(&self) -> Option<&'static str> {
        self.doubt
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

    /// The parties that take part only after it.
    #[must_use]
    pub fn entering(&self) -> &[String] {
        &self.entering
    }

    /// The parties that take no part any more after it, as more votes of others put them below a threshold.
    #[must_use]
    pub fn leaving(&self) -> &[String] {
        &self.leaving
    }

    /// The parties in ties that are open after it; where seats of one place are asked about, those that may have one seat more or
    /// fewer there.
    #[must_use]
    pub fn tied(&self) -> &[String] {
        &self.tied
    }

    /// Whether the rule still has an answer after it.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.outcome.is_ok()
    }

    /// What the rule makes of the count after it.
    ///
    /// # Errors
    /// Where the rule has no answer any more: the last vote of the only party is gone.
    pub fn outcome(&self) -> Result<&Outcome, &Error> {
        self.outcome.as_ref().as_ref()
    }

    /// As news: "South: the last seat went to B by 191 votes; A is next"; `None` where no seat changes hands between parties.
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
    /// assert_eq!(last[0].news().unwrap(), "South: the last seat went to B by 191 votes; A is next");
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn news(&self) -> Option<String> {
        let (holder, next) = (self.holder()?, self.next()?);
        let place = self.place().map_or_else(String::new, |place| format!("{place}: "));
        let plural = if self.votes == 1 { "" } else { "s" };
        let most = if self.is_proven() { "" } else { "at most " };
        let text = "the last seat went to";
        let text = format!("{place}{text} {holder} by {most}{} vote{plural}; {next} is next", grouped(self.votes));
        Some(if place.is_empty() { text.replacen("the", "The", 1) } else { text })
    }

    /// Who would lose a seat first: who has the last one.
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.losses.first().map(|(party, _)| party.as_str())
    }

    /// Who would win a seat first: who is next in line.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        self.gains.first().map(|(party, _)| party.as_str())
    }

    /// What happens beside the one seat more or fewer that was asked about: "CPPK falls out: Nur Otan +7, CPPK -7".
    pub(super) fn note(&self) -> String {
        let mut parts = Vec::new();
        if !self.is_answered() {
            return "the rule has no answer".into();
        }
        parts.extend(self.entering.iter().map(|name| format!("{name} comes in")));
        parts.extend(self.leaving.iter().map(|name| format!("{name} falls out")));
        if !self.tied.is_empty() {
            parts.push(format!("tied: {}", self.tied.join(", ")));
        }
        parts.join(", ")
    }

    /// The seats that change hands: "A +1, B -1".
    pub(super) fn effects(&self) -> String {
        let list = |seats: &[(String, u64)], sign: char| -> Vec<String> {
            seats.iter().map(|(party, seats)| format!("{party} {sign}{}", grouped(*seats))).collect()
        };
        [list(&self.gains, '+'), list(&self.losses, '-')].concat().join(", ")
    }
}

/// Whose certain seats are more, and whose fewer, in the nation or in the place that is watched.
#[derive(Default)]
pub(super) struct Moved {
    gains: Vec<(String, u64)>,
    losses: Vec<(String, u64)>,
    /// Who may win a seat there, or not, where that is one place and known.
    tied: Option<Vec<String>>,
}

impl Moved {
    /// What moves from one state to another at the place that is watched. Nobody loses a seat where the law has no answer any more;
    /// where not every way in which ties end was followed, no seat is known to move.
    pub(super) fn between(figures: &Figures<'_>, watched: PlaceId, now: &State, then: &State) -> Self {
        if then.seats.is_none() || !(now.is_complete && then.is_complete) {
            return Self::default();
        }
        let parties = || (0..figures.parties().len()).map(PartyId::at);
        let named = |party: PartyId| figures.name(party).to_string();
        let more = |here: &State, there: &State| -> Vec<(String, u64)> {
            let more = |party: PartyId| (named(party), here.certain(party).saturating_sub(there.certain(party)));
            parties().map(more).filter(|&(_, seats)| seats > 0).collect()
        };
        let is_tied = |party: &PartyId| then.possible(*party) > then.certain(*party);
        let tied = (watched != PlaceId::NATION).then(|| parties().filter(is_tied).map(named).collect());
        Self { gains: more(then, now), losses: more(now, then), tied }
    }
}

impl fmt::Display for Ballots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.party)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " in {place}"))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ballots[..] {
            [one] if one.number > 0 => write!(f, "more for {one}"),
            [one] => write!(f, "fewer for {one}"),
            [from, to] if from.number < 0 && to.number > 0 && from.place == to.place => {
                write!(f, "from {} to {to}", from.party)
            }
            [from, to] if from.number < 0 && to.number > 0 => write!(f, "from {from} to {to}"),
            several => {
                let text = |ballots: &Ballots| {
                    let sign = if ballots.number < 0 { "-" } else { "+" };
                    format!("{sign}{} {ballots}", grouped(ballots.number.unsigned_abs()))
                };
                let texts: Vec<String> = several.iter().map(text).collect();
                write!(f, "in steps of {}", texts.join(", "))
            }
        }
    }
}

impl fmt::Display for Margin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.votes == 1 { "" } else { "s" };
        let most = if self.is_proven() { "" } else { "at most " };
        write!(f, "{most}{} vote{plural} {}", grouped(self.votes), self.change)?;
        let happens: Vec<String> = [self.effects(), self.note()].into_iter().filter(|text| !text.is_empty()).collect();
        match &happens[..] {
            [] => f.write_str(": the open tie is gone"),
            texts => write!(f, ": {}", texts.join("; ")),
        }
    }
}

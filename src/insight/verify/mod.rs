//! Are these the right seats? An answer that does not trust the method.

mod balance;
mod claim;
mod contest;
mod ends;
mod fault;
#[cfg(test)]
mod forged;
mod records;
mod stages;

use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::count::{CountRef, Figures};
use crate::error::Error;
use crate::outcome::Outcome;
use crate::rule::{Record, Rule};

pub use claim::ClaimedSeats;
pub use fault::{Claimant, Fault, Objection};

/// What a check of claimed seats found.
///
/// # Examples
/// ```
/// use apportion::insight::{Verdict, verify};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 5);
/// assert_eq!(verify(&rule, &tally, [3, 2])?, Verdict::Correct);
/// assert!(!verify(&rule, &tally, [4, 1])?.is_possible());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The law gives these seats and no others.
    Correct,
    /// The law leaves `seats` among `parties` to a tie, and these seats are one of the ways in which it can go.
    Tied {
        /// Those with equal claims, in the first tie where there are several.
        parties: Vec<String>,
        /// The seats left among them.
        seats: u64,
    },
    /// The law does not give these seats; at least one objection says why.
    Wrong(Vec<Objection>),
}

impl Verdict {
    /// Whether the law gives these seats, for certain or as one way in which its ties can go.
    #[must_use]
    pub const fn is_possible(&self) -> bool {
        !matches!(self, Self::Wrong(_))
    }
}

/// Checks claimed seats against a law, without trusting the methods that give them out.
///
/// The law is read anew from the count: thresholds, admission, votes that are counted, seats held and left. What its
/// methods answer on the way is only a witness, and every answer has to hold by itself:
///
/// | what | how it is checked |
/// | --- | --- |
/// | highest averages | no quotient of a seat not given is above one of a seat given: the max-min inequality (M. L. Balinski and H. P. Young, *Fair Representation*, 1982, appendix A, proposition 3.1) |
/// | largest remainders | everyone has its whole quotas, and no remainder without a seat is above one with |
/// | stages | each stage over the seats before it, by the two lines above |
/// | bounds, ties, tie-breaks | nobody below its minimum or above its maximum; those in a tie have equal claims, and whoever a tie-break prefers has the seat |
/// | thresholds | each is judged once more from the count, with exact ratios |
/// | whole quotas of partial tiers, targets, places | by their sums and products |
///
/// Then the claim is compared with every end of the ties that the law leaves open. National thresholds and alliances are
/// part of the law, so that they are seen. The rules of placing are followed by the law's own steps; of what they give,
/// sums by party and place are checked.
///
/// # Errors
/// - Those of [`Rule::apply`], where the law has no answer: [`Error::AdmissionTie`], [`Error::NoVotes`],
///   [`Error::TooManyWholeQuotas`] and the others.
/// - [`Error::WrongLength`] for 2 seats claimed of 3 parties; [`Error::ClaimedSum`] for 97 seats claimed of 98.
/// - [`Error::UnknownParty`] and [`Error::UnknownPlace`] for a claim of a party or place that is not there.
///
/// # Examples
/// ```
/// use apportion::insight::{Verdict, verify};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 30), ("C", 10)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// assert_eq!(verify(&rule, &tally, [4, 1, 0])?, Verdict::Tied { parties: vec!["A".into(), "B".into()], seats: 1 });
/// let Verdict::Wrong(objections) = verify(&rule, &tally, [3, 1, 1])? else { panic!("C has no claim") };
/// assert_eq!(objections[0].to_string(), "C holds seat 1 by 10.00, but B's seat 2 comes first by 15.00");
/// # Ok::<(), apportion::Error>(())
/// ```
pub fn verify<'a>(
    rule: &Rule,
    count: impl Into<CountRef<'a>>,
    claimed: impl Into<ClaimedSeats>,
) -> Result<Verdict, Error> {
    let count = count.into();
    let outcome = rule.apply(count)?;
    let figures = Figures::new(count)?;
    let claim = claimed.into().named(&outcome)?;
    claim.check(&outcome)?;
    let check = Check { rule, figures: &figures, outcome: &outcome };
    let objections = check.run_itself();
    if objections.is_empty() { Ok(check.claim(&claim)) } else { Ok(Verdict::Wrong(objections)) }
}

impl Outcome {
    /// Checks this outcome against the law and the count that it is said to come from, as [`verify`] does: the certain seats
    /// of every party in every place and by every tier, and what is tied.
    ///
    /// # Errors
    /// Those of [`Rule::apply`], where the law has no answer.
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::Verdict;
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 60), ("B", 30), ("C", 10)])?;
    /// let rule = Rule::new(AllocationMethod::HARE, 10);
    /// let outcome = rule.apply(&tally)?;
    /// assert_eq!(outcome.verify(&rule, &tally)?, Verdict::Correct);
    /// let another = rule.with_seats(11).apply(&tally)?;
    /// assert!(!another.verify(&Rule::new(AllocationMethod::HARE, 10), &tally)?.is_possible());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn verify<'a>(&self, rule: &Rule, count: impl Into<CountRef<'a>>) -> Result<Verdict, Error> {
        let count = count.into();
        let right = rule.apply(count)?;
        let figures = Figures::new(count)?;
        let check = Check { rule, figures: &figures, outcome: &right };
        let mut objections = check.run_itself();
        objections.extend(ends::differences(self, &right));
        if !objections.is_empty() {
            return Ok(Verdict::Wrong(objections));
        }
        Ok(check.right())
    }
}

/// A law, what was counted, and what the law made of it.
struct Check<'c> {
    rule: &'c Rule,
    figures: &'c Figures<'c>,
    outcome: &'c Outcome,
}

impl Check<'_> {
    /// Every course of the law.
    fn courses(&self) -> impl Iterator<Item = &Outcome> {
        let ways = self.outcome.ways().iter().filter_map(|way| way.outcome().ok());
        core::iter::once(self.outcome).chain(ways)
    }

    /// What is wrong with the answers that the law got on the way, whatever is claimed.
    fn run_itself(&self) -> Vec<Objection> {
        let mut objections = Vec::new();
        for course in self.courses() {
            objections.extend(records::check(self.rule, self.figures, course.trace().records()));
        }
        if self.outcome.ways().is_empty() {
            objections.extend(ends::sums(self.outcome));
        }
        for way in self.outcome.ways().iter().filter_map(|way| way.outcome().ok()) {
            objections.extend(ends::sums(way));
        }
        objections.dedup();
        objections
    }

    /// The verdict on what is right.
    fn right(&self) -> Verdict {
        match self.outcome.tie() {
            None => Verdict::Correct,
            Some(tie) => Verdict::Tied { parties: tie.parties().to_vec(), seats: tie.seats() },
        }
    }

    /// The verdict on a claim, against every end of every way.
    fn claim(&self, claim: &ClaimedSeats) -> Verdict {
        let answered: Vec<&Outcome> = match self.outcome.ways() {
            [] => Vec::from([self.outcome]),
            ways => ways.iter().filter_map(|way| way.outcome().ok()).collect(),
        };
        if answered.iter().any(|course| ends::allows(course, claim)) {
            return self.right();
        }
        let mut objections = Vec::new();
        for place in claim.places() {
            objections.extend(self.refuted(claim, place));
        }
        objections.extend(ends::objections(&answered, claim));
        Verdict::Wrong(objections)
    }

    /// What refutes a claim about one place, where the seats there are those of one contest of parties.
    fn refuted(&self, claim: &ClaimedSeats, place: Option<&str>) -> Option<Objection> {
        if !self.rule.is_flat() || !self.outcome.ways().is_empty() {
            return None;
        }
        let here = |record: &&Record| match record {
            Record::Contest(contest) => self.figures.spot(contest.place).name == place.unwrap_or_default(),
            _ => false,
        };
        let mut contests = self.outcome.trace().records().iter().filter(here);
        let (Some(Record::Contest(contest)), None) = (contests.next(), contests.next()) else { return None };
        let lone = contest.entries.iter().all(|entry| entry.parties.len() == 1);
        let beside = |record: &Record| matches!(record, Record::Bonus(_) | Record::Majority(_) | Record::Exhausted(_));
        if !lone || !contest.stages.is_empty() || self.outcome.trace().records().iter().any(beside) {
            return None;
        }
        let names: Vec<String> =
            contest.entries.iter().map(|entry| self.figures.name(entry.parties[0]).to_string()).collect();
        let mut seats = Vec::with_capacity(names.len());
        for name in &names {
            seats.push(claim.of(place, name)?);
        }
        let claimed =
            contest::Answer { certain: &seats, tie: None, vacant: contest.vacant, may_be_tied: true, asked: false };
        let fault = contest::fault(contest, &claimed, &names, &self.rule.tiers()[contest.tier].tie_break)?;
        Some(Objection { place: place.map(ToString::to_string), fault })
    }
}

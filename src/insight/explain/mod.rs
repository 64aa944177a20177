//! Why these seats: the steps in the order of the law.

mod averages;
mod quotas;
mod requirement;
mod steps;
mod text;

use alloc::string::String;
use alloc::vec::Vec;

pub use averages::{Award, Awards, Claim, Cut};
pub use quotas::{QuotaShare, Quotas};
pub use requirement::Requirement;
pub use steps::{Step, Steps};

use super::counts::Counts;
use super::quotient::Quotient;
use super::reading::Reading;
use crate::error::Error;
use crate::method::{AllocationMethod, Divisors};
use crate::outcome::Outcome;
use crate::rule::Rule;
use crate::count::Tally;

/// How a rule got from a tally to its outcome.
///
/// It prints in full: the threshold with each party's figure, the quota with whole quotas and remainders or the quotients
/// round the cut, then the seats. [`steps`](Self::steps) gives the same as values, one at a time; [`tables`](Self::tables)
/// prints on a terminal and as Markdown.
///
/// # Examples
/// ```
/// use apportion::insight::Explanation;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 7);
/// let explanation = Explanation::new(&rule, &tally)?;
/// let last = explanation.awards().last().unwrap();
/// assert_eq!(last.to_string(), "seat 7 to C by 7.66, its seat 2");
/// // 53, 24 and 23 over 15.2 are 3.49, 1.58 and 1.51, rounded 3, 2 and 2.
/// assert_eq!(explanation.cut().unwrap().round.as_deref(), Some("15.2"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    reading: Reading<'a>,
    counts: Counts,
    outcome: Outcome,
    /// By party.
    shares: Vec<Shares>,
    /// By party, every part of the threshold.
    requirements: Vec<Vec<Requirement>>,
    quotas: Option<Quotas>,
}

/// What a party has, in votes and new seats.
#[derive(Clone, Debug)]
struct Shares {
    admitted: bool,
    votes: u64,
    held: u64,
    certain: u64,
    lower: u64,
    upper: u64,
}

impl Shares {
    fn claim(&self, divisors: &Divisors, seats: u64) -> Quotient {
        Quotient::new(divisors, self.votes, self.held.saturating_add(seats))
    }
}

impl<'a> Explanation<'a> {
    /// Explains what a rule makes of a tally.
    ///
    /// # Errors
    /// Those of [`Rule::apply`]; [`Error::NotCovered`] for a method that has no steps here.
    pub fn new(rule: &'a Rule, tally: &'a Tally) -> Result<Self, Error> {
        let reading = Reading::new(rule, tally)?;
        let outcome = rule.apply(tally)?;
        let counts = Counts::of(tally)?;
        let shares = outcome.parties().iter().enumerate().map(|(index, party)| {
            let limits = reading.limits(index, party.counted());
            Shares {
                admitted: party.is_admitted(),
                votes: party.counted(),
                held: party.party().held(),
                certain: party.certain(),
                lower: limits.lower,
                upper: limits.upper,
            }
        });
        let shares: Vec<Shares> = shares.collect();
        let requirements = (0..shares.len())
            .map(|party| match &rule.threshold {
                Some(threshold) => requirement::requirements(&reading, &counts, threshold, party),
                None => Ok(Vec::new()),
            })
            .collect::<Result<_, _>>()?;
        let mut explanation = Self { reading, counts, outcome, shares, requirements, quotas: None };
        if let AllocationMethod::LargestRemainder(quota) = rule.method {
            if rule.seats > 0 {
                explanation.quotas = Some(quotas::quotas(&explanation, quota)?);
            }
        }
        Ok(explanation)
    }

    /// The outcome that is explained.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Every part of the threshold beside what a party has; empty without a threshold, `None` if no such party stands.
    #[must_use]
    pub fn requirements(&self, party: &str) -> Option<&[Requirement]> {
        let index = self.reading.place(party).ok()?;
        self.requirements.get(index).map(Vec::as_slice)
    }

    /// The quota and what it gave each party; `None` for highest averages.
    #[must_use]
    pub const fn quotas(&self) -> Option<&Quotas> {
        self.quotas.as_ref()
    }

    /// The seats in the order of their quotients, one at a time; none for largest remainders.
    ///
    /// Seats of an open tie and seats by minimums are not among them.
    #[must_use]
    pub fn awards(&self) -> Awards<'_> {
        Awards::new(self)
    }

    /// Where the cut between the last seat awarded and the first refused lies; `None` for largest remainders.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.divisors().map(|divisors| averages::cut(self, divisors))
    }

    /// The steps in the order of the law, one at a time.
    #[must_use]
    pub fn steps(&self) -> Steps<'_> {
        Steps::new(self)
    }

    fn divisors(&self) -> Option<&'a Divisors> {
        match &self.reading.rule.method {
            AllocationMethod::HighestAverages(divisors) => Some(divisors),
            _ => None,
        }
    }

    fn name(&self, party: usize) -> String {
        self.reading.name(party)
    }

    fn taking_part(&self) -> impl Iterator<Item = (usize, &Shares)> {
        self.shares.iter().enumerate().filter(|(_, shares)| shares.admitted)
    }
}

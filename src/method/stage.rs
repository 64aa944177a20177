//! Stages as values: how one gives seats, to whom, how many to each, and how many in all.

use core::fmt;

use alloc::vec;
use alloc::vec::Vec;

use super::{AllocationMethod, Divisors, Quota};
use crate::error::Error;
use crate::num::Ratio;

/// One stage of a method: how it gives seats, to whom, how many to each, and how many in all.
///
/// Stages follow each other until no seat is left. A stage looks at the seats given before it: whole quotas bring a party
/// up to them, a remainder is votes - quota x seats, a divisor sequence goes on from the seats a party has.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Divisors, Quota, Stage};
///
/// // South Africa, Electoral Act 73 of 1998, Schedule 1A: whole Droop quotas, at most five seats by largest surplus, then
/// // one each to the parties with the most votes for every seat they have.
/// let south_africa = AllocationMethod::Stages(vec![
///     Stage::whole_quotas(Quota::DROOP),
///     Stage::largest_remainders().total(5),
///     Stage::highest_averages(Divisors::ADAMS).only_with_seats(1).each(1),
/// ]);
/// assert_eq!(south_africa.allocate(&[5_000, 3_000, 1_500, 900], 10)?.seats()?, [5, 3, 1, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stage {
    pub(crate) kind: StageKind,
    pub(crate) fewest: u64,
    pub(crate) each: Option<u64>,
    pub(crate) total: Option<u64>,
    pub(crate) up_from: Option<Ratio>,
}

/// How a [`Stage`] gives seats.
///
/// # Examples
/// ```
/// use apportion::{Quota, Stage, StageKind};
///
/// let stages = [Stage::whole_quotas(Quota::DROOP), Stage::largest_remainders().total(5), Stage::most_votes()];
/// assert_eq!(stages[0].kind(), &StageKind::WholeQuotas(Quota::DROOP));
/// // Of the quota before it, as none is named.
/// assert_eq!(stages[1].kind(), &StageKind::LargestRemainders(None));
/// assert_eq!(stages[2].kind(), &StageKind::MostVotes);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StageKind {
    /// As many seats as a party has whole quotas.
    WholeQuotas(Quota),
    /// One seat each in order of remainder, by this quota or by that of the whole quotas before; where
    /// [`each`](Stage::each) allows more, in rounds.
    LargestRemainders(Option<Quota>),
    /// Each seat to the largest quotient votes / d(seats).
    HighestAverages(Divisors),
    /// Each seat to the largest quotient remainder / d(seats won in this stage), of what the whole quotas before leave of
    /// the votes (Liechtenstein, Volksrechtegesetz, art. 55).
    RemainderAverages(Divisors),
    /// One seat each in order of votes (Georgia, Election Code 2011, art. 125); where [`each`](Stage::each) allows more,
    /// in rounds.
    MostVotes,
}

impl Stage {
    const fn new(kind: StageKind) -> Self {
        Self { kind, fewest: 0, each: None, total: None, up_from: None }
    }

    /// As many seats as each party has whole quotas, counted with >=.
    #[must_use]
    pub const fn whole_quotas(quota: Quota) -> Self {
        Self::new(StageKind::WholeQuotas(quota))
    }

    /// One seat each in order of what the whole quotas before leave of the votes.
    #[must_use]
    pub const fn largest_remainders() -> Self {
        Self::new(StageKind::LargestRemainders(None))
    }

    /// One seat each in order of votes - `quota` x seats.
    #[must_use]
    pub const fn largest_remainders_of(quota: Quota) -> Self {
        Self::new(StageKind::LargestRemainders(Some(quota)))
    }

    /// Each seat to the largest quotient votes / d(seats), going on from the seats a party has.
    #[must_use]
    pub const fn highest_averages(divisors: Divisors) -> Self {
        Self::new(StageKind::HighestAverages(divisors))
    }

    /// Each seat to the largest quotient of what the whole quotas before leave of the votes, starting from no seat.
    ///
    /// A party without a remainder takes no seat.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Divisors, Quota, Stage};
    ///
    /// // Liechtenstein: what is left of the votes is divided by 1, 2, 3, …
    /// let liechtenstein = AllocationMethod::Stages(vec![
    ///     Stage::whole_quotas(Quota::DROOP),
    ///     Stage::highest_averages_of_remainders(Divisors::D_HONDT),
    /// ]);
    /// // The quota is 99 / 4 = 24.75, rounded up: 25. Whole quotas 1, 0, 0; remainders 24, 20, 6, 24, so that A and D win.
    /// assert_eq!(liechtenstein.allocate(&[49, 20, 6, 24], 3)?.seats()?, [2, 0, 0, 1]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn highest_averages_of_remainders(divisors: Divisors) -> Self {
        Self::new(StageKind::RemainderAverages(divisors))
    }

    /// One seat each in order of votes.
    #[must_use]
    pub const fn most_votes() -> Self {
        Self::new(StageKind::MostVotes)
    }

    /// Admits only parties that have at least `seats` seats, held ones included.
    ///
    /// Only a law can say who passes a threshold: [`Staged`](crate::rule::Staged) keeps a stage to those.
    #[must_use]
    pub fn only_with_seats(self, seats: u64) -> Self {
        Self { fewest: seats, ..self }
    }

    /// Gives each party at most `seats` seats; by default 1 for remainders and votes, and no limit otherwise.
    #[must_use]
    pub fn each(self, seats: u64) -> Self {
        Self { each: Some(seats), ..self }
    }

    /// Gives at most `seats` seats in all; a stage with a total of 0 is skipped.
    #[must_use]
    pub fn total(self, seats: u64) -> Self {
        Self { total: Some(seats), ..self }
    }

    /// Counts a remainder of at least this part of the quota as a whole one, in a stage of whole quotas (Estonia: 3/4).
    #[must_use]
    pub fn rounding_up_from(self, part: Ratio) -> Self {
        Self { up_from: Some(part), ..self }
    }

    /// The part of a quota that counts as a whole one.
    #[must_use]
    pub const fn up_from(&self) -> Option<Ratio> {
        self.up_from
    }

    /// Whether it is nothing but its kind: without conditions, limits and fractions that count as whole.
    pub(crate) fn is_plain(&self) -> bool {
        self.fewest == 0 && self.each.is_none() && self.total.is_none() && self.up_from.is_none()
    }

    /// How it gives seats.
    #[must_use]
    pub const fn kind(&self) -> &StageKind {
        &self.kind
    }

    /// The seats that a party must have to take part; 0 where everyone may.
    #[must_use]
    pub const fn fewest_seats(&self) -> u64 {
        self.fewest
    }

    /// The most seats that one party may take in it.
    pub(crate) fn most_each(&self) -> u64 {
        let default = match self.kind {
            StageKind::LargestRemainders(_) | StageKind::MostVotes => 1,
            StageKind::WholeQuotas(_) | StageKind::HighestAverages(_) | StageKind::RemainderAverages(_) => u64::MAX,
        };
        self.each.unwrap_or(default)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            StageKind::WholeQuotas(quota) => write!(f, "whole quotas ({quota})")?,
            StageKind::LargestRemainders(None) => f.write_str("largest remainders")?,
            StageKind::LargestRemainders(Some(quota)) => write!(f, "largest remainders ({quota})")?,
            StageKind::HighestAverages(divisors) => write!(f, "highest averages ({divisors})")?,
            StageKind::RemainderAverages(divisors) => write!(f, "highest averages of remainders ({divisors})")?,
            StageKind::MostVotes => f.write_str("one each in order of votes")?,
        }
        match self.fewest {
            0 => {}
            1 => f.write_str(", for those with a seat")?,
            seats => write!(f, ", for those with {seats} seats")?,
        }
        if let Some(each) = self.each {
            write!(f, ", at most {each} each")?;
        }
        if let Some(total) = self.total {
            write!(f, ", at most {total} in all")?;
        }
        Ok(())
    }
}

/// The stages that a single-stage method is.
pub(crate) fn stages_of(method: &AllocationMethod) -> Option<Vec<Stage>> {
    match method {
        AllocationMethod::LargestRemainder(quota) => {
            Some(vec![Stage::whole_quotas(*quota), Stage::largest_remainders()])
        }
        AllocationMethod::HighestAverages(divisors) => Some(vec![Stage::highest_averages(divisors.clone())]),
        AllocationMethod::Stages(stages) => Some(stages.clone()),
        AllocationMethod::BalinskiYoung => None,
    }
}

/// Refuses stages that are none, or that take remainders without a quota.
pub(crate) fn check(stages: &[Stage]) -> Result<(), Error> {
    if stages.is_empty() {
        let parameter = "the number of stages";
        return Err(Error::ParameterOutOfRange { parameter, value: "0".into(), range: "at least 1" });
    }
    let mut quota = false;
    for (index, stage) in stages.iter().enumerate() {
        quota |= matches!(stage.kind, StageKind::WholeQuotas(_));
        let of_quotas = matches!(stage.kind, StageKind::LargestRemainders(None) | StageKind::RemainderAverages(_));
        if of_quotas && !quota {
            return Err(Error::StageWithoutQuota { stage: index + 1 });
        }
    }
    Ok(())
}

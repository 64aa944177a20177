//! Stages for some: a method in stages of which a law keeps one to those that pass a threshold (Brazil, Costa Rica, the
//! councils of Dutch municipalities).

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::Unit;
use super::admission::{Candidate, Threshold};
use super::allocate::Entrant;
use crate::error::Error;
use crate::method::{AllocationMethod, Stage};
use crate::rule::session::{Halt, Session};

/// A method in stages of which a law keeps one or more to the parties that pass a threshold.
///
/// Stages that everyone may take part in, or whoever has some seats, are [`AllocationMethod::Stages`]; who passes a
/// threshold only a law can say.
///
/// # Examples
/// ```
/// use apportion::rule::Staged;
/// use apportion::{Quota, Rule, Stage, Tally, Threshold};
///
/// // Costa Rica, Código Electoral, art. 203 to 205: remainders are for lists with half a quotient.
/// let half = Threshold::quota(Quota::HARE, "1/2".parse()?);
/// let method = Staged::new()
///     .stage(Stage::whole_quotas(Quota::HARE))
///     .stage_for(half, Stage::largest_remainders());
/// let tally = Tally::from_votes([("A", 520), ("B", 260), ("C", 130), ("D", 90)])?;
/// // The quotient is 200: 2, 1, 0 and 0 seats; remainders 120, 60 and 130, and D has less than 100 votes.
/// let outcome = Rule::new(method, 5).apply(&tally)?;
/// assert_eq!((outcome.seats("A"), outcome.seats("C"), outcome.seats("D")), (Some(3), Some(1), Some(0)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Staged {
    /// Always stages.
    method: AllocationMethod,
    /// Per stage, what its parties must pass.
    thresholds: Vec<Option<Threshold>>,
}

impl Default for Staged {
    fn default() -> Self {
        Self::new()
    }
}

impl Staged {
    /// No stage yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { method: AllocationMethod::Stages(Vec::new()), thresholds: Vec::new() }
    }

    /// Adds a stage for everyone.
    #[must_use]
    pub fn stage(self, stage: Stage) -> Self {
        self.with(stage, None)
    }

    /// Adds a stage for the parties that pass a threshold.
    #[must_use]
    pub fn stage_for(self, threshold: Threshold, stage: Stage) -> Self {
        self.with(stage, Some(threshold))
    }

    fn with(mut self, stage: Stage, threshold: Option<Threshold>) -> Self {
        if let AllocationMethod::Stages(stages) = &mut self.method {
            stages.push(stage);
            self.thresholds.push(threshold);
        }
        self
    }

    /// The stages as a method, without their thresholds.
    #[must_use]
    pub const fn method(&self) -> &AllocationMethod {
        &self.method
    }

    /// The stages in order, each with what its parties must pass.
    pub fn stages(&self) -> impl Iterator<Item = (&Stage, Option<&Threshold>)> {
        let stages = match &self.method {
            AllocationMethod::Stages(stages) => stages.as_slice(),
            _ => &[],
        };
        stages.iter().zip(self.thresholds.iter().map(Option::as_ref))
    }

    /// A stage in words.
    pub(super) fn name_of(&self, stage: usize) -> String {
        self.stages().nth(stage).map(named).unwrap_or_default()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        self.method.check()?;
        self.thresholds.iter().flatten().try_for_each(Threshold::check)
    }

    /// Per stage, who of the entrants may take part in it.
    pub(super) fn passing(
        &self,
        session: &mut Session<'_>,
        unit: &Unit,
        competing: &[&Entrant],
    ) -> Result<Vec<Vec<bool>>, Halt> {
        let mut all = Vec::with_capacity(self.thresholds.len());
        for threshold in &self.thresholds {
            let mut passes = vec![true; competing.len()];
            if let Some(threshold) = threshold {
                for (passes, entrant) in passes.iter_mut().zip(competing) {
                    let candidate = Candidate { parties: &entrant.parties, place: unit.place, stands: unit.place };
                    *passes = threshold.shortfall(candidate, session, &mut Vec::new())?.is_none();
                }
            }
            all.push(passes);
        }
        Ok(all)
    }
}

fn named((stage, threshold): (&Stage, Option<&Threshold>)) -> String {
    match threshold {
        None => stage.to_string(),
        Some(threshold) => format!("{stage}, for those with {threshold}"),
    }
}

impl FromIterator<(Stage, Option<Threshold>)> for Staged {
    fn from_iter<I: IntoIterator<Item = (Stage, Option<Threshold>)>>(stages: I) -> Self {
        stages.into_iter().fold(Self::new(), |method, (stage, threshold)| method.with(stage, threshold))
    }
}

impl fmt::Display for Staged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.stages().map(named).collect();
        f.write_str(&names.join(", then "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::Quota;

    fn quotas_then_remainders_for(threshold: Threshold) -> Staged {
        Staged::new().stage(Stage::whole_quotas(Quota::HARE)).stage_for(threshold, Stage::largest_remainders())
    }

    #[test]
    fn a_stage_says_whom_it_is_for() {
        let method = quotas_then_remainders_for(Threshold::votes(100));
        assert_eq!(method.to_string(), "whole quotas (Hare quota), then largest remainders, for those with 100 votes");
        assert_eq!((method.name_of(0), method.name_of(2)), ("whole quotas (Hare quota)".into(), String::new()));
    }

    #[test]
    fn stages_and_thresholds_that_are_none_are_refused() {
        let above_all = Threshold::share("101%".parse().unwrap());
        assert_eq!(quotas_then_remainders_for(above_all).check(), Err(Error::ShareAboveOne { share: "101%".into() }));
        let alone = Staged::new().stage_for(Threshold::votes(1), Stage::largest_remainders());
        assert_eq!(alone.check(), Err(Error::StageWithoutQuota { stage: 1 }));
        assert!(Staged::new().check().is_err());
    }
}

//! What a law decided on the way to an outcome: known with the outcome, or found out when somebody asks.

use core::fmt;

use alloc::boxed::Box;
use alloc::vec::Vec;

#[cfg(feature = "std")]
use self::later::Later;
#[cfg(feature = "std")]
use super::{Admission, Outcome, PartyOutcome};
use super::{StageOutcome, TierOutcome, Warning};
#[cfg(feature = "std")]
use crate::count::Tally;
use crate::rule::Trace;
#[cfg(feature = "std")]
use crate::rule::{Rule, Threshold};

/// Stages, tiers, warnings and the trace of one course of a law.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Course {
    pub(super) stages: Vec<StageOutcome>,
    pub(super) tiers: Vec<TierOutcome>,
    pub(super) warnings: Vec<Warning>,
    pub(super) trace: Trace,
}

/// A course that is known, or that a whole run of the law shows when it is asked for.
#[derive(Clone)]
pub(super) enum Told {
    Known(Box<Course>),
    #[cfg(feature = "std")]
    Later(Box<Later>),
}

impl Told {
    pub(super) fn course(&self) -> &Course {
        match self {
            Self::Known(course) => course,
            #[cfg(feature = "std")]
            Self::Later(later) => later.course(),
        }
    }

    pub(super) fn warnings(&self) -> &[Warning] {
        match self {
            Self::Known(course) => &course.warnings,
            #[cfg(feature = "std")]
            Self::Later(later) => later.warnings(),
        }
    }

    pub(super) fn into_course(self) -> Course {
        match self {
            Self::Known(course) => *course,
            #[cfg(feature = "std")]
            Self::Later(later) => later.course().clone(),
        }
    }
}

#[cfg(feature = "std")]
impl Outcome {
    /// The outcome of a law of one place in which a method gave these certain seats to these votes.
    pub(crate) fn of_plain(
        rule: &Rule,
        tally: &Tally,
        counted: &[u64],
        given: &[u64],
        admission: impl Fn(u64) -> Admission,
    ) -> Self {
        let threshold = rule.tiers().iter().find_map(|tier| tier.threshold.as_ref());
        let base = threshold.and_then(Threshold::first_base).unwrap_or_default();
        let numbers = counted.iter().zip(given);
        let parties = tally.iter().zip(numbers).map(|((party, votes), (&counted, &seats))| {
            // More than 64 bits are no plain law's.
            let votes = u64::try_from(votes).unwrap_or(u64::MAX);
            PartyOutcome { party: party.clone(), votes, counted, seats, admission: admission(votes) }
        });
        let parties = parties.collect();
        Self {
            parties,
            places: Vec::new(),
            ties: Vec::new(),
            settled: Vec::new(),
            vacant: 0,
            seats: given.iter().sum(),
            spared: 0,
            base,
            whole: tally.base(base).unwrap_or(0),
            bonus: None,
            unseated: Vec::new(),
            ways: Vec::new(),
            alike: Vec::new(),
            ways_complete: true,
            admitted_apart: false,
            told: Told::Later(Box::new(Later::new(rule, tally))),
        }
    }
}

impl Default for Told {
    fn default() -> Self {
        Self::from(Course::default())
    }
}

impl From<Course> for Told {
    fn from(course: Course) -> Self {
        Self::Known(Box::new(course))
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.course().fmt(f)
    }
}

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        self.course() == other.course()
    }
}

impl Eq for Told {}

impl core::hash::Hash for Told {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.course().hash(state);
    }
}

#[cfg(feature = "std")]
mod later {
    use std::sync::OnceLock;
    use std::vec::Vec;

    use super::Course;
    use crate::count::{CountRef, Party, Tally};
    use crate::outcome::Warning;
    use crate::rule::{Rule, run};

    /// A law and a tally whose course is certain, and has not been asked for yet.
    #[derive(Clone, Debug)]
    pub(in crate::outcome) struct Later {
        rule: Rule,
        tally: Tally,
        warnings: OnceLock<Vec<Warning>>,
        course: OnceLock<Course>,
    }

    impl Later {
        /// The course of a plain law over a tally whose seats are certain: its warnings are of names alone.
        pub(in crate::outcome) fn new(rule: &Rule, tally: &Tally) -> Self {
            Self { rule: rule.clone(), tally: tally.clone(), warnings: OnceLock::new(), course: OnceLock::new() }
        }

        pub(super) fn course(&self) -> &Course {
            // A law that is certain at a glance has an answer, which the tests of `rule::plain` hold: an empty course stands
            // for what cannot be.
            self.course.get_or_init(|| {
                let outcome = run::whole(&self.rule, CountRef::Tally(&self.tally));
                outcome.map_or_else(|_| Course::default(), |outcome| outcome.told.into_course())
            })
        }

        pub(super) fn warnings(&self) -> &[Warning] {
            self.warnings.get_or_init(|| {
                let parties = self.tally.parties().iter().map(Party::name);
                Warning::of_names(parties, core::iter::empty())
            })
        }
    }
}

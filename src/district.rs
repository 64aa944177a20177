//! Districts: constituencies that share one rule.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use crate::allocation::TieBreak;
use crate::base::Base;
use crate::method::AllocationMethod;
use crate::tally::Tally;

/// One constituency: its name, its seats and what was counted there.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, District, Rule, Tally};
///
/// let districts = [
///     District::new("North", 3, Tally::from_votes([("A", 600), ("B", 400)])?),
///     District::new("South", 2, Tally::from_votes([("A", 100), ("B", 250)])?),
/// ];
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 5).apply_districts(&districts, &[])?;
/// assert_eq!(outcome.seats("B"), Some(3));
/// assert_eq!(outcome.districts()[0].outcome().seats("A"), Some(2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct District {
    /// Its name.
    pub name: String,
    /// Its seats; `None` where the rule gives them out by [`SeatsBy`].
    pub seats: Option<u64>,
    /// The ballots counted in it.
    pub tally: Tally,
    /// Its inhabitants, where the rule asks for them.
    pub population: Option<u64>,
}

impl District {
    /// A constituency with a number of seats.
    #[must_use]
    pub fn new(name: impl Into<String>, seats: u64, tally: Tally) -> Self {
        Self { name: name.into(), seats: Some(seats), tally, population: None }
    }

    /// A constituency whose seats the rule gives out by [`SeatsBy`].
    #[must_use]
    pub fn without_seats(name: impl Into<String>, tally: Tally) -> Self {
        Self { name: name.into(), seats: None, tally, population: None }
    }

    /// The same with so many inhabitants.
    #[must_use]
    pub fn with_population(self, population: u64) -> Self {
        Self { population: Some(population), ..self }
    }
}

/// How seats are given to districts before they go to parties.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Measure, SeatsBy};
/// // Largest remainders over the inhabitants, and two seats for every province at least.
/// let provinces = SeatsBy::new(AllocationMethod::HARE, Measure::Population).with_minimum(2);
/// assert_eq!(provinces.minimum(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeatsBy {
    pub(crate) method: AllocationMethod,
    pub(crate) of: Measure,
    pub(crate) minimum: u64,
    pub(crate) tie_break: Vec<TieBreak<String>>,
}

/// What a district's claim to seats is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Ballots or voters of this kind.
    Ballots(Base),
    /// Inhabitants.
    Population,
}

impl SeatsBy {
    /// Seats by `method` over this measure: no minimum, no tie-break.
    #[must_use]
    pub const fn new(method: AllocationMethod, of: Measure) -> Self {
        Self { method, of, minimum: 0, tie_break: Vec::new() }
    }

    /// The same with at least so many seats for each district; where that lifts whole quotas beyond the seats, the
    /// districts with the smallest remainders lose one each.
    #[must_use]
    pub fn with_minimum(self, minimum: u64) -> Self {
        Self { minimum, ..self }
    }

    /// The same settling ties between districts; votes are what the measure counts.
    #[must_use]
    pub fn with_tie_break(self, chain: impl Into<Vec<TieBreak<String>>>) -> Self {
        Self { tie_break: chain.into(), ..self }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &AllocationMethod {
        &self.method
    }

    /// What a district's claim is.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.of
    }

    /// The fewest seats of a district.
    #[must_use]
    pub const fn minimum(&self) -> u64 {
        self.minimum
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ballots(base) => base.fmt(f),
            Self::Population => f.pad("population"),
        }
    }
}

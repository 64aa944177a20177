//! Warnings: what a law left open, or could not give.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use crate::num::text::grouped;
use crate::outcome::Outcome;
use crate::tie::Tie;

/// Something that a reader of an [`Outcome`] should know before relying on its seats.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally, Warning};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// assert!(matches!(&outcome.warnings()[..], [Warning::OpenTie { district: None, .. }]));
/// assert_eq!(outcome.warnings()[0].to_string(), "open tie: 1 seat is tied among A, B");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Warning {
    /// Seats that the law leaves to a lot or to whoever decides ties.
    OpenTie {
        /// Who is tied, and for how many seats.
        tie: Tie<String>,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// Seats that nobody may take.
    Vacant {
        /// How many.
        seats: u64,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// A list that has as many seats as candidates and would have had more.
    Exhausted {
        /// The list.
        party: String,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// A list that would have had more seats than the cap allows.
    Capped {
        /// The list.
        party: String,
        /// Where, if there are several districts.
        district: Option<String>,
    },
}

impl Outcome {
    /// What the law left open or could not give: ties, vacancies, exhausted lists, capped ones.
    ///
    /// A list is known to be exhausted where the rule reassigns seats; where maximums hold within the method, a list at
    /// its maximum may or may not have had a claim to more.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        match self.districts[..] {
            [] => self.warnings_in(None),
            _ => {
                let of = |place: &crate::outcome::DistrictOutcome| place.outcome.warnings_in(Some(&place.name));
                self.districts.iter().flat_map(of).collect()
            }
        }
    }

    fn warnings_in(&self, district: Option<&String>) -> Vec<Warning> {
        let district = || district.cloned();
        let ties = self.ties.iter().map(|tie| Warning::OpenTie { tie: tie.clone(), district: district() });
        let vacant = Some(self.vacant).filter(|&seats| seats > 0);
        let vacant = vacant.map(|seats| Warning::Vacant { seats, district: district() });
        let exhausted = self.exhausted.iter().map(|party| (party.clone(), district()));
        let capped = self.capped.iter().map(|party| (party.clone(), district()));
        ties.chain(vacant)
            .chain(exhausted.map(|(party, district)| Warning::Exhausted { party, district }))
            .chain(capped.map(|(party, district)| Warning::Capped { party, district }))
            .collect()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self {
            Self::OpenTie { district, .. }
            | Self::Vacant { district, .. }
            | Self::Exhausted { district, .. }
            | Self::Capped { district, .. } => district,
        };
        if let Some(place) = place {
            write!(f, "{place}: ")?;
        }
        match self {
            Self::OpenTie { tie, .. } => write!(f, "open tie: {tie}"),
            Self::Vacant { seats, .. } => {
                write!(f, "vacant: {} seats that no maximum lets anyone take", grouped(*seats))
            }
            Self::Exhausted { party, .. } => write!(f, "exhausted: {party} has no more candidates"),
            Self::Capped { party, .. } => write!(f, "capped: {party} may have no more seats by its votes"),
        }
    }
}

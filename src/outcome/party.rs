//! What an outcome says of one party: whether it took part, with what, and the seats that it has.

use crate::count::Party;
use crate::num::Ratio;
use crate::rule::Shortfall;

/// What came out for one party.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
/// let a = outcome.party("A").expect("it stood");
/// assert_eq!((a.votes(), a.certain(), a.is_admitted()), (60, 3, true));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartyOutcome {
    pub(super) party: Party,
    pub(super) votes: u64,
    pub(super) counted: u64,
    pub(super) seats: u64,
    pub(super) admission: Admission,
}

/// Whether a party took part, and why or why not.
///
/// # Examples
/// ```
/// use apportion::{Admission, AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 96), ("B", 4)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("5%".parse()?)).apply(&tally)?;
/// let admission = |name| outcome.party(name).map(|party| party.admission());
/// assert_eq!(admission("A"), Some(&Admission::Passed));
/// assert!(matches!(admission("B"), Some(Admission::Refused(_))));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Admission {
    /// It passed the threshold, or there was none.
    Passed,
    /// It did not pass, but too few others did.
    Repaired(Shortfall),
    /// It did not pass, but too few others did, and its votes count at this weight.
    Weighed(Shortfall, Ratio),
    /// It did not pass.
    Refused(Shortfall),
}

impl Admission {
    /// Whether the party took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        matches!(self, Self::Passed | Self::Repaired(_) | Self::Weighed(..))
    }

    /// What it lacked of the threshold.
    #[must_use]
    pub const fn shortfall(&self) -> Option<&Shortfall> {
        match self {
            Self::Passed => None,
            Self::Repaired(lacks) | Self::Weighed(lacks, _) | Self::Refused(lacks) => Some(lacks),
        }
    }
}

impl PartyOutcome {
    /// The party.
    #[must_use]
    pub const fn party(&self) -> &Party {
        &self.party
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.party.name()
    }

    /// Its votes: first choices.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The votes that the method saw: none for a party not admitted, more than its first choices where votes were spared.
    #[must_use]
    pub const fn counted(&self) -> u64 {
        self.counted
    }

    /// The seats it has whatever a tie brings.
    #[must_use]
    pub const fn certain(&self) -> u64 {
        self.seats
    }

    /// Whether it took part, and why or why not.
    #[must_use]
    pub const fn admission(&self) -> &Admission {
        &self.admission
    }

    /// Whether it took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        self.admission.is_admitted()
    }
}

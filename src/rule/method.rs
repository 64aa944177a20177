//! The method of a tier: one of the crate's, totals that are given, or a user's own.

use core::fmt;
use core::hash::{Hash, Hasher};

use alloc::string::String;
use alloc::sync::Arc;

use super::provisions::biproportional::Biproportional;
use super::provisions::staged::Staged;
use crate::error::Error;
use crate::method::{AllocationMethod, Apportion};

/// How a tier gives out its seats.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::rule::Method;
///
/// let method = Method::from(AllocationMethod::HARE);
/// assert_eq!(method.allocation(), Some(&AllocationMethod::HARE));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// By a method of this crate.
    Allocation(AllocationMethod),
    /// By stages, some of which are for parties that pass a threshold.
    Staged(Staged),
    /// By a matrix of parties and districts, whose sums are both given.
    Biproportional(Biproportional),
    /// As the count says: the seats of each party are given, and the tier only places them.
    #[default]
    Given,
    /// By a method of a user's own, which knows no bounds.
    Own(OwnMethod),
}

/// A user's own method under a name; two are equal if they are the same value.
///
/// # Examples
/// ```
/// use apportion::rule::OwnMethod;
/// use apportion::{Allocation, Apportion, Error, Rule, Tally};
///
/// struct WinnerTakesAll;
/// impl Apportion for WinnerTakesAll {
///     fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
///         let first = (0..votes.len()).max_by_key(|&at| votes[at]).ok_or(Error::NoParties)?;
///         let given = (0..votes.len()).map(|at| if at == first { seats } else { 0 });
///         Ok(Allocation::new(given.collect::<Vec<_>>()))
///     }
/// }
///
/// let method = OwnMethod::new("winner takes all", WinnerTakesAll);
/// assert_eq!(method.name(), "winner takes all");
/// let outcome = Rule::new(method, 5).apply(&Tally::from_votes([("A", 60), ("B", 40)])?)?;
/// assert_eq!(outcome.seats("A"), Some(5));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
pub struct OwnMethod {
    name: String,
    method: Arc<dyn Apportion + Send + Sync>,
}

impl OwnMethod {
    /// A method of one's own, by the name that explanations call it.
    #[must_use]
    pub fn new(name: impl Into<String>, method: impl Apportion + Send + Sync + 'static) -> Self {
        Self { name: name.into(), method: Arc::new(method) }
    }

    /// What explanations call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn apportion(&self) -> &dyn Apportion {
        &*self.method
    }
}

impl fmt::Debug for OwnMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnMethod").field("name", &self.name).finish_non_exhaustive()
    }
}

impl PartialEq for OwnMethod {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.method, &other.method)
    }
}

impl Eq for OwnMethod {}

impl Hash for OwnMethod {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Method {
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Allocation(method) => method.check(),
            Self::Staged(staged) => staged.check(),
            Self::Biproportional(_) | Self::Given | Self::Own(_) => Ok(()),
        }
    }

    /// The method of this crate that it is, if it is one; the thresholds of its stages are not in it.
    #[must_use]
    pub const fn allocation(&self) -> Option<&AllocationMethod> {
        match self {
            Self::Allocation(method) => Some(method),
            Self::Staged(staged) => Some(staged.method()),
            Self::Biproportional(_) | Self::Given | Self::Own(_) => None,
        }
    }

    /// Whether it is a matrix of parties and districts.
    #[must_use]
    pub const fn is_biproportional(&self) -> bool {
        matches!(self, Self::Biproportional(_))
    }
}

impl From<AllocationMethod> for Method {
    fn from(method: AllocationMethod) -> Self {
        Self::Allocation(method)
    }
}

impl From<Staged> for Method {
    fn from(staged: Staged) -> Self {
        Self::Staged(staged)
    }
}

impl From<Biproportional> for Method {
    fn from(law: Biproportional) -> Self {
        Self::Biproportional(law)
    }
}

impl From<OwnMethod> for Method {
    fn from(method: OwnMethod) -> Self {
        Self::Own(method)
    }
}

impl PartialEq<AllocationMethod> for Method {
    fn eq(&self, other: &AllocationMethod) -> bool {
        self.allocation() == Some(other)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allocation(method) => method.fmt(f),
            Self::Staged(staged) => staged.fmt(f),
            Self::Biproportional(law) => law.fmt(f),
            Self::Given => f.pad("totals that are given"),
            Self::Own(own) => f.pad(&own.name),
        }
    }
}

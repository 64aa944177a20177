//! Ballots: one voter's paper.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;

/// One voter's paper.
///
/// # Examples
/// ```
/// use apportion::Ballot;
///
/// let papers = [Ballot::party("Greens"), Ballot::ranked(["Pirates", "Greens"])?, Ballot::Blank];
/// assert_eq!(papers[1].first(), Some("Pirates"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ballot {
    /// For one party.
    Party(String),
    /// Parties in order of preference.
    Ranked(Ranking),
    /// Left blank.
    Blank,
    /// Spoilt, or not valid for another reason.
    Invalid,
    /// Against all parties, where the ballot offers that.
    AgainstAll,
}

impl Ballot {
    /// A ballot for one party.
    #[must_use]
    pub fn party(name: impl Into<String>) -> Self {
        Self::Party(name.into())
    }

    /// A ballot that ranks parties, the most preferred first.
    ///
    /// # Errors
    /// As [`Ranking::new`].
    pub fn ranked<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Result<Self, Error> {
        Ranking::new(names).map(Self::Ranked)
    }

    /// The party it counts for first, if it is for any.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        match self {
            Self::Party(name) => Some(name),
            Self::Ranked(ranking) => ranking.0.first().map(String::as_str),
            Self::Blank | Self::Invalid | Self::AgainstAll => None,
        }
    }
}

/// Parties in order of preference: at least one, none twice.
///
/// # Examples
/// ```
/// use apportion::Ranking;
///
/// let ranking = Ranking::new(["B", "A"])?;
/// assert_eq!(ranking.names(), ["B", "A"]);
/// assert!(Ranking::new(["A", "A"]).is_err());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ranking(Vec<String>);

impl Ranking {
    /// A ranking, the most preferred party first.
    ///
    /// # Errors
    /// [`Error::EmptyRanking`] for no party, [`Error::RepeatedParty`] for one that stands twice: `["A", "B", "A"]`.
    pub fn new<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Result<Self, Error> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() {
            return Err(Error::EmptyRanking);
        }
        no_repeats(&names, "a ballot")?;
        Ok(Self(names))
    }

    /// The parties, the most preferred first.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

/// Refuses a list that names a party twice.
pub(crate) fn no_repeats(names: &[String], place: &'static str) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    match names.iter().find(|name| !seen.insert(name.as_str())) {
        Some(name) => Err(Error::RepeatedParty { name: name.clone(), place }),
        None => Ok(()),
    }
}

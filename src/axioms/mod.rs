//! The axioms of apportionment: what a method guarantees, and how to find out what it does not.
//!
//! Each axiom is a function of a method, any [`Apportion`], and an [`Instance`]. It answers `Ok`, or with a [`Fault`]: a
//! [`Violation`] that prints as a sentence with the numbers, or a [`Misbehaviour`] where an answer is no allocation (the
//! wrong number of seats or entries, a panic). [`Axiom`] is the table of contents.
//!
//! - [`examine`] holds a method against all of them, in order of size, and reports what it keeps and what it breaks.
//! - [`search`] looks for the smallest break of one axiom; that there is none up to so many parties, votes and seats is a
//!   statement that can be repeated.
//! - [`AllocationMethod::guarantees`](crate::AllocationMethod::guarantees) tells what is known of this crate's methods.
//! - [`max_min`] and [`majorization`] relate a method to divisors and to another method.
//! - [`strategies`] (feature `proptest`) make the inputs for property tests.
//!
//! # Ties
//! With ties a method has a *set* of outcomes, M(v, S), and statements are about that set. "No party has more than …" is
//! said of every outcome; "for every outcome there is one …" is said where a second contest is compared in which a tie
//! can go either way. Parties are compared one by one. A tie's outcomes are never listed: what one or two parties can
//! have is read off the tie.
//!
//! # What is not asked
//! A method may refuse: an error is no outcome, and breaks nothing. Reports count refusals.
//!
//! # Examples
//! ```
//! use apportion::axioms::{Axiom, Instance, examine};
//! use apportion::{Allocation, AllocationMethod, Apportion, Error};
//!
//! let alabama = Axiom::HouseMonotonicity.check(&AllocationMethod::HARE, &Instance::new([9, 3, 1], 6)).unwrap_err();
//! assert_eq!(alabama.to_string(), "house monotonicity: 9, 3, 1 votes: party 3 has 1 seat of 6, but 0 of 7");
//!
//! /// Everything to the first party.
//! struct Autocracy;
//! impl Apportion for Autocracy {
//!     fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
//!         Ok(Allocation::new((0..votes.len()).map(|party| if party == 0 { seats } else { 0 }).collect::<Vec<_>>()))
//!     }
//! }
//! let report = examine(&Autocracy);
//! assert!(report.keeps(Axiom::HouseMonotonicity));
//! assert!(report.violation(Axiom::Anonymity).is_some());
//! ```

mod anonymity;
mod answer;
mod apparentement;
mod completeness;
mod concordance;
mod enumeration;
mod exactness;
mod examine;
mod fault;
mod guarantee;
mod homogeneity;
mod house_monotonicity;
mod instance;
mod known;
mod lower_quota;
mod majority;
mod majorization;
mod max_min;
mod merging;
mod minority;
mod own_vote_monotonicity;
mod population_monotonicity;
mod removal_monotonicity;
mod search;
#[cfg(feature = "proptest")]
pub mod strategies;
mod uniformity;
mod unwinding;
mod upper_quota;

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};

pub use anonymity::anonymity;
pub use apparentement::apparentement;
pub use completeness::completeness;
pub use concordance::concordance;
pub use exactness::exactness;
pub use examine::{Report, examine, examine_within};
pub use fault::{Fault, Misbehaviour, Violation};
pub use guarantee::{CounterExample, Evidence, Guarantee};
pub use homogeneity::homogeneity;
pub use house_monotonicity::house_monotonicity;
pub use instance::Instance;
pub use lower_quota::lower_quota;
pub use majority::majority;
pub use majorization::majorization;
pub use max_min::max_min;
pub use merging::{merging_never_gains, merging_never_loses, stability};
pub use minority::minority;
pub use own_vote_monotonicity::own_vote_monotonicity;
pub use population_monotonicity::population_monotonicity;
pub use removal_monotonicity::removal_monotonicity;
pub use search::{Budget, Search, search};
pub use uniformity::uniformity;
pub use upper_quota::upper_quota;

use crate::method::Apportion;
use instance::{List, Seats};

/// The axioms, in the literature's order: properties that a method has or has not.
///
/// # Examples
/// ```
/// use apportion::axioms::Axiom;
/// for axiom in Axiom::ALL {
///     println!("{axiom}: {} ({})", axiom.statement(), axiom.source());
/// }
/// assert_eq!(Axiom::ALL.len(), 18);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Axiom {
    /// Parties in another order get the same outcomes in that order: [`anonymity`].
    #[doc(alias = "symmetry")]
    Anonymity,
    /// All votes multiplied by the same number give the same outcomes: [`homogeneity`].
    #[doc(alias = "decency")]
    Homogeneity,
    /// Whole ideal shares are given as they are: [`exactness`].
    Exactness,
    /// More votes, no fewer seats: [`concordance`].
    #[doc(alias = "order preservation")]
    Concordance,
    /// Every seat is given out: [`completeness`].
    Completeness,
    /// A larger house takes no seat from anyone: [`house_monotonicity`].
    #[doc(alias = "Alabama paradox")]
    HouseMonotonicity,
    /// More votes for a party alone take no seat from it: [`own_vote_monotonicity`].
    #[doc(alias = "negative vote weight")]
    OwnVoteMonotonicity,
    /// No seat passes from a party that grows faster to one that grows slower: [`population_monotonicity`].
    #[doc(alias = "vote-ratio monotonicity")]
    #[doc(alias = "population paradox")]
    PopulationMonotonicity,
    /// A part of an outcome is an outcome for that part: [`uniformity`].
    #[doc(alias = "coherence")]
    #[doc(alias = "consistency")]
    Uniformity,
    /// A party that is excluded leaves its seats to the others: [`removal_monotonicity`].
    #[doc(alias = "new states paradox")]
    #[doc(alias = "threshold monotonicity")]
    RemovalMonotonicity,
    /// No party has fewer seats than its ideal share rounded down: [`lower_quota`].
    LowerQuota,
    /// No party has more seats than its ideal share rounded up: [`upper_quota`].
    UpperQuota,
    /// More than half of the votes bring at least half of the seats: [`majority`].
    Majority,
    /// Less than half of the votes bring no more than half of the seats: [`minority`].
    Minority,
    /// Two parties that merge have no fewer seats than together before: [`merging_never_loses`].
    #[doc(alias = "superadditivity")]
    MergingNeverLoses,
    /// Two parties that merge have no more seats than together before: [`merging_never_gains`].
    #[doc(alias = "subadditivity")]
    MergingNeverGains,
    /// Two parties that merge win or lose one seat at most: [`stability`].
    Stability,
    /// An alliance that divides its seats by the same method hurts no member: [`apparentement`].
    #[doc(alias = "alliance")]
    Apparentement,
}

/// One axiom: how it reads, where it is from and how it is checked.
struct Law {
    name: &'static str,
    statement: &'static str,
    source: &'static str,
    check: fn(&dyn Apportion, &Instance) -> Result<(), Fault>,
}

impl Axiom {
    /// All axioms, in order.
    pub const ALL: [Self; 18] = [
        Self::Anonymity,
        Self::Homogeneity,
        Self::Exactness,
        Self::Concordance,
        Self::Completeness,
        Self::HouseMonotonicity,
        Self::OwnVoteMonotonicity,
        Self::PopulationMonotonicity,
        Self::Uniformity,
        Self::RemovalMonotonicity,
        Self::LowerQuota,
        Self::UpperQuota,
        Self::Majority,
        Self::Minority,
        Self::MergingNeverLoses,
        Self::MergingNeverGains,
        Self::Stability,
        Self::Apparentement,
    ];

    const fn law(self) -> &'static Law {
        match self {
            Self::Anonymity => &anonymity::LAW,
            Self::Homogeneity => &homogeneity::LAW,
            Self::Exactness => &exactness::LAW,
            Self::Concordance => &concordance::LAW,
            Self::Completeness => &completeness::LAW,
            Self::HouseMonotonicity => &house_monotonicity::LAW,
            Self::OwnVoteMonotonicity => &own_vote_monotonicity::LAW,
            Self::PopulationMonotonicity => &population_monotonicity::LAW,
            Self::Uniformity => &uniformity::LAW,
            Self::RemovalMonotonicity => &removal_monotonicity::LAW,
            Self::LowerQuota => &lower_quota::LAW,
            Self::UpperQuota => &upper_quota::LAW,
            Self::Majority => &majority::LAW,
            Self::Minority => &minority::LAW,
            Self::MergingNeverLoses => &merging::SUPERADDITIVITY,
            Self::MergingNeverGains => &merging::SUBADDITIVITY,
            Self::Stability => &merging::STABILITY,
            Self::Apparentement => &apparentement::LAW,
        }
    }

    /// Its name: `house monotonicity`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.law().name
    }

    /// What it says, in a sentence.
    #[must_use]
    pub const fn statement(self) -> &'static str {
        self.law().statement
    }

    /// Where it is from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        self.law().source
    }

    /// Holds `method` against the axiom on one instance.
    ///
    /// # Errors
    /// A [`Fault`]: the axiom is broken, or an answer is no allocation.
    ///
    /// # Examples
    /// ```
    /// use apportion::AllocationMethod;
    /// use apportion::axioms::{Axiom, Instance};
    /// let instance = Instance::new([46, 12, 4, 4], 7);
    /// assert!(Axiom::UpperQuota.check(&AllocationMethod::HARE, &instance).is_ok());
    /// let fault = Axiom::UpperQuota.check(&AllocationMethod::SAINTE_LAGUE, &instance).unwrap_err();
    /// assert_eq!(fault.violation().unwrap().outcome(), [6, 1, 0, 0]);
    /// ```
    pub fn check(self, method: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
        (self.law().check)(method, instance)
    }
}

impl fmt::Display for Axiom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// "2 of 7 seats", or "2 or 3 of 7 seats" where a tie decides.
fn range(low: u64, high: u64, seats: u64) -> String {
    let has = if low == high { low.to_string() } else { format!("{low} or {high}") };
    format!("{has} of {}", Seats(seats))
}

/// "party 1 has 15 of 29 votes, but 3 of 7 seats".
fn halves(party: usize, votes: u64, total: u128, has: u64, seats: u64) -> String {
    format!("party {} has {votes} of {total} votes, but {has} of {}", party + 1, Seats(seats))
}

//! Rules: laws as values, which are lists of tiers.

pub(crate) mod choice;
pub(crate) mod decision;
mod display;
pub(crate) mod ledger;
mod method;
pub(crate) mod placing;
#[cfg(feature = "std")]
mod plain;
pub(crate) mod prepared;
pub(crate) mod provisions;
pub(crate) mod run;
pub(crate) mod session;
mod tier;
pub mod trace;

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use crate::count::CountRef;
use crate::error::Error;
use crate::method::AllocationMethod;
use crate::outcome::Outcome;

pub use choice::{Candidates, Choice, Chosen};
pub use method::{Method, OwnMethod};
pub use placing::settle::{Give, LocalQuota, Met, QuotaOf, Settle, Take};
pub use prepared::{Prepared, RowLeft};
pub use provisions::admission::{
    AdmittedShare, AtLeast, Comparison, HowMany, NonePasses, Shortfall, Threshold, VoterShare,
};
pub use provisions::biproportional::{Biproportional, MatrixRecord, Upper};
pub use provisions::bonus::Bonus;
pub use provisions::cap::Cap;
pub use provisions::exhaustion::Exhaustion;
pub use provisions::fragments::Fragments;
pub use provisions::linked::Link;
pub use provisions::majority::Majority;
pub use provisions::overhang::{Levelling, Need, Outsiders, Overhang};
pub use provisions::placement::{Direct, Factor, Order, PlaceBy, PlaceSteps, Placement, Room, What};
pub use provisions::seats_to_districts::SeatsBy;
pub use provisions::staged::Staged;
pub use tier::{Kind, Seats, Tier, Votes};
pub use trace::{Record, Trace};

/// A law: a list of tiers, each seats given out at one level by one method.
///
/// Most laws are one tier, which [`new`](Self::new) makes and the words below fill in; [`of_tiers`](Self::of_tiers) takes
/// several.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("Nur Otan", 5_621_436), ("Ak Zhol", 518_405), ("CPPK", 498_788), ("OSDP", 116_534)])?;
/// let majilis = Rule::new(AllocationMethod::HARE, 98)
///     .threshold(Threshold::share("7%".parse()?).of(Base::Valid))
///     .admit_at_least(2);
/// let outcome = majilis.apply(&tally)?;
/// assert_eq!(outcome.seats("Ak Zhol"), Some(8));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// Shared with the outcomes of the law, which tell what it decided when they are asked.
    tiers: Arc<Vec<Tier>>,
    /// The seats of the nation; in a law of tiers, those that a tier at the nation has if it names none.
    seats: Option<u64>,
    /// Whether it was written as one tier: direct seats feed thresholds alone then, and are not held.
    flat: bool,
}

impl Rule {
    /// A law of one tier that gives out `seats` seats by `method`: no threshold, no tie-break.
    #[must_use]
    pub fn new(method: impl Into<Method>, seats: u64) -> Self {
        Self { tiers: Arc::new(vec![Tier::new(method)]), seats: Some(seats), flat: true }
    }

    /// A law of one tier, whose places have their own seats or get them from [`seats`](Self::with_seats).
    #[cfg(feature = "serde")]
    #[must_use]
    pub(crate) fn of_one(tier: Tier, seats: Option<u64>) -> Self {
        Self { tiers: Arc::new(vec![tier]), seats, flat: true }
    }

    /// A law of several tiers, which run in this order.
    ///
    /// Seats that parties have won directly before the first tier are held in such a law and count in its outcome.
    #[must_use]
    pub fn of_tiers(tiers: impl IntoIterator<Item = Tier>) -> Self {
        Self { tiers: Arc::new(tiers.into_iter().collect()), seats: None, flat: false }
    }

    /// The tiers, in their order.
    #[must_use]
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// The seats of the nation, where the law says them.
    #[must_use]
    pub const fn seats(&self) -> Option<u64> {
        self.seats
    }

    /// The method of the first tier.
    #[must_use]
    pub fn method(&self) -> &Method {
        const NONE: &Method = &Method::Allocation(AllocationMethod::HARE);
        self.tiers.first().map_or(NONE, |tier| &tier.method)
    }

    /// Whether it is a law of one tier, in which direct seats feed thresholds and are not held.
    #[must_use]
    pub const fn is_flat(&self) -> bool {
        self.flat
    }

    /// Gives out this many seats in the nation.
    #[must_use]
    pub fn with_seats(self, seats: u64) -> Self {
        Self { seats: Some(seats), ..self }
    }

    /// Leaves the number of seats to the count.
    #[must_use]
    pub fn without_seats(self) -> Self {
        Self { seats: None, ..self }
    }

    /// Gives out the seats of the first tier by this method.
    #[must_use]
    pub fn with_method(self, method: impl Into<Method>) -> Self {
        let method = method.into();
        self.change(|tier| Tier { method, ..tier })
    }

    /// Drops the threshold of the first tier.
    #[must_use]
    pub fn without_threshold(self) -> Self {
        self.change(|tier| Tier { threshold: None, ..tier })
    }

    /// Changes the first tier.
    pub(crate) fn change(mut self, change: impl FnOnce(Tier) -> Tier) -> Self {
        if let Some(first) = Arc::make_mut(&mut self.tiers).first_mut() {
            *first = change(core::mem::take(first));
        }
        self
    }

    /// Applies the law to what was counted: a [`Tally`](crate::Tally) of one place, or a [`Count`](crate::Count) of many.
    ///
    /// Parties are the same where their names are. In several districts, a threshold at [`Level::Nation`](crate::Level::Nation)
    /// looks at all of them together; where all of the threshold does, so do the repairs of admission, and a party is
    /// admitted everywhere or nowhere.
    ///
    /// # Errors
    /// - [`Error::NoParties`] for an empty tally; [`Error::NoVotes`] for seats, but no admitted party with votes.
    /// - [`Error::ShareAboveOne`] for a threshold of 700%; [`Error::BaseNotCounted`] for one of registered voters that the
    ///   tally does not know; [`Error::CastBelowParts`] for 10 ballots cast and 11 counted.
    /// - [`Error::AdmissionTie`] where equal votes leave open whom `admit_at_least` admits.
    /// - [`Error::UnknownParty`] and [`Error::RepeatedParty`] for drawn lots.
    /// - [`Error::TooManyVotes`] for more than 2^64 - 1 votes of one party.
    /// - [`Error::BonusExceedsSeats`] for a bonus larger than the house.
    /// - [`Error::NeedsDistricts`] for a law that gives seats to districts, and a count without them.
    /// - [`Error::InDistrict`] for whatever goes wrong in one of several places.
    /// - Those of [`AllocationMethod::allocate_contest`](crate::AllocationMethod::allocate_contest).
    pub fn apply<'a>(&self, count: impl Into<CountRef<'a>>) -> Result<Outcome, Error> {
        run::apply(self, count.into())
    }
}

/// Whether a value is the one that documents leave out.
#[cfg(feature = "serde")]
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

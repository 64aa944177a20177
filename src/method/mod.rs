//! Methods: votes and a number of seats to seats; they know no names.

mod balinski_young;
mod batch;
mod blocks;
mod bounded;
mod claims;
mod contest;
mod divisor;
#[allow(dead_code)] // laws of several tiers are to use all of it
pub(crate) mod exact;
mod highest_averages;
mod kernel;
mod largest_remainder;
pub mod matrix;
mod plain_stages;
#[cfg(test)]
mod properties;
pub(crate) mod quota;

#[cfg(test)]
mod reference;
mod scratch;
mod stage;
mod stages;

use core::fmt;
use core::str::FromStr;

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

pub use batch::RowTie;
pub(crate) use claims::Claims;
pub use contest::{Contest, Excess};
pub use divisor::Divisors;
pub(crate) use divisor::{Claim, Divisor, Ladder, Linear, Sequence};
pub use quota::{Quota, QuotaSize, Rounding};
pub use scratch::{OpenTie, Scratch};
pub(crate) use stage::stages_of;
pub use stage::{Stage, StageKind};
pub(crate) use stages::{Ask, Progress, Stop};

use crate::allocation::Allocation;
use crate::error::Error;
use crate::tie::Tie;

/// Whatever turns votes into seats: the methods here, and users' own.
///
/// The trait is object-safe. `votes` has one entry a party, and so has the answer.
///
/// # Examples
/// ```
/// use apportion::{Allocation, AllocationMethod, Apportion, Error};
///
/// /// Everything to the first among the largest.
/// struct WinnerTakesAll;
///
/// impl Apportion for WinnerTakesAll {
///     fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
///         let mut given = vec![0; votes.len()];
///         let most = votes.iter().max().ok_or(Error::NoParties)?;
///         given[votes.iter().position(|v| v == most).unwrap_or(0)] = seats;
///         Ok(Allocation::new(given))
///     }
/// }
///
/// let methods: [&dyn Apportion; 2] = [&WinnerTakesAll, &AllocationMethod::SAINTE_LAGUE];
/// for method in methods {
///     assert_eq!(method.allocate(&[60, 40], 5)?.certain().iter().sum::<u64>(), 5);
/// }
/// # Ok::<(), Error>(())
/// ```
pub trait Apportion {
    /// Gives `seats` seats to the parties with these votes.
    ///
    /// # Errors
    /// Whatever the method cannot answer; [`Error::NoParties`] and [`Error::NoVotes`] at least.
    fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error>;
}

/// A method of allocation: a quota with largest remainders, or a divisor sequence with highest averages.
///
/// Methods compare as values: `droop` and `hagenbach-bischoff` rounded to the next whole number are one method.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
///
/// let allocation = AllocationMethod::HARE.allocate(&[5_621_436, 518_405, 498_788], 98)?;
/// assert_eq!(allocation.seats()?, [83, 8, 7]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AllocationMethod {
    /// Whole quotas, counted with >=, then one seat each in order of remainder.
    LargestRemainder(Quota),
    /// Each seat to the largest quotient votes / d(seats).
    HighestAverages(Divisors),
    /// One stage after the other over the seats already given; see [`Stage`].
    Stages(Vec<Stage>),
    /// The quota method of M. L. Balinski and H. P. Young, "The Quota Method of Apportionment", American Mathematical
    /// Monthly 82 (1975), 701-730: seat by seat as D'Hondt, but no party goes beyond its ideal share rounded up.
    ///
    /// It knows no bounds and no held seats, and gives out 10,000,000 seats at most.
    BalinskiYoung,
}

impl AllocationMethod {
    /// Hare quota and largest remainders: Hamilton, Vinton, Hare-Niemeyer.
    #[doc(alias = "Hamilton")]
    #[doc(alias = "Vinton")]
    #[doc(alias = "Niemeyer")]
    pub const HARE: Self = Self::LargestRemainder(Quota::HARE);
    /// Droop quota and largest remainders.
    pub const DROOP: Self = Self::LargestRemainder(Quota::DROOP);
    /// Hagenbach-Bischoff quota, unrounded, and largest remainders.
    pub const HAGENBACH_BISCHOFF: Self = Self::LargestRemainder(Quota::HAGENBACH_BISCHOFF);
    /// Imperiali quota and largest remainders; an error where it gives out more seats than there are.
    pub const IMPERIALI_QUOTA: Self = Self::LargestRemainder(Quota::IMPERIALI);
    /// D'Hondt: Jefferson.
    #[doc(alias = "Jefferson")]
    pub const D_HONDT: Self = Self::HighestAverages(Divisors::D_HONDT);
    /// Sainte-Laguë: Webster.
    #[doc(alias = "Webster")]
    pub const SAINTE_LAGUE: Self = Self::HighestAverages(Divisors::SAINTE_LAGUE);
    /// Danish divisors.
    pub const DANISH: Self = Self::HighestAverages(Divisors::DANISH);
    /// Imperiali divisors, as in Belgian municipal elections.
    pub const IMPERIALI_DIVISORS: Self = Self::HighestAverages(Divisors::IMPERIALI);
    /// Adams.
    pub const ADAMS: Self = Self::HighestAverages(Divisors::ADAMS);
    /// Dean.
    pub const DEAN: Self = Self::HighestAverages(Divisors::DEAN);
    /// Huntington-Hill: equal proportions, as in the United States House of Representatives since 1941.
    #[doc(alias = "equal proportions")]
    pub const HUNTINGTON_HILL: Self = Self::HighestAverages(Divisors::HUNTINGTON_HILL);
    /// Macau's powers of two.
    pub const MACAU: Self = Self::HighestAverages(Divisors::MACAU);

    /// Gives `seats` seats to the parties with these votes.
    ///
    /// # Errors
    /// - [`Error::NoParties`] for no votes at all, [`Error::NoVotes`] for `[0, 0]`.
    /// - For a quota: [`Error::ZeroQuota`], [`Error::TooManyWholeQuotas`] (Imperiali with 600, 300, 100 votes for 5 seats)
    ///   or [`Error::TooManySeatsLeft`] (Hare rounded up with 1, 1 votes for 5 seats).
    ///
    /// # Examples
    /// ```
    /// use apportion::AllocationMethod;
    /// let seats = AllocationMethod::D_HONDT.allocate(&[u64::MAX, u64::MAX / 2], 1_000_000_000_000_000_000)?;
    /// assert_eq!(seats.certain(), [666_666_666_666_666_667, 333_333_333_333_333_333]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
        let mut given = vec![0; votes.len()];
        let mut scratch = Scratch::new();
        let tie = self.allocate_into(votes, seats, &mut given, &mut scratch)?.map(Tie::from);
        Ok(Allocation::new(given).with_open(tie))
    }

    /// As [`allocate`](Self::allocate), into `out`, without memory of its own: for many elections in a row.
    ///
    /// `out` has one entry a party and holds the certain seats afterwards; the open tie, if there is one, is returned.
    /// Once `scratch` has grown to the size of the election, nothing is allocated, except by powers and custom divisors for
    /// more than 64 parties or with ties, by stages other than whole quotas and highest averages, and by the quota method;
    /// from 2^46 seats on; and where the votes or what a float can tell of them leave the answer to the general path.
    ///
    /// # Errors
    /// As [`allocate`](Self::allocate), and [`Error::WrongLength`] if `out` is not as long as `votes`. `out` holds nothing
    /// of use then.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Scratch};
    ///
    /// let (mut seats, mut scratch) = ([0; 3], Scratch::new());
    /// for votes in [[5_621_436, 518_405, 498_788], [6_183_757, 540_406, 537_123]] {
    ///     let tie = AllocationMethod::HARE.allocate_into(&votes, 98, &mut seats, &mut scratch)?;
    ///     assert!(tie.is_none());
    ///     println!("{seats:?}");
    /// }
    /// assert_eq!(seats, [84, 7, 7]);
    ///
    /// let mut seats = [0; 2];
    /// let tie = AllocationMethod::D_HONDT.allocate_into(&[10, 10], 3, &mut seats, &mut scratch)?;
    /// assert_eq!(seats, [1, 1]);
    /// assert_eq!(tie.map(|tie| tie.seats()), Some(1));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[inline]
    pub fn allocate_into<'s>(
        &self,
        votes: &[u64],
        seats: u64,
        out: &mut [u64],
        scratch: &'s mut Scratch,
    ) -> Result<Option<OpenTie<'s>>, Error> {
        if out.len() != votes.len() {
            return Err(Error::WrongLength { what: "seats to write", parties: votes.len(), found: out.len() });
        }
        if self.certain_rows(votes, votes.len(), seats, out, scratch) == 1 {
            return Ok(None);
        }
        self.allocate_doubtful(votes, seats, out, scratch)
    }

    /// Whether `out` now holds the answer for a few parties, certain at a glance and without working memory.
    #[cfg(feature = "std")]
    pub(crate) fn is_certain_of_few(&self, votes: &[u64], seats: u64, out: &mut [u64]) -> bool {
        votes.len() <= kernel::UP_TO_8 && kernel::rows_up_to_8(self, votes, votes.len(), seats, out) == 1
    }

    /// Gives out the seats in one election after another, as far as they are certain at a glance, in many elections nearly
    /// all: how many are. `out` is unspecified from there on.
    #[inline]
    pub(crate) fn certain_rows(
        &self,
        mut votes: &[u64],
        parties: usize,
        seats: u64,
        mut out: &mut [u64],
        scratch: &mut Scratch,
    ) -> usize {
        if parties <= kernel::UP_TO_8 {
            return kernel::rows_up_to_8(self, votes, parties, seats, out);
        }
        let Self::HighestAverages(divisors) = self else { return 0 };
        let mut certain = 0;
        while parties <= kernel::UP_TO_64.min(votes.len()).min(out.len()) {
            let (row, votes_left) = votes.split_at(parties);
            let (row_out, out_left) = core::mem::take(&mut out).split_at_mut(parties);
            if !kernel::highest_averages_up_to_64(divisors, row, seats, row_out, scratch) {
                break;
            }
            certain += 1;
            (votes, out) = (votes_left, out_left);
        }
        certain
    }

    /// Gives out the seats in one election that is not certain at a glance.
    fn allocate_doubtful<'s>(
        &self,
        votes: &[u64],
        seats: u64,
        out: &mut [u64],
        scratch: &'s mut Scratch,
    ) -> Result<Option<OpenTie<'s>>, Error> {
        let total = kernel::Total::of(votes);
        if seats > 0 && !total.is_none() {
            let tied = match self {
                Self::LargestRemainder(quota) => kernel::largest_remainders(*quota, votes, total, seats, out, scratch),
                Self::HighestAverages(divisors) => {
                    kernel::highest_averages(divisors, votes, total, seats, out, scratch)
                }
                Self::Stages(stages) => plain_stages::allocate(stages, votes, total, seats, out, scratch).then_some(0),
                Self::BalinskiYoung => None,
            };
            if let Some(tied) = tied {
                return Ok((tied > 0).then(|| scratch.open_tie(tied)));
            }
        }
        let allocation = self.allocate_generally(&Contest::new(votes, seats))?;
        out.copy_from_slice(allocation.certain());
        Ok(allocation.tie().map(|tie| scratch.keep_tie(tie)))
    }

    /// Gives out the seats of a contest with held seats, minimums, maximums or a quota's votes of its own.
    ///
    /// # Errors
    /// As [`allocate`](Self::allocate); and for bounds [`Error::WrongLength`], [`Error::MinimumAboveMaximum`],
    /// [`Error::MinimumsExceedSeats`], [`Error::Unfilled`], [`Error::TooManySeats`]. For stages [`Error::StageTie`],
    /// [`Error::StagesLeaveSeats`] and [`Error::StageWithoutQuota`].
    /// For the quota method [`Error::NoBounds`], and [`Error::ParameterOutOfRange`] beyond 10,000,000 seats.
    pub fn allocate_contest(&self, contest: &Contest<'_>) -> Result<Allocation, Error> {
        // A contest of nothing but votes and seats, whose quota is taken of their sum.
        let single = matches!(self, Self::LargestRemainder(_) | Self::HighestAverages(_));
        if single && contest.is_plain() {
            return self.allocate(contest.votes, contest.seats);
        }
        if let Self::HighestAverages(divisors) = self {
            if let Some(seats) = bounded::highest_averages(divisors, contest) {
                return Ok(Allocation::new(seats));
            }
        }
        self.allocate_generally(contest)
    }

    /// Refuses stages that are none, or that take remainders without a quota.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Stages(stages) => stage::check(stages),
            Self::LargestRemainder(_) | Self::HighestAverages(_) | Self::BalinskiYoung => Ok(()),
        }
    }

    /// The answer of the general path, whatever the contest.
    fn allocate_generally(&self, contest: &Contest<'_>) -> Result<Allocation, Error> {
        match self {
            Self::LargestRemainder(quota) => largest_remainder::allocate(*quota, contest),
            Self::HighestAverages(divisors) => highest_averages::allocate(divisors, contest),
            Self::Stages(stages) => stages::allocate(stages, contest),
            Self::BalinskiYoung => balinski_young::allocate(contest),
        }
    }
}

impl Apportion for AllocationMethod {
    fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
        Self::allocate(self, votes, seats)
    }
}

impl FromStr for AllocationMethod {
    type Err = Error;

    /// Reads the name of a quota or of a divisor sequence without parameters, as documents write it: `hare`, `droop`,
    /// `hagenbach-bischoff`, `dhondt`, `sainte-lague`, `danish`, `adams`, `dean`, `huntington-hill`, `macau`.
    ///
    /// `imperiali` is both a quota and a divisor sequence, and refused.
    fn from_str(name: &str) -> Result<Self, Error> {
        let quota = Quota::ALL.into_iter().find(|quota| quota.name().0 == name);
        let divisors = Divisors::NAMED.into_iter().find(|(known, _)| *known == name);
        match (quota, divisors) {
            (Some(quota), None) => Ok(Self::LargestRemainder(quota)),
            (None, Some((_, divisors))) => Ok(Self::HighestAverages(divisors)),
            (Some(_), Some(_)) => Err(Error::AmbiguousMethod { name: name.into() }),
            (None, None) => Err(Error::UnknownMethod { name: name.into() }),
        }
    }
}

impl fmt::Display for AllocationMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LargestRemainder(quota) => write!(f, "{quota} with largest remainders"),
            Self::HighestAverages(divisors) => write!(f, "{divisors}"),
            Self::Stages(stages) => {
                let stages: Vec<String> = stages.iter().map(ToString::to_string).collect();
                f.write_str(&stages.join(", then "))
            }
            Self::BalinskiYoung => f.write_str("the quota method of Balinski and Young"),
        }
    }
}

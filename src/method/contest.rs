//! Contests: what a method is asked, votes and seats and what bounds them.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::allocation::TieBreak;
use crate::error::Error;

/// Votes, seats to give out, and per party the seats it holds already, its minimum and its maximum.
///
/// Held seats come from elsewhere: they are not among the seats to give out. A divisor sequence starts at them, bounds
/// count them, and the answer holds the new seats only. They do not change a quota.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Contest};
///
/// // No party has more candidates than 5.
/// let contest = Contest::new(&[500, 300, 160], 10).maximums(&[Some(5), Some(5), Some(5)]);
/// assert_eq!(AllocationMethod::D_HONDT.allocate_contest(&contest)?.seats()?, [5, 3, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contest<'a> {
    pub(crate) votes: &'a [u64],
    pub(crate) seats: u64,
    pub(crate) held: Cow<'a, [u64]>,
    pub(crate) minimums: Cow<'a, [u64]>,
    pub(crate) maximums: Cow<'a, [Option<u64>]>,
    pub(crate) quota_votes: Option<u128>,
    pub(crate) excess: Excess,
    pub(crate) vacancies: bool,
    pub(crate) tie_break: Vec<TieBreak>,
    /// Per stage of a method in stages, who passes what a law asks of those that take part; empty where it asks nothing.
    pub(crate) passing: Vec<Vec<bool>>,
}

/// What happens when whole quotas give out more seats than there are.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Contest, Excess, Quota};
///
/// // Imperiali's quota is small: 600 votes buy four of five seats, 300 two.
/// let imperiali = AllocationMethod::LargestRemainder(Quota::IMPERIALI);
/// let contest = Contest::new(&[600, 300, 100], 5);
/// assert!(imperiali.allocate_contest(&contest).is_err());
/// let fewer = imperiali.allocate_contest(&contest.excess(Excess::SmallestRemainders))?;
/// assert_eq!(fewer.seats()?.iter().sum::<u64>(), 5);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Excess {
    /// No answer: [`Error::TooManyWholeQuotas`].
    #[default]
    Error,
    /// The parties with the smallest remainders lose a seat each (Slovakia, electoral law of 2014, § 68).
    SmallestRemainders,
}

impl<'a> Contest<'a> {
    /// A contest without bounds: votes per party and the seats to give out.
    #[must_use]
    pub const fn new(votes: &'a [u64], seats: u64) -> Self {
        Self {
            votes,
            seats,
            held: Cow::Borrowed(&[]),
            minimums: Cow::Borrowed(&[]),
            maximums: Cow::Borrowed(&[]),
            quota_votes: None,
            excess: Excess::Error,
            vacancies: false,
            tie_break: Vec::new(),
            passing: Vec::new(),
        }
    }

    /// The seats that each party holds already, one entry a party: a vector, or a borrowed slice or array.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Contest};
    /// // Party 1 won 4 seats in constituencies: its next quotient is 60 / 5.
    /// let contest = Contest::new(&[60, 40], 4).held(&[4, 0]);
    /// assert_eq!(AllocationMethod::D_HONDT.allocate_contest(&contest)?.seats()?, [1, 3]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn held(mut self, held: impl Into<Cow<'a, [u64]>>) -> Self {
        self.held = held.into();
        self
    }

    /// The fewest seats that each party may end with, held ones included, one entry a party.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Contest};
    /// let contest = Contest::new(&[97, 2, 1], 10).minimums(&[1, 1, 1]);
    /// assert_eq!(AllocationMethod::D_HONDT.allocate_contest(&contest)?.seats()?, [8, 1, 1]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn minimums(mut self, minimums: impl Into<Cow<'a, [u64]>>) -> Self {
        self.minimums = minimums.into();
        self
    }

    /// The most seats that each party may end with, held ones included, one entry a party; `None` for no limit.
    #[must_use]
    pub fn maximums(mut self, maximums: impl Into<Cow<'a, [Option<u64>]>>) -> Self {
        self.maximums = maximums.into();
        self
    }

    /// The votes that a quota is taken of, where they are not the sum of the parties' votes.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Contest};
    /// // The quota of all 100 valid votes, though parties with 10 of them take no part.
    /// let contest = Contest::new(&[60, 30], 9).quota_votes(100);
    /// assert_eq!(AllocationMethod::HARE.allocate_contest(&contest)?.seats()?, [6, 3]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn quota_votes(mut self, votes: u128) -> Self {
        self.quota_votes = Some(votes);
        self
    }

    /// What happens when whole quotas give out more seats than there are.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Contest, Excess};
    /// // The quota 1000 / 7 gives 4, 2 and 0 seats; party 2 has the smallest remainder.
    /// let contest = Contest::new(&[600, 300, 100], 5).excess(Excess::SmallestRemainders);
    /// assert_eq!(AllocationMethod::IMPERIALI_QUOTA.allocate_contest(&contest)?.seats()?, [4, 1, 0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn excess(mut self, excess: Excess) -> Self {
        self.excess = excess;
        self
    }

    /// Whether seats that no maximum lets anyone take may stay vacant; an error otherwise.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Contest};
    /// let contest = Contest::new(&[60, 40], 10).maximums(&[Some(3), Some(3)]).vacancies(true);
    /// let allocation = AllocationMethod::D_HONDT.allocate_contest(&contest)?;
    /// assert_eq!((allocation.seats()?, allocation.vacant()), (&[3, 3][..], 4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn vacancies(mut self, allowed: bool) -> Self {
        self.vacancies = allowed;
        self
    }

    /// The tie-breaks that settle a tie inside a method in stages, which a later stage may depend on.
    ///
    /// A tie at the end of any other method stays open: [`Allocation::settle`](crate::Allocation::settle) settles it.
    #[must_use]
    pub fn tie_break(mut self, chain: impl Into<Vec<TieBreak>>) -> Self {
        self.tie_break = chain.into();
        self
    }

    /// Who passes what a law asks for each stage, one list a stage and one entry a party.
    pub(crate) fn passing(mut self, passing: Vec<Vec<bool>>) -> Self {
        self.passing = passing;
        self
    }

    /// Votes per party.
    #[must_use]
    pub const fn votes(&self) -> &'a [u64] {
        self.votes
    }

    /// Seats to give out.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.seats
    }

    /// Whether nothing but votes and seats is given.
    pub(crate) fn is_plain(&self) -> bool {
        let unbounded = self.held.is_empty() && self.minimums.is_empty() && self.maximums.is_empty();
        unbounded && self.quota_votes.is_none() && self.excess == Excess::Error
    }

    /// The seats that party `index` holds already.
    pub(crate) fn held_by(&self, index: usize) -> u64 {
        self.held.get(index).copied().unwrap_or(0)
    }

    /// The votes that the quota is taken of.
    pub(crate) fn quota_base(&self) -> u128 {
        self.quota_votes.unwrap_or_else(|| self.votes.iter().map(|&v| u128::from(v)).sum())
    }

    /// Checks everything that both families need, and answers with the fewest and most *new* seats of each party.
    pub(crate) fn bounds(&self) -> Result<Bounds, Error> {
        let parties = self.votes.len();
        if parties == 0 {
            return Err(Error::NoParties);
        }
        for (what, found) in
            [("held seats", self.held.len()), ("minimums", self.minimums.len()), ("maximums", self.maximums.len())]
        {
            if found != 0 && found != parties {
                return Err(Error::WrongLength { what, parties, found });
            }
        }
        if self.seats > 0 && self.votes.iter().all(|&votes| votes == 0) {
            return Err(Error::NoVotes { seats: self.seats });
        }

        let mut lower = Vec::with_capacity(parties);
        let mut upper = Vec::with_capacity(parties);
        for (index, &votes) in self.votes.iter().enumerate() {
            let held = self.held_by(index);
            if held.checked_add(self.seats).is_none() {
                return Err(Error::TooManySeats { party: ordinal(index), held, seats: self.seats });
            }
            let minimum = self.minimums.get(index).copied().unwrap_or(0);
            let maximum = self.maximums.get(index).copied().flatten();
            if let Some(maximum) = maximum.filter(|&maximum| maximum < minimum) {
                return Err(Error::MinimumAboveMaximum { party: ordinal(index), minimum, maximum });
            }
            let fewest = minimum.saturating_sub(held);
            let most = match maximum {
                _ if votes == 0 => fewest,
                Some(maximum) => maximum.saturating_sub(held),
                None => u64::MAX,
            };
            lower.push(fewest);
            upper.push(most.max(fewest));
        }

        let minimums: u128 = lower.iter().map(|&seats| u128::from(seats)).sum();
        if minimums > self.seats.into() {
            return Err(Error::MinimumsExceedSeats { minimums, seats: self.seats });
        }
        Ok(Bounds { lower, upper })
    }

    /// The seats that can be filled when `fillable` could be: all, or fewer where vacancies are allowed.
    pub(crate) fn fill(&self, fillable: u128) -> Result<u64, Error> {
        match u64::try_from(fillable) {
            Ok(fillable) if fillable < self.seats => {
                if self.vacancies {
                    Ok(fillable)
                } else {
                    Err(Error::Unfilled { unfilled: self.seats - fillable, seats: self.seats })
                }
            }
            _ => Ok(self.seats),
        }
    }
}

/// The fewest and the most new seats of each party; the most are 2^64 - 1 where there is no maximum.
#[derive(Debug)]
pub(crate) struct Bounds {
    pub(crate) lower: Vec<u64>,
    pub(crate) upper: Vec<u64>,
}

/// A name for a party that has none here.
fn ordinal(index: usize) -> String {
    format!("party {}", index + 1)
}

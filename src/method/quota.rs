//! Quotas: the votes that buy one whole seat.

use core::fmt;

use alloc::string::{String, ToString};

use crate::error::Error;

/// Votes that buy one whole seat: all votes / (seats + k), rounded or not.
///
/// | constant | k | rounding | also known as |
/// | --- | --- | --- | --- |
/// | [`HARE`](Self::HARE) | 0 | exact | simple quota, Hamilton, Niemeyer |
/// | [`HAGENBACH_BISCHOFF`](Self::HAGENBACH_BISCHOFF) | 1 | exact | exact Droop quota |
/// | [`DROOP`](Self::DROOP) | 1 | down, plus 1 | |
/// | [`IMPERIALI`](Self::IMPERIALI) | 2 | exact | |
/// | [`REINFORCED_IMPERIALI`](Self::REINFORCED_IMPERIALI) | 3 | exact | |
///
/// Source: M. Gallagher, "Comparing Proportional Representation Electoral Systems: Quotas, Thresholds, Paradoxes and
/// Majorities", British Journal of Political Science 22 (1992), 469-496.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Quota, Rounding};
///
/// let statute = Quota::HARE.rounded(Rounding::Up); // Lithuania: the next whole number of votes
/// let method = AllocationMethod::LargestRemainder(statute);
/// assert_eq!(method.allocate(&[60, 30, 11], 10)?.seats()?, [6, 3, 1]);
/// assert_eq!(statute.to_string(), "Hare quota, rounded up");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quota {
    family: Family,
    rounding: Rounding,
}

/// The quotas before rounding, by growing k.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Family {
    Hare,
    HagenbachBischoff,
    Imperiali,
    ReinforcedImperiali,
}

/// How large a quota is: `votes` buy `parts` seats, so that one seat costs `votes` / `parts`.
///
/// # Examples
/// ```
/// use apportion::{Quota, QuotaSize};
/// assert_eq!(Quota::HARE.of(100, 8)?, QuotaSize { votes: 100, parts: 8 }); // 12.5 votes
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuotaSize {
    /// The numerator; not zero.
    pub votes: u128,
    /// The denominator: 1 where the quota is rounded.
    pub parts: u128,
}

/// What is done with a quota that is not a whole number of votes.
///
/// # Examples
/// ```
/// use apportion::{Quota, QuotaSize, Rounding};
///
/// // 100 votes, 3 seats: 33 1/3 votes a seat, or 34 rounded up.
/// assert_eq!(Quota::HARE.of(100, 3)?, QuotaSize { votes: 100, parts: 3 });
/// assert_eq!(Quota::HARE.rounded(Rounding::Up).of(100, 3)?, QuotaSize { votes: 34, parts: 1 });
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Rounding {
    /// The fraction stays.
    #[default]
    Exact,
    /// To the whole number below.
    Down,
    /// To the whole number above, where it is not one.
    Up,
    /// To the nearest whole number, halves up.
    Nearest,
    /// To the nearest whole number, halves down (Brazil, Código Eleitoral, art. 106).
    HalfDown,
    /// To the whole number strictly above: down, plus 1.
    Next,
}

impl Quota {
    /// Votes / seats (T. Hare, *The Election of Representatives*, 1859; A. Hamilton, 1791).
    #[doc(alias = "Hamilton")]
    #[doc(alias = "Niemeyer")]
    pub const HARE: Self = Self { family: Family::Hare, rounding: Rounding::Exact };
    /// Votes / (seats + 1), unrounded (E. Hagenbach-Bischoff, *Die Frage der Einführung einer Proportionalvertretung*, 1888).
    pub const HAGENBACH_BISCHOFF: Self = Self { family: Family::HagenbachBischoff, rounding: Rounding::Exact };
    /// The whole number next above votes / (seats + 1) (H. R. Droop, *On Methods of Electing Representatives*, 1868).
    pub const DROOP: Self = Self { family: Family::HagenbachBischoff, rounding: Rounding::Next };
    /// Votes / (seats + 2) (Italy, electoral law of 1948 to 1956 and for the Chamber until 1993). May give out more seats than there are.
    pub const IMPERIALI: Self = Self { family: Family::Imperiali, rounding: Rounding::Exact };
    /// Votes / (seats + 3) (Italy 1948, for some constituencies). May give out more seats than there are.
    pub const REINFORCED_IMPERIALI: Self = Self { family: Family::ReinforcedImperiali, rounding: Rounding::Exact };

    /// The five quotas of the literature, by growing k.
    pub const ALL: [Self; 5] =
        [Self::HARE, Self::HAGENBACH_BISCHOFF, Self::DROOP, Self::IMPERIALI, Self::REINFORCED_IMPERIALI];

    /// This quota with another rounding, as many statutes prescribe.
    #[must_use]
    pub const fn rounded(self, rounding: Rounding) -> Self {
        Self { rounding, ..self }
    }

    /// The k in votes / (seats + k).
    #[must_use]
    pub const fn added(self) -> u8 {
        match self.family {
            Family::Hare => 0,
            Family::HagenbachBischoff => 1,
            Family::Imperiali => 2,
            Family::ReinforcedImperiali => 3,
        }
    }

    /// How it is rounded.
    #[must_use]
    pub const fn rounding(self) -> Rounding {
        self.rounding
    }

    /// The quota in votes, for `votes` (any `u128` below 2^126) and `seats`.
    ///
    /// # Errors
    /// [`Error::ZeroQuota`] if it comes to nothing, as 3 votes for 5 seats rounded down do.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Quota, QuotaSize, Rounding};
    /// assert_eq!(Quota::HARE.of(6_638_629, 98)?, QuotaSize { votes: 6_638_629, parts: 98 }); // 67,741.1…
    /// assert_eq!(Quota::DROOP.of(1_000, 3)?, QuotaSize { votes: 251, parts: 1 });
    /// assert!(Quota::HARE.rounded(Rounding::Down).of(3, 5).is_err());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn of(self, votes: u128, seats: u64) -> Result<QuotaSize, Error> {
        let divisor = u128::from(seats) + u128::from(self.added());
        let zero = || Error::ZeroQuota { quota: self.to_string(), votes, seats };
        if divisor == 0 {
            return Err(zero());
        }
        let (whole, rest) = (votes / divisor, votes % divisor);
        let rounded = match self.rounding {
            Rounding::Exact => return if votes == 0 { Err(zero()) } else { Ok(QuotaSize { votes, parts: divisor }) },
            Rounding::Down => whole,
            Rounding::Up => whole + u128::from(rest > 0),
            Rounding::Nearest => whole + u128::from(rest >= divisor - rest),
            Rounding::HalfDown => whole + u128::from(rest > divisor - rest),
            Rounding::Next => whole + 1,
        };
        if rounded == 0 { Err(zero()) } else { Ok(QuotaSize { votes: rounded, parts: 1 }) }
    }

    /// The name without the rounding, as documents write it, and whether the rounding is the quota's own.
    pub(crate) const fn name(self) -> (&'static str, bool) {
        let exact = matches!(self.rounding, Rounding::Exact);
        match self.family {
            Family::Hare => ("hare", exact),
            Family::HagenbachBischoff if self.is_droop() => ("droop", true),
            Family::HagenbachBischoff => ("hagenbach-bischoff", exact),
            Family::Imperiali => ("imperiali", exact),
            Family::ReinforcedImperiali => ("reinforced-imperiali", exact),
        }
    }

    /// Whether this is Droop's: that of Hagenbach-Bischoff, rounded to the next whole number above.
    const fn is_droop(self) -> bool {
        matches!((self.family, self.rounding), (Family::HagenbachBischoff, Rounding::Next))
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = match self.family {
            Family::Hare => "Hare quota",
            Family::HagenbachBischoff if self.is_droop() => "Droop quota",
            Family::HagenbachBischoff => "Hagenbach-Bischoff quota",
            Family::Imperiali => "Imperiali quota",
            Family::ReinforcedImperiali => "reinforced Imperiali quota",
        };
        let (_, own_rounding) = self.name();
        let text = if own_rounding { String::from(title) } else { alloc::format!("{title}, {}", self.rounding) };
        f.pad(&text)
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Exact => "exact",
            Self::Down => "rounded down",
            Self::Up => "rounded up",
            Self::Nearest => "rounded to the nearest",
            Self::HalfDown => "rounded to the nearest, halves down",
            Self::Next => "rounded to the next whole number above",
        })
    }
}

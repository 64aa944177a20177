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
    added: u8,
    rounding: Rounding,
}

/// What is done with a quota that is not a whole number of votes.
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
    pub const HARE: Self = Self { added: 0, rounding: Rounding::Exact };
    /// Votes / (seats + 1), unrounded (E. Hagenbach-Bischoff, *Die Frage der Einführung einer Proportionalvertretung*, 1888).
    pub const HAGENBACH_BISCHOFF: Self = Self { added: 1, rounding: Rounding::Exact };
    /// The whole number next above votes / (seats + 1) (H. R. Droop, *On Methods of Electing Representatives*, 1868).
    pub const DROOP: Self = Self { added: 1, rounding: Rounding::Next };
    /// Votes / (seats + 2) (Italy, electoral law of 1948 to 1956 and for the Chamber until 1993). May give out more seats than there are.
    pub const IMPERIALI: Self = Self { added: 2, rounding: Rounding::Exact };
    /// Votes / (seats + 3) (Italy 1948, for some constituencies). May give out more seats than there are.
    pub const REINFORCED_IMPERIALI: Self = Self { added: 3, rounding: Rounding::Exact };

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
        self.added
    }

    /// How it is rounded.
    #[must_use]
    pub const fn rounding(self) -> Rounding {
        self.rounding
    }

    /// The quota in votes, as numerator and denominator, for `votes` (any `u128` below 2^126) and `seats`.
    ///
    /// # Errors
    /// [`Error::ZeroQuota`] if it comes to nothing, as 3 votes for 5 seats rounded down do.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Quota, Rounding};
    /// assert_eq!(Quota::HARE.of(6_638_629, 98)?, (6_638_629, 98)); // 67,741.1…
    /// assert_eq!(Quota::DROOP.of(1_000, 3)?, (251, 1));
    /// assert!(Quota::HARE.rounded(Rounding::Down).of(3, 5).is_err());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn of(self, votes: u128, seats: u64) -> Result<(u128, u128), Error> {
        let divisor = u128::from(seats) + u128::from(self.added);
        let zero = || Error::ZeroQuota { quota: self.to_string(), votes, seats };
        if divisor == 0 {
            return Err(zero());
        }
        let (whole, rest) = (votes / divisor, votes % divisor);
        let quota = match self.rounding {
            Rounding::Exact => (votes, divisor),
            Rounding::Down => (whole, 1),
            Rounding::Up => (whole + u128::from(rest > 0), 1),
            Rounding::Nearest => (whole + u128::from(rest >= divisor - rest), 1),
            Rounding::HalfDown => (whole + u128::from(rest > divisor - rest), 1),
            Rounding::Next => (whole + 1, 1),
        };
        if quota.0 == 0 { Err(zero()) } else { Ok(quota) }
    }

    /// The name without the rounding, as documents write it, and whether the rounding is the quota's own.
    pub(crate) const fn name(self) -> (&'static str, bool) {
        let exact = matches!(self.rounding, Rounding::Exact);
        match self.added {
            0 => ("hare", exact),
            1 if matches!(self.rounding, Rounding::Next) => ("droop", true),
            1 => ("hagenbach-bischoff", exact),
            2 => ("imperiali", exact),
            _ => ("reinforced-imperiali", exact),
        }
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, own_rounding) = self.name();
        let name = match name {
            "hare" => "Hare quota",
            "droop" => "Droop quota",
            "hagenbach-bischoff" => "Hagenbach-Bischoff quota",
            "imperiali" => "Imperiali quota",
            _ => "reinforced Imperiali quota",
        };
        let text = if own_rounding { String::from(name) } else { alloc::format!("{name}, {}", self.rounding) };
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

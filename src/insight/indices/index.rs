//! The indices by name, on the scales on which they are published.

use core::fmt;

use alloc::format;
use alloc::string::String;

use super::ExactRatio;

/// One of the usual indices.
///
/// # Examples
/// ```
/// use apportion::insight::Index;
///
/// assert_eq!(Index::Gallagher.to_string(), "Gallagher");
/// assert_eq!(Index::ALL.len(), 9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Index {
    /// The least-squares index.
    Gallagher,
    /// The index of distortion.
    LoosemoreHanby,
    /// The mean deviation.
    Rae,
    /// What Sainte-Laguë's method makes least.
    SainteLague,
    /// What D'Hondt's method makes least.
    DHondt,
    /// The largest deviation.
    LargestDeviation,
    /// The effective number of parties by votes.
    PartiesByVotes,
    /// The effective number of parties by seats.
    PartiesBySeats,
    /// The share of votes for parties without a seat.
    WastedVotes,
}

impl Index {
    /// All of them, in the order in which they print.
    pub const ALL: [Self; 9] = [
        Self::Gallagher,
        Self::LoosemoreHanby,
        Self::Rae,
        Self::SainteLague,
        Self::DHondt,
        Self::LargestDeviation,
        Self::PartiesByVotes,
        Self::PartiesBySeats,
        Self::WastedVotes,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gallagher => "Gallagher",
            Self::LoosemoreHanby => "Loosemore-Hanby",
            Self::Rae => "Rae",
            Self::SainteLague => "Sainte-Laguë",
            Self::DHondt => "D'Hondt",
            Self::LargestDeviation => "largest deviation",
            Self::PartiesByVotes => "effective parties by votes",
            Self::PartiesBySeats => "effective parties by seats",
            Self::WastedVotes => "votes without a seat",
        }
    }

    /// What it says, in a few words, and which number is good.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Gallagher => "0 is proportional, 100 is not at all",
            Self::LoosemoreHanby => "of 100 seats, those with the wrong party",
            Self::Rae => "points that a party is off, on average",
            Self::SainteLague => "points off by votes, squared; 0 is best",
            Self::DHondt => "times its share, the luckiest; 1 is best",
            Self::LargestDeviation => "points that the farthest party is off",
            Self::PartiesByVotes => "as if so many had equal votes",
            Self::PartiesBySeats => "as if so many had equal seats",
            Self::WastedVotes => "for parties without a seat",
        }
    }

    /// Its name in documents.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Gallagher => "gallagher",
            Self::LoosemoreHanby => "loosemore_hanby",
            Self::Rae => "rae",
            Self::SainteLague => "sainte_lague",
            Self::DHondt => "d_hondt",
            Self::LargestDeviation => "largest_deviation",
            Self::PartiesByVotes => "effective_parties_by_votes",
            Self::PartiesBySeats => "effective_parties_by_seats",
            Self::WastedVotes => "wasted_votes",
        }
    }

    /// Whether it is a number of parties or a quotient of shares, published as it is; the others are of shares in percent.
    const fn is_plain(self) -> bool {
        matches!(self, Self::DHondt | Self::PartiesByVotes | Self::PartiesBySeats)
    }

    /// The ratio as a float: what the formula gives for shares of 1.
    pub(super) fn ratio(self, exact: &ExactRatio) -> f64 {
        if self == Self::Gallagher { exact.sqrt() } else { exact.to_f64() }
    }

    /// On the scale on which it is published.
    pub(in crate::insight) fn published(self, exact: &ExactRatio) -> f64 {
        let ratio = self.ratio(exact);
        if self.is_plain() { ratio } else { ratio * 100.0 }
    }

    /// As it is published, with two decimals.
    pub(in crate::insight) fn shown(self, exact: Option<&ExactRatio>) -> String {
        let percent = if self == Self::WastedVotes { "%" } else { "" };
        exact.map_or_else(|| "no limit".into(), |exact| format!("{:.2}{percent}", self.published(exact)))
    }

    /// For documents.
    #[cfg(feature = "serde")]
    pub(super) fn value(self, exact: Option<&ExactRatio>) -> Option<Value> {
        let exact = exact?;
        let text = format!("{exact}");
        let (exact_text, squared) = if self == Self::Gallagher { (None, Some(text)) } else { (Some(text), None) };
        Some(Value { published: self.published(exact), ratio: self.ratio(exact), exact: exact_text, squared })
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One index as programs read it.
#[cfg(feature = "serde")]
#[derive(serde::Serialize)]
pub(super) struct Value {
    published: f64,
    ratio: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    squared: Option<String>,
}

//! Open ties, by the names of parties and places.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use crate::tie::Tie;

/// A tie that the law leaves open, with the tier and place where it stands.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// let tie = outcome.tie().expect("a seat is open");
/// assert_eq!(tie.parties(), ["A", "B"]);
/// assert_eq!(tie.seats(), 1);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TieOutcome {
    pub(super) tie: Tie<String>,
    pub(super) tier: Option<String>,
    pub(super) place: Option<String>,
    pub(super) places: Vec<String>,
    pub(super) about: String,
    pub(super) cells: Option<TiedCells>,
}

/// What is known of a tie between cells of a matrix.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 10), ("B", 10)])?).with_seats(1),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 10)])?).with_seats(1),
/// ])?;
/// let outcome = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 2).apply(&count)?;
/// let cells = outcome.ties()[0].cells().expect("a tie between cells");
/// assert_eq!(cells.party_seats, [("A".to_string(), 1), ("B".to_string(), 1)]);
/// assert_eq!(cells.outcomes, Some(2)); // A in the north and B in the south, or the other way round
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TiedCells {
    /// The seats left to each party in these cells.
    pub party_seats: Vec<(String, u64)>,
    /// The seats left to each district in these cells.
    pub district_seats: Vec<(String, u64)>,
    /// In how many ways it can end; none where there are more than 1,000.
    pub outcomes: Option<u64>,
}

impl TieOutcome {
    /// Who is tied: parties; in a tie between districts for seats, the districts.
    #[must_use]
    pub fn parties(&self) -> &[String] {
        self.tie.parties()
    }

    /// The seats left among them.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.tie.seats()
    }

    /// The parties and the seats.
    #[must_use]
    pub const fn tie(&self) -> &Tie<String> {
        &self.tie
    }

    /// The tier, where there are several.
    #[must_use]
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_deref()
    }

    /// The place, where there are several.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// In a tie of placing or between cells, the place that each party would take; empty otherwise.
    #[must_use]
    pub fn places(&self) -> &[String] {
        &self.places
    }

    /// In a tie between cells of a matrix, what is left to each party and district; the cells are its
    /// [`parties`](Self::parties), each with its place in [`places`](Self::places).
    #[must_use]
    pub const fn cells(&self) -> Option<&TiedCells> {
        self.cells.as_ref()
    }

    /// The tie in which each of a matrix's cells is named, or the tie itself.
    pub(crate) fn to_shown(&self) -> Tie<String> {
        if self.cells.is_none() {
            return self.tie.clone();
        }
        let names = self.parties().iter().zip(&self.places).map(|(party, place)| alloc::format!("{party} in {place}"));
        Tie::of_names(names.collect(), self.seats())
    }

    /// What the seats are, in words: "the seats", "the place of a seat".
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }
}

impl fmt::Display for TieOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_shown().fmt(f)
    }
}

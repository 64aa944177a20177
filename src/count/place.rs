//! Places: the nation, its regions and its districts.

use core::fmt;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Alliance, Tally};

/// A height in the tree of places.
///
/// # Examples
/// ```
/// use apportion::Level;
///
/// assert!(Level::District < Level::Region && Level::Region < Level::Nation);
/// assert_eq!(Level::Region.to_string(), "region");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Level {
    /// A constituency.
    #[default]
    District,
    /// Several districts together: a Land, a province, an autonomous community.
    Region,
    /// All of them.
    Nation,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::District => "district",
            Self::Region => "region",
            Self::Nation => "nation",
        })
    }
}

/// One place of a [`Count`](crate::Count): its name, its seats and what was counted there.
///
/// # Examples
/// ```
/// use apportion::{Place, Tally};
///
/// let oslo = Place::district("Oslo", Tally::from_votes([("A", 90_000), ("H", 85_000)])?)
///     .with_seats(20)
///     .with_room("levelling", 1);
/// assert_eq!(oslo.room("levelling"), Some(1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// Its name; empty for the nation.
    pub name: String,
    /// Its height.
    pub level: Level,
    /// The region that it is in; `None` if it is directly in the nation.
    pub within: Option<String>,
    /// Its seats; `None` where the law gives them out or they are the sum of the places inside.
    pub seats: Option<u64>,
    /// Its inhabitants, where the law asks for them.
    pub population: Option<u64>,
    /// Seats kept for later tiers, by the law's own names for them, such as `levelling`.
    pub rooms: BTreeMap<String, u64>,
    /// The parties that stand in it and the ballots counted in it.
    pub tally: Tally,
    /// Whether the tally holds the votes of the place itself; otherwise they are the sum of the places inside.
    pub counts_itself: bool,
    /// Parties that stand together here and not everywhere.
    pub alliances: Vec<Alliance>,
}

impl Place {
    /// A constituency, by its name and what was counted in it.
    #[must_use]
    pub fn district(name: impl Into<String>, tally: Tally) -> Self {
        Self { name: name.into(), level: Level::District, tally, counts_itself: true, ..Self::default() }
    }

    /// Several districts together; what was counted in it is their sum.
    #[must_use]
    pub fn region(name: impl Into<String>) -> Self {
        Self { name: name.into(), level: Level::Region, ..Self::default() }
    }

    /// The nation, with votes of its own.
    #[must_use]
    pub fn nation(tally: Tally) -> Self {
        Self { level: Level::Nation, tally, counts_itself: true, ..Self::default() }
    }

    /// Sets its seats.
    #[must_use]
    pub fn with_seats(self, seats: u64) -> Self {
        Self { seats: Some(seats), ..self }
    }

    /// Sets the region that it is in.
    #[must_use]
    pub fn within(self, region: impl Into<String>) -> Self {
        Self { within: Some(region.into()), ..self }
    }

    /// Sets its inhabitants.
    #[must_use]
    pub fn with_population(self, population: u64) -> Self {
        Self { population: Some(population), ..self }
    }

    /// Keeps seats for a later tier, which names this room.
    #[must_use]
    pub fn with_room(mut self, name: impl Into<String>, seats: u64) -> Self {
        self.rooms.insert(name.into(), seats);
        self
    }

    /// Sets who stands together in this place alone.
    #[must_use]
    pub fn with_alliances(self, alliances: impl Into<Vec<Alliance>>) -> Self {
        Self { alliances: alliances.into(), ..self }
    }

    /// The seats kept for later tiers under this name.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<u64> {
        self.rooms.get(name).copied()
    }
}

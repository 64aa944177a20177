//! What was counted, wherever: parties, ballots, tallies, places, and all of them as one count.

pub(crate) mod alliance;
mod ballot;
mod base;
mod figures;
mod party;
mod place;
mod stand;
pub(crate) mod tally;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::error::Error;

pub use alliance::{Alliance, Member};
pub(crate) use ballot::no_repeats;
pub use ballot::{Ballot, Ranking};
pub use base::Base;
#[cfg(feature = "serde")]
pub(crate) use base::base_or_admitted;
pub(crate) use figures::Figures;
pub use party::Party;
pub use place::{Level, Place};
pub use tally::Tally;

/// A party of a [`Count`], the same number wherever it stands.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, PartyId, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
/// let [.., Record::Contest(contest)] = outcome.trace().records() else { unreachable!() };
/// let second: PartyId = contest.entries[1].parties[0];
/// assert_eq!(outcome.parties()[second.index()].name(), "B");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub(crate) u32);

impl PartyId {
    /// Its position among the parties of the nation, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The party at this position.
    pub(crate) fn at(index: usize) -> Self {
        // A count of 2^32 parties would not fit any memory: each has a name of its own.
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A place of a [`Count`]: the nation is 0, its regions and districts follow in the order of the document.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Count, Place, PlaceId, Rule, Tally};
///
/// let north = Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3);
/// let south = Place::district("South", Tally::from_votes([("A", 10), ("B", 25)])?).with_seats(2);
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 5).apply(&Count::of_places([north, south])?)?;
/// let [.., Record::Contest(last)] = outcome.trace().records() else { unreachable!() };
/// assert_ne!(last.place, PlaceId::NATION);
/// // The nation is no entry of the places, so that they start at 1.
/// assert_eq!(outcome.places()[last.place.index() - 1].name(), "South");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(pub(crate) u32);

impl PlaceId {
    /// The nation, which every other place is in.
    pub const NATION: Self = Self(0);

    /// Its position, the nation being 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The place at this position.
    pub(crate) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// The one input of a law: parties, places in a tree, what was counted in each, and who stands together.
///
/// A [`Tally`] is a count of one place, the nation.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 100), ("B", 250)])?).with_seats(2),
/// ])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 5).apply(&count)?;
/// assert_eq!(outcome.seats("B"), Some(3));
/// assert_eq!(outcome.at("North").and_then(|place| place.seats("A")), Some(2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Count {
    nation: Place,
    /// Regions and districts, in the order of the document.
    places: Vec<Place>,
    alliances: Vec<Alliance>,
}

impl Count {
    /// A count of several places: regions first where there are any, then districts.
    ///
    /// # Errors
    /// - [`Error::NoDistricts`] for no place at all.
    /// - [`Error::DuplicateDistrict`] for two places of one name; [`Error::EmptyName`] for one without.
    /// - [`Error::UnknownPlace`] for a district in a region that is not there; [`Error::EmptyRegion`] for a region that no
    ///   district is in; [`Error::CircleOfRegions`] for regions that are within each other.
    pub fn of_places(places: impl IntoIterator<Item = Place>) -> Result<Self, Error> {
        let count = Self { places: places.into_iter().collect(), ..Self::default() };
        count.check().map(|()| count)
    }

    /// Sets what is known of the whole nation: votes and seats of its own, where they are not the sums of its places.
    #[must_use]
    pub fn with_nation(self, nation: Place) -> Self {
        Self { nation, ..self }
    }

    /// Sets who stands together, in every place where several members do.
    #[must_use]
    pub fn with_alliances(self, alliances: impl Into<Vec<Alliance>>) -> Self {
        Self { alliances: alliances.into(), ..self }
    }

    /// What is known of the whole nation.
    #[must_use]
    pub const fn nation(&self) -> &Place {
        &self.nation
    }

    /// Regions and districts, in the order in which they were given; none where there is one place alone.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The districts alone.
    pub fn districts(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.level == Level::District)
    }

    /// The regions alone.
    pub fn regions(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.level == Level::Region)
    }

    /// Parties that stand together everywhere.
    #[must_use]
    pub fn alliances(&self) -> &[Alliance] {
        &self.alliances
    }

    /// Refuses places without names, with the same name, or within places that are not there.
    fn check(&self) -> Result<(), Error> {
        if self.places.is_empty() {
            return Err(Error::NoDistricts);
        }
        let mut levels: BTreeMap<&str, Level> = BTreeMap::new();
        for (index, place) in self.places.iter().enumerate() {
            if place.name.is_empty() {
                return Err(Error::EmptyName { index });
            }
            if levels.insert(&place.name, place.level).is_some() {
                return Err(Error::DuplicateDistrict { name: place.name.clone() });
            }
        }
        let mut inhabited: BTreeMap<&str, bool> = self.regions().map(|region| (region.name.as_str(), false)).collect();
        for place in &self.places {
            let Some(within) = &place.within else { continue };
            let outer = levels.get(within.as_str()).copied();
            match outer {
                Some(outer) if outer > place.level => {}
                Some(outer) if outer == place.level && place.level == Level::Region => {
                    return Err(Error::CircleOfRegions { name: place.name.clone() });
                }
                _ => return Err(Error::UnknownPlace { name: within.clone(), place: place.name.to_string() }),
            }
            if let Some(seen) = inhabited.get_mut(within.as_str()) {
                *seen = true;
            }
        }
        match inhabited.iter().find(|(_, inhabited)| !**inhabited) {
            Some((name, _)) if self.districts().next().is_some() => {
                Err(Error::EmptyRegion { name: String::from(*name) })
            }
            _ => Ok(()),
        }
    }
}

impl From<Tally> for Count {
    fn from(tally: Tally) -> Self {
        Self { nation: Place::nation(tally), ..Self::default() }
    }
}

/// A count, or a tally that is one, as [`Rule::apply`](crate::Rule::apply) takes them.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, CountRef, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(CountRef::Tally(&tally))?;
/// assert_eq!(outcome.seats("A"), Some(3));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum CountRef<'a> {
    /// One place.
    Tally(&'a Tally),
    /// Any number of places.
    Count(&'a Count),
}

impl<'a> From<&'a Tally> for CountRef<'a> {
    fn from(tally: &'a Tally) -> Self {
        Self::Tally(tally)
    }
}

impl<'a> From<&'a Count> for CountRef<'a> {
    fn from(count: &'a Count) -> Self {
        Self::Count(count)
    }
}

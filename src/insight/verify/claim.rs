//! Claims: seats that somebody says a law gives.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::error::Error;
use crate::outcome::Outcome;

/// Seats that are said to be a law's: of the nation in the order of the parties, or by place, party and tier.
///
/// What is not claimed is not looked at.
///
/// # Examples
/// ```
/// use apportion::insight::{ClaimedSeats, verify};
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let north = Place::district("north", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(5);
/// let south = Place::district("south", Tally::from_votes([("A", 10), ("B", 90)])?).with_seats(2);
/// let count = Count::of_places([north, south])?;
/// let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 7);
/// let claim = ClaimedSeats::default().at("north", "A", 3).at("north", "B", 2).at("south", "B", 2);
/// assert!(verify(&rule, &count, claim)?.is_possible());
/// assert!(!verify(&rule, &count, ClaimedSeats::default().at("north", "A", 4))?.is_possible());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimedSeats {
    /// Seats in the order of the outcome's parties.
    listed: Option<Vec<u64>>,
    /// Place (none for the nation), party, seats.
    cells: Vec<(Option<String>, String, u64)>,
    /// Tier, party, seats.
    tiers: Vec<(String, String, i128)>,
}

impl ClaimedSeats {
    /// Also claims that the party has these seats at the place, all tiers together.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>, party: impl Into<String>, seats: u64) -> Self {
        self.cells.push((Some(place.into()), party.into(), seats));
        self
    }

    /// Also claims that the party has these seats in all.
    #[must_use]
    pub fn in_all(mut self, party: impl Into<String>, seats: u64) -> Self {
        self.cells.push((None, party.into(), seats));
        self
    }

    /// Also claims that the tier gave the party these seats, which are below zero where it took some back.
    #[must_use]
    pub fn by(mut self, tier: impl Into<String>, party: impl Into<String>, seats: i128) -> Self {
        self.tiers.push((tier.into(), party.into(), seats));
        self
    }

    /// The places that it is about.
    pub(super) fn places(&self) -> Vec<Option<&str>> {
        let mut places: Vec<Option<&str>> = self.cells.iter().map(|(place, ..)| place.as_deref()).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The seats claimed for a party at a place.
    pub(super) fn of(&self, place: Option<&str>, party: &str) -> Option<u64> {
        let cell = self.cells.iter().find(|(at, name, _)| at.as_deref() == place && name == party);
        cell.map(|&(.., seats)| seats)
    }

    /// Parties and seats claimed at a place.
    pub(super) fn cells(&self, place: Option<&str>) -> impl Iterator<Item = (&str, u64)> {
        self.cells.iter().filter(move |(at, ..)| at.as_deref() == place).map(|(_, name, seats)| (name.as_str(), *seats))
    }

    /// Tiers, parties and the seats claimed.
    pub(super) fn tiers(&self) -> &[(String, String, i128)] {
        &self.tiers
    }

    /// The claim with names for a list of seats in the order of the parties.
    pub(super) fn named(mut self, outcome: &Outcome) -> Result<Self, Error> {
        let Some(listed) = self.listed.take() else { return Ok(self) };
        let parties = outcome.parties().len();
        if listed.len() != parties {
            return Err(Error::WrongLength { what: "claimed seats", parties, found: listed.len() });
        }
        let claimed: u128 = listed.iter().map(|&seats| u128::from(seats)).sum();
        // In a law of one tier the sum is known; elsewhere it may depend on how ties go.
        let seats = outcome.total_seats() - outcome.vacant();
        let sum_is_known = outcome.ways().is_empty();
        if sum_is_known && claimed != u128::from(seats) {
            return Err(Error::ClaimedSum { claimed, seats });
        }
        let named = outcome.parties().iter().zip(listed).map(|(party, seats)| (None, party.name().to_string(), seats));
        self.cells.extend(named);
        Ok(self)
    }

    /// Refuses parties and places that are not there, and a cell that is claimed twice.
    pub(super) fn check(&self, outcome: &Outcome) -> Result<(), Error> {
        const CLAIM: &str = "the claim";
        let unknown = |name: &str| Error::UnknownParty { name: name.into(), place: CLAIM };
        for (at, (place, party, _)) in self.cells.iter().enumerate() {
            if let Some(name) = place {
                if outcome.at(name).is_none() {
                    return Err(Error::UnknownPlace { name: name.clone(), place: CLAIM.into() });
                }
            }
            if outcome.party(party).is_none() {
                return Err(unknown(party));
            }
            if self.cells[..at].iter().any(|(other, name, _)| other == place && name == party) {
                return Err(Error::RepeatedParty { name: party.clone(), place: CLAIM });
            }
        }
        for (tier, party, _) in &self.tiers {
            if outcome.by(tier).is_none() {
                return Err(Error::UnknownTier { name: tier.clone() });
            }
            if outcome.party(party).is_none() {
                return Err(unknown(party));
            }
        }
        Ok(())
    }
}

impl From<&[u64]> for ClaimedSeats {
    fn from(seats: &[u64]) -> Self {
        Self { listed: Some(seats.to_vec()), ..Self::default() }
    }
}

impl From<&Vec<u64>> for ClaimedSeats {
    fn from(seats: &Vec<u64>) -> Self {
        Self::from(seats.as_slice())
    }
}

impl From<Vec<u64>> for ClaimedSeats {
    fn from(seats: Vec<u64>) -> Self {
        Self { listed: Some(seats), ..Self::default() }
    }
}

impl<const N: usize> From<[u64; N]> for ClaimedSeats {
    fn from(seats: [u64; N]) -> Self {
        Self::from(seats.as_slice())
    }
}

impl<const N: usize> From<&[u64; N]> for ClaimedSeats {
    fn from(seats: &[u64; N]) -> Self {
        Self::from(seats.as_slice())
    }
}

//! The ledger: what every provision booked where, and what later tiers may ask for.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::choice::Choice;
use crate::count::tally::seats_fit;
use crate::count::{Figures, PartyId, PlaceId};
use crate::error::Error;

/// Seats by party that one tier gave at one place; what is taken back is below zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Booking {
    /// The tier, counted from 0.
    pub(crate) tier: usize,
    /// The place.
    pub(crate) place: PlaceId,
    /// Seats by party; a party may stand here more than once.
    pub(crate) seats: Vec<(PartyId, i128)>,
}

/// Seats that stay open at a place until somebody asks who won them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Open {
    pub(crate) tier: usize,
    pub(crate) place: PlaceId,
    pub(crate) parties: Vec<PartyId>,
    pub(crate) seats: u64,
}

/// A tie between cells of a matrix, each for at most one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenCells {
    pub(crate) tier: usize,
    pub(crate) place: PlaceId,
    pub(crate) cells: Vec<(PartyId, PlaceId)>,
    /// The seats left to each party and to each district.
    pub(crate) parties: Vec<(PartyId, u64)>,
    pub(crate) districts: Vec<(PlaceId, u64)>,
    /// In how many ways it can end; none where they are too many to count.
    pub(crate) outcomes: Option<u64>,
}

impl OpenCells {
    /// The most seats that each party may win inside a place; none where the tie does not go beyond it, as its parties have them
    /// there anyway. In one district that is what may come; in several districts of a larger place it may be more.
    pub(crate) fn inside(&self, figures: &Figures<'_>, place: PlaceId) -> impl Iterator<Item = (PartyId, u64)> {
        let is_part = place != self.place && figures.is_within(place, self.place);
        self.parties.iter().filter(move |_| is_part).map(move |&(party, seats)| {
            let cells = self.cells.iter().filter(|cell| cell.0 == party && figures.is_within(cell.1, place));
            (party, seats.min(cells.count() as u64))
        })
    }
}

/// What several open ties give together, where only that was asked.
#[derive(Clone, Debug)]
struct Together {
    ties: Vec<Open>,
    seats: BTreeMap<PartyId, u64>,
}

/// Votes that bought no seat in a partial tier, over one denominator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unused {
    pub(crate) votes: BTreeMap<PartyId, BigUint>,
    pub(crate) denominator: BigUint,
}

/// What the tiers so far have booked and left.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    bookings: Vec<Booking>,
    /// By place, seats held in it and in all places inside it.
    held: Vec<BTreeMap<PartyId, u64>>,
    /// Ties nobody has asked about.
    open: Vec<Open>,
    together: Vec<Together>,
    open_cells: Vec<OpenCells>,
    /// Ties of placing nobody has asked about.
    open_placings: Vec<Choice>,
    /// Seats that nobody may take.
    vacant: BTreeMap<PlaceId, u64>,
    /// Seats that the last partial tier left.
    left: BTreeMap<PlaceId, u64>,
    unused: BTreeMap<PlaceId, Unused>,
    /// By provisional tier and place, seats that are never held.
    provisional: BTreeMap<(usize, PlaceId), BTreeMap<PartyId, u64>>,
    /// Direct winners without a seat.
    unseated: BTreeMap<(PlaceId, PartyId), u64>,
}

impl Ledger {
    pub(crate) fn new(places: usize) -> Self {
        Self {
            bookings: Vec::new(),
            held: vec![BTreeMap::new(); places],
            open: Vec::new(),
            together: Vec::new(),
            open_cells: Vec::new(),
            open_placings: Vec::new(),
            vacant: BTreeMap::new(),
            left: BTreeMap::new(),
            unused: BTreeMap::new(),
            provisional: BTreeMap::new(),
            unseated: BTreeMap::new(),
        }
    }

    /// Books seats at a place, which every place around it holds too; an error where a party's outgrow 64 bits in one.
    pub(crate) fn book(&mut self, figures: &Figures<'_>, booking: Booking) -> Result<(), Error> {
        let mut place = booking.place;
        loop {
            let held = &mut self.held[place.index()];
            for &(party, seats) in &booking.seats {
                let had = held.entry(party).or_default();
                // None is taken back that was not given.
                let has = u128::try_from(i128::from(*had) + seats).unwrap_or(0);
                *had = match u64::try_from(has) {
                    Ok(has) => has,
                    Err(_) if place == PlaceId::NATION => seats_fit("the house", has)?,
                    Err(_) => seats_fit(&figures.spot(place).title(), has)?,
                };
            }
            if place == PlaceId::NATION {
                break;
            }
            place = figures.spot(place).within;
        }
        self.bookings.push(booking);
        Ok(())
    }

    pub(crate) fn bookings(&self) -> &[Booking] {
        &self.bookings
    }

    /// Certain seats of a party in a place and all places inside it.
    pub(crate) fn certain(&self, place: PlaceId, party: PartyId) -> u64 {
        self.held[place.index()].get(&party).copied().unwrap_or(0)
    }

    /// Certain seats by party in a place and all places inside it.
    pub(crate) fn all_certain(&self, place: PlaceId) -> &BTreeMap<PartyId, u64> {
        &self.held[place.index()]
    }

    /// Leaves a tie open.
    pub(crate) fn leave_open(&mut self, tie: Open) {
        self.open.push(tie);
    }

    pub(crate) fn open(&self) -> &[Open] {
        &self.open
    }

    /// The open ties in a place and all places inside it.
    pub(crate) fn open_within(&self, figures: &Figures<'_>, place: PlaceId) -> Vec<Open> {
        if self.open.is_empty() {
            return Vec::new();
        }
        self.open.iter().filter(|tie| figures.is_within(tie.place, place)).cloned().collect()
    }

    /// What these open ties give a party together, where that is known.
    pub(crate) fn together(&self, ties: &[Open], party: PartyId) -> Option<u64> {
        let known = self.together.iter().find(|together| together.ties == ties)?;
        Some(known.seats.get(&party).copied().unwrap_or(0))
    }

    /// Knows from now on what these open ties give together.
    pub(crate) fn know_together(&mut self, ties: Vec<Open>, seats: BTreeMap<PartyId, u64>) {
        self.together.push(Together { ties, seats });
    }

    /// Leaves a tie between cells open.
    pub(crate) fn leave_cells_open(&mut self, tie: OpenCells) {
        self.open_cells.push(tie);
    }

    pub(crate) fn open_cells(&self) -> &[OpenCells] {
        &self.open_cells
    }

    /// Leaves a tie of placing open.
    pub(crate) fn leave_placing_open(&mut self, choice: Choice) {
        self.open_placings.push(choice);
    }

    pub(crate) fn open_placings(&self) -> &[Choice] {
        &self.open_placings
    }

    pub(crate) fn leave_vacant(&mut self, place: PlaceId, seats: u64) {
        if seats > 0 {
            let vacant = self.vacant.entry(place).or_default();
            *vacant = vacant.saturating_add(seats);
        }
    }

    pub(crate) fn vacant(&self, place: PlaceId) -> u64 {
        self.vacant.get(&place).copied().unwrap_or(0)
    }

    pub(crate) fn vacant_in_all(&self) -> u128 {
        self.vacant.values().map(|&seats| u128::from(seats)).sum()
    }

    /// Notes what a partial tier left at a place.
    pub(crate) fn leave(&mut self, place: PlaceId, seats: u64, unused: Unused) {
        self.left.insert(place, seats);
        self.unused.insert(place, unused);
    }

    pub(crate) fn left(&self, place: PlaceId) -> Option<u64> {
        self.left.get(&place).copied()
    }

    pub(crate) fn unused(&self, place: PlaceId) -> Option<&Unused> {
        self.unused.get(&place)
    }

    pub(crate) fn note_provisional(&mut self, tier: usize, place: PlaceId, seats: BTreeMap<PartyId, u64>) {
        self.provisional.insert((tier, place), seats);
    }

    pub(crate) fn provisional(&self, tier: usize, place: PlaceId, party: PartyId) -> u64 {
        self.provisional.get(&(tier, place)).and_then(|seats| seats.get(&party)).copied().unwrap_or(0)
    }

    pub(crate) fn note_unseated(&mut self, place: PlaceId, party: PartyId, winners: u64) {
        if winners > 0 {
            *self.unseated.entry((place, party)).or_default() += winners;
        }
    }

    pub(crate) const fn unseated(&self) -> &BTreeMap<(PlaceId, PartyId), u64> {
        &self.unseated
    }
}

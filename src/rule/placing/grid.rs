//! Grids: one value for each party in each place.

use alloc::vec;
use alloc::vec::Vec;

use super::Pair;

/// One value for each party in each place, row by row: a row is a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid<T> {
    places: usize,
    parties: usize,
    values: Vec<T>,
}

impl<T> Grid<T> {
    /// A grid of these values, as many rows as they fill; what does not fill a row is left out.
    pub(crate) fn new(places: usize, mut values: Vec<T>) -> Self {
        let parties = values.len().checked_div(places).unwrap_or(0);
        values.truncate(parties * places);
        Self { places, parties, values }
    }

    /// A grid of what `value` says of each pair.
    pub(crate) fn from_fn(parties: usize, places: usize, mut value: impl FnMut(Pair) -> T) -> Self {
        let pairs = (0..parties).flat_map(|party| (0..places).map(move |place| (party, place)));
        let values = pairs.map(&mut value).collect();
        Self { places, parties, values }
    }

    pub(crate) const fn parties(&self) -> usize {
        self.parties
    }

    pub(crate) const fn places(&self) -> usize {
        self.places
    }

    /// The value of a pair, which must be one of the grid's.
    pub(crate) fn get(&self, (party, place): Pair) -> &T {
        &self.values[party * self.places + place]
    }

    /// The value of a pair, to be changed.
    pub(crate) fn get_mut(&mut self, (party, place): Pair) -> &mut T {
        &mut self.values[party * self.places + place]
    }

    /// The values of a party, by place.
    pub(crate) fn row(&self, party: usize) -> &[T] {
        &self.values[party * self.places..(party + 1) * self.places]
    }

    /// All pairs, by party, then place.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Pair> + use<T> {
        let (parties, places) = (self.parties, self.places);
        (0..parties).flat_map(move |party| (0..places).map(move |place| (party, place)))
    }

    /// A grid of what `value` makes of each value.
    pub(crate) fn map<U>(&self, value: impl FnMut(&T) -> U) -> Grid<U> {
        Grid { places: self.places, parties: self.parties, values: self.values.iter().map(value).collect() }
    }
}

impl<T: Clone> Grid<T> {
    /// A grid of one value everywhere.
    pub(crate) fn filled(parties: usize, places: usize, value: T) -> Self {
        Self { places, parties, values: vec![value; parties * places] }
    }
}

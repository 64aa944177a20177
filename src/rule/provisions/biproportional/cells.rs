//! The cells of a matrix before it has sums: votes, and what the count bounds.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::count::{PartyId, PlaceId};
use crate::error::Error;
use crate::rule::session::Session;

/// Admitted parties by districts; tables are flat, one party after the other.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) place: PlaceId,
    pub(super) parties: Vec<PartyId>,
    pub(super) districts: Vec<PlaceId>,
    pub(super) district_seats: Vec<u64>,
    pub(super) votes: Vec<u64>,
    pub(super) minimums: Vec<u64>,
    pub(super) maximums: Vec<Option<u64>>,
}

impl Cells {
    pub(super) fn new(
        session: &Session<'_>,
        place: PlaceId,
        parties: Vec<PartyId>,
        districts: Vec<PlaceId>,
        district_seats: Vec<u64>,
    ) -> Self {
        let mut cells = Self {
            place,
            votes: Vec::with_capacity(parties.len() * districts.len()),
            minimums: Vec::with_capacity(parties.len() * districts.len()),
            maximums: Vec::with_capacity(parties.len() * districts.len()),
            parties,
            districts,
            district_seats,
        };
        for &party in &cells.parties {
            for &district in &cells.districts {
                let spot = session.figures.spot(district);
                let here = spot.party(party);
                cells.votes.push(spot.votes_of(party));
                cells.minimums.push(here.map_or(0, crate::Party::minimum));
                cells.maximums.push(here.and_then(crate::Party::maximum));
            }
        }
        cells
    }

    /// The minimums with one at least for the strongest list of every district with seats; for lists that are equal first,
    /// if there are as many seats.
    pub(super) fn with_winners(&self, session: &Session<'_>) -> Result<Vec<u64>, Error> {
        let mut minimums = self.minimums.clone();
        let width = self.districts.len();
        for (column, &seats) in self.district_seats.iter().enumerate() {
            let of_column = || (0..self.parties.len()).map(|row| row * width + column);
            let most = of_column().map(|cell| self.votes[cell]).max().unwrap_or(0);
            let first: Vec<usize> = of_column().filter(|&cell| self.votes[cell] == most).collect();
            if most == 0 || first.len() as u64 > seats {
                continue;
            }
            for cell in first {
                minimums[cell] = minimums[cell].max(1);
                if let Some(maximum @ 0) = self.maximums[cell] {
                    let party = self.cell_name(session, cell);
                    return Err(Error::MinimumAboveMaximum { party, minimum: 1, maximum });
                }
            }
        }
        Ok(minimums)
    }

    /// Refuses lines whose minimums take more seats than they have, by name.
    pub(super) fn check_minimums(
        &self,
        session: &Session<'_>,
        minimums: &[u64],
        party_seats: &[u64],
        why: &str,
    ) -> Result<(), Error> {
        let width = self.districts.len();
        let mut of_rows = vec![0_u128; self.parties.len()];
        let mut of_columns = vec![0_u128; width];
        for (cell, &minimum) in minimums.iter().enumerate() {
            of_rows[cell / width] += u128::from(minimum);
            of_columns[cell % width] += u128::from(minimum);
        }
        let rows = (0..of_rows.len()).map(|row| (self.party(session, row), of_rows[row], party_seats[row]));
        let columns = (0..width).map(|at| (self.district(session, at), of_columns[at], self.district_seats[at]));
        match rows.chain(columns).find(|&(_, minimums, seats)| minimums > seats.into()) {
            Some((line, minimums, seats)) => Err(Error::LineMinimums { line: line + why, minimums, seats }),
            None => Ok(()),
        }
    }

    pub(super) fn party(&self, session: &Session<'_>, row: usize) -> String {
        session.figures.name(self.parties[row]).to_string()
    }

    pub(super) fn district(&self, session: &Session<'_>, column: usize) -> String {
        session.figures.spot(self.districts[column]).title()
    }

    pub(super) fn cell_name(&self, session: &Session<'_>, cell: usize) -> String {
        let (row, column) = (cell / self.districts.len(), cell % self.districts.len());
        self.party(session, row) + " in " + &self.district(session, column)
    }
}

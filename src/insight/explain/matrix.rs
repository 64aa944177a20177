//! Matrices: the seats of every party in every district, where the sums of both are given.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Names, Part};
use crate::count::PlaceId;
use crate::insight::table::Table;
use crate::num::text::{counted, grouped};
use crate::rule::MatrixRecord;

/// Cells of one record that are listed; of more, districts alone.
const LISTED: usize = 60;

/// The seats of parties by district; of one place, where only that is asked about.
pub(super) fn parts(names: &Names<'_>, record: &MatrixRecord, only: Option<PlaceId>) -> Vec<Part> {
    let width = record.districts.len();
    let all: u128 = record.party_seats.iter().map(|&seats| u128::from(seats)).sum();
    let opening = format!(
        "{} to {} in {}, so that the sums of both hold ({}).",
        counted(all, "seat"),
        if record.parties.len() == 1 { "1 party".into() } else { format!("{} parties", record.parties.len()) },
        counted(width as u128, "district"),
        record.divisors
    );
    let mut parts = Vec::from([Part::text(opening)]);
    let certain = record.allocation.certain();
    let filled: Vec<(usize, usize)> = (0..record.parties.len())
        .flat_map(|party| (0..width).map(move |district| (party, district)))
        .filter(|&(party, district)| certain[party * width + district] > 0)
        .filter(|&(_, district)| only.is_none_or(|only| only == record.districts[district] || only == record.place))
        .collect();
    if filled.len() <= LISTED {
        let mut table = Table::new("Seats by party and district", &["district", "party", "votes", "seats"]);
        for (party, district) in filled {
            let cell = party * width + district;
            table.push([
                names.place(record.districts[district]).unwrap_or_default(),
                names.party(record.parties[party]),
                grouped(record.votes[cell]),
                grouped(certain[cell]),
            ]);
        }
        parts.push(Part::Table(table));
    } else {
        parts.push(Part::Table(by_district(names, record)));
    }
    let ties: Vec<String> = record.allocation.ties().iter().map(|tie| tied(names, record, tie.cells())).collect();
    if !ties.is_empty() {
        parts.push(Part::Lines(ties));
    }
    parts
}

/// Each district with its seats, party by party in one cell.
fn by_district(names: &Names<'_>, record: &MatrixRecord) -> Table {
    let width = record.districts.len();
    let certain = record.allocation.certain();
    let mut table = Table::new("Seats by district", &["district", "seats", "parties"]);
    for (district, &place) in record.districts.iter().enumerate() {
        let seats = |party: usize| certain[party * width + district];
        let with_seats = (0..record.parties.len()).filter(|&party| seats(party) > 0);
        let list: Vec<String> =
            with_seats.map(|party| format!("{} {}", names.party(record.parties[party]), seats(party))).collect();
        let name = names.place(place).unwrap_or_default();
        table.push([name, grouped(record.district_seats[district]), list.join(", ")]);
    }
    table
}

/// The cells of one tie, in words.
fn tied(names: &Names<'_>, record: &MatrixRecord, cells: &[(usize, usize)]) -> String {
    let cell = |&(party, district): &(usize, usize)| {
        let place = names.place(record.districts[district]).unwrap_or_default();
        format!("{} in {place}", names.party(record.parties[party]))
    };
    let list: Vec<String> = cells.iter().map(cell).collect();
    format!("tied: {}", list.join(", "))
}

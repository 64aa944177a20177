//! Seats of parties in districts with both sums given: the divisors by which every cell rounds to its seats.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::names::Names;
use crate::method::AllocationMethod;
use crate::method::matrix::{CellTie, PrintedDivisor};
use crate::rule::MatrixRecord;

/// A matrix; tables hold one row for each party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Matrix {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    method: AllocationMethod,
    parties: Vec<Line>,
    districts: Vec<Line>,
    votes: Vec<Vec<Figure>>,
    minimums: Vec<Vec<Figure>>,
    maximums: Vec<Vec<Option<Figure>>>,
    /// Certain seats.
    seats: Vec<Vec<Figure>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ties: Vec<Tie>,
    /// Lots that gave cells a seat, cell by cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lots: Vec<Vec<(String, String)>>,
}

/// A party or a district: its seats, and its divisor where the matrix has divisors and one changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    seats: Figure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisor: Option<String>,
}

/// Cells with equal claims, and the seats left to their parties and districts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tie {
    cells: Vec<(String, String)>,
    parties: Vec<(String, Figure)>,
    districts: Vec<(String, Figure)>,
}

impl Matrix {
    pub(super) fn of(record: &MatrixRecord, names: Names<'_>) -> Self {
        let printed = record.printed_divisors().ok();
        let (of_parties, of_districts) =
            printed.as_ref().map_or((&[][..], &[][..]), |printed| (printed.parties(), printed.districts()));
        let line = |name: String, seats: u64, divisor: Option<&Option<PrintedDivisor>>| Line {
            name,
            seats: seats.into(),
            divisor: divisor.and_then(|divisor| divisor.as_ref()).map(ToString::to_string),
        };
        let party = |(at, &id): (usize, &_)| line(names.party(id), record.party_seats[at], of_parties.get(at));
        let district = |(at, &id): (usize, &_)| line(names.title(id), record.district_seats[at], of_districts.get(at));
        let lots =
            record.lots.iter().map(|(_, cells, _)| cells.iter().map(|&cell| named(record, cell, names)).collect());
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            method: AllocationMethod::HighestAverages(record.divisors.clone()),
            parties: record.parties.iter().enumerate().map(party).collect(),
            districts: record.districts.iter().enumerate().map(district).collect(),
            votes: rows(record, &record.votes, |&votes| votes.into()),
            minimums: rows(record, &record.minimums, |&minimum| minimum.into()),
            maximums: rows(record, &record.maximums, |maximum| maximum.map(Figure::from)),
            seats: rows(record, record.allocation.certain(), |&seats| seats.into()),
            ties: record.allocation.ties().iter().map(|tie| Tie::of(record, tie, names)).collect(),
            lots: lots.collect(),
        }
    }
}

impl Tie {
    fn of(record: &MatrixRecord, tie: &CellTie, names: Names<'_>) -> Self {
        Self {
            cells: tie.cells().iter().map(|&cell| named(record, cell, names)).collect(),
            parties: tie.parties().iter().map(|&(at, seats)| (names.party(record.parties[at]), seats.into())).collect(),
            districts: tie
                .districts()
                .iter()
                .map(|&(at, seats)| (names.title(record.districts[at]), seats.into()))
                .collect(),
        }
    }
}

fn named(record: &MatrixRecord, (party, district): (usize, usize), names: Names<'_>) -> (String, String) {
    (names.party(record.parties[party]), names.title(record.districts[district]))
}

/// A flat table as rows.
fn rows<T, U>(record: &MatrixRecord, table: &[T], written: impl Fn(&T) -> U) -> Vec<Vec<U>> {
    let width = record.districts.len().max(1);
    table.chunks(width).map(|row| row.iter().map(&written).collect()).collect()
}

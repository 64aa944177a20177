//! Lower apportionment: the matrix, its lots, and what is booked of it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Biproportional;
use super::cells::Cells;
use super::lots;
use super::record::MatrixRecord;
use crate::error::Error;
use crate::method::matrix::CellTie;
use crate::rule::ledger::OpenCells;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::Record;

/// The most outcomes of a tie that are counted.
const MOST_OUTCOMES: u64 = 1_000;

/// Gives every party its seats in districts.
pub(super) fn apply(
    session: &mut Session<'_>,
    law: &Biproportional,
    mut cells: Cells,
    party_seats: Vec<u64>,
) -> Result<(), Halt> {
    if cells.parties.is_empty() {
        return Ok(());
    }
    if law.winner_takes_one {
        cells.give_winners_one(session)?;
    }
    let why = if law.winner_takes_one { " (with winner_takes_one)" } else { "" };
    cells.check_minimums(session, &party_seats, why)?;
    let mut record = MatrixRecord::new(session.tier, &cells, party_seats, law.divisors.clone());
    record.solve().map_err(|error| named(session, &cells, error, why))?;
    lots::draw(session, &cells, &mut record)?;
    book(session, &record);
    session.trace.push(Record::Matrix(record));
    Ok(())
}

/// The proof that there is no matrix, with names.
fn named(session: &Session<'_>, cells: &Cells, error: Error, why: &str) -> Error {
    let Error::Infeasible(proof) = error else { return error };
    let names = |indices: &[usize], name: &dyn Fn(usize) -> String| indices.iter().map(|&at| name(at)).collect();
    let parties: Vec<String> = names(proof.parties(), &|row| cells.party(session, row));
    let districts: Vec<String> = names(proof.districts(), &|column| cells.district(session, column));
    let text = proof.with_names(&parties, &districts) + if proof.is_bounded() { why } else { "" };
    Error::NoMatrix { parties, districts, must: proof.must(), can: proof.can(), text }
}

/// Books certain seats in districts. Seats of a party that are tied between its districts are its own in the whole.
fn book(session: &mut Session<'_>, record: &MatrixRecord) {
    for (column, &district) in record.districts.iter().enumerate() {
        let seats = record
            .parties
            .iter()
            .enumerate()
            .map(|(row, &party)| (party, i128::from(record.allocation.party(row)[column])));
        session.book(district, seats.collect());
    }
    for tie in record.allocation.ties() {
        let open = open(session.tier, record, tie);
        let whole = open.parties.iter().map(|&(party, seats)| (party, i128::from(seats)));
        session.book(record.place, whole.collect());
        session.ledger.leave_cells_open(open);
        session.waits = true;
    }
}

fn open(tier: usize, record: &MatrixRecord, tie: &CellTie) -> OpenCells {
    OpenCells {
        tier,
        place: record.place,
        cells: tie.cells().iter().map(|&(row, column)| (record.parties[row], record.districts[column])).collect(),
        parties: tie.parties().iter().map(|&(row, seats)| (record.parties[row], seats)).collect(),
        districts: tie.districts().iter().map(|&(column, seats)| (record.districts[column], seats)).collect(),
        outcomes: tie.outcome_count(MOST_OUTCOMES),
    }
}

//! Lower apportionment: the matrix, its lots, and what is booked of it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Biproportional;
use super::cells::Cells;
use super::lots;
use super::record::MatrixRecord;
use crate::allocation::Allocation;
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
    cells: &Cells,
    party_seats: Vec<u64>,
) -> Result<(), Halt> {
    if cells.parties.is_empty() {
        return Ok(());
    }
    let mut record = solve(session, law, cells, party_seats)?;
    lots::draw(session, cells, &mut record)?;
    book(session, &record)?;
    session.trace.push(Record::Matrix(record));
    Ok(())
}

/// Refuses an upper apportionment with a tie after which there is no matrix however it ends.
pub(super) fn refuse_hopeless(
    session: &Session<'_>,
    law: &Biproportional,
    cells: &Cells,
    upper: &Allocation,
) -> Result<(), Error> {
    const MOST_ENDS: usize = 256;
    let mut last = Ok(());
    for (at, seats) in upper.outcomes().enumerate() {
        last = if at < MOST_ENDS { solve(session, law, cells, seats).map(|_| ()) } else { Ok(()) };
        if last.is_ok() {
            break;
        }
    }
    last
}

/// The matrix with these seats of parties, its ties open.
fn solve(
    session: &Session<'_>,
    law: &Biproportional,
    cells: &Cells,
    party_seats: Vec<u64>,
) -> Result<MatrixRecord, Error> {
    let minimums = if law.winner_takes_one { cells.with_winners(session)? } else { cells.minimums.clone() };
    let why = if law.winner_takes_one { " (with winner_takes_one)" } else { "" };
    cells.check_minimums(session, &minimums, &party_seats, why)?;
    let mut record = MatrixRecord::new(session.tier, cells, party_seats, law.divisors.clone());
    record.minimums = minimums;
    match record.solve() {
        Ok(()) => Ok(record),
        Err(error) => Err(named(session, cells, error, why)),
    }
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
fn book(session: &mut Session<'_>, record: &MatrixRecord) -> Result<(), Error> {
    for (column, &district) in record.districts.iter().enumerate() {
        let seats = record
            .parties
            .iter()
            .enumerate()
            .map(|(row, &party)| (party, i128::from(record.allocation.party(row)[column])));
        session.book(district, seats.collect())?;
    }
    for tie in record.allocation.ties() {
        let open = open(session.tier, record, tie);
        let whole = open.parties.iter().map(|&(party, seats)| (party, i128::from(seats)));
        session.book(record.place, whole.collect())?;
        session.ledger.leave_cells_open(open);
        session.waits = true;
    }
    Ok(())
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

//! Lots for cells, drawn by hand: which list gets a seat in which district.

use alloc::string::String;
use alloc::vec::Vec;

use super::cells::Cells;
use super::record::MatrixRecord;
use crate::allocation::TieBreak;
use crate::error::Error;
use crate::rule::session::{Halt, Session};

/// Settles ties of a matrix by the drawings of the tier that name one of their cells. A drawing serves for one matrix.
pub(super) fn draw(session: &mut Session<'_>, cells: &Cells, record: &mut MatrixRecord) -> Result<(), Halt> {
    for (at, tie_break) in session.tier().tie_break.iter().enumerate() {
        let TieBreak::DrawnCells(drawn) = tie_break else { continue };
        let tied = |cell: &(usize, usize)| record.allocation.ties().iter().any(|tie| tie.cells().contains(cell));
        let positions: Vec<Option<(usize, usize)>> = drawn.iter().map(|cell| position(session, cells, cell)).collect();
        if session.is_spent(at) || !positions.iter().flatten().any(tied) {
            continue;
        }
        let mut all = Vec::with_capacity(drawn.len());
        for (cell, position) in drawn.iter().zip(positions) {
            let fail = |reason| Error::DrawnCell { cell: cell.0.clone() + " in " + &cell.1, reason };
            all.push(position.ok_or_else(|| fail("it is not in the matrix"))?);
            record.allocation.settle(&all).map_err(|error| match error {
                Error::DrawnCell { reason, .. } => fail(reason),
                other => other,
            })?;
        }
        let allocation = record.allocation.settle(&all)?;
        record.lots.push((tie_break.clone(), all, core::mem::replace(&mut record.allocation, allocation)));
        session.spend_one(at);
    }
    Ok(())
}

fn position(session: &Session<'_>, cells: &Cells, (party, district): &(String, String)) -> Option<(usize, usize)> {
    let party = session.figures.party_named(party)?;
    let row = cells.parties.iter().position(|&known| known == party)?;
    let column = cells.districts.iter().position(|&known| session.figures.spot(known).name == district)?;
    Some((row, column))
}

//! Given totals: a tier whose seats come from outside, and which only places them (the stages of Italy's law).

use alloc::vec::Vec;

use super::{Given, Unit};
use crate::error::Error;
use crate::rule::session::{Halt, Session};

/// The seats that the count gives each party of the place.
pub(crate) fn apply(session: &Session<'_>, unit: &Unit) -> Result<Given, Halt> {
    let spot = session.figures.spot(unit.place);
    let seats: Vec<u64> = spot.tally.parties().iter().map(|party| party.given().unwrap_or(0)).collect();
    if spot.tally.parties().iter().all(|party| party.given().is_none()) {
        return Err(Error::MissingKey { key: "given", of: "the parties of a tier whose totals are given" }.into());
    }
    Ok(Given { seats, ..Given::default() })
}

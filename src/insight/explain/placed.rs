//! Where seats go: each seat placed with the claim that it was placed by, and the steps of statutes that settle places.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Names, Part};
use crate::count::PlaceId;
use crate::insight::quotient::Quotient;
use crate::insight::table::Table;
use crate::method::{AllocationMethod, Divisors};
use crate::num::text::{counted, grouped};
use crate::rule::trace::{PlacedRecord, PlacedSeat, SettleStep, SettledRecord};

/// Seats of one record that are listed one by one; of more, places alone.
const LISTED: usize = 60;

/// Which party got which seat where; of one place, where only that is asked about.
pub(super) fn placed(names: &Names<'_>, record: &PlacedRecord, only: Option<PlaceId>) -> Vec<Part> {
    let asked = |place: PlaceId| only.is_none_or(|only| only == place || only == record.place);
    let all: u128 = record.placed.iter().map(|&(.., seats)| u128::from(seats)).sum();
    let mut parts = Vec::from([Part::text(format!("{}: {}.", counted(all, "seat"), record.step))]);
    let moves: Vec<(usize, &PlacedSeat)> =
        record.moves.iter().enumerate().filter(|(_, seat)| asked(seat.place)).collect();
    if !moves.is_empty() && moves.len() <= LISTED {
        parts.push(Part::Table(in_order(names, record, &moves)));
        return parts;
    }
    let mut table = Table::new("Seats placed", &["place", "party", "held before", "seats"]);
    let mut lines: Vec<&(crate::PartyId, PlaceId, u64, u64)> =
        record.placed.iter().filter(|(_, place, _, seats)| asked(*place) && *seats > 0).collect();
    lines.sort_by_key(|(party, place, ..)| (*place, *party));
    for &&(party, place, before, seats) in lines.iter().take(LISTED) {
        table.push([names.place(place).unwrap_or_default(), names.party(party), grouped(before), grouped(seats)]);
    }
    parts.push(Part::Table(table));
    if lines.len() > LISTED {
        let more = (lines.len() - LISTED) as u128;
        parts.push(Part::text(format!("{} more; each place shows its own.", counted(more, "line"))));
    }
    parts
}

/// Seats in the order in which they were placed.
fn in_order(names: &Names<'_>, record: &PlacedRecord, moves: &[(usize, &PlacedSeat)]) -> Table {
    let divisors = match &record.step.method {
        Some(AllocationMethod::HighestAverages(divisors)) => divisors.clone(),
        _ => Divisors::DEAN,
    };
    let has_divisors = matches!(record.step.method, Some(AllocationMethod::HighestAverages(_)));
    let mut table = Table::new("Seats in the order of placing", &["party", "place", "no.", "held there", "claim"]);
    for (number, seat) in moves {
        let (numerator, denominator) = &seat.claim;
        let claim = if has_divisors {
            let quotient = Quotient::of(&divisors, numerator, denominator, seat.before);
            let small = quotient.to_f64() < 100.0;
            quotient.decimals(1, if small { 6 } else { 2 })
        } else {
            super::quotas::fraction(numerator, denominator)
        };
        table.push([
            names.party(seat.party),
            names.place(seat.place).unwrap_or_default(),
            grouped((number + 1) as u128),
            grouped(seat.before),
            claim,
        ]);
    }
    table
}

/// The seats by whole quotas of each place, and the steps that followed.
pub(super) fn settled(names: &Names<'_>, record: &SettledRecord, only: Option<PlaceId>) -> Vec<Part> {
    let asked = |place: PlaceId| only.is_none_or(|only| only == place || only == record.place);
    let line = |(at, &place): (usize, &PlaceId)| {
        let rows = record.parties.iter().zip(&record.seats).filter(|(_, row)| row[at] > 0);
        let seats: Vec<String> = rows.map(|(&party, row)| format!("{} {}", names.party(party), row[at])).collect();
        let name = names.place(place).unwrap_or_default();
        format!("{name} ({}): {}", counted(record.sizes[at].1, "seat"), seats.join(", "))
    };
    let places = record.places.iter().enumerate().filter(|(_, place)| asked(**place)).map(line).collect();
    let pair = |&(party, place): &(crate::PartyId, PlaceId)| {
        format!("{} in {}", names.party(party), names.place(place).unwrap_or_default())
    };
    let step = |step: &SettleStep| match step {
        SettleStep::Swap { giver, over, receiver: Some(receiver) } if asked(giver.1) || asked(receiver.1) => {
            Some(format!("{} gives a seat ({over} over); {} receives one.", pair(giver), pair(receiver)))
        }
        SettleStep::Swap { giver, receiver: None, .. } if asked(giver.1) => {
            Some(format!("{} should give a seat, but nobody may receive it: it stays.", pair(giver)))
        }
        SettleStep::GivenBack(party, place) if asked(*place) => {
            Some(format!("{} gives a seat back.", pair(&(*party, *place))))
        }
        SettleStep::Taken(party, place) if asked(*place) => Some(format!("{} takes a seat.", pair(&(*party, *place)))),
        SettleStep::Rest(party, place, seats) if asked(*place) => {
            Some(format!("{} takes the {} left.", pair(&(*party, *place)), counted(*seats, "seat")))
        }
        _ => None,
    };
    let mut parts = Vec::from([Part::text("Seats go to places by local quotas; then, in order:".into())]);
    parts.push(Part::Lines(record.steps.iter().filter_map(step).collect()));
    parts.push(Part::text("Seats by place:".into()));
    parts.push(Part::Lines(places));
    parts
}

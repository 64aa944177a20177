//! Between tiers: full seats alone, targets beside what is held, houses that grow, seats given back, linked seats.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::quotas::fraction;
use super::{Names, Part};
use crate::insight::table::Table;
use crate::num::text::{counted, grouped};
use crate::rule::Overhang;
use crate::rule::trace::{LevelledRecord, LinkedRecord, PartialRecord, ReturnedRecord, TopUpRecord};

pub(super) fn partial(names: &Names<'_>, record: &PartialRecord) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some((price, per)) = &record.cost {
        let up = record.up_from.map(|part| format!("; {part} of it buys one as well")).unwrap_or_default();
        parts.push(Part::text(format!("A seat costs {} votes ({}){up}.", fraction(price, per), record.quota)));
    }
    let mut table = Table::new("Full seats", &["party", "votes", "full seats"]);
    for (at, &party) in record.parties.iter().enumerate() {
        table.push([names.party(party), grouped(record.votes[at]), grouped(record.seats[at])]);
    }
    parts.push(Part::Table(table));
    if let Some(limit) = record.limit {
        let left = counted(record.left, "seat");
        parts.push(Part::text(format!(
            "Of {}, {left} and the votes that bought none go on to a later tier.",
            grouped(limit)
        )));
    }
    parts
}

pub(super) fn top_up(names: &Names<'_>, record: &TopUpRecord) -> Vec<Part> {
    let mut parts = Vec::new();
    let taken = record.seats.saturating_sub(record.house);
    if taken > 0 {
        let seats = counted(taken, "seat");
        parts.push(Part::text(format!(
            "Of {} seats, {seats} are held by those who take no part here or keep more; the others share {}.",
            grouped(record.seats),
            grouped(record.house)
        )));
    }
    let leaving = !record.leaving.is_empty();
    let mut table =
        Table::new("What is held, and what is due", &["party", "due", "held", if leaving { "over" } else { "gets" }]);
    for (at, &party) in record.parties.iter().enumerate() {
        let (due, held) = (record.target[at], record.held[at]);
        let last = if leaving { held.saturating_sub(due) } else { due.saturating_sub(held) };
        let last = if last > 0 { grouped(last) } else { String::new() };
        table.push([names.party(party), grouped(due), grouped(held), last]);
    }
    parts.push(Part::Table(table));
    let over = |at: &usize| record.held[*at] > record.target[*at];
    let over: Vec<String> = (0..record.parties.len()).filter(over).map(|at| names.party(record.parties[at])).collect();
    if leaving {
        let who: Vec<String> = record.leaving.iter().map(|&party| names.party(party)).collect();
        let what = match record.overhang {
            Overhang::Return => "gives the seats back that it holds beyond what is due",
            _ => "holds as much as is due, or more, keeps it and leaves; the others share the rest once more",
        };
        let each = if who.len() == 1 { "" } else { "each of " };
        parts.push(Part::text(format!("{each}{} {what}.", who.join(", "))));
    } else if !over.is_empty() {
        parts.push(Part::text(format!("Holding more than is due, and keeping it: {}.", over.join(", "))));
    }
    parts
}

pub(super) fn levelled(names: &Names<'_>, record: &LevelledRecord) -> Vec<Part> {
    let text = match record.size.checked_sub(record.house) {
        Some(0) | None => {
            format!("The house stays at {}: shares cover what parties need.", counted(record.house, "seat"))
        }
        Some(more) => format!(
            "The house grows by {} to {}, the first in which shares cover what parties need{}.",
            grouped(more),
            grouped(record.size),
            if record.unlevelled > 0 {
                format!(", but for {}", counted(record.unlevelled, "seat"))
            } else {
                String::new()
            }
        ),
    };
    let mut table = Table::new("What is needed, and the share", &["party", "needs", "share"]);
    for (at, &party) in record.parties.iter().enumerate() {
        table.push([names.party(party), grouped(record.needs[at]), grouped(record.share[at])]);
    }
    Vec::from([Part::text(text), Part::Table(table)])
}

pub(super) fn returned(names: &Names<'_>, record: &ReturnedRecord) -> Vec<Part> {
    let place = names.place(record.place).map(|place| format!(" in {place}")).unwrap_or_default();
    let (name, seats) = (names.party(record.party), counted(record.seats.unsigned_abs(), "seat"));
    let verb = if record.seats < 0 { "gives back" } else { "receives" };
    Vec::from([Part::text(format!("{name} {verb} {seats}{place}."))])
}

pub(super) fn linked(names: &Names<'_>, record: &LinkedRecord) -> Vec<Part> {
    let base = grouped(record.base);
    let text =
        format!("Shares are of {base} seats. A part of what each party lacks of its share is linked to what it holds.");
    let mut table = Table::new("Linked seats", &["party", "held", "linked seats"]);
    for (at, &party) in record.parties.iter().enumerate() {
        table.push([names.party(party), grouped(record.held[at]), grouped(record.linked[at])]);
    }
    let sum: u128 = record.linked.iter().map(|&seats| u128::from(seats)).sum();
    let mut parts = Vec::from([Part::text(text), Part::Table(table)]);
    if sum != u128::from(record.seats) {
        parts.push(Part::text(format!(
            "Linked are {}, and there are {}: brought to that number.",
            counted(sum, "seat"),
            grouped(record.seats)
        )));
    }
    parts
}

//! What a law does beside its method: direct seats, seats of places, fragments, bonus, cap, floor, majority, lists that ran out.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Names, Part};
use crate::insight::table::Table;
use crate::num::text::{counted, grouped, percent};
use crate::rule::Fragments;
use crate::rule::trace::{
    BonusRecord, CapRecord, Direct, ExhaustedRecord, FloorRecord, FragmentsRecord, MajorityRecord, SizesRecord,
};

pub(super) fn direct(names: &Names<'_>, record: &Direct) -> Vec<Part> {
    let seats: Vec<String> =
        record.seats.iter().map(|&(party, seats)| format!("{} {seats}", names.party(party))).collect();
    Vec::from([Part::text(format!("Won directly, before any list: {}.", seats.join(", ")))])
}

pub(super) fn sizes(names: &Names<'_>, record: &SizesRecord) -> Vec<Part> {
    let least = if record.minimum > 0 { format!(", at least {} each", grouped(record.minimum)) } else { String::new() };
    let text =
        format!("{} go to places by {} over {}{least}.", counted(record.seats, "seat"), record.method, record.of);
    let mut table = Table::new("Seats of places", &["place", "counted", "seats"]);
    for (at, &place) in record.places.iter().enumerate() {
        let name = names.place(place).unwrap_or_default();
        table.push([name, grouped(record.claims[at]), grouped(record.given[at])]);
    }
    Vec::from([Part::text(text), Part::Table(table)])
}

pub(super) fn fragments(names: &Names<'_>, record: &FragmentsRecord) -> Vec<Part> {
    let gained: Vec<String> =
        record.gained.iter().map(|&(party, votes)| format!("{} {}", names.party(party), grouped(votes))).collect();
    let which = match record.fragments {
        Fragments::Losers => "votes of losing candidates",
        Fragments::LosersAndSurplus => "votes of losing candidates, and those that winners did not need,",
    };
    Vec::from([Part::text(format!("The {which} count for the lists as well: {}.", gained.join(", ")))])
}

pub(super) fn bonus(names: &Names<'_>, record: &BonusRecord) -> Vec<Part> {
    let share = percent(record.votes.into(), record.whole, None);
    let (name, votes, seats) = (names.party(record.party), grouped(record.votes), counted(record.seats, "seat"));
    let text =
        format!("The bonus: {name} has the most votes, {votes} or {share} of {}, and gets {seats} first.", record.of);
    Vec::from([Part::text(text)])
}

pub(super) fn cap(names: &Names<'_>, record: &CapRecord) -> Vec<Part> {
    let (name, would, most) =
        (names.parties(&record.parties), counted(record.would_have, "seat"), grouped(record.most));
    let text = format!(
        "{name} would have {would}, and its share of the votes allows {most}. It keeps those, and the others share the rest once more."
    );
    Vec::from([Part::text(text)])
}

pub(super) fn floor(names: &Names<'_>, record: &FloorRecord) -> Vec<Part> {
    let (name, seats) = (names.parties(&record.parties), counted(record.seats, "seat"));
    Vec::from([Part::text(format!(
        "{name} gets the {seats} that the law gives it at least, and the others share the rest once more."
    ))])
}

pub(super) fn majority(names: &Names<'_>, record: &MajorityRecord) -> Vec<Part> {
    let (winner, loser) = (names.party(record.winner), names.party(record.loser));
    Vec::from([Part::text(format!(
        "{winner} has more than half of the votes but not of the seats, and gets one from {loser}."
    ))])
}

pub(super) fn exhausted(names: &Names<'_>, record: &ExhaustedRecord) -> Vec<Part> {
    let name = names.parties(&record.parties);
    let (would, most) = (counted(record.would_have, "seat"), counted(record.most, "candidate"));
    Vec::from([Part::text(format!(
        "{name} would have {would} and has {most}. The seats beyond them go to the others."
    ))])
}

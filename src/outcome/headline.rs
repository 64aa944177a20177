//! The sentences about an outcome: who won, what is tied, who is out and by how much.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Outcome, PartyOutcome, TieOutcome};
use crate::allocation::Settled;
use crate::num::layout::escaped;
use crate::num::text::{counted, first_word, grouped, listed};
use crate::rule::Shortfall;

/// Parties that a headline names.
const NAMED: usize = 4;

impl Outcome {
    /// The result as a sentence or two: the tie, the winner, or the largest party.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
    /// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
    /// assert_eq!(outcome.headline(), "A has 3 of 5 seats, B 2. No tie.");
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn headline(&self) -> String {
        let mut with_seats: Vec<&PartyOutcome> = self.parties.iter().filter(|party| party.seats > 0).collect();
        by_seats(&mut with_seats);
        if let Some(tied) = self.tied_sentence() {
            let certain = listed_seats(&with_seats, usize::MAX);
            return if certain.is_empty() { tied } else { format!("{tied}\nCertain: {certain}.") };
        }
        let Some(first) = with_seats.first() else {
            return format!("Nobody has any of {}.", counted(self.seats, "seat"));
        };
        let (name, seats, all) = (escaped(first.name()), grouped(first.seats), grouped(self.seats));
        let no_tie = match (self.ties.is_empty(), self.ways.is_empty()) {
            (true, _) => " No tie.",
            (false, true) => "",
            (false, false) if self.ways.iter().all(|way| way.outcome().is_ok()) => {
                " These are the seats however the ties end."
            }
            (false, false) => " Some ends of the ties leave the law without an answer.",
        };
        if with_seats.len() == 1 {
            return format!("{name} has all {}.{no_tie}", counted(self.seats, "seat"));
        }
        let majority = self.seats / 2 + 1;
        if with_seats.len() <= NAMED || first.seats >= majority {
            let others: Vec<String> = with_seats[1..].iter().take(NAMED - 1).map(|party| seats_of(party)).collect();
            let more = with_seats.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(", {}", counted(more as u128, "other")) } else { String::new() };
            return format!("{name} has {seats} of {all} seats, {}{more}.{no_tie}", others.join(", "));
        }
        let equal: Vec<String> =
            with_seats.iter().filter(|party| party.seats == first.seats).map(|party| escaped(party.name())).collect();
        let largest = match &equal[..] {
            [_] => format!("{name} is the largest with {seats} of {all} seats."),
            _ => format!("{} are the largest with {seats} of {all} seats each.", listed(&equal)),
        };
        // Only a law of several tiers gives out the whole house, and has a majority to speak of.
        match self.tiers().len() {
            0 | 1 => largest + no_tie,
            _ if self.ways.is_empty() => format!("{largest} Nobody has the {} of a majority.", grouped(majority)),
            _ => format!("{largest} Nobody has the {} of a majority.{no_tie}", grouped(majority)),
        }
    }

    /// What is tied, where a tie leaves seats of parties open.
    fn tied_sentence(&self) -> Option<String> {
        let certain: u128 = self.parties.iter().map(|party| u128::from(party.seats)).sum();
        let open = u128::from(self.seats).saturating_sub(certain + u128::from(self.vacant));
        let ties: Vec<&TieOutcome> = self.ties.iter().filter(|tie| tie.places.is_empty()).collect();
        if !self.ways.is_empty() {
            if open == 0 && self.ways_complete {
                return None;
            }
            let names: Vec<String> =
                ties.first().or(self.ties.first().as_ref())?.parties().iter().map(|name| escaped(name)).collect();
            let seats = counted(self.seats, "seat");
            let hang = if open == 1 { "hangs" } else { "hang" };
            return Some(format!("{} of {seats} {hang} on a tie between {}.", first_word(open), listed(&names)));
        }
        let of = format!("of {}", counted(self.seats, "seat"));
        match &ties[..] {
            [] => None,
            [tie] => Some(format!("{} {of} {}{}.", first_word(tie.seats()), tied(tie), at(tie))),
            many => {
                let all: u128 = many.iter().map(|tie| u128::from(tie.seats())).sum();
                let each: Vec<String> = many.iter().map(|tie| format!("{}{}", tie_text(tie), at(tie))).collect();
                Some(format!("{} {of} are tied: {}.", first_word(all), each.join("; ")))
            }
        }
    }
}

/// The largest first; of equal seats, the more votes.
pub(super) fn by_seats(parties: &mut [&PartyOutcome]) {
    parties.sort_by_key(|party| core::cmp::Reverse((party.seats, party.votes)));
}

fn seats_of(party: &PartyOutcome) -> String {
    format!("{} {}", escaped(party.name()), grouped(party.seats))
}

/// "A 3, B 2".
pub(super) fn listed_seats(parties: &[&PartyOutcome], most: usize) -> String {
    let named: Vec<String> = parties.iter().take(most).map(|party| seats_of(party)).collect();
    named.join(", ")
}

/// "is tied between A and B".
fn tied(tie: &TieOutcome) -> String {
    let names: Vec<String> = tie.parties().iter().map(|name| escaped(name)).collect();
    let are = if tie.seats() == 1 { "is" } else { "are" };
    let between = if names.len() > 2 { "among" } else { "between" };
    format!("{are} tied {between} {}", listed(&names))
}

fn at(tie: &TieOutcome) -> String {
    tie.place().map(|place| format!(" in {}", escaped(place))).unwrap_or_default()
}

/// "1 seat between A and B".
fn tie_text(tie: &TieOutcome) -> String {
    let names: Vec<String> = tie.parties().iter().map(|name| escaped(name)).collect();
    let between = if names.len() > 2 { "among" } else { "between" };
    format!("{} {between} {}", counted(tie.seats(), "seat"), listed(&names))
}

/// A tie of placing in a sentence; it changes no party's seats.
pub(super) fn placing(tie: &TieOutcome) -> String {
    let pairs = tie.parties().iter().zip(&tie.places);
    let pairs: Vec<String> = pairs.map(|(party, place)| format!("{} in {}", escaped(party), escaped(place))).collect();
    let seats = counted(tie.seats(), "seat");
    format!("Where {seats} {} is tied: {}.", if tie.seats() == 1 { "goes" } else { "go" }, listed(&pairs))
}

/// What a tie-break settled.
pub(super) fn settled(settled: &Settled<String>) -> String {
    let names = |names: &[String]| listed(&names.iter().map(|name| escaped(name)).collect::<Vec<_>>());
    let seats = if settled.parties.len() == 1 { "the seat goes to" } else { "the seats go to" };
    format!(
        "A tie between {} was settled by {}: {seats} {}.",
        names(&settled.among),
        settled.by,
        names(&settled.parties)
    )
}

/// Why a party that did not reach the threshold is in the table all the same.
pub(super) fn footnote(party: &PartyOutcome) -> Option<String> {
    use super::Admission::{Passed, Refused, Repaired, Weighed};
    match &party.admission {
        Passed => None,
        Refused(lacks) => {
            Some(format!("{}, so no part in later seats", line(lacks).unwrap_or_else(|| lacks.to_string())))
        }
        Repaired(lacks) => Some(format!("let in although it has {lacks}, as too few others passed")),
        Weighed(lacks, weight) => {
            Some(format!("let in at {weight} of its votes although it has {lacks}, as too few others passed"))
        }
    }
}

/// The line that a party did not reach, as a heading says it: "7%".
pub(super) fn line(lacks: &Shortfall) -> Option<String> {
    match lacks {
        Shortfall::Share { share, strict, .. } => Some(format!("{} {share}", below(*strict))),
        Shortfall::Votes { needed, strict, .. } => Some(format!("{} {} votes", below(*strict), grouped(*needed))),
        Shortfall::Quota { quota, times, strict, .. } if times.to_string() == "100%" => {
            Some(format!("{} the {quota}", below(*strict)))
        }
        Shortfall::Quota { quota, times, strict, .. } => Some(format!("{} {times} of the {quota}", below(*strict))),
        Shortfall::In { lacks, .. } => line(lacks),
        Shortfall::All(list) => match &list[..] {
            [only] => line(only),
            _ => None,
        },
        _ => None,
    }
}

const fn below(strict: bool) -> &'static str {
    if strict { "not above" } else { "below" }
}

//! Ties as ties: who has equal claims, every result that is possible, and what can settle it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Names, Part};
use crate::num::text::{counted, first_word, grouped, listed};
use crate::outcome::{Outcome, PartyOutcome, TieOutcome, Way};
use crate::rule::{Candidates, Chosen};

/// Results that are listed one by one.
const LISTED: usize = 6;

/// The end of a tie in the course of the law that is explained.
pub(super) fn chosen(names: &Names<'_>, record: &Chosen) -> Vec<Part> {
    let pair = |&(party, place): &(crate::PartyId, crate::PlaceId)| {
        format!("{} in {}", names.party(party), names.place(place).unwrap_or_default())
    };
    let all: Vec<String> = match &record.choice.candidates {
        Candidates::Parties(parties) => parties.iter().map(|&party| names.party(party)).collect(),
        Candidates::Places(places) => places.iter().map(|&place| names.place(place).unwrap_or_default()).collect(),
        Candidates::Pairs(pairs) => pairs.iter().map(pair).collect(),
    };
    let winners: Vec<&str> = record.winners.iter().filter_map(|&at| all.get(at)).map(String::as_str).collect();
    Vec::from([Part::text(format!(
        "A tie between {} goes to {} in this course of the law.",
        listed(&all),
        listed(&winners)
    ))])
}

/// The open ties of an outcome, with the results that they can bring.
pub(super) fn open(outcome: &Outcome) -> Vec<Part> {
    let mut parts: Vec<Part> = outcome.ties().iter().map(|tie| Part::text(sentence(tie))).collect();
    if !outcome.ways().is_empty() {
        parts.extend(ways(outcome));
    } else if let [tie] = outcome.ties() {
        if tie.places().is_empty() {
            parts.extend(results(outcome, tie));
        }
    }
    parts
}

/// "1 seat is tied between Harbour and Meadow in Oslo (levelling seats)."
fn sentence(tie: &TieOutcome) -> String {
    let places = tie.places();
    let name = |(at, party): (usize, &String)| match places.get(at) {
        Some(place) => format!("{party} in {place}"),
        None => party.clone(),
    };
    let names: Vec<String> = tie.parties().iter().enumerate().map(name).collect();
    let are = if tie.seats() == 1 { "is" } else { "are" };
    let between = if names.len() > 2 { "among" } else { "between" };
    let at = tie.place().map(|place| format!(" in {place}")).unwrap_or_default();
    let tier = tie.tier().map(|tier| format!(" ({tier})")).unwrap_or_default();
    format!("Open: {} {are} tied {between} {}{at}{tier}.", counted(tie.seats(), "seat"), listed(&names))
}

/// The results that one tie can bring, and what settles it.
fn results(outcome: &Outcome, tie: &TieOutcome) -> Vec<Part> {
    let tied: Vec<&PartyOutcome> = tie.parties().iter().filter_map(|name| outcome.party(name)).collect();
    let Ok(seats) = usize::try_from(tie.seats()) else { return Vec::new() };
    let number = choose(tied.len() as u128, tie.seats().into());
    let mut lines = Vec::new();
    let mut winners: Vec<usize> = (0..seats).collect();
    while lines.len() < LISTED {
        let won =
            |party: &PartyOutcome| winners.iter().any(|&at| tied.get(at).is_some_and(|one| one.name() == party.name()));
        let all =
            outcome.parties().iter().map(|party| (party.name(), party.certain().saturating_add(u64::from(won(party)))));
        let all = all.filter(|(_, seats)| *seats > 0).map(|(name, seats)| format!("{name} {}", grouped(seats)));
        lines.push(all.collect::<Vec<_>>().join(", "));
        let Some(at) = (0..seats).rev().find(|&at| winners[at] + seats - at < tied.len()) else { break };
        let start = winners[at] + 1;
        winners[at..].iter_mut().enumerate().for_each(|(offset, winner)| *winner = start + offset);
    }
    let more = number.map_or(1, |number| number.saturating_sub(lines.len() as u128));
    if more > 0 {
        lines.push(number.map_or("and very many more".into(), |_| format!("and {} more", grouped(more))));
    }
    let number = number.map_or("Very many".into(), first_word);
    let mut parts = Vec::from([Part::text(format!("{number} possible results:")), Part::Lines(lines)]);
    let mut by: Vec<String> = Vec::new();
    let votes = |party: &&&PartyOutcome| party.counted();
    if seats == 1 {
        let only = |best: Option<&&PartyOutcome>, what: &str| {
            let best = best?;
            let alone = tied.iter().filter(|party| party.counted() == best.counted()).count() == 1;
            alone.then(|| format!("{what} ({})", best.name()))
        };
        by.extend(only(tied.iter().max_by_key(votes), "most votes"));
        by.extend(only(tied.iter().min_by_key(votes), "fewest votes"));
    }
    by.push("a lot that you have drawn".to_string());
    parts.push(Part::text(format!("It can be settled by {}.", by.join(" or by "))));
    parts
}

/// Every course of the law, with what comes out.
fn ways(outcome: &Outcome) -> Vec<Part> {
    let line = |way: &Way| {
        let choices: Vec<String> = way
            .choices()
            .iter()
            .map(|choice| {
                let place = choice.place.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
                let winners = if choice.parties.is_empty() { listed(&choice.places) } else { listed(&choice.parties) };
                format!("{winners}{place}")
            })
            .collect();
        let end = match way.outcome() {
            Ok(outcome) => {
                let with_seats = outcome.parties().iter().filter(|party| party.certain() > 0);
                with_seats
                    .map(|party| format!("{} {}", party.name(), grouped(party.certain())))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            Err(error) => format!("no answer: {error}"),
        };
        format!("if {} wins: {end}", choices.join(", then "))
    };
    let all = outcome.ways();
    let mut lines: Vec<String> = all.iter().take(LISTED).map(line).collect();
    if all.len() > LISTED {
        lines.push(format!("and {} more", grouped((all.len() - LISTED) as u128)));
    }
    let text = format!(
        "The law has to know how this ends before it can go on. {} possible results:",
        first_word(all.len() as u128)
    );
    Vec::from([Part::text(text), Part::Lines(lines)])
}

/// In how many ways so many win among so many; none beyond 128 bits.
fn choose(all: u128, winners: u128) -> Option<u128> {
    let fewer = winners.min(all.checked_sub(winners)?);
    (0..fewer).try_fold(1_u128, |ways, at| Some(ways.checked_mul(all - at)? / (at + 1)))
}

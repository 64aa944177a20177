//! A question put to a method, and its answer.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::quotas::votes_text;
use super::{Averages, Names, Part, Quotas};
use crate::insight::table::Table;
use crate::num::text::{counted, grouped, listed};
use crate::rule::trace::{ContestRecord, Settlement};

/// What a contest says: its seats and method, the steps of the method, and what tie-breaks settled.
///
/// `alliance` is the alliance among whose members the seats were given out, if it was one.
pub(super) fn parts(names: &Names<'_>, contest: &ContestRecord, alliance: Option<String>) -> Vec<Part> {
    let seats = counted(contest.seats, "seat");
    let opening = match (contest.about, alliance) {
        (_, Some(alliance)) => format!("Inside the alliance {alliance}: {seats} by {}.", contest.method),
        ("the target", None) => format!("What each party would have of all {seats}, by {}:", contest.method),
        _ => format!("{seats} by {}.", contest.method),
    };
    let mut parts = Vec::from([Part::text(opening)]);
    match (Quotas::of(names, contest), Averages::of(names, contest)) {
        (Some(quotas), _) => parts.extend(quotas.parts()),
        (_, Some(averages)) => parts.extend(averages.parts()),
        _ => parts.extend(plain(names, contest)),
    }
    parts.extend(contest.settled.iter().map(|settled| Part::text(settlement(names, settled))));
    if contest.vacant > 0 {
        parts.push(Part::text(format!("{} stay vacant: nobody may take more.", counted(contest.vacant, "seat"))));
    }
    parts
}

/// Votes and seats, after each stage where there are stages.
fn plain(names: &Names<'_>, contest: &ContestRecord) -> Vec<Part> {
    let mut headings: Vec<String> = Vec::from(["party", "votes"].map(String::from));
    let staged = contest.stages.len() > 1;
    if staged {
        headings.extend((1..=contest.stages.len()).map(|stage| format!("after step {stage}")));
    }
    headings.push("seats".into());
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut table = Table::new(if staged { "Seats after each step" } else { "Votes and seats" }, &headings);
    for (at, entry) in contest.entries.iter().enumerate() {
        let mut row = Vec::from([names.parties(&entry.parties), votes_text(contest, at)]);
        if staged {
            row.extend(contest.stages.iter().map(|(_, seats)| grouped(seats.get(at).copied().unwrap_or(0))));
        }
        let certain = contest.certain[at];
        let tied = contest.tie.as_ref().is_some_and(|tie| tie.parties().contains(&at));
        row.push(if tied {
            format!("{} or {}", grouped(certain), grouped(certain.saturating_add(1)))
        } else {
            grouped(certain)
        });
        table.push(row);
    }
    let mut parts = Vec::new();
    if !contest.stages.is_empty() {
        let steps = contest.stages.iter().enumerate().map(|(at, (name, _))| format!("step {}: {name}", at + 1));
        parts.push(Part::Lines(steps.collect()));
    }
    parts.push(Part::Table(table));
    if let Some(tie) = &contest.tie {
        let tied: Vec<String> = tie.parties().iter().map(|&at| names.parties(&contest.entries[at].parties)).collect();
        let are = if tie.seats() == 1 { "is" } else { "are" };
        parts.push(Part::text(format!(
            "{} {are} tied: {} have exactly equal claims.",
            counted(tie.seats(), "seat"),
            listed(&tied)
        )));
    }
    parts
}

/// What a tie-break settled.
fn settlement(names: &Names<'_>, settled: &Settlement) -> String {
    let list =
        |parties: &[crate::PartyId]| listed(&parties.iter().map(|&party| names.party(party)).collect::<Vec<_>>());
    let goes = if settled.winners.len() == 1 { "the seat goes to" } else { "the seats go to" };
    format!("{} are tied; by {}, {goes} {}.", list(&settled.among), settled.by, list(&settled.winners))
}

/// One line about a contest among many: place, seats, last seat, next in line.
pub(super) fn summary(names: &Names<'_>, contest: &ContestRecord) -> [String; 5] {
    let place = names.place(contest.place).unwrap_or_default();
    let seats = grouped(contest.seats);
    let (last, next, short) = match (Quotas::of(names, contest), Averages::of(names, contest)) {
        _ if contest.tie.is_some() => {
            let tie =
                contest.tie.iter().flat_map(crate::Tie::parties).map(|&at| names.parties(&contest.entries[at].parties));
            ("tied".into(), listed(&tie.collect::<Vec<_>>()), String::new())
        }
        (Some(quotas), _) => {
            let taken = quotas.last_seats();
            let last = taken.last().map(|share| share.party.clone()).unwrap_or_default();
            let next = quotas.by_left_over().into_iter().find(|share| share.seats == share.full);
            (last, next.map(|share| share.party.clone()).unwrap_or_default(), String::new())
        }
        (_, Some(averages)) => {
            let name = |claim: Option<&super::Claim>| claim.map(|claim| claim.party.clone()).unwrap_or_default();
            let nearest = averages.nearest().or(averages.cut.next.as_ref());
            let short = nearest.and_then(|claim| claim.votes_short).map(grouped);
            (name(averages.cut.last.as_ref()), name(nearest), short.unwrap_or_default())
        }
        _ => Default::default(),
    };
    [place, seats, last, next, short]
}

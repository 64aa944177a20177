//! Who takes part: what was asked, who had it, with how many votes to spare, and who was let in without it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Names, Part};
use crate::insight::table::Table;
use crate::num::text::{counted, grouped, percent};
use crate::outcome::Admission;
use crate::rule::trace::AdmissionRecord;
use crate::rule::{Comparison, Shortfall};

/// Parties that a table lists one by one; of more, those nearest to what is asked.
const LISTED: usize = 20;
/// Parties that a sentence names.
const NAMED: usize = 8;

/// What a record says; nothing where nothing was asked.
pub(super) fn parts(names: &Names<'_>, record: &AdmissionRecord) -> Vec<Part> {
    if record.comparisons.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let mut parts = match same_share(record) {
        Some(asked) => Vec::from([Part::text(in_one_sentence(asked)), in_and_out(names, record)]),
        None => Vec::from([
            Part::text("Who takes part, by what was asked of each party:".into()),
            Part::Table(table(names, record)),
        ]),
    };
    parts.extend(let_in(names, record).into_iter().map(Part::text));
    parts
}

/// The one comparison that was made for every party, if it was one and of votes.
fn same_share(record: &AdmissionRecord) -> Option<&Comparison> {
    let first = record.comparisons.first()?.first()?;
    let asked = |comparison: &Comparison| match &comparison.sides {
        Shortfall::Share { whole, of, share, strict, .. } => {
            Some((comparison.place, *whole, *of, share.to_string(), *strict))
        }
        Shortfall::Votes { needed, strict, .. } => {
            Some((comparison.place, 0, crate::Base::Valid, needed.to_string(), *strict))
        }
        _ => None,
    };
    let alike = |list: &Vec<Comparison>| matches!(&list[..], [only] if asked(only) == asked(first));
    (asked(first).is_some() && record.comparisons.iter().all(alike)).then_some(first)
}

/// "Who takes part: parties with at least 485,886 votes, 7% of 6,941,220 valid votes."
fn in_one_sentence(asked: &Comparison) -> String {
    let fewest = asked.fewest_votes().map(|votes| counted(votes, "vote")).unwrap_or_default();
    let of = match &asked.sides {
        Shortfall::Share { whole, of, share, strict, .. } => {
            format!(", {}{share} of {} {of}", if *strict { "more than " } else { "" }, grouped(*whole))
        }
        _ => String::new(),
    };
    format!("Who takes part: parties with at least {fewest}{of}.")
}

/// Who passed, and with what to spare; who did not.
fn in_and_out(names: &Names<'_>, record: &AdmissionRecord) -> Part {
    let mut passed: Vec<(u64, String)> = Vec::new();
    let mut refused: Vec<(u64, String)> = Vec::new();
    for (at, &party) in record.parties.iter().enumerate() {
        let (votes, name) = (record.votes[at], names.party(party));
        match record.comparisons[at].first() {
            Some(comparison) if comparison.met => {
                let spare = comparison.sides.votes_to_spare();
                let spare = spare.map(|votes| format!(" ({} to spare)", grouped(votes))).unwrap_or_default();
                passed.push((votes, name + &spare));
            }
            Some(comparison) => {
                let short = comparison.sides.votes_short();
                let short = short.map(|votes| format!(" ({} short)", grouped(votes))).unwrap_or_default();
                refused.push((votes, name + &short));
            }
            None => passed.push((votes, name)),
        }
    }
    let listed = |list: &mut Vec<(u64, String)>, most: usize| {
        list.sort_by_key(|(votes, _)| core::cmp::Reverse(*votes));
        let more = list.len().saturating_sub(most);
        let mut all: Vec<String> = list.iter().take(most).map(|(_, text)| text.clone()).collect();
        all.extend((more > 0).then(|| format!("{more} others")));
        all.join(", ")
    };
    let mut lines = Vec::new();
    if !passed.is_empty() {
        lines.push(format!("In:  {}", listed(&mut passed, usize::MAX)));
    }
    if !refused.is_empty() {
        let votes: u128 = refused.iter().map(|(votes, _)| u128::from(*votes)).sum();
        let share = match record.comparisons.iter().flatten().next().map(|first| &first.sides) {
            Some(Shortfall::Share { whole, .. }) => format!(", {} of all", percent(votes, *whole, None)),
            _ => String::new(),
        };
        lines.push(format!("Out: {}; together {}{share}", listed(&mut refused, NAMED), counted(votes, "vote")));
    }
    Part::Lines(lines)
}

/// A line a party and comparison.
fn table(names: &Names<'_>, record: &AdmissionRecord) -> Table {
    let mut table = Table::new("Who takes part", &["party", "votes", "asked", "votes short", "takes part"]);
    let mut order: Vec<usize> = (0..record.parties.len()).collect();
    order.sort_by_key(|&at| core::cmp::Reverse(record.votes[at]));
    for &at in order.iter().take(LISTED) {
        let takes_part = match &record.admissions[at] {
            Admission::Passed => "yes",
            Admission::Repaired(_) | Admission::Weighed(..) => "let in",
            Admission::Refused(_) => "no",
        };
        for (number, comparison) in record.comparisons[at].iter().enumerate() {
            let first = |text: String| if number == 0 { text } else { String::new() };
            let short = match comparison.sides.votes_short() {
                _ if comparison.met => "met".into(),
                Some(votes) => grouped(votes),
                None => "not met".into(),
            };
            table.push([
                first(names.party(record.parties[at])),
                first(grouped(record.votes[at])),
                asked(names, comparison),
                short,
                first(takes_part.into()),
            ]);
        }
    }
    let more = order.len().saturating_sub(LISTED);
    if more > 0 {
        let rest: u128 = order[LISTED..].iter().map(|&at| u128::from(record.votes[at])).sum();
        table.push([format!("{more} others"), grouped(rest), String::new(), String::new(), String::new()]);
    }
    table
}

/// What was asked, in few words.
fn asked(names: &Names<'_>, comparison: &Comparison) -> String {
    let more = |strict: bool| if strict { "more than " } else { "" };
    let text = match &comparison.sides {
        Shortfall::Share { share, of, strict, .. } => format!("{}{share} of {of}", more(*strict)),
        Shortfall::Votes { needed, strict, .. } => format!("{}{} votes", more(*strict), grouped(*needed)),
        Shortfall::Quota { quota, times, strict, .. } => format!("{}{times} of the {quota}", more(*strict)),
        Shortfall::DirectSeats { needed, .. } => format!("{needed} direct seats"),
        Shortfall::Seats { needed, .. } => format!("{needed} seats before"),
        Shortfall::NotMinority => "a minority's list".into(),
        Shortfall::Places { needed, level, .. } => format!("to pass in {needed} {level}s"),
        Shortfall::NoQuota => "a quota".into(),
        other => other.to_string(),
    };
    match names.place(comparison.place) {
        Some(place) => format!("{text} in {place}"),
        None => text,
    }
}

/// Those that the law let in although they did not pass.
fn let_in(names: &Names<'_>, record: &AdmissionRecord) -> Vec<String> {
    let sentence = |(at, admission): (usize, &Admission)| {
        let name = names.party(record.parties[at]);
        match admission {
            Admission::Repaired(lacks) => {
                Some(format!("{name} is let in although it has {lacks}, as too few others passed."))
            }
            Admission::Weighed(lacks, weight) => Some(format!(
                "{name} is let in at {weight} of its votes although it has {lacks}, as too few others passed."
            )),
            _ => None,
        }
    };
    record.admissions.iter().enumerate().filter_map(sentence).collect()
}

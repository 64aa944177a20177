//! The last seats: claims in order with a line between those that won and the next in line.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::canvas::{Anchor, Canvas, Kind, Letters};
use super::ink::{Paint, Tone};
use super::style::Style;
use crate::insight::explain::{Averages, Claim, Quotas};
use crate::num::text::{counted, grouped, listed, ordinal};
use crate::outcome::Outcome;

const WIDE: f64 = 640.0;
const NARROW: f64 = 328.0;

/// The last claims that won and the next in line, a row each, and a line between them; `None` where the last seats did not go
/// by highest averages, or every seat came by minimums.
///
/// Of a law with several contests in the nation, it is the last.
#[must_use]
pub fn quotients(outcome: &Outcome, style: &Style) -> Option<String> {
    let averages: Averages =
        outcome.explain().steps().filter(|step| step.place().is_none()).filter_map(|step| step.averages()).last()?;
    let claims = averages.claims();
    if !claims.iter().any(|claim| claim.won == Some(true)) || claims.iter().all(|claim| claim.won == Some(true)) {
        return None;
    }
    let mut canvas = Canvas::new(if style.is_narrow() { NARROW } else { WIDE });
    let right = canvas.width();
    let middle = if style.is_narrow() { right } else { right * 0.64 };
    let short = Letters::of(14.0);
    let closest = claims.iter().filter_map(|claim| claim.votes_short).min();
    let mut y = 20.0;
    let mut is_drawn = false;
    for claim in &claims {
        if claim.won != Some(true) && !is_drawn {
            is_drawn = true;
            line(&mut canvas, y, &averages, claim.won.is_none());
            y += 30.0;
        }
        let won = claim.won == Some(true);
        let kind = if won { Kind::Won(0) } else { Kind::Open };
        canvas.disc((8.0, y - 5.0), 8.0, kind, &paint(outcome, style, &claim.party));
        let name = format!("{}, seat {}", style.shown(&claim.party), grouped(claim.seat));
        let letters = Letters { is_bold: won, ..Letters::of(15.0) };
        canvas.row((26.0, middle), y, (&name, letters), (&claim.quotient.to_string(), Letters::of(14.0).soft()));
        let lacks = match (claim.won, claim.votes_short) {
            (None, _) => "tied: equal claims".to_string(),
            (Some(false), Some(votes)) => format!("{} short", counted(votes, "vote")),
            _ => String::new(),
        };
        if !lacks.is_empty() {
            let nearest = claim.votes_short.is_some() && claim.votes_short == closest;
            let letters = if nearest { short.bold().tone(Tone::Bad) } else { short.soft() };
            y += if style.is_narrow() { 18.0 } else { 0.0 };
            canvas.text((right, y), letters.at(Anchor::End), &lacks);
        }
        y += if style.is_narrow() { 26.0 } else { 32.0 };
    }
    let tied: Vec<String> =
        claims.iter().filter(|claim| claim.won.is_none()).map(|claim| claim.party.clone()).collect();
    let title = if tied.is_empty() { sentence(&averages) } else { format!("{} have equal claims.", listed(&tied)) };
    let told: Vec<String> =
        claims.iter().map(|claim| format!("{} seat {} at {}", claim.party, claim.seat, claim.quotient)).collect();
    Some(canvas.finish(y - 12.0, &title, &format!("Claims in their order: {}.", told.join(", "))))
}

/// "The last seat goes to A, its 21st. Next in line: B's 14th, 103 votes short."
fn sentence(averages: &Averages) -> String {
    let last = averages.cut.last.as_ref().map(|claim| format!("{}, its {}", claim.party, ordinal(claim.seat)));
    let short = |claim: &Claim| claim.votes_short.map(|votes| format!(", {} short", counted(votes, "vote")));
    let next = averages.cut.next.as_ref().map(|claim| {
        format!(" Next in line: {}'s {}{}.", claim.party, ordinal(claim.seat), short(claim).unwrap_or_default())
    });
    format!("The last seat goes to {}.{}", last.unwrap_or_default(), next.unwrap_or_default())
}

/// The line at the cut, with its words.
fn line(canvas: &mut Canvas, y: f64, averages: &Averages, is_tied: bool) {
    let given: u64 = averages.parties.iter().map(|share| share.seats).sum();
    let right = canvas.width();
    canvas.line(&format!("M0 {:.1}H{right}", y - 14.0), 2.0, Tone::Ink);
    let filled = if given == 1 { "seat is" } else { "seats are" };
    let words = match is_tied {
        true => format!("{} {filled} certain, {} open", grouped(given), grouped(averages.seats.saturating_sub(given))),
        false => format!("{} {filled} filled here", grouped(given)),
    };
    canvas.text((right, y + 2.0), Letters::of(12.5).soft().at(Anchor::End), &words);
}

/// The votes left over in their order, as parts of what a seat costs: filled with a seat, a dashed outline without; `None`
/// where the last seats did not go by largest remainders.
#[must_use]
pub fn remainders(outcome: &Outcome, style: &Style) -> Option<String> {
    let quotas: Quotas =
        outcome.explain().steps().filter(|step| step.place().is_none()).filter_map(|step| step.quotas()).last()?;
    let mut canvas = Canvas::new(if style.is_narrow() { NARROW } else { WIDE });
    let right = canvas.width();
    let scale = right - 78.0;
    let part = |millionths: u32| f64::from(millionths).min(1e6) / 1e6;
    let soft = Letters::of(13.0).soft();
    let head = Letters::cut(soft, &format!("Votes left over, as a part of a seat ({} votes)", quotas.cost), right);
    canvas.text((0.0, 18.0), soft, &head);
    let mut y = 44.0;
    let mut told: Vec<String> = Vec::new();
    for share in quotas.by_left_over() {
        let (won, lost) = (share.seats > share.full, share.seats < share.full);
        let figures = format!("{} full + {} left", grouped(share.full), share.left_over);
        let name = Letters { is_bold: true, ..Letters::of(15.0) };
        canvas.row((0.0, right), y, (style.shown(&share.party), name), (&figures, soft));
        canvas.block((0.0, y + 8.0), (scale, 16.0), Tone::Panel);
        let width = (part(share.millionths) * scale).max(1.0);
        match won {
            true => canvas.bar((0.0, y + 8.0), (width, 16.0), &paint(outcome, style, &share.party)),
            false => canvas.outline((0.0, y + 8.0), (width, 16.0)),
        }
        let (words, tone) = match (won, share.is_tied, lost) {
            (_, true, _) => ("tied", Tone::Ink),
            (true, ..) => ("+1 seat", Tone::Good),
            (_, _, true) => ("−1 seat", Tone::Bad),
            _ => ("no seat", Tone::Soft),
        };
        let letters = Letters { is_bold: words != "no seat", ..Letters::of(15.0) };
        canvas.text((right, y + 21.0), letters.tone(tone).at(Anchor::End), words);
        told.push(format!("{} {figures}, {words}", share.party));
        y += 52.0;
    }
    let winners: Vec<&str> = quotas.last_seats().iter().map(|share| share.party.as_str()).collect();
    let title = match winners.is_empty() {
        true => "No seat goes by votes left over.".to_string(),
        false => format!("Seats by the most votes left over: {}.", listed(&winners)),
    };
    Some(canvas.finish(y - 16.0, &title, &format!("{}.", told.join("; "))))
}

/// The paint of a party; of an alliance, that of its first.
fn paint(outcome: &Outcome, style: &Style, name: &str) -> Paint {
    let paints = style.paints(outcome);
    let first = || paints.iter().find(|(party, _)| name.starts_with(party.as_str())).map(|(_, paint)| paint);
    paints.get(name).or_else(first).cloned().unwrap_or_else(Style::rest)
}

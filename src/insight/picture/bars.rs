//! Votes and seats compared.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::canvas::{Anchor, Canvas, Letters};
use super::ink::Tone;
use super::style::Style;
use crate::num::text::{first_word, grouped};
use crate::outcome::{Outcome, PartyOutcome};

/// Parties with a row of their own; of more with seats, the others share one.
const ROWS: usize = 16;
/// From one row to the next.
const STEP: f64 = 54.0;

/// Each party's share of seats as a bar, and its share of votes as a tick, with both shares and their difference in words, the
/// most seats first; parties without a seat are one row, the last.
///
/// Shares of votes are of the base that the outcome's own table uses, shares of seats are of all seats. Open seats are a
/// dashed outline at the end of the bar.
#[must_use]
pub fn bars(outcome: &Outcome, style: &Style) -> String {
    let rows = rows(outcome);
    let paints = style.paints(outcome);
    let mut canvas = Canvas::new(if style.is_narrow() { 328.0 } else { 640.0 });
    let right = canvas.width();
    // The differences stand in a column of their own.
    let room = right - if style.is_narrow() { 84.0 } else { 92.0 };
    let longest = rows.iter().map(|row| row.votes.max(row.seats + row.open)).fold(0.0, f64::max);
    let scale = room / if longest > 0.0 { longest } else { 1.0 };

    let soft = Letters::of(13.0).soft();
    canvas.block((0.0, 5.0), (22.0, 12.0), Tone::Edge);
    canvas.text((29.0, 16.0), soft, "share of seats");
    canvas.line("M146 2v18", 3.0, Tone::Ink);
    canvas.text((155.0, 16.0), soft, "share of votes");
    let mut y = 46.0;
    for row in &rows {
        let name = Letters { is_bold: true, ..Letters::of(15.0) };
        canvas.row((0.0, right), y, (style.shown(&row.name), name), (&row.told, soft));
        let (filled, end) = (row.seats * scale, (row.seats + row.open) * scale);
        match paints.get(&row.name) {
            Some(paint) => canvas.bar((0.0, y + 8.0), (filled, 16.0), paint),
            None => canvas.bar((0.0, y + 8.0), (filled, 16.0), &Style::rest()),
        }
        if end > filled {
            canvas.outline((filled, y + 8.0), (end - filled, 16.0));
        }
        tick(&mut canvas, (row.votes * scale).max(1.5), y + 4.0);
        canvas.text((right, y + 21.0), name.at(Anchor::End), &points(row.seats - row.votes, row.open));
        y += STEP;
    }
    let told: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.told)).collect();
    canvas.finish(y - 18.0, "Votes and seats compared.", &format!("{}.", told.join("; ")))
}

/// One party, or several together.
struct Row {
    name: String,
    votes: f64,
    seats: f64,
    open: f64,
    told: String,
}

fn rows(outcome: &Outcome) -> Vec<Row> {
    let (whole, all) = (outcome.whole().1.max(1) as f64, outcome.total_seats().max(1) as f64);
    let most = |party: &PartyOutcome| outcome.possible(party.name()).unwrap_or(0).max(party.certain());
    let mut parties: Vec<&PartyOutcome> = outcome.parties().iter().collect();
    parties.sort_by_key(|party| core::cmp::Reverse((party.certain(), most(party), party.votes())));
    let (mut with, without): (Vec<&PartyOutcome>, Vec<&PartyOutcome>) =
        parties.into_iter().partition(|party| most(party) > 0);
    let more = if with.len() > ROWS { with.split_off(ROWS - 1) } else { Vec::new() };
    let share = |parties: &[&PartyOutcome]| {
        let votes: f64 = parties.iter().map(|party| party.votes() as f64).sum();
        let seats: f64 = parties.iter().map(|party| party.certain() as f64).sum();
        let open: f64 = parties.iter().map(|party| (most(party) - party.certain()) as f64).sum();
        (votes / whole, seats / all, open / all)
    };
    let row = |name: String, parties: &[&PartyOutcome]| {
        let (votes, seats, open) = share(parties);
        let told = match (seats, open) {
            (0.0, 0.0) => format!("no seats, {} of votes", tenths(votes)),
            (_, 0.0) => format!("{} of seats, {} of votes", tenths(seats), tenths(votes)),
            _ => format!("{} or {} of seats, {} of votes", tenths(seats), tenths(seats + open), tenths(votes)),
        };
        Row { name, votes, seats, open, told }
    };
    let mut rows: Vec<Row> = with.iter().map(|party| row(party.name().to_string(), &[party])).collect();
    if !more.is_empty() {
        rows.push(row(format!("{} others with seats", grouped(more.len() as u128)), &more));
    }
    match &without[..] {
        [] => {}
        [only] => rows.push(row(only.name().to_string(), &[only])),
        many => rows.push(row(format!("{} parties without seats", first_word(many.len() as u128)), many)),
    }
    rows
}

/// A share with one decimal.
pub(super) fn tenths(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A difference of shares in points: "+3.7 pts", "−4.4 pts", "0.0 pts"; nothing while seats are open.
fn points(difference: f64, open: f64) -> String {
    let tenths = libm::round(difference * 1000.0) as i64;
    let sign = match tenths {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let size = tenths.unsigned_abs();
    if open > 0.0 { String::from("open") } else { format!("{sign}{}.{} pts", size / 10, size % 10) }
}

/// A tick with a light edge, to be seen on a bar.
fn tick(canvas: &mut Canvas, x: f64, y: f64) {
    let path = format!("M{x:.1} {y:.1}v24");
    canvas.line(&path, 7.0, Tone::Paper);
    canvas.line(&path, 3.0, Tone::Ink);
}

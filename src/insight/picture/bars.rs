//! Votes beside seats.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Colours, WIDTH, row, svg};
use crate::num::text::percent;
use crate::outcome::{Outcome, PartyOutcome};

/// Each party's share of seats as a bar, and its share of votes as a tick, the most seats first; parties without a seat are
/// one row, the last.
///
/// Shares of votes are of the base that the outcome's own table uses, shares of seats are of all seats.
#[must_use]
pub fn bars(outcome: &Outcome, colours: &Colours) -> String {
    let whole = outcome.whole().1;
    let all = outcome.total_seats();
    let share =
        |party: &PartyOutcome| (party.votes() as f64 / whole.max(1) as f64, party.certain() as f64 / all.max(1) as f64);
    let mut parties: Vec<(usize, &PartyOutcome)> = outcome.parties().iter().enumerate().collect();
    parties.sort_by_key(|(_, party)| core::cmp::Reverse((party.certain(), party.votes())));
    let (with_seats, without): (Vec<_>, Vec<_>) =
        parties.into_iter().partition(|(_, party)| outcome.possible(party.name()).unwrap_or(0) > 0);
    let rest: u128 = without.iter().map(|(_, party)| u128::from(party.votes())).sum();
    let longest = with_seats.iter().map(|(_, party)| share(party));
    let longest =
        longest.fold(rest as f64 / whole.max(1) as f64, |longest, (votes, seats)| longest.max(votes).max(seats));
    let scale = (WIDTH - 12.0) / if longest > 0.0 { longest } else { 1.0 };

    let mut body = String::from("<rect x=\"1\" y=\"3\" width=\"18\" height=\"8\" fill=\"#222\"/>\n");
    body += &super::text(24.0, 11.0, "share of seats");
    body += &tick(120.0, 2.0);
    body += &super::text(127.0, 11.0, "share of votes");
    let mut at = 34.0;
    let mut shares: Vec<String> = Vec::new();
    for (index, party) in with_seats {
        let (votes, seats) = share(party);
        let votes_text = percent(party.votes().into(), whole, None);
        let seats_text = percent(party.certain().into(), all.into(), None);
        body += &row((0.0, WIDTH), at, party.name(), &format!("{votes_text} of votes, {seats_text} of seats"));
        body += &bar(at + 5.0, seats * scale, &colours.of(index, party.name()));
        body += &tick(1.0 + votes * scale, at + 3.5);
        shares.push(format!("{} {votes_text} of votes, {seats_text} of seats", party.name()));
        at += 32.0;
    }
    if !without.is_empty() {
        let name = match &without[..] {
            [(_, only)] => only.name().to_string(),
            many => format!("{} parties without a seat", many.len()),
        };
        let text = format!("{} of votes, no seat", percent(rest, whole, None));
        body += &row((0.0, WIDTH), at, &name, &text);
        body += &tick(1.0 + rest as f64 / whole.max(1) as f64 * scale, at + 3.5);
        shares.push(format!("{name} {text}"));
        at += 32.0;
    }
    svg(at - 12.0, &format!("Votes and seats compared: {}", shares.join("; ")), &body)
}

fn bar(y: f64, width: f64, colour: &str) -> String {
    if width <= 0.0 {
        return String::new();
    }
    format!(
        "<rect x=\"1\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"9\" fill=\"{colour}\" stroke=\"#222\" stroke-width=\"0.5\"/>\n"
    )
}

/// A tick with a light edge, to be seen on a bar.
fn tick(x: f64, y: f64) -> String {
    format!("<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"4\" height=\"12\" fill=\"#222\" stroke=\"#fff\"/>\n", x - 2.0)
}

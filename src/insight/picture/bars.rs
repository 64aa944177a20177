//! Votes beside seats.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Colours, WIDTH, row, svg};
use crate::num::text::percent;
use crate::outcome::Outcome;

/// Each party's share of votes, outlined, above its share of seats, filled.
///
/// Shares of votes are of the base that the outcome's own table uses, shares of seats are of all seats.
#[must_use]
pub fn bars(outcome: &Outcome, colours: &Colours) -> String {
    let whole = outcome.whole().max(1) as f64;
    let seats = outcome.total_seats().max(1) as f64;
    let share = |party: &crate::PartyOutcome| (party.votes() as f64 / whole, party.certain() as f64 / seats);
    let longest =
        outcome.parties().iter().map(share).fold(0.0, |longest: f64, (votes, seats)| longest.max(votes).max(seats));
    let scale = (WIDTH - 12.0) / if longest > 0.0 { longest } else { 1.0 };

    let mut body = String::new();
    body += "<rect x=\"1\" y=\"3\" width=\"18\" height=\"7\" fill=\"#fff\" stroke=\"#222\"/>\n";
    body += &super::text(24.0, 11.0, "votes");
    body += "<rect x=\"70.5\" y=\"2.5\" width=\"19\" height=\"8\" fill=\"#222\"/>\n";
    body += &super::text(94.0, 11.0, "seats");
    let mut at = 32.0;
    let mut shares: Vec<String> = Vec::new();
    for (index, party) in outcome.parties().iter().enumerate() {
        let (votes, seats) = share(party);
        let colour = colours.of(index, party.name());
        let votes_text = percent(party.votes().into(), outcome.whole(), None);
        let seats_text = if party.is_admitted() {
            percent(party.certain().into(), outcome.total_seats().into(), None)
        } else {
            "out".to_string()
        };
        body += &row((0.0, WIDTH), at, party.name(), &format!("{votes_text} / {seats_text}"));
        body += &bar(at + 4.0, votes * scale, &format!("fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"1.4\""));
        if party.certain() > 0 {
            body +=
                &bar(at + 13.0, seats * scale, &format!("fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"1.4\""));
        }
        shares.push(format!("{} {votes_text} of votes, {seats_text} of seats", party.name()));
        at += if party.certain() > 0 { 40.0 } else { 31.0 };
    }
    svg(at - 12.0, &format!("Votes and seats: {}", shares.join("; ")), &body)
}

fn bar(y: f64, width: f64, style: &str) -> String {
    let width = width.max(0.5);
    format!("<rect x=\"1\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"7\" {style}/>\n")
}

//! The last seats: claims in order with a line between those that won and the next in line.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Colours, Kind, WIDTH, mark, row, svg, text};
use crate::insight::explain::{Averages, Claim, Quotas};
use crate::num::text::{grouped, ordinal};
use crate::outcome::Outcome;

/// The last claims that won and the next in line, a row each, and a line between them; `None` where the last seats did not go
/// by highest averages, or every seat came by minimums.
///
/// Of a law with several contests in the nation, it is the last.
#[must_use]
pub fn quotients(outcome: &Outcome, colours: &Colours) -> Option<String> {
    let averages: Averages =
        outcome.explain().steps().filter(|step| step.place().is_none()).filter_map(|step| step.averages()).last()?;
    let claims = averages.claims();
    if !claims.iter().any(|claim| claim.won == Some(true)) || claims.iter().all(|claim| claim.won == Some(true)) {
        return None;
    }
    let mut body = text(0.0, 12.0, "The last seats, and the next in line");
    let mut at = 34.0;
    let mut drawn = false;
    for claim in &claims {
        if claim.won == Some(false) && !drawn {
            drawn = true;
            body += &format!("<path d=\"M0 {:.1}H{WIDTH}\" stroke=\"#222\" stroke-width=\"1.2\"/>\n", at - 12.0);
            at += 6.0;
        }
        let kind = if claim.won == Some(true) { Kind::Won } else { Kind::Open };
        body += &mark(8.0, at - 4.0, 5.0, kind, &colour(outcome, colours, &claim.party));
        let name = format!("{}, {} seat", claim.party, ordinal(claim.seat));
        body += &row((18.0, WIDTH), at, &name, &figures(claim));
        at += 18.0;
    }
    let last = averages.cut.last.as_ref().map(|claim| claim.party.clone()).unwrap_or_default();
    let next = averages.cut.next.as_ref().map(|claim| claim.party.clone()).unwrap_or_default();
    Some(svg(at - 6.0, &format!("The last seat goes to {last}; next in line: {next}"), &body))
}

/// A claim, and what it lacks.
fn figures(claim: &Claim) -> String {
    match (claim.won, claim.votes_short) {
        (None, _) => format!("{}, tied", claim.quotient),
        (Some(false), Some(votes)) => format!("{}, {} votes short", claim.quotient, grouped(votes)),
        _ => claim.quotient.to_string(),
    }
}

/// The votes left over in their order, as parts of what a seat costs: filled with a seat, a dashed outline without, and the
/// line between; `None` where the last seats did not go by largest remainders.
#[must_use]
pub fn remainders(outcome: &Outcome, colours: &Colours) -> Option<String> {
    let quotas: Quotas =
        outcome.explain().steps().filter(|step| step.place().is_none()).filter_map(|step| step.quotas()).last()?;
    let scale = WIDTH - 12.0;
    let mut body = text(0.0, 12.0, "Votes left over: filled where they bring a seat");
    let mut at = 34.0;
    let order = quotas.by_left_over();
    let part = |millionths: u32| f64::from(millionths).min(1e6) / 1e6;
    let weakest = order.iter().rfind(|share| share.seats > share.full).map(|share| part(share.millionths));
    let strongest = order.iter().find(|share| share.seats <= share.full).map(|share| part(share.millionths));
    let line = weakest.zip(strongest).map(|(weakest, strongest)| 1.0 + f64::midpoint(weakest, strongest) * scale);
    for share in order {
        let colour = colour(outcome, colours, &share.party);
        let width = (part(share.millionths) * scale).max(0.5);
        let style = match share.seats > share.full {
            true => format!("fill=\"{colour}\" stroke=\"#222\" stroke-width=\"0.5\""),
            false => "fill=\"none\" stroke=\"#555\" stroke-width=\"1.2\" stroke-dasharray=\"3 2\"".to_string(),
        };
        let seats = if share.full == 1 { "seat" } else { "seats" };
        let tied = if share.is_tied { ", tied" } else { "" };
        body += &row(
            (0.0, WIDTH),
            at,
            &share.party,
            &format!("{} full {seats}, {} left{tied}", grouped(share.full), share.left_over),
        );
        body += &format!("<rect x=\"1\" y=\"{:.1}\" width=\"{width:.1}\" height=\"9\" {style}/>\n", at + 5.0);
        if let Some(x) = line {
            let (from, to) = (at + 2.0, at + 17.0);
            body += &format!(
                "<path d=\"M{x:.1} {from:.1}V{to:.1}\" stroke=\"#222\" stroke-width=\"1.2\" stroke-dasharray=\"4 3\"/>\n"
            );
        }
        at += 34.0;
    }
    let winners: Vec<&str> = quotas.last_seats().iter().map(|share| share.party.as_str()).collect();
    Some(svg(at - 12.0, &format!("Votes left over: seats to {}", winners.join(", ")), &body))
}

/// The colour of a party; of an alliance, that of its first.
fn colour(outcome: &Outcome, colours: &Colours, name: &str) -> String {
    let known = outcome.parties().iter().position(|party| party.name() == name);
    let first = || outcome.parties().iter().position(|party| name.starts_with(party.name()));
    let index = known.or_else(first).unwrap_or(0);
    colours.of(index, outcome.parties().get(index).map_or("", |party| party.name()))
}

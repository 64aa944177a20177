//! Seats as a half circle.

use core::f64::consts::PI;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Colours, Kind, WIDTH, escape, mark, row, svg, width};
use crate::num::text::grouped;
use crate::outcome::Outcome;

/// Seats beyond which they are drawn as sectors, and not one by one.
const SINGLE: u64 = 800;
const CENTRE: (f64, f64) = (WIDTH / 2.0, 188.0);
const RADIUS: f64 = 160.0;

/// The seats of an outcome as a hemicycle, parties from left to right in their order, with a list of names and numbers below.
///
/// Every party is a wedge; seats that it won by a later tier have a light centre. The seats of every open tie stand after
/// the parties that claim them, and vacant ones last, as dashed outlines. A tick marks the middle. More than 800 seats are
/// drawn as sectors.
#[must_use]
pub fn hemicycle(outcome: &Outcome, colours: &Colours) -> String {
    let groups = groups(outcome, colours);
    let all = groups.iter().fold(0_u64, |sum, group| sum.saturating_add(group.seats));
    let mut body = if all <= SINGLE { seats(&groups, all) } else { sectors(&groups, all) };
    let (x, y) = CENTRE;
    // The middle: half of the seats on either side.
    let (top, bottom) = (y - 8.0 - RADIUS - 7.0, y - 8.0 - RADIUS * 0.40 + 7.0);
    body += &format!("<path d=\"M{x:.1} {top:.1}v5M{x:.1} {bottom:.1}v5\" stroke=\"#222\" stroke-width=\"1.4\"/>\n");
    let middle = |y: f64, size: u32, text: &str| {
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-size=\"{size}\">{text}</text>\n")
    };
    // Only a law of several tiers gives out the whole house, and has a majority to speak of.
    if outcome.tiers().len() > 1 {
        body += &middle(y - 20.0, 22, &grouped(all));
        body += &middle(y - 4.0, 12, &format!("majority {}", grouped(all / 2 + 1)));
    } else {
        body += &middle(y - 4.0, 22, &grouped(all));
    }

    // Two columns, read downwards, where there are many names and they are short.
    let lines = list(&groups);
    let two = lines.len() > 12 && lines.iter().all(|line| width(&line.0.name) < 105.0);
    let (columns, right) = if two { (2, WIDTH / 2.0 - 8.0) } else { (1, WIDTH) };
    let rows = lines.len().div_ceil(columns);
    let top = y + 22.0;
    for (at, (group, seats)) in lines.iter().enumerate() {
        let left = (at / rows) as f64 * (WIDTH / 2.0 + 8.0);
        let y = top + (at % rows) as f64 * 17.0;
        body += &mark(
            left + 8.0,
            y - 4.0,
            5.0,
            if group.kind == Kind::Open { Kind::Open } else { Kind::Won },
            &group.colour,
        );
        let number = group.number.map_or("?".to_string(), |number| number.to_string());
        body += &row((left + 18.0, left + right), y, &format!("{number}  {}", group.name), seats);
    }
    let at = top + rows as f64 * 17.0;
    let words: Vec<String> = lines.iter().map(|(group, seats)| format!("{} {seats}", group.name)).collect();
    svg(at - 6.0, &format!("Seats: {}", words.join(", ")), &body)
}

/// Neighbouring seats of one party and kind, or of one tie.
struct Group {
    number: Option<usize>,
    name: String,
    kind: Kind,
    seats: u64,
    colour: String,
}

/// A line a party or tie, with its seats: "36 (35 + 1)" where they are of several kinds.
fn list(groups: &[Group]) -> Vec<(&Group, String)> {
    let mut lines: Vec<(&Group, Vec<u64>)> = Vec::new();
    for group in groups {
        match lines.last_mut() {
            Some((last, seats)) if last.number.is_some() && last.number == group.number => seats.push(group.seats),
            _ => lines.push((group, vec![group.seats])),
        }
    }
    let text = |seats: &[u64]| {
        let all = seats.iter().fold(0_u64, |sum, seats| sum.saturating_add(*seats));
        let parts: Vec<String> = seats.iter().map(|&seats| grouped(seats)).collect();
        if parts.len() > 1 { format!("{} ({})", grouped(all), parts.join(" + ")) } else { grouped(all) }
    };
    lines.into_iter().map(|(group, seats)| (group, text(&seats))).collect()
}

/// The seats from left to right.
fn groups(outcome: &Outcome, colours: &Colours) -> Vec<Group> {
    let open =
        |name: String, seats: u64| Group { number: None, name, kind: Kind::Open, seats, colour: "#555".to_string() };
    let mut ties: Vec<(Vec<String>, u64)> = Vec::new();
    for tie in outcome.ties().iter().filter(|tie| tie.places().is_empty() && outcome.ways().is_empty()) {
        // Ties of many districts between the same parties are one group.
        match ties.iter_mut().find(|(parties, _)| parties == tie.parties()) {
            Some((_, seats)) => *seats = seats.saturating_add(tie.seats()),
            None => ties.push((tie.parties().to_vec(), tie.seats())),
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut number = 0;
    for (index, party) in outcome.parties().iter().enumerate() {
        if party.certain() > 0 {
            number += 1;
            let later = later_seats(outcome, index);
            let parts = [(Kind::Won, party.certain() - later), (Kind::WonLater, later)];
            groups.extend(parts.into_iter().filter(|(_, seats)| *seats > 0).map(|(kind, seats)| Group {
                number: Some(number),
                name: party.name().to_string(),
                kind,
                seats,
                colour: colours.of(index, party.name()),
            }));
        }
        // A tie stands after the last party that claims it and that comes with the first of them.
        let (here, rest) =
            ties.into_iter().partition(|(parties, _)| parties.first().is_some_and(|name| name == party.name()));
        ties = rest;
        let here: Vec<(Vec<String>, u64)> = here;
        groups.extend(here.into_iter().map(|(parties, seats)| open(format!("tied: {}", parties.join(", ")), seats)));
    }
    let shown = groups.iter().fold(0_u64, |sum, group| sum.saturating_add(group.seats));
    let others = outcome.total_seats().saturating_sub(shown).saturating_sub(outcome.vacant());
    groups.extend((others > 0 && !outcome.ways().is_empty()).then(|| open("hang on a tie".into(), others)));
    groups.extend((outcome.vacant() > 0).then(|| open("vacant".into(), outcome.vacant())));
    groups
}

/// The seats that a party won after the first tier that gave any, where tiers only add.
fn later_seats(outcome: &Outcome, party: usize) -> u64 {
    let certain = outcome.parties()[party].certain();
    let by_tier: Vec<i128> = outcome.tiers().iter().map(|tier| tier.seats()[party]).collect();
    let sum: i128 = by_tier.iter().sum();
    let direct = i128::from(certain) - sum;
    if by_tier.len() < 2 || !outcome.ways().is_empty() || direct < 0 || by_tier.iter().any(|&seats| seats < 0) {
        return 0;
    }
    // Seats won directly come first; without any, the first tier's do.
    let any_direct = outcome
        .parties()
        .iter()
        .enumerate()
        .any(|(at, party)| i128::from(party.certain()) > outcome.tiers().iter().map(|tier| tier.seats()[at]).sum());
    let later = if any_direct { sum } else { sum - by_tier[0] };
    u64::try_from(later).unwrap_or(0).min(certain)
}

/// Every seat as a mark, in rows, and the numbers of the groups round them.
fn seats(groups: &[Group], all: u64) -> String {
    let places = places(all as usize);
    let mut body = String::new();
    let mut at = 0;
    let mut last_label = f64::INFINITY;
    for group in groups {
        let own = &places.list[at..(at + group.seats as usize).min(places.list.len())];
        at += own.len();
        for &(angle, radius) in own {
            body += &mark(x_at(angle, radius), y_at(angle, radius), places.size, group.kind, &group.colour);
        }
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            body += &label(group, f64::midpoint(first.0, last.0), &mut last_label);
        }
    }
    body
}

/// The groups as sectors of a ring; open ones are light.
fn sectors(groups: &[Group], all: u64) -> String {
    let mut body = String::new();
    let mut before = 0_u64;
    let mut last_label = f64::INFINITY;
    let angle = |seats: u64| PI * (1.0 - seats as f64 / all.max(1) as f64);
    for group in groups {
        let (from, to) = (angle(before), angle(before.saturating_add(group.seats)));
        before = before.saturating_add(group.seats);
        let inner = RADIUS * 0.45;
        let (x1, y1, x2, y2) = (x_at(from, RADIUS), y_at(from, RADIUS), x_at(to, RADIUS), y_at(to, RADIUS));
        let (x3, y3, x4, y4) = (x_at(to, inner), y_at(to, inner), x_at(from, inner), y_at(from, inner));
        let colour = &group.colour;
        let opacity = match group.kind {
            Kind::Won => "1",
            Kind::WonLater => "0.7",
            Kind::Open => "0.2",
        };
        body += &format!(
            "<path d=\"M{x1:.1} {y1:.1}A{RADIUS} {RADIUS} 0 0 1 {x2:.1} {y2:.1}L{x3:.1} {y3:.1}A{inner} {inner} 0 0 0 {x4:.1} \
             {y4:.1}Z\" fill=\"{colour}\" fill-opacity=\"{opacity}\" stroke=\"#fff\"/>\n"
        );
        body += &label(group, f64::midpoint(from, to), &mut last_label);
    }
    body
}

/// A group's number outside the half circle, where there is room for it beside the last one.
fn label(group: &Group, angle: f64, last: &mut f64) -> String {
    let Some(number) = group.number else { return String::new() };
    let text = number.to_string();
    let radius = RADIUS + 10.0;
    if (*last - angle) * radius < width(&text) + 3.0 {
        return String::new();
    }
    *last = angle;
    let (x, y) = (x_at(angle, radius), y_at(angle, radius) + 4.0);
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-size=\"10\">{}</text>\n", escape(&text))
}

fn x_at(angle: f64, radius: f64) -> f64 {
    CENTRE.0 + radius * libm::cos(angle)
}

fn y_at(angle: f64, radius: f64) -> f64 {
    CENTRE.1 - 8.0 - radius * libm::sin(angle)
}

/// Where the seats are: angle and radius, from left to right.
struct Places {
    list: Vec<(f64, f64)>,
    size: f64,
}

/// The places of so many seats in as few rows as hold them.
fn places(seats: usize) -> Places {
    const INNER: f64 = 0.40;
    const WIDEST: f64 = 30.0;
    let layout = |rows: usize| -> (f64, Vec<f64>) {
        let gap = (RADIUS * (1.0 - INNER) / rows as f64).min(WIDEST);
        (gap, (0..rows).map(|row| RADIUS - gap * (row as f64 + 0.5)).collect())
    };
    let holds = |rows: usize| {
        let (gap, radii) = layout(rows);
        radii.iter().map(|radius| (PI * radius / gap) as usize).sum::<usize>() >= seats
    };
    let rows = (1..60).find(|&rows| holds(rows)).unwrap_or(60);
    let (gap, radii) = layout(rows);
    let all: f64 = radii.iter().sum();
    let mut list = vec![];
    let (mut passed, mut placed) = (0.0, 0);
    let mut size = gap * 0.46;
    for radius in radii {
        // By cumulated rounding, as many seats a row as its length asks for.
        passed += radius;
        let until = libm::round(seats as f64 * passed / all) as usize;
        let own = until - placed;
        placed = until;
        let margin = libm::asin((gap * 0.5 / radius).min(1.0)) * 0.4;
        for at in 0..own {
            let part = if own == 1 { 0.5 } else { at as f64 / (own - 1) as f64 };
            let wedge = (at as f64 + 0.5) / own as f64;
            list.push((wedge, (PI - margin - part * (PI - 2.0 * margin), radius)));
        }
        if own > 1 {
            size = size.min(radius * (PI - 2.0 * margin) / (own - 1) as f64 * 0.46);
        }
    }
    // By the part of the row that is to the left, so that a party is a wedge and not a piece of the inner row.
    list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.1.total_cmp(&b.1.1)));
    Places { list: list.into_iter().map(|(_, place)| place).collect(), size: size.min(12.0) }
}

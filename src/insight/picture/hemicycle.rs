//! Seats as a half circle.

use core::f64::consts::PI;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Colours, WIDTH, escape, mark, row, svg, width};
use crate::num::text::grouped;
use crate::outcome::Outcome;

/// Seats beyond which they are drawn as sectors, and not one by one.
const SINGLE: u64 = 800;
const CENTRE: (f64, f64) = (WIDTH / 2.0, 188.0);
const RADIUS: f64 = 160.0;

/// The seats of an outcome as a hemicycle, parties from left to right in their order, with a list of names and numbers below.
///
/// Seats of an open tie and vacant ones come last, as empty rings. More than 800 seats are drawn as sectors.
#[must_use]
pub fn hemicycle(outcome: &Outcome, colours: &Colours) -> String {
    let mut groups: Vec<Group> = outcome
        .parties()
        .iter()
        .enumerate()
        .filter(|(_, party)| party.certain() > 0)
        .enumerate()
        .map(|(number, (index, party))| Group {
            mark: number,
            number: Some(number + 1),
            name: party.name().to_string(),
            seats: party.certain(),
            colour: colours.of(index, party.name()),
        })
        .collect();
    let mut empty = |name: String, seats: u64| {
        if seats > 0 {
            groups.push(Group { mark: 1, number: None, name, seats, colour: "#999".to_string() });
        }
    };
    if let Some(tie) = outcome.tie() {
        empty(format!("tied: {}", tie.parties().join(", ")), tie.seats());
    }
    empty("vacant".to_string(), outcome.vacant());

    let all = groups.iter().fold(0_u64, |sum, group| sum.saturating_add(group.seats));
    let mut body = if all <= SINGLE { seats(&groups, all) } else { sectors(&groups, all) };
    let (x, y) = CENTRE;
    body += &format!(
        "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"22\">{}</text>\n",
        y - 4.0,
        grouped(all)
    );

    // Two columns, read downwards, where there are many names and they are short.
    let two = groups.len() > 12 && groups.iter().all(|group| width(&group.name) < 105.0);
    let (columns, right) = if two { (2, WIDTH / 2.0 - 8.0) } else { (1, WIDTH) };
    let lines = groups.len().div_ceil(columns);
    let top = y + 22.0;
    for (at, group) in groups.iter().enumerate() {
        let left = (at / lines) as f64 * (WIDTH / 2.0 + 8.0);
        let y = top + (at % lines) as f64 * 17.0;
        body += &mark(left + 8.0, y - 4.0, 5.0, group.mark, &group.colour);
        let number = group.number.map_or("?".to_string(), |number| number.to_string());
        body += &row((left + 18.0, left + right), y, &format!("{number}  {}", group.name), &grouped(group.seats));
    }
    let at = top + lines as f64 * 17.0;
    let list: Vec<String> = groups.iter().map(|group| format!("{} {}", group.name, group.seats)).collect();
    svg(at - 6.0, &format!("Seats: {}", list.join(", ")), &body)
}

/// Neighbouring seats of one party.
struct Group {
    mark: usize,
    number: Option<usize>,
    name: String,
    seats: u64,
    colour: String,
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
            body += &mark(x_at(angle, radius), y_at(angle, radius), places.size, group.mark, &group.colour);
        }
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            body += &label(group, f64::midpoint(first.0, last.0), &mut last_label);
        }
    }
    body
}

/// The groups as sectors of a ring, outlined; every other one is hatched by lines from the centre.
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
        let opacity = if group.mark % 2 == 0 { "1" } else { "0.35" };
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
    const INNER: f64 = 0.42;
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
            list.push((PI - margin - part * (PI - 2.0 * margin), radius));
        }
        if own > 1 {
            size = size.min(radius * (PI - 2.0 * margin) / (own - 1) as f64 * 0.46);
        }
    }
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    Places { list, size: size.min(12.0) }
}

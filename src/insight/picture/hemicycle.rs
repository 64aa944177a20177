//! Seats as a half circle; few of them as a row, very many as sectors.

use core::f64::consts::PI;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::blocks::{self, Block, Part, told};
use super::canvas::{Anchor, Canvas, Kind, Letters};
use super::ink::Tone;
use super::labels::{self, Arc, Label};
use super::style::Style;
use crate::num::text::grouped;
use crate::outcome::Outcome;

/// Up to so many seats stand in a row.
const ROW: u64 = 14;
/// Seats beyond which they are drawn as sectors, and not one by one.
const SINGLE: u64 = 800;
/// A block is named at its seats if it has so many of a hundred.
const NAMED: u64 = 2;

/// The seats of an outcome as a hemicycle, parties from left to right in their order; up to 14 seats as a row, more than 800
/// as sectors.
///
/// Every party is a wedge, and of nine and more with seats the largest eight, with those that have a colour of their own; the
/// rest share a grey. Seats of a later tier have a light centre. Open seats of a tie stand between those who claim them, and
/// vacant ones last, as dashed outlines. Where the house is known, ticks mark the seat of its majority.
#[must_use]
pub fn hemicycle(outcome: &Outcome, style: &Style) -> String {
    let blocks = blocks::of_outcome(outcome, style);
    let all = blocks.iter().fold(0_u64, |sum, block| sum.saturating_add(block.seats));
    let house = style.whole_house(outcome);
    let mut picture = Picture { canvas: Canvas::new(if style.is_narrow() { 328.0 } else { 552.0 }), all, house, style };
    let (mut y, whole) = if all <= ROW { picture.row(&blocks) } else { picture.arc(&blocks) };
    y = picture.legend(&blocks::parts(outcome), y);
    if !style.is_unlisted() {
        y = picture.list(&blocks, whole, y);
    }
    let headline = outcome.headline();
    picture.canvas.finish(y + 8.0, headline.split('\n').next().unwrap_or(&headline), &told(&blocks, all))
}

struct Picture<'p> {
    canvas: Canvas,
    all: u64,
    house: Option<u64>,
    style: &'p Style,
}

impl Picture<'_> {
    /// The seat of the majority, where these seats are the whole house.
    fn majority(&self) -> Option<u64> {
        self.house.filter(|&house| house == self.all).map(|house| house / 2 + 1)
    }

    const fn number(&self) -> Letters {
        Letters::of(if self.style.is_narrow() { 15.0 } else { 17.0 }).bold()
    }

    /// Whether a block is named at its seats.
    fn is_named(&self, block: &Block) -> bool {
        u128::from(block.seats) * 100 >= u128::from(self.all) * u128::from(NAMED)
    }

    /// A few seats side by side; where it ends, and whether every name is there in full.
    fn row(&mut self, blocks: &[Block]) -> (f64, bool) {
        let width = self.canvas.width();
        let step = (width / self.all.max(1) as f64).min(92.0);
        let radius = (step * 0.36).min(30.0);
        let left = (width - step * self.all as f64) / 2.0;
        let (number, name) = (self.number(), Letters::of(13.0).at(Anchor::Middle));
        let y = 40.0 + radius;
        let mut whole = true;
        let mut at = 0.0;
        for block in blocks {
            let middle = left + step * (at + block.seats as f64 / 2.0);
            self.canvas.text((middle, 16.0), number.at(Anchor::Middle), &grouped(block.seats));
            let short = if block.is_open() { short_open(&block.name) } else { &block.short };
            let shown = name.cut(short, step * block.seats as f64 - 4.0);
            whole &= shown == *short;
            self.canvas.text((middle, 32.0), name, &shown);
            for kind in block.kinds() {
                let x = left + step * (at + 0.5);
                self.canvas.disc((x, y), radius, kind, &block.paint);
                if kind == Kind::Open {
                    let size = (radius * 0.7).max(9.0);
                    self.canvas.text((x, y + size * 0.35), Letters::of(size).bold().at(Anchor::Middle), "?");
                }
                at += 1.0;
            }
        }
        let bottom = y + radius;
        let Some(majority) = self.majority() else { return (bottom + 4.0, whole) };
        let (x, y) = (left + step * majority as f64, bottom + 12.0);
        let (top, first) = (y - 9.0, left + step * 0.1);
        self.canvas.line(&format!("M{x:.1} {top:.1}V{:.1}M{first:.1} {y:.1}H{x:.1}", y + 6.0), 1.5, Tone::Ink);
        let words = format!("majority: {majority} of {}", self.all);
        let letters = Letters::of(13.0).soft();
        let room = width - x - 8.0;
        match letters.width(&words) <= room {
            true => self.canvas.text((x + 8.0, y + 5.0), letters, &words),
            false => self.canvas.text((x, y + 20.0), letters.at(Anchor::End), &words),
        }
        (y + if letters.width(&words) <= room { 6.0 } else { 22.0 }, whole)
    }

    /// Seats, or sectors, round a centre; where it ends, and whether every name is there in full.
    fn arc(&mut self, blocks: &[Block]) -> (f64, bool) {
        let narrow = self.style.is_narrow();
        let (radius, inner, above) = if narrow { (138.0, 0.46, 26.0) } else { (200.0, 0.40, 46.0) };
        let arc = Arc { centre: (self.canvas.width() / 2.0, radius + above), radius };
        let middles =
            if self.all <= SINGLE { self.seats(&arc, inner, blocks) } else { self.sectors(&arc, inner, blocks) };
        let named = |(block, angle): (&Block, &f64)| {
            let name = if block.is_open() { short_open(&block.name) } else { &block.short };
            let name = if narrow { String::new() } else { name.to_string() };
            self.is_named(block).then(|| Label { number: grouped(block.seats), name, angle: *angle })
        };
        let labels: Vec<Label> = blocks.iter().zip(&middles).filter_map(named).collect();
        let number = self.number();
        let whole = labels::draw(&mut self.canvas, &arc, &labels, number, Letters::of(13.0));
        self.middle(&arc, inner);
        let whole = whole && !narrow && labels.len() == blocks.len();
        (arc.centre.1 + 6.0, whole)
    }

    /// The number of seats in the middle, and the ticks of the majority.
    fn middle(&mut self, arc: &Arc, inner: f64) {
        let (x, y) = arc.centre;
        let narrow = self.style.is_narrow();
        let (size, words) = if narrow { (24.0, 12.0) } else { (32.0, 13.0) };
        let below = match (self.majority(), self.house) {
            (Some(majority), _) => format!("seats, majority {}", grouped(majority)),
            (None, Some(house)) => format!("of {} seats", grouped(house)),
            (None, None) => "seats".into(),
        };
        self.canvas.text((x, y - 22.0), Letters::of(size).bold().at(Anchor::Middle), &grouped(self.all));
        self.canvas.text((x, y - 4.0), Letters::of(words).soft().at(Anchor::Middle), &below);
        if self.majority().is_some() {
            let (top, bottom) = (y - arc.radius - 1.0, y - arc.radius * inner + 3.0);
            self.canvas.line(&format!("M{x:.1} {top:.1}v-7M{x:.1} {bottom:.1}v8"), 2.0, Tone::Ink);
        }
    }

    /// Every seat as a disc; the middle of each block.
    fn seats(&mut self, arc: &Arc, inner: f64, blocks: &[Block]) -> Vec<f64> {
        let places = places(self.all as usize, arc.radius, inner);
        let mut places_left = places.list.iter();
        let mut middles = Vec::new();
        for block in blocks {
            let mut angles: Vec<f64> = Vec::new();
            for (kind, &(angle, radius)) in block.kinds().zip(places_left.by_ref()) {
                self.canvas.disc(arc.at(angle, radius), places.size, kind, &block.paint);
                angles.push(angle);
            }
            middles.push(angles.iter().sum::<f64>() / angles.len().max(1) as f64);
        }
        middles
    }

    /// The blocks as sectors of a ring; the middle of each.
    fn sectors(&mut self, arc: &Arc, inner: f64, blocks: &[Block]) -> Vec<f64> {
        let all = self.all.max(1) as f64;
        let angle = |seats: u64| PI * (1.0 - seats as f64 / all);
        let mut before = 0_u64;
        let mut middles = Vec::new();
        for block in blocks {
            let first = angle(before);
            for &(kind, seats) in &block.parts {
                let (from, to) = (angle(before), angle(before.saturating_add(seats)));
                before = before.saturating_add(seats);
                let (outer, inner) = (arc.radius, arc.radius * inner);
                let [(x1, y1), (x2, y2)] = [arc.at(from, outer), arc.at(to, outer)];
                let [(x3, y3), (x4, y4)] = [arc.at(to, inner), arc.at(from, inner)];
                let path = format!(
                    "M{x1:.1} {y1:.1}A{outer:.1} {outer:.1} 0 0 1 {x2:.1} {y2:.1}L{x3:.1} {y3:.1}A{inner:.1} {inner:.1} 0 \
                     0 0 {x4:.1} {y4:.1}Z"
                );
                self.canvas.shape(&path, kind, &block.paint);
            }
            middles.push(f64::midpoint(first, angle(before)));
        }
        middles
    }

    /// What a light centre means, where there is one; where it ends.
    fn legend(&mut self, parts: &[Part], y: f64) -> f64 {
        if parts.len() < 2 {
            return y;
        }
        let letters = Letters::of(13.0).soft();
        let paint = Style::rest();
        let mut at = (0.0, y + 18.0);
        for (number, part) in parts.iter().enumerate() {
            let seats = part.seats.iter().fold(0_u64, |sum, seats| sum.saturating_add(*seats));
            let words = format!("{} {}", part.name, grouped(seats));
            let width = 20.0 + letters.width(&words);
            if at.0 > 0.0 && at.0 + width > self.canvas.width() {
                at = (0.0, at.1 + 20.0);
            }
            self.canvas.disc((at.0 + 8.0, at.1 - 4.5), 6.0, Kind::Won(number), &paint);
            self.canvas.text((at.0 + 20.0, at.1), letters, &words);
            at.0 += width + 16.0;
        }
        at.1 + 2.0
    }

    /// A line a block with its seats: all of them, or those without a name at their seats.
    fn list(&mut self, blocks: &[Block], whole: bool, y: f64) -> f64 {
        if whole {
            return y;
        }
        let few = !self.style.is_narrow() && self.all > ROW;
        let is_listed = |block: &&Block| !few || !self.is_named(block) || block.name != block.short;
        let listed: Vec<&Block> = blocks.iter().filter(is_listed).collect();
        let columns = if listed.len() > 6 && !self.style.is_narrow() { 2 } else { 1 };
        let width = (self.canvas.width() - 24.0 * (columns - 1) as f64) / columns as f64;
        let rows = listed.len().div_ceil(columns).max(1);
        for (at, block) in listed.iter().enumerate() {
            let left = (at / rows) as f64 * (width + 24.0);
            let y = y + 22.0 + (at % rows) as f64 * 20.0;
            let kind = if block.is_open() { Kind::Open } else { Kind::Won(0) };
            self.canvas.disc((left + 8.0, y - 4.5), 6.0, kind, &block.paint);
            let letters = Letters::of(14.0);
            self.canvas.row((left + 20.0, left + width), y, (&block.name, letters), (&figures(block), letters.bold()));
        }
        y + 8.0 + rows.min(listed.len()) as f64 * 20.0
    }
}

/// "36 (35 + 1)" where seats are of several kinds.
fn figures(block: &Block) -> String {
    let parts: Vec<String> = block.parts.iter().map(|(_, seats)| grouped(*seats)).collect();
    match parts.len() {
        0 | 1 => grouped(block.seats),
        _ => format!("{} ({})", grouped(block.seats), parts.join(" + ")),
    }
}

/// What stands at open seats; the list says among whom they are tied.
fn short_open(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}

/// Where the seats are: angle and radius, from left to right.
struct Places {
    list: Vec<(f64, f64)>,
    size: f64,
}

/// The places of so many seats in as few rows as hold them.
fn places(seats: usize, outer: f64, inner: f64) -> Places {
    let layout = |rows: usize| -> (f64, Vec<f64>) {
        let gap = (outer * (1.0 - inner) / rows as f64).min(outer * 0.17);
        (gap, (0..rows).map(|row| outer - gap * (row as f64 + 0.5)).collect())
    };
    let holds = |rows: usize| {
        let (gap, radii) = layout(rows);
        radii.iter().map(|radius| (PI * radius / gap) as usize + 1).sum::<usize>() >= seats
    };
    let rows = (1..60).find(|&rows| holds(rows)).unwrap_or(60);
    let (gap, radii) = layout(rows);
    let all: f64 = radii.iter().sum();
    let mut list = vec![];
    let (mut passed, mut placed) = (0.0, 0);
    let mut apart = gap;
    for radius in radii {
        // By cumulated rounding, as many seats a row as its length asks for.
        passed += radius;
        let until = libm::round(seats as f64 * passed / all) as usize;
        let own = until - placed;
        placed = until;
        for at in 0..own {
            let part = if own == 1 { 0.5 } else { at as f64 / (own - 1) as f64 };
            let wedge = (at as f64 + 0.5) / own as f64;
            list.push((wedge, (PI * (1.0 - part), radius)));
        }
        if own > 1 {
            apart = apart.min(PI * radius / (own - 1) as f64);
        }
    }
    // By the part of the row that is to the left, so that a party is a wedge and not a piece of the inner row.
    list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.1.total_cmp(&b.1.1)));
    Places { list: list.into_iter().map(|(_, place)| place).collect(), size: apart * 0.455 }
}

//! Districts as small multiples: the seats of each as squares, their names, the last seat and who missed it.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::blocks::{self, Block, Part};
use super::canvas::{Canvas, Kind, Letters};
use super::style::Style;
use crate::insight::explain::{Race, Step};
use crate::num::text::{counted, grouped};
use crate::outcome::{Outcome, PlaceOutcome};

/// Districts that are drawn; of more, the first ones.
const MOST: usize = 400;
/// Between two districts.
const GAP: f64 = 24.0;
/// From one square to the next, and lines of squares that are drawn one by one.
const STEP: f64 = 18.0;
const LINES: usize = 8;
const LINE: f64 = 17.0;

/// Every district in a small drawing of its own: a square a seat, those of later tiers with a light centre, open ones dashed;
/// below, who has how many, and by how many votes the next in line missed the last seat. `None` without districts.
///
/// # Examples
/// ```
/// use apportion::insight::picture::{Style, districts};
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let place = |name: &str, a, b| Ok::<_, apportion::Error>(Place::district(name, Tally::from_votes([("A", a), ("B", b)])?));
/// let count = Count::of_places([place("North", 60, 40)?.with_seats(3), place("South", 20, 70)?.with_seats(2)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 5).apply(&count)?;
/// assert!(districts(&outcome, &Style::new()).expect("two districts").contains("A 2, B 1"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[must_use]
pub fn districts(outcome: &Outcome, style: &Style) -> Option<String> {
    let places: Vec<&PlaceOutcome> = outcome.districts().collect();
    if places.is_empty() {
        return None;
    }
    let parts = blocks::parts(outcome);
    let (paints, races) = (style.paints(outcome), races(outcome, style));
    let mut canvas = Canvas::new(if style.is_narrow() { 328.0 } else { 640.0 });
    let columns = if style.is_narrow() { 1 } else { 3 };
    let width = (canvas.width() - GAP * (columns - 1) as f64) / columns as f64;
    let mut y = legend(&mut canvas, &parts);
    let mut told = Vec::new();
    for line in places[..places.len().min(MOST)].chunks(columns) {
        let mut lowest = y;
        for (column, place) in line.iter().enumerate() {
            let left = column as f64 * (width + GAP);
            let blocks = blocks::of_place(place, &parts, &paints, style);
            let race = races.get(place.name()).map(String::as_str);
            lowest = lowest.max(card(&mut canvas, (left, y), width, place, &blocks, race));
            told.push(format!("{}: {}", place.name(), seats(&blocks, |block| &block.name)));
        }
        y = lowest + 20.0;
    }
    if places.len() > MOST {
        let more = format!("and {} more", counted((places.len() - MOST) as u128, "district"));
        canvas.text((0.0, y), Letters::of(14.0).soft(), &more);
        y += 20.0;
    }
    let title = format!("{} and their seats.", counted(places.len() as u128, "district"));
    Some(canvas.finish(y - 10.0, &title, &format!("{}.", told.join("; "))))
}

/// What a light centre means; where the first districts stand.
fn legend(canvas: &mut Canvas, parts: &[Part]) -> f64 {
    if parts.len() < 2 {
        return 16.0;
    }
    let letters = Letters::of(13.0).soft();
    let mut x = 0.0;
    for (number, part) in parts.iter().enumerate() {
        canvas.square((x + 7.0, 11.0), 6.5, Kind::Won(number), &Style::rest());
        canvas.text((x + 20.0, 16.0), letters, &part.name);
        x += 36.0 + letters.width(&part.name);
    }
    46.0
}

/// One district; where it ends.
fn card(
    canvas: &mut Canvas,
    (left, top): (f64, f64),
    width: f64,
    place: &PlaceOutcome,
    blocks: &[Block],
    race: Option<&str>,
) -> f64 {
    let (name, small) = (Letters { is_bold: true, ..Letters::of(15.0) }, Letters::of(13.0));
    let all = blocks.iter().fold(0_u64, |sum, block| sum.saturating_add(block.seats));
    canvas.row((left, left + width), top, (place.name(), name), (&grouped(all), small.soft()));
    let per_line = ((width / STEP) as usize).max(1);
    let mut y = top + 16.0;
    if all <= (per_line * LINES) as u64 {
        let mut at = 0;
        for block in blocks {
            for kind in block.kinds() {
                let (x, y) = ((at % per_line) as f64 * STEP, (at / per_line) as f64 * STEP);
                canvas.square((left + x + 7.5, top + 16.0 + y), 7.0, kind, &block.paint);
                at += 1;
            }
        }
        y += at.div_ceil(per_line).max(1) as f64 * STEP + 4.0;
    } else {
        stripe(canvas, (left, y - 7.0), width, blocks, all);
        y += STEP + 4.0;
    }
    for line in folded(&seats(blocks, |block| &block.short), ", ", small, width) {
        canvas.text((left, y), small, &line);
        y += LINE;
    }
    for line in race.map(|race| folded(race, " ", small, width)).unwrap_or_default() {
        canvas.text((left, y), small.soft(), &line);
        y += LINE;
    }
    y
}

/// Very many seats as a stripe.
fn stripe(canvas: &mut Canvas, (left, y): (f64, f64), width: f64, blocks: &[Block], all: u64) {
    let mut x = left;
    for block in blocks {
        let wide = block.seats as f64 / all.max(1) as f64 * width;
        match block.is_open() {
            true => canvas.outline((x, y), (wide, 14.0)),
            false => canvas.bar((x, y), (wide, 14.0), &block.paint),
        }
        x += wide;
    }
}

/// "A 3, B 2, tied: B, C 1", the most seats first.
fn seats(blocks: &[Block], name: impl Fn(&Block) -> &String) -> String {
    let mut sorted: Vec<&Block> = blocks.iter().collect();
    sorted.sort_by_key(|block| (block.is_open(), core::cmp::Reverse(block.seats)));
    let each: Vec<String> = sorted.iter().map(|block| format!("{} {}", name(block), grouped(block.seats))).collect();
    if each.is_empty() { "no seats".into() } else { each.join(", ") }
}

/// By place, its last seat and who missed it by how many votes.
fn races(outcome: &Outcome, style: &Style) -> BTreeMap<String, String> {
    let mut races = BTreeMap::new();
    for step in outcome.explain().steps() {
        let Some(place) = step.place() else { continue };
        // Of several contests in one place, the first gave its own seats.
        if !races.contains_key(place) {
            races.extend(race(&step, style).map(|race| (place.to_string(), race)));
        }
    }
    races
}

/// "Last seat: A. Next: B, 83 votes short."
fn race(step: &Step<'_>, style: &Style) -> Option<String> {
    let race = Race::of(step)?;
    let short = race.short.map(|votes| format!(", {} short", counted(votes, "vote"))).unwrap_or_default();
    Some(format!("Last seat: {}. Next: {}{short}.", style.shown(&race.last), style.shown(&race.next)))
}

/// A text in lines of a width, broken at the separator.
fn folded(text: &str, separator: &str, letters: Letters, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::from([String::new()]);
    for part in text.split(separator) {
        let Some(last) = lines.last_mut() else { continue };
        let longer = if last.is_empty() { part.to_string() } else { format!("{last}{separator}{part}") };
        if last.is_empty() || letters.width(&longer) <= width {
            *last = longer;
        } else {
            *last += separator.trim_end();
            lines.push(part.to_string());
        }
    }
    lines.iter().map(|line| letters.cut(line, width)).collect()
}

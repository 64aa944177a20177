//! Seats by party and district as a grid: a band a party, a cell a district, its votes as height and its seats as a number.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::canvas::{Anchor, Canvas, Letters};
use super::ink::{Paint, Tone};
use super::style::Style;
use crate::num::text::{counted, grouped};
use crate::outcome::Outcome;
use crate::rule::{MatrixRecord, Record};

/// The narrowest and the widest cell, and the height of a cell.
const NARROWEST: f64 = 26.0;
const WIDEST: f64 = 72.0;
const HEIGHT: f64 = 28.0;
/// The height of a line of text, and that of a line of cells with their numbers.
const LINE: f64 = 20.0;
const BAND: f64 = HEIGHT + 18.0;

/// The matrix of a biproportional outcome: each party has a band of cells, one a district. A cell is filled as high as the
/// list's share of the district's votes for admitted lists; its number is its certain seats, with `?` while it is tied for
/// one more. Below stand the districts by number. None where there is no matrix.
///
/// # Examples
/// ```
/// use apportion::insight::picture::{Style, matrix};
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 20), ("B", 70)])?).with_seats(2),
/// ])?;
/// let rule = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 5);
/// let svg = matrix(&rule.apply(&count)?, &Style::new()).expect("a matrix");
/// assert!(svg.starts_with("<svg ") && svg.contains("2 South"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[must_use]
pub fn matrix(outcome: &Outcome, style: &Style) -> Option<String> {
    let record = outcome.trace().records().iter().find_map(|record| match record {
        Record::Matrix(matrix) => Some(matrix),
        _ => None,
    })?;
    let width = record.districts.len();
    let place = |column: usize| {
        let index = record.districts[column].index();
        index.checked_sub(1).and_then(|at| outcome.places().get(at)).map_or("", |place| place.name())
    };
    let all: Vec<u128> = (0..width)
        .map(|column| record.votes.iter().skip(column).step_by(width).map(|&votes| u128::from(votes)).sum())
        .collect();
    let paints = style.paints(outcome);
    let mut canvas = Canvas::new(if style.is_narrow() { 328.0 } else { 640.0 });
    let right = canvas.width();
    let (name, small) = (Letters { is_bold: true, ..Letters::of(15.0) }, Letters::of(13.0).soft());
    let mut y = LINE;
    let mut told = Vec::new();
    for (at, party) in record.parties.iter().enumerate() {
        let own = outcome.parties()[party.index()].name();
        let seats = counted(record.party_seats[at], "seat");
        canvas.row((0.0, right), y, (style.shown(own), name), (&seats, small));
        let paint = paints.get(own).cloned().unwrap_or_else(Style::rest);
        y += 7.0 + band(&mut canvas, record, at, y + 7.0, &all, &paint) + LINE;
        told.push(format!("{own} {seats}"));
    }
    let columns = if style.is_narrow() { 1 } else { 3 };
    let (wide, rows) = ((right - 24.0 * (columns - 1) as f64) / columns as f64, width.div_ceil(columns));
    for (column, &seats) in record.district_seats.iter().enumerate() {
        let left = (column / rows) as f64 * (wide + 24.0);
        let line = y + (column % rows) as f64 * LINE;
        let letters = Letters::of(13.0);
        canvas.row(
            (left, left + wide),
            line,
            (&format!("{} {}", column + 1, place(column)), letters),
            (&grouped(seats), small),
        );
    }
    y += rows as f64 * LINE;
    let parties = counted(record.parties.len() as u128, "party").replace("partys", "parties");
    let title = format!("Seats of {parties} in {}.", counted(width as u128, "district"));
    Some(canvas.finish(y - 8.0, &title, &format!("{}.", told.join(", "))))
}

/// A party's cells, in as many lines as they need; returns the height.
fn band(canvas: &mut Canvas, record: &MatrixRecord, party: usize, top: f64, all: &[u128], paint: &Paint) -> f64 {
    let per_line = ((canvas.width() / NARROWEST) as usize).min(all.len()).max(1);
    let step = (canvas.width() / per_line as f64).min(WIDEST);
    for (column, &whole) in all.iter().enumerate() {
        let (x, y) = ((column % per_line) as f64 * step, top + (column / per_line) as f64 * BAND);
        let votes = record.votes[party * all.len() + column];
        let share = if whole == 0 { 0.0 } else { votes as f64 / whole as f64 };
        // The number stands above the ground that its share fills, so that it can be read on any colour.
        let wide = step - 3.0;
        canvas.block((x, y), (wide, HEIGHT), Tone::Panel);
        canvas.bar((x, y + HEIGHT * (1.0 - share)), (wide * 0.28, share * HEIGHT), paint);
        let tied = record.allocation.ties().iter().any(|tie| tie.cells().contains(&(party, column)));
        let seats = record.allocation.party(party)[column];
        let shown = match (seats, tied) {
            (0, false) => String::new(),
            (seats, true) => format!("{seats}?"),
            (seats, false) => format!("{seats}"),
        };
        let middle = x + wide * 0.64;
        canvas.text((middle, y + 19.0), Letters::of(13.0).bold().at(Anchor::Middle), &shown);
        let number = Letters::of(12.0).soft().at(Anchor::Middle);
        canvas.text((x + wide / 2.0, y + HEIGHT + 13.0), number, &format!("{}", column + 1));
    }
    all.len().div_ceil(per_line) as f64 * BAND
}

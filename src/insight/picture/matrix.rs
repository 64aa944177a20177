//! Seats by party and district as a grid: a band a party, a cell a district, its votes as height and its seats as a number.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Colours, WIDTH, row, svg, text, text_end};
use crate::num::text::grouped;
use crate::outcome::Outcome;
use crate::rule::{MatrixRecord, Record};

/// The edges of the grid, the narrowest cell, and the height of a cell.
const LEFT: f64 = 8.0;
const RIGHT: f64 = WIDTH - 8.0;
const NARROWEST: f64 = 19.0;
const HEIGHT: f64 = 26.0;
/// The height of a line of text.
const LINE: f64 = 15.0;

/// The matrix of a biproportional outcome: each party has a band of cells, one a district. A cell is filled as high as the
/// list's share of the district's votes for admitted lists; its number is its certain seats, with `?` while it is tied for
/// one more. Below stand the districts by number. None where there is no matrix.
///
/// # Examples
/// ```
/// use apportion::insight::picture::{Colours, matrix};
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 20), ("B", 70)])?).with_seats(2),
/// ])?;
/// let rule = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 5);
/// let svg = matrix(&rule.apply(&count)?, &Colours::new()).expect("a matrix");
/// assert!(svg.starts_with("<svg ") && svg.contains("2 South"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[must_use]
pub fn matrix(outcome: &Outcome, colours: &Colours) -> Option<String> {
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
    let mut body = String::new();
    let mut y = LINE;
    for (at, party) in record.parties.iter().enumerate() {
        let name = outcome.parties()[party.index()].name();
        let seats = record.party_seats[at];
        body +=
            &row((LEFT, RIGHT), y, name, &format!("{} {}", grouped(seats), if seats == 1 { "seat" } else { "seats" }));
        y += 5.0;
        y += band(&mut body, record, at, y, &all, &colours.of(party.index(), name)) + LINE;
    }
    for (column, &seats) in record.district_seats.iter().enumerate() {
        let name = format!("{} {}", column + 1, place(column));
        body += &row((LEFT, RIGHT), y, &name, &grouped(seats));
        y += LINE;
    }
    Some(svg(y, &format!("Seats of {} parties in {width} districts", record.parties.len()), &body))
}

/// A party's cells, in as many lines as they need; returns the height.
fn band(body: &mut String, record: &MatrixRecord, party: usize, top: f64, all: &[u128], colour: &str) -> f64 {
    let per_line = (((RIGHT - LEFT) / NARROWEST) as usize).min(all.len()).max(1);
    let cell_width = ((RIGHT - LEFT) / per_line as f64).min(60.0);
    let lines = all.len().div_ceil(per_line);
    for (column, &whole) in all.iter().enumerate() {
        let (x, y) =
            (LEFT + (column % per_line) as f64 * cell_width, top + (column / per_line) as f64 * (HEIGHT + 11.0));
        let votes = record.votes[party * all.len() + column];
        let share = if whole == 0 { 0.0 } else { votes as f64 / whole as f64 };
        let high = share * HEIGHT;
        *body += &format!(
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\" fill=\"{colour}\" fill-opacity=\"0.35\"/>\n\
             <rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{HEIGHT}\" fill=\"none\" stroke=\"#888\" stroke-width=\"0.5\"/>\n",
            y + HEIGHT - high,
            cell_width - 1.0,
            cell_width - 1.0,
        );
        let tied = record.allocation.ties().iter().any(|tie| tie.cells().contains(&(party, column)));
        let seats = record.allocation.party(party)[column];
        let shown = match (seats, tied) {
            (0, false) => String::new(),
            (seats, true) => format!("{seats}?"),
            (seats, false) => format!("{seats}"),
        };
        *body += &text(x + 2.0, y + 17.0, &shown);
        *body += &text_end(x + cell_width - 2.0, y + HEIGHT + 9.0, &format!("{}", column + 1));
    }
    lines as f64 * (HEIGHT + 11.0)
}

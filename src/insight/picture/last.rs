//! The last seat of every place: who has it, who is next, and by how many votes.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::canvas::{Canvas, Kind, Letters};
use super::style::Style;
use crate::insight::Margin;
use crate::num::text::counted;
use crate::outcome::Outcome;

const WIDE: f64 = 640.0;
const NARROW: f64 = 328.0;

/// The last seats of [`Margins::last_seats`](crate::insight::Margins::last_seats), a row each in their order: filled who has it,
/// dashed who is next, and the votes between them. Those that change no seat between parties are left out.
///
/// # Examples
/// ```
/// use apportion::insight::Margins;
/// use apportion::insight::picture::{Style, last_seats};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 7);
/// let margins = Margins::new(&rule, &tally)?;
/// let svg = last_seats(margins.outcome(), &margins.last_seats()?, &Style::default());
/// assert!(svg.contains("is next"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[must_use]
pub fn last_seats(outcome: &Outcome, margins: &[Margin], style: &Style) -> String {
    let mut canvas = Canvas::new(if style.is_narrow() { NARROW } else { WIDE });
    let right = canvas.width();
    let paints = style.paints(outcome);
    let paint = |party: &str| paints.get(party).cloned().unwrap_or_else(Style::rest);
    let mut told: Vec<String> = Vec::new();
    let mut y = 20.0;
    for margin in margins {
        let (Some(holder), Some(next), Some(news)) = (margin.holder(), margin.next(), margin.news()) else { continue };
        let place = margin.place().map_or_else(String::new, |place| format!("{place}: "));
        canvas.disc((8.0, y - 5.0), 8.0, Kind::Won(0), &paint(holder));
        canvas.disc((28.0, y - 5.0), 8.0, Kind::Open, &paint(next));
        let name = format!("{place}{}, next {}", style.shown(holder), style.shown(next));
        let most = if margin.is_proven() { "" } else { "at most " };
        let votes = format!("{most}{}", counted(margin.votes(), "vote"));
        canvas.row((44.0, right), y, (&name, Letters::of(15.0)), (&votes, Letters::of(14.0).soft()));
        y += 26.0;
        told.push(news);
    }
    let title = told.first().cloned().unwrap_or_else(|| "No seat could change hands".into());
    canvas.finish(y - 12.0, &title, &format!("{}.", told.join(". ")))
}

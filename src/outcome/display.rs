//! An outcome as a table that a person can read.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Admission, Outcome, PartyOutcome};
use crate::num::text::{grouped, percent};

/// The widest that a name may print, so that the table stays within 80 columns.
const NAME_WIDTH: usize = 36;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.table() {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "shares are of {} {}", grouped(self.whole), self.base)?;
        for party in &self.parties {
            let name = shortened(party.name());
            match &party.admission {
                Admission::Passed => {}
                Admission::Refused(_) if self.admitted_apart => writeln!(f, "{name}: out wherever it stood")?,
                _ if self.admitted_apart => {}
                Admission::Repaired(shortfall) => {
                    writeln!(f, "{name}: admitted though {shortfall}, as too few passed")?;
                }
                Admission::Weighed(shortfall, weight) => {
                    writeln!(f, "{name}: admitted at {weight} of its votes though {shortfall}, as too few passed")?;
                }
                Admission::Refused(shortfall) => writeln!(f, "{name}: out, {shortfall}")?,
            }
        }
        if self.spared > 0 {
            writeln!(f, "{} ballots moved on to an admitted party", grouped(self.spared))?;
        }
        for settled in &self.settled {
            writeln!(f, "tie settled by {}: a seat each to {}", settled.by, settled.parties.join(", "))?;
        }
        if let Some((name, seats)) = self.bonus() {
            writeln!(f, "bonus: {} of the seats of {}", grouped(seats), shortened(name))?;
        }
        self.warnings().iter().try_for_each(|warning| writeln!(f, "{warning}"))
    }
}

impl Outcome {
    /// Whether the method saw other votes than the admitted parties'.
    fn shows_counted(&self) -> bool {
        let weighed = |party: &PartyOutcome| matches!(party.admission, Admission::Weighed(..));
        self.spared > 0 || self.parties.iter().any(weighed)
    }

    /// The lines of the table: a heading, a party each, and all of them.
    fn table(&self) -> Vec<String> {
        let total: u128 = self.parties.iter().map(|party| u128::from(party.votes)).sum();
        let counted: u128 = self.parties.iter().map(|party| u128::from(party.counted)).sum();
        let given: u128 = self.parties.iter().map(|party| u128::from(party.seats)).sum();
        let share = |votes: u128| percent(votes, self.whole, None);
        let of_seats = |seats: u128| percent(seats, self.seats.into(), None);

        let mut rows = Vec::from([["party", "votes", "share", "counted", "seats", "of seats"].map(String::from)]);
        for party in &self.parties {
            let (votes, seats) = (u128::from(party.votes), u128::from(party.seats));
            let open = if self.is_tied(party.name()) { "+?" } else { "" };
            let (counted, seats, of_seats) = match party.is_admitted() {
                true => (grouped(party.counted), grouped(seats) + open, of_seats(seats)),
                false => (String::new(), "out".into(), String::new()),
            };
            rows.push([shortened(party.name()), grouped(votes), share(votes), counted, seats, of_seats]);
        }
        rows.push(["all".into(), grouped(total), share(total), grouped(counted), grouped(given), of_seats(given)]);

        let columns: Vec<usize> = (0..6).filter(|&column| column != 3 || self.shows_counted()).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = columns.iter().map(|&column| width(column)).collect();
        let line = |row: &[String; 6]| {
            let mut text = String::new();
            for (&column, &width) in columns.iter().zip(&widths) {
                let (cell, padding) = (&row[column], width - row[column].width());
                match column {
                    0 => text += &format!("{cell}{:padding$}", ""),
                    _ => text += &format!("  {:padding$}{cell}", ""),
                }
            }
            text.trim_end().to_string()
        };
        rows.iter().map(line).collect()
    }
}

/// A name cut to the table's width.
fn shortened(name: &str) -> String {
    if name.width() <= NAME_WIDTH {
        return name.to_string();
    }
    let mut text = String::new();
    let mut width = 0;
    for letter in name.chars() {
        width += letter.width().unwrap_or(0);
        if width >= NAME_WIDTH {
            break;
        }
        text.push(letter);
    }
    text + "…"
}

//! The table of margins: for every party, votes to one seat more and to one seat fewer.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Margin, Margins};
use crate::error::Error;
use crate::insight::Table;
use crate::num::text::grouped;

/// Every party's votes to one seat more and to one fewer, with notes on what else happens then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarginTable {
    table: Table,
    notes: Vec<String>,
}

impl MarginTable {
    /// The table.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// What the numbers in brackets stand for, from 1.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A margin as a cell: the nearest place with it where there are several, and the number of its note.
    fn cell(&mut self, sign: char, margin: Option<Margin>) -> String {
        let Some(margin) = margin else { return "no number".to_string() };
        let most = if margin.is_proven() { "" } else { "<= " };
        let mut text = format!("{most}{sign}{}", grouped(margin.votes()));
        if let Some(place) = margin.place() {
            text = format!("{text} {place}");
        }
        let note = margin.note();
        if !note.is_empty() {
            let effects = margin.effects();
            let note = if effects.is_empty() { note } else { format!("{note}: {effects}") };
            let at = self.notes.iter().position(|known| *known == note).unwrap_or_else(|| {
                self.notes.push(note);
                self.notes.len() - 1
            });
            text = format!("{text} ({})", at + 1);
        }
        text
    }
}

impl Margins<'_> {
    /// Every party's [`gain`](Self::gain) and [`loss`](Self::loss) as a table, in several places those of the nearest place.
    ///
    /// # Errors
    /// As [`Question::fewest`](super::Question::fewest).
    pub fn table(&self) -> Result<MarginTable, Error> {
        let headings = ["party", "votes", "seats", "one more by", "one less by"];
        let mut made = MarginTable { table: Table::new("Votes to the next seat", &headings), notes: Vec::new() };
        for party in self.now.parties() {
            let name = party.name();
            let gain = made.cell('+', self.gain(name).fewest()?);
            let loss = match party.certain() {
                0 => String::new(),
                _ => made.cell('-', self.loss(name).fewest()?),
            };
            let seats = grouped(party.certain()) + if self.now.is_tied(name) { "+?" } else { "" };
            made.table.push([name.to_string(), grouped(party.votes()), seats, gain, loss]);
        }
        Ok(made)
    }
}

impl fmt::Display for MarginTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.table)?;
        for (at, note) in self.notes.iter().enumerate() {
            writeln!(f, "({}) {note}", at + 1)?;
        }
        Ok(())
    }
}

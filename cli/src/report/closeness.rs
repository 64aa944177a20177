//! How close it was: the closest change, and every party's votes to its next and from its last seat.

use anyhow::Result;
use apportion::Error;
use apportion::insight::{Margin, MarginTable, Margins};

use super::Page;
use super::frame::{html_table, note, paragraph, section};

/// The closest change and the table, or why there are none.
pub(super) struct Closeness {
    closest: Result<Option<Margin>, Error>,
    table: Result<MarginTable, Error>,
}

impl Page<'_> {
    pub(super) fn closeness(&self) -> Closeness {
        match Margins::new(&self.election.rule, &self.election.count) {
            Ok(margins) => Closeness { closest: margins.closest(), table: margins.table() },
            Err(error) => Closeness { closest: Err(error.clone()), table: Err(error) },
        }
    }
}

impl Closeness {
    /// What stands below the headline: the checks, and how close it was.
    pub(super) fn pills(&self, page: &Page<'_>) -> Result<Vec<(bool, String)>> {
        let mut pills = page.checks()?;
        if let Ok(Some(margin)) = &self.closest {
            let votes = crate::output::counted(margin.votes(), "vote", "votes");
            pills.push((true, format!("Closest change: {votes}")));
        }
        Ok(pills)
    }

    pub(super) fn html(&self) -> String {
        let mut text = match &self.closest {
            Ok(Some(closest)) => paragraph(&format!("The closest change: {closest}.")),
            Ok(None) => paragraph("No change of votes changes the result."),
            Err(error) => paragraph(&format!("How close it was is not known: {error}.")),
        };
        if let Ok(table) = &self.table {
            text += &html_table(table.table());
            for (number, words) in (1..).zip(table.notes()) {
                text += &note(&format!("({number}) {words}"));
            }
            text += &note(
                "More or fewer votes for this party alone, all other votes as they are. One vote fewer is not enough, \
                 except where it says at most.",
            );
        } else if let (Ok(_), Err(error)) = (&self.closest, &self.table) {
            text += &note(&format!("There is no table: {error}."));
        }
        section("close", "How close it was", &text)
    }
}

//! Tables for the terminal and for Markdown.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::num::layout::{self, Side};
use crate::num::markup::markdown;

/// Rows of text under headings; the first column is flush left, the others flush right.
///
/// It prints for a terminal, names cut so that it fits 80 columns, and as [Markdown](Self::to_markdown).
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 3).apply(&tally)?;
/// let tables = outcome.explain().tables();
/// assert_eq!(tables[0].headings()[0], "party");
/// println!("{:60}", tables[0]); // in 60 columns
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    title: &'static str,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(title: &'static str, headings: &[&str]) -> Self {
        Self { title, headings: headings.iter().map(ToString::to_string).collect(), rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: impl Into<Vec<String>>) {
        self.rows.push(row.into());
    }

    /// What it shows, in a few words; not printed with it.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// The headings.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The rows, each with as many cells as there are headings.
    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// The table in Markdown.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
    /// let outcome = Rule::new(AllocationMethod::HARE, 3).apply(&tally)?;
    /// let markdown = outcome.explain().tables()[0].to_markdown();
    /// assert!(markdown.starts_with("| party | votes | full seats |"));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| markdown(cell)).collect();
            alloc::format!("| {} |\n", cells.join(" | "))
        };
        let mut text = line(&self.headings);
        let rule = |column| if column == 0 { "---" } else { "---:" };
        let rules: Vec<&str> = (0..self.headings.len()).map(rule).collect();
        text += &alloc::format!("| {} |\n", rules.join(" | "));
        for row in &self.rows {
            text += &line(row);
        }
        text
    }
}

impl fmt::Display for Table {
    /// In 80 columns, or in as many as the format asks for: `{:120}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(layout::WIDTH);
        let shown = |row: &Vec<String>| row.iter().map(|cell| layout::escaped(cell)).collect::<Vec<String>>();
        let rows: Vec<Vec<String>> = core::iter::once(&self.headings).chain(&self.rows).map(shown).collect();
        layout::lines(&rows, &[Side::Left], width).iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

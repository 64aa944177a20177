//! Tables for the terminal and for Markdown.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of a terminal.
const WIDTH: usize = 80;
/// The first column is cut to what the others leave of these, but not below this.
const NARROWEST: usize = 12;

/// Rows of text under headings; the first column is flush left, the others flush right.
///
/// It prints for a terminal, names cut so that it fits 80 columns, and as [Markdown](Self::to_markdown).
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
    /// use apportion::insight::Explanation;
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
    /// let rule = Rule::new(AllocationMethod::HARE, 3);
    /// let explanation = Explanation::new(&rule, &tally)?;
    /// let markdown = explanation.tables()[0].to_markdown();
    /// assert!(markdown.starts_with("| party | votes | whole quotas |"));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = |column: usize| {
            let cells = core::iter::once(&self.headings).chain(&self.rows).filter_map(|line| line.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.headings.len()).map(widest).collect();
        let others: usize = widths.iter().skip(1).map(|width| width + 2).sum();
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(WIDTH.saturating_sub(others).max(NARROWEST));
        }
        let shown = |cells: &Vec<String>| -> Vec<String> {
            cells.iter().zip(&widths).map(|(cell, &width)| cut(cell, width)).collect()
        };
        let lines = core::iter::once(&self.headings).chain(&self.rows).map(shown);
        for line in lines {
            let mut text = String::new();
            for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                text +=
                    &if column == 0 { alloc::format!("{cell}{padding}") } else { alloc::format!("  {padding}{cell}") };
            }
            writeln!(f, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

/// A text cut to so many columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_string();
    }
    let mut short = String::new();
    let mut width = 0;
    for letter in text.chars() {
        width += letter.width().unwrap_or(0);
        if width >= columns {
            break;
        }
        short.push(letter);
    }
    short.trim_end().to_string() + "…"
}

//! Rows and columns, written for people, spreadsheets, documents or programs.

use std::io::{self, Write};

use apportion::insight::safe;
use serde_json::{Map, Value};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::{Format, STRONG, grouped, printable, width};

/// The columns that a name keeps in any case.
const LEAST_NAME: usize = 12;

/// A table of values: texts, numbers, `true` and `false`, or nothing.
pub(crate) struct Grid {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Grid {
    pub(crate) fn new<S: Into<String>>(columns: impl IntoIterator<Item = S>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row, which has a value a column.
    pub(crate) fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// Takes out the columns of these names.
    pub(crate) fn drop_columns(&mut self, names: &[&str]) {
        let keep: Vec<bool> = self.columns.iter().map(|column| !names.contains(&column.as_str())).collect();
        for row in &mut self.rows {
            let mut kept = keep.iter();
            row.retain(|_| kept.next() == Some(&true));
        }
        self.columns.retain(|column| !names.contains(&column.as_str()));
    }

    /// Writes all of it.
    pub(crate) fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Table => self.write_aligned(out),
            Format::Csv => self.write_csv(out),
            Format::Markdown => self.write_markdown(out),
            Format::Jsonl => self.objects().try_for_each(|row| writeln!(out, "{row}")),
            Format::Json => writeln!(out, "{}", Value::Array(self.objects().collect())),
        }
    }

    /// The rows as objects, for programs.
    pub(crate) fn objects(&self) -> impl Iterator<Item = Value> + '_ {
        self.rows.iter().map(|row| {
            let keys = self.columns.iter().map(|column| column.replace(' ', "_"));
            let pairs = keys.zip(row.iter().cloned());
            Value::Object(pairs.collect::<Map<String, Value>>())
        })
    }

    /// Whether a column holds numbers, and is set to the right.
    fn is_numeric(&self, column: usize) -> bool {
        let of_numbers = |value: &Value| match value {
            Value::Number(_) | Value::Null => true,
            // "3 or 4", "7.47%", "+1,234", "-"
            Value::String(text) => text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '–')),
            _ => false,
        };
        column > 0 && self.rows.iter().all(|row| of_numbers(&row[column]))
    }

    fn write_aligned(&self, out: &mut dyn Write) -> io::Result<()> {
        let cells: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(for_people).collect()).collect();
        let widest = |column: usize| {
            let cells = cells.iter().map(|row| row[column].width());
            cells.chain([self.columns[column].width()]).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.columns.len()).map(widest).collect();
        // Names give way where a line would be too long.
        let all = widths.iter().map(|width| width + 2).sum::<usize>() - 2;
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(first.saturating_sub(all.saturating_sub(width())).max(LEAST_NAME));
        }
        let right: Vec<bool> = (0..self.columns.len()).map(|column| self.is_numeric(column)).collect();
        let line = |cells: &[String]| {
            let mut text = String::new();
            for (column, cell) in cells.iter().enumerate() {
                let cell = &cut(cell, widths[column]);
                let padding = " ".repeat(widths[column] - cell.width());
                let gap = if column == 0 { "" } else { "  " };
                text += &if right[column] { format!("{gap}{padding}{cell}") } else { format!("{gap}{cell}{padding}") };
            }
            text.trim_end().to_string()
        };
        writeln!(out, "{STRONG}{}{STRONG:#}", line(&self.columns))?;
        cells.iter().try_for_each(|row| writeln!(out, "{}", line(row)))
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", csv_line(&self.columns))?;
        for row in &self.rows {
            writeln!(out, "{}", csv_line(&row.iter().map(for_programs).collect::<Vec<_>>()))?;
        }
        Ok(())
    }

    fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| safe::markdown(cell)).collect();
            format!("| {} |", cells.join(" | "))
        };
        writeln!(out, "{}", line(&self.columns))?;
        let rules = (0..self.columns.len()).map(|column| if self.is_numeric(column) { "---:" } else { "---" });
        writeln!(out, "| {} |", rules.collect::<Vec<_>>().join(" | "))?;
        for row in &self.rows {
            writeln!(out, "{}", line(&row.iter().map(for_documents).collect::<Vec<_>>()))?;
        }
        Ok(())
    }
}

/// One line of a table for spreadsheets, quoted where it must be.
pub(crate) fn csv_line(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",")
}

/// A text of at most `width` columns.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if short.width() + letter.width().unwrap_or(0) >= width {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

fn for_people(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string(), grouped),
        Value::String(text) => printable(text),
        other => for_programs(other),
    }
}

/// As for people; Markdown shows texts safely by itself.
fn for_documents(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => for_people(other),
    }
}

fn for_programs(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        let mut grid = Grid::new(["party", "votes", "note"]);
        grid.push(vec!["A, \"B\" | C".into(), 1_234_u64.into(), Value::Null]);
        grid.push(vec!["\u{1b}[31mŻ".into(), 5_u64.into(), "x".into()]);
        let mut out = Vec::new();
        grid.write(format, &mut anstream::StripStream::new(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn people_see_aligned_columns_and_no_control_characters() {
        let lines = ["party        votes  note", "A, \"B\" | C   1,234", "\\u{1b}[31mŻ      5  x"];
        assert_eq!(written(Format::Table).lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn long_names_are_cut_and_numbers_never() {
        let mut grid = Grid::new(["party", "votes"]);
        grid.push(vec!["a very long name ".repeat(9).into(), u64::MAX.into()]);
        let mut out = Vec::new();
        grid.write(Format::Table, &mut anstream::StripStream::new(&mut out)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.width() <= 80), "{text}");
        assert!(text.ends_with("…  18,446,744,073,709,551,615\n"), "{text}");
    }

    #[test]
    fn spreadsheets_and_documents_get_what_would_break_them_escaped() {
        assert_eq!(written(Format::Csv).lines().nth(1), Some("\"A, \"\"B\"\" | C\",1234,"));
        assert_eq!(written(Format::Markdown).lines().nth(1), Some("| --- | ---: | --- |"));
        assert_eq!(written(Format::Markdown).lines().nth(2), Some("| A, \"B\" \\| C | 1,234 |  |"));
    }
}

//! Text in columns: escaped, cut, padded and folded for a terminal.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::letters::is_hidden;

/// The columns of a terminal that nobody has asked about.
pub(crate) const WIDTH: usize = 80;
/// The first column is cut to what the others leave, but not below this.
const NARROWEST: usize = 12;

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// A text with control characters, and others that nobody sees and that act on what stands round them, as escapes.
pub(crate) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// A text cut to so many columns.
pub(crate) fn cut(text: &str, columns: usize) -> String {
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

/// A text in lines of so many columns; all but the first begin with so many spaces.
pub(crate) fn fold(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let fits = line.width() + 1 + word.width() <= columns;
        if !line.trim_start().is_empty() && !fits {
            lines.push(line.trim_end().to_string());
            line = " ".repeat(indent) + word;
        } else {
            if !line.trim_start().is_empty() {
                line.push(' ');
            }
            line += word;
        }
    }
    lines.push(line.trim_end().to_string());
    lines
}

/// Rows as lines, two spaces between columns; where they are wider than `columns`, the first column is cut, then others with
/// words in them, but no number.
pub(crate) fn lines(rows: &[Vec<String>], sides: &[Side], columns: usize) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0; count];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let others: usize = widths.iter().skip(1).map(|width| width + 2).sum();
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(columns.saturating_sub(others).max(NARROWEST));
    }
    let has_words =
        |at: usize| rows.iter().skip(1).filter_map(|row| row.get(at)).any(|cell| cell.contains(char::is_alphabetic));
    let all = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    while all(&widths) > columns {
        let wide = (1..count).filter(|&at| widths[at] > NARROWEST && has_words(at)).max_by_key(|&at| widths[at]);
        let Some(widest) = wide else { break };
        widths[widest] -= 1;
    }
    let line = |row: &Vec<String>| {
        let mut text = String::new();
        for (at, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let cell = cut(cell, width);
            let padding = " ".repeat(width.saturating_sub(cell.width()));
            text += if at > 0 { "  " } else { "" };
            text += &match sides.get(at).unwrap_or(&Side::Right) {
                Side::Left => cell + &padding,
                Side::Right => padding + &cell,
            };
        }
        text.trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_folded_between_words_and_indented() {
        assert_eq!(fold("one two three", 8, 2), ["one two", "  three"]);
    }

    #[test]
    fn control_characters_are_shown_as_escapes() {
        assert_eq!(escaped("A\u{1b}[31m\nB"), "A\\u{1b}[31m\\nB");
    }

    #[test]
    fn words_are_cut_where_the_first_column_is_not_enough_and_numbers_are_not() {
        let row = |cells: [&str; 3]| cells.map(ToString::to_string).to_vec();
        let rows = [row(["a", "who", "votes"]), row(["b", "a name without an end", "1,000,000,000,000"])];
        assert_eq!(lines(&rows, &[Side::Left], 35)[1], "b  a name witho…  1,000,000,000,000");
    }

    #[test]
    fn the_first_column_is_cut_last_and_never_below_twelve() {
        let rows = [vec!["a very long name of a party".to_string(), "12".to_string()]];
        assert_eq!(lines(&rows, &[Side::Left], 20), ["a very long nam…  12"]);
        assert_eq!(lines(&rows, &[Side::Left], 3), ["a very long…  12"]);
    }
}

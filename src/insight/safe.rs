//! Names and notes of others where they are shown: on a terminal, in HTML and in Markdown.
//!
//! What this crate prints is safe already. These are for whoever prints names beside it: a name may hold an end of line, a
//! turn of the direction of writing or a piece of HTML, and a reader must see that it does.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::num::{layout, letters, markup};

/// A text for a terminal or a plain file: control characters, and others that nobody sees and that act on what stands round
/// them, are shown as escapes.
///
/// # Examples
/// ```
/// use apportion::insight::safe;
///
/// assert_eq!(safe::plain("Nur Otan"), "Nur Otan");
/// assert_eq!(safe::plain("A\u{1b}[2J\u{202e}B"), "A\\u{1b}[2J\\u{202e}B");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    layout::escaped(text)
}

/// A text for HTML and XML, in an element or between double quotes.
///
/// # Examples
/// ```
/// use apportion::insight::safe;
///
/// assert_eq!(safe::html("<b>A & B</b>"), "&lt;b&gt;A &amp; B&lt;/b&gt;");
/// ```
#[must_use]
pub fn html(text: &str) -> String {
    markup::html(text)
}

/// A text for Markdown, in a paragraph, a list or a cell of a table: no link, no HTML, no emphasis, one line.
///
/// # Examples
/// ```
/// use apportion::insight::safe;
///
/// assert_eq!(safe::markdown("[A](b) | C"), "\\[A\\](b) \\| C");
/// ```
#[must_use]
pub fn markdown(text: &str) -> String {
    markup::markdown(text)
}

/// Whether a text holds letters that nobody sees and that act on what stands round them: control characters, ends of line,
/// turns of the direction of writing, spaces without width.
///
/// # Examples
/// ```
/// use apportion::insight::safe;
///
/// assert!(safe::hides("A\u{200b}B") && !safe::hides("Ақ жол"));
/// ```
#[must_use]
pub fn hides(text: &str) -> bool {
    letters::hides(text)
}

/// Pairs of different names that a reader would take for one, each name with the first that it is like.
///
/// They differ by spaces, by letters that nobody sees, or by how letters with marks are composed in Latin, Greek, Cyrillic,
/// Arabic, kana and hangul. Letters of two scripts that look alike, and capitals, are told apart.
///
/// # Examples
/// ```
/// use apportion::insight::safe;
///
/// let names = ["Nur Otan", "Ak Zhol", "NurOtan", "Caf\u{e9}", "Cafe\u{301}"];
/// let alike = safe::alike(names);
/// assert_eq!(alike, [("Nur Otan".into(), "NurOtan".into()), ("Caf\u{e9}".into(), "Cafe\u{301}".into())]);
/// ```
#[must_use]
pub fn alike<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<(String, String)> {
    let pairs = letters::alike(names.into_iter());
    pairs.into_iter().map(|(first, second)| (first.to_string(), second.to_string())).collect()
}

//! Pictures as SVG, drawn with nothing but text.
//!
//! They are 360 units wide, so that their letters can be read on a telephone as well. Nothing is told by colour alone:
//! parties bear a number, and names and figures stand in rows of their own and cannot overlap. What is filled is won; a dashed
//! outline is not won, or not yet. Each picture says in its title what it shows.
//!
//! # Examples
//! ```
//! use apportion::insight::picture::{Colours, hemicycle};
//! use apportion::{AllocationMethod, Rule, Tally};
//!
//! let tally = Tally::from_votes([("A & B", 53), ("C", 24), ("D", 23)])?;
//! let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
//! let svg = hemicycle(&outcome, &Colours::new().with("C", "#c00"));
//! assert!(svg.starts_with("<svg ") && svg.contains("A &amp; B"));
//! # Ok::<(), apportion::Error>(())
//! ```

// Pictures are drawn in floats; nothing is decided by them.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod bars;
mod cut;
mod hemicycle;
mod matrix;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

pub use bars::bars;
pub use cut::{quotients, remainders};
pub use hemicycle::hemicycle;
pub use matrix::matrix;

use unicode_width::UnicodeWidthChar;

/// The width of every picture.
const WIDTH: f64 = 360.0;

/// Colours by party, as CSS writes them; of the others, the first eight get one each that stays apart for colour-blind eyes,
/// too (M. Okabe and K. Ito, *Color Universal Design*, 2002), and the rest share a grey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colours(BTreeMap<String, String>);

const PALETTE: [&str; 8] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555", "#603000"];
const REST: &str = "#d9d9d6";

impl Colours {
    /// No colours of one's own.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The same with a party's colour: `"#c00"`, `"teal"`.
    #[must_use]
    pub fn with(mut self, party: impl Into<String>, colour: impl Into<String>) -> Self {
        self.0.insert(party.into(), colour.into());
        self
    }

    fn of(&self, index: usize, party: &str) -> String {
        let own = self.0.get(party).map(String::as_str);
        escape(own.unwrap_or(PALETTE.get(index).unwrap_or(&REST)))
    }
}

/// An SVG with a title for those who cannot see it.
fn svg(height: f64, title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"system-ui, sans-serif\" font-size=\"11\" fill=\"#222\">\n\
         <title>{title}</title>\n{body}</svg>\n"
    )
}

/// Text as XML takes it, without the characters that it forbids.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            control if control < ' ' || ['\u{fffe}', '\u{ffff}'].contains(&control) => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Text that begins at a point.
fn text(x: f64, y: f64, content: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>\n", escape(content))
}

/// Text that ends at a point.
fn text_end(x: f64, y: f64, content: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>\n", escape(content))
}

/// A name on the left and figures on the right of one row; the name is cut to what the figures leave.
fn row((left, right): (f64, f64), y: f64, name: &str, figures: &str) -> String {
    let room = right - left - width(figures) - 8.0;
    text(left, y, &shortened(name, room)) + &text_end(right, y, figures)
}

/// A text cut to a width.
fn shortened(name: &str, room: f64) -> String {
    if width(name) <= room {
        return name.into();
    }
    let mut short = String::new();
    let mut left = room - width("…");
    for letter in name.chars() {
        left -= letter_width(letter);
        if left < 0.0 {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

/// How wide a text of the usual size is, or rather wider: letters of a wide font.
fn width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' => 3.7,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 10.8,
        '0'..='9' => 7.0,
        _ if letter.is_uppercase() => 8.2,
        _ => match letter.width() {
            Some(0) => 0.0,
            Some(2) => 11.5,
            _ => 6.9,
        },
    }
}

/// How a seat was won, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Won,
    /// By a later tier than others of the party.
    WonLater,
    Open,
}

/// A seat: filled, filled with a light centre, or a dashed outline.
fn mark(x: f64, y: f64, radius: f64, kind: Kind, colour: &str) -> String {
    let (line, inside) = (radius * 0.16, radius * 0.42);
    let disc = format!(
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.2}\" fill=\"{colour}\" stroke=\"#222\" stroke-width=\"{line:.2}\"/>"
    );
    match kind {
        Kind::Won => disc + "\n",
        Kind::WonLater => disc + &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{inside:.2}\" fill=\"#fff\"/>\n"),
        Kind::Open => format!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.2}\" fill=\"none\" stroke=\"#555\" stroke-width=\"{:.2}\" stroke-dasharray=\"2 1.5\"/>\n",
            radius * 0.85,
            radius * 0.25
        ),
    }
}

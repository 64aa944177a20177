//! Colours: a palette that colour-blind eyes tell apart, edges that stand out from the ground, and the same in the dark.

use alloc::format;
use alloc::string::{String, ToString};

use crate::num::markup::html;

/// Colours that stay apart for protanopes and deuteranopes, too: M. Okabe and K. Ito, *Color Universal Design*, 2002, without
/// yellow and black, which are lost on paper and beside letters, and with a grey and a brown.
const PALETTE: [&str; super::style::COLOURED] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555", "#603000"];
/// What the others share.
pub(super) const REST: &str = "#d9d9d6";
/// The contrast of an edge against the ground (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;

const INK: [f64; 3] = [22.0, 25.0, 29.0];
const PAPER: [f64; 3] = [255.0, 255.0, 255.0];
const DARK_PAPER: [f64; 3] = [20.0, 23.0, 26.0];

/// A neutral colour, by day and in the dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Letters and lines.
    Ink,
    /// Letters of less weight.
    Soft,
    /// The ground.
    Paper,
    /// What lies behind a bar.
    Panel,
    /// Thin lines.
    Edge,
    /// What is won; always with a sign or a word.
    Good,
    /// What is lost, likewise.
    Bad,
}

impl Tone {
    pub(super) const fn light(self) -> &'static str {
        match self {
            Self::Ink => "#16191d",
            Self::Soft => "#4a5058",
            Self::Paper => "#ffffff",
            Self::Panel => "#f0eee8",
            Self::Edge => "#80858b",
            Self::Good => "#17623a",
            Self::Bad => "#a1201a",
        }
    }

    pub(super) const fn dark(self) -> &'static str {
        match self {
            Self::Ink => "#efede7",
            Self::Soft => "#b4b8bd",
            Self::Paper => "#14171a",
            Self::Panel => "#262b30",
            Self::Edge => "#868c93",
            Self::Good => "#86d9a8",
            Self::Bad => "#ffa199",
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Ink => "ink",
            Self::Soft => "soft",
            Self::Paper => "paper",
            Self::Panel => "panel",
            Self::Edge => "edge",
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }
}

/// A party's colour with an edge that can be seen on the ground, by day and in the dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paint {
    pub(super) fill: String,
    pub(super) edge: String,
    /// Fill and edge in the dark; none for a colour that is a word.
    pub(super) dark: Option<String>,
}

impl Paint {
    /// The colour that a palette has at this place, or the grey of the rest.
    pub(super) fn of_palette(at: usize) -> Self {
        Self::new(PALETTE.get(at).unwrap_or(&REST))
    }

    pub(super) fn new(colour: &str) -> Self {
        match read(colour) {
            Some(parts) => Self {
                fill: written(parts),
                edge: written(standing_out(parts, INK, PAPER)),
                dark: Some(written(standing_out(parts, PAPER, DARK_PAPER))),
            },
            None if is_colour(colour) => Self { fill: html(colour), edge: Tone::Ink.light().to_string(), dark: None },
            None => Self::new(REST),
        }
    }

    /// The class that its marks bear, if it has another colour in the dark.
    pub(super) fn class(&self) -> Option<String> {
        self.dark.as_ref().map(|_| format!("p{}", &self.fill[1..]))
    }
}

/// Whether a text can only be a colour: a name, digits after `#`, or a function of CSS with numbers. A picture asks for
/// nothing from elsewhere.
fn is_colour(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if let Some(digits) = text.strip_prefix('#') {
        return digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((name, rest)) => {
            let is_number = |byte: u8| byte.is_ascii_digit() || b" ,.%/-".contains(&byte);
            is_name(name) && rest.bytes().all(is_number)
        }
        None => is_name(text),
    }
}

/// `#rgb` or `#rrggbb`.
fn read(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.is_ascii())?;
    let (length, scale) = match digits.len() {
        3 => (1, 17),
        6 => (2, 1),
        _ => return None,
    };
    let mut parts = [0.0; 3];
    for (at, part) in parts.iter_mut().enumerate() {
        let number = u8::from_str_radix(digits.get(at * length..(at + 1) * length)?, 16).ok()?;
        *part = f64::from(number * scale);
    }
    Some(parts)
}

fn written(parts: [f64; 3]) -> String {
    let [red, green, blue] = parts.map(|part| libm::round(part) as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour mixed with another in steps of 4% until it stands out from the ground.
fn standing_out(colour: [f64; 3], with: [f64; 3], ground: [f64; 3]) -> [f64; 3] {
    let mixed = |step: u8| {
        let part = f64::from(step) * 0.04;
        let mut parts = colour;
        parts.iter_mut().zip(with).for_each(|(own, other)| *own = *own * (1.0 - part) + other * part);
        parts
    };
    (0..=25).map(mixed).find(|&mixed| contrast(mixed, ground) >= CONTRAST).unwrap_or(with)
}

/// The contrast of two colours (WCAG 2.2, relative luminance).
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [red, green, blue] = colour.map(|part| {
            let part = libm::round(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

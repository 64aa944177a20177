//! What a picture is drawn on: marks, lines and letters, and the SVG round them.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use unicode_width::UnicodeWidthChar;

use super::ink::{Paint, Tone};
use crate::num::markup::html;

/// Where a text begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters {
    pub(super) size: f64,
    pub(super) is_bold: bool,
    pub(super) anchor: Anchor,
    pub(super) tone: Tone,
}

impl Letters {
    pub(super) const fn of(size: f64) -> Self {
        Self { size, is_bold: false, anchor: Anchor::Start, tone: Tone::Ink }
    }

    pub(super) const fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    pub(super) const fn soft(self) -> Self {
        Self { tone: Tone::Soft, ..self }
    }

    pub(super) const fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    pub(super) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// How wide a text is, or rather wider: letters of a wide font.
    pub(super) fn width(self, text: &str) -> f64 {
        let wide: f64 = text.chars().map(letter_width).sum();
        wide * self.size * if self.is_bold { 1.08 } else { 1.0 }
    }

    /// A text cut to a width.
    pub(super) fn cut(self, text: &str, room: f64) -> String {
        if self.width(text) <= room {
            return text.into();
        }
        let mut short = String::new();
        let mut left = room - self.width("…");
        for letter in text.chars() {
            left -= self.width(letter.encode_utf8(&mut [0; 4]));
            if left < 0.0 {
                break;
            }
            short.push(letter);
        }
        format!("{}…", short.trim_end())
    }
}

/// How a seat is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Won, by the part of the law with this number: the first is full, later ones have a light centre.
    Won(usize),
    /// Not won, or not yet: a dashed outline.
    Open,
}

/// A picture while it is drawn.
#[derive(Debug)]
pub(super) struct Canvas {
    width: f64,
    body: String,
    /// Colours in the dark, by class.
    dark: BTreeMap<String, String>,
}

impl Canvas {
    pub(super) const fn new(width: f64) -> Self {
        Self { width, body: String::new(), dark: BTreeMap::new() }
    }

    pub(super) const fn width(&self) -> f64 {
        self.width
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), letters: Letters, content: &str) {
        let anchor = match letters.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if letters.is_bold { " font-weight=\"700\"" } else { "" };
        let (class, fill) = (letters.tone.class(), letters.tone.light());
        self.body += &format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\"{anchor}{weight} class=\"{class}\" fill=\"{fill}\">{}</text>\n",
            letters.size,
            html(content)
        );
    }

    /// A name on the left and figures on the right of one row; the name is cut to what the figures leave.
    pub(super) fn row(&mut self, (left, right): (f64, f64), y: f64, name: (&str, Letters), figures: (&str, Letters)) {
        let room = right - left - figures.1.width(figures.0) - 8.0;
        self.text((left, y), name.1, &name.1.cut(name.0, room));
        self.text((right, y), figures.1.at(Anchor::End), figures.0);
    }

    /// A line along a path.
    pub(super) fn line(&mut self, path: &str, width: f64, tone: Tone) {
        let (class, stroke) = (tone.class(), tone.light());
        self.body += &format!(
            "<path d=\"{path}\" fill=\"none\" class=\"l{class}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>\n"
        );
    }

    /// A rectangle of a neutral colour.
    pub(super) fn block(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), tone: Tone) {
        let (class, fill) = (tone.class(), tone.light());
        self.body += &format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" class=\"{class}\" \
             fill=\"{fill}\"/>\n"
        );
    }

    /// A rectangle of a party's colour.
    pub(super) fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), paint: &Paint) {
        if width > 0.0 {
            let look = self.look(paint);
            self.body += &format!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" {look}/>\n"
            );
        }
    }

    /// A dashed outline: what is not won, or not yet.
    pub(super) fn outline(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let (class, stroke) = (Tone::Edge.class(), Tone::Edge.light());
        self.body += &format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" fill=\"none\" \
             class=\"l{class}\" stroke=\"{stroke}\" stroke-width=\"1.2\" stroke-dasharray=\"3 2\"/>\n"
        );
    }

    /// A closed path of a party's colour; a dashed outline where it is open.
    pub(super) fn shape(&mut self, path: &str, kind: Kind, paint: &Paint) {
        if kind == Kind::Open {
            self.dashed(&format!("<path d=\"{path}\""), 1.2);
            return;
        }
        let look = self.look(paint);
        let opacity = if kind == Kind::Won(0) { "" } else { " fill-opacity=\"0.6\"" };
        self.body += &format!("<path d=\"{path}\" {look}{opacity}/>\n");
    }

    /// A seat as a disc.
    pub(super) fn disc(&mut self, (x, y): (f64, f64), radius: f64, kind: Kind, paint: &Paint) {
        let Kind::Won(part) = kind else {
            let radius = radius * 0.9;
            self.dashed(
                &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.2}\""),
                (radius * 0.1).clamp(1.0, 1.8),
            );
            return;
        };
        let look = self.look(paint);
        self.body += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.2}\" {look}/>\n");
        self.centre((x, y), radius, part);
    }

    /// A seat as a square round a point.
    pub(super) fn square(&mut self, (x, y): (f64, f64), half: f64, kind: Kind, paint: &Paint) {
        let at = format!("<rect x=\"{:.1}\" y=\"{:.1}\"", x - half, y - half);
        let size = half * 2.0;
        let Kind::Won(part) = kind else {
            self.dashed(&format!("{at} width=\"{size:.1}\" height=\"{size:.1}\" rx=\"2\""), 1.2);
            return;
        };
        let look = self.look(paint);
        self.body += &format!("{at} width=\"{size:.1}\" height=\"{size:.1}\" rx=\"2\" {look}/>\n");
        self.centre((x, y), half, part);
    }

    /// What tells seats of a later part of the law: a light centre, round, then square, then a bar.
    fn centre(&mut self, (x, y): (f64, f64), radius: f64, part: usize) {
        let (class, fill) = (Tone::Paper.class(), Tone::Paper.light());
        let inside = radius * 0.45;
        let (wide, high) = if part == 2 { (inside, inside) } else { (radius * 0.6, inside * 0.5) };
        self.body += &match part {
            0 => return,
            1 => {
                format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{inside:.2}\" class=\"{class}\" fill=\"{fill}\"/>\n")
            }
            _ => format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" class=\"{class}\" fill=\"{fill}\"/>\n",
                x - wide,
                y - high,
                wide * 2.0,
                high * 2.0
            ),
        };
    }

    fn dashed(&mut self, tag: &str, width: f64) {
        let (class, stroke) = (Tone::Ink.class(), Tone::Ink.light());
        self.body += &format!(
            "{tag} fill=\"none\" class=\"l{class}\" stroke=\"{stroke}\" stroke-width=\"{width:.1}\" stroke-dasharray=\"3 2\"/>\n"
        );
    }

    /// The attributes of a party's mark.
    fn look(&mut self, paint: &Paint) -> String {
        let class = match (paint.class(), &paint.dark) {
            (Some(class), Some(dark)) => {
                self.dark.entry(class.clone()).or_insert_with(|| dark.clone());
                format!("class=\"{class}\" ")
            }
            _ => String::new(),
        };
        format!("{class}fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"", paint.fill, paint.edge)
    }

    /// The picture: what it finds as its title, all its numbers as its description, on a ground of its own.
    pub(super) fn finish(self, height: f64, title: &str, description: &str) -> String {
        let tones = [Tone::Ink, Tone::Soft, Tone::Paper, Tone::Panel, Tone::Edge, Tone::Good, Tone::Bad];
        let mut rules: Vec<String> = tones
            .iter()
            .map(|tone| {
                let (class, dark) = (tone.class(), tone.dark());
                format!("svg.seats .{class}{{fill:{dark}}}svg.seats .l{class}{{stroke:{dark}}}")
            })
            .collect();
        let parties = self.dark.iter().map(|(class, dark)| format!("svg.seats .{class}{{fill:{dark};stroke:{dark}}}"));
        rules.extend(parties);
        let (title, description) = (html(title), html(description));
        let (width, paper) = (self.width, Tone::Paper.light());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" class=\"seats\" role=\"img\" \
             aria-label=\"{title} {description}\" font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif\">\n\
             <title>{title}</title>\n<desc>{description}</desc>\n\
             <style>@media screen and (prefers-color-scheme: dark){{{}}}</style>\n\
             <rect width=\"{width:.0}\" height=\"{height:.0}\" class=\"paper\" fill=\"{paper}\"/>\n{}</svg>\n",
            rules.concat(),
            self.body
        )
    }
}

/// The width of a letter, in parts of its size.
fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 0.98,
        '0'..='9' => 0.64,
        _ if letter.is_uppercase() => 0.75,
        _ => match letter.width() {
            Some(0) => 0.0,
            Some(2) => 1.05,
            _ => 0.63,
        },
    }
}

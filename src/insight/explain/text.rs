//! An explanation as text for a terminal and as Markdown.

use core::fmt;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Explanation, Part};
use crate::num::layout::{WIDTH, escaped, fold};
use crate::num::markup::markdown;

/// What stands before the lines of a numbered step.
const INDENT: usize = 3;

impl Explanation<'_> {
    fn title(&self) -> String {
        let place = self.place.and_then(|place| self.outcome.places().get(place.index() - 1));
        match place {
            Some(place) => format!("Why these seats in {}", escaped(place.name())),
            None => "Why these seats".into(),
        }
    }

    /// The law and where it stands.
    fn opening(&self) -> Vec<String> {
        let law = self.law.map(|law| format!("{law}")).unwrap_or_default();
        let law = law.split('\n').filter(|line| !line.is_empty()).map(|line| format!("The law: {}", escaped(line)));
        law.chain(self.sources.iter().map(|source| format!("Source: {}", escaped(source)))).collect()
    }

    /// The explanation in lines of so many columns.
    fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::from([self.title()]);
        lines.extend(self.opening().iter().flat_map(|line| fold(line, width, 2)));
        let inside = width.saturating_sub(INDENT);
        let mut number = 0;
        for section in self.sections() {
            if let Some(heading) = section.heading {
                lines.push(String::new());
                lines.extend(fold(&escaped(&heading), width, 2));
            }
            for (begins, part) in section.parts {
                let block: Vec<String> = match &part {
                    Part::Text(text) => fold(&escaped(text), inside, 0),
                    Part::Lines(list) => list.iter().flat_map(|line| fold(&escaped(line), inside, 5)).collect(),
                    Part::Table(table) => format!("{table:inside$}").lines().map(String::from).collect(),
                };
                if begins || !matches!(part, Part::Lines(_)) {
                    lines.push(String::new());
                }
                number += usize::from(begins);
                for (at, line) in block.iter().enumerate() {
                    let before = if begins && at == 0 {
                        format!("{:<INDENT$}", format!("{number}."))
                    } else {
                        " ".repeat(INDENT)
                    };
                    lines.push(format!("{before}{line}"));
                }
            }
        }
        lines
    }

    /// The explanation in Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = format!("# {}\n", markdown(&self.title()));
        for line in self.opening() {
            text += &format!("\n{}\n", markdown(&line));
        }
        for section in self.sections() {
            if let Some(heading) = section.heading {
                text += &format!("\n## {}\n", markdown(&heading));
            }
            for (_, part) in section.parts {
                text.push('\n');
                text += &match part {
                    Part::Text(paragraph) => markdown(&paragraph) + "\n",
                    Part::Lines(list) => list.iter().map(|line| format!("- {}\n", markdown(line))).collect(),
                    Part::Table(table) => table.to_markdown(),
                };
            }
        }
        text
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines(f.width().unwrap_or(WIDTH)).iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

//! All mutants of a file in one text, each behind its switch; lines stay where they were.

use std::collections::HashSet;
use std::fmt::Write;
use std::ops::Range;

use crate::find::{Form, Site};

/// A file with its mutants in it.
#[derive(Default)]
pub struct Spliced {
    pub text: String,
    /// The bytes that are a mutant's alone.
    own: Vec<(Range<usize>, usize)>,
    /// The bytes of a site, with its mutants.
    sites: Vec<(Range<usize>, Vec<usize>)>,
}

/// Writes the sites of a file into its text; mutants are numbered from `first`, and those in `dropped` are left out.
pub fn splice(text: &str, sites: &[Site], first: usize, dropped: &HashSet<usize>) -> Spliced {
    let mut numbered = Vec::new();
    let mut id = first;
    for site in sites {
        let living = site.mutants.iter().enumerate().map(|(at, (text, _))| (id + at, text.as_str()));
        let living: Vec<_> = living.filter(|(id, _)| !dropped.contains(id)).collect();
        id += site.mutants.len();
        if !living.is_empty() {
            numbered.push((site, living));
        }
    }
    let mut spliced = Spliced::default();
    spliced.write(text, 0..text.len(), &numbered);
    spliced
}

type Numbered<'a> = (&'a Site, Vec<(usize, &'a str)>);

impl Spliced {
    fn write(&mut self, text: &str, range: Range<usize>, sites: &[Numbered<'_>]) {
        let mut from = range.start;
        let mut rest = sites;
        while let [(site, mutants), after @ ..] = rest {
            self.text.push_str(&text[from..site.range.start]);
            let inner =
                after.iter().take_while(|(inner, _)| inner.range.end <= site.range.end && !site.range.is_empty());
            let (inner, after) = after.split_at(inner.count());
            let start = self.text.len();
            match site.form {
                Form::Return => self.each(mutants, " if ", |value| format!("return {value};"), ""),
                Form::Never => self.each(mutants, " if !", |_| String::new(), ""),
                Form::Instead => {
                    self.text.push('(');
                    self.each(mutants, "if ", ToString::to_string, " else ");
                    self.text.push_str("{ ");
                    self.write(text, site.range.clone(), inner);
                    self.text.push_str(" })");
                }
            }
            self.sites.push((start..self.text.len(), mutants.iter().map(|&(id, _)| id).collect()));
            from = site.range.end;
            rest = after;
        }
        self.text.push_str(&text[from..range.end]);
    }

    /// Every mutant of a site behind its switch.
    fn each(&mut self, mutants: &[(usize, &str)], before: &str, write: impl Fn(&str) -> String, after: &str) {
        for &(id, text) in mutants {
            let start = self.text.len();
            let _ = write!(self.text, "{before}crate::mutant::on({id})");
            let text = write(text);
            if !text.is_empty() {
                let _ = write!(self.text, " {{ {text} }}");
            }
            self.own.push((start..self.text.len(), id));
            self.text.push_str(after);
        }
    }

    /// The mutants of the innermost site around some bytes.
    pub fn around(&self, bytes: &Range<usize>) -> Vec<usize> {
        let around = self.sites.iter().filter(|(range, _)| range.start <= bytes.start && bytes.end <= range.end);
        around.min_by_key(|(range, _)| range.len()).map(|(_, ids)| ids.clone()).unwrap_or_default()
    }

    /// The mutant whose own some bytes are.
    pub fn own_at(&self, bytes: &Range<usize>) -> Option<usize> {
        let own = self.own.iter().filter(|(range, _)| range.start <= bytes.start && bytes.end <= range.end);
        own.min_by_key(|(range, _)| range.len()).map(|&(_, id)| id)
    }
}

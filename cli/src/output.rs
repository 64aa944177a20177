//! Where answers go, in which format, and in which colours.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anstream::{AutoStream, ColorChoice as Choice, StripStream};
use anstyle::{AnsiColor, Style};
use anyhow::{Context, Result, bail};
use apportion::insight::safe;
use clap::{Args, ColorChoice, ValueEnum};
use unicode_width::UnicodeWidthStr;

/// What matters most: a result, a heading.
pub(crate) const STRONG: Style = Style::new().bold();
/// As it should be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Open.
pub(crate) const OPEN: Style = AnsiColor::Yellow.on_default();
/// Wrong.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Less important.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs: one value
    Json,
    /// For programs: a value a line
    Jsonl,
    /// For spreadsheets
    Csv,
    /// For documents
    Markdown,
}

/// Where and how a command writes.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// How to write the answer: table, json, jsonl, csv or markdown
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: Target,
}

/// Where a command writes.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Target {
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Target {
    /// For text with colours, which only a terminal gets.
    pub(crate) fn styled(&self) -> Result<Box<dyn Write>> {
        Ok(match &self.output {
            Some(_) => Box::new(BufWriter::new(StripStream::new(self.file()?))),
            None => Box::new(BufWriter::new(anstream::stdout().lock())),
        })
    }

    /// For what is to be written as it is.
    pub(crate) fn plain(&self) -> Result<Box<dyn Write>> {
        Ok(match &self.output {
            Some(_) => Box::new(BufWriter::new(self.file()?)),
            None => Box::new(BufWriter::new(std::io::stdout().lock())),
        })
    }

    fn file(&self) -> Result<File> {
        let path = self.output.as_deref().unwrap_or(std::path::Path::new("-"));
        File::create(path).with_context(|| format!("{}: it cannot be written", path.display()))
    }
}

/// The columns of a line that nobody has asked about.
pub(crate) const WIDTH: usize = 80;
/// Below this no table can be read.
const NARROWEST: usize = 40;

static COLUMNS: AtomicUsize = AtomicUsize::new(WIDTH);

/// Reads a number of columns.
pub(crate) fn columns(text: &str) -> Result<usize> {
    let columns: usize = text.parse().with_context(|| format!("{text:?} is no number of columns"))?;
    if columns < NARROWEST {
        bail!("a table needs {NARROWEST} columns, and {columns} are fewer");
    }
    Ok(columns)
}

/// Takes the columns of a line for all that follows.
pub(crate) fn set_width(columns: usize) {
    COLUMNS.store(columns, Ordering::Relaxed);
}

/// The columns of a line.
pub(crate) fn width() -> usize {
    COLUMNS.load(Ordering::Relaxed)
}

/// Takes the choice of colours for all that follows.
pub(crate) fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => Choice::Auto,
        ColorChoice::Always => Choice::Always,
        ColorChoice::Never => Choice::Never,
    }
    .write_global();
}

/// Says on standard error why there is no answer.
pub(crate) fn error(message: &str) {
    say("error", BAD, message);
}

/// Says on standard error what a reader should know beside the answer.
pub(crate) fn note(message: &str) {
    say("note", STRONG, message);
}

/// A message of one line or several, each safe for a terminal.
fn plain_lines(message: &str) -> String {
    message.split('\n').map(safe::plain).collect::<Vec<_>>().join("\n")
}

fn say(kind: &str, style: Style, message: &str) {
    // Nothing is left to tell whoever closed standard error.
    let _ = writeln!(AutoStream::auto(std::io::stderr()), "{style}{kind}:{style:#} {}", plain_lines(message));
}

/// So many notes about names are printed.
const NOTES: usize = 5;

/// Text of a user's as a terminal may show it: control characters, and others that nobody sees, as escapes.
pub(crate) fn printable(text: &str) -> String {
    safe::plain(text)
}

/// Says on standard error which names can be taken for others, and which hold what nobody sees.
pub(crate) fn note_names<'n>(names: impl Iterator<Item = &'n str> + Clone) {
    let alike = safe::alike(names.clone());
    let alike =
        alike.iter().map(|(first, second)| format!("{first:?} and {second:?} look alike and are counted apart"));
    let hiding = names.filter(|name| safe::hides(name)).map(|name| format!("{name:?} has letters that nobody sees"));
    let notes: Vec<String> = alike.chain(hiding).collect();
    notes.iter().take(NOTES).for_each(|text| note(text));
    if notes.len() > NOTES {
        note(&format!("{} more names can be taken for others", notes.len() - NOTES));
    }
}

/// A sentence in lines of as many columns as were asked for, all but the first set in.
pub(crate) fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in printable(text).split(' ') {
        let last = lines.last().map_or(0, |line| line.width());
        if last > 2 && last + 1 + word.width() > width() {
            lines.push("  ".to_string() + word);
        } else if let Some(line) = lines.last_mut() {
            *line += if line.is_empty() { "" } else { " " };
            *line += word;
        }
    }
    lines.join("\n")
}

/// `1 seat`, `2 seats`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with a comma every three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

//! Answers a file of many documents, one a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::*;

/// Prints an answer for each line of the file, in order; a line that cannot be answered gets an error for its answer.
pub(crate) fn answer(file: &Path, check: bool) -> Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut counts = Counts::default();
    let progress = progress(file);
    for line in input(file)?.split(b'\n') {
        let line = line?;
        let answer = answer_line(&line);
        counts.add(&answer);
        serde_json::to_writer(&mut out, &answer).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        progress.inc(line.len() as u64 + 1);
    }
    progress.finish_and_clear();
    out.flush()?;
    if let Some((line, error)) = &counts.first_error {
        let lines = counts.lines;
        bail!("{} of {lines} lines could not be answered, the first is line {line}: {error}", counts.errors);
    }
    if check && counts.differing > 0 {
        eprintln!("{} of {} answers differ from the record", counts.differing, counts.lines);
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer to one line, whatever it holds.
fn answer_line(line: &[u8]) -> Answer {
    let text = match read::utf8(line) {
        Ok(text) => text,
        Err(_) => return Answer::error(None, &"the line is not UTF-8"),
    };
    if text.trim().is_empty() {
        return Answer::error(None, &"the line is empty");
    }
    match read::json(text) {
        Ok(election) => election.answer(),
        Err(error) => Answer::error(id_of(text), &error),
    }
}

/// The id of a document that is no election, if it has one.
fn id_of(text: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    value.get("id")?.as_str().map(String::from)
}

fn input(file: &Path) -> Result<Box<dyn BufRead>> {
    Ok(if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).map_err(|error| anyhow!("it cannot be read: {error}"))?))
    })
}

/// A bar on standard error, where that is a terminal and the file's length is known.
fn progress(file: &Path) -> ProgressBar {
    let Ok(length) = file.metadata().map(|metadata| metadata.len()) else { return ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{bar:40} {percent:>3}% of {total_bytes}, {eta} left");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What came out, for the status and the closing words.
#[derive(Default)]
struct Counts {
    lines: usize,
    errors: usize,
    differing: usize,
    first_error: Option<(usize, String)>,
}

impl Counts {
    fn add(&mut self, answer: &Answer) {
        self.lines += 1;
        match answer {
            Answer::Failed { error, .. } => {
                self.errors += 1;
                self.first_error.get_or_insert_with(|| (self.lines, error.clone()));
            }
            Answer::Answered { as_recorded: Some(false), .. } => self.differing += 1,
            _ => {}
        }
    }
}

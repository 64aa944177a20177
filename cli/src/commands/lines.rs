//! A file of many documents, one a line, answered line by line.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use anyhow::{Result, bail};
use apportion::Answer;

use crate::output::{Target, counted};
use crate::{Ending, document, library, output, progress, source};

/// How much is read at once; the bar moves as often.
const READ_AT_ONCE: usize = 64 << 10;

/// What makes the status 1, and what stands in the answers.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    /// A difference from the seats on record.
    pub(crate) check: bool,
    /// An open tie.
    pub(crate) strict: bool,
    /// Whether each answer has its certificate.
    pub(crate) certificate: bool,
}

/// Prints an answer for each line, in order; a line that cannot be answered gets an error for its answer.
pub(crate) fn answer(file: &Path, wanted: Wanted, target: &Target) -> Result<Ending> {
    let mut out = target.plain()?;
    let mut counts = Counts::default();
    // An answer is written in hundreds of pieces: first here, where that costs least.
    let mut line = Vec::new();
    each(file, wanted.certificate, |answer| {
        counts.add(&answer);
        line.clear();
        serde_json::to_writer(&mut line, &answer).map_err(io::Error::from)?;
        line.push(b'\n');
        Ok(out.write_all(&line)?)
    })?;
    out.flush()?;
    counts.ending(wanted)
}

/// Answers each line of a file, with certificates or without.
pub(crate) fn each(file: &Path, certificate: bool, mut then: impl FnMut(Answer) -> Result<()>) -> Result<()> {
    let progress = progress::bytes_of(file);
    let mut lines = BufReader::with_capacity(READ_AT_ONCE, source::stream(file)?);
    let (mut line, mut read) = (Vec::new(), 0);
    while lines.read_until(b'\n', &mut line)? > 0 {
        read += line.len();
        if read >= READ_AT_ONCE {
            progress.inc(read as u64);
            read = 0;
        }
        then(answer_line(line.strip_suffix(b"\n").unwrap_or(&line), certificate))?;
        line.clear();
    }
    progress.finish_and_clear();
    Ok(())
}

/// The answer to one line, whatever it holds.
fn answer_line(line: &[u8], certificate: bool) -> Answer {
    let Ok(text) = document::utf8(line) else { return library::no_answer(None, &"the line is not UTF-8") };
    if text.trim().is_empty() {
        return library::no_answer(None, &"the line is empty");
    }
    match document::json(text) {
        Ok(election) => library::answer(&election, certificate),
        Err(error) => library::no_answer(id_of(text), &error),
    }
}

/// The id of a document that is no election, if it has one.
fn id_of(text: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    value.get("id")?.as_str().map(String::from)
}

/// What came out, for the status and the closing words.
#[derive(Default)]
struct Counts {
    lines: u64,
    errors: u64,
    differing: u64,
    tied: u64,
    first_error: Option<(u64, String)>,
}

impl Counts {
    fn add(&mut self, answer: &Answer) {
        self.lines += 1;
        match library::verdict_on(answer) {
            Err(error) => {
                self.errors += 1;
                self.first_error.get_or_insert_with(|| (self.lines, error.to_string()));
            }
            Ok(Some(false)) => self.differing += 1,
            Ok(_) => {}
        }
        self.tied += u64::from(library::has_ties(answer));
    }

    fn ending(&self, wanted: Wanted) -> Result<Ending> {
        let lines = self.lines;
        if let Some((line, error)) = &self.first_error {
            bail!("{} of {lines} lines could not be answered, the first is line {line}: {error}", self.errors);
        }
        let mut ending = Ending::Answered;
        for (wanted, count, what) in
            [(wanted.check, self.differing, "differ from the record"), (wanted.strict, self.tied, "have an open tie")]
        {
            if wanted && count > 0 {
                output::note(&format!("{count} of {} {what}", counted(lines, "answer", "answers")));
                ending = Ending::Differs;
            }
        }
        Ok(ending)
    }
}

//! `apportion allocate`: one election, or a document a line.

use anyhow::{Context, Result, bail};
use apportion::{Election, Outcome};
use clap::Args;

use super::lines;
use crate::output::{BAD, FAINT, Format, GOOD, OPEN, Output, STRONG, printable, width, wrapped};
use crate::source::Source;
use crate::{Ending, library, places};

/// Seats of an election: a document, or a table of votes.
///
/// A document holds votes and a law; the library's README describes it. A table of votes takes its law from the options.
/// Ties stay open unless the law settles them.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion allocate election.toml               the table of one election
  apportion allocate election.toml --json        the same for a program
  apportion allocate votes.csv --method dhondt --seats 10
  apportion allocate votes.csv --method 'modified Sainte-Laguë 7/5' --seats 10
  apportion allocate votes.csv --law nl-2023     a law of the catalogue
  apportion allocate --jsonl elections.jsonl     a document a line in, an answer
                                                 a line out

A table of votes has the columns party and votes, and may have seats (on
record), max, min, held, direct_seats, members and minority (true). The rows
(blank), (invalid), (against all), (other), (cast) and (registered) are no
parties but other ballots and totals.

Methods: hare, droop, hagenbach-bischoff, dhondt, sainte-lague, danish, adams,
dean, huntington-hill, macau and more; American names too: hamilton, jefferson,
webster; or any method of a document in braces.

Status: 0 when all was answered, 1 if --check found a difference or --strict an
open tie, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// Read a document a line, and print an answer a line
    #[arg(long, conflicts_with_all = ["law", "method", "seats", "threshold", "format", "json", "delimiter", "places"])]
    jsonl: bool,
    /// Print the answer as JSON: short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Add to the JSON what proves it; docs/certificate.md describes the form
    #[arg(long)]
    certificate: bool,
    /// Compare with the seats on record; status 1 if any differ
    #[arg(long)]
    check: bool,
    /// Status 1 if a tie is open, or the law ends in several ways
    #[arg(long)]
    strict: bool,
    /// Show every region and district with a table of its own
    #[arg(long)]
    places: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let file = self.source.file.display().to_string();
        if self.jsonl {
            let wanted = lines::Wanted { check: self.check, strict: self.strict, certificate: self.certificate };
            return lines::answer(&self.source.file, wanted, &self.output.target).context(file);
        }
        let election = self.source.election()?;
        let outcome = election.outcome().context(file.clone())?;
        self.write(&election, &outcome)?;
        let as_recorded = election.as_recorded(&outcome);
        if self.check && as_recorded.is_none() {
            bail!("{file}: --check needs seats on record, and the document has none");
        }
        let differs = self.check && as_recorded == Some(false);
        let open = self.strict && library::is_tied(&outcome);
        Ok(if differs || open { Ending::Differs } else { Ending::Answered })
    }

    fn write(&self, election: &Election, outcome: &Outcome) -> Result<()> {
        let target = &self.output.target;
        let format = if self.json { Format::Json } else { self.output.format };
        if self.certificate && !matches!(format, Format::Json | Format::Jsonl) {
            bail!("--certificate is a part of the JSON answer: it needs --json or --jsonl");
        }
        match format {
            Format::Table => self.write_text(election, outcome, &mut *target.styled()?),
            Format::Json | Format::Jsonl => {
                let mut out = target.plain()?;
                let answer = library::answer_of(election, outcome, self.certificate)?;
                writeln!(out, "{}", serde_json::to_string(&answer)?)?;
                Ok(out.flush()?)
            }
            format => {
                let mut out = target.plain()?;
                places::grid(election, outcome).write(format, &mut *out)?;
                Ok(out.flush()?)
            }
        }
    }

    /// What a person reads: the law in words, the table, the places, the sources, the record.
    fn write_text(&self, election: &Election, outcome: &Outcome, out: &mut dyn std::io::Write) -> Result<()> {
        let title = library::title(election);
        if !title.is_empty() {
            writeln!(out, "{STRONG}{}{STRONG:#}", printable(&title))?;
        }
        for line in library::law_in_words(election, outcome) {
            writeln!(out, "{}", wrapped(&line))?;
        }
        writeln!(out)?;
        write_table(&outcome.table(width()), out)?;
        for race in library::races(outcome) {
            writeln!(out, "{GOOD}{}{GOOD:#}", wrapped(&race))?;
        }
        for place in outcome.places().iter().filter(|_| self.places) {
            writeln!(out)?;
            write_table(&format!("{place:0$}", width()), out)?;
        }
        write_record(election, outcome, out)?;
        Ok(out.flush()?)
    }
}

/// A table of the library's: its sentence stands out, and so does what is open; who is out stands back.
fn write_table(table: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut is_sentence = true;
    let mut is_out = false;
    table.lines().try_for_each(|line| {
        is_sentence &= !line.is_empty();
        is_out = (is_out && !line.starts_with("all ")) || line.ends_with("no seat:");
        let style = match line {
            _ if line.contains(" tied ") || line.contains(" or ") => OPEN,
            _ if is_sentence => STRONG,
            _ if is_out => FAINT,
            _ => anstyle::Style::new(),
        };
        writeln!(out, "{style}{}{style:#}", printable(line))
    })
}

/// The sources, and whether the seats are those on record.
fn write_record(election: &Election, outcome: &Outcome, out: &mut dyn std::io::Write) -> Result<()> {
    let as_recorded = election.as_recorded(outcome);
    if !election.sources.is_empty() || as_recorded.is_some() {
        writeln!(out)?;
    }
    for source in &election.sources {
        writeln!(out, "{FAINT}source: {}{FAINT:#}", printable(source))?;
    }
    match as_recorded {
        Some(true) => writeln!(out, "{GOOD}Same as the official result.{GOOD:#}")?,
        Some(false) => {
            let difference = library::difference(election, outcome);
            writeln!(out, "{BAD}{}{BAD:#}", wrapped(&difference))?;
        }
        None => {}
    }
    Ok(())
}

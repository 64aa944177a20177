//! `apportion check`: elections against their seats on record.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use apportion::Answer;
use clap::Args;

use super::lines;
use crate::output::{BAD, GOOD, OPEN, STRONG, Target, counted, printable};
use crate::source::{LawOptions, Source, TableOptions};
use crate::{Ending, library, output};

/// Answers elections, and compares with their seats on record.
///
/// Prints a line for each election that differs, and how many agree.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion check election.toml                  one election
  apportion check *.toml elections.jsonl         many

Seats on record stand beside a party's votes in a document. An election without
any is counted as such.

Status: 0 when none differs, 1 when one does, 2 if any could not be answered.")]
pub(crate) struct Arguments {
    /// Documents (.toml, .json), or files of a document a line (.jsonl)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    target: Target,
}

#[derive(Default)]
struct Counts {
    agreeing: u64,
    differing: u64,
    unrecorded: u64,
    failed: u64,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let mut out = self.target.styled()?;
        let mut counts = Counts::default();
        for file in &self.files {
            let name = file.display().to_string();
            if file.extension().is_some_and(|ending| ending == "jsonl") {
                let mut line = 0;
                lines::each(file, false, |answer| {
                    line += 1;
                    counts.add(&format!("{name}, line {line}"), &answer, &mut *out)
                })
                .context(name.clone())?;
            } else {
                counts.add(&name, &one(file)?, &mut *out)?;
            }
        }
        let Counts { agreeing, differing, unrecorded, failed } = counts;
        writeln!(out, "{GOOD}{} as recorded{GOOD:#}", counted(agreeing, "election", "elections"))?;
        for (count, style, what) in [
            (differing, BAD, "different from the record"),
            (unrecorded, OPEN, "without a record"),
            (failed, BAD, "without an answer"),
        ] {
            if count > 0 {
                writeln!(out, "{style}{} {what}{style:#}", counted(count, "election", "elections"))?;
            }
        }
        out.flush()?;
        if failed > 0 {
            anyhow::bail!("{} could not be answered", counted(failed, "election", "elections"));
        }
        Ok(if differing > 0 { Ending::Differs } else { Ending::Answered })
    }
}

fn one(file: &Path) -> Result<Answer> {
    let source = Source { file: file.into(), law: LawOptions::default(), table: TableOptions::default() };
    Ok(library::answer(&source.election()?, false))
}

impl Counts {
    fn add(&mut self, place: &str, answer: &Answer, out: &mut dyn std::io::Write) -> Result<()> {
        match library::verdict_on(answer) {
            Ok(Some(true)) => self.agreeing += 1,
            Ok(Some(false)) => {
                self.differing += 1;
                writeln!(out, "{STRONG}{place}{STRONG:#}: {BAD}differs from the record{BAD:#}")?;
            }
            Ok(None) => self.unrecorded += 1,
            Err(error) => {
                self.failed += 1;
                output::error(&format!("{place}: {}", printable(error)));
            }
        }
        Ok(())
    }
}

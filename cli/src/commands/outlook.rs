//! `apportion outlook`: what is still possible while votes are counted?

use anyhow::{Context, Result, anyhow};
use apportion::insight::Outlook;
use clap::Args;

use crate::Ending;
use crate::insight::{self, Out};
use crate::output::{Format, Output, STRONG, counted, printable};
use crate::source::Source;

/// What each party can still end with while ballots are out.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion outlook so-far.toml --out 20000      20,000 ballots are still out
  apportion outlook so-far.toml --cast 150000    of 150,000 that were cast
  apportion outlook so-far.toml --out Oslo=3000 --out Bergen=500

The ballots out may be for any party, for others, blank or invalid. A bound that
may not be reached is marked by ~.

Status: 0 answered, 2 for unusable input.")]
#[command(group(clap::ArgGroup::new("ballots").required(true)))]
pub(crate) struct Arguments {
    /// So many ballots are not counted yet, in a place of several as PLACE=NUMBER;
    /// may be repeated
    #[arg(long, group = "ballots", value_name = "NUMBER", value_parser = out)]
    out: Vec<(String, u64)>,
    /// So many ballots were cast in all
    #[arg(long, group = "ballots", value_name = "NUMBER")]
    cast: Option<u64>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

fn out(text: &str) -> Result<(String, u64)> {
    let (place, number) = text.rsplit_once('=').unwrap_or(("", text));
    Ok((place.to_string(), number.parse().map_err(|_| anyhow!("{number:?} is not a number of ballots"))?))
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let out = self.cast.map_or(Out::Ballots(&self.out), Out::OfCast);
        let outlook = insight::outlook(&election, &out).with_context(|| self.source.file.display().to_string())?;
        let Output { format, target } = &self.output;
        match format {
            Format::Table => write_text(&outlook, &mut *target.styled()?)?,
            Format::Markdown => insight::prospects(outlook.parties()).write(*format, &mut *target.plain()?)?,
            _ => insight::all_prospects(&outlook).write(*format, &mut *target.plain()?)?,
        }
        Ok(Ending::Answered)
    }
}

/// What a person reads: what is certain, the parties, and the places where something is open.
fn write_text(outlook: &Outlook, out: &mut dyn std::io::Write) -> Result<()> {
    let ballots = counted(outlook.ballots_out(), "ballot is", "ballots are");
    let certain = counted(outlook.certain_seats(), "seat is", "seats are");
    let decided = if outlook.is_decided() { " Nothing can change any more." } else { "" };
    writeln!(out, "{STRONG}{ballots} out; {certain} certain.{decided}{STRONG:#}")?;
    if let Some(party) = outlook.majority() {
        writeln!(out, "{STRONG}{} has the majority for certain.{STRONG:#}", printable(party))?;
    }
    writeln!(out)?;
    insight::prospects(outlook.parties()).write(Format::Table, out)?;
    for place in outlook.places().iter().filter(|place| !place.is_decided()) {
        writeln!(out, "\n{STRONG}{}{STRONG:#}", printable(place.name()))?;
        insight::prospects(place.parties()).write(Format::Table, out)?;
    }
    Ok(out.flush()?)
}

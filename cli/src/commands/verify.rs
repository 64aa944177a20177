//! `apportion verify`: are these the right seats?

use anyhow::{Context, Result, anyhow, bail};
use apportion::Election;
use clap::Args;

use crate::output::{BAD, GOOD, Target, wrapped};
use crate::source::Source;
use crate::{Ending, library, nearest};

/// Checks claimed seats without running the method.
///
/// The seats are those on record in the document, or those given by --claim.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion verify election.toml                 the seats on record
  apportion verify votes.csv --method hare --seats 98 --claim A=83 --claim B=15

A party that is not claimed has no seat.

Status: 0 if the seats are right, or one way in which a tie can go; 1 if they
are wrong, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// Seats claimed for a party, as NAME=SEATS; may be repeated
    #[arg(long, value_name = "NAME=SEATS", value_parser = claim)]
    claim: Vec<(String, u64)>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    source: Source,
}

fn claim(text: &str) -> Result<(String, u64)> {
    let (name, seats) = text.rsplit_once('=').context("a claim is written NAME=SEATS")?;
    Ok((name.to_string(), seats.parse().map_err(|_| anyhow!("{seats:?} is not a number of seats"))?))
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let (is_right, text) = self.verdict(&election).with_context(|| self.source.file.display().to_string())?;
        let mut out = self.target.styled()?;
        let style = if is_right { GOOD } else { BAD };
        writeln!(out, "{style}{}{style:#}", wrapped(&text))?;
        out.flush()?;
        Ok(if is_right { Ending::Answered } else { Ending::Differs })
    }

    fn verdict(&self, election: &Election) -> Result<(bool, String)> {
        let parties = library::parties(election);
        let claimed: Vec<u64> = if self.claim.is_empty() {
            let recorded = library::recorded(election);
            let known = recorded.iter().map(|seats| seats.unwrap_or(0)).collect();
            match recorded.iter().any(Option::is_some) {
                true => known,
                false => bail!("there are no seats on record: give them by --claim NAME=SEATS"),
            }
        } else {
            let mut claimed = vec![0; parties.len()];
            for (name, seats) in &self.claim {
                match parties.iter().position(|party| party == name) {
                    Some(place) => claimed[place] = *seats,
                    None => bail!("--claim names {name:?}, but no such party stands{}", nearest::hint(name, parties)),
                }
            }
            claimed
        };
        library::verdict(election, &claimed)
    }
}

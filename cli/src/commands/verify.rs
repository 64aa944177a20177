//! `apportion verify`: are these the right seats?

use anyhow::{Context, Result, anyhow, bail};
use apportion::Election;
use apportion::insight::ClaimedSeats;
use clap::Args;

use crate::output::{BAD, GOOD, Target, wrapped};
use crate::source::Source;
use crate::{Ending, insight};

/// Checks claimed seats without running the method.
///
/// The seats are those on record in the document, or those given by --claim.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion verify election.toml                 the seats on record
  apportion verify votes.csv --method hare --seats 98 --claim A=83 --claim B=15

  apportion verify election.toml --at Oslo --claim A=4 --claim B=3

A party that is not claimed has no seat there.

Status: 0 if the seats are right, or one way in which a tie can go; 1 if they
are wrong, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// Seats claimed for a party, as NAME=SEATS; may be repeated
    #[arg(long, value_name = "NAME=SEATS", value_parser = claim)]
    claim: Vec<(String, u64)>,
    /// The region or district whose seats are claimed
    #[arg(long, value_name = "PLACE", requires = "claim")]
    at: Option<String>,
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
        let file = || self.source.file.display().to_string();
        let claim = self.claimed(&election).with_context(file)?;
        let (is_right, text) = insight::verdict(&election, claim).with_context(file)?;
        let mut out = self.target.styled()?;
        let style = if is_right { GOOD } else { BAD };
        for line in text.lines() {
            writeln!(out, "{style}{}{style:#}", wrapped(line))?;
        }
        out.flush()?;
        Ok(if is_right { Ending::Answered } else { Ending::Differs })
    }

    fn claimed(&self, election: &Election) -> Result<ClaimedSeats> {
        if self.claim.is_empty() {
            return match insight::recorded(election) {
                Some(claim) => Ok(claim),
                None => bail!("there are no seats on record: give them by --claim NAME=SEATS"),
            };
        }
        insight::claim(election, &self.claim, self.at.as_deref())
    }
}

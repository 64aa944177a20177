//! `apportion report`: one page about one election.

use anyhow::{Context, Result, bail};
use apportion::insight::picture::Style;
use apportion::{Election, PartyOutcome};
use clap::Args;

use crate::output::Target;
use crate::source::Source;
use crate::{Ending, nearest, report};

/// One page of HTML about an election.
///
/// It needs nothing beside it: who won, how many, is it fair, why, how close, by other methods, where, and from what. It can be
/// read on a telephone, in the dark, and on paper.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion report election.toml -o report.html
  apportion report election.toml --colour Greens=#0a0 -o report.html

Status: 0 when the page was written, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// A party's colour; may be repeated
    #[arg(long, value_name = "NAME=COLOUR", value_parser = colour)]
    colour: Vec<(String, String)>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    source: Source,
}

fn colour(text: &str) -> Result<(String, String)> {
    let (party, colour) = text.rsplit_once('=').context("a colour is written NAME=COLOUR")?;
    Ok((party.to_string(), colour.to_string()))
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let page = self.page(&election).with_context(|| self.source.file.display().to_string())?;
        let mut out = self.target.plain()?;
        out.write_all(page.as_bytes())?;
        out.flush()?;
        Ok(Ending::Answered)
    }

    fn page(&self, election: &Election) -> Result<String> {
        let outcome = election.outcome()?;
        let parties: Vec<&str> = outcome.parties().iter().map(PartyOutcome::name).collect();
        let mut style = Style::from(election);
        for (party, colour) in &self.colour {
            if !parties.contains(&party.as_str()) {
                bail!("--colour names {party:?}, but no such party stands{}", nearest::hint(party, parties));
            }
            style = style.colour(party, colour);
        }
        report::page(election, &outcome, &style)
    }
}

//! `apportion outlook`: what is still possible while votes are counted?

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use crate::Ending;
use crate::grid::Grid;
use crate::library::{self, Out, Prospects};
use crate::output::{Format, Output, STRONG, counted, grouped};
use crate::source::Source;

/// What each party can still end with while ballots are out.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion outlook so-far.toml --out 20000      20,000 ballots are still out
  apportion outlook so-far.toml --cast 150000    of 150,000 that were cast

The ballots out may be for any party, for others, blank or invalid. A bound that
may not be reached is marked by ~.

Status: 0 answered, 2 for unusable input.")]
#[command(group(clap::ArgGroup::new("ballots").required(true)))]
pub(crate) struct Arguments {
    /// So many ballots are not counted yet
    #[arg(long, group = "ballots", value_name = "NUMBER")]
    out: Option<u64>,
    /// So many ballots were cast in all
    #[arg(long, group = "ballots", value_name = "NUMBER")]
    cast: Option<u64>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let out = match (self.out, self.cast) {
            (Some(ballots), _) => Out::Ballots(ballots),
            (None, cast) => Out::OfCast(cast.unwrap_or(0)),
        };
        let prospects = library::outlook(&election, &out).with_context(|| self.source.file.display().to_string())?;
        let Output { format, target } = &self.output;
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        if *format == Format::Table {
            let ballots = counted(prospects.ballots_out, "ballot is", "ballots are");
            let certain = counted(prospects.certain, "seat is", "seats are");
            let decided = if prospects.is_decided { " Nothing can change any more." } else { "" };
            writeln!(out, "{STRONG}{ballots} out; {certain} certain.{decided}{STRONG:#}\n")?;
        }
        grid(&prospects, *format).write(*format, &mut *out)?;
        out.flush()?;
        Ok(Ending::Answered)
    }
}

fn grid(prospects: &Prospects, format: Format) -> Grid {
    let for_people = matches!(format, Format::Table | Format::Markdown);
    let mut grid = if for_people {
        Grid::new(["party", "votes", "seats"])
    } else {
        Grid::new(["party", "votes", "fewest", "most", "tight"])
    };
    for party in &prospects.parties {
        let mut row: Vec<Value> = vec![party.name.clone().into(), party.votes.into()];
        if for_people {
            let open = if party.is_tight { "" } else { " ~" };
            row.push(match (party.fewest, party.most) {
                (fewest, most) if fewest == most => grouped(fewest).into(),
                (fewest, most) => format!("{} to {}{open}", grouped(fewest), grouped(most)).into(),
            });
        } else {
            row.extend([Value::from(party.fewest), party.most.into(), party.is_tight.into()]);
        }
        grid.push(row);
    }
    grid
}

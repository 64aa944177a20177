//! `apportion compare`: one tally, many methods.

use anyhow::{Context, Result};
use apportion::{AllocationMethod, Outcome};
use clap::Args;
use serde_json::Value;

use crate::grid::Grid;
use crate::output::{Format, Output, STRONG, note, printable};
use crate::source::Source;
use crate::{Ending, library, method};

/// The methods that are shown without `--by`.
const USUAL: [&str; 5] = ["hare", "droop", "dhondt", "sainte-lague", "adams"];

/// The seats of one election by many methods.
///
/// All else, such as the threshold, is as the law of the election says.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion compare election.toml
  apportion compare votes.csv --method hare --seats 98 --by dhondt --by webster

The first column of seats is the election's own law. `2+?` is two seats and
perhaps one of an open tie; `none` a method without an answer.

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// A method to compare with; may be repeated
    #[arg(long, value_name = "METHOD", value_parser = by)]
    by: Vec<(String, AllocationMethod)>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

fn by(text: &str) -> Result<(String, AllocationMethod)> {
    Ok((text.to_string(), method::named(text)?))
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let own = election.outcome().with_context(|| self.source.file.display().to_string())?;
        let methods = match self.by[..] {
            [] => USUAL.into_iter().map(by).collect::<Result<Vec<_>>>()?,
            _ => self.by,
        };
        let mut columns = vec![("its law".to_string(), seats(&own))];
        for (name, method) in methods {
            match library::by_another(&election, &method) {
                Ok(outcome) => columns.push((name, seats(&outcome))),
                Err(error) => {
                    note(&format!("{name}: {}", printable(&format!("{error:#}"))));
                    columns.push((name, vec!["none".into(); own.parties().len()]));
                }
            }
        }
        let Output { format, target } = &self.output;
        let mut names = vec!["party".to_string()];
        if *format != Format::Table {
            names.push("votes".into()); // a line of a terminal is full without them
        }
        names.extend(columns.iter().map(|(name, _)| name.clone()));
        let mut grid = Grid::new(names);
        for (place, party) in own.parties().iter().enumerate() {
            let mut row: Vec<Value> = vec![party.name().into()];
            if *format != Format::Table {
                row.push(party.votes().into());
            }
            row.extend(columns.iter().map(|(_, seats)| seats[place].clone()));
            grid.push(row);
        }
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        if *format == Format::Table {
            writeln!(out, "{STRONG}Seats by {}, and by others{STRONG:#}\n", library::method_in_words(&election))?;
        }
        grid.write(*format, &mut *out)?;
        out.flush()?;
        Ok(Ending::Answered)
    }
}

/// The seats of each party, an open one marked.
fn seats(outcome: &Outcome) -> Vec<Value> {
    let one = |party: &apportion::PartyOutcome| match outcome.is_tied(party.name()) {
        true => format!("{}+?", party.certain()).into(),
        false => party.certain().into(),
    };
    outcome.parties().iter().map(one).collect()
}

//! `apportion compare`: one tally, many methods.

use anyhow::{Context, Result, bail};
use apportion::{AllocationMethod, Election, Outcome};
use clap::Args;
use serde_json::Value;

use crate::grid::Grid;
use crate::output::{Format, Output, STRONG, note, printable, wrapped};
use crate::source::Source;
use crate::{Ending, library, method, nearest};

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

In a law of several tiers the method is that of every tier, or of the one that
--tier names. The first column of seats is the election's own law. `2+?` is two seats and
perhaps one of an open tie; `none` a method without an answer.

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// A method to compare with; may be repeated
    #[arg(long, value_name = "METHOD", value_parser = by)]
    by: Vec<(String, AllocationMethod)>,
    /// Change the method of this tier alone, by its name or its number from 1
    #[arg(long, value_name = "NAME")]
    tier: Option<String>,
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
        let tier = self.tier.as_deref().map(|name| known_tier(&election, name)).transpose()?;
        let methods = match self.by[..] {
            [] => USUAL.into_iter().map(by).collect::<Result<Vec<_>>>()?,
            _ => self.by,
        };
        let mut columns = vec![("its law".to_string(), seats(&own))];
        for (name, method) in methods {
            match library::by_another(&election, &method, tier.as_deref()) {
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
            let methods = library::method_in_words(&election);
            writeln!(out, "{STRONG}{}{STRONG:#}\n", wrapped(&format!("Seats by {methods}, and by others")))?;
        }
        grid.write(*format, &mut *out)?;
        out.flush()?;
        Ok(Ending::Answered)
    }
}

/// The title of the tier that is meant.
fn known_tier(election: &Election, name: &str) -> Result<String> {
    let titles = library::tiers(election);
    let by_number = name.parse::<usize>().ok().and_then(|number| titles.get(number.checked_sub(1)?));
    match titles.iter().find(|title| *title == name).or(by_number) {
        Some(title) => Ok(title.clone()),
        None => bail!(
            "--tier names {name:?}, but the law has {}{}",
            titles.join(", "),
            nearest::hint(name, titles.iter().map(String::as_str))
        ),
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

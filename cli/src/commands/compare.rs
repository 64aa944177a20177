//! `apportion compare`: one count, many laws; and many elections.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use apportion::insight::{ComparedLaw, Comparison, Survey, Table};
use apportion::{Election, Outcome, Rule};
use clap::Args;
use serde_json::Value;

use crate::grid::Grid;
use crate::output::{Format, Output, STRONG, printable, width, wrapped};
use crate::source::Source;
use crate::{Ending, library, method, nearest};

/// The methods that are shown without `--by`.
const USUAL: [&str; 5] = ["hare", "droop", "dhondt", "sainte-lague", "adams"];

/// One count under many laws, side by side.
///
/// It says seats, who is out, how proportional it is and how close. A method takes the place of that of the election's own
/// law, and all else, such as the threshold, stays. A law of the catalogue takes the place of all of it. With several
/// elections it sums up what each law does over all of them.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion compare election.toml
  apportion compare votes.csv --method hare --seats 98 --by dhondt --by webster
  apportion compare election.toml --by nl-2023 --margins --format markdown
  apportion compare 2012.toml 2016.toml 2021.toml --by dhondt

The first law is the election's own, and the others are compared with it. \"out\" is a
party that takes no part, \"none\" a law that has no answer; notes say why.

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// More elections, for what each law does over all of them
    #[arg(value_name = "MORE")]
    more: Vec<PathBuf>,
    /// A method, or the id of a law, to compare with; may be repeated
    #[arg(long, value_name = "METHOD|LAW")]
    by: Vec<String>,
    /// The closest change of the result under each law
    #[arg(long)]
    margins: bool,
    /// Change the method of this tier alone, by its name or its number from 1
    #[arg(long, value_name = "NAME")]
    tier: Option<String>,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        if self.more.is_empty() {
            let comparison = self.comparison(&election)?;
            if let Some(Err(error)) = comparison.laws().first().map(ComparedLaw::outcome) {
                return Err(error.clone()).with_context(|| self.source.file.display().to_string());
            }
            let methods = library::method_in_words(&election);
            let heading = format!("Seats by {methods}, and by others");
            self.write(&comparison, &heading, seats(&comparison), Comparison::to_markdown)?;
            return Ok(Ending::Answered);
        }
        let mut survey = Survey::new();
        survey.push(name(&election, &self.source.file), self.comparison(&election)?);
        for file in &self.more {
            let source = Source { file: file.clone(), ..self.source.clone() };
            let election = source.election()?;
            survey.push(name(&election, file), self.comparison(&election)?);
        }
        let heading = format!("{} elections under the same laws", survey.elections().len());
        self.write(&survey, &heading, cells(&survey.by_law()), Survey::to_markdown)?;
        Ok(Ending::Answered)
    }

    /// One election under its own law and the others.
    fn comparison(&self, election: &Election) -> Result<Comparison> {
        let usual: Vec<String> = USUAL.map(String::from).to_vec();
        let by = if self.by.is_empty() { &usual } else { &self.by };
        let tier = self.tier.as_deref().map(|name| known_tier(election, name)).transpose()?;
        let mut laws = vec![("its own law".to_string(), election.rule.clone())];
        for name in by {
            laws.push((name.clone(), law(election, name, tier.as_deref())?));
        }
        let count = &election.count;
        Ok(if self.margins { Comparison::with_margins(count, laws) } else { Comparison::new(count, laws) })
    }

    /// Writes a comparison or a survey.
    fn write<T: std::fmt::Display + serde::Serialize>(
        &self,
        answer: &T,
        heading: &str,
        grid: Grid,
        markdown: impl Fn(&T) -> String,
    ) -> Result<()> {
        let Output { format, target } = &self.output;
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        match format {
            Format::Table => {
                writeln!(out, "{STRONG}{}{STRONG:#}\n", wrapped(heading))?;
                format!("{answer:0$}", width()).lines().try_for_each(|line| writeln!(out, "{}", printable(line)))?;
            }
            Format::Json | Format::Jsonl => writeln!(out, "{}", serde_json::to_string(answer)?)?,
            Format::Markdown => write!(out, "{}", markdown(answer))?,
            Format::Csv => grid.write(Format::Csv, &mut *out)?,
        }
        Ok(out.flush()?)
    }
}

/// The law of this name: a method in place of the election's, or a law of the catalogue with the election's seats.
fn law(election: &Election, name: &str, tier: Option<&str>) -> Result<Rule> {
    if library::laws().iter().any(|(id, _)| *id == name) {
        let seats = election.rule.seats();
        let law = library::law_of(name)?;
        return Ok(seats.map_or_else(|| law.own_rule().clone(), |seats| law.rule(seats)));
    }
    let method =
        method::named(name).with_context(|| format!("--by {name:?} is no law of the catalogue, and no method"))?;
    library::by_another(election, &method, tier)
}

/// Each party's votes and seats by law, as numbers; a tie in words, and nothing for a law without an answer.
fn seats(comparison: &Comparison) -> Grid {
    let laws = comparison.laws();
    let columns = ["party".to_string(), "votes".to_string()];
    let mut grid = Grid::new(columns.into_iter().chain(laws.iter().map(|law| law.name().to_string())));
    let parties = laws.iter().find_map(|law| law.outcome().ok()).map_or(&[][..], Outcome::parties);
    for (at, party) in parties.iter().enumerate() {
        let mut row: Vec<Value> = vec![party.name().into(), party.votes().into()];
        row.extend(laws.iter().map(|law| match law.outcome() {
            Err(_) => Value::Null,
            Ok(outcome) => {
                let certain = outcome.parties()[at].certain();
                match outcome.possible(party.name()).filter(|&most| most > certain) {
                    Some(most) => format!("{certain} to {most}").into(),
                    None => certain.into(),
                }
            }
        }));
        grid.push(row);
    }
    grid
}

/// A table of the library's.
fn cells(table: &Table) -> Grid {
    let mut grid = Grid::new(table.headings());
    table.rows().iter().for_each(|row| grid.push(row.iter().map(|cell| cell.as_str().into()).collect()));
    grid
}

/// What an election is called: its id, or its file.
fn name(election: &Election, file: &std::path::Path) -> String {
    election.id.clone().unwrap_or_else(|| file.display().to_string())
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

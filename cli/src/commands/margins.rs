//! `apportion margins`: how close was it?

use anyhow::{Context, Result, anyhow};
use clap::Args;
use serde_json::{Value, json};

use crate::Ending;
use crate::closeness::{Ballots, Closeness, Terms, Voters};
use crate::output::{Format, Output, STRONG, note, printable, wrapped};
use crate::source::Source;

/// How close it was: the fewest votes that change the result.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion margins election.toml
  apportion margins election.toml --at Oslo      ballots and seats of one district
  apportion margins election.toml --last-seats   every district, closest first
  apportion margins election.toml --or-tie       ties beside seats that are won
  apportion margins election.toml --switch A B --between Oslo Bergen
  apportion margins election.toml --spread Oslo=2 --spread Bergen=1
  apportion margins votes.csv --method dhondt --seats 10 --format csv

One more by: so many more votes for that party alone, and it has a seat more
for certain. One fewer by: so many votes fewer, and it has lost one. A vote less
is not enough, but where it says \"at most\". All other votes stay as they are.
In several places, votes change in one of them, the nearest, but where an option
says otherwise.

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// The seats of one region or district, with votes that change there
    #[arg(long, value_name = "PLACE", conflicts_with_all = ["ballots_in", "seats_in"])]
    at: Option<String>,
    /// Votes change in this place, for the seats of the nation
    #[arg(long, value_name = "PLACE")]
    ballots_in: Option<String>,
    /// Votes change in several places at once: at each step so many in each, or
    /// evenly for one in every district; may be repeated
    #[arg(long, value_name = "PLACE=NUMBER", conflicts_with_all = ["at", "ballots_in"])]
    spread: Vec<String>,
    /// The seats of this place, wherever votes change
    #[arg(long, value_name = "PLACE")]
    seats_in: Option<String>,
    /// Ties too: how few votes reach one for a seat, or over a seat that was certain
    #[arg(long)]
    or_tie: bool,
    /// Only voters who leave the first party for the second
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"])]
    switch: Vec<String>,
    /// They leave in the first place, and choose the other party in the second
    #[arg(
        long,
        num_args = 2,
        value_names = ["FROM", "TO"],
        requires = "switch",
        conflicts_with_all = ["at", "ballots_in", "spread"]
    )]
    between: Vec<String>,
    /// Only voters who leave a list for another of its alliance
    #[arg(long, conflicts_with_all = ["switch", "between"])]
    allied: bool,
    /// The last seat of every place, and who is next
    #[arg(long, conflicts_with_all = ["at", "ballots_in", "spread", "seats_in", "or_tie", "switch", "allied"])]
    last_seats: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

/// A place and how many ballots change there at each step.
fn step(text: &str) -> Result<(String, u32)> {
    let parts = text.rsplit_once('=').and_then(|(place, number)| Some((place, number.parse().ok()?)));
    let (place, number) = parts.filter(|&(_, number)| number > 0).ok_or_else(|| {
        anyhow!("--spread {text:?} is neither PLACE=NUMBER, with a number of ballots above zero, nor evenly")
    })?;
    Ok((place.to_string(), number))
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let file = || self.source.file.display().to_string();
        let closeness = Closeness::new(&election, self.terms()?).with_context(file)?;
        let only = match &self.switch[..] {
            [from, to] => Some(Voters::Switch(from, to)),
            _ => self.allied.then_some(Voters::Allied),
        };
        if self.last_seats {
            self.write_last_seats(&closeness).with_context(file)?;
        } else if let Some(voters) = only {
            self.write_closest(&closeness, &voters).with_context(file)?;
        } else {
            self.write(&closeness).with_context(file)?;
        }
        Ok(Ending::Answered)
    }

    /// Where ballots change, whose seats are asked about, and whether ties are.
    fn terms(&self) -> Result<Terms> {
        let ballots = match (&self.at, &self.ballots_in, &self.between[..], &self.spread[..]) {
            (Some(place), ..) | (_, Some(place), ..) => Ballots::At(place.clone()),
            (_, _, [from, to], _) => Ballots::Between(from.clone(), to.clone()),
            (.., []) => Ballots::Nearest,
            (.., [evenly]) if evenly == "evenly" => Ballots::Spread(Vec::new()),
            (.., steps) => Ballots::Spread(steps.iter().map(|text| step(text)).collect::<Result<_>>()?),
        };
        Ok(Terms { ballots, seats_in: self.at.clone().or(self.seats_in.clone()), or_tie: self.or_tie })
    }

    /// The closest change of one kind of voters alone.
    fn write_closest(&self, closeness: &Closeness<'_>, voters: &Voters<'_>) -> Result<()> {
        let Output { format, target } = &self.output;
        if *format == Format::Table {
            let mut out = target.styled()?;
            for sentence in closeness.sentences(voters)? {
                writeln!(out, "{STRONG}{}{STRONG:#}", wrapped(&sentence))?;
            }
            return Ok(out.flush()?);
        }
        let mut out = target.plain()?;
        closeness.row(voters)?.write(*format, &mut *out)?;
        Ok(out.flush()?)
    }

    fn write(&self, closeness: &Closeness<'_>) -> Result<()> {
        let closest = closeness.sentences(&Voters::Any)?;
        let Output { format, target } = &self.output;
        if *format == Format::Table {
            let mut out = target.styled()?;
            closest.iter().try_for_each(|closest| writeln!(out, "{STRONG}{}{STRONG:#}", wrapped(closest)))?;
            closeness.settling()?.iter().try_for_each(|settling| writeln!(out, "{}", wrapped(settling)))?;
            writeln!(out)?;
            closeness.write_table(&mut *out)?;
            return Ok(out.flush()?);
        }
        let (grid, _) = closeness.parties()?;
        let mut out = target.plain()?;
        if matches!(format, Format::Json | Format::Jsonl) {
            let parties: Vec<Value> = grid.objects().collect();
            let mut answer = json!({ "closest": closest[0] });
            if let Some(tie) = closest.get(1) {
                answer["closest_tie"] = json!(tie);
            }
            answer["parties"] = Value::Array(parties);
            writeln!(out, "{answer}")?;
        } else {
            grid.write(*format, &mut *out)?;
            closest.iter().for_each(|closest| note(&printable(closest)));
        }
        Ok(out.flush()?)
    }

    fn write_last_seats(&self, closeness: &Closeness<'_>) -> Result<()> {
        let Output { format, target } = &self.output;
        let grid = closeness.last_seats()?;
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        if *format == Format::Table {
            // The sentence names place and votes.
            grid.objects()
                .try_for_each(|row| writeln!(out, "{}", wrapped(row["what_happens"].as_str().unwrap_or_default())))?;
        } else {
            grid.write(*format, &mut *out)?;
        }
        Ok(out.flush()?)
    }
}

//! Questions about a result, put to the library: why, how close.

use std::io::Write;

use anyhow::{Result, bail};
use apportion::insight::{Margin, Margins, Question};
use apportion::{Election, Outcome, PlaceOutcome};
use serde_json::Value;

use crate::grid::Grid;
use crate::nearest;
use crate::output::{Format, wrapped};

/// Why these seats: in all, or in one place.
pub(crate) fn explanation(election: &Election, outcome: &Outcome, at: Option<&str>) -> Result<String> {
    let all = outcome.explain().with_law(&election.rule).with_sources(&election.sources);
    match at {
        None => Ok(all.to_string()),
        Some(place) => {
            known_place(outcome, place)?;
            Ok(all.at(place).map_or_else(String::new, |explanation| explanation.to_string()))
        }
    }
}

/// Refuses a place that is not there.
pub(crate) fn known_place(outcome: &Outcome, place: &str) -> Result<()> {
    if outcome.at(place).is_some() {
        return Ok(());
    }
    let places = outcome.places().iter().map(PlaceOutcome::name);
    bail!("--at names {place:?}, but there is no such region or district{}", nearest::hint(place, places));
}

/// How close it was.
pub(crate) struct Closeness<'a> {
    margins: Margins<'a>,
    at: Option<&'a str>,
}

impl<'a> Closeness<'a> {
    /// Of an election in all its places; or of the seats of one place, with ballots that change there.
    pub(crate) fn new(election: &'a Election, at: Option<&'a str>) -> Result<Self> {
        let margins = Margins::new(&election.rule, &election.count)?;
        at.map_or(Ok(()), |place| known_place(margins.outcome(), place))?;
        Ok(Self { margins, at })
    }

    fn ask(&self, question: Question<'_, 'a>) -> Result<Option<Margin>> {
        Ok(match self.at {
            Some(place) => question.at(place).seats_in(place).fewest()?,
            None => question.fewest()?,
        })
    }

    /// The closest change as a sentence.
    pub(crate) fn closest(&self) -> Result<String> {
        let closest = self.ask(self.margins.change())?;
        Ok(closest.map_or("No change of votes changes the result.".to_string(), |margin| {
            format!("The closest change: {margin}.")
        }))
    }

    /// Every party's votes to one seat more and to one fewer, for people: with notes on what else happens.
    pub(crate) fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        if self.at.is_some() {
            let mut grid = self.parties()?;
            grid.drop_columns(&HAPPENS);
            return Ok(grid.write(Format::Table, out)?);
        }
        for line in self.margins.table()?.to_string().lines() {
            writeln!(out, "{}", wrapped(line))?;
        }
        Ok(())
    }

    /// Every party's votes to one seat more and to one fewer, and what happens then.
    pub(crate) fn parties(&self) -> Result<Grid> {
        let [more, fewer] = HAPPENS;
        let mut grid = Grid::new(["party", "votes", "seats", "one more by", more, "one fewer by", fewer]);
        let outcome = self.margins.outcome();
        let parties = self.at.and_then(|place| outcome.at(place)).map_or(outcome.parties(), PlaceOutcome::parties);
        for party in parties {
            let name = party.name();
            let gain = self.ask(self.margins.gain(name))?;
            let loss = if party.certain() == 0 { None } else { self.ask(self.margins.loss(name))? };
            let mut row: Vec<Value> = vec![name.into(), party.votes().into(), party.certain().into()];
            row.extend([gain, loss].iter().flat_map(|margin| cells(margin.as_ref())));
            grid.push(row);
        }
        Ok(grid)
    }

    /// The last seat of every place and who is next, the closest first.
    pub(crate) fn last_seats(&self) -> Result<Grid> {
        let mut grid = Grid::new(["place", "votes", "what happens"]);
        for margin in self.margins.last_seats()? {
            let place = margin.place().unwrap_or_default().to_string();
            grid.push(vec![place.into(), margin.votes().into(), margin.to_string().into()]);
        }
        Ok(grid)
    }
}

/// The columns that say what happens.
const HAPPENS: [&str; 2] = ["one more happens", "one fewer happens"];

/// How many votes, and what happens with them.
fn cells(margin: Option<&Margin>) -> [Value; 2] {
    margin.map_or([Value::Null, Value::Null], |margin| [margin.votes().into(), margin.to_string().into()])
}

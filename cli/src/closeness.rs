//! How close it was: questions of margins, put to the library.

use std::io::Write;

use anyhow::{Result, ensure};
use apportion::insight::{Margin, Margins, Question};
use apportion::{Election, PartyOutcome, PlaceOutcome};
use serde_json::Value;

use crate::grid::Grid;
use crate::insight::known_place;
use crate::output::{Format, wrapped};

/// Where ballots change.
pub(crate) enum Ballots {
    /// In the nearest of all places.
    Nearest,
    /// In this one.
    At(String),
    /// Voters leave a party in the first and choose another in the second.
    Between(String, String),
    /// At each step, so many in each of these.
    Spread(Vec<(String, u32)>),
}

/// What a question of margins leaves to whoever asks.
pub(crate) struct Terms {
    pub(crate) ballots: Ballots,
    /// The place whose seats are asked about; those of the nation without it.
    pub(crate) seats_in: Option<String>,
    /// Whether ties are asked about too.
    pub(crate) or_tie: bool,
}

impl Terms {
    /// Whether nothing is asked beside the usual.
    fn are_plain(&self) -> bool {
        matches!(self.ballots, Ballots::Nearest) && self.seats_in.is_none() && !self.or_tie
    }
}

/// Who changes, of one kind.
pub(crate) enum Voters<'v> {
    /// Those of the first party, who choose the second.
    Switch(&'v str, &'v str),
    /// Those of a list who choose another of its alliance.
    Allied,
    /// Of any kind.
    Any,
}

/// The margins of an election, asked on terms.
pub(crate) struct Closeness<'a> {
    margins: Margins<'a>,
    terms: Terms,
}

impl<'a> Closeness<'a> {
    pub(crate) fn new(election: &'a Election, mut terms: Terms) -> Result<Self> {
        let margins = Margins::new(&election.rule, &election.count)?;
        terms.seats_in.as_deref().map_or(Ok(()), |place| known_place(margins.outcome(), "--seats-in", place))?;
        let known = |option, place: &String| known_place(margins.outcome(), option, place);
        match &mut terms.ballots {
            Ballots::Nearest => {}
            Ballots::At(place) => known("--at", place)?,
            Ballots::Between(from, to) => [from, to].into_iter().try_for_each(|place| known("--between", place))?,
            Ballots::Spread(places) if places.is_empty() => {
                *places = margins.outcome().districts().map(|district| (district.name().to_string(), 1)).collect();
                ensure!(!places.is_empty(), "--spread evenly: there are no districts to spread ballots over");
            }
            Ballots::Spread(places) => places.iter().try_for_each(|(place, _)| known("--spread", place))?,
        }
        Ok(Self { margins, terms })
    }

    /// The fewest ballots for the seat itself, and where ties are asked about for a tie.
    fn ask(&self, question: &Question<'_, 'a>) -> Result<[Option<Margin>; 2]> {
        let question = match &self.terms.ballots {
            Ballots::Nearest => question.clone(),
            Ballots::At(place) => question.clone().at(place),
            Ballots::Between(from, to) => question.clone().between(from, to),
            Ballots::Spread(places) => {
                question.clone().spread(places.iter().map(|(place, ballots)| (place.as_str(), *ballots)))
            }
        };
        let question = match &self.terms.seats_in {
            Some(place) => question.seats_in(place),
            None => question,
        };
        let tie = if self.terms.or_tie { question.clone().or_tie().fewest()? } else { None };
        Ok([question.fewest()?, tie])
    }

    /// The fewest voters of one kind who change the result: for the seat itself, and for a tie where ties are asked about.
    pub(crate) fn closest(&self, voters: &Voters<'_>) -> Result<[Option<Margin>; 2]> {
        self.ask(&match voters {
            Voters::Switch(from, to) => self.margins.switch(from, to),
            Voters::Allied => self.margins.allied(),
            Voters::Any => self.margins.change(),
        })
    }

    /// The same as sentences.
    pub(crate) fn sentences(&self, voters: &Voters<'_>) -> Result<Vec<String>> {
        let [closest, tie] = self.closest(voters)?;
        let none = || match voters {
            Voters::Switch(from, to) => format!("No number of voters who leave {from} for {to} changes the result."),
            Voters::Allied => "No number of voters who move inside an alliance changes the result.".to_string(),
            Voters::Any => "No change of votes changes the result.".to_string(),
        };
        let nearer = tie.filter(|tie| closest.as_ref().is_none_or(|closest| tie.votes() < closest.votes()));
        let mut all = vec![closest.map_or_else(none, |margin| format!("The closest change: {margin}."))];
        if self.terms.or_tie {
            all.push(nearer.map_or("No fewer votes reach a tie.".into(), |tie| format!("The closest tie: {tie}.")));
        }
        Ok(all)
    }

    /// Where the only place has an open tie, the parties of which a single vote more would settle it, as a sentence.
    pub(crate) fn settling(&self) -> Result<Option<String>> {
        let outcome = self.margins.outcome();
        let [tie] = outcome.ties() else { return Ok(None) };
        if !self.terms.are_plain() || outcome.districts().next().is_some() {
            return Ok(None);
        }
        let mut settling = Vec::new();
        for name in tie.parties() {
            if self.margins.gain(name).fewest()?.is_some_and(|margin| margin.votes() == 1) {
                settling.push(format!("for {name}"));
            }
        }
        let Some((last, before)) = settling.split_last().filter(|(_, before)| !before.is_empty()) else {
            return Ok(None);
        };
        Ok(Some(format!("One vote more {} or {last} settles the tie.", before.join(", "))))
    }

    /// The closest change of one kind of voters, as a row for programs.
    pub(crate) fn row(&self, voters: &Voters<'_>) -> Result<Grid> {
        let mut columns = vec!["from", "to", "votes", "what happens", "proven"];
        let margins = self.closest(voters)?;
        let named = |sign: i64| {
            let ballots = margins.iter().flatten().next()?.change().ballots();
            ballots.iter().find(|ballots| ballots.number.signum() == sign).map(|ballots| ballots.party.clone())
        };
        let mut row: Vec<Value> = vec![named(-1).into(), named(1).into()];
        row.extend(cells(margins[0].as_ref()));
        row.push(margins[0].as_ref().map(Margin::is_proven).into());
        if self.terms.or_tie {
            columns.extend(["tie votes", "tie happens"]);
            row.extend(cells(margins[1].as_ref()));
        }
        let mut grid = Grid::new(columns);
        grid.push(row);
        Ok(grid)
    }

    /// Every party's votes to one seat more and to one fewer, for people: with notes on what else happens.
    pub(crate) fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        if self.terms.are_plain() {
            return Ok(write!(out, "{}", self.margins.table()?)?);
        }
        let (mut grid, doubt) = self.parties()?;
        grid.drop_columns(&KINDS.map(|kind| kind[1]));
        grid.write(Format::Table, out)?;
        if let Some(doubt) = doubt {
            writeln!(out, "\n{}", wrapped(&format!("Fewer votes than these may do it: {doubt}.")))?;
        }
        Ok(())
    }

    /// Every party's votes to one seat more and to one fewer, what happens then, and why fewer may do it.
    pub(crate) fn parties(&self) -> Result<(Grid, Option<&'static str>)> {
        let mut doubt = None;
        let kinds: Vec<usize> = if self.terms.or_tie { vec![0, 1, 2, 3] } else { vec![0, 2] };
        let columns = kinds.iter().flat_map(|&kind| KINDS[kind]);
        let mut grid = Grid::new(["party", "votes", "seats"].into_iter().chain(columns));
        for party in self.standing() {
            let name = party.name();
            let [gain, gain_tie] = self.ask(&self.margins.gain(name))?;
            let [loss, loss_tie] = match party.certain() {
                0 => [None, None],
                _ => self.ask(&self.margins.loss(name))?,
            };
            let margins = [gain, gain_tie, loss, loss_tie];
            doubt = doubt.or(margins.iter().flatten().find_map(Margin::doubt));
            let mut row: Vec<Value> = vec![name.into(), party.votes().into(), party.certain().into()];
            row.extend(kinds.iter().flat_map(|&kind| cells(margins[kind].as_ref())));
            grid.push(row);
        }
        Ok((grid, doubt))
    }

    /// The parties with their seats where these are asked about, that stand wherever ballots change.
    fn standing(&self) -> Vec<&PartyOutcome> {
        let outcome = self.margins.outcome();
        let stands = |party: &PartyOutcome, place: &str| {
            outcome.at(place).is_some_and(|place| place.parties().iter().any(|there| there.name() == party.name()))
        };
        let seats_in = self.terms.seats_in.as_deref().and_then(|place| outcome.at(place));
        let parties = seats_in.map_or(outcome.parties(), PlaceOutcome::parties).iter();
        let all = parties.filter(|party| match &self.terms.ballots {
            Ballots::Nearest => true,
            Ballots::At(place) => stands(party, place),
            Ballots::Between(from, to) => stands(party, from) && stands(party, to),
            Ballots::Spread(places) => places.iter().all(|(place, _)| stands(party, place)),
        });
        all.collect()
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

/// The columns of each kind of margin: how many votes, and what happens with them.
const KINDS: [[&str; 2]; 4] = [
    ["one more by", "one more happens"],
    ["tie for it by", "tie for it happens"],
    ["one fewer by", "one fewer happens"],
    ["tie over it by", "tie over it happens"],
];

/// How many votes, and what happens with them.
fn cells(margin: Option<&Margin>) -> [Value; 2] {
    margin.map_or([Value::Null, Value::Null], |margin| [margin.votes().into(), margin.to_string().into()])
}

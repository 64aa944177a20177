//! Questions about a result, put to the library: why, is it right, what is still possible.

use anyhow::{Result, bail};
use apportion::insight::{ClaimedSeats, Outlook, PartyOutlook, Verdict};
use apportion::{Election, Outcome, PartyOutcome, PlaceOutcome};
use serde_json::Value;

use crate::grid::Grid;
use crate::nearest;
use crate::output::{counted, grouped, width};

/// Why these seats: in all, or in one place.
pub(crate) fn explanation(election: &Election, outcome: &Outcome, at: Option<&str>) -> Result<String> {
    let all = outcome.explain().with_law(&election.rule).with_sources(&election.sources);
    match at {
        None => Ok(format!("{all:0$}", width())),
        Some(place) => {
            known_place(outcome, "--at", place)?;
            Ok(all.at(place).map_or_else(String::new, |explanation| format!("{explanation:0$}", width())))
        }
    }
}

/// Refuses a place that is not there.
pub(crate) fn known_place(outcome: &Outcome, option: &str, place: &str) -> Result<()> {
    if outcome.at(place).is_some() {
        return Ok(());
    }
    let places = outcome.places().iter().map(PlaceOutcome::name);
    bail!("{option} names {place:?}, but there is no such region or district{}", nearest::hint(place, places));
}

/// The claim that these are all seats of the nation, or of one place: who is not named has none.
pub(crate) fn claim(election: &Election, seats: &[(String, u64)], at: Option<&str>) -> Result<ClaimedSeats> {
    let outcome = election.outcome()?;
    at.map_or(Ok(()), |place| known_place(&outcome, "--at", place))?;
    let parties = at.and_then(|place| outcome.at(place)).map_or(outcome.parties(), PlaceOutcome::parties);
    let names: Vec<&str> = parties.iter().map(PartyOutcome::name).collect();
    if let Some((name, _)) = seats.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        bail!("--claim names {name:?}, but no such party stands{}", nearest::hint(name, names));
    }
    let of = |name: &str| seats.iter().filter(|(claimed, _)| claimed == name).map(|(_, seats)| *seats).next_back();
    Ok(match at {
        None => names.into_iter().map(|name| of(name).unwrap_or(0)).collect::<Vec<_>>().into(),
        Some(place) => {
            names.into_iter().fold(ClaimedSeats::default(), |claim, name| claim.at(place, name, of(name).unwrap_or(0)))
        }
    })
}

/// The claim of all seats on record, if there are any.
pub(crate) fn recorded(election: &Election) -> Option<ClaimedSeats> {
    let recorded = &election.recorded;
    let nation =
        recorded.nation.iter().fold(ClaimedSeats::default(), |claim, (name, &seats)| claim.in_all(name, seats));
    let places = recorded.places.iter().flat_map(|(place, seats)| seats.iter().map(move |cell| (place, cell)));
    let claim = places.fold(nation, |claim, (place, (name, &seats))| claim.at(place, name, seats));
    (!recorded.is_empty()).then_some(claim)
}

/// What a check of claimed seats says, and whether they can be right.
pub(crate) fn verdict(election: &Election, claimed: ClaimedSeats) -> Result<(bool, String)> {
    Ok(match apportion::insight::verify(&election.rule, &election.count, claimed)? {
        Verdict::Correct => (true, "Right: checked a second way, this is the only correct result.".into()),
        Verdict::Tied { parties, seats } => {
            let seats = counted(seats, "seat is", "seats are");
            (true, format!("Possible: {seats} tied between {}, and this is one way it can go.", parties.join(", ")))
        }
        Verdict::Wrong(objections) => {
            let objections: Vec<String> = objections.iter().map(|objection| format!("Wrong: {objection}.")).collect();
            (false, objections.join("\n"))
        }
        other => (false, format!("{other:?}")),
    })
}

/// How many ballots are still to be counted.
pub(crate) enum Out<'a> {
    /// So many in each of these places; the nation has no name.
    Ballots(&'a [(String, u64)]),
    /// Of so many cast in all.
    OfCast(u64),
}

/// What is still possible.
pub(crate) fn outlook(election: &Election, out: &Out<'_>) -> Result<Outlook> {
    let (rule, count) = (&election.rule, &election.count);
    Ok(match out {
        Out::Ballots(places) => {
            Outlook::of_places(rule, count, places.iter().map(|(place, ballots)| (place.as_str(), *ballots)))?
        }
        Out::OfCast(cast) => Outlook::of_cast(rule, count, *cast)?,
    })
}

/// What each party can still end with, for people: a bound that may not be reached is marked.
pub(crate) fn prospects(parties: &[PartyOutlook]) -> Grid {
    let mut grid = Grid::new(["party", "votes", "seats"]);
    for party in parties {
        let open = if party.fewest_is_tight() && party.most_is_tight() { "" } else { " ~" };
        let seats = match (party.fewest(), party.most()) {
            (fewest, most) if fewest == most => grouped(fewest),
            (fewest, most) => format!("{} to {}{open}", grouped(fewest), grouped(most)),
        };
        grid.push(vec![party.name().into(), party.votes().into(), seats.into()]);
    }
    grid
}

/// The same for programs, the nation and every place.
pub(crate) fn all_prospects(outlook: &Outlook) -> Grid {
    let columns = ["party", "votes", "fewest", "most", "tight"];
    let several = !outlook.places().is_empty();
    let mut grid = if several { Grid::new(["place"].into_iter().chain(columns)) } else { Grid::new(columns) };
    let places = outlook.places().iter().map(|place| (place.name(), place.parties()));
    for (place, parties) in std::iter::once(("", outlook.parties())).chain(places) {
        for party in parties {
            let tight = party.fewest_is_tight() && party.most_is_tight();
            let mut row: Vec<Value> = if several { vec![place.into()] } else { Vec::new() };
            row.extend([party.name().into(), Value::from(party.votes()), party.fewest().into(), party.most().into()]);
            row.push(tight.into());
            grid.push(row);
        }
    }
    grid
}

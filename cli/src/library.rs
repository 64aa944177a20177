//! What is asked of the library about one election, all in one place.

use anyhow::{Context, Result, anyhow, bail};
use apportion::insight::{Explanation, Margins, Outlook, Verdict};
use apportion::{AllocationMethod, Answer, Election, Law, Outcome};
use serde_json::{Map, Value};

use crate::grid::Grid;
use crate::nearest;

/// The laws of the catalogue: id and text.
pub(crate) fn laws() -> &'static [(&'static str, &'static str)] {
    Law::CATALOGUE
}

/// The id of a law that the catalogue has.
pub(crate) fn known_law(id: &str) -> Result<String> {
    law_text(id).map(|_| id.to_string())
}

/// The text of a law; an error names those of the same country, or the nearest.
pub(crate) fn law_text(id: &str) -> Result<&'static str> {
    let found = laws().iter().find(|(known, _)| *known == id);
    found.map(|(_, text)| *text).with_context(|| {
        let country = id.split('-').next().unwrap_or_default();
        let ids = laws().iter().map(|(known, _)| *known);
        let near: Vec<&str> = ids.clone().filter(|known| known.split('-').next() == Some(country)).collect();
        match near[..] {
            [] => format!("there is no law {id:?}{}", nearest::hint(id, ids)),
            _ => format!("there is no law {id:?}, but {}", near.join(", ")),
        }
    })
}

/// The keys of a law that a document may hold: all but its name and sources.
pub(crate) fn law(id: &str) -> Result<Map<String, Value>> {
    let mut law: Map<String, Value> = toml::from_str(law_text(id)?).map_err(|error| anyhow!("{id}: {error}"))?;
    for key in ["id", "name", "date", "sources", "note", "unverified"] {
        law.remove(key);
    }
    Ok(law)
}

/// The answer that other programs read.
pub(crate) fn answer(election: &Election) -> Answer {
    election.answer()
}

/// The answer that there is none.
pub(crate) fn no_answer(id: Option<String>, error: &impl ToString) -> Answer {
    Answer::error(id, error)
}

/// What an answer to one line comes to: its error, or whether it is as recorded.
pub(crate) fn verdict_on(answer: &Answer) -> Result<Option<bool>, &str> {
    match answer {
        Answer::Failed { error, .. } => Err(error),
        Answer::Answered { as_recorded, .. } => Ok(*as_recorded),
        _ => Ok(None),
    }
}

/// The election's name and date; empty where it has none.
pub(crate) fn title(election: &Election) -> String {
    let title = [election.name.as_deref(), election.date.as_deref()];
    title.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How many seats by which law, a line each.
pub(crate) fn law_in_words(election: &Election, outcome: &Outcome) -> Vec<String> {
    let place = match election.districts.len() {
        0 => String::new(),
        districts => format!(" in {districts} districts"),
    };
    let seats = outcome.total_seats();
    match election.rule.method() {
        AllocationMethod::Stages(stages) => {
            let mut lines = vec![format!("{seats} seats{place} in {} stages:", stages.len())];
            lines.extend((1..).zip(stages).map(|(number, stage)| format!("{number}. {stage}")));
            lines
        }
        method => vec![format!("{seats} seats{place} by {method}")],
    }
}

/// The method of the election's law, in words.
pub(crate) fn method_in_words(election: &Election) -> String {
    election.rule.method().to_string()
}

/// Whether a tie is open.
pub(crate) fn is_tied(outcome: &Outcome) -> bool {
    !outcome.ties().is_empty()
}

/// Where an outcome and the record differ, as a sentence.
pub(crate) fn difference(election: &Election, outcome: &Outcome) -> String {
    let differs = |outcome: &Outcome, recorded: &[Option<u64>], place: &str| -> Vec<String> {
        let parties = outcome.parties().iter().zip(recorded);
        let differing = parties.filter_map(|(party, recorded)| {
            let recorded = (*recorded)?;
            (recorded != party.certain()).then(|| format!("{place}{} {recorded}", party.name()))
        });
        differing.collect()
    };
    let mut differing = differs(outcome, &election.recorded, "");
    for (district, recorded) in outcome.districts().iter().zip(&election.recorded_in) {
        differing.extend(differs(district.outcome(), recorded, &format!("{}, ", district.name())));
    }
    for (name, recorded) in &election.national {
        if outcome.certain(name) != Some(*recorded) {
            differing.push(format!("{name} {recorded}"));
        }
    }
    format!("The record differs: {}.", differing.join(", "))
}

/// Refuses what insights would explain wrongly.
pub(crate) fn in_one_place(election: &Election, what: &str) -> Result<()> {
    if !election.alliances.is_empty() || !election.districts.is_empty() {
        bail!("the election has alliances or districts, which {what} cannot take yet");
    }
    Ok(())
}

/// Why these seats.
pub(crate) fn explanation(election: &Election) -> Result<String> {
    in_one_place(election, "explanations")?;
    Ok(Explanation::new(&election.rule, &election.tally)?.to_string())
}

/// The parties' names, in order.
pub(crate) fn parties(election: &Election) -> Vec<&str> {
    election.tally.parties().iter().map(apportion::Party::name).collect()
}

/// The seats on record, party by party.
pub(crate) fn recorded(election: &Election) -> &[Option<u64>] {
    &election.recorded
}

/// What a check of claimed seats says, and whether they can be right.
pub(crate) fn verdict(election: &Election, claimed: &[u64]) -> Result<(bool, String)> {
    in_one_place(election, "a check")?;
    Ok(match apportion::insight::verify(&election.rule, &election.tally, claimed)? {
        Verdict::Correct => (true, "Right: checked a second way, this is the only correct result.".into()),
        Verdict::Tied { parties, seats } => {
            let seats = crate::output::counted(seats, "seat is", "seats are");
            (true, format!("Possible: {seats} tied between {}, and this is one way it can go.", parties.join(", ")))
        }
        Verdict::Wrong(objection) => (false, format!("Wrong: {objection}.")),
        other => (false, format!("{other:?}")),
    })
}

/// How close it was: the closest change as a sentence, and a table of every party.
pub(crate) fn margins(election: &Election) -> Result<(Option<String>, Grid)> {
    in_one_place(election, "margins")?;
    let margins = Margins::new(&election.rule, &election.tally)?;
    let outcome = election.outcome()?;
    let mut grid = Grid::new(["party", "votes", "seats", "one more by", "one fewer by"]);
    for party in outcome.parties() {
        let (gain, loss) = (margins.gain(party.name())?, margins.loss(party.name())?);
        let votes = [gain, loss].map(|margin| Value::from(margin.map(|margin| margin.votes())));
        let row = [party.name().into(), party.votes().into(), party.certain().into()];
        grid.push(row.into_iter().chain(votes).collect());
    }
    Ok((margins.closest()?.map(|margin| margin.to_string()), grid))
}

/// How many ballots are still to be counted.
pub(crate) enum Out {
    /// So many are out.
    Ballots(u64),
    /// So many were cast in all.
    OfCast(u64),
}

/// What is still possible: the ballots out, the seats that are certain, and each party's range.
pub(crate) fn outlook(election: &Election, out: &Out) -> Result<Prospects> {
    in_one_place(election, "an outlook")?;
    let (rule, tally) = (&election.rule, &election.tally);
    let outlook = match *out {
        Out::Ballots(ballots) => Outlook::new(rule, tally, ballots)?,
        Out::OfCast(cast) => Outlook::of_cast(rule, tally, cast)?,
    };
    let parties = outlook.parties().iter().map(|party| Prospect {
        name: party.name().to_string(),
        votes: party.votes(),
        fewest: party.fewest(),
        most: party.most(),
        is_tight: party.fewest_is_tight() && party.most_is_tight(),
    });
    Ok(Prospects {
        parties: parties.collect(),
        ballots_out: outlook.ballots_out(),
        certain: outlook.certain_seats(),
        is_decided: outlook.is_decided(),
    })
}

/// What is still possible.
pub(crate) struct Prospects {
    pub(crate) parties: Vec<Prospect>,
    pub(crate) ballots_out: u64,
    pub(crate) certain: u64,
    pub(crate) is_decided: bool,
}

/// What a party can still end with.
pub(crate) struct Prospect {
    pub(crate) name: String,
    pub(crate) votes: u64,
    pub(crate) fewest: u64,
    pub(crate) most: u64,
    pub(crate) is_tight: bool,
}

/// The outcome by another method, all else as it is.
pub(crate) fn by_another(election: &Election, method: &AllocationMethod) -> Result<Outcome> {
    let mut other = election.clone();
    other.rule = other.rule.with_method(method.clone());
    Ok(other.outcome()?)
}

/// Whether an answer has an open tie.
pub(crate) fn has_ties(answer: &Answer) -> bool {
    matches!(answer, Answer::Answered { ties, .. } if !ties.is_empty())
}

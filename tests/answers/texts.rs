//! What is said of a document, in texts.

use std::fmt::Write;

use apportion::insight::{ClaimedSeats, Margin, Margins, verify};
use apportion::rule::{Comparison, Record};
use apportion::{Count, Election, Outcome, PartyOutcome, PlaceOutcome, Tally, TieOutcome};

use super::numbers::Numbers;

/// Writes a text about a document and its outcome, if it has one.
type Writer = fn(&Election, Option<&Outcome>) -> String;

/// What is asked of each document.
pub(crate) const TEXTS: [(&str, Writer); 6] = [
    ("answer", answer),
    ("words", words),
    ("figures", figures),
    ("verdicts", verdicts),
    ("rows", rows),
    ("margins", margins),
];

/// The text of this number about a document; the error where it cannot be read.
pub(crate) fn text(document: &str, at: usize) -> String {
    match serde_json::from_str::<Election>(document) {
        Ok(election) => {
            let outcome = election.outcome();
            TEXTS[at].1(&election, outcome.as_ref().ok())
        }
        Err(error) => error.to_string(),
    }
}

/// The answer for programs, with what proves it; the law in words; the document as it is written.
fn answer(election: &Election, outcome: Option<&Outcome>) -> String {
    let mut answer = election.answer();
    if let Some(certificate) = outcome.and_then(|outcome| election.certificate_of(outcome).ok()) {
        answer = answer.with_certificate(certificate);
    }
    [serde_json::to_string(&answer).unwrap(), election.rule.to_string(), serde_json::to_string(election).unwrap()]
        .join("\n")
}

/// The tables for people.
fn words(_: &Election, outcome: Option<&Outcome>) -> String {
    let Some(outcome) = outcome else { return String::new() };
    [outcome.headline(), outcome.to_string(), outcome.table(60)].join("\n")
}

/// What an outcome and its records say when they are asked.
fn figures(_: &Election, outcome: Option<&Outcome>) -> String {
    let Some(outcome) = outcome else { return String::new() };
    let mut text = String::new();
    for party in outcome.parties() {
        let name = party.name();
        let asked = (outcome.seats(name), outcome.possible(name), outcome.is_tied(name), outcome.seat_count(name));
        writeln!(text, "{asked:?} {}", of_party(party)).unwrap();
    }
    for place in outcome.places() {
        writeln!(text, "{} {:?}", of_place(place), outcome.at(place.name()).map(PlaceOutcome::name)).unwrap();
    }
    for tier in outcome.tiers() {
        let same = outcome.by(tier.name()).map(|tier| tier.seats().to_vec());
        writeln!(text, "{} {:?} {same:?} {:?}", tier.name(), tier.level(), tier.idle()).unwrap();
    }
    let said = (outcome.vacant(), outcome.total_seats(), outcome.whole(), outcome.spared(), outcome.bonus());
    let open = (outcome.tie(), outcome.ties(), outcome.settled(), outcome.unseated(), outcome.ways_complete());
    let warnings: Vec<String> = outcome.warnings().iter().map(ToString::to_string).collect();
    writeln!(text, "{said:?} {open:?} {warnings:?}").unwrap();
    for stage in outcome.stages() {
        writeln!(text, "{} {:?}", stage.name(), stage.seats()).unwrap();
    }
    let about: Vec<&str> = outcome.ties().iter().map(TieOutcome::about).collect();
    writeln!(text, "{about:?}").unwrap();
    outcome.trace().records().iter().for_each(|record| text += &of_record(record));
    for way in outcome.ways() {
        writeln!(text, "{:?} {:?} {:?}", way.choices(), way.ends(), way.outcome().map(Outcome::headline)).unwrap();
    }
    text
}

fn of_party(party: &PartyOutcome) -> String {
    let shortfall = party.admission().shortfall().map(|shortfall| {
        let distance = (shortfall.votes_short(), shortfall.votes_to_spare());
        format!("{shortfall} {distance:?}")
    });
    let seats = (party.votes(), party.counted(), party.certain(), party.is_admitted());
    format!("{} {seats:?} {shortfall:?}", party.name())
}

fn of_record(record: &Record) -> String {
    match record {
        Record::Admission(admission) => {
            let asked = |one: &Comparison| (one.fewest_votes(), one.votes());
            let all: Vec<_> = admission.comparisons.iter().flatten().map(asked).collect();
            format!("{all:?}\n")
        }
        Record::Contest(contest) => {
            let counted: Vec<String> = (0..contest.entries.len()).map(|at| contest.counted(at).to_string()).collect();
            format!("{counted:?} of {}\n", contest.denominator())
        }
        Record::Matrix(matrix) => {
            let (parties, districts) = (matrix.parties.len(), matrix.districts.len());
            let cells = (0..parties).flat_map(|party| (0..districts).map(move |district| (party, district)));
            let held: Vec<bool> = cells.map(|(party, district)| matrix.is_held_up(party, district)).collect();
            format!("{held:?} {:?}\n", matrix.printed_divisors())
        }
        _ => String::new(),
    }
}

fn of_place(place: &PlaceOutcome) -> String {
    let seats = (place.total_seats(), place.filled(), place.vacant(), place.within(), place.level());
    let of = |party: &PartyOutcome| {
        let name = party.name();
        format!("{} {:?} {}", of_party(party), place.seats(name), place.is_tied(name))
    };
    let parties: Vec<String> = place.parties().iter().map(of).collect();
    format!("{} {seats:?} {:?} {:?} {parties:?}", place.name(), place.ties(), place.settled())
}

/// What is found in the right seats, in those of a law with one seat more, and in claims of wrong ones.
fn verdicts(election: &Election, outcome: Option<&Outcome>) -> String {
    let Some(outcome) = outcome else { return String::new() };
    let (rule, count) = (&election.rule, &election.count);
    let mut text = format!("{:?}\n", outcome.verify(rule, count));
    if let Some(seats) = rule.seats() {
        let more = rule.clone().with_seats(seats + 1).apply(count);
        writeln!(text, "{:?}", more.map(|more| more.verify(rule, count))).unwrap();
    }
    let mut say = |claim: ClaimedSeats| match verify(rule, count, claim) {
        Ok(verdict) => writeln!(text, "{verdict} {verdict:?}").unwrap(),
        Err(error) => writeln!(text, "{error}").unwrap(),
    };
    let certain: Vec<u64> = outcome.parties().iter().map(PartyOutcome::certain).collect();
    let parties = certain.len();
    for from in 0..parties.min(3) {
        let mut seats = certain.clone();
        let given = seats[from].min(1);
        seats[from] -= given;
        seats[(from + 1) % parties] += given;
        say(seats.into());
    }
    // Each end of the first tie, too.
    if let Some(tie) = outcome.tie() {
        for (party, seats) in
            outcome.parties().iter().zip(&certain).filter(|(party, _)| tie.parties().contains(&party.name().into()))
        {
            say(ClaimedSeats::default().in_all(party.name(), seats + 1));
        }
    }
    for place in outcome.places().iter().take(2) {
        let all = place
            .parties()
            .iter()
            .fold(ClaimedSeats::default(), |claim, party| claim.at(place.name(), party.name(), party.certain()));
        say(all);
        for party in place.parties().iter().take(2) {
            say(ClaimedSeats::default().at(place.name(), party.name(), party.certain() + 1));
        }
    }
    for tier in outcome.tiers() {
        if let (Some(party), Some(seats)) = (outcome.parties().first(), tier.seats().first()) {
            say(ClaimedSeats::default().by(tier.name(), party.name(), *seats));
            say(ClaimedSeats::default().by(tier.name(), party.name(), seats - 1));
        }
    }
    text
}

/// What the prepared law makes of these votes and of others.
fn rows(election: &Election, _: Option<&Outcome>) -> String {
    let mut prepared = match election.rule.prepare(&election.count) {
        Ok(prepared) => prepared,
        Err(error) => return error.to_string(),
    };
    let own = row_of(&election.count, prepared.votes());
    if own.len() != prepared.votes() || own.is_empty() {
        return format!("{} votes for rows of {}", own.len(), prepared.votes());
    }
    let mut n = Numbers(1);
    let mut rows = own.clone();
    for at in 0..if own.len() > 60 { 3 } else { 12 } {
        let most = [4, 12, 1_000, 1 << 55, 1 << 63][at % 5];
        for &votes in &own {
            let near = (votes / 10 * 9).saturating_add(n.below(votes / 5 + 1));
            rows.push(if at < 3 {
                near
            } else if n.one_in(3) {
                0
            } else {
                n.below(most)
            });
        }
    }
    let many = rows.len() / own.len();
    let mut seats = vec![7; many * prepared.seats()];
    let left = prepared.apply_rows(&rows, &mut seats);
    let mut again = seats.clone();
    assert_eq!(prepared.apply_rows_in_parallel(&rows, &mut again), left);
    assert_eq!(again, seats);
    let first = prepared.apply(&own, &mut seats[..prepared.seats()].to_vec());
    let columns: Vec<(&str, &str)> = prepared.inputs().chain(prepared.outputs()).collect();
    format!("{columns:?}\n{seats:?}\n{left:?}\n{first:?}")
}

/// The places of a count that have votes of their own, in the order of a row.
fn row_of(count: &Count, votes: usize) -> Vec<u64> {
    let of =
        |tally: &Tally| tally.iter().map(|(_, votes)| u64::try_from(votes).unwrap_or(u64::MAX)).collect::<Vec<_>>();
    let mut row: Vec<u64> = count.districts().flat_map(|place| of(&place.tally)).collect();
    if row.len() < votes {
        row.extend(of(&count.nation().tally));
    }
    row
}

/// The closest changes of a small election, as far as some hundred runs go.
fn margins(election: &Election, outcome: Option<&Outcome>) -> String {
    let votes = row_of(&election.count, usize::MAX).len();
    let Some(party) = outcome.and_then(|outcome| outcome.parties().first()).filter(|_| votes < 30) else {
        return String::new();
    };
    let Ok(margins) = Margins::new(&election.rule, &election.count) else { return String::new() };
    let margins = margins.with_most_runs(150);
    let found = [margins.gain(party.name()).fewest(), margins.loss(party.name()).fewest()];
    let found = found.into_iter().map(|found| found.map(Vec::from_iter)).chain([margins.last_seats()]);
    let texts = found.map(|found| match found {
        Ok(found) => found.iter().map(margin).collect(),
        Err(error) => format!("{error}\n"),
    });
    format!("{:?}\n{}", margins.doubt(), texts.collect::<String>())
}

/// A change of votes, and what comes of it.
fn margin(margin: &Margin) -> String {
    let moves = [margin.gains(), margin.losses()];
    let names = [margin.entering(), margin.leaving(), margin.tied()];
    let after = margin.outcome().map_or_else(ToString::to_string, Outcome::to_string);
    format!("{margin} {:?} {:?} {moves:?} {names:?} {:?}\n{after}\n", margin.change(), margin.doubt(), margin.news())
}

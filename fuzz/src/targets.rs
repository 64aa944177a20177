//! The targets: each takes any input, panics where the library does what it must not, and says whether it answered the input
//! or refused it.

use apportion::matrix::{Matrix, Verdict};
use apportion::{Election, Tally};
use serde_json::{Value, json};

use crate::case::{Case, Cells};
use crate::votes::Votes;

/// Documents in JSON: any bytes are an election or an error, and what is read is written and read again as the same.
pub fn documents_in_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Election>(bytes).is_ok_and(|election| use_up(&election))
}

/// Documents in TOML: the same.
pub fn documents_in_toml(text: &str) -> bool {
    toml::from_str::<Election>(text).is_ok_and(|election| use_up(&election))
}

/// Tables of votes as the command reads them: any bytes are votes or an error with a line.
pub fn tables(bytes: &[u8]) -> bool {
    let Ok(votes) = Votes::read(bytes, None) else { return false };
    let mut document = votes.into_document();
    document.insert("seats".into(), 7.into());
    document.insert("rule".into(), json!({ "method": "dhondt" }));
    serde_json::from_value::<Election>(Value::Object(document)).is_ok_and(|election| use_up(&election))
}

/// Laws of arbitrary provisions on arbitrary counts: an outcome or an error, and every seat is somewhere.
pub fn laws(case: &Case) -> bool {
    let (rule, count) = (case.rule(), case.count());
    let Ok(outcome) = rule.apply(&count) else { return false };
    let _ = (outcome.to_string(), outcome.explain().with_law(&rule).to_string());
    for party in outcome.parties() {
        let inside: u128 = outcome.districts().filter_map(|place| place.certain(party.name())).map(u128::from).sum();
        assert!(inside <= u128::from(party.certain()), "{}: {inside} in districts, {}", party.name(), party.certain());
    }
    true
}

/// Prepared laws against named ones.
pub fn prepared(case: &Case) -> bool {
    let (rule, count) = (case.rule(), case.count());
    let Ok(mut prepared) = rule.prepare(&count) else {
        assert!(rule.apply(&count).is_err(), "what cannot be prepared cannot be applied");
        return false;
    };
    let tallies: Vec<&Tally> = match count.places() {
        [] => vec![&count.nation().tally],
        places => places.iter().map(|place| &place.tally).collect(),
    };
    let votes: Vec<u64> = tallies.iter().flat_map(|tally| tally.iter()).map(|(_, votes)| votes as u64).collect();
    let mut seats = vec![0; prepared.seats()];
    let row = prepared.apply(&votes, &mut seats);
    match rule.apply(&count) {
        Err(error) => {
            assert_eq!(row.unwrap_err(), error);
            false
        }
        Ok(outcome) => {
            let own: Vec<u64> = if count.places().is_empty() {
                outcome.parties().iter().map(|party| party.certain()).collect()
            } else {
                outcome.districts().flat_map(|place| place.parties().iter().map(|party| party.certain())).collect()
            };
            assert!(row.is_ok());
            assert_eq!(&seats[..own.len()], own, "{rule:?} {count:?}");
            true
        }
    }
}

/// Outcomes against the check that does not trust the method.
pub fn verified(case: &Case) -> bool {
    let (rule, count) = (case.rule(), case.count());
    let Ok(outcome) = rule.apply(&count) else { return false };
    let verdict = outcome.verify(&rule, &count);
    assert!(verdict.as_ref().is_ok_and(|verdict| verdict.is_possible()), "{verdict:?}: {rule:?} {count:?}");
    true
}

/// Matrices: the sums are kept, and what comes out is what the conditions of a matrix ask for.
pub fn matrices(cells: &Cells) -> bool {
    let (votes, rows, columns) = (cells.votes(), cells.rows(), cells.columns());
    let districts = columns.len();
    let matrix = Matrix::new(&votes, &rows, &columns).divisors(cells.divisors());
    let Ok(allocation) = matrix.solve() else { return false };
    for seats in allocation.outcomes().take(8) {
        for (party, &row) in rows.iter().enumerate() {
            assert_eq!(seats[party * districts..][..districts].iter().sum::<u64>(), row);
        }
        for (district, &column) in columns.iter().enumerate() {
            assert_eq!((0..rows.len()).map(|party| seats[party * districts + district]).sum::<u64>(), column);
        }
        let verdict = matrix.verify(&seats);
        assert!(verdict.as_ref().is_ok_and(|verdict| !matches!(verdict, Verdict::Beaten(_))), "{verdict:?}");
    }
    true
}

/// Makes everything that is made of an election that could be read, and says whether the election has an outcome.
fn use_up(election: &Election) -> bool {
    let _ = serde_json::to_string(&election.answer()).expect("an answer can be written");
    if let Ok(written) = serde_json::to_value(election) {
        let again: Election = serde_json::from_value(written).expect("what was written can be read");
        assert_eq!(&again, election, "reading and writing gives the same election");
    }
    let Ok(outcome) = election.outcome() else { return false };
    let shown = [outcome.to_string(), outcome.explain().with_law(&election.rule).to_string()];
    assert!(shown.iter().all(|text| !text.chars().any(|letter| letter.is_control() && letter != '\n')));
    let _ = outcome.explain().to_markdown();
    true
}

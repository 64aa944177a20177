//! What an answer says of a matrix: the upper apportionment before it, and the divisors beside it.

use alloc::string::{String, ToString};

use super::answer::{AnsweredDivisors, AnsweredTie, AnsweredUpper, AnsweredVoters};
use crate::count::PlaceId;
use crate::method::matrix::PrintedDivisor;
use crate::outcome::Outcome;
use crate::rule::Record;

/// The upper apportionment, if the law has one, and one alone.
pub(super) fn upper(outcome: &Outcome) -> Option<AnsweredUpper> {
    let upper = only(outcome.trace().records().iter().filter_map(Record::as_upper))?;
    let contest = upper.contest();
    let name = |entry: usize| outcome.parties()[contest.entries[entry].parties[0].index()].name().to_string();
    let parties = (0..contest.entries.len()).map(|entry| AnsweredVoters {
        name: name(entry),
        voters: upper.voters(entry),
        seats: contest.certain[entry],
    });
    let tie = contest
        .tie
        .as_ref()
        .map(|tie| AnsweredTie::of_parties(tie.parties().iter().map(|&entry| name(entry)).collect(), tie.seats()));
    Some(AnsweredUpper {
        parties: parties.collect(),
        key: upper.key().map(|key| key.to_string()),
        ties: tie.into_iter().collect(),
    })
}

/// The divisors of the matrix, if the law has one, and one alone.
pub(super) fn divisors(outcome: &Outcome) -> Option<AnsweredDivisors> {
    let matrices = outcome.trace().records().iter().filter_map(|record| match record {
        Record::Matrix(matrix) => Some(matrix),
        _ => None,
    });
    let matrix = only(matrices)?;
    let printed = matrix.printed_divisors().ok()?;
    let place =
        |place: &PlaceId| outcome.places().get(place.index().checked_sub(1)?).map(|place| place.name().to_string());
    let text = |name: Option<String>, divisor: &Option<PrintedDivisor>| Some((name?, divisor.as_ref()?.to_string()));
    let districts = matrix.districts.iter().zip(printed.districts());
    let parties = matrix.parties.iter().zip(printed.parties());
    let party = |at: usize| outcome.parties().get(at).map(|party| party.name().to_string());
    Some(AnsweredDivisors {
        districts: districts.filter_map(|(id, divisor)| text(place(id), divisor)).collect(),
        parties: parties.filter_map(|(id, divisor)| text(party(id.index()), divisor)).collect(),
    })
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

//! The local run: whole quotas in every place, then its seats left to the largest rests.

use core::cmp::Ordering;

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::state::State;
use super::{Local, LocalQuota, Met, Part, QuotaOf, Settling, Take, unsettled};
use crate::error::Error;
use crate::method::{Quota, QuotaSize, Rounding};
use crate::rule::placing::{Answers, Grid, Pair, Stopped, ask_one, select};

/// The most seats that rests get beyond one a pair.
const MOST_AGAIN: u128 = 10_000_000;

/// Gives every place's seats out by its own quota.
pub(super) fn run<'a>(settling: &'a Settling<'a>, answers: &mut Answers<'_>) -> Result<State<'a>, Stopped> {
    let mut local = quotas(settling)?;
    let whole_of = |party: usize| local.whole.row(party).iter().map(|&whole| u128::from(whole)).sum::<u128>();
    let barred: Vec<bool> = (0..settling.parties())
        .map(|party| settling.settle.met == Met::Barred && whole_of(party) >= settling.totals[party].into())
        .collect();
    // Seats that every candidate's mark leaves over.
    let mut again = vec![0; settling.places()];
    for (place, again) in again.iter_mut().enumerate() {
        let mut candidates = settling.standing_in(place);
        let whole: u64 = (0..settling.parties()).map(|party| local.whole.get((party, place))).sum();
        let left = settling.sizes[place] - whole;
        candidates.retain(|pair| !barred[pair.0] && local.rests.get(*pair).is_some());
        *again = left.saturating_sub(candidates.len() as u64);
        let order = |a, b| by_rest(settling, &local.rests, a, b);
        for pair in select(candidates, left, order, answers)? {
            *local.marks.get_mut(pair) += 1;
        }
    }
    mark_again(settling, &mut local, again, answers)?;
    Ok(State::new(settling, local))
}

/// The larger rest first; in Italy, of equal ones that of the party with more votes.
pub(super) fn by_rest(settling: &Settling<'_>, rests: &Grid<Option<Part>>, a: Pair, b: Pair) -> Ordering {
    let by_votes = match settling.settle.take {
        Take::Party | Take::One => settling.party_votes[b.0].cmp(&settling.party_votes[a.0]),
        Take::Smallest | Take::Ascending => Ordering::Equal,
    };
    rests.get(b).cmp(rests.get(a)).then(by_votes)
}

/// The quota of each place, and the whole ones in each pair's votes.
fn quotas(settling: &Settling<'_>) -> Result<Local, Error> {
    let (parties, places) = (settling.parties(), settling.places());
    let quota = Quota::HARE.rounded(match settling.settle.rounding {
        LocalQuota::Exact => Rounding::Exact,
        LocalQuota::Down => Rounding::Down,
    });
    let whole = Grid::filled(parties, places, 0);
    let mut local = Local { quotas: vec![None; places], rests: whole.map(|_| None), marks: whole.clone(), whole };
    for (place, &size) in settling.sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
        let counts = |&party: &usize| settling.settle.base == QuotaOf::All || settling.totals[party] > 0;
        let votes = (0..parties).filter(counts).map(|party| u128::from(*settling.votes.get((party, place)))).sum();
        let QuotaSize { votes: price, parts } = quota.of(votes, size)?;
        local.quotas[place] = Some(Part { numerator: price, denominator: parts });
        let mut given: u128 = 0;
        for pair in settling.standing_in(place) {
            // Two 64-bit numbers: the product fits.
            let product = u128::from(*settling.votes.get(pair)) * parts;
            given += product / price;
            *local.whole.get_mut(pair) = u64::try_from(product / price).unwrap_or(u64::MAX);
            *local.rests.get_mut(pair) = Some(Part { numerator: product % price, denominator: price });
        }
        if given > size.into() {
            return Err(Error::TooManyWholeQuotas { quota: quota.to_string(), given, seats: size });
        }
    }
    Ok(local)
}

/// Where bars leave fewer candidates than seats, parties still short take the rest, the largest first, a second one of the
/// same pair included (Umbria 2022).
fn mark_again(
    settling: &Settling<'_>,
    local: &mut Local,
    mut again: Vec<u64>,
    answers: &mut Answers<'_>,
) -> Result<(), Stopped> {
    let left: u128 = again.iter().map(|&again| u128::from(again)).sum();
    if left > MOST_AGAIN {
        let (parameter, range) = ("the number of seats that rests get beyond one each", "at most 10,000,000");
        return Err(Error::ParameterOutOfRange { parameter, value: left.to_string(), range }.into());
    }
    let mut over: Vec<i128> = (0..settling.parties())
        .map(|party| {
            let (whole, marks) = (local.whole.row(party), local.marks.row(party));
            whole.iter().chain(marks).map(|&seats| i128::from(seats)).sum::<i128>() - i128::from(settling.totals[party])
        })
        .collect();
    for _ in 0..left {
        let may_take = |pair: &Pair| over[pair.0] < 0 && again[pair.1] > 0 && local.rests.get(*pair).is_some();
        let mut pairs: Vec<Pair> = settling.votes.pairs().filter(may_take).collect();
        let order = |a: Pair, b: Pair| {
            local.marks.get(a).cmp(local.marks.get(b)).then_with(|| by_rest(settling, &local.rests, a, b))
        };
        let first = pairs.iter().copied().min_by(|&a, &b| order(a, b));
        pairs.retain(|&pair| first.is_some_and(|first| order(pair, first).is_eq()));
        let Some(pair) = ask_one(pairs, answers)? else { return Err(unsettled(&over)) };
        *local.marks.get_mut(pair) += 1;
        over[pair.0] += 1;
        again[pair.1] -= 1;
    }
    Ok(())
}

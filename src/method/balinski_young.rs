//! The quota method: seat by seat as D'Hondt, but no party goes beyond its ideal share rounded up.
//!
//! M. L. Balinski and H. P. Young, "The Quota Method of Apportionment", American Mathematical Monthly 82 (1975), 701-730.
//! Seat number h goes to the party with the largest votes / (seats + 1) among those with seats < votes x h / all votes.
//! The method grows with the house and keeps every party within its ideal share rounded down and up.
//!
//! A party's seat number j so is open from one house on, the first with h > (j - 1) x all votes / votes, and is due by
//! j x all votes / votes: the earliest due date goes first. Dates repeat whenever every ideal share is whole.

use core::cmp::Reverse;

use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap};
use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::contest::Contest;
use crate::allocation::Allocation;
use crate::error::Error;
use crate::method::AllocationMethod;
use crate::num::product::compare_products;
use crate::tie::Tie;

/// The most seats that are given one by one.
const MOST_SEATS: u64 = 10_000_000;

/// Allocates `contest` by the quota method.
pub(crate) fn allocate(contest: &Contest<'_>) -> Result<Allocation, Error> {
    contest.bounds()?;
    if !contest.is_plain() {
        return Err(Error::NoBounds { method: "the quota method" });
    }
    let divisor = contest.votes.iter().fold(0, |divisor, &votes| gcd(divisor, votes));
    if contest.seats == 0 || divisor == 0 {
        return Ok(Allocation::new(vec![0; contest.votes.len()]));
    }
    // After a house of all votes / divisor seats every ideal share is whole, and everything repeats.
    let votes: Vec<u64> = contest.votes.iter().map(|votes| votes / divisor).collect();
    let all: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
    let periods = u64::try_from(u128::from(contest.seats) / all).unwrap_or(0);
    let seats = u64::try_from(u128::from(contest.seats) % all).unwrap_or(u64::MAX);
    if seats > MOST_SEATS {
        const RANGE: &str = "at most 10,000,000 (apart from multiples of all votes in lowest terms)";
        let parameter = "the number of seats of the quota method";
        return Err(Error::ParameterOutOfRange { parameter, value: contest.seats.to_string(), range: RANGE });
    }
    let rest = from_nothing(&votes, all, seats)?;
    // periods x votes is at most the seats.
    let whole = votes.iter().zip(rest.certain()).map(|(votes, rest)| votes * periods + rest);
    Ok(Allocation::new(whole.collect::<Vec<_>>()).with_open(rest.tie().cloned()))
}

/// When a party's next seat is due: the larger votes / (seats + 1), the sooner.
#[derive(Clone, Copy, Debug)]
struct Due {
    seat: u64,
    votes: u64,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        compare_products(self.seat.into(), other.votes.into(), other.seat.into(), self.votes.into())
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Due {}

/// The house of `seats` seats, fewer than all votes.
fn from_nothing(votes: &[u64], all: u128, seats: u64) -> Result<Allocation, Error> {
    let mut had = vec![0_u64; votes.len()];
    // The house in which each party's next seat opens: the first above had x all / votes. At most all seats, which a
    // house below it need not reach; sums of 64-bit votes times 10^7 seats stay below 2^128.
    let opens = |had: u64, party: usize| u128::from(had) * all / u128::from(votes[party]) + 1;
    let mut waiting: BinaryHeap<Reverse<(u128, usize)>> =
        (0..votes.len()).filter(|&party| votes[party] > 0).map(|party| Reverse((opens(0, party), party))).collect();
    // Open seats by due date, with the parties whose seat it is and how many of these seats are given.
    let mut open: BTreeMap<Due, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for house in 1..=seats {
        while let Some(Reverse((_, party))) = waiting.peek().copied().filter(|Reverse((from, _))| *from <= house.into())
        {
            waiting.pop();
            let entry = open.entry(Due { seat: had[party] + 1, votes: votes[party] }).or_default();
            if entry.1 > 0 {
                // Some of these equal claims are served, and it is open whose: the newcomer's chances are not theirs.
                return Err(depends(&entry.0, entry.1));
            }
            entry.0.insert(party);
        }
        // Balinski and Young prove that some seat is always open.
        let Some(mut first) = open.first_entry() else { break };
        let (parties, given) = first.get_mut();
        *given += 1;
        if *given == parties.len() {
            for party in first.remove().0 {
                had[party] += 1;
                waiting.push(Reverse((opens(had[party], party), party)));
            }
        }
    }
    let mut ties = open.into_values().filter(|(_, given)| *given > 0);
    let tie = ties.next();
    if let Some((parties, given)) = ties.next() {
        // Two ties at once: a seat that opened later was due sooner.
        return Err(depends(&parties, given));
    }
    let tie = tie.and_then(|(parties, given)| Tie::among(parties.into_iter().collect(), given as u64));
    Ok(Allocation::new(had).with_open(tie))
}

/// The error that a tie stands where a later seat depends on it.
fn depends(parties: &BTreeSet<usize>, given: usize) -> Error {
    let parties = parties.iter().map(|party| format!("party {}", party + 1)).collect();
    Error::StageTie { stage: AllocationMethod::BalinskiYoung.to_string(), parties, seats: given as u64 }
}

const fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

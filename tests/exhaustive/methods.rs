//! Methods alone: every claim of every party in one list, in order.

use std::collections::BTreeSet;

use apportion::{Allocation, AllocationMethod, Contest, Divisors, Error, Excess, Quota, Ratio, Rounding};

use crate::Tried;
use crate::elections::{MOST, PARTIES, tables};
use crate::ends::{End, Ends};
use crate::fraction::Fraction;

/// A party's claim with so many seats: whether it is without limit, and how large.
type Claim = fn(u64, u64) -> (bool, Fraction);

fn over(votes: u64, numerator: u64, denominator: u64) -> (bool, Fraction) {
    let (votes, numerator, denominator) = (i128::from(votes), i128::from(numerator), i128::from(denominator));
    if numerator == 0 { (true, Fraction(votes, 1)) } else { (false, Fraction(votes * denominator, numerator)) }
}

/// Every sequence of divisors that has a name, and one of each kind that has a parameter, with the claims they are written
/// down as in the books.
fn sequences() -> Vec<(Divisors, Claim)> {
    let ratio = |text: &str| text.parse::<Ratio>().unwrap();
    vec![
        (Divisors::D_HONDT, |v, s| over(v, s + 1, 1)),
        (Divisors::SAINTE_LAGUE, |v, s| over(v, 2 * s + 1, 1)),
        (Divisors::modified_sainte_lague(ratio("7/5")).unwrap(), |v, s| {
            if s == 0 { over(v, 7, 5) } else { over(v, 2 * s + 1, 1) }
        }),
        (Divisors::modified_sainte_lague(ratio("6/5")).unwrap(), |v, s| {
            if s == 0 { over(v, 6, 5) } else { over(v, 2 * s + 1, 1) }
        }),
        (Divisors::DANISH, |v, s| over(v, 3 * s + 1, 1)),
        (Divisors::IMPERIALI, |v, s| over(v, s + 2, 1)),
        (Divisors::ADAMS, |v, s| over(v, s, 1)),
        (Divisors::DEAN, |v, s| over(v, 2 * s * (s + 1), 2 * s + 1)),
        // Squares of votes over squares of the divisor, sqrt(s(s + 1)).
        (Divisors::HUNTINGTON_HILL, |v, s| if s == 0 { over(v, 0, 1) } else { over(v * v, s * (s + 1), 1) }),
        (Divisors::MACAU, |v, s| over(v, 1 << s, 1)),
        (Divisors::stationary(ratio("1/3")).unwrap(), |v, s| over(v, 3 * s + 1, 3)),
        (Divisors::stationary(ratio("1")).unwrap(), |v, s| over(v, s + 1, 1)),
        // Estonia: (s + 1)^(9/10), to the power of ten.
        (Divisors::power(ratio("9/10")).unwrap(), |v, s| over(v.pow(10), (s + 1).pow(9), 1)),
        (Divisors::custom([ratio("1"), ratio("4"), ratio("6")]).unwrap(), |v, s| {
            over(v, [1, 4, 6, 8, 10, 12, 14][s as usize], 1)
        }),
    ]
}

/// Every end of giving `seats` seats to the largest keys, each of a party.
fn ends_of_order<K: Ord>(parties: usize, certain: Vec<u64>, mut keys: Vec<(K, usize)>, seats: usize) -> Ends {
    keys.sort_by(|one, other| other.cmp(one));
    let mut base = certain;
    let is_tied = keys.len() > seats && seats > 0 && keys[seats - 1].0 == keys[seats].0;
    let tied: Vec<usize> = match is_tied {
        false => Vec::new(),
        true => keys.iter().filter(|(key, _)| *key == keys[seats].0).map(|&(_, party)| party).collect(),
    };
    let mut left = seats;
    for (key, party) in keys.iter().take(seats) {
        if !is_tied || *key != keys[seats].0 {
            base[*party] += 1;
            left -= 1;
        }
    }
    let mut answers = BTreeSet::new();
    // Each choice of so many of the tied, as a number in binary.
    for choice in 0_u32..1 << tied.len() {
        if is_tied && choice.count_ones() as usize == left {
            let mut seats = base.clone();
            (0..tied.len()).filter(|at| choice >> at & 1 == 1).for_each(|at| seats[tied[at]] += 1);
            answers.insert((seats, 0));
        }
    }
    if !is_tied {
        answers.insert((base, 0));
    }
    assert!(answers.iter().all(|(seats, _)| seats.len() == parties));
    Ends { answers, errors: false }
}

const REFUSED: Ends = Ends { answers: BTreeSet::new(), errors: true };

fn by_divisors(claim: Claim, votes: &[u64], seats: u64) -> Ends {
    let none = vec![0; votes.len()];
    if seats > 0 && votes.iter().all(|&votes| votes == 0) {
        return REFUSED;
    }
    let claims = (0..votes.len())
        .filter(|&party| votes[party] > 0)
        .flat_map(|party| (0..seats).map(move |had| (claim(votes[party], had), party)));
    ends_of_order(votes.len(), none, claims.collect(), seats as usize)
}

fn size(quota: Quota, votes: u64, seats: u64) -> Fraction {
    let exact = Fraction(votes.into(), i128::from(seats + u64::from(quota.added())));
    let half = Fraction(1, 2);
    let minus = |a: Fraction, b: Fraction| a.minus(b);
    // Up is down from the other side.
    let ceil = |a: Fraction| -Fraction(-a.0, a.1).floor();
    match quota.rounding() {
        Rounding::Exact => exact,
        Rounding::Down => Fraction::whole(exact.floor()),
        Rounding::Up => Fraction::whole(ceil(exact)),
        Rounding::Nearest => Fraction::whole(exact.plus(half).floor()),
        Rounding::HalfDown => Fraction::whole(ceil(minus(exact, half))),
        Rounding::Next => Fraction::whole(exact.floor() + 1),
        other => panic!("{other:?} is not read here"),
    }
}

fn by_quota(quota: Quota, excess: Excess, votes: &[u64], seats: u64) -> Ends {
    let none = vec![0; votes.len()];
    if seats == 0 {
        return Ends { answers: BTreeSet::from([(none, 0)]), errors: false };
    }
    let all: u64 = votes.iter().sum();
    let size = size(quota, all, seats);
    if all == 0 || size == Fraction::whole(0) {
        return REFUSED;
    }
    let with_votes = || (0..votes.len()).filter(|&party| votes[party] > 0);
    let whole: Vec<u64> = votes.iter().map(|&votes| Fraction::whole(votes.into()).over(size).floor() as u64).collect();
    let rest =
        |party: usize| Fraction::whole(votes[party].into()).minus(size.times(Fraction::whole(whole[party].into())));
    let given: u64 = whole.iter().sum();
    if given <= seats {
        let keys: Vec<_> = with_votes().map(|party| (rest(party), party)).collect();
        let left = (seats - given) as usize;
        return if left > keys.len() { REFUSED } else { ends_of_order(votes.len(), whole, keys, left) };
    }
    // Those with seats keep them in the order of what is left of their votes.
    let keys: Vec<_> = with_votes().filter(|&party| whole[party] > 0).map(|party| (rest(party), party)).collect();
    let excess_seats = (given - seats) as usize;
    if excess == Excess::Error || excess_seats > keys.len() {
        return REFUSED;
    }
    let mut fewer = whole.clone();
    keys.iter().for_each(|&(_, party)| fewer[party] -= 1);
    let kept = keys.len() - excess_seats;
    ends_of_order(votes.len(), fewer, keys, kept)
}

fn ends(result: Result<Allocation, Error>) -> Ends {
    match result {
        Err(_) => REFUSED,
        Ok(allocation) => {
            let answers: BTreeSet<End> = allocation.outcomes().map(|seats| (seats, allocation.vacant())).collect();
            Ends { answers, errors: false }
        }
    }
}

/// All elections in which no party has more than six votes.
fn elections() -> Vec<Vec<u64>> {
    (1..=PARTIES).flat_map(|parties| tables(parties, MOST)).collect()
}

/// 7 + 7^2 + 7^3 + 7^4 lists of votes, each with no seat to six.
const ELECTIONS: u64 = (7 + 49 + 343 + 2_401) * 7;

#[test]
fn highest_averages_agree() {
    let (mut tried, elections, sequences) = (Tried::default(), elections(), sequences());
    for (divisors, claim) in &sequences {
        let method = AllocationMethod::HighestAverages(divisors.clone());
        for votes in &elections {
            for seats in 0..=MOST {
                let expected = by_divisors(*claim, votes, seats);
                tried.hold(&ends(method.allocate(votes, seats)), &expected, || format!("{method}: {votes:?}, {seats}"));
            }
        }
    }
    tried.conclude("highest averages", 14 * ELECTIONS);
}

#[test]
fn largest_remainders_agree() {
    let roundings =
        [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::HalfDown, Rounding::Next];
    let (mut tried, elections) = (Tried::default(), elections());
    for quota in [Quota::HARE, Quota::HAGENBACH_BISCHOFF, Quota::IMPERIALI, Quota::REINFORCED_IMPERIALI] {
        for quota in roundings.map(|rounding| quota.rounded(rounding)) {
            let method = AllocationMethod::LargestRemainder(quota);
            for votes in &elections {
                for seats in 0..=MOST {
                    for excess in [Excess::Error, Excess::SmallestRemainders] {
                        let expected = by_quota(quota, excess, votes, seats);
                        let contest = Contest::new(votes, seats).excess(excess);
                        let own = ends(method.allocate_contest(&contest));
                        tried.hold(&own, &expected, || format!("{method}, {excess:?}: {votes:?}, {seats}"));
                    }
                }
            }
        }
    }
    tried.conclude("largest remainders", 4 * 6 * 2 * ELECTIONS);
}

//! Linked seats: a part of what a party lacks of its share of the house (South Korea, Public Official Election Act, § 189).

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint, Sign};

use super::allocate;
use super::{Given, Unit};
use crate::error::Error;
use crate::method::{AllocationMethod, Contest};
use crate::num::Ratio;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{LinkedRecord, Record};
use crate::tie::Tie;

/// The house that shares are taken of, and the part of the gap that linked seats close.
///
/// # Examples
/// ```
/// use apportion::rule::{Link, Seats};
/// use apportion::{AllocationMethod, Party, Rule, Tally, Tier};
///
/// let tally = Tally::from_votes([
///     (Party::new("A").with_direct_seats(120), 40),
///     (Party::new("B").with_direct_seats(110), 40),
///     (Party::new("C").with_direct_seats(10), 20),
/// ])?;
/// // Of a house of 300 C is due 60 seats and lacks 50: the link closes half of that gap.
/// let link = Link::new(300, "50%".parse()?);
/// let law = Rule::of_tiers([Tier::new(AllocationMethod::HARE).seats(Seats::Fixed(30)).link(link)]);
/// assert_eq!(law.apply(&tally)?.seats("C"), Some(10 + 25));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Link {
    /// The seats of the whole house.
    pub house: u64,
    /// The part of the gap.
    pub share: Ratio,
}

impl Link {
    /// Closes `share` of the gap to a party's share of `house` seats.
    #[must_use]
    pub const fn new(house: u64, share: Ratio) -> Self {
        Self { house, share }
    }
}

/// Gives linked seats.
///
/// 1. The base is the house less the seats of parties that fail the threshold; no votes are needed to pass.
/// 2. L = share x (base x votes / all votes - held), to the nearest whole number, halves up; 0 below 1.
/// 3. Where the L exceed the seats, Hare over the L; where they are fewer, the rest by Hare over the votes.
pub(crate) fn apply(session: &mut Session<'_>, unit: &Unit) -> Result<Given, Halt> {
    let link = session.tier().link.ok_or(Error::MissingKey { key: "link", of: "a tier of linked seats" })?;
    let active: Vec<usize> = unit.admitted();
    let mut outside: u128 = 0;
    let mut held = vec![0; unit.parties.len()];
    for (at, &party) in unit.parties.iter().enumerate() {
        held[at] = session.held(unit.place, party)?;
        if !unit.admissions[at].is_admitted() {
            outside += u128::from(held[at]);
        }
    }
    // A base of nothing gives nobody a gap.
    let base = u128::from(link.house).saturating_sub(outside);
    let all: u128 = active.iter().map(|&at| u128::from(unit.counted.votes[at])).sum();
    if all == 0 && unit.seats == 0 {
        return Ok(Given::none(unit.parties.len()));
    }
    if all == 0 {
        return Err(Error::NoVotes { seats: unit.seats }.into());
    }
    let linked: Vec<u64> =
        active.iter().map(|&at| part_of_gap(link.share, base, unit.counted.votes[at], all, held[at])).collect();
    let sum: u128 = linked.iter().map(|&seats| u128::from(seats)).sum();
    session.trace.push(Record::Linked(LinkedRecord {
        tier: session.tier,
        place: unit.place,
        base,
        seats: unit.seats,
        parties: unit.parties_at(&active),
        held: active.iter().map(|&at| held[at]).collect(),
        linked: linked.clone(),
    }));
    if sum <= u128::from(unit.seats) {
        // What is left goes by votes.
        let left = unit.seats - u64::try_from(sum).unwrap_or(unit.seats);
        let start = vec![0; unit.parties.len()];
        let mut given = match left {
            0 => Given::none(unit.parties.len()),
            _ => allocate::apply(session, unit, &active, left, &start, "the seats that the link leaves")?,
        };
        for (&at, &seats) in active.iter().zip(&linked) {
            given.seats[at] += seats;
        }
        return Ok(given);
    }
    scaled(session, unit, &active, &linked)
}

/// share x (base x votes / all - held) to the nearest whole number, halves up; 0 below 1.
fn part_of_gap(share: Ratio, base: u128, votes: u64, all: u128, held: u64) -> u64 {
    let gap = BigInt::from_biguint(Sign::Plus, BigUint::from(base) * votes)
        - BigInt::from_biguint(Sign::Plus, BigUint::from(all) * held);
    let Some(gap) = gap.to_biguint() else { return 0 };
    let numerator = gap * share.numerator();
    let denominator = BigUint::from(all) * share.denominator();
    if numerator < denominator {
        return 0;
    }
    let doubled: BigUint = numerator * 2_u8 + &denominator;
    u64::try_from(doubled / (denominator * 2_u8)).unwrap_or(u64::MAX)
}

/// The seats by Hare over the linked seats, which are too many.
fn scaled(session: &mut Session<'_>, unit: &Unit, active: &[usize], linked: &[u64]) -> Result<Given, Halt> {
    let candidates: Vec<_> = active.iter().map(|&at| vec![unit.parties[at]]).collect();
    let (chain, mut spent) = session.chain(unit.place, &candidates);
    let before = spent.clone();
    let mut allocation = AllocationMethod::HARE.allocate_contest(&Contest::new(linked, unit.seats))?;
    let votes: Vec<u64> = active.iter().map(|&at| unit.counted.votes[at]).collect();
    allocation.settle_once(&votes, &chain, &mut spent);
    session.spend(&before, &spent);
    let mut given = Given::none(unit.parties.len());
    for (&at, &seats) in active.iter().zip(allocation.certain()) {
        given.seats[at] = seats;
    }
    let tie = allocation.tie().map(|tie| (tie.parties().iter().map(|&at| active[at]).collect(), tie.seats()));
    given.ties.extend(tie.and_then(|(parties, seats)| Tie::among(parties, seats)));
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::{Base, Party, Tally};
    use crate::rule::{Rule, Seats, Threshold, Tier};

    /// Linked seats beside a house of twenty, half of each party's gap.
    fn rule(seats: u64) -> Rule {
        let link = Link::new(20, "1/2".parse().unwrap());
        let five = Threshold::share("5%".parse().unwrap()).of(Base::Valid);
        Rule::of_tiers([Tier {
            seats: Seats::Fixed(seats),
            ..Tier::new(AllocationMethod::HARE).link(link).threshold(five)
        }])
    }

    #[test]
    fn half_of_the_gap_is_linked_and_the_rest_goes_by_votes() {
        // A wins 10 seats directly, B none: of 20 seats A should have 12 and B 8, so that half of the gaps is 1 and 4; the one
        // seat of six that is left goes by votes to A.
        let parties = [(Party::new("A").with_direct_seats(10), 60), (Party::new("B"), 40)];
        let outcome = rule(6).apply(&Tally::from_votes(parties).unwrap()).unwrap();
        assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(12), Some(4)));
    }

    #[test]
    fn no_seats_need_nobody_who_passes() {
        let nobody = Tally::from_votes([("A", 1)]).unwrap().with_other(99);
        assert_eq!(rule(0).apply(&nobody).unwrap().seats("A"), Some(0));
        assert_eq!(rule(2).apply(&nobody).unwrap_err(), Error::NoVotes { seats: 2 });
    }
}

//! Without room: every party is placed on its own, by a method over its claims.
//!
//! Sweden's levelling seats (Vallag 2005:837, ch. 14 § 5) and Denmark's within a region; Germany's to the lists of the Länder.

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::precedence::precedence;
use super::{Answers, Claim, Pair, Placed, Placing, Stopped, select};
use crate::allocation::Allocation;
use crate::error::Error;
use crate::method::exact::{ExactContest, Weights};
use crate::method::{AllocationMethod, Contest};

/// Places each party's seats by itself: highest averages from the seats held on, or largest remainders of its claims.
///
/// # Errors
/// [`Stopped::Tie`] among places of one party; [`Stopped::NoPlace`] for a party with seats and no claim anywhere;
/// [`Stopped::Error`] for lists that do not fit, and for whatever the method cannot answer: 5 seats to places with 1 and 1
/// votes by the Hare quota rounded up.
pub(crate) fn run(
    placing: &Placing<'_>,
    method: &AllocationMethod,
    answers: &mut Answers<'_>,
) -> Result<Placed, Stopped> {
    let held = |party: usize| match method {
        AllocationMethod::BalinskiYoung => Vec::new(),
        _ => placing.held.row(party).to_vec(),
    };
    by_method(placing, method, &held, &|_| Vec::new(), answers)
}

/// Places each party's seats by `method`, with seats held and minimums by place.
pub(super) fn by_method(
    placing: &Placing<'_>,
    method: &AllocationMethod,
    held: &dyn Fn(usize) -> Vec<u64>,
    minimums: &dyn Fn(usize) -> Vec<u64>,
    answers: &mut Answers<'_>,
) -> Result<Placed, Stopped> {
    placing.check()?;
    let ranks = precedence(placing);
    let mut seats = placing.no_seats();
    for (party, &due) in placing.seats.iter().enumerate().filter(|(_, due)| **due > 0) {
        let claims = placing.claims.row(party);
        if claims.iter().all(Claim::is_none) {
            return Err(Stopped::NoPlace { party, seats: due });
        }
        let allocation = allocate(method, claims, due, held(party), minimums(party))?;
        for (place, &certain) in allocation.certain().iter().enumerate() {
            *seats.get_mut((party, place)) = certain;
        }
        if let Some(tie) = allocation.tie() {
            let tied: Vec<Pair> = tie.parties().iter().map(|&place| (party, place)).collect();
            let by_rank = |a, b| ranks.get(a).cmp(ranks.get(b));
            for pair in select(tied, tie.seats(), by_rank, answers)? {
                *seats.get_mut(pair) += 1;
            }
        }
    }
    Ok(Placed::of(seats))
}

/// One party's contest among its places.
fn allocate(
    method: &AllocationMethod,
    claims: &[Claim],
    seats: u64,
    held: Vec<u64>,
    minimums: Vec<u64>,
) -> Result<Allocation, Error> {
    let whole = |claim: &Claim| match u64::try_from(claim.denominator()) {
        Ok(0 | 1) => u64::try_from(claim.numerator()).ok(),
        _ => None,
    };
    if let Some(votes) = claims.iter().map(whole).collect::<Option<Vec<u64>>>() {
        return method.allocate_contest(&Contest::new(&votes, seats).held(held).minimums(minimums));
    }
    let fraction = |claim: &Claim| match claim.is_none() {
        true => (BigUint::ZERO, BigUint::from(1_u8)),
        false => (claim.numerator().clone(), claim.denominator().clone()),
    };
    let weights = Weights::of_fractions(&claims.iter().map(fraction).collect::<Vec<_>>())?;
    method.allocate_exact(&ExactContest { held, minimums, ..ExactContest::new(&weights, seats) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::TieBreak;
    use crate::method::Divisors;
    use crate::rule::placing::examples::{Example, silent, some_example};
    use crate::rule::placing::{Falling, Grid, room};
    use proptest::prelude::*;

    #[test]
    fn highest_averages_start_at_the_seats_held() {
        // 60 / 3 = 20 against 30 and 15: one seat to place 2, then 20 beats 15.
        let example = Example::new(&[[60, 30]], &[2]).held(&[[2, 0]]);
        let placed = run(&example.placing(), &AllocationMethod::D_HONDT, &mut silent).unwrap();
        assert_eq!(placed.seats.row(0), [1, 1]);
    }

    #[test]
    fn a_quota_method_takes_the_claims_alone() {
        let example = Example::new(&[[60, 30, 10]], &[10]).held(&[[2, 0, 0]]);
        let placed = run(&example.placing(), &AllocationMethod::HARE, &mut silent).unwrap();
        assert_eq!(placed.seats.row(0), [6, 3, 1]);
    }

    #[test]
    fn claims_that_are_ratios_are_placed_by_their_values() {
        // 1/2, 1/3 and 1/6: as 3, 2 and 1.
        let mut example = Example::new(&[[1, 1, 1]], &[6]);
        example.claims = Grid::new(3, [2_u8, 3, 6].map(|under| Claim::new(1_u8, under)).to_vec());
        let placed = run(&example.placing(), &AllocationMethod::HARE, &mut silent).unwrap();
        assert_eq!(placed.seats.row(0), [3, 2, 1]);
    }

    #[test]
    fn a_tie_within_a_party_is_one_of_its_pairs() {
        let example = Example::new(&[[9, 1], [10, 10]], &[0, 3]);
        let tie = Stopped::Tie { pairs: Vec::from([(1, 0), (1, 1)]), seats: 1 };
        assert_eq!(run(&example.placing(), &AllocationMethod::D_HONDT, &mut silent), Err(tie));
        let by_list = example.tie_break(&[TieBreak::ListOrder]);
        let placed = run(&by_list.placing(), &AllocationMethod::D_HONDT, &mut silent).unwrap();
        assert_eq!(placed.seats.row(1), [2, 1]);
    }

    #[test]
    fn a_party_without_votes_finds_no_place() {
        let example = Example::new(&[[1, 1], [0, 0]], &[1, 2]).tie_break(&[TieBreak::ListOrder]);
        let stuck = Err(Stopped::NoPlace { party: 1, seats: 2 });
        assert_eq!(run(&example.placing(), &AllocationMethod::HARE, &mut silent), stuck);
    }

    proptest! {
        #[test]
        fn highest_averages_are_room_without_end(example in some_example()) {
            let example = example.tie_break(&[TieBreak::MostVotes, TieBreak::ListOrder]);
            let places = alloc::vec![u64::MAX; example.votes.places()];
            let method = AllocationMethod::SAINTE_LAGUE;
            let alone = run(&example.placing(), &method, &mut silent).map(|placed| placed.seats);
            let falling = Falling::Divisors(&Divisors::SAINTE_LAGUE);
            let among = room::run(&example.placing(), falling, &places, &mut silent).map(|placed| placed.seats);
            prop_assert_eq!(alone, among);
        }
    }
}

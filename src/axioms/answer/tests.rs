//! What is read off a tie, against the outcomes listed one by one.

use super::*;
use alloc::collections::BTreeSet;
use proptest::prelude::*;

/// Allocations of three to five parties, most with a tie, so that their outcomes can be listed.
fn allocations(parties: usize) -> impl Strategy<Value = Allocation> {
    let tied = proptest::sample::subsequence((0..parties).collect::<Vec<_>>(), 0..=parties);
    (proptest::collection::vec(0..4_u64, parties), tied, any::<proptest::sample::Index>()).prop_map(
        |(certain, tied, open)| {
            let allocation = Allocation::new(certain);
            let open = if tied.len() < 2 { 0 } else { 1 + open.index(tied.len() - 1) as u64 };
            match crate::Tie::new(tied, open) {
                Some(tie) => allocation.with_open(Some(tie)),
                None => allocation,
            }
        },
    )
}

fn pair_of_allocations() -> impl Strategy<Value = (Allocation, Allocation)> {
    (3..=5_usize).prop_flat_map(|parties| (allocations(parties), allocations(parties)))
}

/// Every outcome, one by one.
fn outcomes(allocation: &Allocation) -> BTreeSet<Vec<u64>> {
    allocation.outcomes().collect()
}

fn sorted(mut seats: Vec<u64>) -> Vec<u64> {
    seats.sort_unstable_by(|a, b| b.cmp(a));
    seats
}

fn prefix_sums(seats: &[u64]) -> Vec<u64> {
    seats
        .iter()
        .scan(0, |sum, seats| {
            *sum += seats;
            Some(*sum)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_parties_can_have_is_what_the_listed_outcomes_say(allocation in (3..=5_usize).prop_flat_map(allocations)) {
        let (answer, listed) = (Answer::new(&allocation), outcomes(&allocation));
        let parties = allocation.certain().len();
        for i in 0..parties {
            let of = || listed.iter().map(|seats| seats[i]);
            prop_assert_eq!((Some(answer.low(i)), Some(answer.high(i))), (of().min(), of().max()));
            prop_assert!(listed.contains(&answer.outcome(&[i])));
            prop_assert_eq!(answer.outcome(&[i])[i], answer.high(i));
            for j in (0..parties).filter(|&j| j != i) {
                let pairs: BTreeSet<_> = listed.iter().map(|seats| (seats[i], seats[j])).collect();
                prop_assert_eq!(answer.pairs(i, j).collect::<BTreeSet<_>>(), pairs.clone());
                for (a, b) in pairs {
                    let outcome = answer.outcome_with(&[(i, a), (j, b)]);
                    prop_assert_eq!((outcome[i], outcome[j]), (a, b));
                    prop_assert!(listed.contains(&outcome));
                }
                let sums = || listed.iter().map(|seats| seats[i] + seats[j]);
                let (fewest, most) = answer.sums(&[i, j]);
                prop_assert_eq!((Some(fewest), Some(most)), (sums().min(), sums().max()));
            }
        }
    }

    #[test]
    fn an_outcome_of_some_parties_is_allowed_as_if_all_were_listed((one, other) in pair_of_allocations()) {
        // `other`, of all parties but the last, as what those would have alone.
        let part: Vec<usize> = (0..one.certain().len() - 1).collect();
        let alone = Allocation::new(&other.certain()[..part.len()]);
        let alone = match other.tie().filter(|tie| tie.parties().iter().all(|&party| party < part.len())) {
            Some(tie) => alone.with_open(Some(tie.clone())),
            None => alone,
        };
        let listed = outcomes(&alone);
        let slow = outcomes(&one).iter().all(|seats| {
            let seats = &seats[..part.len()];
            seats.iter().sum::<u64>() != listed.first().map_or(0, |first| first.iter().sum()) || listed.contains(seats)
        });
        let alone = Answer::new(&alone);
        let together = alone.outcome(&[]).iter().sum::<u64>();
        let fast = Answer::new(&one)
            .restricted(&part)
            .filter(|seats| seats.iter().sum::<u64>() == together)
            .all(|seats| alone.allows(&seats));
        prop_assert_eq!(fast, slow);
    }

    #[test]
    fn a_loss_is_one_that_no_listed_outcome_makes_good((one, other) in pair_of_allocations()) {
        let all: Vec<usize> = (0..one.certain().len()).collect();
        let listed = outcomes(&other);
        let good = |seats: &Vec<u64>| listed.iter().any(|there| seats.iter().zip(there).all(|(a, b)| a <= b));
        let slow = outcomes(&one).iter().all(good);
        let loss = Answer::new(&one).loss_against(&all, &Answer::new(&other));
        prop_assert_eq!(loss.is_none(), slow);
        if let Some(loss) = loss {
            prop_assert!(outcomes(&one).contains(&loss.outcome) && !good(&loss.outcome));
            prop_assert_eq!(loss.outcome[loss.party], loss.has);
            prop_assert!(loss.has > loss.there);
        }
    }

    #[test]
    fn the_most_unequal_outcome_has_the_largest_sums_and_the_most_equal_the_smallest(
        allocation in (3..=5_usize).prop_flat_map(allocations)
    ) {
        let answer = Answer::new(&allocation);
        let sums: Vec<Vec<u64>> =
            outcomes(&allocation).into_iter().map(|seats| prefix_sums(&sorted(seats))).collect();
        for at in 0..allocation.certain().len() {
            let of = || sums.iter().map(|sums| sums[at]);
            prop_assert_eq!(Some(prefix_sums(&answer.most_unequal())[at]), of().max());
            prop_assert_eq!(Some(prefix_sums(&answer.most_equal())[at]), of().min());
        }
    }
}

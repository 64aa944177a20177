//! Allocations without memory of their own, one at a time and many in a row.

#![allow(clippy::unwrap_used)] // tests may fail loudly

use apportion::{AllocationMethod, Divisors, Error, Quota, Ratio, Rounding, Scratch, Stage, Tie};
use proptest::prelude::*;

fn allocations(what: impl FnOnce()) -> u64 {
    allocation_counter::measure(what).count_total
}

fn methods() -> Vec<AllocationMethod> {
    let ratio = |text: &str| text.parse::<Ratio>().unwrap();
    vec![
        AllocationMethod::D_HONDT,
        AllocationMethod::SAINTE_LAGUE,
        AllocationMethod::DANISH,
        AllocationMethod::IMPERIALI_DIVISORS,
        AllocationMethod::ADAMS,
        AllocationMethod::DEAN,
        AllocationMethod::HUNTINGTON_HILL,
        AllocationMethod::MACAU,
        AllocationMethod::HighestAverages(Divisors::modified_sainte_lague(ratio("7/5")).unwrap()),
        AllocationMethod::HighestAverages(Divisors::stationary(ratio("1/3")).unwrap()),
        AllocationMethod::HARE,
        AllocationMethod::DROOP,
        AllocationMethod::LargestRemainder(Quota::HARE.rounded(Rounding::Up)),
    ]
}

/// Votes that are spread, skewed, equal in pairs, or all equal.
fn elections(parties: usize) -> Vec<Vec<u64>> {
    let count = parties;
    let parties = parties as u64;
    vec![
        (0..parties).map(|party| 1_000 + party * 7_919 % 10_007).collect(),
        (1..=parties).map(|rank| 1_000_000_000 / rank).collect(),
        (0..parties).map(|party| 1_000 + party / 2).collect(),
        vec![12_345; count],
    ]
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(vec![1, 2, 3]))), 1);
}

#[test]
fn once_the_scratch_has_grown_no_call_allocates() {
    for method in methods() {
        let mut scratch = Scratch::new();
        for parties in [3, 8, 50, 1_000, 20_000] {
            let mut out = vec![0; parties];
            for votes in elections(parties) {
                for seats in [1, parties as u64 / 2 + 1, 10 * parties as u64 + 7] {
                    let first =
                        method.allocate_into(&votes, seats, &mut out, &mut scratch).map(|tie| tie.map(Tie::from));
                    let Ok(first) = first else { continue };
                    let count = allocations(|| {
                        let tie = method.allocate_into(&votes, seats, &mut out, &mut scratch).unwrap();
                        assert_eq!(tie.map(|tie| tie.seats()), first.as_ref().map(Tie::seats));
                    });
                    assert_eq!(count, 0, "{method}, {parties} parties like {:?}, {seats} seats", &votes[..3]);
                }
            }
        }
    }
}

#[test]
fn powers_lists_and_stages_allocate_nothing_where_few_parties_are_not_tied() {
    let ratios = |list: &[&str]| list.iter().map(|text| text.parse().unwrap()).collect::<Vec<Ratio>>();
    let stages = [Divisors::D_HONDT, Divisors::power(ratios(&["9/10"])[0]).unwrap()].map(|divisors| {
        AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::highest_averages(divisors)])
    });
    let averages = [
        Divisors::power(ratios(&["9/10"])[0]).unwrap(),
        Divisors::power(ratios(&["2"])[0]).unwrap(),
        Divisors::custom(ratios(&["7/5", "3", "5", "7"])).unwrap(),
        Divisors::custom(ratios(&["1", "2", "4", "5"])).unwrap(),
    ]
    .map(AllocationMethod::HighestAverages);
    for method in stages.iter().chain(&averages) {
        let mut scratch = Scratch::new();
        for (parties, seats) in [(3, 20), (7, 26), (50, 150), (64, 435)] {
            let (votes, mut out) = (elections(parties).swap_remove(0), vec![0; parties]);
            let mut allocate =
                || assert!(method.allocate_into(&votes, seats, &mut out, &mut scratch).unwrap().is_none());
            allocate();
            assert_eq!(allocations(allocate), 0, "{method}, {parties} parties");
        }
    }
}

#[test]
fn seats_of_another_length_are_an_error() {
    let error = AllocationMethod::D_HONDT.allocate_into(&[1, 2], 3, &mut [0; 3], &mut Scratch::new()).unwrap_err();
    assert_eq!(error.to_string(), "there are 2 parties, but 3 entries of seats to write");
}

#[test]
fn nobody_and_nobody_with_votes_are_errors_in_place_too() {
    let mut scratch = Scratch::new();
    for method in methods() {
        assert_eq!(method.allocate_into(&[], 3, &mut [], &mut scratch), Err(Error::NoParties));
        assert_eq!(method.allocate_into(&[0, 0], 3, &mut [0; 2], &mut scratch), Err(Error::NoVotes { seats: 3 }));
        let mut out = [7, 7];
        assert_eq!(method.allocate_into(&[0, 0], 0, &mut out, &mut scratch), Ok(None));
        assert_eq!(out, [0, 0], "zero seats overwrite what was there");
    }
}

#[test]
fn a_matrix_that_is_not_whole_is_an_error() {
    let method = AllocationMethod::HARE;
    assert_eq!(method.allocate_rows(&[1, 2], 0, 3, &mut [0; 2]), Err(Error::NoParties));
    assert!(matches!(method.allocate_rows(&[1, 2, 3], 2, 3, &mut [0; 3]), Err(Error::WrongLength { found: 1, .. })));
    assert!(matches!(method.allocate_rows(&[1, 2], 2, 3, &mut [0; 3]), Err(Error::WrongLength { found: 3, .. })));
}

#[test]
fn an_election_without_an_answer_is_named() {
    let mut seats = [0; 6];
    let error = AllocationMethod::HARE.allocate_rows(&[1, 2, 0, 0, 0, 0], 2, 3, &mut seats).unwrap_err();
    assert_eq!(error.to_string(), "election 2: no admitted party has votes, but there are 3 seats");
}

#[test]
fn elections_on_many_cores_are_counted_from_the_first() {
    // More than any one core takes at once.
    let (parties, rows, tied) = (2, 50_000, [7, 12_345, 49_999]);
    let mut votes: Vec<u64> = (0..rows).flat_map(|_| [5, 3]).collect();
    for row in tied {
        votes[parties * row..][..parties].copy_from_slice(&[4, 4]);
    }
    let mut seats = vec![0; votes.len()];
    let ties = AllocationMethod::D_HONDT.allocate_rows_in_parallel(&votes, parties, 1, &mut seats).unwrap();
    assert_eq!(ties.iter().map(|tie| tie.row).collect::<Vec<_>>(), tied);
    assert_eq!(seats[..4], [1, 0, 1, 0]);
    votes[parties * 40_000..][..parties].copy_from_slice(&[0, 0]);
    let error = AllocationMethod::D_HONDT.allocate_rows_in_parallel(&votes, parties, 1, &mut seats).unwrap_err();
    assert!(matches!(error, Error::InRow { row: 40_000, .. }), "{error}");
}

proptest! {
    #[test]
    fn elections_in_a_row_have_the_answers_they_have_alone(
        (parties, votes) in (1_usize..=70).prop_flat_map(|parties| {
            (Just(parties), prop::collection::vec(prop::collection::vec(1_u64..=40, parties), 0..=30))
        }),
        seats in 0_u64..=200,
        method in (0..methods().len()).prop_map(|index| methods()[index].clone()),
    ) {
        let flat = votes.concat();
        let (mut out, mut in_parallel) = (vec![9; flat.len()], vec![9; flat.len()]);
        let together = method.allocate_rows(&flat, parties, seats, &mut out);
        prop_assert_eq!(&together, &method.allocate_rows_in_parallel(&flat, parties, seats, &mut in_parallel));
        match together {
            Ok(ties) => {
                prop_assert_eq!(&out, &in_parallel);
                for (row, votes) in votes.iter().enumerate() {
                    let alone = method.allocate(votes, seats).unwrap();
                    prop_assert_eq!(alone.certain(), &out[row * parties..][..parties]);
                    let tie = ties.iter().find(|tie| tie.row == row).map(|tie| &tie.tie);
                    prop_assert_eq!(alone.tie(), tie);
                }
            }
            Err(Error::InRow { row, error }) => {
                prop_assert_eq!(Err(*error), method.allocate(&votes[row], seats));
                prop_assert!(votes[..row].iter().all(|votes| method.allocate(votes, seats).is_ok()));
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}

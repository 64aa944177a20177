//! Ties are in the open, can be listed, and are settled by nothing but what was asked for.

use apportion::{Allocation, AllocationMethod, Error, Quota, Rule, Tally, Tie, TieBreak};

/// An allocation of nothing but a tie of `seats` among `parties`.
fn tied(parties: usize, seats: u64) -> Allocation {
    let tie = Tie::new((0..parties).collect::<Vec<_>>(), seats).unwrap();
    Allocation::new(vec![0; parties]).with_tie(tie).unwrap()
}

#[test]
fn seats_cannot_be_read_past_an_open_tie() {
    let allocation = AllocationMethod::D_HONDT.allocate(&[10, 10], 3).unwrap();
    let tie = allocation.seats().unwrap_err();
    assert_eq!((tie.parties(), tie.seats()), (&[0, 1][..], 1));
    assert_eq!(tie.to_string(), "1 seat is tied among parties 1, 2");
    assert_eq!(Error::from(tie).to_string(), "1 seat is tied among parties 1, 2");
}

#[test]
fn what_cannot_matter_is_no_tie() {
    let everyone_served = AllocationMethod::D_HONDT.allocate(&[10, 10, 10], 3).unwrap();
    assert_eq!(everyone_served.seats().unwrap(), [1, 1, 1]);
    let no_seat_left = AllocationMethod::HARE.allocate(&[30, 10, 10], 5).unwrap();
    assert_eq!(no_seat_left.seats().unwrap(), [3, 1, 1]);
}

#[test]
fn outcomes_are_all_the_ways_a_tie_can_go() {
    let allocation = tied(4, 2);
    let outcomes: Vec<_> = allocation.outcomes().collect();
    let all = [[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]];
    assert_eq!(outcomes, all);
    assert_eq!(allocation.outcome_count(), Some(6));
    assert!(outcomes.iter().all(|seats| allocation.allows(seats)));
    assert!(!allocation.allows(&[2, 0, 0, 0]));
    assert!(!allocation.allows(&[1, 1, 1, 0]));
    assert!(!allocation.allows(&[1, 1, 0]));
}

#[test]
fn a_party_outside_the_tie_takes_none_of_its_seats() {
    let tie = Tie::new([0, 1], 1).unwrap();
    let allocation = Allocation::new([1, 1, 1]).with_tie(tie).unwrap();
    assert!(allocation.allows(&[2, 1, 1]));
    assert!(!allocation.allows(&[1, 1, 2]));
}

#[test]
fn an_allocation_without_a_tie_has_one_outcome() {
    let allocation = Allocation::new([3, 2]);
    assert_eq!(allocation.outcomes().collect::<Vec<_>>(), [[3, 2]]);
    assert_eq!(allocation.outcome_count(), Some(1));
}

#[test]
fn the_number_of_outcomes_is_exact_or_not_given() {
    assert_eq!(tied(60, 30).outcome_count(), Some(118_264_581_564_861_424));
    assert_eq!(tied(500, 1).outcome_count(), Some(500));
    assert_eq!(tied(500, 250).outcome_count(), None);
    assert_eq!(tied(500, 250).outcomes().take(3).count(), 3); // lazily
}

#[test]
fn a_tie_that_is_none_is_refused() {
    assert_eq!(Tie::new([0, 1], 2), None);
    assert_eq!(Tie::new([0, 1], 0), None);
    assert_eq!(Tie::new([1, 1, 1], 1), None);
    let tie = Tie::new([0, 7], 1).unwrap();
    assert_eq!(Allocation::new([1, 1]).with_tie(tie), Err(Error::NotATie { parties: 2, seats: 1 }));
}

#[test]
fn more_votes_fewer_votes_and_list_order_settle_as_they_say() {
    // 600 / 2 = 300 / 1.
    let votes = [300, 600];
    for (tie_break, expected) in
        [(TieBreak::MostVotes, [0, 2]), (TieBreak::FewestVotes, [1, 1]), (TieBreak::ListOrder, [1, 1])]
    {
        let mut allocation = AllocationMethod::D_HONDT.allocate(&votes, 2).unwrap();
        let settled = allocation.settle(&votes, core::slice::from_ref(&tie_break));
        assert_eq!(allocation.seats().unwrap(), expected, "{tie_break}");
        assert_eq!(settled.len(), 1);
    }
}

#[test]
fn a_chain_goes_on_with_those_equal_at_the_cut() {
    let votes = [20, 10, 10, 10];
    let mut allocation = tied(4, 2);
    let chain = [TieBreak::MostVotes, TieBreak::Drawn(vec![3, 1])];
    let settled = allocation.settle(&votes, &chain);
    assert_eq!(allocation.seats().unwrap(), [1, 0, 0, 1]);
    assert_eq!(settled.iter().map(|settled| settled.parties.clone()).collect::<Vec<_>>(), [[0], [3]]);
}

#[test]
fn what_a_chain_cannot_settle_stays_a_tie() {
    let votes = [20, 10, 10, 10];
    let mut allocation = tied(4, 2);
    allocation.settle(&votes, &[TieBreak::MostVotes]);
    assert_eq!(allocation.certain(), [1, 0, 0, 0]);
    assert_eq!(allocation.tie().unwrap().parties(), [1, 2, 3]);
    assert_eq!(allocation.tie().unwrap().seats(), 1);
}

#[test]
fn parties_without_a_lot_stay_equal_behind_those_drawn() {
    let mut allocation = tied(4, 2);
    allocation.settle(&[5, 5, 5, 5], &[TieBreak::Drawn(vec![2])]);
    assert_eq!(allocation.certain(), [0, 0, 1, 0]);
    assert_eq!(allocation.tie().unwrap().parties(), [0, 1, 3]);
}

#[test]
fn a_rule_settles_nothing_by_default_and_says_what_it_settled() {
    let tally = Tally::from_votes([("Large", 600), ("Small", 300)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 2);
    assert!(rule.apply(&tally).unwrap().tie().is_some());

    let lots = TieBreak::Drawn(vec!["Small".to_string()]);
    let outcome = rule.tie_break([TieBreak::ListOrder, lots]).apply(&tally).unwrap();
    assert_eq!(outcome.seats("Large"), Some(2));
    assert_eq!(outcome.settled().len(), 1);
    assert_eq!(outcome.settled()[0].parties, ["Large"]);
}

#[test]
fn who_has_no_votes_is_tied_for_no_seat_however_many_take_part() {
    // Three votes are a Droop quota, so that everybody with six has two seats, nothing is left of anybody's votes, and some
    // seats are left: a tie of those with votes.
    for (voted, silent) in [(2, 1), (6, 9), (40, 8), (60, 20), (300, 60), (3_000, 600)] {
        let votes: Vec<u64> = (0..voted + silent).map(|party| if party < voted { 6 } else { 0 }).collect();
        let seats = 2 * voted as u64 + voted as u64 / 2;
        let allocation = AllocationMethod::LargestRemainder(Quota::DROOP).allocate(&votes, seats).unwrap();
        let tie = allocation.tie().unwrap();
        assert_eq!((tie.seats(), tie.parties()), (voted as u64 / 2, &(0..voted).collect::<Vec<_>>()[..]));
    }
}

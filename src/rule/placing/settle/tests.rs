//! Small elections settled by hand, and what holds for all.

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::allocation::TieBreak;
use crate::method::AllocationMethod;
use crate::rule::placing::examples::{first, silent};

const BULGARIA: Settle = law(LocalQuota::Exact, QuotaOf::Placed, Met::Free, Take::Smallest);
const ITALY_PARTIES: Settle = law(LocalQuota::Down, QuotaOf::Placed, Met::Barred, Take::Party);
const ITALY_COLLEGES: Settle = law(LocalQuota::Down, QuotaOf::All, Met::Barred, Take::One);

const fn law(rounding: LocalQuota, base: QuotaOf, met: Met, take: Take) -> Settle {
    Settle { rounding, base, met, take, give: Give::Any, small: Vec::new() }
}

/// Totals by party, sizes by place, votes by party and place.
#[derive(Clone, Debug)]
struct Small {
    settle: Settle,
    totals: Vec<u64>,
    sizes: Vec<u64>,
    votes: Grid<u64>,
    other: u128,
}

impl Small {
    fn new<const PLACES: usize>(settle: Settle, totals: &[u64], sizes: [u64; PLACES], votes: &[[u64; PLACES]]) -> Self {
        let votes = Grid::new(PLACES, votes.concat());
        Self { settle, totals: totals.to_vec(), sizes: sizes.to_vec(), votes, other: 0 }
    }

    fn run(&self, answers: &mut Answers<'_>) -> Result<Settlement, Stopped> {
        let of_party = |party| self.votes.row(party).iter().map(|&votes| u128::from(votes)).sum();
        let party_votes: Vec<u128> = (0..self.votes.parties()).map(of_party).collect();
        let mut valid = vec![self.other; self.sizes.len()];
        for pair in self.votes.pairs() {
            valid[pair.1] += u128::from(*self.votes.get(pair));
        }
        let settling = Settling {
            settle: &self.settle,
            totals: &self.totals,
            sizes: &self.sizes,
            votes: &self.votes,
            party_votes: &party_votes,
            valid: &valid,
        };
        run(&settling, answers)
    }

    /// This settling with parties and places in the reverse order.
    fn reversed(&self) -> Self {
        let reverse = |list: &[u64]| list.iter().rev().copied().collect();
        Self { totals: reverse(&self.totals), sizes: reverse(&self.sizes), votes: turned(&self.votes), ..self.clone() }
    }
}

fn turned(grid: &Grid<u64>) -> Grid<u64> {
    let (parties, places) = (grid.parties(), grid.places());
    Grid::from_fn(parties, places, |(party, place)| *grid.get((parties - 1 - party, places - 1 - place)))
}

#[test]
fn bulgaria_moves_the_smallest_rest_to_the_largest_of_its_place() {
    // Place 1: A 1.16, B 0.60, C 0.24 quotas; place 2: A 0.90, B 0.70, C 0.40. B has two seats, and one due.
    let small = Small::new(BULGARIA, &[2, 1, 1], [2, 2], &[[58, 45], [30, 35], [12, 20]]);
    let settlement = small.run(&mut silent).unwrap();
    assert_eq!(settlement.seats, Grid::new(2, vec![1, 1, 0, 1, 1, 0]));
    assert_eq!(settlement.steps, [Step::Swap { giver: (1, 0), over: 1, receiver: Some((2, 0)) }]);
    assert_eq!(settlement.local.marks, Grid::new(2, vec![0, 1, 1, 1, 0, 0]));
}

#[test]
fn bulgaria_may_give_to_who_lacks_nothing_and_move_on() {
    // A has the largest rest of place 1, 0.24 against 0.16.
    let mut small = Small::new(BULGARIA, &[2, 1, 1], [2, 2], &[[62, 45], [30, 35], [8, 20]]);
    let settlement = small.run(&mut silent).unwrap();
    let through_a = [
        Step::Swap { giver: (1, 0), over: 1, receiver: Some((0, 0)) },
        Step::Swap { giver: (0, 0), over: 1, receiver: Some((2, 0)) },
    ];
    assert_eq!(settlement.steps, through_a);
    small.settle.give = Give::Short;
    let settlement = small.run(&mut silent).unwrap();
    assert_eq!(settlement.steps, [Step::Swap { giver: (1, 0), over: 1, receiver: Some((2, 0)) }]);
}

#[test]
fn totals_that_no_swap_reaches_are_unsettled() {
    // Whole quotas everywhere: A 2 and B 2, and nothing to move.
    let small = Small::new(BULGARIA, &[3, 1], [2, 2], &[[50, 50], [50, 50]]);
    assert_eq!(small.run(&mut silent), Err(Stopped::Unsettled { over: vec![(0, -1), (1, 1)] }));
}

#[test]
fn italys_colleges_change_size_and_its_circumscriptions_where_they_can_do_not() {
    // C has marks in places 2 and 3 (0.62 and 0.46 of a quota) and one seat due; B lacks one and has 0.48 and 0.44 there.
    let mut small = Small::new(ITALY_COLLEGES, &[2, 2, 1], [2, 2, 1], &[[60, 45, 10], [35, 24, 44], [5, 31, 46]]);
    let settlement = small.run(&mut silent).unwrap();
    assert_eq!(settlement.steps, [Step::Swap { giver: (2, 2), over: 1, receiver: Some((1, 1)) }]);
    assert_eq!(settlement.sizes, [2, 3, 0]);
    small.settle = ITALY_PARTIES;
    let settlement = small.run(&mut silent).unwrap();
    assert_eq!(settlement.steps, [Step::Swap { giver: (2, 2), over: 1, receiver: Some((1, 2)) }]);
    assert_eq!(settlement.sizes, [2, 2, 1]);
}

#[test]
fn where_bars_leave_fewer_candidates_than_seats_a_party_may_take_two() {
    // A and C have their seats by whole quotas of place 1; B takes both seats of place 2, by one rest of 0.4 quotas.
    let small = Small::new(ITALY_PARTIES, &[1, 2, 1], [2, 2], &[[50, 40], [0, 20], [50, 40]]);
    let settlement = small.run(&mut silent).unwrap();
    assert_eq!((settlement.seats, settlement.steps), (Grid::new(2, vec![1, 0, 0, 2, 1, 0]), Vec::new()));
}

/// Sizes 1, 3, 4 and 2; with 5 votes for others everywhere the quotas are 102, 102 and 80.
fn greece(totals: &[u64; 3]) -> Small {
    let settle = Settle { take: Take::Ascending, small: vec![3, 2], ..BULGARIA };
    let votes = [[100, 142, 222, 60], [80, 101, 132, 50], [20, 60, 50, 45]];
    Small { other: 5, ..Small::new(settle, totals, [1, 3, 4, 2], &votes) }
}

#[test]
fn greece_gives_back_in_small_places_and_serves_the_smallest_party_first() {
    // Rests of A, B, C: 40, 101, 60 in place 2; 18, 30, 50 in place 3; 60, 50, 45 in place 4, where A gives its mark back.
    let settlement = greece(&[4, 3, 3]).run(&mut silent).unwrap();
    assert_eq!(settlement.seats, Grid::new(4, vec![1, 1, 2, 0, 0, 1, 1, 1, 0, 1, 1, 1]));
    assert_eq!(settlement.steps, [Step::GivenBack((0, 3)), Step::Taken((2, 2)), Step::Taken((2, 3))]);
}

#[test]
fn greeces_largest_party_takes_what_is_left() {
    let settlement = greece(&[6, 3, 1]).run(&mut silent).unwrap();
    assert_eq!(settlement.steps, [Step::Rest { pair: (0, 2), seats: 1 }]);
}

#[test]
fn a_greek_party_that_finds_no_place_leaves_it_unsettled() {
    // C takes the last seat of place 3; B has had its seat by a rest in place 4.
    let stopped = greece(&[4, 4, 2]).run(&mut silent);
    assert_eq!(stopped, Err(Stopped::Unsettled { over: vec![(1, -1)] }));
}

#[test]
fn totals_and_sizes_of_different_sums_and_keys_that_mean_nothing_are_errors() {
    let sums = Small::new(BULGARIA, &[1, 1], [3], &[[1], [1]]);
    assert!(matches!(sums.run(&mut silent), Err(Stopped::Error(Error::ParameterOutOfRange { .. }))));
    for settle in [
        Settle { small: vec![3], ..BULGARIA },
        Settle { give: Give::Short, ..ITALY_PARTIES },
        Settle { take: Take::Ascending, ..ITALY_PARTIES },
    ] {
        assert!(settle.check().is_err(), "{settle:?}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn laws_are_written_as_the_documents_have_them() {
    let text = r#"{"rounding":"down","base":"all","met":"barred","take":"one"}"#;
    assert_eq!(serde_json::from_str::<Settle>(text).unwrap(), ITALY_COLLEGES);
    assert_eq!(serde_json::to_string(&ITALY_COLLEGES).unwrap(), text);
    assert!(serde_json::from_str::<Settle>(r#"{"take":"one","gives":"any"}"#).is_err());
}

/// Small elections whose totals are those of largest remainders over all places.
fn some_election() -> impl Strategy<Value = Small> {
    let laws = vec![
        BULGARIA,
        Settle { give: Give::Short, ..BULGARIA },
        ITALY_PARTIES,
        ITALY_COLLEGES,
        Settle { take: Take::Ascending, small: vec![3, 2], ..BULGARIA },
    ];
    (prop::sample::select(laws), 1..5_usize, 1..5_usize).prop_flat_map(|(settle, parties, places)| {
        let votes = prop_oneof![1 => Just(0), 4 => 1..9_u64, 8 => 1..5_000_u64, 1 => Just(u64::MAX / 8)];
        (prop::collection::vec(votes, parties * places), prop::collection::vec(0..6_u64, places)).prop_map(
            move |(votes, sizes)| {
                let votes = Grid::new(places, votes);
                let sums: Vec<u64> = (0..parties).map(|party| votes.row(party).iter().sum()).collect();
                let seats = sizes.iter().sum();
                let totals = AllocationMethod::HARE.allocate(&sums, seats).map(|mut allocation| {
                    allocation.settle(&sums, &[TieBreak::ListOrder]);
                    allocation.certain().to_vec()
                });
                // Where nobody has votes, the first has the seats.
                let nobody = (0..parties).map(|party| if party == 0 { seats } else { 0 });
                let totals = totals.unwrap_or_else(|_| nobody.collect());
                Small { settle: settle.clone(), totals, sizes, votes, other: 3 }
            },
        )
    })
}

proptest! {
    #[test]
    fn what_is_settled_has_both_totals_and_every_whole_quota(small in some_election()) {
        let Ok(settlement) = small.run(&mut first) else { return Ok(()) };
        for (party, &total) in small.totals.iter().enumerate() {
            prop_assert_eq!(settlement.seats.row(party).iter().sum::<u64>(), total);
        }
        let in_place = |place: usize| settlement.seats.pairs().filter(move |pair| pair.1 == place);
        for (place, &size) in settlement.sizes.iter().enumerate() {
            prop_assert_eq!(in_place(place).map(|pair| settlement.seats.get(pair)).sum::<u64>(), size);
        }
        prop_assert_eq!(settlement.sizes.iter().sum::<u64>(), small.sizes.iter().sum::<u64>());
        if matches!(small.settle.take, Take::Smallest | Take::Ascending) {
            prop_assert_eq!(&settlement.sizes, &small.sizes);
        }
        for pair in settlement.seats.pairs() {
            prop_assert!(settlement.seats.get(pair) >= settlement.local.whole.get(pair));
        }
    }

    #[test]
    fn every_italian_swap_brings_two_parties_one_seat_nearer(small in some_election()) {
        prop_assume!(matches!(small.settle.take, Take::Party | Take::One));
        let Ok(settlement) = small.run(&mut first) else { return Ok(()) };
        let local = &settlement.local;
        let after_local = |party: usize| local.whole.row(party).iter().chain(local.marks.row(party)).sum::<u64>();
        let away: u64 = (0..small.totals.len()).map(|party| after_local(party).abs_diff(small.totals[party])).sum();
        prop_assert_eq!(settlement.steps.len() as u64 * 2, away);
    }

    #[test]
    fn no_answer_depends_on_the_order_of_parties_or_places(small in some_election()) {
        let (forth, back) = (small.run(&mut silent), small.reversed().run(&mut silent));
        match (forth, back) {
            (Ok(forth), Ok(back)) => prop_assert_eq!(forth.seats, turned(&back.seats)),
            (Err(_), Err(_)) => {}
            (forth, back) => prop_assert!(false, "{:?} against {:?}", forth, back),
        }
    }
}

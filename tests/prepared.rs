//! Prepared laws: the same answers as the named ones, row by row.

use apportion::rule::{Overhang, Placement, RowLeft};
use apportion::{
    AllocationMethod, Base, Count, Divisors, Error, Level, Party, Place, Quota, Ratio, Rule, Tally, Threshold,
    TieBreak, Tier,
};
use proptest::prelude::*;

/// What the named law makes of one row: seats in the row's order, and whether something is open; or that it fails.
fn named(rule: &Rule, places: &[(&str, u64, usize)], row: &[u64]) -> Result<(Vec<u64>, bool), Error> {
    let mut at = 0;
    let mut tallies = Vec::new();
    for &(name, seats, parties) in places {
        let votes = (0..parties).map(|party| (format!("P{party}"), row[at + party]));
        tallies.push((name, seats, Tally::from_votes(votes)?));
        at += parties;
    }
    let outcome = if let [(_, _, tally)] = &tallies[..] {
        rule.apply(tally)?
    } else {
        let districts =
            tallies.iter().map(|(name, seats, tally)| Place::district(*name, tally.clone()).with_seats(*seats));
        rule.apply(&Count::of_places(districts)?)?
    };
    let open = !outcome.ties().is_empty() || !outcome.ways().is_empty();
    let of = |parties: &[apportion::PartyOutcome], many: usize| -> Vec<u64> {
        (0..many).map(|at| parties.iter().find(|p| p.name() == format!("P{at}")).map_or(0, |p| p.certain())).collect()
    };
    let seats = if outcome.places().is_empty() {
        of(outcome.parties(), places[0].2)
    } else {
        places.iter().flat_map(|&(name, _, parties)| of(outcome.at(name).unwrap().parties(), parties)).collect()
    };
    Ok((seats, open))
}

fn tally(parties: usize) -> Tally {
    Tally::from_votes((0..parties).map(|party| (format!("P{party}"), 0))).unwrap()
}

fn methods() -> impl Strategy<Value = AllocationMethod> {
    prop_oneof![
        Just(AllocationMethod::HARE),
        Just(AllocationMethod::DROOP),
        Just(AllocationMethod::D_HONDT),
        Just(AllocationMethod::SAINTE_LAGUE),
        Just(AllocationMethod::HUNTINGTON_HILL),
        Just(AllocationMethod::HighestAverages(Divisors::modified_sainte_lague("7/5".parse().unwrap()).unwrap())),
    ]
}

fn thresholds() -> impl Strategy<Value = Option<Threshold>> {
    let share = |text: &str| Threshold::share(text.parse().unwrap());
    prop_oneof![
        Just(None),
        Just(Some(share("5%"))),
        Just(Some(share("25%").strict())),
        Just(Some(share("10%").of(Base::PartyVotes))),
        Just(Some(share("10%").at(Level::Nation))),
        Just(Some(Threshold::any([share("4%").at(Level::Nation), share("12%")]))),
        Just(Some(Threshold::all([share("3%"), Threshold::votes(3)]))),
        Just(Some(Threshold::quota(Quota::HARE, "1/2".parse().unwrap()))),
        Just(Some(Threshold::quota(Quota::DROOP, Ratio::ONE).strict().at(Level::Nation))),
        Just(Some(Threshold::in_places(2, Level::District, share("10%")))),
        Just(Some(Threshold::in_every(Level::District, share("5%").of(Base::Cast)))),
    ]
}

fn votes(len: usize) -> impl Strategy<Value = Vec<u64>> {
    // Small numbers meet in ties; giants outgrow floats.
    let one = prop_oneof![4 => 0..=12_u64, 2 => 0..=1_000_u64, 1 => (1_u64 << 53)..=(1 << 53) + 3];
    proptest::collection::vec(one, len)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn rows_of_one_place_are_what_the_named_law_gives(
        (method, threshold) in (methods(), thresholds()),
        seats in 0..=30_u64,
        at_least in 0..=3_usize,
        breaks in prop_oneof![Just(vec![]), Just(vec![TieBreak::MostVotes, TieBreak::ListOrder])],
        rows in (1..=9_usize).prop_flat_map(|parties| (Just(parties), proptest::collection::vec(votes(parties), 1..=5))),
    ) {
        let (parties, rows) = rows;
        let mut rule = Rule::new(method, seats).tie_break(breaks).admit_at_least(at_least);
        if let Some(threshold) = threshold {
            rule = rule.threshold(threshold);
        }
        compare(&rule, &[("", seats, parties)], &rows)?;
    }

    #[test]
    fn rows_of_districts_are_what_the_named_law_gives(
        (method, threshold) in (methods(), thresholds()),
        sizes in proptest::collection::vec((0..=9_u64, 1..=4_usize), 2..=4),
        rows in proptest::collection::vec(votes(16), 1..=3),
    ) {
        let names = ["N", "S", "E", "W"];
        let places: Vec<(&str, u64, usize)> =
            sizes.iter().zip(names).map(|(&(seats, parties), name)| (name, seats, parties)).collect();
        let width: usize = places.iter().map(|place| place.2).sum();
        let rows: Vec<Vec<u64>> = rows.into_iter().map(|row| row[..width].to_vec()).collect();
        let mut rule = Rule::new(method, places.iter().map(|place| place.1).sum());
        if let Some(threshold) = threshold {
            rule = rule.threshold(threshold);
        }
        compare(&rule, &places, &rows)?;
    }
}

fn compare(rule: &Rule, places: &[(&str, u64, usize)], rows: &[Vec<u64>]) -> Result<(), TestCaseError> {
    let count = match places {
        [(_, _, parties)] => Count::from(tally(*parties)),
        _ => Count::of_places(
            places.iter().map(|&(name, seats, parties)| Place::district(name, tally(parties)).with_seats(seats)),
        )
        .unwrap(),
    };
    let mut prepared = rule.prepare(&count).unwrap();
    let all: Vec<u64> = rows.concat();
    let mut seats = vec![99; rows.len() * prepared.seats()];
    let left = prepared.apply_rows(&all, &mut seats).unwrap();
    for (index, row) in rows.iter().enumerate() {
        let got = &seats[index * prepared.seats()..][..row.len()];
        let mine: Vec<&RowLeft> = left.iter().filter(|left| left.row() == index).collect();
        match named(rule, places, row) {
            Ok((wanted, open)) => {
                prop_assert_eq!(got, &wanted[..], "row {}: {:?}", index, mine);
                prop_assert_eq!(!mine.is_empty(), open, "{:?}", mine);
            }
            Err(_) => prop_assert!(matches!(mine[..], [RowLeft::Error { .. }]), "{:?}", mine),
        }
    }
    Ok(())
}

#[test]
fn hundreds_of_rows_of_one_place_are_each_what_the_named_law_gives() {
    // More than are judged at once, with ties among them and a row without votes.
    let row = |at: u64| if at == 130 { vec![0; 3] } else { vec![at * 7 % 101 + 5, at * 13 % 97 + 3, 20] };
    let rows: Vec<Vec<u64>> = (0..300).map(row).collect();
    for rule in [Rule::new(AllocationMethod::D_HONDT, 5), Rule::new(AllocationMethod::HARE, 7)] {
        let rule = rule.threshold(Threshold::share("20%".parse().unwrap()));
        compare(&rule, &[("", 5, 3)], &rows).unwrap();
    }
}

#[test]
fn a_bad_row_spoils_no_other() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let count = tally(2);
    let mut prepared = rule.prepare(&count).unwrap();
    let mut seats = [9; 6];
    let left = prepared.apply_rows(&[10, 5, /**/ 0, 0, /**/ 5, 5], &mut seats).unwrap();
    assert_eq!(seats, [2, 1, /**/ 0, 0, /**/ 1, 1]);
    assert_eq!(left[0], RowLeft::Error { row: 1, error: Error::NoVotes { seats: 3 } });
    assert!(matches!(&left[1], RowLeft::Tie { row: 2, tie } if tie.parties() == [0, 1]));
}

#[test]
fn rows_on_many_cores_are_counted_from_the_first() {
    // More than any one core takes at once, with a tie, a row without votes and a tie again.
    let (width, many, left) = (3, 30_000, [11, 9_876, 29_999]);
    let mut rows = [60, 30, 5].repeat(many);
    for (at, votes) in left.into_iter().zip([[4, 4, 0], [0, 0, 0], [9, 9, 1]]) {
        rows[width * at..][..width].copy_from_slice(&votes);
    }
    let rule = Rule::new(AllocationMethod::D_HONDT, 1).threshold(Threshold::share("5%".parse().unwrap()));
    let count = tally(width);
    let mut prepared = rule.prepare(&count).unwrap();
    let mut seats = vec![0; prepared.seats() * many];
    let found = prepared.apply_rows_in_parallel(&rows, &mut seats).unwrap();
    assert_eq!(found.iter().map(RowLeft::row).collect::<Vec<_>>(), left);
    assert!(matches!(found[1], RowLeft::Error { error: Error::NoVotes { .. }, .. }));
    assert_eq!(prepared.apply_rows(&rows, &mut seats).unwrap(), found);
}

#[test]
fn what_a_threshold_asks_of_parties_and_not_of_votes_is_any_or_all_of_it() {
    let parts = || [Threshold::minority(), Threshold::direct_seats(1), Threshold::direct_seats(3)];
    let party = |name: &str, direct| (Party::new(name).with_direct_seats(direct), 100);
    let minority = |name: &str, direct| (Party::new(name).as_minority().with_direct_seats(direct), 100);
    let parties = [
        party("none", 0),
        party("one", 1),
        party("two", 3),
        minority("first", 0),
        minority("both", 1),
        minority("all", 3),
    ];
    let count = Tally::from_votes(parties).unwrap();
    for (threshold, passing) in
        [(Threshold::any(parts()), [0, 1, 1, 1, 1, 1]), (Threshold::all(parts()), [0, 0, 0, 0, 0, 1])]
    {
        let rule = Rule::new(AllocationMethod::D_HONDT, 30).threshold(threshold);
        let mut prepared = rule.prepare(&count).unwrap();
        let mut seats = vec![0; prepared.seats()];
        assert_eq!(prepared.apply_rows(&[100; 6], &mut seats).unwrap(), []);
        let (share, whole) = (30 / passing.iter().sum::<u64>(), rule.apply(&count).unwrap());
        assert_eq!(seats[..6], passing.map(|passes| passes * share));
        assert_eq!(seats[..6], whole.parties().iter().map(|party| party.certain()).collect::<Vec<_>>());
    }
}

#[test]
fn a_row_of_another_length_is_refused() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let count = tally(2);
    let mut prepared = rule.prepare(&count).unwrap();
    let error = prepared.apply_rows(&[1, 2, 3], &mut [0; 2]).unwrap_err();
    assert_eq!(error.to_string(), "there are 2 parties, but 3 entries of votes in the last row");
    assert!(prepared.apply_rows(&[1, 2], &mut [0; 3]).is_err());
}

#[test]
fn bounds_of_the_count_hold_in_every_row() {
    // The United States' own law: at least one seat for every state.
    let states = (0..4).map(|at| (Party::new(format!("P{at}")).with_minimum(1), 0));
    let count = Tally::from_votes(states).unwrap();
    let rule = Rule::new(AllocationMethod::HUNTINGTON_HILL, 10);
    let mut prepared = rule.prepare(&count).unwrap();
    let mut seats = [0; 4];
    assert!(prepared.apply(&[1_000_000, 1, 2, 3], &mut seats).unwrap().is_empty());
    assert_eq!(seats, [7, 1, 1, 1]);
}

#[test]
fn a_law_of_tiers_is_answered_row_by_row_with_the_places_that_only_receive_seats() {
    let tiers = || {
        let first = Tier::new(AllocationMethod::D_HONDT).name("districts");
        let levelling = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 8).name("levelling");
        let placed = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).room("extra");
        Rule::of_tiers([first, levelling.overhang(Overhang::Exclude).placed(placed)])
    };
    let place = |name: &str, a, b| {
        let tally = Tally::from_votes([("P0", a), ("P1", b)]).unwrap();
        Place::district(name, tally).with_seats(3).with_room("extra", 1)
    };
    let rule = tiers();
    let template = Count::of_places([place("N", 0, 0), place("S", 0, 0)]).unwrap();
    let mut prepared = rule.prepare(&template).unwrap();
    assert_eq!((prepared.votes(), prepared.seats()), (4, 6));
    let mut seats = [0; 6];
    let row = [600, 400, 100, 250];
    assert!(prepared.apply(&row, &mut seats).unwrap().is_empty());
    let outcome = tiers().apply(&Count::of_places([place("N", 600, 400), place("S", 100, 250)]).unwrap()).unwrap();
    let in_place = |name: &str| outcome.at(name).unwrap().parties().iter().map(|p| p.certain()).collect::<Vec<_>>();
    assert_eq!(seats[..2], in_place("N")[..]);
    assert_eq!(seats[2..4], in_place("S")[..]);
    assert_eq!(seats[4..], [outcome.certain("P0").unwrap(), outcome.certain("P1").unwrap()]);
}

#[test]
fn shares_of_ballots_cast_are_of_the_blank_and_invalid_ones_too_or_of_the_number_that_the_count_states() {
    let rule =
        Rule::new(AllocationMethod::D_HONDT, 5).threshold(Threshold::share("10%".parse().unwrap()).of(Base::Cast));
    let counted = |votes: [u64; 2]| Tally::from_votes(["A", "B"].into_iter().zip(votes)).unwrap();
    let by_parts = |votes| counted(votes).with_blank(20).with_invalid(30);
    let stated = |votes| counted(votes).with_cast(150);
    // 15 of 150 ballots are a tenth, 14 of 150 are not.
    for of in [&by_parts as &dyn Fn([u64; 2]) -> Tally, &stated] {
        let empty = of([0, 0]);
        let mut prepared = rule.prepare(&empty).unwrap();
        for votes in [[85, 15], [80, 20], [86, 14]] {
            let mut seats = [0; 2];
            prepared.apply(&votes, &mut seats).unwrap();
            let outcome = rule.apply(&of(votes)).unwrap();
            assert_eq!(seats.to_vec(), ["A", "B"].map(|name| outcome.seats(name).unwrap()), "{votes:?}");
            assert_eq!(outcome.party("B").unwrap().is_admitted(), votes[1] >= 15);
        }
        let mut seats = [0; 2];
        prepared.apply(&[50, 14], &mut seats).unwrap();
        assert_eq!(seats, if of([50, 14]).cast() == Some(150) { [5, 0] } else { [4, 1] });
    }
}

//! Kazakhstan's five party-list elections under the law and under other rules.
//!
//! Figures: the sources in `examples/elections/kz-*.toml`. The seats under other rules were computed with exact
//! fractions by another program.

use apportion::{AllocationMethod, Divisors, Election, Excess, Rule};

fn election(year: u32) -> Election {
    let path = format!("{}/examples/elections/kz-{year}.toml", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The seats of the first parties; all others have none.
fn seats(rule: &Rule, election: &Election) -> Vec<u64> {
    let outcome = rule.apply(&election.count).unwrap();
    let mut seats: Vec<u64> = outcome.parties().iter().map(|party| outcome.seats(party.name()).unwrap()).collect();
    while seats.last() == Some(&0) {
        seats.pop();
    }
    seats
}

#[test]
fn all_five_elections_come_out_with_their_official_seats() {
    for (year, official) in [
        (2007, vec![98]),
        (2012, vec![83, 8, 7]),
        (2016, vec![84, 7, 7]),
        (2021, vec![76, 12, 10]),
        (2023, vec![40, 8, 6, 6, 5, 4]),
    ] {
        let election = election(year);
        assert_eq!(seats(&election.rule, &election), official, "{year}");
        assert_eq!(election.as_recorded(&election.outcome().unwrap()), Some(true), "{year}");
    }
}

#[test]
fn other_methods_would_have_given_these_seats() {
    let modified = |first: &str| {
        AllocationMethod::HighestAverages(Divisors::modified_sainte_lague(first.parse().unwrap()).unwrap())
    };
    // 2012 with 7%, 2012 without, 2016, 2021, 2023.
    let rows: [(AllocationMethod, [&[u64]; 5]); 13] = [
        (
            AllocationMethod::HARE,
            [&[83, 8, 7], &[79, 7, 7, 2, 1, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]],
        ),
        (AllocationMethod::DROOP, [&[84, 7, 7], &[80, 7, 7, 2, 1, 1], &[84, 7, 7], &[77, 12, 9], &[40, 8, 6, 6, 5, 4]]),
        (
            AllocationMethod::HAGENBACH_BISCHOFF,
            [&[84, 7, 7], &[80, 7, 7, 2, 1, 1], &[84, 7, 7], &[77, 12, 9], &[40, 8, 6, 6, 5, 4]],
        ),
        (
            AllocationMethod::IMPERIALI_QUOTA,
            [&[84, 7, 7], &[81, 7, 7, 1, 1, 1], &[84, 7, 7], &[77, 12, 9], &[40, 8, 6, 6, 5, 4]],
        ),
        (AllocationMethod::D_HONDT, [&[84, 7, 7], &[82, 7, 7, 1, 1], &[84, 7, 7], &[77, 12, 9], &[41, 8, 6, 6, 5, 3]]),
        (
            AllocationMethod::SAINTE_LAGUE,
            [&[83, 8, 7], &[79, 7, 7, 2, 1, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]],
        ),
        (modified("7/5"), [&[83, 8, 7], &[80, 7, 7, 2, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]]),
        (modified("6/5"), [&[83, 8, 7], &[79, 7, 7, 2, 1, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]]),
        (
            AllocationMethod::HUNTINGTON_HILL,
            [&[83, 8, 7], &[79, 7, 7, 2, 1, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]],
        ),
        (
            AllocationMethod::DEAN,
            [&[83, 8, 7], &[79, 7, 7, 2, 1, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]],
        ),
        (
            AllocationMethod::DANISH,
            [&[83, 8, 7], &[79, 7, 7, 2, 1, 1, 1], &[84, 7, 7], &[76, 12, 10], &[40, 8, 6, 6, 5, 4]],
        ),
        (
            AllocationMethod::ADAMS,
            [&[82, 8, 8], &[77, 8, 7, 2, 2, 1, 1], &[82, 8, 8], &[76, 12, 10], &[39, 8, 7, 6, 5, 4]],
        ),
        (
            AllocationMethod::IMPERIALI_DIVISORS,
            [&[85, 7, 6], &[85, 7, 6], &[86, 6, 6], &[78, 11, 9], &[43, 8, 6, 5, 4, 3]],
        ),
    ];
    let years = [2012, 2012, 2016, 2021, 2023];
    for (method, expected) in rows {
        for (column, (year, expected)) in years.into_iter().zip(expected).enumerate() {
            let election = election(year);
            // The Imperiali quota gives out 99 seats in 2021.
            let mut rule = election.rule.clone().with_method(method.clone()).excess(Excess::SmallestRemainders);
            if column == 1 {
                rule = rule.without_threshold();
            }
            assert_eq!(seats(&rule, &election), expected, "{method}, {year}, column {column}");
        }
    }
}

#[test]
fn in_2007_without_a_threshold_hare_would_have_seated_six_lists() {
    let election = election(2007);
    assert_eq!(seats(&election.rule.clone().without_threshold(), &election), [87, 4, 3, 2, 1, 1]);
}

#[test]
fn the_communists_of_2012_pass_up_to_a_base_of_7_125_542_votes() {
    let election = election(2012);
    for (other, passes) in [(7_125_542 - 6_941_220, true), (7_125_543 - 6_941_220, false)] {
        let outcome = election.rule.apply(&election.tally().unwrap().clone().with_other(other)).unwrap();
        assert_eq!(outcome.parties()[2].is_admitted(), passes);
    }
}

//! Matrices on record and cases of other programs, each with its source, in `data/matrices.jsonl`: official seats of Swiss
//! cities and cantons, worked examples, ties and problems without an answer.

use apportion::matrix::{Matrix, Verdict};
use apportion::{Divisors, Error, Ratio};
use serde_json::Value;

fn numbers(table: &Value) -> Vec<u64> {
    table.as_array().expect("a list").iter().map(|number| number.as_u64().expect("a number")).collect()
}

fn flat(table: &Value) -> Vec<u64> {
    table.as_array().expect("a table").iter().flat_map(numbers).collect()
}

fn divisors(case: &Value) -> Divisors {
    match case["divisor"].as_str().expect("a name") {
        "sainte-lague" => Divisors::SAINTE_LAGUE,
        "dhondt" => Divisors::D_HONDT,
        "danish" => Divisors::DANISH,
        "adams" => Divisors::ADAMS,
        "huntington-hill" => Divisors::HUNTINGTON_HILL,
        "stationary" => {
            let r: Ratio = case["r"].as_str().expect("a ratio").parse().expect("a ratio");
            Divisors::stationary(r).expect("from 0 to 1")
        }
        name => panic!("{name}"),
    }
}

#[test]
fn every_case_on_record_has_the_seats_and_ties_on_record() {
    let mut cases = 0;
    for line in include_str!("data/matrices.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let id = &case["id"];
        let (votes, rows, columns) =
            (flat(&case["votes"]), numbers(&case["party_seats"]), numbers(&case["district_seats"]));
        let mut matrix = Matrix::new(&votes, &rows, &columns).divisors(divisors(&case));
        if case["minimums"].is_array() {
            matrix = matrix.minimums(flat(&case["minimums"]));
        }
        cases += 1;
        if case["infeasible"] == true {
            assert!(matches!(matrix.solve(), Err(Error::Infeasible(_) | Error::LineMinimums { .. })), "{id}");
            continue;
        }
        let allocation = matrix.solve().unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(allocation.certain(), flat(&case["certain"]), "{id}");
        assert_eq!(allocation.outcome_count(1_000), case["outcomes"].as_u64(), "{id}");
        let ties = case["ties"].as_array().expect("ties");
        assert_eq!(allocation.ties().len(), ties.len(), "{id}");
        for tie in ties {
            let mut cells: Vec<Vec<u64>> = tie["cells"].as_array().expect("cells").iter().map(numbers).collect();
            cells.sort_unstable();
            let as_listed = |&(party, district): &(usize, usize)| vec![party as u64, district as u64];
            let found = allocation.ties().iter().any(|tie| tie.cells().iter().map(as_listed).eq(cells.iter().cloned()));
            assert!(found, "{id}: {tie}");
        }
        for outcome in allocation.outcomes().take(5) {
            match matrix.verify(&outcome).expect("seats with these sums") {
                Verdict::Only => assert!(ties.is_empty(), "{id}"),
                Verdict::OneOf(open) => assert_eq!(open, allocation.ties(), "{id}"),
                verdict => panic!("{id}: {verdict:?}"),
            }
        }
        match matrix.divisors_to_print(&allocation) {
            Ok(_) | Err(Error::NoDivisors { reason: "no quotient is rounded to 0 where the first divisor is 0" }) => {}
            Err(error) => panic!("{id}: {error}"),
        }
    }
    assert_eq!(cases, 96);
}

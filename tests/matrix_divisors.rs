//! Printed divisors: checked with whole numbers alone, apart from what chose them.

use apportion::matrix::{Matrix, PrintedDivisor, PrintedDivisors};
use apportion::{Divisors, Error};
use num_bigint::BigUint;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A decimal or a ratio as numerator and denominator.
fn read(text: &str) -> (BigUint, BigUint) {
    let number = |text: &str| text.parse::<BigUint>().expect("digits");
    if let Some((top, bottom)) = text.split_once('/') {
        return (number(top), number(bottom));
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    (number(&format!("{whole}{part}")), BigUint::from(10_u32).pow(part.len() as u32))
}

/// Whether votes / (party divisor x district divisor) lies between s - 1/2 and s + 1/2, strictly if `strict`.
fn rounds(votes: u64, party: &str, district: &str, seats: u64, strict: bool) -> bool {
    let ((p, p_under), (d, d_under)) = (read(party), read(district));
    let quotient = BigUint::from(2 * u128::from(votes)) * p_under * d_under;
    let divisor = p * d;
    let (low, high) = (&divisor * (2 * seats).saturating_sub(1), &divisor * (2 * seats + 1));
    if strict { (seats == 0 || low < quotient) && quotient < high } else { low <= quotient && quotient <= high }
}

fn texts(divisors: &[Option<PrintedDivisor>]) -> Vec<Option<String>> {
    divisors.iter().map(|divisor| divisor.as_ref().map(ToString::to_string)).collect()
}

/// Every cell rounded by what is printed.
fn check(votes: &[u64], seats: &[u64], tied: &[(usize, usize)], printed: &PrintedDivisors) {
    let (parties, districts) = (texts(printed.parties()), texts(printed.districts()));
    for (cell, &seats) in seats.iter().enumerate() {
        let (row, column) = (cell / districts.len(), cell % districts.len());
        if let (Some(party), Some(district)) = (&parties[row], &districts[column]) {
            let strict = !tied.contains(&(row, column));
            assert!(
                rounds(votes[cell], party, district, seats, strict),
                "{} / ({party} x {district}) is not {seats}",
                votes[cell]
            );
        }
    }
}

#[test]
fn the_divisors_printed_for_zurich_in_2014_are_wrong_in_one_cell_and_ours_need_no_more_digits() {
    // Stadt Zürich, Gemeinderatswahl 2014: SVP in district 10 has 24,261 votes and 2 seats.
    assert!(!rounds(24_261, "0.988", "9819", 2, true));
    assert!(rounds(24_261, "0.9886", "9817", 2, true));
}

#[test]
fn whatever_is_printed_rounds_every_cell_to_its_seats() {
    let mut rng = StdRng::seed_from_u64(2014);
    let mut tied = 0;
    for turn in 0..2_000 {
        let (height, width) = (rng.random_range(1..=6_usize), rng.random_range(1..=6_usize));
        let most = [3, 30, 1_000, u64::MAX / 2][rng.random_range(0..4)];
        let votes: Vec<u64> =
            (0..height * width).map(|_| if rng.random_bool(0.1) { 0 } else { rng.random_range(1..=most) }).collect();
        let seats: Vec<u64> = votes.iter().map(|&votes| if votes == 0 { 0 } else { rng.random_range(0..3) }).collect();
        let rows: Vec<u64> = seats.chunks(width).map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = (0..width).map(|column| seats.iter().skip(column).step_by(width).sum()).collect();
        let matrix = Matrix::new(&votes, &rows, &columns);
        let allocation = matrix.solve().expect("a matrix");
        let cells: Vec<_> = allocation.ties().iter().flat_map(|tie| tie.cells().to_vec()).collect();
        tied += u32::from(!cells.is_empty());
        let printed =
            matrix.divisors_to_print(&allocation).unwrap_or_else(|error| panic!("{error}: {turn} {matrix:?}"));
        for outcome in allocation.outcomes().take(3) {
            check(&votes, &outcome, &cells, &printed);
        }
    }
    assert!(tied > 100, "{tied}");
}

#[test]
fn a_near_tie_that_floats_do_not_see_is_printed_with_as_many_digits_as_it_needs() {
    // 2^53 (2^53 + 2) is one less than (2^53 + 1)^2.
    let votes = [1 << 53, (1 << 53) + 1, (1 << 53) + 1, (1 << 53) + 2];
    let matrix = Matrix::new(&votes, &[1, 1], &[1, 1]);
    let allocation = matrix.solve().expect("a matrix");
    assert_eq!(allocation.seats(), Ok(&[0, 1, 1, 0][..]));
    let printed = matrix.divisors_to_print(&allocation).expect("divisors");
    check(&votes, allocation.certain(), &[], &printed);
}

#[test]
fn a_divisor_may_be_anywhere_in_its_interval_and_a_tied_one_only_where_it_is() {
    let matrix = Matrix::new(&[10, 10, 10, 10], &[1, 1], &[1, 1]);
    let printed = matrix.divisors_to_print(&matrix.solve().expect("a tie")).expect("divisors");
    let district = printed.districts()[0].as_ref().expect("a divisor");
    assert_eq!((district.to_string().as_str(), district.interval()), ("20", ("20", Some("20"))));

    let matrix = Matrix::new(&[30], &[2], &[2]);
    let printed = matrix.divisors_to_print(&matrix.solve().expect("seats")).expect("divisors");
    let district = printed.districts()[0].as_ref().expect("a divisor");
    // 30 / 12 is 5/2, 30 / 20 is 3/2.
    assert_eq!((district.to_string().as_str(), district.interval()), ("16", ("12", Some("20"))));
}

#[test]
fn lines_without_seats_have_no_divisor() {
    let matrix = Matrix::new(&[5, 3, 2, 2], &[2, 0], &[1, 1]);
    let printed = matrix.divisors_to_print(&matrix.solve().expect("seats")).expect("divisors");
    assert!(printed.parties()[1].is_none() && printed.parties()[0].is_some());
}

#[test]
fn roots_are_printed_for_ties_of_huntington_hill_and_nothing_where_a_quotient_cannot_be_0() {
    let divisors = Divisors::HUNTINGTON_HILL;
    let (rows, columns) = ([3, 3], [3, 3]);
    let matrix = Matrix::new(&[10, 10, 10, 10], &rows, &columns).divisors(divisors.clone());
    let allocation = matrix.solve().expect("a tie");
    assert_eq!(allocation.outcome_count(10), Some(2));
    let printed = matrix.divisors_to_print(&allocation).expect("divisors");
    assert_eq!(texts(printed.districts()), [Some("√(50)".into()), Some("√(50)".into())]);

    let matrix = Matrix::new(&[10, 1, 1, 10], &[1, 1], &[1, 1]).divisors(divisors);
    let allocation = matrix.solve().expect("a matrix");
    assert!(matches!(matrix.divisors_to_print(&allocation), Err(Error::NoDivisors { .. })));
}

#[test]
fn divisors_that_double_are_printed_as_far_as_anybody_can_read_them() {
    // 2^s: the products of both divisors are below votes / 2^(s - 1) and above votes / 2^s.
    let (votes, seats) = ([96, 40], [6, 4]);
    let matrix = Matrix::new(&votes, &[6, 4], &[10]).divisors(Divisors::MACAU);
    let printed = matrix.divisors_to_print(&matrix.solve().unwrap()).unwrap();
    let district = read(&texts(printed.districts())[0].clone().unwrap());
    for (party, (votes, seats)) in texts(printed.parties()).into_iter().zip(votes.into_iter().zip(seats)) {
        let party = read(&party.unwrap());
        let (product, under) = (party.0 * &district.0, party.1 * &district.1);
        let votes = BigUint::from(votes) * under;
        assert!(votes < &product << seats && votes > product << (seats - 1));
    }
    let of_one = |seats: u64| {
        let (lines, votes) = ([seats], [7]);
        let matrix = Matrix::new(&votes, &lines, &lines).divisors(Divisors::MACAU);
        matrix.divisors_to_print(&matrix.solve().unwrap()).map(|_| ())
    };
    assert_eq!(of_one(4_096), Ok(()));
    assert!(matches!(of_one(4_097), Err(Error::NoDivisors { .. })));
    assert!(matches!(of_one(5_000), Err(Error::NoDivisors { .. })));
}

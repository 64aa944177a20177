//! Matrices at their limits: giants, bad input, lots, claims that are wrong.

use apportion::matrix::{Matrix, Verdict, Voters};
use apportion::{Divisors, Error};
use num_bigint::BigUint;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

fn random_table(rng: &mut StdRng, cells: usize, most: u64) -> Vec<u64> {
    (0..cells).map(|_| rng.random_range(1..=most)).collect()
}

fn column_sums(table: &[u64], width: usize) -> Vec<u64> {
    (0..width).map(|column| table.iter().skip(column).step_by(width).sum()).collect()
}

#[test]
fn houses_of_any_size_are_answered_and_the_answer_verified() {
    let mut rng = StdRng::seed_from_u64(7);
    for most in [100_000, 1 << 31, 1_000_000_000_000, u64::MAX / 64] {
        for divisors in [Divisors::SAINTE_LAGUE, Divisors::ADAMS, Divisors::HUNTINGTON_HILL, Divisors::DEAN] {
            let votes = random_table(&mut rng, 20, 1_000_000);
            // Sums of some matrix, which is not the answer.
            let seats = random_table(&mut rng, 20, most);
            let rows: Vec<u64> = seats.chunks(5).map(|row| row.iter().sum()).collect();
            let columns = column_sums(&seats, 5);
            let matrix = Matrix::new(&votes, &rows, &columns).divisors(divisors);
            let allocation = matrix.solve().expect("a matrix");
            assert_eq!(matrix.verify(&allocation.outcomes().next().expect("one")), Ok(Verdict::Only), "{matrix:?}");
            assert!(matches!(matrix.verify(&seats), Ok(Verdict::Beaten(_))), "{matrix:?}");
        }
    }
}

#[test]
fn an_exchange_that_beats_a_claim_keeps_the_sums_and_wins() {
    let mut rng = StdRng::seed_from_u64(9);
    for _ in 0..300 {
        let votes = random_table(&mut rng, 12, 50);
        let seats: Vec<u64> = (0..12).map(|_| rng.random_range(0..4)).collect();
        let rows: Vec<u64> = seats.chunks(4).map(|row| row.iter().sum()).collect();
        let columns = column_sums(&seats, 4);
        let matrix = Matrix::new(&votes, &rows, &columns);
        let allocation = matrix.solve().expect("a matrix");
        let right = allocation.outcome_count(10_000).is_some() && allocation.outcomes().any(|outcome| outcome == seats);
        match matrix.verify(&seats).expect("these sums") {
            Verdict::Beaten(exchange) => {
                assert!(!right);
                let ratio = |sum: f64, &(party, district): &(usize, usize), more: bool| {
                    let cell = party * 4 + district;
                    let divisor = 2 * seats[cell] + if more { 1 } else { 0 } - if more { 0 } else { 1 };
                    let log = (divisor as f64 / votes[cell] as f64).ln();
                    if more { sum + log } else { sum - log }
                };
                let price = exchange.more().iter().fold(0.0, |sum, cell| ratio(sum, cell, true));
                let price = exchange.less().iter().fold(price, |sum, cell| ratio(sum, cell, false));
                assert!(price < 0.0, "{exchange:?}");
            }
            _ => assert!(right),
        }
    }
}

#[test]
fn shifted_support_is_forced_however_large_the_house() {
    // Only the diagonal is possible, which proportional fitting reaches never.
    let house = 1_000_000_000_000_000_000;
    let (even, rising, falling) = ([house, house], [house, house + 1], [house + 1, house]);
    let solve = |rows: &[u64], columns: &[u64]| Matrix::new(&[1, 1, 0, 1], rows, columns).solve();
    assert_eq!(solve(&even, &even).expect("a matrix").seats(), Ok(&[house, 0, 0, house][..]));
    assert_eq!(solve(&rising, &rising).expect("a matrix").seats(), Ok(&[house, 0, 0, house + 1][..]));
    let error = solve(&rising, &falling).expect_err("the second party has no votes in the first district");
    assert_eq!(
        error.to_string(),
        "party 2 must have 1000000000000000001 seats, but has votes only in district 2, with 1000000000000000000 seats"
    );
}

#[test]
fn votes_of_twenty_digits_and_divisors_that_double_are_answered() {
    let most = u64::MAX;
    let votes = [most, most - 1, most - 1, most - 2];
    let matrix = Matrix::new(&votes, &[1, 1], &[1, 1]);
    // (2^64 - 1)(2^64 - 3) is one less than (2^64 - 2)^2.
    assert_eq!(matrix.solve().expect("a matrix").seats(), Ok(&[0, 1, 1, 0][..]));
    let thirds = [most / 3; 2];
    let matrix = Matrix::new(&[1, 2, 3, 4], &thirds, &thirds).divisors(Divisors::MACAU);
    let allocation = matrix.solve().expect("a matrix");
    let outcome = allocation.outcomes().next().expect("one");
    assert!(matches!(matrix.verify(&outcome), Ok(Verdict::Only | Verdict::OneOf(_))), "{outcome:?}");
}

#[test]
fn divisors_that_double_are_told_apart_beyond_what_floats_hold() {
    // Divisors from 1 to 2^720, and votes that differ in their last digits alone: an earlier version gave a matrix that an
    // exchange beats.
    let below = [3, 2, 1, 0, 0, 2, 0, 2, 2, 2, 0, 2, 1, 3, 2, 1];
    let votes = below.map(|below| u64::MAX - below);
    let maximums: Vec<Option<u64>> = (0..16)
        .map(|cell| match cell {
            5 | 14 => Some(0),
            9 | 13 => Some(3),
            11 => Some(4),
            _ => None,
        })
        .collect();
    let matrix = Matrix::new(&votes, &[721, 720, 721, 720], &[720, 721, 721, 720])
        .divisors(Divisors::MACAU)
        .maximums(&maximums[..]);
    let allocation = matrix.solve().expect("a matrix");
    assert_eq!(allocation.certain(), [0, 715, 4, 2, 146, 0, 288, 285, 285, 3, 428, 4, 288, 3, 0, 428]);
    assert_eq!(allocation.ties().len(), 1);
    for outcome in allocation.outcomes() {
        assert!(matches!(matrix.verify(&outcome), Ok(Verdict::OneOf(_))), "{outcome:?}");
    }
    let beaten = [6, 715, 0, 0, 143, 0, 291, 286, 284, 3, 430, 4, 287, 3, 0, 430];
    assert!(matches!(matrix.verify(&beaten), Ok(Verdict::Beaten(_))));
}

#[test]
fn every_divisor_gives_one_seat_districts_to_the_same_winners() {
    let mut rng = StdRng::seed_from_u64(2008);
    for _ in 0..200 {
        let votes = random_table(&mut rng, 24, 1_000);
        let mut rows = [0; 3];
        for _ in 0..8 {
            rows[rng.random_range(0..3_usize)] += 1;
        }
        let columns = [1; 8];
        let first = Matrix::new(&votes, &rows, &columns).solve().expect("a matrix");
        for divisors in [Divisors::D_HONDT, Divisors::DANISH, Divisors::IMPERIALI, Divisors::MACAU] {
            assert_eq!(Matrix::new(&votes, &rows, &columns).divisors(divisors).solve(), Ok(first.clone()));
        }
    }
}

#[test]
fn what_is_wrong_with_an_input_is_named() {
    let said = |matrix: Matrix<'_>| matrix.solve().expect_err("bad input").to_string();
    assert_eq!(said(Matrix::new(&[], &[], &[1])), "there are no parties");
    assert_eq!(said(Matrix::new(&[], &[1], &[])), "there are no districts");
    assert_eq!(said(Matrix::new(&[1; 5], &[1, 1], &[1, 1])), "2 parties in 2 districts have 5 entries of votes");
    assert_eq!(said(Matrix::new(&[1; 4], &[2, 1], &[2, 2])), "the parties have 3 seats in all, but the districts 4");
    let matrix = || Matrix::new(&[1; 4], &[1, 2], &[2, 1]);
    assert_eq!(said(matrix().minimums(&[1, 1, 0, 0][..])), "the minimums of party 1 take 2 seats, but it has 1");
    assert_eq!(
        said(matrix().minimums(&[0, 0, 2, 0][..]).maximums(&[None, None, Some(1), None][..])),
        "party 2 in district 1 has a minimum of 2 seats above its maximum of 1"
    );
    assert_eq!(
        said(Matrix::new(&[0, 0, 1, 1], &[1, 2], &[2, 1])),
        "party 1 must have 1 seat, but has no votes in any district with seats"
    );
    assert_eq!(
        said(matrix().maximums(&[None, None, Some(0), Some(1)][..])),
        "party 2 must have 2 seats, but district 2 and the bounds leave 1"
    );
}

#[test]
fn a_minimum_gives_a_seat_without_votes_and_a_house_of_none_is_empty() {
    let matrix = Matrix::new(&[0, 5, 5, 5], &[1, 1], &[1, 1]).minimums(&[1, 0, 0, 0][..]);
    assert_eq!(matrix.solve().expect("a matrix").seats(), Ok(&[1, 0, 0, 1][..]));
    assert_eq!(Matrix::new(&[5; 4], &[0, 0], &[0, 0]).solve().expect("nothing").seats(), Ok(&[0; 4][..]));
}

#[test]
fn drawn_cells_settle_a_tie_and_those_that_cannot_are_named() {
    // Two ties of four cells each.
    let votes = [9, 9, 0, 0, 9, 9, 0, 0, 0, 0, 7, 7, 0, 0, 7, 7];
    let allocation = Matrix::new(&votes, &[1; 4], &[1; 4]).solve().expect("ties");
    assert_eq!((allocation.ties().len(), allocation.outcome_count(100)), (2, Some(4)));
    assert_eq!(allocation.outcome_count(3), None);
    let once = allocation.settle(&[(1, 0)]).expect("one tie less");
    assert_eq!((once.party(0), once.party(1), once.ties().len()), (&[0, 1, 0, 0][..], &[1, 0, 0, 0][..], 1));
    let all = once.settle(&[(2, 2)]).expect("no tie");
    assert_eq!(all.seats(), Ok(&[0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1][..]));
    let said = |drawn: &[(usize, usize)]| allocation.settle(drawn).expect_err("a wrong lot").to_string();
    assert_eq!(
        said(&[(0, 0), (0, 1)]),
        "the drawn lots name party 1 in district 2, but no outcome gives it a seat with the cells drawn before it"
    );
    assert_eq!(said(&[(0, 2)]), "the drawn lots name party 1 in district 3, but it is in no tie");
    assert_eq!(said(&[(0, 0), (0, 0)]), "the drawn lots name party 1 in district 1, but it is drawn twice");
}

/// Multipliers of these lines are too far apart for a float; once that passed for the proof that there is no matrix.
#[test]
fn divisors_that_double_for_a_thousand_seats_have_their_matrix() {
    let matrix = Matrix::new(&[2_739_337_216, 4_700_599_370_473_866, 3_484_869, 355], &[978, 1], &[1, 978]);
    let allocation = matrix.divisors(Divisors::MACAU).solve().expect("a matrix");
    // One seat more in the large cell would cost 2^977 times as much.
    assert_eq!(allocation.seats(), Ok(&[1, 977, 0, 1][..]));
}

/// Huntington-Hill with bounds that drive multipliers beyond what a float holds: 1908 x 84 = 252 x 636, four tied cells that
/// once were missed.
#[test]
fn a_tie_beyond_the_reach_of_floats_is_found() {
    let votes = [
        [0, 0, 2491, 0, 0, 0, 282, 940],
        [3, 0, 53, 0, 27, 31, 0, 0],
        [18, 0, 0, 0, 0, 186, 36, 0],
        [0, 306, 0, 0, 0, 0, 108, 0],
        [108, 0, 1908, 252, 0, 0, 0, 0],
        [0, 0, 636, 84, 0, 0, 72, 240],
        [0, 884, 0, 0, 0, 0, 0, 0],
        [42, 238, 0, 0, 378, 434, 84, 0],
    ];
    let (mut minimums, mut maximums) = (vec![0; 64], vec![None; 64]);
    for (cell, least) in [(20, 1), (26, 1), (39, 2), (40, 2), (60, 1)] {
        minimums[cell] = least;
    }
    let most = [(5, 0), (10, 2), (15, 5), (16, 0), (18, 5), (19, 4), (29, 1), (39, 3), (50, 2), (54, 2), (55, 1)];
    for (cell, most) in most {
        maximums[cell] = Some(most);
    }
    let (rows, columns) = ([8, 7, 7, 7, 7, 7, 7, 8], [7, 7, 7, 7, 9, 7, 7, 7]);
    let matrix = Matrix::new(votes.as_flattened(), &rows, &columns).divisors(Divisors::HUNTINGTON_HILL);
    let matrix = matrix.minimums(minimums).maximums(maximums);
    let allocation = matrix.solve().expect("a matrix");
    assert_eq!(allocation.ties()[0].cells(), [(4, 2), (4, 3), (5, 2), (5, 3)]);
    let one = allocation.outcomes().next().expect("an outcome");
    assert_eq!(matrix.verify(&one), Ok(Verdict::OneOf(allocation.ties().to_vec())));
}

/// Where all cells claim as much, the seats are certain to be tied, all of them.
#[test]
fn a_thousand_equal_cells_are_one_tie() {
    for divisors in [Divisors::SAINTE_LAGUE, Divisors::D_HONDT, Divisors::HUNTINGTON_HILL] {
        let votes = [7; 1_000];
        let allocation = Matrix::new(&votes, &[20; 20], &[8; 50]).divisors(divisors).solve().expect("a tie");
        let tied: Vec<usize> = allocation.ties().iter().map(|tie| tie.cells().len()).collect();
        assert_eq!((tied, allocation.certain()), (vec![1_000], &[0; 1_000][..]));
    }
}

#[test]
fn claims_with_wrong_sums_or_beyond_bounds_are_refused() {
    let matrix = Matrix::new(&[5, 0, 5, 5], &[1, 1], &[1, 1]);
    let said = |seats: &[u64]| matrix.verify(seats).expect_err("a wrong claim").to_string();
    assert_eq!(said(&[1, 0, 0]), "2 parties in 2 districts have 3 entries of claimed seats");
    assert_eq!(said(&[2, 0, 0, 0]), "2 seats are claimed for party 1, which has 1");
    assert_eq!(said(&[1, 0, 1, 0]), "2 seats are claimed for district 1, which has 1");
    assert_eq!(said(&[0, 1, 1, 0]), "1 seats are claimed for party 1 in district 2, which can have from 0 to 0");
}

#[test]
fn voters_are_exact_whatever_the_numbers() {
    let most = u64::MAX;
    let numbers = Voters::Exact.numbers(&[most, most], &[most, most - 1]).expect("numbers");
    // 1 + (2^64 - 1) / (2^64 - 2)
    let big = |number: u64| BigUint::from(number);
    let denominator = big(most) * big(most - 1);
    assert_eq!(numbers.to_string(), format!("{}/{denominator}", &denominator + big(most) * big(most)));
    let text = |voters: Voters, votes: &[u64]| voters.numbers(votes, &[2, 0]).map(|numbers| numbers.to_string());
    assert_eq!(text(Voters::Rounded, &[3, 9, most, 9]), Ok("2, 9223372036854775808".into()));
    assert_eq!(text(Voters::Votes, &[3, 9]), Ok("3".into())); // a district without seats counts for nothing
    assert!(matches!(text(Voters::Votes, &[3, 9, 1]), Err(Error::TableSize { .. })));
}

#[test]
fn tables_have_an_entry_a_cell() {
    let matrix = || Matrix::new(&[5, 0, 5, 5], &[1, 1], &[1, 1]);
    let table = |what, found| Some(Error::TableSize { what, parties: 2, districts: 2, found });
    for wrong in [1, 2, 3, 5] {
        let (minimums, maximums) = (vec![0; wrong], vec![None; wrong]);
        assert_eq!(matrix().minimums(minimums).solve().err(), table("minimums", wrong));
        assert_eq!(matrix().maximums(maximums).solve().err(), table("maximums", wrong));
        assert_eq!(Matrix::new(&vec![1; wrong], &[1, 1], &[1, 1]).solve().err(), table("votes", wrong));
    }
    assert_eq!(Matrix::new(&[], &[1, 1], &[1, 1]).solve().err(), table("votes", 0));
    assert!(matrix().minimums(vec![]).maximums(vec![]).solve().is_ok());
}

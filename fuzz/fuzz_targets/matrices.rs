//! Matrices: the sums are kept, and what comes out is what the conditions of a matrix ask for.
#![no_main]

use apportion::matrix::{Matrix, Verdict};
use apportion_fuzz::{Method, Number};

libfuzzer_sys::fuzz_target!(|case: ([[Number; 4]; 4], u8, u8, [u8; 4], [u8; 4], u8)| {
    let (votes, parties, districts, rows, columns, divisors) = case;
    let (parties, districts) = (1 + usize::from(parties % 4), 1 + usize::from(districts % 4));
    let votes: Vec<u64> =
        votes[..parties].iter().flat_map(|row| row[..districts].iter().map(|number| number.value())).collect();
    let rows: Vec<u64> = rows[..parties].iter().map(|&seats| (seats % 12).into()).collect();
    let mut columns: Vec<u64> = columns[..districts].iter().map(|&seats| (seats % 12).into()).collect();
    // Sums that fit are worth more than the error that they do not.
    let (all, others) = (rows.iter().sum::<u64>(), columns[1..].iter().sum::<u64>());
    columns[0] = all.saturating_sub(others);
    let matrix = Matrix::new(&votes, &rows, &columns).divisors(Method::divisors(divisors));
    let Ok(allocation) = matrix.solve() else { return };
    for seats in allocation.outcomes().take(8) {
        for (party, &row) in rows.iter().enumerate() {
            assert_eq!(seats[party * districts..][..districts].iter().sum::<u64>(), row);
        }
        for (district, &column) in columns.iter().enumerate() {
            assert_eq!((0..parties).map(|party| seats[party * districts + district]).sum::<u64>(), column);
        }
        let verdict = matrix.verify(&seats);
        assert!(verdict.as_ref().is_ok_and(|verdict| !matches!(verdict, Verdict::Beaten(_))), "{verdict:?}");
    }
});

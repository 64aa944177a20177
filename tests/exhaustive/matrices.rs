//! Matrices: of all with the right sums, those with the largest product of claims.
//!
//! A biproportional matrix is one that maximises the product over all its seats of votes over divisor (M. L. Balinski and
//! G. Demange, *Algorithms for proportional matrices in reals and integers*, Mathematical Programming 45, 1989); those that
//! share the largest are tied.

use std::collections::BTreeSet;

use apportion::Divisors;
use apportion::matrix::Matrix;

use crate::Tried;
use crate::elections::{lists, tables};
use crate::ends::{End, Ends};
use crate::fraction::Fraction;

/// The product of the claims of all seats; none where a cell without votes has a seat.
fn product(votes: &[u64], seats: &[u64], divisor: fn(u64) -> u64) -> Option<Fraction> {
    let mut product = Fraction::whole(1);
    for (&votes, &seats) in votes.iter().zip(seats) {
        if votes == 0 && seats > 0 {
            return None;
        }
        for seat in 0..seats {
            product = product.times(Fraction(votes.into(), divisor(seat).into()));
        }
    }
    Some(product)
}

/// Every matrix with these sums of rows and columns.
fn with_sums(rows: &[u64], columns: &[u64]) -> Vec<Vec<u64>> {
    let Some((&row, rest)) = rows.split_first() else {
        return if columns.iter().all(|&column| column == 0) { vec![Vec::new()] } else { Vec::new() };
    };
    let fits = |line: &Vec<u64>| {
        line.iter().sum::<u64>() == row && line.iter().zip(columns).all(|(cell, column)| cell <= column)
    };
    let mut all = Vec::new();
    for line in lists(columns.len(), row).into_iter().filter(fits) {
        let left: Vec<u64> = columns.iter().zip(&line).map(|(column, cell)| column - cell).collect();
        all.extend(with_sums(rest, &left).into_iter().map(|below| [line.clone(), below].concat()));
    }
    all
}

fn expected(votes: &[u64], rows: &[u64], columns: &[u64], divisor: fn(u64) -> u64) -> Ends {
    let mut best: (Option<Fraction>, BTreeSet<End>) = (None, BTreeSet::new());
    for seats in with_sums(rows, columns) {
        let Some(product) = product(votes, &seats, divisor) else { continue };
        if best.0.is_none_or(|best| product > best) {
            best = (Some(product), BTreeSet::new());
        }
        if best.0 == Some(product) {
            best.1.insert((seats, 0));
        }
    }
    Ends { errors: best.1.is_empty(), answers: best.1 }
}

fn found(votes: &[u64], rows: &[u64], columns: &[u64], divisors: &Divisors) -> Ends {
    match Matrix::new(votes, rows, columns).divisors(divisors.clone()).solve() {
        Ok(allocation) => Ends { answers: allocation.outcomes().map(|seats| (seats, 0)).collect(), errors: false },
        Err(_) => Ends { answers: BTreeSet::new(), errors: true },
    }
}

/// Lines of seats of two to four seats in all, each with those of the other side that have as many.
fn sums(parties: usize, districts: usize) -> Vec<(Vec<u64>, Vec<u64>)> {
    let columns = lists(districts, 4);
    let pairs = lists(parties, 4).into_iter().flat_map(|rows| {
        let all: u64 = rows.iter().sum();
        let same = columns.iter().filter(move |columns| columns.iter().sum::<u64>() == all).cloned();
        same.map(move |columns| (rows.clone(), columns))
    });
    pairs.collect()
}

#[test]
fn matrices_agree() {
    type Divisor = fn(u64) -> u64;
    let sequences: [(Divisors, Divisor); 3] =
        [(Divisors::SAINTE_LAGUE, |s| 2 * s + 1), (Divisors::D_HONDT, |s| s + 1), (Divisors::MACAU, |s| 1 << s)];
    let mut tried = Tried::default();
    // Parties, districts, and the most votes of a cell.
    for (parties, districts, most) in [(2, 2, 3), (2, 3, 2), (4, 2, 1)] {
        let (tables, sums) = (tables(parties * districts, most), sums(parties, districts));
        for (divisors, divisor) in &sequences {
            for votes in &tables {
                for (rows, columns) in &sums {
                    let expected = expected(votes, rows, columns, *divisor);
                    let own = found(votes, rows, columns, divisors);
                    tried.hold(&own, &expected, || format!("{divisors:?}: {votes:?}, {rows:?}, {columns:?}"));
                }
            }
        }
    }
    tried.conclude("matrices", 3 * (256 * 55 + 729 * 140 + 256 * 294));
}

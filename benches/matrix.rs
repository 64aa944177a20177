//! Matrices beside the floor, one division a cell, with criterion: `cargo bench --bench matrix`.

#![allow(clippy::expect_used)] // a benchmark may fail loudly
#![allow(missing_docs)] // criterion_group makes a public function without a sentence
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random votes

use std::hint::black_box;

use apportion::matrix::Matrix;
use apportion::{AllocationMethod, Divisors};
use criterion::{Criterion, criterion_group, criterion_main};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, LogNormal};

#[allow(dead_code, unreachable_pub)] // each program uses a part
mod shared;
use shared::tables::{Table, zurich};

/// Parties and districts of different sizes, and sums by Sainte-Laguë; a part of the cells empty.
fn random(name: &'static str, (parties, districts): (usize, usize), seats: u64, empty: f64) -> Table {
    let mut rng = StdRng::seed_from_u64(parties as u64);
    let (wide, narrow) = (LogNormal::new(0.0, 1.0).expect("sizes"), LogNormal::new(0.0, 0.5).expect("sizes"));
    let party: Vec<f64> = (0..parties).map(|_| wide.sample(&mut rng)).collect();
    let district: Vec<f64> = (0..districts).map(|_| narrow.sample(&mut rng)).collect();
    let mut votes = Vec::with_capacity(parties * districts);
    for cell in 0..parties * districts {
        let size = 1_000.0 * party[cell / districts] * district[cell % districts] * narrow.sample(&mut rng);
        votes.push(if rng.random_bool(empty) { 0 } else { size as u64 + 1 });
    }
    let share = |sums: Vec<u64>| {
        let allocation = AllocationMethod::SAINTE_LAGUE.allocate(&sums, seats).expect("votes");
        allocation.outcomes().next().expect("one outcome")
    };
    let party_seats = share(votes.chunks(districts).map(|row| row.iter().sum()).collect());
    let column = |column: usize| votes.iter().skip(column).step_by(districts).sum();
    let district_seats = share((0..districts).map(column).collect());
    Table { name, votes, party_seats, district_seats }
}

fn tables() -> Vec<Table> {
    let all_equal = Table {
        name: "all equal, 20 x 50",
        votes: vec![7; 1_000],
        party_seats: vec![20; 20],
        district_seats: vec![8; 50],
    };
    vec![
        zurich(),
        random("20 x 50, 400 seats", (20, 50), 400, 0.0),
        random("100 x 200, 2,000 seats", (100, 200), 2_000, 0.0),
        random("1,000 x 100, 5,000 seats, a fifth empty", (1_000, 100), 5_000, 0.2),
        all_equal,
    ]
}

fn matrices(criterion: &mut Criterion) {
    for table in tables() {
        let mut group = criterion.benchmark_group(table.name);
        let mut shares = vec![0.0; table.votes.len()];
        group.bench_function("floor", |bencher| {
            bencher.iter(|| {
                let total = table.votes.iter().sum::<u64>() as f64;
                for (share, &votes) in shares.iter_mut().zip(&table.votes) {
                    *share = votes as f64 / total;
                }
                black_box(&mut shares);
            });
        });
        let divisors = [Divisors::SAINTE_LAGUE, Divisors::D_HONDT, Divisors::HUNTINGTON_HILL];
        for divisors in divisors {
            let name = divisors.to_string();
            let matrix = Matrix::new(&table.votes, &table.party_seats, &table.district_seats).divisors(divisors);
            group.bench_function(name, |bencher| bencher.iter(|| black_box(matrix.solve().is_ok())));
        }
        group.finish();
    }
}

criterion_group!(benches, matrices);
criterion_main!(benches);

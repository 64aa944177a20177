//! Every kernel beside the floor, with criterion: `cargo bench -p apportion-benches --bench allocate`, `-- 'b: '` for one size only.

#![allow(clippy::expect_used)] // a benchmark may fail loudly
#![allow(missing_docs)] // criterion_group makes a public function without a sentence
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random votes

use std::hint::black_box;

use apportion::{AllocationMethod, Divisors, Scratch};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

#[allow(dead_code, unreachable_pub)] // each program uses a part
mod shared;
use shared::{Case, cases, floor, large_cases, sum_and_copy};

fn methods() -> Vec<(&'static str, AllocationMethod)> {
    let first = "7/5".parse().expect("a ratio");
    let modified = Divisors::modified_sainte_lague(first).expect("a usual first divisor");
    vec![
        ("D'Hondt", AllocationMethod::D_HONDT),
        ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
        ("modified Sainte-Laguë", AllocationMethod::HighestAverages(modified)),
        ("Adams", AllocationMethod::ADAMS),
        ("Huntington-Hill", AllocationMethod::HUNTINGTON_HILL),
        ("Dean", AllocationMethod::DEAN),
        ("Hare", AllocationMethod::HARE),
        ("Droop", AllocationMethod::DROOP),
    ]
}

fn one_case(criterion: &mut Criterion, case: &Case) {
    let mut group = criterion.benchmark_group(case.name);
    group.throughput(Throughput::Elements(case.parties as u64));
    let mut shares = vec![0.0; case.parties];
    let mut turn = 0;
    group.bench_function("floor", |bencher| {
        bencher.iter(|| {
            turn += 1;
            floor(case.input(turn), &mut shares);
        });
    });
    let (mut out, mut scratch) = (vec![0; case.parties], Scratch::new());
    group.bench_function("sum and copy", |bencher| {
        bencher.iter(|| {
            turn += 1;
            sum_and_copy(case.input(turn), &mut out);
        });
    });
    for (name, method) in methods() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                turn += 1;
                black_box(method.allocate_into(case.input(turn), case.seats, &mut out, &mut scratch).is_ok())
            });
        });
    }
    group.finish();
}

fn sizes(criterion: &mut Criterion) {
    for case in cases() {
        one_case(criterion, &case);
    }
}

fn a_million_parties(criterion: &mut Criterion) {
    for case in large_cases() {
        one_case(criterion, &case);
    }
}

fn batch(criterion: &mut Criterion) {
    const ELECTIONS: usize = 4_096;
    let case = &cases()[1];
    let votes: Vec<u64> = (0..ELECTIONS).flat_map(|turn| case.input(turn).iter().copied()).collect();
    let mut out = vec![0; votes.len()];
    let mut group = criterion.benchmark_group("4,096 elections, 8 parties, 630 seats");
    group.throughput(Throughput::Elements(ELECTIONS as u64));
    for (name, method) in methods() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| method.allocate_rows(&votes, case.parties, case.seats, &mut out));
        });
        group.bench_function(format!("{name}, all cores"), |bencher| {
            bencher.iter(|| method.allocate_rows_in_parallel(&votes, case.parties, case.seats, &mut out));
        });
    }
    group.finish();
}

criterion_group!(benches, sizes, a_million_parties, batch);
criterion_main!(benches);

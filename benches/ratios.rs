//! The table of ratios in the README: what an allocation costs next to dividing each party's votes once, in one run.
//!
//! Run it with `cargo bench -p apportion-benches --bench ratios`. Times move with the machine; the ratios are what counts. Each is the median
//! over rounds in which everything takes turns.

#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random votes, times

use std::hint::black_box;

use apportion::matrix::Matrix;
use apportion::{AllocationMethod, Contest, Divisors, Quota, Ratio, Scratch, Stage};

#[allow(dead_code, unreachable_pub)] // each program uses a part
mod shared;
use shared::tables::zurich;
use shared::{Case, Time, cases, elections, floor, in_turns, large_cases, show, sum_and_copy};

const METHODS: [(&str, AllocationMethod); 4] = [
    ("D'Hondt", AllocationMethod::D_HONDT),
    ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
    ("Huntington-Hill", AllocationMethod::HUNTINGTON_HILL),
    ("Hare", AllocationMethod::HARE),
];

type Thing<'a> = Box<dyn FnMut(usize) + 'a>;

fn floor_of(case: &Case) -> Thing<'_> {
    let mut shares = vec![0.0; case.parties];
    Box::new(move |turn| floor(case.input(turn), &mut shares))
}

fn allocation<'a>(case: &'a Case, method: &'a AllocationMethod, seats: u64) -> Thing<'a> {
    let (mut out, mut scratch) = (vec![0; case.parties], Scratch::new());
    Box::new(move |turn| {
        let tie = method.allocate_into(case.input(turn), seats, &mut out, &mut scratch);
        black_box(tie.is_ok());
    })
}

fn row(name: &str, times: &[Time]) {
    print!("| {name} | {} |", show(times[0].nanoseconds));
    for time in &times[1..] {
        print!(" {} ({:.1}x) |", show(time.nanoseconds), time.ratio);
    }
    println!();
}

fn header(columns: &[&str]) {
    println!("| {} |\n|{}", columns.join(" | "), " --- |".repeat(columns.len()));
}

fn main() {
    println!("One core, rotating inputs, medians; in brackets the ratio to the floor.\n");
    header(&["", "floor: sum, a division each", METHODS[0].0, METHODS[1].0, METHODS[2].0, METHODS[3].0]);
    for case in cases() {
        let mut things = vec![floor_of(&case)];
        things.extend(METHODS.iter().map(|(_, method)| allocation(&case, method, case.seats)));
        row(case.name, &in_turns(&mut things));
    }

    println!("\nA million parties; in brackets the ratio to summing and copying.\n");
    header(&["", "sum and copy", METHODS[0].0, METHODS[1].0, METHODS[2].0, METHODS[3].0]);
    for case in large_cases() {
        let mut out = vec![0; case.parties];
        let mut things: Vec<Thing<'_>> = vec![Box::new(|turn| sum_and_copy(case.input(turn), &mut out))];
        things.extend(METHODS.iter().map(|(_, method)| allocation(&case, method, case.seats)));
        row(case.name, &in_turns(&mut things));
    }

    println!("\nTwice the seats; in brackets the ratio to the seats above.\n");
    header(&["Sainte-Laguë", "seats as above", "twice the seats"]);
    for case in cases() {
        let method = &METHODS[1].1;
        let mut things = vec![allocation(&case, method, case.seats), allocation(&case, method, 2 * case.seats)];
        row(case.name, &in_turns(&mut things));
    }

    println!("\nMany elections in one call, 8 parties and 630 seats.\n");
    header(&["an election", "floor", METHODS[0].0, METHODS[1].0, METHODS[2].0, METHODS[3].0]);
    batch();
    bounds();
    stages();
    other_divisors();
    matrix();
}

/// The law of the United States, and others with bounds: each contest is made before the clock runs.
fn bounds() {
    println!(
        "\nBounds and held seats, 50 parties and 435 seats; in brackets the ratio to the same method without them.\n"
    );
    header(&["", "plain", "minimum 1", "minimum 1, maximum 15", "a seat held by each second"]);
    let case = elections("", 50, 435);
    let every = |contest: &dyn Fn(&'_ [u64]) -> Contest<'_>| -> Vec<Contest<'_>> {
        // Rotating, too.
        case.inputs.iter().map(|votes| contest(votes)).collect()
    };
    let bounded = [
        every(&|votes| Contest::new(votes, 435).minimums(&[1; 50])),
        every(&|votes| Contest::new(votes, 435).minimums(&[1; 50]).maximums(&[Some(15); 50])),
        every(&|votes| Contest::new(votes, 435).held((0..50).map(|party| party % 2).collect::<Vec<u64>>())),
    ];
    for (name, method) in METHODS.iter().take(3) {
        let mut things = vec![allocation(&case, method, case.seats)];
        for contests in &bounded {
            things.push(Box::new(|turn| {
                black_box(method.allocate_contest(&contests[turn & (contests.len() - 1)]).is_ok());
            }));
        }
        row(name, &in_turns(&mut things));
    }
}

/// The Netherlands: whole quotas, then D'Hondt's averages.
fn stages() {
    println!("\nStages, 50 lists and 150 seats; in brackets the ratio to D'Hondt.\n");
    header(&["", "D'Hondt", "whole Hare quotas, then D'Hondt"]);
    let netherlands =
        AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::highest_averages(Divisors::D_HONDT)]);
    let case = elections("50 lists, 150 seats", 50, 150);
    let mut things =
        vec![allocation(&case, &AllocationMethod::D_HONDT, case.seats), allocation(&case, &netherlands, case.seats)];
    row(case.name, &in_turns(&mut things));
}

/// Estonia's powers of 9/10, Macau's doublings, and a list that does not grow evenly.
fn other_divisors() {
    println!("\nOther divisors; in brackets the ratio to D'Hondt.\n");
    let ratios = |list: [&str; 4]| list.map(|text| text.parse::<Ratio>().unwrap_or(Ratio::ONE)).to_vec();
    let methods: Vec<AllocationMethod> = [
        Ok(Divisors::D_HONDT),
        Divisors::power(ratios(["9/10"; 4])[0]),
        Divisors::power(ratios(["1/2"; 4])[0]),
        Ok(Divisors::MACAU),
        Divisors::custom(ratios(["7/5", "3", "5", "7"])),
        Divisors::custom(ratios(["1", "2", "4", "5"])),
    ]
    .into_iter()
    .flatten()
    .map(AllocationMethod::HighestAverages)
    .collect();
    header(&["", "D'Hondt", "powers 9/10", "powers 1/2", "Macau", "7/5, 3, 5, 7", "1, 2, 4, 5"]);
    for case in [elections("7 lists, 26 seats", 7, 26), elections("50 lists, 435 seats", 50, 435)] {
        let mut things: Vec<Thing<'_>> = methods.iter().map(|method| allocation(&case, method, case.seats)).collect();
        row(case.name, &in_turns(&mut things));
    }
}

fn matrix() {
    println!("\nMatrices; in brackets the ratio to the floor, a division a cell.\n");
    let methods = [Divisors::SAINTE_LAGUE, Divisors::D_HONDT, Divisors::HUNTINGTON_HILL];
    header(&["", "floor: sum, a division each", "Sainte-Laguë", "D'Hondt", "Huntington-Hill"]);
    let table = zurich();
    let mut shares = vec![0.0; table.votes.len()];
    let mut things: Vec<Thing<'_>> = vec![Box::new(|_| floor(&table.votes, &mut shares))];
    for divisors in methods {
        let matrix = Matrix::new(&table.votes, &table.party_seats, &table.district_seats).divisors(divisors);
        things.push(Box::new(move |_| {
            black_box(matrix.solve().is_ok());
        }));
    }
    row(table.name, &in_turns(&mut things));
}

fn batch() {
    const ELECTIONS: usize = 4_096;
    let case = &cases()[1];
    let votes: Vec<u64> = (0..ELECTIONS).flat_map(|turn| case.input(turn).iter().copied()).collect();
    let mut shares = vec![0.0; votes.len()];
    let parties = case.parties;
    let mut things: Vec<Thing<'_>> = vec![Box::new(|_| {
        for (votes, shares) in votes.chunks_exact(parties).zip(shares.chunks_exact_mut(parties)) {
            floor(votes, shares);
        }
    })];
    for (_, method) in &METHODS {
        let (votes, mut out) = (&votes, vec![0; votes.len()]);
        things.push(Box::new(move |_| {
            black_box(method.allocate_rows(votes, parties, case.seats, &mut out).is_ok());
        }));
    }
    let times: Vec<Time> = in_turns(&mut things)
        .into_iter()
        .map(|time| Time { nanoseconds: time.nanoseconds / ELECTIONS as f64, ..time })
        .collect();
    row("allocate_rows", &times);
}

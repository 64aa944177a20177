//! The table of ratios in the README: what an allocation costs next to dividing each party's votes once, in one run.
//!
//! Run it with `cargo bench -p apportion-benches --bench ratios`. Times move with the machine; the ratios are what counts. Each is the median
//! over rounds in which everything takes turns.

#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random votes, times

use std::hint::black_box;

use apportion::{AllocationMethod, Scratch};

#[allow(dead_code, unreachable_pub)] // each program uses a part
mod shared;
use shared::{Case, Time, cases, floor, in_turns, large_cases, show, sum_and_copy};

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

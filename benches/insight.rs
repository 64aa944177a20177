//! The table of docs/insight.md: what each question about closeness takes, by parties, places and seats.
//!
//! Run it with `cargo bench -p apportion-benches --bench insight`. Times move with the machine; what counts is how they grow, and
//! the last column, which says it in bare allocations of the same law and votes, made in the same run.

#![allow(clippy::cast_precision_loss)] // times

use std::hint::black_box;
use std::time::{Duration, Instant};

use apportion::insight::{Margins, Outlook};
use apportion::{AllocationMethod, Count, Election, Place, Rule, Tally, Threshold};

#[allow(dead_code, unreachable_pub)] // each program uses a part
mod shared;
use shared::{Numbers, show};

/// A law with the votes that questions are asked about.
struct Case {
    name: String,
    rule: Rule,
    count: Count,
}

fn tally(numbers: &mut Numbers, parties: usize) -> Tally {
    let votes = numbers.smooth(parties).into_iter().enumerate();
    Tally::from_votes(votes.map(|(party, votes)| (format!("party {party}"), votes))).expect("a tally")
}

fn one_place(parties: usize, seats: u64) -> Case {
    let two_percent = Threshold::share("2%".parse().expect("a share"));
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, seats).threshold(two_percent);
    let count = Count::from(tally(&mut Numbers::new(), parties));
    Case { name: format!("{parties} parties, 1 place, {seats} seats"), rule, count }
}

fn places(parties: usize, places: u64, seats: u64) -> Case {
    let mut numbers = Numbers::new();
    let district =
        |at: u64| Place::district(format!("district {at}"), tally(&mut numbers, parties)).with_seats(seats / places);
    let count = Count::of_places((0..places).map(district).collect::<Vec<_>>()).expect("places");
    let rule = Rule::new(AllocationMethod::D_HONDT, seats);
    Case { name: format!("{parties} parties, {places} places, {seats} seats"), rule, count }
}

fn norway() -> Case {
    let text = include_str!("../tests/data/norway-2021.json");
    let Election { rule, count, .. } = serde_json::from_str(text).expect("an election");
    Case { name: "Norway 2021: 26 parties, 19 places, 169 seats in two tiers".to_string(), rule, count }
}

/// The median time of a thing, in nanoseconds: of nine runs, or of fewer where they take long.
fn time(mut thing: impl FnMut()) -> f64 {
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.is_empty() || (times.len() < 9 && start.elapsed() < Duration::from_secs(4)) {
        let start = Instant::now();
        thing();
        times.push(start.elapsed().as_nanos() as f64);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The ballots of all places, and a hundredth of them as ballots that are out.
fn out(count: &Count) -> Vec<(String, u64)> {
    let all = |tally: &Tally| tally.iter().map(|(_, votes)| votes).sum::<u128>();
    let hundredth = |tally: &Tally| u64::try_from(all(tally) / 100).expect("few ballots");
    match count.places() {
        [] => vec![(String::new(), hundredth(&count.nation().tally))],
        places => places.iter().map(|place| (place.name.clone(), hundredth(&place.tally))).collect(),
    }
}

fn row(case: &Case) {
    let Case { name, rule, count } = case;
    let margins = Margins::new(rule, count).expect("a law with an answer");
    let first = margins.outcome().parties()[0].name().to_string();
    let out = out(count);
    let law = time(|| {
        black_box(rule.apply(count).is_ok());
    });
    let outlook = time(|| {
        let out = out.iter().map(|(place, ballots)| (place.as_str(), *ballots));
        black_box(Outlook::of_places(rule, count, out).is_ok());
    });
    let gain = time(|| {
        black_box(margins.gain(&first).fewest().is_ok());
    });
    let closest = time(|| {
        black_box(margins.closest().is_ok());
    });
    let table = time(|| {
        black_box(margins.table().is_ok());
    });
    let last = time(|| {
        black_box(margins.last_seats().is_ok());
    });
    let all: Vec<String> = [law, outlook, gain, table, closest, last].iter().map(|time| show(*time)).collect();
    println!("| {name} | {} | {:.0} |", all.join(" | "), outlook / law);
}

fn main() {
    println!(
        "| | the law once | outlook, 1% out | one party's gain | every party, both ways | closest change | last seat of \
         every place | outlook, in laws |\n|{}",
        " --- |".repeat(8)
    );
    for (parties, seats) in [(6, 100), (12, 200), (30, 630), (30, 1_260), (60, 630)] {
        row(&one_place(parties, seats));
    }
    for (parties, number, seats) in [(8, 10, 100), (8, 40, 400)] {
        row(&places(parties, number, seats));
    }
    row(&norway());
}

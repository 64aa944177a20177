//! Other crates for apportionment beside this one: on the inputs of its benchmarks, in one run.
//!
//! `cargo run --release` in this folder, with `-- --slow` for what takes more than a second a call, which is timed once.
//! Where a crate cannot run an input, or answers it wrongly, the table says so instead of a time.

use std::hint::black_box;
use std::panic::catch_unwind;
use std::time::Instant;

use apportion::{AllocationMethod, Scratch};
use electosim::Candidacy;
use electosim::interface::WithSeats;
use electosim::methods::{divisor, remainder};
use zetelverdeling::ZetelVerdelerBuilder;

#[allow(dead_code, unreachable_pub)] // each program uses a part
#[path = "../../shared/mod.rs"]
mod shared;
use shared::{Case, cases, in_turns, show};

/// Another crate's function: votes and seats to seats, or why it cannot.
struct Peer {
    name: &'static str,
    method: AllocationMethod,
    allocate: fn(&[u64], u64) -> Result<Vec<u64>, String>,
    /// The largest house that its types hold.
    most_seats: u64,
    /// Quotients that it computes at each call, where that decides its time.
    work: fn(&Case) -> f64,
}

/// An operation takes some nanoseconds: what is above this takes longer than a second.
const SLOW: f64 = 3e7;

/// What is above this takes hours.
const HOPELESS: f64 = 1e10;

fn main() {
    let slow = std::env::args().any(|argument| argument == "--slow");
    std::panic::set_hook(Box::new(|_| {})); // a panic of a peer is a cell of the table
    println!("One core, rotating inputs, medians; in brackets how many times apportion's time.\n");
    println!("| | apportion | by a peer | |\n| --- | --- | --- | --- |");
    for case in cases() {
        for peer in peers() {
            let name = format!("{}, {}", case.name, peer.method);
            if case.seats > peer.most_seats {
                println!("| {name} | | {} | cannot run: more than {} seats |", peer.name, peer.most_seats);
                continue;
            }
            if (peer.work)(&case) > HOPELESS {
                println!("| {name} | | {} | takes hours |", peer.name);
                continue;
            }
            if (peer.work)(&case) > SLOW && !slow {
                println!("| {name} | | {} | takes seconds: run with --slow |", peer.name);
                continue;
            }
            match wrong(&peer, &case) {
                Err(reason) => println!("| {name} | | {} | {reason} |", peer.name),
                Ok(wrong) => compare(&name, &peer, &case, &wrong),
            }
        }
    }
    println!("\nSmall inputs with a known answer:\n");
    println!("| input | exact | a peer's answer | |\n| --- | --- | --- | --- |");
    small_inputs();
}

fn compare(name: &str, peer: &Peer, case: &Case, wrong: &str) {
    let (mut out, mut scratch) = (vec![0; case.parties], Scratch::new());
    let mut own = |turn| {
        black_box(peer.method.allocate_into(case.input(turn), case.seats, &mut out, &mut scratch).is_ok());
    };
    let peers = |turn| {
        let _ = black_box((peer.allocate)(case.input(turn), case.seats));
    };
    let (own, peers, ratio) = if (peer.work)(case) > SLOW {
        let own = in_turns(&mut [Box::new(&mut own)])[0].nanoseconds;
        let start = Instant::now();
        peers(0);
        let peers = start.elapsed().as_nanos() as f64;
        (own, peers, peers / own)
    } else {
        let times = in_turns(&mut [Box::new(&mut own), Box::new(peers)]);
        (times[0].nanoseconds, times[1].nanoseconds, times[1].ratio)
    };
    println!("| {name} | {} | {} | {} ({ratio:.0}x){wrong} |", show(own), peer.name, show(peers));
}

/// Why the peer cannot run the case, or else how many of its answers differ from the exact one and every way its tie can go.
fn wrong(peer: &Peer, case: &Case) -> Result<String, String> {
    // One input is enough for what takes long.
    let inputs = if (peer.work)(case) > 1e6 { 1 } else { case.inputs.len() };
    let mut differing = 0;
    for votes in &case.inputs[..inputs] {
        let answer = match catch_unwind(|| (peer.allocate)(votes, case.seats)) {
            Ok(Ok(answer)) => answer,
            Ok(Err(reason)) => return Err(format!("cannot run: {reason}")),
            Err(_) => return Err("panics".into()),
        };
        let exact = peer.method.allocate(votes, case.seats).expect("an election with votes");
        differing += usize::from(!exact.allows(&answer));
    }
    Ok(if differing > 0 { format!(", wrong in {differing} of {inputs} inputs") } else { String::new() })
}

fn small_inputs() {
    let cases: [(&[u64], u64, AllocationMethod); 6] = [
        (&[1_000, 6_000], 10, AllocationMethod::HUNTINGTON_HILL),
        (&[600_000, 400_000], 500, AllocationMethod::HUNTINGTON_HILL),
        (&[10, 10], 3, AllocationMethod::D_HONDT),
        (&[5_000_000, 1_000_000], 3, AllocationMethod::D_HONDT),
        (&[16_777_216, 16_777_217], 1, AllocationMethod::D_HONDT),
        (&[4, 13, 1], 6, AllocationMethod::HARE),
    ];
    for (votes, seats, method) in cases {
        let exact = method.allocate(votes, seats).expect("an election with votes");
        let tied = exact.tie().map_or(String::new(), |tie| format!(", {tie}"));
        for peer in peers().into_iter().filter(|peer| peer.method == method) {
            let (answer, verdict) = match catch_unwind(|| (peer.allocate)(votes, seats)) {
                Ok(Ok(answer)) => {
                    let verdict = match exact.seats() {
                        Ok(seats) if seats == answer => "",
                        Ok(_) => "wrong",
                        Err(_) if exact.allows(&answer) => "a tie settled in silence",
                        Err(_) => "wrong",
                    };
                    (format!("{answer:?}"), verdict)
                }
                Ok(Err(reason)) => (reason, "cannot run, or says so"),
                Err(_) => (String::new(), "panics"),
            };
            println!(
                "| {method}: {votes:?}, {seats} seats | {:?}{tied} | {}: {answer} | {verdict} |",
                exact.certain(),
                peer.name
            );
        }
    }
}

fn peers() -> Vec<Peer> {
    let rounds = |case: &Case| case.parties as f64 * case.seats as f64;
    vec![
        Peer {
            name: "electosim 0.3",
            method: AllocationMethod::D_HONDT,
            allocate: |votes, seats| electosim(votes, seats, divisor::compute_dhondt),
            most_seats: u16::MAX.into(),
            work: rounds,
        },
        Peer {
            name: "electosim 0.3",
            method: AllocationMethod::SAINTE_LAGUE,
            allocate: |votes, seats| electosim(votes, seats, divisor::compute_sainte_lague),
            most_seats: u16::MAX.into(),
            work: rounds,
        },
        Peer {
            name: "electosim 0.3",
            method: AllocationMethod::HUNTINGTON_HILL,
            allocate: |votes, seats| electosim(votes, seats, divisor::compute_huntington_hill),
            most_seats: u16::MAX.into(),
            work: rounds,
        },
        Peer {
            name: "electosim 0.3",
            method: AllocationMethod::HARE,
            allocate: |votes, seats| electosim(votes, seats, remainder::compute_hare),
            most_seats: u16::MAX.into(),
            work: |case| case.parties as f64,
        },
        Peer {
            name: "sainte_lague 0.1",
            method: AllocationMethod::SAINTE_LAGUE,
            allocate: |votes, seats| {
                let votes: Vec<f64> = votes.iter().map(|&votes| votes as f64).collect();
                let seats = sainte_lague::distribute(&votes, &(seats as usize), &false)
                    .map_err(|error| format!("{error:?}"))?;
                Ok(seats.into_iter().map(|seats| seats as u64).collect())
            },
            most_seats: u64::MAX,
            work: rounds,
        },
        Peer {
            name: "largest-remainder-method 0.1",
            method: AllocationMethod::HARE,
            allocate: |votes, seats| Ok(largest_remainder_method::apportion(votes, seats)),
            most_seats: u64::MAX,
            work: |case| case.parties as f64,
        },
        Peer { name: "zetelverdeling 0.2", method: AllocationMethod::D_HONDT, allocate: zetelverdeling, most_seats: u32::MAX.into(), work: rounds },
    ]
}

fn electosim(
    votes: &[u64],
    seats: u64,
    compute: fn(&mut Vec<Candidacy>, u16) -> Result<(), &str>,
) -> Result<Vec<u64>, String> {
    let seats = u16::try_from(seats).map_err(|_| "more than 2^16 - 1 seats")?;
    let mut candidacies = votes
        .iter()
        .map(|&votes| Ok(Candidacy::new(u32::try_from(votes).map_err(|_| "more than 2^32 - 1 votes")?, 0)))
        .collect::<Result<Vec<_>, String>>()?;
    compute(&mut candidacies, seats).map_err(String::from)?;
    Ok(candidacies.iter().map(|candidacy| candidacy.get_seats().into()).collect())
}

fn zetelverdeling(votes: &[u64], seats: u64) -> Result<Vec<u64>, String> {
    let lists = votes
        .iter()
        .enumerate()
        .map(|(list, &votes)| Ok((list, u32::try_from(votes).map_err(|_| "more than 2^32 - 1 votes")?)))
        .collect::<Result<Vec<_>, String>>()?;
    let seats = u32::try_from(seats).map_err(|_| "more than 2^32 - 1 seats")?;
    let won = ZetelVerdelerBuilder::new(&lists).zetels(seats).finish()?.dhondt();
    Ok((0..votes.len()).map(|list| won.get(&list).copied().unwrap_or(0).into()).collect())
}

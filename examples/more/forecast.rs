//! A forecast: a million simulated elections to the Majilis, the parliament of Kazakhstan, and how the seats fall.
//!
//! The starting point are the final counts of 15 January 2012 (Central Election Commission, 17 January 2012, as printed
//! by Reuters), when two lists came in just above the threshold of 7%. The simulation asks how safe that was. Its error
//! model, stated so that it can be argued with: every list's votes are multiplied by e^X, X normal around 0 with the
//! standard deviation given (5% unless told otherwise), independent of each other; shares are then what they are of the
//! sum, and the number of votes for lists stays as it was.
//!
//! The law (Constitutional Law on Elections, art. 97-1): lists of 7% of the votes and more take part, at least two; the
//! seats go by the Hare quota and largest remainders. The correction that the law makes to a second list below 7% is
//! left out here.
//!
//! Run it with `cargo run --release --example forecast`, and with `-- --help` for what can be changed.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use apportion::{AllocationMethod, Ratio};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, Normal};

const LISTS: [(&str, u64); 7] = [
    ("Nur Otan", 5_621_436),
    ("Ak Zhol", 518_405),
    ("CPPK", 498_788),
    ("OSDP", 116_534),
    ("Auyl", 82_623),
    ("Patriots", 57_732),
    ("Adilet", 45_702),
];

/// How many elections are simulated and allocated in one call.
const AT_ONCE: usize = 20_000;

/// Simulates the Majilis election of 2012 many times and shows how the seats fall.
///
/// Every list's votes are multiplied by e^X, where X is normal around 0, and independent of the others; the threshold and
/// the allocation are exact.
#[derive(Parser)]
#[command(after_help = "Examples:\n  forecast --error 10%            less certain counts\n  \
                        forecast --threshold 5%         the threshold since 2021\n  \
                        forecast --elections 10000000 --seed 7")]
struct Arguments {
    /// How many elections to simulate
    #[arg(long, default_value_t = 1_000_000)]
    elections: usize,
    /// Standard deviation of a list's votes, as a part of them: 5%, 0.05
    #[arg(long, default_value = "5%")]
    error: Ratio,
    /// What a list needs of all votes to take part: 7%, 5%
    #[arg(long, default_value = "7%")]
    threshold: Ratio,
    /// Seats to give out
    #[arg(long, default_value_t = 98)]
    seats: u64,
    /// Number from which all random ones follow; a new one each time unless given
    #[arg(long)]
    seed: Option<u64>,
}

/// What was counted over all elections.
struct Count {
    /// Elections in which each list passed the threshold.
    passed: [u64; LISTS.len()],
    /// Elections in which each list won so many seats.
    won: [Vec<u64>; LISTS.len()],
    /// Elections that ended in a tie; certain seats are counted.
    tied: usize,
    allocating: Duration,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    ensure!((1..=10_000).contains(&arguments.seats), "--seats must be from 1 to 10000");
    ensure!(arguments.elections > 0, "--elections must be at least 1");
    ensure!(arguments.threshold <= Ratio::ONE, "--threshold must be at most 100%");
    let seed = arguments.seed.unwrap_or_else(rand::random);
    let start = Instant::now();
    let count = simulate(&arguments, seed)?;
    print(&arguments, seed, &count, start.elapsed());
    Ok(())
}

fn simulate(arguments: &Arguments, seed: u64) -> anyhow::Result<Count> {
    let mut random = StdRng::seed_from_u64(seed);
    let errors = Normal::new(0.0, arguments.error.to_f64()).context("--error")?;
    let places = usize::try_from(arguments.seats)? + 1;
    let mut count = Count {
        passed: [0; LISTS.len()],
        won: std::array::from_fn(|_| vec![0; places]),
        tied: 0,
        allocating: Duration::ZERO,
    };
    // On standard error, and only on a terminal.
    let bar = ProgressBar::new(arguments.elections as u64)
        .with_style(ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} elections, {eta} left")?);
    let mut votes = vec![0; AT_ONCE * LISTS.len()];
    let mut seats = votes.clone();
    for first in (0..arguments.elections).step_by(AT_ONCE) {
        let rows = AT_ONCE.min(arguments.elections - first);
        let (votes, seats) = (&mut votes[..rows * LISTS.len()], &mut seats[..rows * LISTS.len()]);
        for votes in votes.chunks_exact_mut(LISTS.len()) {
            draw(votes, &errors, &mut random);
            let passed = admit(votes, arguments.threshold);
            for (count, passed) in count.passed.iter_mut().zip(passed) {
                *count += u64::from(passed);
            }
        }
        let start = Instant::now();
        let ties = AllocationMethod::HARE.allocate_rows_in_parallel(votes, LISTS.len(), arguments.seats, seats)?;
        count.allocating += start.elapsed();
        count.tied += ties.len();
        for seats in seats.chunks_exact(LISTS.len()) {
            for (won, &seats) in count.won.iter_mut().zip(seats) {
                won[usize::try_from(seats)?] += 1;
            }
        }
        bar.inc(rows as u64);
    }
    bar.finish_and_clear();
    Ok(count)
}

/// One election's votes.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // simulated votes
fn draw(votes: &mut [u64], errors: &Normal<f64>, random: &mut StdRng) {
    let all: u64 = LISTS.iter().map(|list| list.1).sum();
    let weights = LISTS.map(|(_, votes)| votes as f64 * errors.sample(random).exp());
    let scale = all as f64 / weights.iter().sum::<f64>();
    for (votes, weight) in votes.iter_mut().zip(weights) {
        *votes = (weight * scale).round() as u64;
    }
}

/// Says who passed the threshold, and leaves the votes of those who take part: these, and the largest of the others as
/// long as there are not two.
fn admit(votes: &mut [u64], threshold: Ratio) -> [bool; LISTS.len()] {
    let all: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
    let mut passed = [false; LISTS.len()];
    for (passed, &votes) in passed.iter_mut().zip(votes.iter()) {
        *passed = threshold.compare_part(votes.into(), all).is_ge();
    }
    let mut takes_part = passed;
    while takes_part.iter().filter(|&&part| part).count() < 2 {
        let Some(next) = (0..votes.len()).filter(|&list| !takes_part[list]).max_by_key(|&list| votes[list]) else {
            break;
        };
        takes_part[next] = true;
    }
    for (votes, part) in votes.iter_mut().zip(takes_part) {
        *votes = if part { *votes } else { 0 };
    }
    passed
}

#[allow(clippy::cast_precision_loss)] // percentages to print
fn print(arguments: &Arguments, seed: u64, count: &Count, took: Duration) {
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let (bright, plain) = if colour { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
    let elections = arguments.elections as f64;
    println!("Majilis of Kazakhstan, {} seats, simulated from the final counts of 2012", arguments.seats);
    println!("Each list's votes vary by a normal error of {}, each list on its own.", arguments.error);
    println!(
        "{} elections, threshold {}, seed {seed} (give --seed to repeat them)\n",
        arguments.elections, arguments.threshold
    );
    println!("{:<10}{:>10}{:>8}{:>12}{:>10}   seats in nine of ten", "list", "votes", "share", "passes", "mean");
    let all: u64 = LISTS.iter().map(|list| list.1).sum();
    for (list, (name, votes)) in LISTS.iter().enumerate() {
        let won = &count.won[list];
        let mean = won.iter().enumerate().map(|(seats, &times)| seats as f64 * times as f64).sum::<f64>() / elections;
        let (low, high) = (quantile(won, 0.05 * elections), quantile(won, 0.95 * elections));
        println!(
            "{name:<10}{votes:>10}{:>7.2}%{:>11.2}%{mean:>10.2}   {low} to {high}",
            100.0 * *votes as f64 / all as f64,
            100.0 * count.passed[list] as f64 / elections,
        );
    }
    for (list, (name, _)) in LISTS.iter().enumerate() {
        let won = &count.won[list];
        // What happened in one of two hundred elections, of lists that win anything that often.
        let shown = |&(_, &times): &(usize, &u64)| times as f64 / elections >= 0.005;
        let rows: Vec<(usize, &u64)> = won.iter().enumerate().filter(shown).collect();
        if rows.iter().all(|&(seats, _)| seats == 0) {
            continue;
        }
        println!("\n{name}");
        let most = rows.iter().map(|row| *row.1).max().unwrap_or(1) as f64;
        for (seats, &times) in rows {
            let length = 50.0 * times as f64 / most;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 50
            let blocks = "█".repeat(length.round() as usize);
            println!("{seats:>5} {bright}{blocks}{plain} {:.1}%", 100.0 * times as f64 / elections);
        }
    }
    println!("\n{} elections ended in a tie, whose open seats are counted for nobody.", count.tied);
    println!(
        "{:.1} s in all, {:.0} ms of it for the allocations: {:.1} million a second.",
        took.as_secs_f64(),
        1e3 * count.allocating.as_secs_f64(),
        elections / count.allocating.as_secs_f64() / 1e6
    );
    println!("Try --error 10%, or --threshold 5%, the one in force since 2021.");
}

/// The seats below which so many elections lie.
#[allow(clippy::cast_precision_loss)] // a place in a distribution
fn quantile(won: &[u64], below: f64) -> usize {
    let mut passed = 0;
    won.iter()
        .position(|&times| {
            passed += times;
            passed as f64 >= below
        })
        .unwrap_or(0)
}

//! A forecast: many simulated elections under a law, and how the seats, majorities and coalitions fall.
//!
//! Any election of one place or of districts can be forecast; two are built in:
//!
//! - `kazakhstan`: the Majilis of 2012, final counts of the Central Election Commission of 17 January 2012 as printed by
//!   Reuters (<http://uk.reuters.com/article/kazakhstan-election-results-idUKL6E8CH2Z420120117>), when two lists came in
//!   just above 7%. The law is the catalogue's `kz-2012`, with its second list: where one list alone passes, the next one
//!   takes part at 7/10 of its votes and has at least two seats.
//! - `spain`: the Congreso of 26 June 2016, 52 provinces with 3% in each, counts of the Ministerio del Interior as the test
//!   data of interregnum 0.4.1 have them.
//!
//! The error model, stated so that it can be argued with: every party's votes are multiplied by e^X, the same X everywhere,
//! and in each place by e^Y, another Y in each; X and Y are normal around 0 with the standard deviations given, all of them
//! independent. The votes for parties in each place stay as many as they were. Nothing else varies, and so no turnout does.
//!
//! Run it with `cargo run --release --example forecast -- spain`, and with `-- --help` for what can be changed.

mod draws;
mod print;
mod tally;

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use apportion::{Count, Election, Law, Ratio, Rule, Threshold};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use rand::SeedableRng;
use rand::rngs::StdRng;

use self::draws::Draws;
use self::tally::Forecast;

/// How many elections are drawn and applied in one call.
const AT_ONCE: usize = 2_000;

/// Simulates an election many times and shows how seats, majorities and coalitions fall.
///
/// Every party's votes are multiplied by e^X, the same X everywhere, and in each place by e^Y, another in each; X and Y are
/// normal around 0. The law is applied exactly to each draw.
#[derive(Parser)]
#[command(after_help = "Examples:\n  forecast --error 10%                    less certain counts\n  \
                        forecast --threshold 5%                 another threshold\n  \
                        forecast spain --error 4% --local 8%    52 provinces\n  \
                        forecast my-election.toml --elections 1000000 --seed 7")]
pub(crate) struct Arguments {
    /// `kazakhstan`, `spain`, or a file with an election as TOML or JSON
    #[arg(default_value = "kazakhstan")]
    election: String,
    /// How many elections to simulate
    #[arg(long, default_value_t = 100_000)]
    elections: usize,
    /// Standard deviation of a party's votes everywhere, as a part of them: 5%, 0.05
    #[arg(long, default_value = "5%")]
    error: Ratio,
    /// Standard deviation of a party's votes in each district by itself; none where there is one place
    #[arg(long, default_value = "5%")]
    local: Ratio,
    /// Another share of the valid votes as the threshold: 7%, 5%
    #[arg(long)]
    threshold: Option<Ratio>,
    /// Number from which all random ones follow; a new one each time unless given
    #[arg(long)]
    seed: Option<u64>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    ensure!(arguments.elections > 0, "--elections must be at least 1");
    let (name, mut rule, count) = election(&arguments.election)?;
    if let Some(share) = arguments.threshold {
        ensure!(share <= Ratio::ONE, "--threshold must be at most 100%");
        rule = rule.threshold(Threshold::share(share));
    }
    let seed = arguments.seed.unwrap_or_else(rand::random);
    let start = Instant::now();
    let (forecast, applying) = simulate(&arguments, &rule, &count, seed)?;
    print::header(&name, &rule, &arguments, &forecast, seed);
    print::table(&forecast);
    print::majorities(&forecast);
    print::histograms(&forecast);
    print::footer(&forecast, start.elapsed(), applying);
    Ok(())
}

/// The election: its name, its law and what was counted.
fn election(which: &str) -> anyhow::Result<(String, Rule, Count)> {
    let read = match which {
        "kazakhstan" => {
            let mut election: Election = toml::from_str(include_str!("../../elections/kz-2012.toml"))?;
            let (_, law) = Law::CATALOGUE.iter().find(|(id, _)| *id == "kz-2012").context("kz-2012 is no law")?;
            election.rule = toml::from_str::<Law>(law)?.rule(98);
            election
        }
        "spain" => {
            let all = include_str!("../../../tests/data/districts.jsonl");
            let line = all.lines().find(|line| line.contains("\"es-congreso-2016\""));
            serde_json::from_str(line.context("es-congreso-2016 is not among the elections")?)?
        }
        file => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("{file}, which is no built-in election"))?;
            let election = if file.ends_with(".json") {
                serde_json::from_str(&text).map_err(anyhow::Error::from)
            } else {
                toml::from_str(&text).map_err(anyhow::Error::from)
            };
            election.with_context(|| file.to_string())?
        }
    };
    let name = [read.name.as_deref(), read.date.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Ok((if name.is_empty() { which.to_string() } else { name }, read.rule, read.count))
}

/// Draws elections, applies the law to them, and counts what comes out; the time is that of the law.
fn simulate(arguments: &Arguments, rule: &Rule, count: &Count, seed: u64) -> anyhow::Result<(Forecast, Duration)> {
    let mut random = StdRng::seed_from_u64(seed);
    let draws = Draws::new(count, arguments.error.to_f64(), arguments.local.to_f64())?;
    let prepared = rule.prepare(count)?;
    ensure!(prepared.votes() == draws.width(), "only votes in districts can be drawn, not those of regions");
    let mut forecast = Forecast::new(count, prepared.seats());
    let mut applying = Duration::ZERO;
    // On standard error, and only on a terminal.
    let bar = ProgressBar::new(arguments.elections as u64)
        .with_style(ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} elections, {eta} left")?);
    let mut votes = vec![0; AT_ONCE * prepared.votes()];
    let mut seats = vec![0; AT_ONCE * prepared.seats()];
    for first in (0..arguments.elections).step_by(AT_ONCE) {
        let rows = AT_ONCE.min(arguments.elections - first);
        let (votes, seats) = (&mut votes[..rows * prepared.votes()], &mut seats[..rows * prepared.seats()]);
        votes.chunks_exact_mut(draws.width()).for_each(|votes| draws.draw(votes, &mut random));
        let start = Instant::now();
        let left = prepared.apply_rows_in_parallel(votes, seats)?;
        applying += start.elapsed();
        forecast.count(seats, &left);
        bar.inc(rows as u64);
    }
    bar.finish_and_clear();
    Ok((forecast, applying))
}

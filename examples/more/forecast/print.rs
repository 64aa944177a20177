//! Tables and histograms of a forecast.

use std::io::IsTerminal;
use std::time::Duration;

use apportion::Rule;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

use crate::Arguments;
use crate::tally::Forecast;

/// What was drawn, and how.
pub(crate) fn header(name: &str, rule: &Rule, arguments: &Arguments, forecast: &Forecast, seed: u64) {
    println!("{name}\n{rule}\n");
    let local = format!(", and in each district by another of {}", arguments.local);
    let places = if forecast.is_of_districts() { local.as_str() } else { "" };
    println!("Each party's votes vary by a normal error of {} everywhere{places}.", arguments.error);
    println!("{} elections, seed {seed} (give --seed to repeat them)\n", arguments.elections);
}

/// Seats by party.
#[allow(clippy::cast_precision_loss)] // to be printed
pub(crate) fn table(forecast: &Forecast) {
    let all: u128 = forecast.votes.iter().sum();
    let answered = forecast.answered();
    let percent = |times: u64| format!("{:.1}%", 100.0 * times as f64 / answered.max(1) as f64);
    let head = ["party", "votes", "share", "wins seats", "is first", "mean", "seats in nine of ten"];
    let rows = forecast.shown().into_iter().map(|party| {
        let none = forecast.won[party].get(&0).copied().unwrap_or(0);
        let nine = [0.05, 0.95].map(|part| quantile(forecast, party, part * answered as f64));
        vec![
            forecast.names[party].clone(),
            forecast.votes[party].to_string(),
            format!("{:.2}%", 100.0 * forecast.votes[party] as f64 / all as f64),
            percent(answered - none),
            percent(forecast.first[party]),
            format!("{:.2}", forecast.mean(party)),
            format!("{} to {}", nine[0], nine[1]),
        ]
    });
    print_table(&head, rows.collect());
}

/// Who has more than half of the seats, alone or together.
#[allow(clippy::cast_precision_loss)] // to be printed
pub(crate) fn majorities(forecast: &Forecast) {
    let answered = forecast.answered().max(1) as f64;
    let rows = forecast.majorities().into_iter().map(|coalition| {
        let names: Vec<&str> = coalition.parties.iter().map(|&party| forecast.names[party].as_str()).collect();
        vec![names.join(" + "), format!("{:.1}%", 100.0 * coalition.times as f64 / answered)]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return println!("\nNobody has more than half of the seats, not three of the largest parties together.");
    }
    println!();
    print_table(&["more than half of the seats", "in"], rows);
}

fn print_table(head: &[&str], rows: Vec<Vec<String>>) {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_header(head.to_vec()).add_rows(rows);
    for at in 1..head.len() {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    println!("{}", table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
}

/// How often each party has so many seats: those in one draw of two hundred or more.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // lengths from 0 to 50
pub(crate) fn histograms(forecast: &Forecast) {
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let (bright, plain) = if colour { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
    let answered = forecast.answered();
    for party in forecast.shown().into_iter().filter(|&party| forecast.mean(party) >= 1.0).take(6) {
        println!("\n{}", forecast.names[party]);
        let rows = forecast.won[party].iter().filter(|(_, times)| **times * 200 >= answered);
        let most = rows.clone().map(|row| *row.1).max().unwrap_or(1) as f64;
        for (seats, &times) in rows {
            let blocks = "█".repeat((50.0 * times as f64 / most).round() as usize);
            println!("{seats:>5} {bright}{blocks}{plain} {:.1}%", 100.0 * times as f64 / answered as f64);
        }
    }
}

/// What is left to say.
#[allow(clippy::cast_precision_loss)] // to be printed
pub(crate) fn footer(forecast: &Forecast, took: Duration, applying: Duration) {
    println!("\n{} elections left seats open, which are counted for nobody.", forecast.open);
    match &forecast.why {
        Some(why) => println!("{} elections have no answer and are left out; the first: {why}.", forecast.bad),
        None => println!("Every election has an answer."),
    }
    let speed = (forecast.answered() + forecast.bad as u64) as f64 / applying.as_secs_f64();
    println!(
        "{:.1} s in all, {:.0} ms of it for the law: {} elections a second.",
        took.as_secs_f64(),
        1e3 * applying.as_secs_f64(),
        // Slow laws have thousands, fast ones millions.
        if speed < 1e5 { format!("{speed:.0}") } else { format!("{:.1} million", speed / 1e6) }
    );
}

/// The seats below which so many elections lie.
#[allow(clippy::cast_precision_loss)] // a place in a distribution
fn quantile(forecast: &Forecast, party: usize, below: f64) -> u64 {
    let mut passed = 0;
    for (&seats, &times) in &forecast.won[party] {
        passed += times;
        if passed as f64 >= below {
            return seats;
        }
    }
    0
}

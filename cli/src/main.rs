//! The command `apportion`: votes into seats, exactly, from documents and tables.
//!
//! Each subcommand has its file under `commands/`: its arguments, which are its help, and what it does. They read by
//! `document`, `votes` and `source`, ask the library by `library` and
//! `insight`, and print by `output` and `grid`.

mod closeness;
mod commands;
mod document;
mod grid;
mod insight;
mod library;
mod markdown;
mod method;
mod nearest;
mod output;
mod places;
mod progress;
mod reader;
mod report;
mod source;
mod votes;

use std::io;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser};

use commands::Command;

/// Votes into seats, exactly.
///
/// Reads election documents (TOML, JSON) and tables of votes, and answers with seats. Every tie stays open and is shown,
/// unless the election's rule settles it.
#[derive(Parser)]
#[command(
    name = "apportion",
    version,
    arg_required_else_help = true,
    term_width = 80,
    after_help = "\
Examples:
  apportion seats dhondt 7 340 280 160 60       votes into seats, at once
  apportion allocate election.toml              a document: votes and a law
  apportion allocate votes.csv --method hare --seats 10
  apportion table stations.csv --method dhondt  many districts, a long table
  apportion COMMAND --help                      everything about a command

Status: 0 answered; 1 a difference from the record, or an open tie with
--strict; 2 unusable input, said on standard error."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Colours: auto, always or never; auto heeds NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    color: ColorChoice,
    /// Columns of a line for people
    #[arg(long, global = true, value_name = "COLUMNS", default_value_t = output::WIDTH, value_parser = output::columns)]
    width: usize,
}

/// How a run ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Everything was answered as it should be.
    Answered,
    /// An answer differs from what was claimed or recorded, or a tie is open that was not to be.
    Differs,
}

fn main() -> ExitCode {
    let color = color_of(std::env::args());
    let matches = Arguments::command().color(color).get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    output::set_color(arguments.color);
    output::set_width(arguments.width);
    match arguments.command.run() {
        Ok(Ending::Answered) => ExitCode::SUCCESS,
        Ok(Ending::Differs) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// The colours that the arguments ask for, before they are read: help has colours too.
fn color_of(arguments: impl Iterator<Item = String>) -> ColorChoice {
    let arguments: Vec<String> = arguments.collect();
    let after = arguments.windows(2).find(|pair| pair[0] == "--color").map(|pair| pair[1].as_str());
    match after.or_else(|| arguments.iter().find_map(|argument| argument.strip_prefix("--color="))) {
        Some("never") => ColorChoice::Never,
        Some("always") => ColorChoice::Always,
        _ => ColorChoice::Auto,
    }
}

/// Whether whoever read the output has stopped reading, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

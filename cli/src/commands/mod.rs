//! The subcommands, a file each: what they take and what they do.

mod allocate;
mod check;
mod compare;
mod completions;
mod explain;
mod laws;
mod lines;
mod man;
mod margins;
mod outlook;
mod report;
mod seats;
mod table;
mod verify;

use anyhow::Result;
use clap::Subcommand;

use crate::Ending;

/// What the program can do.
#[derive(Subcommand)]
pub(crate) enum Command {
    Allocate(allocate::Arguments),
    Seats(seats::Arguments),
    Table(table::Arguments),
    Explain(explain::Arguments),
    Verify(verify::Arguments),
    Margins(margins::Arguments),
    Outlook(outlook::Arguments),
    Compare(compare::Arguments),
    Check(check::Arguments),
    Report(report::Arguments),
    Laws(laws::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> Result<Ending> {
        match self {
            Self::Allocate(arguments) => arguments.run(),
            Self::Seats(arguments) => arguments.run(),
            Self::Table(arguments) => arguments.run(),
            Self::Explain(arguments) => arguments.run(),
            Self::Verify(arguments) => arguments.run(),
            Self::Margins(arguments) => arguments.run(),
            Self::Outlook(arguments) => arguments.run(),
            Self::Compare(arguments) => arguments.run(),
            Self::Check(arguments) => arguments.run(),
            Self::Report(arguments) => arguments.run(),
            Self::Laws(arguments) => arguments.run(),
            Self::Completions(arguments) => arguments.run(),
            Self::Man(arguments) => arguments.run(),
        }
    }
}

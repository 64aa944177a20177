//! `apportion table`: many districts in one long table.

mod answer;
mod sums;

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use apportion::{AllocationMethod, Ratio};
use clap::{Args, ValueEnum};

use crate::output::{Format, Output};
use crate::reader::{Header, Reader, Unknown, whole_number};
use crate::source::TableOptions;
use crate::{Ending, library, method, output, progress, source};

use answer::Answered;
use sums::Sums;

/// Seats of many districts from one long table.
///
/// The table has any number of rows: a district, a party and its votes; rows of the same district and party, such as those of polling stations,
/// are summed. The table is read row by row: memory is needed for the districts and parties alone.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion table results.csv --method dhondt
  apportion table stations.csv --method sainte-lague --houses seats.csv
  apportion table stations.csv --method hare --seats 5 --threshold 3%
  apportion table - --method dhondt --format csv < results.csv > seats.csv

The columns are district, party, votes and perhaps seats: the seats of the
district, the same in all its rows or in the first. Others are left aside, and a
note says so. The rows (blank), (invalid), (against all), (other), (cast) and
(registered) are no parties but other ballots and totals.

As a table it prints the parties of the whole nation, with --by district each
district's; CSV and Markdown are by district, JSON has both.

Status: 0 answered, 1 if a tie is open with --strict, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// The table, or - for standard input
    file: PathBuf,
    /// The method: dhondt, sainte-lague, hare, …
    #[arg(long, value_parser = method::named, required_unless_present = "law")]
    method: Option<AllocationMethod>,
    /// Take the law from the catalogue; `apportion laws` lists it
    #[arg(long, value_name = "ID", value_parser = library::known_law)]
    law: Option<String>,
    /// The threshold: a share of the valid votes, such as 3%
    #[arg(long, value_name = "SHARE")]
    threshold: Option<Ratio>,
    /// Where a party must reach the threshold: district or nation
    #[arg(
        long,
        value_enum,
        value_name = "PLACE",
        default_value_t,
        requires = "threshold",
        hide_possible_values = true
    )]
    at: Place,
    /// The seats of every district
    #[arg(long, value_name = "NUMBER", conflicts_with = "houses")]
    seats: Option<u64>,
    /// A table of the districts' seats, with the columns district and seats
    #[arg(long, value_name = "FILE")]
    houses: Option<PathBuf>,
    /// A column under a name of its own, as KNOWN=OWN: district=Wahlkreis
    #[arg(long = "column", value_name = "KNOWN=OWN", value_parser = column)]
    columns: Vec<(String, String)>,
    /// Print by district, or by nation
    #[arg(long, value_enum, value_name = "PLACE", hide_possible_values = true)]
    by: Option<Place>,
    /// Status 1 if a tie is open
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    table: TableOptions,
}

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Place {
    /// Each district by itself
    #[default]
    District,
    /// All districts together
    Nation,
}

const COLUMNS: [&str; 4] = ["district", "party", "votes", "seats"];

fn column(text: &str) -> Result<(String, String)> {
    let (known, own) = text.split_once('=').context("a column is written KNOWN=OWN, such as district=Wahlkreis")?;
    if !COLUMNS.contains(&known) {
        bail!("{known:?} is none of {}", COLUMNS.join(", "));
    }
    Ok((known.to_string(), own.to_string()))
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let mut sums = self.sums().with_context(|| self.file.display().to_string())?;
        if let Some(houses) = &self.houses {
            self.read_houses(&mut sums, houses).with_context(|| houses.display().to_string())?;
        }
        if let Some(seats) = self.seats {
            sums.set_all_seats(seats)?;
        }
        let answered = self.answered(sums).with_context(|| self.file.display().to_string())?;
        self.write(&answered)?;
        Ok(if self.strict && answered.is_tied() { Ending::Differs } else { Ending::Answered })
    }

    /// Reads the table, row by row.
    fn sums(&self) -> Result<Sums> {
        let mut reader = Reader::new(source::stream(&self.file)?, self.table.delimiter)?;
        let header = Header::read(&mut reader, &COLUMNS, &self.columns, Unknown::Unused)?;
        if !header.unused.is_empty() {
            let (file, unused) = (self.file.display(), output::printable(&header.unused.join(", ")));
            output::note(&format!("{file}: columns not used: {unused}"));
        }
        let bar = progress::bytes_of(&self.file);
        let sums = Sums::read(&mut reader, &header, |bytes| bar.set_position(bytes))?;
        bar.finish_and_clear();
        output::note_names(sums.party_names());
        output::note_names(sums.districts.iter().map(|district| district.name.as_str()));
        Ok(sums)
    }

    fn read_houses(&self, sums: &mut Sums, file: &Path) -> Result<()> {
        let source = File::open(file).map_err(|error| anyhow::anyhow!("it cannot be read: {error}"))?;
        let mut reader = Reader::new(source, self.table.delimiter)?;
        let header = Header::read(&mut reader, &["district", "seats"], &[], Unknown::Refused)?;
        let (district, seats) = (header.needed("district")?, header.needed("seats")?);
        while let Some(record) = reader.next()? {
            header.check(&record)?;
            let line = record.line;
            sums.set_seats(&record.text(district)?, whole_number(&record.get(seats)?, line, "seats")?, line)?;
        }
        Ok(())
    }

    fn answered(&self, sums: Sums) -> Result<Answered> {
        match (&self.method, &self.law, &self.threshold) {
            (Some(method), None, None) => Answered::by_method(sums, method),
            _ => {
                let at = if self.at == Place::Nation { "nation" } else { "district" };
                let threshold = self.threshold.as_ref().map(|share| (share, at));
                Answered::by_law(sums, self.law.as_deref(), self.method.as_ref(), threshold)
            }
        }
    }

    fn write(&self, answered: &Answered) -> Result<()> {
        let Output { format, target } = &self.output;
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        let out = &mut *out;
        match (format, self.by) {
            (Format::Json, _) => answered.write_json(out)?,
            (Format::Jsonl, Some(Place::Nation)) | (Format::Csv | Format::Markdown, Some(Place::Nation)) => {
                answered.nation().write(*format, out)?;
            }
            (Format::Jsonl, _) => answered.write_json_lines(out)?,
            (Format::Csv, _) => answered.write_csv(out)?,
            (Format::Markdown, _) => answered.districts().write(*format, out)?,
            (Format::Table, Some(Place::District)) => {
                answered.districts().write(*format, out)?;
                answered.write_ties(out)?;
            }
            (Format::Table, _) => answered.write_summary(out)?,
        }
        Ok(out.flush()?)
    }
}

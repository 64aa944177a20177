//! What a command is about: a document or a table of votes, and what the arguments set of its law.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use apportion::{AllocationMethod, Election, Ratio};
use clap::Args;
use serde_json::{Map, Value, json};

use crate::votes::Votes;
use crate::{document, library, method, nearest};

/// A file and the law.
#[derive(Args, Clone)]
pub(crate) struct Source {
    /// A document (.toml, .json), a table of votes (.csv, .tsv), or - for either
    /// on standard input
    #[arg(help_heading = None::<&'static str>)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) law: LawOptions,
    #[command(flatten)]
    pub(crate) table: TableOptions,
}

/// What sets a law, or overrides a document's.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Law")]
pub(crate) struct LawOptions {
    /// Take the law, and the seats where it has them, from the catalogue;
    /// `apportion laws` lists it
    #[arg(long, value_name = "ID", value_parser = library::known_law)]
    pub(crate) law: Option<String>,
    /// Set or override the method: dhondt, sainte-lague, hare, …, or as a document
    /// writes it in braces
    #[arg(long, value_parser = method::named)]
    pub(crate) method: Option<AllocationMethod>,
    /// Set or override the number of seats
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seats: Option<u64>,
    /// Set or override the threshold: a share of the valid votes, such as 7%
    #[arg(long, value_name = "SHARE")]
    pub(crate) threshold: Option<Ratio>,
}

/// How a table is written.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Tables")]
pub(crate) struct TableOptions {
    /// What separates columns: `,` `;` or `tab`; found out without it
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,
}

fn delimiter(text: &str) -> Result<u8> {
    match text {
        "," | "comma" => Ok(b','),
        ";" | "semicolon" => Ok(b';'),
        "\t" | "tab" => Ok(b'\t'),
        _ => bail!("a table's columns are separated by , ; or tab"),
    }
}

impl Source {
    /// The election, with the file's name in errors.
    pub(crate) fn election(&self) -> Result<Election> {
        self.read().with_context(|| self.file.display().to_string())
    }

    fn read(&self) -> Result<Election> {
        let bytes = bytes(&self.file)?;
        let election = match kind(&self.file, &bytes)? {
            Kind::Json => document::json(document::utf8(&bytes)?)?,
            Kind::Toml => document::toml(document::utf8(&bytes)?)?,
            Kind::Table => {
                let votes = Votes::read(&bytes[..], self.table.delimiter)?;
                return self.law.election(votes.into_document());
            }
        };
        self.law.applied_to(election)
    }
}

impl LawOptions {
    fn is_set(&self) -> bool {
        self.law.is_some() || self.method.is_some() || self.seats.is_some() || self.threshold.is_some()
    }

    /// The election of a table, whose law is in the options alone.
    pub(crate) fn election(&self, mut document: Map<String, Value>) -> Result<Election> {
        let law = self.law.as_deref().map(library::law).transpose()?.unwrap_or_default();
        let in_districts = document.contains_key("districts");
        if !in_districts && self.seats.is_none() && !law.contains_key("seats") {
            bail!("a table of votes needs --seats, such as --seats 98");
        }
        if self.method.is_none() && self.law.is_none() {
            bail!("a table of votes needs --method or --law, such as --method dhondt");
        }
        if let Some(seats) = law.get("seats").filter(|_| !in_districts) {
            document.insert("seats".into(), seats.clone());
        }
        self.set(&mut document, law)?;
        election_of(document)
    }

    /// A document's election with what the options override.
    pub(crate) fn applied_to(&self, election: Election) -> Result<Election> {
        if !self.is_set() {
            return Ok(election);
        }
        let Value::Object(mut document) = serde_json::to_value(&election)? else { bail!("a document has keys") };
        if self.seats.is_some() && document.contains_key("districts") {
            bail!("--seats says nothing of an election in districts, which have seats of their own");
        }
        let law = self.law.as_deref().map(library::law).transpose()?.unwrap_or_default();
        self.set(&mut document, law)?;
        election_of(document)
    }

    /// Writes the law and the options into a document.
    fn set(&self, document: &mut Map<String, Value>, mut law: Map<String, Value>) -> Result<()> {
        law.remove("seats");
        if !law.is_empty() {
            for key in ["rule", "tiers", "seats_by"] {
                document.remove(key);
            }
            document.append(&mut law);
        }
        if let Some(seats) = self.seats {
            document.insert("seats".into(), seats.into());
        }
        if self.method.is_none() && self.threshold.is_none() {
            return Ok(());
        }
        if document.contains_key("tiers") {
            bail!("--method and --threshold say nothing of a law in several tiers, which have their own");
        }
        let rule = document.entry("rule").or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(rule) = rule else { bail!("the rule has no keys") };
        if let Some(method) = &self.method {
            rule.insert("method".into(), serde_json::to_value(method)?);
        }
        if let Some(share) = &self.threshold {
            rule.insert("threshold".into(), json!({ "share": share, "of": "valid" }));
        }
        Ok(())
    }
}

/// The election of a document in parts.
pub(crate) fn election_of(document: Map<String, Value>) -> Result<Election> {
    serde_json::from_value(Value::Object(document))
        .map_err(|error| anyhow!("{}", nearest::with_hint(&error.to_string())))
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Toml,
    Table,
}

/// What a file holds, by its name, or by its content where the name does not say.
fn kind(file: &Path, bytes: &[u8]) -> Result<Kind> {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "csv" | "tsv" => return Ok(Kind::Table),
        "json" => return Ok(Kind::Json),
        "toml" => return Ok(Kind::Toml),
        _ => {}
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    if bytes.starts_with(b"{") {
        return Ok(Kind::Json);
    }
    let header = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    let cells = header.split(|byte| b",;\t".contains(byte)).map(|cell| cell.trim_ascii());
    let is_named = |cell: &[u8]| cell == b"party" || cell == b"\"party\"";
    if cells.into_iter().any(is_named) {
        return Ok(Kind::Table);
    }
    if file == Path::new("-") {
        return Ok(Kind::Toml);
    }
    bail!("the file's name should end with .toml, .json or .csv")
}

/// All of a file, or of standard input.
fn bytes(file: &Path) -> Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(file).map_err(|error| anyhow!("it cannot be read: {error}"))
}

/// A file or standard input, to be read bit by bit.
pub(crate) fn stream(file: &Path) -> Result<Box<dyn Read>> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(File::open(file).map_err(|error| anyhow!("it cannot be read: {error}"))?))
}

//! Tables of votes of one place: a party a row, and rows in brackets for other ballots.

use std::io::Read;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::nearest;
use crate::reader::{Header, Reader, Record, Unknown, whole_number};

const COLUMNS: [&str; 9] = ["party", "votes", "seats", "max", "min", "held", "direct_seats", "members", "minority"];

/// Rows that are no party, and the key of a document's tally that they are.
pub(crate) const BALLOTS: [(&str, &str); 6] = [
    ("(blank)", "blank"),
    ("(invalid)", "invalid"),
    ("(against all)", "against_all"),
    ("(other)", "other"),
    ("(cast)", "cast"),
    ("(registered)", "registered"),
];

/// The key of the tally that a row is, if it is no party; an error for what may be meant as one.
pub(crate) fn ballots(name: &str, line: u64) -> Result<Option<&'static str>> {
    if let Some((_, key)) = BALLOTS.iter().find(|(row, _)| *row == name) {
        return Ok(Some(key));
    }
    let known = BALLOTS.map(|(row, _)| row);
    if name.starts_with('(') && name.ends_with(')') {
        if let Some(near) = nearest::nearest(name, known) {
            bail!("line {line}: {name:?} is none of {}; did you mean {near:?}?", known.join(", "));
        }
    }
    if matches!(name, "blank" | "invalid") {
        bail!("line {line}: a party {name:?}? Write ({name}) for {name} ballots");
    }
    Ok(None)
}

/// The parties and the tally of a table, as a document has them.
#[derive(Default)]
pub(crate) struct Votes {
    parties: Vec<Value>,
    /// The names in order, and where each stands.
    names: Vec<String>,
    lines: FxHashMap<String, u64>,
    tally: Map<String, Value>,
}

impl Votes {
    /// Reads a table with the columns party and votes, and perhaps others of a document's party.
    pub(crate) fn read(source: impl Read, delimiter: Option<u8>) -> Result<Self> {
        let mut reader = Reader::new(source, delimiter)?;
        let header = Header::read(&mut reader, &COLUMNS, &[], Unknown::Refused)?;
        header.needed("party")?;
        header.needed("votes")?;
        let mut votes = Self::default();
        while let Some(record) = reader.next()? {
            header.check(&record)?;
            votes.add(&header, &record)?;
        }
        Ok(votes)
    }

    fn add(&mut self, header: &Header, record: &Record<'_>) -> Result<()> {
        let line = record.line;
        let name = record.text(header.needed("party")?)?;
        let count = whole_number(&record.get(header.needed("votes")?)?, line, "votes")?;
        if let Some(key) = ballots(&name, line)? {
            if self.tally.insert(key.to_string(), count.into()).is_some() {
                bail!("line {line}: the row {name:?} is there twice");
            }
            return Ok(());
        }
        let mut party =
            Map::from_iter([("name".to_string(), name.clone().into()), ("votes".to_string(), count.into())]);
        for column in &COLUMNS[2..] {
            let cell = header.place(column).map(|place| record.get(place)).transpose()?.unwrap_or_default();
            if cell.is_empty() {
                continue;
            }
            let value = match (*column, &*cell) {
                ("minority", b"true") => true.into(),
                ("minority", b"false") => false.into(),
                ("minority", _) => {
                    let text = record.text(header.needed(column)?)?;
                    bail!("line {line}: {text:?} in the column \"minority\" is neither true nor false")
                }
                (_, number) => whole_number(number, line, column)?.into(),
            };
            party.insert(column.to_string(), value);
        }
        self.push(name, party, line)
    }

    fn push(&mut self, name: String, party: Map<String, Value>, line: u64) -> Result<()> {
        if name.is_empty() {
            bail!("line {line}: the party has no name");
        }
        if let Some(first) = self.lines.insert(name.clone(), line) {
            bail!("line {line}: the party {name:?} is there twice, first in line {first}");
        }
        self.names.push(name);
        self.parties.push(Value::Object(party));
        Ok(())
    }

    /// As a document has them, with nothing else.
    pub(crate) fn into_document(self) -> Map<String, Value> {
        let mut document = Map::from_iter([("parties".to_string(), Value::Array(self.parties))]);
        if !self.tally.is_empty() {
            document.insert("tally".to_string(), Value::Object(self.tally));
        }
        document
    }
    /// The parties' names and votes; other columns and other ballots say nothing of a method.
    pub(crate) fn into_votes(self) -> Result<Vec<(String, u64)>> {
        if let Some(key) = self.tally.keys().next() {
            bail!("a method knows nothing of {} ballots: use `apportion allocate`", key.replace('_', " "));
        }
        let counts = self.parties.iter().map(|party| party["votes"].as_u64().unwrap_or(0));
        let keys = self.parties.iter().filter_map(Value::as_object).flat_map(Map::keys);
        if let Some(column) = keys.into_iter().find(|key| !["name", "votes", "seats"].contains(&key.as_str())) {
            bail!("a method knows nothing of the column {column:?}: use `apportion allocate`");
        }
        Ok(self.names.into_iter().zip(counts).collect())
    }
}

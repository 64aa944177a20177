//! `survivors.csv`: what no test catches, one by one, with the reason why each may live.
//!
//! A break is known there by its file, its line of code and what is changed, as numbers of lines move with every edit.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use csv::{Reader, Writer};
use serde::{Deserialize, Serialize};

use crate::project::Mutant;

/// A row: where and what is broken, and why no answer tells. Where `why` is empty a test is missing, or the reason.
#[derive(Serialize, Deserialize)]
struct Row {
    file: String,
    code: String,
    change: String,
    why: String,
}

/// The list.
pub struct Survivors(Vec<Row>);

impl Survivors {
    pub fn read(path: &Path) -> Result<Self> {
        let rows = Reader::from_path(path)?.deserialize().collect::<Result<_, _>>();
        Ok(Self(rows.with_context(|| path.display().to_string())?))
    }

    /// The reasons by break.
    pub fn reasons(&self) -> HashMap<(&str, &str, &str), &str> {
        self.0.iter().map(|row| ((&*row.file, &*row.code, &*row.change), &*row.why)).collect()
    }

    /// Prints the list anew: what survives now, each with the reason that it had, if any.
    pub fn renew(&self, surviving: &[&Mutant]) -> Result<()> {
        let reasons = self.reasons();
        let mut written = HashSet::new();
        let mut rows = Writer::from_writer(io::stdout().lock());
        for mutant in surviving {
            let (file, code, change) = mutant.place();
            if written.insert(mutant.place()) {
                let why = reasons.get(&mutant.place()).copied().unwrap_or_default();
                rows.serialize(Row { file: file.into(), code: code.into(), change: change.into(), why: why.into() })?;
            }
        }
        Ok(rows.flush()?)
    }
}

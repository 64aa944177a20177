//! Is it fair: shares of votes beside shares of seats, and the indices with what each of them says.

use apportion::insight::picture::bars;
use apportion::insight::{Index, IndexRange};

use super::Page;
use super::frame::{Cell, details, note, section, table};

impl Page<'_> {
    pub(super) fn fairness(&self) -> String {
        let mut text = self.picture("Share of seats, and share of votes", |outcome, style| Some(bars(outcome, style)));
        text += &note("Differences in percentage points: share of seats less share of votes.");
        text += &match IndexRange::of(self.outcome) {
            Err(error) => note(&format!("There are no indices: {error}.")),
            Ok(indices) => {
                let row = |&index: &Index| {
                    vec![Cell::head(index.name()), Cell::of(&indices.shown(index)), Cell::of(index.meaning()).words()]
                };
                let rows: Vec<Vec<Cell>> = Index::ALL.iter().map(row).collect();
                let told = format!(
                    "Gallagher's index is {} (0 is proportional, 100 not at all).",
                    indices.shown(Index::Gallagher)
                );
                let all = table("Indices of proportionality", &["index", "value", "what it says"], &rows);
                super::paragraph(&told) + &details("All indices", &all)
            }
        };
        section("fair", "Votes and seats compared", &text)
    }
}

//! A comparison for a terminal and as Markdown.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use unicode_width::UnicodeWidthStr;

use super::{ComparedLaw, Comparison};
use crate::insight::{Index, Table};
use crate::num::layout::{self, Side, WIDTH, escaped, fold};
use crate::num::text::grouped;
use crate::outcome::PartyOutcome;

/// The columns that a name keeps when laws are set beside each other.
const NAME: usize = 18;

impl Comparison {
    /// Each party's votes, and its seats by law; those without a seat by any of them together.
    #[must_use]
    pub fn seats(&self) -> Table {
        let mut headings = Vec::from(["party", "votes"]);
        headings.extend(self.laws.iter().map(ComparedLaw::name));
        let mut table = Table::new("Seats", &headings);
        self.rows().into_iter().for_each(|row| table.push(row));
        table
    }

    /// What each law gives: seats, those that go elsewhere than by the first, parties that are out, indices, closest change.
    #[must_use]
    pub fn by_law(&self) -> Table {
        let mut headings = Vec::from(["law", "seats", "moved", "out"]);
        headings.extend(INDICES.map(|(heading, _)| heading));
        let asked = self.laws.iter().any(ComparedLaw::asked);
        headings.extend(asked.then_some("closest"));
        let mut table = Table::new("What each law gives", &headings);
        for law in &self.laws {
            let mut row = self.law_row(law);
            row.truncate(headings.len());
            table.push(row);
        }
        table
    }

    fn law_row(&self, law: &ComparedLaw) -> Vec<String> {
        let mut row = Vec::from([law.name().to_string()]);
        let Ok(outcome) = law.outcome() else {
            row.extend(["none", "", "", "", "", "", ""].map(String::from));
            return row;
        };
        row.push(grouped(outcome.total_seats()));
        row.push(match self.moved(law) {
            Some(0) | None => "-".into(),
            Some(seats) => grouped(seats),
        });
        row.push(match law.out().count() {
            0 => "-".into(),
            out => grouped(out as u128),
        });
        row.extend(INDICES.map(|(_, index)| match law.indices() {
            Ok(indices) => indices.shown(index),
            Err(_) => "none".into(),
        }));
        row.push(match law.closest() {
            Ok(Some(margin)) => format!("{}{}", if margin.is_proven() { "" } else { "≤ " }, grouped(margin.votes())),
            Ok(None) => "-".into(),
            Err(_) => "none".into(),
        });
        row
    }

    /// The rows of the table of seats.
    fn rows(&self) -> Vec<Vec<String>> {
        let mut order: Vec<(usize, &PartyOutcome)> = self.parties().iter().enumerate().collect();
        order.sort_by_key(|(_, party)| core::cmp::Reverse((party.certain(), party.votes())));
        let has_seats = |at: usize| {
            self.laws.iter().filter_map(|law| law.outcome().ok()).any(|outcome| {
                outcome.parties().get(at).is_some_and(|party| outcome.possible(party.name()).unwrap_or(0) > 0)
            })
        };
        let (with, without): (Vec<_>, Vec<_>) = order.into_iter().partition(|(at, _)| has_seats(*at));
        let row = |(at, party): (usize, &PartyOutcome)| {
            let mut row = Vec::from([party.name().to_string(), grouped(party.votes())]);
            row.extend(self.laws.iter().map(|law| law.seats(at)));
            row
        };
        let mut rows: Vec<Vec<String>> = with.into_iter().map(row).collect();
        match &without[..] {
            [] => {}
            [only] => rows.push(row(*only)),
            many => {
                let votes: u128 = many.iter().map(|(_, party)| u128::from(party.votes())).sum();
                let mut row = Vec::from([format!("{} others", grouped(many.len() as u128)), grouped(votes)]);
                row.extend(self.laws.iter().map(|law| if law.outcome().is_ok() { "-".into() } else { "none".into() }));
                rows.push(row);
            }
        }
        rows
    }

    /// What went wrong, by law.
    fn failures(&self) -> Vec<String> {
        let one = |law: &ComparedLaw| {
            let error = law.outcome().err().or_else(|| law.indices().err()).or_else(|| law.closest().err())?;
            Some(format!("{}: {error}.", escaped(law.name())))
        };
        self.laws.iter().filter_map(one).collect()
    }

    /// The comparison in Markdown: seats, then what each law gives.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = format!("{}\n{}", self.seats().to_markdown(), self.by_law().to_markdown());
        for failure in self.failures() {
            text += &format!("\n{failure}\n");
        }
        text
    }

    /// The seats in blocks of as many laws as fit a line, each law by its number.
    fn blocks(&self, width: usize) -> Vec<String> {
        let rows = self.rows();
        let numbers: Vec<String> = (1..=self.laws.len()).map(|number| number.to_string()).collect();
        let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let taken = NAME.min(widest(0)).max(5) + 2 + widest(1).max(5);
        let mut lines = Vec::new();
        let mut from = 0;
        while from < numbers.len() {
            let mut room = width.saturating_sub(taken);
            let mut to = from;
            while to < numbers.len() {
                let wide = widest(to + 2).max(numbers[to].len()) + 2;
                if wide > room && to > from {
                    break;
                }
                room = room.saturating_sub(wide);
                to += 1;
            }
            let block = |row: &[String]| [&row[..2], &row[from + 2..to + 2]].concat();
            let head = [&["party".to_string(), "votes".to_string()][..], &numbers[..]].concat();
            let shown = |row: &Vec<String>| block(&row.iter().map(|cell| escaped(cell)).collect::<Vec<_>>());
            let all: Vec<Vec<String>> = core::iter::once(&head).chain(&rows).map(shown).collect();
            lines.extend((from > 0).then(String::new));
            lines.extend(layout::lines(&all, &[Side::Left], width));
            from = to;
        }
        lines
    }
}

/// The indices of a line, and what heads them.
const INDICES: [(&str, Index); 3] =
    [("Gallagher", Index::Gallagher), ("parties", Index::PartiesBySeats), ("no seat", Index::WastedVotes)];

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(WIDTH);
        let mut lines = self.blocks(width);
        lines.push(String::new());
        let table = self.by_law();
        let mut rows: Vec<Vec<String>> = Vec::from([table.headings().to_vec()]);
        rows.extend(table.rows().iter().cloned());
        for (at, row) in rows.iter_mut().enumerate() {
            if at > 0 {
                row[0] = format!("{at:>2} {}", escaped(&row[0]));
            }
        }
        lines.extend(layout::lines(&rows, &[Side::Left], width));
        lines.push(String::new());
        let words = "Moved: seats that go to others than by the first law. Gallagher: 0 is proportional, 100 is not at \
                     all. Parties: as if so many had equal seats. No seat: votes for parties without one.";
        let closest = " Closest: the fewest votes that change the result.";
        let asked = self.laws.iter().any(ComparedLaw::asked);
        lines.extend(fold(&format!("{words}{}", if asked { closest } else { "" }), width, 0));
        lines.extend(self.failures().iter().flat_map(|failure| fold(failure, width, 2)));
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

//! The table of margins: for every party, votes to one seat more and to one seat fewer.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Margin, Margins};
use crate::error::Error;
use crate::insight::Table;
use crate::num::layout;
use crate::num::text::grouped;

/// Columns that a party's name takes in a note.
const BRIEF: usize = 24;

/// Every party's votes to one seat more and to one fewer, with notes on what else happens then.
///
/// A note speaks of the party of its row: "comes in with 2: B -1, C -1". Rows with the same note share its number.
///
/// # Examples
/// ```
/// use apportion::insight::Margins;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 530), ("B", 401), ("C", 69)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse()?));
/// let margins = Margins::new(&rule, &tally)?.table()?;
/// // C has 69 votes and no seat; two votes more bring it one, and the second note says what else they do.
/// assert_eq!(margins.table().rows()[2][..4], ["C", "69", "0", "+2 (2)"]);
/// assert_eq!(margins.notes()[1], "comes in: A -1");
/// println!("{margins}");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarginTable {
    table: Table,
    notes: Vec<String>,
}

impl MarginTable {
    /// The table.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// What the numbers in brackets stand for, from 1.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A margin as a cell: the nearest place with it where there are several, and the number of its note.
    fn cell(&mut self, sign: char, margin: Option<&Margin>, of: &str, briefs: &Briefs<'_>) -> String {
        let Some(margin) = margin else { return "no number".to_string() };
        let most = if margin.is_proven() { "" } else { "<= " };
        let mut text = format!("{most}{sign}{}", grouped(margin.votes()));
        if let Some(place) = margin.place() {
            text = format!("{text} {place}");
        }
        let note = note(margin, of, briefs);
        if !note.is_empty() {
            let at = self.notes.iter().position(|known| *known == note).unwrap_or_else(|| {
                self.notes.push(note);
                self.notes.len() - 1
            });
            text = format!("{text} ({})", at + 1);
        }
        text
    }
}

impl Margins<'_> {
    /// Every party's [`gain`](Self::gain) and [`loss`](Self::loss) as a table, in several places those of the nearest place.
    ///
    /// # Errors
    /// As [`Question::fewest`](super::Question::fewest).
    pub fn table(&self) -> Result<MarginTable, Error> {
        let headings = ["party", "votes", "seats", "one more by", "one less by"];
        let mut made = MarginTable { table: Table::new("Votes to the next seat", &headings), notes: Vec::new() };
        let briefs = Briefs(self.now.parties().iter().map(|party| (party.name(), brief(party.name()))).collect());
        for party in self.now.parties() {
            let name = party.name();
            let gain = made.cell('+', self.gain(name).fewest()?.as_ref(), name, &briefs);
            let loss = match party.certain() {
                0 => String::new(),
                _ => made.cell('-', self.loss(name).fewest()?.as_ref(), name, &briefs),
            };
            let least = party.certain();
            let most = self.now.possible(name).unwrap_or(least).max(least);
            let seats = match most - least {
                0 => grouped(least),
                1 => format!("{} or {}", grouped(least), grouped(most)),
                _ => format!("{} to {}", grouped(least), grouped(most)),
            };
            made.table.push([name.to_string(), grouped(party.votes()), seats, gain, loss]);
        }
        Ok(made)
    }
}

/// What happens to a party beside the one seat that was asked about, and to others if anything does.
fn note(margin: &Margin, of: &str, briefs: &Briefs<'_>) -> String {
    if !margin.is_answered() {
        return "the rule has no answer".to_string();
    }
    let seats = |list: &[(String, u64)]| list.iter().find(|(party, _)| party == of).map_or(0, |&(_, seats)| seats);
    let (more, fewer) = (seats(margin.gains()), seats(margin.losses()));
    let mut parts = Vec::new();
    match (margin.entering().iter().any(|name| name == of), margin.leaving().iter().any(|name| name == of)) {
        (true, _) if more > 1 => parts.push(format!("comes in with {}", grouped(more))),
        (true, _) => parts.push("comes in".to_string()),
        (_, true) => parts.push("falls out".to_string()),
        _ if more > 1 => parts.push(format!("{} seats more", grouped(more))),
        _ if fewer > 1 => parts.push(format!("{} seats fewer", grouped(fewer))),
        _ => {}
    }
    let others = |names: &[String]| -> Vec<String> {
        names.iter().filter(|name| *name != of).map(|name| briefs.of(name)).collect()
    };
    parts.extend(others(margin.entering()).iter().map(|name| format!("{name} comes in")));
    parts.extend(others(margin.leaving()).iter().map(|name| format!("{name} falls out")));
    let tied = others(margin.tied());
    if !tied.is_empty() {
        parts.push(format!("tied: {}", tied.join(", ")));
    }
    if parts.is_empty() {
        return String::new();
    }
    let effects = [(margin.gains(), '+'), (margin.losses(), '-')].into_iter().flat_map(|(list, sign)| {
        let others = list.iter().filter(|(party, _)| party != of);
        others.map(move |(party, seats)| format!("{} {sign}{}", briefs.of(party), grouped(*seats)))
    });
    let effects: Vec<String> = effects.collect();
    let colon = if effects.is_empty() { "" } else { ": " };
    format!("{}{colon}{}", parts.join(", "), effects.join(", "))
}

/// Names as notes have them.
struct Briefs<'n>(Vec<(&'n str, String)>);

impl Briefs<'_> {
    /// A short form of a name, if it is nobody else's; otherwise the name.
    fn of(&self, name: &str) -> String {
        let Some((_, short)) = self.0.iter().find(|(known, _)| *known == name) else { return name.to_string() };
        let shared = self.0.iter().filter(|(_, other)| other == short).count() > 1;
        if shared { name.to_string() } else { short.clone() }
    }
}

/// What stands before a dash or a bracket ("CiU - Convergència i Unió"), cut to some columns.
fn brief(name: &str) -> String {
    let head = name.split(" - ").next().and_then(|head| head.split(" (").next());
    let head = head.filter(|head| !head.is_empty()).unwrap_or(name);
    layout::cut(head, BRIEF)
}

impl fmt::Display for MarginTable {
    /// In 80 columns, or in as many as the format asks for: `{:120}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(layout::WIDTH);
        write!(f, "{:width$}", self.table)?;
        for (at, note) in self.notes.iter().enumerate() {
            let number = format!("({}) ", at + 1);
            let note = layout::escaped(&(number.clone() + note));
            layout::fold(&note, width, number.len()).iter().try_for_each(|line| writeln!(f, "{line}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AllocationMethod, Rule, Tally, Threshold};

    #[test]
    fn rows_with_the_same_note_share_its_number_and_no_line_is_wider_than_asked() {
        let votes =
            [("L - the largest list of all", 700), ("M - the second of the lists", 290), ("N - new", 5), ("O", 5)];
        let tally = Tally::from_votes(votes).unwrap();
        let rule = Rule::new(AllocationMethod::D_HONDT, 30).threshold(Threshold::share("10%".parse().unwrap()));
        let table = Margins::new(&rule, &tally).unwrap().table().unwrap();
        let numbers: Vec<&str> =
            table.table().rows().iter().filter_map(|row| Some(row[3].split_once(' ')?.1)).collect();
        assert_eq!(numbers[numbers.len() - 2], numbers[numbers.len() - 1], "{table}");
        assert!(table.notes().iter().any(|note| note.starts_with("comes in with 3: L -")), "{table}");
        let text = format!("{table:60}");
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    }
}

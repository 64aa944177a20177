//! Outcomes: a rule's result, with named parties.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::allocation::{Settled, Tie};
use crate::party::Party;
use crate::tally::{Base, percent};
use crate::threshold::{Shortfall, grouped};

/// A rule's result: who was admitted and why not, seats, ties, and what the rule had to settle on the way.
///
/// It prints as a table; names are cut to fit 80 columns.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 1)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// assert_eq!(outcome.seats("A"), None); // one seat is still tied
/// assert_eq!(outcome.certain("A"), Some(1));
/// assert_eq!(outcome.tie().unwrap().parties(), ["A", "B"]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outcome {
    pub(crate) parties: Vec<PartyOutcome>,
    pub(crate) tie: Option<Tie<String>>,
    pub(crate) settled: Vec<Settled<String>>,
    pub(crate) vacant: u64,
    pub(crate) seats: u64,
    pub(crate) spared: u128,
    pub(crate) base: Base,
    pub(crate) whole: u128,
}

/// What came out for one party.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartyOutcome {
    pub(crate) party: Party,
    pub(crate) votes: u64,
    pub(crate) counted: u64,
    pub(crate) seats: u64,
    pub(crate) admission: Admission,
}

/// Whether a party took part, and why or why not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Admission {
    /// It passed the threshold, or there was none.
    Passed,
    /// It did not pass, but too few others did.
    Repaired(Shortfall),
    /// It did not pass.
    Refused(Shortfall),
}

impl Admission {
    /// Whether the party took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        matches!(self, Self::Passed | Self::Repaired(_))
    }
}

impl PartyOutcome {
    /// The party.
    #[must_use]
    pub const fn party(&self) -> &Party {
        &self.party
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.party.name()
    }

    /// Its votes: first choices.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The votes that the method saw: none for a party not admitted, more than its first choices where votes were spared.
    #[must_use]
    pub const fn counted(&self) -> u64 {
        self.counted
    }

    /// The seats it has whatever a tie brings.
    #[must_use]
    pub const fn certain(&self) -> u64 {
        self.seats
    }

    /// Whether it took part, and why or why not.
    #[must_use]
    pub const fn admission(&self) -> &Admission {
        &self.admission
    }

    /// Whether it took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        self.admission.is_admitted()
    }
}

impl Outcome {
    /// The parties, in the order in which they went in.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutcome] {
        &self.parties
    }

    /// What came out for the party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutcome> {
        self.parties.iter().find(|party| party.name() == name)
    }

    /// A party's seats; `None` while its last one is tied, or if no such party stands.
    #[must_use]
    pub fn seats(&self, name: &str) -> Option<u64> {
        self.certain(name).filter(|_| !self.is_tied(name))
    }

    /// The seats that a party has whatever a tie brings; `None` if no such party stands.
    #[must_use]
    pub fn certain(&self, name: &str) -> Option<u64> {
        self.party(name).map(PartyOutcome::certain)
    }

    /// Whether a party is in the open tie.
    #[must_use]
    pub fn is_tied(&self, name: &str) -> bool {
        self.tie.as_ref().is_some_and(|tie| tie.parties().iter().any(|tied| tied == name))
    }

    /// The open tie, if there is one.
    #[must_use]
    pub const fn tie(&self) -> Option<&Tie<String>> {
        self.tie.as_ref()
    }

    /// The seats that tie-breaks gave.
    #[must_use]
    pub fn settled(&self) -> &[Settled<String>] {
        &self.settled
    }

    /// Seats that the parties' maximums left vacant.
    #[must_use]
    pub const fn vacant(&self) -> u64 {
        self.vacant
    }

    /// The seats that were to be given out.
    #[must_use]
    pub const fn total_seats(&self) -> u64 {
        self.seats
    }

    /// Ranked ballots that moved on to an admitted party further down.
    #[must_use]
    pub const fn spared(&self) -> u128 {
        self.spared
    }
}

/// The columns of the printed table before the names are set beside them.
const HEADINGS: [&str; 4] = ["votes", "share", "seats", "of seats"];
/// The widest that a name may print, so that the table stays within 80 columns.
const NAME_WIDTH: usize = 36;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.parties.iter().map(|party| shortened(party.name())).collect();
        let total = self.parties.iter().map(|party| u128::from(party.votes)).sum::<u128>();
        let given: u128 = self.parties.iter().map(|party| u128::from(party.seats)).sum();
        let row = |votes: u128, seats: String, of_seats: String| {
            [grouped(votes), percent(votes, self.whole, None), seats, of_seats]
        };
        let mut rows: Vec<(&str, [String; 4])> = Vec::new();
        for (name, party) in names.iter().zip(&self.parties) {
            let open = if self.is_tied(party.name()) { "+?" } else { "" };
            let cells = match party.is_admitted() {
                true => {
                    let share = percent(party.seats.into(), self.seats.into(), None);
                    row(party.votes.into(), grouped(party.seats) + open, share)
                }
                false => row(party.votes.into(), "out".into(), String::new()),
            };
            rows.push((name, cells));
        }
        let all = percent(given, self.seats.into(), None);
        rows.push(("all", row(total, grouped(given), all)));

        let name_width = names.iter().map(|name| name.width()).max().unwrap_or(0).max("party".len());
        let width = |column: usize| {
            let cells = rows.iter().map(|(_, cells)| cells[column].len()).max().unwrap_or(0);
            cells.max(HEADINGS[column].len())
        };
        let widths = [width(0), width(1), width(2), width(3)];
        let mut line = |name: &str, cells: [&str; 4]| {
            let padding = name_width - name.width().min(name_width);
            let mut text = format!("{name}{:padding$}", "");
            for (cell, width) in cells.into_iter().zip(widths) {
                text += &format!("  {cell:>width$}");
            }
            writeln!(f, "{}", text.trim_end())
        };
        line("party", HEADINGS)?;
        for (name, cells) in &rows {
            line(name, [&cells[0], &cells[1], &cells[2], &cells[3]])?;
        }

        writeln!(f, "shares are of {} {}", grouped(self.whole), self.base)?;
        for party in &self.parties {
            match &party.admission {
                Admission::Passed => {}
                Admission::Repaired(shortfall) => {
                    writeln!(f, "{}: admitted though {shortfall}, as too few passed", party.name())?;
                }
                Admission::Refused(shortfall) => writeln!(f, "{}: out, {shortfall}", party.name())?,
            }
        }
        if self.spared > 0 {
            writeln!(f, "{} ballots moved on to an admitted party", grouped(self.spared))?;
        }
        for settled in &self.settled {
            writeln!(f, "tie settled by {}: a seat each to {}", settled.by, settled.parties.join(", "))?;
        }
        if let Some(tie) = &self.tie {
            writeln!(f, "open tie: {tie}")?;
        }
        if self.vacant > 0 {
            writeln!(f, "vacant: {} seats that no maximum lets anyone take", grouped(self.vacant))?;
        }
        Ok(())
    }
}

/// A name cut to the table's width.
fn shortened(name: &str) -> String {
    if name.width() <= NAME_WIDTH {
        return name.to_string();
    }
    let mut text = String::new();
    let mut width = 0;
    for letter in name.chars() {
        width += letter.width().unwrap_or(0);
        if width >= NAME_WIDTH {
            break;
        }
        text.push(letter);
    }
    text + "…"
}

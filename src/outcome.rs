//! Outcomes: a rule's result, with named parties.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::allocation::Settled;
use crate::base::Base;
use crate::num::Ratio;
use crate::num::text::{grouped, percent};
use crate::party::Party;
use crate::shortfall::Shortfall;
use crate::tie::Tie;

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
    /// Several where there are several districts or alliances.
    pub(crate) ties: Vec<Tie<String>>,
    pub(crate) settled: Vec<Settled<String>>,
    pub(crate) vacant: u64,
    pub(crate) seats: u64,
    pub(crate) spared: u128,
    pub(crate) base: Base,
    pub(crate) whole: u128,
    pub(crate) stages: Vec<StageOutcome>,
    /// Lists that gave seats up for want of candidates.
    pub(crate) exhausted: Vec<String>,
    /// Lists that gave seats up to the cap.
    pub(crate) capped: Vec<String>,
    pub(crate) bonus: Option<(String, u64)>,
    pub(crate) districts: Vec<DistrictOutcome>,
    /// Whether parties were admitted district by district, so that there is no one reason.
    pub(crate) admitted_apart: bool,
}

/// The seats after one stage of a method in stages, or after what the rule does next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StageOutcome {
    pub(crate) name: String,
    pub(crate) seats: Vec<u64>,
}

impl StageOutcome {
    /// The stage, in words: "whole quotas (Hare quota)".
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The certain seats after it, those of the stages before included, in the order of [`Outcome::parties`].
    #[must_use]
    pub fn seats(&self) -> &[u64] {
        &self.seats
    }
}

/// What came out in one of several districts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DistrictOutcome {
    pub(crate) name: String,
    pub(crate) outcome: Outcome,
}

impl DistrictOutcome {
    /// The district's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its own outcome.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.outcome
    }
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
    /// The same, and its votes count at this weight.
    Weighed(Shortfall, Ratio),
    /// It did not pass.
    Refused(Shortfall),
}

impl Admission {
    /// Whether the party took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        matches!(self, Self::Passed | Self::Repaired(_) | Self::Weighed(..))
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

    /// Whether a party is in an open tie.
    #[must_use]
    pub fn is_tied(&self, name: &str) -> bool {
        self.ties.iter().any(|tie| tie.parties().iter().any(|tied| tied == name))
    }

    /// The open tie, if there is one; the first, if several districts or alliances have one each.
    #[must_use]
    pub fn tie(&self) -> Option<&Tie<String>> {
        self.ties.first()
    }

    /// All open ties: at most one, unless there are several districts or alliances.
    #[must_use]
    pub fn ties(&self) -> &[Tie<String>] {
        &self.ties
    }

    /// The seats after each stage, where the method has stages or the rule goes on after it; empty for districts together
    /// and for alliances.
    #[must_use]
    pub fn stages(&self) -> &[StageOutcome] {
        &self.stages
    }

    /// The party that has a bonus, and its seats by it, which are among its own.
    #[must_use]
    pub fn bonus(&self) -> Option<(&str, u64)> {
        self.bonus.as_ref().map(|(name, seats)| (name.as_str(), *seats))
    }

    /// The districts, in the order in which they were given; empty where there was one tally.
    #[must_use]
    pub fn districts(&self) -> &[DistrictOutcome] {
        &self.districts
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

    /// What the shares of votes in its table are taken of.
    pub(crate) const fn whole(&self) -> u128 {
        self.whole
    }

    /// Ranked ballots that moved on to an admitted party further down.
    #[must_use]
    pub const fn spared(&self) -> u128 {
        self.spared
    }
}

/// The widest that a name may print, so that the table stays within 80 columns.
const NAME_WIDTH: usize = 36;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.table() {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "shares are of {} {}", grouped(self.whole), self.base)?;
        for party in &self.parties {
            let name = shortened(party.name());
            match &party.admission {
                Admission::Passed => {}
                Admission::Refused(_) if self.admitted_apart => writeln!(f, "{name}: out wherever it stood")?,
                _ if self.admitted_apart => {}
                Admission::Repaired(shortfall) => {
                    writeln!(f, "{name}: admitted though {shortfall}, as too few passed")?;
                }
                Admission::Weighed(shortfall, weight) => {
                    writeln!(f, "{name}: admitted at {weight} of its votes though {shortfall}, as too few passed")?;
                }
                Admission::Refused(shortfall) => writeln!(f, "{name}: out, {shortfall}")?,
            }
        }
        if self.spared > 0 {
            writeln!(f, "{} ballots moved on to an admitted party", grouped(self.spared))?;
        }
        for settled in &self.settled {
            writeln!(f, "tie settled by {}: a seat each to {}", settled.by, settled.parties.join(", "))?;
        }
        if let Some((name, seats)) = self.bonus() {
            writeln!(f, "bonus: {} of the seats of {}", grouped(seats), shortened(name))?;
        }
        self.warnings().iter().try_for_each(|warning| writeln!(f, "{warning}"))
    }
}

impl Outcome {
    /// Whether the method saw other votes than the admitted parties'.
    fn shows_counted(&self) -> bool {
        let weighed = |party: &PartyOutcome| matches!(party.admission, Admission::Weighed(..));
        self.spared > 0 || self.parties.iter().any(weighed)
    }

    /// The lines of the table: a heading, a party each, and all of them.
    fn table(&self) -> Vec<String> {
        let total: u128 = self.parties.iter().map(|party| u128::from(party.votes)).sum();
        let counted: u128 = self.parties.iter().map(|party| u128::from(party.counted)).sum();
        let given: u128 = self.parties.iter().map(|party| u128::from(party.seats)).sum();
        let share = |votes: u128| percent(votes, self.whole, None);
        let of_seats = |seats: u128| percent(seats, self.seats.into(), None);

        let mut rows = Vec::from([["party", "votes", "share", "counted", "seats", "of seats"].map(String::from)]);
        for party in &self.parties {
            let (votes, seats) = (u128::from(party.votes), u128::from(party.seats));
            let open = if self.is_tied(party.name()) { "+?" } else { "" };
            let (counted, seats, of_seats) = match party.is_admitted() {
                true => (grouped(party.counted), grouped(seats) + open, of_seats(seats)),
                false => (String::new(), "out".into(), String::new()),
            };
            rows.push([shortened(party.name()), grouped(votes), share(votes), counted, seats, of_seats]);
        }
        rows.push(["all".into(), grouped(total), share(total), grouped(counted), grouped(given), of_seats(given)]);

        let columns: Vec<usize> = (0..6).filter(|&column| column != 3 || self.shows_counted()).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = columns.iter().map(|&column| width(column)).collect();
        let line = |row: &[String; 6]| {
            let mut text = String::new();
            for (&column, &width) in columns.iter().zip(&widths) {
                let (cell, padding) = (&row[column], width - row[column].width());
                match column {
                    0 => text += &format!("{cell}{:padding$}", ""),
                    _ => text += &format!("  {:padding$}{cell}", ""),
                }
            }
            text.trim_end().to_string()
        };
        rows.iter().map(line).collect()
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

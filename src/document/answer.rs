//! Answers: an outcome as other programs read it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::Election;
use crate::allocation::Settled;
use crate::outcome::Outcome;
use crate::tie::Tie;

/// An outcome as other programs read it, or the error.
///
/// As JSON: `{"id", "name", "seats", "parties": [{"name", "votes", "seats", "admitted"}], "ties": [{"parties", "seats"}],
/// "as_recorded"}`, or `{"id", "error"}`. A party's seats are its certain ones while a tie is open. `settled` (by
/// tie-breaks), `vacant` and, in a rule with spare votes, `counted` and `spared` stand there where they say something.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Election, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let election = Election::new(Rule::new(AllocationMethod::D_HONDT, 3), tally);
/// let json = serde_json::to_string(&election.answer())?;
/// assert!(json.ends_with(r#""ties":[{"parties":["A","B"],"seats":1}],"as_recorded":null}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Answer {
    /// The outcome.
    #[non_exhaustive]
    Answered {
        /// The election's id.
        id: Option<String>,
        /// The election's name.
        name: Option<String>,
        /// The seats that were to be given out.
        seats: u64,
        /// What came out for each party.
        parties: Vec<AnsweredParty>,
        /// The open tie, if there is one; those of all districts.
        ties: Vec<AnsweredTie>,
        /// The districts, where there are several; `parties` are their totals.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        districts: Vec<AnsweredDistrict>,
        /// The seats that tie-breaks gave.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        settled: Vec<Settled<String>>,
        /// Seats that nobody may take.
        #[serde(skip_serializing_if = "Option::is_none")]
        vacant: Option<u64>,
        /// Ranked ballots that moved to a party further down.
        #[serde(skip_serializing_if = "Option::is_none")]
        spared: Option<u128>,
        /// Whether the seats are those on record; `None` if none are.
        as_recorded: Option<bool>,
    },
    /// Why there is no outcome.
    Failed {
        /// The election's id, as far as it was read.
        id: Option<String>,
        /// What is wrong, and where.
        error: String,
    },
}

/// A party in an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AnsweredParty {
    /// Its name.
    pub name: String,
    /// Its votes: first choices.
    pub votes: u64,
    /// The votes that the method saw, where the rule spares votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<u64>,
    /// Its certain seats.
    pub seats: u64,
    /// Whether it took part.
    pub admitted: bool,
}

/// A district in an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AnsweredDistrict {
    /// Its name.
    pub name: String,
    /// Its seats.
    pub seats: u64,
    /// What came out for each party that stands there.
    pub parties: Vec<AnsweredParty>,
    /// The open tie, if there is one.
    pub ties: Vec<AnsweredTie>,
    /// Seats that nobody may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vacant: Option<u64>,
}

/// An open tie in an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AnsweredTie {
    /// The parties.
    pub parties: Vec<String>,
    /// The seats left among them.
    pub seats: u64,
}

impl Answer {
    /// The answer that there is none, and why.
    #[must_use]
    pub fn error(id: Option<String>, error: &impl ToString) -> Self {
        Self::Failed { id, error: error.to_string() }
    }

    /// Whether this is an outcome, and not an error.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        matches!(self, Self::Answered { .. })
    }

    pub(super) fn of(election: &Election, outcome: &Outcome) -> Self {
        let counts = election.rule.spare_votes || election.rule.second_list.is_some();
        let parties = |outcome: &Outcome| {
            let answered = outcome.parties().iter().map(|party| AnsweredParty {
                name: party.name().to_string(),
                votes: party.votes(),
                counted: counts.then_some(party.counted()),
                seats: party.certain(),
                admitted: party.is_admitted(),
            });
            answered.collect::<Vec<_>>()
        };
        let tie = |tie: &Tie<String>| AnsweredTie { parties: tie.parties().to_vec(), seats: tie.seats() };
        let ties = |outcome: &Outcome| outcome.ties().iter().map(tie).collect::<Vec<_>>();
        let vacant = |outcome: &Outcome| Some(outcome.vacant()).filter(|&vacant| vacant > 0);
        let districts = outcome.districts().iter().map(|district| AnsweredDistrict {
            name: district.name().to_string(),
            seats: district.outcome().total_seats(),
            parties: parties(district.outcome()),
            ties: ties(district.outcome()),
            vacant: vacant(district.outcome()),
        });
        Self::Answered {
            id: election.id.clone(),
            name: election.name.clone(),
            seats: outcome.total_seats(),
            parties: parties(outcome),
            ties: ties(outcome),
            districts: districts.collect(),
            settled: outcome.settled().to_vec(),
            vacant: vacant(outcome),
            spared: election.rule.spare_votes.then(|| outcome.spared()),
            as_recorded: election.as_recorded(outcome),
        }
    }
}

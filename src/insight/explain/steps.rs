//! The steps as values, one at a time.

use core::fmt;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::averages::{Award, Cut};
use super::{Explanation, Requirement};
use crate::allocation::TieBreak;
use crate::num::text::grouped;
use crate::outcome::Admission;

/// One step on the way from votes to seats; prints as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// A party before the threshold.
    Threshold {
        /// The party.
        party: String,
        /// The parts of the threshold.
        requirements: Vec<Requirement>,
        /// Whether it takes part, and why or why not.
        admission: Admission,
    },
    /// A party's minimum comes first.
    Minimum {
        /// The party.
        party: String,
        /// Its new seats by the minimum.
        seats: u64,
    },
    /// The quota.
    Quota {
        /// The quota's name.
        name: String,
        /// The votes that it is taken of.
        votes: u128,
        /// What they are divided by.
        divisor: u128,
        /// The quota in votes, with two decimals.
        size: String,
    },
    /// A party's whole quotas.
    WholeQuotas {
        /// The party.
        party: String,
        /// Its votes.
        votes: u64,
        /// Its seats by whole quotas, within its bounds.
        seats: u64,
        /// What is left of its votes.
        remainder: String,
    },
    /// A seat by remainder.
    Remainder {
        /// The number of the seat among those left after the whole quotas, from 1.
        number: u64,
        /// The party.
        party: String,
        /// Its remainder in votes.
        remainder: String,
    },
    /// A seat taken away, as the whole quotas gave out too many.
    Excess {
        /// The party with one of the smallest remainders.
        party: String,
        /// Its remainder in votes.
        remainder: String,
    },
    /// A seat by quotient.
    Award(Award),
    /// The cut between the last seat awarded and the first refused.
    Cut(Cut),
    /// Seats that a tie-break gave.
    Settled {
        /// The tie-break.
        by: TieBreak<String>,
        /// Who won a seat by it.
        parties: Vec<String>,
    },
    /// A tie that stays open.
    Tie {
        /// The parties.
        parties: Vec<String>,
        /// The seats left among them.
        seats: u64,
    },
    /// Seats that no maximum lets anyone take.
    Vacant {
        /// The seats.
        seats: u64,
    },
}

/// Iterator over the steps, in the order of the law; see [`Explanation::steps`].
pub struct Steps<'a>(Box<dyn Iterator<Item = Step> + 'a>);

impl<'a> Steps<'a> {
    pub(super) fn new(explanation: &'a Explanation<'a>) -> Self {
        Self::with(explanation, Some(explanation.awards()))
    }

    /// All but the seats by quotient, of which there may be very many.
    pub(super) fn without_awards(explanation: &'a Explanation<'a>) -> Self {
        Self::with(explanation, None)
    }

    fn with(explanation: &'a Explanation<'a>, awards: Option<super::Awards<'a>>) -> Self {
        let name = |index: usize| explanation.name(index);
        let parties = explanation.outcome.parties().iter().zip(&explanation.requirements);
        let thresholds = parties.filter(|(_, requirements)| !requirements.is_empty()).map(|(party, requirements)| {
            let party_name = String::from(party.name());
            Step::Threshold {
                party: party_name,
                requirements: requirements.clone(),
                admission: party.admission().clone(),
            }
        });
        let with_minimum = explanation.taking_part().filter(|(_, shares)| shares.lower > 0);
        let minimums =
            with_minimum.map(move |(index, shares)| Step::Minimum { party: name(index), seats: shares.lower });

        let quotas = explanation.quotas.iter();
        let quota = quotas.clone().map(|quotas| Step::Quota {
            name: quotas.name.clone(),
            votes: quotas.votes,
            divisor: quotas.divisor,
            size: quotas.size_text(),
        });
        let whole = quotas.clone().flat_map(|quotas| &quotas.parties).map(|share| Step::WholeQuotas {
            party: share.party.clone(),
            votes: share.votes,
            seats: share.whole,
            remainder: share.remainder.clone(),
        });
        let remainders = quotas.clone().flat_map(super::Quotas::last_seats).zip(1..).map(|(share, number)| {
            Step::Remainder { number, party: share.party.clone(), remainder: share.remainder.clone() }
        });
        let excess = quotas
            .flat_map(super::Quotas::lost_seats)
            .map(|share| Step::Excess { party: share.party.clone(), remainder: share.remainder.clone() });

        let awards = awards.into_iter().flatten().map(Step::Award);
        let cut = explanation.cut().into_iter().map(Step::Cut);
        let outcome = &explanation.outcome;
        let settled = outcome.settled().iter();
        let settled = settled.map(|settled| Step::Settled { by: settled.by.clone(), parties: settled.parties.clone() });
        let tie =
            outcome.tie().into_iter().map(|tie| Step::Tie { parties: tie.parties().to_vec(), seats: tie.seats() });
        let vacant = Some(outcome.vacant()).filter(|&seats| seats > 0).map(|seats| Step::Vacant { seats });
        Self(Box::new(
            thresholds
                .chain(minimums)
                .chain(quota)
                .chain(whole)
                .chain(remainders)
                .chain(excess)
                .chain(awards)
                .chain(cut)
                .chain(settled)
                .chain(tie)
                .chain(vacant),
        ))
    }
}

impl Iterator for Steps<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        self.0.next()
    }
}

impl fmt::Debug for Steps<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Steps")
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |seats: u64| if seats == 1 { "" } else { "s" };
        match self {
            Self::Threshold { party, requirements, admission } => {
                let verdict = match admission {
                    Admission::Passed => "takes part",
                    Admission::Repaired(_) => "takes part, as too few passed",
                    Admission::Weighed(..) => "takes part with weighed votes, as too few passed",
                    Admission::Refused(_) => "is out",
                };
                write!(f, "{party} {verdict}")?;
                for requirement in requirements {
                    write!(f, "; it has {requirement}")?;
                }
                Ok(())
            }
            Self::Minimum { party, seats } => {
                write!(f, "{party} has {} seat{} by minimum", grouped(*seats), plural(*seats))
            }
            Self::Quota { name, votes, divisor, size } => {
                write!(f, "{name}: {} votes / {} = {size} votes a seat", grouped(*votes), grouped(*divisor))
            }
            Self::WholeQuotas { party, votes, seats, remainder } => {
                let (votes, seats, plural) = (grouped(*votes), grouped(*seats), plural(*seats));
                write!(f, "{party}: {votes} votes make {seats} seat{plural}, {remainder} votes remain")
            }
            Self::Remainder { number, party, remainder } => {
                write!(f, "seat {number} of those left to {party} by a remainder of {remainder} votes")
            }
            Self::Excess { party, remainder } => {
                write!(f, "{party} loses a seat with a remainder of {remainder} votes, as too many are given out")
            }
            Self::Award(award) => award.fmt(f),
            Self::Cut(cut) => cut.fmt(f),
            Self::Settled { by, parties } => write!(f, "tie settled by {by}: a seat each to {}", parties.join(", ")),
            Self::Tie { parties, seats } => {
                write!(f, "open tie: {} seat{} among {}", grouped(*seats), plural(*seats), parties.join(", "))
            }
            Self::Vacant { seats } => write!(f, "{} seat{} stay vacant", grouped(*seats), plural(*seats)),
        }
    }
}

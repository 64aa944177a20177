//! Clauses of a law that an election did not need.

use core::fmt;

use alloc::vec::Vec;

use crate::outcome::Admission;
use crate::rule::provisions::admission::NonePasses;
use crate::rule::{Exhaustion, Record, Tier};

/// A clause that changed nothing in an outcome: too few parties might have passed, and did not; nobody reached the cap.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Clause, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("7%".parse()?)).admit_at_least(2);
/// let outcome = rule.apply(&tally)?;
/// // Both parties pass the threshold.
/// assert_eq!(outcome.tiers()[0].idle(), [Clause::AtLeast(2)]);
/// assert_eq!(outcome.tiers()[0].idle()[0].to_string(), "the clause that at least 2 parties take part");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Clause {
    /// At least so many parties take part.
    AtLeast(usize),
    /// Those who take part hold a share of the votes.
    AdmittedShare,
    /// Everyone takes part where nobody passes.
    NonePasses,
    /// Second choices of ranked ballots.
    SpareVotes,
    /// A bonus for the first.
    Bonus,
    /// No more seats than a share of the votes allows.
    Cap,
    /// More than half of the votes bring more than half of the seats.
    Majority,
    /// Seats beyond a list's candidates go to others.
    Exhaustion,
    /// How ties are settled.
    TieBreak,
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(parties) => write!(f, "the clause that at least {parties} parties take part"),
            Self::AdmittedShare => f.write_str("the share of the votes that those who take part must hold"),
            Self::NonePasses => f.write_str("the clause for an election in which nobody passes"),
            Self::SpareVotes => f.write_str("second choices"),
            Self::Bonus => f.write_str("the bonus"),
            Self::Cap => f.write_str("the cap on seats"),
            Self::Majority => f.write_str("the clause for an absolute majority"),
            Self::Exhaustion => f.write_str("the clause for lists without candidates left"),
            Self::TieBreak => f.write_str("a tie-break"),
        }
    }
}

/// The clauses of a tier that its records do not show at work.
pub(super) fn idle(tier: &Tier, index: usize, records: &[Record], spared: bool) -> Vec<Clause> {
    let mut let_in = false;
    let (mut bonus, mut capped, mut majority, mut exhausted, mut settled) = (false, false, false, false, false);
    for record in records {
        match record {
            Record::Admission(record) if record.tier == index => {
                let helped =
                    |admission: &Admission| matches!(admission, Admission::Repaired(_) | Admission::Weighed(..));
                let_in |= record.admissions.iter().any(helped);
            }
            Record::Bonus(record) if record.tier == index => bonus = true,
            Record::Capped(record) if record.tier == index => capped = true,
            Record::Majority(record) if record.tier == index => majority = true,
            Record::Exhausted(record) if record.tier == index => exhausted = true,
            Record::Contest(record) if record.tier == index => settled |= !record.settled.is_empty(),
            _ => {}
        }
    }
    let clauses = [
        (tier.admit_at_least.parties > 0 && !let_in, Clause::AtLeast(tier.admit_at_least.parties)),
        (tier.admitted_share.is_some() && !let_in, Clause::AdmittedShare),
        (tier.none_passes != NonePasses::Error && !let_in, Clause::NonePasses),
        (tier.spare_votes && !spared, Clause::SpareVotes),
        (tier.bonus.is_some() && !bonus, Clause::Bonus),
        (tier.cap.is_some() && !capped, Clause::Cap),
        (tier.majority.is_some() && !majority, Clause::Majority),
        (tier.exhaustion == Exhaustion::Reassign && !exhausted, Clause::Exhaustion),
        (!tier.tie_break.is_empty() && !settled, Clause::TieBreak),
    ];
    clauses.into_iter().filter(|(idle, _)| *idle).map(|(_, clause)| clause).collect()
}

//! Objections: why claimed seats are wrong, in a sentence.

use core::fmt;

use alloc::string::String;

use crate::allocation::TieBreak;
use crate::num::text::grouped;

/// Why claimed seats are wrong, and where; prints as a sentence.
///
/// # Examples
/// ```
/// use apportion::insight::{ClaimedSeats, Verdict, verify};
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let north = Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(5);
/// let south = Place::district("South", Tally::from_votes([("A", 10), ("B", 90)])?).with_seats(2);
/// let count = Count::of_places([north, south])?;
/// let claim = ClaimedSeats::default().at("North", "A", 4).at("North", "B", 1);
/// let verdict = verify(&Rule::new(AllocationMethod::SAINTE_LAGUE, 7), &count, claim)?;
/// let Verdict::Wrong(objections) = verdict else { panic!("A has three seats") };
/// assert_eq!(objections[0].place.as_deref(), Some("North"));
/// assert_eq!(objections[0].to_string(), "North: A holds seat 4 by 8.57, but B's seat 2 comes first by 13.33");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Objection {
    /// The place, where there are several.
    pub place: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with claimed seats.
///
/// # Examples
/// ```
/// use apportion::insight::{Fault, Verdict, verify};
/// use apportion::{AllocationMethod, Party, Rule, Tally};
///
/// let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 60), ("B".into(), 40)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 5);
/// let Verdict::Wrong(objections) = verify(&rule, &tally, [3, 2])? else { panic!("A has two candidates") };
/// assert_eq!(objections[0].fault, Fault::AboveMaximum { party: "A".into(), seats: 3, maximum: 2 });
/// assert_eq!(objections[0].fault.to_string(), "A has 3 seats, but may have 2 at most");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A party has seats, but does not take part.
    NotAdmitted {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
    },
    /// A party has fewer seats than its minimum.
    BelowMinimum {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
        /// The new seats that its minimum demands.
        minimum: u64,
    },
    /// A party has more seats than it may: its maximum, or any without votes.
    AboveMaximum {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
        /// The new seats that it may have.
        maximum: u64,
    },
    /// A party has fewer seats than its whole quotas, or more than one beyond them.
    WholeQuotas {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
        /// The fewest it can have.
        fewest: u64,
        /// The most it can have.
        most: u64,
    },
    /// One party holds a seat that another has the better claim to.
    Pair {
        /// The party with a seat too many.
        over: Claimant,
        /// The party with a seat too few.
        under: Claimant,
    },
    /// Two parties have equal claims, and a tie-break prefers the one without the seat.
    TieBreak {
        /// The tie-break.
        by: TieBreak<String>,
        /// The party with the seat.
        over: String,
        /// The party that the tie-break prefers.
        under: String,
    },
    /// A party has other seats than the law gives it.
    Differs {
        /// The party.
        party: String,
        /// The tier, where it is about one.
        tier: Option<String>,
        /// The seats claimed for it.
        claimed: i128,
        /// The fewest that the law gives it.
        fewest: i128,
        /// The most that the law gives it.
        most: i128,
    },
    /// No end of the ties gives all these seats together, though each may be one party's.
    NotTogether,
    /// A number on the way does not follow from what was counted.
    Step {
        /// What it is about: "the threshold", "the whole quotas of A".
        what: String,
    },
}

/// A party's claim to a seat.
///
/// # Examples
/// ```
/// use apportion::insight::{Fault, Verdict, verify};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 30), ("C", 10)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// let Verdict::Wrong(objections) = verify(&rule, &tally, [3, 1, 1])? else { panic!("C has no claim") };
/// let Fault::Pair { over, under } = &objections[0].fault else { panic!("two claims in the wrong order") };
/// assert_eq!((over.party.as_str(), over.seat, over.claim.as_str()), ("C", 1, "10.00"));
/// assert_eq!((under.party.as_str(), under.seat, under.claim.as_str()), ("B", 2, "15.00"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claimant {
    /// The party.
    pub party: String,
    /// The number of the seat among the party's own new ones, from 1.
    pub seat: u64,
    /// The claim, with two decimals: a quotient, or the remainder in votes.
    pub claim: String,
}

impl Claimant {
    pub(super) const fn new(party: String, seat: u64, claim: String) -> Self {
        Self { party, seat, claim }
    }
}

fn seats_text(seats: u64) -> String {
    if seats == 1 { "1 seat".into() } else { alloc::format!("{} seats", grouped(seats)) }
}

impl fmt::Display for super::Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Correct => f.write_str("correct"),
            Self::Tied { parties, seats } => {
                write!(f, "one of the ways in which {} can go to {}", seats_text(*seats), parties.join(", "))
            }
            Self::Wrong(objections) => {
                f.write_str("wrong: ")?;
                for (at, objection) in objections.iter().enumerate() {
                    if at > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{objection}")?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        self.fault.fmt(f)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAdmitted { party, seats } => {
                write!(f, "{party} has {}, but is not admitted", seats_text(*seats))
            }
            Self::BelowMinimum { party, seats, minimum } => {
                write!(f, "{party} has {}, but a minimum of {}", seats_text(*seats), grouped(*minimum))
            }
            Self::AboveMaximum { party, seats, maximum } => {
                write!(f, "{party} has {}, but may have {} at most", seats_text(*seats), grouped(*maximum))
            }
            Self::WholeQuotas { party, seats, fewest, most } => {
                let (seats, fewest, most) = (seats_text(*seats), grouped(*fewest), grouped(*most));
                write!(f, "{party} has {seats}, but its whole quotas allow {fewest} to {most}")
            }
            Self::Pair { over, under } => write!(
                f,
                "{} holds seat {} by {}, but {}'s seat {} comes first by {}",
                over.party, over.seat, over.claim, under.party, under.seat, under.claim
            ),
            Self::TieBreak { by, over, under } => {
                write!(f, "{over} and {under} have the same claim, and {by} prefers {under}")
            }
            Self::Differs { party, tier, claimed, fewest, most } => {
                write!(f, "{party} is said to have {claimed}")?;
                if let Some(tier) = tier {
                    write!(f, " by {tier}")?;
                }
                write!(f, ", but has {fewest}")?;
                if most > fewest { write!(f, " to {most}") } else { Ok(()) }
            }
            Self::NotTogether => f.write_str("no end of the ties gives all these seats together"),
            Self::Step { what } => write!(f, "{what} does not follow from the count"),
        }
    }
}

//! While the count goes on: what is still possible, and which seats are certain.

mod fields;
mod open;
mod search;
mod squeeze;

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::counts::Counts;
use super::reading::Reading;
use super::table::Table;
use crate::error::Error;
use crate::num::text::grouped;
use crate::rule::Rule;
use crate::count::Tally;

/// What each party can still end with, given the tally so far and the number of ballots still out.
///
/// Every ballot out may turn out for any party of the tally or for contestants not listed, against all, blank or invalid.
/// A party's *fewest* seats are the fewest certain ones over all these completions, its *most* are the most with any seat
/// that a tie may bring; completions for which the rule has no answer are left out. What is at least the fewest is *certain*
/// already.
///
/// Both are bounds by proof, and *tight* where a completion was found that attains them:
///
/// - At fixed admission more votes for a party never cost it a seat, and more for its rivals never bring it one. So its most
///   are found with all ballots for it. For the fewest, its rivals need just so many votes that enough of their claims
///   come before its last seat; how few do is found by dynamic programming over the rivals' seats.
/// - Who can be admitted is enumerated, as admission moves the quota of largest remainders either way.
/// - Where that leaves a gap and the completions are few, all of them are tried.
///
/// What is not tight says so: many parties near the threshold, quotas with minimums, more seats than can be enumerated.
///
/// # Examples
/// ```
/// use apportion::insight::Outlook;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let so_far = Tally::from_votes([("A", 500), ("B", 300), ("C", 90)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// let outlook = Outlook::new(&rule, &so_far, 20)?;
/// let a = outlook.party("A").unwrap();
/// assert_eq!((a.fewest(), a.most()), (3, 3)); // whatever the 20 ballots say
/// assert!(outlook.is_decided());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    parties: Vec<PartyOutlook>,
    ballots_out: u64,
    seats: u64,
}

/// What one party can still end with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyOutlook {
    party: String,
    votes: u64,
    fewest: Bound,
    most: Bound,
}

/// A bound on seats, and whether a completion attains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound {
    seats: u64,
    tight: bool,
}

impl Outlook {
    /// What is still possible while this many ballots are out.
    ///
    /// # Errors
    /// Those of [`Rule::apply`] that do not depend on the votes; [`Error::NotCovered`] for a rule with spare votes;
    /// [`Error::TooManyVotes`] if a party could end with more than 2^64 - 1 votes.
    pub fn new(rule: &Rule, tally: &Tally, ballots_out: u64) -> Result<Self, Error> {
        let reading = Reading::new(rule, tally)?;
        if tally.parties().is_empty() {
            return Err(Error::NoParties);
        }
        if rule.spare_votes {
            return Err(Error::NotCovered { what: "outlooks", feature: "spare votes".to_string() });
        }
        rule.check_for(tally)?;
        let counts = Counts::of(tally)?;
        reading.bases_are_counted(&counts)?;
        for (party, &votes) in tally.parties().iter().zip(counts.votes()) {
            if votes.checked_add(ballots_out).is_none() {
                let count = u128::from(votes) + u128::from(ballots_out);
                return Err(Error::TooManyVotes { what: party.name().to_string(), count });
            }
        }
        let bounds = search::bounds(reading, &counts, ballots_out)?;
        let parties = tally.parties().iter().zip(counts.votes()).zip(bounds);
        let parties = parties.map(|((party, &votes), (fewest, most))| PartyOutlook {
            party: party.name().to_string(),
            votes,
            fewest,
            most,
        });
        Ok(Self { parties: parties.collect(), ballots_out, seats: rule.seats })
    }

    /// What is still possible of so many ballots cast, of which the tally counts a part.
    ///
    /// # Errors
    /// Those of [`new`](Self::new); [`Error::CastBelowParts`] if more are counted than were cast.
    pub fn of_cast(rule: &Rule, tally: &Tally, cast: u64) -> Result<Self, Error> {
        let counted = Counts::of(tally)?.counted();
        let out =
            u128::from(cast).checked_sub(counted).ok_or(Error::CastBelowParts { cast: cast.into(), parts: counted })?;
        Self::new(rule, tally, u64::try_from(out).unwrap_or(u64::MAX))
    }

    /// The parties, in the order of the tally.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutlook] {
        &self.parties
    }

    /// The party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutlook> {
        self.parties.iter().find(|party| party.party == name)
    }

    /// The ballots still out.
    #[must_use]
    pub const fn ballots_out(&self) -> u64 {
        self.ballots_out
    }

    /// The seats that are certain already, of all parties.
    #[must_use]
    pub fn certain_seats(&self) -> u64 {
        // The certain seats of one completion at most, which are a u64.
        self.parties.iter().fold(0, |sum, party| sum.saturating_add(party.fewest.seats))
    }

    /// Whether every party's seats are certain.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.parties.iter().all(|party| party.fewest.seats == party.most.seats)
    }

    /// Whether every bound is attained by a completion.
    #[must_use]
    pub fn is_tight(&self) -> bool {
        self.parties.iter().all(|party| party.fewest.tight && party.most.tight)
    }
}

impl PartyOutlook {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.party
    }

    /// Its votes so far.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The fewest seats that it can still end with: these are certain.
    #[must_use]
    pub const fn fewest(&self) -> u64 {
        self.fewest.seats
    }

    /// The most seats that it can still end with.
    #[must_use]
    pub const fn most(&self) -> u64 {
        self.most.seats
    }

    /// Whether the fewest are those of a completion, and not only a bound.
    #[must_use]
    pub const fn fewest_is_tight(&self) -> bool {
        self.fewest.tight
    }

    /// Whether the most are those of a completion, and not only a bound.
    #[must_use]
    pub const fn most_is_tight(&self) -> bool {
        self.most.tight
    }
}

impl fmt::Display for Outlook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new("Still possible", &["party", "votes so far", "fewest", "most"]);
        let text = |bound: Bound, sign: &str| {
            let sign = if bound.tight { "" } else { sign };
            alloc::format!("{sign}{}", grouped(bound.seats))
        };
        for PartyOutlook { party, votes, fewest, most } in &self.parties {
            table.push([party.clone(), grouped(*votes), text(*fewest, ">= "), text(*most, "<= ")]);
        }
        write!(f, "{table}")?;
        let (certain, seats) = (grouped(self.certain_seats()), grouped(self.seats));
        writeln!(f, "{} ballots out; {certain} of {seats} seats are certain", grouped(self.ballots_out))?;
        if !self.is_tight() {
            writeln!(f, ">= and <= mark bounds that may not be attained")?;
        }
        Ok(())
    }
}

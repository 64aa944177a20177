//! Who takes part and within which bounds, read from the rule anew.
//!
//! This is written apart from the rule's own code, so that an answer can be held against it.

use core::cmp::{Ordering, Reverse};

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::counts::{Counts, compare_products};
use crate::allocation::TieBreak;
use crate::error::Error;
use crate::method::{AllocationMethod, Quota, Rounding};
use crate::count::Party;
use crate::rule::Rule;
use crate::count::Tally;
use crate::rule::Threshold;

/// A rule and a tally, as the insights read them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) rule: &'a Rule,
    pub(super) tally: &'a Tally,
}

/// How a party came to take part or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Passed,
    Repaired,
    Refused,
}

impl Standing {
    pub(super) const fn is_admitted(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// Who takes part, with every single comparison behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Admissions {
    pub(super) standings: Vec<Standing>,
    /// The truth of each part of the threshold, party by party.
    pub(super) comparisons: Vec<bool>,
    /// The parties with equal votes at the cut of `admit_at_least` and how many of them it admits, if they do not all fit.
    pub(super) tied: Option<(Vec<usize>, usize)>,
}

/// The size at which a rounded quota is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// As the rule says.
    Own,
    /// The least that the rounding can make of it, linear in its votes.
    Below,
    /// The most that the rounding can make of it, linear in its votes.
    Above,
}

/// The fewest and the most new seats of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) lower: u64,
    pub(super) upper: u64,
}

impl<'a> Reading<'a> {
    /// # Errors
    /// Those of the rule itself that do not depend on the votes.
    pub(super) fn new(rule: &'a Rule, tally: &'a Tally) -> Result<Self, Error> {
        // A field that is not named here would be one that the insights do not look at.
        let Rule {
            method,
            seats: _,
            threshold: _,
            admit_at_least: _,
            quota_base: _,
            tie_break: _,
            excess: _,
            vacancies: _,
            spare_votes: _,
            second_list,
            admitted_share,
            none_passes_all,
            bonus,
            cap,
            majority,
            reassign,
            alliance_method: _,
            seats_by,
        } = rule;
        let not_covered = |feature: String| Err(Error::NotCovered { what: "insights", feature });
        if !matches!(method, AllocationMethod::LargestRemainder(_) | AllocationMethod::HighestAverages(_)) {
            return not_covered(method.to_string());
        }
        let features = [
            (second_list.is_some(), "a second list"),
            (admitted_share.is_some(), "a share that the admitted must hold"),
            (*none_passes_all, "all parties admitted where none passes"),
            (bonus.is_some(), "a bonus"),
            (cap.is_some(), "a cap"),
            (majority.is_some(), "a majority rule"),
            (*reassign, "seats that exhausted lists return"),
            (seats_by.is_some(), "seats given to districts"),
        ];
        if let Some((_, feature)) = features.into_iter().find(|(asked, _)| *asked) {
            return not_covered(feature.to_string());
        }
        Ok(Self { rule, tally })
    }

    pub(super) fn parties(&self) -> &'a [Party] {
        self.tally.parties()
    }

    pub(super) fn name(&self, party: usize) -> String {
        self.parties().get(party).map(|party| party.name().to_string()).unwrap_or_default()
    }

    /// The position of a party.
    pub(super) fn place(&self, party: &str) -> Result<usize, Error> {
        let unknown = || Error::UnknownParty { name: party.to_string(), place: "the question" };
        self.tally.place_of(party).ok_or_else(unknown)
    }

    /// Refuses a rule that asks for a base which the counts do not know.
    pub(super) fn bases_are_counted(&self, counts: &Counts) -> Result<(), Error> {
        fn inside(threshold: &Threshold, counts: &Counts) -> Result<(), Error> {
            match threshold {
                Threshold::Share { of, .. } | Threshold::Quota { of, .. } | Threshold::ByMembers { of, .. } => {
                    counts.base(*of).map(|_| ())
                }
                Threshold::Any(parts) | Threshold::All(parts) => parts.iter().try_for_each(|part| inside(part, counts)),
                Threshold::At { threshold, .. } => inside(threshold, counts),
                Threshold::Votes { .. } | Threshold::DirectSeats(_) | Threshold::Minority => Ok(()),
            }
        }
        self.rule.quota_base.map_or(Ok(0), |base| counts.base(base))?;
        self.rule.threshold.as_ref().map_or(Ok(()), |threshold| inside(threshold, counts))
    }

    /// Who takes part.
    pub(super) fn admissions(&self, counts: &Counts, size: Size) -> Result<Admissions, Error> {
        let mut comparisons = Vec::new();
        let mut standings = Vec::with_capacity(self.parties().len());
        for party in 0..self.parties().len() {
            let passed = match &self.rule.threshold {
                Some(threshold) => self.passes(threshold, party, counts, size, &mut comparisons)?,
                None => true,
            };
            standings.push(if passed { Standing::Passed } else { Standing::Refused });
        }

        let passed = standings.iter().filter(|standing| standing.is_admitted()).count();
        let missing = self.rule.admit_at_least.saturating_sub(passed);
        let mut next: Vec<usize> = (0..standings.len())
            .filter(|&party| !standings[party].is_admitted() && counts.votes_of(party) > 0)
            .collect();
        next.sort_by_key(|&party| Reverse(counts.votes_of(party)));
        let mut tied = None;
        if missing > 0 && missing < next.len() {
            let cut = counts.votes_of(next[missing - 1]);
            if counts.votes_of(next[missing]) == cut {
                let ahead = next.iter().filter(|&&party| counts.votes_of(party) > cut).count();
                let equal = next.iter().copied().filter(|&party| counts.votes_of(party) == cut).collect();
                tied = Some((equal, missing - ahead));
            }
        }
        for party in next.into_iter().take(missing) {
            standings[party] = Standing::Repaired;
        }
        Ok(Admissions { standings, comparisons, tied })
    }

    /// Who takes part, or the error that equal votes leave it open.
    pub(super) fn admitted(&self, counts: &Counts) -> Result<Vec<Standing>, Error> {
        let Admissions { standings, tied, .. } = self.admissions(counts, Size::Own)?;
        match tied {
            None => Ok(standings),
            Some((parties, places)) => Err(Error::AdmissionTie {
                names: parties.iter().map(|&party| self.name(party)).collect(),
                votes: parties.first().map_or(0, |&party| counts.votes_of(party)),
                places,
            }),
        }
    }

    /// Whether a party passes a threshold; every part of it is asked and noted.
    pub(super) fn passes(
        &self,
        threshold: &Threshold,
        party: usize,
        counts: &Counts,
        size: Size,
        comparisons: &mut Vec<bool>,
    ) -> Result<bool, Error> {
        let votes = u128::from(counts.votes_of(party));
        let reaches =
            |order: Ordering, strict: bool| order == Ordering::Greater || (!strict && order == Ordering::Equal);
        let share = |share: crate::Ratio, whole: u128, strict: bool| {
            let order = compare_products(votes, share.denominator().into(), whole, share.numerator().into());
            reaches(order, strict)
        };
        let Some(particulars) = self.parties().get(party) else { return Ok(false) };
        let passed = match threshold {
            Threshold::Share { share: needed, of, strict } => share(*needed, counts.base(*of)?, *strict),
            Threshold::ByMembers { shares, of, strict } => {
                let whole = counts.base(*of)?;
                let step = shares.iter().rev().find(|(members, _)| **members <= particulars.members());
                step.is_none_or(|(_, &needed)| share(needed, whole, *strict))
            }
            Threshold::Votes { votes: needed, strict } => reaches(votes.cmp(&u128::from(*needed)), *strict),
            Threshold::Quota { quota, times, of, strict } => {
                let (top, bottom) = quota_size(*quota, counts.base(*of)?, self.rule.seats, size)?;
                // votes against times * top / bottom. Votes and the parts of `times` are below 2^64, the bottom about 2^64.
                let order = compare_big(&[votes, bottom, times.denominator().into()], &[top, times.numerator().into()]);
                reaches(order, *strict)
            }
            Threshold::DirectSeats(needed) => particulars.direct_seats() >= *needed,
            Threshold::Minority => particulars.is_minority(),
            // There is one district here, and so one level.
            Threshold::At { threshold, .. } => return self.passes(threshold, party, counts, size, comparisons),
            Threshold::Any(parts) | Threshold::All(parts) => {
                let mut results = Vec::with_capacity(parts.len());
                for part in parts {
                    results.push(self.passes(part, party, counts, size, comparisons)?);
                }
                match threshold {
                    Threshold::Any(_) => return Ok(results.contains(&true)),
                    _ => return Ok(!results.contains(&false)),
                }
            }
        };
        comparisons.push(passed);
        Ok(passed)
    }

    /// The votes that the method sees: those of the admitted, and ballots spared for the first admitted party on them.
    pub(super) fn contested(&self, counts: &Counts, standings: &[Standing]) -> Result<Vec<u64>, Error> {
        let admitted = |party: usize| standings.get(party).is_some_and(|standing| standing.is_admitted());
        let mut contested: Vec<u128> =
            (0..standings.len()).map(|party| if admitted(party) { counts.votes_of(party).into() } else { 0 }).collect();
        if self.rule.spare_votes {
            for (ranking, &ballots) in self.tally.rankings_by_index() {
                let home = ranking.iter().copied().find(|&party| admitted(party));
                if let Some(home) = home.filter(|&home| ranking.first() != Some(&home)) {
                    contested[home] += ballots;
                }
            }
        }
        let fits = |(party, votes): (usize, u128)| {
            u64::try_from(votes).map_err(|_| Error::TooManyVotes { what: self.name(party), count: votes })
        };
        contested.into_iter().enumerate().map(fits).collect()
    }

    /// The bounds of a party with these votes.
    pub(super) fn limits(&self, party: usize, votes: u64) -> Limits {
        let Some(party) = self.parties().get(party) else { return Limits { lower: 0, upper: 0 } };
        let lower = party.minimum().saturating_sub(party.held());
        let most = party.maximum().map_or(u64::MAX, |maximum| maximum.saturating_sub(party.held()));
        Limits { lower, upper: if votes == 0 { lower } else { most.max(lower) } }
    }

    pub(super) fn held(&self, party: usize) -> u64 {
        self.parties().get(party).map_or(0, Party::held)
    }

    /// The rank of a party in each tie-break of the rule; the smaller, the sooner it wins.
    pub(super) fn tie_key(&self, party: usize, votes: u64) -> Vec<u64> {
        let rank = |tie_break: &TieBreak<String>| match tie_break {
            TieBreak::MostVotes => u64::MAX - votes,
            TieBreak::FewestVotes => votes,
            TieBreak::ListOrder => party as u64,
            TieBreak::Drawn(names) => {
                names.iter().position(|name| *name == self.name(party)).unwrap_or(names.len()) as u64
            }
        };
        self.rule.tie_break.iter().map(rank).collect()
    }
}

/// The quota as numerator and denominator.
///
/// # Errors
/// `ZeroQuota` where it comes to nothing.
pub(super) fn quota_size(quota: Quota, votes: u128, seats: u64, size: Size) -> Result<(u128, u128), Error> {
    let zero = || Error::ZeroQuota { quota: quota.to_string(), votes, seats };
    let parts = u128::from(seats) + u128::from(quota.added());
    if parts == 0 {
        return Err(zero());
    }
    let down = votes / parts;
    let is_whole = votes % parts == 0;
    let (top, bottom) = match (quota.rounding(), size) {
        (Rounding::Exact, _) => (votes, parts),
        (rounding, Size::Below) => {
            let less = match rounding {
                Rounding::Down => parts - 1,
                Rounding::Nearest => (parts - 1) / 2,
                Rounding::HalfDown => parts / 2,
                _ => 0,
            };
            let more = u128::from(rounding == Rounding::Next);
            ((votes + more).saturating_sub(less), parts)
        }
        (rounding, Size::Above) => {
            let more = match rounding {
                Rounding::Down => 0,
                Rounding::Nearest => parts / 2,
                Rounding::HalfDown => (parts - 1) / 2,
                Rounding::Up => parts - 1,
                _ => parts,
            };
            (votes + more, parts)
        }
        (Rounding::Down, _) => (down, 1),
        (Rounding::Up, _) => (if is_whole { down } else { down + 1 }, 1),
        // Half up: the whole part of votes / parts + 1/2.
        (Rounding::Nearest, _) => ((2 * votes + parts) / (2 * parts), 1),
        (Rounding::HalfDown, _) => ((2 * votes + parts - 1) / (2 * parts), 1),
        (Rounding::Next, _) => (down + 1, 1),
    };
    if top == 0 { Err(zero()) } else { Ok((top, bottom)) }
}

/// How two products compare.
fn compare_big(left: &[u128], right: &[u128]) -> Ordering {
    let product = |factors: &[u128]| factors.iter().try_fold(1_u128, |product, &factor| product.checked_mul(factor));
    match (product(left), product(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => {
            let product = |factors: &[u128]| factors.iter().map(|&f| num_bigint::BigUint::from(f)).product();
            let (left, right): (num_bigint::BigUint, num_bigint::BigUint) = (product(left), product(right));
            left.cmp(&right)
        }
    }
}

/// The parties that take part, in order.
pub(super) fn admitted_parties(standings: &[Standing]) -> Vec<usize> {
    (0..standings.len()).filter(|&party| standings[party].is_admitted()).collect()
}

/// Seats of the admitted as seats of all.
pub(super) fn spread(parties: usize, admitted: &[usize], seats: &[u64]) -> Vec<u64> {
    let mut all = vec![0; parties];
    for (&party, &seats) in admitted.iter().zip(seats) {
        if let Some(entry) = all.get_mut(party) {
            *entry = seats;
        }
    }
    all
}

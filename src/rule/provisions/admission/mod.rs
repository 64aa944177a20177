//! Admission: who takes part, after the threshold and what repairs it.
//!
//! Most laws have a threshold. Kazakhstan admits the second party where one alone passes (art. 97-1), Lithuania the next
//! lists while the admitted hold less than 60% of the votes, Algeria and Serbia everyone where nobody passes.

mod distance;
mod shortfall;
mod threshold;
mod voters;

use core::cmp::Reverse;

use alloc::string::ToString;
use alloc::vec::Vec;

pub(crate) use shortfall::Candidate;
pub use shortfall::{Comparison, Shortfall};
pub use threshold::{HowMany, Threshold};
pub use voters::VoterShare;

use super::Unit;
use super::votes;
use crate::count::{Base, PartyId, PlaceId};
use crate::error::Error;
use crate::num::Ratio;
use crate::outcome::Admission;
use crate::rule::session::{Halt, Session};
use crate::rule::tier::Kind;
use crate::rule::trace::{AdmissionRecord, Record};

/// How many parties are admitted at least, and how those count that did not pass.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let law = Rule::new(AllocationMethod::HARE, 25).threshold(Threshold::share("7%".parse()?)).admit_at_least(2);
/// let at_least = &law.tiers()[0].admit_at_least;
/// assert_eq!((at_least.parties, at_least.second_list), (2, None));
/// // B is below 7%, but A alone are too few.
/// assert_eq!(law.apply(&Tally::from_votes([("A", 96), ("B", 4)])?)?.seats("B"), Some(1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AtLeast {
    /// How many parties; 0 for no such rule.
    pub parties: usize,
    /// The weight of the votes of those that did not pass, and their fewest seats.
    pub second_list: Option<(Ratio, u64)>,
}

impl AtLeast {
    pub(crate) fn minimum(&self) -> u64 {
        self.second_list.map_or(0, |(_, minimum)| minimum)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.second_list {
            Some((weight, _)) if weight > Ratio::ONE => Err(Error::ShareAboveOne { share: weight.to_string() }),
            _ => Ok(()),
        }
    }
}

/// The share of the votes that the admitted must hold: the next by votes are admitted until they do.
///
/// # Examples
/// ```
/// use apportion::rule::AdmittedShare;
/// use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};
///
/// // Lithuania: those who take part hold 60% of the votes at least.
/// let law = Rule::new(AllocationMethod::HARE, 10)
///     .threshold(Threshold::share("40%".parse()?))
///     .admitted_share("60%".parse()?, Base::Valid);
/// assert_eq!(law.tiers()[0].admitted_share, Some(AdmittedShare { share: "60%".parse()?, of: Base::Valid }));
/// let outcome = law.apply(&Tally::from_votes([("A", 55), ("B", 30), ("C", 15)])?)?;
/// assert_eq!((outcome.seats("B"), outcome.seats("C")), (Some(4), Some(0)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdmittedShare {
    /// The share.
    pub share: Ratio,
    /// What it is a share of.
    pub of: Base,
}

impl AdmittedShare {
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.share > Ratio::ONE { Err(Error::ShareAboveOne { share: self.share.to_string() }) } else { Ok(()) }
    }
}

/// What happens where no party passes the threshold.
///
/// # Examples
/// ```
/// use apportion::rule::NonePasses;
/// use apportion::{AllocationMethod, Error, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let law = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("70%".parse()?));
/// assert_eq!(law.tiers()[0].none_passes, NonePasses::Error);
/// assert_eq!(law.apply(&tally), Err(Error::NoVotes { seats: 5 }));
/// let repaired = law.all_if_none_passes();
/// assert_eq!(repaired.tiers()[0].none_passes, NonePasses::All);
/// assert_eq!(repaired.apply(&tally)?.seats("A"), Some(3));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NonePasses {
    /// There is nobody to give the seats to.
    #[default]
    Error,
    /// Everyone takes part.
    All,
}

/// Judges the parties of the nation once, where all of the threshold looks at the nation: they are admitted everywhere
/// or nowhere.
pub(crate) fn everywhere(session: &mut Session<'_>, places: &[PlaceId]) -> Result<Option<Vec<Admission>>, Halt> {
    let national = session.tier().threshold.as_ref().is_some_and(Threshold::is_national);
    if !national || places == [PlaceId::NATION] || !session.figures.has_districts() {
        return Ok(None);
    }
    judge(session, PlaceId::NATION).map(Some)
}

/// The unit of a place: who takes part there, with which votes.
pub(crate) fn unit(
    session: &mut Session<'_>,
    place: PlaceId,
    seats: u64,
    everywhere: Option<&[Admission]>,
) -> Result<Unit, Halt> {
    let parties = session.figures.spot(place).parties.clone();
    let votes = session.figures.spot(place).votes.clone();
    let admissions = match everywhere {
        Some(admissions) => parties.iter().map(|party| admissions[party.index()].clone()).collect(),
        // Zero seats give everyone none, whatever the threshold.
        None if seats == 0 && session.tier().kind == Kind::Parallel && !session.tier().partial => {
            alloc::vec![Admission::Passed; parties.len()]
        }
        None => judge(session, place)?,
    };
    let counted = votes::count(session, place, &admissions)?;
    Ok(Unit { place, seats, parties, votes, admissions, counted })
}

/// Who takes part, judged at a place: those that pass the threshold, all where none does and the law says so, then the
/// next by votes while the admitted are too few or hold too few votes.
fn judge(session: &mut Session<'_>, place: PlaceId) -> Result<Vec<Admission>, Halt> {
    let tier = session.tier();
    let parties = session.figures.spot(place).parties.clone();
    let votes = session.figures.spot(place).votes.clone();
    let mut admissions = Vec::with_capacity(parties.len());
    let mut comparisons = Vec::with_capacity(parties.len());
    for party in &parties {
        // One comparison as a rule.
        let mut noted = Vec::with_capacity(usize::from(tier.threshold.is_some()));
        let shortfall = match &tier.threshold {
            Some(threshold) => {
                let candidate = Candidate { parties: core::slice::from_ref(party), place, stands: place };
                threshold.shortfall(candidate, session, &mut noted)?
            }
            None => None,
        };
        comparisons.push(noted);
        admissions.push(shortfall.map_or(Admission::Passed, Admission::Refused));
    }
    if tier.none_passes == NonePasses::All && !admissions.iter().any(Admission::is_admitted) {
        admissions.iter_mut().for_each(|admission| repair(admission, None));
    }
    let all = Judged { parties: &parties, votes: &votes };
    all.admit_enough(session, &tier.admit_at_least, &mut admissions)?;
    if let Some(share) = tier.admitted_share {
        let whole = session.base(place, share.of)?;
        all.admit_share(session, share.share, whole, &mut admissions)?;
    }
    session.trace.push(Record::Admission(AdmissionRecord {
        tier: session.tier,
        place,
        parties,
        votes,
        admissions: admissions.clone(),
        comparisons,
    }));
    Ok(admissions)
}

/// The parties of a place with their votes.
struct Judged<'j> {
    parties: &'j [PartyId],
    votes: &'j [u64],
}

impl Judged<'_> {
    /// Admits the next by votes while fewer than the law's number are.
    fn admit_enough(
        &self,
        session: &Session<'_>,
        at_least: &AtLeast,
        admissions: &mut [Admission],
    ) -> Result<(), Error> {
        let passed = admissions.iter().filter(|admission| admission.is_admitted()).count();
        let missing = at_least.parties.saturating_sub(passed);
        if missing == 0 {
            return Ok(());
        }
        let next = self.next_by_votes(admissions);
        self.refuse_equal(session, &next, missing)?;
        let weight = at_least.second_list.map(|(weight, _)| weight);
        for index in next.into_iter().take(missing) {
            repair(&mut admissions[index], weight);
        }
        Ok(())
    }

    /// Admits the next by votes while the admitted hold less than the share that they must.
    fn admit_share(
        &self,
        session: &Session<'_>,
        share: Ratio,
        whole: u128,
        admissions: &mut [Admission],
    ) -> Result<(), Error> {
        let admitted = self.votes.iter().zip(admissions.iter()).filter(|(_, admission)| admission.is_admitted());
        let mut held: u128 = admitted.map(|(&votes, _)| u128::from(votes)).sum();
        let next = self.next_by_votes(admissions);
        let mut taken = 0;
        while taken < next.len() && share.compare_part(held, whole).is_lt() {
            held += u128::from(self.votes[next[taken]]);
            taken += 1;
        }
        self.refuse_equal(session, &next, taken)?;
        for index in next.into_iter().take(taken) {
            repair(&mut admissions[index], None);
        }
        Ok(())
    }

    /// The parties with votes that are not admitted, those with most votes first.
    fn next_by_votes(&self, admissions: &[Admission]) -> Vec<usize> {
        let out = |&index: &usize| self.votes[index] > 0 && !admissions[index].is_admitted();
        let mut next: Vec<usize> = (0..self.votes.len()).filter(out).collect();
        next.sort_by_key(|&index| Reverse(self.votes[index]));
        next
    }

    /// Refuses to choose between equal parties where the first `places` of `next` come in.
    fn refuse_equal(&self, session: &Session<'_>, next: &[usize], places: usize) -> Result<(), Error> {
        let last_in = places.checked_sub(1).and_then(|at| next.get(at));
        let (Some(&last_in), Some(&first_out)) = (last_in, next.get(places)) else { return Ok(()) };
        let at_cut = self.votes[last_in];
        if at_cut != self.votes[first_out] {
            return Ok(());
        }
        let ahead = next.iter().filter(|&&index| self.votes[index] > at_cut).count();
        let equal: Vec<PartyId> =
            next.iter().filter(|&&index| self.votes[index] == at_cut).map(|&index| self.parties[index]).collect();
        Err(Error::AdmissionTie { names: session.names(&equal), votes: at_cut, places: places - ahead })
    }
}

/// Admits a party that did not pass.
fn repair(admission: &mut Admission, weight: Option<Ratio>) {
    if let Admission::Refused(shortfall) = admission {
        let shortfall = shortfall.clone();
        *admission = match weight {
            Some(weight) => Admission::Weighed(shortfall, weight),
            None => Admission::Repaired(shortfall),
        };
    }
}

//! Rules: the law of one allocation, as a value.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::Error;
use crate::allocation::{Settled, TieBreak};
use crate::ballot::no_repeats;
use crate::method::{AllocationMethod, Contest, Excess};
use crate::outcome::{Admission, Outcome, PartyOutcome};
use crate::tally::{Base, Tally, fits};
use crate::threshold::{Facts, Threshold};

/// The law of one allocation: method, seats, threshold, admission, bounds and tie-break.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("Nur Otan", 5_621_436), ("Ak Zhol", 518_405), ("CPPK", 498_788), ("OSDP", 116_534)])?;
/// let majilis = Rule::new(AllocationMethod::HARE, 98)
///     .threshold(Threshold::share("7%".parse()?).of(Base::Valid))
///     .admit_at_least(2);
/// let outcome = majilis.apply(&tally)?;
/// assert_eq!(outcome.seats("Ak Zhol"), Some(8));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(crate) method: AllocationMethod,
    pub(crate) seats: u64,
    pub(crate) threshold: Option<Threshold>,
    pub(crate) admit_at_least: usize,
    pub(crate) quota_base: Option<Base>,
    pub(crate) tie_break: Vec<TieBreak<String>>,
    pub(crate) excess: Excess,
    pub(crate) vacancies: bool,
    pub(crate) spare_votes: bool,
}

impl Rule {
    /// A rule that gives out `seats` seats by `method`: no threshold, no tie-break.
    #[must_use]
    pub const fn new(method: AllocationMethod, seats: u64) -> Self {
        Self {
            method,
            seats,
            threshold: None,
            admit_at_least: 0,
            quota_base: None,
            tie_break: Vec::new(),
            excess: Excess::Error,
            vacancies: false,
            spare_votes: false,
        }
    }

    /// The same with a threshold.
    #[must_use]
    pub fn threshold(self, threshold: Threshold) -> Self {
        Self { threshold: Some(threshold), ..self }
    }

    /// The same admitting the next parties by votes while fewer than this many pass the threshold.
    #[must_use]
    pub fn admit_at_least(self, parties: usize) -> Self {
        Self { admit_at_least: parties, ..self }
    }

    /// The same with a quota taken of this base instead of the admitted parties' votes.
    #[must_use]
    pub fn quota_base(self, base: Base) -> Self {
        Self { quota_base: Some(base), ..self }
    }

    /// The same settling ties by these tie-breaks, tried in turn.
    #[must_use]
    pub fn tie_break(self, chain: impl Into<Vec<TieBreak<String>>>) -> Self {
        Self { tie_break: chain.into(), ..self }
    }

    /// The same with this answer to whole quotas that give out more seats than there are.
    #[must_use]
    pub fn excess(self, excess: Excess) -> Self {
        Self { excess, ..self }
    }

    /// The same leaving seats vacant that no party's maximum lets it take; an error otherwise.
    #[must_use]
    pub fn vacancies(self, allowed: bool) -> Self {
        Self { vacancies: allowed, ..self }
    }

    /// The same counting a ranked ballot whose first party is not admitted for the first admitted party on it.
    ///
    /// Thresholds look at first choices.
    #[must_use]
    pub fn spare_votes(self, spared: bool) -> Self {
        Self { spare_votes: spared, ..self }
    }

    /// The same giving out this many seats.
    #[must_use]
    pub fn with_seats(self, seats: u64) -> Self {
        Self { seats, ..self }
    }

    /// The same by this method.
    #[must_use]
    pub fn with_method(self, method: AllocationMethod) -> Self {
        Self { method, ..self }
    }

    /// The same without a threshold.
    #[must_use]
    pub fn without_threshold(self) -> Self {
        Self { threshold: None, ..self }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &AllocationMethod {
        &self.method
    }

    /// The seats to be given out.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.seats
    }

    /// Applies the rule to a tally.
    ///
    /// # Errors
    /// - [`Error::NoParties`] for an empty tally; [`Error::NoVotes`] for seats, but no admitted party with votes.
    /// - [`Error::ShareAboveOne`] for a threshold of 700%; [`Error::BaseNotCounted`] for one of registered voters that the
    ///   tally does not know; [`Error::CastBelowParts`] for 10 ballots cast and 11 counted.
    /// - [`Error::AdmissionTie`] where equal votes leave open whom `admit_at_least` admits.
    /// - [`Error::UnknownParty`] and [`Error::RepeatedParty`] for drawn lots.
    /// - [`Error::TooManyVotes`] for more than 2^64 - 1 votes of one party.
    /// - Those of [`AllocationMethod::allocate_contest`].
    pub fn apply(&self, tally: &Tally) -> Result<Outcome, Error> {
        self.check(tally)?;
        let votes = tally.first_choices()?;
        let admissions = self.admit(tally, &votes)?;
        let admitted: Vec<usize> = (0..votes.len()).filter(|&index| admissions[index].is_admitted()).collect();
        let (counted, spared) = self.count(tally, &votes, &admissions)?;

        let party = |&index: &usize| &tally.parties()[index];
        let contested: Vec<u64> = admitted.iter().map(|&index| counted[index]).collect();
        if self.seats > 0 && contested.iter().all(|&votes| votes == 0) {
            return Err(Error::NoVotes { seats: self.seats });
        }
        let mut contest = Contest::new(&contested, self.seats).excess(self.excess).vacancies(self.vacancies);
        if admitted.iter().map(party).any(|party| party.held() > 0) {
            contest = contest.held(admitted.iter().map(party).map(|party| party.held()).collect::<Vec<_>>());
        }
        if admitted.iter().map(party).any(|party| party.minimum() > 0) {
            contest = contest.minimums(admitted.iter().map(party).map(|party| party.minimum()).collect::<Vec<_>>());
        }
        if admitted.iter().map(party).any(|party| party.maximum().is_some()) {
            contest = contest.maximums(admitted.iter().map(party).map(|party| party.maximum()).collect::<Vec<_>>());
        }
        if let Some(base) = self.quota_base {
            contest = contest.quota_votes(tally.base(base)?);
        }

        let mut allocation = match admitted.is_empty() {
            true => crate::Allocation::new([]),
            false => self.method.allocate_contest(&contest)?,
        };
        let chain = self.tie_break_by_index(tally, &admitted);
        let settled = allocation.settle(&contested, &chain);

        let name = |&at: &usize| String::from(party(&admitted[at]).name());
        let mut seats = vec![0; votes.len()];
        for (&index, &certain) in admitted.iter().zip(allocation.certain()) {
            seats[index] = certain;
        }
        let parties =
            tally.parties().iter().zip(admissions).enumerate().map(|(index, (party, admission))| PartyOutcome {
                party: party.clone(),
                votes: votes[index],
                counted: counted[index],
                seats: seats[index],
                admission,
            });
        Ok(Outcome {
            parties: parties.collect(),
            tie: allocation.tie().map(|tie| tie.rename(name)),
            settled: self
                .tie_break
                .iter()
                .zip(&chain)
                .filter_map(|(by, by_index)| {
                    let settled = settled.iter().find(|settled| settled.by == *by_index)?;
                    Some(Settled { by: by.clone(), parties: settled.parties.iter().map(name).collect() })
                })
                .collect(),
            vacant: allocation.vacant(),
            seats: self.seats,
            spared,
            base: self.share_base(),
            whole: tally.base(self.share_base()).unwrap_or(0),
        })
    }

    /// Refuses what is wrong whatever the votes are.
    pub(crate) fn check(&self, tally: &Tally) -> Result<(), Error> {
        if tally.parties().is_empty() {
            return Err(Error::NoParties);
        }
        for (index, party) in tally.parties().iter().enumerate() {
            if party.name().is_empty() {
                return Err(Error::EmptyName { index });
            }
            let own = || String::from(party.name());
            if let Some(maximum) = party.maximum().filter(|&maximum| maximum < party.minimum()) {
                return Err(Error::MinimumAboveMaximum { party: own(), minimum: party.minimum(), maximum });
            }
            if party.held().checked_add(self.seats).is_none() {
                return Err(Error::TooManySeats { party: own(), held: party.held(), seats: self.seats });
            }
        }
        tally.check_cast()?;
        self.threshold.as_ref().map_or(Ok(()), Threshold::check)?;
        for tie_break in &self.tie_break {
            if let TieBreak::Drawn(names) = tie_break {
                const PLACE: &str = "the drawing of lots";
                no_repeats(names, PLACE)?;
                if let Some(name) = names.iter().find(|name| tally.place_of(name).is_none()) {
                    return Err(Error::UnknownParty { name: name.clone(), place: PLACE });
                }
            }
        }
        Ok(())
    }

    /// Who takes part: those that pass the threshold, then the next by votes while they are too few.
    fn admit(&self, tally: &Tally, votes: &[u64]) -> Result<Vec<Admission>, Error> {
        let facts = Facts { tally, seats: self.seats };
        let mut admissions = Vec::with_capacity(votes.len());
        for (party, &votes) in tally.parties().iter().zip(votes) {
            let shortfall = match &self.threshold {
                Some(threshold) => threshold.shortfall(&facts, party, votes)?,
                None => None,
            };
            admissions.push(shortfall.map_or(Admission::Passed, Admission::Refused));
        }

        let passed = admissions.iter().filter(|admission| admission.is_admitted()).count();
        let missing = self.admit_at_least.saturating_sub(passed);
        let mut next: Vec<usize> =
            (0..votes.len()).filter(|&index| votes[index] > 0 && !admissions[index].is_admitted()).collect();
        next.sort_by_key(|&index| core::cmp::Reverse(votes[index]));
        if let (Some(&last_in), Some(&first_out)) =
            (missing.checked_sub(1).and_then(|at| next.get(at)), next.get(missing))
            && votes[last_in] == votes[first_out]
        {
            let at_cut = votes[last_in];
            let ahead = next.iter().filter(|&&index| votes[index] > at_cut).count();
            let equal = tally.parties().iter().zip(&admissions).zip(votes);
            return Err(Error::AdmissionTie {
                names: equal
                    .filter(|((_, admission), votes)| **votes == at_cut && !admission.is_admitted())
                    .map(|((party, _), _)| party.name().into())
                    .collect(),
                votes: at_cut,
                places: missing - ahead,
            });
        }
        for index in next.into_iter().take(missing) {
            if let Admission::Refused(shortfall) = &admissions[index] {
                admissions[index] = Admission::Repaired(shortfall.clone());
            }
        }
        Ok(admissions)
    }

    /// The votes that the method sees, and how many ballots were spared for a party further down.
    fn count(&self, tally: &Tally, votes: &[u64], admissions: &[Admission]) -> Result<(Vec<u64>, u128), Error> {
        let mut counted: Vec<u128> = votes
            .iter()
            .zip(admissions)
            .map(|(&votes, admission)| if admission.is_admitted() { votes.into() } else { 0 })
            .collect();
        let mut spared = 0;
        if self.spare_votes {
            for (ranking, &ballots) in tally.rankings_by_index() {
                let first_admitted = ranking.iter().position(|&index| admissions[index].is_admitted());
                if let Some(at) = first_admitted.filter(|&at| at > 0) {
                    counted[ranking[at]] += ballots;
                    spared += ballots;
                }
            }
        }
        let fitting = tally.parties().iter().zip(counted).map(|(party, count)| fits(party.name(), count));
        Ok((fitting.collect::<Result<_, _>>()?, spared))
    }

    /// The tie-breaks with admitted parties by index; lots of parties that are not admitted drop out.
    fn tie_break_by_index(&self, tally: &Tally, admitted: &[usize]) -> Vec<TieBreak> {
        let by_index = |names: &Vec<String>| {
            names.iter().filter_map(|name| admitted.binary_search(&tally.place_of(name)?).ok()).collect()
        };
        self.tie_break
            .iter()
            .map(|tie_break| match tie_break {
                TieBreak::MostVotes => TieBreak::MostVotes,
                TieBreak::FewestVotes => TieBreak::FewestVotes,
                TieBreak::ListOrder => TieBreak::ListOrder,
                TieBreak::Drawn(names) => TieBreak::Drawn(by_index(names)),
            })
            .collect()
    }

    /// What the shares of the outcome's table are taken of: the threshold's base, or the valid votes.
    fn share_base(&self) -> Base {
        self.threshold.as_ref().and_then(Threshold::first_base).unwrap_or_default()
    }
}

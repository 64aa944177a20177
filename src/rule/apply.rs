//! Applying a rule to the ballots of one place.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::alliance::{self, Alliance};
use crate::allocation::TieBreak;
use crate::ballot::no_repeats;
use crate::base::Base;
use crate::error::Error;
use crate::outcome::{Admission, Outcome, PartyOutcome, StageOutcome};
use crate::shortfall::{Facts, Seen, Standing};
use crate::tally::{Tally, fits};
use crate::threshold::Threshold;

use super::Rule;
use super::alliances::{List, Lists, group};

/// The ballots of one place, with what thresholds are measured against there and in the nation.
pub(super) struct Place<'a> {
    pub(super) tally: &'a Tally,
    pub(super) seats: u64,
    pub(super) facts: &'a Facts,
    pub(super) nation: &'a Facts,
    /// One a party, in the tally's order.
    pub(super) standings: &'a [Standing<'a>],
}

impl Rule {
    /// Applies the rule to a tally.
    ///
    /// # Errors
    /// - [`Error::NoParties`] for an empty tally; [`Error::NoVotes`] for seats, but no admitted party with votes.
    /// - [`Error::ShareAboveOne`] for a threshold of 700%; [`Error::BaseNotCounted`] for one of registered voters that the
    ///   tally does not know; [`Error::CastBelowParts`] for 10 ballots cast and 11 counted.
    /// - [`Error::AdmissionTie`] where equal votes leave open whom `admit_at_least` admits.
    /// - [`Error::UnknownParty`] and [`Error::RepeatedParty`] for drawn lots.
    /// - [`Error::TooManyVotes`] for more than 2^64 - 1 votes of one party.
    /// - [`Error::StageTie`] for seats tied in one stage, where a later one depends on who gets them.
    /// - [`Error::BonusTie`] for two winners of one bonus, [`Error::BonusExceedsSeats`] for one larger than the house.
    /// - [`Error::NeedsDistricts`] for a rule that gives seats to districts first.
    /// - Those of [`AllocationMethod::allocate_contest`](crate::AllocationMethod::allocate_contest).
    pub fn apply(&self, tally: &Tally) -> Result<Outcome, Error> {
        self.apply_allied(tally, &[])
    }

    /// Applies the rule to a tally in which some parties stand together.
    ///
    /// Seats go to alliances and lone parties by the votes of their admitted members, then inside by the rule's
    /// [`alliance_method`](Self::alliance_method).
    ///
    /// # Errors
    /// As [`apply`](Self::apply); and [`Error::UnknownParty`] for a member that does not stand, [`Error::InTwoAlliances`]
    /// for one that is in two, [`Error::EmptyAlliance`] for none.
    pub fn apply_allied(&self, tally: &Tally, alliances: &[Alliance]) -> Result<Outcome, Error> {
        if self.seats_by.is_some() {
            return Err(Error::NeedsDistricts);
        }
        self.check_for(tally)?;
        alliance::check(alliances, |name| tally.place_of(name).is_some())?;
        let votes = tally.first_choices()?;
        let facts = Facts::new(tally, self.seats);
        let standing = |(party, &votes)| Standing::alone(Seen { facts: &facts, party, votes });
        let standings: Vec<Standing<'_>> = tally.parties().iter().zip(&votes).map(standing).collect();
        let admissions = self.admit(&standings, &facts)?;
        let place = Place { tally, seats: self.seats, facts: &facts, nation: &facts, standings: &standings };
        self.give(&place, admissions, alliances)
    }

    /// Gives the seats of one place to the parties admitted there.
    pub(super) fn give(
        &self,
        place: &Place<'_>,
        admissions: Vec<Admission>,
        alliances: &[Alliance],
    ) -> Result<Outcome, Error> {
        let Place { tally, seats, facts, standings, .. } = *place;
        let (counted, spared) = self.count(tally, standings, &admissions)?;
        let admitted: Vec<usize> = (0..counted.len()).filter(|&index| admissions[index].is_admitted()).collect();
        if seats > 0 && admitted.iter().all(|&index| counted[index] == 0) {
            return Err(Error::NoVotes { seats });
        }

        // Votes are weighed by scaling those of everyone, so that they stay whole.
        let weighed = admissions.iter().find_map(|admission| match admission {
            Admission::Weighed(_, weight) => Some(*weight),
            _ => None,
        });
        let claim = |index: usize, whole: u64| -> Result<u64, Error> {
            let scale = match (&admissions[index], weighed) {
                (_, None) => return Ok(whole),
                (Admission::Weighed(_, weight), _) => weight.numerator(),
                (_, Some(weight)) => weight.denominator(),
            };
            fits(tally.parties()[index].name(), u128::from(whole) * u128::from(scale))
        };
        let scale = u128::from(weighed.map_or(1, |weight| weight.denominator()));
        let quota_votes = match self.quota_base {
            Some(base) => Some(facts.base(base)? * scale),
            None if weighed.is_some() => {
                Some(admitted.iter().map(|&index| u128::from(counted[index])).sum::<u128>() * scale)
            }
            None => None,
        };
        let cap_votes = match self.cap.as_ref().and_then(|cap| cap.of) {
            Some(base) => facts.base(base)?,
            None => admitted.iter().map(|&index| u128::from(counted[index])).sum(),
        };

        let mut lists = Vec::with_capacity(admitted.len());
        for &index in &admitted {
            let Seen { party, votes, .. } = standings[index].district;
            let own = &tally.parties()[index];
            let floor = match (&admissions[index], self.second_list) {
                (Admission::Weighed(..), Some((_, minimum))) => {
                    if let Some(maximum) = own.maximum().filter(|&maximum| maximum < minimum) {
                        return Err(Error::MinimumAboveMaximum { party: own.name().into(), minimum, maximum });
                    }
                    minimum.saturating_sub(own.held())
                }
                _ => 0,
            };
            lists.push(List {
                party: own,
                floor,
                votes,
                claim: claim(index, counted[index])?,
                nation: (standings[index].nation.party, standings[index].nation.votes),
                cap: self.cap.as_ref().map(|cap| cap.for_share(votes, cap_votes, seats)),
                name: party.name(),
            });
        }
        let names: Vec<&str> = lists.iter().map(|list| list.name).collect();
        let nodes = group(alliances, &names);
        let weighed = weighed.is_some();
        let lists = Lists { rule: self, lists, facts, nation: place.nation, quota_votes, weighed };
        let shared = match admitted.is_empty() {
            true => super::alliances::Shared::default(),
            false => lists.share(&nodes, seats)?,
        };

        let name = |&at: &usize| String::from(names[at]);
        let spread = |seats: &[u64]| {
            let mut all = alloc::vec![0; counted.len()];
            admitted.iter().zip(seats).for_each(|(&index, &seats)| all[index] = seats);
            all
        };
        let given = spread(&shared.seats);
        let parties = tally.parties().iter().zip(&admissions).enumerate().map(|(index, (party, admission))| {
            let counted = match admission {
                Admission::Weighed(_, weight) => {
                    let weighed = u128::from(counted[index]) * u128::from(weight.numerator());
                    u64::try_from(weighed / u128::from(weight.denominator())).unwrap_or(u64::MAX)
                }
                _ => counted[index],
            };
            let votes = standings[index].district.votes;
            PartyOutcome { party: party.clone(), votes, counted, seats: given[index], admission: admission.clone() }
        });
        Ok(Outcome {
            parties: parties.collect(),
            ties: shared.ties.iter().map(|tie| tie.rename(name)).collect(),
            settled: shared.settled,
            vacant: shared.vacant,
            seats,
            spared,
            base: self.share_base(),
            whole: facts.base(self.share_base()).unwrap_or(0),
            stages: shared
                .stages
                .into_iter()
                .map(|(name, seats)| StageOutcome { name, seats: spread(&seats) })
                .collect(),
            exhausted: shared.exhausted.iter().map(name).collect(),
            capped: shared.capped.iter().map(name).collect(),
            bonus: shared.bonus.map(|(at, seats)| (name(&at), seats)),
            districts: Vec::new(),
            admitted_apart: false,
        })
    }

    /// Refuses a rule or a tally that is wrong whatever the votes are.
    pub(crate) fn check_for(&self, tally: &Tally) -> Result<(), Error> {
        self.check_parties(tally, self.seats)?;
        self.check(|name| tally.place_of(name).is_some())
    }

    /// Refuses a tally that is wrong whatever the votes are.
    pub(super) fn check_parties(&self, tally: &Tally, seats: u64) -> Result<(), Error> {
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
            if party.held().checked_add(seats).is_none() {
                return Err(Error::TooManySeats { party: own(), held: party.held(), seats });
            }
        }
        tally.check_cast()
    }

    /// Refuses a rule that is wrong whatever the votes are.
    pub(super) fn check(&self, stands: impl Fn(&str) -> bool) -> Result<(), Error> {
        self.threshold.as_ref().map_or(Ok(()), Threshold::check)?;
        self.bonus.as_ref().map_or(Ok(()), super::Bonus::check)?;
        if let Some((share, _)) = self.admitted_share.filter(|(share, _)| *share > crate::Ratio::ONE) {
            return Err(Error::ShareAboveOne { share: share.to_string() });
        }
        if let Some((weight, _)) = self.second_list.filter(|(weight, _)| *weight > crate::Ratio::ONE) {
            return Err(Error::ShareAboveOne { share: weight.to_string() });
        }
        for method in [Some(&self.method), self.alliance_method.as_ref()].into_iter().flatten() {
            method.check()?;
        }
        let drawn = self.tie_break.iter().filter_map(|tie_break| match tie_break {
            TieBreak::Drawn(names) => Some(names),
            _ => None,
        });
        for names in drawn.chain(self.majority.as_ref().map(|majority| &majority.drawn)) {
            const PLACE: &str = "the drawing of lots";
            no_repeats(names, PLACE)?;
            if let Some(name) = names.iter().find(|name| !stands(name)) {
                return Err(Error::UnknownParty { name: name.clone(), place: PLACE });
            }
        }
        Ok(())
    }

    /// The votes that the method sees, and how many ballots were spared for a party further down.
    fn count(
        &self,
        tally: &Tally,
        standings: &[Standing<'_>],
        admissions: &[Admission],
    ) -> Result<(Vec<u64>, u128), Error> {
        let mut counted: Vec<u128> = standings
            .iter()
            .zip(admissions)
            .map(|(standing, admission)| if admission.is_admitted() { standing.district.votes.into() } else { 0 })
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

    /// What the shares of the outcome's table are taken of: the threshold's base, or the valid votes.
    pub(super) fn share_base(&self) -> Base {
        self.threshold.as_ref().and_then(Threshold::first_base).unwrap_or_default()
    }
}

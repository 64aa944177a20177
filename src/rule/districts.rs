//! Applying a rule to several districts at once.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::alliance::{self, Alliance};
use crate::allocation::TieBreak;
use crate::district::{District, Measure, SeatsBy};
use crate::error::Error;
use crate::method::{Contest, Excess};
use crate::outcome::{Admission, DistrictOutcome, Outcome, PartyOutcome};
use crate::party::Party;
use crate::shortfall::{Facts, Seen, Standing};
use crate::tally::{Tally, fits};
use crate::threshold::Threshold;

use super::Rule;
use super::apply::Place;

impl Rule {
    /// Applies the rule to each of these districts; the outcome has their totals, and [`Outcome::districts`] each of them.
    ///
    /// Parties are the same where their names are. A threshold at [`Level::Nation`](crate::Level::Nation) looks at all
    /// districts together; where all of the threshold does, so do the repairs of admission, and a party is admitted
    /// everywhere or nowhere. The rule's own number of seats counts only where it gives them to districts by [`SeatsBy`].
    /// Alliances hold in every district where their members stand.
    ///
    /// # Errors
    /// - [`Error::NoDistricts`], [`Error::DuplicateDistrict`], [`Error::DistrictWithoutSeats`],
    ///   [`Error::DistrictWithSeats`], [`Error::NoPopulation`], [`Error::DistrictTie`] for what is wrong with the districts.
    /// - [`Error::PartyDiffers`] for a party that has two members in one district and three in another.
    /// - [`Error::InDistrict`] for whatever [`apply_allied`](Self::apply_allied) refuses in one of them: a district
    ///   without parties, say.
    pub fn apply_districts(&self, districts: &[District], alliances: &[Alliance]) -> Result<Outcome, Error> {
        let nation = Nation::new(self, districts)?;
        let stands = |name: &str| nation.tally.place_of(name).is_some();
        self.check(stands)?;
        alliance::check(alliances, stands)?;

        let standings: Vec<Standing<'_>> = (0..nation.votes.len()).map(|at| Standing::alone(nation.seen(at))).collect();
        let everywhere = match self.threshold.as_ref().is_some_and(Threshold::is_national) {
            true => Some(self.admit(&standings, &nation.facts)?),
            false => None,
        };
        let one = |(district, &seats): (&District, &u64)| {
            let outcome = self.apply_district(district, seats, &nation, everywhere.as_deref(), alliances);
            let named = |error| Error::InDistrict { name: district.name.clone(), error: Box::new(error) };
            outcome.map(|outcome| DistrictOutcome { name: district.name.clone(), outcome }).map_err(named)
        };
        #[cfg(feature = "rayon")]
        let outcomes: Vec<Result<DistrictOutcome, Error>> = {
            use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
            districts.par_iter().zip(nation.seats.par_iter()).map(one).collect()
        };
        #[cfg(not(feature = "rayon"))]
        let outcomes: Vec<Result<DistrictOutcome, Error>> = districts.iter().zip(&nation.seats).map(one).collect();
        self.total(&nation, everywhere, outcomes.into_iter().collect::<Result<_, _>>()?)
    }

    /// Applies the rule to one district of several.
    fn apply_district(
        &self,
        district: &District,
        seats: u64,
        nation: &Nation,
        everywhere: Option<&[Admission]>,
        alliances: &[Alliance],
    ) -> Result<Outcome, Error> {
        let tally = &district.tally;
        self.check_parties(tally, seats)?;
        let votes = tally.first_choices()?;
        let facts = Facts::new(tally, seats);
        // Every party of a district stands in the nation.
        let places: Vec<usize> =
            tally.parties().iter().filter_map(|party| nation.tally.place_of(party.name())).collect();
        let standing = |((party, &votes), &at): ((_, _), &usize)| Standing {
            district: Seen { facts: &facts, party, votes },
            nation: nation.seen(at),
        };
        let standings: Vec<Standing<'_>> = tally.parties().iter().zip(&votes).zip(&places).map(standing).collect();
        let admissions = match everywhere {
            Some(admissions) => places.iter().map(|&at| admissions[at].clone()).collect(),
            None => self.admit(&standings, &facts)?,
        };
        let place = Place { tally, seats, facts: &facts, nation: &nation.facts, standings: &standings };
        self.give(&place, admissions, alliances)
    }

    /// The totals of all districts.
    fn total(
        &self,
        nation: &Nation,
        everywhere: Option<Vec<Admission>>,
        districts: Vec<DistrictOutcome>,
    ) -> Result<Outcome, Error> {
        let parties = nation.tally.parties();
        let admitted_apart = everywhere.is_none();
        let mut seats = alloc::vec![0_u128; parties.len()];
        let mut counted = alloc::vec![0_u128; parties.len()];
        let mut admissions: Vec<Option<Admission>> = match everywhere {
            Some(admissions) => admissions.into_iter().map(Some).collect(),
            None => alloc::vec![None; parties.len()],
        };
        for party in districts.iter().flat_map(|district| &district.outcome.parties) {
            let Some(at) = nation.tally.place_of(party.name()) else { continue };
            seats[at] += u128::from(party.seats);
            counted[at] += u128::from(party.counted);
            // A party takes part in the whole if it does anywhere.
            if !admissions[at].as_ref().is_some_and(Admission::is_admitted) {
                admissions[at] = Some(party.admission.clone());
            }
        }
        let base = self.share_base();
        let of = |at: usize| -> Result<PartyOutcome, Error> {
            Ok(PartyOutcome {
                party: parties[at].clone(),
                votes: nation.votes[at],
                counted: fits(parties[at].name(), counted[at])?,
                seats: fits(parties[at].name(), seats[at])?,
                admission: admissions[at].clone().unwrap_or(Admission::Passed),
            })
        };
        let outcomes = || districts.iter().map(|district| &district.outcome);
        let names = |of: fn(&Outcome) -> &[String]| {
            let names: BTreeSet<String> = outcomes().flat_map(of).cloned().collect();
            names.into_iter().collect::<Vec<_>>()
        };
        Ok(Outcome {
            parties: (0..parties.len()).map(of).collect::<Result<_, _>>()?,
            ties: outcomes().flat_map(|outcome| outcome.ties.iter().cloned()).collect(),
            settled: outcomes().flat_map(|outcome| outcome.settled.iter().cloned()).collect(),
            vacant: outcomes().map(|outcome| outcome.vacant).fold(0, u64::saturating_add),
            seats: nation.total,
            spared: outcomes().map(|outcome| outcome.spared).sum(),
            base,
            whole: nation.facts.base(base).unwrap_or(0),
            stages: Vec::new(),
            exhausted: names(|outcome| &outcome.exhausted),
            capped: names(|outcome| &outcome.capped),
            bonus: None,
            districts,
            admitted_apart,
        })
    }
}

/// All districts together.
struct Nation {
    /// Votes, and parties without the bounds that they have in their districts.
    tally: Tally,
    votes: Vec<u64>,
    facts: Facts,
    /// Seats per district, and in all.
    seats: Vec<u64>,
    total: u64,
}

impl Nation {
    fn new(rule: &Rule, districts: &[District]) -> Result<Self, Error> {
        if districts.is_empty() {
            return Err(Error::NoDistricts);
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = districts.iter().find(|district| !seen.insert(district.name.as_str())) {
            return Err(Error::DuplicateDistrict { name: twice.name.clone() });
        }
        let seats = match &rule.seats_by {
            Some(by) => by.share(rule.seats, districts)?,
            None => {
                let own = |district: &District| {
                    district.seats.ok_or_else(|| Error::DistrictWithoutSeats { name: district.name.clone() })
                };
                districts.iter().map(own).collect::<Result<_, _>>()?
            }
        };
        let total = fits("the house", seats.iter().map(|&seats| u128::from(seats)).sum())?;
        let tally = Tally::nation(districts.iter().map(|district| &district.tally))?;
        let votes = tally.first_choices()?;
        let facts = Facts::new(&tally, total);
        Ok(Self { tally, votes, facts, seats, total })
    }

    /// A party as thresholds see it in the nation.
    fn seen(&self, at: usize) -> Seen<'_> {
        let party: &Party = &self.tally.parties()[at];
        Seen { facts: &self.facts, party, votes: self.votes[at] }
    }
}

impl SeatsBy {
    /// The seats of each district.
    fn share(&self, seats: u64, districts: &[District]) -> Result<Vec<u64>, Error> {
        if let Some(district) = districts.iter().find(|district| district.seats.is_some()) {
            return Err(Error::DistrictWithSeats { name: district.name.clone() });
        }
        let claim = |district: &District| -> Result<u64, Error> {
            match self.of {
                Measure::Ballots(base) => fits(&district.name, district.tally.base(base)?),
                Measure::Population => {
                    district.population.ok_or_else(|| Error::NoPopulation { name: district.name.clone() })
                }
            }
        };
        let claims: Vec<u64> = districts.iter().map(claim).collect::<Result<_, _>>()?;
        // Where minimums lift whole quotas beyond the seats, those with the smallest remainders pay for it.
        let mut contest = Contest::new(&claims, seats).excess(Excess::SmallestRemainders);
        if self.minimum > 0 {
            contest = contest.minimums(alloc::vec![self.minimum; claims.len()]);
        }
        let places: BTreeMap<&str, usize> =
            districts.iter().enumerate().map(|(at, district)| (district.name.as_str(), at)).collect();
        let chain: Vec<TieBreak> = self
            .tie_break
            .iter()
            .map(|tie_break| match tie_break {
                TieBreak::MostVotes => TieBreak::MostVotes,
                TieBreak::FewestVotes => TieBreak::FewestVotes,
                TieBreak::ListOrder => TieBreak::ListOrder,
                TieBreak::Drawn(names) => {
                    TieBreak::Drawn(names.iter().filter_map(|name| places.get(name.as_str()).copied()).collect())
                }
            })
            .collect();
        let contest = contest.tie_break(chain.clone());
        let mut allocation = self.method.allocate_contest(&contest)?;
        allocation.settle(&claims, &chain);
        if let Some(tie) = allocation.tie() {
            let names: Vec<String> = tie.parties().iter().map(|&at| districts[at].name.clone()).collect();
            return Err(Error::DistrictTie { names, seats: tie.seats() });
        }
        Ok(allocation.into())
    }
}

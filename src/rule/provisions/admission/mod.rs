//! Admission: who takes part, after the threshold and what repairs it.

use core::cmp::Reverse;

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;
use crate::outcome::Admission;
use crate::shortfall::{Facts, Standing};
use crate::threshold::Level;

use super::Rule;

impl Rule {
    /// Who takes part, judged at `level`: those that pass the threshold, all where none does and the rule says so, then
    /// the next by votes while the admitted are too few or hold too few votes.
    pub(super) fn admit(&self, standings: &[Standing<'_>], facts: &Facts) -> Result<Vec<Admission>, Error> {
        let mut admissions = Vec::with_capacity(standings.len());
        for standing in standings {
            let shortfall = match &self.threshold {
                Some(threshold) => threshold.shortfall(standing, Level::District)?,
                None => None,
            };
            admissions.push(shortfall.map_or(Admission::Passed, Admission::Refused));
        }
        if self.none_passes_all && !admissions.iter().any(Admission::is_admitted) {
            admissions.iter_mut().for_each(|admission| repair(admission, None));
        }
        self.admit_enough(standings, &mut admissions)?;
        self.admit_share(standings, facts, &mut admissions)?;
        Ok(admissions)
    }

    /// Admits the next by votes while fewer than `admit_at_least` are.
    fn admit_enough(&self, standings: &[Standing<'_>], admissions: &mut [Admission]) -> Result<(), Error> {
        let passed = admissions.iter().filter(|admission| admission.is_admitted()).count();
        let missing = self.admit_at_least.saturating_sub(passed);
        if missing == 0 {
            return Ok(());
        }
        let next = next_by_votes(standings, admissions);
        refuse_equal(standings, &next, missing)?;
        let weight = self.second_list.map(|(weight, _)| weight);
        for index in next.into_iter().take(missing) {
            repair(&mut admissions[index], weight);
        }
        Ok(())
    }

    /// Admits the next by votes while the admitted hold less than the share that they must.
    fn admit_share(
        &self,
        standings: &[Standing<'_>],
        facts: &Facts,
        admissions: &mut [Admission],
    ) -> Result<(), Error> {
        let Some((share, of)) = self.admitted_share else { return Ok(()) };
        let whole = facts.base(of)?;
        let admitted = standings.iter().zip(admissions.iter()).filter(|(_, admission)| admission.is_admitted());
        let mut held: u128 = admitted.map(|(standing, _)| u128::from(standing.district.votes)).sum();
        let next = next_by_votes(standings, admissions);
        let mut taken = 0;
        while taken < next.len() && share.compare_part(held, whole).is_lt() {
            held += u128::from(standings[next[taken]].district.votes);
            taken += 1;
        }
        refuse_equal(standings, &next, taken)?;
        for index in next.into_iter().take(taken) {
            repair(&mut admissions[index], None);
        }
        Ok(())
    }
}

/// The parties with votes that are not admitted, those with most votes first.
fn next_by_votes(standings: &[Standing<'_>], admissions: &[Admission]) -> Vec<usize> {
    let votes = |index: usize| standings[index].district.votes;
    let out = |&index: &usize| votes(index) > 0 && !admissions[index].is_admitted();
    let mut next: Vec<usize> = (0..standings.len()).filter(out).collect();
    next.sort_by_key(|&index| Reverse(votes(index)));
    next
}

/// Refuses to choose between equal parties where the first `places` of `next` come in.
fn refuse_equal(standings: &[Standing<'_>], next: &[usize], places: usize) -> Result<(), Error> {
    let votes = |index: usize| standings[index].district.votes;
    let (Some(&last_in), Some(&first_out)) = (places.checked_sub(1).and_then(|at| next.get(at)), next.get(places))
    else {
        return Ok(());
    };
    let at_cut = votes(last_in);
    if at_cut != votes(first_out) {
        return Ok(());
    }
    let ahead = next.iter().filter(|&&index| votes(index) > at_cut).count();
    let equal = next.iter().filter(|&&index| votes(index) == at_cut);
    let name = |&index: &usize| String::from(standings[index].district.party.name());
    Err(Error::AdmissionTie { names: equal.map(name).collect(), votes: at_cut, places: places - ahead })
}

/// Admits a party that did not pass.
fn repair(admission: &mut Admission, weight: Option<crate::Ratio>) {
    if let Admission::Refused(shortfall) = admission {
        let shortfall = shortfall.clone();
        *admission = match weight {
            Some(weight) => Admission::Weighed(shortfall, weight),
            None => Admission::Repaired(shortfall),
        };
    }
}

//! Bounds by proof, and the completions that attain them.

use alloc::vec;
use alloc::vec::Vec;

use super::Bound;
use super::fields::{Field, fields};
use super::open::Open;
use super::squeeze::Squeeze;
use crate::error::Error;
use crate::method::{AllocationMethod, Rounding};

use crate::insight::counts::{Counts, Kind};
use crate::insight::reading::{Reading, Size};
use crate::insight::state::Seats;

/// Completions up to which all of them are tried where bounds are not known to be tight.
const COMPLETIONS: u128 = 2_000;

/// Halvings of the range of votes given out where thresholds rise with them.
const HALVINGS: u32 = 6;

/// What is searched, and the fewest and most seats of each party that were found.
struct Search<'a> {
    open: Open<'a>,
    found: Vec<Option<(u64, u64)>>,
}

/// The fewest and most seats of each party.
pub(super) fn bounds(reading: Reading<'_>, counts: &Counts, out: u64) -> Result<Vec<(Bound, Bound)>, Error> {
    let parties = counts.votes().len();
    let mut search = Search { open: Open { reading, counts, out }, found: vec![None; parties] };
    if out == 0 {
        // The rule's own error, if it has no answer.
        reading.rule.apply(reading.tally)?;
    }
    search.try_simple();
    let proven = search.proven();
    let is_tight =
        |found: &[Option<(u64, u64)>]| found.iter().zip(&proven).all(|(found, proven)| *found == Some(*proven));
    if !is_tight(&search.found) && search.completions().is_some_and(|number| number <= COMPLETIONS) {
        search.try_all();
        // All were tried: what was found is what there is.
        let all = search.found.iter().map(|found| found.unwrap_or((0, 0)));
        return Ok(all
            .map(|(fewest, most)| (Bound { seats: fewest, tight: true }, Bound { seats: most, tight: true }))
            .collect());
    }
    let bound = |(&(fewest, most), found): (&(u64, u64), &Option<(u64, u64)>)| {
        let attained = |seats: u64, of: fn(&(u64, u64)) -> u64| found.as_ref().is_some_and(|found| of(found) == seats);
        (
            Bound { seats: fewest, tight: attained(fewest, |found| found.0) },
            Bound { seats: most, tight: attained(most, |found| found.1) },
        )
    };
    Ok(proven.iter().zip(&search.found).map(bound).collect())
}

impl Search<'_> {
    /// Looks at one completion: votes more by party, the rest for one party or of one kind.
    fn attempt(&mut self, votes: &[(usize, u64)], rest: Rest) {
        let mut counts = self.open.counts.clone();
        let mut left = self.open.out;
        for &(party, more) in votes {
            let more = more.min(left);
            counts.add(party, more);
            left -= more;
        }
        match rest {
            Rest::Party(party) => counts.add(party, left),
            Rest::Kind(kind) => counts.add_other(kind, left),
        }
        self.look(&counts);
    }

    fn look(&mut self, counts: &Counts) {
        if let Some(seats) = self.open.reading.state(counts, Size::Own).seats {
            self.note(&seats);
        }
    }

    fn note(&mut self, seats: &Seats) {
        for (party, found) in self.found.iter_mut().enumerate() {
            let (certain, possible) = (seats.certain_of(party), seats.possible_of(party));
            *found =
                Some(found.map_or((certain, possible), |(fewest, most)| (fewest.min(certain), most.max(possible))));
        }
    }

    /// All ballots for one party, or all of one kind.
    fn try_simple(&mut self) {
        for party in 0..self.open.parties() {
            self.attempt(&[], Rest::Party(party));
        }
        for kind in Kind::ALL {
            self.attempt(&[], Rest::Kind(kind));
        }
    }

    /// Bounds that hold for every completion; completions that come near them are tried on the way.
    fn proven(&mut self) -> Vec<(u64, u64)> {
        let parties = self.open.parties();
        let rule = self.open.reading.rule;
        // What holds in any case; a party that is not admitted has not even its minimum.
        let nothing_known: Vec<(u64, u64)> = (0..parties)
            .map(|party| {
                let limits = self.open.limits_of(party);
                (if rule.threshold.is_none() { limits.lower } else { 0 }, limits.upper.min(rule.seats))
            })
            .collect();
        let by_quotas = matches!(rule.method, AllocationMethod::LargestRemainder(_));
        let with_minimums = (0..parties).any(|party| self.open.limits_of(party).lower > 0);
        if by_quotas && with_minimums {
            return nothing_known;
        }
        let Some(fields) = fields(&self.open) else { return nothing_known };

        let mut bounds: Vec<(u64, u64)> = vec![(u64::MAX, 0); parties];
        for field in &fields {
            self.try_field(&field.parties);
            for party in 0..parties {
                let (fewest, most) = bounds[party];
                let known = nothing_known[party];
                bounds[party] = if field.parties.contains(&party) {
                    let fewest = if fewest > known.0 { self.fewest_in(field, party, fewest, known.0) } else { fewest };
                    (fewest, most.max(self.most_in(field, party).unwrap_or(known.1)))
                } else {
                    (0, most)
                };
            }
        }
        for (party, bound) in bounds.iter_mut().enumerate() {
            // No field, or no answer in any.
            if bound.0 > bound.1 {
                *bound = nothing_known[party];
            }
        }
        bounds
    }

    /// The most seats of a party when the parties of `field` take part: those with all ballots for it. `None` without an answer.
    ///
    /// One more ballot for it may round a quota up, and cost it a seat: there the bound is one for every quota in between.
    fn most_in(&mut self, Field { parties: field, lifts, .. }: &Field, party: usize) -> Option<u64> {
        if let AllocationMethod::LargestRemainder(quota) = self.open.reading.rule.method {
            if quota.rounding() != Rounding::Exact {
                for withheld in 0..self.open.out.min(16) {
                    self.attempt(&[(party, self.open.out - withheld)], Rest::Kind(Kind::Invalid));
                }
                return self.open.most_by_remainders(quota, field, party);
            }
        }
        // Its rivals have to have what lifts them over the threshold.
        let mut counts = self.open.counts.clone();
        let mut left = self.open.out;
        for (&rival, &lift) in field.iter().zip(lifts).filter(|(rival, _)| **rival != party) {
            counts.add(rival, lift.min(left));
            left -= lift.min(left);
        }
        counts.add(party, left);
        Some(self.seats_in(field, &counts)?.possible_of(party))
    }

    /// The seats when the parties of `field` take part, tie-breaks applied.
    fn seats_in(&self, field: &[usize], counts: &Counts) -> Option<Seats> {
        self.open.reading.seats_among(counts, field)
    }

    /// The fewest seats of a party when the parties of `field` take part, or `known` if it is not below that.
    fn fewest_in(&mut self, whole: &Field, party: usize, known: u64, lowest: u64) -> u64 {
        let field = &whole.parties;
        if self.open.counts.votes_of(party) == 0 {
            return lowest.min(known);
        }
        let highest = known.min(self.open.limits_of(party).upper).min(self.open.reading.rule.seats);
        let (mut possible, mut impossible) = (highest, None);
        // The least first: early in a count everything is open.
        let mut next = lowest;
        while impossible.map_or(possible > lowest, |below: u64| possible - below > 1) {
            match self.squeeze_under_threshold(whole, party, next) {
                Squeeze::Impossible => impossible = Some(next),
                Squeeze::By(votes) => {
                    possible = next;
                    self.try_squeeze(field, party, next, &votes);
                }
                Squeeze::Unknown => possible = next,
            }
            next = impossible.map_or(lowest, |below| below + (possible - below) / 2);
        }
        possible
    }

    /// As [`Open::squeeze`], where the votes given out raise the threshold for those that get them.
    fn squeeze_under_threshold(&self, field: &Field, party: usize, seats: u64) -> Squeeze {
        let Field { parties: field, lifts: least, all_pass } = field;
        if !all_pass || self.open.reading.rule.threshold.is_none() {
            return self.open.squeeze(field, party, seats, least, self.open.out);
        }
        match self.open.reading.rule.method {
            AllocationMethod::LargestRemainder(_) => {
                self.squeeze_in_range(field, party, seats, least, (0, self.open.out), HALVINGS)
            }
            _ => self.squeeze_step_by_step(field, party, seats, least),
        }
    }

    /// By highest averages the least votes that do it at one level of the base are found, then the base is raised by them, until
    /// it rises no more: both grow together, so what is impossible on the way is impossible.
    fn squeeze_step_by_step(&self, field: &[usize], party: usize, seats: u64, least: &[u64]) -> Squeeze {
        let mut lifts = least.to_vec();
        let mut raised = 0;
        let mut squeeze = self.open.squeeze(field, party, seats, &lifts, self.open.out);
        // What rises for longer than this is left open.
        for _ in 0..64 {
            let Squeeze::By(votes) = &squeeze else { break };
            let sum = votes.iter().fold(0_u64, |sum, &votes| sum.saturating_add(votes));
            if sum <= raised {
                break;
            }
            raised = sum;
            match self.lifts_at(field, least, raised) {
                Some(more) => lifts = more,
                None => return Squeeze::Impossible,
            }
            squeeze = self.open.squeeze(field, party, seats, &lifts, self.open.out);
        }
        squeeze
    }

    /// By largest remainders the votes given out to the field, from the range's first to its last number, raise quota and
    /// threshold alike: with the quota of the most and the threshold of the fewest of them nothing is missed. Where that says
    /// that it may be, the range is halved.
    fn squeeze_in_range(
        &self,
        field: &[usize],
        party: usize,
        seats: u64,
        least: &[u64],
        (from, to): (u64, u64),
        halvings: u32,
    ) -> Squeeze {
        let Some(lifts) = self.lifts_at(field, least, from) else { return Squeeze::Impossible };
        let loosely = self.open.squeeze(field, party, seats, &lifts, to);
        if loosely == Squeeze::Impossible {
            return loosely;
        }
        // What does it under the threshold of the most does it.
        if let Some(lifts) = self.lifts_at(field, least, to) {
            let surely = self.open.squeeze(field, party, seats, &lifts, to);
            if matches!(surely, Squeeze::By(_)) {
                return surely;
            }
        }
        if halvings == 0 || from == to {
            return Squeeze::Unknown;
        }
        let middle = from + (to - from) / 2;
        match self.squeeze_in_range(field, party, seats, least, (middle + 1, to), halvings - 1) {
            Squeeze::Impossible => self.squeeze_in_range(field, party, seats, least, (from, middle), halvings - 1),
            found => found,
        }
    }

    /// What each party of the field needs to pass when `raised` ballots more are in the base, at least as `least` says.
    fn lifts_at(&self, field: &[usize], least: &[u64], raised: u64) -> Option<Vec<u64>> {
        let lift = |(&party, &least): (&usize, &u64)| Some(self.open.lift(party, raised, Size::Below)?.max(least));
        field.iter().zip(least).map(lift).collect()
    }

    /// Completions that keep a party to so many seats, threshold permitting.
    fn try_squeeze(&mut self, field: &[usize], party: usize, seats: u64, votes: &[u64]) {
        self.try_with_rests(field, party, votes);
        for raised in [self.open.out, 0] {
            let lifts: Option<Vec<u64>> =
                field.iter().map(|&rival| self.open.lift(rival, raised, Size::Above)).collect();
            let Some(lifts) = lifts else { continue };
            if lifts.iter().any(|&lift| lift > 0) {
                if let Squeeze::By(votes) = self.open.squeeze(field, party, seats, &lifts, self.open.out) {
                    self.try_with_rests(field, party, &votes);
                }
            }
        }
    }

    /// These votes, and the rest in every simple way.
    fn try_with_rests(&mut self, field: &[usize], party: usize, votes: &[u64]) {
        let votes: Vec<(usize, u64)> = field.iter().copied().zip(votes.iter().copied()).collect();
        for rest in (0..self.open.parties()).filter(|&rest| rest != party) {
            self.attempt(&votes, Rest::Party(rest));
        }
        for kind in Kind::ALL {
            self.attempt(&votes, Rest::Kind(kind));
        }
    }

    /// Completions that admit the parties of `field`: votes that lift them over the threshold, and the rest in every simple way.
    fn try_field(&mut self, field: &[usize]) {
        for raised in [self.open.out, 0] {
            let lifts: Option<Vec<u64>> =
                field.iter().map(|&party| self.open.lift(party, raised, Size::Above)).collect();
            let Some(lifts) = lifts else { continue };
            if lifts.iter().all(|&lift| lift == 0) {
                continue;
            }
            for rest in 0..self.open.parties() {
                // The party that gets the rest needs no lift of its own.
                let others: Vec<(usize, u64)> = field.iter().copied().zip(lifts.iter().copied()).collect();
                let others: Vec<(usize, u64)> = others.into_iter().filter(|&(party, _)| party != rest).collect();
                self.attempt(&others, Rest::Party(rest));
            }
            let votes: Vec<(usize, u64)> = field.iter().copied().zip(lifts.iter().copied()).collect();
            for kind in Kind::ALL {
                self.attempt(&votes, Rest::Kind(kind));
            }
        }
    }

    /// The number of completions, if it is not too large to count.
    fn completions(&self) -> Option<u128> {
        let kinds = self.open.parties() as u128 + Kind::ALL.len() as u128 - 1;
        let mut number: u128 = 1;
        for i in 1..=kinds {
            number = number.checked_mul(u128::from(self.open.out) + i)? / i;
            if number > COMPLETIONS {
                return None;
            }
        }
        Some(number)
    }

    fn try_all(&mut self) {
        self.try_from(0, self.open.out, &self.open.counts.clone());
    }

    /// Every completion of `left` ballots for the parties from `party` on, or of any kind.
    fn try_from(&mut self, party: usize, left: u64, counts: &Counts) {
        let parties = self.open.parties();
        if party >= parties + Kind::ALL.len() {
            if left == 0 {
                self.look(counts);
            }
            return;
        }
        for ballots in 0..=left {
            let mut counts = counts.clone();
            match party.checked_sub(parties) {
                None => counts.add(party, ballots),
                Some(kind) => counts.add_other(Kind::ALL[kind], ballots),
            }
            self.try_from(party + 1, left - ballots, &counts);
        }
    }
}

/// Where the rest of the ballots goes.
#[derive(Clone, Copy)]
enum Rest {
    Party(usize),
    Kind(Kind),
}

//! One contest while ballots are out: bounds for every set of parties that may take part.

use alloc::vec::Vec;

use super::claims::{Order, Race};
use super::completions::{Completions, Turn};
use super::fields::{Field, sum};
use super::proof::Proof;
use crate::count::PlaceId;
use crate::count::tally::Beside;

/// The contest of one place, and the completions that are tried on the way.
pub(super) struct Unit<'u, 'p, 'a, 'c, 'f> {
    pub(super) place: PlaceId,
    pub(super) seats: u64,
    pub(super) order: &'u Order,
    pub(super) held: &'u [u64],
    /// Ballots out here.
    pub(super) out: u64,
    /// By place inside.
    pub(super) inside: &'u [(PlaceId, u64)],
    pub(super) proof: &'u Proof<'p, 'a>,
    pub(super) completions: &'u mut Completions<'c, 'f>,
}

/// The votes of a field with the ballots that each member has in any case, and the ballots left.
struct Setting {
    votes: Vec<u64>,
    out: u64,
    total: u128,
}

impl Unit<'_, '_, '_, '_, '_> {
    /// Widens the bounds by those of a field, by position.
    pub(super) fn look_into(&mut self, field: &Field, bounds: &mut [(u64, u64)]) {
        self.enter(field);
        let low = self.setting(field, &field.least);
        let high = field.enough.as_ref().map(|enough| self.setting(field, enough));
        let members: Vec<usize> = (0..field.members.len()).filter(|&at| field.members[at]).collect();
        for (party, bounds) in bounds.iter_mut().enumerate() {
            let (fewest, most) = *bounds;
            if !field.members[party] {
                bounds.0 = 0;
                continue;
            }
            if field.is_weighed {
                *bounds = (0, self.seats);
                continue;
            }
            let rivals: Vec<usize> = members.iter().copied().filter(|&rival| rival != party).collect();
            let mut own = 0;
            // A party without votes has no claim.
            if fewest > 0 && low.votes[party] > 0 {
                // A field in which it has more than in another says nothing new.
                own = self.fewest(field, (&low, high.as_ref()), (party, fewest), &rivals).unwrap_or(fewest);
            }
            let reach = self.race(&low).most(party, &rivals, most);
            if reach.is_some_and(|reach| self.reached(party).is_none_or(|(_, reached)| reached < reach)) {
                self.favour(field, party);
            }
            *bounds = (fewest.min(own), most.max(reach.unwrap_or(0)));
        }
    }

    /// The fewest seats of a party in a field, if they are no more than these; completions that may bring them are tried.
    fn fewest(
        &mut self,
        field: &Field,
        (low, high): (&Setting, Option<&Setting>),
        (party, at_most): (usize, u64),
        rivals: &[usize],
    ) -> Option<u64> {
        let worst = self.race(low).fewest(party, rivals, at_most)?;
        let is_open = |unit: &Self| unit.reached(party).is_none_or(|(reached, _)| reached > worst.seats);
        if !is_open(self) {
            return Some(worst.seats);
        }
        let strongest = |ballots: &[u64]| rivals.iter().copied().max_by_key(|&rival| ballots[rival]);
        let rest = strongest(&worst.ballots);
        self.attempt(&field.least, &worst.ballots, Turn::Beside(Beside::Invalid));
        if let Some(rival) = rest.filter(|_| is_open(self)) {
            self.attempt(&field.least, &worst.ballots, self.turn_of(rival));
        }
        if let (Some(high), Some(enough), true) = (high, &field.enough, is_open(self)) {
            let worst = self.race(high).fewest(party, rivals, u64::MAX)?;
            let rest = strongest(&worst.ballots).map_or(Turn::Beside(Beside::Other), |rival| self.turn_of(rival));
            self.attempt(enough, &worst.ballots, rest);
        }
        Some(worst.seats)
    }

    /// Tries the completions in which a field is admitted and a party gets all that is left.
    fn favour(&mut self, field: &Field, party: usize) {
        for lifts in [Some(&field.least), field.enough.as_ref()].into_iter().flatten() {
            let others: Vec<u64> =
                lifts.iter().enumerate().map(|(at, &lift)| if at == party { 0 } else { lift }).collect();
            self.attempt(&others, &[], self.turn_of(party));
        }
    }

    /// Tries completions that admit a field and no more.
    fn enter(&mut self, field: &Field) {
        self.attempt(&field.least, &[], Turn::Beside(Beside::Invalid));
        if let Some(enough) = &field.enough {
            let member = (0..field.members.len()).filter(|&at| field.members[at]).max_by_key(|&at| enough[at]);
            self.attempt(enough, &[], Turn::Beside(Beside::Other));
            self.attempt(enough, &[], member.map_or(Turn::Beside(Beside::Invalid), |member| self.turn_of(member)));
        }
    }

    /// Runs the completion with these ballots by position, both lists together, and the rest turned out alike.
    fn attempt(&mut self, lifts: &[u64], more: &[u64], rest: Turn) {
        if !self.proof.rule.is_flat() {
            // What later tiers make of it is seldom what the bounds have.
            return;
        }
        let figures = self.proof.figures;
        let mut left: Vec<(PlaceId, u64)> = self.proof.out.to_vec();
        let mut turns: Vec<(PlaceId, Turn, u64)> = Vec::new();
        for (at, &party) in figures.spot(self.place).parties.iter().enumerate() {
            let mut ballots = lifts[at].saturating_add(more.get(at).copied().unwrap_or(0));
            for (place, out) in left.iter_mut().filter(|(place, _)| figures.spot(*place).position(party).is_some()) {
                let here = ballots.min(*out);
                (ballots, *out) = (ballots - here, *out - here);
                if here > 0 {
                    turns.push((*place, Turn::Party(party), here));
                }
            }
        }
        turns.extend(left.into_iter().map(|(place, out)| (place, rest, out)));
        self.completions.run(&turns);
    }

    fn turn_of(&self, at: usize) -> Turn {
        Turn::Party(self.proof.figures.spot(self.place).parties[at])
    }

    /// The fewest and the most seats of a party here in the completions so far.
    fn reached(&self, at: usize) -> Option<(u64, u64)> {
        let party = self.proof.figures.spot(self.place).parties[at];
        self.completions.reached(self.place)?.get(party.index()).copied()
    }

    /// What a field has with these lifts, where their ballots are counted here.
    fn setting(&self, field: &Field, lifts: &[u64]) -> Setting {
        let spot = self.proof.figures.spot(self.place);
        let counts = |at: usize| {
            let party = spot.parties[at];
            self.inside.iter().any(|&(place, _)| self.proof.figures.spot(place).position(party).is_some())
        };
        let lift = |at: usize| if counts(at) { lifts[at] } else { 0 };
        let votes: Vec<u64> = spot.votes.iter().enumerate().map(|(at, votes)| votes.saturating_add(lift(at))).collect();
        let lifted = sum(&(0..votes.len()).map(lift).collect::<Vec<u64>>());
        let out = self.out.saturating_sub(u64::try_from(lifted).unwrap_or(u64::MAX));
        let of_members = votes.iter().zip(&field.members).filter(|(_, member)| **member);
        let total = of_members.map(|(&votes, _)| u128::from(votes)).sum::<u128>() + u128::from(out);
        Setting { votes, out, total }
    }

    fn race<'s>(&'s self, setting: &'s Setting) -> Race<'s> {
        let Setting { votes, out, total } = setting;
        Race { order: self.order, seats: self.seats, votes, held: self.held, out: *out, totals: (*total, *total) }
    }
}

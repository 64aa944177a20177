//! Bounds that hold for every completion, from the law's first tier up.

use alloc::vec;
use alloc::vec::Vec;

use super::claims::{Order, Race};
use super::completions::{Completions, Judged, Turn};
use super::fields::{Field, Judging};
use super::unit::Unit;
use crate::count::tally::Beside;
use crate::count::{Figures, Level, PartyId, PlaceId};
use crate::method::{AllocationMethod, Rounding};
use crate::rule::{Kind, NonePasses, Rule, Seats, Threshold, Votes};

/// Seats beyond which a contest is not looked into.
pub(super) const MOST_SEATS: u64 = 10_000;

/// The fewest and the most seats, by party of the nation.
pub(super) type Bounds = Vec<(u64, u64)>;

/// Bounds on the seats of every place, the nation first, and of the completions that may attain them.
pub(super) struct Proof<'p, 'a> {
    pub(super) rule: &'p Rule,
    pub(super) figures: &'p Figures<'a>,
    pub(super) out: &'p [(PlaceId, u64)],
}

/// Who can take part in the first tier at a place, by position there.
struct Standing {
    always: Vec<bool>,
    ever: Vec<bool>,
}

impl Proof<'_, '_> {
    /// The bounds of every place, the nation first; completions that may attain them are run on the way.
    pub(super) fn bounds(&self, completions: &mut Completions<'_, '_>) -> Vec<Bounds> {
        let parties = self.figures.parties().len();
        Beside::ALL.into_iter().for_each(|kind| completions.run_all(Turn::Beside(kind)));
        (0..parties).for_each(|party| completions.run_all(Turn::Party(PartyId::at(party))));
        let mut all = vec![vec![(0_u64, 0_u64); parties]; self.figures.spots().len()];
        for place in self.units() {
            let seats = self.seats(place);
            let here = match (self.order(0), seats) {
                (Some(order), Some(seats)) if seats <= MOST_SEATS => match self.fields(0, place) {
                    Some(fields) => self.by_fields(place, seats, &order, &fields, completions),
                    None => {
                        let standing = self.standing(place, completions);
                        self.race(place, seats, &order, &standing, completions)
                    }
                },
                _ => self.figures.spot(place).parties.iter().map(|_| (0, seats.unwrap_or(u64::MAX))).collect(),
            };
            let unit: Vec<(PartyId, (u64, u64))> = self.figures.spot(place).parties.iter().copied().zip(here).collect();
            for (at, bounds) in all.iter_mut().enumerate() {
                if self.figures.is_within(place, PlaceId::at(at)) {
                    for &(party, (fewest, most)) in &unit {
                        let known = &mut bounds[party.index()];
                        *known = (known.0.saturating_add(fewest), known.1.saturating_add(most));
                    }
                }
            }
        }
        self.add_later(&mut all, completions);
        for (_, most) in all.iter_mut().flatten() {
            *most = self.house().map_or(*most, |house| house.min(*most));
        }
        all
    }

    /// The seats of the whole house in a law of one tier, where it says them.
    fn house(&self) -> Option<u64> {
        self.rule.seats().filter(|_| self.rule.is_flat())
    }

    /// The places of the first tier.
    pub(super) fn units(&self) -> Vec<PlaceId> {
        let level = self.rule.tiers().first().and_then(|tier| tier.at).unwrap_or(Level::District);
        if self.figures.has_districts() { self.figures.at_level(level) } else { vec![PlaceId::NATION] }
    }

    /// The seats of the first tier at a place, where the law or the count says them.
    pub(super) fn seats(&self, place: PlaceId) -> Option<u64> {
        let tier = self.rule.tiers().first()?;
        match tier.seats {
            _ if tier.seats_by.is_some() => self.rule.seats(),
            Seats::Fixed(seats) => Some(seats),
            _ => self.rule.seats().filter(|_| place == PlaceId::NATION).or(self.figures.spot(place).seats),
        }
    }

    /// The order of claims, where a tier in its place is that and nothing else: the first, or one that tops up.
    pub(super) fn order(&self, tier: usize) -> Option<Order> {
        let tier = self.rule.tiers().get(tier)?;
        let plain = matches!(tier.kind, Kind::Parallel | Kind::TopUp)
            && tier.seats_by.is_none()
            && tier.votes == Votes::Cast
            && !tier.spare_votes
            && tier.fragments.is_none()
            && tier.quota_base.is_none()
            && !tier.partial
            && !tier.provisional
            && (tier.place.is_empty() || tier.kind == Kind::TopUp)
            && tier.bonus.is_none()
            && tier.cap.is_none()
            && tier.majority.is_none()
            && tier.threshold.as_ref().is_none_or(is_monotone);
        let free = |party: &crate::Party| party.minimum() == 0 && party.maximum().is_none();
        let bounded = self.figures.spots().iter().any(|spot| !spot.tally.parties().iter().all(free));
        let places = (0..self.figures.spots().len()).map(PlaceId::at);
        let allied = places.clone().any(|place| self.figures.alliances(place).next().is_some());
        if !plain || bounded || allied {
            return None;
        }
        match tier.method.allocation()? {
            AllocationMethod::HighestAverages(divisors) => Some(Order::Averages(divisors.ladder())),
            AllocationMethod::LargestRemainder(quota) if quota.rounding() == Rounding::Exact => {
                let held =
                    self.figures.spots().iter().any(|spot| spot.tally.parties().iter().any(|own| own.held() > 0));
                (!held && quota.added() == 0).then_some(Order::Remainders(*quota))
            }
            _ => None,
        }
    }

    /// The sets of parties that can take part in a tier at a place; `None` where they are not known, as where ballots of several
    /// places are out and a threshold judges them there.
    pub(super) fn fields(&self, tier: usize, place: PlaceId) -> Option<Vec<Field>> {
        let threshold = &self.rule.tiers()[tier].threshold;
        let out = match self.out {
            [] => (place, 0),
            [one] => *one,
            // Without a threshold everybody takes part; in the nation, ballots count alike wherever they are.
            [first, ..] if threshold.is_none() => (first.0, 0),
            [first, ..] if place == PlaceId::NATION && threshold.as_ref().is_none_or(looks_at_the_nation) => {
                (first.0, self.out.iter().fold(0_u64, |sum, &(_, ballots)| sum.saturating_add(ballots)))
            }
            _ => return None,
        };
        Judging::new((self.rule, tier), self.figures, place, out).fields()
    }

    /// The bounds of one contest, by position, over all fields; and runs completions that may attain them.
    pub(super) fn by_fields(
        &self,
        place: PlaceId,
        seats: u64,
        order: &Order,
        fields: &[Field],
        completions: &mut Completions<'_, '_>,
    ) -> Vec<(u64, u64)> {
        let spot = self.figures.spot(place);
        let held: Vec<u64> = spot.tally.parties().iter().map(crate::Party::held).collect();
        let inside = self.out_in(place);
        let out: u64 = inside.iter().fold(0, |sum, &(_, ballots)| sum.saturating_add(ballots));
        let mut unit = Unit { place, seats, order, held: &held, out, inside: &inside, proof: self, completions };
        let mut bounds = vec![(u64::MAX, 0); spot.parties.len()];
        for field in fields {
            unit.look_into(field, &mut bounds);
        }
        // Without a field, the law has no answer.
        bounds.iter_mut().filter(|bounds| bounds.0 > bounds.1).for_each(|bounds| *bounds = (0, seats));
        let certain = bounds.iter().fold(0_u64, |sum, &(fewest, _)| sum.saturating_add(fewest));
        for (fewest, most) in &mut bounds {
            *most = (*most).min(seats.saturating_sub(certain - *fewest));
        }
        bounds
    }

    /// Who takes part whatever happens, and who can: a party passes in every completion if it does with no ballot out, all of them
    /// for others, and in none if it does not with all of them.
    fn standing(&self, place: PlaceId, completions: &mut Completions<'_, '_>) -> Standing {
        let spot = self.figures.spot(place);
        let tier = &self.rule.tiers()[0];
        let repaired =
            tier.admit_at_least.parties > 0 || tier.none_passes != NonePasses::Error || tier.admitted_share.is_some();
        let free = tier.threshold.is_none() && !repaired;
        let passes = |judged: &Judged, party: PartyId| -> Option<bool> {
            let of = |place: PlaceId| judged.iter().find(|(at, _)| *at == place);
            let (_, list) = of(place).or_else(|| of(PlaceId::NATION))?;
            list.iter().find(|(own, _)| *own == party).map(|&(_, passed)| passed)
        };
        let (mut always, mut ever) = (Vec::new(), Vec::new());
        for &party in &spot.parties {
            // Ballots for another party are in every base.
            let other = (0..self.figures.parties().len()).map(PartyId::at).find(|&other| other != party);
            let mut passes_with = |turn: Option<PartyId>| passes(completions.judge_all(turn), party);
            always.push(free || (passes_with(other) == Some(true) && passes_with(None) == Some(true)));
            ever.push(free || repaired || passes_with(Some(party)) != Some(false));
        }
        Standing { always, ever }
    }

    /// The bounds of one contest, by position; and runs the completions that may attain them.
    fn race(
        &self,
        place: PlaceId,
        seats: u64,
        order: &Order,
        standing: &Standing,
        completions: &mut Completions<'_, '_>,
    ) -> Vec<(u64, u64)> {
        let spot = self.figures.spot(place);
        let out: u64 = self.out_in(place).iter().fold(0, |sum, &(_, ballots)| sum.saturating_add(ballots));
        let held: Vec<u64> = spot.tally.parties().iter().map(crate::Party::held).collect();
        let sum = |who: &[bool]| -> u128 {
            spot.votes.iter().zip(who).filter(|(_, who)| **who).map(|(&votes, _)| u128::from(votes)).sum()
        };
        let totals = (sum(&standing.always), sum(&standing.ever) + u128::from(out));
        let race = Race { order, seats, votes: &spot.votes, held: &held, out, totals };
        let among = |who: &[bool], party: usize| -> Vec<usize> {
            (0..who.len()).filter(|&rival| rival != party && who[rival]).collect()
        };
        let mut bounds = Vec::with_capacity(spot.parties.len());
        for party in 0..spot.parties.len() {
            let rivals = among(&standing.always, party);
            let most = if standing.ever[party] { race.most(party, &rivals, 0).unwrap_or(0) } else { 0 };
            let rivals = among(&standing.ever, party);
            let mut fewest = 0;
            // A party without votes has no claim.
            if standing.always[party] && spot.votes[party] > 0 {
                if let Some(worst) = race.fewest(party, &rivals, u64::MAX) {
                    fewest = worst.seats;
                    self.run_worst(place, party, &rivals, &worst.ballots, completions);
                }
            }
            bounds.push((fewest, most));
        }
        bounds
    }

    /// Runs the completion in which rivals get these ballots, and the first of those who can use more of them the rest.
    fn run_worst(
        &self,
        place: PlaceId,
        party: usize,
        rivals: &[usize],
        ballots: &[u64],
        completions: &mut Completions<'_, '_>,
    ) {
        let [(where_out, all)] = self.out_in(place)[..] else { return };
        let spot = self.figures.spot(place);
        let used = ballots.iter().fold(0_u64, |sum, &ballots| sum.saturating_add(ballots));
        let most = rivals.iter().copied().filter(|&rival| rival != party).max_by_key(|&rival| ballots[rival]);
        let rest = most.map_or(Turn::Beside(Beside::Other), |rival| Turn::Party(spot.parties[rival]));
        let mut turns: Vec<(PlaceId, Turn, u64)> = Vec::new();
        for (at, &ballots) in ballots.iter().enumerate().filter(|(_, ballots)| **ballots > 0) {
            turns.push((where_out, Turn::Party(spot.parties[at]), ballots));
        }
        turns.push((where_out, rest, all.saturating_sub(used)));
        completions.run(&turns);
    }

    /// The ballots out inside a place.
    fn out_in(&self, place: PlaceId) -> Vec<(PlaceId, u64)> {
        self.out.iter().copied().filter(|&(at, _)| self.figures.is_within(at, place)).collect()
    }
}

/// Whether more ballots for a party never cost it the threshold.
fn is_monotone(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Quota { times, .. } => *times <= crate::Ratio::ONE,
        Threshold::Any(list) | Threshold::All(list) => list.iter().all(is_monotone),
        Threshold::At { threshold, .. } => is_monotone(threshold),
        Threshold::Places { pass, .. } => is_monotone(pass),
        Threshold::Seats(_) => false,
        _ => true,
    }
}

/// Whether a threshold that is judged in the nation looks at no place inside it.
fn looks_at_the_nation(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Any(list) | Threshold::All(list) => list.iter().all(looks_at_the_nation),
        Threshold::At { level, threshold } => *level == Level::Nation && looks_at_the_nation(threshold),
        Threshold::Places { .. } => false,
        _ => true,
    }
}

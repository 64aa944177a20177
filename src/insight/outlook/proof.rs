//! Bounds that hold for every completion, from the law's first tier up.

use alloc::vec;
use alloc::vec::Vec;

use super::claims::{Order, Race};
use super::completions::{Completions, Turn};
use crate::count::tally::Beside;
use crate::count::{Figures, Level, PartyId, PlaceId};
use crate::method::{AllocationMethod, Rounding};
use crate::rule::{Kind, NonePasses, Overhang, Rule, Seats, Threshold, Tier, Votes};

/// Seats beyond which a contest is not looked into.
const MOST_SEATS: u64 = 10_000;

/// The fewest and the most seats, by party of the nation.
type Bounds = Vec<(u64, u64)>;

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
        let least = completions.run_all(Turn::Beside(Beside::Other));
        let best: Vec<_> = (0..parties).map(|party| completions.run_all(Turn::Party(PartyId::at(party)))).collect();
        let mut all = vec![vec![(0_u64, 0_u64); parties]; self.figures.spots().len()];
        for place in self.units() {
            let seats = self.seats(place);
            let standing = self.standing(place, &least, &best);
            let here = match (self.order(), seats) {
                (Some(order), Some(seats)) if seats <= MOST_SEATS => self.race(place, seats, &order, &standing, completions),
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
        let rest = self.rule.tiers().iter().skip(1).fold(Some(0), |sum: Option<u64>, tier| {
            sum.zip(self.later_seats(tier)).and_then(|(sum, seats)| sum.checked_add(seats))
        });
        let taken_back = self.rule.tiers().iter().any(takes_back);
        for (fewest, most) in all.iter_mut().flatten() {
            *most = rest.map_or(u64::MAX, |rest| most.saturating_add(rest));
            *most = self.house().map_or(*most, |house| house.min(*most));
            *fewest = if taken_back { 0 } else { *fewest };
        }
        self.add_direct_seats(&mut all);
        all
    }

    /// The seats of the whole house in a law of one tier, where it says them.
    fn house(&self) -> Option<u64> {
        self.rule.seats().filter(|_| self.rule.is_flat())
    }

    /// The places of the first tier.
    fn units(&self) -> Vec<PlaceId> {
        let level = self.rule.tiers().first().and_then(|tier| tier.at).unwrap_or(Level::District);
        if self.figures.has_districts() { self.figures.at_level(level) } else { vec![PlaceId::NATION] }
    }

    /// The seats of the first tier at a place, where the law or the count says them.
    fn seats(&self, place: PlaceId) -> Option<u64> {
        let tier = self.rule.tiers().first()?;
        match tier.seats {
            _ if tier.seats_by.is_some() => self.rule.seats(),
            Seats::Fixed(seats) => Some(seats),
            _ => self.rule.seats().filter(|_| place == PlaceId::NATION).or(self.figures.spot(place).seats),
        }
    }

    /// The most seats that a later tier can add for one party; `None` where there is no end to them.
    fn later_seats(&self, tier: &Tier) -> Option<u64> {
        if tier.provisional {
            return Some(0);
        }
        match (&tier.overhang, tier.seats) {
            (Overhang::Keep | Overhang::Level(_), _) if tier.kind == Kind::TopUp => None,
            (_, Seats::Fixed(seats)) => {
                let places = self.figures.at_level(tier.at.unwrap_or(Level::Nation)).len().max(1);
                seats.checked_mul(places as u64)
            }
            _ => self.figures.nation().seats,
        }
    }

    /// Direct seats are held in a law of tiers.
    fn add_direct_seats(&self, all: &mut [Bounds]) {
        if self.rule.is_flat() {
            return;
        }
        let sum = self.figures.parties().iter().fold(0_u64, |sum, party| sum.saturating_add(party.direct_seats()));
        for (_, most) in all.iter_mut().flatten() {
            *most = most.saturating_add(sum);
        }
    }

    /// The order of claims, where the first tier is that and nothing else.
    fn order(&self) -> Option<Order> {
        let tier = self.rule.tiers().first()?;
        let plain = tier.kind == Kind::Parallel
            && tier.seats_by.is_none()
            && tier.admit_at_least.second_list.is_none()
            && tier.votes == Votes::Cast
            && !tier.spare_votes
            && tier.fragments.is_none()
            && tier.quota_base.is_none()
            && !tier.partial
            && !tier.provisional
            && tier.place.is_empty()
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
                let held = self.figures.spots().iter().any(|spot| spot.tally.parties().iter().any(|own| own.held() > 0));
                (!held && quota.added() == 0).then_some(Order::Remainders(*quota))
            }
            _ => None,
        }
    }

    /// Who takes part whatever happens, and who can: a party passes in every completion if it does with no ballot out, all of them
    /// for others, and in none if it does not with all of them.
    fn standing(&self, place: PlaceId, least: &Judged, best: &[Judged]) -> Standing {
        let spot = self.figures.spot(place);
        let tier = &self.rule.tiers()[0];
        let repaired = tier.admit_at_least.parties > 0
            || tier.none_passes != NonePasses::Error
            || tier.admitted_share.is_some();
        let free = tier.threshold.is_none() && !repaired;
        let passes = |judged: &Judged, party: PartyId| -> Option<bool> {
            let of = |place: PlaceId| judged.iter().find(|(at, _)| *at == place);
            let (_, list) = of(place).or_else(|| of(PlaceId::NATION))?;
            list.iter().find(|(own, _)| *own == party).map(|&(_, passed)| passed)
        };
        let always = |&party: &PartyId| free || passes(least, party) == Some(true);
        let ever = |&party: &PartyId| free || repaired || passes(&best[party.index()], party) != Some(false);
        Standing { always: spot.parties.iter().map(always).collect(), ever: spot.parties.iter().map(ever).collect() }
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
            let most = if standing.ever[party] { race.most(party, &among(&standing.always, party)) } else { 0 };
            let rivals = among(&standing.ever, party);
            let mut fewest = 0;
            // A party without votes has no claim.
            if standing.always[party] && spot.votes[party] > 0 {
                let worst = race.fewest(party, &rivals);
                fewest = worst.seats;
                self.run_worst(place, party, &rivals, &worst.ballots, completions);
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

/// Who passes at which place, in one completion.
type Judged = Vec<(PlaceId, Vec<(PartyId, bool)>)>;

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

/// Whether a tier can take seats of earlier tiers back, or leave direct winners without one.
fn takes_back(tier: &Tier) -> bool {
    tier.overhang == Overhang::Return || tier.place.is_whole_target()
}

//! What later tiers can add to the seats of the first, and take back.

use alloc::vec::Vec;

use super::completions::Completions;
use super::proof::{Bounds, MOST_SEATS, Proof};
use crate::count::{Level, PlaceId};
use crate::rule::{Kind, Outsiders, Overhang, Seats, Tier};

impl Proof<'_, '_> {
    /// Adds to the first tier's bounds, the nation's first, what later tiers can.
    pub(super) fn add_later(&self, all: &mut [Bounds], completions: &mut Completions<'_, '_>) {
        let later = self.rule.tiers().iter().skip(1);
        let rest = later.map(|tier| self.later_seats(tier)).try_fold(0_u64, |sum, seats| sum.checked_add(seats?));
        let targets = self.targets(completions);
        let first: Vec<u64> = all[0].iter().map(|&(_, most)| most).collect();
        for bounds in all.iter_mut() {
            for (party, (_, most)) in bounds.iter_mut().enumerate() {
                // Who never tops up has the seats of the first tier alone.
                let never = targets.as_ref().is_some_and(|targets| targets[party] == 0);
                let rest = if never { Some(0) } else { rest };
                *most = rest.map_or(u64::MAX, |rest| most.saturating_add(rest));
            }
        }
        for (((_, most), target), first) in all[0].iter_mut().zip(targets.into_iter().flatten()).zip(first) {
            // A party ends with its target, or with what it holds where that is more.
            *most = (*most).min(target.max(first));
        }
        if self.rule.tiers().iter().any(takes_back) {
            all.iter_mut().flatten().for_each(|(fewest, _)| *fewest = 0);
        }
        self.add_direct_seats(all);
    }

    /// The most seats that a later tier can add for one party; `None` where there is no end to them.
    fn later_seats(&self, tier: &Tier) -> Option<u64> {
        if tier.provisional {
            return Some(0);
        }
        match (&tier.overhang, tier.seats) {
            (Overhang::Keep | Overhang::Level(_), _) if tier.kind == Kind::TopUp => None,
            (_, Seats::Fixed(seats)) if self.tops_up(tier) => Some(seats.saturating_sub(self.first_seats()?)),
            (_, Seats::Fixed(seats)) => {
                let places = self.figures.at_level(tier.at.unwrap_or(Level::Nation)).len().max(1);
                seats.checked_mul(places as u64)
            }
            _ => self.figures.nation().seats,
        }
    }

    /// Whether a tier gives out what is left of a house of fixed size, in which all seats held so far count.
    fn tops_up(&self, tier: &Tier) -> bool {
        tier.kind == Kind::TopUp
            && tier.at.is_none_or(|level| level == Level::Nation)
            && !tier.place.is_whole_target()
            && tier.outsiders != Outsiders::Keep
            && matches!(tier.overhang, Overhang::Error | Overhang::Exclude | Overhang::ExcludeMet)
    }

    /// The seats that the first tier gives whatever the votes are.
    fn first_seats(&self) -> Option<u64> {
        let whole = self.order(0).is_some() && !self.rule.tiers()[0].vacancies;
        let seats = self.units().into_iter().map(|place| self.seats(place));
        seats.filter(|_| whole).try_fold(0_u64, |sum, seats| sum.checked_add(seats?))
    }

    /// The most seats of each party's target in a law of two tiers, of which the second tops up; none for who never takes part
    /// in it. Those who hold more than their target leave, and the targets of the others shrink with the house.
    fn targets(&self, completions: &mut Completions<'_, '_>) -> Option<Vec<u64>> {
        let [_, tier] = self.rule.tiers() else { return None };
        let Seats::Fixed(house) = tier.seats else { return None };
        let order = self.order(1).filter(|order| order.is_monotone_in_seats())?;
        if !self.tops_up(tier) || house > MOST_SEATS {
            return None;
        }
        let fields = self.fields(1, PlaceId::NATION)?;
        let bounds = self.by_fields(PlaceId::NATION, house, &order, &fields, completions);
        Some(bounds.into_iter().map(|(_, most)| most).collect())
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
}

/// Whether a tier can take seats of earlier tiers back, or leave direct winners without one.
fn takes_back(tier: &Tier) -> bool {
    tier.overhang == Overhang::Return || tier.place.is_whole_target()
}

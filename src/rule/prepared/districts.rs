//! A plain method in each of many districts, and the nation's seats as their sums: row by row, without numbers by place and
//! party.

use alloc::vec;
use alloc::vec::Vec;

use super::bar::Bar;
use super::numbers::{Numbers, sum};
use super::tier::TierPlan;
use crate::count::PlaceId;
use crate::method::{AllocationMethod, Scratch};

/// A law of one tier in which votes and a number of votes decide in each district by itself.
#[derive(Clone, Debug)]
pub(super) struct Districts {
    method: AllocationMethod,
    districts: Vec<District>,
    /// By vote of a row, the position of its party in the nation.
    in_nation: Vec<usize>,
    /// Whether each district's parties are those of the nation, in their order.
    same_everywhere: bool,
    /// How many parties the nation has.
    parties: usize,
    /// The votes of those who take part in a district.
    votes: Vec<u64>,
    scratch: Scratch,
}

#[derive(Clone, Copy, Debug)]
struct District {
    parties: usize,
    seats: u64,
    bar: Bar,
}

impl Districts {
    /// The law, if it is one: these places have votes, and these only receive seats.
    pub(super) fn new(tier: &TierPlan, numbers: &Numbers, counting: &[PlaceId], receiving: &[PlaceId]) -> Option<Self> {
        let (method, units) = tier.bare()?;
        let places = units.iter().map(|unit| unit.place);
        if receiving != [PlaceId::NATION] || !places.eq(counting.iter().map(|place| place.index())) {
            return None;
        }
        let mut districts = Vec::with_capacity(units.len());
        let mut in_nation = Vec::new();
        for unit in units {
            let parties = numbers.free_parties(unit.place)?;
            districts.push(District { parties: parties.len(), seats: unit.seats, bar: Bar::new(&unit.judge)? });
            in_nation.extend_from_slice(parties);
        }
        let parties = numbers.free_parties(PlaceId::NATION.index())?.len();
        let order = 0..parties;
        let same_everywhere =
            parties > 0 && in_nation.chunks(parties).all(|positions| positions.iter().copied().eq(order.clone()));
        let widest = districts.iter().map(|district| district.parties).max()?;
        let (votes, scratch) = (vec![0; widest], Scratch::new());
        Some(Self { method: method.clone(), districts, in_nation, same_everywhere, parties, votes, scratch })
    }

    /// The seats of the first rows, up to one that is not plain: how many rows that is.
    pub(super) fn certain_rows(&mut self, rows: &[u64], seats: &mut [u64]) -> usize {
        let width = self.in_nation.len();
        if width == 0 {
            return 0;
        }
        let mut certain = 0;
        for (row, seats) in rows.chunks_exact(width).zip(seats.chunks_exact_mut(width + self.parties)) {
            if self.row(row, seats).is_none() {
                break;
            }
            certain += 1;
        }
        certain
    }

    /// The nation's seats; the house, and so each sum, fits.
    fn sum_up(&self, seats: &[u64], nation: &mut [u64]) {
        nation.fill(0);
        if self.same_everywhere {
            for here in seats.chunks_exact(self.parties) {
                nation.iter_mut().zip(here).for_each(|(sum, seats)| *sum += seats);
            }
        } else {
            for (&party, &seats) in self.in_nation.iter().zip(seats) {
                nation[party] += seats;
            }
        }
    }

    /// One row; none where a seat is tied, a place has no answer, or a sum outgrows 64 bits.
    fn row(&mut self, row: &[u64], seats: &mut [u64]) -> Option<()> {
        let (seats, nation) = seats.split_at_mut(self.in_nation.len());
        let (mut votes_left, mut seats_left, mut all) = (row, &mut *seats, 0_u64);
        for district in &self.districts {
            let (votes, votes_after) = votes_left.split_at(district.parties);
            let (seats, seats_after) = core::mem::take(&mut seats_left).split_at_mut(district.parties);
            (votes_left, seats_left) = (votes_after, seats_after);
            if district.seats == 0 {
                // Whatever the threshold.
                all = all.checked_add(sum(votes)?)?;
                seats.fill(0);
                continue;
            }
            let admitted = &mut self.votes[..district.parties];
            // No party has more votes in the nation than all together.
            all = all.checked_add(district.bar.admit(votes, admitted)?)?;
            if self.method.allocate_into(admitted, district.seats, seats, &mut self.scratch).ok()?.is_some() {
                return None;
            }
        }
        self.sum_up(seats, nation);
        Some(())
    }
}

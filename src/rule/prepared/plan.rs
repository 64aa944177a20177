//! Plans: laws whose provisions are arithmetic over numbers by party and place, without names.

use alloc::vec;
use alloc::vec::Vec;

use super::RowLeft;
use super::districts::Districts;
use super::lone::Lone;
use super::numbers::{Numbers, Site};
use super::threshold::Tests;
use super::tier::{Note, TierPlan, Work};
use super::watch::{Nobody, Watch};
use crate::count::{Figures, PlaceId};
use crate::rule::Rule;
use crate::rule::session::Session;
use crate::tie::Tie;

/// A law's tiers with their places and buffers.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    numbers: Numbers,
    tiers: Vec<TierPlan>,
    /// The places in the order of the answer.
    answer: Vec<usize>,
    /// Whether open ties are part of the answer: of a law of one tier without tie-breaks, which nobody asks about.
    leaves_ties: bool,
    work: Work,
    shortcut: Option<Shortcut>,
}

/// A law that mostly needs no numbers by place and party.
#[derive(Clone, Debug)]
enum Shortcut {
    Lone(Lone),
    Districts(Districts),
}

impl Plan {
    /// The plan of a law; none if only a whole run of it gives the answer.
    pub(super) fn new(rule: &Rule, figures: &Figures<'_>, counting: &[PlaceId], receiving: &[PlaceId]) -> Option<Self> {
        Self::of(rule, figures, (counting, receiving), false)
    }

    /// The plan of a law whose figures move, ballots cast with the votes of parties.
    pub(super) fn of_moving(
        rule: &Rule,
        figures: &Figures<'_>,
        counting: &[PlaceId],
        receiving: &[PlaceId],
    ) -> Option<Self> {
        Self::of(rule, figures, (counting, receiving), true)
    }

    fn of(
        rule: &Rule,
        figures: &Figures<'_>,
        (counting, receiving): (&[PlaceId], &[PlaceId]),
        cast_moves: bool,
    ) -> Option<Self> {
        let mut starts = vec![None; figures.spots().len()];
        let mut start = 0;
        for &place in counting {
            starts[place.index()] = Some(start);
            start += figures.spot(place).parties.len();
        }
        let places = (0..starts.len()).map(PlaceId::at);
        let sites = places.map(|place| Site::new(figures, place, starts[place.index()]));
        let numbers = Numbers::new(sites.collect::<Option<_>>()?, figures, !rule.is_flat())?;

        let mut tiers = Vec::with_capacity(rule.tiers().len());
        let mut slots = 0;
        for (index, tier) in rule.tiers().iter().enumerate() {
            let mut session = Session::new(rule, figures, &[]).ok()?;
            session.tier = index;
            let mut tests = Tests { session: &session, slots, cast_moves };
            tiers.push(TierPlan::new(tier, &mut tests)?);
            slots = tests.slots;
        }
        let mut work = Work::new(slots, figures.parties().len());
        if cast_moves {
            // Figures move by a few ballots at a time; the rows of a forecast have other votes in every place.
            work.keep(tiers.iter_mut().fold(0, |contests, tier| tier.number_contests(contests)));
        }
        // A house that outgrows 64 bits is an error, which a whole run names.
        let house: u128 = tiers.iter().map(TierPlan::most_seats).sum();
        u64::try_from(house + numbers.held_before()).ok()?;
        let plain =
            rule.is_flat() && rule.tiers().iter().all(|tier| tier.tie_break.is_empty() && tier.place.is_empty());
        let shortcut = match &tiers[..] {
            // What is held before it would be part of the answer.
            [tier] if !numbers.is_anything_held() => Lone::new(tier, &numbers)
                .map(Shortcut::Lone)
                .or_else(|| Districts::new(tier, &numbers, counting, receiving).map(Shortcut::Districts)),
            _ => None,
        };
        Some(Self {
            answer: counting.iter().chain(receiving).map(|place| place.index()).collect(),
            leaves_ties: plain,
            work,
            numbers,
            tiers,
            shortcut,
        })
    }

    /// The certain seats of many rows by a shortcut, as far as they are; how many rows that is.
    pub(super) fn certain_rows(&mut self, rows: &[u64], seats: &mut [u64]) -> usize {
        match &mut self.shortcut {
            None => 0,
            Some(Shortcut::Lone(lone)) => lone.certain_rows(rows, seats),
            Some(Shortcut::Districts(districts)) => districts.certain_rows(rows, seats),
        }
    }

    /// Runs the tiers over the numbers that were read. Open ties go to `note` where they are part of the answer; none where
    /// only a whole run has it.
    pub(super) fn run(&mut self, mut note: Option<Note<'_>>, watch: &mut dyn Watch) -> Option<()> {
        for tier in &self.tiers {
            let note = match &mut note {
                Some(note) if self.leaves_ties => Some(&mut **note as Note<'_>),
                _ => None,
            };
            tier.run(&mut self.numbers, &mut self.work, note, watch)?;
        }
        Some(())
    }

    /// Whether all that it decides is shown to who watches.
    pub(super) fn is_shown(&self) -> bool {
        self.tiers.iter().all(TierPlan::is_shown)
    }

    pub(super) const fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    pub(super) const fn numbers_mut(&mut self) -> &mut Numbers {
        &mut self.numbers
    }

    /// The seats of one row, and its open ties; none where only a whole run has the answer.
    pub(super) fn row(&mut self, row: usize, votes: &[u64], seats: &mut [u64], left: &mut Vec<RowLeft>) -> Option<()> {
        self.numbers.read(votes)?;
        let mut ties: Vec<(usize, Vec<usize>, u64)> = Vec::new();
        let mut note = |place: usize, parties: &[usize], seats: u64| ties.push((place, parties.to_vec(), seats));
        self.run(Some(&mut note), &mut Nobody)?;
        let mut rest = seats;
        for &place in &self.answer {
            let (here, after) = rest.split_at_mut(self.numbers.site(place).parties.len());
            self.numbers.write(place, here);
            rest = after;
        }
        for (place, parties, seats) in ties {
            let site = self.numbers.site(place);
            let position = |party: &usize| site.parties.iter().position(|other| other == party);
            let in_row = parties.iter().filter_map(|party| Some(site.start? + position(party)?)).collect();
            left.extend(Tie::among(in_row, seats).map(|tie| RowLeft::Tie { row, tie }));
        }
        Some(())
    }
}

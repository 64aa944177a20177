//! Probes: a law as arithmetic over figures that move, for those who run it again and again with a few ballots changed.

use alloc::vec::Vec;

use super::plan::Plan;
use super::tier::Note;
use super::watch::{Nobody, Watch};
use crate::count::{Figures, PartyId, PlaceId};
use crate::rule::Rule;

/// A law that is run over numbers, with the seats of its last run.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    plan: Plan,
    /// Parties that share an open tie, by its place.
    ties: Vec<(usize, Vec<usize>)>,
}

impl Probe {
    /// The law over figures like these, whose ballots may move; none if only a whole run of it gives the answer.
    pub(crate) fn new(rule: &Rule, figures: &Figures<'_>) -> Option<Self> {
        let places = || (0..figures.spots().len()).map(PlaceId::at);
        let (counting, receiving): (Vec<PlaceId>, Vec<PlaceId>) =
            places().partition(|&place| figures.counts_itself(place));
        let plan = Plan::of_moving(rule, figures, &counting, &receiving)?;
        Some(Self { plan, ties: Vec::new() })
    }

    /// Whether all that it decides is shown to who watches.
    pub(crate) fn is_shown(&self) -> bool {
        self.plan.is_shown()
    }

    /// Runs the law over these figures, and shows its decisions; none where a seat is tied, or only a whole run has the answer.
    pub(crate) fn watched(&mut self, figures: &Figures<'_>, watch: &mut dyn Watch) -> Option<()> {
        self.ties.clear();
        self.plan.numbers_mut().read_figures(figures)?;
        self.plan.run(None, watch)
    }

    /// Runs the law over these figures, and leaves ties open where nobody asks about them; none where only a whole run has the
    /// answer.
    pub(crate) fn seats(&mut self, figures: &Figures<'_>) -> Option<()> {
        self.ties.clear();
        self.plan.numbers_mut().read_figures(figures)?;
        let ties = &mut self.ties;
        let mut note = |place: usize, parties: &[usize], seats: u64| {
            if seats > 0 && seats < parties.len() as u64 {
                ties.push((place, parties.to_vec()));
            }
        };
        let note: Note<'_> = &mut note;
        self.plan.run(Some(note), &mut Nobody)
    }

    /// The certain seats of every party of the nation in a place, after a run.
    pub(crate) fn certain(&self, place: PlaceId) -> &[u64] {
        self.plan.numbers().all_held(place.index())
    }

    /// The seats that a party may win in a place by open ties, after a run.
    pub(crate) fn open(&self, place: PlaceId, party: PartyId) -> u64 {
        let inside = self.ties.iter().filter(|(at, _)| self.plan.numbers().site(*at).chain.contains(&place.index()));
        inside.filter(|(_, parties)| parties.contains(&party.index())).count() as u64
    }
}

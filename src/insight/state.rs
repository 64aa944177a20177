//! States: what a law makes of figures, as far as margins and outlooks compare it.

use alloc::vec;
use alloc::vec::Vec;
use core::mem::{Discriminant, discriminant};

use crate::count::{Figures, PartyId, PlaceId};
use crate::error::Error;
use crate::rule::decision::Decisions;
use crate::rule::prepared::{Both, Probe, Watch};
use crate::rule::session::Session;
use crate::rule::{Rule, run};

/// The seats that a law gives and all that it decided on the way, over all ways in which ties go that it asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::insight) struct State {
    /// Whether these are the decisions of a run over numbers, which has words of its own.
    pub(in crate::insight) is_probed: bool,
    decisions: Decisions,
    errors: Vec<Discriminant<Error>>,
    /// The seats; `None` where the law has no answer.
    pub(in crate::insight) seats: Option<Seats>,
    /// Whether equal states are known to lie without a gap, comparisons being linear.
    pub(in crate::insight) is_whole: bool,
    /// Whether every way in which ties go was followed.
    pub(in crate::insight) is_complete: bool,
}

/// Seats at the place that is watched, by party of the nation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::insight) struct Seats {
    pub(in crate::insight) certain: Vec<u64>,
    pub(in crate::insight) possible: Vec<u64>,
    vacant: u64,
}

impl State {
    /// What a law makes of these figures.
    pub(in crate::insight) fn of(rule: &Rule, figures: &Figures<'_>, watched: PlaceId) -> Self {
        Self::shown(rule, figures, watched, &mut |_| {})
    }

    /// What a law makes of these figures; the end of each way is shown.
    pub(in crate::insight) fn shown(
        rule: &Rule,
        figures: &Figures<'_>,
        watched: PlaceId,
        show: &mut dyn FnMut(&Session<'_>),
    ) -> Self {
        let mut state = Self {
            is_probed: false,
            decisions: Decisions::new(),
            errors: Vec::new(),
            seats: None,
            is_whole: true,
            is_complete: true,
        };
        // In the nation no seat hangs on where it is placed.
        let all = run::each_way(rule, figures, watched != PlaceId::NATION, &mut |session, error| {
            state.add(session, watched, error);
            show(session);
        });
        if !all {
            state.is_complete = false;
            state.is_whole = false;
            state.seats = Some(Seats::unknown(figures));
        }
        state
    }

    /// What a law over numbers makes of these figures; none where only a whole run can say it.
    pub(in crate::insight) fn probed(probe: &mut Probe, figures: &Figures<'_>, watched: PlaceId) -> Option<Self> {
        Self::probed_by(probe, figures, watched, None)
    }

    /// What a law over numbers makes of these figures, shown to somebody else too; none where only a whole run can say it.
    pub(in crate::insight) fn probed_by(
        probe: &mut Probe,
        figures: &Figures<'_>,
        watched: PlaceId,
        other: Option<&mut dyn Watch>,
    ) -> Option<Self> {
        let mut decisions = Decisions::new();
        match other {
            None => probe.watched(figures, &mut decisions)?,
            Some(other) => probe.watched(figures, &mut Both(&mut decisions, other))?,
        }
        let certain = probe.certain(watched).to_vec();
        let seats = Seats { possible: certain.clone(), certain, vacant: 0 };
        Some(Self {
            is_probed: true,
            decisions,
            errors: Vec::new(),
            seats: Some(seats),
            is_whole: true,
            is_complete: true,
        })
    }

    /// Adds the end of one way.
    fn add(&mut self, session: &Session<'_>, watched: PlaceId, error: Option<&Error>) {
        for record in session.trace.records() {
            record.decision(&mut self.decisions);
        }
        if let Some(error) = error {
            let error = innermost(error);
            self.is_whole &= !names_numbers(error);
            self.errors.push(discriminant(error));
            return;
        }
        session.ledger.open_placings().iter().for_each(|choice| self.decisions.choice(choice));
        let seats = Seats::of(session, watched);
        match &mut self.seats {
            None => self.seats = Some(seats),
            Some(known) => known.join(&seats),
        }
    }

    /// Whether all is alike but for the values of rounded quotas.
    pub(in crate::insight) fn equal_but_for_quotas(&self, other: &Self) -> bool {
        self.is_probed == other.is_probed
            && self.decisions.equal_but_for_quotas(&other.decisions)
            && self.errors == other.errors
            && self.seats == other.seats
    }

    /// The seats that are certain for a party; none where the law has no answer.
    pub(in crate::insight) fn certain(&self, party: PartyId) -> u64 {
        self.seats.as_ref().and_then(|seats| seats.certain.get(party.index())).copied().unwrap_or(0)
    }

    /// The most seats that a party may have, whichever way ties go; none where the law has no answer.
    pub(in crate::insight) fn possible(&self, party: PartyId) -> u64 {
        self.seats.as_ref().and_then(|seats| seats.possible.get(party.index())).copied().unwrap_or(0)
    }
}

impl Seats {
    fn of(session: &Session<'_>, watched: PlaceId) -> Self {
        let parties = session.figures.parties().len();
        let mut certain = vec![0; parties];
        for (party, &seats) in session.ledger.all_certain(watched) {
            if let Some(entry) = certain.get_mut(party.index()) {
                *entry = seats;
            }
        }
        let mut possible = certain.clone();
        let mut may_win = |party: PartyId, seats: u64| {
            if let Some(entry) = possible.get_mut(party.index()) {
                *entry = entry.saturating_add(seats);
            }
        };
        for tie in session.ledger.open_within(session.figures, watched) {
            tie.parties.into_iter().for_each(|party| may_win(party, 1));
        }
        for tie in session.ledger.open_cells() {
            tie.inside(session.figures, watched).for_each(|(party, seats)| may_win(party, seats));
        }
        Self { certain, possible, vacant: u64::try_from(session.ledger.vacant_in_all()).unwrap_or(u64::MAX) }
    }

    /// The seats of every place over all ways of a law, the nation's first; none where the law has no answer.
    pub(in crate::insight) fn everywhere(rule: &Rule, figures: &Figures<'_>) -> Option<Vec<Self>> {
        let over_all_ways = |places: usize, asks_for_places: bool| {
            let mut known: Option<Vec<Self>> = None;
            let all = run::each_way(rule, figures, asks_for_places, &mut |session, error| {
                if error.is_some() {
                    return;
                }
                let seats = (0..places).map(|at| Self::of(session, PlaceId::at(at)));
                match &mut known {
                    None => known = Some(seats.collect()),
                    Some(known) => known.iter_mut().zip(seats).for_each(|(known, seats)| known.join(&seats)),
                }
            });
            all.then_some(known)
        };
        let places = figures.spots().len();
        if let Some(known) = over_all_ways(places, true) {
            return known;
        }
        // Too many ways in which seats are placed: the nation's seats may be known without them.
        let nation = over_all_ways(1, false).unwrap_or_else(|| Some(vec![Self::unknown(figures)]));
        nation.map(|mut known| {
            known.resize(places, Self::unknown(figures));
            known
        })
    }

    /// What is known where ways were not followed: nothing is certain, and nothing is ruled out.
    fn unknown(figures: &Figures<'_>) -> Self {
        let parties = figures.parties().len();
        Self { certain: vec![0; parties], possible: vec![u64::MAX; parties], vacant: 0 }
    }

    /// What is certain and possible over this way and another.
    fn join(&mut self, other: &Self) {
        for (certain, &there) in self.certain.iter_mut().zip(&other.certain) {
            *certain = there.min(*certain);
        }
        for (possible, &there) in self.possible.iter_mut().zip(&other.possible) {
            *possible = there.max(*possible);
        }
        self.vacant = self.vacant.min(other.vacant);
    }
}

/// The error without its place and tier.
fn innermost(error: &Error) -> &Error {
    match error {
        Error::InDistrict { error, .. } | Error::InTier { error, .. } => innermost(error),
        error => error,
    }
}

/// Whether an error stands for more than one comparison, so that it may come and go.
const fn names_numbers(error: &Error) -> bool {
    !matches!(
        error,
        Error::NoVotes { .. } | Error::AdmissionTie { .. } | Error::ZeroQuota { .. } | Error::TooManyVotes { .. }
    )
}

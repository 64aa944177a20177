//! Placing in prepared laws: which inner place gets each seat, where no two claims are equal.

use alloc::vec::Vec;

use super::claims::{Bid, Steps, largest};
use super::numbers::Numbers;
use super::threshold::WholeOf;
use super::watch::{Placed, Placing, Watch};
use crate::count::{Base, Figures, PlaceId};
use crate::method::{AllocationMethod, Scratch};
use crate::rule::provisions::placement::{Direct, Factor, Order, Placement, Room, What};
use crate::rule::session::Session;

/// The most claims that are compared one by one; beyond it, a whole run has heaps.
const MOST_CLAIMS: u64 = 1 << 20;

/// Seats of a party to be placed inside a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) place: usize,
    pub(super) party: usize,
    pub(super) seats: u64,
}

/// One step of placing with its places looked up.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// By place, those of the step's level inside it.
    inside: Vec<Vec<usize>>,
    /// What votes are taken times and per, by place; votes alone where it is empty.
    factors: Vec<(u64, WholeOf)>,
    course: Course,
}

/// By what seats are placed.
#[derive(Clone, Debug)]
enum Course {
    /// The largest claim first, until parties and places are full; room by place.
    Room { steps: Steps, room: Vec<u64> },
    /// Each party by itself, from the seats held on.
    EachParty(Steps),
    /// The whole target of each party by a method; seats held beyond it stay where the law keeps them.
    WholeTarget { method: AllocationMethod, keep: bool },
}

impl Step {
    /// The step; none if only a whole run places so.
    pub(super) fn new(step: &Placement, session: &Session<'_>) -> Option<Self> {
        let figures = session.figures;
        let places = || (0..figures.spots().len()).map(PlaceId::at);
        if step.settle.is_some() || step.by.is_some() || step.order != Order::Claims {
            return None;
        }
        let ids = |place| figures.inside(place, step.level).into_iter().map(PlaceId::index).collect();
        let factors = match step.per {
            Factor::Votes => Vec::new(),
            per => places().map(|place| factor(session, place, per, step)).collect::<Option<_>>()?,
        };
        let course = match (&step.method, step.what, &step.room) {
            (method, What::All, Room::Any) if factors.is_empty() && step.direct != Direct::Minimum => {
                let method = method.clone().unwrap_or(AllocationMethod::SAINTE_LAGUE);
                if matches!(method, AllocationMethod::Stages(_) | AllocationMethod::BalinskiYoung) {
                    return None;
                }
                Course::WholeTarget { method, keep: step.direct == Direct::Keep }
            }
            (Some(AllocationMethod::HighestAverages(divisors)), What::New, Room::Any) => {
                Course::EachParty(Steps::new(divisors)?)
            }
            (Some(AllocationMethod::HighestAverages(divisors)), What::New, Room::Seats(_) | Room::Named(_)) => {
                let room = places().map(|place| room(figures, place, step)).collect::<Option<_>>()?;
                Course::Room { steps: Steps::new(divisors)?, room }
            }
            _ => return None,
        };
        Some(Self { inside: places().map(ids).collect(), factors, course })
    }

    /// Whether what it decides are claims, which who watches can follow.
    pub(super) const fn is_shown(&self) -> bool {
        match &self.course {
            Course::Room { .. } | Course::EachParty(_) => true,
            Course::WholeTarget { method, .. } => matches!(method, AllocationMethod::HighestAverages(_)),
        }
    }

    /// What votes in a place are taken times and per, and whether all ballots there are in the latter; none for votes alone.
    pub(super) fn factor(&self, numbers: &Numbers, place: usize) -> Option<(u64, u128, bool)> {
        let (times, per) = self.factors.get(place)?;
        Some((*times, per.of(numbers, place), matches!(per, WholeOf::Parties { .. })))
    }

    pub(super) const fn is_whole_target(&self) -> bool {
        matches!(self.course, Course::WholeTarget { .. })
    }

    /// Places what is due, which is sorted by place, and adds what each inner place gets to `placed`; none where claims are
    /// equal, or a seat finds no place.
    pub(super) fn run(
        &self,
        numbers: &Numbers,
        due: &[Due],
        placed: &mut Vec<Due>,
        (work, scratch): (&mut PlacingWork, &mut Scratch),
        watch: &mut dyn Watch,
    ) -> Option<()> {
        for due in due.chunk_by(|a, b| a.place == b.place) {
            let inside = &self.inside[due[0].place];
            if inside.is_empty() {
                return None;
            }
            match &self.course {
                Course::Room { steps, room } => self.with_room(numbers, due, inside, steps, room, placed, work)?,
                Course::EachParty(steps) => self.each_party(numbers, due, inside, steps, placed, work)?,
                Course::WholeTarget { method, keep } => {
                    whole_targets(numbers, due, inside, method, work, scratch)?;
                    for (at, &place) in inside.iter().enumerate() {
                        let held = numbers.all_held(place);
                        let given = work.given.iter().skip(at).step_by(inside.len());
                        for (due, &given) in due.iter().zip(given).filter(|(due, _)| due.seats > 0) {
                            let seats = if *keep { given.max(held[due.party]) } else { given };
                            placed.push(Due { place, party: due.party, seats });
                        }
                    }
                }
            }
            if watch.looks() {
                watch.placed(&self.shown(numbers, due, inside, work));
            }
        }
        Some(())
    }

    /// What was placed inside one place.
    fn shown<'d>(
        &'d self,
        numbers: &'d Numbers,
        due: &'d [Due],
        inside: &'d [usize],
        work: &'d PlacingWork,
    ) -> Placed<'d> {
        let (placing, steps, room, moves) = match &self.course {
            Course::Room { steps, room } => (Placing::InTurn, Some(steps), &room[..], &work.moves[..]),
            Course::EachParty(steps) => (Placing::ByParty, Some(steps), &[][..], &[][..]),
            Course::WholeTarget { .. } => (Placing::Whole, None, &[][..], &[][..]),
        };
        Placed { numbers, step: self, due, inside, given: &work.given, moves, room, steps, placing }
    }

    /// A party's claim to a seat of a place when it holds so many there; `None` for no claim, an outer one for numbers that
    /// outgrow 128 bits.
    fn bid(&self, numbers: &Numbers, party: usize, place: usize, steps: &Steps) -> Option<Option<Bid>> {
        let votes = u128::from(numbers.votes(place, party));
        let (above, per) = match self.factors.get(place) {
            None => (votes, 1),
            Some((times, per)) => (votes.checked_mul((*times).into())?, per.of(numbers, place)),
        };
        if above == 0 || per == 0 {
            return Some(None);
        }
        Some(Some(Bid::new(above, per, numbers.held(place, party), steps)?))
    }

    /// The largest claim first: each party's best place is kept, and found anew when it is served or full.
    #[allow(clippy::too_many_arguments)] // a course of its own, apart so that it can be read
    fn with_room(
        &self,
        numbers: &Numbers,
        due: &[Due],
        inside: &[usize],
        steps: &Steps,
        room: &[u64],
        placed: &mut Vec<Due>,
        work: &mut PlacingWork,
    ) -> Option<()> {
        let width = inside.len();
        let all = due.iter().try_fold(0_u64, |sum, due| sum.checked_add(due.seats))?;
        all.checked_mul((due.len() + width) as u64).filter(|&claims| claims <= MOST_CLAIMS)?;
        work.start(due.len() * width);
        work.room.clear();
        work.room.extend(inside.iter().map(|&place| room[place]));
        work.left.clear();
        work.left.extend(due.iter().map(|due| due.seats));
        for (row, due) in due.iter().enumerate().filter(|(_, due)| due.seats > 0) {
            for (at, &place) in inside.iter().enumerate() {
                work.bids[row * width + at] = self.bid(numbers, due.party, place, steps)?;
            }
        }
        work.best.clear();
        for row in 0..due.len() {
            let best = work.best_of(row, width);
            work.best.push(best);
        }
        for _ in 0..all {
            let (row, at) = work.next(width)?;
            let before = numbers.held(inside[at], due[row].party);
            work.given[row * width + at] += 1;
            work.moves.push((row, at));
            work.left[row] -= 1;
            work.room[at] -= 1;
            let bid = &mut work.bids[row * width + at];
            *bid = Some((*bid)?.with(before + work.given[row * width + at], steps)?);
            for other in 0..due.len() {
                let gone = work.room[at] == 0 && work.best[other].is_at(at);
                if other == row || gone {
                    work.best[other] = work.best_of(other, width);
                }
            }
        }
        work.hand_on(due, inside, placed);
        Some(())
    }

    /// Each party by itself, one seat after the other.
    fn each_party(
        &self,
        numbers: &Numbers,
        due: &[Due],
        inside: &[usize],
        steps: &Steps,
        placed: &mut Vec<Due>,
        work: &mut PlacingWork,
    ) -> Option<()> {
        let width = inside.len();
        work.start(due.len() * width);
        for (row, due) in due.iter().enumerate().filter(|(_, due)| due.seats > 0) {
            due.seats.checked_mul(width as u64).filter(|&claims| claims <= MOST_CLAIMS)?;
            let bids = &mut work.bids[row * width..][..width];
            for (bid, &place) in bids.iter_mut().zip(inside) {
                *bid = self.bid(numbers, due.party, place, steps)?;
            }
            for _ in 0..due.seats {
                let open = bids.iter().enumerate().filter_map(|(at, bid)| Some((at, bid.as_ref()?)));
                let at = largest(open).ok()??;
                let given = &mut work.given[row * width + at];
                *given += 1;
                bids[at] = Some(bids[at]?.with(numbers.held(inside[at], due.party) + *given, steps)?);
            }
        }
        work.hand_on(due, inside, placed);
        Some(())
    }
}

/// The whole target of each party by a method over its votes in the places, into `work.given`.
fn whole_targets(
    numbers: &Numbers,
    due: &[Due],
    inside: &[usize],
    method: &AllocationMethod,
    work: &mut PlacingWork,
    scratch: &mut Scratch,
) -> Option<()> {
    work.given.clear();
    work.given.resize(due.len() * inside.len(), 0);
    for (due, given) in due.iter().zip(work.given.chunks_exact_mut(inside.len())).filter(|(due, _)| due.seats > 0) {
        work.votes.clear();
        work.votes.extend(inside.iter().map(|&place| numbers.votes(place, due.party)));
        if method.allocate_into(&work.votes, due.seats, given, scratch).ok()?.is_some() {
            return None;
        }
    }
    Some(())
}

/// A party's best open place.
#[derive(Clone, Copy, Debug)]
enum Best {
    None,
    One(usize),
    /// Several are equal.
    Several,
}

impl Best {
    /// Whether it may be this place.
    const fn is_at(self, place: usize) -> bool {
        match self {
            Self::None => false,
            Self::One(at) => at == place,
            Self::Several => true,
        }
    }
}

/// Working memory of placing.
#[derive(Clone, Debug, Default)]
pub(super) struct PlacingWork {
    bids: Vec<Option<Bid>>,
    given: Vec<u64>,
    votes: Vec<u64>,
    left: Vec<u64>,
    room: Vec<u64>,
    best: Vec<Best>,
    /// Seats in the order in which they were placed, by the positions of party and place.
    moves: Vec<(usize, usize)>,
}

impl PlacingWork {
    fn start(&mut self, pairs: usize) {
        self.moves.clear();
        self.bids.clear();
        self.bids.resize(pairs, None);
        self.given.clear();
        self.given.resize(pairs, 0);
    }

    /// The best place with room of a party that has seats left.
    fn best_of(&self, row: usize, width: usize) -> Best {
        if self.left[row] == 0 {
            return Best::None;
        }
        let bids = self.bids[row * width..][..width].iter().enumerate();
        let open = bids.filter_map(|(at, bid)| Some((at, bid.as_ref()?)));
        match largest(open.filter(|&(at, _)| self.room[at] > 0)) {
            Ok(None) => Best::None,
            Ok(Some(at)) => Best::One(at),
            Err(_) => Best::Several,
        }
    }

    /// The pair with the largest claim of all; none where several are equal, or there is none.
    fn next(&self, width: usize) -> Option<(usize, usize)> {
        let best = |row: usize| match self.best[row] {
            Best::One(at) => Some((row, self.bids[row * width + at].as_ref()?)),
            _ => None,
        };
        if self.best.iter().any(|best| matches!(best, Best::Several)) {
            // Which of a party's equal places is served first may matter to others.
            return None;
        }
        let row = largest((0..self.best.len()).filter_map(best)).ok()??;
        match self.best[row] {
            Best::One(at) => Some((row, at)),
            _ => None,
        }
    }

    /// Adds what was given to what is due in the inner places, place by place.
    fn hand_on(&self, due: &[Due], inside: &[usize], placed: &mut Vec<Due>) {
        for (at, &place) in inside.iter().enumerate() {
            for (row, due) in due.iter().enumerate() {
                let seats = self.given[row * inside.len() + at];
                if seats > 0 {
                    placed.push(Due { place, party: due.party, seats });
                }
            }
        }
    }
}

/// What votes in a place are taken times, and per.
fn factor(session: &Session<'_>, place: PlaceId, per: Factor, step: &Placement) -> Option<(u64, WholeOf)> {
    if session.figures.spot(place).level != step.level {
        return Some((0, WholeOf::Number(1)));
    }
    let valid = WholeOf::new(session.figures, place, Base::Valid, true)?;
    let times = match per {
        Factor::Votes | Factor::Share => 1,
        Factor::Seat => session.seats_of(place).ok()?,
        Factor::Quota => session.seats_of(place).ok()?.checked_add(1)?,
    };
    Some((times, valid))
}

/// The seats that a place can take; any number where it is none of the step's places.
fn room(figures: &Figures<'_>, place: PlaceId, step: &Placement) -> Option<u64> {
    let spot = figures.spot(place);
    match &step.room {
        Room::Seats(seats) => Some(*seats),
        Room::Named(_) if spot.level != step.level => Some(0),
        Room::Named(name) => spot.place.and_then(|place| place.room(name)),
        Room::Any | Room::Left => None,
    }
}

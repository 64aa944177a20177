//! Placing in prepared laws: which inner place gets each seat, where no two claims are equal.

use alloc::vec::Vec;

use super::claims::{Bid, Steps, Top, about};
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

    /// A party's claim to a seat of a place once it got so many there; none for numbers that outgrow 128 bits.
    fn bid(&self, numbers: &Numbers, (party, place): (usize, usize), given: u64, steps: &Steps) -> Option<Bid> {
        let votes = u128::from(numbers.votes(place, party));
        let (above, per) = match self.factors.get(place) {
            None => (votes, 1),
            Some((times, per)) => (votes.checked_mul((*times).into())?, per.of(numbers, place)),
        };
        Bid::new(above, per, numbers.held(place, party).checked_add(given)?, steps)
    }

    /// What a vote in a place weighs there, nearly and by three roundings; 0 where no votes are a claim.
    fn weight(&self, numbers: &Numbers, place: usize) -> f64 {
        match self.factors.get(place).map(|(times, per)| (*times, per.of(numbers, place))) {
            None => 1.0,
            Some((_, 0)) => 0.0,
            Some((times, per)) => about(times.into()) / about(per),
        }
    }

    /// The claims of parties to their first seats in places that take some, nearly.
    fn start(&self, numbers: &Numbers, due: &[Due], inside: &[usize], steps: &Steps, work: &mut PlacingWork) {
        work.start(due.len() * inside.len());
        for (at, &place) in inside.iter().enumerate().filter(|&(at, _)| work.room[at] > 0) {
            let weight = self.weight(numbers, place);
            work.weights[at] = weight;
            for (row, due) in due.iter().enumerate().filter(|(_, due)| due.seats > 0) {
                let votes = about(numbers.votes(place, due.party).into());
                let divisor = steps.about(numbers.held(place, due.party));
                work.claims[row * inside.len() + at] = votes * weight / divisor;
            }
        }
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
        work.room.clear();
        work.room.extend(inside.iter().map(|&place| room[place]));
        work.left.clear();
        work.left.extend(due.iter().map(|due| due.seats));
        self.start(numbers, due, inside, steps, work);
        let exact =
            |pair: usize, given: u64| self.bid(numbers, (due[pair / width].party, inside[pair % width]), given, steps);
        for row in 0..due.len() {
            let best = work.best_of(row, width, exact)?;
            work.best.push(best);
        }
        for _ in 0..all {
            let (row, at) = work.next(width, exact)?;
            let pair = row * width + at;
            work.given[pair] += 1;
            work.moves.push((row, at));
            work.left[row] -= 1;
            work.room[at] -= 1;
            if work.room[at] == 0 {
                work.claims.iter_mut().skip(at).step_by(width).for_each(|claim| *claim = 0.0);
            } else {
                let held = numbers.held(inside[at], due[row].party).checked_add(work.given[pair])?;
                let votes = about(numbers.votes(inside[at], due[row].party).into());
                work.claims[pair] = votes * work.weights[at] / steps.about(held);
            }
            for other in 0..due.len() {
                let gone = work.room[at] == 0 && is_at(work.best[other], at);
                if other == row || gone {
                    work.best[other] = work.best_of(other, width, exact)?;
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
        work.room.clear();
        work.room.resize(width, u64::MAX);
        self.start(numbers, due, inside, steps, work);
        for (row, due) in due.iter().enumerate().filter(|(_, due)| due.seats > 0) {
            due.seats.checked_mul(width as u64).filter(|&claims| claims <= MOST_CLAIMS)?;
            let claims = &mut work.claims[row * width..][..width];
            let given = &mut work.given[row * width..][..width];
            for _ in 0..due.seats {
                let exact = |at: usize| self.bid(numbers, (due.party, inside[at]), given[at], steps);
                let Top::One(at, _) = Top::of(claims, exact)? else { return None };
                given[at] += 1;
                let held = numbers.held(inside[at], due.party).checked_add(given[at])?;
                let votes = about(numbers.votes(inside[at], due.party).into());
                claims[at] = votes * work.weights[at] / steps.about(held);
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

/// Whether a party's best open place may be this one.
const fn is_at(best: Top, place: usize) -> bool {
    match best {
        Top::None => false,
        Top::One(at, _) => at == place,
        Top::Several => true,
    }
}

/// Working memory of placing.
#[derive(Clone, Debug, Default)]
pub(super) struct PlacingWork {
    /// By party and place, the claim to the next seat there, nearly; 0 where there is none.
    claims: Vec<f64>,
    /// By place, what a vote there weighs, nearly.
    weights: Vec<f64>,
    given: Vec<u64>,
    votes: Vec<u64>,
    left: Vec<u64>,
    room: Vec<u64>,
    best: Vec<Top>,
    /// The best claim of each party, nearly.
    tops: Vec<f64>,
    /// Seats in the order in which they were placed, by the positions of party and place.
    moves: Vec<(usize, usize)>,
}

impl PlacingWork {
    /// Empties what is found for so many pairs of party and place.
    fn start(&mut self, pairs: usize) {
        self.moves.clear();
        self.best.clear();
        self.claims.clear();
        self.claims.resize(pairs, 0.0);
        self.weights.clear();
        self.weights.resize(self.room.len(), 0.0);
        self.given.clear();
        self.given.resize(pairs, 0);
    }

    /// The best place with room of a party that has seats left. `exact` is the claim of a pair that was given so many seats.
    fn best_of(&self, row: usize, width: usize, exact: impl Fn(usize, u64) -> Option<Bid>) -> Option<Top> {
        if self.left[row] == 0 {
            return Some(Top::None);
        }
        let first = row * width;
        Top::of(&self.claims[first..][..width], |at| exact(first + at, self.given[first + at]))
    }

    /// The pair with the largest claim of all; none where several are equal, or there is none.
    fn next(&mut self, width: usize, exact: impl Fn(usize, u64) -> Option<Bid>) -> Option<(usize, usize)> {
        self.tops.clear();
        for best in &self.best {
            self.tops.push(match *best {
                Top::None => 0.0,
                Top::One(_, nearly) => nearly,
                // Which of a party's equal places is served first may matter to others.
                Top::Several => return None,
            });
        }
        let at = |row: usize| match self.best[row] {
            Top::One(at, _) => Some(at),
            _ => None,
        };
        let of_row = |row: usize| {
            let pair = row * width + at(row)?;
            exact(pair, self.given[pair])
        };
        let Top::One(row, _) = Top::of(&self.tops, of_row)? else { return None };
        Some((row, at(row)?))
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

//! Placing: in which smaller place each new seat of a tier goes (Norway's counties, Germany's Länder, Italy's colleges).
//!
//! The arithmetic stands in [`placing`](crate::rule::placing); [`placement`](super::placement) says what a law may
//! choose; this file puts numbers to it.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::placement::{Factor, Order, PlaceBy, Placement, Room, What};
use super::{Given, Unit};
use crate::allocation::TieBreak;
use crate::count::{Base, Level, PartyId, PlaceId};
use crate::error::Error;
use crate::method::{AllocationMethod, Claim as SeatClaim, Divisors};
use crate::rule::choice::{Asked, Candidates, Choice};
use crate::rule::placing::settle::{self, Settle, Settling};
use crate::rule::placing::{
    Answers, Claim, Falling, Grid, Move, Pair, Placed, Placing, Stopped, each_party, in_order, room, unused,
    whole_target,
};
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{PlacedRecord, PlacedSeat, Record, SettledRecord};

/// The level to which the tier that runs now places its seats; districts if it does not.
pub(crate) fn inner_level(session: &Session<'_>) -> Level {
    session.tier().place.steps().first().map_or(Level::District, |step| step.level)
}

/// Places what a tier gave in its places, and books it.
pub(crate) fn apply(session: &mut Session<'_>, results: Vec<(Unit, Given)>) -> Result<(), Halt> {
    for (unit, given) in results {
        let given = super::without_ties(session, &unit, given)?;
        let place = unit.place;
        let placed = place_unit(session, &unit, &given).map_err(|halt| session.located(place, halt))?;
        session.ledger.leave_vacant(place, given.vacant);
        if !placed {
            // An open tie: nothing is placed, the seats stay with the place that gave them.
            super::book_unit(session, &unit, &given)?;
        }
    }
    Ok(())
}

/// Places the seats of one place by the tier's steps; not where a tie of the placing stays open.
fn place_unit(session: &mut Session<'_>, unit: &Unit, given: &Given) -> Result<bool, Halt> {
    let steps = session.tier().place.steps();
    let mut here: Vec<(PlaceId, Vec<u64>)> = vec![(unit.place, given.seats.clone())];
    let mut bookings: Vec<Booked> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let last = index + 1 == steps.len();
        let mut next = Vec::new();
        for (outer, seats) in here {
            let order = if step.order == Order::Seats { order_won(session, unit, &seats)? } else { Vec::new() };
            let job = Job { unit, step, outer, seats: &seats, order: &order, must_ask: steps.len() > 1 };
            let Some(placed) = job.run(session)? else { return Ok(false) };
            if last {
                bookings.extend(job.bookings(session, &placed)?);
            } else {
                next.extend(placed.by_place());
            }
        }
        here = next;
    }
    for (place, seats) in bookings {
        session.book(place, seats)?;
    }
    Ok(true)
}

/// One step of placing inside one place.
struct Job<'j> {
    unit: &'j Unit,
    step: &'j Placement,
    outer: PlaceId,
    /// By position in the unit.
    seats: &'j [u64],
    order: &'j [Vec<usize>],
    /// Whether a tie cannot stay open, as what follows depends on it.
    must_ask: bool,
}

/// Seats by party at a place, to be booked there.
type Booked = (PlaceId, Vec<(PartyId, i128)>);

/// What was placed where: the inner places, and the seats of each party of the unit in them.
struct Done {
    places: Vec<PlaceId>,
    seats: Grid<u64>,
}

impl Done {
    fn by_place(&self) -> Vec<(PlaceId, Vec<u64>)> {
        let column = |at: usize| (0..self.seats.parties()).map(|party| *self.seats.get((party, at))).collect();
        self.places.iter().enumerate().map(|(at, &place)| (place, column(at))).collect()
    }
}

impl Job<'_> {
    fn run(&self, session: &mut Session<'_>) -> Result<Option<Done>, Halt> {
        let places = session.figures.inside(self.outer, self.step.level);
        if places.is_empty() {
            let place = session.figures.spot(self.outer).title();
            return Err(Error::NoPlacesInside { place, level: self.step.level }.into());
        }
        if let Some(settle) = &self.step.settle {
            return self.settle(session, settle, places);
        }
        let parties = self.unit.parties.len();
        let held = self.held(session, &places)?;
        let votes = Grid::from_fn(parties, places.len(), |(party, place)| {
            session.figures.spot(places[place]).votes_of(self.unit.parties[party])
        });
        let claims = self.claims(session, &places)?;
        let room = self.room(session, &places)?;
        let chain = self.chain(session, &places);
        let placing = Placing { claims: &claims, held: &held, seats: self.seats, votes: &votes, tie_break: &chain };
        let result = self.asking(session, &places, |answers| self.place(&placing, &held, room.as_deref(), answers))?;
        let Some(placed) = result else { return Ok(None) };
        self.record(session, &places, &claims, &held, &placed);
        for pair in placed.unseated.pairs() {
            session.ledger.note_unseated(places[pair.1], self.unit.parties[pair.0], *placed.unseated.get(pair));
        }
        Ok(Some(Done { places, seats: placed.seats }))
    }

    /// Runs the way of placing that the step names.
    fn place(
        &self,
        placing: &Placing<'_>,
        held: &Grid<u64>,
        room: Option<&[u64]>,
        answers: &mut Answers<'_>,
    ) -> Result<Placed, Stopped> {
        if self.step.what == What::All {
            let method = self.step.method.as_ref().unwrap_or(&AllocationMethod::SAINTE_LAGUE);
            return whole_target::run(placing, method, held, self.step.direct, answers);
        }
        if self.step.by == Some(PlaceBy::Unused) {
            let course = match (self.step.order, room) {
                (Order::Seats, room) => unused::Course::Order { order: self.order, room },
                (Order::Claims, Some(room)) => unused::Course::Room(room),
                (Order::Claims, None) => unused::Course::EachParty,
            };
            return unused::run(placing, course, answers);
        }
        match (&self.step.method, self.step.order, room) {
            (Some(AllocationMethod::HighestAverages(divisors)), Order::Seats, room) => {
                in_order::run(placing, Falling::Divisors(divisors), room, self.order, answers)
            }
            (Some(AllocationMethod::HighestAverages(divisors)), Order::Claims, Some(room)) => {
                room::run(placing, Falling::Divisors(divisors), room, answers)
            }
            (Some(method), ..) => each_party::run(placing, method, answers),
            (None, ..) => Err(Error::MissingKey { key: "method or by", of: "place" }.into()),
        }
    }

    /// Runs something that may stop at a tie; none where the tie stays open.
    fn asking<T>(
        &self,
        session: &mut Session<'_>,
        places: &[PlaceId],
        run: impl FnOnce(&mut Answers<'_>) -> Result<T, Stopped>,
    ) -> Result<Option<T>, Halt> {
        let is_last = session.tier + 1 == session.rule.tiers().len();
        let must_ask = self.must_ask || !is_last || self.step.what == What::All || session.asks_for_places;
        let parties = &self.unit.parties;
        let choice_of = |tier: usize, pairs: &[Pair], seats: u64| Choice {
            tier,
            place: self.outer,
            about: "the place of a seat",
            candidates: Candidates::Pairs(
                pairs.iter().map(|&(party, place)| (parties[party], places[place])).collect(),
            ),
            winners: seats,
        };
        let tier = session.tier;
        let result = run(&mut |pairs, seats| {
            let won = session.winners(&choice_of(tier, pairs, seats))?;
            Some(won.into_iter().map(|at| pairs[at]).collect())
        });
        match result {
            Ok(done) => Ok(Some(done)),
            Err(Stopped::Tie { pairs, seats }) => {
                let choice = choice_of(tier, &pairs, seats);
                if must_ask {
                    return Err(Halt::Tie(Asked::Winners(choice)));
                }
                session.ledger.leave_placing_open(choice);
                Ok(None)
            }
            Err(Stopped::NoPlace { party, seats }) => {
                let party = session.figures.name(parties[party]).to_string();
                Err(Error::FindsNoPlace { party, seats }.into())
            }
            Err(Stopped::Unsettled { over }) => {
                let named = |&(party, over): &(usize, i64)| (session.figures.name(parties[party]).to_string(), over);
                Err(Error::CannotBeSettled { over: over.iter().map(named).collect() }.into())
            }
            Err(Stopped::Error(error)) => Err(error.into()),
        }
    }

    /// Whether a party's seats stay beside whole targets: it takes no part, or its target is none.
    fn stands_beside(&self, party: usize) -> bool {
        self.step.what == What::All && (self.seats[party] == 0 || !self.unit.admissions[party].is_admitted())
    }

    /// The seats that each party of the unit holds in each inner place.
    fn held(&self, session: &mut Session<'_>, places: &[PlaceId]) -> Result<Grid<u64>, Halt> {
        let mut held = Grid::filled(self.unit.parties.len(), places.len(), 0);
        for pair in held.pairs() {
            if self.stands_beside(pair.0) {
                continue;
            }
            *held.get_mut(pair) = session.held(places[pair.1], self.unit.parties[pair.0])?;
        }
        Ok(held)
    }

    /// What each party places a seat with in each inner place.
    fn claims(&self, session: &mut Session<'_>, places: &[PlaceId]) -> Result<Grid<Claim>, Halt> {
        let mut claims = Grid::filled(self.unit.parties.len(), places.len(), Claim::NONE);
        for (at, &place) in places.iter().enumerate() {
            let valid = session.base(place, Base::Valid)?;
            let seats = match (self.step.per, self.step.by) {
                (Factor::Votes | Factor::Share, None) => 0,
                _ => session.seats_of(place)?,
            };
            if self.step.by.is_some() && seats == 0 {
                // Without seats there was no quota, and so nothing that it left unused.
                return Err(Error::NothingUnused { place: session.figures.spot(place).title() }.into());
            }
            for (party, &id) in self.unit.parties.iter().enumerate() {
                if self.seats[party] == 0 && self.step.what == What::New {
                    // Whoever has no seats to place claims none.
                    continue;
                }
                let own = match self.step.by {
                    None => Claim::votes(session.figures.spot(place).votes_of(id)),
                    Some(PlaceBy::Unused) => unused_claim(session, place, id),
                };
                *claims.get_mut((party, at)) = match self.step.per {
                    _ if own.is_none() => Claim::NONE,
                    Factor::Votes => own,
                    Factor::Share => own.share(valid),
                    Factor::Seat => own.per_seat(seats, valid),
                    Factor::Quota => own.per_quota(seats, valid),
                };
            }
        }
        Ok(claims)
    }

    /// The seats that each inner place can take; none for any number.
    fn room(&self, session: &Session<'_>, places: &[PlaceId]) -> Result<Option<Vec<u64>>, Error> {
        let of = |&place: &PlaceId| match &self.step.room {
            Room::Any => Ok(u64::MAX),
            Room::Seats(seats) => Ok(*seats),
            Room::Left => Ok(session.ledger.left(place).unwrap_or(0)),
            Room::Named(name) => {
                let spot = session.figures.spot(place);
                let room = spot.place.and_then(|place| place.room(name));
                room.ok_or_else(|| Error::NoRoom { name: name.clone(), place: spot.title() })
            }
        };
        match self.step.room {
            Room::Any => Ok(None),
            _ => places.iter().map(of).collect::<Result<_, _>>().map(Some),
        }
    }

    /// The tie-breaks; lots name parties, who win with every pair of theirs.
    fn chain(&self, session: &Session<'_>, places: &[PlaceId]) -> Vec<TieBreak<Pair>> {
        let pairs_of = |names: &[String]| -> Vec<Pair> {
            let positions = names.iter().filter_map(|name| {
                let party = session.figures.party_named(name)?;
                self.unit.parties.iter().position(|&other| other == party)
            });
            positions.flat_map(|party| (0..places.len()).map(move |place| (party, place))).collect()
        };
        let pair_of = |(party, place): &(String, String)| {
            let party = session.figures.party_named(party)?;
            let row = self.unit.parties.iter().position(|&other| other == party)?;
            Some((row, places.iter().position(|&other| session.figures.spot(other).name == place)?))
        };
        let by_pair = |tie_break: &TieBreak<String>| match tie_break {
            TieBreak::MostVotes => TieBreak::MostVotes,
            TieBreak::FewestVotes => TieBreak::FewestVotes,
            TieBreak::ListOrder => TieBreak::ListOrder,
            TieBreak::Drawn(names) | TieBreak::DrawnFor { drawn: names, .. } => TieBreak::Drawn(pairs_of(names)),
            TieBreak::DrawnCells(cells) => TieBreak::Drawn(cells.iter().filter_map(pair_of).collect()),
        };
        self.step.tie_break.iter().map(by_pair).collect()
    }

    /// Settles totals and sizes by a statute's own steps.
    fn settle(&self, session: &mut Session<'_>, settle: &Settle, places: Vec<PlaceId>) -> Result<Option<Done>, Halt> {
        // Parties that pass the threshold alone; the others have neither seats nor a part in any quota.
        let admitted = self.unit.admitted();
        let votes = Grid::from_fn(admitted.len(), places.len(), |(party, place)| {
            session.figures.spot(places[place]).votes_of(self.unit.parties[admitted[party]])
        });
        let totals: Vec<u64> = admitted.iter().map(|&at| self.seats[at]).collect();
        let party_votes: Vec<u128> = admitted.iter().map(|&at| u128::from(self.unit.votes[at])).collect();
        let (mut sizes, mut valid) = (Vec::new(), Vec::new());
        for &place in &places {
            sizes.push(session.seats_of(place)?);
            valid.push(session.base(place, Base::Valid)?);
        }
        let settling = Settling {
            settle,
            totals: &totals,
            sizes: &sizes,
            votes: &votes,
            party_votes: &party_votes,
            valid: &valid,
        };
        let positions = admitted.clone();
        let result = self.asking(session, &places, |answers| {
            settle::run(&settling, &mut |pairs, seats| {
                let outer: Vec<Pair> = pairs.iter().map(|&(party, place)| (positions[party], place)).collect();
                let won = answers(&outer, seats)?;
                won.iter().map(|pair| outer.iter().position(|outer| outer == pair).map(|at| pairs[at])).collect()
            })
            .map_err(|stopped| outwards(stopped, &positions))
        })?;
        let Some(settled) = result else { return Ok(None) };
        let mut seats = Grid::filled(self.unit.parties.len(), places.len(), 0);
        for pair in settled.seats.pairs() {
            *seats.get_mut((admitted[pair.0], pair.1)) = *settled.seats.get(pair);
        }
        session.trace.push(Record::Settled(SettledRecord::of(
            session.tier,
            self.outer,
            &self.unit.parties_at(&admitted),
            &places,
            &sizes,
            &settled,
        )));
        Ok(Some(Done { places, seats }))
    }

    /// What is booked at each inner place: the seats placed, or what the whole target adds to the seats held there.
    fn bookings(&self, session: &mut Session<'_>, done: &Done) -> Result<Vec<Booked>, Halt> {
        let mut all = Vec::with_capacity(done.places.len());
        for (place, seats) in done.by_place() {
            let mut booked = Vec::with_capacity(seats.len());
            for (at, (&party, seats)) in self.unit.parties.iter().zip(seats).enumerate() {
                let held = match self.step.what {
                    What::All if !self.stands_beside(at) => session.held(place, party)?,
                    _ => 0,
                };
                booked.push((party, i128::from(seats) - i128::from(held)));
            }
            all.push((place, booked));
        }
        Ok(all)
    }

    fn record(
        &self,
        session: &mut Session<'_>,
        places: &[PlaceId],
        claims: &Grid<Claim>,
        held: &Grid<u64>,
        placed: &Placed,
    ) {
        let claim = |pair: Pair| (claims.get(pair).numerator().clone(), claims.get(pair).denominator().clone());
        let seat = |step: &Move| PlacedSeat {
            party: self.unit.parties[step.party],
            place: places[step.place],
            before: step.before,
            claim: claim((step.party, step.place)),
        };
        let pairs = placed.seats.pairs().filter(|&pair| *placed.seats.get(pair) > 0 || *held.get(pair) > 0);
        session.trace.push(Record::Placed(PlacedRecord {
            tier: session.tier,
            place: self.outer,
            step: self.step.clone(),
            seats: self
                .unit
                .parties
                .iter()
                .copied()
                .zip(self.seats.iter().copied())
                .filter(|&(_, seats)| seats > 0)
                .collect(),
            placed: pairs
                .map(|pair| (self.unit.parties[pair.0], places[pair.1], *held.get(pair), *placed.seats.get(pair)))
                .collect(),
            moves: placed.moves.iter().map(seat).collect(),
        }));
    }
}

/// A stop with the parties' positions in the unit.
fn outwards(stopped: Stopped, positions: &[usize]) -> Stopped {
    match stopped {
        Stopped::Tie { pairs, seats } => {
            Stopped::Tie { pairs: pairs.into_iter().map(|(party, place)| (positions[party], place)).collect(), seats }
        }
        Stopped::NoPlace { party, seats } => Stopped::NoPlace { party: positions[party], seats },
        Stopped::Unsettled { over } => {
            Stopped::Unsettled { over: over.into_iter().map(|(party, over)| (positions[party], over)).collect() }
        }
        Stopped::Error(error) => Stopped::Error(error),
    }
}

/// A party's unused votes in a place as a claim.
fn unused_claim(session: &Session<'_>, place: PlaceId, party: PartyId) -> Claim {
    let Some(unused) = session.ledger.unused(place) else { return Claim::NONE };
    match unused.votes.get(&party) {
        Some(votes) => Claim::new(votes.clone(), unused.denominator.clone()),
        None => Claim::NONE,
    }
}

/// The most seats whose order is taken.
const MOST_IN_ORDER: u64 = 10_000_000;

/// The seats of a place in the order in which its tier gave them, as positions; those won by equal claims together.
fn order_won(session: &mut Session<'_>, unit: &Unit, seats: &[u64]) -> Result<Vec<Vec<usize>>, Halt> {
    let divisors: Divisors = match session.tier().method.allocation() {
        Some(AllocationMethod::HighestAverages(divisors)) => divisors.clone(),
        _ => return Err(Error::PlacingNeedsDivisors.into()),
    };
    let all: u128 = seats.iter().map(|&seats| u128::from(seats)).sum();
    if all > u128::from(MOST_IN_ORDER) {
        let value = all.to_string();
        return Err(Error::ParameterOutOfRange {
            parameter: "the seats placed in order",
            value,
            range: "up to 10,000,000",
        }
        .into());
    }
    let mut won: Vec<(usize, SeatClaim)> = Vec::new();
    for (at, &party) in unit.parties.iter().enumerate() {
        if seats[at] == 0 {
            continue;
        }
        // Seats held come before those that the tier gave.
        let held = session.held(unit.place, party)?;
        let votes = unit.counted.votes[at];
        won.extend((held..held + seats[at]).map(|index| (at, SeatClaim { votes, index })));
    }
    let ladder = divisors.ladder();
    won.sort_by(|(_, a), (_, b)| ladder.compare(*b, *a));
    let mut groups: Vec<(SeatClaim, Vec<usize>)> = Vec::new();
    for (at, claim) in won {
        match groups.last_mut() {
            Some((last, group)) if ladder.compare(*last, claim).is_eq() => group.push(at),
            _ => groups.push((claim, vec![at])),
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

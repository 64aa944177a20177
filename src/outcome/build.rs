//! Building an outcome from a session: sums over the ledger, by place and by tier.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::course::{Course, Told};
use super::{
    Admission, Outcome, PartyOutcome, PlaceOutcome, StageOutcome, TieOutcome, TiedCells, TierOutcome, Unseated, Warning,
};
use crate::allocation::Settled;
use crate::count::tally::seats_fit;
use crate::count::{Base, Level, Party, PartyId, PlaceId};
use crate::error::Error;
use crate::rule::ledger::{Booking, OpenCells};
use crate::rule::provisions::biproportional::Lot;
use crate::rule::provisions::{self, Unit, level_of_tier};
use crate::rule::session::Session;
use crate::rule::trace::ContestRecord;
use crate::rule::{Candidates, Choice, MatrixRecord, Record, Threshold, Trace};
use crate::tie::Tie;

/// What a tier saw of the parties of one place.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    tier: usize,
    place: PlaceId,
    seats: u64,
    parties: Vec<PartyId>,
    counted: Vec<u64>,
    admissions: Vec<Admission>,
    spared: u128,
}

impl Seen {
    /// What is kept of a unit.
    pub(crate) fn of(tier: usize, unit: &Unit) -> Self {
        let weighed = |(votes, admission): (&u64, &Admission)| match admission {
            Admission::Weighed(_, weight) => {
                let part = u128::from(*votes) * u128::from(weight.numerator()) / u128::from(weight.denominator());
                u64::try_from(part).unwrap_or(u64::MAX)
            }
            _ => *votes,
        };
        Self {
            tier,
            place: unit.place,
            seats: unit.seats,
            parties: unit.parties.clone(),
            counted: unit.counted.votes.iter().zip(&unit.admissions).map(weighed).collect(),
            admissions: unit.admissions.clone(),
            spared: unit.counted.spared,
        }
    }
}

impl Outcome {
    /// The outcome of a session that has ended, or that stopped at these choices; it takes the session's trace.
    pub(crate) fn of(session: &mut Session<'_>, stopped_at: Vec<Choice>) -> Result<Self, Error> {
        let (mut outcome, mut course) = Builder::new(session).build(stopped_at)?;
        course.trace = core::mem::take(&mut session.trace);
        course.warnings = outcome.warnings_of(course.warnings, &course.trace);
        outcome.told = Told::from(course);
        Ok(outcome)
    }
}

struct Builder<'b> {
    session: &'b Session<'b>,
    /// By place, what tiers saw there, in their order.
    seen_at: Vec<Vec<&'b Seen>>,
    /// By place, the contests in which tie-breaks acted.
    settled_at: BTreeMap<PlaceId, Vec<&'b ContestRecord>>,
}

impl<'b> Builder<'b> {
    /// Sorts what the session kept by place, so that no place looks through what others did.
    fn new(session: &'b Session<'b>) -> Self {
        let mut seen_at = vec![Vec::new(); session.figures.spots().len()];
        for seen in &session.seen {
            seen_at[seen.place.index()].push(seen);
        }
        let mut settled_at: BTreeMap<PlaceId, Vec<&ContestRecord>> = BTreeMap::new();
        for record in session.trace.records() {
            match record {
                Record::Contest(contest) if !contest.settled.is_empty() => {
                    settled_at.entry(contest.place).or_default().push(contest);
                }
                _ => {}
            }
        }
        Self { session, seen_at, settled_at }
    }
}

impl Builder<'_> {
    fn build(&self, stopped_at: Vec<Choice>) -> Result<(Outcome, Course), Error> {
        let session = self.session;
        let figures = session.figures;
        let base = self.base();
        let mut known = BTreeSet::new();
        let choices = stopped_at.into_iter().chain(self.open()).filter(|choice| known.insert(choice.clone()));
        let mut ties: Vec<TieOutcome> = choices.map(|choice| self.named(&choice)).collect();
        ties.extend(session.ledger.open_cells().iter().map(|open| self.named_cells(open)));
        let mut ties_at: BTreeMap<&str, Vec<&TieOutcome>> = BTreeMap::new();
        for tie in &ties {
            ties_at.entry(tie.place.as_deref().unwrap_or_default()).or_default().push(tie);
        }
        let places = (1..figures.spots().len()).map(|at| self.place(PlaceId::at(at), &ties_at, base));
        let places: Vec<PlaceOutcome> = places.collect::<Result<_, _>>()?;
        let parties = self.parties(PlaceId::NATION)?;
        let outcome = Outcome {
            seats: self.total(&parties, &ties)?,
            settled: self.settled(None),
            vacant: seats_fit("the house", session.ledger.vacant_in_all())?,
            spared: session.seen.iter().map(|seen| seen.spared).sum(),
            base,
            whole: figures.nation().tally.base(base).unwrap_or(0),
            bonus: self.bonus(),
            unseated: self.unseated(),
            ways: Vec::new(),
            alike: Vec::new(),
            ways_complete: !session.stopped,
            admitted_apart: self.admitted_apart(),
            told: Told::default(),
            parties,
            places,
            ties,
        };
        let mut course = Course {
            stages: self.stages(&outcome.parties),
            tiers: (0..session.rule.tiers().len()).map(|tier| self.tier(tier)).collect(),
            warnings: session.warnings.clone(),
            // What the session kept moves over at the end.
            trace: Trace::default(),
        };
        for spot in figures.spots() {
            if let Some(Error::TooManyVotes { what, count }) = &spot.too_many {
                course.warnings.push(Warning::TooManyVotes { party: what.clone(), votes: *count });
            }
        }
        let places = figures.spots().iter().map(|spot| spot.name).filter(|name| !name.is_empty());
        course.warnings.extend(Warning::of_names(figures.parties().iter().map(Party::name), places));
        Ok((outcome, course))
    }

    /// What shares are taken of: the first threshold's base, or the valid votes.
    fn base(&self) -> Base {
        let thresholds = self.session.rule.tiers().iter().filter_map(|tier| tier.threshold.as_ref());
        thresholds.filter_map(Threshold::first_base).next().unwrap_or_default()
    }

    /// Open ties, as choices.
    fn open(&self) -> Vec<Choice> {
        let ledger = &self.session.ledger;
        let mut open: Vec<Choice> = ledger.open().iter().map(crate::rule::ledger::Open::choice).collect();
        open.extend(ledger.open_placings().iter().cloned());
        open
    }

    /// A choice with names.
    fn named(&self, choice: &Choice) -> TieOutcome {
        let figures = self.session.figures;
        let name = |party: &PartyId| figures.name(*party).to_string();
        let place_name = |place: &PlaceId| figures.spot(*place).title();
        let (parties, places): (Vec<String>, Vec<String>) = match &choice.candidates {
            Candidates::Parties(parties) => (parties.iter().map(name).collect(), Vec::new()),
            Candidates::Places(places) => (places.iter().map(place_name).collect(), Vec::new()),
            Candidates::Pairs(pairs) => pairs.iter().map(|(party, place)| (name(party), place_name(place))).unzip(),
        };
        let several = self.session.rule.tiers().len() > 1;
        TieOutcome {
            tie: Tie::of_names(parties, choice.winners),
            tier: several.then(|| self.session.rule.tiers()[choice.tier].title(choice.tier)),
            place: self.session.place_name(choice.place),
            places,
            about: choice.about.to_string(),
            cells: None,
        }
    }

    /// A tie between cells, with names.
    fn named_cells(&self, open: &OpenCells) -> TieOutcome {
        let figures = self.session.figures;
        let party = |party: PartyId| figures.name(party).to_string();
        let place = |place: PlaceId| figures.spot(place).title();
        let several = self.session.rule.tiers().len() > 1;
        TieOutcome {
            tie: Tie::of_names(
                open.cells.iter().map(|cell| party(cell.0)).collect(),
                open.parties.iter().map(|(_, seats)| seats).sum(),
            ),
            tier: several.then(|| self.session.rule.tiers()[open.tier].title(open.tier)),
            place: self.session.place_name(open.place),
            places: open.cells.iter().map(|cell| place(cell.1)).collect(),
            about: "the seats of lists in districts".to_string(),
            cells: Some(TiedCells {
                party_seats: open.parties.iter().map(|&(id, seats)| (party(id), seats)).collect(),
                district_seats: open.districts.iter().map(|&(id, seats)| (place(id), seats)).collect(),
                outcomes: open.outcomes,
            }),
        }
    }

    /// What ties between cells leave open in one district: its lists and its seats.
    fn tied_in(&self, district: PlaceId) -> Vec<TieOutcome> {
        let mut ties = Vec::new();
        for open in self.session.ledger.open_cells() {
            let Some(&(_, seats)) = open.districts.iter().find(|(place, _)| *place == district) else { continue };
            let here = open.cells.iter().filter(|cell| cell.1 == district).map(|cell| cell.0);
            ties.push(TieOutcome {
                tie: Tie::of_names(self.session.names(&here.collect::<Vec<_>>()), seats),
                place: self.session.place_name(district),
                places: Vec::new(),
                cells: None,
                ..self.named_cells(open)
            });
        }
        ties
    }

    /// One region or district.
    fn place(
        &self,
        place: PlaceId,
        ties_at: &BTreeMap<&str, Vec<&TieOutcome>>,
        base: Base,
    ) -> Result<PlaceOutcome, Error> {
        let session = self.session;
        let spot = session.figures.spot(place);
        let parties = self.parties(place)?;
        let filled = seats_fit(spot.name, parties.iter().map(|party| u128::from(party.seats)).sum())?;
        let here = ties_at.get(spot.name).into_iter().flatten().map(|&tie| tie.clone());
        let spared = self.seen_at[place.index()].iter().map(|seen| seen.spared).sum();
        Ok(PlaceOutcome {
            name: spot.name.to_string(),
            level: spot.level,
            within: session.place_name(spot.within),
            seats: self.size(place).unwrap_or(filled),
            filled,
            ties: here.chain(self.tied_in(place)).collect(),
            most: Vec::new(),
            settled: self.settled(Some(place)),
            vacant: session.ledger.vacant(place),
            spared,
            base,
            whole: spot.tally.base(base).unwrap_or(0),
            parties,
        })
    }

    /// The seats that a place has to give out; in a law of one tier, those of its unit.
    fn size(&self, place: PlaceId) -> Option<u64> {
        let seen = self.seen_at[place.index()].first().filter(|_| self.session.rule.is_flat());
        seen.map(|seen| seen.seats).or_else(|| self.session.seats_of(place).ok())
    }

    /// The parties of a place: those that stand there, then others with seats.
    fn parties(&self, place: PlaceId) -> Result<Vec<PartyOutcome>, Error> {
        let session = self.session;
        let spot = session.figures.spot(place);
        let mut all = Vec::with_capacity(spot.parties.len());
        for (at, &party) in spot.parties.iter().enumerate() {
            let (counted, admission) = self.seen(place, party, at)?;
            let seats = session.ledger.certain(place, party);
            let own = spot.tally.parties()[at].clone();
            all.push(PartyOutcome { party: own, votes: spot.votes[at], counted, seats, admission });
        }
        for (&party, &seats) in session.ledger.all_certain(place) {
            if seats > 0 && spot.position(party).is_none() {
                let own = session.figures.parties()[party.index()].without_bounds();
                all.push(PartyOutcome { party: own, votes: 0, counted: 0, seats, admission: Admission::Passed });
            }
        }
        Ok(all)
    }

    /// What was counted for the party that stands `at` a position of a place, and whether it took part: in the last tier
    /// that ran there; otherwise in any place inside.
    fn seen(&self, place: PlaceId, party: PartyId, at: usize) -> Result<(u64, Admission), Error> {
        let of = |seen: &Seen| {
            // Mostly at the same position.
            let here = seen.parties.get(at) == Some(&party);
            let at = if here { at } else { seen.parties.iter().position(|&other| other == party)? };
            Some((seen.counted[at], seen.admissions[at].clone()))
        };
        let here = || self.seen_at[place.index()].iter().rev();
        let admitted = here().find_map(|seen| of(seen).filter(|(_, admission)| admission.is_admitted()));
        if let Some(seen) = admitted.or_else(|| here().find_map(|seen| of(seen))) {
            return Ok(seen);
        }
        let first = self.session.seen.iter().filter(|seen| self.session.figures.is_within(seen.place, place));
        let last_tier = first.clone().map(|seen| seen.tier).max();
        let mut counted: u128 = 0;
        let mut admission: Option<Admission> = None;
        for (votes, here) in first.filter(|seen| Some(seen.tier) == last_tier).filter_map(of) {
            counted += u128::from(votes);
            // A party takes part in the whole if it does anywhere.
            if !admission.as_ref().is_some_and(Admission::is_admitted) {
                admission = Some(here);
            }
        }
        // Too many only where nothing asks for the sum, which a warning tells.
        Ok((u64::try_from(counted).unwrap_or(u64::MAX), admission.unwrap_or(Admission::Passed)))
    }

    /// The seats of places that a law of one tier had not come to, or not done with, when it stopped at a tie.
    fn not_seen(&self) -> u128 {
        let session = self.session;
        if session.rule.tiers().iter().any(|tier| tier.method.is_biproportional()) {
            return 0;
        }
        let places = provisions::places(session).unwrap_or_default();
        let not_seen = places.into_iter().filter(|place| self.seen_at[place.index()].is_empty());
        not_seen.filter_map(|place| self.size(place)).map(u128::from).sum()
    }

    /// The seats that were to be given out.
    fn total(&self, parties: &[PartyOutcome], ties: &[TieOutcome]) -> Result<u64, Error> {
        let session = self.session;
        let sum: u128 = if session.rule.is_flat() {
            let seen: u128 = session.seen.iter().map(|seen| u128::from(seen.seats)).sum();
            seen + self.not_seen()
        } else {
            let open = ties.iter().filter(|tie| tie.places.is_empty()).map(|tie| u128::from(tie.seats()));
            parties.iter().map(|party| u128::from(party.seats)).sum::<u128>()
                + open.sum::<u128>()
                + session.ledger.vacant_in_all()
        };
        seats_fit("the house", sum)
    }

    /// What tie-breaks settled, at one place or everywhere.
    fn settled(&self, at: Option<PlaceId>) -> Vec<Settled<String>> {
        let contests: Vec<&ContestRecord> = match at {
            Some(place) => self.settled_at.get(&place).cloned().unwrap_or_default(),
            None => self.settled_at.values().flatten().copied().collect(),
        };
        let settled = contests.into_iter().flat_map(|contest| &contest.settled);
        let records = if at.is_none() { self.session.trace.records() } else { &[] };
        let matrices = records.iter().filter_map(|record| match record {
            Record::Matrix(matrix) => Some(matrix),
            _ => None,
        });
        let lots = matrices.flat_map(|matrix| matrix.lots.iter().map(|lot| self.lot(matrix, lot)));
        let named = |one: &crate::rule::trace::Settlement| Settled {
            by: one.by.clone(),
            parties: self.session.names(&one.winners),
            among: self.session.names(&one.among),
        };
        settled.map(named).chain(lots).collect()
    }

    /// A drawing of lots for cells: whose cells got a seat, among those whose cells were tied.
    fn lot(&self, matrix: &MatrixRecord, (by, drawn, before): &Lot) -> Settled<String> {
        let name = |&(row, _): &(usize, usize)| self.session.figures.name(matrix.parties[row]).to_string();
        let ties = before.ties().iter().filter(|tie| tie.cells().iter().any(|cell| drawn.contains(cell)));
        let among =
            ties.flat_map(|tie| tie.parties().iter().map(|&(row, seats)| (row, usize::try_from(seats).unwrap_or(0))));
        Settled {
            by: by.clone(),
            parties: drawn.iter().map(name).collect(),
            among: among.map(|line| name(&line)).collect(),
        }
    }

    /// What one tier gave.
    fn tier(&self, tier: usize) -> TierOutcome {
        let session = self.session;
        let mut seats = vec![0; session.figures.parties().len()];
        let gave = |booking: &&Booking| booking.tier == tier && !booking.seats.is_empty();
        let mut bookings: Vec<&Booking> = session.ledger.bookings().iter().filter(gave).collect();
        bookings.sort_by_key(|booking| booking.place);
        for &(party, given) in bookings.iter().flat_map(|booking| &booking.seats) {
            seats[party.index()] += given;
        }
        let of_party = |given: &[(PartyId, i128)]| {
            (session.figures.name(given[0].0).to_string(), given.iter().map(|&(_, seats)| seats).sum())
        };
        let places = bookings.chunk_by(|one, other| one.place == other.place).map(|here| {
            let mut given: Vec<(PartyId, i128)> =
                here.iter().flat_map(|booking| booking.seats.iter().copied()).collect();
            given.sort_by_key(|&(party, _)| party);
            let name = session.figures.spot(here[0].place).name.to_string();
            (name, given.chunk_by(|one, other| one.0 == other.0).map(of_party).collect())
        });
        TierOutcome {
            name: session.rule.tiers()[tier].title(tier),
            article: session.rule.tiers()[tier].article.clone(),
            level: if session.figures.has_districts() { level_of_tier(session, tier) } else { Level::Nation },
            seats,
            places: places.collect(),
            idle: super::clause::idle(
                &session.rule.tiers()[tier],
                tier,
                session.trace.records(),
                session.seen.iter().any(|seen| seen.tier == tier && seen.spared > 0),
            ),
        }
    }

    /// The seats after each stage of the last contest of a law of one tier in one place.
    fn stages(&self, parties: &[PartyOutcome]) -> Vec<StageOutcome> {
        let session = self.session;
        if !session.rule.is_flat() || session.figures.has_districts() {
            return Vec::new();
        }
        let last = session.trace.records().iter().rev().find_map(|record| match record {
            Record::Contest(contest) => Some(contest),
            _ => None,
        });
        let Some(contest) = last.filter(|last| last.entries.iter().all(|entry| entry.parties.len() == 1)) else {
            return Vec::new();
        };
        let stage = |(name, seats): &(String, Vec<u64>)| {
            let mut all: Vec<u64> = parties.iter().map(PartyOutcome::certain).collect();
            for (entry, seats) in contest.entries.iter().zip(seats) {
                all[entry.parties[0].index()] = *seats;
            }
            for record in session.trace.records() {
                if let Record::Bonus(bonus) = record {
                    let competes = contest.entries.iter().any(|entry| entry.parties[0] == bonus.party);
                    all[bonus.party.index()] += if competes { bonus.seats } else { 0 };
                }
            }
            StageOutcome { name: name.clone(), seats: all }
        };
        contest.stages.iter().map(stage).collect()
    }

    fn bonus(&self) -> Option<(String, u64)> {
        self.session.trace.records().iter().find_map(|record| match record {
            Record::Bonus(bonus) if self.session.rule.is_flat() => {
                Some((self.session.figures.name(bonus.party).to_string(), bonus.seats))
            }
            _ => None,
        })
    }

    fn unseated(&self) -> Vec<Unseated> {
        let named = |(&(place, party), &winners): (&(PlaceId, PartyId), &u64)| Unseated {
            place: self.session.figures.spot(place).title(),
            party: self.session.figures.name(party).to_string(),
            winners,
        };
        self.session.ledger.unseated().iter().map(named).collect()
    }

    /// Whether parties were admitted in districts and never in the nation.
    fn admitted_apart(&self) -> bool {
        let judged_in_nation = self.session.trace.records().iter().any(|record| match record {
            Record::Admission(admission) => admission.place == PlaceId::NATION,
            _ => false,
        });
        self.session.figures.has_districts() && !judged_in_nation
    }
}

impl Outcome {
    /// What the law left open or could not give, and then what else was warned of.
    fn warnings_of(&self, others: Vec<Warning>, trace: &Trace) -> Vec<Warning> {
        let ties = self.ties.iter().map(|tie| Warning::OpenTie { tie: tie.to_shown(), district: tie.place.clone() });
        let mut warnings: Vec<Warning> = ties.collect();
        let mut vacant_inside = 0;
        for place in &self.places {
            vacant_inside += place.vacant;
            if place.vacant > 0 {
                warnings.push(Warning::Vacant { seats: place.vacant, district: Some(place.name.clone()) });
            }
        }
        if self.vacant > vacant_inside {
            warnings.push(Warning::Vacant { seats: self.vacant - vacant_inside, district: None });
        }
        for ((district, party), capped) in self.given_up(trace) {
            warnings.push(if capped {
                Warning::Capped { party, district }
            } else {
                Warning::Exhausted { party, district }
            });
        }
        warnings.extend(others);
        warnings
    }
}

//! Sessions: one course of a law over one count, and what its provisions may ask.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::Rule;
use super::choice::{Answered, Asked, Candidates, Choice};
use super::ledger::{Booking, Ledger, Open};
use super::method::Method;
use super::tier::Tier;
use super::trace::{Record, Trace};
use crate::allocation::TieBreak;
use crate::count::{Base, Figures, Level, PartyId, PlaceId};
use crate::error::Error;
use crate::outcome::{Seen, Warning};

/// Why a law cannot go on.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Somebody asked for a number that a tie leaves open.
    Tie(Asked),
    /// The law has no answer.
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// One course of a law: what has been booked and decided so far, and how ties went that were asked about.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) figures: &'a Figures<'a>,
    /// The tier that runs now, counted from 0.
    pub(crate) tier: usize,
    pub(crate) ledger: Ledger,
    pub(crate) trace: Trace,
    pub(crate) warnings: Vec<Warning>,
    /// What each tier saw in each place.
    pub(crate) seen: Vec<Seen>,
    /// The seats of each place, as far as they are known.
    sizes: Vec<Option<u64>>,
    /// The last base that was asked for, with its tier and place: a threshold asks the same for each party.
    last_base: Option<(usize, PlaceId, Base, u128)>,
    /// Whether a tie stands that no later tier can look behind: of the matrix, or of the seats that it is made from.
    pub(crate) waits: bool,
    /// Whether later tiers did not run for that.
    pub(crate) stopped: bool,
    /// Whether ties are asked about too that the law can leave open, so that the seats of every place are known.
    pub(crate) asks_for_places: bool,
    answers: &'a [Answered],
    used: Vec<bool>,
    /// Per tier and number in its chain of tie-breaks, whether it is a drawing of lots that has been used.
    spent: Vec<Vec<bool>>,
}

impl<'a> Session<'a> {
    /// A session before the first tier; an error where direct seats outgrow 64 bits.
    pub(crate) fn new(rule: &'a Rule, figures: &'a Figures<'a>, answers: &'a [Answered]) -> Result<Self, Error> {
        let mut session = Self {
            rule,
            figures,
            tier: 0,
            ledger: Ledger::new(figures.spots().len()),
            trace: Trace::with_room(),
            warnings: Vec::new(),
            seen: Vec::new(),
            last_base: None,
            sizes: figures.spots().iter().map(|spot| spot.seats).collect(),
            waits: false,
            stopped: false,
            asks_for_places: false,
            answers,
            used: vec![false; answers.len()],
            spent: rule.tiers().iter().map(|tier| vec![false; tier.tie_break.len()]).collect(),
        };
        if let Some(seats) = rule.seats() {
            session.sizes[0] = Some(seats);
        }
        if !rule.is_flat() {
            session.hold_direct_seats()?;
        }
        Ok(session)
    }

    /// Books the seats that parties have won before the first tier, each where it was won.
    fn hold_direct_seats(&mut self) -> Result<(), Error> {
        let figures = self.figures;
        for (at, spot) in figures.spots().iter().enumerate() {
            let place = PlaceId::at(at);
            let own = spot.place.map(|place| &place.tally);
            let own = own.unwrap_or(&spot.tally);
            let seats = own.parties().iter().filter(|party| party.direct_seats() > 0).filter_map(|party| {
                let id = figures.party_named(party.name())?;
                Some((id, i128::from(party.direct_seats())))
            });
            let seats: Vec<(PartyId, i128)> = seats.collect();
            if !seats.is_empty() {
                self.trace.push(Record::Direct(super::trace::Direct { place, seats: seats.clone() }));
                self.ledger.book(figures, Booking { tier: DIRECT, place, seats })?;
            }
        }
        Ok(())
    }

    /// The tier that runs now.
    pub(crate) fn tier(&self) -> &'a Tier {
        &self.rule.tiers()[self.tier]
    }

    /// Names of parties.
    pub(crate) fn names(&self, parties: &[PartyId]) -> Vec<String> {
        parties.iter().map(|&party| self.figures.name(party).to_string()).collect()
    }

    /// The number that shares of `base` are taken of at a place.
    pub(crate) fn base(&mut self, place: PlaceId, base: Base) -> Result<u128, Error> {
        match self.last_base {
            Some((tier, known, of, whole)) if (tier, known, of) == (self.tier, place, base) => return Ok(whole),
            _ => {}
        }
        let spot = self.figures.spot(place);
        if let Some(taken) = spot.tally.taken_for(base) {
            let warning = Warning::BaseNotCounted { base, taken, place: self.place_name(place) };
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        let mut whole = spot.base(base)?;
        for idle in self.idle_districts(place) {
            whole = whole.saturating_sub(self.figures.spot(idle).base(base)?);
        }
        self.last_base = Some((self.tier, place, base, whole));
        Ok(whole)
    }

    /// Whether a place counts: in a biproportional tier a district without seats does not.
    pub(crate) fn counts(&self, place: PlaceId) -> bool {
        let idle = matches!(self.tier().method, Method::Biproportional(_)) && self.seats_of(place) == Ok(0);
        !(idle && self.figures.spot(place).level == Level::District)
    }

    /// The districts inside a place that do not count.
    pub(crate) fn idle_districts(&self, place: PlaceId) -> Vec<PlaceId> {
        if !matches!(self.tier().method, Method::Biproportional(_)) || self.figures.spot(place).level == Level::District
        {
            return Vec::new();
        }
        let districts = self.figures.inside(place, Level::District);
        districts.into_iter().filter(|&district| !self.counts(district)).collect()
    }

    /// A place's name, if there are several.
    pub(crate) fn place_name(&self, place: PlaceId) -> Option<String> {
        Some(self.figures.spot(place).name).filter(|name| !name.is_empty()).map(ToString::to_string)
    }

    /// Warns that a law asks for places that are not there.
    pub(crate) fn warn_of_no_places(&mut self, level: Level) {
        let warning = Warning::NoPlaces { level };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// The seats of a place, its own or those of the districts inside.
    pub(crate) fn seats_of(&self, place: PlaceId) -> Result<u64, Error> {
        if let Some(seats) = self.sizes[place.index()] {
            return Ok(seats);
        }
        let spot = self.figures.spot(place);
        if spot.inside.is_empty() {
            return Err(Error::DistrictWithoutSeats { name: spot.title() });
        }
        let mut sum: u128 = 0;
        for &inner in &spot.inside {
            sum += u128::from(self.seats_of(inner)?);
        }
        crate::count::tally::seats_fit(&spot.title(), sum)
    }

    /// Sets the seats of a place.
    pub(crate) fn set_seats(&mut self, place: PlaceId, seats: u64) {
        self.sizes[place.index()] = Some(seats);
        self.last_base = None;
    }

    /// Seats that a party won in a place before the first tier.
    pub(crate) fn direct_seats(&self, place: PlaceId, party: PartyId) -> u64 {
        self.figures.spot(place).direct_seats(party)
    }

    /// The place of a level that a place is or is in; the place itself where there are no others.
    pub(crate) fn place_at(&self, place: PlaceId, level: Level) -> Result<PlaceId, Error> {
        if !self.figures.has_districts() {
            return Ok(place);
        }
        self.figures
            .upwards(place, level)
            .ok_or_else(|| Error::NotInLevel { place: self.figures.spot(place).title(), level })
    }

    /// Seats that a party holds in a place and all places inside it, after all earlier tiers.
    pub(crate) fn held(&mut self, place: PlaceId, party: PartyId) -> Result<u64, Halt> {
        let certain = self.ledger.certain(place, party);
        let open = self.ledger.open_within(self.figures, place);
        if !open.iter().any(|tie| tie.parties.contains(&party)) {
            return Ok(certain);
        }
        self.learn_together(&open)?;
        Ok(certain + self.ledger.together(&open, party).unwrap_or(0))
    }

    /// Asks what these open ties give together, if it is not known yet.
    fn learn_together(&mut self, open: &[Open]) -> Result<(), Halt> {
        if self.ledger.together(open, PartyId(0)).is_some() {
            return Ok(());
        }
        if let [tie] = open {
            let choice = Choice {
                tier: tie.tier,
                place: tie.place,
                about: SEATS,
                candidates: Candidates::Parties(tie.parties.clone()),
                winners: tie.seats,
            };
            return Err(Halt::Tie(Asked::Winners(choice)));
        }
        let known = self.answers.iter().position(|answer| match answer {
            Answered::Together { ties, .. } => ties == open,
            Answered::Winners(_) => false,
        });
        match known.map(|at| (at, &self.answers[at])) {
            Some((at, Answered::Together { seats, .. })) => {
                self.used[at] = true;
                self.ledger.know_together(open.to_vec(), seats.clone());
                Ok(())
            }
            _ => Err(Halt::Tie(Asked::Together(open.to_vec()))),
        }
    }

    /// Who wins a choice, if this course of the law knows; each answer serves once.
    pub(crate) fn winners(&mut self, choice: &Choice) -> Option<Vec<usize>> {
        let at = self.answers.iter().enumerate().position(|(at, answer)| {
            !self.used[at] && matches!(answer, Answered::Winners(chosen) if chosen.choice == *choice)
        })?;
        let Answered::Winners(chosen) = &self.answers[at] else { return None };
        self.used[at] = true;
        self.trace.push(Record::Chosen(chosen.clone()));
        Some(chosen.winners.clone())
    }

    /// Who wins a choice; the law forks where this course does not know.
    pub(crate) fn ask(&mut self, choice: Choice) -> Result<Vec<usize>, Halt> {
        self.winners(&choice).ok_or(Halt::Tie(Asked::Winners(choice)))
    }

    /// A choice among parties in the tier that runs now.
    pub(crate) fn choice(&self, place: PlaceId, about: &'static str, parties: Vec<PartyId>, winners: u64) -> Choice {
        Choice { tier: self.tier, place, about, candidates: Candidates::Parties(parties), winners }
    }

    /// The tier's tie-breaks, with their parties as positions among these candidates, each the parties it stands for; and
    /// which of them are lots that have been used, or are not for this place.
    pub(crate) fn chain(&self, place: PlaceId, candidates: &[impl AsRef<[PartyId]>]) -> (Vec<TieBreak>, Vec<bool>) {
        let position = |name: &String| {
            let party = self.figures.party_named(name)?;
            candidates.iter().position(|parties| parties.as_ref().contains(&party))
        };
        self.chain_of(&self.tier().tie_break, place, &position)
    }

    /// These tie-breaks, with their names as positions.
    pub(crate) fn chain_of(
        &self,
        tie_breaks: &[TieBreak<String>],
        place: PlaceId,
        position: &dyn Fn(&String) -> Option<usize>,
    ) -> (Vec<TieBreak>, Vec<bool>) {
        let mut spent = self.spent[self.tier].clone();
        spent.resize(tie_breaks.len(), false);
        let mut chain = Vec::with_capacity(tie_breaks.len());
        for (at, tie_break) in tie_breaks.iter().enumerate() {
            chain.push(match tie_break {
                TieBreak::MostVotes => TieBreak::MostVotes,
                TieBreak::FewestVotes => TieBreak::FewestVotes,
                TieBreak::ListOrder => TieBreak::ListOrder,
                TieBreak::Drawn(names) => TieBreak::Drawn(names.iter().filter_map(position).collect()),
                // Cells are no parties: such a drawing concerns nobody here.
                TieBreak::DrawnCells(_) => TieBreak::Drawn(Vec::new()),
                TieBreak::DrawnFor { drawn, tier, place: named } => {
                    let here = named.as_ref().is_none_or(|named| *named == self.figures.spot(place).name);
                    let now = tier.as_ref().is_none_or(|tier| *tier == self.tier().title(self.tier));
                    spent[at] |= !(here && now);
                    TieBreak::Drawn(drawn.iter().filter_map(position).collect())
                }
            });
        }
        (chain, spent)
    }

    /// Remembers which lots have been used, but for those that `before` had as used or not for the place.
    pub(crate) fn spend(&mut self, before: &[bool], after: &[bool]) {
        for (at, spent) in self.spent[self.tier].iter_mut().enumerate() {
            *spent |= after.get(at).copied().unwrap_or(false) && !before.get(at).copied().unwrap_or(false);
        }
    }

    /// Whether a drawing of lots of the tier has been used.
    pub(crate) fn is_spent(&self, lot: usize) -> bool {
        self.spent[self.tier].get(lot).copied().unwrap_or(false)
    }

    /// Uses a drawing of lots of the tier.
    pub(crate) fn spend_one(&mut self, lot: usize) {
        if let Some(spent) = self.spent[self.tier].get_mut(lot) {
            *spent = true;
        }
    }

    /// Where the session stands, to try something and come back.
    pub(crate) fn mark(&self) -> Mark {
        Mark { records: self.trace.len(), used: self.used.clone(), spent: self.spent.clone() }
    }

    /// Comes back to where the session stood; nothing may have been booked since.
    pub(crate) fn return_to(&mut self, mark: Mark) {
        self.trace.truncate(mark.records);
        self.used = mark.used;
        self.spent = mark.spent;
    }

    /// Books the tier's seats at a place.
    ///
    /// An error where a party's seats outgrow 64 bits.
    pub(crate) fn book(&mut self, place: PlaceId, seats: Vec<(PartyId, i128)>) -> Result<(), Error> {
        let seats: Vec<(PartyId, i128)> = seats.into_iter().filter(|&(_, seats)| seats != 0).collect();
        self.ledger.book(self.figures, Booking { tier: self.tier, place, seats })
    }

    /// Leaves a tie of the tier's seats at a place open, or books its winners where this course knows them.
    pub(crate) fn book_tie(&mut self, place: PlaceId, parties: Vec<PartyId>, seats: u64) -> Result<(), Error> {
        let choice = self.choice(place, SEATS, parties.clone(), seats);
        match self.winners(&choice) {
            Some(winners) => self.book(place, winners.into_iter().map(|at| (parties[at], 1)).collect())?,
            None => self.ledger.leave_open(Open { tier: self.tier, place, parties, seats }),
        }
        Ok(())
    }

    /// A halt, with the place that it is about.
    pub(crate) fn located(&self, place: PlaceId, halt: Halt) -> Halt {
        match halt {
            // These name their place themselves.
            Halt::Error(
                error @ (Error::InDistrict { .. } | Error::InTier { .. } | Error::DistrictWithoutSeats { .. }),
            ) => Halt::Error(error),
            Halt::Error(error) => Halt::Error(self.figures.spot(place).located(error)),
            tie @ Halt::Tie(_) => tie,
        }
    }

    /// An error with the tier that it is about, where there are several.
    pub(crate) fn in_tier(&self, error: Error) -> Error {
        if self.rule.tiers().len() < 2 {
            return error;
        }
        Error::InTier { tier: self.tier().title(self.tier), error: Box::new(error) }
    }
}

/// Where a session stood.
#[derive(Debug)]
pub(crate) struct Mark {
    records: usize,
    used: Vec<bool>,
    spent: Vec<Vec<bool>>,
}

/// The tier of seats that were won before the first.
pub(crate) const DIRECT: usize = usize::MAX;

/// What a choice about a tier's own seats is about.
pub(crate) const SEATS: &str = "the seats";

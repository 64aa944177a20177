//! Provisions: what a law may say, one article a file.
//!
//! Each file holds, in this order: what the provision is and the countries that have it; the value with its document form;
//! its check; how it applies, citing the statute's steps; what it records; and an example by hand as a test.
//!
//! This file is their order: [`run`] is the table of contents of a tier.

pub(crate) mod admission;
pub(crate) mod alliances;
pub(crate) mod allocate;
pub(crate) mod biproportional;
pub(crate) mod bonus;
pub(crate) mod cap;
pub(crate) mod exhaustion;
pub(crate) mod fragments;
pub(crate) mod given;
pub(crate) mod levelling;
pub(crate) mod linked;
pub(crate) mod majority;
pub(crate) mod overhang;
pub(crate) mod partial;
pub(crate) mod place;
pub(crate) mod placement;
pub(crate) mod question;
pub(crate) mod returned;
pub(crate) mod seats_to_districts;
pub(crate) mod staged;
pub(crate) mod top_up;
pub(crate) mod votes;

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::Rule;
use super::method::Method;
use super::session::{Halt, Session};
use super::tier::{Kind, Seats, Tier};
use crate::allocation::TieBreak;
use crate::count::{Figures, Level, PartyId, PlaceId, no_repeats};
use crate::error::Error;
use crate::outcome::{Admission, Seen};
use crate::tie::Tie;

/// One place in one tier: who stands there, who takes part, and with which votes.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) place: PlaceId,
    pub(crate) seats: u64,
    /// In the order of the place's tally; what follows has one entry for each.
    pub(crate) parties: Vec<PartyId>,
    /// First choices, which thresholds look at.
    pub(crate) votes: Vec<u64>,
    pub(crate) admissions: Vec<Admission>,
    /// What the method counts.
    pub(crate) counted: votes::Counted,
}

impl Unit {
    /// The positions of those who take part.
    pub(crate) fn admitted(&self) -> Vec<usize> {
        (0..self.parties.len()).filter(|&at| self.admissions[at].is_admitted()).collect()
    }

    /// The parties at these positions.
    pub(crate) fn parties_at(&self, positions: &[usize]) -> Vec<PartyId> {
        positions.iter().map(|&at| self.parties[at]).collect()
    }
}

/// What a tier gives in one place, by position in its [`Unit`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) seats: Vec<u64>,
    /// Open ties; a position stands in one at most.
    pub(crate) ties: Vec<Tie>,
    pub(crate) vacant: u64,
}

impl Given {
    pub(crate) fn none(parties: usize) -> Self {
        Self { seats: vec![0; parties], ..Self::default() }
    }
}

/// Runs the tier whose turn it is: its provisions in their order.
pub(crate) fn run(session: &mut Session<'_>) -> Result<(), Halt> {
    seats_to_districts::apply(session)?;
    let places = places(session)?;
    if let Method::Biproportional(law) = &session.tier().method {
        return places.into_iter().try_for_each(|place| {
            biproportional::apply(session, place, law).map_err(|halt| session.located(place, halt))
        });
    }
    let everywhere = admission::everywhere(session, &places)?;
    let mut results = Vec::with_capacity(places.len());
    for place in places {
        let result = one_place(session, place, everywhere.as_deref());
        results.push(result.map_err(|halt| session.located(place, halt))?);
    }
    let tier = session.tier();
    if tier.provisional {
        return note(session, results);
    }
    if !tier.place.is_empty() {
        return place::apply(session, results);
    }
    for (unit, given) in &results {
        session.ledger.leave_vacant(unit.place, given.vacant);
        book_unit(session, unit, given)?;
    }
    Ok(())
}

/// What the tier gives in one place, by its kind.
fn one_place(
    session: &mut Session<'_>,
    place: PlaceId,
    everywhere: Option<&[Admission]>,
) -> Result<(Unit, Given), Halt> {
    let tier = session.tier();
    let seats = seats(session, place)?;
    let unit = admission::unit(session, place, seats, everywhere)?;
    let given = match tier.kind {
        _ if tier.method == Method::Given => given::apply(session, &unit)?,
        Kind::Parallel if tier.partial => partial::apply(session, &unit, partial::Held::None)?,
        Kind::TopUp if tier.partial => partial::apply(session, &unit, partial::Held::Deducted)?,
        Kind::Continue | Kind::Linked if tier.partial => return Err(Error::NotWholeQuotas.into()),
        Kind::Parallel => {
            let start = unit.start(session);
            allocate::apply(session, &unit, &unit.admitted(), seats, &start, super::session::SEATS)?
        }
        Kind::Continue => {
            let mut start = unit.start(session);
            for (start, &party) in start.iter_mut().zip(&unit.parties) {
                *start = start.saturating_add(session.held(place, party)?);
            }
            allocate::apply(session, &unit, &unit.admitted(), seats, &start, super::session::SEATS)?
        }
        Kind::TopUp => top_up::apply(session, &unit)?,
        Kind::Linked => linked::apply(session, &unit)?,
    };
    session.seen.push(Seen::of(session.tier, &unit));
    Ok((unit, given))
}

impl Unit {
    /// The seats that each party holds from elsewhere, at which divisors start.
    fn start(&self, session: &Session<'_>) -> Vec<u64> {
        session.figures.spot(self.place).tally.parties().iter().map(crate::Party::held).collect()
    }
}

/// Books what a tier gave in a place, where nothing is placed.
pub(crate) fn book_unit(session: &mut Session<'_>, unit: &Unit, given: &Given) -> Result<(), Error> {
    let seats = unit.parties.iter().zip(&given.seats).map(|(&party, &seats)| (party, i128::from(seats)));
    session.book(unit.place, seats.collect())?;
    given.ties.iter().try_for_each(|tie| session.book_tie(unit.place, unit.parties_at(tie.parties()), tie.seats()))
}

/// What a tier gave, with every tie asked about.
pub(crate) fn without_ties(session: &mut Session<'_>, unit: &Unit, mut given: Given) -> Result<Given, Halt> {
    for tie in core::mem::take(&mut given.ties) {
        let parties = unit.parties_at(tie.parties());
        let choice = session.choice(unit.place, super::session::SEATS, parties, tie.seats());
        for winner in session.ask(choice)? {
            given.seats[tie.parties()[winner]] += 1;
        }
    }
    Ok(given)
}

/// Notes provisional seats, which are only compared with.
fn note(session: &mut Session<'_>, results: Vec<(Unit, Given)>) -> Result<(), Halt> {
    for (unit, given) in results {
        let given = without_ties(session, &unit, given)?;
        let seats = unit.parties.iter().copied().zip(given.seats).collect();
        session.ledger.note_provisional(session.tier, unit.place, seats);
    }
    Ok(())
}

/// The level of the places of a tier: districts for the first where there are any, unless it is a matrix of them; otherwise
/// the nation.
pub(crate) fn level_of_tier(session: &Session<'_>, tier: usize) -> Level {
    let in_districts = tier == 0 && !session.rule.tiers()[tier].method.is_biproportional();
    let first = if session.figures.has_districts() && in_districts { Level::District } else { Level::Nation };
    session.rule.tiers()[tier].at.unwrap_or(first)
}

/// The places of the tier that runs now.
pub(crate) fn places(session: &Session<'_>) -> Result<Vec<PlaceId>, Error> {
    let level = level_of_tier(session, session.tier);
    if !session.figures.has_districts() {
        return Ok(vec![PlaceId::NATION]);
    }
    let places = session.figures.at_level(level);
    if places.is_empty() {
        return Err(Error::NoPlacesInside { place: "the nation".into(), level });
    }
    Ok(places)
}

/// The seats that the tier gives out at a place.
fn seats(session: &Session<'_>, place: PlaceId) -> Result<u64, Error> {
    let tier = session.tier();
    match tier.seats {
        _ if tier.seats_by.is_some() => session.seats_of(place),
        // The quota is that of another place: the place's own seats play no part.
        Seats::OfPlace if tier.quota_at.is_some() => Ok(0),
        Seats::OfPlace => session.seats_of(place),
        Seats::Fixed(seats) => Ok(seats),
        Seats::Left => {
            let inside = (0..session.figures.spots().len()).map(PlaceId::at);
            let left = inside.filter(|&inner| session.figures.is_within(inner, place));
            Ok(left.filter_map(|inner| session.ledger.left(inner)).fold(0, u64::saturating_add))
        }
    }
}

/// Refuses keys of a tier that mean nothing together, whatever the count.
pub(crate) fn check(tier: &Tier, is_first: bool) -> Result<(), Error> {
    if let Method::Biproportional(law) = &tier.method {
        return biproportional::check(tier, law);
    }
    let cells = |tie_break: &TieBreak<_>| matches!(tie_break, TieBreak::DrawnCells(_));
    if tier.tie_break.iter().any(cells) {
        return Err(Error::KeyWithoutKind { key: "a drawing of lots for cells", kind: "biproportional" });
    }
    tier.place.steps().iter().try_for_each(placement::Placement::check)?;
    if tier.place.is_whole_target() {
        if tier.place.steps().len() > 1 {
            return Err(Error::OneStepForWholeTargets);
        }
        if tier.kind != Kind::TopUp
            || !matches!(tier.overhang, overhang::Overhang::Error | overhang::Overhang::Level(_))
        {
            return Err(Error::WholeTargetsNeedTopUp);
        }
    }
    if tier.kind != Kind::TopUp && tier.overhang != overhang::Overhang::Error {
        return Err(Error::KeyWithoutKind { key: "overhang", kind: "top-up" });
    }
    if tier.kind == Kind::Linked && tier.link.is_none() {
        return Err(Error::MissingKey { key: "link", of: "a tier of linked seats" });
    }
    if tier.kind == Kind::Continue
        && !matches!(tier.method.allocation(), Some(crate::method::AllocationMethod::HighestAverages(_)))
    {
        return Err(Error::ContinueNeedsDivisors);
    }
    if tier.quota_at.is_some() && !tier.partial {
        return Err(Error::KeyWithoutKind { key: "quota_at", kind: "partial" });
    }
    if is_first && (tier.seats == Seats::Left || tier.votes == super::tier::Votes::Unused) {
        return Err(Error::NothingLeft);
    }
    if is_first && matches!(tier.overhang, overhang::Overhang::Return) {
        return Err(Error::KeyWithoutKind { key: "overhang = \"return\"", kind: "a tier after the first" });
    }
    Ok(())
}

/// Refuses a law that does not fit a count, or that is wrong whatever the count is.
pub(crate) fn check_for(rule: &Rule, figures: &Figures<'_>) -> Result<(), Error> {
    if rule.tiers().is_empty() {
        return Err(Error::NoTiers);
    }
    let mut partial = false;
    for (index, tier) in rule.tiers().iter().enumerate() {
        let located = |error| match rule.tiers().len() {
            1 => error,
            _ => Error::InTier { tier: tier.title(index), error: alloc::boxed::Box::new(error) },
        };
        tier.check(index == 0).map_err(located)?;
        if !partial && (tier.seats == Seats::Left || tier.votes == super::tier::Votes::Unused) {
            return Err(located(Error::NothingLeft));
        }
        partial |= tier.partial;
        check_lots(rule, tier, figures).map_err(located)?;
        check_levels(rule, index, figures).map_err(located)?;
    }
    check_house(rule, figures)?;
    let names: Vec<&str> = rule.tiers().iter().filter_map(|tier| tier.name.as_deref()).collect();
    match (1..names.len()).find(|&at| names[..at].contains(&names[at])) {
        Some(twice) => Err(Error::DuplicateTier { name: names[twice].into() }),
        None => Ok(()),
    }
}

/// Refuses a number of seats in a law of one tier that is not that of its districts.
fn check_house(rule: &Rule, figures: &Figures<'_>) -> Result<(), Error> {
    let tier = &rule.tiers()[0];
    let by_districts = rule.is_flat() && figures.has_districts() && tier.seats_by.is_none();
    let (Some(seats), true) = (
        rule.seats(),
        by_districts && (tier.method.is_biproportional() || tier.at.is_none_or(|level| level == Level::District)),
    ) else {
        return Ok(());
    };
    let districts = figures.at_level(Level::District);
    let mut own: u128 = 0;
    for district in districts {
        let spot = figures.spot(district);
        own += u128::from(spot.seats.ok_or_else(|| Error::DistrictWithoutSeats { name: spot.title() })?);
    }
    if own == u128::from(seats) { Ok(()) } else { Err(Error::SeatsDiffer { rule: seats, districts: own }) }
}

/// Refuses a level at which there are no places, and a provisional tier that is not there.
fn check_levels(rule: &Rule, index: usize, figures: &Figures<'_>) -> Result<(), Error> {
    let tier = &rule.tiers()[index];
    let mut levels: Vec<Level> = tier.place.steps().iter().map(|step| step.level).collect();
    levels.extend(tier.at.filter(|_| figures.has_districts()));
    for level in levels {
        if figures.at_level(level).is_empty() {
            return Err(Error::NoPlacesInside { place: "the nation".into(), level });
        }
    }
    if let overhang::Overhang::Level(levelling) = &tier.overhang {
        if let Some(name) = &levelling.of {
            let known = rule.tiers()[..index].iter().any(|tier| tier.name.as_ref() == Some(name) && tier.provisional);
            if !known {
                return Err(Error::UnknownTier { name: name.clone() });
            }
        }
    }
    Ok(())
}

/// Refuses lots for cells of parties or districts that are not there.
fn check_cells(cells: &[(String, String)], figures: &Figures<'_>) -> Result<(), Error> {
    const PLACE: &str = "the drawing of lots";
    for (party, district) in cells {
        if figures.party_named(party).is_none() {
            return Err(Error::UnknownParty { name: party.clone(), place: PLACE });
        }
        if !figures.spots().iter().any(|spot| spot.level == Level::District && spot.name == district) {
            return Err(Error::UnknownPlace { name: district.clone(), place: PLACE.to_string() });
        }
    }
    Ok(())
}

/// Refuses lots that name a party, tier or place that is not there, or one party twice.
fn check_lots(rule: &Rule, tier: &Tier, figures: &Figures<'_>) -> Result<(), Error> {
    const PLACE: &str = "the drawing of lots";
    let check_names = |names: &[alloc::string::String]| {
        no_repeats(names, PLACE)?;
        match names.iter().find(|name| figures.party_named(name).is_none()) {
            Some(name) => Err(Error::UnknownParty { name: name.clone(), place: PLACE }),
            None => Ok(()),
        }
    };
    for tie_break in &tier.tie_break {
        match tie_break {
            TieBreak::Drawn(names) => check_names(names)?,
            TieBreak::DrawnFor { drawn, tier: of_tier, place } => {
                check_names(drawn)?;
                let title = |(index, tier): (usize, &Tier)| tier.title(index);
                if let Some(name) = of_tier {
                    if !rule.tiers().iter().enumerate().map(title).any(|known| known == *name) {
                        return Err(Error::UnknownTier { name: name.clone() });
                    }
                }
                if let Some(name) = place {
                    if !figures.spots().iter().any(|spot| spot.name == name) {
                        return Err(Error::UnknownPlace { name: name.clone(), place: PLACE.to_string() });
                    }
                }
            }
            TieBreak::DrawnCells(cells) => check_cells(cells, figures)?,
            TieBreak::MostVotes | TieBreak::FewestVotes | TieBreak::ListOrder => {}
        }
    }
    tier.majority.as_ref().map_or(Ok(()), |majority| check_names(&majority.drawn))
}

//! Seats to districts: how places get their seats before they go to parties (Spain's provinces, Czechia's regions).

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::allocation::TieBreak;
use crate::count::{Base, Level, PlaceId};
use crate::error::Error;
use crate::method::{AllocationMethod, Contest, Excess};
use crate::rule::choice::{Candidates, Choice};
use crate::rule::session::{Halt, Session};
use crate::rule::tier::Seats;
use crate::rule::trace::{Record, SizesRecord};

/// How seats are given to districts before they go to parties.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Base, SeatsBy};
/// // Largest remainders over the inhabitants, and two seats for every province at least.
/// let provinces = SeatsBy::new(AllocationMethod::HARE, Base::Population).minimum(2);
/// assert_eq!(provinces.min, 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SeatsBy {
    /// The method.
    pub method: AllocationMethod,
    /// What a district's claim is.
    pub of: Base,
    /// The fewest seats of a district.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub min: u64,
    /// How ties between districts are settled.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::document::one_or_several")
    )]
    pub tie_break: Vec<TieBreak<String>>,
}

impl SeatsBy {
    /// Seats by `method` over this base: no minimum, no tie-break.
    #[must_use]
    pub const fn new(method: AllocationMethod, of: Base) -> Self {
        Self { method, of, min: 0, tie_break: Vec::new() }
    }

    /// Gives each district at least this many seats; where that lifts whole quotas beyond the seats, the districts with the
    /// smallest remainders lose one each.
    #[must_use]
    pub fn minimum(self, seats: u64) -> Self {
        Self { min: seats, ..self }
    }

    /// Settles ties between districts; votes are what the base counts.
    #[must_use]
    pub fn tie_break(self, chain: impl Into<Vec<TieBreak<String>>>) -> Self {
        Self { tie_break: chain.into(), ..self }
    }
}

/// Gives the tier's places their seats.
pub(crate) fn apply(session: &mut Session<'_>) -> Result<(), Halt> {
    let Some(by) = &session.tier().seats_by else { return Ok(()) };
    if !session.figures.has_districts() {
        return Err(Error::NeedsDistricts.into());
    }
    // A matrix is of districts, though its tier is the nation's.
    let places = match session.tier().method.is_biproportional() {
        true => session.figures.at_level(Level::District),
        false => super::places(session)?,
    };
    if let Some(&own) =
        places.iter().find(|&&place| session.figures.spot(place).place.is_some_and(|own| own.seats.is_some()))
    {
        return Err(Error::DistrictWithSeats { name: session.figures.spot(own).title() }.into());
    }
    let seats = match session.tier().seats {
        Seats::Fixed(seats) => seats,
        Seats::OfPlace | Seats::Left => session.rule.seats().ok_or(Error::NoHouse)?,
    };
    let mut claims = Vec::with_capacity(places.len());
    for &place in &places {
        let claim = session.base(place, by.of)?;
        claims.push(crate::count::tally::fits(&session.figures.spot(place).title(), claim)?);
    }
    let given = share(session, by, &places, &claims, seats)?;
    for (&place, &seats) in places.iter().zip(&given) {
        session.set_seats(place, seats);
    }
    session.trace.push(Record::Sizes(SizesRecord {
        tier: session.tier,
        method: by.method.clone(),
        of: by.of,
        minimum: by.min,
        seats,
        places,
        claims,
        given,
    }));
    Ok(())
}

/// The seats of each place.
fn share(
    session: &mut Session<'_>,
    by: &SeatsBy,
    places: &[PlaceId],
    claims: &[u64],
    seats: u64,
) -> Result<Vec<u64>, Halt> {
    // Where minimums lift whole quotas beyond the seats, those with the smallest remainders pay for it.
    let mut contest = Contest::new(claims, seats).excess(Excess::SmallestRemainders);
    if by.min > 0 {
        contest = contest.minimums(vec![by.min; claims.len()]);
    }
    let position = |name: &String| places.iter().position(|&place| session.figures.spot(place).name == name);
    let (chain, mut spent) = session.chain_of(&by.tie_break, PlaceId::NATION, &position);
    spent.iter_mut().for_each(|spent| *spent = false);
    let contest = contest.tie_break(chain.clone());
    let mut allocation = by.method.allocate_contest(&contest)?;
    allocation.settle_once(claims, &chain, &mut spent);
    let mut given = allocation.certain().to_vec();
    if let Some(tie) = allocation.tie() {
        let choice = Choice {
            tier: session.tier,
            place: PlaceId::NATION,
            about: "the seats of districts",
            candidates: Candidates::Places(tie.parties().iter().map(|&at| places[at]).collect()),
            winners: tie.seats(),
        };
        for winner in session.ask(choice)? {
            given[tie.parties()[winner]] += 1;
        }
    }
    Ok(given)
}

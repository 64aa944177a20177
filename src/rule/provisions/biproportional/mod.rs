//! Biproportional seats: the house to parties first, then to every party's lists in every district, so that both parties
//! and districts have their seats (the *Doppelproporz* of Zürich, Aargau, Zug and other Swiss cantons).
//!
//! The steps, as the canton of Zürich's law has them (Gesetz über die politischen Rechte, §§ 102 to 104):
//! 1. Who takes part is judged once: by a share of some district's votes, or of all of them.
//! 2. Upper apportionment: a party's votes in each district become voters, and voters bring the party its seats.
//! 3. Lower apportionment: a matrix of seats whose sums are the parties' and the districts' ([`Matrix`]).
//!
//! A tie of step 2 stops before the matrix. A tie of step 3 is one of cells: its outcomes are those of [`CellTie`].
//!
//! [`Matrix`]: crate::matrix::Matrix
//! [`CellTie`]: crate::matrix::CellTie

mod cells;
mod lots;
mod lower;
mod record;
mod upper;

use core::fmt;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

pub(crate) use record::Lot;
pub use record::MatrixRecord;
pub use upper::Upper;

use super::{Unit, admission, votes};
use crate::count::{Level, PartyId, PlaceId};
use crate::error::Error;
use crate::method::Divisors;
use crate::method::matrix::Voters;
use crate::outcome::{Admission, Seen};
use crate::rule::session::{Halt, Session};
use crate::rule::tier::{Kind, Seats, Tier, Votes};
use cells::Cells;

/// How seats are given to parties in districts, both of which have their seats.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 123), ("B", 912), ("C", 312)])?).with_seats(7),
///     Place::district("Centre", Tally::from_votes([("A", 45), ("B", 714), ("C", 255)])?).with_seats(5),
///     Place::district("South", Tally::from_votes([("A", 815), ("B", 414), ("C", 215)])?).with_seats(8),
/// ])?;
/// let law = Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes);
/// let outcome = Rule::new(law, 20).apply(&count)?;
/// assert_eq!(outcome.seats("B"), Some(11));
/// assert_eq!(outcome.at("North").unwrap().seats("B"), Some(4));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Biproportional {
    /// The divisors of the matrix, and of the upper apportionment where it has none of its own.
    pub divisors: Divisors,
    /// How votes in a district become voters, by which parties get their seats.
    pub voters: Voters,
    /// The divisors of the upper apportionment, where they are others.
    pub upper: Option<Divisors>,
    /// The seats of every party, where they are not apportioned: a party that is not named has none.
    pub party_seats: Option<BTreeMap<String, u64>>,
    /// Whether the strongest list of every district has a seat there at least (*Majorzbedingung*: Graubünden, Zug).
    pub winner_takes_one: bool,
}

impl Biproportional {
    /// These divisors for parties and for cells, and this way to weigh votes; no more.
    #[must_use]
    pub const fn new(divisors: Divisors, voters: Voters) -> Self {
        Self { divisors, voters, upper: None, party_seats: None, winner_takes_one: false }
    }

    /// Gives parties their seats by other divisors than cells.
    #[must_use]
    pub fn upper(self, divisors: Divisors) -> Self {
        Self { upper: Some(divisors), ..self }
    }

    /// Takes the parties' seats as given. Everybody takes part then, and there is no upper apportionment.
    #[must_use]
    pub fn party_seats(self, seats: impl IntoIterator<Item = (impl Into<String>, u64)>) -> Self {
        let seats = seats.into_iter().map(|(name, seats)| (name.into(), seats)).collect();
        Self { party_seats: Some(seats), ..self }
    }

    /// Gives the strongest admitted list of every district one seat there at least, within its party's seats. Where lists
    /// are equal first, all of them have it if there are so many seats, else none.
    #[must_use]
    pub fn winner_takes_one(self) -> Self {
        Self { winner_takes_one: true, ..self }
    }

    pub(crate) const fn upper_divisors(&self) -> &Divisors {
        match &self.upper {
            Some(divisors) => divisors,
            None => &self.divisors,
        }
    }
}

impl fmt::Display for Biproportional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "biproportional apportionment by {}", self.divisors)?;
        if let Some(upper) = &self.upper {
            write!(f, ", to parties by {upper}")?;
        }
        f.write_str(match (&self.party_seats, self.voters) {
            (Some(_), _) => ", with the parties' seats given",
            (None, Voters::Rounded) => ", voters rounded",
            (None, Voters::Exact) => ", voters exact",
            (None, Voters::Votes) => ", a vote a voter",
        })?;
        f.write_str(if self.winner_takes_one { ", a seat at least to the first of each district" } else { "" })
    }
}

/// Refuses provisions that say nothing of a matrix.
pub(super) fn check(tier: &Tier, law: &Biproportional) -> Result<(), Error> {
    let keys = [
        ("kind", tier.kind != Kind::Parallel),
        ("seats", tier.seats != Seats::OfPlace),
        ("votes", tier.votes != Votes::Cast),
        ("spare_votes", tier.spare_votes),
        ("fragments", tier.fragments.is_some()),
        ("quota_base", tier.quota_base.is_some()),
        ("quota_at", tier.quota_at.is_some()),
        ("partial", tier.partial),
        ("excess", tier.excess != crate::method::Excess::Error),
        ("vacancies", tier.vacancies),
        ("bonus", tier.bonus.is_some()),
        ("cap", tier.cap.is_some()),
        ("absolute_majority", tier.majority.is_some()),
        ("exhaustion", tier.exhaustion != super::exhaustion::Exhaustion::Within),
        ("alliance_method", tier.alliance_method.is_some()),
        ("provisional", tier.provisional),
        ("place", !tier.place.is_empty()),
        ("a second list", tier.admit_at_least.second_list.is_some()),
    ];
    if let Some((key, _)) = keys.iter().find(|(_, given)| *given) {
        return Err(Error::KeyWithoutKind { key, kind: "not biproportional" });
    }
    let of_upper = [
        ("threshold", tier.threshold.is_some()),
        ("admit_at_least", tier.admit_at_least.parties > 0),
        ("admitted_share", tier.admitted_share.is_some()),
        ("upper", law.upper.is_some()),
    ];
    match of_upper.iter().find(|(_, given)| *given && law.party_seats.is_some()) {
        Some((key, _)) => Err(Error::KeyWithoutKind { key, kind: "biproportional without party_seats" }),
        None => Ok(()),
    }
}

/// Gives out the seats of all districts inside a place.
pub(super) fn apply(session: &mut Session<'_>, place: PlaceId, law: &Biproportional) -> Result<(), Halt> {
    let districts = session.figures.inside(place, Level::District);
    if districts.is_empty() || !session.figures.has_districts() {
        return Err(Error::NoDistricts.into());
    }
    refuse_other_laws(session, place, &districts)?;
    let parties = session.figures.spot(place).parties.clone();
    let mut seats = Vec::with_capacity(districts.len());
    for &district in &districts {
        seats.push(session.seats_of(district)?);
    }
    let house: u128 = seats.iter().map(|&seats| u128::from(seats)).sum();
    let house = crate::count::tally::seats_fit(&session.figures.spot(place).title(), house)?;
    // Given seats need no votes of all districts together, which may be more than the methods count.
    let admissions = match &law.party_seats {
        Some(_) => vec![Admission::Passed; parties.len()],
        None => admission::unit(session, place, house, None)?.admissions,
    };
    see(session, &districts, &seats, &parties, &admissions);
    let admitted: Vec<PartyId> = parties
        .iter()
        .zip(&admissions)
        .filter(|(_, admission)| admission.is_admitted())
        .map(|(&party, _)| party)
        .collect();
    let cells = Cells::new(session, place, admitted, districts, seats);
    let party_seats = match &law.party_seats {
        Some(given) => upper::given(session, given, &cells)?,
        None => {
            let allocation = upper::apply(session, law, &cells, house)?;
            if allocation.tie().is_some() {
                lower::refuse_hopeless(session, law, &cells, &allocation)?;
                session.waits = true;
                return Ok(());
            }
            allocation.certain().to_vec()
        }
    };
    lower::apply(session, law, &cells, party_seats)
}

/// Refuses what a count may say and a matrix does not know.
fn refuse_other_laws(session: &Session<'_>, place: PlaceId, districts: &[PlaceId]) -> Result<(), Error> {
    let kind = "not biproportional";
    let allied = |place: PlaceId| session.figures.alliances(place).next().is_some();
    if core::iter::once(place).chain(districts.iter().copied()).any(allied) {
        return Err(Error::KeyWithoutKind { key: "alliances", kind });
    }
    let holds = |place: &PlaceId| session.figures.spot(*place).tally.parties().iter().any(|party| party.held() > 0);
    match districts.iter().any(holds) {
        true => Err(Error::KeyWithoutKind { key: "held", kind }),
        false => Ok(()),
    }
}

/// Notes in every district who took part.
fn see(session: &mut Session<'_>, districts: &[PlaceId], seats: &[u64], parties: &[PartyId], admissions: &[Admission]) {
    for (&district, &seats) in districts.iter().zip(seats) {
        let spot = session.figures.spot(district);
        let admission = |party: &PartyId| {
            let at = parties.iter().position(|known| known == party);
            at.map_or(Admission::Passed, |at| admissions[at].clone())
        };
        let admissions: Vec<Admission> = spot.parties.iter().map(admission).collect();
        let counts =
            |(&votes, admission): (&u64, &Admission)| if admission.is_admitted() && seats > 0 { votes } else { 0 };
        let counted = spot.votes.iter().zip(&admissions).map(counts).collect();
        let unit = Unit {
            place: district,
            seats,
            parties: spot.parties.clone(),
            votes: spot.votes.clone(),
            admissions,
            counted: votes::Counted { votes: counted, exact: None, spared: 0 },
        };
        session.seen.push(Seen::of(session.tier, &unit));
    }
}

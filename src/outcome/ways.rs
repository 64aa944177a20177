//! Ways: every course of a law that had to know how a tie ends, and what is certain over all of them.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::course::Told;
use super::{Outcome, PartyOutcome, TieOutcome};
use crate::count::{Figures, PartyId, PlaceId};
use crate::error::Error;
use crate::rule::choice::Answered;
use crate::rule::session::Session;
use crate::rule::{Candidates, Choice};

/// How one choice goes in a [`Way`].
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Seats};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?),
///     Place::district("South", Tally::from_votes([("A", 40), ("B", 60)])?),
/// ])?;
/// // The nation's third seat is tied, and the law has to place it in a district.
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3)).placed(step);
/// let outcome = Rule::of_tiers([tier.name("the house")]).apply(&count)?;
/// let choice = &outcome.ways()[1].choices()[0];
/// assert_eq!((choice.tier.as_str(), &choice.parties[..]), ("the house", &["B".to_string()][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NamedChoice {
    /// The tier, by its name or its number from 1.
    pub tier: String,
    /// The place, where there are several.
    pub place: Option<String>,
    /// Who wins: parties, or none where places win.
    pub parties: Vec<String>,
    /// Which places win; with parties, the place of each.
    pub places: Vec<String>,
}

/// One course of a law: how the ties went that it asked about, and what came out.
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Seats};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?),
///     Place::district("South", Tally::from_votes([("A", 40), ("B", 60)])?),
/// ])?;
/// // The nation's third seat is tied, and the law has to place it in a district.
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3)).placed(step);
/// let outcome = Rule::of_tiers([tier]).apply(&count)?;
/// let [a_wins, b_wins] = outcome.ways() else { panic!("two ways") };
/// assert_eq!(a_wins.choices()[0].parties, ["A"]);
/// assert_eq!(a_wins.outcome().map(|outcome| outcome.seats("A")), Ok(Some(2)));
/// assert_eq!(b_wins.outcome().map(|outcome| outcome.seats("A")), Ok(Some(1)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Way {
    choices: Vec<NamedChoice>,
    ends: u128,
    outcome: Result<Box<Outcome>, Error>,
}

impl Way {
    /// How each tie went, in the order in which the law asked.
    #[must_use]
    pub fn choices(&self) -> &[NamedChoice] {
        &self.choices
    }

    /// How many ends of the ties lead here: more than one where only the sum of several ties was asked.
    #[must_use]
    pub const fn ends(&self) -> u128 {
        self.ends
    }

    /// What came out.
    ///
    /// # Errors
    /// Where the law has no answer once the ties have gone this way.
    pub fn outcome(&self) -> Result<&Outcome, &Error> {
        self.outcome.as_ref().map(AsRef::as_ref)
    }
}

/// A way with its outcome, as the driver keeps it.
pub(crate) struct WayEnd(Way);

impl WayEnd {
    /// The end of a session that followed these answers.
    pub(crate) fn of(session: &mut Session<'_>, answers: &[Answered], error: Option<Error>) -> Result<Self, Error> {
        let mut ends: u128 = 1;
        let mut choices = Vec::new();
        for answer in answers {
            match answer {
                Answered::Winners(chosen) => choices.push(named(session, &chosen.choice, &chosen.winners)),
                Answered::Together { ties, seats, ways } => {
                    ends = ends.saturating_mul(*ways);
                    choices.push(together(session, ties.first().map_or(0, |tie| tie.tier), seats));
                }
            }
        }
        let outcome = match error {
            Some(error) => Err(error),
            None => Ok(Box::new(Outcome::of(session, Vec::new())?)),
        };
        Ok(Self(Way { choices, ends, outcome }))
    }
}

fn named(session: &Session<'_>, choice: &Choice, winners: &[usize]) -> NamedChoice {
    let figures: &Figures<'_> = session.figures;
    let party = |id: PartyId| figures.name(id).to_string();
    let place = |id: PlaceId| figures.spot(id).title();
    let (parties, places) = match &choice.candidates {
        Candidates::Parties(all) => (winners.iter().map(|&at| party(all[at])).collect(), Vec::new()),
        Candidates::Places(all) => (Vec::new(), winners.iter().map(|&at| place(all[at])).collect()),
        Candidates::Pairs(all) => winners.iter().map(|&at| (party(all[at].0), place(all[at].1))).unzip(),
    };
    NamedChoice {
        tier: session.rule.tiers()[choice.tier].title(choice.tier),
        place: session.place_name(choice.place),
        parties,
        places,
    }
}

/// What several ties give together, each party as often as it wins.
fn together(session: &Session<'_>, tier: usize, seats: &alloc::collections::BTreeMap<PartyId, u64>) -> NamedChoice {
    let times = |(&party, &seats): (&PartyId, &u64)| {
        core::iter::repeat_n(session.figures.name(party).to_string(), usize::try_from(seats).unwrap_or(0))
    };
    NamedChoice {
        tier: session.rule.tiers().get(tier).map_or_else(String::new, |known| known.title(tier)),
        place: None,
        parties: seats.iter().flat_map(times).collect(),
        places: Vec::new(),
    }
}

impl Outcome {
    /// The outcome where not every way was followed: what was certain when the law first asked.
    pub(crate) fn stopped(self) -> Self {
        Self { ways_complete: false, ..self }
    }

    /// What is certain over these ways; this outcome is what was known when the law first asked.
    ///
    /// # Errors
    /// The one in which all ways end, as it does not depend on the ties.
    pub(crate) fn forked(self, ends: Vec<WayEnd>) -> Result<Self, Error> {
        let mut ways: Vec<Way> = ends.into_iter().map(|end| end.0).collect();
        let answered: Vec<&Outcome> = ways.iter().filter_map(|way| way.outcome().ok()).collect();
        let Some(&first) = answered.first() else {
            return match ways.first().map(Way::outcome) {
                Some(Err(error)) if ways.iter().all(|way| way.outcome() == Err(error)) => Err(error.clone()),
                _ => Ok(Self { ways, ..self }),
            };
        };
        if answered.len() == ways.len() && answered.iter().all(|way| first.is_alike(way)) {
            // However the ties go, the law ends alike.
            let first = first.clone();
            return Ok(Self { alike: ways.split_off(1), ..first });
        }
        let mut certain = first.clone();
        let mut course = core::mem::take(&mut certain.told).into_course();
        for way in &answered {
            least(&mut certain.parties, &way.parties);
            for (place, other) in certain.places.iter_mut().zip(&way.places) {
                least(&mut place.parties, &other.parties);
                place.filled = place.parties.iter().map(|party| party.seats).fold(0, u64::saturating_add);
                place.vacant = place.vacant.min(other.vacant);
                place.ties.retain(|tie| other.ties.contains(tie));
            }
            certain.vacant = certain.vacant.min(way.vacant);
            certain.seats = certain.seats.max(way.seats);
            certain.unseated.retain(|unseated| way.unseated.contains(unseated));
            certain.settled.retain(|settled| way.settled.contains(settled));
            if way.bonus != certain.bonus {
                certain.bonus = None;
            }
            if way.stages() != course.stages {
                course.stages.clear();
            }
        }
        certain.ties.retain(|tie| answered.iter().all(|way| way.ties.contains(tie)));
        put_before(&mut certain.ties, self.ties);
        for (at, (place, asked)) in certain.places.iter_mut().zip(self.places).enumerate() {
            // A tie that the law asked about is open in the place as long as the place's seats hang on it.
            if answered.iter().any(|way| !has_same_seats(&way.places[at].parties, &first.places[at].parties)) {
                put_before(&mut place.ties, asked.ties);
            }
            let most = |party: &PartyOutcome| {
                answered.iter().filter_map(|way| way.places[at].possible(party.name())).max().unwrap_or(party.seats)
            };
            place.most = place.parties.iter().map(most).collect();
        }
        let before = self.told.into_course();
        course.trace = before.trace;
        course.tiers = before.tiers;
        course.warnings.retain(|warning| answered.iter().all(|way| way.warnings().contains(warning)));
        for tie in certain.ties.iter().rev() {
            let warning = super::Warning::OpenTie { tie: tie.to_shown(), district: tie.place.clone() };
            if !course.warnings.contains(&warning) {
                course.warnings.insert(0, warning);
            }
        }
        certain.told = Told::from(course);
        for way in &mut ways {
            if let Ok(outcome) = &mut way.outcome {
                outcome.ways_complete = true;
            }
        }
        Ok(Self { ways, ..certain })
    }

    /// Whether two ways end with the same seats everywhere.
    fn is_alike(&self, other: &Self) -> bool {
        let mut places = self.places.iter().zip(&other.places);
        has_same_seats(&self.parties, &other.parties)
            && self.places.len() == other.places.len()
            && places.all(|(one, two)| has_same_seats(&one.parties, &two.parties) && one.vacant == two.vacant)
            && self.ties == other.ties
            && self.vacant == other.vacant
    }
}

/// Whether these are the same parties with the same seats.
fn has_same_seats(parties: &[PartyOutcome], others: &[PartyOutcome]) -> bool {
    parties.len() == others.len()
        && parties.iter().zip(others).all(|(one, two)| one.name() == two.name() && one.seats == two.seats)
}

/// Puts ties in front of others, but for those that are among them.
fn put_before(ties: &mut Vec<TieOutcome>, mut first: Vec<TieOutcome>) {
    first.retain(|tie| !ties.contains(tie));
    ties.splice(..0, first);
}

/// The seats that parties have in both.
fn least(certain: &mut [PartyOutcome], other: &[PartyOutcome]) {
    for party in certain.iter_mut() {
        let there = other.iter().find(|known| known.name() == party.name()).map_or(0, |known| known.seats);
        party.seats = party.seats.min(there);
    }
}

//! While the count goes on: what is still possible, and which seats are certain.

mod claims;
mod completions;
mod fields;
mod later;
mod proof;
mod unit;

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::table::Table;
use crate::count::{CountRef, Figures, PlaceId};
use crate::error::Error;
use crate::num::text::grouped;
use crate::rule::{Rule, run};

use completions::Completions;
use proof::Proof;

/// What each party can still end with, given the count so far and the number of ballots still out.
///
/// Every ballot out may turn out for any party of its place or for contestants not listed, against all, blank or invalid.
/// A party's *fewest* seats are the fewest certain ones over all these completions, its *most* are the most with any seat
/// that a tie may bring; completions for which the rule has no answer are left out. What is at least the fewest is *certain*
/// already.
///
/// Both are bounds that hold whatever the law is, and *tight* where a completion was found that attains them:
///
/// - Where completions are few, all of them are tried, for every law.
/// - A first tier of highest averages or of largest remainders by the Hare quota is looked into case by case: which parties can
///   take part together, and with how many ballots each; in each case, rivals need just so many ballots that enough of their
///   claims come before a party's last seat.
/// - Later tiers are bounded by the seats that they have. One that tops up a house of fixed size adds what the first tier left
///   of it, nothing to who cannot take part, and brings nobody above its target. Where one may take seats back, nothing is certain.
/// - Where the first tier has bonuses, caps, majorities, alliances, bounds, stages or other quotas, a party may end with
///   nothing or with all of its seats, as far as this can say.
///
/// What is not tight says so.
///
/// # Examples
/// ```
/// use apportion::insight::Outlook;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let so_far = Tally::from_votes([("A", 500), ("B", 300), ("C", 90)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// let outlook = Outlook::new(&rule, &so_far, 20)?;
/// let a = outlook.party("A").unwrap();
/// assert_eq!((a.fewest(), a.most()), (3, 3)); // whatever the 20 ballots say
/// assert!(outlook.is_decided());
/// assert_eq!(outlook.majority(), Some("A"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    parties: Vec<PartyOutlook>,
    places: Vec<PlaceOutlook>,
    ballots_out: u64,
    seats: Option<u64>,
}

/// What one place can still end with.
///
/// # Examples
/// ```
/// use apportion::insight::Outlook;
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 500), ("B", 290)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 200), ("B", 390)])?).with_seats(3),
/// ])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 6);
/// let outlook = Outlook::of_places(&rule, &count, [("South", 250)])?;
/// let south = outlook.at("South").expect("a district");
/// assert!(!south.is_decided());
/// // The 250 ballots may cost A its only seat there, or bring it another.
/// assert_eq!(south.party("A").map(|a| (a.fewest(), a.most())), Some((0, 2)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOutlook {
    name: String,
    parties: Vec<PartyOutlook>,
}

/// What one party can still end with.
///
/// # Examples
/// ```
/// use apportion::insight::Outlook;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let so_far = Tally::from_votes([("A", 500), ("B", 300), ("C", 90)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// let outlook = Outlook::new(&rule, &so_far, 80)?;
/// let c = outlook.party("C").expect("it stands");
/// // 170 votes would come before A's third seat, which 166.67 bring.
/// assert_eq!((c.votes(), c.fewest(), c.most()), (90, 0, 1));
/// assert!(c.most_is_tight()); // there is such a count
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyOutlook {
    party: String,
    votes: u64,
    fewest: Bound,
    most: Bound,
}

/// A bound on seats, and whether a completion attains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound {
    seats: u64,
    tight: bool,
}

impl Outlook {
    /// What is still possible while this many ballots are out, in a count of one place.
    ///
    /// # Errors
    /// Those of [`of_places`](Self::of_places); [`Error::UnknownPlace`] for a count of several places.
    pub fn new<'a>(rule: &Rule, count: impl Into<CountRef<'a>>, ballots_out: u64) -> Result<Self, Error> {
        Self::of_places(rule, count, [("", ballots_out)])
    }

    /// What is still possible while so many ballots are out in each of these places; nothing is out where none is named.
    ///
    /// # Errors
    /// - Those of [`Rule::apply`] that do not depend on the votes.
    /// - [`Error::UnknownPlace`] for a place that is not in the count, or whose ballots are those of its districts.
    /// - [`Error::TooManyVotes`] if a party could end with more than 2^64 - 1 votes.
    /// - [`Error::MoreThanRegistered`] for more ballots than there are voters registered.
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::Outlook;
    /// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
    ///
    /// let count = Count::of_places([
    ///     Place::district("North", Tally::from_votes([("A", 500), ("B", 290)])?).with_seats(3),
    ///     Place::district("South", Tally::from_votes([("A", 200), ("B", 390)])?).with_seats(3),
    /// ])?;
    /// let rule = Rule::new(AllocationMethod::D_HONDT, 6);
    /// let outlook = Outlook::of_places(&rule, &count, [("South", 50)])?;
    /// assert!(outlook.at("North").unwrap().is_decided());
    /// assert_eq!(outlook.party("A").unwrap().fewest(), 3);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn of_places<'a, 'p>(
        rule: &Rule,
        count: impl Into<CountRef<'a>>,
        ballots_out: impl IntoIterator<Item = (&'p str, u64)>,
    ) -> Result<Self, Error> {
        let figures = Figures::new(count.into())?;
        run::check(rule, &figures)?;
        let mut out: Vec<(PlaceId, u64)> = Vec::new();
        for (name, ballots) in ballots_out {
            let unknown = || Error::UnknownPlace { name: name.to_string(), place: "the ballots out".to_string() };
            let place = figures.place_named(name).filter(|&place| figures.counts_itself(place)).ok_or_else(unknown)?;
            if ballots > 0 {
                out.push((place, ballots));
            }
        }
        check(rule, &figures, &out)?;
        let asked = figures.spots().len();
        let mut completions = Completions::new(rule, figures.clone(), &out, asked);
        let all = completions.try_all();
        let bounds =
            if all { Vec::new() } else { Proof { rule, figures: &figures, out: &out }.bounds(&mut completions) };
        let made = |place: usize| -> Vec<PartyOutlook> {
            let place = PlaceId::at(place);
            let spot = figures.spot(place);
            let reached = completions.reached(place);
            let party = |&party: &crate::PartyId| {
                let reached = reached.and_then(|reached| reached.get(party.index())).copied();
                let proven = bounds.get(place.index()).and_then(|bounds: &Vec<(u64, u64)>| bounds.get(party.index()));
                let (fewest, most) = proven.copied().or(reached).unwrap_or((0, 0));
                PartyOutlook {
                    party: figures.name(party).to_string(),
                    votes: spot.votes_of(party),
                    fewest: Bound { seats: fewest, tight: all || reached.is_some_and(|(least, _)| least == fewest) },
                    most: Bound { seats: most, tight: all || reached.is_some_and(|(_, greatest)| greatest == most) },
                }
            };
            spot.parties.iter().map(party).collect()
        };
        let places =
            (1..asked).map(|at| PlaceOutlook { name: figures.spots()[at].name.to_string(), parties: made(at) });
        Ok(Self {
            parties: made(0),
            places: places.collect(),
            ballots_out: out.iter().fold(0, |sum, &(_, ballots)| sum.saturating_add(ballots)),
            seats: if rule.is_flat() { rule.seats().or(figures.nation().seats) } else { None },
        })
    }

    /// What is still possible of so many ballots cast in one place, of which the count has a part.
    ///
    /// # Errors
    /// Those of [`new`](Self::new); [`Error::CastBelowParts`] if more are counted than were cast.
    pub fn of_cast<'a>(rule: &Rule, count: impl Into<CountRef<'a>>, cast: u64) -> Result<Self, Error> {
        let count = count.into();
        let counted = Figures::new(count)?.nation().tally.counted();
        let out =
            u128::from(cast).checked_sub(counted).ok_or(Error::CastBelowParts { cast: cast.into(), parts: counted })?;
        Self::new(rule, count, u64::try_from(out).unwrap_or(u64::MAX))
    }

    /// The parties, in the order of the tally.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutlook] {
        &self.parties
    }

    /// The party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutlook> {
        self.parties.iter().find(|party| party.party == name)
    }

    /// Regions and districts, in the order of the count; none where there is one place alone.
    #[must_use]
    pub fn places(&self) -> &[PlaceOutlook] {
        &self.places
    }

    /// The place of this name.
    #[must_use]
    pub fn at(&self, place: &str) -> Option<&PlaceOutlook> {
        self.places.iter().find(|known| known.name == place)
    }

    /// The party whose fewest seats are more than half of the house already, where its size is known.
    #[must_use]
    pub fn majority(&self) -> Option<&str> {
        let seats = self.seats?;
        let holds = |party: &&PartyOutlook| u128::from(party.fewest.seats) * 2 > u128::from(seats);
        self.parties.iter().find(holds).map(|party| party.party.as_str())
    }

    /// The ballots still out.
    #[must_use]
    pub const fn ballots_out(&self) -> u64 {
        self.ballots_out
    }

    /// The seats that are certain already, of all parties.
    #[must_use]
    pub fn certain_seats(&self) -> u64 {
        // The certain seats of one completion at most, which are a u64.
        self.parties.iter().fold(0, |sum, party| sum.saturating_add(party.fewest.seats))
    }

    /// Whether every party's seats are certain.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        is_decided(&self.parties)
    }

    /// Whether every bound is attained by a completion.
    #[must_use]
    pub fn is_tight(&self) -> bool {
        self.parties.iter().all(|party| party.fewest.tight && party.most.tight)
    }
}

impl PlaceOutlook {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The parties that stand there, in the order of the count, with the seats that they can end with there.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutlook] {
        &self.parties
    }

    /// The party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutlook> {
        self.parties.iter().find(|party| party.party == name)
    }

    /// Whether every party's seats there are certain.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        is_decided(&self.parties)
    }
}

fn is_decided(parties: &[PartyOutlook]) -> bool {
    parties.iter().all(|party| party.fewest.seats == party.most.seats)
}

/// Refuses ballots out that cannot be: votes beyond 2^64 - 1, or more than the voters registered.
fn check(rule: &Rule, figures: &Figures<'_>, out: &[(PlaceId, u64)]) -> Result<(), Error> {
    let inside = |place: PlaceId| -> u128 {
        let here = out.iter().filter(|&&(at, _)| figures.is_within(at, place));
        here.map(|&(_, ballots)| u128::from(ballots)).sum()
    };
    for (at, spot) in figures.spots().iter().enumerate() {
        let more = inside(PlaceId::at(at));
        for (party, &votes) in spot.tally.parties().iter().zip(&spot.votes) {
            crate::count::tally::fits(party.name(), u128::from(votes) + more)?;
        }
        let ballots = spot.tally.counted() + more;
        if let Some(registered) = spot.tally.registered().filter(|&registered| more > 0 && registered < ballots) {
            return Err(Error::MoreThanRegistered { place: spot.title(), ballots, registered });
        }
    }
    match run::apply_to(rule, figures) {
        Err(
            error @ (Error::BaseNotCounted { .. } | Error::NoPopulation { .. } | Error::DistrictWithoutSeats { .. }),
        ) => Err(error),
        _ => Ok(()),
    }
}

impl PartyOutlook {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.party
    }

    /// Its votes so far.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The fewest seats that it can still end with: these are certain.
    #[must_use]
    pub const fn fewest(&self) -> u64 {
        self.fewest.seats
    }

    /// The most seats that it can still end with.
    #[must_use]
    pub const fn most(&self) -> u64 {
        self.most.seats
    }

    /// Whether the fewest are those of a completion, and not only a bound.
    #[must_use]
    pub const fn fewest_is_tight(&self) -> bool {
        self.fewest.tight
    }

    /// Whether the most are those of a completion, and not only a bound.
    #[must_use]
    pub const fn most_is_tight(&self) -> bool {
        self.most.tight
    }
}

impl fmt::Display for Outlook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new("Still possible", &["party", "votes so far", "fewest", "most"]);
        let text = |bound: Bound, sign: &str| {
            let sign = if bound.tight { "" } else { sign };
            alloc::format!("{sign}{}", grouped(bound.seats))
        };
        for PartyOutlook { party, votes, fewest, most } in &self.parties {
            table.push([party.clone(), grouped(*votes), text(*fewest, ">= "), text(*most, "<= ")]);
        }
        write!(f, "{table}")?;
        let certain = grouped(self.certain_seats());
        let of = self.seats.map_or_else(String::new, |seats| alloc::format!(" of {}", grouped(seats)));
        writeln!(f, "{} ballots out; {certain}{of} seats are certain", grouped(self.ballots_out))?;
        if !self.is_tight() {
            writeln!(f, ">= and <= mark bounds that may not be attained")?;
        }
        Ok(())
    }
}

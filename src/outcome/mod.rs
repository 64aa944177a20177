//! Outcomes: a law's result, with named parties and places.

mod build;
mod clause;
mod display;
mod headline;
mod warning;
mod ways;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use core::fmt;

pub(crate) use build::Seen;
pub use clause::Clause;
pub use warning::Warning;
pub(crate) use ways::WayEnd;
pub use ways::{NamedChoice, Way};

use crate::allocation::Settled;
use crate::count::{Base, Level, Party};
use crate::error::Error;
use crate::num::Ratio;
use crate::rule::{Record, Shortfall, Trace};
use crate::tie::Tie;

/// A law's result: who was admitted and why not, seats in the nation and in every place, ties, and what was decided on the
/// way.
///
/// It prints as a [sentence](Self::headline) and a [table](Self::table).
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 1)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// assert_eq!(outcome.seats("A"), None); // one seat is still tied
/// assert_eq!(outcome.certain("A"), Some(1));
/// assert_eq!(outcome.tie().unwrap().parties(), ["A", "B"]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outcome {
    parties: Vec<PartyOutcome>,
    places: Vec<PlaceOutcome>,
    ties: Vec<TieOutcome>,
    settled: Vec<Settled<String>>,
    vacant: u64,
    seats: u64,
    spared: u128,
    base: Base,
    whole: u128,
    stages: Vec<StageOutcome>,
    tiers: Vec<TierOutcome>,
    bonus: Option<(String, u64)>,
    unseated: Vec<Unseated>,
    warnings: Vec<Warning>,
    ways: Vec<Way>,
    /// The other ways, where all end as this outcome does.
    alike: Vec<Way>,
    ways_complete: bool,
    /// Whether parties were admitted place by place, so that there is no one reason.
    admitted_apart: bool,
    trace: Trace,
}

/// The seats after one stage of a method in stages, or after what the law does next.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Quota, Rule, Stage, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let method = AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::largest_remainders()]);
/// let outcome = Rule::new(method, 10).apply(&tally)?;
/// let [whole, remainders] = outcome.stages() else { panic!("two stages") };
/// assert_eq!((whole.name(), whole.seats()), ("whole quotas (Hare quota)", &[5, 2, 2][..]));
/// assert_eq!(remainders.seats(), [5, 3, 2]); // those before included
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StageOutcome {
    name: String,
    seats: Vec<u64>,
}

impl StageOutcome {
    /// The stage, in words: "whole quotas (Hare quota)".
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The certain seats after it, those of the stages before included, in the order of [`Outcome::parties`].
    #[must_use]
    pub fn seats(&self) -> &[u64] {
        &self.seats
    }
}

/// What one tier gave.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// let districts = Tier::new(AllocationMethod::D_HONDT).name("district seats");
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).name("levelling seats");
/// let outcome = Rule::of_tiers([districts, nation]).apply(&count)?;
/// assert_eq!(outcome.tiers()[0].seats(), [5, 1]);
/// let levelling = outcome.by("levelling seats").expect("a tier");
/// assert_eq!((levelling.level(), levelling.seats()), (Level::Nation, &[2, 2][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TierOutcome {
    name: String,
    article: Option<String>,
    level: Level,
    seats: Vec<i128>,
    places: Vec<(String, Vec<(String, i128)>)>,
    idle: Vec<Clause>,
}

impl TierOutcome {
    /// The tier's name, or its number from 1.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the statute has it, if the law says so.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }

    /// What heads a column of its seats: "levelling" for "levelling seats", "tier 2" where it has no name.
    pub(crate) fn heading(&self, index: usize) -> String {
        let name = self.name.strip_suffix(" seats").unwrap_or(&self.name);
        let numbered = name.parse() == Ok(index + 1);
        if numbered {
            alloc::format!("tier {name}")
        } else {
            crate::num::layout::cut(&crate::num::layout::escaped(name), 16)
        }
    }

    /// The level of its places.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Certain seats that it gave in all, in the order of [`Outcome::parties`]; below zero for what it took back.
    #[must_use]
    pub fn seats(&self) -> &[i128] {
        &self.seats
    }

    /// Its clauses that this election did not need.
    #[must_use]
    pub fn idle(&self) -> &[Clause] {
        &self.idle
    }

    /// Where its seats ended: places with the seats of each party that got some there; the nation has no name.
    #[must_use]
    pub fn places(&self) -> &[(String, Vec<(String, i128)>)] {
        &self.places
    }
}

/// Winners of single-member contests whom no seat covers.
///
/// # Examples
/// ```
/// use apportion::rule::{Direct, Placement};
/// use apportion::{AllocationMethod, Count, Level, Party, Place, Rule, Tally, Tier};
///
/// // A won three constituencies in the south, where its votes cover one seat: Germany since 2023.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 30), ("B", 20)])?),
///     Place::district("South", Tally::from_votes([(Party::new("A").with_direct_seats(3), 10), ("B".into(), 20)])?),
/// ])?;
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).whole_target(Direct::Cover);
/// let law = Rule::of_tiers([Tier::top_up(AllocationMethod::SAINTE_LAGUE, 8).at(Level::Nation).placed(step)]);
/// let outcome = law.apply(&count)?;
/// let [unseated] = outcome.unseated() else { panic!("in one place") };
/// assert_eq!((unseated.place.as_str(), unseated.party.as_str(), unseated.winners), ("South", "A", 2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unseated {
    /// The place.
    pub place: String,
    /// The party.
    pub party: String,
    /// How many.
    pub winners: u64,
}

/// A tie that the law leaves open, with the tier and place where it stands.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// let tie = outcome.tie().expect("a seat is open");
/// assert_eq!(tie.parties(), ["A", "B"]);
/// assert_eq!(tie.seats(), 1);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TieOutcome {
    tie: Tie<String>,
    tier: Option<String>,
    place: Option<String>,
    places: Vec<String>,
    about: String,
    cells: Option<TiedCells>,
}

/// What is known of a tie between cells of a matrix.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 10), ("B", 10)])?).with_seats(1),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 10)])?).with_seats(1),
/// ])?;
/// let outcome = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 2).apply(&count)?;
/// let cells = outcome.ties()[0].cells().expect("a tie between cells");
/// assert_eq!(cells.party_seats, [("A".to_string(), 1), ("B".to_string(), 1)]);
/// assert_eq!(cells.outcomes, Some(2)); // A in the north and B in the south, or the other way round
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TiedCells {
    /// The seats left to each party in these cells.
    pub party_seats: Vec<(String, u64)>,
    /// The seats left to each district in these cells.
    pub district_seats: Vec<(String, u64)>,
    /// In how many ways it can end; none where there are more than 1,000.
    pub outcomes: Option<u64>,
}

impl TieOutcome {
    /// Who is tied: parties; in a tie between districts for seats, the districts.
    #[must_use]
    pub fn parties(&self) -> &[String] {
        self.tie.parties()
    }

    /// The seats left among them.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.tie.seats()
    }

    /// The parties and the seats.
    #[must_use]
    pub const fn tie(&self) -> &Tie<String> {
        &self.tie
    }

    /// The tier, where there are several.
    #[must_use]
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_deref()
    }

    /// The place, where there are several.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// In a tie of placing or between cells, the place that each party would take; empty otherwise.
    #[must_use]
    pub fn places(&self) -> &[String] {
        &self.places
    }

    /// In a tie between cells of a matrix, what is left to each party and district; the cells are its
    /// [`parties`](Self::parties), each with its place in [`places`](Self::places).
    #[must_use]
    pub const fn cells(&self) -> Option<&TiedCells> {
        self.cells.as_ref()
    }

    /// The tie in which each of a matrix's cells is named, or the tie itself.
    pub(crate) fn to_shown(&self) -> Tie<String> {
        if self.cells.is_none() {
            return self.tie.clone();
        }
        let names = self.parties().iter().zip(&self.places).map(|(party, place)| alloc::format!("{party} in {place}"));
        Tie::of_names(names.collect(), self.seats())
    }

    /// What the seats are, in words: "the seats", "the place of a seat".
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }
}

impl fmt::Display for TieOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_shown().fmt(f)
    }
}

/// What came out in one region or district.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 25)])?).with_seats(2),
/// ])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 5).apply(&count)?;
/// let north = outcome.at("North").expect("a district");
/// assert_eq!((north.total_seats(), north.seats("A")), (3, Some(2)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlaceOutcome {
    name: String,
    level: Level,
    within: Option<String>,
    seats: u64,
    filled: u64,
    parties: Vec<PartyOutcome>,
    ties: Vec<TieOutcome>,
    settled: Vec<Settled<String>>,
    vacant: u64,
    spared: u128,
    base: Base,
    whole: u128,
}

impl PlaceOutcome {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a region or a district.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The region that it is in.
    #[must_use]
    pub fn within(&self) -> Option<&str> {
        self.within.as_deref()
    }

    /// The seats that it had to give out by the count or the law.
    #[must_use]
    pub const fn total_seats(&self) -> u64 {
        self.seats
    }

    /// The certain seats held there, all tiers together.
    #[must_use]
    pub const fn filled(&self) -> u64 {
        self.filled
    }

    /// The parties that stand there, in the order of the count, then others with seats.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutcome] {
        &self.parties
    }

    /// What came out for the party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutcome> {
        self.parties.iter().find(|party| party.name() == name)
    }

    /// A party's seats; `None` while its last one is tied, or if no such party stands.
    #[must_use]
    pub fn seats(&self, name: &str) -> Option<u64> {
        self.certain(name).filter(|_| !self.is_tied(name))
    }

    /// The seats that a party has whatever a tie brings; `None` if no such party stands.
    #[must_use]
    pub fn certain(&self, name: &str) -> Option<u64> {
        self.party(name).map(PartyOutcome::certain)
    }

    /// Whether a party is in an open tie.
    #[must_use]
    pub fn is_tied(&self, name: &str) -> bool {
        self.ties.iter().any(|tie| tie.parties().iter().any(|tied| tied == name))
    }

    /// The open ties.
    #[must_use]
    pub fn ties(&self) -> &[TieOutcome] {
        &self.ties
    }

    /// The seats that tie-breaks gave.
    #[must_use]
    pub fn settled(&self) -> &[Settled<String>] {
        &self.settled
    }

    /// Seats that the parties' maximums left vacant.
    #[must_use]
    pub const fn vacant(&self) -> u64 {
        self.vacant
    }
}

/// What came out for one party.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
/// let a = outcome.party("A").expect("it stood");
/// assert_eq!((a.votes(), a.certain(), a.is_admitted()), (60, 3, true));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartyOutcome {
    party: Party,
    votes: u64,
    counted: u64,
    seats: u64,
    admission: Admission,
}

/// Whether a party took part, and why or why not.
///
/// # Examples
/// ```
/// use apportion::{Admission, AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 96), ("B", 4)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("5%".parse()?)).apply(&tally)?;
/// let admission = |name| outcome.party(name).map(|party| party.admission());
/// assert_eq!(admission("A"), Some(&Admission::Passed));
/// assert!(matches!(admission("B"), Some(Admission::Refused(_))));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Admission {
    /// It passed the threshold, or there was none.
    Passed,
    /// It did not pass, but too few others did.
    Repaired(Shortfall),
    /// It did not pass, but too few others did, and its votes count at this weight.
    Weighed(Shortfall, Ratio),
    /// It did not pass.
    Refused(Shortfall),
}

impl Admission {
    /// Whether the party took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        matches!(self, Self::Passed | Self::Repaired(_) | Self::Weighed(..))
    }

    /// What it lacked of the threshold.
    #[must_use]
    pub const fn shortfall(&self) -> Option<&Shortfall> {
        match self {
            Self::Passed => None,
            Self::Repaired(lacks) | Self::Weighed(lacks, _) | Self::Refused(lacks) => Some(lacks),
        }
    }
}

impl PartyOutcome {
    /// The party.
    #[must_use]
    pub const fn party(&self) -> &Party {
        &self.party
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.party.name()
    }

    /// Its votes: first choices.
    #[must_use]
    pub const fn votes(&self) -> u64 {
        self.votes
    }

    /// The votes that the method saw: none for a party not admitted, more than its first choices where votes were spared.
    #[must_use]
    pub const fn counted(&self) -> u64 {
        self.counted
    }

    /// The seats it has whatever a tie brings.
    #[must_use]
    pub const fn certain(&self) -> u64 {
        self.seats
    }

    /// Whether it took part, and why or why not.
    #[must_use]
    pub const fn admission(&self) -> &Admission {
        &self.admission
    }

    /// Whether it took part.
    #[must_use]
    pub const fn is_admitted(&self) -> bool {
        self.admission.is_admitted()
    }
}

impl Outcome {
    /// The parties, in the order in which they went in.
    #[must_use]
    pub fn parties(&self) -> &[PartyOutcome] {
        &self.parties
    }

    /// What came out for the party of this name.
    #[must_use]
    pub fn party(&self, name: &str) -> Option<&PartyOutcome> {
        self.parties.iter().find(|party| party.name() == name)
    }

    /// A party's seats; `None` while its last one is tied, or if no such party stands.
    ///
    /// [`seat_count`](Self::seat_count) tells the two apart.
    #[must_use]
    pub fn seats(&self, name: &str) -> Option<u64> {
        self.certain(name).filter(|_| !self.is_tied(name))
    }

    /// A party's seats, or why there is no such number.
    ///
    /// # Errors
    /// [`Error::UnknownParty`] for a name that is misspelt; [`Error::Tied`] while the party's last seat is tied.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Error, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 31)])?;
    /// let outcome = Rule::new(AllocationMethod::D_HONDT, 4).apply(&tally)?;
    /// assert_eq!(outcome.seat_count("C"), Ok(3));
    /// assert!(matches!(outcome.seat_count("A"), Err(Error::Tied { .. })));
    /// assert!(matches!(outcome.seat_count("a"), Err(Error::UnknownParty { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn seat_count(&self, name: &str) -> Result<u64, Error> {
        let certain =
            self.certain(name).ok_or_else(|| Error::UnknownParty { name: name.into(), place: "the outcome" })?;
        match self.ties.iter().find(|tie| tie.parties().iter().any(|tied| tied == name)) {
            Some(tie) => Err(Error::Tied { names: tie.parties().to_vec(), seats: tie.seats() }),
            None if self.is_tied(name) => Err(Error::Tied { names: Vec::from([String::from(name)]), seats: 1 }),
            None => Ok(certain),
        }
    }

    /// The seats that a party has whatever a tie brings; `None` if no such party stands.
    #[must_use]
    pub fn certain(&self, name: &str) -> Option<u64> {
        self.party(name).map(PartyOutcome::certain)
    }

    /// The most seats that a party can have, over every end of the open ties; `None` if no such party stands.
    #[must_use]
    pub fn possible(&self, name: &str) -> Option<u64> {
        let certain = self.certain(name)?;
        let ways = self.ways.iter().filter_map(|way| way.outcome().ok()).filter_map(|way| way.possible(name)).max();
        let here =
            self.ties.iter().filter(|tie| tie.places.is_empty() && tie.parties().iter().any(|tied| tied == name));
        Some(ways.unwrap_or_else(|| certain.saturating_add(here.count() as u64)))
    }

    /// Whether a party's seats depend on an open tie.
    #[must_use]
    pub fn is_tied(&self, name: &str) -> bool {
        if self.ways.is_empty() {
            return self.ties.iter().any(|tie| tie.places.is_empty() && tie.parties().iter().any(|tied| tied == name));
        }
        self.certain(name) != self.possible(name)
    }

    /// The open tie, if there is one; the first, if there are several.
    #[must_use]
    pub fn tie(&self) -> Option<&TieOutcome> {
        self.ties.first()
    }

    /// All open ties: at most one, unless there are several places, tiers or alliances.
    ///
    /// Where the law had to know how a tie ends, [`ways`](Self::ways) are its ends, and the tie is the one that it asked
    /// about first.
    #[must_use]
    pub fn ties(&self) -> &[TieOutcome] {
        &self.ties
    }

    /// Every course of the law, where it had to know how a tie ends; empty where it did not.
    #[must_use]
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// The other ways of a law that ends alike however the ties go that it asked about.
    #[cfg(feature = "serde")]
    pub(crate) fn alike(&self) -> &[Way] {
        &self.alike
    }

    /// Whether every way was followed: there are at most 256.
    #[must_use]
    pub const fn ways_complete(&self) -> bool {
        self.ways_complete
    }

    /// The seats after each stage, where the method has stages or the law goes on after it; empty for districts together
    /// and for alliances.
    #[must_use]
    pub fn stages(&self) -> &[StageOutcome] {
        &self.stages
    }

    /// What each tier gave, in their order; seats won before the first tier are not among them.
    #[must_use]
    pub fn tiers(&self) -> &[TierOutcome] {
        &self.tiers
    }

    /// What the tier of this name gave.
    #[must_use]
    pub fn by(&self, tier: &str) -> Option<&TierOutcome> {
        self.tiers.iter().find(|known| known.name == tier)
    }

    /// The party that has a bonus, and its seats by it, which are among its own.
    #[must_use]
    pub fn bonus(&self) -> Option<(&str, u64)> {
        self.bonus.as_ref().map(|(name, seats)| (name.as_str(), *seats))
    }

    /// Regions and districts, in the order of the count; empty where there was one place.
    #[must_use]
    pub fn places(&self) -> &[PlaceOutcome] {
        &self.places
    }

    /// The districts, in the order of the count; none where there was one place.
    pub fn districts(&self) -> impl ExactSizeIterator<Item = &PlaceOutcome> + Clone {
        let districts: Vec<&PlaceOutcome> = self.places.iter().filter(|place| place.level == Level::District).collect();
        districts.into_iter()
    }

    /// The regions, in the order of the count.
    pub fn regions(&self) -> impl Iterator<Item = &PlaceOutcome> + Clone {
        self.places.iter().filter(|place| place.level == Level::Region)
    }

    /// What came out in the region or district of this name.
    #[must_use]
    pub fn at(&self, place: &str) -> Option<&PlaceOutcome> {
        self.places.iter().find(|known| known.name == place)
    }

    /// The seats that tie-breaks gave.
    #[must_use]
    pub fn settled(&self) -> &[Settled<String>] {
        &self.settled
    }

    /// Seats that the parties' maximums left vacant.
    #[must_use]
    pub const fn vacant(&self) -> u64 {
        self.vacant
    }

    /// The seats that were to be given out; in a law of tiers, all seats of the house.
    #[must_use]
    pub const fn total_seats(&self) -> u64 {
        self.seats
    }

    /// Winners of single-member contests whom no seat covers (Germany since 2023).
    #[must_use]
    pub fn unseated(&self) -> &[Unseated] {
        &self.unseated
    }

    /// What the shares of votes in its table are taken of, in words and as a number.
    #[must_use]
    pub const fn whole(&self) -> (Base, u128) {
        (self.base, self.whole)
    }

    /// Ranked ballots that moved on to an admitted party further down.
    #[must_use]
    pub const fn spared(&self) -> u128 {
        self.spared
    }

    /// Every decision on the way, with the numbers it was made by.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Parties by how many seats they gave up to the cap or for want of candidates, from the trace.
    pub(crate) fn given_up(&self) -> BTreeMap<(Option<String>, String), bool> {
        let mut all = BTreeMap::new();
        for record in self.trace.records() {
            let (place, parties, capped) = match record {
                Record::Capped(capped) => (capped.place, &capped.parties, true),
                Record::Exhausted(exhausted) => (exhausted.place, &exhausted.parties, false),
                _ => continue,
            };
            let place = place.index().checked_sub(1).and_then(|at| self.places.get(at)).map(|place| place.name.clone());
            for party in parties {
                if let Some(party) = self.parties.get(party.index()) {
                    all.insert((place.clone(), party.name().into()), capped);
                }
            }
        }
        all
    }
}

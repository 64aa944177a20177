//! Placements: what a law may say about the smaller place in which each new seat of a tier goes.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::allocation::TieBreak;
use crate::count::Level;
use crate::error::Error;
use crate::method::AllocationMethod;
use crate::rule::placing::settle::Settle;

pub use crate::rule::placing::whole_target::Direct;

/// How a tier places its seats: one step, or several, each inside the places of the step before.
///
/// # Examples
/// ```
/// use apportion::rule::{PlaceSteps, Placement};
/// use apportion::{AllocationMethod, Level, Tier};
///
/// // The seats of the nation go to regions, and those of each region to its districts.
/// let step = |level| Placement::within(level).method(AllocationMethod::SAINTE_LAGUE);
/// let tier = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 100).placed([step(Level::Region), step(Level::District)]);
/// assert_eq!(tier.place.steps().iter().map(|step| step.level).collect::<Vec<_>>(), [Level::Region, Level::District]);
/// assert!(!tier.place.is_whole_target());
/// assert!(PlaceSteps::default().is_empty()); // where it is not said, seats stay in the nation
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlaceSteps(Vec<Placement>);

impl PlaceSteps {
    /// The steps, in their order.
    #[must_use]
    pub fn steps(&self) -> &[Placement] {
        &self.0
    }

    /// Whether seats stay where the tier gives them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether whole targets are placed, direct seats included.
    #[must_use]
    pub fn is_whole_target(&self) -> bool {
        self.0.iter().any(|step| step.what == What::All)
    }
}

impl From<Placement> for PlaceSteps {
    fn from(step: Placement) -> Self {
        Self(vec![step])
    }
}

impl From<Vec<Placement>> for PlaceSteps {
    fn from(steps: Vec<Placement>) -> Self {
        Self(steps)
    }
}

impl<const N: usize> From<[Placement; N]> for PlaceSteps {
    fn from(steps: [Placement; N]) -> Self {
        Self(steps.into())
    }
}

/// What a claim to a place is made of beside the party's votes there.
///
/// # Examples
/// ```
/// use apportion::rule::{Factor, Placement};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// // A has two seats in the north and three in the south, and two more to be placed.
/// let seats_of_a = |factor| -> Result<_, apportion::Error> {
///     let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).per(factor);
///     let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).placed(step);
///     let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count)?;
///     Ok(["North", "South"].map(|place| outcome.at(place).and_then(|place| place.seats("A")).unwrap_or(0)))
/// };
/// assert_eq!(seats_of_a(Factor::Votes)?, [4, 3]); // 600 / 7 = 86 before 500 / 7 = 71
/// assert_eq!(seats_of_a(Factor::Share)?, [3, 4]); // 83% / 7 = 12% before 60% / 7 = 9%
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Factor {
    /// Nothing: the votes themselves (Sweden).
    #[default]
    Votes,
    /// Their share of the place's valid votes (Iceland).
    Share,
    /// Votes by those that a seat of the place costs: valid votes / seats (Norway).
    Seat,
    /// Votes by the quota of one seat more: valid votes / (seats + 1) (Slovenia).
    Quota,
}

/// The seats that a place can take.
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Room};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let north = Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3);
/// let south = Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3);
/// let count = Count::of_places([north.with_room("levelling", 1), south.with_room("levelling", 3)])?;
/// let seats_of_north = |room: Room| -> Result<_, apportion::Error> {
///     let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).with_room(room);
///     let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).placed(step);
///     let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count)?;
///     Ok(outcome.at("North").map(|north| north.filled()))
/// };
/// assert_eq!(seats_of_north(Room::Any)?, Some(3 + 3));
/// assert_eq!(seats_of_north(Room::Seats(2))?, Some(3 + 2));
/// assert_eq!(seats_of_north(Room::Named("levelling".into()))?, Some(3 + 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Room {
    /// Any number.
    #[default]
    Any,
    /// This many each.
    Seats(u64),
    /// Those that the count keeps under this name in each place.
    Named(String),
    /// Those that earlier partial tiers left there.
    Left,
}

/// What claims are made of.
///
/// # Examples
/// ```
/// use apportion::rule::{PlaceBy, Placement, Seats, Votes};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// // A quota is 50 votes in both districts: A has 45 votes left in each, B 5 in each.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 95), ("B", 5)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 55)])?).with_seats(2),
/// ])?;
/// let step = Placement::within(Level::District).by_unused_votes();
/// assert_eq!(step.by, Some(PlaceBy::Unused));
/// let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Left).votes(Votes::Unused);
/// let law = Rule::of_tiers([Tier::new(AllocationMethod::HARE).partial(), nation.placed(step)]);
/// let outcome = law.apply(&count)?;
/// // A wins both seats that are left, and takes one in each district.
/// assert_eq!(outcome.at("South").map(|south| (south.seats("A"), south.seats("B"))), Some((Some(1), Some(1))));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PlaceBy {
    /// The votes that bought no seat in the last partial tier, one seat a party and place in each round.
    Unused,
}

/// What is placed.
///
/// # Examples
/// ```
/// use apportion::rule::{Direct, Placement, What};
/// use apportion::{AllocationMethod, Level};
///
/// // Norway places its levelling seats; Germany all seats of a party, those of its constituencies included.
/// let norway = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).per_seat();
/// let germany = Placement::within(Level::Region).method(AllocationMethod::SAINTE_LAGUE).whole_target(Direct::Cover);
/// assert_eq!((norway.what, germany.what), (What::New, What::All));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum What {
    /// The new seats of the tier.
    #[default]
    New,
    /// The whole target, seats held included.
    All,
}

/// In which order seats are placed.
///
/// # Examples
/// ```
/// use apportion::rule::{Order, Placement, Room, Seats};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// // Each district has room for one of two seats: A wins the first, B the second.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 70)])?),
///     Place::district("South", Tally::from_votes([("A", 50), ("B", 10)])?),
/// ])?;
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).with_room(Room::Seats(1));
/// let seats_of_a_in_north = |step: Placement| -> Result<_, apportion::Error> {
///     let nation = Tier::new(AllocationMethod::SAINTE_LAGUE).at(Level::Nation).seats(Seats::Fixed(2)).placed(step);
///     Ok(Rule::of_tiers([nation]).apply(&count)?.at("North").and_then(|north| north.seats("A")))
/// };
/// assert_eq!((step.order, seats_of_a_in_north(step.clone())?), (Order::Claims, Some(0))); // B's 70 votes first
/// let step = step.in_order_won();
/// assert_eq!((step.order, seats_of_a_in_north(step)?), (Order::Seats, Some(1))); // A's seat first
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Order {
    /// The largest claim first.
    #[default]
    Claims,
    /// As they were won (Iceland, Slovenia).
    Seats,
}

/// One step of placing.
///
/// # Examples
/// ```
/// use apportion::rule::Placement;
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// // Four levelling seats; each of a party's goes where it has most votes for the seats that it has there.
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).placed(step);
/// let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count)?;
/// assert_eq!(outcome.at("North").map(|north| (north.seats("A"), north.seats("B"))), Some((Some(4), Some(2))));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Placement {
    /// The level of the places that seats go to.
    #[cfg_attr(feature = "serde", serde(rename = "in"))]
    pub level: Level,
    /// The method: divisors over the seats held there, or for each party by itself a quota.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub method: Option<AllocationMethod>,
    /// What claims are made of, where they are not votes over divisors.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub by: Option<PlaceBy>,
    /// What votes are taken per.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub per: Factor,
    /// The seats that each place can take.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub room: Room,
    /// In which order seats are placed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub order: Order,
    /// What is placed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub what: What,
    /// How seats held there count where the whole target is placed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub direct: Direct,
    /// How equal claims are settled: most votes or list order.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::document::one_or_several")
    )]
    pub tie_break: Vec<TieBreak<String>>,
    /// Steps of a statute's own until the totals of parties and places both hold.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub settle: Option<Settle>,
}

impl Placement {
    /// Places seats in the places of this level.
    #[must_use]
    pub const fn within(level: Level) -> Self {
        Self {
            level,
            method: None,
            by: None,
            per: Factor::Votes,
            room: Room::Any,
            order: Order::Claims,
            what: What::New,
            direct: Direct::Keep,
            tie_break: Vec::new(),
            settle: None,
        }
    }

    /// Places by this method.
    #[must_use]
    pub fn method(self, method: AllocationMethod) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Places by unused votes, in rounds.
    #[must_use]
    pub fn by_unused_votes(self) -> Self {
        Self { by: Some(PlaceBy::Unused), ..self }
    }

    /// Takes votes per vote that a seat of the place costs.
    #[must_use]
    pub fn per_seat(self) -> Self {
        Self { per: Factor::Seat, ..self }
    }

    /// Takes votes as this factor says.
    #[must_use]
    pub fn per(self, factor: Factor) -> Self {
        Self { per: factor, ..self }
    }

    /// Places no more seats than each place keeps under this name.
    #[must_use]
    pub fn room(self, name: impl Into<String>) -> Self {
        Self { room: Room::Named(name.into()), ..self }
    }

    /// Places no more seats than this room has.
    #[must_use]
    pub fn with_room(self, room: Room) -> Self {
        Self { room, ..self }
    }

    /// Places seats in the order in which they were won.
    #[must_use]
    pub fn in_order_won(self) -> Self {
        Self { order: Order::Seats, ..self }
    }

    /// Places each party's whole target, and counts the seats held in each place so.
    #[must_use]
    pub fn whole_target(self, direct: Direct) -> Self {
        Self { what: What::All, direct, ..self }
    }

    /// Settles equal claims.
    #[must_use]
    pub fn tie_break(self, chain: impl Into<Vec<TieBreak<String>>>) -> Self {
        Self { tie_break: chain.into(), ..self }
    }

    /// Refuses keys that mean nothing together.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(settle) = &self.settle {
            return settle.check();
        }
        if self.method.is_none() && self.by.is_none() {
            return Err(Error::MissingKey { key: "method or by", of: "place" });
        }
        let divisors = matches!(self.method, Some(AllocationMethod::HighestAverages(_)));
        let needs_divisors = self.room != Room::Any || self.order == Order::Seats;
        if needs_divisors && self.by.is_none() && !divisors {
            return Err(Error::PlacingNeedsDivisors);
        }
        Ok(())
    }
}

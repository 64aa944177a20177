//! Overhang: what happens to a party that holds more than its target, and to seats of parties that do not take part.
//!
//! Norway and Sweden to 2014 let it keep them and leave (`exclude`), New Zealand lets the house grow (`keep`), Lesotho also
//! lets those leave that hold just their target (`exclude-met`), Sweden since 2018 takes seats back (`return`), Germany
//! 2013 to 2021 enlarged the house (`level`).

use alloc::string::String;

/// What happens to a party that holds more than its target.
///
/// # Examples
/// ```
/// use apportion::rule::{Levelling, Overhang, Tier};
/// use apportion::{AllocationMethod, Party, Rule, Tally};
///
/// // A won four seats directly; of a house of ten its votes bring three.
/// let tally = Tally::from_votes([(Party::new("A").with_direct_seats(4), 30), ("B".into(), 70)])?;
/// let house = |overhang: Overhang| {
///     let law = Rule::of_tiers([Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).overhang(overhang)]);
///     law.apply(&tally).map(|outcome| (outcome.seats("A"), outcome.seats("B")))
/// };
/// assert!(house(Overhang::Error).is_err());
/// assert_eq!(house(Overhang::Keep)?, (Some(4), Some(7)));
/// assert_eq!(house(Overhang::Exclude)?, (Some(4), Some(6)));
/// assert_eq!(house(Overhang::Level(Levelling::new()))?, (Some(4), Some(8)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Overhang {
    /// An error: the law does not provide for it.
    #[default]
    Error,
    /// It keeps its seats, the others get what they lack, and the house grows.
    Keep,
    /// It keeps its seats and leaves; the others share what remains of the house anew.
    Exclude,
    /// As [`Exclude`](Self::Exclude), and so do parties that hold just their target.
    ExcludeMet,
    /// It gives seats back where it won them with the smallest comparison numbers, and others take them there.
    Return,
    /// The house grows until the share of every party covers what it needs.
    Level(Levelling),
}

/// How far a house grows to level overhang out.
///
/// # Examples
/// ```
/// use apportion::rule::{Levelling, Overhang};
/// use apportion::{AllocationMethod, Party, Rule, Tally, Tier};
///
/// // A won four seats directly; of a house of ten its votes bring three.
/// let tally = Tally::from_votes([(Party::new("A").with_direct_seats(4), 30), ("B".into(), 70)])?;
/// let house = |levelling| {
///     let tier = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).overhang(Overhang::Level(levelling));
///     Rule::of_tiers([tier]).apply(&tally).map(|outcome| (outcome.seats("A"), outcome.seats("B")))
/// };
/// assert_eq!(house(Levelling::new())?, (Some(4), Some(8)));
/// assert_eq!(house(Levelling::new().unlevelled(1))?, (Some(4), Some(7)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Levelling {
    /// The provisional tier whose seats count as needed; what is held alone if it is not said.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub of: Option<String>,
    /// How much of the provisional seats a party needs.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub by: Need,
    /// The seats that may stay unlevelled.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub unlevelled: u64,
}

/// How many seats a party needs, by what it holds and by provisional seats.
///
/// # Examples
/// ```
/// use apportion::rule::{Levelling, Need, Overhang};
/// use apportion::{AllocationMethod, Count, Party, Place, Rule, Tally, Tier};
///
/// // Provisionally A has 3 seats in the north, where it won 5 directly, and 4 in the south, where it won none.
/// let north = Tally::from_votes([(Party::new("A").with_direct_seats(5), 600), ("B".into(), 400)])?;
/// let south = Tally::from_votes([("A", 800), ("B", 1_200)])?;
/// let count = Count::of_places([
///     Place::district("North", north).with_seats(5),
///     Place::district("South", south).with_seats(10),
/// ])?;
/// let house = |need| {
///     let first = Tier::new(AllocationMethod::SAINTE_LAGUE).name("first").provisional();
///     let level = Overhang::Level(Levelling::new().of("first", need));
///     let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 15).overhang(level);
///     Rule::of_tiers([first, nation]).apply(&count).map(|outcome| (outcome.seats("A"), outcome.seats("B")))
/// };
/// assert_eq!(house(Need::Greater)?, (Some(9), Some(10))); // A needs 5 + 4
/// assert_eq!(house(Need::Mean)?, (Some(7), Some(8))); // 5 + 2, the half of 4
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Need {
    /// In each place the greater of both (Germany 2013).
    #[default]
    Greater,
    /// In each place the greater of what it holds and the mean of both, rounded up; in all at least the provisional seats
    /// (Germany 2020).
    Mean,
}

impl Levelling {
    /// Levels all that is held.
    #[must_use]
    pub const fn new() -> Self {
        Self { of: None, by: Need::Greater, unlevelled: 0 }
    }

    /// Also counts the seats of this provisional tier.
    #[must_use]
    pub fn of(self, tier: impl Into<String>, by: Need) -> Self {
        Self { of: Some(tier.into()), by, ..self }
    }

    /// Leaves up to `seats` seats unlevelled.
    #[must_use]
    pub const fn unlevelled(mut self, seats: u64) -> Self {
        self.unlevelled = seats;
        self
    }
}

impl Default for Levelling {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether seats of parties that do not take part come off the house.
///
/// # Examples
/// ```
/// use apportion::rule::Outsiders;
/// use apportion::{AllocationMethod, Party, Rule, Tally, Threshold, Tier};
///
/// // C is below the threshold and won a seat directly.
/// let tally = Tally::from_votes([("A".into(), 60), ("B".into(), 37), (Party::new("C").with_direct_seats(1), 3)])?;
/// let tier = Tier::top_up(AllocationMethod::HARE, 10).threshold(Threshold::share("5%".parse()?));
/// assert_eq!(tier.outsiders, Outsiders::Deduct);
/// let house = |tier| Rule::of_tiers([tier]).apply(&tally).map(|outcome| (outcome.seats("A"), outcome.seats("B")));
/// assert_eq!(house(tier.clone())?, (Some(6), Some(3)));
/// let tier = tier.keep_outsiders();
/// assert_eq!(tier.outsiders, Outsiders::Keep);
/// assert_eq!(house(tier)?, (Some(6), Some(4)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Outsiders {
    /// They do.
    #[default]
    Deduct,
    /// They do not: the target is of the whole house.
    Keep,
}

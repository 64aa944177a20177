//! Tiers: seats given out at one level by one method, and the provisions that go with it, in their order.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::method::Method;
use super::provisions::admission::{AdmittedShare, AtLeast, NonePasses, Threshold};
use super::provisions::bonus::Bonus;
use super::provisions::cap::Cap;
use super::provisions::exhaustion::Exhaustion;
use super::provisions::fragments::Fragments;
use super::provisions::linked::Link;
use super::provisions::majority::Majority;
use super::provisions::overhang::{Outsiders, Overhang};
use super::provisions::placement::PlaceSteps;
use super::provisions::seats_to_districts::SeatsBy;
use crate::allocation::TieBreak;
use crate::count::{Base, Level};
use crate::error::Error;
use crate::method::{AllocationMethod, Excess};
use crate::num::Ratio;

/// The seats that a tier gives out in each of its places.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::rule::{Seats, Tier};
///
/// // Four seats beside those of the districts.
/// let tier = Tier::new(AllocationMethod::HARE).seats(Seats::Fixed(4));
/// assert_eq!(tier.seats, Seats::Fixed(4));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Seats {
    /// Those of the place itself.
    #[default]
    OfPlace,
    /// This many in every place of the tier.
    Fixed(u64),
    /// Those that earlier partial tiers left inside the place.
    Left,
}

/// How the seats that parties hold already count in a tier.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::rule::{Kind, Tier};
///
/// assert_eq!(Tier::new(AllocationMethod::HARE).kind, Kind::Parallel);
/// assert_eq!(Tier::top_up(AllocationMethod::HARE, 10).kind, Kind::TopUp);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Kind {
    /// Not at all: the tier stands beside the others (Lithuania, Russia, Taiwan).
    #[default]
    Parallel,
    /// As the start of the divisors, which go on from them (Scotland, Iceland, Estonia).
    Continue,
    /// Against a target: the whole house is given out once more, and parties get what they lack (Norway, Germany).
    TopUp,
    /// By a part of what they lack (South Korea).
    Linked,
}

/// What a tier counts as a party's votes.
///
/// # Examples
/// ```
/// use apportion::rule::{Seats, Votes};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// // A quota is 50 votes in both districts: A has 45 votes left in each, B 5 in each.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 95), ("B", 5)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 55)])?).with_seats(2),
/// ])?;
/// let seats = |votes| {
///     let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Left).votes(votes);
///     let law = Rule::of_tiers([Tier::new(AllocationMethod::HARE).partial(), nation]);
///     law.apply(&count).map(|outcome| (outcome.seats("A"), outcome.seats("B")))
/// };
/// assert_eq!(seats(Votes::Unused)?, (Some(3), Some(1))); // two seats by 90 and 10 votes
/// assert_eq!(seats(Votes::Cast)?, (Some(2), Some(2))); // two seats by 140 and 60 votes
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Votes {
    /// Its votes in the place.
    #[default]
    Cast,
    /// Those that bought no seat in the last partial tier, summed over the districts inside (Czechia, Cyprus).
    Unused,
}

/// One tier of a law: its method and its provisions, each optional but the method.
///
/// The default has no provision and takes each party's seats as [given](Method::Given).
///
/// # Examples
/// ```
/// use apportion::rule::{Overhang, Placement, Tier};
/// use apportion::{AllocationMethod, Divisors, Level, Rule, Threshold};
///
/// // Norway, valgloven 2002, § 11-4 to 11-6: district seats, then levelling seats.
/// let divisors = AllocationMethod::HighestAverages(Divisors::modified_sainte_lague("7/5".parse()?)?);
/// let norway = Rule::of_tiers([
///     Tier::new(divisors.clone()).name("district seats"),
///     Tier::top_up(divisors, 169)
///         .name("levelling seats")
///         .threshold(Threshold::share("4%".parse()?))
///         .overhang(Overhang::Exclude)
///         .placed(Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).per_seat().room("levelling")),
/// ]);
/// assert_eq!(norway.tiers().len(), 2);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Tier {
    /// Its name, such as "levelling seats".
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
    /// Where the statute says it, such as "section 11-6".
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub article: Option<String>,
    /// The level of its places; districts in the first tier where there are any, the nation otherwise.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub at: Option<Level>,
    /// How seats held already count.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub kind: Kind,
    /// The seats that it gives out in each of its places; all of the house in a top-up.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub seats: Seats,
    /// How its places get their seats, where the law gives them out.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub seats_by: Option<SeatsBy>,
    /// The method.
    pub method: Method,
    /// What a party must reach to take part.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub threshold: Option<Threshold>,
    /// How many parties are admitted at least, and how those count that did not pass.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub admit_at_least: AtLeast,
    /// The share of the votes that the admitted must hold.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub admitted_share: Option<AdmittedShare>,
    /// What happens where no party passes the threshold.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub none_passes: NonePasses,
    /// What counts as a party's votes.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub votes: Votes,
    /// Whether a ranked ballot whose first party is out counts for the first admitted party on it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub spare_votes: bool,
    /// Votes of losers and winners in single-seat districts that count for the list.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub fragments: Option<Fragments>,
    /// The votes that a quota is taken of; those of the parties that take part where it is not said.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none", with = "crate::count::base_or_admitted")
    )]
    pub quota_base: Option<Base>,
    /// The level whose votes and seats make the quota, where it is not the tier's own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub quota_at: Option<Level>,
    /// Whether seats may be left for later tiers: whole quotas alone.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub partial: bool,
    /// What happens when whole quotas give out more seats than there are.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub excess: Excess,
    /// How ties are settled, tried in turn.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::document::one_or_several")
    )]
    pub tie_break: Vec<TieBreak<String>>,
    /// Whether seats that no maximum lets anyone take stay vacant.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub vacancies: bool,
    /// Seats for the winner before the others are given out.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub bonus: Option<Bonus>,
    /// The most seats that a share of the votes allows.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub cap: Option<Cap>,
    /// Whether more than half of the votes bring more than half of the seats, and at whose cost.
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            skip_serializing_if = "Option::is_none",
            rename = "absolute_majority",
            deserialize_with = "crate::document::majority"
        )
    )]
    pub majority: Option<Majority>,
    /// Whether maximums hold within the method or after it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub exhaustion: Exhaustion,
    /// How an alliance's seats are shared among its members, where that is another method.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub alliance_method: Option<AllocationMethod>,
    /// What happens to a party that holds more than its target.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub overhang: Overhang,
    /// Whether seats of parties that do not take part come off the house.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub outsiders: Outsiders,
    /// The house and the part of the gap that linked seats close.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub link: Option<Link>,
    /// Whether its seats are only compared with.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub provisional: bool,
    /// In which smaller place each new seat goes.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::rule::is_default"))]
    pub place: PlaceSteps,
}

impl Tier {
    /// A tier that gives out the seats of each of its places by `method`.
    #[must_use]
    pub fn new(method: impl Into<Method>) -> Self {
        Self { method: method.into(), ..Self::default() }
    }

    /// A tier that gives out a house of `seats` seats once more by `method`, and to each party what it lacks.
    #[must_use]
    pub fn top_up(method: impl Into<Method>, seats: u64) -> Self {
        Self { kind: Kind::TopUp, seats: Seats::Fixed(seats), ..Self::new(method) }
    }

    /// A tier that gives out `seats` new seats by divisors that go on from the seats held.
    #[must_use]
    pub fn continued(method: impl Into<Method>, seats: u64) -> Self {
        Self { kind: Kind::Continue, seats: Seats::Fixed(seats), ..Self::new(method) }
    }

    /// Names the tier.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Runs it in every place of this level.
    #[must_use]
    pub fn at(self, level: Level) -> Self {
        Self { at: Some(level), ..self }
    }

    /// Gives out these seats in each of its places.
    #[must_use]
    pub fn seats(self, seats: Seats) -> Self {
        Self { seats, ..self }
    }

    /// Counts these votes.
    #[must_use]
    pub fn votes(self, votes: Votes) -> Self {
        Self { votes, ..self }
    }

    /// Counts fragments of the votes in single-seat districts for the lists.
    #[must_use]
    pub fn fragments(self, fragments: Fragments) -> Self {
        Self { fragments: Some(fragments), ..self }
    }

    /// Takes the quota of the votes and seats of this level.
    #[must_use]
    pub fn quota_at(self, level: Level) -> Self {
        Self { quota_at: Some(level), ..self }
    }

    /// Gives out whole quotas alone, and leaves the other seats and votes to later tiers.
    #[must_use]
    pub fn partial(self) -> Self {
        Self { partial: true, ..self }
    }

    /// Answers this way to a party that holds more than its target.
    #[must_use]
    pub fn overhang(self, overhang: Overhang) -> Self {
        Self { overhang, ..self }
    }

    /// Leaves the house whole though parties that do not take part hold some of it.
    #[must_use]
    pub fn keep_outsiders(self) -> Self {
        Self { outsiders: Outsiders::Keep, ..self }
    }

    /// Closes a part of the gap between a party's share of a house and what it holds.
    #[must_use]
    pub fn link(self, link: Link) -> Self {
        Self { kind: Kind::Linked, link: Some(link), ..self }
    }

    /// Only compares with its seats: they are never held.
    #[must_use]
    pub fn provisional(self) -> Self {
        Self { provisional: true, ..self }
    }

    /// Puts its seats into smaller places, one step after the other.
    #[must_use]
    pub fn placed(self, steps: impl Into<PlaceSteps>) -> Self {
        Self { place: steps.into(), ..self }
    }

    /// What to call it: its name, or its number from 1.
    #[must_use]
    pub fn title(&self, index: usize) -> String {
        self.name.clone().unwrap_or_else(|| (index + 1).to_string())
    }

    /// Whether admission, the method, its tie-breaks and placing are all that there is to it.
    pub(super) fn has_no_provision(&self) -> bool {
        self.seats_by.is_none()
            && self.votes == Votes::Cast
            && !self.spare_votes
            && self.fragments.is_none()
            && self.quota_base.is_none()
            && self.quota_at.is_none()
            && !self.partial
            && self.bonus.is_none()
            && self.cap.is_none()
            && self.majority.is_none()
            && self.exhaustion == Exhaustion::Within
            && !self.provisional
    }

    /// Refuses what is wrong with it whatever the votes are.
    pub(crate) fn check(&self, is_first: bool) -> Result<(), Error> {
        self.threshold.as_ref().map_or(Ok(()), Threshold::check)?;
        self.admit_at_least.check()?;
        self.admitted_share.as_ref().map_or(Ok(()), AdmittedShare::check)?;
        self.bonus.as_ref().map_or(Ok(()), Bonus::check)?;
        self.method.check()?;
        self.alliance_method.as_ref().map_or(Ok(()), AllocationMethod::check)?;
        super::provisions::check(self, is_first)
    }
}

/// The words of a law of one tier, which a [`Rule`](super::Rule) has too.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) { $($field:ident: $value:expr),* $(,)? })*) => {
        impl Tier {
            $($(#[$doc])* #[must_use] pub fn $name(self, $($argument: $type),*) -> Self {
                Self { $($field: $value,)* ..self }
            })*
        }

        impl super::Rule {
            $($(#[$doc])* #[must_use] pub fn $name(self, $($argument: $type),*) -> Self {
                self.change(|tier| Tier { $($field: $value,)* ..tier })
            })*
        }
    };
}

words! {
    /// Says where the statute has it, such as "section 11-6"; explanations cite it.
    article(article: impl Into<String>) { article: Some(article.into()) }

    /// Sets the threshold.
    threshold(threshold: Threshold) { threshold: Some(threshold) }

    /// Also admits the next parties by votes while fewer than `parties` pass the threshold.
    admit_at_least(parties: usize) { admit_at_least: AtLeast { parties, second_list: None } }

    /// Also admits the next parties by votes while fewer than `parties` pass the threshold, each at this weight and with
    /// at least `minimum` seats.
    ///
    /// A quota stays that of the admitted parties' whole votes; what a party's votes buy is weighed (Kazakhstan,
    /// Constitutional Law on Elections, art. 97-1 as of 2009: the quotient of the second list times 0.7, and two seats).
    /// Seats that this leaves beyond one for each party go on in the order of remainders. Where a party has fewer seats
    /// than its minimum, it gets that, and the others share the rest by themselves.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Rule, Tally, Threshold};
    ///
    /// let tally = Tally::from_votes([("Nur Otan", 5_247_720), ("OSDP", 269_310), ("Ak Zhol", 183_346)])?;
    /// let majilis = Rule::new(AllocationMethod::HARE, 98)
    ///     .threshold(Threshold::share("7%".parse()?))
    ///     .second_list(2, "7/10".parse()?, 2);
    /// // 4.78 quotas, of which 7/10 are 3.35: three seats, and one of the two that are left.
    /// assert_eq!(majilis.apply(&tally)?.seats("OSDP"), Some(4));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    second_list(parties: usize, weight: Ratio, minimum: u64) {
        admit_at_least: AtLeast { parties, second_list: Some((weight, minimum)) }
    }

    /// Also admits the next parties by votes while the admitted hold less than this share (Lithuania: 60%).
    admitted_share(share: Ratio, of: Base) { admitted_share: Some(AdmittedShare { share, of }) }

    /// Admits every party where none passes the threshold (Algeria, Serbia, Colombia).
    all_if_none_passes() { none_passes: NonePasses::All }

    /// Gives seats to the winner before the rest are given out.
    bonus(bonus: Bonus) { bonus: Some(bonus) }

    /// Caps what a share of the votes may bring.
    cap(cap: Cap) { cap: Some(cap) }

    /// Lets more than half of the votes bring more than half of the seats.
    majority(majority: Majority) { majority: Some(majority) }

    /// Lets maximums, the candidates of each list, hold within the method or after it: seats beyond them return, and the
    /// stages go on with the other lists (Netherlands, Kieswet, art. P 10).
    exhaustion(exhaustion: Exhaustion) { exhaustion: exhaustion }

    /// Shares an alliance's seats among its members by another method.
    alliance_method(method: AllocationMethod) { alliance_method: Some(method) }

    /// Gives its seats to districts first.
    seats_by(by: SeatsBy) { seats_by: Some(by) }

    /// Takes a quota of this base instead of the admitted parties' votes.
    quota_base(base: Base) { quota_base: Some(base) }

    /// Settles ties by these tie-breaks, tried in turn.
    tie_break(chain: impl Into<Vec<TieBreak<String>>>) { tie_break: chain.into() }

    /// Answers this way to whole quotas that give out more seats than there are.
    excess(excess: Excess) { excess: excess }

    /// Leaves seats vacant that no party's maximum lets it take; they are an error otherwise.
    vacancies() { vacancies: true }

    /// Counts a ranked ballot whose first party is not admitted for the first admitted party on it.
    ///
    /// Thresholds look at first choices.
    spare_votes() { spare_votes: true }
}

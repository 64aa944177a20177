//! Records of a place's provisions: who takes part, and what came before and after the method.

use alloc::vec::Vec;

use crate::count::{Base, PartyId, PlaceId};
use crate::method::AllocationMethod;
use crate::outcome::Admission;
use crate::rule::provisions::admission::Comparison;
use crate::rule::provisions::fragments::Fragments;

/// Seats that were won before the first tier, at one place.
///
/// # Examples
/// ```
/// use apportion::rule::{Record, Tier};
/// use apportion::{AllocationMethod, Party, PlaceId, Rule, Tally};
///
/// let tally = Tally::from_votes([(Party::new("A").with_direct_seats(2), 30), ("B".into(), 70)])?;
/// let outcome = Rule::of_tiers([Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10)]).apply(&tally)?;
/// let [Record::Direct(direct), ..] = outcome.trace().records() else { panic!("they come first") };
/// assert_eq!(direct.place, PlaceId::NATION);
/// assert_eq!(direct.seats.iter().map(|&(party, seats)| (party.index(), seats)).collect::<Vec<_>>(), [(0, 2)]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Direct {
    /// The place.
    pub place: PlaceId,
    /// Seats by party.
    pub seats: Vec<(PartyId, i128)>,
}

/// Seats that places got from one number.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Base, Count, Place, Rule, SeatsBy, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_population(700),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 25)])?).with_population(300),
/// ])?;
/// let by_population = SeatsBy::new(AllocationMethod::HARE, Base::Population);
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 10).seats_by(by_population).apply(&count)?;
/// let [Record::Sizes(sizes), ..] = outcome.trace().records() else { panic!("districts get their seats first") };
/// assert_eq!((sizes.seats, &sizes.claims[..], &sizes.given[..]), (10, &[700, 300][..], &[7, 3][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SizesRecord {
    /// The tier, counted from 0, as in every record.
    pub tier: usize,
    /// The method.
    pub method: AllocationMethod,
    /// What was counted of each place.
    pub of: Base,
    /// The fewest seats of a place.
    pub minimum: u64,
    /// The seats in all.
    pub seats: u64,
    /// The places; what follows has one entry for each.
    pub places: Vec<PlaceId>,
    /// What was counted.
    pub claims: Vec<u64>,
    /// The seats.
    pub given: Vec<u64>,
}

/// Who takes part at a place.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{Admission, AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 96), ("B", 4)])?;
/// let law = Rule::new(AllocationMethod::HARE, 25).threshold(Threshold::share("5%".parse()?)).admit_at_least(2);
/// let outcome = law.apply(&tally)?;
/// let [Record::Admission(admission), ..] = outcome.trace().records() else { unreachable!() };
/// assert_eq!((&admission.votes[..], &admission.admissions[0]), (&[96, 4][..], &Admission::Passed));
/// // B came in by the clause of two parties; what the threshold compared stands beside it.
/// assert!(matches!(admission.admissions[1], Admission::Repaired(_)));
/// assert!(!admission.comparisons[1][0].met);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AdmissionRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The parties; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// First choices.
    pub votes: Vec<u64>,
    /// Whether and why.
    pub admissions: Vec<Admission>,
    /// Every comparison that the threshold made.
    pub comparisons: Vec<Vec<Comparison>>,
}

/// Votes of single-seat districts that count for lists.
///
/// # Examples
/// ```
/// use apportion::rule::{Fragments, Record, Seats};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(1),
///     Place::district("South", Tally::from_votes([("A", 30), ("B", 45)])?).with_seats(1),
/// ])?;
/// let lists = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3));
/// let law = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), lists.fragments(Fragments::LosersAndSurplus)]);
/// let outcome = law.apply(&count)?;
/// let mut records = outcome.trace().records().iter();
/// let fragments = records.find_map(|record| if let Record::Fragments(found) = record { Some(found) } else { None });
/// let gained: Vec<u128> = fragments.expect("votes were added").gained.iter().map(|&(_, votes)| votes).collect();
/// assert_eq!(gained, [30 + 19, 40 + 14]); // what lost, and what the winner did not need
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FragmentsRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// Which votes.
    pub fragments: Fragments,
    /// What each party gained.
    pub gained: Vec<(PartyId, u128)>,
}

/// A bonus.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Bonus, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 15).bonus(Bonus::new(5)).apply(&tally)?;
/// let [_, Record::Bonus(bonus), Record::Contest(rest)] = outcome.trace().records() else { panic!("three records") };
/// assert_eq!((bonus.party.index(), bonus.votes, bonus.whole), (0, 60, 100));
/// assert_eq!((bonus.seats, rest.seats), (5, 10));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BonusRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The winner.
    pub party: PartyId,
    /// Its votes.
    pub votes: u64,
    /// What its share is of, as a number.
    pub whole: u128,
    /// What its share is of.
    pub of: Base,
    /// The seats.
    pub seats: u64,
}

/// A list that gave seats up to the cap.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Cap, Rule, Tally};
///
/// // Votes bring A six of ten seats, and no list may have more than five.
/// let tally = Tally::from_votes([("A", 60), ("B", 24), ("C", 16)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 10).cap(Cap::new("8%".parse()?).most(5)).apply(&tally)?;
/// let mut records = outcome.trace().records().iter();
/// let capped = records.find_map(|record| if let Record::Capped(capped) = record { Some(capped) } else { None });
/// let capped = capped.expect("a list had too many seats");
/// assert_eq!((capped.parties[0].index(), capped.would_have, capped.most), (0, 6, 5));
/// assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(5), Some(3)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CapRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// The new seats that it would have had.
    pub would_have: u64,
    /// The new seats that the cap allows.
    pub most: u64,
}

/// A list that got what it has at least.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// // The second list has two seats at least, though its votes bring it one of twenty.
/// let tally = Tally::from_votes([("A", 95), ("B", 5)])?;
/// let law = Rule::new(AllocationMethod::HARE, 20).threshold(Threshold::share("7%".parse()?));
/// let outcome = law.second_list(2, "7/10".parse()?, 2).apply(&tally)?;
/// let mut records = outcome.trace().records().iter();
/// let floor = records.find_map(|record| if let Record::Floor(floor) = record { Some(floor) } else { None });
/// assert_eq!(floor.map(|floor| (floor.parties[0].index(), floor.seats)), Some((1, 2)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FloorRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// Its seats.
    pub seats: u64,
}

/// A seat given up to the absolute majority.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Majority, Rule, Tally};
///
/// // 51 of 100 votes bring D'Hondt's two of four seats.
/// let tally = Tally::from_votes([("A", 51), ("B", 49)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 4).majority(Majority::new()).apply(&tally)?;
/// let mut records = outcome.trace().records().iter();
/// let majority = records.find_map(|record| if let Record::Majority(seat) = record { Some(seat) } else { None });
/// assert_eq!(majority.map(|seat| (seat.winner.index(), seat.loser.index())), Some((0, 1)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MajorityRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// Who has more than half of the votes.
    pub winner: PartyId,
    /// Who gave a seat up.
    pub loser: PartyId,
}

/// A list with more seats than candidates.
///
/// # Examples
/// ```
/// use apportion::rule::{Exhaustion, Record};
/// use apportion::{AllocationMethod, Party, Rule, Tally};
///
/// let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 60), ("B".into(), 33), ("C".into(), 7)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 5).exhaustion(Exhaustion::Reassign).apply(&tally)?;
/// let mut records = outcome.trace().records().iter();
/// let exhausted = records.find_map(|record| if let Record::Exhausted(list) = record { Some(list) } else { None });
/// let exhausted = exhausted.expect("A has two candidates");
/// assert_eq!((exhausted.parties[0].index(), exhausted.would_have, exhausted.most), (0, 3, 2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ExhaustedRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// The new seats that it would have had.
    pub would_have: u64,
    /// The new seats that it can fill.
    pub most: u64,
}

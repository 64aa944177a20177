//! Records of tiers that know of each other: what is left, what is lacked, what is levelled.

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::count::{PartyId, PlaceId};
use crate::method::Quota;
use crate::num::Ratio;
use crate::rule::provisions::overhang::Overhang;

/// Whole quotas, and what they leave for later tiers.
///
/// # Examples
/// ```
/// use apportion::rule::{Record, Seats, Votes};
/// use apportion::{AllocationMethod, Count, Level, Place, Quota, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 95), ("B", 5)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 45), ("B", 55)])?).with_seats(2),
/// ])?;
/// let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Left).votes(Votes::Unused);
/// let outcome = Rule::of_tiers([Tier::new(AllocationMethod::HARE).partial(), nation]).apply(&count)?;
/// let mut records = outcome.trace().records().iter();
/// let north = records.find_map(|record| if let Record::Partial(partial) = record { Some(partial) } else { None });
/// let north = north.expect("whole quotas of the first district");
/// assert_eq!((north.quota, &north.seats[..]), (Quota::HARE, &[1, 0][..]));
/// assert_eq!((north.limit, north.left), (Some(2), 1)); // one seat goes on to the nation
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PartialRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The quota.
    pub quota: Quota,
    /// What a seat costs in votes, as numerator and denominator; none where nobody had votes.
    pub(crate) cost: Option<(BigUint, BigUint)>,
    /// The part of a quota that counts as a whole one.
    pub up_from: Option<Ratio>,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Votes.
    pub votes: Vec<u64>,
    /// Seats.
    pub seats: Vec<u64>,
    /// The seats that there were; none where whole quotas alone decide.
    pub limit: Option<u64>,
    /// The seats left.
    pub left: u64,
}

/// Targets beside what is held.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10);
/// let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count)?;
/// let [.., Record::TopUp(top_up)] = outcome.trace().records() else { unreachable!() };
/// assert_eq!((&top_up.held[..], &top_up.target[..]), (&[5, 1][..], &[7, 3][..]));
/// assert!(top_up.leaving.is_empty()); // nobody holds more than its target
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TopUpRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house.
    pub seats: u64,
    /// The house without seats of those who take no part or have left.
    pub house: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats held.
    pub held: Vec<u64>,
    /// Certain seats of the target.
    pub target: Vec<u64>,
    /// Who held too many and left, or gave seats back.
    pub leaving: Vec<PartyId>,
    /// What the law does with them.
    pub overhang: Overhang,
}

/// A house that grew until shares covered what parties need.
///
/// # Examples
/// ```
/// use apportion::rule::{Levelling, Overhang, Record, Tier};
/// use apportion::{AllocationMethod, Party, Rule, Tally};
///
/// // A won four seats directly; of a house of ten its votes bring three.
/// let tally = Tally::from_votes([(Party::new("A").with_direct_seats(4), 30), ("B".into(), 70)])?;
/// let tier = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).overhang(Overhang::Level(Levelling::new()));
/// let outcome = Rule::of_tiers([tier]).apply(&tally)?;
/// let mut records = outcome.trace().records().iter();
/// let levelled = records.find_map(|record| if let Record::Levelled(found) = record { Some(found) } else { None });
/// let levelled = levelled.expect("the house grew");
/// assert_eq!((levelled.house, levelled.size), (10, 12));
/// assert_eq!((&levelled.needs[..], &levelled.share[..]), (&[4, 0][..], &[4, 8][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LevelledRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house before.
    pub house: u64,
    /// The house in which shares cover what is needed.
    pub size: u64,
    /// The seats that may stay unlevelled.
    pub unlevelled: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats needed.
    pub needs: Vec<u64>,
    /// Share of that house.
    pub share: Vec<u64>,
}

/// A seat that went back, or was given on.
///
/// # Examples
/// ```
/// use apportion::rule::{Overhang, Record};
/// use apportion::{AllocationMethod, Count, Place, Rule, Tally, Tier};
///
/// // A wins all three districts; of a house of four it is due two seats, so that the one with fewest votes goes to B.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 110), ("B", 90)])?).with_seats(1),
///     Place::district("Centre", Tally::from_votes([("A", 105), ("B", 90)])?).with_seats(1),
///     Place::district("South", Tally::from_votes([("A", 100), ("B", 95)])?).with_seats(1),
/// ])?;
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 4).overhang(Overhang::Return);
/// let outcome = Rule::of_tiers([Tier::new(AllocationMethod::SAINTE_LAGUE), nation]).apply(&count)?;
/// let records = outcome.trace().records().iter();
/// let returned = records.filter_map(|record| if let Record::Returned(seat) = record { Some(seat) } else { None });
/// let moves: Vec<_> = returned.map(|seat| (seat.place.index(), seat.party.index(), seat.seats)).collect();
/// assert_eq!(moves, [(3, 0, -1), (3, 1, 1)]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReturnedRecord {
    /// The tier.
    pub tier: usize,
    /// The district.
    pub place: PlaceId,
    /// The party.
    pub party: PartyId,
    /// -1 for a seat given back, otherwise the seats received.
    pub seats: i128,
}

/// Seats by a part of what parties lack.
///
/// # Examples
/// ```
/// use apportion::rule::{Link, Record, Seats};
/// use apportion::{AllocationMethod, Party, Rule, Tally, Tier};
///
/// let tally = Tally::from_votes([
///     (Party::new("A").with_direct_seats(120), 40),
///     (Party::new("B").with_direct_seats(110), 40),
///     (Party::new("C").with_direct_seats(10), 20),
/// ])?;
/// let tier = Tier::new(AllocationMethod::HARE).seats(Seats::Fixed(30)).link(Link::new(300, "50%".parse()?));
/// let outcome = Rule::of_tiers([tier]).apply(&tally)?;
/// let [.., Record::Linked(linked)] = outcome.trace().records() else { unreachable!() };
/// assert_eq!((linked.base, &linked.held[..]), (300, &[120, 110, 10][..]));
/// assert_eq!(linked.linked, [0, 5, 25]); // half of what is lacking of 120, 120 and 60
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LinkedRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house without seats of parties that take no part.
    pub base: u128,
    /// The seats given out.
    pub seats: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats held.
    pub held: Vec<u64>,
    /// Seats by the part of the gap, before they are brought to the number there is.
    pub linked: Vec<u64>,
}

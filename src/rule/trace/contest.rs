//! Records of questions put to a method, with their answers.

use alloc::string::String;
use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::allocation::TieBreak;
use crate::count::{PartyId, PlaceId};
use crate::method::Excess;
use crate::method::exact::Weights;
use crate::rule::method::Method;
use crate::tie::Tie;

/// Who competed in a contest.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Party, Rule, Tally};
///
/// let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 60), ("B".into(), 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
/// let [.., Record::Contest(contest)] = outcome.trace().records() else { unreachable!() };
/// let a = &contest.entries[0];
/// assert_eq!((a.votes, a.minimum, a.maximum), (60, 0, Some(2)));
/// assert_eq!(outcome.parties()[a.parties[0].index()].name(), "A");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Entry {
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// First choices.
    pub votes: u64,
    /// Seats at which a divisor sequence started.
    pub held: u64,
    /// The fewest new seats.
    pub minimum: u64,
    /// The most new seats.
    pub maximum: Option<u64>,
}

/// Votes as a method counted them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Numbers {
    Votes(Vec<u64>),
    Weights(Weights),
}

/// What a tie-break settled.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Rule, Tally, TieBreak};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).tie_break([TieBreak::ListOrder]).apply(&tally)?;
/// let [.., Record::Contest(contest)] = outcome.trace().records() else { unreachable!() };
/// let [settled] = &contest.settled[..] else { panic!("one tie") };
/// assert_eq!((&settled.by, settled.among.len()), (&TieBreak::ListOrder, 2));
/// assert_eq!(settled.winners[0].index(), 0); // A
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Settlement {
    /// The tie-break.
    pub by: TieBreak<String>,
    /// Who won a seat by it.
    pub winners: Vec<PartyId>,
    /// Who was tied.
    pub among: Vec<PartyId>,
}

/// A question put to a method, and its answer.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 1)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// let [.., Record::Contest(contest)] = outcome.trace().records() else { unreachable!() };
/// assert_eq!((contest.about, contest.seats, contest.entries.len()), ("the seats", 3, 3));
/// assert_eq!(contest.certain, [1, 1, 0]);
/// assert_eq!(contest.tie.as_ref().map(|tie| tie.parties()), Some(&[0, 1][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ContestRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// What the seats are: "the seats", "the target".
    pub about: &'static str,
    /// The method.
    pub method: Method,
    /// The seats that were given out.
    pub seats: u64,
    /// Who competed; what follows has one entry for each.
    pub entries: Vec<Entry>,
    pub(crate) numbers: Numbers,
    /// The votes of the quota as a numerator over the numbers' denominator, where they are not the numbers' sum.
    pub(crate) quota_base: Option<BigUint>,
    /// What happened to whole quotas beyond the seats.
    pub excess: Excess,
    /// New seats that are certain, those of tie-breaks included.
    pub certain: Vec<u64>,
    /// The open tie, by number of the entry.
    pub tie: Option<Tie>,
    /// What tie-breaks settled.
    pub settled: Vec<Settlement>,
    /// Seats that nobody could take.
    pub vacant: u64,
    /// The seats after each stage, where there are stages.
    pub stages: Vec<(String, Vec<u64>)>,
    /// Per stage, who meets its conditions.
    pub(crate) passing: Vec<Vec<bool>>,
}

impl ContestRecord {
    /// A party's votes as the method counted them: a whole number, or a numerator over [`denominator`](Self::denominator).
    #[must_use]
    pub fn counted(&self, entry: usize) -> BigNumber {
        match &self.numbers {
            Numbers::Votes(votes) => BigNumber(BigUint::from(votes.get(entry).copied().unwrap_or(0))),
            Numbers::Weights(weights) => BigNumber(weights.numerators().get(entry).cloned().unwrap_or(BigUint::ZERO)),
        }
    }

    /// What all counted votes are numerators over.
    #[must_use]
    pub fn denominator(&self) -> BigNumber {
        match &self.numbers {
            Numbers::Votes(_) => BigNumber(BigUint::from(1_u8)),
            Numbers::Weights(weights) => BigNumber(weights.denominator().clone()),
        }
    }
}

/// A whole number of any size, which displays in digits.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::{Biproportional, Record};
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 3), ("B", 1)])?).with_seats(2),
///     Place::district("South", Tally::from_votes([("A", 7), ("B", 9)])?).with_seats(3),
/// ])?;
/// let outcome = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Exact), 5).apply(&count)?;
/// let upper = outcome.trace().records().iter().find_map(Record::as_upper).expect("parties got the house by voters");
/// // A has 3/2 + 7/3 voters. With many districts such numbers outgrow every integer of the machine.
/// let (counted, over) = (upper.contest().counted(0), upper.contest().denominator());
/// assert_eq!((counted.to_string(), over.to_string()), ("23".to_string(), "6".to_string()));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BigNumber(pub(crate) BigUint);

impl core::fmt::Display for BigNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

//! Choices: ties that somebody asked about, and the ways in which they can go.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::ledger::Open;
use crate::count::{PartyId, PlaceId};

/// Who is tied.
///
/// # Examples
/// ```
/// use apportion::rule::{Candidates, Placement, Record, Seats};
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
/// let way = outcome.ways()[0].outcome().expect("the law goes on");
/// let mut records = way.trace().records().iter();
/// let chosen = records.find_map(|record| if let Record::Chosen(chosen) = record { Some(chosen) } else { None });
/// let Some(Candidates::Parties(tied)) = chosen.map(|chosen| &chosen.choice.candidates) else { panic!("parties") };
/// assert_eq!(tied.iter().map(|party| party.index()).collect::<Vec<_>>(), [0, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Candidates {
    /// Parties, for seats of their own.
    Parties(Vec<PartyId>),
    /// Places, for seats to give out there.
    Places(Vec<PlaceId>),
    /// Parties, each in a place.
    Pairs(Vec<(PartyId, PlaceId)>),
}

impl Candidates {
    fn len(&self) -> usize {
        match self {
            Self::Parties(list) => list.len(),
            Self::Places(list) => list.len(),
            Self::Pairs(list) => list.len(),
        }
    }
}

/// A tie that a law has to know the end of before it can go on.
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Record, Seats};
/// use apportion::{AllocationMethod, Count, Level, Place, PlaceId, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?),
///     Place::district("South", Tally::from_votes([("A", 40), ("B", 60)])?),
/// ])?;
/// // The nation's third seat is tied, and the law has to place it in a district.
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3)).placed(step);
/// let outcome = Rule::of_tiers([tier]).apply(&count)?;
/// let way = outcome.ways()[0].outcome().expect("the law goes on");
/// let mut records = way.trace().records().iter();
/// let chosen = records.find_map(|record| if let Record::Chosen(chosen) = record { Some(chosen) } else { None });
/// let choice = &chosen.expect("a tie was asked about").choice;
/// assert_eq!((choice.tier, choice.place, choice.winners), (0, PlaceId::NATION, 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Choice {
    /// The tier in which it stands, counted from 0.
    pub tier: usize,
    /// Where.
    pub place: PlaceId,
    /// What it is about, in words: "the seats of the first stage".
    pub about: &'static str,
    /// Who is tied.
    pub candidates: Candidates,
    /// How many of them win.
    pub winners: u64,
}

/// One end of a choice.
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Record, Seats};
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
/// let second = outcome.ways()[1].outcome().expect("the law goes on");
/// let mut records = second.trace().records().iter();
/// let chosen = records.find_map(|record| if let Record::Chosen(chosen) = record { Some(chosen) } else { None });
/// // In the second way the second of the tied parties wins.
/// assert_eq!(chosen.expect("a tie was asked about").winners, [1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Chosen {
    /// The choice.
    pub choice: Choice,
    /// Who wins in this way, as positions among the candidates.
    pub winners: Vec<usize>,
}

/// What a law asked at a tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Who wins.
    Winners(Choice),
    /// What several ties give together.
    Together(Vec<Open>),
}

/// One answer to what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    Winners(Chosen),
    /// What the ties give together, and in how many ways.
    Together {
        ties: Vec<Open>,
        seats: BTreeMap<PartyId, u64>,
        ways: u128,
    },
}

impl Asked {
    /// Every answer, or none if there are more than `most`.
    pub(crate) fn answers(&self, most: usize) -> Option<Vec<Answered>> {
        match self {
            Self::Winners(choice) => {
                let ends = combinations(choice.candidates.len(), choice.winners, most)?;
                let chosen = |winners| Answered::Winners(Chosen { choice: choice.clone(), winners });
                Some(ends.into_iter().map(chosen).collect())
            }
            Self::Together(ties) => together(ties, most),
        }
    }
}

/// The distinct sums that these ties can come to, each with the number of ways there.
fn together(ties: &[Open], most: usize) -> Option<Vec<Answered>> {
    let mut sums: BTreeMap<BTreeMap<PartyId, u64>, u128> = BTreeMap::from([(BTreeMap::new(), 1)]);
    for tie in ties {
        let ends = combinations(tie.parties.len(), tie.seats, most)?;
        let mut next: BTreeMap<BTreeMap<PartyId, u64>, u128> = BTreeMap::new();
        for (sum, ways) in &sums {
            for end in &ends {
                let mut sum = sum.clone();
                for &winner in end {
                    *sum.entry(tie.parties[winner]).or_default() += 1;
                }
                let known = next.entry(sum).or_default();
                *known = known.saturating_add(*ways);
            }
        }
        if next.len() > most {
            return None;
        }
        sums = next;
    }
    let answered = |(seats, ways)| Answered::Together { ties: ties.to_vec(), seats, ways };
    Some(sums.into_iter().map(answered).collect())
}

/// Every choice of `chosen` positions among `count`, in lexicographic order, or none if there are more than `most`.
fn combinations(count: usize, chosen: u64, most: usize) -> Option<Vec<Vec<usize>>> {
    let chosen = usize::try_from(chosen).ok().filter(|&chosen| chosen <= count)?;
    let mut all = Vec::new();
    let mut next: Vec<usize> = (0..chosen).collect();
    loop {
        if all.len() == most {
            return None;
        }
        all.push(next.clone());
        let Some(at) = (0..chosen).rev().find(|&at| next[at] + chosen - at < count) else { return Some(all) };
        let start = next[at] + 1;
        for (offset, position) in next[at..].iter_mut().enumerate() {
            *position = start + offset;
        }
    }
}

impl Open {
    /// The tie as a choice.
    pub(crate) fn choice(&self) -> Choice {
        Choice {
            tier: self.tier,
            place: self.place,
            about: super::session::SEATS,
            candidates: Candidates::Parties(self.parties.clone()),
            winners: self.seats,
        }
    }
}

impl Answered {
    /// What several ties give together once one of them is known; none if the rest cannot make up the sum.
    pub(crate) fn narrowed(ties: &[Open], seats: &BTreeMap<PartyId, u64>, ways: u128, chosen: &Chosen) -> Option<Self> {
        let Some(at) = ties.iter().position(|tie| tie.choice() == chosen.choice) else {
            return Some(Self::Together { ties: ties.to_vec(), seats: seats.clone(), ways });
        };
        let mut rest = seats.clone();
        for &winner in &chosen.winners {
            let party = ties[at].parties[winner];
            let left = rest.get(&party).copied().unwrap_or(0).checked_sub(1)?;
            if left == 0 {
                rest.remove(&party)
            } else {
                rest.insert(party, left)
            };
        }
        let mut others = ties.to_vec();
        others.remove(at);
        let known = together(&others, usize::MAX)?;
        known.into_iter().find(|answer| matches!(answer, Self::Together { seats, .. } if *seats == rest))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn tie(parties: [usize; 2]) -> Open {
        let parties = parties.map(PartyId::at).to_vec();
        Open { tier: 0, place: PlaceId::NATION, parties, seats: 1 }
    }

    #[test]
    fn choices_are_all_there_or_none_are() {
        assert_eq!(combinations(3, 2, 3), Some(vec![vec![0, 1], vec![0, 2], vec![1, 2]]));
        assert_eq!(combinations(3, 2, 2), None);
        assert_eq!(combinations(3, 3, 1), Some(vec![vec![0, 1, 2]]));
        assert_eq!(combinations(3, 0, 1), Some(vec![vec![]]));
        assert_eq!(combinations(3, 4, 9), None);
    }

    #[test]
    fn as_many_sums_of_ties_as_are_allowed_are_followed() {
        // A and B, A and C: together A and A, A and C, B and A, B and C, which are four different sums.
        let ties = [tie([0, 1]), tie([0, 2])];
        assert_eq!(together(&ties, 4).map(|all| all.len()), Some(4));
        assert_eq!(together(&ties, 3).map(|all| all.len()), None);
        // Twice A and B: one of each in two ways, two of A, two of B.
        let ways = together(&[tie([0, 1]), tie([0, 1])], 3).unwrap();
        let ways = ways.iter().map(|one| match one {
            Answered::Together { ways, .. } => *ways,
            Answered::Winners(_) => 0,
        });
        assert_eq!(ways.collect::<Vec<_>>(), [2, 1, 1]);
    }
}

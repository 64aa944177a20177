//! Allocations: the seats that are certain, and at most one open tie.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::error::Error;
use crate::tie::Tie;

/// A method's result: the seats that are certain, at most one open tie, and the seats nobody may take.
///
/// Parties stand in the order in which their votes were given.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
///
/// let allocation = AllocationMethod::D_HONDT.allocate(&[10, 10], 3)?;
/// assert!(allocation.seats().is_err());
/// assert_eq!(allocation.certain(), [1, 1]);
/// let outcomes: Vec<_> = allocation.outcomes().collect();
/// assert_eq!(outcomes, [[2, 1], [1, 2]]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Allocation {
    certain: Vec<u64>,
    tie: Option<Tie>,
    vacant: u64,
}

impl Allocation {
    /// An allocation without a tie: seats per party.
    #[must_use]
    pub fn new(seats: impl Into<Vec<u64>>) -> Self {
        Self { certain: seats.into(), tie: None, vacant: 0 }
    }

    /// Leaves a tie open, over and above the seats so far, which are certain.
    ///
    /// # Errors
    /// [`Error::NotATie`] if the tie names a party that the allocation does not have.
    pub fn with_tie(self, tie: Tie) -> Result<Self, Error> {
        match tie.parties().last() {
            Some(&last) if last < self.certain.len() => Ok(self.with_open(Some(tie))),
            _ => Err(Error::NotATie { parties: tie.parties().len(), seats: tie.seats() }),
        }
    }

    /// Leaves `tie`, whose parties exist, open.
    pub(crate) fn with_open(self, tie: Option<Tie>) -> Self {
        Self { tie, ..self }
    }

    /// Sets the number of seats that nobody may take.
    #[must_use]
    pub fn with_vacant(self, vacant: u64) -> Self {
        Self { vacant, ..self }
    }

    /// Seats per party.
    ///
    /// # Errors
    /// The open [`Tie`], as in D'Hondt with 10 and 10 votes for 3 seats.
    pub fn seats(&self) -> Result<&[u64], Tie> {
        match &self.tie {
            None => Ok(&self.certain),
            Some(tie) => Err(tie.clone()),
        }
    }

    /// The seats that each party has whatever a tie brings.
    #[must_use]
    pub fn certain(&self) -> &[u64] {
        &self.certain
    }

    /// The open tie, if there is one.
    #[must_use]
    pub const fn tie(&self) -> Option<&Tie> {
        self.tie.as_ref()
    }

    /// Seats that the parties' maximums left without a taker.
    #[must_use]
    pub const fn vacant(&self) -> u64 {
        self.vacant
    }

    /// Every way in which the tie can go, as seats per party, in lexicographic order of the winners' indices; the one
    /// allocation itself when there is no tie.
    #[must_use]
    pub fn outcomes(&self) -> Outcomes<'_> {
        let chosen = self.tie.as_ref().map_or(0, |tie| usize::try_from(tie.seats()).unwrap_or(usize::MAX));
        Outcomes { allocation: self, next: Some((0..chosen).collect()) }
    }

    /// The number of outcomes, or `None` beyond 2^128 - 1.
    #[must_use]
    pub fn outcome_count(&self) -> Option<u128> {
        match &self.tie {
            None => Some(1),
            Some(tie) => binomial(tie.parties().len() as u128, tie.seats().into()),
        }
    }

    /// Whether `seats` is one of the outcomes, without listing them.
    ///
    /// # Examples
    /// ```
    /// let tied = apportion::AllocationMethod::D_HONDT.allocate(&[10, 10], 3)?;
    /// assert!(tied.allows(&[1, 2]));
    /// assert!(!tied.allows(&[0, 3]));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn allows(&self, seats: &[u64]) -> bool {
        if seats.len() != self.certain.len() {
            return false;
        }
        let mut extra: u64 = 0;
        let in_tie = |index: &usize| self.tie.as_ref().is_some_and(|tie| tie.parties().binary_search(index).is_ok());
        for (index, (&claimed, &certain)) in seats.iter().zip(&self.certain).enumerate() {
            match claimed.checked_sub(certain) {
                Some(0) => {}
                Some(1) if in_tie(&index) => extra += 1,
                _ => return false,
            }
        }
        extra == self.tie.as_ref().map_or(0, |tie| tie.seats())
    }

    /// Settles the tie, or as much of it as the chain can, and says who won a seat by which tie-break.
    ///
    /// `votes` are those of all parties, in the same order. What is still equal after the last tie-break stays a tie.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, TieBreak};
    ///
    /// let votes = [1_000, 6_000];
    /// let mut allocation = AllocationMethod::HUNTINGTON_HILL.allocate(&votes, 10)?;
    /// let settled = allocation.settle(&votes, &[TieBreak::FewestVotes]);
    /// assert_eq!(allocation.seats()?, [2, 8]);
    /// assert_eq!(settled[0].parties, [0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settle(&mut self, votes: &[u64], chain: &[TieBreak]) -> Vec<Settled> {
        let settled = self.settle_once(votes, chain, &mut alloc::vec![false; chain.len()]);
        let named = |used: Used| Settled { by: chain[used.by].clone(), parties: used.winners, among: used.among };
        settled.into_iter().map(named).collect()
    }

    /// Settles the tie, where each drawing of lots settles one tie alone: `spent` says which have been used.
    ///
    /// A drawing is used by the first tie that has one of its parties, and passed over by others.
    pub(crate) fn settle_once(&mut self, votes: &[u64], chain: &[TieBreak], spent: &mut [bool]) -> Vec<Used> {
        let mut settled = Vec::new();
        for (by, tie_break) in chain.iter().enumerate() {
            let Some(tie) = self.tie.take() else { break };
            if let TieBreak::Drawn(drawn) | TieBreak::DrawnFor { drawn, .. } = tie_break {
                let concerned = drawn.iter().any(|drawn| tie.parties().binary_search(drawn).is_ok());
                let used = spent.get(by).copied().unwrap_or(false);
                if used || !concerned {
                    self.tie = Some(tie);
                    continue;
                }
                if let Some(spent) = spent.get_mut(by) {
                    *spent = true;
                }
            }
            let (winners, rest) = tie_break.choose(votes, &tie);
            for &winner in &winners {
                if let Some(seats) = self.certain.get_mut(winner) {
                    *seats += 1;
                }
            }
            if !winners.is_empty() {
                settled.push(Used { by, among: tie.parties().to_vec(), winners });
            }
            self.tie = rest;
        }
        settled
    }
}

/// How a tie may be settled; `P` is how parties are named, by index here and by name in a rule.
///
/// Nothing is settled by default. A chain is tried in turn: those strictly ahead by the first tie-break win, those equal
/// at its cut go on to the next.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, TieBreak};
///
/// let mut tied = AllocationMethod::D_HONDT.allocate(&[10, 10], 3)?;
/// tied.settle(&[10, 10], &[TieBreak::ListOrder]);
/// assert_eq!(tied.seats()?, [2, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TieBreak<P = usize> {
    /// More votes win (Luxembourg, Norway, Sweden).
    MostVotes,
    /// Fewer votes win (Portugal, Law 14/79, art. 16 d).
    FewestVotes,
    /// The party that stands first in the list wins.
    ListOrder,
    /// Lots drawn by hand: these win, in this order; parties not drawn come last and stay equal.
    Drawn(Vec<P>),
    /// Lots drawn by hand for a tie of this tier and place: other ties pass them over.
    DrawnFor {
        /// Who wins, in this order.
        drawn: Vec<P>,
        /// The tier, by its name or its number from 1.
        tier: Option<String>,
        /// The place.
        place: Option<String>,
    },
    /// Lots drawn by hand for cells of a matrix: these parties get a seat in these districts.
    DrawnCells(Vec<(P, String)>),
}

impl TieBreak {
    /// Splits a tie into those who win and the tie that is left.
    fn choose(&self, votes: &[u64], tie: &Tie) -> (Vec<usize>, Option<Tie>) {
        let (mut parties, seats) = (tie.parties().to_vec(), tie.seats());
        let votes_of = |index: usize| votes.get(index).copied().unwrap_or(0);
        // The smaller the key, the sooner a party wins.
        let key = |&index: &usize| match self {
            Self::MostVotes => u64::MAX - votes_of(index),
            Self::FewestVotes => votes_of(index),
            // Drawings for cells choose nobody.
            Self::DrawnCells(_) => 0,
            Self::ListOrder => index as u64,
            Self::Drawn(order) | Self::DrawnFor { drawn: order, .. } => {
                order.iter().position(|&drawn| drawn == index).unwrap_or(order.len()) as u64
            }
        };
        parties.sort_by_cached_key(key);
        // A tie holds fewer seats than parties, so the cut is inside.
        let cut = usize::try_from(seats).unwrap_or(usize::MAX).min(parties.len() - 1);
        let (last_in, first_out) = (key(&parties[cut - 1]), key(&parties[cut]));
        if last_in < first_out {
            parties.truncate(cut);
            parties.sort_unstable();
            return (parties, None);
        }
        let equal_from = parties.partition_point(|index| key(index) < last_in);
        let equal_to = parties.partition_point(|index| key(index) <= last_in);
        let mut equal: Vec<usize> = parties[equal_from..equal_to].to_vec();
        equal.sort_unstable();
        parties.truncate(equal_from);
        parties.sort_unstable();
        let left = seats - equal_from as u64;
        (parties, Tie::among(equal, left))
    }
}

impl<P: fmt::Display> fmt::Display for TieBreak<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MostVotes => f.pad("most votes"),
            Self::FewestVotes => f.pad("fewest votes"),
            Self::ListOrder => f.pad("list order"),
            Self::DrawnCells(cells) => {
                let names: Vec<String> =
                    cells.iter().map(|(party, place)| alloc::format!("{party} in {place}")).collect();
                write!(f, "lots drawn: {}", names.join(", "))
            }
            Self::Drawn(order) | Self::DrawnFor { drawn: order, .. } => {
                let names: Vec<String> = order.iter().map(ToString::to_string).collect();
                write!(f, "lots drawn: {}", names.join(", "))
            }
        }
    }
}

/// The seats that one tie-break gave, one to each of these parties.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally, TieBreak};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).tie_break([TieBreak::ListOrder]).apply(&tally)?;
/// assert_eq!((&outcome.settled()[0].by, &outcome.settled()[0].parties[0][..]), (&TieBreak::ListOrder, "A"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Settled<P = usize> {
    /// The tie-break.
    pub by: TieBreak<P>,
    /// Who won a seat by it.
    pub parties: Vec<P>,
    /// Who was tied: all that were in the lot.
    pub among: Vec<P>,
}

/// A tie-break that acted, by its number in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) by: usize,
    pub(crate) among: Vec<usize>,
    pub(crate) winners: Vec<usize>,
}

/// Iterator over every way in which an open tie can go; see [`Allocation::outcomes`].
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
///
/// let tied = AllocationMethod::D_HONDT.allocate(&[10, 10], 3)?;
/// assert_eq!(tied.outcomes().collect::<Vec<_>>(), [[2, 1], [1, 2]]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outcomes<'a> {
    allocation: &'a Allocation,
    /// Positions in the tie's list of parties of those who win next.
    next: Option<Vec<usize>>,
}

impl Iterator for Outcomes<'_> {
    type Item = Vec<u64>;

    fn next(&mut self) -> Option<Vec<u64>> {
        let mut chosen = self.next.take()?;
        let mut seats = self.allocation.certain.clone();
        let parties = self.allocation.tie.as_ref().map_or(&[][..], |tie| tie.parties());
        for &position in &chosen {
            seats[parties[position]] += 1;
        }
        // The next combination: the last position that can move up does, those behind it follow closely.
        let movable = (0..chosen.len()).rev().find(|&at| chosen[at] + chosen.len() - at < parties.len());
        if let Some(at) = movable {
            let start = chosen[at] + 1;
            for (offset, position) in chosen[at..].iter_mut().enumerate() {
                *position = start + offset;
            }
            self.next = Some(chosen);
        }
        Some(seats)
    }
}

/// n over k, or `None` beyond 2^128 - 1.
fn binomial(n: u128, k: u128) -> Option<u128> {
    let k = k.min(n - k);
    let mut result: u128 = 1;
    for i in 1..=k {
        // result * (n - k + i) / i is whole; dividing both by their common factor first keeps it small.
        let divisor = gcd(result, i);
        let (reduced, rest) = (result / divisor, i / divisor);
        result = reduced.checked_mul((n - k + i) / rest)?;
    }
    Some(result)
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl From<Allocation> for Vec<u64> {
    /// The certain seats.
    fn from(allocation: Allocation) -> Self {
        allocation.certain
    }
}

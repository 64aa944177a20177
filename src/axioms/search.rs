//! Looking for the smallest break of an axiom.

use core::cell::Cell;
use core::fmt;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::answer::{Answer, ask};
use super::instance::Seats;
use super::population_monotonicity::compare;
use super::{Axiom, Fault, Instance, Misbehaviour, Violation, anonymity, enumeration};
use crate::allocation::Allocation;
use crate::error::Error;
use crate::method::Apportion;

/// How far a search goes: every instance with so many parties, votes together and seats, or fewer.
///
/// # Examples
/// ```
/// let budget = apportion::axioms::Budget::new(3, 12, 8);
/// assert_eq!(budget.to_string(), "3 parties, 12 votes, 8 seats");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Budget {
    parties: usize,
    votes: u64,
    seats: u64,
}

impl Budget {
    /// Up to so many parties, so many votes for all of them together, and so many seats. The time grows with about the
    /// power `parties` of the votes, and for population monotonicity, which compares two elections, twice that power.
    #[must_use]
    pub const fn new(parties: usize, votes: u64, seats: u64) -> Self {
        Self { parties, votes, seats }
    }

    /// The most parties.
    #[must_use]
    pub const fn parties(self) -> usize {
        self.parties
    }

    /// The most votes, of all parties together.
    #[must_use]
    pub const fn votes(self) -> u64 {
        self.votes
    }

    /// The most seats.
    #[must_use]
    pub const fn seats(self) -> u64 {
        self.seats
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = if self.parties == 1 { "party" } else { "parties" };
        let vote = if self.votes == 1 { "vote" } else { "votes" };
        write!(f, "{} {part}, {} {vote}, {}", self.parties, self.votes, Seats(self.seats))
    }
}

/// Looks for the smallest break of `axiom` by `method`: fewest votes of all parties together first, then fewest seats,
/// then fewest parties, then the larger vectors of votes.
///
/// Every instance within the budget is tried, unless a smaller one breaks the axiom: votes in every order if the method
/// is not anonymous within the budget, and in descending order if it is, as other orders bring nothing new then. For
/// population monotonicity every pair of elections within the budget is compared. Instances on which the method
/// misbehaves are set aside, and the first is kept.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Budget, search};
///
/// let found = search(&AllocationMethod::HARE, Axiom::HouseMonotonicity, Budget::new(3, 12, 8));
/// let smallest = found.violation().unwrap();
/// assert_eq!(smallest.to_string(), "house monotonicity: 3, 3, 1 votes: party 3 has 1 seat of 3, but 0 of 4");
///
/// let found = search(&AllocationMethod::D_HONDT, Axiom::HouseMonotonicity, Budget::new(3, 12, 8));
/// assert!(found.violation().is_none());
/// println!("{found}");
/// ```
#[must_use]
pub fn search(method: &dyn Apportion, axiom: Axiom, budget: Budget) -> Search {
    let found = search_in(Orders::Descending, method, axiom, budget);
    if axiom == Axiom::Anonymity {
        return found;
    }
    // Up to the break that was found, if one was.
    let within = found.violation.as_ref().map_or(budget, |violation| {
        let votes = u64::try_from(violation.instance().total()).unwrap_or(budget.votes);
        Budget { votes: votes.min(budget.votes), ..budget }
    });
    match search_in(Orders::Descending, method, Axiom::Anonymity, within).violation {
        None => found,
        Some(_) => search_in(Orders::All, method, axiom, budget),
    }
}

/// What a search found; prints as a sentence.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Budget, search};
///
/// let found = search(&AllocationMethod::ADAMS, Axiom::LowerQuota, Budget::new(3, 8, 4));
/// assert_eq!(found.axiom(), Axiom::LowerQuota);
/// let violation = found.violation().expect("Adams gives large parties less than their quota");
/// assert!(violation.instance().seats() <= found.budget().seats());
/// assert_eq!(found.refusals(), 0); // Adams answered every time
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    axiom: Axiom,
    budget: Budget,
    instances: u64,
    asked: Asked,
    violation: Option<Violation>,
    misbehaviour: Option<Misbehaviour>,
}

impl Search {
    /// The axiom.
    #[must_use]
    pub const fn axiom(&self) -> Axiom {
        self.axiom
    }

    /// How far the search would go.
    #[must_use]
    pub const fn budget(&self) -> Budget {
        self.budget
    }

    /// The smallest break within the budget, if there is one.
    #[must_use]
    pub const fn violation(&self) -> Option<&Violation> {
        self.violation.as_ref()
    }

    /// The smallest instance on which the method misbehaved before the search ended, if it did.
    #[must_use]
    pub const fn misbehaviour(&self) -> Option<&Misbehaviour> {
        self.misbehaviour.as_ref()
    }

    /// The instances tried.
    #[must_use]
    pub const fn instances(&self) -> u64 {
        self.instances
    }

    /// How many of the method's answers had a tie.
    #[must_use]
    pub const fn ties(&self) -> u64 {
        self.asked.ties
    }

    /// How often the method answered with an error.
    #[must_use]
    pub const fn refusals(&self) -> u64 {
        self.asked.refusals
    }
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.violation {
            Some(violation) => violation.fmt(f),
            None => write!(f, "{}: no violation up to {}", self.axiom, self.budget),
        }
    }
}

/// In which orders of the parties votes are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Orders {
    Descending,
    All,
}

/// The search in these orders only.
pub(super) fn search_in(orders: Orders, method: &dyn Apportion, axiom: Axiom, budget: Budget) -> Search {
    let counted = Counted { method, asked: Cell::default() };
    let mut found =
        Search { axiom, budget, instances: 0, asked: Asked::default(), violation: None, misbehaviour: None };
    match axiom {
        Axiom::PopulationMonotonicity => found.try_pairs(orders, &counted),
        Axiom::Anonymity => {
            found.try_each(orders, |instance| anonymity::in_orders(&counted, instance, all_orders(instance.votes())))
        }
        _ => found.try_each(orders, |instance| axiom.check(&counted, instance)),
    }
    found.asked = counted.asked.get();
    found
}

impl Search {
    /// Takes note of what a check found; whether that ends the search.
    fn note(&mut self, checked: Result<(), Fault>) -> bool {
        match checked {
            Ok(()) => false,
            Err(Fault::Broken(violation)) => {
                self.violation = Some(violation);
                true
            }
            Err(Fault::Misbehaved(misbehaviour)) => {
                self.misbehaviour.get_or_insert(misbehaviour);
                false
            }
        }
    }

    /// Tries each instance in order of size.
    fn try_each(&mut self, orders: Orders, check: impl Fn(&Instance) -> Result<(), Fault>) {
        for total in 1..=self.budget.votes {
            let vectors = vectors(total, self.budget.parties, orders);
            for seats in 1..=self.budget.seats {
                for votes in &vectors {
                    self.instances += 1;
                    if self.note(check(&Instance::new(votes.as_slice(), seats))) {
                        return;
                    }
                }
            }
        }
    }

    /// Tries each pair of elections, in order of the votes in the second one. That the first has no more is no limit: a
    /// break from one election to another is one from the other to the one, with the two parties changing parts.
    fn try_pairs(&mut self, orders: Orders, method: &dyn Apportion) {
        let mut answered = Answered::new();
        for total in 1..=self.budget.votes {
            let before_orders = vectors(total, self.budget.parties, orders);
            let after_orders = vectors(total, self.budget.parties, Orders::All);
            for seats in 1..=self.budget.seats {
                for votes in &before_orders {
                    match ask(method, votes, seats) {
                        Ok(Some(answer)) => {
                            answered.entry((seats, votes.len())).or_default().push((votes.clone(), answer));
                        }
                        Ok(None) => {}
                        Err(misbehaviour) => {
                            self.misbehaviour.get_or_insert(misbehaviour);
                        }
                    }
                }
                for after in &after_orders {
                    let Ok(Some(other)) = ask(method, after, seats) else { continue };
                    for (votes, answer) in answered.get(&(seats, after.len())).into_iter().flatten() {
                        self.instances += 1;
                        let broken = compare(seats, (votes, answer), (after, &other));
                        if self.note(broken.map_or(Ok(()), Err)) {
                            return;
                        }
                    }
                }
            }
        }
    }
}

/// The vectors tried so far and the answers to them, by the numbers of seats and of parties.
type Answered = BTreeMap<(u64, usize), Vec<(Vec<u64>, Answer)>>;

/// The vectors of so many votes together with up to so many parties, fewest parties first.
fn vectors(total: u64, parties: usize, orders: Orders) -> Vec<Vec<u64>> {
    let descending = (1..=parties).flat_map(|parties| enumeration::descending(total, parties));
    match orders {
        Orders::Descending => descending.collect(),
        Orders::All => descending.flat_map(|votes| enumeration::orders(&votes)).collect(),
    }
}

/// Orders of the parties, whose votes descend, that show whether a method is anonymous on all orders of these votes: one
/// for each different vector, and for each pair of neighbours with equal votes the one that swaps them.
fn all_orders(votes: &[u64]) -> impl Iterator<Item = Vec<usize>> {
    let different = enumeration::orders(votes).map(|moved| {
        let mut order: Vec<usize> = Vec::with_capacity(moved.len());
        for wanted in moved {
            let party = (0..votes.len()).find(|party| votes[*party] == wanted && !order.contains(party));
            order.extend(party);
        }
        order
    });
    let equal = (1..votes.len()).filter(|&at| votes[at - 1] == votes[at]).map(|at| {
        let mut order: Vec<usize> = (0..votes.len()).collect();
        order.swap(at - 1, at);
        order
    });
    different.chain(equal)
}

/// What came of asking a method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    ties: u64,
    refusals: u64,
}

/// A method whose ties and refusals are counted.
struct Counted<'a> {
    method: &'a dyn Apportion,
    asked: Cell<Asked>,
}

impl Apportion for Counted<'_> {
    fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
        let answer = self.method.allocate(votes, seats);
        let Asked { ties, refusals } = self.asked.get();
        let tied = answer.as_ref().is_ok_and(|allocation| allocation.tie().is_some());
        self.asked.set(Asked { ties: ties + u64::from(tied), refusals: refusals + u64::from(answer.is_err()) });
        answer
    }
}

//! The whole suite on one method.

use core::fmt;

use alloc::format;
use alloc::vec::Vec;

use super::search::{Orders, search_in};
use super::{Axiom, Budget, Misbehaviour, Search, Violation};
use crate::method::Apportion;

/// What [`examine`] tries: enough to find a break of each axiom by some method of the literature, in seconds.
const BUDGET: Budget = Budget::new(4, 16, 7);

/// The most that is tried of pairs of elections, whose number grows with the square.
const PAIRS: Budget = Budget::new(3, 13, 6);

/// Holds a method against every axiom, on all instances of up to 4 parties, 16 votes and 7 seats, in order of size.
///
/// The report prints as a list of the axioms that are kept and, for those that are broken, the smallest instance that
/// shows it. Population monotonicity compares pairs of elections of up to 3 parties, 13 votes and 6 seats. A method of a
/// microsecond is examined within seconds.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{self, Axiom};
///
/// let report = axioms::examine(&AllocationMethod::HARE);
/// assert!(report.keeps(Axiom::LowerQuota));
/// assert!(!report.keeps(Axiom::HouseMonotonicity));
/// println!("{report}");
/// ```
#[must_use]
pub fn examine(method: &dyn Apportion) -> Report {
    examine_within(method, BUDGET)
}

/// Holds a method against every axiom within a budget of one's own; pairs of elections are compared up to 3 parties, 13
/// votes and 6 seats of it.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Budget, examine_within};
/// let report = examine_within(&AllocationMethod::SAINTE_LAGUE, Budget::new(2, 8, 5));
/// assert!(report.keeps(Axiom::UpperQuota)); // with two parties
/// ```
#[must_use]
pub fn examine_within(method: &dyn Apportion, budget: Budget) -> Report {
    let pairs = Budget::new(
        budget.parties().min(PAIRS.parties()),
        budget.votes().min(PAIRS.votes()),
        budget.seats().min(PAIRS.seats()),
    );
    let anonymity = search_in(Orders::Descending, method, Axiom::Anonymity, budget);
    let orders = if anonymity.violation().is_some() { Orders::All } else { Orders::Descending };
    let mut searches = Vec::from([anonymity]);
    for axiom in Axiom::ALL.into_iter().filter(|&axiom| axiom != Axiom::Anonymity) {
        let budget = if axiom == Axiom::PopulationMonotonicity { pairs } else { budget };
        searches.push(search_in(orders, method, axiom, budget));
    }
    let misbehaviour = searches.iter().filter_map(Search::misbehaviour).min_by_key(|misbehaviour| {
        let instance = misbehaviour.instance();
        (instance.total(), instance.seats(), instance.votes().len())
    });
    Report { budget, misbehaviour: misbehaviour.cloned(), searches }
}

/// What a method keeps and what it breaks; prints as a list, 80 columns wide unless numbers are large.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Budget, examine_within};
///
/// let report = examine_within(&AllocationMethod::D_HONDT, Budget::new(3, 8, 4));
/// assert!(report.keeps(Axiom::LowerQuota));
/// let smallest = report.violation(Axiom::UpperQuota).expect("D'Hondt gives large parties more than their quota");
/// assert_eq!(smallest.axiom(), Some(Axiom::UpperQuota));
/// assert!(report.misbehaviour().is_none()); // every answer was an allocation of all seats
/// println!("{report}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    budget: Budget,
    misbehaviour: Option<Misbehaviour>,
    searches: Vec<Search>,
}

impl Report {
    /// Whether no break of the axiom was found.
    #[must_use]
    pub fn keeps(&self, axiom: Axiom) -> bool {
        self.violation(axiom).is_none()
    }

    /// The smallest break of the axiom that was found.
    #[must_use]
    pub fn violation(&self, axiom: Axiom) -> Option<&Violation> {
        self.searches.iter().find(|search| search.axiom() == axiom).and_then(Search::violation)
    }

    /// The axioms of which no break was found.
    pub fn kept(&self) -> impl Iterator<Item = Axiom> {
        self.searches.iter().filter(|search| search.violation().is_none()).map(Search::axiom)
    }

    /// The smallest break of each axiom that is broken.
    pub fn broken(&self) -> impl Iterator<Item = &Violation> {
        self.searches.iter().filter_map(Search::violation)
    }

    /// The smallest instance on which the answer was no allocation: a wrong number of seats or entries, or a panic.
    #[must_use]
    pub const fn misbehaviour(&self) -> Option<&Misbehaviour> {
        self.misbehaviour.as_ref()
    }

    /// The searches, in the order of the axioms.
    #[must_use]
    pub fn searches(&self) -> &[Search] {
        &self.searches
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "All instances of up to {}:", self.budget)?;
        if let Some(misbehaviour) = &self.misbehaviour {
            paragraph(f, &format!("no allocation, {misbehaviour}"))?;
            writeln!(f, "  Instances without an allocation are set aside in what follows.")?;
        }
        for search in &self.searches {
            match search.violation() {
                None => write!(f, "  keeps  {}", search.axiom())?,
                Some(violation) => {
                    paragraph(f, &format!("breaks {violation}"))?;
                    continue;
                }
            }
            if search.budget() != self.budget {
                write!(f, " (pairs of up to {})", search.budget())?;
            }
            writeln!(f)?;
        }
        let most = |count: fn(&Search) -> u64| self.searches.iter().map(count).max().unwrap_or(0);
        let (instances, ties) = (most(Search::instances), most(Search::ties));
        write!(f, "Up to {instances} instances an axiom; up to {ties} answers with a tie")?;
        match most(Search::refusals) {
            0 => write!(f, "."),
            refusals => write!(f, ", and {refusals} errors."),
        }
    }
}

/// Writes words in lines of 80 columns, the first one indented by two and the others by nine.
fn paragraph(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let mut column = 1;
    write!(f, " ")?;
    for word in text.split(' ') {
        let width = word.chars().count();
        if column + 1 + width > 80 && column > 9 {
            write!(f, "\n        ")?;
            column = 8;
        }
        write!(f, " {word}")?;
        column += 1 + width;
    }
    writeln!(f)
}

//! What is known of this crate's methods: proved, only searched for, or broken.

use core::fmt;

use alloc::vec::Vec;

use super::instance::List;
use super::known::{self, Break};
use super::{Axiom, Budget, Instance};
use crate::method::Sequence;
use crate::method::{AllocationMethod, Divisors, Quota, Rounding};
use crate::num::Ratio;

/// What is known of a method and an axiom.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Guarantee};
///
/// assert!(matches!(AllocationMethod::D_HONDT.guarantees(Axiom::HouseMonotonicity), Guarantee::Always { .. }));
/// let Guarantee::Fails(example) = AllocationMethod::HARE.guarantees(Axiom::HouseMonotonicity) else { unreachable!() };
/// assert_eq!(example.to_string(), "9, 3, 1 votes; 6 seats: 4, 1, 1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Guarantee {
    /// No break is known, and the evidence says whether there can be none (a proof) or none was found (a search).
    Always(Evidence),
    /// Nothing is claimed: neither a proof nor a break is known here, or no search was made.
    NeverClaimed,
    /// The method breaks the axiom, as this shows.
    Fails(CounterExample),
}

/// Why an axiom is held to be kept.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Evidence, Guarantee};
///
/// let guarantee = AllocationMethod::D_HONDT.guarantees(Axiom::HouseMonotonicity);
/// let Guarantee::Always(Evidence::Proved { source }) = guarantee else { panic!("nobody proved it") };
/// assert!(source.contains("Fair Representation"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// A theorem of the literature.
    Proved {
        /// Where the proof is.
        source: &'static str,
    },
    /// No proof is cited; [`search`](super::search) finds no break within this budget.
    Searched(Budget),
}

/// Votes, seats and an outcome by which a method breaks an axiom.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Axiom, Guarantee};
///
/// let Guarantee::Fails(example) = AllocationMethod::HARE.guarantees(Axiom::HouseMonotonicity) else { unreachable!() };
/// let instance = example.instance();
/// let allocation = AllocationMethod::HARE.allocate(instance.votes(), instance.seats())?;
/// assert_eq!(allocation.certain(), example.outcome());
/// // With one seat more the last party loses its only one.
/// assert_eq!(AllocationMethod::HARE.allocate(instance.votes(), instance.seats() + 1)?.certain()[2], 0);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterExample {
    instance: Instance,
    outcome: Vec<u64>,
}

impl CounterExample {
    fn new(known: &Break) -> Self {
        let instance = Instance::new(known.votes, known.seats);
        let instance = match known.after {
            Some(after) => instance.then(after),
            None => instance,
        };
        Self { instance, outcome: known.outcome.to_vec() }
    }

    /// The votes and seats; of two elections, where the axiom compares two.
    #[must_use]
    pub const fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Seats per party in the outcome of the first election; one of its outcomes where there is a tie.
    #[must_use]
    pub fn outcome(&self) -> &[u64] {
        &self.outcome
    }
}

impl fmt::Display for CounterExample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.instance, List(&self.outcome))
    }
}

impl fmt::Display for Guarantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always(Evidence::Proved { source }) => write!(f, "always: {source}"),
            Self::Always(Evidence::Searched(budget)) => write!(f, "no violation up to {budget}"),
            Self::NeverClaimed => write!(f, "never claimed"),
            Self::Fails(example) => write!(f, "fails: {example}"),
        }
    }
}

/// How far the claims that rest on a search were searched; a test repeats it.
const SEARCHED: Guarantee = Guarantee::Always(Evidence::Searched(Budget::new(5, 16, 8)));

const BALINSKI_YOUNG: &str = "M. L. Balinski and H. P. Young, Fair Representation, 1982, App. A";
const PUKELSHEIM_METHODS: &str = "F. Pukelsheim, Proportional Representation, 2nd ed. 2017, ch. 4 and 5";

impl AllocationMethod {
    /// What is known of this method and an axiom: a theorem, a search without a find, a counter-example that is checked,
    /// or nothing.
    ///
    /// It is said of votes and seats alone, without bounds or held seats, and of contests that the method answers.
    ///
    /// # Examples
    /// ```
    /// use apportion::AllocationMethod;
    /// use apportion::axioms::Axiom;
    ///
    /// for axiom in Axiom::ALL {
    ///     println!("{axiom}: {}", AllocationMethod::SAINTE_LAGUE.guarantees(axiom));
    /// }
    /// ```
    #[must_use]
    pub fn guarantees(&self, axiom: Axiom) -> Guarantee {
        let (breaks, otherwise): (_, fn(&Self, Axiom) -> Guarantee) = match self {
            Self::LargestRemainder(quota) => (known::of_quota(*quota), of_quotas),
            Self::HighestAverages(divisors) => (known::of_divisors(&named(divisors)), of_divisors),
            Self::Stages(_) => return Guarantee::NeverClaimed,
            Self::BalinskiYoung => return of_quota_method(axiom),
        };
        match breaks.iter().find(|known| known.axiom == axiom) {
            Some(known) => Guarantee::Fails(CounterExample::new(known)),
            None => otherwise(self, axiom),
        }
    }
}

const fn proved(source: &'static str) -> Guarantee {
    Guarantee::Always(Evidence::Proved { source })
}

/// What holds of the quota method.
fn of_quota_method(axiom: Axiom) -> Guarantee {
    match axiom {
        Axiom::HouseMonotonicity | Axiom::LowerQuota | Axiom::UpperQuota => {
            proved("M. L. Balinski and H. P. Young, The Quota Method of Apportionment, AMM 82 (1975), 701-730")
        }
        _ => Guarantee::NeverClaimed,
    }
}

/// What holds of largest remainders, where no break is known.
fn of_quotas(method: &AllocationMethod, axiom: Axiom) -> Guarantee {
    let AllocationMethod::LargestRemainder(quota) = method else { return Guarantee::NeverClaimed };
    let exact = quota.rounding() == Rounding::Exact;
    let hare = *quota == Quota::HARE;
    // Hare or Hagenbach-Bischoff, unrounded: they never give out more whole quotas than there are seats but in the one
    // case, for the latter, of all votes being whole quotas.
    let usual = exact && quota.added() <= 1;
    match axiom {
        Axiom::Anonymity | Axiom::Completeness | Axiom::Concordance => proved(PUKELSHEIM_METHODS),
        Axiom::Homogeneity if exact => proved(PUKELSHEIM_METHODS),
        Axiom::Exactness if hare => proved(PUKELSHEIM_METHODS),
        Axiom::LowerQuota | Axiom::UpperQuota if hare => proved(BALINSKI_YOUNG),
        Axiom::OwnVoteMonotonicity | Axiom::Exactness | Axiom::LowerQuota | Axiom::Stability if usual => SEARCHED,
        Axiom::Majority if usual && !hare => SEARCHED,
        _ => Guarantee::NeverClaimed,
    }
}

/// What holds of highest averages, where no break is known.
fn of_divisors(method: &AllocationMethod, axiom: Axiom) -> Guarantee {
    let AllocationMethod::HighestAverages(divisors) = method else { return Guarantee::NeverClaimed };
    match axiom {
        Axiom::Anonymity | Axiom::Completeness | Axiom::Homogeneity | Axiom::Concordance => proved(PUKELSHEIM_METHODS),
        Axiom::HouseMonotonicity
        | Axiom::OwnVoteMonotonicity
        | Axiom::PopulationMonotonicity
        | Axiom::Uniformity
        | Axiom::RemovalMonotonicity => proved(BALINSKI_YOUNG),
        Axiom::Exactness if rounds_within_one(divisors) => proved(PUKELSHEIM_METHODS),
        _ => match (named(divisors), axiom) {
            (Sequence::DHondt, Axiom::LowerQuota | Axiom::Majority | Axiom::MergingNeverLoses) => {
                proved(BALINSKI_YOUNG)
            }
            (Sequence::DHondt, Axiom::Apparentement) => proved(
                "a merged party has no fewer seats, more seats take none from its members, and what they had together \
                 was their division alone (superadditivity, house monotonicity, uniformity)",
            ),
            (Sequence::Adams, Axiom::UpperQuota | Axiom::MergingNeverGains) => proved(BALINSKI_YOUNG),
            (Sequence::Adams, Axiom::Minority) => SEARCHED,
            (Sequence::Imperiali, Axiom::Majority | Axiom::MergingNeverLoses | Axiom::Apparentement) => SEARCHED,
            (
                Sequence::Adams
                | Sequence::Dean
                | Sequence::HuntingtonHill
                | Sequence::SainteLague
                | Sequence::DHondt
                | Sequence::Danish,
                Axiom::Stability,
            ) => SEARCHED,
            (Sequence::ModifiedSainteLague(first), Axiom::Stability) if is_usual(first) => SEARCHED,
            _ => Guarantee::NeverClaimed,
        },
    }
}

/// The sequence under its best known name: s + 1/2 is Sainte-Laguë.
fn named(divisors: &Divisors) -> Sequence {
    let half = |r: &Ratio| (r.numerator(), r.denominator()) == (1, 2);
    match divisors.sequence() {
        Sequence::Stationary(r) if *r == Ratio::ZERO => Sequence::Adams,
        Sequence::Stationary(r) if half(r) => Sequence::SainteLague,
        Sequence::Stationary(r) | Sequence::Power(r) if *r == Ratio::ONE => Sequence::DHondt,
        Sequence::ModifiedSainteLague(first) if *first == Ratio::ONE => Sequence::SainteLague,
        other => other.clone(),
    }
}

/// 7/5 and 6/5, the first divisors of modified Sainte-Laguë in use.
fn is_usual(first: Ratio) -> bool {
    matches!((first.numerator(), first.denominator()), (7 | 6, 5))
}

/// Whether d(s), up to a common factor, lies between s and s + 1: then whole shares are given as they are.
fn rounds_within_one(divisors: &Divisors) -> bool {
    match named(divisors) {
        Sequence::Adams
        | Sequence::Dean
        | Sequence::HuntingtonHill
        | Sequence::SainteLague
        | Sequence::DHondt
        | Sequence::Danish
        | Sequence::Stationary(_) => true,
        // first / 2, then 3/2, 5/2, …
        Sequence::ModifiedSainteLague(first) => first < Ratio::from(2),
        _ => false,
    }
}

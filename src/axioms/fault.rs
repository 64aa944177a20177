//! What a check can find: a broken axiom, or an answer that is none.

use core::fmt;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::Axiom;
use super::instance::{Instance, List, Seats};

/// What a check has found wrong with a method.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Fault, Instance, upper_quota};
///
/// // 6 of 8 votes are 3 of 4 seats, but D'Hondt gives the party all four.
/// let Err(Fault::Broken(violation)) = upper_quota(&AllocationMethod::D_HONDT, &Instance::new([6, 1, 1], 4)) else {
///     panic!("the axiom holds here")
/// };
/// assert_eq!(violation.outcome(), [4, 0, 0]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The answers are allocations, but break an axiom.
    Broken(Violation),
    /// An answer is no allocation at all, so that no axiom can be held against it.
    Misbehaved(Misbehaviour),
}

impl Fault {
    /// The broken axiom, if it is one.
    #[must_use]
    pub const fn violation(&self) -> Option<&Violation> {
        match self {
            Self::Broken(violation) => Some(violation),
            Self::Misbehaved(_) => None,
        }
    }

    /// The misbehaviour, if it is one.
    #[must_use]
    pub const fn misbehaviour(&self) -> Option<&Misbehaviour> {
        match self {
            Self::Broken(_) => None,
            Self::Misbehaved(misbehaviour) => Some(misbehaviour),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(violation) => violation.fmt(f),
            Self::Misbehaved(misbehaviour) => misbehaviour.fmt(f),
        }
    }
}

impl core::error::Error for Fault {}

impl From<Misbehaviour> for Fault {
    fn from(misbehaviour: Misbehaviour) -> Self {
        Self::Misbehaved(misbehaviour)
    }
}

/// An axiom broken by a method on an instance; prints as a sentence with the numbers.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, house_monotonicity};
///
/// let fault = house_monotonicity(&AllocationMethod::HARE, &Instance::new([9, 3, 1], 6)).unwrap_err();
/// assert_eq!(fault.to_string(), "house monotonicity: 9, 3, 1 votes: party 3 has 1 seat of 6, but 0 of 7");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation(Box<Break>);

/// A violation's parts, which stand apart to keep the `Result` of every check small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Break {
    name: &'static str,
    axiom: Option<Axiom>,
    instance: Instance,
    outcome: Vec<u64>,
    detail: String,
}

impl Violation {
    /// `axiom` broken by `outcome` on `instance`, as `detail` says.
    pub(super) fn of(axiom: Axiom, instance: &Instance, outcome: Vec<u64>, detail: String) -> Fault {
        Fault::Broken(Self::new(axiom.name(), Some(axiom), instance, outcome, detail))
    }

    /// A broken property that relates the method to something else, and is no [`Axiom`] of its own.
    pub(super) fn of_relation(name: &'static str, instance: &Instance, outcome: Vec<u64>, detail: String) -> Fault {
        Fault::Broken(Self::new(name, None, instance, outcome, detail))
    }

    fn new(name: &'static str, axiom: Option<Axiom>, instance: &Instance, outcome: Vec<u64>, detail: String) -> Self {
        Self(Box::new(Break { name, axiom, instance: instance.clone(), outcome, detail }))
    }

    /// The axiom; `None` for [`max_min`](super::max_min) and [`majorization`](super::majorization), which relate the
    /// method to divisors or to another method.
    #[must_use]
    pub fn axiom(&self) -> Option<Axiom> {
        self.0.axiom
    }

    /// The votes and seats that show it.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.0.instance
    }

    /// Seats per party in the outcome of that instance that breaks the axiom; where there is a tie, one of its outcomes.
    #[must_use]
    pub fn outcome(&self) -> &[u64] {
        &self.0.outcome
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} votes: {}", self.0.name, List(self.0.instance.votes()), self.0.detail)
    }
}

impl core::error::Error for Violation {}

/// An answer that is no allocation of the seats among the parties.
///
/// # Examples
/// ```
/// use apportion::axioms::{Instance, Misbehaviour, concordance};
/// use apportion::{Allocation, Apportion, Error};
///
/// struct Generous;
/// impl Apportion for Generous {
///     fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
///         Ok(Allocation::new(vec![seats; votes.len()]))
///     }
/// }
///
/// let fault = concordance(&Generous, &Instance::new([2, 1], 3)).unwrap_err();
/// assert!(matches!(fault.misbehaviour(), Some(Misbehaviour::WrongTotal { given: 6, .. })));
/// assert_eq!(fault.to_string(), "wrong total: 2, 1 votes; 3 seats: 6 are given out");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misbehaviour {
    /// Another number of entries than there are parties.
    WrongLength {
        /// What the method was asked.
        instance: Instance,
        /// The entries of its answer.
        entries: usize,
    },
    /// Another number of seats given out, in a tie or reported vacant than there are.
    WrongTotal {
        /// What the method was asked.
        instance: Instance,
        /// The seats in its answer.
        given: u128,
    },
    /// A panic; seen only where the standard library is linked (feature `std`) and panics unwind.
    Panicked {
        /// What the method was asked.
        instance: Instance,
        /// The panic's message.
        message: String,
    },
}

impl Misbehaviour {
    /// What the method was asked.
    #[must_use]
    pub const fn instance(&self) -> &Instance {
        match self {
            Self::WrongLength { instance, .. }
            | Self::WrongTotal { instance, .. }
            | Self::Panicked { instance, .. } => instance,
        }
    }

    /// What kind it is, in two words.
    const fn kind(&self) -> &'static str {
        match self {
            Self::WrongLength { .. } => "wrong length",
            Self::WrongTotal { .. } => "wrong total",
            Self::Panicked { .. } => "panic",
        }
    }
}

impl fmt::Display for Misbehaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instance = self.instance();
        write!(f, "{}: {} votes; {}: ", self.kind(), List(instance.votes()), Seats(instance.seats()))?;
        match self {
            Self::WrongLength { entries, .. } => {
                write!(f, "{entries} entries in the answer for {} parties", instance.votes().len())
            }
            Self::WrongTotal { given: 1, .. } => write!(f, "1 is given out"),
            Self::WrongTotal { given, .. } => write!(f, "{given} are given out"),
            Self::Panicked { message, .. } => write!(f, "{message}"),
        }
    }
}

impl core::error::Error for Misbehaviour {}

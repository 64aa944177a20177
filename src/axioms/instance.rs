//! Instances: what a method is asked when an axiom is checked.

use core::fmt;

use alloc::vec::Vec;

/// Votes and seats, and for axioms that compare two elections the votes of the second one.
///
/// # Examples
/// ```
/// use apportion::axioms::Instance;
///
/// let instance = Instance::new([29, 13, 5], 6).then([30, 22, 5]);
/// assert_eq!(instance.to_string(), "29, 13, 5 votes, then 30, 22, 5; 6 seats");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instance {
    votes: Vec<u64>,
    seats: u64,
    after: Option<Vec<u64>>,
}

impl Instance {
    /// Votes per party and the seats to be given out.
    #[must_use]
    pub fn new(votes: impl Into<Vec<u64>>, seats: u64) -> Self {
        Self { votes: votes.into(), seats, after: None }
    }

    /// The instance with the votes of a second election of its parties and seats. Axioms that compare no elections
    /// leave them alone; with another number of parties they compare nothing.
    #[must_use]
    pub fn then(self, after: impl Into<Vec<u64>>) -> Self {
        Self { after: Some(after.into()), ..self }
    }

    /// Votes per party.
    #[must_use]
    pub fn votes(&self) -> &[u64] {
        &self.votes
    }

    /// Seats to be given out.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.seats
    }

    /// The votes of the second election, if there is one.
    #[must_use]
    pub fn after(&self) -> Option<&[u64]> {
        self.after.as_deref()
    }

    /// The sum of the votes.
    pub(super) fn total(&self) -> u128 {
        self.votes.iter().map(|&votes| u128::from(votes)).sum()
    }

    /// Whether every party with votes could have a seat. Where it could not, methods with a first divisor of 0 rank the
    /// parties by votes and measure no proportion.
    pub(super) fn has_a_seat_for_each(&self) -> bool {
        self.votes.iter().filter(|&&votes| votes > 0).count() as u64 <= self.seats
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} votes", List(&self.votes))?;
        if let Some(after) = &self.after {
            write!(f, ", then {}", List(after))?;
        }
        write!(f, "; {}", Seats(self.seats))
    }
}

/// Numbers with commas between them.
pub(super) struct List<'a>(pub(super) &'a [u64]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, number) in self.0.iter().enumerate() {
            write!(f, "{}{number}", if index > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}

/// "1 seat", "2 seats".
pub(super) struct Seats(pub(super) u64);

impl fmt::Display for Seats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} seat{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

//! Ties: parties with the same claim, and too few seats for them.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Parties with exactly the same claim, and fewer seats left than parties; at most one seat each.
///
/// `P` is how parties are named: by index here, by name in an [`Outcome`](crate::Outcome).
///
/// # Examples
/// ```
/// use apportion::Tie;
///
/// let tie = Tie::new([0, 2], 1).expect("one seat for two");
/// assert_eq!((tie.parties(), tie.seats()), (&[0, 2][..], 1));
/// assert_eq!(Tie::new([0, 2], 2), None); // everyone is served
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tie<P = usize> {
    parties: Vec<P>,
    seats: u64,
}

impl Tie {
    /// A tie among `parties`, by index, for `seats`.
    ///
    /// `None` where nothing is open: no seats, or as many seats as different parties, as in `Tie::new([0, 1], 2)`.
    #[must_use]
    pub fn new(parties: impl Into<Vec<usize>>, seats: u64) -> Option<Self> {
        let mut parties = parties.into();
        parties.sort_unstable();
        parties.dedup();
        Self::among(parties, seats)
    }

    /// The tie of `parties`, ascending, for `seats`, or none where everyone or no one is served.
    pub(crate) fn among(parties: Vec<usize>, seats: u64) -> Option<Self> {
        (seats > 0 && seats < parties.len() as u64).then_some(Self { parties, seats })
    }

    /// The tie of `parties`, ascending, for `seats`, which are fewer and not none.
    pub(crate) const fn of(parties: Vec<usize>, seats: u64) -> Self {
        Self { parties, seats }
    }
}

impl Tie<String> {
    /// The tie of these, for `seats`.
    pub(crate) const fn of_names(parties: Vec<String>, seats: u64) -> Self {
        Self { parties, seats }
    }
}

impl<P> Tie<P> {
    /// Names the parties otherwise.
    pub(crate) fn rename<Q>(&self, name: impl FnMut(&P) -> Q) -> Tie<Q> {
        Tie { parties: self.parties.iter().map(name).collect(), seats: self.seats }
    }

    /// The parties, in the order in which their votes were given.
    #[must_use]
    pub fn parties(&self) -> &[P] {
        &self.parties
    }

    /// The seats left among them: at least one, fewer than the parties.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.seats
    }
}

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = self.rename(|index| (index + 1).to_string());
        write!(f, "{} tied among parties {}", seats_are(self.seats), numbers.parties.join(", "))
    }
}

impl fmt::Display for Tie<String> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tied among {}", seats_are(self.seats), self.parties.join(", "))
    }
}

fn seats_are(seats: u64) -> String {
    if seats == 1 { "1 seat is".into() } else { alloc::format!("{seats} seats are") }
}

impl core::error::Error for Tie {}

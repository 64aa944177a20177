//! Parties: whatever competes for seats.

use alloc::string::String;
use alloc::sync::Arc;

/// A list, a coalition's list, or a state of a federation, with what a law may ask about it.
///
/// # Examples
/// ```
/// use apportion::Party;
///
/// let coalition = Party::new("Civic Coalition").with_members(2).with_maximum(40);
/// assert_eq!(coalition.members(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    /// Shared by all that know the party: an outcome has it once more.
    name: Arc<str>,
    members: u64,
    minority: bool,
    direct_seats: u64,
    minimum: u64,
    maximum: Option<u64>,
    held: u64,
    given: Option<u64>,
}

impl Party {
    /// A party by its name: one member, no bounds, no seats yet.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: Arc::from(name.into()),
            members: 1,
            minority: false,
            direct_seats: 0,
            minimum: 0,
            maximum: None,
            held: 0,
            given: None,
        }
    }

    /// Sets the number of parties in a coalition, which thresholds may rise with.
    #[must_use]
    pub fn with_members(self, members: u64) -> Self {
        Self { members, ..self }
    }

    /// Marks the list of a national minority, which thresholds may exempt.
    #[must_use]
    pub fn as_minority(self) -> Self {
        Self { minority: true, ..self }
    }

    /// Sets the seats won directly in constituencies, which thresholds may count instead of votes.
    #[must_use]
    pub fn with_direct_seats(self, direct_seats: u64) -> Self {
        Self { direct_seats, ..self }
    }

    /// Sets the fewest seats it may end with, held ones included.
    #[must_use]
    pub fn with_minimum(self, minimum: u64) -> Self {
        Self { minimum, ..self }
    }

    /// Sets the most seats it may end with, held ones included: its candidates, or a cap.
    #[must_use]
    pub fn with_maximum(self, maximum: u64) -> Self {
        Self { maximum: Some(maximum), ..self }
    }

    /// Sets the seats that it holds from elsewhere, beside those to be given out.
    #[must_use]
    pub fn with_held(self, held: u64) -> Self {
        Self { held, ..self }
    }

    /// Sets the seats that a tier of given totals takes as its own.
    #[must_use]
    pub fn with_given(self, given: u64) -> Self {
        Self { given: Some(given), ..self }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name, for whoever keeps it without memory of its own.
    pub(crate) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// The number of parties in it; 1 unless it is a coalition.
    #[must_use]
    pub const fn members(&self) -> u64 {
        self.members
    }

    /// Whether it is the list of a national minority.
    #[must_use]
    pub const fn is_minority(&self) -> bool {
        self.minority
    }

    /// Seats won directly.
    #[must_use]
    pub const fn direct_seats(&self) -> u64 {
        self.direct_seats
    }

    /// The fewest seats it may end with.
    #[must_use]
    pub const fn minimum(&self) -> u64 {
        self.minimum
    }

    /// The most seats it may end with, if there is a limit.
    #[must_use]
    pub const fn maximum(&self) -> Option<u64> {
        self.maximum
    }

    /// Seats held from elsewhere.
    #[must_use]
    pub const fn held(&self) -> u64 {
        self.held
    }

    /// The seats that a tier of given totals takes as its own.
    #[must_use]
    pub const fn given(&self) -> Option<u64> {
        self.given
    }

    /// Whether anything but its votes decides how many seats a method gives it.
    pub(crate) const fn is_bound(&self) -> bool {
        self.minimum > 0 || self.maximum.is_some() || self.held > 0
    }

    /// The party without its minimum and maximum.
    pub(crate) fn without_bounds(&self) -> Self {
        Self { minimum: 0, maximum: None, ..self.clone() }
    }

    /// The party with its own direct and held seats and those of `other`.
    pub(crate) fn and_seats_of(self, other: &Self) -> Self {
        Self {
            direct_seats: self.direct_seats.saturating_add(other.direct_seats),
            held: self.held.saturating_add(other.held),
            ..self
        }
    }

    /// The first particular, bounds and seats apart, in which two parties of one name differ, if any.
    pub(crate) fn kind_difference(&self, other: &Self) -> Option<&'static str> {
        [(self.members != other.members, "members"), (self.minority != other.minority, "minority")]
            .into_iter()
            .find_map(|(differs, what)| differs.then_some(what))
    }

    /// The first particular in which two parties of one name differ, if any.
    pub(crate) fn difference(&self, other: &Self) -> Option<&'static str> {
        [
            (self.members != other.members, "members"),
            (self.minority != other.minority, "minority"),
            (self.direct_seats != other.direct_seats, "direct seats"),
            (self.minimum != other.minimum, "minimum"),
            (self.maximum != other.maximum, "maximum"),
            (self.held != other.held, "held seats"),
        ]
        .into_iter()
        .find_map(|(differs, what)| differs.then_some(what))
    }
}

impl<S: Into<String>> From<S> for Party {
    fn from(name: S) -> Self {
        Self::new(name)
    }
}

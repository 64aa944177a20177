//! Alliances: lists that compete for seats together and share them afterwards (apparentement).

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;

/// Parties that stand together: seats go to the alliance by its members' votes, then to the members.
///
/// Alliances may hold alliances (Switzerland's sub-alliances).
///
/// # Examples
/// ```
/// use apportion::{Alliance, AllocationMethod, Count, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 600), ("B", 250), ("C", 190)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 4);
/// assert_eq!(rule.apply(&tally)?.seats("A"), Some(3));
/// let count = Count::from(tally).with_alliances([Alliance::new(["B", "C"])]);
/// let allied = rule.apply(&count)?;
/// assert_eq!(allied.seats("A"), Some(2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alliance {
    members: Vec<Member>,
    minimum: u64,
}

/// A member of an [`Alliance`].
///
/// # Examples
/// ```
/// use apportion::{Alliance, Member};
///
/// // B and C stand together first, and then with A.
/// let alliance = Alliance::new([Member::from("A"), Member::from(Alliance::new(["B", "C"]))]);
/// # let _ = alliance;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// A party, by name.
    Party(String),
    /// An alliance within the alliance.
    Alliance(Alliance),
}

impl Alliance {
    /// An alliance of parties, by name, or of alliances.
    #[must_use]
    pub fn new<M: Into<Member>>(members: impl IntoIterator<Item = M>) -> Self {
        Self { members: members.into_iter().map(Into::into).collect(), minimum: 0 }
    }

    /// Has at least `seats` seats together, those held included, as long as one of its members takes part.
    ///
    /// So the lists of a minority may have seats of their own whoever of them wins these.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Alliance, AllocationMethod, Count, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 700), ("B", 260), ("M", 25), ("N", 15)])?;
    /// let minority = Alliance::new(["M", "N"]).with_minimum(2);
    /// let count = Count::from(tally).with_alliances([minority]);
    /// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 10).apply(&count)?;
    /// assert_eq!(["A", "B", "M", "N"].map(|party| outcome.seats(party)), [Some(6), Some(2), Some(1), Some(1)]);
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn with_minimum(mut self, seats: u64) -> Self {
        self.minimum = seats;
        self
    }

    /// The fewest seats of its members together.
    #[must_use]
    pub const fn minimum(&self) -> u64 {
        self.minimum
    }

    /// Its members.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }
}

/// Alliances inside are dropped one after the other: each within the other, thousands would take the stack.
impl Drop for Alliance {
    fn drop(&mut self) {
        let mut waiting = core::mem::take(&mut self.members);
        while let Some(member) = waiting.pop() {
            if let Member::Alliance(mut inner) = member {
                waiting.append(&mut inner.members);
            }
        }
    }
}

impl<S: Into<String>> From<S> for Member {
    fn from(party: S) -> Self {
        Self::Party(party.into())
    }
}

impl From<Alliance> for Member {
    fn from(alliance: Alliance) -> Self {
        Self::Alliance(alliance)
    }
}

/// How deep alliances may hold alliances.
const MOST_LEVELS: usize = 64;

/// Refuses alliances without members, with parties that do not stand, with one party in two, and those nested too deep.
pub(crate) fn check<'a>(
    alliances: impl Iterator<Item = &'a Alliance>,
    stands: impl Fn(&str) -> bool,
) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<(&Alliance, usize)> = alliances.map(|alliance| (alliance, 1)).collect();
    while let Some((alliance, depth)) = waiting.pop() {
        if alliance.members.is_empty() {
            return Err(Error::EmptyAlliance);
        }
        if depth > MOST_LEVELS {
            return Err(Error::TooDeep { what: "alliances", most: MOST_LEVELS });
        }
        for member in &alliance.members {
            match member {
                Member::Alliance(inner) => waiting.push((inner, depth + 1)),
                Member::Party(name) if !stands(name) => {
                    return Err(Error::UnknownParty { name: name.clone(), place: "an alliance" });
                }
                Member::Party(name) if !seen.insert(name.as_str()) => {
                    return Err(Error::InTwoAlliances { name: name.clone() });
                }
                Member::Party(_) => {}
            }
        }
    }
    Ok(())
}

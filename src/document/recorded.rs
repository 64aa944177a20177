//! Seats on record, and whether an outcome agrees with them.

use core::fmt;

use alloc::collections::BTreeMap;
use alloc::string::String;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

use crate::outcome::{Outcome, PartyOutcome, TieOutcome};

/// The seats on record: of parties in the nation, and in places by name.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Election, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let mut election = Election::new(Rule::new(AllocationMethod::HARE, 5), tally);
/// let outcome = election.outcome()?;
/// assert_eq!(election.recorded.agrees(&outcome), None); // nothing is on record
/// election.recorded.nation.insert("A".to_string(), 3);
/// assert_eq!(election.recorded.agrees(&outcome), Some(true));
/// election.recorded.nation.insert("B".to_string(), 1);
/// assert_eq!(election.recorded.agrees(&outcome), Some(false));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Recorded {
    /// Seats by party in the nation.
    pub nation: BTreeMap<String, u64>,
    /// Seats by place and party.
    pub places: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Recorded {
    /// Whether nothing is on record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nation.is_empty() && self.places.values().all(BTreeMap::is_empty)
    }

    /// Whether an outcome agrees with every seat on record; `None` if none is.
    ///
    /// While ties are open, it agrees if one of their ends does.
    #[must_use]
    pub fn agrees(&self, outcome: &Outcome) -> Option<bool> {
        if self.is_empty() {
            return None;
        }
        let mut ways = outcome.ways().iter().filter_map(|way| way.outcome().ok()).peekable();
        Some(if ways.peek().is_some() { ways.any(|way| self.holds(way)) } else { self.holds(outcome) })
    }

    fn holds(&self, outcome: &Outcome) -> bool {
        let one_place = outcome.places().is_empty();
        let nation = if one_place {
            agree(outcome.parties(), outcome.ties(), &self.nation)
        } else {
            self.nation.iter().all(|(name, &seats)| within(outcome, name, seats))
        };
        let in_place = |(name, seats): (&String, &BTreeMap<String, u64>)| match outcome.at(name) {
            Some(place) => agree(place.parties(), place.ties(), seats),
            None => seats.values().all(|&seats| seats == 0),
        };
        nation && self.places.iter().all(in_place)
    }
}

/// Whether a party's seats in the nation can be these, by the ties of all places.
fn within(outcome: &Outcome, name: &str, seats: u64) -> bool {
    let certain = outcome.certain(name).unwrap_or(0);
    let tied =
        outcome.ties().iter().filter(|tie| tie.places().is_empty() && tie.parties().iter().any(|tied| tied == name));
    certain <= seats && seats - certain <= tied.count() as u64
}

/// Whether the parties of one place can have these seats.
fn agree(parties: &[PartyOutcome], ties: &[TieOutcome], recorded: &BTreeMap<String, u64>) -> bool {
    // Per tie, the seats that the record gives to its parties, and its parties without a record.
    let mut extra = alloc::vec![(0_u64, 0_u64); ties.len()];
    for party in parties {
        let tie = ties
            .iter()
            .position(|tie| tie.places().is_empty() && tie.parties().iter().any(|tied| tied == party.name()));
        let Some(&seats) = recorded.get(party.name()) else {
            if let Some(at) = tie {
                extra[at].1 += 1;
            }
            continue;
        };
        match (seats.checked_sub(party.certain()), tie) {
            (Some(0), _) => {}
            (Some(1), Some(at)) => extra[at].0 += 1,
            _ => return false,
        }
    }
    let unknown = recorded.iter().filter(|(name, _)| !parties.iter().any(|party| party.name() == name.as_str()));
    if unknown.into_iter().any(|(_, &seats)| seats > 0) {
        return false;
    }
    // A tie's other seats must fit the tied parties without a record.
    ties.iter()
        .zip(&extra)
        .all(|(tie, &(given, free))| !tie.places().is_empty() || (given <= tie.seats() && tie.seats() - given <= free))
}

/// Reads seats by name, and refuses a name twice.
pub(super) fn by_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, u64>, D::Error> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = BTreeMap<String, u64>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("seats by the names of parties")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut seats = Self::Value::new();
            while let Some((name, number)) = access.next_entry::<String, u64>()? {
                if seats.insert(name.clone(), number).is_some() {
                    return Err(A::Error::custom(format_args!("{name:?} has seats twice")));
                }
            }
            Ok(seats)
        }
    }
    deserializer.deserialize_map(Names)
}

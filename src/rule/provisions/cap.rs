//! Cap: the most seats that a share of the votes allows (Mexico, Constitution, art. 54).

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::allocate::{Asking, Entrant, Round};
use crate::count::{Base, PlaceId};
use crate::num::Ratio;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{CapRecord, FloorRecord, Record};
use crate::tie::Tie;

/// The most seats that a party's share of the votes allows: that share and some points, of the house.
///
/// What is beyond it goes to the other parties, by a quota of their own votes and seats.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Cap, Party, Rule, Tally};
///
/// // Mexico, Constitution, art. 54 IV and V: 300 of 500 deputies at most, and no more than the share of votes and 8 points.
/// let cap = Cap::new("8%".parse()?).house(500).most(300);
/// let tally = Tally::from_votes([
///     (Party::new("A").with_held(240), 50),
///     (Party::new("B").with_held(40), 30),
///     (Party::new("C").with_held(20), 20),
/// ])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 200).cap(cap).apply(&tally)?;
/// assert_eq!(outcome.seats("A"), Some(50)); // (50% + 8%) of 500 are 290, of which it holds 240
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cap {
    pub(crate) points: Ratio,
    pub(crate) of: Option<Base>,
    pub(crate) house: Option<u64>,
    pub(crate) most: Option<u64>,
}

impl Cap {
    /// This many points above the share of the admitted parties' votes, in a house of the seats given out.
    #[must_use]
    pub const fn new(points: Ratio) -> Self {
        Self { points, of: None, house: None, most: None }
    }

    /// Takes shares of this base.
    #[must_use]
    pub fn of(self, base: Base) -> Self {
        Self { of: Some(base), ..self }
    }

    /// Takes points of a house of `seats` seats, those held included.
    #[must_use]
    pub fn house(self, seats: u64) -> Self {
        Self { house: Some(seats), ..self }
    }

    /// Never allows more than this.
    #[must_use]
    pub fn most(self, seats: u64) -> Self {
        Self { most: Some(seats), ..self }
    }

    /// The most seats of a party with `votes` of `whole`, in a house of `seats` unless the cap names another.
    pub(crate) fn for_share(&self, votes: u64, whole: u128, seats: u64) -> u64 {
        let house = self.house.unwrap_or(seats);
        let most = self.most.unwrap_or(u64::MAX);
        if whole == 0 {
            return most;
        }
        // (votes / whole + points) x house, rounded down.
        let (points, unit) = (self.points.numerator(), self.points.denominator());
        let share = BigUint::from(votes) * unit + BigUint::from(whole) * points;
        u64::try_from(share * house / (BigUint::from(whole) * unit)).unwrap_or(u64::MAX).min(most)
    }
}

/// The most seats of a list by the tier's cap, those it holds included; an alliance's members are capped one by one.
pub(crate) fn of_list(session: &mut Session<'_>, asking: &Asking<'_>, at: usize) -> Result<Option<u64>, Halt> {
    let Some(cap) = &session.tier().cap else { return Ok(None) };
    let unit = asking.unit;
    let (votes, whole) = match cap.of {
        Some(base) => (unit.votes[at], session.base(unit.place, base)?),
        // What is counted of all who take part, spared votes included.
        None => {
            let whole = unit.admitted().iter().map(|&at| u128::from(unit.counted.votes[at])).sum();
            (unit.counted.votes[at], whole)
        }
    };
    Ok(Some(cap.for_share(votes, whole, unit.seats)))
}

/// The entrants that have more than their cap.
pub(crate) fn over(competing: &[&Entrant], seats: &[u64]) -> Vec<usize> {
    (0..competing.len()).filter(|&at| competing[at].cap().is_some_and(|cap| seats[at] > cap)).collect()
}

/// Whether the end of a tie changes who has more than its cap, or what the others get after that.
pub(crate) fn matters(competing: &[&Entrant], round: &Round) -> bool {
    let over_if_won = |&at: &usize| competing[at].cap().is_some_and(|cap| round.seats[at] >= cap);
    let tied = round.tie.as_ref().map(Tie::parties).unwrap_or_default();
    !tied.is_empty() && (!over(competing, &round.seats).is_empty() || tied.iter().any(over_if_won))
}

/// Records who gave seats up to the cap.
pub(crate) fn record(session: &mut Session<'_>, place: PlaceId, competing: &[&Entrant], over: &[usize], seats: &[u64]) {
    for &at in over {
        session.trace.push(Record::Capped(CapRecord {
            tier: session.tier,
            place,
            parties: competing[at].parties.clone(),
            would_have: seats[at],
            most: competing[at].cap().unwrap_or(0),
        }));
    }
}

/// Records that a list got what it has at least.
pub(crate) fn record_floor(session: &mut Session<'_>, place: PlaceId, entrant: &Entrant, seats: u64) {
    let parties = entrant.parties.clone();
    session.trace.push(Record::Floor(FloorRecord { tier: session.tier, place, parties, seats }));
}

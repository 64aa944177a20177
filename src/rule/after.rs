//! What a law does beside its method: a winner's bonus, caps, the absolute majority, exhausted lists.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::base::Base;
use crate::error::Error;
use crate::num::Ratio;

/// Seats for the party with most votes before the others are given out.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Bonus, Rule, Tally};
///
/// // Greece, law 4804/2021: 20 seats at 25% of the valid votes, one more for each half point, 50 at most.
/// let bonus = Bonus::new(20).from("25%".parse()?).step("0.5%".parse()?, 50);
/// let tally = Tally::from_votes([("A", 4_079), ("B", 3_021), ("C", 2_900)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 300).bonus(bonus).apply(&tally)?;
/// assert_eq!(outcome.seats("A"), Some(102 + 50));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bonus {
    pub(crate) seats: u64,
    pub(crate) from: Ratio,
    pub(crate) step: Option<Ratio>,
    pub(crate) most: Option<u64>,
    pub(crate) of: Base,
}

impl Bonus {
    /// So many seats whatever the winner's share.
    #[must_use]
    pub const fn new(seats: u64) -> Self {
        Self { seats, from: Ratio::ZERO, step: None, most: None, of: Base::Valid }
    }

    /// The same, and nothing below this share.
    #[must_use]
    pub fn from(self, share: Ratio) -> Self {
        Self { from: share, ..self }
    }

    /// The same with one more seat for each such step above that share, up to `most` in all.
    #[must_use]
    pub fn step(self, step: Ratio, most: u64) -> Self {
        Self { step: Some(step), most: Some(most), ..self }
    }

    /// The same by shares of this base.
    #[must_use]
    pub fn of(self, base: Base) -> Self {
        Self { of: base, ..self }
    }

    /// The bonus of a winner with `votes` of `whole`.
    pub(super) fn for_share(&self, votes: u64, whole: u128) -> u64 {
        if self.from.compare_part(votes.into(), whole).is_lt() {
            return 0;
        }
        let steps = match self.step {
            None => 0,
            // (votes / whole - from) / step, rounded down.
            Some(step) => {
                let above =
                    BigUint::from(votes) * self.from.denominator() - BigUint::from(whole) * self.from.numerator();
                let unit = BigUint::from(whole) * self.from.denominator() * step.numerator();
                u64::try_from(above * step.denominator() / unit.max(1_u8.into())).unwrap_or(u64::MAX)
            }
        };
        self.seats.saturating_add(steps).min(self.most.unwrap_or(u64::MAX))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        match self.step {
            Some(step) if step == Ratio::ZERO => Err(Error::ParameterOutOfRange {
                parameter: "the step of the bonus",
                value: "0".into(),
                range: "above 0",
            }),
            _ if self.from > Ratio::ONE => Err(Error::ShareAboveOne { share: self.from.to_string() }),
            _ => Ok(()),
        }
    }
}

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
    /// So many points above the share of the admitted parties' votes, in a house of the seats given out.
    #[must_use]
    pub const fn new(points: Ratio) -> Self {
        Self { points, of: None, house: None, most: None }
    }

    /// The same by shares of this base.
    #[must_use]
    pub fn of(self, base: Base) -> Self {
        Self { of: Some(base), ..self }
    }

    /// The same in a house of so many seats, those held included.
    #[must_use]
    pub fn house(self, seats: u64) -> Self {
        Self { house: Some(seats), ..self }
    }

    /// The same, and never more than this.
    #[must_use]
    pub fn most(self, seats: u64) -> Self {
        Self { most: Some(seats), ..self }
    }

    /// The most seats of a party with `votes` of `whole`, in a house of `seats` unless the cap names another.
    pub(super) fn for_share(&self, votes: u64, whole: u128, seats: u64) -> u64 {
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

/// The rule that a list with more than half of the votes has more than half of the seats.
///
/// Where it does not, it gets one more, and the list gives one up that won its seat by the smallest average or remainder
/// (Netherlands, Kieswet, art. P 9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Majority {
    pub(crate) drawn: Vec<String>,
}

impl Majority {
    /// The rule; a tie over who gives up the seat is left to the tie-break, whose winners keep theirs.
    #[must_use]
    pub const fn new() -> Self {
        Self { drawn: Vec::new() }
    }

    /// The same where, of lists with equal claims, the first of these gives up the seat: lots drawn by hand.
    #[must_use]
    pub fn drawn<S: ToString>(self, names: impl IntoIterator<Item = S>) -> Self {
        Self { drawn: names.into_iter().map(|name| name.to_string()).collect() }
    }
}

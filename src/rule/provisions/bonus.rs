//! Bonus: seats for the winner before the others are given out (Greece, Argentina's provinces, San Marino).

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::alliances::Node;
use super::allocate::{Asking, Entrant};
use crate::allocation::Allocation;
use crate::count::Base;
use crate::error::Error;
use crate::num::Ratio;
use crate::outcome::Warning;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{BonusRecord, Record};
use crate::tie::Tie;

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
    /// This number of seats, whatever the winner's share.
    #[must_use]
    pub const fn new(seats: u64) -> Self {
        Self { seats, from: Ratio::ZERO, step: None, most: None, of: Base::Valid }
    }

    /// Gives nothing below this share.
    #[must_use]
    pub fn from(self, share: Ratio) -> Self {
        Self { from: share, ..self }
    }

    /// Adds one seat for each such step above that share, up to `most` in all.
    #[must_use]
    pub fn step(self, step: Ratio, most: u64) -> Self {
        Self { step: Some(step), most: Some(most), ..self }
    }

    /// Takes shares of this base.
    #[must_use]
    pub fn of(self, base: Base) -> Self {
        Self { of: base, ..self }
    }

    /// The bonus of a winner with `votes` of `whole`.
    fn for_share(&self, votes: u64, whole: u128) -> u64 {
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

    pub(crate) fn check(&self) -> Result<(), Error> {
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

/// The winner's position in the unit and its bonus, if the law has one and the winner's share reaches it.
pub(crate) fn apply(
    session: &mut Session<'_>,
    asking: &Asking<'_>,
    nodes: &[Node],
    seats: u64,
) -> Result<Option<(usize, u64)>, Halt> {
    let Some(bonus) = session.tier().bonus.clone().filter(|_| seats > 0) else { return Ok(None) };
    let entrants = nodes.iter().map(|node| asking.entrant(session, node)).collect::<Result<Vec<_>, _>>()?;
    let Some(most) = entrants.iter().map(|entrant| entrant.votes).max() else { return Ok(None) };
    let whole = session.base(asking.unit.place, bonus.of)?;
    let extra = bonus.for_share(most, whole);
    if extra == 0 {
        return Ok(None);
    }
    if extra > seats {
        return Err(Error::BonusExceedsSeats { bonus: extra, seats }.into());
    }
    let winner = winner(session, asking, nodes, &entrants, most)?;
    let place = asking.unit.place;
    let at = entrants[winner].first;
    let name = session.figures.name(asking.unit.parties[at]).to_string();
    // In an alliance, the bonus goes to its first list, whose own maximum it counts towards.
    let upper = asking.entrant(session, &Node::list(at))?.upper;
    let given = upper.map_or(extra, |upper| extra.min(upper));
    if given < extra {
        let district = session.place_name(place);
        session.warnings.push(Warning::BonusCut { party: name, bonus: extra, given, district });
    }
    session.trace.push(Record::Bonus(BonusRecord {
        tier: session.tier,
        place,
        party: asking.unit.parties[at],
        votes: most,
        whole,
        of: bonus.of,
        seats: given,
    }));
    Ok(Some((at, given)).filter(|&(_, seats)| seats > 0))
}

/// The entrant with most votes; of equal ones, the one that the tie-break chooses as it would for a seat.
fn winner(
    session: &mut Session<'_>,
    asking: &Asking<'_>,
    nodes: &[Node],
    entrants: &[Entrant],
    most: u64,
) -> Result<usize, Halt> {
    let first: Vec<usize> = (0..entrants.len()).filter(|&index| entrants[index].votes == most).collect();
    let Some(tie) = Tie::among(first.clone(), 1) else { return Ok(first[0]) };
    let candidates: Vec<_> = entrants.iter().map(|entrant| entrant.parties.clone()).collect();
    let votes: Vec<u64> = entrants.iter().map(|entrant| entrant.votes).collect();
    let mut choice = Allocation::new(vec![0; entrants.len()]).with_open(Some(tie.clone()));
    let (chain, mut spent) = session.chain(asking.unit.place, &candidates);
    let before = spent.clone();
    choice.settle_once(&votes, &chain, &mut spent);
    session.spend(&before, &spent);
    match choice.certain().iter().position(|&chosen| chosen == 1) {
        Some(winner) => Ok(winner),
        None => Ok(asking.ask(session, nodes, &tie, "the bonus")?[0]),
    }
}

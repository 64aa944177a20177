//! Rules: the law of one allocation, as a value.

mod admission;
mod after;
mod alliances;
mod apply;
mod districts;
mod level;

use alloc::string::String;
use alloc::vec::Vec;

use crate::allocation::TieBreak;
use crate::base::Base;
use crate::district::SeatsBy;
use crate::method::{AllocationMethod, Excess};
use crate::num::Ratio;
use crate::threshold::Threshold;

pub use after::{Bonus, Cap, Majority};

/// The law of one allocation: method, seats, threshold, admission, bounds and tie-break, and what comes after them.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("Nur Otan", 5_621_436), ("Ak Zhol", 518_405), ("CPPK", 498_788), ("OSDP", 116_534)])?;
/// let majilis = Rule::new(AllocationMethod::HARE, 98)
///     .threshold(Threshold::share("7%".parse()?).of(Base::Valid))
///     .admit_at_least(2);
/// let outcome = majilis.apply(&tally)?;
/// assert_eq!(outcome.seats("Ak Zhol"), Some(8));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(crate) method: AllocationMethod,
    pub(crate) seats: u64,
    pub(crate) threshold: Option<Threshold>,
    pub(crate) admit_at_least: usize,
    pub(crate) quota_base: Option<Base>,
    pub(crate) tie_break: Vec<TieBreak<String>>,
    pub(crate) excess: Excess,
    pub(crate) vacancies: bool,
    pub(crate) spare_votes: bool,
    /// The weight of a party admitted because too few passed, and its minimum.
    pub(crate) second_list: Option<(Ratio, u64)>,
    /// The share of the votes that the admitted must hold.
    pub(crate) admitted_share: Option<(Ratio, Base)>,
    pub(crate) none_passes_all: bool,
    pub(crate) bonus: Option<Bonus>,
    pub(crate) cap: Option<Cap>,
    pub(crate) majority: Option<Majority>,
    /// Whether maximums hold after the method, not within it.
    pub(crate) reassign: bool,
    pub(crate) alliance_method: Option<AllocationMethod>,
    pub(crate) seats_by: Option<SeatsBy>,
}

impl Rule {
    /// A rule that gives out `seats` seats by `method`: no threshold, no tie-break.
    #[must_use]
    pub const fn new(method: AllocationMethod, seats: u64) -> Self {
        Self {
            method,
            seats,
            threshold: None,
            admit_at_least: 0,
            quota_base: None,
            tie_break: Vec::new(),
            excess: Excess::Error,
            vacancies: false,
            spare_votes: false,
            second_list: None,
            admitted_share: None,
            none_passes_all: false,
            bonus: None,
            cap: None,
            majority: None,
            reassign: false,
            alliance_method: None,
            seats_by: None,
        }
    }

    /// The same with a threshold.
    #[must_use]
    pub fn threshold(self, threshold: Threshold) -> Self {
        Self { threshold: Some(threshold), ..self }
    }

    /// The same admitting the next parties by votes while fewer than this many pass the threshold.
    #[must_use]
    pub fn admit_at_least(self, parties: usize) -> Self {
        Self { admit_at_least: parties, ..self }
    }

    /// The same, where a party that [`admit_at_least`](Self::admit_at_least) brings in counts at this weight and has at
    /// least so many seats.
    ///
    /// A quota stays that of the admitted parties' whole votes; what a party's votes buy is weighed (Kazakhstan,
    /// Constitutional Law on Elections, art. 97-1 as of 2009: the quotient of the second list times 0.7, and two seats).
    /// Seats that this leaves beyond one for each party go on in the order of remainders. Where a party has fewer seats
    /// than its minimum, it gets that, and the others share the rest by themselves.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Rule, Tally, Threshold};
    ///
    /// let tally = Tally::from_votes([("Nur Otan", 5_247_720), ("OSDP", 269_310), ("Ak Zhol", 183_346)])?;
    /// let majilis = Rule::new(AllocationMethod::HARE, 98)
    ///     .threshold(Threshold::share("7%".parse()?))
    ///     .admit_at_least(2)
    ///     .second_list("7/10".parse()?, 2);
    /// // 4.78 quotas, of which 7/10 are 3.35: three seats, and one of the two that are left.
    /// assert_eq!(majilis.apply(&tally)?.seats("OSDP"), Some(4));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn second_list(self, weight: Ratio, minimum: u64) -> Self {
        Self { second_list: Some((weight, minimum)), ..self }
    }

    /// The same admitting the next parties by votes while the admitted hold less than this share (Lithuania: 60%).
    #[must_use]
    pub fn admitted_share(self, share: Ratio, of: Base) -> Self {
        Self { admitted_share: Some((share, of)), ..self }
    }

    /// The same admitting every party where none passes the threshold (Algeria, Serbia, Colombia).
    #[must_use]
    pub fn none_passes_all(self, all: bool) -> Self {
        Self { none_passes_all: all, ..self }
    }

    /// The same with seats for the winner before the rest are given out.
    #[must_use]
    pub fn bonus(self, bonus: Bonus) -> Self {
        Self { bonus: Some(bonus), ..self }
    }

    /// The same with a cap on what a share of the votes may bring.
    #[must_use]
    pub fn cap(self, cap: Cap) -> Self {
        Self { cap: Some(cap), ..self }
    }

    /// The same where more than half of the votes bring more than half of the seats.
    #[must_use]
    pub fn majority(self, majority: Majority) -> Self {
        Self { majority: Some(majority), ..self }
    }

    /// The same where maximums, the candidates of each list, hold after the method: seats beyond them return, and the
    /// stages go on with the other lists (Netherlands, Kieswet, art. P 10). Otherwise they hold within it.
    #[must_use]
    pub fn reassign(self, reassign: bool) -> Self {
        Self { reassign, ..self }
    }

    /// The same sharing an alliance's seats among its members by another method.
    #[must_use]
    pub fn alliance_method(self, method: AllocationMethod) -> Self {
        Self { alliance_method: Some(method), ..self }
    }

    /// The same giving its seats to districts first.
    #[must_use]
    pub fn seats_by(self, by: SeatsBy) -> Self {
        Self { seats_by: Some(by), ..self }
    }

    /// The same with a quota taken of this base instead of the admitted parties' votes.
    #[must_use]
    pub fn quota_base(self, base: Base) -> Self {
        Self { quota_base: Some(base), ..self }
    }

    /// The same settling ties by these tie-breaks, tried in turn.
    #[must_use]
    pub fn tie_break(self, chain: impl Into<Vec<TieBreak<String>>>) -> Self {
        Self { tie_break: chain.into(), ..self }
    }

    /// The same with this answer to whole quotas that give out more seats than there are.
    #[must_use]
    pub fn excess(self, excess: Excess) -> Self {
        Self { excess, ..self }
    }

    /// The same leaving seats vacant that no party's maximum lets it take; an error otherwise.
    #[must_use]
    pub fn vacancies(self, allowed: bool) -> Self {
        Self { vacancies: allowed, ..self }
    }

    /// The same counting a ranked ballot whose first party is not admitted for the first admitted party on it.
    ///
    /// Thresholds look at first choices.
    #[must_use]
    pub fn spare_votes(self, spared: bool) -> Self {
        Self { spare_votes: spared, ..self }
    }

    /// The same giving out this many seats.
    #[must_use]
    pub fn with_seats(self, seats: u64) -> Self {
        Self { seats, ..self }
    }

    /// The same by this method.
    #[must_use]
    pub fn with_method(self, method: AllocationMethod) -> Self {
        Self { method, ..self }
    }

    /// The same without a threshold.
    #[must_use]
    pub fn without_threshold(self) -> Self {
        Self { threshold: None, ..self }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &AllocationMethod {
        &self.method
    }

    /// The seats to be given out.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.seats
    }
}

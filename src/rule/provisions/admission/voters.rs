//! Shares of voter numbers, for the quorums of biproportional laws (Schwyz, Graubünden: *Wähleranteil*).

use core::cmp::Ordering;
use core::fmt;

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::Candidate;
use crate::count::{Base, Level};
use crate::error::Error;
use crate::num::Ratio;
use crate::num::text::percent;
use crate::rule::method::Method;
use crate::rule::session::Session;

/// A party's share of all voter numbers beside the share that it needs; prints as "2.91% of voter numbers, below 3%".
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Base, Count, Divisors, Level, Place, Rule, Shortfall, Tally, Threshold};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 36), ("C", 4)])?).with_seats(5),
///     Place::district("South", Tally::from_votes([("A", 40), ("B", 57), ("C", 3)])?).with_seats(5),
/// ])?;
/// let law = Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes);
/// let quorum = Threshold::share("5%".parse()?).of(Base::Voters).at(Level::Nation);
/// let outcome = Rule::new(law, 10).threshold(quorum).apply(&count)?;
/// let c = outcome.party("C").expect("it stood");
/// let Some(Shortfall::Voters(share)) = c.admission().shortfall() else { panic!("it has too few voters") };
/// assert_eq!((share.needed(), share.is_strict()), ("5%".parse()?, false));
/// assert_eq!(share.to_string(), "3.50% of voter numbers, below 5%");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VoterShare {
    part: BigUint,
    whole: BigUint,
    share: Ratio,
    strict: bool,
}

impl VoterShare {
    /// The share needed.
    #[must_use]
    pub const fn needed(&self) -> Ratio {
        self.share
    }

    /// Whether more than that share is needed.
    #[must_use]
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// The party's voters and all voters, to one scale.
    #[cfg(feature = "serde")]
    pub(crate) const fn sides(&self) -> (&BigUint, &BigUint) {
        (&self.part, &self.whole)
    }

    pub(super) fn is_met(&self) -> bool {
        let order = (&self.part * self.share.denominator()).cmp(&(&self.whole * self.share.numerator()));
        order == Ordering::Greater || (order == Ordering::Equal && !self.strict)
    }

    /// Both sides for a candidate: its voters in the districts of its place, and those of all lists there.
    pub(super) fn of(
        share: Ratio,
        strict: bool,
        candidate: Candidate<'_>,
        session: &Session<'_>,
    ) -> Result<Self, Error> {
        let Method::Biproportional(law) = &session.tier().method else {
            return Err(Error::KeyWithoutKind { key: "of = \"voters\"", kind: "biproportional" });
        };
        let districts = session.figures.inside(candidate.place, Level::District);
        let mut seats = Vec::with_capacity(districts.len());
        for &district in &districts {
            seats.push(session.seats_of(district)?);
        }
        let all = &session.figures.spot(candidate.place).parties;
        let mut votes = Vec::with_capacity((all.len() + 1) * districts.len());
        for &party in all {
            votes.extend(districts.iter().map(|&district| session.figures.spot(district).votes_of(party)));
        }
        // Lists that are not named count as one in each district.
        for &district in &districts {
            votes.push(crate::count::tally::fits("other lists", session.figures.spot(district).tally.other())?);
        }
        let voters = law.voters.numbers(&votes, &seats)?;
        let own = all.iter().zip(voters.numerators()).filter(|(party, _)| candidate.parties.contains(party));
        Ok(Self { part: own.map(|(_, voters)| voters).sum(), whole: voters.numerators().iter().sum(), share, strict })
    }
}

impl fmt::Display for VoterShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Leading bits are enough to print, and what was decided is decided.
        let shift = self.whole.bits().saturating_sub(96);
        let short = |number: &BigUint| u128::try_from(number >> shift).unwrap_or(u128::MAX);
        let has = percent(short(&self.part), short(&self.whole), Some(self.share));
        let below = if self.strict { "not above" } else { "below" };
        write!(f, "{has} of {}, {below} {}", Base::Voters, self.share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_just_reached_is_enough_unless_more_is_asked() {
        let is_met = |part: u32, strict: bool| {
            let (part, whole) = (BigUint::from(part), BigUint::from(300_u32));
            VoterShare { part, whole, share: Ratio::new(5, 100).unwrap(), strict }.is_met()
        };
        assert_eq!([14, 15, 16].map(|part| is_met(part, false)), [false, true, true]);
        assert_eq!([14, 15, 16].map(|part| is_met(part, true)), [false, false, true]);
    }
}

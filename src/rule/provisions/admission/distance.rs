//! How far a party is from a threshold, in ballots of its own.

use num_bigint::BigUint;

use super::Shortfall;
use crate::count::Base;

impl Shortfall {
    /// The fewest ballots more, all for the party alone, with which it reaches what it lacks; `None` where votes do not
    /// decide, and where several conditions or a quota, which moves as well, do.
    ///
    /// Ballots that the share is taken of grow with them: 6 of 100 are one ballot short of 6.9%, as 7 of 101 are 6.93%.
    #[must_use]
    pub fn votes_short(&self) -> Option<u128> {
        match self {
            Self::Share { .. } => {
                let Sides { asked, has, each, strict } = self.sides()?;
                let missing = if asked > has { asked - has } else { BigUint::ZERO };
                let short = if strict { missing / each + 1_u8 } else { (missing + &each - 1_u8) / each };
                u128::try_from(short).ok()
            }
            Self::Votes { votes, needed, strict } => {
                Some((u128::from(*needed) + u128::from(*strict)).saturating_sub(u128::from(*votes)))
            }
            Self::In { lacks, .. } => lacks.votes_short(),
            Self::All(list) => match &list[..] {
                [only] => only.votes_short(),
                _ => None,
            },
            _ => None,
        }
    }

    /// The most ballots that the party alone can lose and still have what is asked, for a comparison that was met;
    /// `None` where votes do not decide, or a quota that moves with them.
    #[must_use]
    pub fn votes_to_spare(&self) -> Option<u128> {
        match self {
            Self::Share { votes, .. } => {
                let Sides { asked, has, each, strict } = self.sides()?;
                let more = if has > asked { has - asked } else { BigUint::ZERO };
                let spare = if strict { (more.max(BigUint::from(1_u8)) - 1_u8) / each } else { more / each };
                Some(u128::try_from(spare).ok()?.min(u128::from(*votes)))
            }
            Self::Votes { votes, needed, strict } => {
                Some(u128::from(*votes).saturating_sub(u128::from(*needed) + u128::from(*strict)))
            }
            _ => None,
        }
    }

    /// Both sides of a share, times its denominator; `each` is what one ballot changes between them.
    fn sides(&self) -> Option<Sides> {
        let Self::Share { votes, whole, of, share, strict } = self else { return None };
        let (part, parts) = (BigUint::from(share.numerator()), BigUint::from(share.denominator()));
        let moves = !matches!(of, Base::Registered | Base::Population);
        let (asked, has) = (&part * *whole, &parts * *votes);
        let each = if moves { parts - part } else { parts };
        (each != BigUint::ZERO).then_some(Sides { asked, has, each, strict: *strict })
    }
}

struct Sides {
    asked: BigUint,
    has: BigUint,
    each: BigUint,
    strict: bool,
}

//! Where a party stands beside a threshold, with the votes to spare or short.

use apportion::{Base, Ratio, Shortfall};
use serde_json::{Value, json};

use crate::numbers::{count, percent};

/// What a threshold asked of a party, where it is one number of votes: a share, or votes themselves.
pub(super) struct Line {
    votes: u64,
    needed: u128,
    met: bool,
    /// The share of a base, the base, and what it counts.
    share: Option<(Ratio, u128, Base)>,
    strict: bool,
}

impl Line {
    /// The line of a comparison: both its sides, and whether it was met.
    pub(super) fn of(sides: &Shortfall, met: bool) -> Option<Self> {
        match sides {
            Shortfall::Share { votes, whole, of, share, strict } => {
                let (top, bottom) = (u128::from(share.numerator()), u128::from(share.denominator()));
                let product = top.checked_mul(*whole)?;
                let needed = if *strict { product / bottom + 1 } else { product.div_ceil(bottom) };
                let share = Some((*share, *whole, *of));
                Some(Self { votes: *votes, needed, met, share, strict: *strict })
            }
            Shortfall::Votes { votes, needed, strict } => {
                let needed = u128::from(*needed) + u128::from(*strict);
                Some(Self { votes: *votes, needed, met, share: None, strict: *strict })
            }
            _ => None,
        }
    }

    /// Ballots of the party alone until the line is crossed: to spare, which may go, or short, which bring it in. Bases of
    /// what is cast move with them.
    fn distance(&self) -> Option<u128> {
        let votes = u128::from(self.votes);
        let Some((share, whole, _)) = self.share.filter(|(.., of)| *of != Base::Registered) else {
            return Some(votes.abs_diff(self.needed));
        };
        let (top, bottom) = (u128::from(share.numerator()), u128::from(share.denominator()));
        let (has, asked) = (votes.checked_mul(bottom)?, top.checked_mul(whole)?);
        // With k ballots more of the party: (votes + k) / (whole + k) against the share.
        let step = bottom.checked_sub(top).filter(|&step| step > 0)?;
        let apart = has.abs_diff(asked);
        Some(match (self.met, self.strict) {
            (true, false) => apart / step,
            (true, true) => apart.checked_sub(1)? / step,
            (false, false) => apart.div_ceil(step),
            (false, true) => apart / step + 1,
        })
    }

    /// The party's share with as many decimals as tell it from the line.
    fn share_text(&self) -> Option<String> {
        let (share, whole, _) = self.share?;
        let (top, bottom) = (u128::from(share.numerator()), u128::from(share.denominator()));
        let apart = |decimals: &u32| {
            let has = percent(self.votes.into(), whole, *decimals);
            has.is_some() && has != percent(top, bottom, *decimals)
        };
        let is_equal = share.compare_part(self.votes.into(), whole).is_eq();
        let decimals = if is_equal { 1 } else { (1..=9).find(apart).unwrap_or(9) };
        percent(self.votes.into(), whole, decimals)
    }

    pub(super) fn to_json(&self) -> Value {
        let distance = self.distance().map(count);
        let mut line = json!({ "met": self.met, "needed": count(self.needed), "strict": self.strict });
        line[if self.met { "spare" } else { "short" }] = distance.unwrap_or(Value::Null);
        if let Some((share, whole, of)) = self.share {
            line["line"] = share.to_string().into();
            line["of"] = of.to_string().into();
            line["whole"] = count(whole);
            line["share"] = self.share_text().map_or(Value::Null, Value::from);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(votes: u64, whole: u128, met: bool, strict: bool) -> Line {
        let share: Ratio = "7%".parse().unwrap();
        Line::of(&Shortfall::Share { votes, whole, of: Base::Valid, share, strict }, met).unwrap()
    }

    #[test]
    fn votes_to_spare_and_short_move_the_total_with_them() {
        assert_eq!(line(518_405, 6_941_220, true, false).distance(), Some(34_967));
        assert_eq!(line(116_534, 6_941_220, false, false).distance(), Some(397_153));
    }

    #[test]
    fn the_distance_is_that_of_trying_every_number() {
        for votes in 0..30_u64 {
            for strict in [false, true] {
                let passes =
                    |votes: u64, whole: u64| if strict { votes * 100 > whole * 7 } else { votes * 100 >= whole * 7 };
                let met = passes(votes, 100);
                let tried = if met {
                    (0..=votes).take_while(|gone| passes(votes - gone, 100 - gone)).last()
                } else {
                    (1..200).find(|more| passes(votes + more, 100 + more))
                };
                assert_eq!(line(votes, 100, met, strict).distance(), tried.map(u128::from), "{votes} {strict}");
            }
        }
    }

    #[test]
    fn a_share_next_to_the_line_is_told_from_it() {
        assert_eq!(line(485_885, 6_941_220, false, false).share_text().as_deref(), Some("6.99999"));
        assert_eq!(line(7, 100, true, false).share_text().as_deref(), Some("7.0"));
        assert_eq!(line(8, 100, true, false).share_text().as_deref(), Some("8.0"));
    }
}

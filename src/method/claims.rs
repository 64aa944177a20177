//! Claims: what the methods ask about the votes of a contest, whatever kind of number the votes are.

use core::cmp::Ordering;

use num_bigint::BigUint;

use super::contest::Contest;
use super::divisor::{Claim, Divisors};
use super::quota::{Quota, QuotaSize};
use crate::error::Error;

/// What the methods ask about the votes of a contest.
///
/// Votes are counts in a [`Contest`] and weights of any size in an [`ExactContest`](super::exact::ExactContest); the
/// methods are written once, for both.
pub(crate) trait Claims {
    /// The votes that buy one seat.
    type Size;
    /// A part of a quota, which compares with those of the other parties.
    type Rest: Ord + Clone;

    /// The seats and bounds. Its votes compare as the true ones do, and are zero where those are.
    fn contest(&self) -> &Contest<'_>;

    /// The votes times some common factor, roughly, and zero only where they are: for guesses.
    fn rough_votes(&self) -> &[u64];

    /// The votes themselves, where they are counts.
    fn counts(&self) -> Option<&[u64]> {
        None
    }

    /// The votes that buy one seat.
    fn quota(&self, quota: Quota) -> Result<Self::Size, Error>;

    /// The whole quotas in a party's votes, and what is left of them.
    fn whole_and_rest(&self, party: usize, size: &Self::Size) -> (u128, Self::Rest);

    /// What is left of a party's votes after `seats` quotas, times a factor that is the same for all parties; zero where
    /// the quotas are more.
    fn left(&self, party: usize, size: &Self::Size, seats: u64) -> BigUint;

    /// How two claims compare, exactly: `Greater` when the first comes first. Their parties have votes.
    fn order(&self, divisors: &Divisors) -> impl Fn(SeatClaim, SeatClaim) -> Ordering;
}

/// A party's claim to its seat number `seat`, counted from 0 and from the seats it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeatClaim {
    pub(crate) party: usize,
    pub(crate) seat: u64,
}

impl Claims for Contest<'_> {
    type Size = QuotaSize;
    type Rest = u128;

    fn contest(&self) -> &Contest<'_> {
        self
    }

    fn rough_votes(&self) -> &[u64] {
        self.votes
    }

    fn counts(&self) -> Option<&[u64]> {
        Some(self.votes)
    }

    fn quota(&self, quota: Quota) -> Result<QuotaSize, Error> {
        quota.of(self.quota_base(), self.seats)
    }

    fn whole_and_rest(&self, party: usize, &QuotaSize { votes: price, parts }: &QuotaSize) -> (u128, u128) {
        let votes = self.votes[party];
        // votes / (price / parts). The product outgrows 128 bits only within 3 seats of 2^64.
        match u128::from(votes).checked_mul(parts) {
            Some(product) => (product / price, product % price),
            None => {
                let product = BigUint::from(votes) * parts;
                let whole = &product / price;
                let rest = product - &whole * price;
                (u128::try_from(whole).unwrap_or(u128::MAX), u128::try_from(rest).unwrap_or(0))
            }
        }
    }

    fn left(&self, party: usize, &QuotaSize { votes: price, parts }: &QuotaSize, seats: u64) -> BigUint {
        let (votes, quotas) = (BigUint::from(self.votes[party]) * parts, BigUint::from(price) * seats);
        if votes > quotas { votes - quotas } else { BigUint::ZERO }
    }

    fn order(&self, divisors: &Divisors) -> impl Fn(SeatClaim, SeatClaim) -> Ordering {
        let ladder = divisors.ladder();
        let claim = |claim: SeatClaim| Claim { votes: self.votes[claim.party], index: claim.seat };
        move |a, b| ladder.compare(claim(a), claim(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_votes_is_counted_in_parts_of_a_vote() {
        let votes = [10, 3];
        let contest = Contest::new(&votes, 4);
        // 13 votes buy 4 seats: a quota is 13/4 votes, and what is left is counted in fourths.
        let size = contest.quota(Quota::HARE).unwrap();
        assert_eq!(contest.counts(), Some(&votes[..]));
        assert_eq!([0, 1].map(|party| contest.whole_and_rest(party, &size)), [(3, 1), (0, 12)]);
        assert_eq!([0, 2, 3].map(|seats| contest.left(0, &size, seats)), [40_u8, 14, 1].map(BigUint::from));
        assert_eq!(contest.left(0, &size, 4), BigUint::ZERO);
        let equal = QuotaSize { votes: 5, parts: 1 };
        assert_eq!([1, 2, 3].map(|seats| contest.left(0, &equal, seats)), [5_u8, 0, 0].map(BigUint::from));
    }

    #[test]
    fn whole_quotas_are_exact_where_products_outgrow_128_bits() {
        let votes = [u64::MAX, 5];
        let contest = Contest::new(&votes, 1);
        let two_to_64 = 1_u128 << 64;
        let size = QuotaSize { votes: two_to_64 + 4, parts: two_to_64 + 2 };
        // (2^64 - 1) (2^64 + 2) = (2^64 + 4) (2^64 - 3) + 10
        assert_eq!(contest.whole_and_rest(0, &size), (two_to_64 - 3, 10));
    }
}

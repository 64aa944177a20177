//! Voter numbers: what a party's votes weigh when the house is given out to parties, where voters have as many votes as
//! their district has seats.

use core::fmt;

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::error::Error;

/// How the votes of a district become voters.
///
/// The choice decides seats: in Uster, 2006, exact numbers give the last seat to one party, and rounded ones a tie. So
/// there is no default.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
///
/// // Two parties in districts of 2 and 3 seats, in which a voter has as many votes: 3/2 + 7/3 and 1/2 + 9/3 voters.
/// let votes = [3, 7, 1, 9];
/// assert_eq!(Voters::Exact.numbers(&votes, &[2, 3])?.to_string(), "23/6, 21/6");
/// assert_eq!(Voters::Rounded.numbers(&votes, &[2, 3])?.to_string(), "4, 4"); // the last seat may be a tie then
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Voters {
    /// Votes / seats of the district, rounded to the nearest whole number, a half up, before they are summed: city of
    /// Zürich, 2006.
    Rounded,
    /// Votes / seats of the district, exactly: Graubünden, 2022.
    Exact,
    /// The votes themselves: one vote a voter.
    Votes,
}

impl Voters {
    /// The voter number of every party: the sum over its districts. A district without seats counts for nothing.
    ///
    /// `votes` are flat, one party after the other, as in [`Matrix::new`](super::Matrix::new).
    ///
    /// # Errors
    /// [`Error::NoDistricts`], and [`Error::TableSize`] for votes that are not one a district for every party: three votes
    /// in two districts.
    ///
    /// # Examples
    /// ```
    /// use apportion::matrix::Voters;
    ///
    /// // Two parties in districts of 2 and 3 seats.
    /// let votes = [3, 7, 1, 9];
    /// let text = |voters: Voters| voters.numbers(&votes, &[2, 3]).map(|numbers| numbers.to_string());
    /// assert_eq!(text(Voters::Exact)?, "23/6, 21/6");
    /// assert_eq!(text(Voters::Rounded)?, "4, 4"); // 2 + 2, 1 + 3
    /// assert_eq!(text(Voters::Votes)?, "10, 10");
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn numbers(self, votes: &[u64], district_seats: &[u64]) -> Result<VoterNumbers, Error> {
        let districts = district_seats.len();
        if districts == 0 {
            return Err(Error::NoDistricts);
        }
        if votes.len() % districts != 0 {
            let parties = votes.len() / districts + 1;
            return Err(Error::TableSize { what: "votes", parties, districts, found: votes.len() });
        }
        let denominator = if self == Self::Exact { common_multiple(district_seats) } else { 1_u32.into() };
        let voters = |votes: u64, seats: u64| -> BigUint {
            match self {
                _ if seats == 0 => BigUint::ZERO,
                Self::Rounded => ((2 * u128::from(votes) + u128::from(seats)) / (2 * u128::from(seats))).into(),
                Self::Exact => &denominator / seats * votes,
                Self::Votes => votes.into(),
            }
        };
        let party = |row: &[u64]| row.iter().zip(district_seats).map(|(&votes, &seats)| voters(votes, seats)).sum();
        let numerators = votes.chunks_exact(districts).map(party).collect();
        Ok(VoterNumbers { numerators, denominator })
    }
}

/// The voter numbers of all parties, exactly, over one denominator.
///
/// # Examples
/// ```
/// use apportion::matrix::{VoterNumbers, Voters};
///
/// let numbers: VoterNumbers = Voters::Exact.numbers(&[3, 7, 1, 9], &[2, 3])?;
/// assert_eq!(numbers.parties(), 2);
/// assert_eq!(numbers.to_string(), "23/6, 21/6"); // over one denominator, to be compared at a glance
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VoterNumbers {
    numerators: Vec<BigUint>,
    denominator: BigUint,
}

impl VoterNumbers {
    /// The numerators, by party.
    #[must_use]
    pub(crate) fn numerators(&self) -> &[BigUint] {
        &self.numerators
    }

    /// The denominator of all of them.
    #[must_use]
    pub(crate) const fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// How many parties there are.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.numerators.len()
    }
}

impl fmt::Display for VoterNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.denominator == BigUint::from(1_u32);
        for (index, numerator) in self.numerators.iter().enumerate() {
            let gap = if index > 0 { ", " } else { "" };
            write!(f, "{gap}{numerator}")?;
            if !whole {
                write!(f, "/{}", self.denominator)?;
            }
        }
        Ok(())
    }
}

/// The least common multiple of the numbers that are not 0.
fn common_multiple(numbers: &[u64]) -> BigUint {
    numbers.iter().filter(|&&number| number > 0).fold(1_u32.into(), |multiple: BigUint, &number| {
        let rest = (&multiple % number).iter_u64_digits().next().unwrap_or(0);
        multiple * (number / common_divisor(rest, number))
    })
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while a > 0 {
        (a, b) = (b % a, a);
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_common_multiple_is_no_greater_than_it_must_be() {
        assert_eq!(common_multiple(&[4, 6, 0, 10, 4]), 60_u32.into());
        assert_eq!(common_multiple(&[7]), 7_u32.into());
        assert_eq!(common_multiple(&[]), 1_u32.into());
        let [most, next] = [u64::MAX, u64::MAX - 1];
        assert_eq!(common_multiple(&[most, next]), BigUint::from(most) * next);
    }

    #[test]
    fn a_table_that_is_no_table_is_named_with_its_parties() {
        let error = Voters::Exact.numbers(&[1, 2, 3, 4, 5], &[1, 1]).unwrap_err();
        let known = Error::TableSize { what: "votes", parties: 3, districts: 2, found: 5 };
        assert_eq!(error, known);
        assert_eq!(Voters::Exact.numbers(&[1, 2, 3, 4], &[1, 1]).unwrap().parties(), 2);
    }
}

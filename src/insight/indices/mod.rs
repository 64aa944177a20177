//! How proportional seats are to votes: the usual indices, exactly where they are ratios.

mod index;
mod range;
mod ratio;

use core::fmt;

use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};
use num_rational::Ratio as Fraction;

pub use index::Index;
pub use range::IndexRange;
pub use ratio::ExactRatio;

use crate::error::Error;
use crate::outcome::Outcome;

/// How far seats are from votes, by the usual indices.
///
/// Shares of votes are of the parties' votes, all that stood included; shares of seats are of the seats given out.
/// Deviations are of shares: 0.02 is two percentage points.
///
/// | index | formula, v and s shares of votes and seats | source |
/// | --- | --- | --- |
/// | [`gallagher`](Self::gallagher) | √(½ Σ (v - s)²) | M. Gallagher, Electoral Studies 10 (1991), 33-51 |
/// | [`loosemore_hanby`](Self::loosemore_hanby) | ½ Σ \|v - s\| | J. Loosemore and V. J. Hanby, British Journal of Political Science 1 (1971), 467-477 |
/// | [`rae`](Self::rae) | mean of \|v - s\| over parties with at least 0.5% of votes | D. Rae, *The Political Consequences of Electoral Laws*, 1967 |
/// | [`sainte_lague`](Self::sainte_lague) | Σ (s - v)² / v | A. Sainte-Laguë, Annales scientifiques de l'É.N.S. 27 (1910) |
/// | [`d_hondt`](Self::d_hondt) | largest s / v | Gallagher 1991 |
/// | [`largest_deviation`](Self::largest_deviation) | largest \|v - s\| | A. Lijphart, *Electoral Systems and Party Systems*, 1994 |
/// | [`effective_parties_by_votes`](Self::effective_parties_by_votes) | 1 / Σ v² | M. Laakso and R. Taagepera, Comparative Political Studies 12 (1979), 3-27 |
/// | [`effective_parties_by_seats`](Self::effective_parties_by_seats) | 1 / Σ s² | the same |
/// | [`wasted_votes`](Self::wasted_votes) | Σ v of parties without a seat | |
///
/// # Examples
/// ```
/// use apportion::insight::Indices;
///
/// let indices = Indices::new(&[60, 30, 10], &[4, 1, 0])?;
/// assert_eq!(indices.loosemore_hanby().to_string(), "1/5");
/// assert_eq!(indices.effective_parties_by_votes().to_string(), "50/23");
/// assert!((indices.gallagher() - 0.03_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indices {
    /// By party, votes and seats.
    parties: Vec<(u64, u64)>,
    votes: BigUint,
    seats: BigUint,
}

impl Indices {
    /// The indices of seats beside votes, one entry a party each.
    ///
    /// # Errors
    /// [`Error::WrongLength`] for 2 entries of seats and 3 parties; [`Error::NoParties`], [`Error::NoVotes`] and
    /// [`Error::NoSeats`] where there is nothing to compare.
    pub fn new(votes: &[u64], seats: &[u64]) -> Result<Self, Error> {
        if votes.is_empty() {
            return Err(Error::NoParties);
        }
        if votes.len() != seats.len() {
            return Err(Error::WrongLength { what: "seats", parties: votes.len(), found: seats.len() });
        }
        let all_votes: BigUint = votes.iter().map(|&votes| BigUint::from(votes)).sum();
        let all_seats: BigUint = seats.iter().map(|&seats| BigUint::from(seats)).sum();
        if all_votes == BigUint::ZERO {
            return Err(Error::NoVotes { seats: seats.iter().fold(0, |sum, &seats| sum.saturating_add(seats)) });
        }
        if all_seats == BigUint::ZERO {
            return Err(Error::NoSeats);
        }
        let parties = votes.iter().copied().zip(seats.iter().copied()).collect();
        Ok(Self { parties, votes: all_votes, seats: all_seats })
    }

    /// The indices of an outcome, of its new seats.
    ///
    /// # Errors
    /// Those of [`new`](Self::new); [`Error::Tied`] while a seat is tied.
    pub fn of(outcome: &Outcome) -> Result<Self, Error> {
        if let Some(tie) = outcome.tie() {
            return Err(Error::Tied { names: tie.parties().to_vec(), seats: tie.seats() });
        }
        let (votes, seats): (Vec<u64>, Vec<u64>) =
            outcome.parties().iter().map(|party| (party.votes(), party.certain())).unzip();
        Self::new(&votes, &seats)
    }

    /// The least-squares index: √(½ Σ (v - s)²), from 0 to 1. [`gallagher_squared`](Self::gallagher_squared) is exact.
    #[must_use]
    pub fn gallagher(&self) -> f64 {
        self.gallagher_squared().sqrt()
    }

    /// ½ Σ (v - s)², exactly.
    #[must_use]
    pub fn gallagher_squared(&self) -> ExactRatio {
        let squares: BigUint = self.deviations().map(|deviation| &deviation * &deviation).sum();
        let whole = self.whole();
        ratio(squares, 2_u8 * &whole * &whole)
    }

    /// The index of distortion: ½ Σ |v - s|, the share of seats that would have to move, from 0 to 1.
    #[must_use]
    pub fn loosemore_hanby(&self) -> ExactRatio {
        ratio(self.deviations().sum(), 2_u8 * self.whole())
    }

    /// The mean of |v - s| over the parties with at least 0.5% of the votes; `None` if there are none.
    #[must_use]
    pub fn rae(&self) -> Option<ExactRatio> {
        let counts = |&(votes, _): &(u64, u64)| BigUint::from(votes) * 200_u8 >= self.votes;
        let number = self.parties.iter().filter(|party| counts(party)).count();
        let sum = self.parties.iter().filter(|party| counts(party)).map(|party| self.deviation(party)).sum();
        (number > 0).then(|| ratio(sum, self.whole() * number))
    }

    /// Σ (s - v)² / v over the parties with votes, at least 0; `None` (without limit) if a party without votes has a seat.
    #[must_use]
    pub fn sainte_lague(&self) -> Option<ExactRatio> {
        let mut sum = Fraction::new(BigUint::ZERO, BigUint::from(1_u8));
        for party in &self.parties {
            match party {
                (0, 0) => {}
                (0, _) => return None,
                (votes, _) => {
                    // (d / (V S))² / (votes / V) = d² / (V S² votes)
                    let deviation = self.deviation(party);
                    let below = &self.votes * &self.seats * &self.seats * *votes;
                    sum += Fraction::new(&deviation * &deviation, below);
                }
            }
        }
        Some(ExactRatio(sum))
    }

    /// The largest s / v: how many times its share of votes the most favoured party has in seats, at least 1; `None`
    /// (without limit) if a party without votes has a seat.
    #[must_use]
    pub fn d_hondt(&self) -> Option<ExactRatio> {
        let advantage = |&(votes, seats): &(u64, u64)| ratio(&self.votes * seats, &self.seats * votes);
        if self.parties.iter().any(|&(votes, seats)| votes == 0 && seats > 0) {
            return None;
        }
        self.parties.iter().filter(|&&(votes, _)| votes > 0).map(advantage).max()
    }

    /// The largest |v - s|, from 0 to 1.
    #[must_use]
    pub fn largest_deviation(&self) -> ExactRatio {
        ratio(self.deviations().max().unwrap_or_default(), self.whole())
    }

    /// The effective number of parties by votes: 1 / Σ v², at least 1.
    #[must_use]
    pub fn effective_parties_by_votes(&self) -> ExactRatio {
        let squares = self.parties.iter().map(|&(votes, _)| BigUint::from(votes) * votes).sum();
        ratio(&self.votes * &self.votes, squares)
    }

    /// The effective number of parties by seats: 1 / Σ s², at least 1.
    #[must_use]
    pub fn effective_parties_by_seats(&self) -> ExactRatio {
        let squares = self.parties.iter().map(|&(_, seats)| BigUint::from(seats) * seats).sum();
        ratio(&self.seats * &self.seats, squares)
    }

    /// The share of votes for parties without a seat, from 0 to 1.
    #[must_use]
    pub fn wasted_votes(&self) -> ExactRatio {
        let wasted = self.parties.iter().filter(|&&(_, seats)| seats == 0);
        ratio(wasted.map(|&(votes, _)| BigUint::from(votes)).sum(), self.votes.clone())
    }

    /// |v - s| times all votes and all seats.
    fn deviation(&self, &(votes, seats): &(u64, u64)) -> BigUint {
        let difference = BigInt::from(&self.seats * votes) - BigInt::from(&self.votes * seats);
        difference.magnitude().clone()
    }

    fn deviations(&self) -> impl Iterator<Item = BigUint> {
        self.parties.iter().map(|party| self.deviation(party))
    }

    fn whole(&self) -> BigUint {
        &self.votes * &self.seats
    }
}

/// A ratio whose denominator is a product of totals that are not zero.
fn ratio(top: BigUint, bottom: BigUint) -> ExactRatio {
    ExactRatio(Fraction::new(top, bottom))
}

impl Indices {
    /// One of them, exactly; `None` for one without limit or without parties to be taken of. That of
    /// [`Index::Gallagher`] is squared.
    #[must_use]
    pub fn exact(&self, index: Index) -> Option<ExactRatio> {
        Some(match index {
            Index::Gallagher => self.gallagher_squared(),
            Index::LoosemoreHanby => self.loosemore_hanby(),
            Index::Rae => return self.rae(),
            Index::SainteLague => return self.sainte_lague(),
            Index::DHondt => return self.d_hondt(),
            Index::LargestDeviation => self.largest_deviation(),
            Index::PartiesByVotes => self.effective_parties_by_votes(),
            Index::PartiesBySeats => self.effective_parties_by_seats(),
            Index::WastedVotes => self.wasted_votes(),
        })
    }

    /// One of them on the scale on which it is published: what is made of shares in percent, 0 to 100.
    ///
    /// # Examples
    /// ```
    /// use apportion::insight::{Index, Indices};
    ///
    /// let indices = Indices::new(&[60, 30, 10], &[4, 1, 0])?;
    /// assert_eq!(indices.published(Index::LoosemoreHanby), Some(20.0));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn published(&self, index: Index) -> Option<f64> {
        self.exact(index).map(|exact| index.published(&exact))
    }
}

impl fmt::Display for Indices {
    /// The indices a line each as they are published, with what each of them says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Index::ALL.iter().try_for_each(|&index| {
            let text = index.shown(self.exact(index).as_ref());
            writeln!(f, "{:<26} {text:>9}  {}", index.name(), index.meaning())
        })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Indices {
    /// By key, each as it is published, as a ratio, and exactly.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(Index::ALL.len()))?;
        for index in Index::ALL {
            map.serialize_entry(index.key(), &index.value(self.exact(index).as_ref()))?;
        }
        map.end()
    }
}

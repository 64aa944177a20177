//! How proportional seats are to votes: the usual indices, exactly where they are ratios.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};
use num_rational::Ratio as Fraction;

use crate::error::Error;
use crate::outcome::Outcome;

/// An exact, non-negative ratio of whole numbers of any size, in lowest terms.
///
/// It prints as a fraction; [`to_f64`](Self::to_f64) is the nearest float below or at it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExactRatio(Fraction<BigUint>);

impl ExactRatio {
    /// The ratio as a float, cut off after 63 binary digits and rounded to the nearest `f64`.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        binary(self.0.numer(), self.0.denom(), false)
    }

    /// The square root as a float, likewise.
    #[must_use]
    fn sqrt(&self) -> f64 {
        binary(self.0.numer(), self.0.denom(), true)
    }

    /// Numerator and denominator in lowest terms, as decimal digits.
    #[must_use]
    pub fn parts(&self) -> (String, String) {
        (alloc::format!("{}", self.0.numer()), alloc::format!("{}", self.0.denom()))
    }
}

impl fmt::Display for ExactRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self.0.denom() == BigUint::from(1_u8) {
            return write!(f, "{}", self.0.numer());
        }
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}

/// `top` / `bottom`, or its square root, as a float: an integer of 63 to 65 binary digits times a power of two.
#[allow(clippy::cast_precision_loss)]
fn binary(top: &BigUint, bottom: &BigUint, root: bool) -> f64 {
    if *top == BigUint::ZERO {
        return 0.0;
    }
    let digits = |number: &BigUint| i64::try_from(number.bits()).unwrap_or(i64::MAX);
    let wanted = if root { 128 } else { 64 };
    // An even shift, so that the root of it is a power of two as well.
    let shift = (wanted + digits(bottom) - digits(top)).max(0) / 2 * 2;
    let scaled = (top << shift) / bottom;
    let (number, shift) = if root { (scaled.sqrt(), shift / 2) } else { (scaled, shift) };
    let mut value = u128::try_from(number).map_or(f64::INFINITY, |number| number as f64);
    for _ in 0..shift {
        value /= 2.0; // exact, as ratios of 64-bit counts stay far above the smallest f64
    }
    value
}

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

impl fmt::Display for Indices {
    /// The indices a line each, with their exact values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |value: Option<ExactRatio>| match value {
            Some(value) => alloc::format!("{:9.5}", value.to_f64()),
            None => "unlimited".into(),
        };
        writeln!(f, "Gallagher                   {:9.5}", self.gallagher())?;
        for (name, value) in [
            ("Loosemore-Hanby", Some(self.loosemore_hanby())),
            ("Rae", self.rae()),
            ("Sainte-Laguë", self.sainte_lague()),
            ("D'Hondt (largest s / v)", self.d_hondt()),
            ("largest deviation", Some(self.largest_deviation())),
            ("effective parties, votes", Some(self.effective_parties_by_votes())),
            ("effective parties, seats", Some(self.effective_parties_by_seats())),
            ("wasted votes", Some(self.wasted_votes())),
        ] {
            writeln!(f, "{name:<27} {}", number(value))?;
        }
        Ok(())
    }
}

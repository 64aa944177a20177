//! Are these the right seats? An answer that does not trust the method.

use core::cmp::Ordering;
use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};

use super::counts::Counts;
use super::quotient::Quotient;
use super::reading::{Limits, Reading, Size, admitted_parties, quota_size};
use crate::allocation::TieBreak;
use crate::error::Error;
use crate::method::Excess;
use crate::method::{AllocationMethod, Divisors, Quota};
use crate::num::text::decimals;
use crate::num::text::grouped;
use crate::rule::Rule;
use crate::count::Tally;

/// What a check of claimed seats found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The rule gives these seats and no others.
    Correct,
    /// The rule leaves `seats` among `parties` to a tie, and these seats are one of the ways in which it can go.
    Tied {
        /// The parties with the same claim.
        parties: Vec<String>,
        /// The seats left among them.
        seats: u64,
    },
    /// The rule does not give these seats.
    Wrong(Objection),
}

/// Why claimed seats are wrong; prints as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Objection {
    /// A party has seats, but does not take part.
    NotAdmitted {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
    },
    /// A party has fewer seats than its minimum.
    BelowMinimum {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
        /// The new seats that its minimum demands.
        minimum: u64,
    },
    /// A party has more seats than it may: its maximum, or any without votes.
    AboveMaximum {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
        /// The new seats that it may have.
        maximum: u64,
    },
    /// A party has fewer seats than its whole quotas, or more than one beyond them.
    WholeQuotas {
        /// The party.
        party: String,
        /// The seats claimed for it.
        seats: u64,
        /// The fewest it can have.
        fewest: u64,
        /// The most it can have.
        most: u64,
    },
    /// One party holds a seat that another has the better claim to.
    Pair {
        /// The party with a seat too many.
        over: Claimant,
        /// The party with a seat too few.
        under: Claimant,
    },
    /// Two parties have the same claim, and a tie-break prefers the one without the seat.
    TieBreak {
        /// The tie-break.
        by: TieBreak<String>,
        /// The party with the seat.
        over: String,
        /// The party that the tie-break prefers.
        under: String,
    },
}

/// A party's claim to a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claimant {
    /// The party.
    pub party: String,
    /// The number of the seat among the party's own new ones, from 1.
    pub seat: u64,
    /// The claim, with two decimals: a quotient, or the remainder in votes.
    pub claim: String,
}

/// Checks claimed seats, one entry a party of the tally, against a rule without running its method.
///
/// Thresholds, admission and bounds are read anew. Then one inequality decides: by highest averages no party's next quotient
/// may be above the quotient of another's last seat (the max-min inequality: M. L. Balinski and H. P. Young, *Fair
/// Representation*, 1982, appendix A, proposition 3.1); by largest remainders all have their whole quotas and no
/// remainder without a seat may be above one with. Time is linear in the number of parties, whatever the seats.
///
/// # Errors
/// - [`Error::WrongLength`] for 2 seats claimed of 3 parties; [`Error::ClaimedSum`] for 97 seats claimed of 98.
/// - Where the rule itself has no answer: [`Error::AdmissionTie`], [`Error::NoVotes`], [`Error::TooManyWholeQuotas`], and
///   the others of [`Rule::apply`].
///
/// # Examples
/// ```
/// use apportion::insight::{Verdict, verify};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 30), ("C", 10)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5);
/// assert_eq!(verify(&rule, &tally, &[4, 1, 0])?, Verdict::Tied { parties: vec!["A".into(), "B".into()], seats: 1 });
/// let Verdict::Wrong(objection) = verify(&rule, &tally, &[3, 1, 1])? else { panic!("C has no claim") };
/// assert_eq!(objection.to_string(), "C holds seat 1 by 10.00, but B's seat 2 comes first by 15.00");
/// # Ok::<(), apportion::Error>(())
/// ```
pub fn verify(rule: &Rule, tally: &Tally, claimed: &[u64]) -> Result<Verdict, Error> {
    let reading = Reading::new(rule, tally)?;
    let parties = tally.parties().len();
    if parties == 0 {
        return Err(Error::NoParties);
    }
    if claimed.len() != parties {
        return Err(Error::WrongLength { what: "claimed seats", parties, found: claimed.len() });
    }
    let check = Check::new(reading, claimed)?;
    check.sum()?;
    let verdict = match check.bounds() {
        Some(objection) => Verdict::Wrong(objection),
        None => match &rule.method {
            AllocationMethod::HighestAverages(divisors) => check.highest_averages(divisors),
            AllocationMethod::LargestRemainder(quota) => check.largest_remainders(*quota)?,
            #[allow(unreachable_patterns)] // `Reading::new` refuses what is to come
            other => return Err(Error::NotCovered { what: "insights", feature: other.to_string() }),
        },
    };
    Ok(verdict)
}

/// Claimed seats beside what the rule says of each party.
struct Check<'a> {
    reading: Reading<'a>,
    claimed: &'a [u64],
    counts: Counts,
    admitted: Vec<usize>,
    /// The votes that the method sees, for all parties.
    votes: Vec<u64>,
    /// For all parties; nothing for those that do not take part.
    limits: Vec<Limits>,
}

impl<'a> Check<'a> {
    fn new(reading: Reading<'a>, claimed: &'a [u64]) -> Result<Self, Error> {
        let counts = Counts::of(reading.tally)?;
        reading.rule.threshold.as_ref().map_or(Ok(()), crate::Threshold::check)?;
        let standings = reading.admitted(&counts)?;
        let votes = reading.contested(&counts, &standings)?;
        let admitted = admitted_parties(&standings);
        let limits = |party: usize| match standings[party].is_admitted() {
            true => reading.limits(party, votes[party]),
            false => Limits { lower: 0, upper: 0 },
        };
        let limits: Vec<Limits> = (0..standings.len()).map(limits).collect();
        let (seats, minimums) = (reading.rule.seats, limits.iter().map(|limits| u128::from(limits.lower)).sum());
        if seats > 0 && admitted.iter().all(|&party| votes[party] == 0) {
            return Err(Error::NoVotes { seats });
        }
        if minimums > u128::from(seats) {
            return Err(Error::MinimumsExceedSeats { minimums, seats });
        }
        Ok(Self { reading, claimed, counts, admitted, votes, limits })
    }

    /// Refuses seats that are not as many as are to be given out, less those that no maximum lets anyone take.
    fn sum(&self) -> Result<(), Error> {
        let seats = self.reading.rule.seats;
        let fillable: u128 = self.limits.iter().map(|limits| u128::from(limits.upper)).sum();
        let filled = match u64::try_from(fillable) {
            Ok(fillable) if fillable < seats => {
                if !self.reading.rule.vacancies {
                    return Err(Error::Unfilled { unfilled: seats - fillable, seats });
                }
                fillable
            }
            _ => seats,
        };
        let claimed: u128 = self.claimed.iter().map(|&seats| u128::from(seats)).sum();
        if claimed == u128::from(filled) { Ok(()) } else { Err(Error::ClaimedSum { claimed, seats: filled }) }
    }

    /// What is wrong before any claims are compared.
    fn bounds(&self) -> Option<Objection> {
        (0..self.claimed.len()).find_map(|index| {
            let (seats, Limits { lower, upper }) = (self.claimed[index], self.limits[index]);
            let party = self.reading.name(index);
            if self.admitted.binary_search(&index).is_err() && seats > 0 {
                Some(Objection::NotAdmitted { party, seats })
            } else if seats < lower {
                Some(Objection::BelowMinimum { party, seats, minimum: lower })
            } else if seats > upper {
                Some(Objection::AboveMaximum { party, seats, maximum: upper })
            } else {
                None
            }
        })
    }

    fn highest_averages(&self, divisors: &Divisors) -> Verdict {
        let claim = |party: usize, seats: u64| {
            Quotient::new(divisors, self.votes[party], self.reading.held(party).saturating_add(seats))
        };
        let holding = self.admitted.iter().filter(|&&party| self.claimed[party] > self.limits[party].lower);
        let holding: Vec<_> = holding.map(|&party| (claim(party, self.claimed[party] - 1), party)).collect();
        let waiting = self.admitted.iter().filter(|&&party| self.claimed[party] < self.limits[party].upper);
        let waiting: Vec<_> = waiting.map(|&party| (claim(party, self.claimed[party]), party)).collect();
        self.compare(&holding, &waiting, Quotient::to_string)
    }

    fn largest_remainders(&self, quota: Quota) -> Result<Verdict, Error> {
        let seats = self.reading.rule.seats;
        if seats == 0 {
            return Ok(Verdict::Correct);
        }
        let base = match self.reading.rule.quota_base {
            Some(base) => self.counts.base(base)?,
            None => self.admitted.iter().map(|&party| u128::from(self.votes[party])).sum(),
        };
        let (top, bottom) = quota_size(quota, base, seats, Size::Own)?;
        let whole: Vec<u64> = (0..self.claimed.len())
            .map(|party| {
                let Limits { lower, upper } = self.limits[party];
                let quotas = BigUint::from(self.votes[party]) * bottom / top;
                u64::try_from(quotas).unwrap_or(u64::MAX).clamp(lower, upper)
            })
            .collect();
        let given: u128 = self.admitted.iter().map(|&party| u128::from(whole[party])).sum();
        let too_many = given > seats.into();
        if too_many {
            let error = Error::TooManyWholeQuotas { quota: quota.to_string(), given, seats };
            let losers = self.admitted.iter().filter(|&&party| whole[party] > self.limits[party].lower).count();
            if self.reading.rule.excess == Excess::Error || given - u128::from(seats) > losers as u128 {
                return Err(error);
            }
        } else {
            let takers = self.admitted.iter().filter(|&&party| whole[party] < self.limits[party].upper).count();
            let left = seats - u64::try_from(given).unwrap_or(seats);
            let claimed: u128 = self.claimed.iter().map(|&seats| u128::from(seats)).sum();
            if claimed > given + takers as u128 {
                return Err(Error::TooManySeatsLeft { left, parties: takers });
            }
        }

        // Of every party one seat is at stake: the one beyond its whole quotas, or the last of them.
        let fewest = |party: usize| if too_many { whole[party].saturating_sub(1) } else { whole[party] };
        let (mut holding, mut waiting) = (Vec::new(), Vec::new());
        for &party in &self.admitted {
            let Limits { lower, upper } = self.limits[party];
            let fewest = fewest(party).max(lower);
            let most = if too_many { whole[party] } else { whole[party].saturating_add(1).min(upper) };
            let seats = self.claimed[party];
            if seats < fewest || seats > most {
                let party = self.reading.name(party);
                return Ok(Verdict::Wrong(Objection::WholeQuotas { party, seats, fewest, most }));
            }
            // votes - quota x whole quotas, times the quota's denominator
            let remainder =
                BigInt::from(self.votes[party]) * BigInt::from(bottom) - BigInt::from(top) * BigInt::from(whole[party]);
            if seats > fewest {
                holding.push((remainder, party));
            } else if seats < most {
                waiting.push((remainder, party));
            }
        }
        let text = |remainder: &BigInt| {
            let sign = if *remainder < BigInt::ZERO { "-" } else { "" };
            format!("{sign}{} votes", decimals(&(remainder.magnitude() * 100_u8 / bottom), 2))
        };
        Ok(self.compare(&holding, &waiting, text))
    }

    /// Holds the claims of seats given against the claims to seats not given.
    fn compare<C: Ord>(&self, holding: &[(C, usize)], waiting: &[(C, usize)], text: impl Fn(&C) -> String) -> Verdict {
        let (Some(weakest), Some(strongest)) =
            (holding.iter().min_by(|a, b| a.0.cmp(&b.0)), waiting.iter().max_by(|a, b| a.0.cmp(&b.0)))
        else {
            return Verdict::Correct;
        };
        let claimant =
            |claim: &C, party: usize, seat: u64| Claimant { party: self.reading.name(party), seat, claim: text(claim) };
        match weakest.0.cmp(&strongest.0) {
            Ordering::Greater => return Verdict::Correct,
            Ordering::Less => {
                return Verdict::Wrong(Objection::Pair {
                    over: claimant(&weakest.0, weakest.1, self.claimed[weakest.1]),
                    under: claimant(&strongest.0, strongest.1, self.claimed[strongest.1].saturating_add(1)),
                });
            }
            Ordering::Equal => {}
        }

        // The same claim on both sides: the tie-breaks decide, as far as they go.
        let cut = &weakest.0;
        let keyed = |claims: &[(C, usize)]| -> Vec<(Vec<u64>, usize)> {
            let equal = claims.iter().filter(|(claim, _)| claim == cut);
            equal.map(|&(_, party)| (self.reading.tie_key(party, self.votes[party]), party)).collect()
        };
        let (winners, losers) = (keyed(holding), keyed(waiting));
        let (Some(last), Some(next)) = (winners.iter().max(), losers.iter().min()) else { return Verdict::Correct };
        match last.0.cmp(&next.0) {
            Ordering::Less => Verdict::Correct,
            Ordering::Greater => {
                let deciding = last.0.iter().zip(&next.0).zip(&self.reading.rule.tie_break).find(|((a, b), _)| a != b);
                match deciding {
                    Some((_, by)) => Verdict::Wrong(Objection::TieBreak {
                        by: by.clone(),
                        over: self.reading.name(last.1),
                        under: self.reading.name(next.1),
                    }),
                    None => Verdict::Correct,
                }
            }
            Ordering::Equal => {
                let same = |list: &[(Vec<u64>, usize)]| -> Vec<usize> {
                    list.iter().filter(|(key, _)| *key == last.0).map(|&(_, party)| party).collect()
                };
                let (with, without) = (same(&winners), same(&losers));
                let seats = with.len() as u64;
                let mut parties = [with, without].concat();
                parties.sort_unstable();
                Verdict::Tied { parties: parties.iter().map(|&party| self.reading.name(party)).collect(), seats }
            }
        }
    }
}

impl Verdict {
    /// Whether the rule gives these seats, for certain or as one way in which a tie can go.
    #[must_use]
    pub const fn is_possible(&self) -> bool {
        !matches!(self, Self::Wrong(_))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Correct => f.write_str("correct"),
            Self::Tied { parties, seats } => {
                write!(f, "one of the ways in which {} can go to {}", seats_text(*seats), parties.join(", "))
            }
            Self::Wrong(objection) => write!(f, "wrong: {objection}"),
        }
    }
}

fn seats_text(seats: u64) -> String {
    if seats == 1 { "1 seat".into() } else { format!("{} seats", grouped(seats)) }
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAdmitted { party, seats } => {
                write!(f, "{party} has {}, but is not admitted", seats_text(*seats))
            }
            Self::BelowMinimum { party, seats, minimum } => {
                write!(f, "{party} has {}, but a minimum of {}", seats_text(*seats), grouped(*minimum))
            }
            Self::AboveMaximum { party, seats, maximum } => {
                write!(f, "{party} has {}, but may have {} at most", seats_text(*seats), grouped(*maximum))
            }
            Self::WholeQuotas { party, seats, fewest, most } => {
                let (seats, fewest, most) = (seats_text(*seats), grouped(*fewest), grouped(*most));
                write!(f, "{party} has {seats}, but its whole quotas allow {fewest} to {most}")
            }
            Self::Pair { over, under } => write!(
                f,
                "{} holds seat {} by {}, but {}'s seat {} comes first by {}",
                over.party, over.seat, over.claim, under.party, under.seat, under.claim
            ),
            Self::TieBreak { by, over, under } => {
                write!(f, "{over} and {under} have the same claim, and {by} prefers {under}")
            }
        }
    }
}

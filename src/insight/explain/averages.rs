//! Highest averages: the seats in the order of their quotients, and where the cut lies.

use core::cmp::Ordering;
use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::{Explanation, Shares};
use crate::insight::quotient::Quotient;
use crate::method::Divisors;
use crate::num::text;
use crate::num::text::grouped;

/// One seat by highest averages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Award {
    /// The number of the seat in the order of quotients, from 1; seats by minimums come before.
    pub number: u64,
    /// The party.
    pub party: String,
    /// The number of the seat among the party's own, held ones included, from 1.
    pub seat: u64,
    /// The quotient that brought it.
    pub quotient: Quotient,
}

impl fmt::Display for Award {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, party, seat, quotient } = self;
        write!(f, "seat {} to {party} by {quotient}, its seat {}", grouped(*number), grouped(*seat))
    }
}

/// Iterator over the seats by highest averages, in the order of their quotients; see [`Explanation::awards`].
///
/// It keeps one quotient a party, whatever the number of seats. Of equal quotients the party that stands first comes first.
#[derive(Clone, Debug)]
pub struct Awards<'a> {
    explanation: &'a Explanation<'a>,
    divisors: Option<&'a Divisors>,
    /// By party that takes part: its index, the new seats it has so far, and its claim to the next.
    next: Vec<(usize, u64, Quotient)>,
    number: u64,
}

impl<'a> Awards<'a> {
    pub(super) fn new(explanation: &'a Explanation<'a>) -> Self {
        let divisors = explanation.divisors();
        let mut next = Vec::new();
        if let Some(divisors) = divisors {
            for (party, shares) in explanation.taking_part() {
                if shares.lower < shares.certain {
                    next.push((party, shares.lower, shares.claim(divisors, shares.lower)));
                }
            }
        }
        Self { explanation, divisors, next, number: 0 }
    }
}

impl Iterator for Awards<'_> {
    type Item = Award;

    fn next(&mut self) -> Option<Award> {
        let divisors = self.divisors?;
        // The first among the largest: `max_by` takes the last of equal ones.
        let best = (0..self.next.len()).rev().max_by(|&a, &b| self.next[a].2.cmp(&self.next[b].2))?;
        let (party, seats, quotient) = self.next[best].clone();
        let shares = self.explanation.shares.get(party)?;
        if seats + 1 < shares.certain {
            self.next[best] = (party, seats + 1, shares.claim(divisors, seats + 1));
        } else {
            self.next.remove(best);
        }
        self.number += 1;
        let seat = shares.held.saturating_add(seats).saturating_add(1);
        Some(Award { number: self.number, party: self.explanation.name(party), seat, quotient })
    }
}

/// Quotients that a picture shows of one party on one side of the cut.
const SHOWN: usize = 60;

/// A party by index and name, with quotients of its and whether they brought a seat.
pub(in crate::insight) type NearTheCut = (usize, String, Vec<(Quotient, bool)>);

impl Explanation<'_> {
    /// By party that takes part and has votes, its quotients from `low` to `high`, and always the first without a seat.
    pub(in crate::insight) fn near_the_cut(&self, low: f64, high: f64) -> Vec<NearTheCut> {
        let Some(divisors) = self.divisors() else { return Vec::new() };
        let near = |(party, shares): (usize, &Shares)| {
            let claim = |seats: u64| shares.claim(divisors, seats);
            let with = (shares.lower..shares.certain).rev().map(claim).take_while(|quotient| quotient.to_f64() <= high);
            let mut quotients: Vec<(Quotient, bool)> = with.take(SHOWN).map(|quotient| (quotient, true)).collect();
            let without = (shares.certain..shares.upper).map(claim).take(SHOWN).enumerate();
            let without = without.take_while(|(at, quotient)| *at == 0 || quotient.to_f64() >= low);
            quotients.extend(without.map(|(_, quotient)| (quotient, false)));
            (party, self.name(party), quotients)
        };
        self.taking_part().filter(|(_, shares)| shares.votes > 0).map(near).collect()
    }

    /// The last `count` seats by quotient, in their order, found from the end.
    pub(super) fn last_awards(&self, divisors: &Divisors, count: usize) -> Vec<Award> {
        let mut last: Vec<(usize, u64, Quotient)> = Vec::new();
        let mut number: u64 = 0;
        for (party, shares) in self.taking_part() {
            if shares.lower < shares.certain {
                // All seats together are a u64.
                number = number.saturating_add(shares.certain - shares.lower);
                last.push((party, shares.certain - 1, shares.claim(divisors, shares.certain - 1)));
            }
        }
        let mut awards = Vec::new();
        while awards.len() < count {
            // The last among the smallest, as the first among the largest comes first.
            let Some(at) = (0..last.len()).rev().min_by(|&a, &b| last[a].2.cmp(&last[b].2)) else { break };
            let (party, seats, quotient) = last[at].clone();
            let Some(shares) = self.shares.get(party) else { break };
            if seats > shares.lower {
                last[at] = (party, seats - 1, shares.claim(divisors, seats - 1));
            } else {
                last.remove(at);
            }
            let seat = shares.held.saturating_add(seats).saturating_add(1);
            awards.push(Award { number, party: self.name(party), seat, quotient });
            number -= 1;
        }
        awards.reverse();
        awards
    }
}

/// Where the cut lies: the last seat awarded, the first refused, and the divisors in between.
///
/// Any divisor above [`above`](Self::above) and not above [`up_to`](Self::up_to) gives the seats when each party's votes
/// are divided by it and rounded as the sequence says (at s + 1/2 for Sainte-Laguë, down for D'Hondt).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cut {
    /// The last seat awarded; `None` where all seats came by minimums.
    pub last: Option<Claim>,
    /// The first seat refused; `None` where every party has its maximum.
    pub first_refused: Option<Claim>,
    /// The divisor at which one seat too many is given, with two decimals or as many as tell it from the other end; `None`
    /// without a first seat refused.
    pub above: Option<String>,
    /// The largest divisor that gives these seats, likewise; `None` where there is no largest.
    pub up_to: Option<String>,
    /// The number between them with the fewest digits, as official statements quote it; `None` at a tie.
    pub round: Option<String>,
}

/// A party's claim to one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The party.
    pub party: String,
    /// The number of the seat among the party's own, held ones included, from 1.
    pub seat: u64,
    /// The quotient.
    pub quotient: Quotient,
}

/// The cut of an explanation by highest averages.
pub(super) fn cut(explanation: &Explanation<'_>, divisors: &Divisors) -> Cut {
    let claim = |party: usize, shares: &Shares, seats: u64| Claim {
        party: explanation.name(party),
        seat: shares.held.saturating_add(seats).saturating_add(1),
        quotient: shares.claim(divisors, seats),
    };
    let by_quotient = |a: &Claim, b: &Claim| a.quotient.cmp(&b.quotient);
    let taking_part = || explanation.taking_part();
    let awarded = taking_part().filter(|(_, shares)| shares.certain > shares.lower);
    let last = awarded.map(|(party, shares)| claim(party, shares, shares.certain - 1)).min_by(by_quotient);
    let refused = taking_part().filter(|(_, shares)| shares.certain < shares.upper && shares.votes > 0);
    // Of equal claims the first party's.
    let first_refused = refused
        .map(|(party, shares)| claim(party, shares, shares.certain))
        .reduce(|best, next| if next.quotient > best.quotient { next } else { best });

    let factor = divisors.step_as_written();
    let (high, low) = (last.as_ref().map(|claim| &claim.quotient), first_refused.as_ref().map(|claim| &claim.quotient));
    let decimals = match (high, low) {
        (Some(high), Some(low)) if high > low => {
            (2..=12).find(|&decimals| high.decimals(factor, decimals) != low.decimals(factor, decimals)).unwrap_or(12)
        }
        _ => 2,
    };
    let finite = |quotient: Option<&Quotient>| {
        let quotient = quotient.filter(|quotient| !quotient.is_infinite())?;
        Some(quotient.decimals(factor, decimals))
    };
    let round = match (high, low) {
        (Some(high), Some(low)) => round_number(high, low, factor),
        _ => None,
    };
    Cut { above: finite(low), up_to: finite(high), round, last, first_refused }
}

/// The number above `low` and not above `high` with the fewest digits; of several the one nearest the middle.
fn round_number(high: &Quotient, low: &Quotient, factor: u32) -> Option<String> {
    const DECIMALS: u32 = 9;
    if high <= low || low.is_infinite() {
        return None;
    }
    let bottom = low.scaled_by(factor, DECIMALS)?;
    // Without an upper end, ten times the lower one is as good as any.
    let top = high.scaled_by(factor, DECIMALS).unwrap_or_else(|| &bottom * 10_u8 + 1_u8);
    let middle = (&bottom + &top) / 2_u8;
    let digits = u32::try_from(top.to_string().len()).ok()?;
    (0..=digits).rev().find_map(|power| {
        let unit = BigUint::from(10_u8).pow(power);
        let (first, last) = (&bottom / &unit + 1_u8, &top / &unit);
        let nearest = ((&middle + &unit / 2_u8) / &unit).clamp(first.clone(), first.max(last));
        let number = nearest * &unit;
        let fits = number <= top && low.compare_scaled(factor, &number, DECIMALS) == Ordering::Less;
        fits.then(|| {
            let text = text::decimals(&number, DECIMALS);
            text.trim_end_matches('0').trim_end_matches('.').to_string()
        })
    })
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sentences = Vec::new();
        if let Some(Claim { party, seat, quotient }) = &self.last {
            sentences.push(format!("last seat awarded: {party}'s seat {} by {quotient}", grouped(*seat)));
        }
        if let Some(Claim { party, seat, quotient }) = &self.first_refused {
            sentences.push(format!("first seat refused: {party}'s seat {} by {quotient}", grouped(*seat)));
        }
        let range = match (&self.above, &self.up_to) {
            (Some(above), Some(up_to)) if above == up_to => Some(format!("the cut lies at {above}")),
            (Some(above), Some(up_to)) => Some(format!("divisors above {above} and up to {up_to} give these seats")),
            (Some(above), None) => Some(format!("divisors above {above} give these seats")),
            (None, Some(up_to)) => Some(format!("divisors up to {up_to} give these seats")),
            (None, None) => None,
        };
        if let Some(range) = range {
            let round = self.round.as_ref().map(|round| format!(", {round} for one")).unwrap_or_default();
            sentences.push(range + &round);
        }
        f.write_str(&sentences.join("\n"))
    }
}

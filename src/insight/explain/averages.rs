//! Highest averages: each party's last seat and next claim, the claims round the cut, and the divisors in between.

use core::cmp::Ordering;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::quotas::votes_text;
use super::{Names, Part};
use crate::insight::quotient::Quotient;
use crate::insight::table::Table;
use crate::method::{AllocationMethod, Divisors};
use crate::num::text::{self, counted, grouped, listed, ordinal};
use crate::rule::Method;
use crate::rule::trace::ContestRecord;

/// Claims on each side of the cut that a table shows.
const SHOWN: usize = 4;
/// Parties of which none is left out; of more, those without a seat are but for the nearest.
const TOLD: usize = 12;

/// The seats of one contest by highest averages.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
/// let averages = outcome.explain().steps().find_map(|step| step.averages()).expect("divisors gave the seats");
/// assert_eq!((averages.seats, averages.parties.len()), (7, 3));
/// // With 54 votes A would have had a seat of C.
/// let nearest = averages.nearest().expect("three parties compete");
/// assert_eq!((nearest.party.as_str(), nearest.votes_short), ("A", Some(1)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Averages {
    /// The divisors.
    pub divisors: Divisors,
    /// The seats that were given out.
    pub seats: u64,
    /// Those that compete, in the order of the count.
    pub parties: Vec<AverageShare>,
    /// Where the cut lies.
    pub cut: Cut,
}

/// One party's seats by highest averages.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
/// let averages = outcome.explain().steps().find_map(|step| step.averages()).expect("divisors gave the seats");
/// let a = &averages.parties[0];
/// assert_eq!((a.party.as_str(), a.votes.as_str(), a.seats), ("A", "53", 3));
/// // Its third seat is the last that it won, its fourth the next that it claims.
/// assert_eq!((a.won[0].seat, a.next[0].seat), (3, 4));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AverageShare {
    /// The party, or the parties of an alliance.
    pub party: String,
    /// Its votes.
    pub votes: String,
    /// Its certain new seats.
    pub seats: u64,
    /// Its last claims that brought a seat, the last one first; seats by a minimum are none.
    pub won: Vec<Claim>,
    /// Its next claims, the first one first.
    pub next: Vec<Claim>,
}

/// A party's claim to one seat.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
/// let averages = outcome.explain().steps().find_map(|step| step.averages()).expect("divisors gave the seats");
/// let fourth = &averages.parties[0].next[0];
/// assert_eq!((fourth.party.as_str(), fourth.seat, fourth.won), ("A", 4, Some(false)));
/// assert_eq!(fourth.sum.as_deref(), Some("53 / 7"));
/// assert_eq!(fourth.quotient.to_string(), "7.57");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The party.
    pub party: String,
    /// The number of the seat among the party's own, held ones included, from 1.
    pub seat: u64,
    /// The claim: votes over divisor.
    pub quotient: Quotient,
    /// The claim as it is worked out: "4,200 / 4"; none for divisors that are roots or powers.
    pub sum: Option<String>,
    /// Whether it brought a seat; none where it is tied.
    pub won: Option<bool>,
    /// Votes more with which the party's next seat would have come before the last seat of another party, all other votes as
    /// they are; none for seats that it has, for those after the next, and where votes are not counts.
    pub votes_short: Option<u128>,
}

/// Where the cut lies: the last seat won, the next in line, and the divisors in between.
///
/// Any divisor above [`above`](Self::above) and not above [`up_to`](Self::up_to) gives the seats when each party's votes
/// are divided by it and rounded as the sequence says (at s + 1/2 for Sainte-Laguë, down for D'Hondt).
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
/// let averages = outcome.explain().steps().find_map(|step| step.averages()).expect("divisors gave the seats");
/// let cut = averages.cut;
/// assert_eq!(cut.last.map(|claim| claim.party).as_deref(), Some("C"));
/// assert_eq!(cut.next.map(|claim| claim.party).as_deref(), Some("A"));
/// // 53, 24 and 23 over 15.2 are 3.49, 1.58 and 1.51, rounded 3, 2 and 2.
/// assert_eq!((cut.above.as_deref(), cut.up_to.as_deref()), (Some("15.14"), Some("15.33")));
/// assert_eq!(cut.round.as_deref(), Some("15.2"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cut {
    /// The last seat won; `None` where all seats came by minimums.
    pub last: Option<Claim>,
    /// The next claim in line; `None` where every party has its maximum.
    pub next: Option<Claim>,
    /// The divisor at which one seat too many is given, with two decimals or as many as tell it from the other end; `None`
    /// without a next claim.
    pub above: Option<String>,
    /// The largest divisor that gives these seats, likewise; `None` where there is no largest.
    pub up_to: Option<String>,
    /// The number between them with the fewest digits, as official statements quote it; `None` at a tie.
    pub round: Option<String>,
}

impl Averages {
    /// The seats of a contest; `None` for another method, and where the law went on after it.
    pub(super) fn of(names: &Names<'_>, contest: &ContestRecord) -> Option<Self> {
        let Method::Allocation(AllocationMethod::HighestAverages(divisors)) = &contest.method else { return None };
        if !contest.stages.is_empty() {
            return None;
        }
        let entries = 0..contest.entries.len();
        let parties: Vec<AverageShare> = entries.map(|at| share(names, contest, divisors, at)).collect();
        let mut averages = Self { divisors: divisors.clone(), seats: contest.seats, cut: Cut::default(), parties };
        for at in 0..averages.parties.len() {
            // A seat more comes from another party: the weakest of the others' seats.
            let others = averages.parties.iter().enumerate().filter(|(other, _)| *other != at);
            let weakest = others.filter_map(|(_, share)| share.won.first()).map(|claim| &claim.quotient).min().cloned();
            for claim in averages.parties[at].next.iter_mut().take(1) {
                claim.votes_short =
                    weakest.as_ref().and_then(|weakest| votes_short(contest, divisors, at, claim, weakest));
            }
        }
        averages.cut = averages.find_cut();
        Some(averages)
    }

    /// The claim that fewest votes more would have brought a seat; the next in line by quotient may lack more.
    #[must_use]
    pub fn nearest(&self) -> Option<&Claim> {
        let next = self.parties.iter().filter_map(|share| share.next.first());
        next.filter(|claim| claim.votes_short.is_some()).min_by_key(|claim| claim.votes_short)
    }

    /// The claims round the cut, the largest first: the last ones that won, those that are tied, the next in line.
    #[must_use]
    pub fn claims(&self) -> Vec<&Claim> {
        let by_claim = |a: &&Claim, b: &&Claim| b.quotient.cmp(&a.quotient);
        let mut won: Vec<&Claim> = self.parties.iter().flat_map(|share| &share.won).collect();
        let mut next: Vec<&Claim> = self.parties.iter().flat_map(|share| &share.next).collect();
        won.sort_by(by_claim);
        next.sort_by(by_claim);
        let (mut tied, next): (Vec<&Claim>, Vec<&Claim>) = next.into_iter().partition(|claim| claim.won.is_none());
        let mut all = won.split_off(won.len().saturating_sub(SHOWN));
        all.append(&mut tied);
        all.extend(next.into_iter().take(SHOWN));
        all
    }

    fn find_cut(&self) -> Cut {
        let by_quotient = |a: &&Claim, b: &&Claim| a.quotient.cmp(&b.quotient);
        let last = self.parties.iter().filter_map(|share| share.won.first()).min_by(by_quotient);
        // Of equal claims the first party's.
        let next = self.parties.iter().rev().filter_map(|share| share.next.first()).max_by(by_quotient);
        let factor = self.divisors.step_as_written();
        let (high, low) = (last.map(|claim| &claim.quotient), next.map(|claim| &claim.quotient));
        let decimals = match (high, low) {
            (Some(high), Some(low)) if high > low => {
                (2..=12).find(|&places| high.decimals(factor, places) != low.decimals(factor, places)).unwrap_or(12)
            }
            _ => 2,
        };
        let finite = |quotient: Option<&Quotient>| {
            let quotient = quotient.filter(|quotient| !quotient.is_infinite())?;
            Some(quotient.decimals(factor, decimals))
        };
        let round = high.zip(low).filter(|_| next.is_some_and(|next| next.won.is_some()));
        let round = round.and_then(|(high, low)| round_number(high, low, factor));
        Cut { above: finite(low), up_to: finite(high), round, last: last.cloned(), next: next.cloned() }
    }

    /// The steps in words and as tables.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::from([Part::Table(self.party_table())]);
        let tied: Vec<&Claim> = self.claims().into_iter().filter(|claim| claim.won.is_none()).collect();
        if tied.is_empty() {
            parts.extend(self.cut_sentence().map(Part::text));
            if self.claims().len() > 2 {
                parts.push(Part::Table(self.claim_table()));
            }
        } else {
            parts.push(Part::text(self.tie_sentence(&tied)));
        }
        parts
    }

    fn party_table(&self) -> Table {
        let heads = ["party", "votes", "seats", "last seat won at", "next seat at"];
        let mut table = Table::new("Last seats and next claims", &heads);
        let (told, rest) = self.told();
        for share in told {
            let at = |claim: Option<&Claim>| claim.map(|claim| claim.quotient.to_string()).unwrap_or_default();
            let next = share.next.first().filter(|claim| claim.won.is_some());
            let tied = share.next.first().is_some_and(|claim| claim.won.is_none());
            let seats = if tied {
                format!("{} or {}", grouped(share.seats), grouped(share.seats.saturating_add(1)))
            } else {
                grouped(share.seats)
            };
            let next = if tied { format!("{} tied", at(share.next.first())) } else { at(next) };
            let seats = if seats == "0" { "-".into() } else { seats };
            table.push([share.party.clone(), share.votes.clone(), seats, at(share.won.first()), next]);
        }
        if rest > 0 {
            table.push([
                format!("{} more without a seat", grouped(rest as u128)),
                String::new(),
                "-".into(),
                String::new(),
                String::new(),
            ]);
        }
        table
    }

    /// The parties that a table shows, in their order, and how many it leaves out: none with a seat or in a tie.
    fn told(&self) -> (Vec<&AverageShare>, usize) {
        let without =
            |share: &&AverageShare| share.seats == 0 && share.next.first().is_none_or(|claim| claim.won.is_some());
        let mut losers: Vec<&AverageShare> = self.parties.iter().filter(without).collect();
        if self.parties.len() <= TOLD {
            return (self.parties.iter().collect(), 0);
        }
        losers.sort_by(|a, b| {
            b.next.first().map(|claim| &claim.quotient).cmp(&a.next.first().map(|claim| &claim.quotient))
        });
        let rest = losers.split_off(losers.len().min(SHOWN));
        let told = self.parties.iter().filter(|share| !rest.iter().any(|other| core::ptr::eq(*other, *share)));
        (told.collect(), rest.len())
    }

    fn claim_table(&self) -> Table {
        let mut table = Table::new(
            "The last seats, and the next in line",
            &["claim to a seat", "party's seat no.", "claim", "votes short"],
        );
        let claims = self.claims();
        let last = claims.iter().filter(|claim| claim.won == Some(true)).count();
        for (at, claim) in claims.iter().enumerate() {
            let short = match claim.votes_short {
                _ if at + 1 == last => "last seat".into(),
                Some(votes) => grouped(votes),
                None if at == last => "next".into(),
                None => String::new(),
            };
            table.push([claim.party.clone(), grouped(claim.seat), claim.quotient.to_string(), short]);
        }
        table
    }

    fn cut_sentence(&self) -> Option<String> {
        let Cut { last, next, above, up_to, round } = &self.cut;
        let mut text = String::new();
        if let Some(last) = last {
            text +=
                &format!("The last seat goes to {}, its {}, with {}. ", last.party, ordinal(last.seat), last.quotient);
        }
        if let Some(next) = next {
            let short = next.votes_short.map(|votes| format!(", {} short", counted(votes, "vote"))).unwrap_or_default();
            text += &format!("Next in line: {}'s {}, with {}{short}. ", next.party, ordinal(next.seat), next.quotient);
        }
        if let (Some(above), Some(up_to)) = (above, up_to) {
            let example = round.as_ref().map(|round| format!(", for example {round}")).unwrap_or_default();
            text += &format!("Any divisor above {above} and up to {up_to} gives these seats{example}.");
        }
        Some(text.trim_end().to_string()).filter(|text| !text.is_empty())
    }

    fn tie_sentence(&self, tied: &[&Claim]) -> String {
        let claim = |claim: &&Claim| {
            let sum = claim.sum.as_ref().map(|sum| format!("{sum} = ")).unwrap_or_default();
            format!("{}'s {} seat ({sum}{})", claim.party, ordinal(claim.seat), claim.quotient)
        };
        let given: u64 = self.parties.iter().map(|share| share.seats).sum();
        let open = self.seats.saturating_sub(given);
        let which = match open {
            1 => format!("Seat {} of {} is tied", grouped(self.seats), grouped(self.seats)),
            _ => format!("The last {} of {} seats are tied", grouped(open), grouped(self.seats)),
        };
        format!("{which}: {}. These claims are exactly equal.", listed(&tied.iter().map(claim).collect::<Vec<_>>()))
    }
}

/// One entry's share, with its last and next claims.
fn share(names: &Names<'_>, contest: &ContestRecord, divisors: &Divisors, at: usize) -> AverageShare {
    let entry = &contest.entries[at];
    let (votes, parts) = (contest.counted(at).0, contest.denominator().0);
    let certain = contest.certain[at];
    let tied = contest.tie.as_ref().is_some_and(|tie| tie.parties().contains(&at));
    let claim = |seats: u64, won: Option<bool>| {
        let before = entry.held.saturating_add(seats);
        let quotient = Quotient::of(divisors, &votes, &parts, before);
        let divisor = divisors.divisor(before);
        let plain = divisor.root == 1 && divisor.doublings == 0 && divisor.denominator == BigUint::from(1_u8);
        let sum = plain.then(|| format!("{} / {}", votes_text(contest, at), text::decimals(&divisor.numerator, 0)));
        Claim {
            party: names.parties(&entry.parties),
            seat: before.saturating_add(1),
            quotient,
            sum,
            won,
            votes_short: None,
        }
    };
    let first = certain.saturating_sub(SHOWN as u64).max(entry.minimum.min(certain));
    let won = (first..certain).rev().map(|seats| claim(seats, Some(true))).collect();
    let most = entry.maximum.unwrap_or(u64::MAX).min(certain.saturating_add(SHOWN as u64));
    let none = votes == BigUint::ZERO;
    let next = (certain..most)
        .filter(|_| !none)
        .map(|seats| claim(seats, if tied && seats == certain { None } else { Some(false) }));
    AverageShare {
        party: names.parties(&entry.parties),
        votes: votes_text(contest, at),
        seats: certain,
        won,
        next: next.collect(),
    }
}

/// The fewest votes more with which a claim comes before the last seat's; found by halving, as claims grow with votes.
fn votes_short(
    contest: &ContestRecord,
    divisors: &Divisors,
    at: usize,
    claim: &Claim,
    last: &Quotient,
) -> Option<u128> {
    let one = BigUint::from(1_u8);
    if contest.denominator().0 != one || claim.won.is_none() || last.is_infinite() {
        return None;
    }
    let votes = contest.counted(at).0;
    let wins = |more: u128| Quotient::of(divisors, &(&votes + more), &one, claim.seat - 1) > *last;
    let mut enough = (0..100).map(|power| 1_u128 << power).find(|&more| wins(more))?;
    let mut short = 0;
    while enough - short > 1 {
        let middle = short + (enough - short) / 2;
        if wins(middle) { enough = middle } else { short = middle }
    }
    Some(enough)
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

//! Largest remainders: what a seat costs, full seats, and who took the seats that were left.

use core::cmp::Reverse;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};

use super::{Names, Part};
use crate::insight::table::Table;
use crate::method::{AllocationMethod, Quota, Rounding};
use crate::num::text::{counted, decimals, first_word, grouped, listed, ordinal};
use crate::rule::Method;
use crate::rule::trace::{ContestRecord, Numbers};

/// What one seat costs, and what each party bought with its votes.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 10).apply(&tally)?;
/// let quotas = outcome.explain().steps().find_map(|step| step.quotas()).expect("remainders gave the seats");
/// assert_eq!((quotas.name.as_str(), quotas.cost.as_str()), ("Hare quota", "10.00"));
/// assert_eq!(quotas.left, 1); // five, two and two full seats
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quotas {
    /// The quota's name: "Hare quota".
    pub name: String,
    /// The votes that it is taken of.
    pub votes: String,
    /// What these are divided by: the seats and the quota's k.
    pub divisor: u128,
    /// What a seat costs in votes, with two decimals, cut off, or as a whole number.
    pub cost: String,
    /// Whether the cost is rounded by the law.
    pub rounded: bool,
    /// Those that compete, in the order of the count.
    pub parties: Vec<QuotaShare>,
    /// Seats left after the full ones; below zero where these give out too many.
    pub left: i128,
    /// By how many votes left over the next in line is behind the last that took a seat, with two decimals, cut off; none
    /// where nobody took one, at a tie, and where nobody is next.
    pub behind: Option<String>,
}

/// What one party bought.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 10).apply(&tally)?;
/// let quotas = outcome.explain().steps().find_map(|step| step.quotas()).expect("remainders gave the seats");
/// let b = &quotas.parties[1];
/// assert_eq!((b.full, b.left_over.as_str(), b.rank), (2, "4.00", 1));
/// assert_eq!(b.seats, 3); // the largest remainder takes the seat that was left
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaShare {
    /// The party, or the parties of an alliance.
    pub party: String,
    /// Its votes.
    pub votes: String,
    /// Its votes over the cost of a seat, with four decimals, cut off.
    pub quotas: String,
    /// Its full seats, within its bounds.
    pub full: u64,
    /// The votes left over, with two decimals, cut off; below zero where a minimum gave more.
    pub left_over: String,
    /// Its rank by votes left over, from 1; equal ones share a rank.
    pub rank: usize,
    /// Its certain seats in the end.
    pub seats: u64,
    /// Whether it is in the open tie.
    pub is_tied: bool,
    /// The votes left over in millionths of what a seat costs, for pictures.
    pub(in crate::insight) millionths: u32,
}

/// What a seat costs: `price` in the contest's numerators buys `parts` seats.
struct Cost {
    base: BigUint,
    divisor: BigUint,
    price: BigUint,
    parts: BigUint,
}

impl Cost {
    fn new(contest: &ContestRecord, quota: Quota) -> Option<Self> {
        let one = contest.denominator().0;
        let base = contest
            .quota_base
            .clone()
            .unwrap_or_else(|| (0..contest.entries.len()).map(|at| contest.counted(at).0).sum());
        let divisor = BigUint::from(contest.seats) + quota.added();
        if divisor == BigUint::ZERO || base == BigUint::ZERO {
            return None;
        }
        let over = &one * &divisor;
        let whole = &base / &over;
        let twice_rest = (&base - &whole * &over) * 2_u8;
        let more = match quota.rounding() {
            Rounding::Exact => return Some(Self { price: base.clone(), parts: divisor.clone(), base, divisor }),
            Rounding::Down => false,
            Rounding::Up => twice_rest > BigUint::ZERO,
            Rounding::Nearest => twice_rest >= over,
            Rounding::HalfDown => twice_rest > over,
            Rounding::Next => true,
        };
        let price = (whole + u8::from(more)) * one;
        (price > BigUint::ZERO).then_some(Self { base, divisor, price, parts: BigUint::from(1_u8) })
    }
}

impl Quotas {
    /// What a quota gave in a contest; `None` for another method, and where nobody has votes.
    pub(super) fn of(names: &Names<'_>, contest: &ContestRecord) -> Option<Self> {
        let Method::Allocation(AllocationMethod::LargestRemainder(quota)) = &contest.method else { return None };
        let cost = Cost::new(contest, *quota)?;
        let one = contest.denominator().0;
        let mut rests: Vec<BigInt> = Vec::new();
        let mut parties = Vec::new();
        for (at, entry) in contest.entries.iter().enumerate() {
            let product = contest.counted(at).0 * &cost.parts;
            let bought = u64::try_from(&product / &cost.price).unwrap_or(u64::MAX);
            let full = bought.max(entry.minimum).min(entry.maximum.unwrap_or(u64::MAX));
            let rest = BigInt::from(product.clone()) - BigInt::from(cost.price.clone()) * full;
            let size = decimals(&(rest.magnitude() * 100_u8 / (&cost.parts * &one)), 2);
            let millionths = u32::try_from(rest.magnitude() * 1_000_000_u32 / &cost.price).unwrap_or(u32::MAX);
            parties.push(QuotaShare {
                party: names.parties(&entry.parties),
                votes: votes_text(contest, at),
                quotas: decimals(&(product * 10_000_u16 / &cost.price), 4),
                full,
                left_over: if rest < BigInt::ZERO { format!("−{size}") } else { size },
                rank: 0,
                seats: contest.certain[at],
                is_tied: contest.tie.as_ref().is_some_and(|tie| tie.parties().contains(&at)),
                millionths,
            });
            rests.push(rest);
        }
        for (share, rest) in parties.iter_mut().zip(&rests) {
            share.rank = 1 + rests.iter().filter(|&other| other > rest).count();
        }
        let given: i128 = parties.iter().map(|share| i128::from(share.full)).sum();
        let exact = cost.parts == BigUint::from(1_u8) && one == BigUint::from(1_u8);
        let per = &cost.parts * &one;
        let tied = contest.tie.is_some();
        let of = |won: bool| {
            let shares = parties.iter().zip(&rests);
            shares.filter(move |(share, _)| (share.seats > share.full) == won && share.seats >= share.full)
        };
        let last = of(true).map(|(_, rest)| rest).min().filter(|_| !tied);
        let next = of(false).map(|(_, rest)| rest).max();
        let behind = last.zip(next).map(|(last, next)| decimals(&((last - next).magnitude() * 100_u8 / &per), 2));
        Some(Self {
            behind,
            name: quota.to_string(),
            votes: fraction(&cost.base, &one),
            divisor: u128::try_from(&cost.divisor).unwrap_or(u128::MAX),
            cost: if exact { decimals(&cost.price, 0) } else { decimals(&(&cost.price * 100_u8 / per), 2) },
            rounded: quota.rounding() != Rounding::Exact,
            left: i128::from(contest.seats) - given,
            parties,
        })
    }

    /// The parties in the order of the votes left over.
    #[must_use]
    pub fn by_left_over(&self) -> Vec<&QuotaShare> {
        let mut parties: Vec<&QuotaShare> = self.parties.iter().collect();
        parties.sort_by_key(|share| share.rank);
        parties
    }

    /// Those that took one of the seats left, in the order of the votes left over.
    #[must_use]
    pub fn last_seats(&self) -> Vec<&QuotaShare> {
        let mut takers = self.by_left_over();
        takers.retain(|share| share.seats > share.full);
        takers
    }

    /// Those that lost a seat because the full ones were too many, the fewest votes left over first.
    #[must_use]
    pub fn lost_seats(&self) -> Vec<&QuotaShare> {
        let mut losers = self.by_left_over();
        losers.retain(|share| share.seats < share.full);
        losers.sort_by_key(|share| Reverse(share.rank));
        losers
    }

    /// The steps in words and as a table.
    pub(super) fn parts(&self) -> Vec<Part> {
        let rounded = if self.rounded { ", rounded" } else { "" };
        let divided = format!("{} votes / {}{rounded}", self.votes, counted(self.divisor, "seat"));
        let divided =
            if self.name == "Hare quota" { divided } else { divided.replace(" seats", "").replace(" seat", "") };
        let mut parts =
            Vec::from([Part::text(format!("A seat costs {divided} = {} votes ({}).", self.cost, self.name))]);
        parts.push(Part::Table(self.table()));
        parts.extend(self.last().into_iter().map(Part::text));
        parts
    }

    fn table(&self) -> Table {
        let mut table =
            Table::new("What the votes buy", &["party", "votes", "full seats", "votes left over", "one more", "seats"]);
        for share in &self.parties {
            let more = i128::from(share.seats) - i128::from(share.full);
            let one_more = match more {
                _ if share.is_tied => "tied".into(),
                1 => ordinal(share.rank as u64),
                0 => String::new(),
                more if more < 0 => "−1".into(),
                more => format!("+{more}"),
            };
            let (full, seats) = (grouped(share.full), grouped(share.seats));
            table.push([share.party.clone(), share.votes.clone(), full, share.left_over.clone(), one_more, seats]);
        }
        table
    }

    /// Who took the seats that were left, and who came next.
    fn last(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        let takers: Vec<&str> = self.last_seats().iter().map(|share| share.party.as_str()).collect();
        let tied: Vec<&QuotaShare> = self.parties.iter().filter(|share| share.is_tied).collect();
        if self.left > 0 && !takers.is_empty() {
            let verb = if self.left == 1 { "seat remains. It goes" } else { "seats remain. They go" };
            let number = first_word(self.left.unsigned_abs());
            let not_all = if tied.is_empty() { "" } else { ", as far as it is not tied" };
            sentences.push(format!("{number} {verb} to the most votes left over: {}{not_all}.", takers.join(", ")));
        }
        if let Some(first) = tied.first() {
            let names: Vec<&str> = tied.iter().map(|share| share.party.as_str()).collect();
            let equal = format!("{} have exactly as many votes left over: {}.", listed(&names), first.left_over);
            sentences.push(format!("The last seat is tied. {equal}"));
        } else if let (Some(last), true) = (self.last_seats().last(), self.left > 0) {
            let next = self.by_left_over().into_iter().find(|share| share.seats == share.full);
            if let Some(next) = next {
                let behind = self.behind.as_deref().unwrap_or_default();
                sentences.push(format!("{} is next in line, {behind} votes behind {}.", next.party, last.party));
            }
        }
        let losers: Vec<&str> = self.lost_seats().iter().map(|share| share.party.as_str()).collect();
        if !losers.is_empty() {
            let seats = counted(self.left.unsigned_abs(), "seat");
            sentences.push(format!(
                "The full seats are {seats} too many. The fewest votes left over lose one each: {}.",
                losers.join(", ")
            ));
        }
        sentences
    }
}

/// What a contest counted of an entry.
pub(super) fn votes_text(contest: &ContestRecord, at: usize) -> String {
    match &contest.numbers {
        Numbers::Votes(votes) => grouped(votes.get(at).copied().unwrap_or(0)),
        Numbers::Weights(_) => fraction(&contest.counted(at).0, &contest.denominator().0),
    }
}

/// A fraction as a whole number, or with two decimals, cut off.
pub(super) fn fraction(numerator: &BigUint, denominator: &BigUint) -> String {
    if *denominator == BigUint::ZERO {
        return String::new();
    }
    let whole = numerator / denominator;
    if &whole * denominator == *numerator {
        decimals(&whole, 0)
    } else {
        decimals(&(numerator * 100_u8 / denominator), 2)
    }
}

//! A question put to a method, and what proves its answer: the last claim served and the first refused.

use core::cmp::Ordering;

use alloc::string::String;
use alloc::vec::Vec;

use num_bigint::{BigInt, BigUint};
use serde::{Deserialize, Serialize};

use super::figure::{Figure, ratio, ratio_of};
use super::names::Names;
use crate::allocation::TieBreak;
use crate::method::exact::{ExactContest, Weights, compare_quotients};
use crate::method::{AllocationMethod, Claims, Divisor, Divisors, Excess, Quota};
use crate::rule::Method;
use crate::rule::trace::{ContestRecord, Numbers, Settlement};

/// A question put to a method, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contest {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    about: String,
    /// The method; none for one of a program's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<Method>,
    seats: Figure,
    entries: Vec<Entry>,
    /// What a seat costs in votes, by largest remainders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<String>,
    #[serde(default, skip_serializing_if = "crate::rule::is_default")]
    excess: Excess,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_served: Option<Claim>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_refused: Option<Claim>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tie: Option<Tie>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    settled: Vec<Settled>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vacant: Option<Figure>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stages: Vec<Stage>,
}

/// Who competed: a list, or those of an alliance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    parties: Vec<String>,
    votes: Figure,
    /// What the method counted, where that is not the votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counted: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    held: Option<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minimum: Option<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    maximum: Option<Figure>,
    /// Certain new seats.
    seats: Figure,
}

/// A claim to a seat: votes over a divisor, or a remainder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    parties: Vec<String>,
    /// The number of the seat, those held included, from 1.
    seat: Figure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remainder: Option<String>,
}

/// An open tie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tie {
    /// The entries, by their parties.
    entries: Vec<Vec<String>>,
    seats: Figure,
}

/// What one tie-break settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settled {
    by: TieBreak<String>,
    winners: Vec<String>,
    among: Vec<String>,
}

/// The seats after one stage, and who may take part in it where not all may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stage {
    name: String,
    seats: Vec<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passing: Option<Vec<bool>>,
}

impl Contest {
    pub(super) fn of(record: &ContestRecord, names: Names<'_>) -> Self {
        let proof = Proof::new(record);
        let cut = proof.as_ref().map(Proof::cut).unwrap_or_default();
        let claim = |claim: Option<Seat>| Some(proof.as_ref()?.claim(claim?, names));
        let stage = |(at, (name, seats)): (usize, &(String, Vec<u64>))| Stage {
            name: name.clone(),
            seats: seats.iter().map(|&seats| seats.into()).collect(),
            passing: record.passing.get(at).filter(|passing| passing.contains(&false)).cloned(),
        };
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            about: record.about.into(),
            method: Some(record.method.clone()).filter(|method| method.allocation().is_some()),
            seats: record.seats.into(),
            entries: (0..record.entries.len()).map(|at| Entry::of(record, at, names)).collect(),
            quota: proof.as_ref().and_then(Proof::price),
            excess: record.excess,
            last_served: claim(cut.0),
            first_refused: claim(cut.1),
            tie: record.tie.as_ref().map(|tie| Tie {
                entries: tie.parties().iter().map(|&at| names.parties(&record.entries[at].parties)).collect(),
                seats: tie.seats().into(),
            }),
            settled: record.settled.iter().map(|settled| Settled::of(settled, names)).collect(),
            vacant: Some(record.vacant).filter(|&vacant| vacant > 0).map(Figure::from),
            stages: record.stages.iter().enumerate().map(stage).collect(),
        }
    }
}

impl Entry {
    fn of(record: &ContestRecord, at: usize, names: Names<'_>) -> Self {
        let entry = &record.entries[at];
        let counted = ratio_of(&record.counted(at).0, &record.denominator().0);
        let unless_zero = |seats: u64| Some(seats).filter(|&seats| seats > 0).map(Figure::from);
        Self {
            parties: names.parties(&entry.parties),
            votes: entry.votes.into(),
            counted: Some(counted).filter(|counted| *counted != ratio(entry.votes, 1)),
            held: unless_zero(entry.held),
            minimum: unless_zero(entry.minimum),
            maximum: entry.maximum.map(Figure::from),
            seats: record.certain[at].into(),
        }
    }
}

impl Settled {
    fn of(settlement: &Settlement, names: Names<'_>) -> Self {
        Self {
            by: settlement.by.clone(),
            winners: names.parties(&settlement.winners),
            among: names.parties(&settlement.among),
        }
    }
}

/// A claim to a seat: the entry, and the number of the new seat from 1.
type Seat = (usize, u64);

/// What seats went by.
enum By<'p> {
    Quotients(&'p Divisors),
    /// What `parts` seats cost in numerators, and each entry's whole quotas within its bounds.
    Remainders {
        price: BigUint,
        parts: BigUint,
        whole: Vec<u64>,
    },
}

/// The claims of a contest by highest averages or largest remainders.
struct Proof<'p> {
    record: &'p ContestRecord,
    weights: Weights,
    by: By<'p>,
}

impl<'p> Proof<'p> {
    /// None for methods in stages and others whose seats go by more than one kind of claim.
    fn new(record: &'p ContestRecord) -> Option<Self> {
        let weights = match &record.numbers {
            Numbers::Votes(votes) => {
                Weights::new(votes.iter().map(|&votes| votes.into()).collect(), 1_u8.into()).ok()?
            }
            Numbers::Weights(weights) => weights.clone(),
        };
        let by = match record.method.allocation()? {
            AllocationMethod::HighestAverages(divisors) => By::Quotients(divisors),
            AllocationMethod::LargestRemainder(quota) => By::remainders(record, &weights, *quota)?,
            _ => return None,
        };
        Some(Self { record, weights, by })
    }

    /// What a seat costs in votes.
    fn price(&self) -> Option<String> {
        match &self.by {
            By::Quotients(_) => None,
            By::Remainders { price, parts, .. } => Some(ratio_of(price, &(parts * self.weights.denominator()))),
        }
    }

    /// The last claim that was served and the first that was refused.
    fn cut(&self) -> (Option<Seat>, Option<Seat>) {
        let (mut served, mut refused) = (Vec::new(), Vec::new());
        for (at, &seats) in self.record.certain.iter().enumerate() {
            let (lower, upper) = self.at_stake(at);
            if seats > lower {
                served.push((at, seats));
            }
            if seats < upper {
                refused.push((at, seats + 1));
            }
        }
        let order = |a: &Seat, b: &Seat| self.order(*a, *b);
        (served.into_iter().min_by(order), refused.into_iter().max_by(|a, b| order(a, b).then(b.0.cmp(&a.0))))
    }

    /// Seats that an entry has whatever its claims, and the most that it can have by them.
    fn at_stake(&self, at: usize) -> (u64, u64) {
        let entry = &self.record.entries[at];
        let most = match entry.maximum {
            _ if self.weights.numerators()[at] == BigUint::ZERO => entry.minimum,
            maximum => maximum.unwrap_or(u64::MAX),
        };
        match &self.by {
            By::Quotients(_) => (entry.minimum, most),
            By::Remainders { whole, .. } => {
                let given: u128 = whole.iter().map(|&seats| u128::from(seats)).sum();
                match given > u128::from(self.record.seats) {
                    true => (whole[at].saturating_sub(1).max(entry.minimum), whole[at]),
                    false => (whole[at], whole[at].saturating_add(1).min(most)),
                }
            }
        }
    }

    fn order(&self, a: Seat, b: Seat) -> Ordering {
        match &self.by {
            By::Quotients(divisors) => {
                let (first, second) = (self.divisor(divisors, a), self.divisor(divisors, b));
                let weight = |at: usize| &self.weights.numerators()[at];
                compare_quotients((weight(a.0), &first), (weight(b.0), &second))
            }
            By::Remainders { .. } => self.remainder(a.0).cmp(&self.remainder(b.0)),
        }
    }

    fn divisor(&self, divisors: &Divisors, (at, seat): Seat) -> Divisor {
        divisors.divisor(self.record.entries[at].held.saturating_add(seat - 1))
    }

    /// Votes less the whole quotas, in numerators over both denominators.
    fn remainder(&self, at: usize) -> BigInt {
        let By::Remainders { price, parts, whole } = &self.by else { return BigInt::ZERO };
        BigInt::from(&self.weights.numerators()[at] * parts) - BigInt::from(price * whole[at])
    }

    fn claim(&self, (at, seat): Seat, names: Names<'_>) -> Claim {
        let entry = &self.record.entries[at];
        let (divisor, remainder) = match &self.by {
            By::Quotients(divisors) => (Some(divisor_text(&self.divisor(divisors, (at, seat)))), None),
            By::Remainders { parts, .. } => {
                let unit = BigInt::from(parts * self.weights.denominator());
                (None, Some(ratio(self.remainder(at), unit)))
            }
        };
        let seat = entry.held.saturating_add(seat).into();
        Claim { parties: names.parties(&entry.parties), seat, divisor, remainder }
    }
}

impl<'p> By<'p> {
    fn remainders(record: &ContestRecord, weights: &Weights, quota: Quota) -> Option<By<'p>> {
        let mut contest = ExactContest::new(weights, record.seats);
        contest.quota_base.clone_from(&record.quota_base);
        let (ranks, rough) = (weights.ranks(), weights.leading_bits());
        let ready = contest.ready(&ranks, &rough);
        // A quota of nothing: there is nothing to give out by it.
        let size = ready.quota(quota).ok()?;
        let bounded = |(at, entry): (usize, &crate::rule::trace::Entry)| {
            let bought = u64::try_from(ready.whole_and_rest(at, &size).0).unwrap_or(u64::MAX);
            let most = if weights.numerators()[at] == BigUint::ZERO { Some(entry.minimum) } else { entry.maximum };
            bought.min(most.unwrap_or(u64::MAX)).max(entry.minimum)
        };
        let whole = record.entries.iter().enumerate().map(bounded).collect();
        Some(Self::Remainders { price: size.price.clone(), parts: size.parts.clone(), whole })
    }
}

/// A divisor as text: "83", "7/5", "root 2 of 6806", "2^83".
fn divisor_text(Divisor { numerator, denominator, root, doublings }: &Divisor) -> String {
    let plain = ratio_of(numerator, denominator);
    match (root, doublings) {
        (1, 0) => plain,
        (1, doublings) => alloc::format!("2^{doublings}"),
        (root, _) => alloc::format!("root {root} of {plain}"),
    }
}

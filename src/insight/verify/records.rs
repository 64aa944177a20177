//! What a law decided on the way, held against the count: each record by sums and products of its own.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::contest::{self, Answer};
use super::fault::{Fault, Objection};
use crate::count::{Figures, PartyId, PlaceId};
use crate::rule::trace::{AdmissionRecord, ContestRecord, PartialRecord, PlacedRecord, SettledRecord, TopUpRecord};
use crate::rule::{HowMany, Record, Rule, Shortfall, Threshold, What};

/// Checks every record of one course of a law.
pub(super) fn check(rule: &Rule, figures: &Figures<'_>, records: &[Record]) -> Vec<Objection> {
    let check = Records { rule, figures, records };
    let mut objections = Vec::new();
    for (at, record) in check.records.iter().enumerate() {
        let found = match record {
            Record::Contest(contest) => check.contest(at, contest).map(|fault| (contest.place, fault)),
            Record::Admission(admission) => check.admission(admission).map(|fault| (admission.place, fault)),
            Record::Partial(partial) => check.partial(partial).map(|fault| (partial.place, fault)),
            Record::TopUp(top_up) => check.top_up(at, top_up).map(|fault| (top_up.place, fault)),
            Record::Placed(placed) => check.placed(placed).map(|fault| (placed.place, fault)),
            Record::Settled(settled) => check.settled(settled).map(|fault| (settled.place, fault)),
            _ => None,
        };
        if let Some((place, fault)) = found {
            objections.push(Objection { place: check.place(place), fault });
        }
    }
    objections
}

struct Records<'r> {
    rule: &'r Rule,
    figures: &'r Figures<'r>,
    records: &'r [Record],
}

impl Records<'_> {
    fn place(&self, place: PlaceId) -> Option<String> {
        Some(self.figures.spot(place).name.to_string()).filter(|name| !name.is_empty())
    }

    fn name(&self, party: PartyId) -> String {
        self.figures.name(party).to_string()
    }

    /// A question to a method, which only those may enter who take part, with the votes that were counted.
    fn contest(&self, at: usize, contest: &ContestRecord) -> Option<Fault> {
        let names: Vec<String> = contest
            .entries
            .iter()
            .map(|entry| entry.parties.iter().map(|&party| self.name(party)).collect::<Vec<_>>().join(" + "))
            .collect();
        let spot = self.figures.spot(contest.place);
        for (entry, name) in contest.entries.iter().zip(&names) {
            let votes: u128 = entry.parties.iter().map(|&party| u128::from(spot.votes_of(party))).sum();
            if votes != u128::from(entry.votes) {
                return Some(Fault::Step { what: alloc::format!("the votes of {name}") });
            }
        }
        let asked = self.records[..at].iter().any(|record| match record {
            Record::Chosen(chosen) => chosen.choice.tier == contest.tier && chosen.choice.place == contest.place,
            _ => false,
        });
        let answer = Answer {
            certain: &contest.certain,
            tie: contest.tie.as_ref(),
            vacant: contest.vacant,
            may_be_tied: false,
            asked: asked && !contest.stages.is_empty(),
        };
        let chain = self.rule.tiers().get(contest.tier).map_or(&[][..], |tier| &tier.tie_break);
        contest::fault(contest, &answer, &names, chain)
    }

    /// Who takes part: whoever passes the threshold, judged once more, and nobody else unless the law repairs.
    fn admission(&self, admission: &AdmissionRecord) -> Option<Fault> {
        let threshold = self.rule.tiers().get(admission.tier)?.threshold.as_ref();
        for (&party, judged) in admission.parties.iter().zip(&admission.admissions) {
            let passes = match threshold {
                Some(threshold) => self.passes(threshold, party, admission.place),
                None => Some(true),
            };
            let passed = judged.shortfall().is_none();
            if passes.is_some_and(|passes| passes != passed) {
                return Some(Fault::Step { what: alloc::format!("whether {} passes the threshold", self.name(party)) });
            }
        }
        let noted = admission.comparisons.iter().flatten();
        noted.into_iter().find_map(|comparison| {
            let Shortfall::Share { votes, whole, share, strict, .. } = &comparison.sides else { return None };
            let has = BigUint::from(*votes) * share.denominator();
            let needed = BigUint::from(*whole) * share.numerator();
            let met = if *strict { has > needed } else { has >= needed };
            (met != comparison.met).then(|| Fault::Step { what: "a share".into() })
        })
    }

    /// Whether a party passes a threshold at a place; none where that depends on what earlier tiers gave.
    fn passes(&self, threshold: &Threshold, party: PartyId, place: PlaceId) -> Option<bool> {
        let spot = self.figures.spot(place);
        let votes = BigUint::from(spot.votes_of(party));
        let reaches = |has: BigUint, needed: BigUint, strict: bool| if strict { has > needed } else { has >= needed };
        match threshold {
            Threshold::Share { share, of, strict } => {
                let whole = BigUint::from(spot.base(*of).ok()?);
                Some(reaches(votes * share.denominator(), whole * share.numerator(), *strict))
            }
            Threshold::ByMembers { shares, of, strict } => {
                let members = self.figures.parties().get(party.index())?.members();
                let Some((_, share)) = shares.iter().rev().find(|(from, _)| **from <= members) else {
                    return Some(true);
                };
                let whole = BigUint::from(spot.base(*of).ok()?);
                Some(reaches(votes * share.denominator(), whole * share.numerator(), *strict))
            }
            Threshold::Votes { votes: needed, strict } => Some(reaches(votes, BigUint::from(*needed), *strict)),
            Threshold::Minority => Some(self.figures.parties().get(party.index())?.is_minority()),
            Threshold::DirectSeats(needed) => Some(spot.direct_seats(party) >= *needed),
            // The seats of a place may be the law's to give, and those of parties a tier's.
            Threshold::Quota { .. } | Threshold::Seats(_) => None,
            Threshold::Any(list) => {
                let parts: Vec<Option<bool>> = list.iter().map(|part| self.passes(part, party, place)).collect();
                if parts.contains(&Some(true)) {
                    Some(true)
                } else {
                    parts.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
                }
            }
            Threshold::All(list) => {
                let parts: Vec<Option<bool>> = list.iter().map(|part| self.passes(part, party, place)).collect();
                if parts.contains(&Some(false)) {
                    Some(false)
                } else {
                    parts.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
                }
            }
            Threshold::At { level, threshold } => {
                let at = if self.figures.has_districts() { self.figures.upwards(place, *level)? } else { place };
                self.passes(threshold, party, at)
            }
            Threshold::Places { places, level, pass } => {
                let all = self.figures.at_level(*level);
                let mut passed: u64 = 0;
                for &at in &all {
                    passed += u64::from(self.passes(pass, party, at)?);
                }
                Some(match places {
                    HowMany::AtLeast(needed) => passed >= *needed,
                    HowMany::All => passed == all.len() as u64,
                })
            }
        }
    }

    /// Whole quotas: nobody has more than its votes buy, the rounding up of a law included.
    fn partial(&self, partial: &PartialRecord) -> Option<Fault> {
        let (price, parts) = partial.cost.as_ref()?;
        let all: u128 = partial.seats.iter().map(|&seats| u128::from(seats)).sum();
        if partial.limit.is_some_and(|limit| all > u128::from(limit)) {
            return Some(Fault::Step { what: "the sum of the whole quotas".into() });
        }
        for ((&party, &votes), &seats) in partial.parties.iter().zip(&partial.votes).zip(&partial.seats) {
            let whole = BigUint::from(votes) * parts / price;
            let most = whole + u8::from(partial.up_from.is_some());
            if BigUint::from(seats) > most {
                return Some(Fault::Step { what: alloc::format!("the whole quotas of {}", self.name(party)) });
            }
        }
        None
    }

    /// Targets: no more in all than the house, or than the one that grew, with what may stay unlevelled.
    fn top_up(&self, at: usize, top_up: &TopUpRecord) -> Option<Fault> {
        let target: u128 = top_up.target.iter().map(|&seats| u128::from(seats)).sum();
        let grown = self.records[..at].iter().rev().find_map(|record| match record {
            Record::Levelled(level) if (level.tier, level.place) == (top_up.tier, top_up.place) => Some(level),
            _ => None,
        });
        let house = grown.map_or(top_up.house.into(), |level| u128::from(level.size) + u128::from(level.unlevelled));
        (target > house).then(|| Fault::Step { what: "the sum of the targets".into() })
    }

    /// Seats placed: of each party no more than it had to place, and of others none; direct seats that a law keeps may be
    /// beyond a whole target.
    fn placed(&self, placed: &PlacedRecord) -> Option<Fault> {
        if placed.step.what == What::All {
            return None;
        }
        let mut left: BTreeMap<PartyId, u64> = placed.seats.iter().copied().collect();
        for &(party, .., seats) in &placed.placed {
            let own = left.entry(party).or_default();
            let Some(rest) = own.checked_sub(seats) else {
                return Some(Fault::Step { what: alloc::format!("the places of {}", self.name(party)) });
            };
            *own = rest;
        }
        None
    }

    /// Seats by party and place: every place has its seats.
    fn settled(&self, settled: &SettledRecord) -> Option<Fault> {
        for (column, &place) in settled.places.iter().enumerate() {
            let sum: u128 = settled.seats.iter().map(|row| u128::from(row[column])).sum();
            if sum != u128::from(settled.sizes[column].1) {
                let what = alloc::format!("the sum of the seats of {}", self.figures.spot(place).title());
                return Some(Fault::Step { what });
            }
        }
        None
    }
}

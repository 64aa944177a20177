//! Who took part: both sides of every comparison that a threshold made, and what came of them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::{Figure, ratio_of};
use super::names::Names;
use crate::count::{Base, Level};
use crate::num::Ratio;
use crate::outcome::Admission as Judged;
use crate::rule::trace::AdmissionRecord;
use crate::rule::{Comparison as Compared, Shortfall};

/// The parties of one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Admission {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    parties: Vec<Party>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    party: String,
    votes: Figure,
    admitted: Admitted,
    /// What a second list's votes are multiplied by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<Comparison>,
}

/// Whether a party takes part, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Admitted {
    Passed,
    Refused,
    Repaired,
    Weighed,
}

/// One comparison: what the party has, what it needs of what, and whether that was enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Comparison {
    what: What,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    has: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<Base>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    needs: Option<String>,
    #[serde(default, skip_serializing_if = "crate::rule::is_default")]
    strict: bool,
    met: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    Share,
    Voters,
    Votes,
    Quota,
    DirectSeats,
    Seats,
    Places,
    NoQuota,
    NotMinority,
}

impl Admission {
    pub(super) fn of(record: &AdmissionRecord, names: Names<'_>) -> Self {
        let parties = record.parties.iter().zip(&record.votes).zip(record.admissions.iter().zip(&record.comparisons));
        let party = |((&party, &votes), (judged, compared)): ((&_, &u64), (&Judged, &Vec<Compared>))| {
            let (admitted, weight) = match judged {
                Judged::Passed => (Admitted::Passed, None),
                Judged::Refused(_) => (Admitted::Refused, None),
                Judged::Repaired(_) => (Admitted::Repaired, None),
                Judged::Weighed(_, weight) => (Admitted::Weighed, Some(exact(*weight))),
            };
            let comparisons = compared.iter().map(|one| Comparison::of(one, names)).collect();
            Party { party: names.party(party), votes: votes.into(), admitted, weight, comparisons }
        };
        Self { tier: names.tier(record.tier), place: names.place(record.place), parties: parties.map(party).collect() }
    }
}

impl Comparison {
    fn of(compared: &Compared, names: Names<'_>) -> Self {
        let mut all = Self {
            what: What::Share,
            place: names.place(compared.place),
            has: None,
            of: None,
            base: None,
            level: None,
            needs: None,
            strict: false,
            met: compared.met,
        };
        let seats = |has: &u64, needed: &u64| (Some(has.to_string()), Some(needed.to_string()));
        match &compared.sides {
            Shortfall::Share { votes, whole, of, share, strict } => {
                (all.has, all.of) = (Some(votes.to_string()), Some(whole.to_string()));
                (all.base, all.needs, all.strict) = (Some(*of), Some(exact(*share)), *strict);
            }
            Shortfall::Voters(voters) => {
                let (part, whole) = voters.sides();
                all.what = What::Voters;
                (all.has, all.of) = (Some(part.to_string()), Some(whole.to_string()));
                (all.needs, all.strict) = (Some(exact(voters.needed())), voters.is_strict());
            }
            Shortfall::Votes { votes, needed, strict } => {
                all.what = What::Votes;
                ((all.has, all.needs), all.strict) = (seats(votes, needed), *strict);
            }
            Shortfall::Quota { votes, times, size, divisor, strict, .. } => {
                all.what = What::Quota;
                (all.has, all.of) = (Some(votes.to_string()), Some(ratio_of(&(*size).into(), &(*divisor).into())));
                (all.needs, all.strict) = (Some(exact(*times)), *strict);
            }
            Shortfall::DirectSeats { seats: has, needed } => {
                all.what = What::DirectSeats;
                (all.has, all.needs) = seats(has, needed);
            }
            Shortfall::Seats { seats: has, needed } => {
                all.what = What::Seats;
                (all.has, all.needs) = seats(has, needed);
            }
            Shortfall::Places { passed, needed, level, .. } => {
                (all.what, all.level) = (What::Places, Some(*level));
                (all.has, all.needs) = seats(passed, needed);
            }
            Shortfall::NotMinority => all.what = What::NotMinority,
            // Those of other places and several together are no comparisons of their own.
            Shortfall::NoQuota | Shortfall::In { .. } | Shortfall::All(_) => all.what = What::NoQuota,
        }
        all
    }
}

/// A ratio without its notation: "7/100" of 7%.
pub(super) fn exact(ratio: Ratio) -> String {
    ratio_of(&ratio.numerator().into(), &ratio.denominator().into())
}

//! What stands beside methods: seats won before, votes gained, a bonus, and corrections of what a method gave.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::names::Names;
use crate::count::{Base, PartyId, PlaceId};
use crate::rule::trace::{
    BonusRecord, CapRecord, Direct as DirectRecord, ExhaustedRecord, FloorRecord, FragmentsRecord, MajorityRecord,
};
use crate::rule::{Candidates, Chosen as ChosenRecord, Fragments as Which};

/// Seats won before the first tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Direct {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    seats: BTreeMap<String, Figure>,
}

/// Votes of single-seat districts that count for lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fragments {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    fragments: Which,
    gained: BTreeMap<String, Figure>,
}

/// The winner's bonus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bonus {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    party: String,
    votes: Figure,
    of: Base,
    whole: Figure,
    seats: Figure,
}

/// A list, or those of an alliance, that would have had more seats than it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Over {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    parties: Vec<String>,
    would_have: Figure,
    most: Figure,
}

/// A list, or those of an alliance, that got what it has at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Floor {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    parties: Vec<String>,
    seats: Figure,
}

/// A seat given up to the absolute majority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Majority {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    winner: String,
    loser: String,
}

/// The end of a tie, as this course of the law has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chosen {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    about: String,
    candidates: Vec<Candidate>,
    winners: Vec<Candidate>,
}

/// Who is tied: a party, a place, or a party in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Candidate {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    party: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

impl Direct {
    pub(super) fn of(record: &DirectRecord, names: Names<'_>) -> Self {
        Self { place: names.place(record.place), seats: names.by_party(record.seats.iter().copied()) }
    }
}

impl Fragments {
    pub(super) fn of(record: &FragmentsRecord, names: Names<'_>) -> Self {
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            fragments: record.fragments,
            gained: names.by_party(record.gained.iter().copied()),
        }
    }
}

impl Bonus {
    pub(super) fn of(record: &BonusRecord, names: Names<'_>) -> Self {
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            party: names.party(record.party),
            votes: record.votes.into(),
            of: record.of,
            whole: record.whole.into(),
            seats: record.seats.into(),
        }
    }
}

impl Over {
    pub(super) fn of_cap(record: &CapRecord, names: Names<'_>) -> Self {
        Self::new(record.tier, record.place, &record.parties, (record.would_have, record.most), names)
    }

    pub(super) fn of_list(record: &ExhaustedRecord, names: Names<'_>) -> Self {
        Self::new(record.tier, record.place, &record.parties, (record.would_have, record.most), names)
    }

    fn new(tier: usize, place: PlaceId, parties: &[PartyId], (would_have, most): (u64, u64), names: Names<'_>) -> Self {
        Self {
            tier: names.tier(tier),
            place: names.place(place),
            parties: names.parties(parties),
            would_have: would_have.into(),
            most: most.into(),
        }
    }
}

impl Floor {
    pub(super) fn of(record: &FloorRecord, names: Names<'_>) -> Self {
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            parties: names.parties(&record.parties),
            seats: record.seats.into(),
        }
    }
}

impl Majority {
    pub(super) fn of(record: &MajorityRecord, names: Names<'_>) -> Self {
        Self {
            tier: names.tier(record.tier),
            place: names.place(record.place),
            winner: names.party(record.winner),
            loser: names.party(record.loser),
        }
    }
}

impl Chosen {
    pub(super) fn of(record: &ChosenRecord, names: Names<'_>) -> Self {
        let party = |party: &PartyId| Some(names.party(*party));
        let place = |place: &PlaceId| Some(names.title(*place));
        let candidates: Vec<Candidate> = match &record.choice.candidates {
            Candidates::Parties(all) => all.iter().map(|one| Candidate { party: party(one), at: None }).collect(),
            Candidates::Places(all) => all.iter().map(|one| Candidate { party: None, at: place(one) }).collect(),
            Candidates::Pairs(all) => {
                all.iter().map(|(one, at)| Candidate { party: party(one), at: place(at) }).collect()
            }
        };
        Self {
            tier: names.tier(record.choice.tier),
            place: names.place(record.choice.place),
            about: record.choice.about.into(),
            winners: record.winners.iter().filter_map(|&at| candidates.get(at).cloned()).collect(),
            candidates,
        }
    }
}

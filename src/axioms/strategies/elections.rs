//! Strategies for tallies, thresholds and rules.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use proptest::collection::{btree_map, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::{methods, quotas, ratios, shares, votes};
use crate::allocation::TieBreak;
use crate::count::Ballot;
use crate::count::Base;
use crate::count::Party;
use crate::count::Tally;
use crate::method::Excess;
use crate::rule::Rule;
use crate::rule::Threshold;

/// The most parties in a tally from here.
const PARTIES: usize = 12;

/// The name of party `index`: A, B, C, …
pub(super) fn name(index: usize) -> String {
    ('A'..='Z').nth(index).map_or_else(|| format!("party {}", index + 1), String::from)
}

/// Parties named A, B, C and so on, sometimes a coalition, a minority's, or with direct or held seats and bounds.
pub fn parties() -> impl Strategy<Value = Party> {
    (0..PARTIES, particulars()).prop_map(|(index, particulars)| particulars.of(Party::new(name(index))))
}

/// What a party may have beside its name.
#[derive(Clone, Debug)]
struct Particulars {
    members: u64,
    minority: bool,
    direct_seats: u64,
    minimum: u64,
    room: Option<u64>,
    held: u64,
}

impl Particulars {
    fn of(&self, party: Party) -> Party {
        let party = party
            .with_members(self.members)
            .with_direct_seats(self.direct_seats)
            .with_minimum(self.minimum)
            .with_held(self.held);
        let party = if self.minority { party.as_minority() } else { party };
        match self.room {
            // A maximum is never below the minimum.
            Some(room) => party.with_maximum(self.minimum + room),
            None => party,
        }
    }
}

fn particulars() -> impl Strategy<Value = Particulars> {
    let rarely = |most: u64| prop_oneof![6 => Just(0_u64), 1 => 0..=most];
    (
        prop_oneof![4 => Just(1_u64), 1 => 1..=5_u64],
        proptest::bool::weighted(0.1),
        rarely(5),
        rarely(2),
        weighted(0.15, 0..=9_u64),
        rarely(4),
    )
        .prop_map(|(members, minority, direct_seats, minimum, room, held)| Particulars {
            members,
            minority,
            direct_seats,
            minimum,
            room,
            held,
        })
}

/// Ballots of every kind, for parties A to F.
pub fn ballots() -> impl Strategy<Value = Ballot> {
    ballots_for(6)
}

fn ballots_for(parties: usize) -> impl Strategy<Value = Ballot> {
    let names: Vec<String> = (0..parties).map(name).collect();
    let ranking = subsequence(names.clone(), 1..=parties).prop_shuffle();
    prop_oneof![
        4 => select(names).prop_map(Ballot::Party),
        // At least one name, and none twice.
        2 => ranking.prop_map(|names| Ballot::ranked(names).unwrap_or(Ballot::Blank)),
        1 => select([Ballot::Blank, Ballot::Invalid, Ballot::AgainstAll].as_slice()),
    ]
}

/// Tallies of up to twelve parties with all kinds of ballots; the votes are of every kind of [`votes`].
pub fn tallies() -> impl Strategy<Value = Tally> {
    tallies_of(votes())
}

/// Tallies of these votes.
pub(super) fn tallies_of(votes: impl Strategy<Value = Vec<u64>>) -> impl Strategy<Value = Tally> {
    let rarely = || prop_oneof![2 => Just(0_u64), 1 => 0..=50_u64];
    let counted = || prop_oneof![2 => Just(None), 1 => (0..=50_u64).prop_map(Some)];
    // Ballots cast stand for the invalid ones: in a document, one or the other is given.
    let invalid_or_cast = prop_oneof![2 => counted().prop_map(Ok), 1 => (0..=60_u64).prop_map(Err)];
    let others = (counted(), rarely(), rarely(), invalid_or_cast, weighted(0.3, 0..=500_u64));
    (votes, vec(particulars(), PARTIES), others, vec((Index::arbitrary(), 1..=9_u64), 0..=3)).prop_map(
        |(votes, particulars, (blank, against_all, other, invalid_or_cast, not_voting), ranked)| {
            let parties = votes.iter().zip(&particulars).enumerate();
            let rows: Vec<(Party, u64)> =
                parties.map(|(index, (&votes, of))| (of.of(Party::new(name(index))), votes)).collect();
            // Names differ, and there are at most as many parties as particulars.
            let mut tally = Tally::from_votes(rows).unwrap_or_default();
            for (first, count) in ranked {
                let stand = votes.len().min(PARTIES);
                let first = first.index(stand);
                if let Ok(ballot) = Ballot::ranked((0..stand).map(|next| name((first + next) % stand))) {
                    tally.count(&ballot, count);
                }
            }
            tally = tally.with_against_all(against_all).with_other(other);
            if let Some(blank) = blank {
                tally = tally.with_blank(blank);
            }
            tally = match invalid_or_cast {
                Ok(None) => tally,
                Ok(Some(invalid)) => tally.with_invalid(invalid),
                Err(more) => {
                    let counted = tally.base(Base::ValidAndBlank).unwrap_or(0);
                    tally.with_cast(u64::try_from(counted).unwrap_or(u64::MAX).saturating_add(more))
                }
            };
            let cast = tally.base(Base::Cast).ok().and_then(|cast| u64::try_from(cast).ok());
            match (not_voting, cast) {
                (Some(more), Some(cast)) => tally.with_registered(cast.saturating_add(more)),
                _ => tally,
            }
        },
    )
}

/// Thresholds of every kind; one in eight holds others.
pub fn thresholds() -> impl Strategy<Value = Threshold> {
    let base = || select([Base::Valid, Base::PartyVotes, Base::ValidAndBlank, Base::Cast, Base::Registered].as_slice());
    let simple = prop_oneof![
        4 => shares().prop_map(Threshold::share),
        1 => (0..=100_u64).prop_map(Threshold::votes),
        1 => (quotas(), ratios()).prop_map(|(quota, times)| Threshold::quota(quota, times)),
        1 => btree_map(1..=5_u64, shares(), 1..=3).prop_map(Threshold::by_members),
        1 => (0..=3_u64).prop_map(Threshold::direct_seats),
        1 => Just(Threshold::minority()),
    ];
    let simple = (simple, prop_oneof![3 => Just(Base::Valid), 1 => base()], proptest::bool::weighted(0.2))
        .prop_map(|(threshold, base, strict)| if strict { threshold.of(base).strict() } else { threshold.of(base) });
    prop_oneof![
        7 => simple.clone(),
        1 => (vec(simple, 1..=3), any::<bool>())
            .prop_map(|(parts, all)| if all { Threshold::all(parts) } else { Threshold::any(parts) }),
    ]
}

/// Rules of every method, with and without thresholds, admissions, tie-breaks and vacancies; lots are drawn among A, B
/// and C.
pub fn rules() -> impl Strategy<Value = Rule> {
    rules_for(3)
}

/// Rules whose lots are drawn among the first so many parties.
pub(super) fn rules_for(parties: usize) -> impl Strategy<Value = Rule> {
    let names: Vec<String> = (0..parties).map(name).collect();
    let drawn = subsequence(names, 1..=parties).prop_shuffle().prop_map(TieBreak::Drawn);
    let tie_break = prop_oneof![
        3 => select(Vec::from([TieBreak::MostVotes, TieBreak::FewestVotes, TieBreak::ListOrder])),
        1 => drawn,
    ];
    let base = select([Base::Valid, Base::PartyVotes, Base::ValidAndBlank, Base::Cast].as_slice());
    let seats = prop_oneof![4 => 0..=30_u64, 1 => 0..=700_u64];
    (
        (methods(), seats),
        weighted(0.6, thresholds()),
        weighted(0.2, 1..=4_usize),
        weighted(0.1, base),
        vec(tie_break, 0..=2),
        (proptest::bool::weighted(0.1), proptest::bool::weighted(0.2), proptest::bool::weighted(0.1)),
    )
        .prop_map(|((method, seats), threshold, at_least, base, tie_break, (excess, vacancies, spare_votes))| {
            let mut rule = Rule::new(method, seats).tie_break(tie_break);
            if vacancies {
                rule = rule.vacancies();
            }
            if spare_votes {
                rule = rule.spare_votes();
            }
            if let Some(threshold) = threshold {
                rule = rule.threshold(threshold);
            }
            if let Some(at_least) = at_least {
                rule = rule.admit_at_least(at_least);
            }
            if let Some(base) = base {
                rule = rule.quota_base(base);
            }
            if excess { rule.excess(Excess::SmallestRemainders) } else { rule }
        })
}

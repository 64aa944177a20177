//! Strategies for elections as documents (feature `serde`).

use alloc::string::String;
use alloc::vec::Vec;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

use super::elections::{rules_for, tallies_of};
use super::votes;
use crate::document::Election;

/// Elections as documents: a rule, a tally of the parties it knows, sometimes what they are and seats on record.
///
/// Counts stay below 2^63, which is what TOML can hold.
pub fn elections() -> impl Strategy<Value = Election> {
    let votes = votes().prop_map(|votes| votes.into_iter().map(|votes| votes.min(1 << 62)).collect::<Vec<u64>>());
    let text = || weighted(0.3, "[A-Za-z0-9 äß\"'\\\\-]{0,12}");
    let about = (text(), text(), weighted(0.3, Just(String::from("2012-01-15"))), text(), weighted(0.2, any::<bool>()));
    let recorded = vec(weighted(0.8, 0..=30_u64), 12);
    (tallies_of(votes), about, weighted(0.3, recorded))
        .prop_flat_map(|(tally, about, recorded)| (rules_for(tally.parties().len()), Just((tally, about, recorded))))
        .prop_map(|(rule, (tally, (id, name, date, note, complete), recorded))| {
            let names: Vec<String> = tally.parties().iter().map(|party| party.name().into()).collect();
            let mut election = Election::new(rule, tally);
            election.sources = note.iter().cloned().collect();
            (election.id, election.name, election.date) = (id, name, date);
            (election.note, election.complete) = (note, complete);
            let known = names.into_iter().zip(recorded.unwrap_or_default());
            election.recorded.nation = known.filter_map(|(name, seats)| seats.map(|seats| (name, seats))).collect();
            election
        })
}

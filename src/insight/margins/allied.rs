//! Lists that stand together, between which voters may move inside their alliance.

use alloc::vec;
use alloc::vec::Vec;

use crate::count::{Alliance, Figures, Member, PartyId, PlaceId};

/// Pairs of lists of one alliance, of the nation or of any place, each both ways.
pub(super) fn pairs(figures: &Figures<'_>) -> Vec<(PartyId, PartyId)> {
    let mut pairs = Vec::new();
    for alliance in (0..figures.spots().len()).flat_map(|at| figures.alliances(PlaceId::at(at))) {
        let lists = lists(figures, alliance);
        for &from in &lists {
            pairs.extend(lists.iter().filter(|&&to| to != from).map(|&to| (from, to)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether two lists stand together where a place's ballots count: there, or in any place around it.
pub(super) fn stand_together(figures: &Figures<'_>, one: PartyId, other: PartyId, mut place: PlaceId) -> bool {
    loop {
        let mut alliances = figures.alliances(place).map(|alliance| lists(figures, alliance));
        if alliances.any(|lists| lists.contains(&one) && lists.contains(&other)) {
            return true;
        }
        match figures.counted_in(place) {
            Some(outer) => place = outer,
            None => return false,
        }
    }
}

/// All lists of an alliance, those of alliances inside it too.
fn lists(figures: &Figures<'_>, alliance: &Alliance) -> Vec<PartyId> {
    let mut lists = Vec::new();
    let mut waiting = vec![alliance];
    while let Some(alliance) = waiting.pop() {
        for member in alliance.members() {
            match member {
                Member::Party(name) => lists.extend(figures.party_named(name)),
                Member::Alliance(inner) => waiting.push(inner),
            }
        }
    }
    lists
}

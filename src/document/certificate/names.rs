//! Names: the numbers of the trace turned back into what documents call parties, places and tiers.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigInt;

use super::figure::Figure;
use crate::count::{Figures, PartyId, PlaceId};
use crate::rule::Rule;

/// A law and what was counted, for their names.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    pub(super) rule: &'n Rule,
    pub(super) figures: &'n Figures<'n>,
}

impl Names<'_> {
    pub(super) fn party(&self, party: PartyId) -> String {
        self.figures.name(party).to_string()
    }

    pub(super) fn parties(&self, parties: &[PartyId]) -> Vec<String> {
        parties.iter().map(|&party| self.party(party)).collect()
    }

    /// Numbers by party, each party once.
    pub(super) fn by_party<T: Into<BigInt>>(
        &self,
        numbers: impl IntoIterator<Item = (PartyId, T)>,
    ) -> BTreeMap<String, Figure> {
        let mut sums: BTreeMap<String, BigInt> = BTreeMap::new();
        for (party, number) in numbers {
            *sums.entry(self.party(party)).or_default() += number.into();
        }
        sums.into_iter().map(|(party, sum)| (party, sum.into())).collect()
    }

    /// A place's name; none for the nation.
    pub(super) fn place(&self, place: PlaceId) -> Option<String> {
        Some(self.figures.spot(place).name).filter(|name| !name.is_empty()).map(ToString::to_string)
    }

    /// A place that is not the nation, or its title.
    pub(super) fn title(&self, place: PlaceId) -> String {
        self.figures.spot(place).title()
    }

    /// A tier's name, or its number from 1.
    pub(super) fn tier(&self, tier: usize) -> String {
        self.rule.tiers().get(tier).map_or_else(String::new, |known| known.title(tier))
    }
}

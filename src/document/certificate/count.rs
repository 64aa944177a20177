//! The votes that were used: of every place, sums included.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::names::Names;
use crate::count::{Base, PlaceId};

/// What was counted in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counted {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// First choices by party.
    votes: BTreeMap<String, Figure>,
    /// Other ballots, by kind; those that were not counted are left out.
    beside: BTreeMap<String, Figure>,
    /// What shares may be taken of, by the name of the base; those that were not counted are left out.
    bases: BTreeMap<Base, Figure>,
}

/// What was counted in the nation, and in every place in it.
pub(super) fn all(names: Names<'_>) -> Vec<Counted> {
    let spots = names.figures.spots().iter().enumerate();
    let counted = spots.map(|(at, spot)| {
        let bases =
            [Base::PartyVotes, Base::Valid, Base::ValidAndBlank, Base::Cast, Base::Registered, Base::Population];
        let beside = [
            ("blank", spot.tally.blank_counted()),
            ("invalid", spot.tally.invalid_counted()),
            ("against_all", Some(spot.tally.against_all())),
            ("other", Some(spot.tally.other())),
        ];
        let number = |base: Base| Some((base, Figure::from(spot.base(base).ok()?)));
        Counted {
            place: names.place(PlaceId::at(at)),
            // Sums as they are, also where they are more than methods take.
            votes: spot.tally.iter().map(|(party, votes)| (party.name().into(), votes.into())).collect(),
            beside: beside.into_iter().filter_map(|(kind, count)| Some((kind.into(), count?.into()))).collect(),
            bases: bases.into_iter().filter_map(number).collect(),
        }
    });
    counted.collect()
}

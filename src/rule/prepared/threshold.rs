//! Thresholds with everything looked up that does not depend on the votes.

use core::cmp::Ordering;

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::count::{Base, Figures, Level, Party, PlaceId};
use crate::num::Ratio;
use crate::rule::Threshold;

/// Who passes, as far as it can be said without the votes, party by party.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Whatever the votes are.
    Known(Vec<bool>),
    /// A share of a base, for each party its own; none passes.
    Share {
        shares: Vec<Option<Ratio>>,
        base: WholeOf,
        strict: bool,
    },
    /// A number of votes.
    Votes {
        needed: u64,
        strict: bool,
    },
    Any(Vec<Test>),
    All(Vec<Test>),
    /// Judged on the votes of all rows' places together.
    Nation(Box<Test>),
}

/// What a share is of: the parties' votes and a number beside them, or a number alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum WholeOf {
    Parties { beside: u128 },
    Number(u128),
}

/// The votes of one place: of each party, and their sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'v> {
    pub(super) votes: &'v [u64],
    pub(super) sum: u128,
}

impl Test {
    /// The threshold at a place; none if it asks for what only a whole run of the law can say.
    pub(super) fn new(threshold: &Threshold, figures: &Figures<'_>, place: PlaceId) -> Option<Self> {
        let spot = figures.spot(place);
        let parties = || spot.parties.iter().map(|party| &figures.parties()[party.index()]);
        let every = |share: Ratio| spot.parties.iter().map(|_| Some(share)).collect();
        Some(match threshold {
            Threshold::Share { share, of, strict } => {
                Self::Share { shares: every(*share), base: whole(figures, place, *of)?, strict: *strict }
            }
            Threshold::ByMembers { shares, of, strict } => {
                let share = |party: &Party| shares.range(..=party.members()).next_back().map(|(_, &share)| share);
                Self::Share {
                    shares: parties().map(share).collect(),
                    base: whole(figures, place, *of)?,
                    strict: *strict,
                }
            }
            Threshold::Votes { votes, strict } => Self::Votes { needed: *votes, strict: *strict },
            Threshold::DirectSeats(needed) => {
                Self::Known(spot.parties.iter().map(|&party| spot.direct_seats(party) >= *needed).collect())
            }
            Threshold::Minority => Self::Known(parties().map(Party::is_minority).collect()),
            Threshold::Any(list) => Self::Any(all(list, figures, place)?),
            Threshold::All(list) => Self::All(all(list, figures, place)?),
            Threshold::At { level, threshold } => match (level, place == PlaceId::NATION, figures.has_districts()) {
                (_, true, false) | (Level::District, false, _) => Self::new(threshold, figures, place)?,
                (Level::Nation, ..) => Self::Nation(Box::new(Self::new(threshold, figures, PlaceId::NATION)?)),
                _ => return None,
            },
            Threshold::Quota { .. } | Threshold::Seats(_) | Threshold::Places { .. } => return None,
        })
    }

    /// Whether a party passes: its position in the place, and in the nation.
    pub(super) fn passes(&self, party: usize, in_nation: usize, here: Seen<'_>, nation: Seen<'_>) -> bool {
        let enough = |order: Ordering, strict: bool| order.is_gt() || (!strict && order.is_eq());
        match self {
            Self::Known(known) => known[party],
            Self::Share { shares, base, strict } => match shares[party] {
                None => true,
                Some(share) => {
                    let whole = match *base {
                        WholeOf::Parties { beside } => here.sum + beside,
                        WholeOf::Number(number) => number,
                    };
                    enough(share.compare_part(here.votes[party].into(), whole), *strict)
                }
            },
            Self::Votes { needed, strict } => enough(here.votes[party].cmp(needed), *strict),
            Self::Any(list) => list.iter().any(|test| test.passes(party, in_nation, here, nation)),
            Self::All(list) => list.iter().all(|test| test.passes(party, in_nation, here, nation)),
            Self::Nation(test) => test.passes(in_nation, in_nation, nation, nation),
        }
    }

    /// Whether it looks at the nation.
    pub(super) fn is_national(&self) -> bool {
        match self {
            Self::Nation(_) => true,
            Self::Any(list) | Self::All(list) => list.iter().any(Self::is_national),
            Self::Known(_) | Self::Share { .. } | Self::Votes { .. } => false,
        }
    }
}

fn all(list: &[Threshold], figures: &Figures<'_>, place: PlaceId) -> Option<Vec<Test>> {
    list.iter().map(|part| Test::new(part, figures, place)).collect()
}

/// What a share of `base` is of at a place, once the parties' votes are known.
fn whole(figures: &Figures<'_>, place: PlaceId, base: Base) -> Option<WholeOf> {
    let tally = &figures.spot(place).tally;
    let parties: u128 = tally.iter().map(|(_, votes)| votes).sum();
    let fixed = match base {
        Base::Cast => tally.cast(),
        Base::Registered => Some(tally.registered()?),
        _ => None,
    };
    match fixed {
        Some(number) => Some(WholeOf::Number(number)),
        None => Some(WholeOf::Parties { beside: figures.spot(place).base(base).ok()?.checked_sub(parties)? }),
    }
}

//! Fragments: votes of single-seat districts that count for the lists (Hungary, law CCIII of 2011, § 15).

use alloc::vec;
use alloc::vec::Vec;

use crate::count::{Level, PlaceId};
use crate::error::Error;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{FragmentsRecord, Record};

/// Which votes of single-seat districts count for the lists.
///
/// # Examples
/// ```
/// use apportion::rule::{Fragments, Seats};
/// use apportion::{AllocationMethod, Count, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(1),
///     Place::district("South", Tally::from_votes([("A", 30), ("B", 45)])?).with_seats(1),
/// ])?;
/// let districts = Tier::new(AllocationMethod::D_HONDT);
/// let lists = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3));
/// let plain = Rule::of_tiers([districts.clone(), lists.clone()]).apply(&count)?;
/// assert_eq!((plain.seats("A"), plain.seats("B")), (Some(3), Some(2)));
/// // A loses 30 votes in the south and B 40 in the north: with them B is ahead.
/// let hungary = Rule::of_tiers([districts, lists.fragments(Fragments::Losers)]).apply(&count)?;
/// assert_eq!((hungary.seats("A"), hungary.seats("B")), (Some(2), Some(3)));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Fragments {
    /// Those for candidates who lost.
    Losers,
    /// Those, and the winner's votes beyond what it needed: its own less those of the second, less one.
    LosersAndSurplus,
}

/// The votes that each party of a place gains from the districts inside it, by position.
pub(crate) fn apply(session: &mut Session<'_>, fragments: Fragments, place: PlaceId) -> Result<Vec<u128>, Halt> {
    let figures = session.figures;
    let mut gained = vec![0_u128; figures.spot(place).parties.len()];
    for district in figures.inside(place, Level::District) {
        let spot = figures.spot(district);
        let seats = session.seats_of(district)?;
        if seats != 1 {
            return Err(Error::NotSingleSeat { name: spot.title(), seats }.into());
        }
        let second = second_most(&spot.votes);
        for (&party, &votes) in spot.parties.iter().zip(&spot.votes) {
            let won = session.held(district, party)? > 0;
            let counts = match (won, fragments) {
                (false, _) => u128::from(votes),
                (true, Fragments::Losers) => 0,
                (true, Fragments::LosersAndSurplus) => u128::from(votes.saturating_sub(second).saturating_sub(1)),
            };
            if let Some(at) = figures.spot(place).position(party) {
                gained[at] += counts;
            }
        }
    }
    let parties = figures.spot(place).parties.iter().copied().zip(gained.iter().copied()).collect();
    session.trace.push(Record::Fragments(FragmentsRecord { tier: session.tier, place, fragments, gained: parties }));
    Ok(gained)
}

/// The second largest number; none where there is one alone.
fn second_most(votes: &[u64]) -> u64 {
    let mut sorted = votes.to_vec();
    sorted.sort_unstable();
    sorted.len().checked_sub(2).map_or(0, |at| sorted[at])
}

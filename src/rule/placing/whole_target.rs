//! The whole target is placed, and compared with the direct seats in each place.
//!
//! Germany: overhang in place until 2009 (BWahlG § 6 (5) as then), direct seats within the number of 2013 and 2020, winners
//! without cover since 2023 (BWahlG § 6 (1)).

use alloc::vec::Vec;

use super::each_party::by_method;
use super::{Answers, Grid, Placed, Placing, Stopped, check_sizes};
use crate::method::AllocationMethod;

/// What direct seats do to a party's seats in a place.
///
/// # Examples
/// ```
/// use apportion::rule::{Direct, Placement};
/// use apportion::{AllocationMethod, Count, Level, Party, Place, Rule, Tally, Tier};
///
/// // A won three constituencies in the south. By votes, three of its four seats are in the north.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 30), ("B", 20)])?),
///     Place::district("South", Tally::from_votes([(Party::new("A").with_direct_seats(3), 10), ("B".into(), 20)])?),
/// ])?;
/// let seats_of_a = |direct| -> Result<_, apportion::Error> {
///     let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).whole_target(direct);
///     let tier = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 8).at(Level::Nation).placed(step);
///     let outcome = Rule::of_tiers([tier]).apply(&count)?;
///     Ok(["North", "South"].map(|place| outcome.at(place).and_then(|place| place.seats("A")).unwrap_or(0)))
/// };
/// assert_eq!(seats_of_a(Direct::Keep)?, [3, 3]);
/// assert_eq!(seats_of_a(Direct::Minimum)?, [1, 3]);
/// assert_eq!(seats_of_a(Direct::Cover)?, [3, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Direct {
    /// They stay beyond the placed seats: the house grows.
    #[default]
    Keep,
    /// They are the fewest seats there, within the party's number.
    Minimum,
    /// Beyond the placed seats their winners stay without one.
    Cover,
}

/// Places the whole targets, `placing.seats`, by `method` for each party; the seats that come out include the direct ones.
///
/// Seats held do not count.
///
/// # Errors
/// As [`each_party::run`](super::each_party::run); and
/// [`Error::MinimumsExceedSeats`](crate::error::Error::MinimumsExceedSeats) where direct seats that are minimums are more
/// than the target.
pub(crate) fn run(
    placing: &Placing<'_>,
    method: &AllocationMethod,
    direct: &Grid<u64>,
    handling: Direct,
    answers: &mut Answers<'_>,
) -> Result<Placed, Stopped> {
    let sizes = ("direct seats", direct.parties(), direct.places());
    check_sizes(placing.parties(), placing.places(), &[sizes])?;
    let minimums = |party: usize| match handling {
        Direct::Minimum => direct.row(party).to_vec(),
        Direct::Keep | Direct::Cover => Vec::new(),
    };
    let mut placed = by_method(placing, method, &|_| Vec::new(), &minimums, answers)?;
    for pair in direct.pairs() {
        let beyond = direct.get(pair).saturating_sub(*placed.seats.get(pair));
        match handling {
            // A party without a target keeps what it won, too.
            Direct::Keep | Direct::Minimum => *placed.seats.get_mut(pair) += beyond,
            Direct::Cover => *placed.unseated.get_mut(pair) = beyond,
        }
    }
    Ok(placed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::rule::placing::examples::{Example, silent};

    /// Sainte-Laguë places 6 seats as 3, 2, 1; 4 direct ones were won in the last place.
    fn placed(handling: Direct, target: u64) -> Result<Placed, Stopped> {
        let example = Example::new(&[[30, 20, 10]], &[target]);
        let direct = Grid::new(3, Vec::from([0, 1, 4]));
        run(&example.placing(), &AllocationMethod::SAINTE_LAGUE, &direct, handling, &mut silent)
    }

    #[test]
    fn kept_seats_stay_beyond_the_placed_ones() {
        assert_eq!(placed(Direct::Keep, 6).unwrap().seats.row(0), [3, 2, 4]);
        assert_eq!(placed(Direct::Keep, 0).unwrap().seats.row(0), [0, 1, 4]);
    }

    #[test]
    fn minimums_take_seats_from_the_other_places() {
        assert_eq!(placed(Direct::Minimum, 6).unwrap().seats.row(0), [1, 1, 4]);
        let error = Error::MinimumsExceedSeats { minimums: 5, seats: 4 };
        assert_eq!(placed(Direct::Minimum, 4), Err(Stopped::Error(error)));
    }

    #[test]
    fn winners_beyond_the_placed_seats_stay_without_one() {
        let placed = placed(Direct::Cover, 6).unwrap();
        assert_eq!((placed.seats.row(0), placed.unseated.row(0)), (&[3, 2, 1][..], &[0, 0, 3][..]));
    }
}

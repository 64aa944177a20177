//! Thresholds with everything looked up that does not depend on the votes.
//!
//! A share of the votes is the same number of votes for every party: that number is found once a row, and each party is
//! compared with it.

use alloc::vec::Vec;

use super::numbers::Numbers;
use super::watch::{Bar, Sides, Watch};
use crate::count::{Base, Figures, Level, Party, PlaceId};
use crate::method::{Quota, Rounding};
use crate::num::Ratio;
use crate::rule::Threshold;
use crate::rule::provisions::admission::HowMany;
use crate::rule::session::Session;

/// A threshold as it judges parties, numbered as in the nation.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Whatever the votes are, party by party.
    Known(Vec<bool>),
    /// So many votes in a place as stand in this slot.
    Fewest {
        place: usize,
        slot: usize,
        needed: Needed,
    },
    /// So many seats held in a place.
    Seats {
        place: usize,
        needed: u64,
    },
    Any(Vec<Test>),
    All(Vec<Test>),
    /// Passed in so many of these places, by one test each.
    Places {
        tests: Vec<Test>,
        needed: usize,
    },
}

/// How many votes are needed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Needed {
    Votes { votes: u64, strict: bool },
    Share { share: Ratio, whole: WholeOf, strict: bool },
    Quota { quota: Quota, times: Ratio, whole: WholeOf, seats: u64, strict: bool },
}

/// What a share is of: the parties' votes in a place and a number beside them, or a number alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum WholeOf {
    /// With ballots of the first so many kinds of those that are for no party.
    Parties {
        beside: u128,
        kinds: usize,
    },
    Number(u128),
}

impl WholeOf {
    /// What a share of `base` is of at a place, once the parties' votes are known; none if that is an error.
    ///
    /// Ballots cast stay where they were counted, unless they move with all others.
    pub(super) fn new(figures: &Figures<'_>, place: PlaceId, base: Base, cast_moves: bool) -> Option<Self> {
        let spot = figures.spot(place);
        let parties: u128 = spot.tally.iter().map(|(_, votes)| votes).sum();
        let fixed = match base {
            Base::Cast if !cast_moves => spot.tally.cast(),
            Base::Registered => Some(spot.tally.registered()?),
            Base::Population => Some(spot.base(base).ok()?),
            Base::Voters => return None,
            _ => None,
        };
        let kinds = match base {
            Base::PartyVotes => 1,
            Base::Valid => 2,
            Base::ValidAndBlank => 3,
            _ => 4,
        };
        match fixed {
            Some(number) => Some(Self::Number(number)),
            None => Some(Self::Parties { beside: spot.base(base).ok()?.checked_sub(parties)?, kinds }),
        }
    }

    pub(super) fn of(self, numbers: &Numbers, place: usize) -> u128 {
        match self {
            Self::Parties { beside, kinds } => {
                beside.saturating_add(numbers.sum(place).into()).saturating_add(numbers.more_beside(place, kinds))
            }
            Self::Number(number) => number,
        }
    }
}

/// Makes tests, and counts their slots.
pub(super) struct Tests<'t> {
    pub(super) session: &'t Session<'t>,
    pub(super) slots: usize,
    /// Whether ballots cast move with the votes of parties.
    pub(super) cast_moves: bool,
}

impl Tests<'_> {
    /// The threshold at a place, for whoever stands at another; none if it asks for what only a whole run can say.
    pub(super) fn of(&mut self, threshold: &Threshold, place: PlaceId, stands: PlaceId) -> Option<Test> {
        let figures = self.session.figures;
        let all = figures.parties();
        Some(match threshold {
            Threshold::Share { share, of, strict } => self.share(*share, *of, *strict, place)?,
            Threshold::ByMembers { shares, of, strict } => {
                // Each party has one of the shares, or none to reach.
                let own = |party: &Party| shares.range(..=party.members()).next_back().map(|(members, _)| *members);
                let mut parts = Vec::with_capacity(shares.len());
                for (members, share) in shares {
                    let others = all.iter().map(|party| own(party) != Some(*members)).collect();
                    parts.push(Test::Any(Vec::from([Test::Known(others), self.share(*share, *of, *strict, place)?])));
                }
                Test::All(parts)
            }
            Threshold::Votes { votes, strict } => self.fewest(Needed::Votes { votes: *votes, strict: *strict }, place),
            Threshold::Quota { quota, times, of, strict } => {
                let seats = self.session.seats_of(place).ok()?;
                if seats == 0 && quota.added() == 0 {
                    return Some(Test::Known(all.iter().map(|_| false).collect()));
                }
                let whole = WholeOf::new(figures, place, *of, self.cast_moves)?;
                let needed = Needed::Quota { quota: *quota, times: *times, whole, seats, strict: *strict };
                self.fewest(needed, place)
            }
            Threshold::DirectSeats(needed) => {
                let ids = (0..all.len()).map(crate::count::PartyId::at);
                Test::Known(ids.map(|party| self.session.direct_seats(place, party) >= *needed).collect())
            }
            Threshold::Seats(needed) => Test::Seats { place: place.index(), needed: *needed },
            Threshold::Minority => Test::Known(all.iter().map(Party::is_minority).collect()),
            Threshold::Any(list) => joined(self.all(list, place, stands)?, Test::Any, |one, other| one | other),
            Threshold::All(list) => joined(self.all(list, place, stands)?, Test::All, |one, other| one & other),
            Threshold::At { threshold, .. } if threshold.is_national() => self.of(threshold, place, stands)?,
            Threshold::At { level, threshold } => {
                let there = self.session.place_at(stands, *level).ok()?;
                self.of(threshold, there, stands)?
            }
            Threshold::Places { places, level, pass } => self.places(*places, *level, pass)?,
        })
    }

    fn all(&mut self, list: &[Threshold], place: PlaceId, stands: PlaceId) -> Option<Vec<Test>> {
        list.iter().map(|part| self.of(part, place, stands)).collect()
    }

    fn share(&mut self, share: Ratio, of: Base, strict: bool, place: PlaceId) -> Option<Test> {
        let whole = WholeOf::new(self.session.figures, place, of, self.cast_moves)?;
        Some(self.fewest(Needed::Share { share, whole, strict }, place))
    }

    fn fewest(&mut self, needed: Needed, place: PlaceId) -> Test {
        self.slots += 1;
        Test::Fewest { place: place.index(), slot: self.slots - 1, needed }
    }

    fn places(&mut self, needed: HowMany, level: Level, pass: &Threshold) -> Option<Test> {
        let places = self.session.figures.at_level(level);
        let needed = match needed {
            HowMany::AtLeast(needed) => usize::try_from(needed).ok()?,
            HowMany::All if places.is_empty() => return None,
            HowMany::All => places.len(),
        };
        let tests = places.iter().map(|&place| self.of(pass, place, place)).collect::<Option<_>>()?;
        Some(Test::Places { tests, needed })
    }
}

/// Tests of which any or all decide: what is known whatever the votes are becomes one test of them, the last one.
fn joined(tests: Vec<Test>, join: impl Fn(Vec<Test>) -> Test, both: impl Fn(bool, bool) -> bool) -> Test {
    let mut known: Option<Vec<bool>> = None;
    let mut open = Vec::with_capacity(tests.len());
    for test in tests {
        match (test, &mut known) {
            (Test::Known(more), Some(known)) => {
                known.iter_mut().zip(more).for_each(|(known, more)| *known = both(*known, more));
            }
            (Test::Known(first), None) => known = Some(first),
            (test, _) => open.push(test),
        }
    }
    match known {
        Some(known) if open.is_empty() => Test::Known(known),
        known => {
            open.extend(known.map(Test::Known));
            join(open)
        }
    }
}

impl Test {
    /// Finds the numbers of votes that a row's parties need; none where they outgrow 64 bits, or where there is no quota.
    pub(super) fn ready(&self, numbers: &Numbers, slots: &mut [u64]) -> Option<()> {
        match self {
            Self::Known(_) | Self::Seats { .. } => Some(()),
            Self::Fewest { place, slot, needed } => {
                slots[*slot] = needed.fewest(numbers, *place)?;
                Some(())
            }
            Self::Any(list) | Self::All(list) | Self::Places { tests: list, .. } => {
                list.iter().try_for_each(|test| test.ready(numbers, slots))
            }
        }
    }

    /// Whether a party passes.
    pub(super) fn passes(&self, party: usize, numbers: &Numbers, slots: &[u64]) -> bool {
        let passes = |test: &Self| test.passes(party, numbers, slots);
        match self {
            Self::Known(known) => known[party],
            Self::Fewest { place, slot, .. } => numbers.votes(*place, party) >= slots[*slot],
            Self::Seats { place, needed } => numbers.held(*place, party) >= *needed,
            Self::Any(list) => list.iter().any(passes),
            Self::All(list) => list.iter().all(passes),
            Self::Places { tests, needed } => tests.iter().filter(|test| passes(test)).count() >= *needed,
        }
    }

    /// Shows each comparison of a party.
    pub(super) fn show(&self, party: usize, numbers: &Numbers, slots: &[u64], watch: &mut dyn Watch) {
        match self {
            Self::Known(_) => {}
            Self::Fewest { place, slot, needed } => {
                watch.bar(&needed.bar(party, *place, numbers, slots[*slot]));
            }
            Self::Seats { .. } => watch.fact(self.passes(party, numbers, slots)),
            Self::Any(list) | Self::All(list) | Self::Places { tests: list, .. } => {
                list.iter().for_each(|test| test.show(party, numbers, slots, watch));
            }
        }
    }

    /// The number of votes in this place that alone decides, where the test is that.
    pub(super) fn only(&self, here: usize) -> Option<Needed> {
        match self {
            Self::Fewest { place, needed, .. } if *place == here => Some(*needed),
            _ => None,
        }
    }
}

impl Needed {
    /// The fewest votes that are enough.
    fn fewest(self, numbers: &Numbers, place: usize) -> Option<u64> {
        match self {
            Self::Votes { .. } => self.of_whole(0),
            Self::Share { whole, .. } | Self::Quota { whole, .. } => self.of_whole(whole.of(numbers, place)),
        }
    }

    /// A party's votes against it, of which `fewest` are enough.
    fn bar(self, party: usize, place: usize, numbers: &Numbers, fewest: u64) -> Bar<'_> {
        let votes = numbers.votes(place, party);
        let is_rounded = matches!(self, Self::Quota { quota, .. } if quota.rounding() != Rounding::Exact);
        Bar { numbers, needed: self, place, party, votes, met: votes >= fewest, rounded: is_rounded.then_some(fewest) }
    }

    /// What the votes of a place are compared by.
    #[allow(clippy::cast_precision_loss)] // a guess
    pub(super) fn sides(self, place: usize, numbers: &Numbers) -> Sides {
        let (own, price, of) = match self {
            Self::Votes { votes, .. } => (1.0, 1.0, WholeOf::Number(votes.into())),
            Self::Share { share, whole, .. } => (share.denominator() as f64, share.numerator() as f64, whole),
            Self::Quota { quota, times, whole, seats, .. } => {
                let parts = seats as f64 + f64::from(quota.added());
                (times.denominator() as f64 * parts, times.numerator() as f64, whole)
            }
        };
        Sides { own, whole: of.of(numbers, place), price, moves: matches!(of, WholeOf::Parties { .. }) }
    }

    /// The fewest votes that are enough, where the parties of the place have these in all.
    #[inline]
    pub(super) fn of_sum(self, sum: u64) -> Option<u64> {
        match self {
            Self::Share { share, whole: WholeOf::Parties { beside: 0, .. }, strict } => share.fewest_of(sum, strict),
            Self::Votes { .. } => self.of_whole(0),
            Self::Share { whole, .. } | Self::Quota { whole, .. } => self.of_whole(match whole {
                WholeOf::Parties { beside, .. } => beside.checked_add(sum.into())?,
                WholeOf::Number(number) => number,
            }),
        }
    }

    fn of_whole(self, whole: u128) -> Option<u64> {
        let (above, below, strict) = match self {
            Self::Votes { votes, strict } => return if strict { votes.checked_add(1) } else { Some(votes) },
            Self::Share { share, strict, .. } => {
                (whole.checked_mul(share.numerator().into())?, u128::from(share.denominator()), strict)
            }
            Self::Quota { quota, times, seats, strict, .. } => {
                let size = quota.of(whole, seats).ok()?;
                let above = size.votes.checked_mul(times.numerator().into())?;
                (above, size.parts.checked_mul(times.denominator().into())?, strict)
            }
        };
        let (whole, rest) = match (u64::try_from(above), u64::try_from(below)) {
            // A division of 64 bits takes a tenth of the time.
            (Ok(above), Ok(below)) => (above / below, above % below > 0),
            _ => (u64::try_from(above / below).ok()?, above % below > 0),
        };
        if strict || rest { whole.checked_add(1) } else { Some(whole) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_votes_that_are_enough_are_exact_beyond_64_bits_too() {
        let whole = WholeOf::Number(0);
        for (numerator, denominator) in [(1, 20), (7, 100), (1, 3), (1, 1 << 40), (3, 7 << 30), (1, u64::MAX)] {
            let share = Ratio::new(numerator, denominator).unwrap();
            for power in [0, 1, 5, 33, 63, 64, 65, 70, 90, 120] {
                for near in [-21_i128, -1, 0, 1, 20] {
                    // About a number of shares, and around a power of two.
                    for all in [(1_u128 << power).wrapping_mul(denominator.into()), 1 << power]
                        .map(|all| all.wrapping_add_signed(near))
                    {
                        let Some(above) = all.checked_mul(numerator.into()) else { continue };
                        let (full, rest) = (above / u128::from(denominator), above % u128::from(denominator));
                        for (strict, fewest) in [(false, full + u128::from(rest > 0)), (true, full + 1)] {
                            let found = Needed::Share { share, whole, strict }.of_whole(all);
                            assert_eq!(found, u64::try_from(fewest).ok(), "{share} of {all}, strict: {strict}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_threshold_of_votes_asks_for_these_or_one_more() {
        let needed = |votes, strict| Needed::Votes { votes, strict }.of_sum(0);
        assert_eq!((needed(5, false), needed(5, true)), (Some(5), Some(6)));
        assert_eq!((needed(u64::MAX, false), needed(u64::MAX, true)), (Some(u64::MAX), None));
    }

    #[test]
    fn what_is_known_of_all_parts_of_a_threshold_is_joined() {
        let parts = || {
            Vec::from([
                Test::Known(Vec::from([true, true, false, false])),
                Test::Known(Vec::from([true, false, true, false])),
            ])
        };
        let any = joined(parts(), Test::Any, |one, other| one | other);
        assert!(matches!(any, Test::Known(known) if known == [true, true, true, false]));
        let all = joined(parts(), Test::All, |one, other| one & other);
        assert!(matches!(all, Test::Known(known) if known == [true, false, false, false]));
    }
}

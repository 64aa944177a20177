//! Plain laws: one place, one method, and a share or number of votes that decides who takes part.
//!
//! Most elections are decided by such a law, and without a tie. A kernel gives their seats at a glance; what was decided on
//! the way is told when somebody asks, by the whole run that every other law and every tie gets at once.

use alloc::vec::Vec;

use super::Rule;
use super::method::Method;
use super::tier::{Kind, Seats, Tier};
use crate::allocation::TieBreak;
use crate::count::{Base, CountRef, Tally};
use crate::method::{AllocationMethod, Excess, Scratch};
use crate::num::Ratio;
use crate::outcome::{Admission, Outcome};
use crate::rule::{Shortfall, Threshold};

/// The most parties whose numbers need no memory of their own.
const FEW: usize = 8;

/// The outcome of a plain law that is certain at a glance; none of any other, which a whole run answers.
pub(super) fn outcome(rule: &Rule, count: CountRef<'_>) -> Option<Outcome> {
    let tally = only_tally(count)?;
    let [tier] = rule.tiers() else { return None };
    let seats = rule.seats().filter(|&seats| seats > 0 && rule.is_flat())?;
    let method = method(tier)?;
    let bar = Bar::of(tier, tally)?;
    tier.check(true).ok()?;
    tally.check_cast().ok()?;

    if !tally.has_plain_parties() {
        return None;
    }
    let parties = tally.parties().len();
    let (mut few, mut many) = ([0; 2 * FEW], Vec::new());
    let numbers = match few.get_mut(..2 * parties) {
        Some(few) => few,
        None => {
            many.resize(2 * parties, 0);
            &mut many[..]
        }
    };
    let (counted, given) = numbers.split_at_mut(parties);
    let mut admitted = 0;
    for (counted, (_, votes)) in counted.iter_mut().zip(tally.iter()) {
        let votes = u64::try_from(votes).ok()?;
        if votes >= bar.fewest {
            *counted = votes;
            admitted += 1;
        }
    }
    if admitted < tier.admit_at_least.parties {
        return None;
    }
    if !method.is_certain_of_few(counted, seats, given)
        && method.allocate_into(counted, seats, given, &mut Scratch::new()).ok()?.is_some()
    {
        return None;
    }
    Some(Outcome::of_plain(rule, tally, counted, given, |votes| bar.admission(votes)))
}

/// The tally, where there is one place and nobody stands together.
fn only_tally(count: CountRef<'_>) -> Option<&Tally> {
    match count {
        CountRef::Tally(tally) => Some(tally),
        CountRef::Count(count) => {
            let nation = count.nation();
            let alone = count.places().is_empty() && count.alliances().is_empty() && nation.alliances.is_empty();
            alone.then_some(&nation.tally)
        }
    }
}

/// The method, if votes that pass a threshold are all that the tier looks at.
fn method(tier: &Tier) -> Option<&AllocationMethod> {
    let Method::Allocation(method @ (AllocationMethod::LargestRemainder(_) | AllocationMethod::HighestAverages(_))) =
        &tier.method
    else {
        return None;
    };
    let nameless = |tie_break: &TieBreak<_>| {
        matches!(tie_break, TieBreak::MostVotes | TieBreak::FewestVotes | TieBreak::ListOrder)
    };
    let plain = tier.has_no_provision()
        && tier.kind == Kind::Parallel
        && tier.seats == Seats::OfPlace
        && tier.place.is_empty()
        && tier.admitted_share.is_none()
        && tier.admit_at_least.second_list.is_none()
        && tier.excess == Excess::Error
        && !tier.vacancies
        && tier.tie_break.iter().all(nameless);
    plain.then_some(method)
}

/// The votes that a party needs, and how its threshold says so.
struct Bar {
    fewest: u64,
    asks: Asks,
}

/// A threshold with the number that a share is taken of.
enum Asks {
    Nothing,
    Votes { needed: u64, strict: bool },
    Share { share: Ratio, of: Base, whole: u128, strict: bool },
}

impl Bar {
    /// The threshold of a tier, if it is a share or a number of votes.
    fn of(tier: &Tier, tally: &Tally) -> Option<Self> {
        let Some(mut threshold) = tier.threshold.as_ref() else {
            return Some(Self { fewest: 0, asks: Asks::Nothing });
        };
        // One place is the place of every level.
        while let Threshold::At { threshold: inner, .. } = threshold {
            threshold = inner;
        }
        match threshold {
            Threshold::Votes { votes, strict } => Some(Self {
                fewest: votes.checked_add((*strict).into())?,
                asks: Asks::Votes { needed: *votes, strict: *strict },
            }),
            Threshold::Share { share, of, strict } => {
                let counted = !matches!(of, Base::Voters | Base::Population) && tally.taken_for(*of).is_none();
                let whole = counted.then(|| tally.base(*of).ok())??;
                let fewest = share.fewest_of(u64::try_from(whole).ok()?, *strict)?;
                Some(Self { fewest, asks: Asks::Share { share: *share, of: *of, whole, strict: *strict } })
            }
            _ => None,
        }
    }

    /// Whether a party with these votes takes part, and what it lacks if not.
    fn admission(&self, votes: u64) -> Admission {
        let passes = votes >= self.fewest;
        match self.asks {
            Asks::Votes { needed, strict } if !passes => Admission::Refused(Shortfall::Votes { votes, needed, strict }),
            Asks::Share { share, of, whole, strict } if !passes => {
                Admission::Refused(Shortfall::Share { votes, whole, of, share, strict })
            }
            _ => Admission::Passed,
        }
    }
}

#[cfg(all(test, feature = "proptest"))]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    use super::*;
    use crate::axioms::strategies;
    use crate::rule::run;

    /// Laws of which many are plain, and those that have anything at all.
    fn laws() -> impl Strategy<Value = Rule> {
        let chains = prop::collection::vec(
            prop_oneof![Just(TieBreak::MostVotes), Just(TieBreak::FewestVotes), Just(TieBreak::ListOrder)],
            0..3,
        );
        let plain = (strategies::methods(), 0..40_u64, prop::option::of(strategies::thresholds()), 0..3_usize, chains)
            .prop_map(|(method, seats, threshold, at_least, chain)| {
                let law = Rule::new(method, seats).admit_at_least(at_least).tie_break(chain);
                threshold.map_or(law.clone(), |threshold| law.threshold(threshold))
            });
        prop_oneof![3 => plain, 1 => strategies::rules()]
    }

    /// Tallies with bounds, blank ballots and rankings, and bare ones of few or giant votes.
    fn counts() -> impl Strategy<Value = Tally> {
        let votes = prop_oneof![strategies::votes(), strategies::tied_votes(), strategies::giants()];
        let bare = votes.prop_map(|votes| {
            let parties = votes.into_iter().enumerate().map(|(at, votes)| (alloc::format!("party {at}"), votes));
            Tally::from_votes(parties).expect("names differ")
        });
        prop_oneof![bare, strategies::tallies()]
    }

    #[test]
    fn what_is_certain_at_a_glance_is_what_a_whole_run_answers() {
        let (glances, cases) = (Cell::new(0), 20_000);
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let result = runner.run(&(laws(), counts()), |(law, tally)| {
            let whole = run::whole(&law, (&tally).into());
            let Some(glance) = outcome(&law, (&tally).into()) else { return Ok(()) };
            glances.set(glances.get() + 1);
            let whole = whole.map_err(|error| TestCaseError::fail(alloc::format!("{error}")))?;
            // Warnings before anything else is asked: they are found without a run.
            prop_assert_eq!(glance.warnings(), whole.warnings());
            prop_assert_eq!(glance, whole);
            Ok(())
        });
        assert_eq!(result, Ok(()));
        assert!(glances.get() > cases / 10, "{} of {cases} laws were plain", glances.get());
    }
}

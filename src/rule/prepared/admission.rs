//! Admission in prepared laws: who takes part at a place, by the threshold and what repairs it.

use core::cmp::Reverse;

use alloc::vec::Vec;

use super::numbers::Numbers;
use super::threshold::{Test, Tests, WholeOf};
use super::watch::Watch;
use crate::count::PlaceId;
use crate::num::Ratio;
use crate::rule::provisions::admission::NonePasses;
use crate::rule::tier::Tier;

/// How a tier judges the parties of one place.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    place: usize,
    test: Option<Test>,
    all_if_none: bool,
    at_least: usize,
    /// Whether those whom `at_least` admits are weighed, which only a whole run does.
    second_list: bool,
    share: Option<(Ratio, WholeOf)>,
}

impl Judge {
    /// The judge of a tier at a place; none if only a whole run of the law can judge.
    pub(super) fn new(tier: &Tier, place: PlaceId, tests: &mut Tests<'_>) -> Option<Self> {
        let test = match &tier.threshold {
            Some(threshold) => Some(tests.of(threshold, place, place)?),
            None => None,
        };
        let share = match tier.admitted_share {
            Some(share) => Some((share.share, WholeOf::new(tests.session.figures, place, share.of, tests.cast_moves)?)),
            None => None,
        };
        Some(Self {
            place: place.index(),
            test,
            all_if_none: tier.none_passes == NonePasses::All,
            at_least: tier.admit_at_least.parties,
            second_list: tier.admit_at_least.second_list.is_some(),
            share,
        })
    }

    pub(super) const fn place(&self) -> usize {
        self.place
    }

    pub(super) const fn test(&self) -> Option<&Test> {
        self.test.as_ref()
    }

    /// Whether it decides nothing: everybody takes part who stands there, whatever the votes.
    pub(super) const fn is_idle(&self) -> bool {
        self.test.is_none() && self.at_least == 0 && self.share.is_none() && !self.all_if_none
    }

    /// How many are admitted at least, and whether anything but a number may admit more.
    pub(super) const fn at_least(&self) -> (usize, bool) {
        (self.at_least, self.all_if_none || self.share.is_some())
    }

    /// Leaves those who take part in `admitted`, in the order in which they stand there; none where equal votes are at the
    /// cut of a repair, or only a whole run knows.
    pub(super) fn run(
        &self,
        numbers: &Numbers,
        slots: &mut [u64],
        admitted: &mut Vec<usize>,
        next: &mut Vec<(Reverse<u64>, usize)>,
    ) -> Option<()> {
        let parties = &numbers.site(self.place).parties;
        admitted.clear();
        match &self.test {
            None => admitted.extend_from_slice(parties),
            Some(test) => {
                test.ready(numbers, slots)?;
                admitted.extend(parties.iter().filter(|&&party| test.passes(party, numbers, slots)));
            }
        }
        if admitted.is_empty() && self.all_if_none {
            admitted.extend_from_slice(parties);
        }
        let missing = self.at_least.saturating_sub(admitted.len());
        if missing == 0 && self.share.is_none() {
            return Some(());
        }
        if missing > 0 && self.second_list {
            return None;
        }
        self.repair(numbers, missing, admitted, next)
    }

    /// Shows what it decided of each party: its comparisons, whether it has votes and takes part.
    pub(super) fn show(&self, numbers: &Numbers, slots: &[u64], admitted: &[usize], watch: &mut dyn Watch) {
        if self.is_idle() {
            return;
        }
        let mut admitted = admitted.iter().peekable();
        for &party in &numbers.site(self.place).parties {
            if let Some(test) = &self.test {
                test.show(party, numbers, slots, watch);
            }
            watch.fact(numbers.votes(self.place, party) > 0);
            watch.fact(admitted.next_if_eq(&&party).is_some());
        }
    }

    /// Admits the next by votes while the admitted are too few, or hold too few votes.
    fn repair(
        &self,
        numbers: &Numbers,
        missing: usize,
        admitted: &mut Vec<usize>,
        next: &mut Vec<(Reverse<u64>, usize)>,
    ) -> Option<()> {
        let parties = &numbers.site(self.place).parties;
        next.clear();
        let out = parties.iter().filter(|party| !admitted.contains(party));
        next.extend(out.map(|&party| (Reverse(numbers.votes(self.place, party)), party)));
        next.retain(|(votes, _)| votes.0 > 0);
        next.sort_unstable();
        let mut taken = cut(next, 0, missing)?;
        if let Some((share, whole)) = &self.share {
            let whole = whole.of(numbers, self.place);
            let ahead = next[..taken].iter().map(|&(votes, _)| u128::from(votes.0)).sum::<u128>();
            let mut held =
                ahead + admitted.iter().map(|&party| u128::from(numbers.votes(self.place, party))).sum::<u128>();
            let mut more = 0;
            while taken + more < next.len() && share.compare_part(held, whole).is_lt() {
                held += u128::from(next[taken + more].0.0);
                more += 1;
            }
            taken = cut(next, taken, more)?;
        }
        admitted.extend(next[..taken].iter().map(|&(_, party)| party));
        // In the order in which they stand.
        next.clear();
        next.extend(parties.iter().filter(|party| admitted.contains(party)).map(|&party| (Reverse(0), party)));
        admitted.clear();
        admitted.extend(next.iter().map(|&(_, party)| party));
        Some(())
    }
}

/// How many come in when `more` do after the first `taken`; none where the votes are equal at that cut.
fn cut(next: &[(Reverse<u64>, usize)], taken: usize, more: usize) -> Option<usize> {
    let end = taken.saturating_add(more).min(next.len());
    let equal = end > taken && next.get(end).is_some_and(|after| after.0 == next[end - 1].0);
    (!equal).then_some(end)
}

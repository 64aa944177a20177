//! The state of the swaps: who has a seat by a rest where, and who has too many.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use super::{Local, Part, Settlement, Settling, Step, unsettled};
use crate::rule::placing::{Answers, Grid, Pair, Stopped, ask_one};

/// Seats, marks and what each party has beyond its total.
#[derive(Debug)]
pub(super) struct State<'a> {
    pub(super) settling: &'a Settling<'a>,
    local: Local,
    seats: Grid<u64>,
    sizes: Vec<u64>,
    marks: Grid<u64>,
    /// Each party's seats less its total.
    pub(super) over: Vec<i128>,
    /// By party, the rests with a mark that can still be taken, and the places.
    marked: Vec<BTreeSet<(Part, usize)>>,
    /// By party, the rests without a mark, and the places.
    unmarked: Vec<BTreeSet<(Part, usize)>>,
    steps: Vec<Step>,
}

impl<'a> State<'a> {
    pub(super) fn new(settling: &'a Settling<'a>, local: Local) -> Self {
        let parties = settling.parties();
        let (mut marked, mut unmarked) = (vec![BTreeSet::new(); parties], vec![BTreeSet::new(); parties]);
        for pair in local.rests.pairs() {
            if let Some(rest) = *local.rests.get(pair) {
                let side = if *local.marks.get(pair) > 0 { &mut marked } else { &mut unmarked };
                side[pair.0].insert((rest, pair.1));
            }
        }
        let seats = Grid::from_fn(parties, settling.places(), |pair| local.whole.get(pair) + local.marks.get(pair));
        let has = |party: usize| seats.row(party).iter().map(|&seats| i128::from(seats)).sum::<i128>();
        let over = (0..parties).map(|party| has(party) - i128::from(settling.totals[party])).collect();
        let (sizes, marks) = (settling.sizes.to_vec(), local.marks.clone());
        Self { settling, local, seats, sizes, marks, over, marked, unmarked, steps: Vec::new() }
    }

    /// The rest of a pair that takes part.
    pub(super) fn rest(&self, pair: Pair) -> Option<Part> {
        *self.local.rests.get(pair)
    }

    /// Whether the pair takes part and has no mark.
    pub(super) fn is_unmarked(&self, pair: Pair) -> bool {
        self.rest(pair).is_some() && *self.marks.get(pair) == 0
    }

    pub(super) fn parties_with(&self, over: impl Fn(i128) -> bool) -> Vec<usize> {
        (0..self.over.len()).filter(|&party| over(self.over[party])).collect()
    }

    /// A party's marks by ascending rest.
    pub(super) fn marks_of(&self, party: usize) -> Vec<(Part, usize)> {
        self.marked[party].iter().copied().collect()
    }

    /// The marked pairs of these parties with the smallest rest.
    pub(super) fn smallest_marks(&self, parties: &[usize]) -> Vec<Pair> {
        let smallest = parties.iter().filter_map(|&party| self.marked[party].first()).map(|mark| mark.0).min();
        let Some(smallest) = smallest else { return Vec::new() };
        let of = |party: usize| {
            let equal = self.marked[party].iter().take_while(move |(rest, _)| *rest == smallest);
            equal.map(move |&(_, place)| (party, place))
        };
        parties.iter().flat_map(|&party| of(party)).collect()
    }

    /// The unmarked pairs of these parties with the largest rest.
    pub(super) fn largest_unmarked(&self, parties: &[usize]) -> Vec<Pair> {
        let largest = parties.iter().filter_map(|&party| self.unmarked[party].last()).map(|rest| rest.0).max();
        let Some(largest) = largest else { return Vec::new() };
        let of = |party: usize| {
            let equal = self.unmarked[party].iter().rev().take_while(move |(rest, _)| *rest == largest);
            equal.map(move |&(_, place)| (party, place))
        };
        parties.iter().flat_map(|&party| of(party)).collect()
    }

    /// The one with the most votes of the nation among pairs with equal rests, or who is said to win.
    pub(super) fn by_votes(&self, mut pairs: Vec<Pair>, answers: &mut Answers<'_>) -> Result<Option<Pair>, Stopped> {
        let votes = |pair: &Pair| self.settling.party_votes[pair.0];
        let most = pairs.iter().map(votes).max();
        pairs.retain(|pair| Some(votes(pair)) == most);
        ask_one(pairs, answers)
    }

    /// The pair's mark cannot be taken any more.
    pub(super) fn use_up(&mut self, pair: Pair) {
        if let Some(rest) = self.rest(pair) {
            self.marked[pair.0].remove(&(rest, pair.1));
        }
    }

    /// Moves a seat, or records that nobody may receive it. Places change size where the two are not one.
    pub(super) fn swap(&mut self, giver: Pair, receiver: Option<Pair>) {
        let over = i64::try_from(self.over[giver.0]).unwrap_or(i64::MAX);
        self.steps.push(Step::Swap { giver, over, receiver });
        if let Some(receiver) = receiver {
            *self.seats.get_mut(giver) -= 1;
            *self.marks.get_mut(giver) -= 1;
            self.over[giver.0] -= 1;
            self.sizes[giver.1] -= 1;
            if *self.marks.get(giver) == 0 {
                self.use_up(giver);
                let rest = self.rest(giver).map(|rest| (rest, giver.1));
                self.unmarked[giver.0].extend(rest);
            }
            *self.seats.get_mut(receiver) += 1;
            *self.marks.get_mut(receiver) += 1;
            self.over[receiver.0] += 1;
            self.sizes[receiver.1] += 1;
            if let Some(rest) = self.rest(receiver) {
                self.unmarked[receiver.0].remove(&(rest, receiver.1));
                self.marked[receiver.0].insert((rest, receiver.1));
            }
        }
    }

    /// Why the steps ended too soon.
    pub(super) fn unsettled(&self) -> Stopped {
        unsettled(&self.over)
    }

    pub(super) fn finish(self) -> Settlement {
        Settlement { seats: self.seats, sizes: self.sizes, local: self.local, steps: self.steps }
    }
}

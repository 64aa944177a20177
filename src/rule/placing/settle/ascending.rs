//! Greece: whole quotas, then the parties with the fewest votes take their seats first.
//!
//! P.d. 26/2012, art. 100, as the elections of 2012 and 2015 were counted. Steps are numbered as the statute goes:
//! 1. a place of one seat: the party with most votes there;
//! 2. in others, whole quotas of floor(all valid votes / seats);
//! 3. in small places, the seats left to the largest rests, in votes, one a pair;
//! 4. parties with too many seats give these back, the smallest rests first;
//! 5. the parties in turn, the fewest votes first, the largest left out, each completely: a seat where its rest is largest;
//! 6. the largest party takes what is left.

use core::cmp::{Ordering, Reverse};

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::{Local, Part, Settlement, Settling, Step, unsettled};
use crate::error::Error;
use crate::method::{Quota, Rounding};
use crate::rule::placing::{Answers, Grid, Pair, Stopped, ask_one, select};

/// Seats so far, and what is left to every place.
struct Run<'a> {
    settling: &'a Settling<'a>,
    local: Local,
    seats: Grid<u64>,
    left: Vec<u64>,
    over: Vec<i128>,
    /// Whether the pair has had a seat by its rest, given back or not.
    had: Grid<bool>,
    steps: Vec<Step>,
}

/// Gives the places' seats to the parties, in ascending order of their votes.
pub(super) fn run(settling: &Settling<'_>, answers: &mut Answers<'_>) -> Result<Settlement, Stopped> {
    let (parties, places) = (settling.parties(), settling.places());
    let none = Grid::filled(parties, places, 0);
    let local =
        Local { quotas: vec![None; places], whole: none.clone(), rests: none.map(|_| None), marks: none.clone() };
    let over = settling.totals.iter().map(|&total| -i128::from(total)).collect();
    let had = none.map(|_| false);
    let mut run = Run { settling, local, seats: none, left: settling.sizes.to_vec(), over, had, steps: Vec::new() };
    for place in 0..places {
        run.give_wholes(place, answers)?;
        if settling.settle.small.contains(&settling.sizes[place]) {
            run.mark(place, answers)?;
        }
    }
    for party in 0..parties {
        run.give_back(party, answers)?;
    }
    let largest = run.complete_all(answers)?;
    run.take_rest(largest);
    if run.over.iter().any(|&over| over != 0) {
        return Err(unsettled(&run.over));
    }
    Ok(Settlement { seats: run.seats, sizes: settling.sizes.to_vec(), local: run.local, steps: run.steps })
}

impl Run<'_> {
    fn give(&mut self, pair: Pair, seats: u64) {
        *self.seats.get_mut(pair) += seats;
        self.left[pair.1] -= seats;
        self.over[pair.0] += i128::from(seats);
    }

    /// Steps 1 and 2.
    fn give_wholes(&mut self, place: usize, answers: &mut Answers<'_>) -> Result<(), Stopped> {
        let (settling, size) = (self.settling, self.settling.sizes[place]);
        let votes = |pair| u128::from(*settling.votes.get(pair));
        let standing = settling.standing_in(place);
        if size == 1 {
            for pair in select(standing, 1, |a, b| votes(b).cmp(&votes(a)), answers)? {
                *self.local.whole.get_mut(pair) = 1;
                self.give(pair, 1);
            }
            return Ok(());
        }
        if size == 0 {
            return Ok(());
        }
        let hare = Quota::HARE.rounded(Rounding::Down);
        let quota = hare.of(settling.valid[place], size)?.votes;
        self.local.quotas[place] = Some(Part::whole(quota));
        let given: u128 = standing.iter().map(|&pair| votes(pair) / quota).sum();
        if given > size.into() {
            let quota = hare.to_string();
            return Err(Error::TooManyWholeQuotas { quota, given, seats: size }.into());
        }
        for pair in standing {
            // At most the size.
            let whole = u64::try_from(votes(pair) / quota).unwrap_or(u64::MAX);
            *self.local.whole.get_mut(pair) = whole;
            *self.local.rests.get_mut(pair) = Some(Part::whole(votes(pair) % quota));
            self.give(pair, whole);
        }
        Ok(())
    }

    /// The larger rest first.
    fn by_rest(&self, a: Pair, b: Pair) -> Ordering {
        self.local.rests.get(b).cmp(self.local.rests.get(a))
    }

    /// Step 3.
    fn mark(&mut self, place: usize, answers: &mut Answers<'_>) -> Result<(), Stopped> {
        let mut pairs = self.settling.standing_in(place);
        pairs.retain(|&pair| self.local.rests.get(pair).is_some());
        for pair in select(pairs, self.left[place], |a, b| self.by_rest(a, b), answers)? {
            *self.local.marks.get_mut(pair) = 1;
            *self.had.get_mut(pair) = true;
            self.give(pair, 1);
        }
        Ok(())
    }

    /// Step 4.
    fn give_back(&mut self, party: usize, answers: &mut Answers<'_>) -> Result<(), Stopped> {
        let settling = self.settling;
        for (turn, &size) in settling.settle.small.iter().enumerate() {
            let again = settling.settle.small[..turn].contains(&size);
            let Ok(over) = u64::try_from(self.over[party]) else { return Ok(()) };
            let pairs = (0..settling.places()).map(|place| (party, place));
            let marked = |pair: &Pair| !again && settling.sizes[pair.1] == size && *self.local.marks.get(*pair) > 0;
            let marked = pairs.filter(marked).collect();
            for pair in select(marked, over, |a, b| self.by_rest(b, a), answers)? {
                *self.seats.get_mut(pair) -= 1;
                self.left[pair.1] += 1;
                self.over[party] -= 1;
                self.steps.push(Step::GivenBack(pair));
            }
        }
        Ok(())
    }

    /// Step 5, and who is left out of it.
    fn complete_all(&mut self, answers: &mut Answers<'_>) -> Result<Option<usize>, Stopped> {
        let settling = self.settling;
        let mut waiting: Vec<usize> = (0..settling.parties()).filter(|&party| settling.totals[party] > 0).collect();
        let votes = |party: &usize| settling.party_votes[*party];
        let most = waiting.iter().map(votes).max();
        let largest = waiting.iter().copied().filter(|party| Some(votes(party)) == most);
        let largest = self.one_of(largest.collect(), answers)?;
        waiting.retain(|&party| Some(party) != largest);
        waiting.sort_by_key(|party| Reverse(votes(party)));
        while let Some(fewest) = waiting.last().map(votes) {
            let equal: Vec<usize> = waiting.iter().copied().filter(|party| votes(party) == fewest).collect();
            // Who lacks nothing takes nothing, whenever its turn is.
            let met = equal.iter().copied().find(|&party| self.over[party] >= 0);
            let Some(party) = met.map_or_else(|| self.one_of(equal, answers), |met| Ok(Some(met)))? else { break };
            waiting.retain(|&other| other != party);
            self.complete(party, answers)?;
        }
        Ok(largest)
    }

    /// The only party, or the one of those with equal votes that is said to be it. A party stands in the tie with the
    /// place of its largest rest.
    fn one_of(&self, parties: Vec<usize>, answers: &mut Answers<'_>) -> Result<Option<usize>, Stopped> {
        if let [only] = parties[..] {
            return Ok(Some(only));
        }
        let first = |party: usize| {
            let pairs = (0..self.settling.places()).map(move |place| (party, place));
            pairs.min_by(|&a, &b| self.by_rest(a, b))
        };
        Ok(ask_one(parties.into_iter().filter_map(first).collect(), answers)?.map(|pair| pair.0))
    }

    /// Places one party's seats where its rests are largest.
    fn complete(&mut self, party: usize, answers: &mut Answers<'_>) -> Result<(), Stopped> {
        let short = u64::try_from(-self.over[party]).unwrap_or(0);
        let mut pairs: Vec<Pair> = (0..self.settling.places()).map(|place| (party, place)).collect();
        pairs.retain(|&pair| self.left[pair.1] > 0 && self.local.rests.get(pair).is_some() && !*self.had.get(pair));
        for pair in select(pairs, short, |a, b| self.by_rest(a, b), answers)? {
            *self.had.get_mut(pair) = true;
            self.give(pair, 1);
            self.steps.push(Step::Taken(pair));
        }
        if self.over[party] < 0 { Err(unsettled(&self.over)) } else { Ok(()) }
    }

    /// Step 6.
    fn take_rest(&mut self, largest: Option<usize>) {
        let Some(party) = largest else { return };
        for place in 0..self.settling.places() {
            let (pair, seats) = ((party, place), self.left[place]);
            if seats > 0 {
                self.give(pair, seats);
                self.steps.push(Step::Rest { pair, seats });
            }
        }
    }
}

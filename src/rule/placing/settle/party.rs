//! Italy, national to circumscriptions: party by party gives its smallest rests with a seat, where another lacks one.
//!
//! DPR 361/1957, art. 83 (1) h and i.

use alloc::vec::Vec;

use super::Settlement;
use super::state::State;
use crate::rule::placing::{Answers, Grid, Pair, Stopped, ask_one};

/// Lets each party with too many seats give, the one with most to spare first.
pub(super) fn run(mut state: State<'_>, answers: &mut Answers<'_>) -> Result<Settlement, Stopped> {
    let settling = state.settling;
    let mut used = Grid::filled(settling.parties(), settling.places(), false);
    // Fixed before the first gives: what a party has to spare, and its votes.
    let key = |party: usize, state: &State<'_>| (state.over[party], settling.party_votes[party]);
    let mut givers: Vec<(usize, (i128, u128))> =
        state.parties_with(|over| over > 0).into_iter().map(|party| (party, key(party, &state))).collect();
    while let Some(most) = givers.iter().map(|giver| giver.1).max() {
        let equal: Vec<usize> = givers.iter().filter(|giver| giver.1 == most).map(|giver| giver.0).collect();
        // Parties equal in both stand in the tie with their first marks.
        let first = |party: usize| state.smallest_marks(&[party]).first().copied();
        let firsts: Vec<Pair> = equal.iter().filter_map(|&party| first(party)).collect();
        let Some(party) = ask_one(firsts, answers)?.map(|pair| pair.0) else { return Err(state.unsettled()) };
        givers.retain(|giver| giver.0 != party);
        within_places(party, &mut state, &mut used, answers)?;
        across_places(party, &mut state, answers)?;
    }
    Ok(state.finish())
}

/// The party's marks by ascending rest, each in a place where a party that lacks seats has a rest without one.
fn within_places(
    party: usize,
    state: &mut State<'_>,
    used: &mut Grid<bool>,
    answers: &mut Answers<'_>,
) -> Result<(), Stopped> {
    let mut marks = state.marks_of(party);
    while state.over[party] > 0 {
        let Some(&(smallest, _)) = marks.first() else { break };
        let equal = marks.partition_point(|mark| mark.0 <= smallest);
        let able =
            marks[..equal].iter().map(|mark| (party, mark.1)).filter(|pair| !receivers(pair.1, state, used).is_empty());
        let Some(giver) = ask_one(able.collect(), answers)? else {
            // Who cannot receive now never can: parties only cease to lack seats, and rests to be free.
            marks.drain(..equal);
            continue;
        };
        let receiver = state.by_votes(receivers(giver.1, state, used), answers)?;
        state.swap(giver, receiver);
        for pair in receiver.into_iter().chain([giver]) {
            *used.get_mut(pair) = true;
        }
        marks.retain(|mark| mark.1 != giver.1);
    }
    Ok(())
}

/// The pairs of a place with the largest rest without a mark, not used so far, among parties that lack seats.
fn receivers(place: usize, state: &State<'_>, used: &Grid<bool>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = state.parties_with(|over| over < 0).into_iter().map(|party| (party, place)).collect();
    pairs.retain(|&pair| state.is_unmarked(pair) && !*used.get(pair));
    let largest = pairs.iter().map(|&pair| state.rest(pair)).max();
    pairs.retain(|&pair| Some(state.rest(pair)) == largest);
    pairs
}

/// What is left to spare goes from the party's smallest mark to the largest rest anywhere: both places change size.
fn across_places(party: usize, state: &mut State<'_>, answers: &mut Answers<'_>) -> Result<(), Stopped> {
    while state.over[party] > 0 {
        let Some(giver) = ask_one(state.smallest_marks(&[party]), answers)? else { return Err(state.unsettled()) };
        let largest = state.largest_unmarked(&state.parties_with(|over| over < 0));
        let Some(receiver) = state.by_votes(largest, answers)? else { return Err(state.unsettled()) };
        state.swap(giver, Some(receiver));
    }
    Ok(())
}

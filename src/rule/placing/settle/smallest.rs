//! Bulgaria: the smallest rest with a seat of a party with too many gives it to the largest of the same place without one.
//!
//! Izboren kodeks, annex 1 to art. 248, 4.6. The receiver need not lack seats; the seat may then move on.

use alloc::vec::Vec;

use super::state::State;
use super::{Give, Settlement};
use crate::rule::placing::{Answers, Grid, Pair, Stopped, ask_one};

/// Swaps until every party has its total. Every step uses up a pair for good, so that it ends.
pub(super) fn run(mut state: State<'_>, answers: &mut Answers<'_>) -> Result<Settlement, Stopped> {
    let settling = state.settling;
    let mut gave = Grid::filled(settling.parties(), settling.places(), false);
    while state.over.iter().any(|&over| over != 0) {
        let givers = state.smallest_marks(&state.parties_with(|over| over > 0));
        let Some(giver) = ask_one(givers, answers)? else { return Err(state.unsettled()) };
        let mut receivers: Vec<Pair> = (0..settling.parties()).map(|party| (party, giver.1)).collect();
        receivers.retain(|&pair| {
            let may_receive = settling.settle.give == Give::Any || state.over[pair.0] < 0;
            may_receive && state.is_unmarked(pair) && !*gave.get(pair)
        });
        let largest = receivers.iter().map(|&pair| state.rest(pair)).max();
        receivers.retain(|&pair| Some(state.rest(pair)) == largest);
        let receiver = ask_one(receivers, answers)?;
        state.swap(giver, receiver);
        state.use_up(giver);
        *gave.get_mut(giver) = true;
    }
    Ok(state.finish())
}

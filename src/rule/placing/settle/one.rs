//! Italy, circumscription to colleges: one seat at a time, from the party with most to spare to the one that lacks most.
//!
//! DPR 361/1957, art. 83-bis. The two seats need not be in one place, so that places change size.

use super::Settlement;
use super::state::State;
use crate::rule::placing::{Answers, Stopped, ask_one};

/// Moves one seat at a time until nobody has too many.
pub(super) fn run(mut state: State<'_>, answers: &mut Answers<'_>) -> Result<Settlement, Stopped> {
    loop {
        let most = state.over.iter().copied().max().unwrap_or(0);
        let least = state.over.iter().copied().min().unwrap_or(0);
        if most <= 0 {
            return Ok(state.finish());
        }
        let givers = state.smallest_marks(&state.parties_with(|over| over == most));
        let Some(giver) = ask_one(givers, answers)? else { return Err(state.unsettled()) };
        let receivers = state.largest_unmarked(&state.parties_with(|over| over == least));
        let Some(receiver) = state.by_votes(receivers, answers)? else { return Err(state.unsettled()) };
        state.swap(giver, Some(receiver));
    }
}

//! Fewer seats than parties: only the largest parties can win one.
//!
//! If as many parties as there are seats have more votes than another one, their first claims all come before its first:
//! it wins nothing, and is in no tie.

use crate::method::scratch::Scratch;

/// Gives out `seats`, fewer than the parties, by `allocate` among those who can win one.
pub(super) fn allocate(
    votes: &[u64],
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
    allocate: impl FnOnce(&[u64], &mut [u64], &mut Scratch) -> Option<u64>,
) -> Option<u64> {
    let last = usize::try_from(seats).ok()?.checked_sub(1)?;
    let mut leaders = core::mem::take(&mut scratch.leaders);
    leaders.votes.clear();
    leaders.votes.extend_from_slice(votes);
    let (_, &mut fewest, _) = leaders.votes.select_nth_unstable_by(last, |a, b| b.cmp(a));
    leaders.votes.clear();
    leaders.parties.clear();
    for (party, &votes) in votes.iter().enumerate() {
        if votes >= fewest {
            leaders.votes.push(votes);
            leaders.parties.push(party);
        }
    }
    leaders.seats.clear();
    leaders.seats.resize(leaders.votes.len(), 0);
    let tied = allocate(&leaders.votes, &mut leaders.seats, scratch);
    if tied.is_some() {
        out.fill(0);
        for (&party, &seats) in leaders.parties.iter().zip(&leaders.seats) {
            if let Some(out) = out.get_mut(party) {
                *out = seats;
            }
        }
        for party in &mut scratch.tied {
            *party = leaders.parties.get(*party).copied().unwrap_or(0);
        }
    }
    scratch.leaders = leaders;
    tied
}

//! The first seats where the first divisor is zero: to the parties with the most votes, one each.

use crate::method::scratch::Scratch;

/// Gives `seats` parties a seat each, and answers with the seats that are tied, or 0; `None` if fewer have votes.
#[inline(never)]
pub(super) fn allocate(votes: &[u64], seats: u64, out: &mut [u64], scratch: &mut Scratch) -> Option<u64> {
    out.fill(0);
    by_number(votes, usize::try_from(seats).ok()?, out, scratch)
}

/// Adds a seat to each of the `places` parties with the largest numbers, and answers with the places that are tied among
/// the parties in `scratch.tied`, or 0. Nobody with the number 0 takes part; `places` are no more than the others.
pub(super) fn by_number(numbers: &[u64], places: usize, out: &mut [u64], scratch: &mut Scratch) -> Option<u64> {
    let Scratch { sorted, tied, .. } = scratch;
    tied.clear();
    if places == 0 {
        return Some(0);
    }
    sorted.clear();
    sorted.extend_from_slice(numbers);
    let (above, &mut cut, _) = sorted.select_nth_unstable_by(places - 1, |a, b| b.cmp(a));
    if cut == 0 {
        return None;
    }
    let ahead = above.iter().filter(|&&number| number > cut).count();
    for (party, (&number, seats)) in numbers.iter().zip(out.iter_mut()).enumerate() {
        if number > cut {
            *seats += 1;
        } else if number == cut {
            tied.push(party);
        }
    }
    let left = places - ahead;
    if tied.len() == left {
        for &party in tied.iter() {
            *out.get_mut(party)? += 1;
        }
        return Some(0);
    }
    u64::try_from(left).ok()
}

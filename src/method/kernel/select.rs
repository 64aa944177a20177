//! Serving the best of a few claims: by floats where they are far apart, exactly where they are not.

use core::cmp::Ordering;

use super::float::float;
use crate::method::divisor::{Claim, Ladder};
use crate::method::scratch::{Near, Scratch};

/// The quotients between which a cut must lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) above: f64,
    pub(super) below: f64,
}

/// Quotients are wrong by less than 2^-50 of themselves, the ends of a cut by less: what differs by more than this part
/// is in true order.
const APART: f64 = 1.0 / float(1 << 48);

/// Gives `left` seats to the best of `scratch.claims`, which stand in the order of their parties, and answers with the
/// seats that are tied among the parties in `scratch.tied`, or 0.
pub(super) fn serve(
    left: u64,
    cut: Cut,
    ladder: &Ladder,
    votes: &[u64],
    out: &mut [u64],
    scratch: &mut Scratch,
) -> Option<u64> {
    let Scratch { claims, quotients, close, tied, .. } = &mut *scratch;
    let left = usize::try_from(left).ok().filter(|&left| left <= claims.len())?;
    tied.clear();
    if claims.is_empty() {
        return Some(0);
    }
    // Quotients are not below 0: their bits are in the same order, and compared faster.
    quotients.clear();
    quotients.extend(claims.iter().map(|claim| claim.quotient.to_bits()));
    if left == 0 {
        let best = f64::from_bits(quotients.iter().copied().fold(0, u64::max));
        return (best * (1.0 + APART) < cut.below).then_some(0);
    }
    // Where all votes are equal, so are all claims.
    let pivot = match quotients.first() {
        Some(&first) if quotients.iter().all(|&quotient| quotient == first) => first,
        _ => {
            let place = quotients.len() - left;
            *quotients.select_nth_unstable(place).1
        }
    };
    let pivot = f64::from_bits(pivot);
    // Claims below `low` are surely behind every claim that is served, those above `high` ahead of those that are not.
    let (low, high) = (pivot * (1.0 - APART), pivot * (1.0 + APART));
    let refused = left < claims.len();
    if low <= cut.above || (refused && high >= cut.below) {
        return None;
    }
    // One seat more, if the claim is certain to be served; the others near the pivot are kept.
    close.clear();
    let mut served = 0;
    for (place, &Near { party, quotient, .. }) in claims.iter().enumerate() {
        // Added whether it is 0 or 1: half of the branches would be mispredicted.
        let is_served = quotient > high;
        served += usize::from(is_served);
        *out.get_mut(party)? += u64::from(is_served);
        if (quotient >= low) & !is_served {
            close.push(place);
        }
    }
    let rest = left - served;
    if close.len() == rest {
        for claim in close.iter().filter_map(|&place| claims.get(place)) {
            *out.get_mut(claim.party)? += 1;
        }
        return Some(0);
    }
    among_close(rest, ladder, votes, out, scratch)
}

/// Gives `rest` seats to the best of the claims in `scratch.close`, which are too close for floats, exactly; answers as
/// [`serve`] does.
fn among_close(rest: usize, ladder: &Ladder, votes: &[u64], out: &mut [u64], scratch: &mut Scratch) -> Option<u64> {
    let Scratch { claims, close, tied, .. } = scratch;
    let exact = |place: usize| {
        let near = claims.get(place)?;
        Some(Claim { votes: *votes.get(near.party)?, index: near.seat })
    };
    let order = |a: usize, b: usize| match (exact(a), exact(b)) {
        (Some(a), Some(b)) => ladder.compare(a, b),
        _ => Ordering::Equal,
    };
    let first = *close.first()?;
    let alike = exact(first);
    let last = if close.iter().all(|&place| exact(place) == alike) {
        // The same votes for the same seat: nothing to select.
        first
    } else {
        // By places in the list, so that the list itself keeps the order of the parties.
        let mut places = core::mem::take(close);
        let (_, &mut last, _) = places.select_nth_unstable_by(rest - 1, |&a, &b| order(b, a));
        places.sort_unstable();
        *close = places;
        last
    };
    let mut equal_left = rest;
    for &place in close.iter() {
        let party = claims.get(place)?.party;
        match order(place, last) {
            Ordering::Greater => {
                equal_left -= 1;
                *out.get_mut(party)? += 1;
            }
            Ordering::Equal => tied.push(party),
            Ordering::Less => {}
        }
    }
    if tied.len() == equal_left {
        for &party in tied.iter() {
            *out.get_mut(party)? += 1;
        }
        return Some(0);
    }
    u64::try_from(equal_left).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Divisors;

    fn serve_one(cut: Cut) -> (Option<u64>, [u64; 2]) {
        let votes = [5, 3];
        let mut scratch = Scratch::new();
        scratch.claims.extend((0..2).map(|party| Near { party, seat: 0, quotient: [5.0, 3.0][party] }));
        let mut out = [0; 2];
        (serve(1, cut, &Divisors::D_HONDT.ladder(), &votes, &mut out, &mut scratch), out)
    }

    #[test]
    fn the_better_of_two_claims_is_served() {
        assert_eq!(serve_one(Cut { above: 4.0, below: 6.0 }), (Some(0), [1, 0]));
    }

    #[test]
    fn nothing_is_said_of_a_cut_beyond_the_ends() {
        assert_eq!(serve_one(Cut { above: 5.0, below: 6.0 }).0, None);
        assert_eq!(serve_one(Cut { above: 2.0, below: 5.0 }).0, None);
    }
}

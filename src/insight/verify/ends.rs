//! Claims against the ends of ties: which seats together are one way in which a law can go.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::claim::ClaimedSeats;
use super::fault::{Fault, Objection};
use crate::outcome::{Outcome, PartyOutcome, TieOutcome};
use crate::rule::Record;

/// Whether some end of the ties of one course gives all that is claimed.
pub(super) fn allows(course: &Outcome, claim: &ClaimedSeats) -> bool {
    let tiers = claim.tiers().iter().all(|(tier, party, seats)| {
        let (fewest, most) = by_tier(course, tier, party);
        (fewest..=most).contains(seats)
    });
    tiers && claim.places().into_iter().all(|place| allows_at(course, claim, place))
}

/// Whether some end of the ties gives what is claimed at one place; ties inside whose ends are claimed go that way.
fn allows_at(course: &Outcome, claim: &ClaimedSeats, place: Option<&str>) -> bool {
    let mut extra: BTreeMap<&str, u64> = BTreeMap::new();
    for (party, seats) in claim.cells(place) {
        match seats.checked_sub(certain(course, place, party)) {
            Some(more) => extra.insert(party, more),
            None => return false,
        };
    }
    let mut open: Vec<&TieOutcome> = Vec::new();
    for tie in course.ties().iter().filter(|tie| tie.places().is_empty() && is_inside(course, tie, place)) {
        if tie.place() != place && tie.place().is_some_and(|inner| is_settled_by(course, claim, inner)) {
            continue;
        }
        open.push(tie);
    }
    for inner in course.places().iter().filter(|inner| place.is_none() && is_settled_by(course, claim, inner.name())) {
        for (party, seats) in claim.cells(Some(inner.name())) {
            let won = seats.saturating_sub(certain(course, Some(inner.name()), party));
            let Some(more) = extra.get_mut(party) else { continue };
            match more.checked_sub(won) {
                Some(left) => *more = left,
                None => return false,
            }
        }
    }
    let placed =
        course.ties().iter().filter(|tie| place.is_some() && tie.places().iter().any(|at| Some(at.as_str()) == place));
    for tie in placed {
        // Of a tie of placing, any pair may win.
        for (party, at) in tie.parties().iter().zip(tie.places()) {
            if Some(at.as_str()) == place {
                if let Some(more) = extra.get_mut(party.as_str()) {
                    *more = more.saturating_sub(1);
                }
            }
        }
    }
    can_end_so(&open, &extra)
}

/// Whether all who are tied at a place are claimed there, so that the claim says how its ties end.
fn is_settled_by(course: &Outcome, claim: &ClaimedSeats, place: &str) -> bool {
    let here = course.ties().iter().filter(|tie| tie.place() == Some(place) && tie.places().is_empty());
    let mut any = false;
    for tie in here {
        any = true;
        if tie.parties().iter().any(|party| claim.of(Some(place), party).is_none()) {
            return false;
        }
    }
    any
}

/// Whether a tie stands at a place or inside it.
fn is_inside(course: &Outcome, tie: &TieOutcome, place: Option<&str>) -> bool {
    match (place, tie.place()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => outer == inner || course.at(inner).is_some_and(|at| at.within() == Some(outer)),
    }
}

/// Whether the ties can end so that each party of `extra` wins that many of them; others win what is left.
///
/// A flow from ties to parties: a tie gives each of its parties one seat at most, and all of its seats.
fn can_end_so(ties: &[&TieOutcome], extra: &BTreeMap<&str, u64>) -> bool {
    let mut left: Vec<u64> = ties.iter().map(|tie| tie.seats()).collect();
    let mut won: Vec<Vec<&str>> = vec![Vec::new(); ties.len()];
    for (&party, &more) in extra {
        for _ in 0..more {
            if !give(ties, &mut left, &mut won, party, &mut vec![false; ties.len()]) {
                return false;
            }
        }
    }
    // What is left goes to those that nothing is claimed for.
    let mut others: Vec<&str> = ties.iter().flat_map(|tie| tie.parties()).map(String::as_str).collect();
    others.retain(|party| !extra.contains_key(party));
    for party in others {
        give(ties, &mut left, &mut won, party, &mut vec![false; ties.len()]);
    }
    left.iter().all(|&left| left == 0)
}

/// Gives a party one more of the ties' seats, moving others' wins between ties where that makes room.
fn give<'t>(
    ties: &[&'t TieOutcome],
    left: &mut [u64],
    won: &mut [Vec<&'t str>],
    party: &str,
    seen: &mut [bool],
) -> bool {
    for at in 0..ties.len() {
        let stands = ties[at].parties().iter().find(|tied| *tied == party);
        let Some(name) = stands.filter(|_| !seen[at] && !won[at].contains(&party)) else { continue };
        seen[at] = true;
        if left[at] > 0 {
            left[at] -= 1;
            won[at].push(name);
            return true;
        }
        for index in 0..won[at].len() {
            let other = won[at][index];
            won[at].swap_remove(index);
            if give(ties, left, won, other, seen) {
                won[at].push(name);
                return true;
            }
            won[at].push(other);
            let last = won[at].len() - 1;
            won[at].swap(index, last);
        }
    }
    false
}

/// The certain seats of a party at a place, or in all.
fn certain(course: &Outcome, place: Option<&str>, party: &str) -> u64 {
    match place {
        None => course.certain(party).unwrap_or(0),
        Some(place) => course.at(place).and_then(|place| place.certain(party)).unwrap_or(0),
    }
}

/// The most seats of a party at a place, or in all, by the ties of one course.
fn most(course: &Outcome, place: Option<&str>, party: &str) -> u64 {
    let won = |tie: &&TieOutcome| {
        let here = if tie.places().is_empty() { is_inside(course, tie, place) } else { place.is_some() };
        here && tie.parties().iter().any(|tied| tied == party)
    };
    certain(course, place, party).saturating_add(course.ties().iter().filter(won).count() as u64)
}

/// The fewest and most seats of a party by one tier.
fn by_tier(course: &Outcome, tier: &str, party: &str) -> (i128, i128) {
    let Some(given) = course.by(tier) else { return (0, 0) };
    let at = course.parties().iter().position(|known| known.name() == party);
    let fewest = at.and_then(|at| given.seats().get(at)).copied().unwrap_or(0);
    let several = course.tiers().len() > 1;
    let open = course.ties().iter().filter(|tie| {
        tie.places().is_empty()
            && (!several || tie.tier() == Some(tier))
            && tie.parties().iter().any(|tied| tied == party)
    });
    (fewest, fewest + open.count() as i128)
}

/// What in a claim no end of any course gives.
pub(super) fn objections(courses: &[&Outcome], claim: &ClaimedSeats) -> Vec<Objection> {
    let mut all = Vec::new();
    for place in claim.places() {
        for (party, seats) in claim.cells(place) {
            let fewest = courses.iter().map(|course| certain(course, place, party)).min().unwrap_or(0);
            let most = courses.iter().map(|course| most(course, place, party)).max().unwrap_or(0);
            if (fewest..=most).contains(&seats) {
                continue;
            }
            let admission = courses.first().and_then(|course| course.party(party)).map(PartyOutcome::is_admitted);
            let fault = if most == 0 && admission == Some(false) {
                Fault::NotAdmitted { party: party.to_string(), seats }
            } else {
                differs(party, None, seats.into(), fewest.into(), most.into())
            };
            all.push(Objection { place: place.map(ToString::to_string), fault });
        }
    }
    for (tier, party, seats) in claim.tiers() {
        let ends = courses.iter().map(|course| by_tier(course, tier, party));
        let fewest = ends.clone().map(|(fewest, _)| fewest).min().unwrap_or(0);
        let most = ends.map(|(_, most)| most).max().unwrap_or(0);
        if !(fewest..=most).contains(seats) {
            all.push(Objection { place: None, fault: differs(party, Some(tier), *seats, fewest, most) });
        }
    }
    if all.is_empty() {
        all.push(Objection { place: None, fault: Fault::NotTogether });
    }
    all
}

fn differs(party: &str, tier: Option<&str>, claimed: i128, fewest: i128, most: i128) -> Fault {
    Fault::Differs { party: party.into(), tier: tier.map(Into::into), claimed, fewest, most }
}

/// Where one outcome has other certain seats than another.
pub(super) fn differences(said: &Outcome, right: &Outcome) -> Vec<Objection> {
    let mut all = Vec::new();
    let names = |outcome: &Outcome| outcome.parties().iter().map(|party| party.name().to_string()).collect::<Vec<_>>();
    let mut places: Vec<Option<&str>> = vec![None];
    places.extend(said.places().iter().chain(right.places()).map(|place| Some(place.name())));
    let mut parties = names(said);
    parties.extend(names(right));
    parties.sort_unstable();
    parties.dedup();
    places.sort_unstable();
    places.dedup();
    for place in places {
        for party in &parties {
            let (claimed, is) = (certain(said, place, party), certain(right, place, party));
            if claimed != is {
                let fault = differs(party, None, claimed.into(), is.into(), is.into());
                all.push(Objection { place: place.map(ToString::to_string), fault });
            }
        }
    }
    for tier in right.tiers() {
        for party in &parties {
            let (claimed, is) = (by_tier(said, tier.name(), party).0, by_tier(right, tier.name(), party).0);
            if claimed != is {
                all.push(Objection { place: None, fault: differs(party, Some(tier.name()), claimed, is, is) });
            }
        }
    }
    if all.is_empty() && said.ties() != right.ties() {
        all.push(Objection { place: None, fault: Fault::Step { what: "a tie".into() } });
    }
    all
}

/// Where the seats of tiers and direct ones are not the sum that a party has.
pub(super) fn sums(course: &Outcome) -> Vec<Objection> {
    let mut all = Vec::new();
    for (at, party) in course.parties().iter().enumerate() {
        let by_tiers: i128 = course.tiers().iter().map(|tier| tier.seats().get(at).copied().unwrap_or(0)).sum();
        let direct: i128 = course
            .trace()
            .records()
            .iter()
            .map(|record| match record {
                Record::Direct(direct) => {
                    direct.seats.iter().filter(|(id, _)| id.index() == at).map(|&(_, seats)| seats).sum()
                }
                _ => 0,
            })
            .sum();
        if by_tiers + direct != i128::from(party.certain()) {
            let what = alloc::format!("the sum of the tiers of {}", party.name());
            all.push(Objection { place: None, fault: Fault::Step { what } });
        }
    }
    all
}

//! Laws over numbers held against whole runs, ballot by ballot along lines of small counts.

#[path = "../../tests/numbers/mod.rs"]
mod numbers;

use alloc::vec;
use alloc::vec::Vec;

use self::numbers::Numbers;
use super::state::{Seats, State};
use crate::count::tally::Beside;
use crate::count::{CountRef, Figures, PartyId, PlaceId};
use crate::rule::prepared::Probe;
use crate::rule::{Overhang, Placement};
use crate::{AllocationMethod, Base, Count, Divisors, Level, Place, Quota, Rounding, Rule, Tally, Threshold, Tier};

fn divisors(n: &mut Numbers) -> AllocationMethod {
    let first = "7/5".parse().unwrap();
    AllocationMethod::HighestAverages(n.pick(&[
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::modified_sainte_lague(first).unwrap(),
    ]))
}

fn method(n: &mut Numbers) -> AllocationMethod {
    match n.below(3) {
        0 => divisors(n),
        1 => AllocationMethod::LargestRemainder(n.pick(&[Quota::HARE, Quota::DROOP, Quota::HAGENBACH_BISCHOFF])),
        _ => n.pick(&[
            AllocationMethod::ADAMS,
            AllocationMethod::HUNTINGTON_HILL,
            AllocationMethod::LargestRemainder(Quota::HARE.rounded(Rounding::Down)),
        ]),
    }
}

fn threshold(n: &mut Numbers) -> Threshold {
    let base = n.pick(&[Base::PartyVotes, Base::Valid, Base::ValidAndBlank, Base::Cast, Base::Registered]);
    let share = |text: &str| Threshold::share(text.parse().unwrap()).of(base);
    match n.below(5) {
        0 => share("10%"),
        1 => share("20%").strict(),
        2 => Threshold::votes(n.below(20)),
        3 => Threshold::quota(n.pick(&[Quota::HARE, Quota::DROOP]), "1/2".parse().unwrap()).of(base),
        _ => Threshold::any([share("1/3"), Threshold::votes(15)]),
    }
}

fn tally(n: &mut Numbers) -> Tally {
    let votes = ["A", "B", "C", "D"].map(|name| (name, n.below(60)));
    let parties = 2 + usize::try_from(n.below(3)).unwrap();
    let tally = Tally::from_votes(votes[..parties].to_vec()).unwrap().with_registered(900);
    match n.below(3) {
        0 => tally,
        1 => tally.with_blank(n.below(9)).with_invalid(n.below(9)).with_other(n.below(9)),
        _ => tally.with_cast(300 + n.below(9)),
    }
}

fn law(n: &mut Numbers) -> (Rule, Count) {
    if n.below(2) == 0 {
        let rule = Rule::new(method(n), n.below(9));
        let rule = if n.below(2) == 0 { rule.threshold(threshold(n)) } else { rule };
        let rule = if n.below(4) == 0 { rule.admit_at_least(2) } else { rule };
        return (rule, Count::from(tally(n)));
    }
    let mut place = |name: &str| {
        let tally = tally(n);
        Place::district(name, tally).with_seats(1 + n.below(5)).with_room("levelling", 1 + n.below(2))
    };
    let count = Count::of_places([place("North"), place("South")]).unwrap();
    let seats: u64 = count.places().iter().filter_map(|place| place.seats).sum();
    let national = Threshold::share(n.pick(&["5%", "20%"]).parse().unwrap()).at(Level::Nation);
    let first = Tier::new(method(n));
    let first = if n.below(3) == 0 { first.threshold(threshold(n)) } else { first };
    let rule = match n.below(4) {
        0 => Rule::new(method(n), seats).threshold(national),
        1 => Rule::of_tiers([first, Tier::continued(divisors(n), 2 + n.below(4)).at(Level::Nation)]),
        _ => {
            let overhang = n.pick(&[Overhang::Exclude, Overhang::Keep, Overhang::ExcludeMet]);
            let places = Placement::within(Level::District).method(divisors(n));
            let places = if n.below(2) == 0 { places.per_seat().room("levelling") } else { places };
            let rooms: u64 = count.places().iter().filter_map(|place| place.room("levelling")).sum();
            let top_up = Tier::top_up(divisors(n), seats + rooms).threshold(national).overhang(overhang);
            Rule::of_tiers([first, if n.below(3) == 0 { top_up } else { top_up.placed(places) }])
        }
    };
    (rule, count)
}

/// A random line through the figures of a count: ballots of one party more or fewer, or voters who switch.
fn line(n: &mut Numbers, figures: &Figures<'_>) -> Vec<(PlaceId, PartyId, i128)> {
    let places = (0..figures.spots().len()).map(PlaceId::at).filter(|&place| figures.counts_itself(place));
    let place = n.pick(&places.collect::<Vec<_>>());
    let parties = &figures.spot(place).parties;
    let (one, other) = (n.pick(parties), n.pick(parties));
    match n.below(3) {
        0 => vec![(place, one, 1)],
        1 => vec![(place, one, -1)],
        _ if one == other => vec![(place, one, 1)],
        _ => vec![(place, one, -1), (place, other, 1)],
    }
}

#[test]
fn runs_over_numbers_have_the_seats_of_whole_runs_and_so_has_what_lies_between_equal_ones() {
    let (mut probed, mut whole, mut alike) = (0, 0, 0);
    for seed in 0..1_500 {
        let n = &mut Numbers(seed);
        let (rule, count) = law(n);
        let Ok(mut figures) = Figures::new(CountRef::from(&count)) else { continue };
        let Some(mut probe) = Probe::new(&rule, &figures).filter(Probe::is_shown) else { continue };
        let line = line(n, &figures);
        let mut states: Vec<(Option<State>, State)> = Vec::new();
        for step in 0..40 {
            if step > 0 {
                line.iter().for_each(|&(place, party, ballots)| figures.alter(place, party, ballots));
            }
            let what = || alloc::format!("{seed}, {step} of {line:?}: {rule:?} {count:?}");
            let named = State::of(&rule, &figures, PlaceId::NATION);
            let state = State::probed(&mut probe, &figures, PlaceId::NATION);
            if let Some(state) = &state {
                assert_eq!(state.seats, named.seats, "{}", what());
                // Figures stop at no votes, where a line ends.
                let is_over = line.iter().any(|&(place, party, _)| figures.spot(place).votes_of(party) == 0);
                let last = states.iter().rposition(|(known, _)| known.as_ref() == Some(state));
                if let Some(last) = last.filter(|_| !is_over) {
                    // A run over numbers may have no answer between them, where claims before the last seat are equal.
                    let between = || states[last..].iter();
                    assert!(between().all(|(_, between)| between.seats == state.seats), "{}", what());
                    alike += 1;
                }
                probed += 1;
            }
            whole += 1;
            states.push((state, named));
        }
    }
    assert!(probed * 2 > whole && alike * 2 > probed, "{alike} of {probed} of {whole}");
}

#[test]
fn runs_that_keep_contests_of_other_places_decide_what_first_runs_decide() {
    let (mut probed, mut moved) = (0, 0);
    for seed in 0..1_500 {
        let n = &mut Numbers(seed);
        let (rule, count) = law(n);
        let Ok(mut figures) = Figures::new(CountRef::from(&count)) else { continue };
        let Some(mut probe) = Probe::new(&rule, &figures).filter(Probe::is_shown) else { continue };
        let fresh = probe.clone();
        for _ in 0..20 {
            // Nothing, a few ballots in one place, or some in several; what has changed may come back.
            for _ in 0..n.below(3) {
                let times = i128::from(n.below(9)) - 3;
                for (place, party, ballots) in line(n, &figures) {
                    figures.alter(place, party, times * ballots);
                }
            }
            for place in (0..figures.spots().len()).map(PlaceId::at) {
                let first = State::probed(&mut fresh.clone(), &figures, place);
                assert_eq!(State::probed(&mut probe, &figures, place), first, "{seed}: {rule:?} {count:?}");
                probed += usize::from(first.is_some());
                moved += usize::from(first.is_none());
            }
        }
    }
    assert!(probed > 20_000 && moved > 1_000, "{probed} {moved}");
}

#[test]
fn completions_over_numbers_have_the_seats_and_ties_of_whole_runs_in_every_place() {
    let (mut probed, mut tied) = (0, 0);
    for seed in 0..3_000 {
        let n = &mut Numbers(seed);
        let (rule, count) = law(n);
        let Ok(mut figures) = Figures::new(CountRef::from(&count)) else { continue };
        let Some(mut probe) = Probe::new(&rule, &figures) else { continue };
        for _ in 0..4 {
            let (place, party, _) = line(n, &figures)[0];
            figures.alter(place, party, n.below(9).into());
            figures.alter_beside(place, n.pick(&Beside::ALL), n.below(9).into());
            if probe.seats(&figures).is_none() {
                continue;
            }
            probed += 1;
            let named = Seats::everywhere(&rule, &figures).unwrap();
            for (at, seats) in named.iter().enumerate() {
                let place = PlaceId::at(at);
                let parties = (0..seats.certain.len()).map(PartyId::at);
                let possible: Vec<u64> =
                    parties.map(|party| probe.certain(place)[party.index()] + probe.open(place, party)).collect();
                assert_eq!(
                    (probe.certain(place), &possible),
                    (&seats.certain[..], &seats.possible),
                    "{seed}: {rule:?} {count:?} {:?}",
                    figures.spots()
                );
                tied += usize::from(seats.certain != seats.possible);
            }
        }
    }
    assert!(probed > 3_000 && tied > 50, "{probed} {tied}");
}

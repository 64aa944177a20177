//! Norway 2021, whose law has two tiers and 19 counties: every question about how close it was.

use std::collections::BTreeSet;

use apportion::insight::{Margin, Margins, Outlook, picture};
use apportion::{Count, Election, Outcome, Party, Tally};

fn election() -> Election {
    serde_json::from_str(include_str!("../data/norway-2021.json")).unwrap()
}

/// The count with so many ballots more or fewer for parties in one county.
fn changed(count: &Count, place: &str, changes: &[(&str, i64)]) -> Count {
    let mut places = count.places().to_vec();
    let county = places.iter_mut().find(|county| county.name == place).unwrap();
    let votes = county.tally.iter().map(|(party, votes)| {
        let more = changes.iter().find(|(name, _)| *name == party.name()).map_or(0, |&(_, more)| more);
        (party.clone(), u64::try_from(i128::try_from(votes).unwrap() + i128::from(more)).unwrap())
    });
    county.tally = Tally::from_votes(votes).unwrap();
    Count::of_places(places).unwrap()
}

fn seats(outcome: &Outcome) -> Vec<(u64, u64)> {
    let seats = |party: &apportion::PartyOutcome| (party.certain(), outcome.possible(party.name()).unwrap());
    outcome.parties().iter().map(seats).collect()
}

/// Whether a seat is somewhere else, whichever way ties go.
fn moved(now: &[(u64, u64)], then: &[(u64, u64)]) -> bool {
    now.iter().zip(then).any(|(now, then)| then.0 > now.0 || then.1 < now.0)
}

#[test]
fn the_nearest_change_of_the_national_result_is_named_and_no_fewer_ballots_do_it() {
    let Election { rule, count, .. } = election();
    let margins = Margins::new(&rule, &count).unwrap();
    let closest = margins.closest().unwrap().unwrap();
    assert_eq!(closest.to_string(), "62 votes from FRP to SV in Østfold: SV +1, FRP -1");
    assert!(closest.is_proven());
    let now = seats(margins.outcome());
    let apply = |place: &str, changes: &[(&str, i64)]| seats(&rule.apply(&changed(&count, place, changes)).unwrap());
    let most = i64::try_from(closest.votes()).unwrap();
    let named: Vec<(&str, i64)> =
        closest.change().ballots().iter().map(|ballots| (ballots.party.as_str(), ballots.number)).collect();
    let place = closest.place().unwrap();
    for ballots in 1..=most {
        let changes: Vec<(&str, i64)> = named.iter().map(|&(party, number)| (party, number * ballots)).collect();
        assert_eq!(moved(&now, &apply(place, &changes)), ballots == most, "{ballots} of {closest}");
    }
    // Every kind of change among the parties with seats, with all but one of these ballots.
    let with_seats: Vec<&str> =
        margins.outcome().parties().iter().filter(|party| party.certain() > 0).map(|party| party.name()).collect();
    for county in count.places() {
        for &party in &with_seats {
            for more in [most - 1, 1 - most, most / 2, -most / 2] {
                let then = apply(&county.name, &[(party, more)]);
                assert!(!moved(&now, &then), "{more} for {party} in {}", county.name);
            }
            for &other in with_seats.iter().filter(|&&other| other != party) {
                let then = apply(&county.name, &[(party, 1 - most), (other, most - 1)]);
                assert!(!moved(&now, &then), "{} from {party} to {other} in {}", most - 1, county.name);
            }
        }
    }
}

#[test]
fn every_party_in_a_county_has_a_margin_that_does_it_while_one_ballot_fewer_does_not() {
    let Election { rule, count, .. } = election();
    let margins = Margins::new(&rule, &count).unwrap();
    let (mut asked, mut found) = (0, 0);
    for county in count.places().iter().step_by(4) {
        for party in county.tally.parties().iter().map(Party::name) {
            let had = margins.outcome().certain(party).unwrap();
            let check = |margin: &Margin, sign: i64, does_it: &dyn Fn(Option<Outcome>) -> bool| {
                assert!(margin.is_proven(), "{margin}");
                let votes = i64::try_from(margin.votes()).unwrap();
                // A party without votes in a county may have a levelling seat that finds no place: no answer.
                let then = |votes: i64| rule.apply(&changed(&count, &county.name, &[(party, sign * votes)])).ok();
                assert!(does_it(then(votes)) && !does_it(then(votes - 1)), "{margin}");
            };
            asked += 2;
            if let Some(gain) = margins.gain(party).at(&county.name).fewest().unwrap() {
                found += 1;
                check(&gain, 1, &|then| then.is_some_and(|then| then.certain(party).unwrap() > had));
            }
            if let Some(loss) = margins.loss(party).at(&county.name).fewest().unwrap() {
                found += 1;
                check(&loss, -1, &|then| then.is_none_or(|then| then.possible(party).unwrap() < had));
            }
        }
    }
    assert!(found * 3 > asked, "{found} of {asked}");
}

#[test]
fn every_county_has_a_last_seat_with_its_holder_and_who_is_next() {
    let Election { rule, count, .. } = election();
    let margins = Margins::new(&rule, &count).unwrap();
    let last = margins.last_seats().unwrap();
    let places: BTreeSet<&str> = last.iter().filter_map(Margin::place).collect();
    assert_eq!(places.len(), 19);
    assert!(last.iter().map(Margin::votes).is_sorted());
    let news: Vec<String> = last.iter().filter_map(Margin::news).collect();
    assert_eq!(news[0], "Nordland: the last seat went to RØDT by 83 votes; H is next");
    let svg = picture::last_seats(margins.outcome(), &last, &picture::Style::default());
    assert!(news.iter().all(|news| svg.contains(news.as_str())), "{svg}");
}

/// The count after so many counties, and the ballots of the others.
fn so_far(count: &Count, counties: usize) -> (Count, Vec<(String, u64)>) {
    let mut places = count.places().to_vec();
    let mut out = Vec::new();
    for county in &mut places[counties..] {
        out.push((
            county.name.clone(),
            u64::try_from(county.tally.iter().map(|(_, votes)| votes).sum::<u128>()).unwrap(),
        ));
        county.tally = Tally::from_votes(county.tally.parties().iter().map(|party| (party.clone(), 0))).unwrap();
    }
    (Count::of_places(places).unwrap(), out)
}

#[test]
fn the_outlook_of_a_count_county_by_county_always_holds_the_result() {
    let Election { rule, count, .. } = election();
    let outcome = rule.apply(&count).unwrap();
    for counties in [1, 10, 18] {
        let (counted, out) = so_far(&count, counties);
        let out = out.iter().map(|(place, ballots)| (place.as_str(), *ballots));
        let outlook = Outlook::of_places(&rule, &counted, out).unwrap();
        for party in outlook.parties() {
            let seats = outcome.certain(party.name()).unwrap();
            assert!((party.fewest()..=party.most()).contains(&seats), "{counties}: {party:?}, {seats}");
        }
        // No more than 19 seats are left to levelling, and nobody below 4% has one.
        assert!(outlook.parties().iter().all(|party| party.most() <= 169), "{outlook}");
    }
}

use apportion::insight::Outlook;
use apportion::rule::{Placement, Seats};
use apportion::{AllocationMethod, Count, Error, Level, Party, Place, Rule, Tally, Threshold, Tier};

use super::{data, small};

/// The fewest certain and most possible seats of each party over every completion that the rule answers.
fn tried(rule: &Rule, tally: &Tally, out: u64) -> Option<Vec<(u64, u64)>> {
    let parties = tally.parties().len();
    let mut bounds: Option<Vec<(u64, u64)>> = None;
    for more in small::spreads(out, parties + 4) {
        let Ok(outcome) = rule.apply(&small::completed(tally, &more)) else { continue };
        let possible = |party: &apportion::PartyOutcome| outcome.possible(party.name()).unwrap();
        let now = outcome.parties().iter().map(|party| (party.certain(), possible(party)));
        bounds = Some(match bounds {
            None => now.collect(),
            Some(before) => before.into_iter().zip(now).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect(),
        });
    }
    bounds
}

/// Compares with every completion; the number of bounds, and of those that are not tight.
fn agrees(seed: u64, (rule, tally): &(Rule, Tally), out: u64) -> (u32, u32) {
    let Some(tried) = tried(rule, tally, out) else { return (0, 0) };
    let outlook = Outlook::new(rule, tally, out).unwrap();
    let (mut all, mut loose) = (0, 0);
    for (party, (fewest, most)) in outlook.parties().iter().zip(tried) {
        let whose = || format!("{seed}, {out} out: {} {rule:?} {tally:?}", party.name());
        assert!(party.fewest() <= fewest && party.most() >= most, "{} {party:?}, tried {fewest} {most}", whose());
        assert!(!party.fewest_is_tight() || party.fewest() == fewest, "{}: tight fewest, tried {fewest}", whose());
        assert!(!party.most_is_tight() || party.most() == most, "{}: tight most, tried {most}", whose());
        all += 2;
        loose += u32::from(!party.fewest_is_tight()) + u32::from(!party.most_is_tight());
    }
    (all, loose)
}

fn sum(counts: impl Iterator<Item = (u32, u32)>) -> (u32, u32) {
    counts.fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1))
}

#[test]
fn what_is_possible_equals_what_every_completion_brings_in_10000_small_elections() {
    let (all, loose) = sum((0..10_000).map(|seed| agrees(seed, &small::election(seed), seed % 4)));
    println!("{loose} of {all} are not tight");
    assert!(all > 40_000, "{all}");
    assert_eq!(loose, 0, "few completions are all tried");
}

#[test]
fn bounds_by_proof_hold_where_not_every_completion_is_tried() {
    // 8 ballots can go 3,003 ways among three parties and four other kinds, 6,435 among four: more than are tried one by one.
    let (all, loose) = sum((0..400).map(|seed| agrees(seed, &small::election(seed), 8)));
    println!("{loose} of {all} are not tight");
    assert!(loose * 3 < all, "{loose} of {all} are not tight");
}

/// Whether the divisors grow evenly from the first: each further claim of a rival costs more than the one before.
fn is_linear(rule: &Rule) -> bool {
    ["D'Hondt", "Sainte-Laguë", "Danish divisors"].contains(&rule.method().to_string().as_str())
}

#[test]
fn highest_averages_without_a_threshold_are_always_tight() {
    for seed in 0..200 {
        let (rule, tally) = small::election(seed);
        if is_linear(&rule) {
            let plain = tally.iter().map(|(party, votes)| (Party::new(party.name()), u64::try_from(votes).unwrap()));
            let tally = Tally::from_votes(plain).unwrap();
            let rule = Rule::new(rule.method().clone(), rule.seats().unwrap());
            let (_, loose) = agrees(seed, &(rule, tally), 8);
            assert_eq!(loose, 0, "{seed}");
        }
    }
}

#[test]
fn nothing_out_leaves_nothing_open() {
    for (id, election) in data::answered() {
        let outcome = election.outcome().unwrap();
        let outlook = Outlook::new(&election.rule, &election.count, 0).unwrap();
        assert!(outlook.is_tight(), "{id}");
        for (now, then) in outcome.parties().iter().zip(outlook.parties()) {
            let possible = outcome.possible(now.name()).unwrap();
            assert_eq!((then.fewest(), then.most()), (now.certain(), possible), "{id}");
        }
    }
}

#[test]
fn more_ballots_out_leave_more_open() {
    let election = data::election("kz-majilis-2012");
    let mut before: Option<Outlook> = None;
    for out in [0, 1_000, 20_000, 400_000, 6_000_000] {
        let outlook = Outlook::new(&election.rule, &election.count, out).unwrap();
        if let Some(before) = &before {
            for (less, more) in before.parties().iter().zip(outlook.parties()) {
                assert!(more.fewest() <= less.fewest() && more.most() >= less.most(), "{out}: {outlook}");
            }
        }
        before = Some(outlook);
    }
}

/// Bounds with so many thousandths of each party's votes counted, and the others out.
fn bounds_of_2012(thousandths: u64) -> Outlook {
    let election = data::election("kz-majilis-2012");
    let votes = election.tally().unwrap().iter().map(|(party, votes)| (party.clone(), u64::try_from(votes).unwrap()));
    let counted = Tally::from_votes(votes.map(|(party, votes)| (party, votes * thousandths / 1_000))).unwrap();
    Outlook::of_cast(&election.rule, &counted, 6_941_220).unwrap()
}

#[test]
fn kazakhstan_2012_is_bounded_by_cases_of_who_passes_and_every_bound_is_attained() {
    let outlook = bounds_of_2012(100);
    let winner = &outlook.parties()[0];
    // With a tenth counted, a second list has to come in: the winner cannot have all 98.
    assert_eq!((winner.fewest(), winner.most()), (8, 97), "{outlook}");
    assert!(outlook.is_tight(), "{outlook}");
    let outlook = bounds_of_2012(990);
    // Auyl would need six times the ballots that are out.
    for small in &outlook.parties()[3..] {
        assert_eq!((small.fewest(), small.most()), (0, 0), "{outlook}");
    }
    assert!(outlook.is_tight(), "{outlook}");
}

#[test]
fn ballots_for_another_party_can_put_one_below_a_share_of_the_parties_votes() {
    let share = Threshold::share("5%".parse().unwrap()).of(apportion::Base::PartyVotes);
    let rule = Rule::new(AllocationMethod::D_HONDT, 20).threshold(share);
    let tally = Tally::from_votes([("A", 6), ("B", 94), ("C", 50), ("D", 0)]).unwrap();
    // 6 of 150 are 4%.
    let outlook = Outlook::new(&rule, &tally, 50).unwrap();
    assert_eq!(outlook.party("A").unwrap().fewest(), 0);
    let tally = Tally::from_votes([("A", 6), ("B", 94), ("C", 0), ("D", 0)]).unwrap();
    let outlook = Outlook::new(&rule, &tally, 50).unwrap();
    assert_eq!((outlook.party("A").unwrap().fewest(), outlook.party("A").unwrap().fewest_is_tight()), (0, true));
}

#[test]
fn more_counted_than_cast_is_refused() {
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap().with_invalid(3);
    let rule = Rule::new(AllocationMethod::HARE, 5);
    let error = Outlook::of_cast(&rule, &tally, 102).unwrap_err();
    assert_eq!(error, Error::CastBelowParts { cast: 102, parts: 103 });
    assert_eq!(Outlook::of_cast(&rule, &tally, 103).unwrap().ballots_out(), 0);
}

#[test]
fn giants_neither_hang_nor_wrap() {
    let tally = Tally::from_votes([("A", u64::MAX / 2), ("B", 1)]).unwrap();
    for method in [AllocationMethod::D_HONDT, AllocationMethod::HARE, AllocationMethod::MACAU] {
        let rule = Rule::new(method, u64::MAX / 2).threshold(Threshold::share("5%".parse().unwrap()));
        let outlook = Outlook::new(&rule, &tally, u64::MAX / 2 - 1).unwrap();
        assert!(outlook.party("A").unwrap().most() <= u64::MAX / 2);
    }
    let error = Outlook::new(&Rule::new(AllocationMethod::HARE, 5), &tally, u64::MAX).unwrap_err();
    assert!(matches!(error, Error::TooManyVotes { .. }), "{error}");
}

#[test]
fn bounds_of_every_kind_of_law_hold_against_every_completion() {
    let (mut all, mut loose) = (0, 0);
    for seed in 0..60 {
        let (rule, count) = small::law(seed);
        let Some(place) = count.places().first() else { continue };
        let (name, parties) = (place.name.clone(), place.tally.parties().len());
        let Ok(outlook) = Outlook::of_places(&rule, &count, [(name.as_str(), 7)]) else { continue };
        let mut tried: Option<Vec<(u64, u64)>> = None;
        for more in small::spreads(7, parties + 4) {
            let mut places = count.places().to_vec();
            places[0].tally = small::completed(&places[0].tally, &more);
            let completed = Count::of_places(places).unwrap().with_alliances(count.alliances().to_vec());
            let Ok(outcome) = rule.apply(&completed) else { continue };
            if !outcome.ways().is_empty() && outcome.ways().iter().all(|way| way.outcome().is_err()) {
                continue;
            }
            let now = outlook.parties().iter().map(|party| {
                let name = party.name();
                (outcome.certain(name).unwrap(), outcome.possible(name).unwrap())
            });
            tried = Some(match tried {
                None => now.collect(),
                Some(before) => before.into_iter().zip(now).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect(),
            });
        }
        for (party, (fewest, most)) in outlook.parties().iter().zip(tried.unwrap_or_default()) {
            let whose = || format!("{seed}: {party:?}, tried {fewest} to {most}: {rule:?} {count:?}");
            assert!(party.fewest() <= fewest && party.most() >= most, "{}", whose());
            assert!(!party.fewest_is_tight() || party.fewest() == fewest, "{}", whose());
            assert!(!party.most_is_tight() || party.most() == most, "{}", whose());
            all += 2;
            loose += u32::from(!party.fewest_is_tight()) + u32::from(!party.most_is_tight());
        }
    }
    println!("{loose} of {all} are not tight");
    assert!(all > 100);
}

#[test]
fn ballots_out_in_one_place_leave_the_others_decided() {
    let place = |name: &str, a: u64, b: u64| Place::district(name, Tally::from_votes([("A", a), ("B", b)]).unwrap());
    let count =
        Count::of_places([place("North", 500, 290).with_seats(3), place("South", 200, 390).with_seats(3)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 6);
    let outlook = Outlook::of_places(&rule, &count, [("South", 5_000)]).unwrap();
    assert!(outlook.at("North").unwrap().is_decided());
    assert!(!outlook.at("South").unwrap().is_decided());
    assert_eq!(outlook.majority(), None);
    let error = Outlook::of_places(&rule, &count, [("West", 1)]).unwrap_err();
    assert!(matches!(error, Error::UnknownPlace { .. }), "{error}");
}

#[test]
fn more_ballots_than_registered_voters_are_refused() {
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap().with_registered(120);
    let rule = Rule::new(AllocationMethod::HARE, 5);
    assert!(Outlook::new(&rule, &tally, 20).is_ok());
    let error = Outlook::new(&rule, &tally, 21).unwrap_err();
    assert_eq!(error.to_string(), "the nation would have 121 ballots, but 120 voters are registered");
}

#[test]
fn a_seat_that_may_come_to_be_tied_between_places_may_be_won_in_each() {
    // One ballot is out: A has the nation's seat, and where it is placed may be North, South or a tie.
    let place = |name, votes| Place::district(name, Tally::from_votes([("A", votes), ("B", 9)]).unwrap()).with_seats(1);
    let count = Count::of_places([place("North", 50), place("South", 51)]).unwrap();
    let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
    let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(1)).placed(step);
    let outlook = Outlook::of_places(&Rule::of_tiers([tier]), &count, [("North", 1)]).unwrap();
    let seats = |place| {
        let party = outlook.at(place).unwrap().party("A").unwrap();
        (party.fewest(), party.most())
    };
    assert_eq!((seats("North"), seats("South")), ((0, 1), (0, 1)));
}

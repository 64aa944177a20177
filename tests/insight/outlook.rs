use apportion::insight::Outlook;
use apportion::{AllocationMethod, Error, Party, Rule, Tally, Threshold};

use super::{data, small};

/// The fewest certain and most possible seats of each party over every completion that the rule answers.
fn tried(rule: &Rule, tally: &Tally, out: u64) -> Option<Vec<(u64, u64)>> {
    let parties = tally.parties().len();
    let mut bounds: Option<Vec<(u64, u64)>> = None;
    for more in small::spreads(out, parties + 4) {
        let Ok(outcome) = rule.apply(&small::completed(tally, &more)) else { continue };
        let now = outcome
            .parties()
            .iter()
            .map(|party| (party.certain(), party.certain() + u64::from(outcome.is_tied(party.name()))));
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
    assert!(all > 40_000, "{all}");
    assert_eq!(loose, 0, "few completions are all tried");
}

#[test]
fn bounds_by_proof_hold_where_not_every_completion_is_tried() {
    // 8 ballots can go 3,003 ways among three parties and four other kinds, 6,435 among four: more than are tried one by one.
    let (all, loose) = sum((0..400).map(|seed| agrees(seed, &small::election(seed), 8)));
    assert!(loose * 10 < all, "{loose} of {all} are not tight");
}

#[test]
fn highest_averages_without_a_threshold_are_always_tight() {
    for seed in 0..200 {
        let (rule, tally) = small::election(seed);
        if matches!(rule.method(), AllocationMethod::HighestAverages(_)) {
            let plain = tally.iter().map(|(party, votes)| (Party::new(party.name()), u64::try_from(votes).unwrap()));
            let tally = Tally::from_votes(plain).unwrap();
            let rule = Rule::new(rule.method().clone(), rule.seats());
            let (_, loose) = agrees(seed, &(rule, tally), 8);
            assert_eq!(loose, 0, "{seed}");
        }
    }
}

#[test]
fn nothing_out_leaves_nothing_open() {
    for (id, election) in data::answered() {
        let outcome = election.outcome().unwrap();
        let outlook = Outlook::new(&election.rule, &election.tally, 0).unwrap();
        for (now, then) in outcome.parties().iter().zip(outlook.parties()) {
            let possible = now.certain() + u64::from(outcome.is_tied(now.name()));
            assert_eq!((then.fewest(), then.most()), (now.certain(), possible), "{id}");
        }
    }
}

#[test]
fn more_ballots_out_leave_more_open() {
    let election = data::election("kz-majilis-2012");
    let mut before: Option<Outlook> = None;
    for out in [0, 1_000, 20_000, 400_000, 6_000_000] {
        let outlook = Outlook::new(&election.rule, &election.tally, out).unwrap();
        if let Some(before) = &before {
            for (less, more) in before.parties().iter().zip(outlook.parties()) {
                assert!(more.fewest() <= less.fewest() && more.most() >= less.most(), "{out}: {outlook}");
            }
        }
        before = Some(outlook);
    }
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

//! Laws of one tier: each provision alone, and with the methods that it meets in laws.

use crate::Tried;
use crate::chooser;
use crate::elections::{MOST, PARTIES, votes};
use crate::ends::ends_of;
use crate::law::{Bar, Divisor, Kind, Law, List, Node, Prefer, Price, Step};

const HARE: Price = Price { added: 0, next: false };
const DROOP: Price = Price { added: 1, next: true };
const IMPERIALI: Price = Price { added: 2, next: false };

pub(crate) fn averages(divisor: Divisor) -> Vec<Step> {
    vec![Step::new(Kind::Averages(divisor))]
}

pub(crate) fn remainders(price: Price) -> Vec<Step> {
    vec![Step::new(Kind::WholeQuotas(price)), Step::new(Kind::Remainders)]
}

/// Hare's quota with largest remainders.
pub(crate) fn hare() -> Vec<Step> {
    remainders(HARE)
}

/// A law of a method and nothing else.
fn plain(steps: Vec<Step>) -> Law {
    Law {
        seats: 0,
        lists: Vec::new(),
        other: 0,
        ranked: Vec::new(),
        steps,
        inside: None,
        alliances: Vec::new(),
        bar: None,
        at_least: 0,
        second: None,
        admitted_share: None,
        all_if_none: false,
        bonus: None,
        cap: None,
        majority: false,
        reassign: false,
        vacancies: false,
        smallest_remainders: false,
        quota_of_valid: false,
        spare: false,
        prefer: Vec::new(),
    }
}

/// Laws of the two methods that most laws have, as these words change them.
fn by_both(change: impl Fn(&mut Law)) -> Vec<Law> {
    let mut laws = vec![plain(averages(Divisor::DHondt)), plain(hare())];
    laws.iter_mut().for_each(change);
    laws
}

fn bar(percent: u64, strict: bool) -> Option<Bar> {
    Some(Bar { percent, strict })
}

/// A law with bounds of parties by their position.
type Bounded = (Law, fn(usize) -> List);

const UNBOUNDED: fn(usize) -> List = |_| List { votes: 0, minimum: 0, maximum: None, held: 0 };

/// The parties that the alliances of a law name.
fn named(law: &Law) -> usize {
    law.alliances
        .iter()
        .flat_map(Node::lists)
        .chain(law.ranked.iter().flat_map(|(ranking, _)| ranking.clone()))
        .max()
        .map_or(0, |last| last + 1)
}

/// Holds laws against the reference on every election in one place, and returns how many they were.
fn hold(name: &str, laws: Vec<Bounded>) {
    let (mut tried, mut elections) = (Tried::default(), 0);
    for (mut law, bounds) in laws {
        let named = named(&law);
        for votes in votes().into_iter().filter(|votes| votes.len() >= named) {
            law.lists = votes.iter().enumerate().map(|(at, &votes)| List { votes, ..bounds(at) }).collect();
            let count = law.count();
            for seats in 0..=MOST {
                law.seats = seats;
                elections += 1;
                let result = law.rule().apply(&count);
                let own = ends_of(&result).unwrap_or_else(|| panic!("so few parties have few ways: {law:?}"));
                let expected = chooser::every_end(|chooser| law.run(chooser));
                tried.hold(&own, &expected, || format!("{law:?}\n  {:?}", result.as_ref().err()));
            }
        }
    }
    tried.conclude(name, elections);
    // Of four parties alone there are 210 lists of votes, each with no seat to six.
    assert!(elections >= 210 * (MOST + 1) && PARTIES == 4);
}

fn unbounded(laws: impl IntoIterator<Item = Law>) -> Vec<Bounded> {
    laws.into_iter().map(|law| (law, UNBOUNDED)).collect()
}

#[test]
fn thresholds_agree() {
    let bars = [17, 20, 25, 34, 50, 67, 100].into_iter().flat_map(|percent| [(percent, false), (percent, true)]);
    hold("thresholds", unbounded(bars.flat_map(|(percent, strict)| by_both(|law| law.bar = bar(percent, strict)))));
}

#[test]
fn repairs_of_admission_agree() {
    let mut laws = Vec::new();
    for percent in [34, 51] {
        for at_least in 1..=3 {
            laws.extend(by_both(|law| (law.bar, law.at_least) = (bar(percent, false), at_least)));
        }
        for second in [(5, 0), (8, 1), (10, 2)] {
            laws.extend(by_both(|law| (law.bar, law.at_least, law.second) = (bar(percent, false), 2, Some(second))));
        }
        for share in [50, 60, 75, 100] {
            laws.extend(by_both(|law| (law.bar, law.admitted_share) = (bar(percent, false), Some(share))));
        }
        laws.extend(by_both(|law| (law.bar, law.all_if_none) = (bar(percent, false), true)));
    }
    hold("repairs", unbounded(laws));
}

#[test]
fn bonuses_agree() {
    let mut laws = Vec::new();
    for bonus in [(1, 0), (2, 0), (3, 0), (1, 40), (2, 50), (3, 67)] {
        laws.extend(by_both(|law| law.bonus = Some(bonus)));
    }
    hold("bonus", unbounded(laws));
}

#[test]
fn caps_agree() {
    let mut laws = Vec::new();
    for cap in [(0, None), (8, None), (20, None), (0, Some(2)), (20, Some(1)), (50, Some(3))] {
        for vacancies in [false, true] {
            laws.extend(by_both(|law| (law.cap, law.vacancies) = (Some(cap), vacancies)));
        }
    }
    hold("cap", unbounded(laws));
}

#[test]
fn absolute_majorities_agree() {
    let mut laws = by_both(|law| law.majority = true);
    laws.extend(
        [Divisor::SainteLague, Divisor::Adams, Divisor::Modified, Divisor::Danish]
            .map(|divisor| Law { majority: true, ..plain(averages(divisor)) }),
    );
    laws.extend(by_both(|law| (law.majority, law.prefer) = (true, vec![Prefer::Fewest])));
    hold("absolute majority", unbounded(laws));
}

#[test]
fn alliances_agree() {
    let list = Node::List;
    let pair = |one, other| Node::Alliance(vec![list(one), list(other)]);
    let nested = Node::Alliance(vec![Node::Alliance(vec![list(0), list(3)]), list(1)]);
    let mut laws = Vec::new();
    for alliances in [
        vec![pair(0, 1)],
        vec![pair(0, 2), pair(1, 3)],
        vec![nested],
        vec![Node::Alliance(vec![list(0), list(1), list(2)])],
    ] {
        laws.extend(by_both(|law| law.alliances.clone_from(&alliances)));
        laws.push(Law { alliances: alliances.clone(), inside: Some(hare()), ..plain(averages(Divisor::DHondt)) });
        laws.push(Law { alliances: alliances.clone(), bar: bar(25, false), ..plain(averages(Divisor::SainteLague)) });
    }
    hold("alliances", unbounded(laws));
}

#[test]
fn bounds_and_lists_that_run_out_agree() {
    let bounds: [fn(usize) -> List; 5] = [
        |at| List { minimum: u64::from(at == 1), ..List::default() },
        |_| List { maximum: Some(2), ..List::default() },
        |at| List { held: at as u64, ..List::default() },
        |at| List { minimum: 1, maximum: Some(1 + at as u64), ..List::default() },
        |at| List { held: 1, minimum: u64::from(at == 0) * 2, maximum: Some(3), ..List::default() },
    ];
    let mut laws = Vec::new();
    for vacancies in [false, true] {
        for reassign in [false, true] {
            let changed = by_both(|law| (law.vacancies, law.reassign) = (vacancies, reassign));
            laws.extend(changed.iter().flat_map(|law| bounds.map(|bounds| (law.clone(), bounds))));
        }
    }
    hold("bounds", laws);
}

#[test]
fn tie_breaks_agree() {
    let chains =
        [vec![Prefer::Most], vec![Prefer::Fewest], vec![Prefer::ListOrder], vec![Prefer::Fewest, Prefer::ListOrder]];
    let mut laws: Vec<Law> =
        chains.into_iter().flat_map(|chain| by_both(|law| law.prefer.clone_from(&chain))).collect();
    // One law without, so that some ties stay open.
    laws.push(plain(averages(Divisor::Adams)));
    hold("tie-breaks", unbounded(laws));
}

#[test]
fn methods_in_stages_agree() {
    let (whole, rest, each) =
        (Step::new(Kind::WholeQuotas(HARE)), Step::new(Kind::Remainders), Step::new(Kind::Averages(Divisor::DHondt)));
    let votes = Step::new(Kind::MostVotes);
    let stages = [
        vec![whole, each],
        vec![whole, Step { total: 1, ..rest }, each],
        vec![whole, Step { with_seats: 1, ..rest }, each],
        vec![whole, votes, each],
        vec![Step { total: 2, ..votes }, each],
        remainders(DROOP),
        remainders(IMPERIALI),
    ];
    let mut laws: Vec<Law> = stages.into_iter().map(plain).collect();
    for price in [IMPERIALI, Price { added: 1, next: false }] {
        laws.push(Law { smallest_remainders: true, ..plain(remainders(price)) });
        laws.push(Law {
            quota_of_valid: true,
            bar: bar(25, false),
            smallest_remainders: true,
            ..plain(remainders(price))
        });
    }
    hold("stages", unbounded(laws));
}

#[test]
fn spare_votes_agree() {
    let mut laws = Vec::new();
    for ranked in [vec![(vec![1, 0], 2)], vec![(vec![2, 0, 1], 1), (vec![1, 2], 1)], vec![(vec![0, 3], 3)]] {
        for percent in [25, 40] {
            laws.extend(by_both(|law| {
                (law.bar, law.spare) = (bar(percent, false), true);
                law.ranked.clone_from(&ranked);
            }));
        }
    }
    hold("spare votes", unbounded(laws));
}

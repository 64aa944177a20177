//! How many laws of the data are prepared, and how many rows are answered without a whole run: whatever is slower by
//! mistake gives the same seats, and no other test would say so.

use alloc::vec;
use alloc::vec::Vec;

use crate::{Count, Election, Tally};

/// Laws with a plan and without; rows answered at a glance, by the plan, and by whole runs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ways {
    planned: usize,
    whole: usize,
    at_a_glance: usize,
    by_plan: usize,
    by_whole_runs: usize,
}

/// The places of a count that have votes of their own, in the order of a row.
fn row_of(count: &Count, votes: usize) -> Vec<u64> {
    let of = |tally: &Tally| tally.iter().map(|(_, votes)| votes.try_into().unwrap_or(0)).collect::<Vec<u64>>();
    let mut row: Vec<u64> = count.districts().flat_map(|place| of(&place.tally)).collect();
    if row.len() < votes {
        row.extend(of(&count.nation().tally));
    }
    row
}

fn count(lines: &str) -> Ways {
    let mut ways = Ways::default();
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let document = line.get("document").unwrap_or(&line).clone();
        let Ok(election) = serde_json::from_value::<Election>(document) else { continue };
        let Ok(mut prepared) = election.rule.prepare(&election.count) else { continue };
        let own = row_of(&election.count, prepared.votes());
        if own.is_empty() || own.len() != prepared.votes() {
            continue;
        }
        let mut seats = vec![0; prepared.seats()];
        let Some(plan) = &mut prepared.plan else {
            ways.whole += 1;
            continue;
        };
        ways.planned += 1;
        for part in 0..8_u64 {
            // Every party moves by another part of its votes; the last rows have no more than ten votes a party.
            let moved = |(at, &votes): (u64, &u64)| match part {
                0..6 => votes - votes / 10 * (at * 7 + part * part) % 8,
                _ => (votes * 7 + at * part) % 11,
            };
            let row: Vec<u64> = (0..).zip(&own).map(moved).collect();
            if plan.certain_rows(&row, &mut seats) == 1 {
                ways.at_a_glance += 1;
            } else if plan.row(0, &row, &mut seats, &mut Vec::new()).is_some() {
                ways.by_plan += 1;
            } else {
                ways.by_whole_runs += 1;
            }
        }
    }
    ways
}

#[test]
fn laws_of_one_place_need_few_whole_runs() {
    let cases = count(include_str!("../../../tests/data/cases.jsonl"));
    assert_eq!(cases, Ways { planned: 277, whole: 0, at_a_glance: 1574, by_plan: 388, by_whole_runs: 254 });
}

#[test]
fn laws_of_several_tiers_need_few_whole_runs() {
    let random = count(include_str!("../../../tests/data/tiers-random.jsonl"));
    assert_eq!(random, Ways { planned: 121, whole: 179, at_a_glance: 0, by_plan: 635, by_whole_runs: 333 });
}

#[test]
fn laws_of_districts_need_few_whole_runs() {
    let held = count(include_str!("../../../tests/data/districts.jsonl"));
    assert_eq!(held, Ways { planned: 20, whole: 14, at_a_glance: 66, by_plan: 72, by_whole_runs: 22 });
}

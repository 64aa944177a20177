//! Records that say something else than what was decided: each is refused, by the sentence that it deserves.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::records;
use crate::count::{CountRef, Figures};
use crate::outcome::Admission;
use crate::rule::trace::{AdmissionRecord, ContestRecord, Numbers, PlacedRecord};
use crate::rule::{Record, Rule, Shortfall, What};
use crate::{AllocationMethod, Count, Divisors, Election, Party, Quota, Stage, Tally, TieBreak};

/// What is found where one record is another one; an empty text where nothing is.
fn found(rule: &Rule, count: &Count, at: usize, forged: Record) -> String {
    let figures = Figures::new(CountRef::from(count)).unwrap();
    let outcome = rule.apply(count).unwrap();
    let mut all = outcome.trace().records().to_vec();
    all[at] = forged;
    records::check(rule, &figures, &all).iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn contest(rule: &Rule, count: &Count) -> (usize, ContestRecord) {
    let outcome = rule.apply(count).unwrap();
    let mut all = outcome.trace().records().iter().enumerate();
    let last = all.rfind(|(_, record)| matches!(record, Record::Contest(_)));
    let Some((at, Record::Contest(contest))) = last else { panic!("no contest") };
    (at, contest.clone())
}

/// What is found where the last contest gave other seats.
fn with_seats(rule: &Rule, count: &Count, seats: &[u64]) -> String {
    let (at, contest) = contest(rule, count);
    found(rule, count, at, Record::Contest(ContestRecord { certain: seats.to_vec(), ..contest }))
}

/// What is found where the last contest gave other seats after this stage, the seats in the end included.
fn with_stage(rule: &Rule, count: &Count, stage: usize, seats: &[u64]) -> String {
    let (at, mut contest) = contest(rule, count);
    contest.stages[stage].1 = seats.to_vec();
    found(rule, count, at, Record::Contest(contest))
}

fn count<P: Into<Party>>(votes: impl IntoIterator<Item = (P, u64)>) -> Count {
    Count::from(Tally::from_votes(votes).unwrap())
}

#[test]
fn highest_averages_are_held_to_the_inequality() {
    let votes = count([("A", 530), ("B", 280), ("C", 190)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    assert_eq!(with_seats(&rule, &votes, &[3, 1, 1]), "");
    let text = "B holds seat 2 by 140.00, but C's seat 1 comes first by 190.00";
    assert_eq!(with_seats(&rule, &votes, &[3, 2, 0]), text);
    assert_eq!(with_seats(&rule, &votes, &[4, 1, 1]), "the sum of the seats does not follow from the count");
}

#[test]
fn a_party_without_votes_may_have_no_seat_and_one_at_its_maximum_no_more() {
    let votes = count([(Party::new("A").with_maximum(2), 530), ("B".into(), 280), ("C".into(), 0)]);
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 5);
    assert_eq!(with_seats(&rule, &votes, &[2, 3, 0]), "");
    assert_eq!(with_seats(&rule, &votes, &[3, 2, 0]), "A has 3 seats, but may have 2 at most");
    assert_eq!(with_seats(&rule, &votes, &[2, 2, 1]), "C has 1 seat, but may have 0 at most");
    let least = count([(Party::new("A").with_minimum(2), 10), ("B".into(), 280)]);
    assert_eq!(with_seats(&rule, &least, &[1, 4]), "A has 1 seat, but a minimum of 2");
}

#[test]
fn a_seat_is_not_vacant_where_somebody_could_take_it() {
    let votes = count([(Party::new("A").with_maximum(2), 530), (Party::new("B").with_maximum(2), 280)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5).vacancies();
    let (at, contest) = contest(&rule, &votes);
    assert_eq!((contest.certain.as_slice(), contest.vacant), (&[2, 2][..], 1));
    let forged = ContestRecord { certain: vec![2, 1], vacant: 2, ..contest };
    let text = "a vacancy, where B could take the seat, does not follow from the count";
    assert_eq!(found(&rule, &votes, at, Record::Contest(forged)), text);
}

#[test]
fn largest_remainders_are_held_to_whole_quotas_and_rests() {
    // 100 votes a seat.
    let votes = count([("A", 560), ("B", 270), ("C", 170)]);
    let rule = Rule::new(AllocationMethod::HARE, 10);
    assert_eq!(with_seats(&rule, &votes, &[5, 3, 2]), "");
    let text = "A holds seat 6 by 60.00 votes, but C's seat 2 comes first by 70.00 votes";
    assert_eq!(with_seats(&rule, &votes, &[6, 3, 1]), text);
    assert_eq!(with_seats(&rule, &votes, &[4, 3, 3]), "A has 4 seats, but its whole quotas allow 5 to 6");
    assert_eq!(with_seats(&rule, &votes, &[7, 2, 1]), "A has 7 seats, but its whole quotas allow 5 to 6");
}

#[test]
fn the_quota_is_rounded_as_the_law_says_before_whole_ones_are_counted() {
    use crate::Rounding::{Down, HalfDown, Nearest, Next, Up};
    // 101 votes over 3 seats are 33.67 each; 100 over 8 are 12.5, and over 4 they are 25.
    for (seats, a, b, rounding, whole) in [
        (3, 67, 34, Down, 2), // 33
        (3, 67, 34, Up, 1),   // 34
        (3, 67, 34, Nearest, 1),
        (8, 24, 76, HalfDown, 2), // 12
        (8, 24, 76, Nearest, 1),  // 13
        (8, 24, 76, Up, 1),
        (4, 50, 50, Up, 2),   // 25
        (4, 50, 50, Next, 1), // 26
    ] {
        let rule = Rule::new(AllocationMethod::LargestRemainder(Quota::HARE.rounded(rounding)), seats);
        let text = alloc::format!("A has 0 seats, but its whole quotas allow {whole} to {}", whole + 1);
        assert_eq!(with_seats(&rule, &count([("A", a), ("B", b)]), &[0, seats]), text, "{rounding:?}");
    }
}

#[test]
fn each_stage_is_held_to_its_own_claims() {
    let stages = |list: Vec<Stage>| Rule::new(AllocationMethod::Stages(list), 10);
    let votes = count([("A", 560), ("B", 270), ("C", 170)]);
    let whole = Stage::whole_quotas(Quota::HARE);

    let averages = stages(vec![whole.clone(), Stage::highest_averages(Divisors::D_HONDT)]);
    // 5, 2 and 1 whole quotas; 560/6, 270/3 and 170/2 are next, then 560/7.
    assert_eq!(with_stage(&averages, &votes, 1, &[6, 3, 1]), "");
    let text = "C holds seat 2 by 85.00, but B's seat 3 comes first by 90.00";
    assert_eq!(with_stage(&averages, &votes, 1, &[6, 2, 2]), text);
    assert_eq!(with_stage(&averages, &votes, 0, &[5, 3, 1]), "B has 3 seats, but its whole quotas allow 0 to 2");
    let lost = "a seat that was lost in ";
    assert!(with_stage(&averages, &votes, 1, &[4, 4, 2]).starts_with(lost));
    let sum = "the sum of seats in ";
    assert!(with_stage(&averages, &votes, 1, &[7, 3, 1]).starts_with(sum));

    let rests = stages(vec![whole.clone(), Stage::largest_remainders()]);
    assert_eq!(with_stage(&rests, &votes, 1, &[5, 3, 2]), "");
    let text = "A holds seat 6 by 60.00 votes, but C's seat 2 comes first by 70.00 votes";
    assert_eq!(with_stage(&rests, &votes, 1, &[6, 3, 1]), text);

    let most = stages(vec![whole.clone(), Stage::most_votes()]);
    assert_eq!(with_stage(&most, &votes, 1, &[6, 3, 1]), "");
    assert_eq!(with_stage(&most, &votes, 1, &[6, 2, 2]), "C holds seat 2 by 170, but B's seat 3 comes first by 270");

    // One seat a list and one in all: A has its one.
    let few = stages(vec![whole, Stage::highest_averages(Divisors::D_HONDT).each(1).total(1), Stage::most_votes()]);
    assert_eq!(with_stage(&few, &votes, 1, &[6, 2, 1]), "");
    let text = "B holds seat 3 by 90.00, but A's seat 6 comes first by 93.33";
    assert_eq!(with_stage(&few, &votes, 1, &[5, 3, 1]), text);
    assert!(with_stage(&few, &votes, 1, &[6, 3, 1]).starts_with(sum));
}

#[test]
fn equal_claims_go_as_the_tie_break_says() {
    let votes = count([("A", 10), ("B", 10)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let order = rule.clone().tie_break([TieBreak::ListOrder]);
    assert_eq!(with_seats(&order, &votes, &[2, 1]), "");
    let text = "B and A have the same claim, and list order prefers A";
    assert_eq!(with_seats(&order, &votes, &[1, 2]), text);
    // Drawn lots are looked up in the names that were drawn.
    let lots = rule.clone().tie_break([TieBreak::Drawn(vec!["B".into(), "A".into()])]);
    assert_eq!(with_seats(&lots, &votes, &[1, 2]), "");
    assert_eq!(with_seats(&lots, &votes, &[2, 1]), "A and B have the same claim, and lots drawn: B, A prefers B");
    // Without any, equal claims are a tie.
    let (at, contest) = contest(&rule, &votes);
    let forged = ContestRecord { certain: vec![2, 1], tie: None, ..contest };
    let text = "that A has a seat before B, with equal claims, does not follow from the count";
    assert_eq!(found(&rule, &votes, at, Record::Contest(forged)), text);
}

#[test]
fn a_contest_has_the_votes_that_were_counted() {
    let votes = count([("A", 60), ("B", 40)]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    let (at, mut forged) = contest(&rule, &votes);
    forged.entries[1].votes = 41;
    let text = "the votes of B does not follow from the count";
    assert_eq!(found(&rule, &votes, at, Record::Contest(forged)), text);
}

/// Records of the documents in the data that say something else, and how many of them are refused, by what they say.
#[test]
fn records_that_say_something_else_are_refused_but_where_nobody_judges_again() {
    let mut refused: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let files = [
        include_str!("../../../tests/data/tiers-random.jsonl"),
        include_str!("../../../tests/data/cases.jsonl"),
        include_str!("../../../tests/data/placing.jsonl"),
    ];
    for line in files.into_iter().flat_map(str::lines).filter(|line| line.len() < 12_000) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let document = line.get("document").unwrap_or(&line).clone();
        let Ok(election) = serde_json::from_value::<Election>(document) else { continue };
        let Ok(outcome) = election.outcome() else { continue };
        let figures = Figures::new(CountRef::from(&election.count)).unwrap();
        let mut all = outcome.trace().records().to_vec();
        assert!(records::check(&election.rule, &figures, &all).is_empty());
        for at in 0..all.len() {
            let own = all[at].clone();
            for (what, forged) in forgeries(&own) {
                all[at] = forged;
                let (tried, caught) = refused.entry(what).or_default();
                *tried += 1;
                *caught += usize::from(!records::check(&election.rule, &figures, &all).is_empty());
            }
            all[at] = own;
        }
    }
    let list: Vec<_> = refused.into_iter().map(|(what, (tried, caught))| (what, tried, caught)).collect();
    // Whole quotas without a price, and thresholds of seats or quotas, are not judged once more.
    let expected = [
        ("a seat more", 980, 980),
        ("a seat moved", 1806, 1806),
        ("a seat moved among weights", 17, 17),
        ("a seat moved beside a tie", 85, 85),
        ("a seat placed of who has none", 329, 329),
        ("a seat placed too many", 582, 582),
        ("a seat settled too many", 177, 177),
        ("a share that is met, or not", 3241, 3241),
        ("a whole quota more", 709, 686),
        ("another admission", 6755, 6573),
        ("targets beyond the house", 131, 131),
    ];
    assert_eq!(list, expected);
}

/// Other records than this one, each with what it says.
fn forgeries(record: &Record) -> Vec<(&'static str, Record)> {
    match record {
        Record::Contest(contest) => contests(contest),
        Record::Admission(admission) => admissions(admission),
        Record::Partial(partial) => (0..partial.seats.len())
            .map(|at| {
                let mut other = partial.clone();
                other.seats[at] += 1 + u64::from(partial.up_from.is_some());
                ("a whole quota more", Record::Partial(other))
            })
            .collect(),
        Record::TopUp(top_up) if !top_up.target.is_empty() => {
            let mut other = top_up.clone();
            other.target[0] += 10_000;
            Vec::from([("targets beyond the house", Record::TopUp(other))])
        }
        Record::Placed(placed) if placed.step.what != What::All => placings(placed),
        Record::Settled(settled) => (0..settled.places.len())
            .map(|place| {
                let mut other = settled.clone();
                other.seats[0][place] += 1;
                ("a seat settled too many", Record::Settled(other))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn contests(contest: &ContestRecord) -> Vec<(&'static str, Record)> {
    let mut all = Vec::new();
    let mut more = contest.clone();
    if let Some(seats) = more.certain.first_mut() {
        *seats += 1;
        all.push(("a seat more", Record::Contest(more)));
    }
    for (from, to) in [(0, 1), (1, 0), (0, 2), (2, 1)] {
        let mut moved = contest.clone();
        if moved.certain.len() > from.max(to) && moved.certain[from] > 0 {
            moved.certain[from] -= 1;
            moved.certain[to] += 1;
            let what = match contest.numbers {
                _ if contest.tie.is_some() || !contest.settled.is_empty() => "a seat moved beside a tie",
                Numbers::Votes(_) => "a seat moved",
                Numbers::Weights(_) => "a seat moved among weights",
            };
            all.push((what, Record::Contest(moved)));
        }
    }
    all
}

fn admissions(admission: &AdmissionRecord) -> Vec<(&'static str, Record)> {
    let mut all = Vec::new();
    for at in 0..admission.admissions.len() {
        let mut other = admission.clone();
        other.admissions[at] = match &other.admissions[at] {
            Admission::Passed => Admission::Refused(Shortfall::NotMinority),
            _ => Admission::Passed,
        };
        all.push(("another admission", Record::Admission(other)));
    }
    for (party, list) in admission.comparisons.iter().enumerate() {
        for at in (0..list.len()).filter(|&at| matches!(list[at].sides, Shortfall::Share { .. })) {
            let mut other = admission.clone();
            other.comparisons[party][at].met ^= true;
            all.push(("a share that is met, or not", Record::Admission(other)));
        }
    }
    all
}

fn placings(placed: &PlacedRecord) -> Vec<(&'static str, Record)> {
    let mut all = Vec::new();
    for at in 0..placed.placed.len() {
        let party = placed.placed[at].0;
        let own = placed.seats.iter().find(|(other, _)| *other == party).map_or(0, |&(_, own)| own);
        let has: u64 = placed.placed.iter().filter(|one| one.0 == party).map(|one| one.3).sum();
        let mut other = placed.clone();
        other.placed[at].3 += own - has + 1;
        all.push(("a seat placed too many", Record::Placed(other)));
        if has > 0 {
            let mut other = placed.clone();
            other.seats.retain(|one| one.0 != party);
            all.push(("a seat placed of who has none", Record::Placed(other)));
        }
    }
    all
}

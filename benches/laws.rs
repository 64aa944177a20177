//! What a whole law costs beside the bare allocations in it, in one run.
//!
//! Run it with `cargo bench -p apportion-benches --bench laws`. Times move with the machine; the ratios are what counts.

#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)] // random votes, times

use std::hint::black_box;

use apportion::rule::Record;
use apportion::{
    AllocationMethod, Ballot, Contest, Count, Divisors, Election, Level, Outcome, Place, Quota, Rule, Scratch, Stage,
    Tally, Threshold,
};

#[allow(dead_code, unreachable_pub)] // each program uses a part
mod shared;
use shared::{Numbers, Time, in_turns, show};

type Thing<'a> = Box<dyn FnMut(usize) + 'a>;

const TURNS: usize = 64;

/// A law of one place with its inputs.
struct OnePlace {
    name: &'static str,
    rule: Rule,
    inputs: Vec<Vec<u64>>,
}

fn names(parties: usize) -> Vec<String> {
    (0..parties).map(|party| format!("party {party}")).collect()
}

fn smooth(parties: usize) -> Vec<Vec<u64>> {
    let mut numbers = Numbers::new();
    (0..TURNS).map(|_| numbers.smooth(parties)).collect()
}

fn kazakhstan() -> OnePlace {
    let mut numbers = Numbers::new();
    let base = [5_621_436, 518_405, 498_788, 116_534, 82_623, 57_732, 45_702];
    let inputs = (0..TURNS).map(|_| base.iter().map(|votes| votes + numbers.below(5_000)).collect()).collect();
    let seven = Threshold::share("7%".parse().expect("a share"));
    let rule = Rule::new(AllocationMethod::HARE, 98).threshold(seven).admit_at_least(2);
    OnePlace { name: "Kazakhstan, 7 parties, 98 seats, 7%", rule, inputs }
}

fn shares(name: &'static str, parties: usize, share: &str) -> OnePlace {
    let threshold = Threshold::share(share.parse().expect("a share"));
    OnePlace {
        name,
        rule: Rule::new(AllocationMethod::SAINTE_LAGUE, 630).threshold(threshold),
        inputs: smooth(parties),
    }
}

/// The bare method, the prepared law by rows, and the named law.
fn one_place(case: &OnePlace) {
    let parties = case.inputs[0].len();
    let method = case.rule.method().allocation().expect("a method of the crate").clone();
    let seats = case.rule.seats().expect("seats");
    let rows: Vec<u64> = case.inputs.concat();
    let names = names(parties);
    let template = Tally::new(names.clone()).expect("names");
    let mut prepared = case.rule.prepare(&template).expect("a law");
    let tallies: Vec<Tally> = case
        .inputs
        .iter()
        .map(|votes| Tally::from_votes(names.iter().cloned().zip(votes.iter().copied())).expect("a tally"))
        .collect();
    let (mut bare_out, mut out) = (vec![0; rows.len()], vec![0; rows.len()]);
    let (mut into, mut scratch) = (vec![0; parties], Scratch::new());
    let mut things: Vec<Thing<'_>> = vec![
        Box::new(|_| {
            black_box(method.allocate_rows(&rows, parties, seats, &mut bare_out).is_ok());
        }),
        Box::new(|_| {
            black_box(prepared.apply_rows(&rows, &mut out).is_ok());
        }),
        Box::new(|_| {
            for votes in &case.inputs {
                black_box(method.allocate_into(votes, seats, &mut into, &mut scratch).is_ok());
            }
        }),
        Box::new(|_| {
            for tally in &tallies {
                black_box(case.rule.apply(tally).is_ok());
            }
        }),
        Box::new(|_| {
            for tally in &tallies {
                black_box(case.rule.apply(tally).map(|outcome| outcome.trace().records().len()).ok());
            }
        }),
    ];
    let times = in_turns(&mut things);
    let each = |time: &Time| show(time.nanoseconds / TURNS as f64);
    println!(
        "| {} | {} | {} ({:.1}x) | {} | {} ({:.1}x) | {} |",
        case.name,
        each(&times[0]),
        each(&times[1]),
        times[1].nanoseconds / times[0].nanoseconds,
        each(&times[2]),
        each(&times[3]),
        times[3].nanoseconds / times[2].nanoseconds,
        each(&times[4]),
    );
}

/// 52 districts with 3% in each, as in Spain: sizes from 1 to 37.
fn provinces() {
    let mut numbers = Numbers::new();
    let sizes: Vec<u64> = (0..52).map(|at| 1 + at * 7 % 12 + if at == 0 { 36 } else { 0 }).collect();
    let parties = 8;
    let rule = Rule::new(AllocationMethod::D_HONDT, sizes.iter().sum())
        .threshold(Threshold::share("3%".parse().expect("a share")));
    let place = |at: usize| {
        let tally = Tally::new(names(parties)).expect("names");
        Place::district(format!("province {at}"), tally).with_seats(sizes[at])
    };
    let count = Count::of_places((0..52).map(place)).expect("a count");
    let mut prepared = rule.prepare(&count).expect("a law");
    let rows: Vec<Vec<u64>> = (0..8).map(|_| (0..52).flat_map(|_| numbers.smooth(parties)).collect()).collect();
    let all = rows.concat();
    let mut out = vec![0; rows.len() * prepared.seats()];
    let (mut into, mut scratch) = (vec![0; parties], Scratch::new());
    let mut things: Vec<Thing<'_>> = vec![
        Box::new(|_| {
            for row in &rows {
                for (votes, &seats) in row.chunks_exact(parties).zip(&sizes) {
                    black_box(AllocationMethod::D_HONDT.allocate_into(votes, seats, &mut into, &mut scratch).is_ok());
                }
            }
        }),
        Box::new(|_| {
            black_box(prepared.apply_rows(&all, &mut out).is_ok());
        }),
    ];
    let times = in_turns(&mut things);
    let each = |time: &Time| show(time.nanoseconds / rows.len() as f64);
    println!(
        "| 52 provinces, 8 parties, 3% in each | {} | {} ({:.1}x) | | |",
        each(&times[0]),
        each(&times[1]),
        times[1].ratio
    );
}

/// One question that a law puts to a method.
struct Bare {
    method: AllocationMethod,
    votes: Vec<u64>,
    seats: u64,
}

/// The questions of one outcome; a placement counts as one D'Hondt over its pairs.
fn questions(outcome: &Outcome, count: &Count) -> Vec<Bare> {
    let of = |record: &Record| match record {
        Record::Contest(contest) => Some(Bare {
            method: contest.method.allocation().expect("a method of the crate").clone(),
            votes: contest.entries.iter().map(|entry| entry.votes).collect(),
            seats: contest.seats,
        }),
        Record::Placed(placed) => {
            let mut votes: Vec<u64> = Vec::new();
            for &(party, _) in &placed.seats {
                let name = outcome.parties()[party.index()].name();
                for place in count.districts() {
                    votes.push(u64::try_from(place.tally.votes(name).unwrap_or(0)).expect("votes"));
                }
            }
            let seats = placed.seats.iter().map(|&(_, seats)| seats).sum();
            Some(Bare { method: AllocationMethod::D_HONDT, votes, seats })
        }
        _ => None,
    };
    outcome.trace().records().iter().filter_map(of).collect()
}

/// The count with up to a hundredth more ballots for each party of each district.
fn moved(count: &Count, numbers: &mut Numbers) -> Count {
    let mut places = count.places().to_vec();
    for place in places.iter_mut().filter(|place| place.level == Level::District) {
        let old: Vec<(String, u128)> = place.tally.iter().map(|(party, votes)| (party.name().into(), votes)).collect();
        for (name, votes) in old {
            place.tally.count(&Ballot::party(name), numbers.below(votes as u64 / 100 + 1));
        }
    }
    Count::of_places(places).expect("places").with_nation(count.nation().clone())
}

/// An election that was held, with votes moved about: the prepared law beside its questions put bare.
fn of_tiers(id: &str, name: &str) {
    let text = include_str!("../tests/data/tiers.jsonl");
    let mut elections = text.lines().map(|line| serde_json::from_str::<Election>(line).expect("an election"));
    let election = elections.find(|election| election.id.as_deref() == Some(id)).expect("it is there");
    let mut numbers = Numbers::new();
    let counts: Vec<Count> = (0..8).map(|_| moved(&election.count, &mut numbers)).collect();
    let mut prepared = election.rule.prepare(&election.count).expect("a law");
    let votes = |count: &Count| -> Vec<u64> {
        count
            .districts()
            .flat_map(|place| place.tally.iter().map(|(_, votes)| votes as u64).collect::<Vec<_>>())
            .collect()
    };
    let all: Vec<u64> = counts.iter().flat_map(votes).collect();
    let bare: Vec<Bare> =
        counts.iter().flat_map(|count| questions(&election.rule.apply(count).expect("an outcome"), count)).collect();
    let longest = bare.iter().map(|bare| bare.votes.len()).max().unwrap_or(0);
    let mut out = vec![0; counts.len() * prepared.seats()];
    let (mut into, mut scratch) = (vec![0; longest], Scratch::new());
    let mut things: Vec<Thing<'_>> = vec![
        Box::new(|_| {
            for Bare { method, votes, seats } in &bare {
                let into = &mut into[..votes.len()];
                black_box(method.allocate_into(votes, *seats, into, &mut scratch).is_ok());
            }
        }),
        Box::new(|_| {
            black_box(prepared.apply_rows(&all, &mut out).is_ok());
        }),
        Box::new(|turn| {
            black_box(election.rule.apply(&counts[turn % counts.len()]).is_ok());
        }),
    ];
    let times = in_turns(&mut things);
    let rows = counts.len() as f64;
    println!(
        "| {name} | {} in {} questions | {} ({:.1}x) | | {} ({:.1}x) |",
        show(times[0].nanoseconds / rows),
        bare.len() / counts.len(),
        show(times[1].nanoseconds / rows),
        times[1].nanoseconds / times[0].nanoseconds,
        show(times[2].nanoseconds),
        times[2].nanoseconds * rows / times[0].nanoseconds,
    );
}

/// Contests with bounds and methods in stages beside the plain method.
fn contests() {
    println!("\n| contest | plain | with |\n| --- | --- | --- |");
    let inputs = smooth(50);
    let (one, two) = (vec![1; inputs[0].len()], vec![2; inputs[0].len()]);
    let minimum = |votes: &[u64]| {
        let contest = Contest::new(votes, 435).minimums(&one);
        black_box(AllocationMethod::HUNTINGTON_HILL.allocate_contest(&contest).is_ok());
    };
    let held = |votes: &[u64]| {
        let contest = Contest::new(votes, 435).held(&two);
        black_box(AllocationMethod::SAINTE_LAGUE.allocate_contest(&contest).is_ok());
    };
    let dutch =
        AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::highest_averages(Divisors::D_HONDT)]);
    let (mut out, mut scratch) = (vec![0; inputs[0].len()], Scratch::new());
    let staged = |votes: &[u64]| {
        black_box(dutch.allocate_into(votes, 150, &mut out, &mut scratch).is_ok());
    };
    beside("50 states, 435 seats, minimum 1", &inputs, &AllocationMethod::HUNTINGTON_HILL, 435, minimum);
    beside("50 parties, 435 seats, 2 held each", &inputs, &AllocationMethod::SAINTE_LAGUE, 435, held);
    beside("whole quotas, then averages, 50 lists, 150 seats", &inputs, &AllocationMethod::D_HONDT, 150, staged);
}

fn beside(name: &str, inputs: &[Vec<u64>], plain: &AllocationMethod, seats: u64, mut with: impl FnMut(&[u64])) {
    let (mut out, mut scratch) = (vec![0; inputs[0].len()], Scratch::new());
    let mut things: Vec<Thing<'_>> = vec![
        Box::new(|turn| {
            black_box(plain.allocate_into(&inputs[turn % TURNS], seats, &mut out, &mut scratch).is_ok());
        }),
        Box::new(move |turn| with(&inputs[turn % TURNS])),
    ];
    let times = in_turns(&mut things);
    println!("| {name} | {} | {} ({:.1}x) |", show(times[0].nanoseconds), show(times[1].nanoseconds), times[1].ratio);
}

fn main() {
    println!("One core, medians of one run; nanoseconds a law.\n");
    println!(
        "| law | bare, by rows | prepared, by rows | bare, one by one | `Rule::apply` with names | and every decision asked |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for case in
        [kazakhstan(), shares("8 parties, 630 seats, 5%", 8, "5%"), shares("30 parties, 630 seats, 1%", 30, "1%")]
    {
        one_place(&case);
    }
    provinces();
    of_tiers("no-storting-2021", "Norway 2021");
    of_tiers("de-bundestag-2025", "Bundestag 2025");
    of_tiers("dk-folketing-2019", "Denmark 2019");
    contests();
}

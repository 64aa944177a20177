//! What the network comes to, step by step, on random matrices: what is invariant after each step, and how near to the answer
//! its guesses are. Of a guess that goes wrong no answer tells, as integers decide at the end; but this does.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::super::kernel::Numbers;
use super::cases::{Case, Kind, all_divisors};
use super::decide::{Decision, decide};
use super::network::Network;
use super::problem::Problem;
use super::quick::{Guess, guess};
use crate::Divisors;

/// Some matrices of each kind, by each of these divisors.
fn each_problem(kinds: &[Kind], count: usize, divisors: &[Divisors], mut task: impl FnMut(&Problem<'_>)) {
    for &kind in kinds {
        for divisors in divisors {
            let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
            for _ in 0..count {
                let (parties, districts) = (2 + numbers.below(7) as usize, 2 + numbers.below(9) as usize);
                let case: Case = kind.case(&mut numbers, parties, districts);
                if let Ok(problem) = case.matrix(divisors).check() {
                    task(&problem);
                }
            }
        }
    }
}

/// The exact seats of lines, less what the matrix gives them: summed here once more, as the network's own sums are what is tested.
fn lacks(network: &Network<'_>) -> Vec<i128> {
    let width = network.columns.len();
    let sum = |seats: &mut dyn Iterator<Item = &u64>| seats.map(|&seats| i128::from(seats)).sum::<i128>();
    let rows = network
        .problem
        .rows
        .iter()
        .enumerate()
        .map(|(row, &seats)| i128::from(seats) - sum(&mut network.seats[row * width..(row + 1) * width].iter()));
    let columns = network
        .problem
        .columns
        .iter()
        .enumerate()
        .map(|(column, &seats)| i128::from(seats) - sum(&mut network.seats.iter().skip(column).step_by(width)));
    rows.chain(columns).collect()
}

/// The least slack of all arcs.
fn least_slack(network: &Network<'_>) -> f64 {
    network.slacks().into_iter().map(|(_, slack)| slack).fold(f64::INFINITY, f64::min)
}

/// How many seats stand in the wrong line.
fn wrong(network: &Network<'_>) -> u64 {
    lacks(network).iter().map(|lack| lack.unsigned_abs() as u64).sum()
}

#[test]
fn a_flow_makes_all_sums_right_and_no_slack_negative() {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    each_problem(&Kind::ALL, 8, &all_divisors(), |problem| {
        // From about the right multipliers, and from any.
        let any = |lines: usize, numbers: &mut Numbers| (0..lines).map(|_| numbers.below(20) as f64 - 10.0).collect();
        let rows: Vec<f64> = any(problem.rows.len(), &mut numbers);
        let columns: Vec<f64> = any(problem.columns.len(), &mut numbers);
        let most = problem.most.clone();
        for mut network in [Network::new(problem), Network::with(problem, most, rows, columns)] {
            // Sparse matrices need not be feasible.
            if network.balance().is_err() {
                continue;
            }
            assert!(lacks(&network).iter().all(|&lack| lack == 0));
            let bounds = problem.least.iter().zip(&problem.most);
            assert!(network.seats.iter().zip(bounds).all(|(seats, (least, most))| (least..=most).contains(&seats)));
            assert!(least_slack(&network) > -1e-9 * network.zero.abs(), "{}", least_slack(&network));
        }
    });
}

#[test]
fn the_fit_gives_every_line_about_its_seats_of_the_votes() {
    for divisors in [Divisors::D_HONDT, Divisors::SAINTE_LAGUE, Divisors::DANISH] {
        each_problem(&[Kind::Even, Kind::Country], 60, &[divisors], |problem| {
            let network = Network::new(problem);
            let width = problem.columns.len();
            let scale = problem.signposts.scale() as f64;
            let part = |cell: usize| {
                let log = network.rows[cell / width] + network.columns[cell % width];
                problem.votes[cell] as f64 * libm::exp(log) / scale
            };
            for (row, &seats) in problem.rows.iter().enumerate() {
                let sum: f64 = (row * width..(row + 1) * width).map(part).sum();
                assert!((sum - seats as f64).abs() < 1e-9, "{sum}, not {seats}");
            }
            for (column, &seats) in problem.columns.iter().enumerate() {
                let sum: f64 = (column..problem.votes.len()).step_by(width).map(part).sum();
                assert!((sum - seats as f64).abs() < 0.01, "{sum}, not {seats}");
            }
        });
    }
}

#[test]
fn a_centred_multiplier_has_as_much_room_up_as_down() {
    each_problem(&[Kind::Even, Kind::Country], 10, &all_divisors(), |problem| {
        let mut network = Network::new(problem);
        network.balance().unwrap();
        network.centre(1);
        // Rows come last, so that theirs is the middle.
        for row in 0..problem.rows.len() {
            let cells = network.slacks().into_iter().filter(|&((from, to), _)| from == row || to == row);
            let (mut up, mut down) = (f64::INFINITY, f64::INFINITY);
            for ((from, _), slack) in cells {
                if from == row { up = up.min(slack) } else { down = down.min(slack) }
            }
            if up < f64::INFINITY && down < f64::INFINITY {
                assert!((up - down).abs() < 1e-9 * network.zero.abs(), "{up}, {down}");
            }
        }
    });
}

#[test]
fn counted_from_exact_multipliers_every_slack_is_as_it_was_but_for_roundings() {
    each_problem(&Kind::ALL, 6, &all_divisors(), |problem| {
        let mut network = Network::new(problem);
        if network.balance().is_err() {
            return;
        }
        network.centre(3);
        for _ in 0..3 {
            let before = network.slacks();
            network.rebase();
            assert!(network.rows.iter().chain(&network.columns).all(|&log| log == 0.0));
            for ((arc, before), (same, after)) in before.into_iter().zip(network.slacks()) {
                assert_eq!(arc, same);
                assert!((before - after).abs() < 1e-11 * (1.0 + before.abs()), "{arc:?}: {before}, then {after}");
            }
            network.centre(1);
        }
    });
}

/// The arcs of all ties, by integers, from every arc as a suspect.
fn tied(network: &Network<'_>) -> Option<BTreeSet<(usize, usize)>> {
    let all: Vec<_> = network.slacks().into_iter().map(|(arc, _)| arc).collect();
    match decide(network.problem, &network.seats, &all) {
        Decision::Right(groups) => Some(groups.into_iter().flatten().collect()),
        Decision::Better(_) => None,
    }
}

#[test]
fn suspects_are_all_arcs_of_ties_and_after_loosening_no_others() {
    let (mut suspected, mut ties, mut without) = (0, 0, 0);
    each_problem(&[Kind::Even, Kind::Country, Kind::Few], 6, &all_divisors(), |problem| {
        let mut network = Network::new(problem);
        if network.balance().is_err() {
            return;
        }
        network.centre(3);
        let Some(tied) = tied(&network) else { return };
        let suspects: BTreeSet<_> = network.suspects().into_iter().collect();
        assert!(tied.is_subset(&suspects));
        suspected += suspects.len();
        ties += tied.len();
        network.loosen();
        let left: BTreeSet<_> = network.suspects().into_iter().collect();
        assert_eq!(left, tied);
        without += usize::from(tied.is_empty());
    });
    // Room is enough for floats to tell: none was suspected in vain.
    assert_eq!([suspected, ties, without], [68, 68, 469]);
}

#[test]
fn a_first_guess_is_as_many_seats_off_as_it_was() {
    // Rounded seat by seat, and two seats at a time; by how many seats sums are wrong then, over sixty matrices.
    let divisors = [Divisors::D_HONDT, Divisors::SAINTE_LAGUE, Divisors::HUNTINGTON_HILL, Divisors::MACAU];
    let mut found = Vec::new();
    for kind in Kind::ALL {
        for divisors in &divisors {
            let mut off = [0; 2];
            each_problem(&[kind], 60, core::slice::from_ref(divisors), |problem| {
                for (off, step) in off.iter_mut().zip([1, 2]) {
                    let mut network = Network::new(problem);
                    network.saturate(step);
                    *off += wrong(&network);
                }
            });
            found.push(off);
        }
    }
    let known = [
        [1596, 2694],
        [320, 1840],
        [1492, 1662],
        [1726, 2778],
        [1602, 2446],
        [398, 1834],
        [1642, 1670],
        [1866, 2594],
        [424, 712],
        [62, 470],
        [350, 444],
        [696, 964],
        [1526, 2614],
        [306, 1772],
        [1270, 1600],
        [1678, 2722],
    ];
    assert_eq!(found, known);
}

#[test]
fn what_a_guess_leaves_is_mostly_gone_on_from_with_no_slack_negative() {
    // The sums are right, but for ties nothing could be proven: the network has the same multipliers.
    let (mut starts, mut fit) = (0, 0);
    each_problem(&[Kind::Few], 40, &all_divisors(), |problem| {
        if let Guess::Start { seats, rows, columns } = guess(problem) {
            let network = Network::with(problem, seats, rows, columns);
            if wrong(&network) == 0 {
                starts += 1;
                fit += usize::from(least_slack(&network) > -1e-9);
            }
        }
    });
    assert_eq!([starts, fit], [70, 65]);
}

//! What a guess comes to, step by step, on a hundred matrices of each kind: how many sums are wrong after each step, how many
//! matrices are proven, and how much room the multipliers have. Of a guess that goes wrong no answer tells, but this does.

use alloc::format;
use alloc::vec::Vec;

use super::super::super::kernel::Numbers;
use super::super::cases::{Case, Kind};
use super::*;
use crate::matrix::Verdict;
use crate::{Divisors, Ratio};

/// Matrices of each kind.
const MATRICES: usize = 100;

/// A hundred matrices of one kind, of so many times the seats.
fn cases(kind: Kind, times: u64) -> impl Iterator<Item = Case> {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    (0..MATRICES).map(move |_| {
        let (parties, districts) = (2 + numbers.below(9), 2 + numbers.below(19));
        let mut case = kind.case(&mut numbers, parties as usize, districts as usize);
        case.parties.iter_mut().chain(&mut case.districts).for_each(|seats| *seats *= times);
        case
    })
}

/// What becomes of the tables of many matrices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Effort {
    /// By how many seats sums are wrong: after rows began, after one round of scaling, and after all.
    wrong: [u64; 3],
    /// Matrices that are proven.
    proven: usize,
    /// How far the nearest cell of these is from its signposts, on average, in millionths of its quotient.
    room: u64,
}

/// How far a cell is from its signposts, as a part of its quotient: that of the nearest cell.
fn room(table: &Table<'_>) -> f64 {
    let (rows, columns) = table.multipliers.split_at(table.problem.rows.len());
    let cells = table.claims.chunks_exact(columns.len()).zip(rows).flat_map(|(claims, row)| {
        let cells = claims.iter().zip(columns);
        cells.map(move |(claims, column)| {
            let [more, less] = claims.to_array().map(|claim| claim * row * column);
            (1.0 - more).min(-1.0 - less)
        })
    });
    cells.fold(1.0, f64::min)
}

/// What becomes of these matrices, with bounds of some cells or without.
fn effort(cases: impl Iterator<Item = Case>, divisors: &Divisors, is_bounded: bool) -> Effort {
    let (mut effort, mut rooms) = (Effort::default(), 0.0);
    for case in cases {
        let mut matrix = case.matrix(divisors);
        if is_bounded {
            let minimum = |(cell, &votes): (usize, &u64)| u64::from(cell % 5 == 0 && votes > 0);
            let maximum = |cell: usize| if cell % 3 == 0 { Some(2) } else { None };
            matrix = matrix
                .minimums(case.votes.iter().enumerate().map(minimum).collect::<Vec<_>>())
                .maximums((0..case.votes.len()).map(maximum).collect::<Vec<_>>());
        }
        let problem = matrix.check_shape().unwrap();
        let new = || Table::new(&problem, Signposts::new(&problem).unwrap());
        let mut table = new();
        effort.wrong[0] += table.flaws();
        scale(&mut table);
        effort.wrong[1] += table.flaws();
        let mut table = new();
        settle(&mut table);
        effort.wrong[2] += table.flaws();
        if table.mend() {
            effort.proven += 1;
            rooms += room(&table);
            // All else is a guess; this is a promise.
            let verdict = matrix.verify(&table.seats).unwrap();
            assert_eq!(verdict, Verdict::Only, "{divisors}: {:?}", case.votes);
        }
    }
    effort.room = (rooms / effort.proven.max(1) as f64 * 1e6) as u64;
    effort
}

/// Whether efforts are what was measured when they were written down; what makes one less should say so here.
fn assert_effort(effort: Effort, wrong: [u64; 3], proven: usize, room: u64, what: &str) {
    // The last digits of a room are roundings.
    let is_room = effort.room.abs_diff(room) <= 1;
    assert!(effort.wrong == wrong && effort.proven == proven && is_room, "{what}: {effort:?}");
}

fn divisors() -> [Divisors; 7] {
    let ratio = |text: &str| text.parse::<Ratio>().unwrap();
    [
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::modified_sainte_lague(ratio("7/5")).unwrap(),
        Divisors::HUNTINGTON_HILL,
        Divisors::custom(["0", "1/2", "3/4", "5/3", "8/3"].map(ratio)).unwrap(),
        Divisors::power(ratio("1/2")).unwrap(),
        Divisors::MACAU,
    ]
}

#[test]
fn matrices_begin_and_end_as_near_as_they_did() {
    let known: [[([u64; 3], usize, u64); 7]; 4] = [
        [
            ([518, 294, 152], 100, 6215),
            ([684, 348, 154], 100, 8515),
            ([904, 410, 162], 100, 8027),
            ([1108, 572, 216], 100, 14004),
            ([1158, 568, 212], 100, 12749),
            ([2232, 744, 194], 100, 3336),
            ([776, 346, 190], 100, 8398),
        ],
        [
            ([572, 246, 144], 100, 7711),
            ([772, 372, 160], 100, 7497),
            ([1034, 458, 160], 100, 5851),
            ([676, 374, 202], 100, 7165),
            ([790, 384, 204], 100, 7270),
            ([2480, 720, 194], 100, 2267),
            ([738, 320, 156], 100, 8631),
        ],
        [
            ([1716, 1414, 1206], 37, 7495),
            ([1760, 1492, 1220], 37, 13803),
            ([1722, 1418, 1200], 37, 8176),
            ([2120, 1806, 1492], 36, 16388),
            ([2216, 1798, 1484], 37, 15313),
            ([2132, 1506, 1196], 37, 2701),
            ([1974, 1478, 1198], 37, 12149),
        ],
        [
            ([544, 318, 176], 81, 6934),
            ([674, 326, 174], 72, 12750),
            ([854, 374, 162], 84, 7439),
            ([1100, 598, 254], 80, 16299),
            ([1156, 606, 252], 79, 13977),
            ([2182, 768, 210], 87, 2809),
            ([828, 364, 192], 73, 9219),
        ],
    ];
    // Half of the sparse ones have no answer, and some of those of few votes have ties.
    for (kind, known) in Kind::ALL.into_iter().zip(known) {
        for (divisors, (wrong, proven, room)) in divisors().iter().zip(known) {
            assert_effort(
                effort(cases(kind, 1), divisors, false),
                wrong,
                proven,
                room,
                &format!("{kind:?}, {divisors}"),
            );
        }
    }
}

#[test]
fn bounds_of_cells_cost_little() {
    let known: [([u64; 3], usize, u64); 7] = [
        ([988, 478, 308], 60, 10553),
        ([824, 432, 304], 60, 13838),
        ([822, 432, 296], 60, 14166),
        ([1190, 596, 362], 60, 28010),
        ([1218, 584, 364], 60, 29064),
        ([1498, 622, 328], 60, 10760),
        ([1080, 504, 310], 60, 16264),
    ];
    for (divisors, (wrong, proven, room)) in divisors().iter().zip(known) {
        assert_effort(effort(cases(Kind::Even, 1), divisors, true), wrong, proven, room, &format!("{divisors}"));
    }
}

#[test]
fn many_seats_are_dealt_at_once() {
    let known: [([u64; 3], usize, u64); 6] = [
        ([1914, 542, 148], 100, 122),
        ([1922, 540, 160], 100, 158),
        ([1920, 540, 158], 100, 158),
        ([1952, 544, 166], 100, 189),
        ([6018, 788, 180], 100, 164),
        ([58574, 7594, 162], 100, 72),
    ];
    // Macau's divisors are no floats for so many seats.
    for (divisors, (wrong, proven, room)) in divisors().iter().zip(known) {
        assert_effort(effort(cases(Kind::Country, 40), divisors, false), wrong, proven, room, &format!("{divisors}"));
    }
}

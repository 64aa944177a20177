//! Matrices against the slow and obvious way: every matrix with the sums and bounds, and the least product of prices.
//!
//! `MATRICES=100000 cargo test --release --test matrix` tries more of them.

use apportion::matrix::{Infeasible, Matrix};
use apportion::{Divisors, Error};
use num_bigint::BigUint;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// d(s) to the power of `exponent`, as a ratio.
struct Sequence {
    divisors: Divisors,
    exponent: u32,
    power: fn(u64) -> (u64, u64),
}

fn sequences() -> Vec<Sequence> {
    let ratio = |text: &str| text.parse().expect("a ratio");
    let plain = |divisors, power| Sequence { divisors, exponent: 1, power };
    vec![
        plain(Divisors::SAINTE_LAGUE, |s| (2 * s + 1, 1)),
        plain(Divisors::D_HONDT, |s| (s + 1, 1)),
        plain(Divisors::DANISH, |s| (3 * s + 1, 1)),
        plain(Divisors::IMPERIALI, |s| (s + 2, 1)),
        plain(Divisors::ADAMS, |s| (s, 1)),
        plain(Divisors::DEAN, |s| (2 * s * (s + 1), 2 * s + 1)),
        Sequence { divisors: Divisors::HUNTINGTON_HILL, exponent: 2, power: |s| (s * (s + 1), 1) },
        plain(Divisors::MACAU, |s| (1 << s, 1)),
        plain(Divisors::modified_sainte_lague(ratio("7/5")).expect("a first divisor"), |s| match s {
            0 => (7, 5),
            _ => (2 * s + 1, 1),
        }),
        plain(Divisors::stationary(ratio("1/3")).expect("a stationary sequence"), |s| (3 * s + 1, 3)),
        Sequence {
            divisors: Divisors::power(ratio("9/10")).expect("a power"),
            exponent: 10,
            power: |s| ((s + 1).pow(9), 1),
        },
        plain(Divisors::custom([ratio("0"), ratio("2"), ratio("7/2")]).expect("custom divisors"), |s| match s {
            0 => (0, 1),
            _ => (3 * s + 1, 2),
        }),
    ]
}

struct Problem {
    votes: Vec<u64>,
    rows: Vec<u64>,
    columns: Vec<u64>,
    least: Vec<u64>,
    most: Vec<Option<u64>>,
}

impl Problem {
    fn matrix(&self, divisors: &Divisors) -> Matrix<'_> {
        Matrix::new(&self.votes, &self.rows, &self.columns)
            .divisors(divisors.clone())
            .minimums(&self.least[..])
            .maximums(&self.most[..])
    }

    /// Every matrix with these sums and bounds.
    fn all(&self) -> Vec<Vec<u64>> {
        let mut found = Vec::new();
        let mut seats = vec![0; self.votes.len()];
        self.fill(0, &mut seats, &mut self.rows.clone(), &mut self.columns.clone(), &mut found);
        found
    }

    fn fill(&self, cell: usize, seats: &mut [u64], rows: &mut [u64], columns: &mut [u64], found: &mut Vec<Vec<u64>>) {
        let width = columns.len();
        if cell == seats.len() {
            if rows.iter().chain(columns.iter()).all(|&left| left == 0) {
                found.push(seats.to_vec());
            }
            return;
        }
        let (row, column) = (cell / width, cell % width);
        if column == 0 && row > 0 && rows[row - 1] > 0 {
            return;
        }
        let least = self.least[cell];
        let most = if self.votes[cell] == 0 { least } else { self.most[cell].unwrap_or(u64::MAX) };
        for given in least..=most.min(rows[row]).min(columns[column]) {
            seats[cell] = given;
            rows[row] -= given;
            columns[column] -= given;
            self.fill(cell + 1, seats, rows, columns, found);
            rows[row] += given;
            columns[column] += given;
        }
    }

    /// The product of d(s) / votes over all seats that are not minimums: how often it has the factor 0, and the rest.
    fn product(&self, seats: &[u64], sequence: &Sequence) -> (u32, BigUint, BigUint) {
        let (mut zeros, mut up, mut down) = (0, BigUint::from(1_u32), BigUint::from(1_u32));
        for (cell, &seats) in seats.iter().enumerate() {
            for s in self.least[cell]..seats {
                let (d_up, d_down) = (sequence.power)(s);
                if d_up == 0 {
                    zeros += 1
                } else {
                    up *= d_up
                }
                down *= BigUint::from(self.votes[cell]).pow(sequence.exponent) * d_down;
            }
        }
        (zeros, up, down)
    }

    /// The matrices with the least product: of more factors 0 first.
    fn best(&self, sequence: &Sequence) -> Vec<Vec<u64>> {
        let mut best: Vec<Vec<u64>> = Vec::new();
        let mut least: Option<(u32, BigUint, BigUint)> = None;
        for seats in self.all() {
            let product = self.product(&seats, sequence);
            let order = least.as_ref().map_or(std::cmp::Ordering::Less, |(zeros, up, down)| {
                zeros.cmp(&product.0).then_with(|| (&product.1 * down).cmp(&(up * &product.2)))
            });
            match order {
                std::cmp::Ordering::Less => {
                    best = vec![seats];
                    least = Some(product);
                }
                std::cmp::Ordering::Equal => best.push(seats),
                std::cmp::Ordering::Greater => {}
            }
        }
        best.sort_unstable();
        best
    }

    /// Whether these parties and districts prove that there is no matrix.
    fn is_disproved_by(&self, reason: &Infeasible) -> bool {
        let width = self.columns.len();
        let must: u128 = reason.parties().iter().map(|&row| u128::from(self.rows[row])).sum();
        let mut can: u128 = reason.districts().iter().map(|&column| u128::from(self.columns[column])).sum();
        for cell in 0..self.votes.len() {
            let (row, column) = (cell / width, cell % width);
            let bound = self.most[cell].unwrap_or(u64::MAX).min(self.rows[row]).min(self.columns[column]);
            match (reason.parties().contains(&row), reason.districts().contains(&column)) {
                (true, false) => can += u128::from(if self.votes[cell] == 0 { self.least[cell] } else { bound }),
                (false, true) => can -= u128::from(self.least[cell]),
                _ => {}
            }
        }
        (must, can) == (reason.must(), reason.can()) && must > can
    }
}

/// A small problem: ties, zeros, equal votes, giants and near-ties among its votes on purpose.
fn random(rng: &mut StdRng) -> Problem {
    let (height, width) = (rng.random_range(1..=4_usize), rng.random_range(1..=4_usize));
    let kind = rng.random_range(0..7);
    let factors: Vec<u64> = (0..height + width).map(|_| rng.random_range(1..=4)).collect();
    let giants: Vec<u64> = (0..height + width).map(|_| (1 << 31) - rng.random_range(0..3)).collect();
    let votes = |rng: &mut StdRng, row: usize, column: usize| match kind {
        0 => rng.random_range(0..=100),
        1 => rng.random_range(0..=3),
        2 => factors[row] * factors[height + column],
        3 => giants[row] * giants[height + column],
        4 => giants[row] * giants[height + column] + rng.random_range(0..2),
        5 => u64::MAX - rng.random_range(0..2),
        _ => (1 << 53) + rng.random_range(0..3),
    };
    let mut table = Vec::new();
    for cell in 0..height * width {
        let votes = votes(rng, cell / width, cell % width);
        table.push(if rng.random_bool(0.1) { 0 } else { votes });
    }
    let largest = if height * width > 9 { 1 } else { 2 };
    let seats: Vec<u64> = (0..height * width).map(|_| rng.random_range(0..=largest)).collect();
    let mut rows: Vec<u64> = seats.chunks(width).map(|row| row.iter().sum()).collect();
    let columns = (0..width).map(|column| seats.iter().skip(column).step_by(width).sum()).collect();
    for _ in 0..rng.random_range(0..3) {
        // A seat from one party to another: sums that were not made by a matrix.
        let (from, to) = (rng.random_range(0..height), rng.random_range(0..height));
        if rows[from] > 0 {
            rows[from] -= 1;
            rows[to] += 1;
        }
    }
    let (mut least, mut most) = (vec![0; height * width], vec![None; height * width]);
    if rng.random_bool(0.3) {
        for cell in 0..height * width {
            least[cell] = u64::from(rng.random_bool(0.2));
            most[cell] = rng.random_bool(0.2).then(|| rng.random_range(1..=2));
        }
    }
    Problem { votes: table, rows, columns, least, most }
}

fn tries() -> u64 {
    std::env::var("MATRICES").map_or(3_000, |text| text.parse().expect("a number"))
}

#[test]
fn a_matrix_and_its_ties_are_the_least_products_of_all_matrices() {
    let sequences = sequences();
    let mut rng = StdRng::seed_from_u64(1989);
    let (mut tied, mut infeasible) = (0_u64, 0_u64);
    for turn in 0..tries() {
        let problem = random(&mut rng);
        let sequence = &sequences[rng.random_range(0..sequences.len())];
        let best = problem.best(sequence);
        let context = || format!("turn {turn}, {:?}, {:?}", sequence.divisors, problem.matrix(&sequence.divisors));
        match problem.matrix(&sequence.divisors).solve() {
            Ok(allocation) => {
                let mut outcomes: Vec<_> = allocation.outcomes().collect();
                assert_eq!(allocation.outcome_count(1_000_000), Some(outcomes.len() as u64), "{}", context());
                outcomes.sort_unstable();
                assert_eq!(outcomes, best, "{}", context());
                let varies = |cell: usize| best.iter().any(|seats| seats[cell] != best[0][cell]);
                let tied_cells: usize = allocation.ties().iter().map(|tie| tie.cells().len()).sum();
                assert_eq!(tied_cells, (0..problem.votes.len()).filter(|&cell| varies(cell)).count(), "{}", context());
                tied += u64::from(best.len() > 1);
            }
            Err(Error::Infeasible(reason)) => {
                assert!(best.is_empty(), "{}", context());
                assert!(problem.is_disproved_by(&reason), "{}: {reason}", context());
                infeasible += 1;
            }
            Err(Error::LineMinimums { .. }) => assert!(best.is_empty(), "{}", context()),
            Err(error) => panic!("{error}, {}", context()),
        }
    }
    assert!(tied > tries() / 20 && infeasible > tries() / 50, "{tied} tied, {infeasible} infeasible");
}

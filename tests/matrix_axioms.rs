//! Axioms of rounding matrices (M. L. Balinski and G. Demange, "An axiomatic approach to proportionality between matrices",
//! Mathematics of Operations Research 14 (1989)): exactness, homogeneity, uniformity, neutrality and monotonicity, with ties,
//! empty cells and equal votes made on purpose.

use apportion::Divisors;
use apportion::matrix::{Matrix, MatrixAllocation, Verdict};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const TRIES: usize = 400;

struct Problem {
    votes: Vec<u64>,
    rows: Vec<u64>,
    columns: Vec<u64>,
    divisors: Divisors,
}

impl Problem {
    /// A problem that has an answer: its sums are those of a table of seats where there are votes.
    fn random(rng: &mut StdRng) -> Self {
        let (parties, districts) = (rng.random_range(2..6_usize), rng.random_range(2..6_usize));
        // Few different votes make ties.
        let most = [3, 20, 1_000_000][rng.random_range(0..3_usize)];
        let votes: Vec<u64> = (0..parties * districts).map(|_| rng.random_range(0..most)).collect();
        let seats: Vec<u64> = votes.iter().map(|&votes| if votes == 0 { 0 } else { rng.random_range(0..4) }).collect();
        let all = [Divisors::SAINTE_LAGUE, Divisors::D_HONDT, Divisors::DANISH, Divisors::IMPERIALI];
        let rows = seats.chunks(districts).map(|row| row.iter().sum()).collect();
        let columns = (0..districts).map(|column| seats.iter().skip(column).step_by(districts).sum()).collect();
        Self { votes, rows, columns, divisors: all[rng.random_range(0..all.len())].clone() }
    }

    fn matrix(&self) -> Matrix<'_> {
        Matrix::new(&self.votes, &self.rows, &self.columns).divisors(self.divisors.clone())
    }

    fn solve(&self) -> MatrixAllocation {
        self.matrix().solve().expect("an answer")
    }
}

fn all_ties(allocation: &MatrixAllocation) -> Vec<(usize, usize)> {
    let mut cells: Vec<_> = allocation.ties().iter().flat_map(|tie| tie.cells().to_vec()).collect();
    cells.sort_unstable();
    cells
}

#[test]
fn a_table_of_seats_is_its_own_only_answer() {
    let mut rng = StdRng::seed_from_u64(1);
    for _ in 0..TRIES {
        let (parties, districts) = (rng.random_range(1..6_usize), rng.random_range(1..6_usize));
        let table: Vec<u64> = (0..parties * districts).map(|_| rng.random_range(0..30)).collect();
        let rows: Vec<u64> = table.chunks(districts).map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = (0..districts).map(|at| table.iter().skip(at).step_by(districts).sum()).collect();
        let allocation = Matrix::new(&table, &rows, &columns).solve().expect("an answer");
        assert_eq!(allocation.seats(), Ok(&table[..]));
    }
}

#[test]
fn a_party_or_district_with_more_voters_alike_everywhere_changes_nothing() {
    let mut rng = StdRng::seed_from_u64(2);
    for _ in 0..TRIES {
        let problem = Problem::random(&mut rng);
        let before = problem.solve();
        let width = problem.columns.len();
        let factor = |rng: &mut StdRng| rng.random_range(1..1_000_u64);
        let of_rows: Vec<u64> = problem.rows.iter().map(|_| factor(&mut rng)).collect();
        let of_columns: Vec<u64> = problem.columns.iter().map(|_| factor(&mut rng)).collect();
        let scaled =
            problem.votes.iter().enumerate().map(|(at, &votes)| votes * of_rows[at / width] * of_columns[at % width]);
        let after = Problem { votes: scaled.collect(), ..problem }.solve();
        assert_eq!((after.certain(), all_ties(&after)), (before.certain(), all_ties(&before)));
    }
}

#[test]
fn a_part_of_an_answer_answers_its_part_of_the_question() {
    let mut rng = StdRng::seed_from_u64(3);
    for _ in 0..TRIES {
        let problem = Problem::random(&mut rng);
        let seats = problem.solve().outcomes().next().expect("an outcome");
        let width = problem.columns.len();
        let some = |rng: &mut StdRng, count: usize| -> Vec<usize> {
            let mut chosen: Vec<usize> = (0..count).filter(|_| rng.random_range(0..2) == 0).collect();
            if chosen.is_empty() {
                chosen.push(rng.random_range(0..count));
            }
            chosen
        };
        let (rows, columns) = (some(&mut rng, problem.rows.len()), some(&mut rng, width));
        let part = |table: &[u64]| -> Vec<u64> {
            rows.iter()
                .flat_map(|row| columns.iter().map(|column| table[row * width + column]).collect::<Vec<_>>())
                .collect()
        };
        let (votes, claimed) = (part(&problem.votes), part(&seats));
        let row_sums: Vec<u64> = claimed.chunks(columns.len()).map(|row| row.iter().sum()).collect();
        let column_sums: Vec<u64> =
            (0..columns.len()).map(|at| claimed.iter().skip(at).step_by(columns.len()).sum()).collect();
        let verdict = Matrix::new(&votes, &row_sums, &column_sums).divisors(problem.divisors.clone()).verify(&claimed);
        assert!(matches!(verdict, Ok(Verdict::Only | Verdict::OneOf(_))), "{verdict:?}");
    }
}

#[test]
fn the_order_of_parties_and_districts_does_not_matter() {
    let mut rng = StdRng::seed_from_u64(4);
    for _ in 0..TRIES {
        let problem = Problem::random(&mut rng);
        let before = problem.solve();
        let (height, width) = (problem.rows.len(), problem.columns.len());
        // Both turned round, and parties and districts exchanged.
        let turned = |table: &[u64]| -> Vec<u64> {
            let cell = |at: usize| table[(height - 1 - at % height) * width + (width - 1 - at / height)];
            (0..table.len()).map(cell).collect()
        };
        let rows = problem.columns.iter().rev().copied().collect();
        let columns = problem.rows.iter().rev().copied().collect();
        let after =
            Problem { votes: turned(&problem.votes), rows, columns, divisors: problem.divisors.clone() }.solve();
        assert_eq!(after.certain(), turned(before.certain()));
        let mut ties: Vec<_> =
            all_ties(&before).iter().map(|&(row, column)| (width - 1 - column, height - 1 - row)).collect();
        ties.sort_unstable();
        assert_eq!(all_ties(&after), ties);
    }
}

#[test]
fn a_list_with_more_votes_and_the_same_sums_has_no_fewer_seats() {
    let mut rng = StdRng::seed_from_u64(5);
    for _ in 0..TRIES {
        let mut problem = Problem::random(&mut rng);
        let cell = rng.random_range(0..problem.votes.len());
        if problem.votes[cell] == 0 {
            continue;
        }
        let before = problem.solve();
        problem.votes[cell] += rng.random_range(1..50);
        let after = problem.solve();
        assert!(after.certain()[cell] >= before.certain()[cell]);
        let most = |allocation: &MatrixAllocation| {
            let at = (cell / problem.columns.len(), cell % problem.columns.len());
            allocation.certain()[cell] + u64::from(all_ties(allocation).contains(&at))
        };
        assert!(most(&after) >= most(&before));
    }
}

//! A first guess, which mostly is the answer and can prove it: multipliers by which every quotient lies strictly between
//! its signposts.
//!
//! Proportional fitting finds multipliers that give about the right sums; then lines whose rounded seats have the wrong
//! sum get the divisor apportionment of their own, in turn (alternating scaling: F. Pukelsheim, *Proportional
//! Representation*, 2017, ch. 15); in small tables the sums that are wrong then are mended seat by seat. Where that does
//! not settle it, the network goes on from what was reached.

// Floats guess; what they prove is proven with room for all their roundings.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod mend;

use alloc::vec;
use alloc::vec::Vec;

use super::problem::Problem;

/// The most seats of a line for which it is tried.
const MOST: u64 = 4096;
/// Rounds of proportional fitting.
const FITTING: usize = 4;
/// Rounds of alternating scaling.
const SCALING: usize = 64;
/// Rounds in which the flaws need not fall.
const PATIENCE: usize = 1;
/// What stands for a first divisor of 0; its square root is below the quotient of any votes.
const TINY: f64 = 1e-60;
/// What is so far apart has a tiny first divisor between, and how far from the nearer end a multiplier is then.
const FAR: f64 = 1e30;
const NOT_FAR: f64 = 1e3;
/// The least second divisor after a first one of 0, for a proof.
const LEAST_SECOND: f64 = 0.01;
/// The most lines for which the last wrong sums are mended here; the network finds chains in large tables faster.
const FEW: usize = 48;
/// The flaws that are mended there at once.
const MENDED: u64 = 4;
/// Far more than a quotient, a divisor and their product can be wrong by, as a part of themselves.
const MARGIN: f64 = 1e-13;

/// Seats, and the multipliers they were rounded by.
pub(super) struct Guess {
    pub(super) seats: Vec<u64>,
    pub(super) rows: Vec<f64>,
    pub(super) columns: Vec<f64>,
    /// Whether the seats are proven to be the only answer.
    pub(super) proven: bool,
    /// The logarithm of what its divisors are to be multiplied by.
    scale: f64,
}

impl Guess {
    /// The logarithms of the multipliers, with `zero` for that of a first divisor of 0.
    pub(super) fn logs(&self, zero: f64) -> (Vec<f64>, Vec<f64>) {
        let tiny = libm::log(TINY);
        let log = |multiplier: &f64| {
            let log = libm::log(*multiplier);
            // How often the first divisor went into the multiplier.
            let zeros = libm::round(log / tiny);
            log + zeros * (zero - tiny)
        };
        let columns = self.columns.iter().map(|multiplier| log(multiplier) + self.scale);
        (self.rows.iter().map(log).collect(), columns.collect())
    }
}

/// A guess, for houses that are not too large and divisors that floats can hold.
pub(super) fn guess(problem: &Problem<'_>) -> Option<Guess> {
    let most = problem.largest_line();
    if most > MOST {
        return None;
    }
    // Before the first seat a divisor that is below every quotient, after the last one that is above.
    let mut divisors = vec![0.0];
    divisors.extend((0..=most).map(|s| problem.signposts.float(s)));
    if divisors[1] == 0.0 {
        divisors[1] = TINY;
    }
    if !divisors.iter().all(|divisor| divisor.is_finite()) {
        return None;
    }
    let mut scaling = Scaling::new(problem, divisors);
    scaling.fit();
    scaling.round();
    scaling.settle();
    let few = problem.nodes() <= FEW;
    let proven = if few { scaling.mend() } else { scaling.flaws() == 0 && scaling.is_proven() };
    let seats = scaling.seats.iter().map(|&seats| seats.into()).collect();
    let scale = libm::log(problem.signposts.scale() as f64);
    Some(Guess { seats, rows: scaling.rows, columns: scaling.columns, proven, scale })
}

struct Scaling<'p> {
    problem: &'p Problem<'p>,
    /// d(s - 1) at s: a cell with s seats lies between entries s and s + 1.
    divisors: Vec<f64>,
    inverses: Vec<f64>,
    votes: Vec<f64>,
    seats: Vec<u32>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// Seats that a line lacks.
    row_lack: Vec<i64>,
    column_lack: Vec<i64>,
    line: Line,
}

/// The cells of a line that can move: their place, their votes times the other multiplier, and their claims to the next
/// seat and to the last.
#[derive(Default)]
struct Line {
    length: usize,
    cells: Vec<usize>,
    keys: Vec<f64>,
    next: Vec<f64>,
    last: Vec<f64>,
}

impl<'p> Scaling<'p> {
    fn new(problem: &'p Problem<'p>, divisors: Vec<f64>) -> Self {
        let (height, width) = (problem.rows.len(), problem.columns.len());
        Self {
            problem,
            inverses: divisors.iter().map(|divisor| 1.0 / divisor).collect(),
            divisors,
            votes: problem.votes.iter().map(|&votes| votes as f64).collect(),
            seats: vec![0; height * width],
            rows: vec![1.0; height],
            columns: vec![0.0; width],
            row_lack: problem.rows.iter().map(|&seats| seats as i64).collect(),
            column_lack: problem.columns.iter().map(|&seats| seats as i64).collect(),
            line: Line::default(),
        }
    }

    /// Multipliers by which the votes have about the right sums.
    fn fit(&mut self) {
        let (width, height) = (self.columns.len(), self.rows.len() as f64);
        // What rounding takes from each cell on average: a half by D'Hondt's divisors, nothing by Sainte-Laguë's.
        let steps = self.divisors.len().min(10) - 1;
        let rounded_off = (self.divisors[steps] - steps as f64 + 0.5).clamp(0.0, 0.5);
        let mut sums = vec![0.0; width];
        let mut add = |votes: &[f64], row: f64| {
            for (sum, votes) in sums.iter_mut().zip(votes) {
                *sum += votes * row;
            }
        };
        for votes in self.votes.chunks_exact(width) {
            add(votes, 1.0);
        }
        for _ in 0..FITTING {
            for ((column, &seats), sum) in self.columns.iter_mut().zip(self.problem.columns).zip(&mut sums) {
                *column = scale_to(seats, height * rounded_off, *sum);
                *sum = 0.0;
            }
            let lines = self.rows.iter_mut().zip(self.problem.rows).zip(self.votes.chunks_exact(width));
            for ((row, &seats), votes) in lines {
                *row = scale_to(seats, width as f64 * rounded_off, dot(votes, &self.columns));
                for (sum, votes) in sums.iter_mut().zip(votes) {
                    *sum += votes * *row;
                }
            }
        }
    }

    /// Every cell between its signposts, within its bounds.
    fn round(&mut self) {
        let width = self.columns.len();
        let mut cell = 0;
        for (row, lack) in self.rows.iter().zip(&mut self.row_lack) {
            for (column, other_lack) in self.columns.iter().zip(&mut self.column_lack) {
                let quotient = self.votes[cell] * row * column;
                let (least, most) = (self.problem.least[cell] as usize, self.problem.most[cell] as usize);
                let mut seats = (quotient as usize).clamp(least, most);
                while seats < most && quotient > self.divisors[seats + 1] {
                    seats += 1;
                }
                while seats > least && quotient < self.divisors[seats] {
                    seats -= 1;
                }
                self.seats[cell] = seats as u32;
                *lack -= seats as i64;
                *other_lack -= seats as i64;
                cell += 1;
            }
        }
        debug_assert_eq!(cell, width * self.rows.len());
    }

    fn flaws(&self) -> u64 {
        self.row_lack.iter().chain(&self.column_lack).map(|lack| lack.unsigned_abs()).sum()
    }

    /// Makes the sums of rows and of columns right in turn, until both are.
    fn settle(&mut self) {
        let (mut best, mut stale) = (u64::MAX, 0);
        for _ in 0..SCALING {
            for row in 0..self.rows.len() {
                if self.row_lack[row] != 0 {
                    self.settle_line(Side::Row, row);
                }
            }
            for column in 0..self.columns.len() {
                if self.column_lack[column] != 0 {
                    self.settle_line(Side::Column, column);
                }
            }
            let flaws = self.flaws();
            if flaws == 0 || (flaws <= MENDED && self.problem.nodes() <= FEW) {
                return;
            }
            stale = if flaws < best { 0 } else { stale + 1 };
            best = best.min(flaws);
            if stale >= PATIENCE {
                return;
            }
        }
    }

    /// Gives one line the divisor apportionment of its seats, single seats at a time from what it has.
    fn settle_line(&mut self, side: Side, at: usize) {
        let width = self.columns.len();
        self.line.clear(width.max(self.rows.len()));
        match side {
            Side::Row => (0..width).for_each(|column| self.take_up(at * width + column, self.columns[column])),
            Side::Column => (0..self.rows.len()).for_each(|row| self.take_up(row * width + at, self.rows[row])),
        }
        self.line.end();
        let mut lack = match side {
            Side::Row => self.row_lack[at],
            Side::Column => self.column_lack[at],
        };
        while lack != 0 {
            let more = lack > 0;
            let Some(place) = (if more { greatest(&self.line.next) } else { least(&self.line.last) }) else { break };
            self.step(place, more);
            lack += if more { -1 } else { 1 };
        }
        // The multiplier times the claim to the next seat is at most 1, times that to the last at least 1.
        let next = greatest(&self.line.next).map(|place| self.line.next[place]);
        let last = least(&self.line.last).map(|place| self.line.last[place]);
        let multiplier = match (last, next) {
            // Not half way to a limit: there it would be no power of a tiny first divisor.
            (Some(last), Some(next)) if last > FAR * next => NOT_FAR / last,
            (Some(last), Some(next)) => 1.0 / libm::sqrt(last * next),
            (Some(last), None) => 1.5 / last,
            (None, Some(next)) => 1.0 / (1.5 * next),
            (None, None) => 1.0,
        };
        match side {
            Side::Row => self.rows[at] = multiplier,
            Side::Column => self.columns[at] = multiplier,
        }
    }

    /// Takes a cell into the line under hand, if it can move.
    fn take_up(&mut self, cell: usize, other: f64) {
        if self.problem.least[cell] < self.problem.most[cell] {
            let key = self.votes[cell] * other;
            let (next, last) = self.claims(cell, key);
            self.line.push(cell, key, next, last);
        }
    }

    /// A cell's claim to its next seat, nothing if it may have no more, and to its last, without end if it may have no less.
    fn claims(&self, cell: usize, key: f64) -> (f64, f64) {
        let seats = self.seats[cell];
        let at = seats as usize;
        let next = if u64::from(seats) < self.problem.most[cell] { key * self.inverses[at + 1] } else { 0.0 };
        let last = if u64::from(seats) > self.problem.least[cell] { key * self.inverses[at] } else { f64::INFINITY };
        (next, last)
    }

    fn step(&mut self, place: usize, more: bool) {
        let cell = self.line.cells[place];
        let (row, column) = (cell / self.columns.len(), cell % self.columns.len());
        let change = if more { 1 } else { -1 };
        self.seats[cell] = self.seats[cell].wrapping_add_signed(change);
        self.row_lack[row] -= i64::from(change);
        self.column_lack[column] -= i64::from(change);
        let (next, last) = self.claims(cell, self.line.keys[place]);
        self.line.next[place] = next;
        self.line.last[place] = last;
    }

    /// Whether every quotient lies between its signposts with room for all roundings: then its matrix is the only one,
    /// as the multipliers are exact numbers that prove it.
    fn is_proven(&self) -> bool {
        self.can_prove() && self.first_doubt(0).is_none()
    }

    /// Whether the multipliers are of a size that proves something.
    fn can_prove(&self) -> bool {
        let at_limit = self.divisors[1] == TINY;
        let moderate = if at_limit { holds_at_the_limit } else { is_moderate };
        let second = self.divisors.get(2).is_none_or(|&second| second >= LEAST_SECOND);
        // Lines without seats have cells that cannot move.
        let rows = self.rows.iter().zip(self.problem.rows);
        let mut lines = rows.chain(self.columns.iter().zip(self.problem.columns));
        lines.all(|(multiplier, &seats)| seats == 0 || moderate(multiplier)) && (second || !at_limit)
    }

    /// The first cell, from one on, whose quotient does not lie between its signposts with room for all roundings.
    fn first_doubt(&self, from: usize) -> Option<usize> {
        let mut cell = from;
        for (at, row) in self.rows.iter().enumerate().skip(from / self.columns.len()) {
            for column in self.columns.iter().skip(from.saturating_sub(at * self.columns.len())) {
                let quotient = self.votes[cell] * row * column;
                let seats = self.seats[cell] as usize;
                let (least, most) = (self.problem.least[cell] as usize, self.problem.most[cell] as usize);
                let below = seats == least || self.divisors[seats] * (1.0 + MARGIN) < quotient;
                let above = seats == most || quotient < self.divisors[seats + 1] * (1.0 - MARGIN);
                if !(below & above) {
                    return Some(cell);
                }
                cell += 1;
            }
        }
        None
    }
}

#[derive(Clone, Copy)]
enum Side {
    Row,
    Column,
}

impl Line {
    /// Makes room for so many cells, of which there is none yet.
    fn clear(&mut self, most: usize) {
        self.length = 0;
        self.cells.resize(most, 0);
        self.keys.resize(most, 0.0);
        self.next.resize(most, 0.0);
        self.last.resize(most, f64::INFINITY);
    }

    #[inline]
    fn push(&mut self, cell: usize, key: f64, next: f64, last: f64) {
        let at = self.length;
        (self.cells[at], self.keys[at], self.next[at], self.last[at]) = (cell, key, next, last);
        self.length += 1;
    }

    /// No more cells follow.
    fn end(&mut self) {
        self.next.truncate(self.length);
        self.last.truncate(self.length);
    }
}

fn is_moderate(multiplier: &f64) -> bool {
    (1e-140..=1e140).contains(multiplier)
}

/// Whether a multiplier proves with any smaller first divisor what it proves with a tiny one: whether it is a power of that
/// divisor, times a moderate number.
///
/// Then a cell's quotient is T^k q, T being the tiny divisor, with q from 1e-38 to 2e57 and k a whole number. If it lies
/// between 0 and T, k is at least 1; if between T and the next divisor, 0 or 1; if between later ones, 0: any other k puts it
/// beyond, as T is 1e-60 and the others are from [`LEAST_SECOND`] to 2^64. With a smaller T, and k and q as they are, it
/// lies between the same divisors.
fn holds_at_the_limit(multiplier: &f64) -> bool {
    [1.0 / TINY / TINY, 1.0 / TINY, 1.0, TINY, TINY * TINY]
        .into_iter()
        .any(|power| (1e-19..=1e19).contains(&(multiplier * power)))
}

/// By what a sum becomes these seats; next to nothing for a line without seats or votes.
fn scale_to(seats: u64, rounded_off: f64, sum: f64) -> f64 {
    if seats > 0 && sum > 0.0 { (seats as f64 + rounded_off) / sum } else { 1e-30 }
}

/// The sum of products, in lanes.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 4];
    let (a_chunks, b_chunks) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for lane in 0..4 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + rest
}

/// Where the least value is, if it is finite.
fn least(values: &[f64]) -> Option<usize> {
    let mut lanes = [f64::INFINITY; 8];
    let chunks = values.chunks_exact(8);
    let rest = chunks.remainder().iter().copied().fold(f64::INFINITY, lesser);
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = lesser(*lane, value);
        }
    }
    let least = lanes.into_iter().fold(rest, lesser);
    if least == f64::INFINITY { None } else { values.iter().position(|&value| value == least) }
}

/// Where the greatest value is, if it is above 0.
fn greatest(values: &[f64]) -> Option<usize> {
    let mut lanes = [0.0; 8];
    let chunks = values.chunks_exact(8);
    let rest = chunks.remainder().iter().copied().fold(0.0, greater);
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = greater(*lane, value);
        }
    }
    let greatest = lanes.into_iter().fold(rest, greater);
    if greatest == 0.0 { None } else { values.iter().position(|&value| value == greatest) }
}

/// The lesser of two numbers in one instruction; `f64::min` would look for what is none.
fn lesser(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

fn greater(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

//! One line at a time: it gets the divisor apportionment of its seats, the multipliers of the others being what they are.

use alloc::vec::Vec;

use wide::f64x2;

use super::signposts::NO_CLAIMS;
use super::table::Table;

/// What is so far apart has a tiny first divisor between, and how far from the nearer end a multiplier is then.
const FAR: f64 = 1e30;
const NOT_FAR: f64 = 1e3;
/// How near a multiplier is to the end of its room towards which it was moved.
const LEAN: [f64; 3] = [0.25, 0.5, 0.75];

/// As many seats as these are dealt at once, as far as it can be seen where to.
const MANY: u64 = 12;

/// Where a line is in the table.
#[derive(Clone, Copy)]
struct Line {
    /// The place of its first cell, and how far the next one is.
    first: usize,
    stride: usize,
    length: usize,
    /// The number of the other line of its first cell.
    others: usize,
}

/// The greatest claims of a line and those after them, either way.
pub(super) struct Top {
    pub(super) first: f64x2,
    second: f64x2,
}

impl Top {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self { first: NO_CLAIMS.into(), second: NO_CLAIMS.into() }
    }

    #[inline(always)]
    pub(super) fn see(&mut self, claims: f64x2) {
        self.second = self.second.fast_max(self.first.fast_min(claims));
        self.first = self.first.fast_max(claims);
    }

    /// The greatest claims after a step of the cell with the greatest one, whose claims are these now.
    #[inline]
    fn after(self, side: usize, claims: f64x2) -> f64x2 {
        let ([first_more, first_less], [more, less]) = (self.first.to_array(), self.second.to_array());
        let rest = if side == 0 { [more, first_less] } else { [first_more, less] };
        f64x2::from(rest).fast_max(claims)
    }
}

impl Table<'_> {
    fn line(&self, line: usize) -> Line {
        let (height, width) = (self.problem.rows.len(), self.problem.columns.len());
        match line.checked_sub(height) {
            None => Line { first: line * width, stride: 1, length: width, others: height },
            Some(column) => Line { first: column, stride: width, length: height, others: 0 },
        }
    }

    /// Gives one line the divisor apportionment of its seats.
    pub(super) fn settle(&mut self, line: usize) {
        let top = if line < self.problem.rows.len() { self.take_up_row(line) } else { self.take_up_column(line) };
        self.deal(line, top);
    }

    /// Takes the claims of a row, times the multipliers of columns; gives the greatest ones.
    fn take_up_row(&mut self, row: usize) -> Top {
        let columns = &self.multipliers[self.problem.rows.len()..];
        let claims = &self.claims[row * columns.len()..(row + 1) * columns.len()];
        let mut top = Top::new();
        for ((claims, column), place) in claims.iter().zip(columns).zip(&mut self.taken) {
            let claims = *claims * f64x2::splat(*column);
            *place = claims;
            top.see(claims);
        }
        top
    }

    /// Takes the claims of a column, times the multipliers of rows; gives the greatest ones.
    fn take_up_column(&mut self, line: usize) -> Top {
        let (rows, columns) = self.multipliers.split_at(self.problem.rows.len());
        let column = line - rows.len();
        let mut top = Top::new();
        if column < columns.len() {
            for ((claims, row), place) in self.claims.chunks_exact(columns.len()).zip(rows).zip(&mut self.taken) {
                let claims = claims[column] * f64x2::splat(*row);
                *place = claims;
                top.see(claims);
            }
        }
        top
    }

    /// Deals the seats that a line lacks, or takes what it has too many, by its claims as they were taken.
    #[inline]
    pub(super) fn deal(&mut self, line: usize, top: Top) {
        let leaning = self.lack[line];
        let greatest = if leaning == 0 { top.first } else { self.deal_some(line, top) };
        self.multipliers[line] = between(greatest.to_array(), leaning);
    }

    /// Deals seats, of which there are some, and gives the greatest claims then.
    fn deal_some(&mut self, number: usize, mut top: Top) -> f64x2 {
        let line = self.line(number);
        if self.lack[number].unsigned_abs() >= MANY {
            self.deal_many(number, line);
            top = top_of(&self.taken[..line.length]);
        }
        // Most lines lack a single seat, and then the claims after the greatest ones are known.
        while let Some((side, claims)) = self.deal_one(number, line, top.first) {
            if self.lack[number] == 0 {
                return top.after(side, claims);
            }
            top = top_of(&self.taken[..line.length]);
        }
        top.first
    }

    /// Deals many seats at once, one to a cell: to all whose claims are among as many greatest ones, and greater than what
    /// any of them claims after its step. The last one is left.
    fn deal_many(&mut self, number: usize, line: Line) {
        let more = self.lack[number] > 0;
        let (side, change) = if more { (0, 1) } else { (1, -1) };
        let many = self.lack[number].unsigned_abs().min(line.length as u64) as usize;
        let mut claims: Vec<f64> = self.taken[..line.length].iter().map(|claims| claims.to_array()[side]).collect();
        let (_, &mut least, _) = claims.select_nth_unstable_by(many - 1, |a, b| b.total_cmp(a));
        let mut limit = least;
        for place in 0..line.length {
            if self.taken[place].to_array()[side] > limit {
                let (cell, other) = (line.first + place * line.stride, line.others + place);
                let next = self.claims_of(cell, self.seats[cell].wrapping_add_signed(change)).to_array()[side];
                limit = limit.max(next * self.multipliers[other]);
            }
        }
        for place in 0..line.length {
            if self.taken[place].to_array()[side] > limit {
                let (cell, other) = (line.first + place * line.stride, line.others + place);
                let (row, column) = if line.others > 0 { (number, other) } else { (other, number) };
                self.step(row, column, more);
                self.taken[place] = self.claims[cell] * f64x2::splat(self.multipliers[other]);
            }
        }
    }

    /// Gives a seat to the cell with the best claim, or takes it from there; says which of the two, and what it claims then.
    #[inline(never)]
    fn deal_one(&mut self, number: usize, line: Line, greatest: f64x2) -> Option<(usize, f64x2)> {
        let (side, change) = if self.lack[number] > 0 { (0, 1) } else { (1, -1) };
        let best = greatest.to_array()[side];
        let place = find(&self.taken[..line.length], self.dealt, side, best).filter(|_| best > NO_CLAIMS[side])?;
        self.dealt = place + 1;
        let (cell, other) = (line.first + place * line.stride, line.others + place);
        self.lack[number] -= change;
        self.lack[other] -= change;
        let seats = self.seats[cell].wrapping_add_signed(change);
        self.seats[cell] = seats;
        let claims = self.claims_of(cell, seats);
        self.claims[cell] = claims;
        let claims = claims * f64x2::splat(self.multipliers[other]);
        self.taken[place] = claims;
        Some((side, claims))
    }
}

fn top_of(taken: &[f64x2]) -> Top {
    let mut top = Top::new();
    for claims in taken {
        top.see(*claims);
    }
    top
}

/// The place of the cell with the best claim. Among equal ones as one deals: on from where the last seat was moved, so that
/// they spread over lines.
#[inline]
fn find(taken: &[f64x2], dealt: usize, side: usize, best: f64) -> Option<usize> {
    // To compare bits is quicker, and what is equal here has the same.
    let is_best = |claims: &f64x2| claims.to_array()[side].to_bits() == best.to_bits();
    let dealt = dealt.min(taken.len());
    let (before, after) = taken.split_at(dealt);
    let ahead = after.iter().position(is_best).map(|place| dealt + place);
    ahead.or_else(|| before.iter().position(is_best))
}

/// A multiplier that makes the greatest claims of a line less than 1 and than -1, if there is one; nearer to the end towards
/// which it was moved.
fn between([more, less]: [f64; 2], leaning: i64) -> f64 {
    let less = -less;
    match (more > 0.0, less < f64::INFINITY) {
        // Not half way to a limit: there it would be no power of a tiny first divisor.
        (true, true) if more < less * (1.0 / FAR) => NOT_FAR / less,
        (true, true) => {
            let lean = LEAN[(leaning.signum() + 1) as usize];
            1.0 / (more * lean + less * (1.0 - lean))
        }
        (true, false) => 1.0 / (1.5 * more),
        (false, true) => 1.5 / less,
        (false, false) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::super::super::super::kernel::Numbers;
    use super::super::super::Matrix;
    use super::super::super::cases::all_divisors;
    use super::super::signposts::Signposts;
    use super::*;
    use crate::AllocationMethod;

    /// Settles one line of a matrix, whose other lines count the same, from some seats on; gives its seats and multiplier.
    fn settled(method: &AllocationMethod, votes: &[u64], from: &[u64], seats: u64, as_row: bool) -> (Vec<u64>, f64) {
        let AllocationMethod::HighestAverages(divisors) = method else { unreachable!() };
        let (one, mut others) = ([40], vec![0; votes.len()]);
        others[0] = 40;
        let matrix = if as_row { Matrix::new(votes, &one, &others) } else { Matrix::new(votes, &others, &one) };
        let mut problem = matrix.divisors(divisors.clone()).check_shape().unwrap();
        // What the other lines may have is not asked here.
        problem.most.fill(40);
        let mut table = Table::new(&problem, Signposts::new(&problem).unwrap());
        table.seats.copy_from_slice(from);
        let line = if as_row { 0 } else { votes.len() };
        table.lack[line] = seats as i64 - from.iter().sum::<u64>() as i64;
        table.multipliers.fill(1.0);
        for (cell, &seats) in from.iter().enumerate() {
            table.claims[cell] = table.claims_of(cell, seats);
        }
        table.settle(line);
        assert_eq!(table.lack[line], 0);
        (table.seats.clone(), table.multipliers[line])
    }

    #[test]
    fn a_line_gets_the_divisor_apportionment_of_its_seats_from_that_of_fewer_and_of_more() {
        let mut numbers = Numbers(0x9FB2_1C65_1E98_DF25);
        for divisors in all_divisors() {
            let method = AllocationMethod::HighestAverages(divisors);
            for _ in 0..60 {
                let length = 1 + numbers.below(12);
                let votes: Vec<u64> = (0..length).map(|_| 1 + numbers.below(1_000_000)).collect();
                let seats = numbers.below(40);
                let whole = method.allocate(&votes, seats).unwrap();
                // What it had of fewer seats, or of more.
                let from = method.allocate(&votes, numbers.below(40)).unwrap();
                for as_row in [true, false] {
                    let (settled, multiplier) = settled(&method, &votes, from.certain(), seats, as_row);
                    assert!(whole.allows(&settled), "{method}: {votes:?}, {from:?}, {seats}: {settled:?}");
                    assert!(multiplier > 0.0, "{method}: {multiplier}");
                }
            }
        }
    }

    #[test]
    fn many_seats_are_dealt_at_once_to_the_same_cells_as_one_by_one() {
        // Equal claims, too; the last seat goes on from where the one before was given.
        let votes: Vec<u64> = (0..100).map(|at| 1_000 + at % 7).collect();
        for seats in [11, 12, 13, 50, 99, 100, 101, 350] {
            for from in [0, 1, 4] {
                let whole = AllocationMethod::D_HONDT.allocate(&votes, seats).unwrap();
                let (settled, _) = settled(&AllocationMethod::D_HONDT, &votes, &vec![from; 100], seats, true);
                assert!(whole.allows(&settled), "{seats}, from {from}: {settled:?}");
            }
        }
    }

    #[test]
    fn of_many_seats_all_but_the_last_are_dealt_in_one_pass_where_claims_differ() {
        // The second seat of any claims less than the first of any other.
        let votes: Vec<u64> = (0..50).map(|at| 1_000 + at).collect();
        let (one, mut others) = ([20], [0; 50]);
        others[0] = 20;
        let matrix = Matrix::new(&votes, &one, &others);
        let mut problem = matrix.check_shape().unwrap();
        problem.most.fill(20);
        for (from, lack, left) in [(0, 20, 1), (1, -20, -1)] {
            let mut table = Table::new(&problem, Signposts::new(&problem).unwrap());
            table.seats.fill(from);
            table.lack[0] = lack;
            table.multipliers.fill(1.0);
            for cell in 0..50 {
                table.claims[cell] = table.claims_of(cell, from);
            }
            table.take_up_row(0);
            table.deal_many(0, table.line(0));
            assert_eq!(table.lack[0], left);
            let changed = table.seats.iter().filter(|seats| **seats != from).count();
            assert_eq!(changed, 19);
        }
    }

    #[test]
    fn a_multiplier_leans_to_where_it_was_moved() {
        let is = |multiplier: f64, known: f64| assert!((multiplier - known).abs() < 1e-15, "{multiplier}, not {known}");
        // From 1/4 to 1/2: after a seat more it is near where that seat is just given.
        is(between([2.0, -4.0], 0), 1.0 / 3.0);
        is(between([2.0, -4.0], 5), 1.0 / 2.5);
        is(between([2.0, -4.0], -5), 1.0 / 3.5);
        // Without one of the ends, half as far again from the other.
        is(between([2.0, f64::NEG_INFINITY], 1), 1.0 / 3.0);
        is(between([0.0, -4.0], 1), 1.5 / 4.0);
        is(between(NO_CLAIMS, 0), 1.0);
        // A tiny first divisor between.
        is(between([1e-31, -1.0], 0), NOT_FAR);
        is(between([1.01e-30, -1.0], 0), 2.0);
    }

    #[test]
    fn among_equal_claims_the_search_goes_on_and_comes_round() {
        let taken: Vec<f64x2> = [[1.0, -2.0], [3.0, -1.0], [3.0, -2.0], [0.0, -1.0]].map(f64x2::new).to_vec();
        let places = |side: usize, best: f64| [0, 1, 2, 3, 4, 9].map(|dealt| find(&taken, dealt, side, best).unwrap());
        assert_eq!(places(0, 3.0), [1, 1, 2, 1, 1, 1]);
        assert_eq!(places(1, -1.0), [1, 1, 3, 3, 1, 1]);
        assert_eq!(find(&taken, 0, 0, 2.0), None);
    }

    #[test]
    fn the_greatest_claims_after_a_step_are_those_of_the_rest_and_the_new_ones() {
        let top = top_of(&[[1.0, -2.0], [5.0, -7.0], [4.0, -1.0]].map(f64x2::new));
        assert_eq!(top.first.to_array(), [5.0, -1.0]);
        assert_eq!(top.after(0, f64x2::new([3.0, -3.0])).to_array(), [4.0, -1.0]);
        let top = top_of(&[[1.0, -2.0], [5.0, -7.0], [4.0, -1.0]].map(f64x2::new));
        assert_eq!(top.after(1, f64x2::new([6.0, -4.0])).to_array(), [6.0, -2.0]);
    }
}

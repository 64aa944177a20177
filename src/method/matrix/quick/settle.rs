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

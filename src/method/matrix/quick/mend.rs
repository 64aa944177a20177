//! The last wrong sums: one seat at a time along a best chain of cells from a line with too many to one that lacks.

use alloc::vec;
use alloc::vec::Vec;

use super::table::{Table, pair};

/// How often the multipliers of all doubtful cells, one after another, are moved to the middle of their room.
const CENTRING: usize = 12;

impl Table<'_> {
    /// Makes all sums right, if chains of cells can, and says whether that is proven to be the only answer.
    pub(super) fn mend(&mut self) -> bool {
        // Each seat that is moved makes two flaws good; the network moves many at once.
        let moves = self.flaws() / 2;
        if moves > self.lack.len() as u64 {
            return false;
        }
        for _ in 0..moves {
            if !self.mend_one() {
                return false;
            }
        }
        if self.flaws() != 0 {
            return false;
        }
        let (mut fewest, mut stale) = (usize::MAX, 0);
        for _ in 0..CENTRING {
            let (mut from, mut doubtful) = (0, 0);
            while let Some(row) = self.first_doubtful_row(from) {
                self.centre(row);
                from = row + 1;
                doubtful += 1;
            }
            if doubtful == 0 {
                return self.can_prove();
            }
            stale = if doubtful < fewest { 0 } else { stale + 1 };
            fewest = fewest.min(doubtful);
            if stale > 1 {
                return false; // most likely a tie
            }
        }
        self.first_doubtful_row(0).is_none() && self.can_prove()
    }

    /// Moves the multipliers of the doubtful cells of a row to the middle of their room.
    fn centre(&mut self, row: usize) {
        for column in self.problem.rows.len()..self.multipliers.len() {
            if self.is_doubtful(row, column) {
                self.settle(column);
            }
        }
        self.settle(row);
    }

    /// Moves one seat along a best chain from a line with too many to one that lacks.
    fn mend_one(&mut self) -> bool {
        let mut search = Search::new(self);
        let Some(target) = search.run(self) else { return false };
        search.follow(self, target);
        let rows = self.problem.rows.len();
        for (line, multiplier) in self.multipliers.iter_mut().enumerate() {
            // What was not reached, or later, is as far as the target.
            let reach = search.reach[line].max(search.reach[target]);
            let before = multiplier.to_array()[0];
            *multiplier = pair(if line < rows { before * reach } else { before / reach });
        }
        true
    }
}

/// E. W. Dijkstra's search, by products instead of sums: how far a chain reaches is the product of its cells' claims, as far
/// as they are below 1.
struct Search {
    /// By line.
    reach: Vec<f64>,
    /// 1 for a line that is open, 0 for one that is done.
    open: Vec<f64>,
    /// Lines in the order in which they were done.
    order: Vec<usize>,
}

impl Search {
    /// From all lines that seats must leave: rows that lack some, columns that have too many.
    fn new(table: &Table<'_>) -> Self {
        let rows = table.problem.rows.len();
        let starts = |(line, &lack): (usize, &i64)| if line < rows { lack > 0 } else { lack < 0 };
        let reach: Vec<f64> = table.lack.iter().enumerate().map(|line| f64::from(u8::from(starts(line)))).collect();
        Self { open: vec![1.0; reach.len()], order: Vec::with_capacity(reach.len()), reach }
    }

    /// The nearest line that seats must come to.
    fn run(&mut self, table: &Table<'_>) -> Option<usize> {
        let rows = table.problem.rows.len();
        loop {
            let mut reaches = self.reach.iter().zip(&self.open).map(|(reach, open)| reach * open);
            let nearest = reaches.clone().fold(0.0, greater);
            let line = reaches.position(|reach| reach == nearest).filter(|_| nearest > 0.0)?;
            if if line < rows { table.lack[line] < 0 } else { table.lack[line] > 0 } {
                return Some(line);
            }
            self.order.push(line);
            self.open[line] = 0.0;
            self.go_on(table, line);
        }
    }

    /// How far the other lines are reached through this one: a row gives them a seat, a column takes one.
    fn go_on(&mut self, table: &Table<'_>, line: usize) {
        let (rows, width) = (table.problem.rows.len(), table.problem.columns.len());
        let reach = self.reach[line];
        let multiplier = table.multipliers[line];
        let (row_reach, column_reach) = self.reach.split_at_mut(rows);
        // What is done was reached as far, and stays so.
        if line < rows {
            let claims = table.claims[line * width..].iter();
            for ((other, claims), column) in column_reach.iter_mut().zip(claims).zip(&table.multipliers[rows..]) {
                *other = greater(through(reach, (*claims * *column * multiplier).to_array()[0]), *other);
            }
        } else {
            let claims = table.claims[line - rows..].iter().step_by(width);
            for ((other, claims), row) in row_reach.iter_mut().zip(claims).zip(&table.multipliers) {
                *other = greater(through(reach, (*claims * *row * multiplier).to_array()[1]), *other);
            }
        }
    }

    /// Moves a seat along the chain that ends here.
    fn follow(&self, table: &mut Table<'_>, target: usize) {
        let (rows, width) = (table.problem.rows.len(), table.problem.columns.len());
        let mut line = target;
        for &before in self.order.iter().rev() {
            let more = before < rows;
            if more == (line < rows) {
                continue;
            }
            let (row, column) = if more { (before, line) } else { (line, before) };
            let claims = table.claims[row * width + column - rows];
            let [of_more, of_less] = (claims * table.multipliers[line] * table.multipliers[before]).to_array();
            // The line before is the first one that reaches as far, in the order in which they were done.
            if through(self.reach[before], if more { of_more } else { of_less }) == self.reach[line] {
                table.step(row, column, more);
                line = before;
            }
        }
    }
}

/// How far a chain reaches through a cell.
fn through(reach: f64, claim: f64) -> f64 {
    reach * if claim < 1.0 { claim } else { 1.0 }
}

/// The greater of two numbers in one instruction; `f64::max` would look for what is none.
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

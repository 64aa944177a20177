//! The last wrong sums: seats along best chains of cells from lines with too many to lines that lack some.

use alloc::vec;
use alloc::vec::Vec;

use super::table::Table;

/// How often the multipliers of all doubtful cells, one after another, are moved to the middle of their room.
const CENTRING: usize = 12;

impl Table<'_> {
    /// Makes all sums right, if chains of cells can, and says whether that is proven to be the only answer.
    pub(super) fn mend(&mut self) -> bool {
        // The network moves many seats at once.
        if self.flaws() / 2 > self.lack.len() as u64 {
            return false;
        }
        let mut chains = Vec::new();
        while self.flaws() != 0 {
            if !self.mend_some(&mut chains) {
                return false;
            }
        }
        // The cells of a chain have no room between its lines; each of them gives the next one half of what it has.
        for line in chains {
            self.settle(line);
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

    /// Moves a seat along every best chain that one search finds, from lines with too many to lines that lack some; adds the
    /// lines of the chains to those of others, and says whether there was any.
    fn mend_some(&mut self, chains: &mut Vec<usize>) -> bool {
        let search = Search::run(self);
        let Some(&last) = search.targets.last() else { return false };
        let before = chains.len();
        for &target in &search.targets {
            let from = chains.len();
            if search.follow(self, target, chains) {
                for pair in chains[from..].windows(2) {
                    // A row gives the column before it a seat more, a column takes one from the row before it.
                    let more = pair[1] < search.rows;
                    let (row, column) = if more { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
                    self.step(row, column, more);
                }
            } else {
                chains.truncate(from);
            }
        }
        // What was not reached, or later, is as far as the last target.
        let farthest = search.reach(last);
        let (rows, columns) = self.multipliers.split_at_mut(search.rows);
        for (line, row) in rows.iter_mut().enumerate() {
            *row *= greater(search.reach(line), farthest);
        }
        for (column, key) in columns.iter_mut().zip(&search.keys[search.rows..]) {
            *column /= greater(*key, farthest);
        }
        chains.len() > before
    }
}

/// E. W. Dijkstra's search, by products instead of sums: how far a chain reaches is the product of its cells' claims, as far
/// as they are below 1.
struct Search {
    rows: usize,
    /// By line: for a column how far it is reached; for a row less one over that.
    keys: Vec<f64>,
    /// 0 for a line that is open, minus infinity for one that is done.
    closed: Vec<f64>,
    /// Lines in the order in which they were done.
    order: Vec<usize>,
    /// Those of them that seats must come to.
    targets: Vec<usize>,
}

/// Whether seats must leave a line: a row that lacks some, which it takes from columns, or a column that has too many.
fn starts(table: &Table<'_>, line: usize) -> bool {
    if line < table.problem.rows.len() { table.lack[line] > 0 } else { table.lack[line] < 0 }
}

/// Whether seats must come to a line.
fn ends(table: &Table<'_>, line: usize) -> bool {
    if line < table.problem.rows.len() { table.lack[line] < 0 } else { table.lack[line] > 0 }
}

impl Search {
    /// From all lines that seats must leave until all lines are done that they must come to, or no other is reached.
    fn run(table: &Table<'_>) -> Self {
        let (rows, lines) = (table.problem.rows.len(), table.lack.len());
        let mut keys = Vec::with_capacity(lines);
        keys.extend(table.lack[..rows].iter().map(|&lack| if lack > 0 { -1.0 } else { f64::NEG_INFINITY }));
        keys.extend(table.lack[rows..].iter().map(|&lack| if lack < 0 { 1.0 } else { 0.0 }));
        let (order, targets) = (Vec::with_capacity(lines), Vec::new());
        let mut search = Self { rows, keys, closed: vec![0.0; lines], order, targets };
        let mut left = (0..lines).filter(|&line| ends(table, line)).count();
        while let Some(line) = search.nearest() {
            search.order.push(line);
            search.closed[line] = f64::NEG_INFINITY;
            if ends(table, line) {
                search.targets.push(line);
                left -= 1;
                if left == 0 {
                    break;
                }
            }
            search.go_on(table, line);
        }
        search
    }

    /// How far a line is reached.
    fn reach(&self, line: usize) -> f64 {
        if line < self.rows { -1.0 / self.keys[line] } else { self.keys[line] }
    }

    /// The open line that is reached farthest.
    fn nearest(&self) -> Option<usize> {
        let (row_keys, column_keys) = self.keys.split_at(self.rows);
        let (row_closed, column_closed) = self.closed.split_at(self.rows);
        let row = greatest_sum(row_keys, row_closed);
        let column = greatest_sum(column_keys, column_closed);
        let is = |keys: &[f64], closed: &[f64], key: f64| keys.iter().zip(closed).position(|(a, b)| a + b == key);
        if column > 0.0 && column * -row >= 1.0 {
            is(column_keys, column_closed, column).map(|at| self.rows + at)
        } else if row > f64::NEG_INFINITY {
            is(row_keys, row_closed, row)
        } else {
            None
        }
    }

    /// How far the other lines are reached through this one: a row gives them a seat, a column takes one.
    fn go_on(&mut self, table: &Table<'_>, line: usize) {
        let width = table.problem.columns.len();
        let (rows, columns) = table.multipliers.split_at(self.rows);
        let (own, multiplier) = self.through(table, line);
        let (row_keys, column_keys) = self.keys.split_at_mut(self.rows);
        // What is done was reached as far, and stays so.
        if line < self.rows {
            let claims = table.claims[line * width..].iter();
            for ((other, claims), column) in column_keys.iter_mut().zip(claims).zip(columns) {
                *other = greater(lesser(claims.to_array()[0] * column * multiplier, own), *other);
            }
        } else {
            let claims = table.claims[line - self.rows..].iter().step_by(width);
            for ((other, claims), row) in row_keys.iter_mut().zip(claims).zip(rows) {
                *other = greater(lesser(claims.to_array()[1] * row * multiplier, own), *other);
            }
        }
    }

    /// The greatest key that a line gives others, and what their claims are multiplied by for theirs.
    fn through(&self, table: &Table<'_>, line: usize) -> (f64, f64) {
        let own = -1.0 / self.keys[line];
        let multiplier = table.multipliers[line];
        if line < self.rows { (own, multiplier * own) } else { (own, -(multiplier * own)) }
    }

    /// Adds the lines of the chain that ends here, from its end to its start, and says whether it is still there: chains
    /// before may have used one of its cells, or the seats of its start.
    fn follow(&self, table: &Table<'_>, target: usize, chain: &mut Vec<usize>) -> bool {
        let width = table.problem.columns.len();
        let mut line = target;
        chain.push(line);
        for &before in self.order.iter().rev() {
            if starts(table, line) {
                break;
            }
            let more = before < self.rows;
            if more == (line < self.rows) {
                continue;
            }
            let (row, column) = if more { (before, line) } else { (line, before) };
            let claims = table.claims[row * width + column - self.rows].to_array()[usize::from(!more)];
            let (own, multiplier) = self.through(table, before);
            // The line before is one that reaches as far and was done earlier.
            if lesser(claims * table.multipliers[line] * multiplier, own) == self.keys[line] {
                line = before;
                chain.push(line);
            }
        }
        starts(table, line)
    }
}

/// The greatest sum of a key and what closes it.
fn greatest_sum(keys: &[f64], closed: &[f64]) -> f64 {
    keys.iter().zip(closed).map(|(key, closed)| key + closed).fold(f64::NEG_INFINITY, |best, key| greater(key, best))
}

/// The greater of two numbers in one instruction; `f64::max` would look for what is none.
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::kernel::Numbers;
    use super::super::super::cases::{Case, Kind, all_divisors};
    use super::super::scale;
    use super::super::signposts::Signposts;
    use super::*;
    use crate::Divisors;

    /// Two hundred matrices of every kind, each by one of these divisors.
    fn each_matrix(divisors: &[Divisors], mut task: impl FnMut(&mut Table<'_>)) {
        let mut numbers = Numbers(0xB549_7F4A_7C15_9E37);
        for kind in [Kind::Even, Kind::Country, Kind::Few] {
            for round in 0..200 {
                let (parties, districts) = (2 + numbers.below(9) as usize, 2 + numbers.below(9) as usize);
                let case: Case = kind.case(&mut numbers, parties, districts);
                let matrix = case.matrix(&divisors[round % divisors.len()]);
                let problem = matrix.check_shape().unwrap();
                let mut table = Table::new(&problem, Signposts::new(&problem).unwrap());
                if round % 2 == 0 {
                    scale(&mut table);
                }
                if table.flaws() > 0 {
                    task(&mut table);
                }
            }
        }
    }

    /// By line the greatest product of claims, as far as they are below 1, along any chain: as often as there are lines, each
    /// line is reached through each other.
    fn farthest(table: &Table<'_>) -> Vec<f64> {
        let (rows, lines) = (table.problem.rows.len(), table.lack.len());
        let mut reach: Vec<f64> = (0..lines).map(|line| if starts(table, line) { 1.0 } else { 0.0 }).collect();
        for _ in 0..lines {
            for row in 0..rows {
                for column in rows..lines {
                    let cell = row * (lines - rows) + column - rows;
                    let [more, less] = table.claims[cell].to_array();
                    let times = table.multipliers[row] * table.multipliers[column];
                    reach[column] = reach[column].max(reach[row] * (more * times).min(1.0));
                    reach[row] = reach[row].max(reach[column] * (-1.0 / (less * times)).min(1.0));
                }
            }
        }
        reach
    }

    #[test]
    fn the_search_finds_how_far_every_line_is_reached_and_the_best_chains() {
        let mut chains_seen = 0;
        each_matrix(&all_divisors(), |table| {
            let search = Search::run(table);
            let reach = farthest(table);
            let is_near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
            for pair in search.order.windows(2) {
                assert!(reach[pair[0]] >= reach[pair[1]] * (1.0 - 1e-9), "{reach:?}, {:?}", search.order);
            }
            for &line in &search.order {
                assert!(is_near(search.reach(line), reach[line]), "{}, not {}", search.reach(line), reach[line]);
            }
            // All lines that seats can come to are found, until the last.
            let can_end = |&line: &usize| ends(table, line) && reach[line] > 0.0;
            assert_eq!(search.targets.len(), (0..table.lack.len()).filter(can_end).count());
            for &target in &search.targets {
                let mut chain = Vec::new();
                assert!(search.follow(table, target, &mut chain));
                assert_eq!(chain[0], target);
                assert!(ends(table, target) && starts(table, chain[chain.len() - 1]));
                assert!(chain[1..chain.len() - 1].iter().all(|&line| !starts(table, line)));
                assert!(chain.windows(2).all(|pair| (pair[0] < search.rows) != (pair[1] < search.rows)));
                chains_seen += 1;
            }
        });
        assert!(chains_seen > 500, "{chains_seen}");
    }

    #[test]
    fn seats_along_best_chains_mend_sums_and_leave_every_cell_between_its_signposts() {
        let (mut mended, mut tables) = (0, 0);
        each_matrix(&[Divisors::SAINTE_LAGUE, Divisors::D_HONDT, Divisors::IMPERIALI], |table| {
            let before = table.flaws();
            let mut chains = Vec::new();
            if !table.mend_some(&mut chains) {
                return;
            }
            tables += 1;
            mended += u64::from(table.flaws() == 0);
            // A chain ends one flaw where it begins and one where it ends.
            assert!(table.flaws() < before && (before - table.flaws()) % 2 == 0);
            assert!(chains.len() >= 2);
            let (rows, columns) = table.multipliers.split_at(table.problem.rows.len());
            for (claims, row) in table.claims.chunks_exact(columns.len()).zip(rows) {
                for (claims, column) in claims.iter().zip(columns) {
                    let [more, less] = claims.to_array().map(|claim| claim * row * column);
                    assert!(more <= 1.0 + 1e-9 && less <= -1.0 + 1e-9, "{more}, {less}");
                }
            }
        });
        assert_eq!([tables, mended], [451, 259]);
    }

    #[test]
    fn the_greatest_and_the_least_are_that() {
        assert_eq!([greater(1.0, 2.0), greater(2.0, 1.0), lesser(1.0, 2.0), lesser(2.0, 1.0)], [2.0, 2.0, 1.0, 1.0]);
        assert_eq!(greatest_sum(&[3.0, 5.0, 4.0], &[0.0, f64::NEG_INFINITY, 0.0]), 4.0);
        assert_eq!(greatest_sum(&[3.0], &[f64::NEG_INFINITY]), f64::NEG_INFINITY);
    }
}

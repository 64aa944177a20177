//! The last wrong sums: one seat at a time along a cheapest chain of cells from a line with too many to one that lacks.

use alloc::vec;
use alloc::vec::Vec;

use super::{Scaling, Side};

/// How often the multipliers of all doubtful cells, one after another, are moved to the middle of their room.
const CENTRING: usize = 12;

impl Scaling<'_> {
    /// Makes all sums right, if chains of cells can, and says whether that is proven to be the only answer.
    pub(super) fn mend(&mut self) -> bool {
        while self.row_lack.iter().chain(&self.column_lack).any(|&lack| lack != 0) {
            if !self.mend_one() {
                return false;
            }
        }
        for _ in 0..CENTRING {
            let mut from = 0;
            while let Some(cell) = self.first_doubt(from) {
                self.settle_line(Side::Column, cell % self.columns.len());
                self.settle_line(Side::Row, cell / self.columns.len());
                from = cell + 1;
            }
            if from == 0 {
                return self.can_prove();
            }
        }
        self.is_proven()
    }

    /// Seats that must leave a node: what a row lacks, what a column has too many.
    fn excess(&self, node: usize) -> i64 {
        match node.checked_sub(self.rows.len()) {
            None => self.row_lack[node],
            Some(column) => -self.column_lack[column],
        }
    }

    /// E. W. Dijkstra's search, by products instead of sums: a chain costs the product of what its quotients miss their
    /// signposts by.
    fn mend_one(&mut self) -> bool {
        let (height, nodes) = (self.rows.len(), self.rows.len() + self.columns.len());
        let mut cost: Vec<f64> =
            (0..nodes).map(|node| if self.excess(node) > 0 { 1.0 } else { f64::INFINITY }).collect();
        let mut before = vec![usize::MAX; nodes];
        let mut open: Vec<usize> = (0..nodes).collect();
        let target = loop {
            let mut best = (f64::INFINITY, usize::MAX);
            for (place, &node) in open.iter().enumerate() {
                if cost[node] < best.0 {
                    best = (cost[node], place);
                }
            }
            if best.1 == usize::MAX {
                return false;
            }
            let node = open.swap_remove(best.1);
            if self.excess(node) < 0 {
                break node;
            }
            for &next in &open {
                if (next < height) != (node < height) {
                    let reached = best.0 * self.miss(node, next);
                    if reached < cost[next] {
                        cost[next] = reached;
                        before[next] = node;
                    }
                }
            }
        };
        // What was not reached, or later, is as far as the target.
        let length = cost[target];
        for (row, cost) in self.rows.iter_mut().zip(&cost) {
            *row /= cost.min(length);
        }
        for (column, cost) in self.columns.iter_mut().zip(&cost[height..]) {
            *column *= cost.min(length);
        }
        self.follow(target, &before);
        true
    }

    /// By what factor a quotient misses the signpost at which a cell gives a seat from one line to the other.
    fn miss(&self, from: usize, to: usize) -> f64 {
        let height = self.rows.len();
        let (row, column) = if from < height { (from, to - height) } else { (to, from - height) };
        let cell = row * self.columns.len() + column;
        let seats = self.seats[cell];
        let quotient = self.votes[cell] * self.rows[row] * self.columns[column];
        let miss = if from < height {
            if u64::from(seats) == self.problem.most[cell] {
                return f64::INFINITY;
            }
            self.divisors[seats as usize + 1] / quotient
        } else {
            if u64::from(seats) == self.problem.least[cell] {
                return f64::INFINITY;
            }
            quotient / self.divisors[seats as usize]
        };
        miss.max(1.0)
    }

    /// Moves a seat along the chain that ends here.
    fn follow(&mut self, target: usize, before: &[usize]) {
        let height = self.rows.len();
        let mut node = target;
        while before[node] != usize::MAX {
            let from = before[node];
            let (row, column, change) =
                if from < height { (from, node - height, 1) } else { (node, from - height, -1) };
            let cell = row * self.columns.len() + column;
            self.seats[cell] = self.seats[cell].wrapping_add_signed(change);
            self.row_lack[row] -= i64::from(change);
            self.column_lack[column] -= i64::from(change);
            node = from;
        }
    }
}

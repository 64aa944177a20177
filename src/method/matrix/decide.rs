//! The decision: whether a matrix is the apportionment, the only one, or can be improved; by integers alone.
//!
//! A matrix is right exactly when no cycle of changes has a product of prices below 1, and the only one when none has a
//! product of 1. Floats say which arcs can lie on such a cycle, the suspects; mostly there are none.

use core::cmp::Ordering;

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec;
use alloc::vec::Vec;

use super::components::{Arc, Neighbours, components};
use super::price::Price;
use super::problem::Problem;

/// What the suspects come to.
pub(super) enum Decision {
    /// Right; with the arcs of each tie, all of whose cycles have the product 1.
    Right(Vec<Vec<Arc>>),
    /// A cycle of changes with a product below 1.
    Better(Vec<Arc>),
}

/// Decides what the suspects leave open about `seats`.
pub(super) fn decide(problem: &Problem<'_>, seats: &[u64], suspects: &[Arc]) -> Decision {
    let component = components(problem.nodes(), suspects);
    let inside: Vec<Arc> = suspects.iter().copied().filter(|&(from, to)| component[from] == component[to]).collect();
    if inside.is_empty() {
        return Decision::Right(Vec::new());
    }
    let prices = inside.iter().map(|&arc| price(problem, seats, arc)).collect();
    let mut paths = ShortestPaths { problem, arcs: &inside, prices, to: Vec::new(), last: Vec::new() };
    paths.start();
    match paths.relax() {
        Err(cycle) => Decision::Better(cycle),
        Ok(tight) => Decision::Right(groups(problem, &tight)),
    }
}

/// The price of the change that an arc stands for.
fn price(problem: &Problem<'_>, seats: &[u64], arc: Arc) -> Price {
    let cell = problem.cell_of(arc);
    if problem.adds(arc) {
        Price::of_adding(problem, cell, seats[cell])
    } else {
        Price::of_taking(problem, cell, seats[cell])
    }
}

/// The arcs whose ends are in one component, component by component.
fn groups(problem: &Problem<'_>, tight: &[Arc]) -> Vec<Vec<Arc>> {
    let component = components(problem.nodes(), tight);
    let mut groups: BTreeMap<usize, Vec<Arc>> = BTreeMap::new();
    for &(from, to) in tight {
        if component[from] == component[to] {
            groups.entry(component[from]).or_default().push((from, to));
        }
    }
    groups.into_values().collect()
}

/// Exact shortest paths from one root in each component (R. Bellman, L. R. Ford, E. F. Moore).
struct ShortestPaths<'a> {
    problem: &'a Problem<'a>,
    arcs: &'a [Arc],
    prices: Vec<Price>,
    /// Per node the price of the best path to it, and the last arc on it.
    to: Vec<Option<Price>>,
    last: Vec<Option<usize>>,
}

impl ShortestPaths<'_> {
    /// Paths of few arcs, so that numbers stay short and ties need no second round.
    fn start(&mut self) {
        let nodes = self.problem.nodes();
        self.to = vec![None; nodes];
        self.last = vec![None; nodes];
        // Neighbours by arc: an arc's number stands for where it leads.
        let numbered = self.arcs.iter().enumerate().map(|(number, &(from, _))| (from, number));
        let leaving = Neighbours::new(nodes, numbered);
        for root in 0..nodes {
            if self.to[root].is_some() || leaving.of(root).is_empty() {
                continue;
            }
            self.to[root] = Some(Price::one());
            let mut queue = VecDeque::from([root]);
            while let Some(node) = queue.pop_front() {
                for &arc in leaving.of(node) {
                    let next = self.arcs[arc].1;
                    if self.to[next].is_none() {
                        self.to[next] = self.through(arc);
                        self.last[next] = Some(arc);
                        queue.push_back(next);
                    }
                }
            }
        }
    }

    /// The price of the path that ends with this arc.
    fn through(&self, arc: usize) -> Option<Price> {
        self.to[self.arcs[arc].0].as_ref().map(|price| price.times(&self.prices[arc]))
    }

    /// The arcs on shortest paths, or a cycle with a product below 1.
    fn relax(&mut self) -> Result<Vec<Arc>, Vec<Arc>> {
        let mut tight = Vec::new();
        loop {
            tight.clear();
            let mut changed = false;
            for (number, &(from, to)) in self.arcs.iter().enumerate() {
                let (Some(before), Some(best)) = (&self.to[from], &self.to[to]) else { continue };
                match before.compare_product(&self.prices[number], best) {
                    Ordering::Less => {
                        self.to[to] = Some(before.times(&self.prices[number]));
                        self.last[to] = Some(number);
                        changed = true;
                    }
                    Ordering::Equal => tight.push((from, to)),
                    Ordering::Greater => {}
                }
            }
            if !changed {
                return Ok(tight);
            }
            // Paths that improve for ever run in a circle, which shows among their last arcs, and is below 1.
            if let Some(cycle) = self.circle() {
                return Err(cycle);
            }
        }
    }

    fn circle(&self) -> Option<Vec<Arc>> {
        let mut seen = vec![usize::MAX; self.last.len()];
        for start in 0..self.last.len() {
            let mut node = start;
            while let (Some(arc), usize::MAX) = (self.last[node], seen[node]) {
                seen[node] = start;
                node = self.arcs[arc].0;
            }
            if self.last[node].is_some() && seen[node] == start {
                return Some(self.follow_back(node));
            }
        }
        None
    }

    /// The arcs of the circle through a node.
    fn follow_back(&self, start: usize) -> Vec<Arc> {
        let mut cycle = Vec::new();
        let mut node = start;
        while let Some(arc) = self.last[node] {
            cycle.push(self.arcs[arc]);
            node = self.arcs[arc].0;
            if node == start {
                break;
            }
        }
        cycle
    }
}

/// Moves as many seats along a cycle as improve the matrix, at least one.
///
/// The product of the prices grows with every seat moved, so the last one that improves is found by halving.
pub(super) fn cancel(problem: &Problem<'_>, seats: &mut [u64], cycle: &[Arc]) {
    let room = |&arc: &Arc| {
        let cell = problem.cell_of(arc);
        if problem.adds(arc) { problem.most[cell] - seats[cell] } else { seats[cell] - problem.least[cell] }
    };
    let most = cycle.iter().map(room).min().unwrap_or(0);
    // Whether one seat more improves after `moved` of them.
    let improves = |moved: u64| {
        let price = cycle.iter().fold(Price::one(), |product, &arc| {
            let cell = problem.cell_of(arc);
            product.times(&if problem.adds(arc) {
                Price::of_adding(problem, cell, seats[cell] + moved)
            } else {
                Price::of_taking(problem, cell, seats[cell] - moved)
            })
        });
        price.compare(&Price::one()) == Ordering::Less
    };
    // One seat improves; `good` seats are known to, `bad` not to.
    let (mut good, mut bad) = (1, 2);
    while bad <= most && improves(bad - 1) {
        (good, bad) = (bad, bad.saturating_mul(2));
    }
    bad = bad.min(most.saturating_add(1));
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if improves(middle - 1) { good = middle } else { bad = middle }
    }
    for &arc in cycle {
        let cell = problem.cell_of(arc);
        if problem.adds(arc) {
            seats[cell] += good;
        } else {
            seats[cell] -= good;
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::super::Matrix;
    use super::*;
    use crate::Divisors;

    /// The seats after one cancelling: of two parties in two districts, of which the first cell should have more.
    fn cancelled(votes: [u64; 4], most: Option<u64>, divisors: Divisors, from: u64, house: u64) -> Vec<u64> {
        let lines = [house / 2; 2];
        let mut matrix = Matrix::new(&votes, &lines, &lines).divisors(divisors);
        if let Some(most) = most {
            matrix = matrix.maximums([Some(most), None, None, None].to_vec());
        }
        let problem = matrix.check().unwrap();
        let mut seats = vec![from, house / 2 - from, house / 2 - from, from];
        let cycle = [(0, 2), (2, 1), (1, 3), (3, 0)];
        assert!(matches!(decide(&problem, &seats, &cycle), Decision::Better(_)));
        cancel(&problem, &mut seats, &cycle);
        seats
    }

    #[test]
    fn as_many_seats_go_round_as_improve_the_matrix_and_no_more() {
        // By these votes the first cell has three quarters of its line, exactly.
        let votes = [9, 1, 1, 1];
        for half in [4_u64, 12, 100, 1_000, 1 << 40] {
            let right = half * 3 / 4;
            for from in [0, 1, right / 2, right.saturating_sub(3), right - 1] {
                let seats = cancelled(votes, None, Divisors::SAINTE_LAGUE, from, 2 * half);
                assert_eq!(seats, [right, half - right, half - right, right], "from {from} of {half}");
            }
            // No more than it may have.
            let seats = cancelled(votes, Some(right - 1), Divisors::SAINTE_LAGUE, 1, 2 * half);
            assert_eq!(seats[0], right - 1, "{half}");
        }
        let seats = cancelled([1 << 60, 1, 1, 1], None, Divisors::D_HONDT, 0, 200);
        assert_eq!(seats, [100, 0, 0, 100]);
    }

    #[test]
    fn as_many_seats_go_round_as_there_is_room_for() {
        let lines = [100; 2];
        for room in 1..=20 {
            // The first cell has room up, or the second room down.
            let up = Matrix::new(&[1 << 60, 1, 1, 1], &lines, &lines).maximums(vec![Some(20 + room), None, None, None]);
            let down = Matrix::new(&[1 << 60, 1, 1, 1], &lines, &lines).minimums(vec![0, 80 - room, 0, 0]);
            for matrix in [up, down] {
                let mut seats = vec![20, 80, 80, 20];
                cancel(&matrix.check().unwrap(), &mut seats, &[(0, 2), (2, 1), (1, 3), (3, 0)]);
                assert_eq!(seats, [20 + room, 80 - room, 80 - room, 20 + room]);
            }
        }
    }
}

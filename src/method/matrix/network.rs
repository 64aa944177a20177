//! The matrix as a flow at least cost: seats flow from parties to districts, and each seat of a cell has its price
//! ln (d(s) / votes). Logarithms of the multipliers of rows and columns are the prices at the nodes.
//!
//! A seat more is an arc from its row to its column, a seat less one back. An arc's slack is what its price exceeds the
//! nodes' by; a matrix is a biproportional apportionment when no slack is below 0 (M. L. Balinski and G. Demange,
//! "Algorithms for proportional matrices in reals and integers", Mathematical Programming 45 (1989); M. Zachariasen,
//! "Algorithmic aspects of divisor-based biproportional rounding", DIKU 2006).
//!
//! Everything here is a guess in floats but the sums and bounds, which are whole numbers.

// Floats only guess; their errors are bounded by `doubt`, and what they leave open is decided by `decide`.
#![allow(clippy::cast_precision_loss)]

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use super::components::{Arc, components};
use super::infeasible::Infeasible;
use super::multiplier::Multiplier;
use super::problem::Problem;

/// Seats for which divisors are looked up rather than computed.
const TABLE: u64 = 4096;

/// A matrix under way, with its multipliers.
#[derive(Debug)]
pub(super) struct Network<'p> {
    pub(super) problem: &'p Problem<'p>,
    pub(super) seats: Vec<u64>,
    /// The logarithms of the multipliers, beyond those in `base`.
    pub(super) rows: Vec<f64>,
    pub(super) columns: Vec<f64>,
    /// Per cell the logarithm of its votes times the multipliers in `base`, over d at `origin` if there is one.
    keys: Vec<f64>,
    /// ln d(s) for the first seats.
    table: Vec<f64>,
    /// Where the multipliers are known to begin with, exactly, rows before columns, and each cell's seats then.
    base: Option<Base>,
    /// What stands for the logarithm of a first divisor of 0.
    pub(super) zero: f64,
}

#[derive(Debug)]
struct Base {
    multipliers: Vec<Multiplier>,
    origin: Vec<u64>,
}

impl<'p> Network<'p> {
    /// Every cell at its minimum, and multipliers by which the seats would be about right.
    pub(super) fn new(problem: &'p Problem<'p>) -> Self {
        let (rows, columns) = fit(problem);
        Self::with(problem, problem.least.clone(), rows, columns)
    }

    /// A matrix, and logarithms of multipliers.
    pub(super) fn with(problem: &'p Problem<'p>, seats: Vec<u64>, rows: Vec<f64>, columns: Vec<f64>) -> Self {
        let zero = zero(problem);
        let signposts = &problem.signposts;
        let finite = |log: f64| if log == f64::NEG_INFINITY { zero } else { log };
        let table = (0..problem.largest_line().saturating_add(1).min(TABLE)).map(|s| finite(signposts.ln(s))).collect();
        let keys = problem.votes.iter().map(|&votes| libm::log(votes as f64)).collect();
        Self { problem, seats, rows, columns, keys, table, base: None, zero }
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    /// The logarithm of d(s), over that of the cell's origin.
    fn ln(&self, cell: usize, s: u64) -> f64 {
        match &self.base {
            None => match usize::try_from(s).ok().and_then(|at| self.table.get(at)) {
                Some(&log) => log,
                None => self.problem.signposts.ln(s),
            },
            Some(base) if s == 0 && self.problem.signposts.starts_at_zero() => {
                self.zero - self.problem.signposts.ln(base.origin[cell])
            }
            Some(base) => self.problem.signposts.ln_ratio(s, base.origin[cell]),
        }
    }

    /// The slack of `step` seats more in a cell; infinite where its bounds forbid that.
    #[inline]
    fn adding(&self, row: usize, column: usize, step: u64) -> f64 {
        let cell = row * self.width() + column;
        let seats = self.seats[cell];
        if self.problem.most[cell] - seats < step {
            return f64::INFINITY;
        }
        self.ln(cell, seats + step / 2) - (self.keys[cell] + self.rows[row] + self.columns[column])
    }

    /// The slack of `step` seats less.
    #[inline]
    fn taking(&self, row: usize, column: usize, step: u64) -> f64 {
        let cell = row * self.width() + column;
        let seats = self.seats[cell];
        if seats - self.problem.least[cell] < step {
            return f64::INFINITY;
        }
        (self.keys[cell] + self.rows[row] + self.columns[column]) - self.ln(cell, seats - step + step / 2)
    }

    /// Makes all sums right.
    pub(super) fn balance(&mut self) -> Result<(), Infeasible> {
        self.flow()?;
        if self.problem.is_large() {
            // What the logarithms of votes could not tell, the logarithms of quotients near the signposts can.
            for _ in 0..2 {
                self.rebase();
                self.flow()?;
            }
        }
        Ok(())
    }

    /// Rounds every cell by the multipliers, and sends what the sums then have too much to where it lacks: by steps of many
    /// seats first, which are halved until they are one.
    ///
    /// R. K. Ahuja, T. L. Magnanti and J. B. Orlin, *Network Flows* (1993), 14.5: each step leaves less than itself wrong
    /// in a cell, so that time grows with the length of the largest number, not with the number.
    fn flow(&mut self) -> Result<(), Infeasible> {
        self.saturate(1);
        let mut excess = self.excess();
        let most = excess.iter().map(|excess| excess.unsigned_abs()).max().unwrap_or(0);
        let mut step = if most < 4 { 1 } else { 1_u64 << (most.ilog2() - 1).min(62) };
        loop {
            while excess.iter().any(|&excess| excess >= i128::from(step)) {
                if let Err(reached) = self.augment(&mut excess, step) {
                    if step > 1 {
                        break; // too coarse: a smaller step may pass
                    }
                    let (rows, columns) = reached.split_at(self.rows.len());
                    let chosen = |flags: &[bool]| (0..flags.len()).filter(|&at| flags[at]).collect::<Vec<_>>();
                    return Err(Infeasible::new(self.problem, &chosen(rows), &chosen(columns)));
                }
            }
            if step == 1 {
                return Ok(());
            }
            step /= 2;
            self.saturate(step);
            excess = self.excess();
        }
    }

    /// Moves every cell by steps until no slack is negative.
    pub(super) fn saturate(&mut self, step: u64) {
        for row in 0..self.rows.len() {
            for column in 0..self.width() {
                let cell = row * self.width() + column;
                if self.problem.least[cell] == self.problem.most[cell] {
                    continue;
                }
                // How many steps up, or else down, leave no slack negative: doubled while too few, then halved.
                let from = self.seats[cell];
                for up in [true, false] {
                    let at = |steps: u64| if up { from + steps * step } else { from - steps * step };
                    let room = if up { self.problem.most[cell] - from } else { from - self.problem.least[cell] } / step;
                    let wrong = |network: &mut Self, steps: u64| {
                        network.seats[cell] = at(steps);
                        if up {
                            network.adding(row, column, step) < 0.0
                        } else {
                            network.taking(row, column, step) < 0.0
                        }
                    };
                    let (mut low, mut high) = (0, 0);
                    while high < room && wrong(self, high) {
                        (low, high) = (high + 1, (2 * high + 1).min(room));
                    }
                    while low < high {
                        let middle = low + (high - low) / 2;
                        if wrong(self, middle) { low = middle + 1 } else { high = middle }
                    }
                    self.seats[cell] = at(high);
                    if high > 0 {
                        break;
                    }
                }
            }
        }
    }

    /// By node, the seats that must flow out of it: what a row lacks, what a column has too many.
    fn excess(&self) -> Vec<i128> {
        let sum = |seats: &mut dyn Iterator<Item = &u64>| seats.map(|&seats| i128::from(seats)).sum::<i128>();
        let rows = self.problem.rows.iter().enumerate().map(|(row, &seats)| {
            i128::from(seats) - sum(&mut self.seats[row * self.width()..(row + 1) * self.width()].iter())
        });
        let mut excess: Vec<i128> = rows.collect();
        let mut columns: Vec<i128> = self.problem.columns.iter().map(|&seats| -i128::from(seats)).collect();
        for row in self.seats.chunks_exact(self.width()) {
            for (column, &seats) in columns.iter_mut().zip(row) {
                *column += i128::from(seats);
            }
        }
        excess.append(&mut columns);
        excess
    }

    /// Sends `step` seats along a shortest path from a node with an excess to one that lacks; else says what was reached.
    ///
    /// The nodes' prices change so that no slack becomes negative (E. W. Dijkstra's search on slacks).
    fn augment(&mut self, excess: &mut [i128], step: u64) -> Result<(), Vec<bool>> {
        let mut search = Search::from(excess, step);
        let Some(target) = search.run(self, excess, step) else { return Err(search.done) };
        let length = search.distance[target];
        let count = self.rows.len();
        for (node, &done) in search.done.iter().enumerate() {
            let shift = if done { search.distance[node].min(length) } else { length };
            if node < count {
                self.rows[node] -= shift;
            } else {
                self.columns[node - count] += shift;
            }
        }
        let mut node = target;
        excess[node] += i128::from(step);
        while let Some(before) = search.before[node] {
            let arc = (before, node);
            let cell = self.problem.cell_of(arc);
            if self.problem.adds(arc) {
                self.seats[cell] += step;
            } else {
                self.seats[cell] -= step;
            }
            node = before;
        }
        excess[node] -= i128::from(step);
        Ok(())
    }

    /// Moves every multiplier to the middle of its interval, some times.
    pub(super) fn centre(&mut self, rounds: usize) {
        let (height, width) = (self.rows.len(), self.width());
        for _ in 0..rounds {
            for column in 0..width {
                let slacks = (0..height).map(|row| (self.adding(row, column, 1), self.taking(row, column, 1)));
                self.columns[column] += middle(slacks);
            }
            for row in 0..height {
                let slacks = (0..width).map(|column| (self.adding(row, column, 1), self.taking(row, column, 1)));
                self.rows[row] += middle(slacks);
            }
        }
    }

    /// Moves the multipliers so that every slack that no cycle holds at 0 becomes positive, where floats can tell.
    ///
    /// Arcs of next to no slack between components of the graph that they make lie on no cycle: the components are
    /// shifted apart along them, by less than the room that the other arcs leave.
    pub(super) fn loosen(&mut self) {
        self.centre(20);
        let near = self.suspects();
        let component = components(self.problem.nodes(), &near);
        let across = || near.iter().map(|&(from, to)| (component[from], component[to])).filter(|(from, to)| from != to);
        // Components are numbered along the arcs, so that one round in their order suffices.
        let mut arcs: Vec<Arc> = across().collect();
        arcs.sort_unstable();
        let mut depth = vec![0_u32; self.problem.nodes()];
        for (from, to) in arcs {
            depth[to] = depth[to].max(depth[from] + 1);
        }
        let deepest = depth.iter().copied().max().unwrap_or(0);
        let known: BTreeSet<Arc> = near.iter().copied().collect();
        let others = self.arcs().filter(|(arc, ..)| !known.contains(arc));
        let room = others.fold(1.0_f64, |room, (_, slack, _)| room.min(slack));
        let step = room / (2.0 * (f64::from(deepest) + 1.0));
        for (node, component) in component.into_iter().enumerate() {
            let shift = step * f64::from(depth[component]);
            match node.checked_sub(self.rows.len()) {
                None => self.rows[node] += shift,
                Some(column) => self.columns[column] -= shift,
            }
        }
        self.centre(4);
    }

    /// Takes the multipliers as they are for exact, and counts from them: what was lost in rounding is found again.
    pub(super) fn rebase(&mut self) {
        let before = self.base.take().map(|base| base.multipliers);
        let logs = self.rows.iter().chain(&self.columns);
        let multipliers: Vec<Multiplier> = match before {
            None => logs.map(|&log| Multiplier::exp(log)).collect(),
            Some(before) => before.iter().zip(logs).map(|(multiplier, &log)| multiplier.times_exp(log)).collect(),
        };
        let signposts = &self.problem.signposts;
        let first = u64::from(signposts.starts_at_zero());
        let mut origin: Vec<u64> = self.seats.iter().map(|&seats| seats.max(first)).collect();
        let (rows, columns) = multipliers.split_at(self.rows.len());
        for (row, multiplier) in rows.iter().enumerate() {
            for (column, other) in columns.iter().enumerate() {
                let cell = row * columns.len() + column;
                if self.problem.least[cell] == self.problem.most[cell] {
                    continue;
                }
                let mut key = Multiplier::ln_quotient(self.problem, cell, multiplier, other, origin[cell]);
                // Of the two signposts the nearer one: by it small differences are seen.
                if origin[cell] > first && key < signposts.ln_ratio(origin[cell] - 1, origin[cell]) / 2.0 {
                    origin[cell] -= 1;
                    key = Multiplier::ln_quotient(self.problem, cell, multiplier, other, origin[cell]);
                }
                self.keys[cell] = key;
            }
        }
        self.rows.fill(0.0);
        self.columns.fill(0.0);
        self.base = Some(Base { multipliers, origin });
    }

    /// The exact multipliers that were last counted from, rows before columns.
    pub(super) fn multipliers(&self) -> &[Multiplier] {
        self.base.as_ref().map_or(&[], |base| &base.multipliers)
    }

    /// The arcs that may lie on a cycle whose product of prices is not above 1.
    ///
    /// A simple cycle of at most L arcs that uses an arc whose slack is more than L times the worst violation has a product
    /// above 1; so only the other arcs can lie on one that matters.
    pub(super) fn suspects(&self) -> Vec<Arc> {
        let worst = self.arcs().fold(0.0_f64, |worst, (_, slack, doubt)| worst.max(doubt - slack));
        let bound = (self.problem.longest_cycle() + 1) as f64 * worst;
        let suspect = |&(_, slack, doubt): &(Arc, f64, f64)| slack - doubt <= bound;
        self.arcs().filter(suspect).map(|(arc, ..)| arc).collect()
    }

    /// Every arc that may be used, with its slack.
    #[cfg(test)]
    pub(super) fn slacks(&self) -> Vec<(Arc, f64)> {
        self.arcs().map(|(arc, slack, _)| (arc, slack)).collect()
    }

    /// Every arc that may be used, with its slack and by how much that may be wrong.
    fn arcs(&self) -> impl Iterator<Item = (Arc, f64, f64)> + '_ {
        // Without a base a logarithm near 0 is the difference of larger ones.
        let least = if self.base.is_some() { 0.0 } else { 1.0 };
        let (height, width) = (self.rows.len(), self.width());
        (0..height * width).flat_map(move |cell| {
            let (row, column) = (cell / width, cell % width);
            let (more, less) = (self.adding(row, column, 1), self.taking(row, column, 1));
            // Four terms, each right within two units in its last place, and three roundings; taken eight times over.
            let size = self.keys[cell].abs() + self.rows[row].abs() + self.columns[column].abs();
            let doubt = move |slack: f64| 16.0 * f64::EPSILON * (least + 2.0 * size + slack.abs());
            let node = height + column;
            [((row, node), more, doubt(more)), ((node, row), less, doubt(less))]
                .into_iter()
                .filter(|arc| arc.1 < f64::INFINITY)
        })
    }
}

/// What stands for the logarithm of a first divisor of 0: no other prices of a cycle add up to it, as each is below 100,
/// but for Macau's, which are never 0.
pub(super) fn zero(problem: &Problem<'_>) -> f64 {
    -256.0 * (problem.longest_cycle() + 16) as f64
}

/// The step to the middle of the room that slacks (up, down) leave.
fn middle(slacks: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (up, down) =
        slacks.fold((f64::INFINITY, f64::INFINITY), |(up, down), (more, less)| (up.min(more), down.min(less)));
    if up < f64::INFINITY && down < f64::INFINITY { (up - down) / 2.0 } else { 0.0 }
}

/// Dijkstra's search in a dense graph, from all nodes with an excess at once.
struct Search {
    distance: Vec<f64>,
    before: Vec<Option<usize>>,
    done: Vec<bool>,
}

impl Search {
    fn from(excess: &[i128], step: u64) -> Self {
        let start = |&excess: &i128| if excess >= i128::from(step) { 0.0 } else { f64::INFINITY };
        let distance = excess.iter().map(start).collect();
        Self { distance, before: vec![None; excess.len()], done: vec![false; excess.len()] }
    }

    /// The nearest node that lacks `step` seats.
    fn run(&mut self, network: &Network<'_>, excess: &[i128], step: u64) -> Option<usize> {
        let (height, width) = (network.rows.len(), network.width());
        loop {
            let node = self.nearest()?;
            self.done[node] = true;
            if excess[node] <= -i128::from(step) {
                return Some(node);
            }
            if node < height {
                for column in 0..width {
                    self.reach(height + column, node, || network.adding(node, column, step));
                }
            } else {
                for row in 0..height {
                    self.reach(row, node, || network.taking(row, node - height, step));
                }
            }
        }
    }

    fn nearest(&self) -> Option<usize> {
        let mut nearest = None;
        let mut least = f64::INFINITY;
        for (node, (&distance, &done)) in self.distance.iter().zip(&self.done).enumerate() {
            if !done && distance < least {
                (nearest, least) = (Some(node), distance);
            }
        }
        nearest
    }

    fn reach(&mut self, node: usize, from: usize, slack: impl FnOnce() -> f64) {
        if !self.done[node] {
            let distance = self.distance[from] + slack().max(0.0);
            if distance < self.distance[node] {
                self.distance[node] = distance;
                self.before[node] = Some(from);
            }
        }
    }
}

/// Logarithms of multipliers by which the votes have about the right sums, by proportional fitting.
fn fit(problem: &Problem<'_>) -> (Vec<f64>, Vec<f64>) {
    const ROUNDS: usize = 100;
    const ENOUGH: f64 = 1e-12;
    /// For lines without seats, which then weigh nothing.
    const NOTHING: f64 = 1e-30;
    let width = problem.columns.len();
    let top = problem.votes.iter().copied().max().unwrap_or(1).max(1) as f64;
    let weights: Vec<f64> = problem.votes.iter().map(|&votes| votes as f64 / top).collect();
    let (mut rows, mut columns) = (vec![1.0; problem.rows.len()], vec![1.0; width]);
    let target = |seats: u64, sum: f64| if seats > 0 && sum > 0.0 { seats as f64 / sum } else { NOTHING };
    for _ in 0..ROUNDS {
        let mut sums = vec![0.0; width];
        for (weights, row) in weights.chunks_exact(width).zip(&rows) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight * row;
            }
        }
        let mut moved = 0.0_f64;
        for (column, (&seats, sum)) in columns.iter_mut().zip(problem.columns.iter().zip(sums)) {
            let next = target(seats, sum);
            moved = moved.max((next / *column - 1.0).abs());
            *column = next;
        }
        if moved < ENOUGH {
            break;
        }
        for ((row, &seats), weights) in rows.iter_mut().zip(problem.rows).zip(weights.chunks_exact(width)) {
            *row = target(seats, weights.iter().zip(&columns).map(|(weight, column)| weight * column).sum());
        }
    }
    let step = libm::log(problem.signposts.scale() as f64);
    let rows = rows.into_iter().map(libm::log).collect();
    let columns = columns.into_iter().map(|column| libm::log(column) - libm::log(top) + step).collect();
    (rows, columns)
}
